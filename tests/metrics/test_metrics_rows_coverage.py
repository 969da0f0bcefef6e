"""How often the limits of row metrics miss what they are the limits of, in data sets of which each is a group."""

from __future__ import annotations

import numpy as np
import pytest
from _gating import CHANCE, differences
from scipy import stats

from pytest_genomic_guard.metrics import fairness, rowwise
from pytest_genomic_guard.metrics.nouns import Ask, Figures, Grouping, Rows, Terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Drawn = Callable[[Any, int], tuple[Any, ...]]

SETS = 2000
Z = 1.959964


def missed(metric: str, n: int, drawn: Drawn, truth: Any) -> tuple[int, int]:
    """Return how many of the intervals lie above `truth`, and how many below."""
    random = np.random.default_rng()
    columns = drawn(random, SETS * n)
    found = rowwise.figures(metric, np.repeat(np.arange(SETS), n), SETS, columns[0], columns[1], None, None, *columns[2:])
    low, high = found.limits(Z)
    known = ~np.isnan(found.value)
    return int((low[known] > truth + 1e-12).sum()), int((high[known] < truth - 1e-12).sum())


def most(rate: float, sets: int = SETS) -> int:
    """Return how many of the sets can miss at this rate, but for one chance in a million."""
    return int(stats.binom.isf(CHANCE, sets, rate))


def normals(prevalence: float, apart: float) -> Drawn:
    """Draw truth and scores of two normal distributions."""

    def drawn(random: Any, n: int) -> tuple[Any, ...]:
        truth = random.random(n) < prevalence
        return truth, random.normal(size=n) + apart * truth

    return drawn


def betas(a: float, b: float, power: float = 1.0) -> Drawn:
    """Draw truth and its probability, bent by a power."""

    def drawn(random: Any, n: int) -> tuple[Any, ...]:
        share = random.beta(a, b, n)
        return random.random(n) < share, share**power

    return drawn


def lifetimes(effect: float) -> Drawn:
    """Draw events, risks and censored times."""

    def drawn(random: Any, n: int) -> tuple[Any, ...]:
        risk = random.normal(size=n)
        event, censored = random.exponential(np.exp(-effect * risk)), random.exponential(1, n)
        return event <= censored, risk, np.minimum(event, censored)

    return drawn


def correlated(rho: float, *, uneven: bool = False) -> Drawn:
    """Draw a truth and a score of correlation rho; the noise may depend on the score."""

    def drawn(random: Any, n: int) -> tuple[Any, ...]:
        score = random.normal(size=n)
        noise = random.normal(size=n) * (np.abs(score) if uneven else 1)
        return rho * score + np.sqrt(1 - rho**2) * noise, score

    return drawn


def exponential(random: Any, n: int) -> tuple[Any, ...]:
    """Draw skewed errors."""
    return np.zeros(n), random.exponential(1, n)


def gaussian(random: Any, n: int) -> tuple[Any, ...]:
    """Draw normal errors."""
    return np.zeros(n), random.normal(size=n)


def precision(prevalence: float, apart: float) -> float:
    """Return the average precision of two normal distributions: the mean precision at the score of a positive."""
    at = stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000) + apart
    hits, alarms = prevalence * stats.norm.sf(at - apart), (1 - prevalence) * stats.norm.sf(at)
    return float((hits / (hits + alarms)).mean())


@pytest.mark.parametrize("apart", [0, 1, 2, 3.3])
@pytest.mark.parametrize(("prevalence", "n"), [(0.5, 40), (0.1, 200), (0.02, 1000)])
def test_auc(prevalence: float, n: int, apart: float) -> None:
    """95 % limits miss in 5 % of data sets at most, also far from chance with few of one class."""
    assert sum(missed("auc", n, normals(prevalence, apart), stats.norm.cdf(apart / np.sqrt(2)))) <= most(0.05)


