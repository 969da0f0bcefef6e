"""Arrays and data frames in pickles as tables, from bytes that stand there: nothing is unpickled, and no library asked."""

from __future__ import annotations

import itertools
from array import array
from sys import byteorder

from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.pickled import DIMENSIONS, Made, Name, width
from pytest_genomic_guard.views.tables.table import DataTable, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Artifact

    Cells = Callable[[int, int, int], list[str]]  # first, behind the last, and step, of the values in their order in memory

_NODES = 1_000_000  # things of a pickle that are looked at
_CODES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "i8": "q", "u8": "Q", "f4": "f", "f8": "d", "b1": "B"}
_RECONSTRUCT, _BUFFER, _WRAPPER = " _reconstruct", " _frombuffer", " NumpyArrayWrapper"
_ARROW = ("pyarrow.lib _restore_array", "pyarrow.lib chunked_array")
_PLOIDY = 2


class Left:
    """What may still be made of one pickle: any number of arrays can be of the same bytes, and of the same texts."""

    def __init__(self) -> None:
        """Begin with all."""
        self.bytes, self.cells = bounds.CHILD_OUTPUT, bounds.CHILD_CELLS

    def take(self, size: int) -> None:
        """Count bytes. Raises `ValueError` once there are too many."""
        self.bytes -= size
        if self.bytes < 0:
            raise ValueError

    def table(self, cells: int) -> bool:
        """Count the cells of a table, and tell whether it may be read."""
        self.cells -= cells
        return self.cells >= 0


