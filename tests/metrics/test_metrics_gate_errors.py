"""How often fairness gates err: exactly for two groups, by simulation for more. Nothing here is seeded by choice."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import stats

from pytest_genomic_guard.metrics import bootstrap, cells, compare, fairness, limits, simultaneous
from pytest_genomic_guard.metrics.nouns import Ask, Cells, Terms

if TYPE_CHECKING:
    from pytest_genomic_guard.model import Verdict

RUNS = 2000
METRICS = ("selection-rate", "tpr", "fpr")


def _errors(sizes: tuple[int, int], rates: tuple[float, float], bound: float, bounds: int) -> tuple[float, float]:
    """Return the exact probabilities that two groups are found to break a bound on which their rates lie, and to keep it."""
    (n, m), (p, q) = sizes, rates
    z = simultaneous.critical(0.95, bounds, [simultaneous.Block(pairs=True, count=2)])
    first, second = np.arange(n + 1) / n, np.arange(m + 1) / m
    (a, a_low, a_high), (b, b_low, b_high) = (
        (each, *limits.rate(each, np.full(len(each), float(size)), z)) for each, size in ((first, n), (second, m))
    )
    ends = limits.mover_difference((a[:, None], a_low[:, None], a_high[:, None]), (b[None], b_low[None], b_high[None]))
    low, high = compare.folded(*ends, ratio=False)
    weight = stats.binom.pmf(np.arange(n + 1), n, p)[:, None] * stats.binom.pmf(np.arange(m + 1), m, q)[None]
    return float(weight[low > bound + 1e-12].sum()), float(weight[high < bound - 1e-12].sum())


@pytest.mark.parametrize("bounds", [1, 3])
def test_two_groups_exactly_at_the_bound_are_misjudged_at_most_as_often_as_said(bounds: int) -> None:
    """By summing over all that can be counted."""
    worst = 0.0
    for sizes, p, bound in product(
        [(20, 20), (20, 50), (20, 800), (50, 50), (50, 800)], [0.02, 0.05, 0.1, 0.3, 0.5], [0.05, 0.1, 0.2]
    ):
        for low, high in ((p, p + bound), (p + bound, p)):
            worst = max(worst, *_errors(sizes, (low, high), bound, bounds))
    assert 0 < worst <= 0.05 / bounds


def _cells(counts: Any) -> tuple[Cells, ...]:
    return (Cells(name="group", labels=tuple("ABCDEFGHIJKLMNOPQRST"[: len(counts)]), counts=counts.reshape(-1, 2, 2)),)


def _gates(runs: int, sizes: list[int], rates: list[float], resamples: int = 0) -> list[list[Verdict]]:
    """Return the verdicts of gates of three bounds on models that select, among positives and negatives, at these rates."""
    rng = np.random.default_rng()
    terms = Terms(asks=tuple(Ask(metric=f"{each}.difference", operator="<=", limit=0.1) for each in METRICS), resamples=resamples)
    found = []
    for _run in range(runs):
        counts = np.zeros((len(sizes), 4), np.int64)
        for group, (size, rate) in enumerate(zip(sizes, rates, strict=True)):
            fp, tp = rng.binomial(size, rate), rng.binomial(size, rate)  # as many negatives as positives
            counts[group] = size - fp, fp, size - tp, tp
        found.append([each.verdict for each in fairness.assess(_cells(counts), terms)])
    return found


@pytest.mark.parametrize(
    ("sizes", "rate"),
    [([500, 200, 100, 50, 25], 0.3), ([50] * 20, 0.3), ([20, 20], 0.05)],
    ids=["five", "twenty", "two"],
)
def test_a_fair_model_does_not_fail(sizes: list[int], rate: float) -> None:
    """In 2,000 gates of three bounds each."""
    failures = sum("fail" in each for each in _gates(RUNS, sizes, [rate] * len(sizes)))
    assert stats.binomtest(failures, RUNS).proportion_ci(0.95).high <= 0.05


@pytest.mark.parametrize("resamples", [0, 400])
def test_a_model_at_the_bound_fails_no_more_often_than_said(resamples: int) -> None:
    """Nor does it pass."""
    runs = 600
    found = _gates(runs, [1000, 60, 40, 25], [0.15, 0.05, 0.15, 0.05], resamples)
    assert stats.binomtest(sum("fail" in each for each in found), runs, 0.05, "greater").pvalue > 1e-6
    assert stats.binomtest(sum("pass" in each for each in found), runs, 0.05, "greater").pvalue > 1e-6


@pytest.mark.parametrize("sizes", [[500, 500], [2000, 1000, 500, 500, 500], [500] * 10])
def test_a_gap_of_a_quarter_is_found(sizes: list[int]) -> None:
    """Where the smallest groups have 500 people in each denominator."""
    runs = 300
    found = _gates(runs, sizes, [0.3] * (len(sizes) - 1) + [0.55])
    assert sum("fail" in each for each in found) >= 0.95 * runs
    for each in found:
        assert "pass" not in each


def test_resampled_counts_give_about_the_critical_value_of_theory() -> None:
    """Of the studentised range, and of independent figures."""
    counts = np.random.default_rng().multinomial(4000, [0.3, 0.2, 0.2, 0.3], 6)
    figures = cells.figures(counts, "accuracy")
    of = compare.figured(0, "accuracy", tuple("ABCDEF"), figures, 20)
    found = bootstrap.critical({0: counts}, [compare.pairs(of, ratio=False)], 0.05, 20_000)
    assert found == pytest.approx(limits.studentised_range_quantile(0.95, 6), abs=0.06)
    alone = bootstrap.critical({0: counts}, [compare.own(of)], 0.05, 20_000)
    assert alone == pytest.approx(stats.norm.isf((1 - 0.95 ** (1 / 6)) / 2), abs=0.06)


def test_bounds_on_rates_of_the_same_people_gain_by_resampling_them_together() -> None:
    """Where closed forms count them one by one."""
    counts = np.array([[3000, 1000, 1000, 3000]] * 4)
    asks = tuple(Ask(metric=f"{each}.difference", operator="<=", limit=0.1) for each in ("tpr", "fnr", "equal-opportunity"))
    closed = fairness.assess(_cells(counts), Terms(asks=asks))
    drawn = fairness.assess(_cells(counts), Terms(asks=asks, resamples=4000))
    assert (drawn[0].interval or (0, 1))[1] < (closed[0].interval or (0, 0))[1]
    assert "by max-T of 4,000 resamples" in drawn[0].method
    few = fairness.assess(_cells(counts), Terms(asks=asks, resamples=10))  # which tell no quantile
    assert [each.interval for each in few] == [each.interval for each in closed]
