"""Intervals of estimates with a standard error, on the scale on which each is closest to normal.

Each function takes a `spread.Spread` and returns what `nouns.Figures.limits` is: critical value z -> lower and upper ends,
float64[groups]. An unknown error gives all that the metric can be. Where the skewness of the rows' influences and the bend of the
scale shift a studentised estimate (Johnson 1978; Hall 1992, "On the removal of skewness by transformation"), the end on that side
follows, by no more than half a half-width; the other end stays, since few rows of heavy tails look skewed by chance.

Where no variation was seen there may be some all the same: as with no event among k people (Wilson 1927), a share
z^2 / (k + z^2) of them may be as different as can be.
"""

from __future__ import annotations

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.metrics.ranks import Array
    from pytest_genomic_guard.metrics.spread import Spread

    Limits = Callable[[float], tuple[Array, Array]]

_FLAT = 1e-12  # relative to the value: no variation but that of rounding


def student(z: float, freedom: Array) -> Array:
    """Return the critical values of Student's t that correspond to a normal one (Wallace 1959); inf without any freedom."""
    with np.errstate(all="ignore"):
        scaled = z * (8 * freedom + 3) / (8 * freedom + 1)
        t = np.sqrt(freedom * np.expm1(scaled * scaled / freedom))
    return np.where(np.isinf(freedom), z, np.where(freedom > 0, t, np.inf))


def identity(spread: Spread) -> Limits:
    """Return limits of a mean that may be any number."""

    def limits(z: float) -> tuple[Array, Array]:
        below, above = _ends(z, spread, 0.0)
        return spread.value - below, spread.value + above

    return limits


def logit(spread: Spread, bias: Array | float = 0.0) -> Limits:
    """Return limits of what lies between 0 and 1, on the scale of log odds; the lower end allows for a `bias` upwards."""

    def limits(z: float) -> tuple[Array, Array]:
        value = spread.value
        with np.errstate(all="ignore"):
            slope = value * (1 - value)
            odds, half = np.log(value / (1 - value)), _half(z, spread) / slope
            low, high = 1 / (1 + np.exp(half + bias / slope - odds)), 1 / (1 + np.exp(-half - odds))
        flat = _flat(spread) | (value <= 0) | (value >= 1)
        least, most = unseen(z, spread)
        unknown = np.isinf(_half(z, spread)) & ~np.isnan(value)
        return np.where(unknown, 0.0, np.where(flat, least, low)), np.where(unknown, 1.0, np.where(flat, most, high))

    return limits


def unseen(z: float, spread: Spread) -> tuple[Array, Array]:
    """Return the limits of what lies between 0 and 1 if the share of people that may have gone unseen is all 0, or all 1."""
    with np.errstate(all="ignore"):
        share = np.where(spread.held > 0, z * z / (spread.held + z * z), 1.0)
    return spread.value * (1 - share), spread.value + (1 - spread.value) * share


def wilson(spread: Spread, worst: Array) -> Limits:
    """Return Wilson limits of a mean of what lies between 0 and 1, at the size at which a rate would have this error.

    Events that are too rare to be among k people may be `worst` each (float64[groups], the mean): the upper end allows for them.
    """

    def limits(z: float) -> tuple[Array, Array]:
        value, t = spread.value, student(z, spread.freedom)
        with np.errstate(all="ignore"):
            rare = value + (worst - value) * z * z / (spread.held + z * z)
            size = np.where(_flat(spread), spread.held, value * (1 - value) / spread.error**2)
            square = t * t / size
            centre = (value + square / 2) / (1 + square)
            half = np.sqrt(square * (value * (1 - value) + square / 4)) / (1 + square)
            return within(value, centre - half, np.maximum(centre + half, rare))

    return limits


def within(value: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Return limits inside [0, 1]: all of it where they are not known, nothing where the value is not."""
    undefined = np.isnan(value)
    low = np.where(np.isfinite(low), np.clip(low, 0, 1), 0.0)
    high = np.where(np.isfinite(high), np.clip(high, 0, 1), 1.0)
    return np.where(undefined, np.nan, low), np.where(undefined, np.nan, high)


def logarithm(spread: Spread, power: int) -> Limits:
    """Return limits of the root (of that power) of a mean above 0, on the scale of logarithms; `spread` is of the root."""

    def limits(z: float) -> tuple[Array, Array]:
        value = spread.value
        with np.errstate(all="ignore"):
            below, above = _ends(z, spread, -power / value)
            low, high = value * np.exp(-below / value), value * np.exp(above / value)
        flat, unknown = spread.error == 0, np.isinf(above) & ~np.isnan(value)
        return np.where(unknown, 0.0, np.where(flat, value, low)), np.where(unknown, np.inf, np.where(flat, value, high))

    return limits


def fisher(spread: Spread) -> Limits:
    """Return limits of a correlation, on the scale of Fisher's z."""

    def limits(z: float) -> tuple[Array, Array]:
        value = spread.value
        with np.errstate(all="ignore"):
            slope = 1 - value**2
            centre, half = np.arctanh(value), _half(z, spread) / slope
            low, high = np.tanh(centre - half), np.tanh(centre + half)
        unknown, exact = np.isinf(_half(z, spread)) & ~np.isnan(value), slope <= 0
        return np.where(unknown, -1.0, np.where(exact, value, low)), np.where(unknown, 1.0, np.where(exact, value, high))

    return limits


def _half(z: float, spread: Spread) -> Array:
    with np.errstate(all="ignore"):
        t = student(z, spread.freedom)
        half = np.where(np.isinf(spread.error) | np.isinf(t), np.inf, t * spread.error)
    return np.where(np.isnan(spread.value), np.nan, half)


def _ends(z: float, spread: Spread, bend: Array | float) -> tuple[Array, Array]:
    """Return how far below and above the value the interval reaches; `bend` is f'' / f' of the scale f."""
    t, half = student(z, spread.freedom), _half(z, spread)
    with np.errstate(all="ignore"):
        shift = spread.skew * (1 + 2 * t * t) / 6 + bend * spread.error**2 * t * t / 2
        shift = np.clip(shift, -half / 2, half / 2)
    shift = np.where(np.isfinite(half) & np.isfinite(shift), shift, 0.0)
    return half + np.maximum(-shift, 0.0), half + np.maximum(shift, 0.0)


def _flat(spread: Spread) -> Array:
    return spread.error <= _FLAT * np.abs(spread.value)
