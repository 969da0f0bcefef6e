"""Exposure of canaries (Carlini et al. 2019): how early a secret stands among references that were not trained on.

With R references, drawn at random from what the canary was drawn from, and a rank of 1 + those with a lower perplexity, exposure
is log2 R - log2 rank; a canary below all of them is at the end of what R can show. Its limits are those of the share of references
below it (Clopper & Pearson 1934), -log2 of which it estimates.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics import binomial
from pytest_genomic_guard.metrics.attackers import Figure
from pytest_genomic_guard.metrics.bounds import POINT, WORDS
from pytest_genomic_guard.metrics.judging import band, decided
from pytest_genomic_guard.metrics.nouns import Assessment, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Ask, Terms
    from pytest_genomic_guard.model import Verdict


def figure(canaries: Any, references: Any, alpha: float) -> Figure:
    """Return the exposure of the most exposed canary, with limits at 1 - alpha for all of them together.

    `canaries` float64[c] and `references` float64[R] are perplexities, lower where a model knows the text. An equal perplexity is
    not a lower one. The upper limit is inf where a canary stands before all references. Raises Unusable: NaN, infinities, nothing.
    """
    canaries, references = _finite("canary", canaries), _finite("reference", references)
    n = len(references)
    before = int(np.searchsorted(np.sort(references), canaries.min(), "left"))  # the most exposed canary's decides all ends
    error = alpha / 2 / len(canaries)
    low, high = binomial.clopper_pearson(before, n, error, error)
    value = math.log2(n) - math.log2(before + 1)
    return Figure(value=value, low=min(value, -math.log2(high)), high=-math.log2(low) if low > 0 else math.inf, n=n)


def assess(canaries: Any, references: Any, terms: Terms) -> tuple[Assessment, ...]:
    """Return one assessment for each bound over `exposure`. Raises Unusable."""
    found = figure(canaries, references, (1 - terms.confidence) / max(1, len(terms.asks)))
    return tuple(_assessment(ask, found, terms) for ask in terms.asks)


def _assessment(ask: Ask, found: Figure, terms: Terms) -> Assessment:
    if ask.metric != "exposure":
        raise Unusable(f"canaries and references say nothing of {ask.metric}")
    if found.value is None:
        raise Unusable("no canary")
    verdict, message = _verdict(ask, found, terms)
    return Assessment(
        metric=ask.metric,
        value=found.value,
        interval=(found.low, found.high) if math.isfinite(found.high) else None,
        n=found.n,
        verdict=verdict,
        message=message,
        method=f"Clopper-Pearson limits of the share of references below the most exposed canary, {terms.confidence * 100:g} %",
        needed=_needed(ask, found) if verdict == "inconclusive" else None,
        band=band(ask, verdict, (found.value, found.low, found.high), point=terms.point),
    )


def _verdict(ask: Ask, found: Figure, terms: Terms) -> tuple[Verdict, str]:
    word = decided(ask, found.value, found.low, found.high, point=terms.point)
    if math.isinf(found.high) and word == "inconclusive":
        return word, f"a canary stands before all references, which show an exposure of {found.value:.1f} and no more"
    return word, POINT if terms.point else WORDS[word]


def _needed(ask: Ask, found: Figure) -> int | None:
    """Return how many references would show that the limit is exceeded, if a canary stood before all of them."""
    if not math.isinf(found.high) or not 0 < ask.limit < 30:
        return None
    return math.ceil(found.n * math.log1p(-math.exp2(-found.low)) / math.log1p(-math.exp2(-ask.limit)))


def _finite(what: str, values: Any) -> Any:
    column = np.atleast_1d(np.asarray(values, np.float64))
    if not len(column):
        raise Unusable(f"there is no {what}")
    good = np.isfinite(column)
    if not good.all():
        raise Unusable(f"the {what} is not a finite number in row {int(np.argmin(good)) + 1}")
    return column
