"""A stated epsilon of differentially private training: a claim, with what anybody needs to compute it again.

Accountants differ by a third on one run, so a number without delta, accountant, version, sampling, batch, noise and steps says
nothing. What is stated is judged as it is, unless it is smaller than any accountant can find: with Poisson sampling at rate q the
sum of T noisy steps is post-processing, and of a normal mixture, so for every threshold t

    epsilon >= ln((P[Bin(T, q) + s Z > t] - delta) / P[s Z > t]),  s = noise sqrt T.
"""

from __future__ import annotations

import math

from pytest_genomic_guard.metrics.judging import band
from pytest_genomic_guard.metrics.nouns import Assessment, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Ask, Terms
    from pytest_genomic_guard.model import Verdict

FIELDS = ("value", "delta", "accountant", "version", "sampling", "batch", "noise", "steps")
_NUMBERS = {"value": 0.0, "delta": 0.0, "batch": 1.0, "noise": 0.0, "steps": 1.0}  # with the least that they can be
_SLACK = 0.01  # a claim rounded down by so much is not called impossible
_GRID = 400


def assess(claim: Mapping[str, Any], terms: Terms) -> tuple[Assessment, ...]:
    """Return one assessment for each bound over `epsilon`. Raises Unusable for numbers that cannot be."""
    missing = [field for field in FIELDS if claim.get(field) in {None, ""}]
    numbers = {field: _number(field, claim[field]) for field in _NUMBERS if field not in missing}
    refused = f"the claim lacks {', '.join(missing)}: nobody can compute it again" if missing else ""
    if not missing:
        least = _least(numbers, claim["sampling"])
        if numbers["value"] < least * (1 - _SLACK) - _SLACK:
            refused = f"no accountant finds less than {least:.2f} with this noise, sampling and steps"
    return tuple(_assessment(ask, claim, numbers.get("value"), refused) for ask in terms.asks)


def _assessment(ask: Ask, claim: Mapping[str, Any], value: float | None, refused: str) -> Assessment:
    if ask.metric != "epsilon":
        raise Unusable(f"a claim of epsilon says nothing of {ask.metric}")
    verdict: Verdict = "refused"
    message = refused
    if not refused and value is not None:
        kept = value <= ask.limit if ask.operator == "<=" else value >= ask.limit
        verdict, message = ("pass" if kept else "fail"), "a claim, not recomputed"
    return Assessment(
        metric=ask.metric,
        value=value,
        interval=None,
        n=0,
        verdict=verdict,
        message=message,
        method="" if refused else f"as stated: {claim['accountant']} {claim['version']}",
        band=band(ask, verdict, (value, math.nan, math.nan), point=True),
    )


def _number(field: str, found: Any) -> float:
    try:
        number = math.nan if isinstance(found, bool) else float(found)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or number < _NUMBERS[field] or (field == "delta" and number >= 1):
        raise Unusable(f"the {field} of the claimed epsilon is none that it can be")
    return number


def _least(numbers: Mapping[str, float], sampling: Any) -> float:
    """Return an epsilon that any right accountant reaches; 0 where the sampling rate is not stated as a number."""
    try:
        rate = float(sampling)
    except (TypeError, ValueError):
        return 0.0
    if not 0 < rate <= 1:
        return 0.0
    if not numbers["noise"]:
        return math.inf
    return lower(rate, numbers["noise"], round(numbers["steps"]), numbers["delta"])


def lower(rate: float, noise: float, steps: int, delta: float) -> float:
    """Return a lower limit of the epsilon of `steps` Gaussian steps with Poisson sampling, by the best threshold on their sum."""
    spread = noise * math.sqrt(steps)
    middle, wide = steps * rate, math.sqrt(steps * rate * (1 - rate))
    counts = range(max(0, int(middle - 8 * wide) - 1), min(steps, int(middle + 8 * wide) + 1) + 1)
    step = max(1, len(counts) // _GRID)
    weights = [(count, _chance(count, step, steps, rate)) for count in counts[::step]]
    best = 0.0
    for place in range(_GRID + 1):
        threshold = -4 * spread + place * (middle + 8 * wide + 40 * spread) / _GRID
        below = _over(threshold / spread)
        if below < 1e-290:
            break
        above = sum(weight * _over((threshold - count) / spread) for count, weight in weights)
        if above > delta:
            best = max(best, math.log(above - delta) - math.log(below))
    return best


def _chance(count: int, step: int, steps: int, rate: float) -> float:
    """Return the probability of `count`, or of so many from it on, which is taken for that of the least of them."""
    return sum(_binomial(count + more, steps, rate) for more in range(step))


def _binomial(count: int, steps: int, rate: float) -> float:
    if count > steps:
        return 0.0
    if rate == 1:
        return float(count == steps)
    choices = math.lgamma(steps + 1) - math.lgamma(count + 1) - math.lgamma(steps - count + 1)
    return math.exp(choices + count * math.log(rate) + (steps - count) * math.log1p(-rate))


def _over(x: float) -> float:
    return 0.5 * math.erfc(x / math.sqrt(2))
