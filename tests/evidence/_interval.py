"""The score interval of a rate by its definition: the truths that lie within z of their own standard errors of the rate."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(successes: int, n: int, confidence: float) -> tuple[float, float]:
    """Return the ends, by bisection."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    rate = successes / n

    def outside(truth: float) -> bool:
        return abs(rate - truth) > z * math.sqrt(truth * (1 - truth) / n)

    ends = []
    for far in (0.0, 1.0):
        near, end = rate, far
        for _ in range(80):
            middle = (near + end) / 2
            near, end = (near, middle) if outside(middle) else (middle, end)
        ends.append(far if rate == far else (near + end) / 2)
    return ends[0], ends[1]
