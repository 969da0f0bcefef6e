"""Who scans what: parts of the input, the large before the small, and what is alike together."""

from __future__ import annotations

import os
from array import array
from itertools import pairwise

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.engine import FILE
from pytest_genomic_guard.sources.rows import paths, sizes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Artifact

_LARGE = 1 << 20  # work of one artifact from which it goes before others
_LEAST, _MOST = 64 << 10, 4 << 20  # work of one part
_ALIKE = 32 << 20  # of versions
_PARTS = 1024  # of the largest kind
_CLAIMED = 1 << 40  # bytes; the header of an object in a history can claim any number
_TYPICAL, _MANY = 16 << 10, 8  # bytes of an artifact that is scanned before all, and how many like it there are for each child


class Order(Record):
    """Artifacts in the order in which they begin, and parts of that order."""

    entries: Sequence[Artifact]
    numbers: Sequence[int]
    parts: Sequence[tuple[int, int]]

    def part(self, number: int) -> list[Artifact]:
        """Return the artifacts of a part."""
        first, after = self.parts[number]
        return [self.entries[at] for at in self.numbers[first:after]]


def typical(entries: Sequence[Artifact], jobs: int) -> list[int]:
    """Return one artifact, not large, of each kind of which there are many, by the end of its name."""
    kinds: dict[bytes, list[int]] = {}
    works = array("q", (min(size, _CLAIMED) for size in sizes(entries)))
    for at, path in enumerate(paths(entries)):
        if 0 < works[at] <= _TYPICAL:
            kinds.setdefault(os.path.splitext(path)[1], []).append(at)
    return sorted(max(each, key=works.__getitem__) for each in kinds.values() if len(each) >= _MANY * jobs)


def planned(entries: Sequence[Artifact], jobs: int, without: Iterable[int] = ()) -> Order:
    """Return parts that get smaller to the end, so that nobody waits long for the last.

    Versions of a file stay together, for the sake of what a process remembers of the one before; else small artifacts do that lie
    beside each other.
    """
    works = array("q", (min(size, _CLAIMED) + FILE for size in sizes(entries)))
    for at in without:
        works[at] = 0
    left = sum(works)
    units: Iterable[Sequence[int]]
    if any(one == other for one, other in pairwise(paths(entries))):
        most = max(_ALIKE, left // _PARTS)
        piece = min(most, left // (4 * jobs))
        units = (each for group in _alike(entries, works) for each in _cut(group, works, piece))
    else:
        most, units = max(_MOST, left // _PARTS), ((at,) for at in _beside(works))
    order, parts, first, size = array("I"), list[tuple[int, int]](), 0, 0
    for unit in units:
        order.extend(unit)
        size += sum(works[at] for at in unit)
        if size >= max(_LEAST, min(most, left // (4 * jobs))):
            parts.append((first, len(order)))
            first, left, size = len(order), left - size, 0
    if first < len(order):
        parts.append((first, len(order)))
    return Order(entries=entries, numbers=order, parts=parts)


def _beside(works: Sequence[int]) -> Iterator[int]:
    """Yield the large ones, the largest first, and then the others as they are."""
    yield from sorted((at for at, work in enumerate(works) if work >= _LARGE), key=lambda at: -works[at])
    yield from (at for at, work in enumerate(works) if 0 < work < _LARGE)


def _alike(entries: Sequence[Artifact], works: Sequence[int]) -> list[array[int]]:
    """Return files of one name together, wherever they lie: many have moved. The most work goes first."""
    names: dict[bytes, array[int]] = {}
    for at, path in enumerate(paths(entries)):
        if works[at]:
            names.setdefault(path.rpartition(b"/")[2], array("I")).append(at)
    return sorted(names.values(), key=lambda group: -sum(works[at] for at in group))


def _cut(group: array[int], works: Sequence[int], most: int) -> Iterator[array[int]]:
    """Yield pieces of a group with about so much work."""
    first = size = 0
    for number, at in enumerate(group):
        if size >= most:
            yield group[first:number]
            first, size = number, 0
        size += works[at]
    yield group[first:]
