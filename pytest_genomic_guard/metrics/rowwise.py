"""The metrics that are computed from rows, under their names: the figures of groups, and what each row adds to their error."""

from __future__ import annotations

import functools

from pytest_genomic_guard.metrics import auc, calibration, errors, precision, r2, ranks, spread, survival

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from pytest_genomic_guard.metrics.nouns import Figures
    from pytest_genomic_guard.metrics.ranks import Array
    from pytest_genomic_guard.metrics.spread import One

_MODULES: Final = {
    "auc": auc,
    "average-precision": precision,
    "calibration-error": calibration,
    "concordance-index": survival,
    "r2": r2,
}
_ESTIMATES: Final[dict[str, One]] = {
    "auc": auc.estimate,
    "average-precision": precision.estimate,
    "bias": errors.mean,
    "brier": errors.mean,
    "concordance-index": survival.estimate,
    "mae": errors.mean,
    "r2": r2.estimate,
    "rmse": errors.root,
}


def figures(  # noqa: PLR0913, PLR0917 - the columns of a table
    metric: str,
    codes: Any,
    groups: int,
    y_true: Any,
    values: Any,
    weights: Any = None,
    clusters: Any = None,
    time: Any = None,
    bins: int = 10,
) -> Figures:
    """Return a metric of the groups (int[rows], below `groups`; below 0: of none). `values` are scores or predictions.

    Raises Unusable for a column that is absent or has a value that the metric cannot take.
    """
    parts = ranks.parts(codes, groups, _columns(metric, y_true, values, time), weights, clusters)
    found = spread.spread(_estimate(metric, bins), parts)
    module = _MODULES.get(metric)
    return module.figures(found) if module else errors.figures(metric, found)


def influence(  # noqa: PLR0913, PLR0917 - the columns of a table
    metric: str,
    codes: Any,
    groups: int,
    y_true: Any,
    values: Any,
    weights: Any = None,
    time: Any = None,
    bins: int = 10,
) -> Array:
    """Return what each row adds to the error of its group's figure: float64[rows]; 0 where it is undefined. Raises Unusable."""
    one = r2.squared if metric == "r2" else _estimate(metric, bins)
    return spread.influences(one, codes, groups, _columns(metric, y_true, values, time), weights)


def _estimate(metric: str, bins: int) -> One:
    return functools.partial(calibration.estimate, bins=bins) if metric == "calibration-error" else _ESTIMATES[metric]


def _columns(metric: str, y_true: Any, values: Any, time: Any) -> tuple[Array, ...]:
    module = _MODULES.get(metric)
    return module.columns(y_true, values, time) if module else errors.columns(metric, y_true, values)
