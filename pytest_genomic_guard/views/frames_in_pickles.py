"""Data frames of pandas in pickles, and plain lists and dictionaries, as tables."""

from __future__ import annotations

from pytest_genomic_guard.views.arrays_in_pickles import values
from pytest_genomic_guard.views.bounds import CHILD_CELLS, CHILD_COLUMNS
from pytest_genomic_guard.views.pickled import Made
from pytest_genomic_guard.views.tables.records import _Walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.arrays_in_pickles import Values
    from pytest_genomic_guard.views.tables import DataTable

    Frame = tuple[tuple[str, ...], Callable[[], Iterator[tuple[str, ...]]]]

_NODES = 2_000_000  # values of lists and dictionaries
_DEPTH = 8
_HOPS = 6  # objects between a data frame and its blocks, or an extension array and its values


def frame(each: object) -> Frame | None:
    """Return the names and rows of a data frame, its index before its columns; None for anything else."""
    if not isinstance(each, Made) or (not each.call.endswith(" DataFrame") and "DataFrame" not in _first(each)):
        return None
    manager = _found(each.state, "BlockManager")
    try:
        return _blocks(manager) if manager else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError):
        return None


def _first(made: Made) -> str:
    """Return the class that copyreg's functions would make an object of."""
    name = getattr(made.args[0], "text", "") if made.args else ""
    return name if isinstance(name, str) else ""


def _found(state: object, name: str, hops: int = _HOPS) -> Made | None:
    """Return the first object of a class in a state."""
    if isinstance(state, Made):
        if name in state.call or name in _first(state):
            return state
        return None
    parts = state.values() if isinstance(state, dict) else state if isinstance(state, (tuple, list)) else ()
    for part in list(parts)[:64] if hops else ():
        found = _found(part, name, hops - 1)
        if found:
            return found
    return None


def _blocks(manager: Made) -> Frame | None:
    """Return the columns of a manager's blocks in order, under the names of its first axis."""
    if manager.args and isinstance(manager.args[0], tuple):
        blocks, axes = manager.args[0], manager.args[1]
        parts = [(block.args[0], block.args[1]) for block in blocks if isinstance(block, Made)]
    else:  # state of pandas before 1.3
        given = manager.state[3]["0.14.1"]
        axes = given["axes"]
        parts = [(block["values"], block["mgr_locs"]) for block in given["blocks"]]
    names, index = _labels(axes[0]), _labels(axes[1])
    found: dict[int, tuple[Values, int]] = {}
    for data, place in parts:
        block = _values(data)
        if block:
            found |= {where: (block, at) for at, where in enumerate(_places(place, len(names)))}
    length = max((block.shape[-1] for block, _at in found.values()), default=0)
    if not length or len(found) * length > CHILD_CELLS or len(found) > CHILD_COLUMNS:
        return None
    order = sorted(found)
    header = ("", *(names[at] if at < len(names) else "" for at in order))
    index = (*index, *[""] * length)[:length]

    def rows() -> Iterator[tuple[str, ...]]:
        columns = [_column(*found[at]) for at in order]
        yield from zip(index, *columns, strict=True)

    return header, rows


def _values(data: object) -> Values | None:
    """Return the values of a block: an array, or one inside an extension array."""
    found = values(data)
    if found or not isinstance(data, Made):
        return found
    pending, hops = [data.state, *data.args], 64
    while pending and hops:
        each = pending.pop(0)
        hops -= 1
        found = values(each)
        if found and found.size > 1:
            return found
        if isinstance(each, Made):
            pending += [each.state, *each.args]
        elif isinstance(each, (tuple, dict)):
            pending += list(each.values() if isinstance(each, dict) else each)[:16]
    return None


def _column(block: Values, at: int) -> list[str]:
    if len(block.shape) == 1:
        return block.cells(0, block.size, 1)
    count, length = block.shape[0], block.shape[1]
    return block.cells(at, block.size, count) if block.fortran else block.cells(at * length, (at + 1) * length, 1)


def _places(place: object, most: int) -> Sequence[int]:
    """Return which columns a block holds: a slice, or an array of numbers."""
    if isinstance(place, Made) and place.call.endswith(" slice"):
        return range(most)[slice(*place.args)]
    found = values(place)
    return [int(each) for each in found.cells(0, found.size, 1)] if found else ()


def _labels(axis: object) -> tuple[str, ...]:
    """Return the labels of an axis; numbers of a range are none."""
    given = axis.args[1] if isinstance(axis, Made) and len(axis.args) > 1 and isinstance(axis.args[1], dict) else {}
    if "stop" in given:
        return ("",) * min(len(range(given.get("start") or 0, given["stop"], given.get("step") or 1)), CHILD_CELLS)
    found = _values(given.get("data"))
    return tuple(found.cells(0, found.size, 1)) if found else ()


def plain(roots: Sequence[object], artifact: Artifact, trail: tuple[str, ...]) -> Iterator[DataTable]:
    """Yield the tables that lists and dictionaries are, as in JSON."""
    left = [_NODES]
    for root in roots:
        if isinstance(root, (list, tuple, dict)):
            try:
                document = _copied(root, left, _DEPTH)
            except ValueError:  # more than is looked at
                return
            for table in _Walk(b"", artifact, trail).tables(document):
                yield table.replace(format="columnar")


def _copied(value: object, left: list[int], depth: int) -> Any:
    """Return data with texts and numbers as JSON has them; None for objects."""
    left[0] -= 1
    if left[0] < 0:
        raise ValueError
    if isinstance(value, (str, int, float)):
        return value
    if isinstance(value, dict):
        return {str(key): _copied(each, left, depth - 1) for key, each in value.items()} if depth else None
    if isinstance(value, (list, tuple)):
        return [_copied(each, left, depth - 1) for each in value] if depth else None
    return value.decode("utf-8", "replace") if isinstance(value, bytes) and len(value) <= 200 else None
