"""Data frames of pandas in pickles, and plain lists and dictionaries, as tables."""

from __future__ import annotations

from itertools import islice

from pytest_genomic_guard.views.arrays_in_pickles import values
from pytest_genomic_guard.views.bounds import CHILD_COLUMNS, CHILD_OUTPUT
from pytest_genomic_guard.views.pickled import Made
from pytest_genomic_guard.views.tables.records import _Walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.arrays_in_pickles import Left, Values
    from pytest_genomic_guard.views.tables import DataTable

    Frame = tuple[tuple[str, ...], Callable[[], Iterator[tuple[str, ...]]]]

_NODES = 2_000_000  # values of lists and dictionaries
_DEPTH = 8
_HOPS = 6  # objects between a data frame and its blocks, or an extension array and its values
_PARTS = 4096  # of a frame's state that are looked at: they can hold each other many times
_AT_ONCE = 1 << 12  # rows that are made together


def frame(each: object, left: Left) -> Frame | None:
    """Return the names and rows of a data frame, its index before its columns; None for anything else."""
    if not isinstance(each, Made) or (not each.call.endswith(" DataFrame") and "DataFrame" not in _first(each)):
        return None
    manager = _found(each.state, "BlockManager", [_PARTS])
    try:
        return _blocks(manager, left) if manager else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError):
        return None


def _first(made: Made) -> str:
    """Return the class that copyreg's functions would make an object of."""
    name = getattr(made.args[0], "text", "") if made.args else ""
    return name if isinstance(name, str) else ""


def _found(state: object, name: str, parts: list[int], hops: int = _HOPS) -> Made | None:
    """Return the first object of a class in a state."""
    if isinstance(state, Made):
        if name in state.call or name in _first(state):
            return state
        return None
    inside = state.values() if isinstance(state, dict) else state if isinstance(state, (tuple, list)) else ()
    for part in islice(inside, 64) if hops else ():
        parts[0] -= 1
        found = _found(part, name, parts, hops - 1) if parts[0] > 0 else None
        if found:
            return found
    return None


