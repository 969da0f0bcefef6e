"""What row metrics cannot be computed from: it is named by row, or the figure is undefined, never 0."""

from __future__ import annotations

import numpy as np
import pytest

from pytest_genomic_guard.metrics import rowwise
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

METRICS = ("auc", "average-precision", "bias", "brier", "calibration-error", "concordance-index", "mae", "r2", "rmse")
CODES = np.repeat([0, 1], 10)
TRUTH, SCORE, TIME = np.tile([0.0, 1.0], 10), np.linspace(0, 1, 20), np.linspace(1, 2, 20)


def spoilt(column: Any, value: float) -> Any:
    """Return a column with another value in row 17."""
    column = column.copy()
    column[16] = value
    return column


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("metric", METRICS)
def test_what_is_no_number_is_named_by_its_row(metric: str, wrong: float) -> None:
    """Counted from 1, whichever the column."""
    for change in ({"y_true": spoilt(TRUTH, wrong)}, {"values": spoilt(SCORE, wrong)}, {"weights": spoilt(np.ones(20), wrong)}):
        given = {"y_true": TRUTH, "values": SCORE, "time": TIME} | change
        with pytest.raises(Unusable, match=r"in row 17$"):
            rowwise.figures(metric, CODES, 2, **given)
        with pytest.raises(Unusable, match=r"in row 17$"):
            rowwise.influence(metric, CODES, 2, **given)


@pytest.mark.parametrize(
    ("metric", "change", "said"),
    [
        ("auc", {"y_true": spoilt(TRUTH, 2)}, r"the truth is neither 0 nor 1 in row 17"),
        ("concordance-index", {"y_true": spoilt(TRUTH, 0.5)}, r"the event is neither 0 nor 1 in row 17"),
        ("concordance-index", {"time": spoilt(TIME, np.nan)}, r"the time is not a finite number in row 17"),
        ("concordance-index", {"time": None}, r"there is no time"),
        ("brier", {"values": spoilt(SCORE, 1.5)}, r"the score is not a probability.*in row 17"),
        ("calibration-error", {"values": spoilt(SCORE, -0.1)}, r"the score is not a probability.*in row 17"),
        ("rmse", {"values": spoilt(SCORE, 1e200)}, r"the prediction is too large a number in row 17"),
        ("mae", {"weights": spoilt(np.ones(20), -1)}, r"the weight is below 0 in row 17"),
        ("auc", {"weights": spoilt(np.ones(20), 1e-200)}, r"the weight is next to nothing beside the largest in row 17"),
        ("mae", {"values": SCORE[:9]}, r"different numbers of rows"),
        ("auc", {"y_true": None}, r"there is no truth"),
    ],
)
def test_what_a_metric_cannot_take_is_named(metric: str, change: Any, said: str) -> None:
    """By column and row."""
    with pytest.raises(Unusable, match=said):
        rowwise.figures(metric, CODES, 2, **({"y_true": TRUTH, "values": SCORE, "time": TIME} | change))


@pytest.mark.parametrize("metric", METRICS)
def test_an_empty_group_is_undefined_and_the_others_are_not(metric: str) -> None:
    """Its limits are nan as well."""
    found = rowwise.figures(metric, CODES * 2, 3, TRUTH, SCORE, None, None, TIME)
    low, high = found.limits(1.96)
    assert np.isnan(found.value).tolist() == [False, True, False]
    assert found.n[1] == 0
    assert found.n[0] > 0
    assert (low[[0, 2]] <= found.value[[0, 2]]).all()
    assert (high[[0, 2]] >= found.value[[0, 2]]).all()
    assert np.isnan([low[1], high[1]]).all()


