"""A model compared with the one before the change, on the same people: an update must not degrade.

Where both count among the same people, the change is the share of those who are gained less the share of those who are lost, which
are rates themselves: what both judge alike cancels. Any other figure is compared by MOVER with the correlation that the influences
of the same rows tell.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard.metrics import cells, clusters, limits
from pytest_genomic_guard.metrics.compare import Compared, Figured
from pytest_genomic_guard.metrics.simultaneous import Block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Figures
    from pytest_genomic_guard.metrics.subjects import Subject

_SAME = frozenset({"selection-rate", "tpr", "fpr", "tnr", "fnr", "accuracy"})  # whose denominator no prediction changes


def change(subject: Subject, of: Figured, minimum: int) -> Compared:
    """Compare each group with itself as the base model judged the same rows: new - base, signed.

    A group that the base model's denominator is too small for, or undefined, is left out.
    """
    first, second, r, n = (_gained if of.part in _SAME else _both)(subject, of)
    here = of.judged[np.isfinite(second.value[of.judged]) & (n[of.judged] >= minimum)]

    def ends(z: float) -> tuple[Any, Any]:
        (low, high), (below, above) = first.limits(z), second.limits(z)
        one, two = (first.value[here], low[here], high[here]), (second.value[here], below[here], above[here])
        return limits.mover_difference(one, two, r[here])

    signed = first.value[here] - second.value[here]
    return Compared(of=of, left=here, signed=signed, value=signed, ends=ends, n=n[here], block=Block(pairs=False, count=len(here)))


def _gained(subject: Subject, of: Figured) -> tuple[Figures, Figures, Any, Any]:
    """Return the shares of a rate's denominator that count now and did not, and that did and do not, and their correlation."""
    (counted, among), *_rest = cells.RATES[of.part]
    new, old = (subject.outcomes(of.part, base=base) for base in (False, True))
    inside, now, before = (np.array(mask, bool)[found] for mask, found in ((among, new), (counted, new), (counted, old)))
    codes, groups = subject.needed(of.part).groupings[of.at].codes, len(of.labels)
    sides = []
    for changed in (now & ~before, before & ~now):
        found = np.where(inside, np.where(changed, np.uint8(3), np.uint8(2)), np.uint8(0))  # as if they were true positives
        sides.append((_rate(subject, codes, groups, found), clusters.influence(codes, groups, found, "tpr", subject.weights)))
    (gained, one), (lost, two) = sides
    return gained, lost, _correlation(subject, codes, groups, one, two), of.figures.n


def _rate(subject: Subject, codes: Any, groups: int, found: Any) -> Figures:
    if subject.weights is None and subject.clusters is None:
        return cells.figures(cells.tally(codes, groups, found), "tpr")
    return clusters.figures(codes, groups, found, "tpr", subject.weights, subject.clusters)


def _both(subject: Subject, of: Figured) -> tuple[Figures, Figures, Any, Any]:
    """Return a figure now and before, their correlation, and the smaller denominator."""
    codes, groups = subject.needed(of.part).groupings[of.at].codes, len(of.labels)
    old = subject.computed(codes, groups, of.part, base=True)
    one, two = (subject.influence(codes, groups, of.part, base=base) for base in (False, True))
    return of.figures, old, _correlation(subject, codes, groups, one, two), np.minimum(of.figures.n, old.n)


def _correlation(subject: Subject, codes: Any, groups: int, one: Any, two: Any) -> Any:
    """Return float64[groups]: the correlations of two estimates from the influences of the same rows."""
    spread = [clusters.variance(each, codes, groups, subject.clusters) for each in (one, two)]
    shared = clusters.covariance(one, two, codes, groups, subject.clusters)
    return np.clip(clusters.scaled(shared, np.sqrt(spread[0] * spread[1])), -1.0, 1.0)