def _blocks(manager: Made, left: Left) -> Frame | None:
    """Return the columns of a manager's blocks in order, under the names of its first axis."""
    if manager.args and isinstance(manager.args[0], tuple):
        blocks, axes = manager.args[0], manager.args[1]
        parts = [(block.args[0], block.args[1]) for block in blocks if isinstance(block, Made)]
    else:  # state of pandas before 1.3
        given = manager.state[3]["0.14.1"]
        axes = given["axes"]
        parts = [(block["values"], block["mgr_locs"]) for block in given["blocks"]]
    count, names = _labels(axes[0], left)
    _length, index = _labels(axes[1], left)
    found: dict[int, tuple[Values, int]] = {}
    for data, place in parts:
        block = _values(data, left)
        if block:
            found |= {where: (block, at) for at, where in enumerate(_places(place, count, left))}
        if len(found) > CHILD_COLUMNS:
            return None
    length = max((block.shape[-1] for block, _at in found.values()), default=0)
    if not length or not left.table(len(found) * length):
        return None
    order = sorted(found)
    named = names(0, count)
    header = ("", *(named[at] if at < len(named) else "" for at in order))
    step = max(1, _AT_ONCE // len(order))

    def rows() -> Iterator[tuple[str, ...]]:
        for first in range(0, length, step):
            after = min(first + step, length)
            labels = (*index(first, after), *[""] * (after - first))[: after - first]
            yield from zip(labels, *(_column(*found[at], first, after) for at in order), strict=True)

    return header, rows


def _values(data: object, left: Left) -> Values | None:
    """Return the values of a block: an array, or one inside an extension array."""
    found = values(data, left)
    if found or not isinstance(data, Made):
        return found
    pending, hops = [data.state, *data.args], 64
    while pending and hops:
        each = pending.pop(0)
        hops -= 1
        found = values(each, left)
        if found and found.size > 1:
            return found
        if isinstance(each, Made):
            pending += [each.state, *each.args]
        elif isinstance(each, (tuple, dict)):
            pending += islice(each.values() if isinstance(each, dict) else each, 16)
    return None


def _column(block: Values, at: int, first: int, after: int) -> list[str]:
    """Return some of the values of a column."""
    if len(block.shape) == 1:
        return block.cells(first, after, 1)
    count, length = block.shape[0], block.shape[1]
    if block.fortran:
        return block.cells(at + first * count, at + after * count, count)
    return block.cells(at * length + first, at * length + min(after, length), 1)


def _places(place: object, most: int, left: Left) -> Sequence[int]:
    """Return which columns a block holds: a slice, or an array of numbers."""
    if isinstance(place, Made) and place.call.endswith(" slice"):
        return range(most)[slice(*place.args)]
    found = values(place, left)
    return [int(each) for each in found.cells(0, found.size, 1)] if found else ()


def _labels(axis: object, left: Left) -> tuple[int, Callable[[int, int], Sequence[str]]]:
    """Return how many labels an axis has, and what gives some of them; numbers of a range are none."""
    given = axis.args[1] if isinstance(axis, Made) and len(axis.args) > 1 and isinstance(axis.args[1], dict) else {}
    if "stop" in given:
        count = min(len(range(given.get("start") or 0, given["stop"], given.get("step") or 1)), CHILD_COLUMNS)
        return count, lambda first, after: [""] * (min(after, count) - first)
    found = _values(given.get("data"), left)
    return (min(found.size, CHILD_COLUMNS), lambda first, after: found.cells(first, after, 1)) if found else (0, _no_labels)


def _no_labels(_first: int, _after: int) -> Sequence[str]:
    return ()


def plain(roots: Sequence[object], artifact: Artifact, trail: tuple[str, ...]) -> Iterator[DataTable]:
    """Yield the tables that lists and dictionaries are, as in JSON."""
    left = [_NODES, CHILD_OUTPUT]
    for root in roots:
        if isinstance(root, (list, tuple, dict)):
            try:
                document = _copied(root, left, _DEPTH)
            except ValueError:  # more than is looked at
                return
            for table in _Walk(b"", artifact, trail).tables(document):
                yield table.replace(format="columnar")


def _key(key: object, left: list[int]) -> str:
    left[1] -= len(key) if isinstance(key, str) else 0
    return "" if (isinstance(key, bytes) and len(key) > 200) or (isinstance(key, int) and key.bit_length() > 1024) else str(key)


def _copied(value: object, left: list[int], depth: int) -> Any:
    """Return data with texts and numbers as JSON has them; None for objects. Raises `ValueError` where that is too much."""
    left[0] -= 1
    left[1] -= len(value) if isinstance(value, str) else 0  # one text can stand in many places
    if min(left) < 0 or (isinstance(value, int) and value.bit_length() > 1024):
        raise ValueError
    if isinstance(value, (str, int, float)):
        return value
    if isinstance(value, dict):
        return {_key(key, left): _copied(each, left, depth - 1) for key, each in value.items()} if depth else None
    if isinstance(value, (list, tuple)):
        return [_copied(each, left, depth - 1) for each in value] if depth else None
    return value.decode("utf-8", "replace") if isinstance(value, bytes) and len(value) <= 200 else None


def beside(each: dict[object, object], left: Left) -> Frame | None:
    """Return the matrix of a dictionary under the names that lists beside it give its columns and rows; None without such."""
    found = [
        array for part in islice(each.values(), 64) if (array := values(part, left)) and len(array.shape) == 2 and array.tabular
    ]
    if len(found) != 1:
        return None
    names = [texts for part in islice(each.values(), 64) if (texts := _texts(part, left))]
    matrix = found[0]
    header = next((texts for texts in names if len(texts) == matrix.shape[1]), None)
    labels = next((texts for texts in names if len(texts) == matrix.shape[0] and texts is not header), None)
    if not header and not labels:
        return None
    columns = tuple(header or ("",) * matrix.shape[1])

    def rows() -> Iterator[tuple[str, ...]]:
        return (
            ((label, *row) for label, row in zip(labels, matrix.rows(), strict=True))
            if labels
            else (tuple(row) for row in matrix.rows())
        )

    return ("", *columns) if labels else columns, rows


def _texts(part: object, left: Left) -> Sequence[str]:
    """Return the texts of a list, or of an array of one dimension; none where it holds anything else."""
    if isinstance(part, (list, tuple)):
        return [each for each in part if isinstance(each, str)] if all(isinstance(each, str) for each in part) else ()
    array = values(part, left) if isinstance(part, Made) else None
    if not array or len(array.shape) != 1 or array.whole or array.size > CHILD_COLUMNS:
        return ()
    return array.cells(0, array.size, 1)
