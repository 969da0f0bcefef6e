"""Sums that no order changes, and variances of rows that are not independent people, against brute force."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from _gating import at_most, differences, seldom
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.metrics import cells, clusters, fairness, limits, simultaneous
from pytest_genomic_guard.metrics.nouns import Ask, Grouping, Rows, Terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.metrics.nouns import Figures

    Weights = Callable[[int], Any]


def table(rows: int = 200, groups: int = 3, people: int = 60) -> tuple[Any, Any, Any, Any]:
    """Return codes, outcomes, weights and clusters of rows."""
    rng = np.random.default_rng()
    return (
        rng.integers(0, groups, rows).astype(np.int32),
        rng.integers(0, 4, rows).astype(np.uint8),
        rng.gamma(2, 1, rows),
        rng.integers(0, people, rows).astype(np.int32),
    )


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.integers(0, 4)), max_size=60), st.randoms(use_true_random=False))
def test_sums_are_the_same_in_every_order(pairs: list[tuple[float, int]], shuffler: Any) -> None:
    """To the last bit, and as exact as sums of floats can be."""

    def total(rows: list[tuple[float, int]]) -> list[float]:
        found: list[float] = clusters.total(
            np.array([v for v, _at in rows]), np.array([at for _v, at in rows], np.int64), 5
        ).tolist()
        return found

    found = total(pairs)
    shuffled = list(pairs)
    shuffler.shuffle(shuffled)
    assert total(shuffled) == found
    largest = max((abs(value) for value, _at in pairs), default=0.0)
    for at in range(5):
        assert found[at] == pytest.approx(math.fsum(value for value, each in pairs if each == at), abs=1e-12 * largest + 1e-300)


@pytest.mark.parametrize("metric", sorted(cells.RATES))
@pytest.mark.parametrize("weighted", [False, True])
def test_influences_are_derivatives(metric: str, weighted: bool) -> None:  # noqa: FBT001
    """By a difference quotient in the weight of a row."""
    codes, found, weights, _people = table()
    mass = weights if weighted else np.ones(200)

    def value(weight: Any) -> Any:
        sums = np.bincount(codes * 4 + found, weight, 12).reshape(3, 4)
        return sum(cells.ratio(sums, rate)[0] for rate in cells.RATES[metric]) / len(cells.RATES[metric])

    told = clusters.influence(codes, 3, found, metric, weights if weighted else None)
    for row in range(20):
        step = np.zeros(200)
        step[row] = 1e-6 * mass[row]
        slope = (value(mass + step) - value(mass - step)) / 2e-6
        assert told[row] == pytest.approx(slope[codes[row]], abs=1e-6)


@pytest.mark.parametrize("metric", ["tpr", "ppv", "balanced-accuracy"])
def test_variances_and_correlations_are_those_of_sums_over_clusters(metric: str) -> None:
    """By brute force."""
    codes, found, weights, people = table()
    one = clusters.influence(codes, 3, found, metric, weights)
    sums = np.zeros((60, 3))
    for row in range(200):
        sums[people[row], codes[row]] += one[row]
    wanted = sums.T @ sums
    assert clusters.variance(one, codes, 3, people) == pytest.approx(np.diag(wanted))
    errors = np.sqrt(np.diag(wanted))
    assert clusters.correlation(one, codes, 3, people) == pytest.approx(wanted / errors[:, None] / errors[None, :])
    whole = clusters.influence(np.zeros(200, np.int32), 1, found, metric, weights)
    every = np.bincount(people, whole, 60)
    assert clusters.with_all(one, whole, codes, 3, people) == pytest.approx(sums.T @ every / errors / np.sqrt(every @ every))
    assert clusters.covariance(one, one**2, codes, 3, people) == pytest.approx(
        [sum(sums[c, g] * np.sum(one[(people == c) & (codes == g)] ** 2) for c in range(60)) for g in range(3)]
    )


def test_no_cluster_that_reaches_two_groups_is_no_correlation() -> None:
    """So that Tukey's range applies."""
    codes, found, _weights, _people = table()
    assert clusters.correlation(clusters.influence(codes, 3, found, "tpr"), codes, 3, codes) is None