class Values:
    """An array: its shape, whether its columns stand together, and what gives its values as text."""

    def __init__(self, shape: Sequence[int], kind: object, data: object, left: Left, *, fortran: bool) -> None:
        """Take them. Raises `ValueError` where they do not agree, or are more than is left."""
        if len(shape) > DIMENSIONS:
            raise ValueError
        self.shape = tuple(int(each) for each in shape)
        self.fortran = fortran and width(kind) > 0  # objects stand in order of rows whatever the flag says
        self.size = 1
        for each in self.shape:
            if each < 0:
                raise ValueError
            self.size *= each
        if self.size > bounds.CHILD_CELLS:
            raise ValueError
        self.whole = isinstance(kind, Made) and isinstance(kind.args[0], str) and kind.args[0][0] in "iub"
        self.cells = _cells(kind, data, self.size, left)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows of an array of one or two dimensions; of three, where the last is of two alleles, calls."""
        height = self.shape[0] if self.shape else 1
        across = self.size // height if height else 0
        for row in range(height):
            place = (row, self.size, height) if self.fortran else (row * across, (row + 1) * across, 1)
            cells = self.cells(*place)
            if len(self.shape) == 3:
                half = len(cells) // 2
                pairs = zip(cells[:half], cells[half:], strict=True) if self.fortran else zip(cells[::2], cells[1::2], strict=True)
                yield tuple("./." if one[:1] == "-" else f"{one}/{two}" for one, two in pairs)
            else:
                yield tuple(cells)

    @property
    def tabular(self) -> bool:
        """Tell whether it is a table: images and weights are none."""
        if not self.size or len(self.shape) > 3 or self.across > bounds.CHILD_COLUMNS:
            return False
        return len(self.shape) < 3 or (self.shape[2] == _PLOIDY and self.whole)

    @property
    def across(self) -> int:
        """Return how many columns the table has."""
        return self.size // self.shape[0] // (_PLOIDY if len(self.shape) == 3 else 1) if self.shape else 1


def _cells(kind: object, data: object, size: int, left: Left) -> Cells:
    step = width(kind)
    if not step:
        items = _objects(data)
        if len(items) < size:
            raise ValueError
        left.take(sum(len(each) if isinstance(each, (str, bytes)) else 8 for each in items))
        return lambda first, after, by: [_text(each) for each in items[first:after:by]]
    assert isinstance(kind, Made)  # noqa: S101 - `width` has looked
    left.take(len(data) if isinstance(data, (bytes, bytearray, str)) else 0)
    raw = bytes(data) if isinstance(data, (bytes, bytearray)) else data.encode("latin-1") if isinstance(data, str) else b""
    if len(raw) < size * step:
        raise ValueError
    text = kind.args[0]
    order = kind.state[1] if isinstance(kind.state, tuple) and len(kind.state) > 1 else "<"
    swapped = order == (">" if byteorder == "little" else "<")
    if text[0] in "SU":
        codec = "latin-1" if text[0] == "S" else "utf-32-be" if order == ">" else "utf-32-le"
        return lambda first, after, by: [
            raw[at * step : (at + 1) * step].decode(codec, "replace").rstrip("\0") for at in range(first, min(after, size), by)
        ]
    if text == "f2":
        import struct  # noqa: PLC0415 - rare

        halves = struct.unpack(f"{'>' if order == '>' else '<'}{size}e", raw[: size * 2])
        return lambda first, after, by: [str(each).removesuffix(".0") for each in halves[first:after:by]]
    numbers = array(_CODES[text])
    numbers.frombytes(raw[: size * step])
    if swapped:
        numbers.byteswap()
    if text[0] == "f":
        return lambda first, after, by: [str(each).removesuffix(".0") for each in numbers[first:after:by]]
    return lambda first, after, by: list(map(str, numbers[first:after:by]))


def _objects(data: object) -> Sequence[Any]:
    """Return the values of an array of objects: a list, or what a pickle inside one of joblib holds."""
    if isinstance(data, Made):
        found = data.state[4] if data.call.endswith(_RECONSTRUCT) and isinstance(data.state, tuple) else None
        data = found
    if not isinstance(data, list):
        raise ValueError  # noqa: TRY004 - as all that is wrong with an array
    return data


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, int) and value.bit_length() > 64:
        return ""
    return str(value) if isinstance(value, (int, float)) else ""


def values(made: object, left: Left) -> Values | None:  # noqa: PLR0911 - one for each way to write an array
    """Return the array that a call would make, or None."""
    if not isinstance(made, Made):
        return None
    try:
        if made.call.endswith(_RECONSTRUCT) and isinstance(made.state, tuple) and len(made.state) == 5:
            _version, shape, kind, fortran, data = made.state
            return Values(shape, kind, data, left, fortran=bool(fortran))
        if made.call.endswith(_BUFFER) and len(made.args) == 4:
            data, kind, shape, order = made.args
            return Values(shape, kind, data, left, fortran=order == "F")
        if made.call.endswith(_WRAPPER) and isinstance(made.state, dict):
            return Values(made.state["shape"], made.state["dtype"], made.raw, left, fortran=made.state.get("order") == "F")
        if made.call in _ARROW:
            texts = _arrow(made, left)
            return Values((len(texts),), Made(Name("numpy dtype"), ("O8",)), texts, left, fortran=False)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError, UnicodeError):
        return None
    return None


def _arrow(made: Made, left: Left) -> list[str]:
    """Return the texts of a string array of Arrow, in which pandas 3 keeps names: offsets, and all bytes behind each other.

    Raises `ValueError` and its like for an array of another type, or one that is damaged.
    """
    if made.call == _ARROW[1]:
        return [text for part in made.args[0] for text in _arrow(part, left)]
    kind, length, _nulls, offset, buffers = made.args[0][:5]
    name = kind.args[0]
    if name not in {"large_string", "string", "large_utf8", "utf8"} or not 0 <= length <= bounds.CHILD_CELLS or offset < 0:
        raise ValueError
    places = array("q" if name.startswith("large") else "i")
    places.frombytes(_raw(buffers[1])[offset * places.itemsize : (offset + length + 1) * places.itemsize])
    if byteorder == "big":
        places.byteswap()
    data = _raw(buffers[2])
    if len(places) != length + 1 or any(one > two or one < 0 for one, two in itertools.pairwise(places)):
        raise ValueError
    left.take(len(data))
    return [data[one:two].decode("utf-8", "replace") for one, two in itertools.pairwise(places)]


def _raw(buffer: object) -> bytes:
    """Return the bytes of a buffer, in the calls that would make it."""
    for _call in range(3):
        if isinstance(buffer, Made) and buffer.args:
            buffer = buffer.args[0]
    return bytes(buffer) if isinstance(buffer, (bytes, bytearray)) else b""


def tables(roots: Sequence[object], artifact: Artifact, trail: tuple[str, ...]) -> Iterator[DataTable]:
    """Yield arrays, data frames, and lists of lists or of records."""
    from pytest_genomic_guard.views import frames_in_pickles  # noqa: PLC0415 - for pickles with data only

    pending: list[object] = list(roots)[::-1]
    seen: set[int] = set()
    nodes, number, left = _NODES, 0, Left()
    while pending and nodes and number < bounds.CHILD_TABLES:
        each = pending.pop()
        if not isinstance(each, (Made, list, tuple, dict)) or id(each) in seen:
            continue
        seen.add(id(each))
        nodes -= 1
        found = values(each, left)
        frame = None if found else frames_in_pickles.frame(each, left)
        if found and found.tabular and left.table(found.size):
            number += 1
            yield _table(("",) * min(found.across, bounds.CHILD_COLUMNS), found.rows, artifact, (*trail, f"array {number}"))
        elif frame:
            number += 1
            yield _table(*frame, artifact, (*trail, f"table {number}"))
        elif isinstance(each, dict) and (named := frames_in_pickles.beside(each, left)):
            number += 1
            yield _table(*named, artifact, (*trail, f"table {number}"))
            pending += _inside(each)
        elif not found:
            pending += _inside(each)
    yield from frames_in_pickles.plain(roots, artifact, trail)


def _inside(each: object) -> list[object]:
    """Return what may hold arrays in something."""
    if isinstance(each, Made):
        return [each.raw, each.state, *reversed(each.args)]
    if isinstance(each, dict):
        return list(each.values())[::-1]
    return (
        [item for item in reversed(each) if isinstance(item, (Made, list, tuple, dict))] if isinstance(each, (list, tuple)) else []
    )


def _table(
    header: tuple[str, ...], rows: Callable[[], Iterator[tuple[str, ...]]], artifact: Artifact, trail: tuple[str, ...]
) -> DataTable:
    numbered = Source(lambda: ((number, row) for number, row in enumerate(rows(), 1)))
    return DataTable(artifact=artifact, trail=trail, format="columnar", header=header, source=numbered)
