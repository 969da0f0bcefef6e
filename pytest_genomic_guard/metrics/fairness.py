"""Fairness gates: bounds on figures of groups, judged by intervals that hold for all groups and all bounds at once.

A group's own figure is the metric itself: the rate of selection, the AUC. Of equalised odds, which is two rates, it is the one in
which the worst comparison lies, with its own n; of a group that is too small, the one that it is too small for. A group is "fail"
if one of its comparisons is proven to break the bound, and "pass" if all of them are proven to keep it.
"""

from __future__ import annotations

import difflib
import math

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import bootstrap, compare, drift, judging, names, paired, relative, simultaneous, wording
from pytest_genomic_guard.metrics.groups import survey
from pytest_genomic_guard.metrics.nouns import Assessment, Cells, Rows, Unusable
from pytest_genomic_guard.metrics.subjects import Subject
from pytest_genomic_guard.report import GroupFigure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.metrics.compare import Compared, Figured
    from pytest_genomic_guard.metrics.groups import Group
    from pytest_genomic_guard.metrics.judging import Extreme
    from pytest_genomic_guard.metrics.names import Suffix
    from pytest_genomic_guard.metrics.nouns import Ask, Earlier, Terms
    from pytest_genomic_guard.model import Verdict

_NO_RATIO = "a comparison of 0 with 0 is undefined"


def assess(
    data: Rows | tuple[Cells, ...],
    terms: Terms,
    earlier: Mapping[str, Earlier] | None = None,
) -> tuple[Assessment, ...]:
    """Judge bounds on rows or on counts, one assessment each, in order.

    `earlier` holds the groups' own figures of earlier evidence by metric ("tpr"), which a bound on drift needs; nothing is proven
    by figures that are less sure than these.

    Raises Unusable for data that no figure can be computed from; the message counts rows from 1 and quotes none of their values.
    """
    subject = Subject(data, bins=terms.bins)
    if not subject.groupings:
        raise Unusable("there is no grouping to compare")
    _reference(subject, terms.reference)
    plans = [_plan(subject, ask, terms) for ask in terms.asks]
    z = _resampled(subject, plans, terms)
    return tuple(
        _drifted(subject, plan, terms, earlier or {}) if plan.suffix == "drift" else _assessed(subject, plan, terms, z)
        for plan in plans
    )


def _reference(subject: Subject, wanted: str) -> None:
    """Raise Unusable for a reference that there is not. In a grouping that neither has nor declares it, all pairs are compared."""
    declared = [label for grouping in subject.groupings for label in grouping.declared]
    if wanted in {"pairs", "rest", "overall", *declared} or any(wanted in grouping.labels for grouping in subject.groupings):
        return
    near = difflib.get_close_matches(wanted, ("pairs", "rest", "overall", *declared), 1, 0.5)  # what the policy says may be told
    raise Unusable("the reference is no group of the data" + (f"; did you mean {near[0]!r}?" if near else ""))


class Plan(Record):
    """A bound with all that is compared for it."""

    ask: Ask
    metric: str
    suffix: Suffix
    figured: tuple[Figured, ...]
    compared: tuple[Compared, ...]
    resampled: bool  # whether the critical value comes from resampled counts


def _plan(subject: Subject, ask: Ask, terms: Terms) -> Plan:
    key = names.split(ask.metric)
    if key is None:
        raise Unusable(f"there is no metric {ask.metric}")
    metric, suffix = key
    figured = tuple(
        compare.figured(at, part, grouping.labels, subject.figures(at, part), terms.minimum)
        for at, grouping in enumerate(subject.groupings)
        for part in names.parts(metric)
    )
    compared = (
        () if suffix == "drift" else tuple(block for of in figured if len((block := _compared(subject, of, suffix, terms)).left))
    )
    resampled = bool(terms.resamples and compared) and suffix != "change" and all(subject.counted(of.part) for of in figured)
    return Plan(ask=ask, metric=metric, suffix=suffix, figured=figured, compared=compared, resampled=resampled)


def _resampled(subject: Subject, plans: Sequence[Plan], terms: Terms) -> float:
    """Return the critical value of all bounds whose counts are resampled; they share the error that they had each."""
    compared = [block for plan in plans if plan.resampled for block in plan.compared]
    if not compared:
        return math.inf
    alpha = (1 - terms.confidence) * sum(plan.resampled for plan in plans) / len(plans)
    counts = {block.of.at: subject.counts(block.of.at, block.of.part) for block in compared}
    return bootstrap.critical(counts, compared, alpha, terms.resamples)


def _compared(subject: Subject, of: Figured, suffix: Suffix, terms: Terms) -> Compared:
    if suffix in {"min", "max"}:
        return compare.own(of)
    if suffix == "change":
        return paired.change(subject, of, terms.minimum)
    ratio = suffix == "ratio"
    if terms.reference in {"rest", "overall"}:
        find = relative.rest if terms.reference == "rest" else relative.everybody
        return compare.others(of, find(subject, of), terms.minimum, ratio=ratio)
    if terms.reference in of.labels:
        return compare.reference(of, of.labels.index(terms.reference), ratio=ratio)
    if terms.reference in subject.groupings[of.at].declared:
        return compare.reference(of, -1, ratio=ratio)  # it is not in the data
    return compare.pairs(of, ratio=ratio)