def test_people_who_are_there_twice_tell_no_more_than_once() -> None:
    """Unless nobody says that they are the same."""
    codes, found, _weights, _people = table(400)
    once = cells.figures(cells.tally(codes, 3, found), "tpr").limits(2.0)
    people = np.arange(400, dtype=np.int32)
    twice = clusters.figures(np.tile(codes, 2), 3, np.tile(found, 2), "tpr", None, np.tile(people, 2))
    again = clusters.figures(np.tile(codes, 2), 3, np.tile(found, 2), "tpr", None, None).limits(2.0)
    for end, wanted, narrow in zip(twice.limits(2.0), once, again, strict=True):
        assert end == pytest.approx(wanted, abs=6e-3)  # with people as clusters the spread is estimated: t, and not z
        assert np.all(np.abs(end - twice.value) > 1.2 * np.abs(narrow - twice.value))


def test_clusters_that_all_agree_count_as_one_person_each() -> None:
    """Where their variance is 0 and tells nothing."""
    codes, people = np.zeros(100, np.int32), np.repeat(np.arange(20), 5).astype(np.int32)
    found = clusters.figures(codes, 1, np.full(100, 3, np.uint8), "tpr", None, people)
    assert found.n.tolist() == [100]
    assert found.limits(2.0)[0][0] < cells.figures(np.array([[0, 0, 0, 20]]), "tpr").limits(2.0)[0][0] + 1e-9


def _families(sets: int, sizes: list[int], members: tuple[int, int], rates: list[float]) -> Figures:
    """Return selection rates of groups, set after set: `sizes` families each, of so many members at least and at most.

    Members of a family are correlated by 1/3.
    """
    rng = np.random.default_rng()
    group = np.repeat(np.arange(sets * len(sizes)), np.tile(sizes, sets))
    rate = np.tile(rates, sets)[group]
    family = np.repeat(np.arange(len(group)), rng.integers(members[0], members[1], len(group), endpoint=True))
    chosen = rng.random(len(family)) < rng.beta(rate * 2, (1 - rate) * 2)[family]
    return clusters.figures(
        group[family].astype(np.int32), sets * len(sizes), chosen.astype(np.uint8), "selection-rate", None, family
    )


@pytest.mark.parametrize(
    ("sizes", "members", "rate", "gap", "sets"),
    [
        ([25] * 3, (4, 4), 0.3, 0.57, 4000),
        ([40, 20, 20], (1, 10), 0.3, 0.6, 8000),
        ([20] * 6, (1, 10), 0.25, 0.7, 4000),
    ],
)
def test_families_do_not_fail_a_fair_model(sizes: list[int], members: tuple[int, int], rate: float, gap: float, sets: int) -> None:
    """Against a bound of 0, with families of one size and of many; a model at a bound neither fails nor passes more often.

    A gap is found by the same gate in 95 %.
    """
    groups = len(sizes)
    fair, _passes = differences([_families(sets, sizes, members, [rate] * groups)], groups, 0.0)
    assert at_most(int(fair.sum()), sets, 0.05)
    sets = 2000
    for errors in differences([_families(sets, sizes, members, [*[rate] * (groups - 1), rate + 0.1])], groups, 0.1):
        assert at_most(int(errors.sum()), sets, 0.05)
    found, _passes = differences([_families(sets, sizes, members, [*[rate] * (groups - 1), rate + gap])], groups, 0.1)
    assert at_most(int((~found).sum()), sets, 0.05)


def test_a_few_uneven_families_do_not_fail_a_fair_model() -> None:
    """Although their variance is hardly known."""
    fair, _passes = differences([_families(3000, [8] * 4, (1, 40), [0.3] * 4)], 4, 0.0)
    assert at_most(int(fair.sum()), 3000, 0.05)


def lognormal(sigma: float) -> Weights:
    """Return how weights are drawn."""
    return lambda n: np.random.default_rng().lognormal(0, sigma, n)


def pareto(n: int) -> Any:
    """Draw weights without a variance."""
    return np.random.default_rng().pareto(1.2, n) + 0.01


def few_heavy(n: int) -> Any:
    """Draw weights of which one in twenty is thirty times as large."""
    return np.random.default_rng().choice([1.0, 30.0], n, p=[0.95, 0.05])


def _weighted(sets: int, sizes: list[int], rates: list[float], weights: Weights) -> Figures:
    """Return weighted selection rates of groups, set after set."""
    codes = np.repeat(np.arange(sets * len(sizes)), np.tile(sizes, sets)).astype(np.int32)
    chosen = np.random.default_rng().random(len(codes)) < np.tile(rates, sets)[codes]
    return clusters.figures(codes, sets * len(sizes), chosen.astype(np.uint8), "selection-rate", weights(len(codes)))


WEIGHTS = [lognormal(0.5), lognormal(1.0), lognormal(1.5), pareto, few_heavy]
NAMED = ["lognormal-0.5", "lognormal-1", "lognormal-1.5", "pareto", "few-heavy"]


