"""The expected calibration error, by group: equal-width bins of the predicted probability (Guo et al. 2017).

In bin b let D_b be the sum of y - p, divided by the n rows of the group: the estimate is T = sum |D_b|. It is biased upwards, so
that a model without any error has T > 0, and resampling adds the bias a second time. The limits below hold for the error
theta = sum |E D_b| all the same. Let s_b be the standard error of D_b, and s^2 the sum of their squares.

- Upper: T >= sum sign(E D_b) D_b, which has mean theta and a standard error of at most s; so theta <= T + z s.
- Lower: T - theta <= sum |D_b - E D_b|, distributed as a sum of half-normals s_b |Z_b|; so theta >= T - q, with the quantile q by
  Cornish & Fisher (1938) if bins are independent. If not, in clusters, by the concentration of Lipschitz functions of normals about
  their median (Borell 1975): q = sum s_b sqrt(2 / pi) + z s, with s^2 the sum of all |covariances|.

s_b^2 is the larger of what the residuals and what the probabilities themselves tell, as a bin with few rows has few residuals.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard.metrics import ranks, scales, spread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Figures
    from pytest_genomic_guard.metrics.ranks import Array, Part
    from pytest_genomic_guard.metrics.spread import Estimate, Spread

_MEAN = np.sqrt(2 / np.pi)  # of a half-normal, whose variance and third central moment follow
_VARIANCE = 1 - 2 / np.pi
_NOTHING = 1e-14  # of a sum of shares
_THIRD = np.sqrt(2 / np.pi) * (4 / np.pi - 1)


def columns(y_true: Any, score: Any, time: Any = None) -> tuple[Array, ...]:
    """Return the columns, checked. Raises Unusable."""
    del time
    return ranks.same(ranks.binary("truth", y_true), ranks.shares("score", score))


def figures(found: Spread) -> Figures:
    """Return the figures; n is the rows."""
    mean, worst, slack, skew = found.more.T

    def limits(z: float) -> tuple[Array, Array]:
        t = scales.student(z, found.freedom)
        with np.errstate(all="ignore"):
            upper = np.hypot(t * worst, z * z / found.held)  # as Wilson's, where no residual was seen
            lower = mean + slack * t + skew * np.maximum(t * t - 1, 0)
            return scales.within(found.value, found.value - lower, found.value + upper)

    return spread.told(found, limits, "bias-free limits of the calibration error")


def _binned(part: Part, bins: int) -> tuple[Array, Array]:
    """Return the bin of each row, of which one takes in its lower end and the last one both, and its weighted residual."""
    truth, score = part.columns
    return np.minimum((score * bins).astype(np.int64), bins - 1), part.weights * (truth - score)


def estimate(part: Part, bins: int) -> Estimate:
    """Return the calibration error of one group."""
    n = len(part.rows)
    if not n:
        return spread.undefined(part, 0, more=4)
    place, residual = _binned(part, bins)
    total = part.weights.sum()
    sums = np.bincount(place, residual, bins) / total
    sums[np.abs(sums) < _NOTHING] = 0  # what rounding leaves has no sign
    value = float(np.abs(sums).sum())
    influence = (np.sign(sums)[place] * residual - part.weights * value) / total
    return spread.Estimate(
        value=value,
        n=n,
        influence=influence,
        variance=spread.variance(influence),
        held=spread.people(part.weights),
        more=_shape(part, bins),
    )


def _shape(part: Part, bins: int) -> tuple[float, float, float, float]:
    """Return the mean of sum |D_b - E D_b|, s, and the factors of z and of z^2 - 1 in its quantile."""
    place, residual = _binned(part, bins)
    total = part.weights.sum()
    told = part.weights**2 * part.columns[1] * (1 - part.columns[1])
    least = np.bincount(place, told, bins) / total**2
    if part.clusters is None:
        squares = np.maximum(np.bincount(place, residual**2, bins) / total**2, least)
        s, sigma = np.sqrt(squares.sum()), np.sqrt(squares)
        deviation = s * np.sqrt(_VARIANCE)
        return _MEAN * sigma.sum(), s, deviation, _THIRD * (sigma**3).sum() / (6 * deviation**2) if s else 0.0
    covariance = _clustered(place, residual / total, bins, part.clusters)
    squares = np.maximum(np.diag(covariance), least)
    s = np.sqrt(squares.sum() + np.abs(covariance).sum() - np.diag(covariance).sum())
    return _MEAN * np.sqrt(squares).sum(), s, s, 0.0


def _clustered(place: Array, residual: Array, bins: int, clusters: Array) -> Array:
    """Return the covariance of the bins' sums; float64[bins, bins]."""
    names, rows = np.unique(clusters, return_inverse=True)
    table = np.bincount(rows * bins + place, residual, len(names) * bins).reshape(-1, bins)
    table = table[np.lexsort(table.T)]  # clusters have no order of their own
    covariance: Array = np.einsum("ca,cb->ab", table, table) * len(names) / max(len(names) - 1, 1)
    return covariance
