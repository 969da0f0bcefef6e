"""HDF5 by h5py, with what pandas and AnnData put into it. Runs in the child process alone.

Nothing outside of it is opened: links are not followed, datasets put together from others, or stored elsewhere, are told as lost.
A group's vectors of one length are one table; its single values, too.
"""

from __future__ import annotations

import io
import math
import pickletools
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np

from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.cells import by_length, calls, leaves, of_array, paired, shown, step
from pytest_genomic_guard.views.tables.values import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.cells import Cells, Column
    from pytest_genomic_guard.views.tables.values import Sink

    Shape = tuple[int, ...]

_NUMBERS = "biufc"
_CACHE, _INDEX = 64 << 20, b"TINDEX"  # bytes; the class of a group in which PyTables keeps copies of values, sorted


def read(data: bytes, kind: str, sink: Sink) -> None:  # noqa: ARG001 - one form for all readers
    """Give the tables of a file: those that hold texts or names first, so that a large matrix does not use up their room."""
    with h5py.File(io.BytesIO(data), "r", rdcc_nbytes=_CACHE) as file:
        walk = _Walk()
        walk.visit(file)
        for _plain, give in sorted(walk.found, key=lambda each: each[0]):
            give(sink)
        if walk.lost:
            raise Unsupported


class _Walk:
    """All groups of a file, each once."""

    def __init__(self) -> None:
        self.found: list[tuple[bool, Callable[[Sink], None]]] = []  # whether it is numbers without names, and what gives it
        self.lost = False
        self._seen: set[int] = set()

    def visit(self, root: h5py.Group) -> None:
        """Find the tables in a group and all groups below it."""
        pending = [(root, 0)]
        while pending:
            group, depth = pending.pop()
            groups = self._group(group)
            if depth >= bounds.CHILD_LEVELS:
                self.lost |= bool(groups)
            else:
                pending += [(each, depth + 1) for each in reversed(groups)]

    def _members(self, group: h5py.Group) -> Iterator[tuple[str, Any]]:
        for name in group:
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                continue
            if len(self._seen) >= bounds.CHILD_NODES:
                self.lost = True
                return
            member = group[name]
            address = h5py.h5o.get_info(member.id).addr
            if address in self._seen:
                continue
            self._seen.add(address)
            if isinstance(member, h5py.Dataset) and (member.is_virtual or member.external):
                self.lost = True
                continue
            yield name, member

    def _group(self, group: h5py.Group) -> list[h5py.Group]:
        """Find the tables that stand in a group itself; return the groups in it."""
        groups: list[h5py.Group] = []
        vectors: list[tuple[int, Column]] = []
        singles: list[Column] = []
        frame = _text(group.attrs.get("pandas_type")) == "frame"
        members = dict(self._members(group))
        if frame:
            self.found.append((False, lambda sink: _frame(members, sink)))
            return [each for each in members.values() if isinstance(each, h5py.Group)]
        for name, member in members.items():
            if isinstance(member, h5py.Group):
                coded = _coded(member)
                if coded:
                    vectors.append((coded[0], (name, coded[1])))
                elif group.attrs.get("CLASS") != _INDEX and member.attrs.get("CLASS") != _INDEX:
                    groups.append(member)
            elif isinstance(member, h5py.Dataset) and member.shape is not None:
                self._dataset(name, member, vectors, singles)
        for length, columns in by_length(vectors):
            plain = all(getattr(get, "plain", False) for _name, get in columns)
            self.found.append((plain, _giver(length, columns)))
        if singles:
            self.found.append((False, _giver(1, singles)))
        return groups

    def _dataset(self, name: str, data: h5py.Dataset, vectors: list[tuple[int, Column]], singles: list[Column]) -> None:
        if data.dtype.names:
            self.found.append((False, lambda sink: _compound(data, sink)))
        elif not data.shape:
            singles.append((name, lambda _first, _after: _cells(data, np.asarray(data[()]).reshape(1))))
        elif len(data.shape) == 1:
            vectors.append((data.shape[0], (name, _Vector(data))))
        elif len(data.shape) == 2 or data.dtype.kind not in _NUMBERS or paired(data):
            self.found.append((data.dtype.kind in _NUMBERS, lambda sink: _matrix(data, sink)))


