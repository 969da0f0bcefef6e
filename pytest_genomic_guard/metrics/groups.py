"""The groups of a gate, judged or not: none that is declared or seen is passed over."""

from __future__ import annotations

import math

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from pytest_genomic_guard.metrics.compare import Compared, Figured
    from pytest_genomic_guard.metrics.subjects import Subject

    State = Literal["judged", "alone", "small", "undefined", "missing"]


class Group(Record):
    """A group, and what can be said of it before any bound."""

    grouping: int
    label: str
    at: int  # into the labels of its grouping; -1: declared, and not in the data
    n: int  # the smallest denominator of the figures that are compared
    state: State  # "alone": large enough, and nothing to compare it with


def survey(subject: Subject, figured: Sequence[Figured], compared: Sequence[Compared], minimum: int) -> tuple[Group, ...]:
    """Return the groups of all groupings that are seen or declared, by grouping and label."""
    found: list[Group] = []
    for number, grouping in enumerate(subject.groupings):
        parts = [(of, _met(of, compared)) for of in figured if of.at == number]
        people = dict(zip(grouping.labels, subject.people(number).tolist(), strict=True))
        missing = {label for label in grouping.declared if not people.get(label)}
        each = [Group(grouping=number, label=label, at=-1, n=0, state="missing") for label in missing]
        for at, label in enumerate(grouping.labels):
            if people[label]:  # an intersection may have labels that nobody has
                n, state = _state(at, parts, minimum)
                each.append(Group(grouping=number, label=label, at=at, n=n, state=state))
        found += sorted(each, key=lambda group: group.label)
    return tuple(found)


def _met(of: Figured, compared: Sequence[Compared]) -> set[int]:
    """Return the groups that take part in a comparison by this figure."""
    blocks = [block for block in compared if block.of is of]
    return {at for block in blocks for side in (block.left, block.right) if side is not None for at in side.tolist()}


def _state(at: int, parts: Sequence[tuple[Figured, set[int]]], minimum: int) -> tuple[int, State]:
    """Return a group's smallest denominator, and what that and its figures allow."""
    n = min(int(of.figures.n[at]) for of, _met in parts)
    if not n or not all(math.isfinite(of.figures.value[at]) for of, _met in parts):
        return n, "undefined"
    if n < minimum:
        return n, "small"
    return n, "judged" if all(at in met for _of, met in parts) else "alone"
