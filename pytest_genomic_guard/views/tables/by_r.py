"""Objects that R saved, by the parser of rdata; its conversion, which builds objects, is not used. Runs in the child process alone.

Vectors of one length that stand in one list are one table, which is what a data frame is; matrices are tables of their own. Of the
attributes of a vector, its names, dimensions, levels and class are read.
"""

from __future__ import annotations

import math
import struct
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import rdata.parser
from rdata.parser import RObject, RObjectInfo, RObjectType, _ascii, _binary, _xdr

from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.cells import blocks, by_length, of_array
from pytest_genomic_guard.views.tables.values import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.views.tables.cells import Cells, Column
    from pytest_genomic_guard.views.tables.values import Sink

_FORMS = (_ascii, _binary, _xdr)  # imported when used, else, and then no file can be opened
_STARTS = (b"RD", b"X\n", b"A\n", b"A\r\n", b"B\n")  # what is compressed is unpacked, and counted, by who asks
_ATOMS = {"LGL", "INT", "REAL", "CPLX", "STR", "RAW"}
_LISTS = {"VEC", "EXPR"}
_PAIRS = {"LIST", "LANG", "ATTRLANG", "ATTRLIST", "DOTS"}
_DAY = 86_400
_TEXT, _TEXT_BITS = 9, 0x2FF  # of an item's flags: the kind of a text, and the bits of kinds and of attributes


def read(data: bytes, kind: str, sink: Sink) -> None:
    """Give the tables of all objects in a file."""
    if not data.startswith(_STARTS):
        raise ValueError("compressed")
    sys.setrecursionlimit(20_000)
    try:
        parsed = rdata.parser.parse_data(data, extension=".rds" if kind == "RDS" else ".rda")
    except NotImplementedError:
        raise Unsupported from None
    walk = _Walk(sink)
    walk.visit(parsed.object)
    if walk.lost:
        raise Unsupported


def _vector(parser: Any, references: Any, repeated: Any = None) -> list[Any]:
    """Return the items of a vector as the library does, which takes twenty times as long for each text, and keeps each anew."""
    data, count = parser.file.getvalue(), parser.parse_int()
    unpack = struct.Struct(getattr(parser, "byteorder", ">") + "ii").unpack_from
    at, found, known = parser.file.tell(), list[Any](), dict[bytes, Any]()
    for _item in range(count):
        flags, size = unpack(data, at) if at + 8 <= len(data) else (0, 0)
        if flags & _TEXT_BITS != _TEXT or size < 0:
            parser.file.seek(at)
            found.append(parser.parse_R_object(references, repeated))
            at = parser.file.tell()
            continue
        text = data[at + 8 : at + 8 + size]
        at += 8 + size
        if (item := known.get(text)) is None:
            kind = RObjectInfo(type=RObjectType.CHAR, object=False, attributes=False, tag=False, gp=0, reference=0)
            item = known[text] = RObject(info=kind, tag=None, attributes=None, value=text, referenced_object=None)
        found.append(item)
    parser.file.seek(at)
    return found


for _form in (_binary.ParserBinary, _xdr.ParserXDR):
    _form._parse_vector_value = _vector  # type: ignore[assignment]  # noqa: SLF001 - the library has no place for it