class _Vector:
    """The cells of a dataset of one dimension."""

    def __init__(self, data: h5py.Dataset) -> None:
        self.data = data
        self.plain = data.dtype.kind in _NUMBERS

    def __call__(self, first: int, after: int) -> Cells:
        """Return some."""
        return _cells(self.data, _part(self.data, first, after))


def _part(data: h5py.Dataset, first: int, after: int) -> Any:
    """Return some rows. Raises `Unsupported`: its filter is not here, or a part of it is too large."""
    chunk = math.prod(data.chunks or (1,)) * data.dtype.itemsize
    size = (after - first) * math.prod(data.shape[1:]) * data.dtype.itemsize
    if max(chunk, size) > bounds.CHILD_BLOCK:
        raise Unsupported
    plan = data.id.get_create_plist()
    for number in range(plan.get_nfilters()):
        if not h5py.h5z.filter_avail(plan.get_filter(number)[0]):
            raise Unsupported
    return data[first:after]


def _rows(data: Sequence[h5py.Dataset], width: int) -> int:
    """Return how many rows are read at once: whole chunks, so that each is decoded once."""
    rows = step(width)
    chunk = max([each.chunks[0] for each in data if each.chunks], default=1)
    return max(chunk, rows // chunk * chunk)


def _cells(data: h5py.Dataset, array: Any) -> Cells:
    """Return the cells of some values of a dataset."""
    words = h5py.check_enum_dtype(data.dtype)
    if words and data.dtype.kind in "iu":
        names = {number: name for name, number in words.items()}
        return [names.get(number, str(number)) for number in array.tolist()]
    if h5py.check_ref_dtype(data.dtype):
        return [""] * len(array)
    return of_array(array)


def _giver(length: int, columns: list[Column]) -> Callable[[Sink], None]:
    def give(sink: Sink) -> None:
        sets = [get.data for _name, get in columns if isinstance(get, _Vector)]
        rows = _rows(sets, len(columns))
        sink.give([name for name, _get in columns], _lossy(length, columns, rows, sink))

    return give


def _lossy(length: int, columns: list[Column], rows: int, sink: Sink) -> Iterator[list[Cells]]:
    """Yield blocks in which a column that cannot be read is empty."""
    for first in range(0, length, rows):
        after = min(length, first + rows)
        block = []
        for _name, get in columns:
            try:
                block.append(get(first, after))
            except Unsupported:
                sink.lose()
                block.append([""] * (after - first))
        yield block


def _matrix(data: h5py.Dataset, sink: Sink) -> None:
    width = data.shape[1] if paired(data) else math.prod(data.shape[1:])
    if width > bounds.CHILD_COLUMNS:
        sink.give([""], (), 0)
        raise Unsupported

    def blocks() -> Iterator[list[Cells]]:
        for first in range(0, data.shape[0], rows := _rows([data], width)):
            part = _part(data, first, min(data.shape[0], first + rows))
            part = part if paired(data) else part.reshape(len(part), width)
            if part.ndim > 2 or width <= len(part):
                yield [calls(part[:, at]) if part.ndim > 2 else _cells(data, part[:, at]) for at in range(width)]
            else:  # fewer arrays are made of it by its rows
                yield list(map(list, zip(*(_cells(data, row) for row in part), strict=True)))

    sink.give([""] * width, blocks(), bounds.CHILD_MATRIX if data.dtype.kind in _NUMBERS else bounds.CHILD_CELLS)


def _compound(data: h5py.Dataset, sink: Sink) -> None:
    """Give records; pandas keeps the names of the columns of its blocks in attributes, as a pickle whose texts are enough."""
    fields = list(leaves(data.dtype))
    header = [name for name, _take in fields]
    for field in data.dtype.names:
        at = [number for number, name in enumerate(header) if name == field]
        names = _listed(data.attrs.get(f"{field}_kind")) if data.dtype[field].subdtype else []
        if len(names) == len(at):
            for number, name in zip(at, names, strict=True):
                header[number] = name

    def blocks() -> Iterator[list[Cells]]:
        rows = _rows([data], len(fields))
        length = math.prod(data.shape)
        if len(data.shape) > 1:
            raise Unsupported
        for first in range(0, length, rows):
            part = np.atleast_1d(_part(data, first, min(length, first + rows)) if data.shape else data[()])
            yield [_timed(take(part), _text(data.attrs.get(f"{name}_dtype"))) for name, take in plain]

    plain = [(name, take) for name, take in fields]
    sink.give(header, blocks())


def _timed(array: Any, kind: str) -> Cells:
    """Return the cells of numbers that are dates in pandas, or of anything else."""
    if kind.startswith("datetime64[") and array.dtype.kind == "i" and array.dtype.itemsize == 8:
        unit = kind.partition("[")[2].partition("]")[0].partition(",")[0]
        if unit in {"ns", "us", "ms", "s"}:
            return of_array(np.ascontiguousarray(array).view(f"datetime64[{unit}]"))
    return of_array(array)


def _frame(members: dict[str, Any], sink: Sink) -> None:
    """Give a frame of pandas in its fixed format: blocks of columns of one type; texts in it are pickles, and lost."""
    labels = _part(members["axis0"], 0, len(members["axis0"]))
    index = members["axis1"]
    columns: dict[str, Callable[[int, int], Cells]] = {}
    for number in range(len(members)):
        items, values = members.get(f"block{number}_items"), members.get(f"block{number}_values")
        if items is None or values is None:
            break
        for at, name in enumerate(of_array(_part(items, 0, len(items)))):
            columns[name] = _of_block(values, at, len(index))
    header = of_array(labels)
    getters: list[Column] = [("", _Vector(index)), *((name, columns.get(name, _none)) for name in header)]
    rows = _rows([each for each in members.values() if isinstance(each, h5py.Dataset)], len(getters))
    sink.give(["", *header], _lossy(len(index), getters, rows, sink))


def _of_block(values: h5py.Dataset, at: int, length: int) -> Callable[[int, int], Cells]:
    def get(first: int, after: int) -> Cells:
        if len(values.shape) != 2 or values.shape[0] != length or values.dtype.kind not in "biufcS":
            raise Unsupported
        return _timed(_part(values, first, after)[:, at], _text(values.attrs.get("value_type")))

    return get


def _none(_first: int, _after: int) -> Cells:
    raise Unsupported


def _coded(group: h5py.Group) -> tuple[int, Callable[[int, int], Cells]] | None:
    """Return length and cells of a column that AnnData puts into a group: categories, or values with a mask."""
    kind = _text(group.attrs.get("encoding-type"))
    names = ("codes", "categories") if kind == "categorical" else ("values", "mask") if kind.startswith("nullable-") else ()
    links = [group.get(name, getlink=True) for name in names]
    if not names or not all(isinstance(link, h5py.HardLink) for link in links):
        return None
    first_set, second_set = group[names[0]], group[names[1]]
    if not all(
        isinstance(each, h5py.Dataset) and len(each.shape or ()) == 1 and not each.is_virtual and not each.external
        for each in (first_set, second_set)
    ):
        return None

    def get(first: int, after: int) -> Cells:
        values = _part(first_set, first, after)
        if kind != "categorical":
            missing = _part(second_set, first, after).tolist()
            return ["" if none else text for text, none in zip(_cells(first_set, values), missing, strict=True)]
        words = _cells(second_set, _part(second_set, 0, len(second_set)))
        return [words[code] if 0 <= code < len(words) else "" for code in values.tolist()]

    return len(first_set), get


def _text(value: Any) -> str:
    return shown(value) if isinstance(value, bytes) else value if isinstance(value, str) else ""


def _listed(value: Any) -> list[str]:
    """Return the texts of a pickle; its instructions are listed, none is carried out."""
    if not isinstance(value, bytes):
        return []
    try:
        return [found for code, found, _at in pickletools.genops(bytes(value)) if "UNICODE" in code.name and isinstance(found, str)]
    except Exception:  # noqa: BLE001 - whatever it is, it names no columns
        return []