@pytest.mark.parametrize("apart", [0, 1, 2])
@pytest.mark.parametrize(("prevalence", "n"), [(0.5, 100), (0.1, 200), (0.02, 1000)])
def test_average_precision(prevalence: float, n: int, apart: float) -> None:
    """As the AUC; with few positives in 6.5 %."""
    assert sum(missed("average-precision", n, normals(prevalence, apart), precision(prevalence, apart))) <= most(0.065)


def concordance(effect: float) -> float:
    """Return how often, of two people the first of whom is seen to die, it is the one at the higher risk.

    Lifetimes are exponential, at rate exp(effect * risk), and so is the end of follow-up, at rate 1: of two people, the first to go
    dies as the first with a probability of the own rate among all four.
    """
    rates = np.exp(effect * stats.norm.ppf((np.arange(2000) + 0.5) / 2000))
    one, two = np.meshgrid(rates, rates)
    return float((np.maximum(one, two) / (one + two + 2)).sum() / ((one + two) / (one + two + 2)).sum())


@pytest.mark.parametrize(("n", "effect"), [(40, 0), (40, 0.7), (80, 1.4)])
def test_concordance(n: int, effect: float) -> None:
    """Censoring leaves the limits what they are."""
    assert sum(missed("concordance-index", n, lifetimes(effect), concordance(effect))) <= most(0.055)


@pytest.mark.parametrize(("a", "b", "n"), [(1, 1, 20), (1, 1, 100), (1, 9, 200), (50, 50, 50), (0.2, 0.2, 50), (0.5, 20, 500)])
def test_brier(a: float, b: float, n: int) -> None:
    """Rare events, too."""
    assert sum(missed("brier", n, betas(a, b), a * b / ((a + b) * (a + b + 1)))) <= most(0.055)


@pytest.mark.parametrize(
    ("metric", "drawn", "n", "truth", "rate"),
    [
        ("bias", gaussian, 20, 0, 0.05),
        ("bias", exponential, 50, 1, 0.07),
        ("mae", gaussian, 20, np.sqrt(2 / np.pi), 0.055),
        ("mae", exponential, 50, 1, 0.065),
        ("rmse", gaussian, 50, 1, 0.065),
        ("rmse", gaussian, 200, 1, 0.055),
    ],
)
def test_errors(metric: str, drawn: Drawn, n: int, truth: Any, rate: float) -> None:
    """Skewed errors in few rows miss a little more often."""
    assert sum(missed(metric, n, drawn, truth)) <= most(rate)


def heavy(random: Any, n: int) -> Any:
    """Draw errors of heavy tails: t of 5 degrees of freedom."""
    return random.standard_t(5, n)


def light(random: Any, n: int) -> Any:
    """Draw normal errors."""
    return random.normal(size=n)


def skewed(random: Any, n: int) -> Any:
    """Draw lognormal errors."""
    return random.lognormal(0, 0.6, n)


def proven(drawn: Callable[[Any, int], Any], sizes: list[int], sets: int, largest: float = 1.0) -> dict[str, Any]:
    """Return which bounds of 0 on the difference of groups fail; the first group's errors are `largest` times as large."""
    codes, groups = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), len(sizes)
    errors = drawn(np.random.default_rng(), sets * len(codes)).reshape(sets, -1) * np.where(codes == 0, largest, 1.0)
    truth = np.zeros(len(codes))
    fails = {}
    for metric in ("bias", "mae", "rmse"):
        made = [rowwise.figures(metric, codes, groups, truth, each) for each in errors]  # groups of a set know of one another

        def limits(z: float, made: list[Figures] = made) -> tuple[Any, Any]:
            ends = [each.limits(z) for each in made]
            return np.concatenate([low for low, _high in ends]), np.concatenate([high for _low, high in ends])

        value, n, error = (np.concatenate([getattr(each, name) for each in made]) for name in ("value", "n", "error"))
        fails[metric] = differences([Figures(value=value, n=n, error=error, limits=limits)], groups, 0.0)[0][0]
    grouping = Grouping(name="g", labels=tuple("ABCDEFGHIJ"[:groups]), codes=codes)
    for metric, found in fails.items():  # as a gate says
        terms = Terms(asks=(Ask(metric=f"{metric}.difference", operator="<=", limit=0.0),))
        for at in (0, 1, *np.flatnonzero(found)[:2]):
            rows = Rows(groupings=(grouping,), y_true=truth, y_pred=errors[at])
            assert (fairness.assess(rows, terms)[0].verdict == "fail") == found[at]
    return fails


