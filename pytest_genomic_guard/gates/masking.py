"""Small counts in what a gate says: those of 1 to k people are never shown, nor what they could be computed from.

Denominators add up: positives and negatives are all. So a group is hidden in all metrics where one of its denominators is small,
told or to be computed from those that are, by one gate or by several over the same rows. `suppression` says which others are hidden
with it. What stands on a hidden count, a rate and its interval, is hidden too. Where rows are of people who have several, people
are counted.
"""

from __future__ import annotations

import math
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.evidence.rownames import telling
from pytest_genomic_guard.gates import suppression
from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.metrics.wording import DECIDES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.gates.suppression import Group
    from pytest_genomic_guard.report import GateVerdict, GroupFigure

    Parts = tuple[tuple[str, str], ...]  # a group by its attributes: (("ancestry", "EUR"), ("sex", "F"))
    Counted = tuple[str, str]  # what is counted, with the column that tells it

WITHHELD = "withheld: it stands on counts that are too small to be shown, or that would tell one of these"
PEOPLE, POSITIVES, NEGATIVES = "people", "positives", "negatives"
CALLED, NOT_CALLED = "positive predictions", "negative predictions"
RARER = "people of the rarer class"
_SUMS = ((PEOPLE, POSITIVES, NEGATIVES), (PEOPLE, CALLED, NOT_CALLED))
_FIGURE = regex(r"(?:: |may be )-?[0-9]|[ (]-?[0-9.]+[0-9]")  # in a message; a label alone has none
_LONGEST = 40  # characters of a label
_JOINED = ";\0"
_DIGITS = 2  # to which a figure is told that a hidden count could be computed from


class Layout(Record):
    """The groups of a gate, by the labels under which they are shown."""

    groups: Sequence[Mapping[str, Parts]] = ()  # of each grouping, by attributes, as they are shown
    who: Mapping[str, Parts] = {}  # by attributes, as the data call them; never shown. Defaults, never written to
    people: Mapping[str, Mapping[str, int]] = {}  # where rows are not people: how many, by what is counted
    columns: tuple[str, str] = ("", "")  # of the truth and of the prediction, which tell positives of several gates apart

    def whose(self) -> dict[str, Group]:
        """Return the groups by label as `suppression` takes them."""
        return {label: tuple(sorted(self.who.get(label, parts))) for groups in self.groups for label, parts in groups.items()}


def shown(people: Mapping[str, int], declared: Collection[str], small: int) -> dict[str, str]:
    """Return what groups are called: those that the policy declares, or that many people are in, by their labels.

    A label that so few people have, or that looks like that of a person, may be one's name: it becomes a number.
    """
    plain = {
        label
        for label, n in people.items()
        if label in declared or (n > small and len(label) <= _LONGEST and label.isprintable() and not telling(label))
    }
    names = {label: label for label in plain}
    number = 0
    for label in sorted(people.keys() - plain):
        number += 1
        while f"group {number}" in plain:
            number += 1
        names[label] = f"group {number}"
    return names


def parts(name: str, labels: Iterable[str]) -> dict[str, Parts]:
    """Return the groups of a grouping by their attributes, from its name and their labels (see `nouns.Grouping`)."""
    attributes = name.split(" x ")
    if len(attributes) == 1:
        return {label: ((name, label),) for label in labels}
    between = " & ".join(f"{re.escape(each)}=(.*)" for each in attributes)
    found = {label: re.fullmatch(between, label, re.DOTALL) for label in labels}
    return {label: tuple(zip(attributes, match.groups(), strict=True)) for label, match in found.items() if match}


def masked(verdicts: Sequence[GateVerdict], layout: Layout, small: int) -> list[GateVerdict]:
    """Return what is said of a gate's bounds without what small counts could be told from; `small` 0: as it is."""
    return together([(verdicts, layout)], small)[0]


def together(gates: Sequence[tuple[Sequence[GateVerdict], Layout]], small: int) -> list[list[GateVerdict]]:
    """Return what is said of gates over the same people, each masked by what all of them tell."""
    if not small:
        return [[*verdicts] for verdicts, _layout in gates]
    whose = [_whose(verdicts, layout) for verdicts, layout in gates]
    counts, hidden = _counted(gates, whose)
    known = frozenset(hidden)
    hidden |= {group for group, found in counts.items() if any(0 < n <= small for n in found.values())}
    suppression.complete(hidden, counts, small, max if any(layout.people for _verdicts, layout in gates) else sum)
    if any(not group[0][0] for group in hidden - known):  # of these nobody knows what they add up to
        hidden |= {group for group in counts if not group[0][0]}
    told = []
    for (verdicts, layout), groups in zip(gates, whose, strict=True):
        labels = {label for label, group in groups.items() if group in hidden}
        told.append([_without(each, labels, small, _few(each, layout, groups, counts, small)) for each in verdicts])
    return told


def _whose(verdicts: Sequence[GateVerdict], layout: Layout) -> dict[str, Group]:
    """Return the groups of a gate by label; one of which the attribute is not known has that label alone."""
    found = layout.whose()
    return {figure.group: (("", figure.group),) for verdict in verdicts for figure in verdict.groups} | found