class _Walk:
    """All objects in an object, each once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._seen: set[int] = set()
        self.lost = False

    def visit(self, root: Any) -> None:
        """Give the tables in an object."""
        pending = [("", root, 0)]
        while pending:
            name, each, depth = pending.pop()
            inner = self._one(name, each) if each is not None else []
            if depth >= bounds.CHILD_LEVELS:
                self.lost |= bool(inner)
            else:
                pending += [(label, item, depth + 1) for label, item in reversed(inner)]

    def _one(self, name: str, each: Any) -> list[tuple[str, Any]]:
        """Give what an object holds itself; return the objects in it."""
        if each.info.type.name == "REF":
            return []  # met where it stands
        if id(each) in self._seen:
            return []
        if len(self._seen) >= bounds.CHILD_NODES:
            self.lost = True
            return []
        self._seen.add(id(each))
        if each.info.type.name in _ATOMS:
            self._vector(name, each)
            return []
        attributes = _attributes(each)
        members = list(_members(each, attributes))
        vectors: list[tuple[int, Column]] = []
        inner = []
        for label, item in members:
            if item is not None and item.info.type.name in _ATOMS and "dim" not in (given := _attributes(item)):
                vectors.append((len(item.value), (label, _getter(item, given))))
            else:
                inner.append((label, item))
        labels = attributes.pop("row.names", None)
        if vectors and labels is not None and labels.info.type.name == "STR":
            vectors.insert(0, (len(labels.value), ("", _getter(labels, {}))))
        for length, columns in by_length(vectors):
            self._sink.give([label for label, _get in columns], blocks(length, columns))
        return inner + [
            (label, item) for label, item in attributes.items() if label not in {"names", "class", "levels", "dim", "package"}
        ]

    def _vector(self, name: str, each: Any) -> None:
        """Give a vector, or a matrix with the names of its rows and columns."""
        given = _attributes(each)
        shape = [int(size) for size in given["dim"].value] if "dim" in given else []
        if len(shape) != 2 or math.prod(shape) != len(each.value) or shape[1] > bounds.CHILD_COLUMNS:
            found: list[Column] = [(name, _getter(each, given))]
            names = _named(given.get("names"))
            if len(names) == len(each.value):
                found.insert(0, ("", _slicer(names)))
            self._sink.give([label for label, _get in found], blocks(len(each.value), found))
            self.lost |= len(shape) > 1 and shape[1] > bounds.CHILD_COLUMNS
            return
        get = _getter(each, given)
        labels = [item for _name, item in _members(given["dimnames"], {})] if "dimnames" in given else []
        rows, columns = [*map(_named, labels), [], []][:2]
        header = columns if len(columns) == shape[1] else [""] * shape[1]
        found = [(label, _part(get, at * shape[0])) for at, label in enumerate(header)]
        if len(rows) == shape[0]:
            found.insert(0, ("", _slicer(rows)))
        self._sink.give([label for label, _get in found], blocks(shape[0], found))


def _slicer(texts: list[str]) -> Callable[[int, int], Cells]:
    return lambda first, after: texts[first:after]


def _part(get: Callable[[int, int], Cells], start: int) -> Callable[[int, int], Cells]:
    return lambda first, after: get(start + first, start + after)


def _members(each: Any, attributes: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the objects in a list of any kind, with their names."""
    kind = each.info.type.name
    if kind in _LISTS:
        names = _named(attributes.get("names"))
        for at, item in enumerate(each.value):
            yield names[at] if at < len(names) else "", item
    elif kind in _PAIRS:
        for _count in range(bounds.CHILD_NODES):
            if each is None or each.info.type.name not in _PAIRS or not isinstance(each.value, tuple):
                return
            yield _symbol(each.tag), each.value[0]
            each = each.value[1]
    elif kind == "ENV":
        value = each.value
        yield "", value.frame
        for item in getattr(value.hash_table, "value", None) or ():
            yield "", item
    elif kind == "CLO" and isinstance(each.value, tuple):
        for item in each.value:
            yield "", item


def _attributes(each: Any) -> dict[str, Any]:
    pairs = each.attributes
    return {name: item for name, item in _members(pairs, {}) if item is not None} if pairs is not None else {}


def _symbol(tag: Any) -> str:
    for _step in range(3):
        if tag is None:
            return ""
        if tag.info.type.name == "REF":
            tag = tag.referenced_object
        elif tag.info.type.name == "SYM":
            tag = tag.value
        else:
            break
    return _string(tag) if tag is not None and tag.info.type.name == "CHAR" else ""


def _string(char: Any) -> str:
    value = char.value
    if value is None:
        return ""
    try:
        return str(value.decode())
    except UnicodeDecodeError:
        return str(value.decode("latin-1"))


def _named(each: Any) -> list[str]:
    return [_string(item) for item in each.value] if each is not None and each.info.type.name == "STR" else []


def _getter(each: Any, given: dict[str, Any]) -> Callable[[int, int], Cells]:
    """Return what gives the cells of a vector: words of a factor, dates, and nothing where R has NA."""
    kind, value = each.info.type.name, each.value
    classes = _named(given.get("class"))
    levels = _named(given.get("levels"))

    def cells(first: int, after: int) -> Cells:
        part = value[first:after]
        if kind == "STR":
            return [_string(item) for item in part]
        missing = np.ma.getmaskarray(part) if isinstance(part, np.ma.MaskedArray) else None
        part = np.ma.getdata(part)
        if part.dtype.kind == "f":
            missing = np.isnan(part)
        if "factor" in classes:
            texts = [levels[int(code) - 1] if 0 < code <= len(levels) else "" for code in part.tolist()]
        elif classes and classes[0] in {"Date", "POSIXct"}:
            texts = _dates(part, missing, 1 if "POSIXct" in classes else _DAY)
        else:
            texts = of_array(part)
        return texts if missing is None else ["" if none else text for text, none in zip(texts, missing.tolist(), strict=True)]

    return cells


def _dates(part: Any, missing: Any, seconds: int) -> Cells:
    values = np.where(missing, 0, part) if missing is not None else part
    values = np.clip(values.astype("f8") * seconds, -1e14, 1e14)
    return of_array((np.round(values * 1000)).astype("i8").view("datetime64[ms]"))
