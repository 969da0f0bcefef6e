"""Small counts in what a gate says: those of 1 to k people are never shown, nor what they could be computed from.

A group whose denominator is small for one metric of a gate is hidden in all of them, since denominators add up: positives and
negatives are all. Where the others of a partition and its total would give a hidden count back, the smallest of the others is
hidden too (complementary suppression), within each attribute and along each line of an intersection. What stands on a hidden
count, a rate and its interval, is hidden with it.
"""

from __future__ import annotations

import math
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.report import GateVerdict, GroupFigure

    Parts = tuple[tuple[str, str], ...]  # a group by its attributes: (("ancestry", "EUR"), ("sex", "F"))
    Layout = Sequence[Mapping[str, Parts]]  # the groups of each grouping

WITHHELD = "withheld: it stands on counts that are too small to be shown, or that would tell one of these"
# What looks like a name for one person: long numbers, also with hyphens, mail, and a word with a number of three digits or more at
# its end, which is no year.
_TELLING = re.compile(r"[0-9]{5}|@|(?:[0-9][ ./-]?){7}|^[A-Za-z]{1,20}[ _.-]?(?!(?:19|20)[0-9]{2}$)[0-9]{3,}$")
_FIGURE = re.compile(r": -?[0-9]|[ (]-?[0-9.]+[0-9]")  # in a message; a label alone has none
_LONGEST = 40  # characters of a label
_DIGITS = 2  # to which a figure is told that a hidden count could be computed from


def shown(people: Mapping[str, int], declared: Collection[str], small: int) -> dict[str, str]:
    """Return what groups are called: those that the policy declares, or that many people are in, by their labels.

    A label that so few people have, or that looks like that of a person, may be one's name: it becomes a number.
    """
    plain = {
        label
        for label, n in people.items()
        if label in declared or (n > small and len(label) <= _LONGEST and label.isprintable() and not _TELLING.search(label))
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
    if not small:
        return [*verdicts]
    people: dict[str, list[int]] = {}
    for verdict in verdicts:
        for figure in verdict.groups:
            people.setdefault(figure.group, []).append(figure.n or 0)
    hidden = {label for label, counts in people.items() if any(0 < n <= small for n in counts)}
    least = {label: min((n for n in counts if n), default=0) for label, counts in people.items()}
    complete(hidden, least, layout)
    return [_without(verdict, hidden, small) for verdict in verdicts]


def together(gates: Sequence[Sequence[GateVerdict]], small: int) -> list[list[GateVerdict]]:
    """Return what is said of gates over the same people; in each is hidden what another one hides, since counts of one add up."""
    hidden = {figure.group for gate in gates for verdict in gate for figure in verdict.groups if figure.n is None}
    return [[_without(verdict, hidden, small) if hidden else verdict for verdict in gate] for gate in gates]


def complete(hidden: set[str], least: Mapping[str, int], layout: Layout) -> None:
    """Hide more groups until no line, whose total may be known, has exactly one that is hidden."""
    lines = [[label for label in line if label in least] for line in _lines(layout)]
    more = True
    while more:
        more = False
        for line in lines:
            if sum(label in hidden for label in line) == 1:
                others = [label for label in line if label not in hidden and least[label]]
                if others:
                    hidden.add(min(others, key=lambda label: (least[label], label)))
                    more = True


def _lines(layout: Layout) -> Iterator[list[str]]:
    """Yield groups that add up to a total that anybody may know, and groups that add up to another one, with that."""
    for groups in layout:
        yield list(groups)
        attributes = {name for parts in groups.values() for name, _value in parts}
        for others in layout:
            inner = {name for parts in others.values() for name, _value in parts}
            if inner and inner < attributes:
                for total, key in others.items():
                    yield [*(label for label, parts in groups.items() if set(key) <= set(parts)), total]


def _without(verdict: GateVerdict, hidden: Collection[str], small: int) -> GateVerdict:
    groups = tuple(_hidden(figure) if figure.group in hidden else figure for figure in verdict.groups)
    behind = [figure for figure in verdict.groups if figure.group in hidden and figure.value is not None]
    message = "; ".join(_segments(verdict.message, [figure.group for figure in behind]))
    if 0 < (verdict.n or 0) <= small or verdict.value in {figure.value for figure in behind}:
        known = verdict.value is None
        return verdict.replace(
            groups=groups, n=None, value=None, interval=None, needed=None, message=message if known else f"{WITHHELD}; {message}"
        )
    if not behind:
        return verdict.replace(groups=groups, message=message)
    kept = verdict.n not in {figure.n for figure in behind} - {figure.n for figure in groups}
    return _rounded(verdict).replace(groups=groups, n=verdict.n if kept else None, needed=None, message=message)


def _segments(message: str, hidden: Sequence[str]) -> Iterator[str]:
    """Yield the parts of a message but those that tell figures of hidden groups."""
    for part in message.split("; "):
        if not (_FIGURE.search(part) and any(label in part for label in hidden)):
            yield part


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