def _counted(
    gates: Sequence[tuple[Sequence[GateVerdict], Layout]], whose: Sequence[Mapping[str, Group]]
) -> tuple[dict[Group, dict[Counted, int]], set[Group]]:
    """Return how many people groups have of what is told, or to be computed from that; and the groups that are hidden already."""
    counts: dict[Group, dict[Counted, int]] = {group: {} for groups in whose for group in groups.values()}
    people: dict[Group, dict[Counted, int]] = {}
    hidden: set[Group] = set()
    for (verdicts, layout), groups in zip(gates, whose, strict=True):
        for label in layout.people.keys() & groups.keys():
            found = people.setdefault(groups[label], {})
            found |= {_of(kind, layout): n for kind, n in layout.people[label].items()}
        for verdict in verdicts:
            for figure in verdict.groups:
                if figure.n is None:
                    hidden.add(groups[figure.group])
                else:
                    counts[groups[figure.group]][_of(_kind(verdict), layout)] = figure.n
    for group, told in counts.items():
        _derive(told)
        told |= {kind: n for kind, n in people.get(group, {}).items() if kind in told}
    return counts, hidden


def _kind(verdict: GateVerdict) -> str:
    """Return what the denominators of a metric count."""
    metric, _suffix = names.split(verdict.metric) or ("", "")
    if verdict.kind != "fairness" or not metric:
        return RARER
    counted = {names.METRICS[part].counts for part in names.parts(metric)}
    kind = counted.pop() if len(counted) == 1 else RARER
    return POSITIVES if kind == "events" else kind


def _of(kind: str, layout: Layout) -> Counted:
    """Return what is counted with the column that tells it."""
    truth, prediction = layout.columns
    return kind, "" if kind == PEOPLE else prediction if kind in {CALLED, NOT_CALLED} else truth


def _derive(found: dict[Counted, int]) -> None:
    """Add the counts that follow from others."""
    columns = {column for _kind, column in found}
    for _time in range(2):  # all may follow from one pair, and a part of the other pair from that
        for column in columns:
            for kinds in _SUMS:
                whole, one, other = ((kind, "" if kind == PEOPLE else column) for kind in kinds)
                if one in found and other in found:
                    found.setdefault(whole, found[one] + found[other])
                for part, rest in ((one, other), (other, one)):
                    if whole in found and part in found:
                        found.setdefault(rest, max(0, found[whole] - found[part]))


def _few(
    verdict: GateVerdict, layout: Layout, groups: Mapping[str, Group], counts: Mapping[Group, Mapping[Counted, int]], small: int
) -> set[int]:
    """Return the denominators of a verdict that are of few people, though they may be many rows."""
    kind = _of(_kind(verdict), layout)
    found = {figure.n: 0 < counts[groups[figure.group]].get(kind, 0) <= small for figure in verdict.groups if figure.n}
    return {n for n, few in found.items() if few}


def _without(verdict: GateVerdict, hidden: Collection[str], small: int, few: Collection[int]) -> GateVerdict:
    groups = tuple(_hidden(figure) if figure.group in hidden else figure for figure in verdict.groups)
    behind = [figure for figure in verdict.groups if figure.group in hidden and figure.value is not None]
    message = "; ".join(_segments(verdict.message, [figure.group for figure in verdict.groups], {each.group for each in behind}))
    lost = {figure.n for figure in behind} - {figure.n for figure in groups}
    if not behind and not 0 < (verdict.n or 0) <= small:
        return verdict.replace(groups=groups, message=message)
    message = "; ".join(part for part in message.split("; ") if not part.endswith(DECIDES))
    if 0 < (verdict.n or 0) <= small or verdict.n in lost.intersection(few) or verdict.value in {each.value for each in behind}:
        message = message if verdict.value is None else "; ".join(filter(None, (WITHHELD, message)))
        return verdict.replace(groups=groups, n=None, value=None, interval=None, needed=None, message=message)
    return _rounded(verdict).replace(groups=groups, n=None if verdict.n in lost else verdict.n, needed=None, message=message)


def _segments(message: str, labels: Sequence[str], hidden: Collection[str]) -> Iterator[str]:
    """Yield the parts of a message but those that tell figures of hidden groups; a label can hold what parts are divided by."""
    torn = [label for label in labels if "; " in label]
    for label in torn:
        message = message.replace(label, label.replace("; ", _JOINED))
    for part in message.split("; "):
        whole = part.replace(_JOINED, "; ")
        if not (_FIGURE.search(whole) and any(label in whole for label in hidden)):
            yield whole


def _hidden(figure: GroupFigure) -> GroupFigure:
    return figure.replace(n=None, value=None, interval=None)


def _rounded(verdict: GateVerdict) -> GateVerdict:
    """Return a figure so coarse that no denominator follows from it; its interval can only become wider."""
    value, interval = verdict.value, verdict.interval
    scale = 10**_DIGITS
    return verdict.replace(
        value=None if value is None else round(value, _DIGITS),
        interval=None if interval is None else (math.floor(interval[0] * scale) / scale, math.ceil(interval[1] * scale) / scale),
    )