def _assessed(subject: Subject, plan: Plan, terms: Terms, resampled: float) -> Assessment:
    groups = survey(subject, plan.figured, plan.compared, terms.minimum)
    if not plan.compared:
        return _nothing(subject, plan, terms, groups)
    blocks = [block.block for block in plan.compared]
    what = "group" if plan.suffix in {"min", "max", "change"} else "pair" if plan.compared[0].right is not None else "comparison"
    if plan.resampled and math.isfinite(resampled):
        z, family = resampled, simultaneous.family(terms.confidence, len(terms.asks), blocks, what, resamples=terms.resamples)
    else:
        z = simultaneous.critical(terms.confidence, len(terms.asks), blocks)
        family = simultaneous.family(terms.confidence, len(terms.asks), blocks, what)
    greatest = plan.suffix in {"difference", "max"} or (plan.suffix == "change" and plan.ask.operator == "<=")
    found = judging.extreme(plan.compared, z, greatest=greatest)
    return _judged(plan, terms, found, groups, family)


def _drifted(subject: Subject, plan: Plan, terms: Terms, earlier: Mapping[str, Earlier]) -> Assessment:
    """Return the assessment of a bound on drift."""
    if plan.metric not in earlier:
        raise Unusable(f"the earlier evidence has no {plan.metric} of groups")
    groups = survey(subject, plan.figured, (), terms.minimum)
    now = _listed(terms, plan.metric, plan, groups, {})
    return drift.drift(now, earlier[plan.metric], plan.ask, terms)


def _judged(plan: Plan, terms: Terms, found: Extreme, groups: Sequence[Group], family: str) -> Assessment:
    ask, metric, suffix, point = plan.ask, plan.metric, plan.suffix, terms.point
    value, low, high = found.figure
    gaps = [*wording.gaps(groups, metric, terms.minimum), *([_NO_RATIO] if found.unknown else [])]
    word = judging.decided(ask, value, low, high, point=point)
    verdict: Verdict = "inconclusive" if gaps and word == "pass" else word
    told = [wording.worst(found, metric, suffix), wording.verdict(word, point=point, gapped=bool(gaps))]
    needed = None
    if word == "inconclusive" and not point:
        told[0] += wording.farthest(found, metric, suffix)
        needed = judging.needed(ask, found)
        told += [] if needed is None else [wording.enough(needed, metric)]
    if verdict == "inconclusive" and any(group.state in {"small", "missing"} for group in groups):
        needed = max(needed or 0, terms.minimum)
    part = found.place(found.worst)[0].of.part
    return Assessment(
        metric=ask.metric,
        value=value,
        interval=compare.finite(low, high),
        n=int(found.n.min()),
        verdict=verdict,
        message="; ".join([*told, *gaps]),
        groups=_listed(terms, part, plan, groups, judging.standing(ask, found, point=point)),
        method="point estimate" if point else wording.method(plan.figured[0].figures.name, suffix, family),
        needed=needed,
        band=judging.band(ask, verdict, found.figure, point=point),
    )


def _nothing(subject: Subject, plan: Plan, terms: Terms, groups: Sequence[Group]) -> Assessment:
    """Return the assessment of a bound for which there is nothing to compare."""
    small = any(group.state == "small" for group in groups)
    seen = [group for group in groups if group.state != "missing"]
    alone = plan.suffix in {"difference", "ratio"} and len(seen) == 1
    told = ["there is only one group" if alone else "there is nothing to compare" if seen else "there is no group"]
    named = {label for of in plan.figured for label in (*of.labels, *subject.groupings[of.at].declared)}
    fit = {of.labels[at] for of in plan.figured for at in of.judged.tolist()}
    if plan.suffix in {"difference", "ratio"} and terms.reference in named - fit:
        told = ["the reference cannot be judged, and nothing is compared with it"]
    untold = [group for group in groups if group.state != "alone"]
    return Assessment(
        metric=plan.ask.metric,
        value=None,
        interval=None,
        n=min((group.n for group in seen), default=0),
        verdict="inconclusive" if small else "undefined",
        message="; ".join([*told, *wording.gaps(untold, plan.metric, terms.minimum)]),
        groups=_listed(terms, plan.figured[0].part, plan, groups, {}),
        needed=terms.minimum if small else None,
    )


def _listed(
    terms: Terms, part: str, plan: Plan, groups: Sequence[Group], standing: Mapping[tuple[int, str], Verdict]
) -> tuple[GroupFigure, ...]:
    """Return every group's own figure, with intervals that are simultaneous over the groups and the bounds."""
    blocks = [simultaneous.Block(pairs=False, count=len(of.judged)) for of in plan.figured if of.part == part]
    z = simultaneous.critical(terms.confidence, len(terms.asks), blocks)
    ends = {(of.at, of.part): of.figures.limits(z) for of in plan.figured}
    told = []
    for group in groups:
        value, interval, n = None, None, group.n
        if group.at >= 0:
            of = _shown(group, part, plan.figured)
            n = int(of.figures.n[group.at])
            if math.isfinite(of.figures.value[group.at]):
                value = float(of.figures.value[group.at])
                low, high = ends[of.at, of.part]
                interval = compare.finite(low[group.at], high[group.at])
        told.append(GroupFigure(group=group.label, n=n, value=value, interval=interval, verdict=_of_group(group, standing)))
    return tuple(told)


def _shown(group: Group, part: str, figured: Sequence[Figured]) -> Figured:
    """Return which figure of a group is told: the worst comparison's, or the one that it is not judged by."""
    here = [of for of in figured if of.at == group.grouping]
    if group.state in {"small", "undefined"}:
        return min(here, key=lambda of: int(of.figures.n[group.at]))
    return next(of for of in here if of.part == part)


def _of_group(group: Group, standing: Mapping[tuple[int, str], Verdict]) -> Verdict:
    if group.state in {"undefined", "missing"}:
        return "undefined"
    if group.state == "small":
        return "inconclusive"
    verdict = standing.get((group.grouping, group.label), "undefined")
    return "inconclusive" if group.state == "alone" and verdict == "pass" else verdict