@pytest.mark.parametrize(
    ("sizes", "drawn"),
    [([400, 200, 100, 60, 40], light), ([400, 200, 100, 60, 40], skewed), ([400] + [40] * 9, heavy), ([400] + [40] * 9, skewed)],
)
def test_groups_that_are_alike_seldom_fail_a_bound_of_0(sizes: list[int], drawn: Callable[[Any, int], Any]) -> None:
    """Uneven groups, over all pairs at once, at 95 %."""
    fails = {metric: int(found.sum()) for metric, found in proven(drawn, sizes, 1000).items()}
    assert max(fails.values()) <= most(0.05, 1000), fails


def test_much_larger_errors_of_one_group_are_proven_where_it_is_ample() -> None:
    """A ratio of 1.3 with 500 people a group."""
    fails = {metric: int((~found).sum()) for metric, found in proven(light, [500, 500], 200, largest=1.3).items()}
    assert max(fails["mae"], fails["rmse"]) <= most(0.05, 200), fails


def test_a_group_without_variation_is_given_that_of_the_others() -> None:
    """Twenty errors of one size are no proof that there are no others; what a large group has of its own stays."""
    codes, errors = np.repeat([0, 1], [20, 200]), np.concatenate([np.ones(20), light(np.random.default_rng(), 200)])
    for weights in (np.ones(220), np.where(codes == 0, 2.0, 3.0)):
        for metric in ("mae", "rmse"):
            found = rowwise.figures(metric, codes, 2, np.zeros(220), errors, weights)
            low, high = found.limits(Z)
            assert low[0] < 0.9
            assert high[0] > 1.1
            alone = rowwise.figures(metric, np.zeros(200, int), 1, np.zeros(200), errors[20:], weights[20:])
            assert found.error[1] == pytest.approx(alone.error[0], rel=1e-9)


@pytest.mark.parametrize("rho", [0, 0.2, 0.5, 0.9])
@pytest.mark.parametrize("n", [20, 200])
def test_r2(n: int, rho: float) -> None:
    """Squares of limits of the correlation hold."""
    assert sum(missed("r2", n, correlated(rho), rho**2)) <= most(0.055)


def test_r2_where_the_spread_depends_on_the_score() -> None:
    """The error is robust."""
    assert sum(missed("r2", 200, correlated(0.2, uneven=True), 0.04)) <= most(0.065)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 9), (0.3, 30)])
@pytest.mark.parametrize("n", [50, 500])
def test_a_calibrated_model_is_hardly_ever_proven_miscalibrated(n: int, a: float, b: float) -> None:
    """Although its estimate is above 0 in every data set."""
    above, _below = missed("calibration-error", n, betas(a, b), 0)
    assert above <= most(0.025)


def test_a_calibrated_model_can_be_proven_to_be() -> None:
    """At 2,000 rows, to within 0.06."""
    random = np.random.default_rng()
    truth, score = betas(1, 1)(random, 200 * 2000)
    _low, high = rowwise.figures("calibration-error", np.repeat(np.arange(200), 2000), 200, truth, score).limits(Z)
    assert (high <= 0.06).mean() >= 0.95


@pytest.mark.parametrize("power", [0.7, 1.3])
@pytest.mark.parametrize("n", [200, 1000])
def test_the_calibration_error_of_a_bent_model_is_covered(n: int, power: float) -> None:
    """On either side."""
    share = (np.arange(2_000_000) + 0.5) / 2_000_000  # uniform: the true residual of a bin is the integral over it
    bins = np.minimum((share**power * 10).astype(int), 9)
    truth = np.abs(np.bincount(bins, share - share**power, 10)).sum() / len(share)
    above, below = missed("calibration-error", n, betas(1, 1, power), truth)
    assert above <= most(0.025)
    assert below <= most(0.025)
