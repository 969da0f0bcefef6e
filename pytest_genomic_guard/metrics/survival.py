"""Harrell's concordance index, by group: the probability that of two people the one with the higher risk has the event first.

A pair counts if one has an event while the other is still followed up: at a later time, or censored at the same. Equal risks count
one half (Harrell, Lee & Mark 1996). Pairs are counted in O(n log n), bit by bit of the ranks of the risks, as a merge sort would;
the variance is that of the projection of the two U-statistics (Hoeffding 1948), the limits are symmetric on the scale of log odds.
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


def columns(y_true: Any, score: Any, time: Any = None) -> tuple[Array, ...]:
    """Return the risks, and the order of the ends: even numbers are events, odd ones are censored after the events of that time.

    Raises Unusable.
    """
    event, risk, end = ranks.binary("event", y_true), ranks.numbers("score", score), ranks.numbers("time", time)
    ranks.same(event, end)
    return ranks.same(risk, np.unique(end, return_inverse=True)[1] * 2.0 + (1 - event))


def figures(found: Spread) -> Figures:
    """Return the figures; n is the events."""
    return spread.told(found, scales.logit(found), "Hoeffding's projection on the logit scale")


def estimate(part: Part) -> Estimate:
    """Return the concordance of one group."""
    risk, end = part.columns
    event = end % 2 == 0
    n = int(event.sum())
    concordant, comparable = _pairs(risk, end, event, part.weights)
    pairs = (part.weights * comparable).sum() / 2
    if not pairs:
        return spread.undefined(part, n)
    value = min(float((part.weights * concordant).sum() / (2 * pairs)), 1.0)  # rounding
    influence = part.weights * (concordant - value * comparable) / pairs
    held = spread.people(part.weights[event])
    return spread.Estimate(
        value=value,
        n=n,
        influence=influence,
        variance=spread.variance(influence),
        held=held,
        freedom=held - 1,
    )


def _pairs(risk: Array, end: Array, event: Array, weights: Array) -> tuple[Array, Array]:
    """Return for each row the weight of those that it is concordant with (half of it for ties), and comparable; sorted by end."""
    rank = np.unique(risk, return_inverse=True)[1]
    order, concordant, anyone = np.arange(len(risk)), np.zeros(len(risk)), np.ones(len(risk), bool)
    for bit in reversed(range(int(rank.max(initial=0)).bit_length())):  # the highest bit in which risks differ
        block, high = rank[order] >> (bit + 1), (rank[order] >> bit) % 2 == 1
        first, last = ranks.runs(block)
        earlier, later = _around(first, last, end[order], weights[order], event[order] & high, ~high)
        concordant[order] += np.where(high, later * event[order], earlier)
        order = order[_low_first(first, last, high)]
    first, last = ranks.runs(rank[order])
    earlier, later = _around(first, last, end[order], weights[order], event[order], anyone)
    concordant[order] += (earlier + later * event[order]) / 2
    nobody, everybody = np.zeros(len(risk), np.int64), np.full(len(risk), len(risk))
    earlier, later = _around(nobody, everybody, end, weights, event, anyone)
    return concordant, earlier + later * event


def _around(  # noqa: PLR0913, PLR0917 - the columns of a table
    first: Array, last: Array, end: Array, weights: Array, ended: Array, followed: Array
) -> tuple[Array, Array]:
    """Return, within blocks of rows sorted by end, the weight of those `ended` before each row and of those `followed` after it."""
    begin, stop = ranks.runs(first, end)
    before, upto = ranks.below(weights * ended), ranks.below(weights * followed)
    return before[begin] - before[first], upto[last] - upto[stop]


def _low_first(first: Array, last: Array, high: Array) -> Array:
    """Return the order that sorts each block by `high` and keeps it otherwise."""
    lows = np.concatenate(([0], np.cumsum(~high)))
    ahead = lows[:-1] - lows[first]  # low ones of the block before each place
    places = np.arange(len(high))
    order = np.empty_like(places)
    order[np.where(high, places - ahead + lows[last] - lows[first], first + ahead)] = places
    return order
