"""The area under the ROC curve, by group: the probability that a positive scores above a negative, ties counting one half.

Its variance is that of DeLong, DeLong & Clarke-Pearson (1988), from the mid-ranks of the other class (Sun & Xu 2014), in
O(n log n); its limits are symmetric on the scale of log odds. A row of weight w counts as w rows in the estimate and as one person
in the variance.
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
    """Return the figures; n is the smaller of the two classes."""
    return spread.told(found, scales.logit(found), "DeLong on the logit scale")


def estimate(part: Part) -> Estimate:
    """Return the area of one group."""
    truth, score = part.columns
    positive = truth == 1
    n = min(int(positive.sum()), int((~positive).sum()))
    if not n:
        return spread.undefined(part, 0)
    first, last = ranks.runs(score)
    lower, upper = ranks.below(part.weights * (1 - truth)), ranks.below(part.weights * truth)
    placement = np.where(
        positive, (lower[first] + lower[last]) / (2 * lower[-1]), 1 - (upper[first] + upper[last]) / (2 * upper[-1])
    )
    value = min(float((part.weights * truth * placement).sum() / upper[-1]), 1.0)  # rounding
    influence = part.weights * (placement - value) / np.where(positive, upper[-1], lower[-1])
    sizes = [spread.people(part.weights[own]) for own in (positive, ~positive)]
    ties = 1 - ((last - first) ** 2).sum() / len(score) ** 3
    least = sum(1 / size for size in sizes) * ties * value * (1 - value) * (4 * value * (1 - value)) ** 0.3 / 3
    return spread.Estimate(
        value=value,
        n=n,
        influence=influence,
        variance=max(spread.variance(influence[positive]) + spread.variance(influence[~positive]), least),
        held=min(sizes),
        freedom=min(sizes) - 1,
    )
