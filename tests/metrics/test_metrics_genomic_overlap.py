"""Who is on both sides of an audit: told from strangers who are alike by chance, with common, rare and linked variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from _genomes import Population
from scipy import stats

from pytest_genomic_guard.metrics.genomic import overlap

if TYPE_CHECKING:
    from collections.abc import Callable

    Calls = np.ndarray


def common(variants: int) -> Callable[[int], Calls]:
    """Return how people are drawn at common variants."""
    return lambda people: Population(variants).draw(people)


def rare(most: float, variants: int) -> Callable[[int], Calls]:
    """Return how people are drawn at rare variants: some have no allele."""

    def draw(people: int) -> Calls:
        random = np.random.default_rng()
        drawn: Calls = random.binomial(2, random.uniform(0, most, variants), (people, variants)).astype(np.int8)
        return drawn

    return draw


def linked(variants: int, haplotypes: int) -> Callable[[int], Calls]:
    """Return how people are drawn at the variants of a gene of which there are so many haplotypes."""

    def draw(people: int) -> Calls:
        random = np.random.default_rng()
        known = (random.random((haplotypes, variants)) < random.uniform(0.05, 0.5, variants)).astype(np.int8)
        drawn: Calls = known[random.integers(0, haplotypes, people)] + known[random.integers(0, haplotypes, people)]
        return drawn

    return draw


@pytest.mark.parametrize(
    ("draw", "people", "least"),
    [
        (common(12), 1500, 1),
        (common(15), 400, 0),
        (common(60), 200, 0),
        (rare(2e-3, 3000), 250, 0),
        (rare(5e-3, 300), 250, 1),
        (linked(200, 10), 200, 1),
    ],
)
def test_strangers_are_not_somebody(draw: Callable[[int], Calls], people: int, least: int) -> None:
    """People drawn alike are not taken for the same, however many of them are alike."""
    runs, found, alike = 12, 0, 0
    for _run in range(runs):
        everybody = draw(2 * people)
        one, other = everybody[:people], everybody[people:]
        found += overlap.found(one, other)
        alike += bool({row.tobytes() for row in one} & {row.tobytes() for row in other})
    assert found <= stats.binom.ppf(1 - 1e-6, runs, 0.01)
    assert alike >= least  # there was something to be wrong about


@pytest.mark.parametrize("draw", [common(80), common(1000), rare(0.02, 3000)])
def test_somebody_is_found(draw: Callable[[int], Calls]) -> None:
    """One person among many, wherever the person stands."""
    everybody = draw(500)
    one, other = everybody[:200].copy(), everybody[200:]
    assert not overlap.found(one, other)
    one[17] = other[123]
    assert overlap.found(one, other)
    assert overlap.found(one[::-1], other[np.random.default_rng().permutation(300)])
    assert overlap.found(other, one)


def test_twins_of_one_side_do_not_hide_many_of_both() -> None:
    """Two who are alike within a side make one who is on both less than certain, but not thirty."""
    everybody = Population(500).draw(500)
    one, other = everybody[:200].copy(), everybody[200:].copy()
    one[3] = one[4]
    assert not overlap.found(one, other)
    other[:30] = one[50:80]
    assert overlap.found(one, other)


def test_the_same_people_on_both_sides() -> None:
    """In any order, and at few variants too."""
    people = Population(5).draw(60)
    assert overlap.found(people, people[::-1])
    assert not overlap.found(people[:1], people[1:2] * 0 + 3)
    alone = np.ones((1, 5), np.int8)
    assert not overlap.found(alone, np.ones((2, 5), np.int8))  # nobody is otherwise
