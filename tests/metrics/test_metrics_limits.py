"""Limits against scipy, statsmodels, and the equations that they solve."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from pytest_genomic_guard.metrics import binomial, limits, simultaneous


@given(st.integers(1, 2000), st.data(), st.floats(1.9, 4.5))
def test_many_rates_at_once_have_the_exact_interval_or_one_a_little_wider(n: int, data: st.DataObject, z: float) -> None:
    """Against Clopper and Pearson's, whose few successes it takes more cautiously."""
    k = data.draw(st.integers(0, n))
    low, high = limits.rate(np.array([k / n]), np.array([float(n)]), z)
    exact = binomial.clopper_pearson(k, n, stats.norm.sf(z), stats.norm.sf(z))
    slack = 0.001 if n >= 20 else 0.002
    assert 0 <= low[0] <= exact[0] + slack
    assert 1 >= high[0] >= exact[1] - slack
    assert (high[0] - low[0]) - (exact[1] - exact[0]) <= 0.7 / n * z + 0.001


def test_a_rate_of_nobody_has_no_limits() -> None:
    """Neither 0 nor 1."""
    low, high = limits.rate(np.array([np.nan]), np.array([0.0]), 1.96)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_mover_of_wilson_is_newcombe(n: int, m: int, data: st.DataObject) -> None:
    """Against statsmodels."""
    k, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    first, second = proportion_confint(k, n, 0.05, "wilson"), proportion_confint(other, m, 0.05, "wilson")
    found = limits.mover_difference((k / n, *first), (other / m, *second))
    assert found == pytest.approx(confint_proportions_2indep(k, n, other, m, "newcomb", "diff"), abs=1e-9)


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.integers(20, 500), st.floats(-0.9, 0.9))
def test_the_ends_of_a_ratio_solve_fiellers_equation_and_turn_round(a: float, b: float, n: int, r: float) -> None:
    """With each end's own share of the variance."""
    z = 2.5
    ends = limits.rate(np.array([a, b]), np.array([float(n)] * 2), z)
    (a_low, b_low), (a_high, b_high) = (end.tolist() for end in ends)
    low, high = (float(end) for end in limits.mover_ratio((a, a_low, a_high), (b, b_low, b_high), r))
    assert low <= a / b <= high
    assert (a - low * b) ** 2 == pytest.approx(
        (a - a_low) ** 2 + low**2 * (b_high - b) ** 2 - 2 * r * low * (a - a_low) * (b_high - b), abs=1e-9
    )
    back, forth = limits.mover_ratio((b, b_low, b_high), (a, a_low, a_high), r)
    assert 1 / low == pytest.approx(float(forth))
    assert float(back) == pytest.approx(1 / high if math.isfinite(high) else 0.0)


@pytest.mark.parametrize("groups", [2, 3, 5, 10, 50, 200])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99, 0.999])
def test_the_studentised_range_is_that_of_scipy(groups: int, confidence: float) -> None:
    """With infinitely many degrees of freedom, as a multiple of the standard error of a difference."""
    found = limits.studentised_range_quantile(confidence, groups)
    assert stats.studentized_range.sf(found * math.sqrt(2), groups, math.inf) == pytest.approx(1 - confidence, rel=1e-4)
    if groups == 2:
        assert found == pytest.approx(stats.norm.isf((1 - confidence) / 2), abs=1e-7)


def test_a_critical_value_adds_up_the_errors_of_its_blocks() -> None:
    """Pairs by Tukey, others by Sidak."""
    blocks = [simultaneous.Block(pairs=True, count=5), simultaneous.Block(pairs=False, count=3)]
    z = simultaneous.critical(0.95, 2, blocks)
    tukey = stats.studentized_range.sf(z * math.sqrt(2), 5, math.inf)
    sidak = 1 - (1 - 2 * stats.norm.sf(z)) ** 3
    assert tukey + sidak == pytest.approx(0.025, rel=1e-4)
    assert simultaneous.family(0.95, 2, blocks, "pair") == "95 % simultaneous over 13 pairs (Tukey) and 2 bounds (Bonferroni)"


def test_all_pairs_of_normal_figures_are_within_their_critical_value_as_often_as_said() -> None:
    """By simulation."""
    draws = np.random.default_rng().normal(size=(20_000, 7))
    apart = (draws.max(axis=1) - draws.min(axis=1)) / math.sqrt(2)
    misses = int((apart > simultaneous.critical(0.95, 1, [simultaneous.Block(pairs=True, count=7)])).sum())
    assert stats.binomtest(misses, 20_000, 0.05).pvalue > 1e-6
