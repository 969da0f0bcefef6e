"""Confidence limits of one rate, and of the difference and the ratio of two figures from their own limits.

Everything is a function of a critical value z, so that what is simultaneous differs from what is not by its z alone.

* Clopper & Pearson (1934), exact interval of a rate, by Paulson's (1942) normal approximation to F, which for few successes is a
  little wider. Wilson's score interval does not do for several groups: for one success in n its lower end is passed with
  probability 1 / z^2 instead of a normal tail, so that gates with small groups and rare outcomes err more often than they say.
* MOVER (Zou & Donner 2008; Newcombe 1998): variance recovered from each figure's own limits; its ratio form (Donner & Zou 2012)
  solves Fieller's equation with them.
* The studentised range with infinitely many degrees of freedom (Tukey 1953), for all pairs of independent figures.
"""

from __future__ import annotations

import functools
import math
from statistics import NormalDist

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_STEP, _REACH = 0.1, 8.5  # of the quadrature: the integrand is smooth, and nothing lies beyond
_TINY = 1e-300


def quantile(probability: float) -> float:
    """Return the standard normal quantile. Raises ValueError outside (0, 1)."""
    return NormalDist().inv_cdf(probability)


def tail(z: float) -> float:
    """Return the probability that a standard normal variable lies further from 0 than `z`, to either side."""
    return math.erfc(z / math.sqrt(2))


def rate(value: Any, n: Any, z: float) -> tuple[Any, Any]:
    """Return the ends of Clopper and Pearson's interval of rates, by Paulson's approximation; nan where n is 0.

    `n` need not be whole: that of a sample of clusters or weights is an effective size (Korn & Graubard 1998).
    """
    return _lower(value, n, z), 1 - _lower(1 - value, n, z)


def _lower(value: Any, n: Any, z: float) -> Any:
    """Return where Bin(n, p) reaches the observed rate with the probability of a normal variable above `z`: a quantile of F."""
    successes, others = value * n, n - value * n + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = 1 / (9 * successes), 1 / (9 * others)
        top = np.where(a < 1, np.maximum((1 - a) ** 2 - z * z * a, 0.0), 0.0)  # of so few there is no lower end
        root = np.sqrt(np.maximum((1 - a) ** 2 * b + (1 - b) ** 2 * a - z * z * a * b, 0.0))
        odds = successes / others * (top / ((1 - a) * (1 - b) + z * root)) ** 3
        return np.where(value == 0, np.where(n > 0, 0.0, np.nan), odds / (1 + odds))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) by Lentz's continued fraction (DLMF 8.17.22), a and b above 0."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    whole = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d, c = 1 / _away(1 + step * d), _away(1 + step / c)
            whole *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * whole


def _away(x: float) -> float:
    return x if abs(x) > _TINY else _TINY


def mover_difference(first: tuple[Any, Any, Any], second: tuple[Any, Any, Any], correlation: Any = 0.0) -> tuple[Any, Any]:
    """Return the ends of first - second, each given as (value, low, high), arrays or numbers."""
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    below, above = a - a_low, b_high - b
    low = a - b - np.sqrt(np.maximum(below**2 + above**2 - 2 * correlation * (below * above), 0.0))
    above, below = a_high - a, b - b_low
    high = a - b + np.sqrt(np.maximum(above**2 + below**2 - 2 * correlation * (above * below), 0.0))
    return low, high


def mover_ratio(first: tuple[Any, Any, Any], second: tuple[Any, Any, Any], correlation: Any = 0.0) -> tuple[Any, Any]:
    """Return the ends of first / second, each given as (value, low, high) and none of them negative; inf where there is no end.

    The ends of second / first are 1 / high and 1 / low.
    """
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    with np.errstate(divide="ignore", invalid="ignore"):
        product = a * b - correlation * ((a - a_low) * (b_high - b))
        top, bottom = a_low * (2 * a - a_low), b_high * (2 * b - b_high)
        low = top / (product + np.sqrt(np.maximum(product**2 - top * bottom, 0.0)))
        product = a * b - correlation * ((a_high - a) * (b - b_low))
        top, bottom = a_high * (2 * a - a_high), b_low * (2 * b - b_low)
        high = (product + np.sqrt(np.maximum(product**2 - top * bottom, 0.0))) / bottom
    return np.where(a_low <= 0, 0.0, low), np.where(b_low <= 0, math.inf, high)


@functools.lru_cache(maxsize=256)
def studentised_range_tail(z: float, groups: int) -> float:
    """Return the probability that the largest difference of `groups` standard normal variables exceeds z * sqrt(2).

    By the trapezoidal rule on G * integral of phi(x) (Phi(x) - Phi(x - q))^(G - 1), which converges geometrically.
    """
    if groups < 2:
        return 0.0
    q = z * math.sqrt(2)
    below = [0.5 * math.erfc(-(at * _STEP - _REACH) / math.sqrt(2)) for at in range(int((2 * _REACH + q) / _STEP) + 1)]
    inside = 0.0
    for at, left in enumerate(below):
        x = at * _STEP - _REACH
        inside += math.exp(-x * x / 2) * (left - 0.5 * math.erfc((q - x) / math.sqrt(2))) ** (groups - 1)
    return max(0.0, 1 - groups * inside * _STEP / math.sqrt(2 * math.pi))


def studentised_range_quantile(confidence: float, groups: int) -> float:
    """Return z such that all differences of `groups` independent figures lie within z standard errors: q / sqrt 2."""
    return solve(lambda z: studentised_range_tail(z, groups), 1 - confidence)


def solve(falling: Any, level: float) -> float:
    """Return where a falling function of z comes down to `level`, to 1e-9; 0 where it never is above."""
    low, high = 0.0, 40.0
    if falling(low) <= level:
        return low
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > level else (low, middle)
    return high
