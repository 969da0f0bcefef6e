"""Values and influences of row metrics against scikit-learn, brute force and finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as oracle

from pytest_genomic_guard.metrics import rowwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

METRICS = ("auc", "average-precision", "bias", "brier", "calibration-error", "concordance-index", "mae", "r2", "rmse")


def table(seed: int, n: int, groups: int = 3, digits: int = 1) -> tuple[Any, ...]:
    """Return codes, truth, score in [0, 1] with ties, time with ties, weights."""
    random = np.random.default_rng(seed)
    truth = (random.random(n) < 0.4) * 1.0
    score = np.round(np.clip(random.random(n) * 0.7 + truth * 0.3, 0, 1), digits)
    return random.integers(0, groups, n), truth, score, np.round(random.exponential(1, n), digits), random.integers(1, 5, n) / 2


def rate(truth: Any, score: Any, weight: Any) -> Any:
    """Return the calibration error over ten bins."""
    bins = np.minimum((score * 10).astype(int), 9)
    return sum(abs((weight * (truth - score))[bins == b].sum()) for b in range(10)) / weight.sum()


def harrell(truth: Any, score: Any, weight: Any, time: Any) -> Any:
    """Return the concordance over all ordered pairs."""
    earlier = (time[:, None] < time) | ((time[:, None] == time) & (truth == 0))
    pairs = weight[:, None] * weight * ((truth[:, None] == 1) & earlier)
    agree = (score[:, None] > score) + 0.5 * (score[:, None] == score)
    return (pairs * agree).sum() / pairs.sum()


def correlation(truth: Any, score: Any, weight: Any) -> Any:
    """Return the weighted squared correlation, 0 where the score runs against the truth."""
    covariance = np.cov(truth, score, aweights=weight)
    return max(covariance[0, 1], 0) ** 2 / (covariance[0, 0] * covariance[1, 1])


ORACLES: dict[str, Any] = {
    "auc": lambda y, s, w, _t: oracle.roc_auc_score(y, s, sample_weight=w),
    "average-precision": lambda y, s, w, _t: oracle.average_precision_score(y, s, sample_weight=w),
    "bias": lambda y, s, w, _t: np.average(s - y, weights=w),
    "brier": lambda y, s, w, _t: oracle.brier_score_loss(y, s, sample_weight=w),
    "calibration-error": lambda y, s, w, _t: rate(y, s, w),
    "concordance-index": harrell,
    "mae": lambda y, s, w, _t: oracle.mean_absolute_error(y, s, sample_weight=w),
    "r2": lambda y, s, w, _t: correlation(y, s, w),
    "rmse": lambda y, s, w, _t: oracle.root_mean_squared_error(y, s, sample_weight=w),
}


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("metric", METRICS)
def test_the_value_is_the_oracles(metric: str, *, weighted: bool) -> None:
    """With ties, weights and rows of no weight."""
    codes, truth, score, time, weights = table(3, 400)
    weights[::7] = 0
    weights = weights if weighted else np.ones(400)
    found = rowwise.figures(metric, codes, 3, truth, score, weights if weighted else None, None, time)
    for group in range(3):
        here = (codes == group) & (weights > 0)
        assert found.value[group] == pytest.approx(ORACLES[metric](truth[here], score[here], weights[here], time[here]), abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_concordance_of_few_rows_is_that_of_all_pairs(seed: int) -> None:
    """With tied times and risks."""
    random = np.random.default_rng(seed)
    n = int(random.integers(4, 40))
    event, risk, time = random.integers(0, 2, n), random.integers(0, 1 + seed, n), random.integers(0, 6, n)
    event[0], time[0] = 1, -1
    found = rowwise.figures("concordance-index", np.zeros(n, int), 1, event, risk, None, None, time)
    assert found.value[0] == pytest.approx(harrell(event, risk, np.ones(n), time), abs=1e-12)


@pytest.mark.parametrize("metric", METRICS)
def test_the_influence_is_the_derivative_by_the_weight(metric: str) -> None:
    """By central differences."""
    codes, truth, score, time, weights = table(5, 60, groups=2)
    found = rowwise.influence(metric, codes, 2, truth, score, weights, time)
    step = 1e-6
    for row in range(60):
        more = [weights.copy(), weights.copy()]
        more[0][row] += step
        more[1][row] -= step
        up, down = (rowwise.figures(metric, codes, 2, truth, score, each, None, time).value[codes[row]] for each in more)
        assert found[row] == pytest.approx(weights[row] * (up - down) / (2 * step), abs=1e-7)


def test_the_error_of_the_auc_is_delongs() -> None:
    """Computed directly over all pairs."""
    _codes, truth, score, _time, _weights = table(7, 300, digits=2)
    score = score + truth  # far from chance, where DeLong's variance is above that of two normal distributions
    score[truth == 1] -= np.linspace(0, 2, int(truth.sum()))
    positive, negative = score[truth == 1], score[truth == 0]
    above = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
    direct = above.mean(axis=1).var(ddof=1) / len(positive) + above.mean(axis=0).var(ddof=1) / len(negative)
    assert rowwise.figures("auc", np.zeros(300, int), 1, truth, score).error[0] == pytest.approx(np.sqrt(direct), rel=1e-12)


@pytest.mark.parametrize("metric", METRICS)
def test_a_whole_weight_is_as_many_rows(metric: str) -> None:
    """In the value, not in n."""
    codes, truth, score, time, weights = table(11, 200)
    times = (weights * 2).astype(int)
    weighted = rowwise.figures(metric, codes, 3, truth, score, times, None, time)
    codes, truth, score, time = (np.repeat(column, times) for column in (codes, truth, score, time))
    repeated = rowwise.figures(metric, codes, 3, truth, score, None, None, time)
    np.testing.assert_allclose(weighted.value, repeated.value, rtol=1e-12)
    assert (weighted.n < repeated.n).all()  # people are counted, not weights


@pytest.mark.parametrize("metric", METRICS)
def test_people_who_come_twice_tell_as_much_as_once(metric: str) -> None:
    """If their clusters are told."""
    codes, truth, score, time, _weights = table(13, 400, digits=3)
    once = rowwise.figures(metric, codes, 3, truth, score, None, np.arange(400), time)
    codes, truth, score, time, people = (np.tile(column, 2) for column in (codes, truth, score, time, np.arange(400)))
    twice = rowwise.figures(metric, codes, 3, truth, score, None, people, time)
    naive = rowwise.figures(metric, codes, 3, truth, score, None, None, time)
    np.testing.assert_allclose(twice.error, once.error, rtol=0.06)
    assert (naive.error < 0.8 * twice.error).all()


@pytest.mark.parametrize("metric", METRICS)
def test_clusters_of_one_row_change_little(metric: str) -> None:
    """The error is that of rows."""
    codes, truth, score, time, _weights = table(17, 600, digits=3)
    plain = rowwise.figures(metric, codes, 3, truth, score, time=time)
    single = rowwise.figures(metric, codes, 3, truth, score, None, np.arange(600), time)
    np.testing.assert_allclose(single.error, plain.error, rtol=0.02)
    assert single.correlation is None


def test_groups_that_share_people_are_correlated() -> None:
    """As their rows are."""
    random = np.random.default_rng()
    shared = random.normal(size=1000)
    score = np.concatenate([shared + random.normal(size=1000), shared + random.normal(size=1000)])
    codes, clusters = np.repeat([0, 1], 1000), np.tile(np.arange(1000), 2)
    found = rowwise.figures("bias", codes, 2, np.zeros(2000), score, None, clusters)
    direct = np.corrcoef(score[:1000], score[1000:])
    np.testing.assert_allclose(found.correlation, direct, atol=1e-12)
