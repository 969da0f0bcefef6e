"""The squared correlation of score and truth, by group: the R2 of a polygenic score, and no coefficient of determination.

A score that runs against the truth explains none of it as it stands: its R2 is 0, and not that of the score turned round.
Limits are those of the correlation on Fisher's z scale, squared. Its error is the jackknife's (Efron & Stein 1981), which
holds whether or not the spread of the truth depends on the score; in clusters, that of the influence of each row (Devlin et
al. 1975).
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics import ranks, scales, spread
from pytest_genomic_guard.metrics.nouns import Figures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.metrics.ranks import Array, Part
    from pytest_genomic_guard.metrics.spread import Estimate, Spread


def columns(y_true: Any, score: Any, time: Any = None) -> tuple[Array, ...]:
    """Return the columns, checked. Raises Unusable."""
    del time
    return ranks.same(ranks.moderate("truth", y_true), ranks.moderate("score", score))


def figures(found: Spread) -> Figures:
    """Return the figures of squares from the spread of correlations; n is the rows."""
    limits = scales.fisher(found)

    def squared(z: float) -> tuple[Array, Array]:
        low, high = limits(z)
        return np.maximum(low, 0) ** 2, np.maximum(high, 0) ** 2

    with np.errstate(invalid="ignore"):
        error = np.where(np.isinf(found.error), np.inf, 2 * np.abs(found.value) * found.error)
    return Figures(
        value=np.maximum(found.value, 0) ** 2,
        n=found.n,
        limits=squared,
        error=error,
        correlation=found.correlation,
        name="Fisher's z, robust",
    )


def estimate(part: Part) -> Estimate:
    """Return the correlation of one group."""
    if not all(len(column) and column.min() < column.max() for column in part.columns):
        return spread.undefined(part, len(part.rows))
    total = part.weights.sum()
    x, y = (_standard(column, part.weights / total) for column in part.columns)
    value = float(np.clip((part.weights * x * y).sum() / total, -1, 1))
    influence = part.weights * (x * y - value * (x * x + y * y) / 2) / total
    held = spread.people(part.weights)
    return spread.Estimate(
        value=value,
        n=len(part.rows),
        influence=influence,
        variance=_jackknife(x, y, value, part.weights / total),
        held=held,
        freedom=held - 3,
    )


def _jackknife(x: Array, y: Array, value: float, shares: Array) -> float:
    """Return the variance of the correlation from the correlations without each row, on Fisher's scale; nan: too few rows."""
    with np.errstate(all="ignore"):
        lost = shares / (1 - shares)
        without = np.arctanh((value - lost * x * y) / np.sqrt((1 - lost * x * x) * (1 - lost * y * y)))
        spare = without - without.mean()
        return float((spare**2).sum() * (1 - 1 / len(x)) * (1 - value**2) ** 2) if np.isfinite(spare).all() else float("nan")


def _standard(column: Array, shares: Array) -> Array:
    """Return a column with mean 0 and variance 1."""
    centred = column - (column * shares).sum()
    centred = centred / np.abs(centred).max()
    scaled: Array = centred / np.sqrt((centred**2 * shares).sum())
    return scaled


def squared(part: Part) -> Estimate:
    """Return the squared correlation of one group with its influences; its variance is that of the correlation."""
    made = estimate(part)
    if math.isnan(made.value):
        return made
    forward = max(made.value, 0.0)
    return made.replace(value=forward**2, influence=2 * forward * made.influence)
