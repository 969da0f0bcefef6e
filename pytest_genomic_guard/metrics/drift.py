"""Drift: how far a group's figure has moved between two pieces of evidence, from what each of them tells."""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics import compare, judging, limits, names, wording
from pytest_genomic_guard.metrics.nouns import Assessment, Figures, Unusable
from pytest_genomic_guard.metrics.simultaneous import Block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Ask, Earlier, Terms
    from pytest_genomic_guard.model import Verdict
    from pytest_genomic_guard.report import GroupFigure


def drift(now: Sequence[GroupFigure], then: Earlier, ask: Ask, terms: Terms) -> Assessment:
    """Judge the largest change of a group's figure, told without its sign.

    The two are of different people. Intervals come from the evidence; those that are simultaneous over the groups there give an
    interval that is so too. A group that is not in both, or whose figure is masked, or whose n is below the minimum in one of them,
    is listed and not judged. Raises Unusable for evidence that names a group twice.

    Earlier intervals of a lower confidence, or of an unknown one, prove nothing.
    """
    new, old = _by_name(now), _by_name(then.groups)
    fit = sorted(
        name
        for name in new.keys() & old.keys()
        if all(_fit(each, terms.minimum, point=terms.point) for each in (new[name], old[name]))
    )
    gaps = _gaps(new, old, fit, terms.minimum)
    if not fit:
        told, groups = ["there is nothing to compare", *gaps], tuple(new[name].replace(verdict="undefined") for name in sorted(new))
        return Assessment(
            metric=ask.metric, value=None, interval=None, n=0, verdict="undefined", message="; ".join(told), groups=groups
        )
    found = _extreme([new[name] for name in fit], [old[name] for name in fit], fit)
    less = "" if terms.point else _less(terms.confidence, then.confidence)
    listed = [new[name] for name in sorted(new)]
    return _unsure(ask, found, listed, [less, *gaps]) if less else _told(ask, found, listed, gaps, point=terms.point)


def _told(ask: Ask, found: judging.Extreme, groups: Sequence[GroupFigure], gaps: Sequence[str], *, point: bool) -> Assessment:
    """Return what is said of figures that are compared, and of groups that are not."""
    metric, _suffix = names.split(ask.metric) or ("accuracy", "drift")
    value, low, high = found.figure
    word = judging.decided(ask, value, low, high, point=point)
    verdict: Verdict = "inconclusive" if gaps and word == "pass" else word
    told = [wording.worst(found, metric, "drift"), wording.verdict(word, point=point, gapped=bool(gaps))]
    needed = judging.needed(ask, found) if word == "inconclusive" and not point else None
    if word == "inconclusive" and not point:
        told[0] += wording.farthest(found, metric, "drift")
        told += [] if needed is None else [wording.enough(needed, metric)]
    standing = judging.standing(ask, found, point=point)
    return Assessment(
        metric=ask.metric,
        value=value,
        interval=compare.finite(low, high),
        n=int(found.n.min()),
        verdict=verdict,
        message="; ".join([*told, *gaps]),
        groups=tuple(each.replace(verdict=standing.get((0, each.group), _unfit(each))) for each in groups),
        method="point estimate"
        if point
        else "MOVER of the intervals in the two pieces of evidence, each as simultaneous as it is there",
        needed=needed,
        band=judging.band(ask, verdict, found.figure, point=point),
    )


def _unsure(ask: Ask, found: judging.Extreme, groups: Sequence[GroupFigure], why: Sequence[str]) -> Assessment:
    """Return what is said where the earlier intervals are too narrow for the confidence that is asked for."""
    metric, _suffix = names.split(ask.metric) or ("accuracy", "drift")
    moved = wording.worst(found, metric, "drift").partition(", from ")[0]
    return Assessment(
        metric=ask.metric,
        value=found.figure[0],
        interval=None,
        n=int(found.n.min()),
        verdict="inconclusive",
        message="; ".join([moved, *why]),
        groups=tuple(each.replace(verdict=_unfit(each)) for each in groups),
    )


def _less(confidence: float, earlier: float | None) -> str:
    """Return why the earlier intervals prove nothing at this confidence; empty where they do."""
    if earlier is not None and earlier >= confidence:
        return ""
    was = "of unknown confidence" if earlier is None else f"of confidence {earlier:g}"
    return f"the earlier intervals are {was}, and this gate asks for {confidence:g}: that evidence is to be made anew"


def _by_name(figures: Sequence[GroupFigure]) -> dict[str, GroupFigure]:
    found = {each.group: each for each in figures}
    if len(found) != len(figures):
        raise Unusable("the evidence names a group twice")
    return found


def _fit(figure: GroupFigure, minimum: int, *, point: bool) -> bool:
    """Tell whether a figure can be compared."""
    if figure.value is None or not math.isfinite(figure.value) or figure.n is None or figure.n < max(minimum, 1):
        return False
    return point or (figure.interval is not None and figure.interval[0] <= figure.value <= figure.interval[1])


def _unfit(figure: GroupFigure) -> Verdict:
    return "undefined" if figure.value is None else "inconclusive"


def _gaps(new: dict[str, GroupFigure], old: dict[str, GroupFigure], fit: list[str], minimum: int) -> list[str]:
    """Return what is said of groups that are not judged."""
    reasons = {
        "not in the earlier evidence": sorted(new.keys() - old.keys()),
        "only in the earlier evidence": sorted(old.keys() - new.keys()),
        f"masked, without an interval, or fewer than {minimum} in one of the two": sorted((new.keys() & old.keys()) - set(fit)),
    }
    return [f"{reason}: {wording.some(labels)}" for reason, labels in reasons.items() if labels]


def _extreme(new: list[GroupFigure], old: list[GroupFigure], labels: list[str]) -> judging.Extreme:
    (value, *ends, n), (before, *earlier, m) = _arrays(new), _arrays(old)
    low, high = limits.mover_difference((value, *ends), (before, *earlier))
    low, high = compare.folded(low, high, ratio=False)
    figures = Figures(value=value, n=n, limits=lambda _z: (ends[0], ends[1]), error=np.zeros(len(n)))
    every = np.arange(len(n))
    of = compare.Figured(at=0, part="", labels=tuple(labels), figures=figures, judged=every)
    signed, fewest = value - before, np.minimum(n, m)
    block = compare.Compared(
        of=of,
        left=every,
        signed=signed,
        value=np.abs(signed),
        ends=lambda _z: (low, high),
        n=fewest,
        block=Block(pairs=False, count=len(n)),
    )
    return judging.extreme([block], 0.0, greatest=True)


def _arrays(figures: list[GroupFigure]) -> tuple[Any, Any, Any, Any]:
    """Return values, lower and upper ends, and n; where points decide, a figure may be without ends."""
    ends = [each.interval or (math.nan, math.nan) for each in figures]
    found = (
        [each.value for each in figures],
        [low for low, _high in ends],
        [high for _low, high in ends],
        [each.n for each in figures],
    )
    value, low, high, n = (np.array(each, np.float64) for each in found)
    return value, low, high, n