@pytest.mark.parametrize(
    ("metric", "truth", "score", "n"),
    [
        ("auc", np.ones(20), SCORE, 0),
        ("auc", np.zeros(20), SCORE, 0),
        ("average-precision", np.zeros(20), SCORE, 0),
        ("average-precision", np.ones(20), SCORE, 20),
        ("concordance-index", np.zeros(20), SCORE, 0),
        ("r2", np.ones(20), SCORE, 20),
        ("r2", TRUTH, np.ones(20), 20),
    ],
)
def test_one_class_or_no_variation_is_undefined(metric: str, truth: Any, score: Any, n: int) -> None:
    """With the denominator told."""
    for clusters in (None, np.arange(20) // 2):
        found = rowwise.figures(metric, np.zeros(20, int), 1, truth, score, None, clusters, TIME)
        assert np.isnan(found.value[0])
        assert found.n[0] == n
        assert np.isnan(found.limits(1.96)).all()
    assert not rowwise.influence(metric, np.zeros(20, int), 1, truth, score, None, TIME).any()


@pytest.mark.parametrize("metric", METRICS)
def test_rows_of_no_group_and_of_no_weight_do_not_count(metric: str) -> None:
    """They are as if they were not there."""
    kept = np.arange(20) % 4 != 3
    codes, weights = np.where(kept, 0, -1), np.where(kept, 1.0, 0.0)
    told = [
        rowwise.figures(metric, np.zeros(15, int), 1, TRUTH[kept], SCORE[kept], None, None, TIME[kept]),
        rowwise.figures(metric, codes, 1, TRUTH, SCORE, None, None, TIME),
        rowwise.figures(metric, np.zeros(20, int), 1, TRUTH, SCORE, weights, None, TIME),
    ]
    first, *rest = [(x.value, x.n, x.error, *x.limits(2.0)) for x in told]
    for other in rest:
        np.testing.assert_allclose(other, first, rtol=1e-12)
    assert not rowwise.influence(metric, codes, 1, TRUTH, SCORE, None, TIME)[~kept].any()


@pytest.mark.parametrize("metric", METRICS)
def test_one_row_or_one_cluster_proves_nothing(metric: str) -> None:
    """The limits are all that the metric can be, or nearly."""
    one = rowwise.figures(metric, np.zeros(20, int), 1, TRUTH, SCORE, None, np.zeros(20, int), TIME)
    low, high = one.limits(1.96)
    assert low[0] <= 0
    assert high[0] >= 1
    assert np.isinf(one.error[0])


@pytest.mark.parametrize("score", [TRUTH, 1 - TRUTH, np.ones(20)])
@pytest.mark.parametrize("metric", ["auc", "average-precision", "brier", "calibration-error", "concordance-index"])
def test_no_variation_is_not_certainty(metric: str, score: Any) -> None:
    """No interval of twenty people has no width."""
    found = rowwise.figures(metric, np.zeros(20, int), 1, TRUTH, score, None, None, np.arange(20) if metric != "auc" else None)
    low, high = found.limits(1.96)
    assert high[0] - low[0] > 0.05
    assert 0 <= low[0] <= found.value[0] <= high[0] <= 1


@pytest.mark.parametrize("metric", METRICS)
def test_limits_enclose_the_value_whatever_few_rows_say(metric: str) -> None:
    """At any critical value, with weights and clusters, in one to seven rows."""
    random = np.random.default_rng()
    for _set in range(150):
        n = int(random.integers(1, 8))
        truth, score, time, weights = (
            random.choice(kinds, n) for kinds in ([0, 1], [0, 0.5, 1, 0.3], [0, 1, 2], [0, 1, 1e-3, 1e200])
        )
        weights = np.where(weights > 1, 1.0, weights) if random.random() < 0.5 else np.where(weights > 0, 1e200, 0)
        for families in (None, random.integers(0, 3, n)):
            found = rowwise.figures(metric, random.integers(0, 2, n), 2, truth, score, weights, families, time)
            known = ~np.isnan(found.value)
            for z in (0.5, 1.96, 8.0):
                low, high = found.limits(z)
                assert (low[known] <= found.value[known] + 1e-12).all()
                assert (high[known] >= found.value[known] - 1e-12).all()
                assert np.isnan([low[~known], high[~known]]).all()


def test_perfect_separation_leaves_what_twenty_people_leave() -> None:
    """However many there are of the other class."""
    truth = np.repeat([0.0, 1.0], [1000, 20])
    low, high = rowwise.figures("auc", np.zeros(1020, int), 1, truth, truth).limits(1.96)
    assert high[0] == 1
    assert low[0] == pytest.approx(20 / (20 + 1.96**2))
