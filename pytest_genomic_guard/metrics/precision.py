"""Average precision, by group: the precision at each positive's score, averaged over the positives.

As scikit-learn has it: steps, no interpolation, equal scores enter together. The error comes from the influence of each row on the
step function; the limits are on the scale of log odds, as Boyd, Eng & Page (2013) recommend. A positive counts itself among those
it is compared with, which makes the value too high by about the mean of (1 - precision) / (rows with at least its score): only the
lower limit allows for that.
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
    """Return the columns, checked. Raises Unusable."""
    del time
    return ranks.same(ranks.binary("truth", y_true), ranks.numbers("score", score))


def figures(found: Spread) -> Figures:
    """Return the figures; n is the positives."""
    return spread.told(found, scales.logit(found, found.more[:, 0]), "logit scale, from influences")


def estimate(part: Part) -> Estimate:
    """Return the average precision of one group."""
    truth, score = part.columns
    n = int(truth.sum())
    if n in {0, len(truth)}:
        return spread.undefined(part, n, more=1)
    first, last = ranks.runs(score)
    weighted = part.weights * truth
    total = weighted.sum()
    hits, called = (np.cumsum(column[::-1])[::-1][first] for column in (weighted, part.weights))  # at each row's score
    precision = hits / called
    value = min(float((weighted * precision).sum() / total), 1.0)  # rounding
    # a row counts by its own precision, and by what it adds to hits and calls at all lower thresholds
    gain, loss = ranks.below(weighted / called)[last], ranks.below(weighted * hits / called**2)[last]
    influence = part.weights * (truth * (precision - value + gain) - loss) / total
    held = spread.people(part.weights[truth == 1])
    return spread.Estimate(
        value=value,
        n=n,
        influence=influence,
        variance=spread.variance(influence),
        held=held,
        freedom=held - 1,
        more=(float((weighted * part.weights * (1 - precision) / called).sum() / total),),
    )
