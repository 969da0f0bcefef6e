"""What a group is compared with that is no other group: everybody else, or all."""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard.metrics import cells, clusters
from pytest_genomic_guard.metrics.compare import Other
from pytest_genomic_guard.metrics.names import METRICS
from pytest_genomic_guard.metrics.nouns import Figures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from pytest_genomic_guard.metrics.compare import Figured
    from pytest_genomic_guard.metrics.subjects import Subject

# A mean over its denominator: that of all is made of the group's and the rest's by their shares of it.
_MEANS = frozenset(cells.RATES) - {"balanced-accuracy"} | {"brier", "mae", "bias"}


def rest(subject: Subject, of: Figured) -> Other:
    """Return, for each group that is judged, the figure of everybody else."""
    at, part = of.at, of.part
    if subject.counted(part):
        counts = subject.counts(at, part)
        return Other(name="the rest", figures=cells.figures(counts.sum(axis=0) - counts, part))
    grouping = subject.needed(part).groupings[at]
    judged = of.judged.tolist()
    sides = {code: subject.computed((grouping.codes != code).astype(np.int32), 2, part) for code in judged}
    related = np.zeros(len(grouping.labels))
    for code, side in sides.items():
        related[code] = 0.0 if side.correlation is None else side.correlation[0, 1]
    return Other(name="the rest", figures=_picked(sides, 1, len(grouping.labels)), correlation=related)


def everybody(subject: Subject, of: Figured) -> Other:
    """Return, for each group that is judged, the figure of all, of which it is a part itself."""
    at, part = of.at, of.part
    if part in _MEANS:
        mass = _mass(subject, at, part)
        with np.errstate(invalid="ignore"):
            return rest(subject, of).replace(name="all", share=mass / mass.sum())
    if subject.counted(part):
        counts = subject.counts(at, part)
        whole = counts.sum(axis=0, keepdims=True)
        found, one, every = cells.figures(whole, part), cells.influence(counts, part), cells.influence(whole, part)
        spread = np.sqrt((counts * one**2).sum(axis=1) * (whole * every**2).sum())
        related = clusters.scaled((counts * one * every).sum(axis=1), spread)
        return Other(name="all", figures=_picked(dict.fromkeys(of.judged.tolist(), found), 0, len(counts)), correlation=related)
    grouping = subject.needed(part).groupings[at]
    codes, groups, together = grouping.codes, len(grouping.labels), np.zeros_like(grouping.codes)
    one, every = subject.influence(codes, groups, part), subject.influence(together, 1, part)
    return Other(
        name="all",
        figures=_picked(dict.fromkeys(of.judged.tolist(), subject.computed(together, 1, part)), 0, groups),
        correlation=clusters.with_all(one, every, codes, groups, subject.clusters),
    )


def _mass(subject: Subject, at: int, part: str) -> Any:
    """Return what each group adds to the denominator of all: people, or their weights."""
    if subject.weights is None:
        return subject.figures(at, part).n.astype(np.float64)
    grouping = subject.needed(part).groupings[at]
    among = np.ones(4) if METRICS[part].rows else np.array(cells.RATES[part][0][1])
    inside = 1.0 if METRICS[part].rows else among[subject.outcomes(part)]
    return clusters.total(subject.weights * inside, grouping.codes, len(grouping.labels))


def _picked(sides: Mapping[int, Figures], which: int, groups: int) -> Figures:
    """Return one group of each of several figures as the figure of as many groups; nan where there is none."""

    def spread(get: Callable[[Figures], Any]) -> Any:
        found = np.full(groups, np.nan)
        for code, side in sides.items():
            found[code] = get(side)[which]
        return found

    def ends(z: float) -> tuple[Any, Any]:
        return spread(lambda side: side.limits(z)[0]), spread(lambda side: side.limits(z)[1])

    return Figures(
        value=spread(lambda side: side.value),
        n=np.nan_to_num(spread(lambda side: side.n)),
        limits=ends,
        error=spread(lambda side: side.error),
    )
