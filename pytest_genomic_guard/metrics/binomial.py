"""Binomial tails and exact limits of a rate: P[Bin(n, p) >= k] = I_p(k, n - k + 1)."""

from __future__ import annotations

import math

from pytest_genomic_guard.metrics.limits import incomplete_beta

_CLOSE = 4e-16


def at_least(k: int, n: int, p: float) -> float:
    """Return P[Bin(n, p) >= k]."""
    if k <= 0:
        return 1.0
    return incomplete_beta(k, n - k + 1, p) if k <= n else 0.0


def at_most(k: int, n: int, p: float) -> float:
    """Return P[Bin(n, p) <= k]."""
    if k >= n:
        return 1.0
    return incomplete_beta(n - k, k + 1, 1 - p) if k >= 0 else 0.0


def beta_quantile(q: float, a: float, b: float) -> float:
    """Return the x with I_x(a, b) = q: Newton's method, kept between bounds that close in."""
    low, high, x = 0.0, 1.0, a / (a + b)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _step in range(300):
        off = incomplete_beta(a, b, x) - q
        low, high = (low, x) if off > 0 else (x, high)
        slope = scale + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x)
        new = x - off * math.exp(-slope) if slope > -600 else -1.0
        if not low < new < high:
            new = (low + high) / 2
        if abs(new - x) <= _CLOSE * x or new in {low, high}:
            return new
        x = new
    return x


def clopper_pearson(k: int, n: int, below: float, above: float) -> tuple[float, float]:
    """Return exact limits of a rate of which k in n were seen (Clopper & Pearson 1934).

    `below` is the probability that the rate lies under the lower limit, `above` that it lies over the upper one.
    """
    low = beta_quantile(below, k, n - k + 1) if k else 0.0
    high = beta_quantile(1 - above, k + 1, n - k) if k < n else 1.0
    return low, high
