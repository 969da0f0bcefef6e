"""Which other groups are hidden with small ones: those without which a subtraction would give a hidden count back.

Groups add up: those of an attribute to everybody, whose number anybody may know, those of an intersection to each of its margins.
A sum of hidden groups that follows from what is shown is itself a count, so it must be of nobody or of more than a few. What
follows from several sums together is found by elimination, over the integers modulo a prime.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Group = tuple[tuple[str, str], ...]  # by its attributes, sorted: (("ancestry", "EUR"), ("sex", "F"))
    Counts = Mapping[Group, Mapping[Any, int]]  # of a group, by what is counted

_PRIME = (1 << 61) - 1
_WORK = 10**8  # steps of an elimination


class Line(Record):
    """Groups that add up to another group, or to everybody."""

    groups: tuple[Group, ...]
    total: Group | None = None


def complete(hidden: set[Group], counts: Counts, small: int, added: Callable[[Iterable[int]], int] = sum) -> None:
    """Hide more groups until no hidden count, and no sum of some that is 1 to `small`, follows from what is shown.

    `added` tells how many people are in several groups together, at least.
    """
    lines = [*_lines(counts)]
    more = True
    while more:
        more = False
        for line in lines:
            if _open(line, hidden, counts, small, added):
                more = _hide(line, hidden, counts) or more
        if not more:
            solved = _solved(lines, hidden)
            more = any(_hide(line, hidden, counts) for line in lines if solved.intersection((*line.groups, line.total)))


def _lines(groups: Iterable[Group]) -> Iterator[Line]:
    by: dict[tuple[str, ...], list[Group]] = {}
    for group in sorted(groups):
        by.setdefault(tuple(name for name, _label in group), []).append(group)
    for names, outer in by.items():
        yield Line(groups=tuple(outer))
        for others, totals in by.items():
            if set(others) < set(names):
                within: dict[Group, list[Group]] = {}
                for group in outer:
                    within.setdefault(tuple(part for part in group if part[0] in others), []).append(group)
                yield from (Line(groups=tuple(within[total]), total=total) for total in totals if total in within)


def _open(line: Line, hidden: Collection[Group], counts: Counts, small: int, added: Callable[[Iterable[int]], int]) -> bool:
    """Tell whether one line gives a hidden group back, or a sum of some that is small."""
    unknown = [group for group in line.groups if group in hidden]
    if line.total in hidden:
        return not unknown
    if len(unknown) == len(line.groups) > 1:
        return False  # they add up to what is shown, or to what nobody can hide
    kinds = {kind for group in unknown for kind in counts[group]}
    sums = [added(counts[group][kind] for group in unknown) for kind in kinds if all(kind in counts[group] for group in unknown)]
    return len(unknown) == 1 or any(0 < found <= small for found in sums)


def _hide(line: Line, hidden: set[Group], counts: Counts) -> bool:
    """Hide the smallest group of a line that has anybody and is shown, or else what they add up to; tell whether there was one."""
    least = {
        group: min(found)
        for group in line.groups
        if group not in hidden and (found := [count for count in counts[group].values() if count])
    }
    if not least and line.total is not None and line.total not in hidden:
        least = {line.total: 0}
    if least:
        hidden.add(min(least, key=lambda group: (least[group], group)))
    return bool(least)


def _solved(lines: Sequence[Line], hidden: Collection[Group]) -> set[Group]:
    """Return the hidden groups that all lines together give back; of too many lines, all that have several attributes."""
    rows = []
    for line in lines:
        row = dict.fromkeys((group for group in line.groups if group in hidden), 1)
        if line.total is not None and line.total in hidden:
            row[line.total] = _PRIME - 1
        if row:
            rows.append(row)
    if len(rows) ** 2 * len(hidden) > _WORK:
        return {group for group in hidden if len(group) > 1}
    reduced: dict[Group, dict[Group, int]] = {}  # by the group that no other row has
    for row in rows:
        for pivot in [group for group in row if group in reduced]:
            _subtract(row, reduced[pivot], row[pivot])
        if not row:
            continue
        pivot, first = next(iter(row.items()))
        inverse = pow(first, -1, _PRIME)
        for group in row:
            row[group] = row[group] * inverse % _PRIME
        for other in reduced.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        reduced[pivot] = row
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def _subtract(row: dict[Group, int], other: Mapping[Group, int], times: int) -> None:
    for group, factor in other.items():
        found = (row.get(group, 0) - times * factor) % _PRIME
        if found:
            row[group] = found
        else:
            row.pop(group, None)
