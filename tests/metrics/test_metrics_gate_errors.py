"""How often fairness gates err: exactly for two groups, by simulation for more. Nothing here is seeded by choice."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from _gating import at_most, differences, seldom
from scipy import stats

from pytest_genomic_guard.metrics import bootstrap, cells, compare, fairness, limits, simultaneous
from pytest_genomic_guard.metrics.nouns import Ask, Cells, Terms

if TYPE_CHECKING:
    from pytest_genomic_guard.model import Verdict

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


def _counts(runs: int, sizes: list[int], rates: list[float]) -> Any:
    """Return int64[runs, groups, 4] of models that select, among positives and as many negatives, at these rates."""
    rng = np.random.default_rng()
    fp, tp = (rng.binomial(sizes, rates, (runs, len(sizes))) for _class in range(2))
    return np.stack([sizes - fp, fp, sizes - tp, tp], axis=2)


def _asks(limit: float) -> tuple[Ask, ...]:
    return tuple(Ask(metric=f"{each}.difference", operator="<=", limit=limit) for each in METRICS)


def _gates(runs: int, sizes: list[int], rates: list[float], limit: float = 0.1) -> tuple[Any, Any]:
    """Return which gates of three bounds fail, and which of their bounds pass: bool[3, runs] each."""
    counts = _counts(runs, sizes, rates).reshape(-1, 4)
    return differences([cells.figures(counts, metric) for metric in METRICS], len(sizes), limit)


def _one_by_one(counts: Any, limit: float = 0.1, resamples: int = 0) -> list[list[Verdict]]:
    terms = Terms(asks=_asks(limit), resamples=resamples)
    return [[each.verdict for each in fairness.assess(_cells(table), terms)] for table in counts]


def test_many_gates_at_once_are_those_gates_one_by_one() -> None:
    """So that the errors of the ones are those of the others."""
    seen = set()
    for limit, sizes, rates in ((0.1, [300, 80, 40], [0.3, 0.35, 0.5]), (0.0, [60, 60], [0.2, 0.5]), (0.3, [90, 90], [0.5, 0.4])):
        counts = _counts(40, sizes, rates)
        fails, passes = differences([cells.figures(counts.reshape(-1, 4), metric) for metric in METRICS], len(sizes), limit)
        verdicts = np.array(_one_by_one(counts, limit)).T
        assert np.array_equal(verdicts == "fail", fails)
        assert np.array_equal(verdicts == "pass", passes)
        seen |= set(verdicts.reshape(-1).tolist())
    assert seen == {"pass", "fail", "inconclusive"}


@pytest.mark.parametrize("limit", [0.0, 0.1])
@pytest.mark.parametrize(
    ("sizes", "rate", "gap", "runs"),
    [
        ([500, 500], 0.05, 0.17, 20_000),
        ([500, 500], 0.3, 0.2, 20_000),
        ([2000, 1000, 500, 500, 500], 0.3, 0.2, 20_000),
        ([2000, 1000, 200, 100, 60], 0.3, 0.34, 10_000),
        ([500] * 10, 0.3, 0.2, 20_000),
        ([60] * 20, 0.3, 0.42, 4_000),
    ],
    ids=["two-rare", "two", "five", "uneven", "ten", "twenty"],
)
def test_a_gate_seldom_fails_a_fair_model_and_finds_an_unfair_one(
    sizes: list[int], rate: float, gap: float, runs: int, limit: float
) -> None:
    """At most 5 % of one, by the interval of thousands of gates of three bounds; at least 95 % of the other, in the same gate.

    With a bound of 0 a fair model lies on the bound. In the unfair one the last group, which is the smallest, is off.
    """
    fair, _passes = _gates(runs, sizes, [rate] * len(sizes), limit)
    assert at_most(int(fair.any(axis=0).sum()), runs, 0.05)
    unfair, passes = _gates(runs, sizes, [rate] * (len(sizes) - 1) + [rate + gap], limit)
    assert at_most(int((~unfair.any(axis=0)).sum()), runs, 0.05)
    assert seldom(int(passes.any(axis=0).sum()), runs, 1e-4)


@pytest.mark.parametrize(
    ("sizes", "rates"),
    [([1000, 60, 40, 25], [0.15, 0.05, 0.15, 0.05]), ([200, 200], [0.3, 0.4]), ([50] * 10, [0.3] * 5 + [0.4] * 5)],
)
def test_a_model_at_the_bound_fails_no_more_often_than_said(sizes: list[int], rates: list[float]) -> None:
    """Nor does it pass: of 20,000 gates, no more than 5 % by their interval."""
    for errors in _gates(20_000, sizes, rates):
        assert at_most(int(errors.any(axis=0).sum()), 20_000, 0.05)


def test_resampled_gates_err_no_more_often_than_said() -> None:
    """Fair models against a bound of 0, and models at the bound."""
    sizes = [1000, 60, 40, 25]
    fair = _one_by_one(_counts(500, sizes, [0.15] * 4), 0.0, 300)
    assert seldom(sum("fail" in each for each in fair), 500, 0.05, 0.02)  # they are half as frequent
    found = _one_by_one(_counts(150, sizes, [0.15, 0.05, 0.15, 0.05]), 0.1, 300)
    for error in ("fail", "pass"):  # as good as never
        assert seldom(sum(error in each for each in found), 150, 0.05, 0.3)


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
