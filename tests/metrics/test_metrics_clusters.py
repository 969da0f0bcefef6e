"""Sums that no order changes, and variances of rows that are not independent people, against brute force."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pytest_genomic_guard.metrics import cells, clusters, fairness
from pytest_genomic_guard.metrics.nouns import Ask, Grouping, Rows, Terms

if TYPE_CHECKING:
    from pytest_genomic_guard.model import Verdict


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
        assert end == pytest.approx(wanted, abs=2e-3)
        assert np.all(np.abs(end - twice.value) > 1.2 * np.abs(narrow - twice.value))


def test_clusters_that_all_agree_count_as_one_person_each() -> None:
    """Where their variance is 0 and tells nothing."""
    codes, people = np.zeros(100, np.int32), np.repeat(np.arange(20), 5).astype(np.int32)
    found = clusters.figures(codes, 1, np.full(100, 3, np.uint8), "tpr", None, people)
    assert found.n.tolist() == [100]
    assert found.limits(2.0)[0][0] < cells.figures(np.array([[0, 0, 0, 20]]), "tpr").limits(2.0)[0][0] + 1e-9


def _verdicts(runs: int, families: int, members: int, rate: float, gap: float) -> list[Verdict]:
    rng = np.random.default_rng()
    found = []
    labels = ("A", "B", "C")
    group = np.repeat(np.arange(3), families)
    person = np.repeat(np.arange(3 * families), members).astype(np.int32)
    codes = np.repeat(group, members).astype(np.int32)
    mean = np.where(group == 0, rate + gap, rate)
    for _run in range(runs):
        chance = rng.beta(mean * 2, (1 - mean) * 2)[person]  # correlation 1/3 within a family
        rows = Rows(
            groupings=(Grouping(name="group", labels=labels, codes=codes),),
            y_pred=(rng.random(len(codes)) < chance) * 1.0,
            clusters=person,
        )
        asked = Ask(metric="selection-rate.difference", operator="<=", limit=0.1)
        found.append(fairness.assess(rows, Terms(asks=(asked,)))[0].verdict)
    return found


@pytest.mark.parametrize(("families", "members", "rate"), [(25, 4, 0.3), (60, 5, 0.1)])
def test_families_do_not_fail_a_fair_model(families: int, members: int, rate: float) -> None:
    """Nor one that lies on the bound more often than said; a gap is found."""
    fair = _verdicts(500, families, members, rate, 0.0)
    assert stats.binomtest(fair.count("fail"), 500).proportion_ci(0.99).high <= 0.05
    at_the_bound = _verdicts(500, families, members, rate, 0.1)
    assert stats.binomtest(at_the_bound.count("fail"), 500, 0.05, "greater").pvalue > 1e-6
    assert stats.binomtest(at_the_bound.count("pass"), 500, 0.05, "greater").pvalue > 1e-6
    unfair = _verdicts(100, 400, members, rate, 0.25)
    assert unfair.count("fail") >= 95


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