@pytest.mark.parametrize("weights", WEIGHTS, ids=NAMED)
def test_weights_do_not_fail_a_fair_model(weights: Weights) -> None:
    """Against a bound of 0; nor one that lies on another bound, which does not pass either."""
    sets = 4000
    for sizes, rate in (([100, 40, 40], 0.3), ([500, 200, 100, 60, 40], 0.3)):
        groups = len(sizes)
        fair, _passes = differences([_weighted(sets, sizes, [rate] * groups, weights)], groups, 0.0)
        assert at_most(int(fair.sum()), sets, 0.05)
        for errors in differences([_weighted(sets, sizes, [*[rate] * (groups - 1), rate + 0.1], weights)], groups, 0.1):
            assert at_most(int(errors.sum()), sets, 0.05)


@pytest.mark.parametrize(("sigma", "gap"), [(0.5, 0.36), (1.0, 0.44)])
def test_weights_leave_a_gap_that_is_found(sigma: float, gap: float) -> None:
    """Where they are moderate, in 95 % of gates that fail at most 5 % of fair models."""
    sets, sizes = 4000, [400, 300, 200, 150]
    fair, _passes = differences([_weighted(sets, sizes, [0.3] * 4, lognormal(sigma))], 4, 0.0)
    assert at_most(int(fair.sum()), sets, 0.05)
    found, _passes = differences([_weighted(sets, sizes, [0.3, 0.3, 0.3, 0.3 + gap], lognormal(sigma))], 4, 0.1)
    assert at_most(int((~found).sum()), sets, 0.05)


@pytest.mark.parametrize("weights", WEIGHTS, ids=NAMED)
@pytest.mark.parametrize(("n", "rate"), [(200, 0.9), (50, 0.9), (200, 0.3)])
def test_limits_of_a_weighted_rate_miss_on_either_side_as_seldom_as_said(n: int, rate: float, weights: Weights) -> None:
    """So that a rate on the bound seldom passes, or fails."""
    sets = 4000
    low, high = _weighted(sets, [n], [rate], weights).limits(simultaneous.critical(0.95, 1, []))
    assert seldom(int((low > rate).sum()), sets, 0.025)
    assert seldom(int((high < rate).sum()), sets, 0.025)


def test_gates_of_weights_and_families_are_those_figures() -> None:
    """As a gate reads them from rows."""
    codes, found, weights, people = table(400)
    grouping = Grouping(name="group", labels=("A", "B", "C"), codes=codes)
    for mass, kin in ((weights, None), (weights, people), (None, people)):
        rows = Rows(groupings=(grouping,), y_true=found // 2 * 1.0, y_pred=found % 2 * 1.0, weights=mass, clusters=kin)
        asked = Ask(metric="tpr.min", operator=">=", limit=0.1)
        told = fairness.assess(rows, Terms(asks=(asked,)))[0].groups
        z = simultaneous.critical(0.95, 1, [simultaneous.Block(pairs=False, count=3)])
        low, high = clusters.figures(codes, 3, found, "tpr", mass, kin).limits(z)
        assert [each.interval for each in told] == [pytest.approx(ends) for ends in zip(low, high, strict=True)]


def test_one_family_tells_nothing() -> None:
    """Nor does one person who outweighs all others."""
    found = np.array([1, 0] * 30, np.uint8)
    for weights, people in ((None, np.zeros(60, np.int32)), (np.array([1e9, *[1.0] * 59]), None)):
        low, high = clusters.figures(np.zeros(60, np.int32), 1, found, "selection-rate", weights, people).limits(2.0)
        assert (low[0], high[0]) == pytest.approx((0, 1), abs=1e-6)
    for n in (1e-6, 1e-3, 0.1, 1.0, 1.5):
        value = np.linspace(0, 1, 101)
        low, high = limits.rate(value, np.full(101, n), 2.0)
        assert np.all((low >= 0) & (low <= value) & (value <= high) & (high <= 1))


def test_counts_are_those_of_brute_force() -> None:
    """With few groups and with many."""
    codes, found, _weights, _people = table(1000)
    wanted = [[sum((codes == g) & (found == k)) for k in range(4)] for (g,) in product(range(3))]
    assert cells.tally(codes, 3, found).tolist() == wanted
    many = np.random.default_rng().integers(0, 500, 200_000).astype(np.int32)
    kinds = np.random.default_rng().integers(0, 4, 200_000).astype(np.uint8)
    assert (
        cells.tally(many, 500, kinds).tolist()
        == np.bincount(many.astype(np.int64) * 4 + kinds, minlength=2000).reshape(500, 4).tolist()
    )
