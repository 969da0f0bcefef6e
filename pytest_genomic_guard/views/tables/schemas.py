"""Names of columns in binary tables whose values need a library: plain bytes there, whatever the compression of the values."""

from __future__ import annotations

import re
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST = 1 << 20  # names
_STEPS = 1 << 22  # fields of a structure that are passed over
_DTYPE = re.compile(rb"\(\s*(?:\(\s*(?:'(?:[^'\\]|\\.)*+'|\"[^\"]*+\")\s*,\s*)?(?:'((?:[^'\\]|\\.)*+)'|\"([^\"]*+)\")\s*\)?\s*,")


class _Bytes:
    """A cursor that never leaves its bytes. Raises `ValueError`."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at, self.steps = data, at, 0

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        if size < 0 or self.at + size > len(self.data):
            raise ValueError("beyond the end")
        self.at += size
        return self.data[self.at - size : self.at]

    def varint(self) -> int:
        """Return a number in base 128."""
        value = shift = 0
        while shift < 70:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
        raise ValueError("no number")


def read(kind: str, head: bytes, tail: bytes) -> tuple[str, ...]:
    """Return the names of columns, datasets or arrays by format; none when they do not lie in `head` and `tail`."""
    reader = _READERS.get(kind)
    if reader is None:
        return ()
    try:
        return tuple(reader(head, tail)[:_MOST])
    except (ValueError, IndexError, struct.error):
        return ()


def _npy(head: bytes, _tail: bytes) -> list[str]:
    """Fields of a structured array (NEP 1)."""
    if not head.startswith(b"\x93NUMPY"):
        return []
    size = struct.unpack_from("<H" if head[6] == 1 else "<I", head, 8)[0]
    text = head[10 if head[6] == 1 else 12 :][:size]
    codec = "utf-8" if head[6] > 2 else "latin-1"
    return [(found[1] or found[2] or b"").decode(codec, "replace") for found in _DTYPE.finditer(text)]


def _npz(_head: bytes, tail: bytes) -> list[str]:
    """Arrays of an archive: its members, by the central directory (APPNOTE 4.3.12)."""
    names: list[str] = []
    at = tail.find(b"PK\1\2")
    while at >= 0 and tail.startswith(b"PK\1\2", at):
        length, extra, comment = struct.unpack_from("<HHH", tail, at + 28)
        names.append(tail[at + 46 : at + 46 + length].decode("utf-8", "replace").removesuffix(".npy"))
        at += 46 + length + extra + comment
    return names


def _parquet(_head: bytes, tail: bytes) -> list[str]:
    """Leaves of the schema in the footer (parquet.thrift, compact protocol), nested ones with dots."""
    if not tail.endswith(b"PAR1") or len(tail) < 12:
        return []
    size = struct.unpack_from("<I", tail, len(tail) - 8)[0]
    if size > len(tail) - 8:
        return []
    footer = _Bytes(tail[len(tail) - 8 - size : -8])
    field = 0
    while True:
        field, kind = _field(footer, field)
        if not kind:
            return []
        if field == 2 and kind == 9:
            break
        _skip(footer, kind)
    open_groups: list[tuple[str, int]] = []
    names: list[str] = []
    for _element in range(min(_list(footer)[0], _MOST)):
        name, children = _element_of(footer)
        while open_groups and not open_groups[-1][1]:
            open_groups.pop()
        prefix = open_groups[-1][0] if open_groups else None
        if open_groups:
            open_groups[-1] = (open_groups[-1][0], open_groups[-1][1] - 1)
        path = "" if prefix is None else f"{prefix}.{name}"[:4096] if prefix else name
        if children or prefix is None:
            open_groups.append((path, children))
        else:
            names.append(path)
    return names


def _field(data: _Bytes, last: int) -> tuple[int, int]:
    """Return number and type of the next field of a struct; type 0 at its end."""
    byte = data.take(1)[0]
    kind = byte & 15
    if not byte >> 4 and kind:
        number = data.varint()
        return (number >> 1) ^ -(number & 1), kind
    return last + (byte >> 4), kind


def _list(data: _Bytes) -> tuple[int, int]:
    byte = data.take(1)[0]
    return (data.varint() if byte >> 4 == 15 else byte >> 4), byte & 15


def _skip(data: _Bytes, kind: int) -> None:
    """Pass over a value of any depth."""
    pending = [kind]
    while pending:
        data.steps += 1
        if data.steps > _STEPS:
            raise ValueError("too many fields")
        kind = pending.pop()
        if kind in {3, 7}:
            data.take(1 if kind == 3 else 8)
        elif kind in {4, 5, 6}:
            data.varint()
        elif kind == 8:
            data.take(data.varint())
        elif kind == 12:
            inner = _field(data, 0)[1]
            pending += [12, inner] if inner else []
        elif kind in {9, 10}:
            count, inner = _list(data)
            if count > len(data.data):
                raise ValueError("more than there is")
            pending += [3 if inner in {1, 2} else inner] * count
        elif kind > 12 or kind == 11:
            raise ValueError("not in a schema")


def _element_of(data: _Bytes) -> tuple[str, int]:
    name, children, field = "", 0, 0
    while True:
        field, kind = _field(data, field)
        if not kind:
            return name, children
        if field == 4 and kind == 8:
            name = data.take(data.varint()).decode("utf-8", "replace")
        elif field == 5 and kind == 5:
            children = data.varint() >> 1
        else:
            _skip(data, kind)


class _Flat:
    """Tables of a flatbuffer."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def number(self, form: str, at: int) -> int:
        """Return a number of the given form."""
        if at < 0:
            raise ValueError("before the start")
        found: int = struct.unpack_from(form, self.data, at)[0]
        return found

    def field(self, table: int, index: int) -> int:
        """Return the offset of a field, 0 when it is not there."""
        vtable = table - self.number("<i", table)
        at = 4 + 2 * index
        offset = self.number("<H", vtable + at) if at < self.number("<H", vtable) else 0
        return table + offset if offset else 0

    def follow(self, at: int) -> int:
        """Return where a reference leads; 0 when there is none."""
        return at + self.number("<I", at) if at else 0

    @property
    def root(self) -> int:
        """Return where the outermost table is."""
        return self.number("<I", 0)

    def texts(self, vector: int, index: int) -> list[str]:
        """Return one text field of each table in a vector."""
        count = min(self.number("<I", vector), len(self.data) // 4) if vector else 0
        found = []
        left = len(self.data)
        for each in range(min(count, _MOST)):
            at = self.follow(self.field(self.follow(vector + 4 + 4 * each), index))
            text = self.data[at + 4 : at + 4 + self.number("<I", at)] if at else b""
            left -= len(text)
            if left < 0:
                raise ValueError("texts overlap")
            found.append(text.decode("utf-8", "replace"))
        return found


def _arrow(head: bytes, _tail: bytes) -> list[str]:
    """Fields of the schema message that begins an IPC file (Message.fbs, Schema.fbs)."""
    at = 8 if head.startswith(b"ARROW1") else 0
    if head[at : at + 4] == b"\xff\xff\xff\xff":
        at += 4
    size = struct.unpack_from("<i", head, at)[0]
    flat = _Flat(head[at + 4 : at + 4 + size])
    message = flat.root
    kind = flat.field(message, 1)
    if not kind or flat.data[kind] != 1:
        return []
    schema = flat.follow(flat.field(message, 2))
    return flat.texts(flat.follow(flat.field(schema, 1)), 0)


def _feather(head: bytes, tail: bytes) -> list[str]:
    """Columns in the footer of Feather's first version (feather.fbs)."""
    if head.startswith(b"ARROW1"):
        return _arrow(head, tail)
    if not tail.endswith(b"FEA1"):
        return []
    size = struct.unpack_from("<I", tail, len(tail) - 8)[0]
    flat = _Flat(tail[max(0, len(tail) - 8 - size) : -8])
    return flat.texts(flat.follow(flat.field(flat.root, 2)), 0)


def _hdf5(head: bytes, _tail: bytes) -> list[str]:
    """Return groups, datasets and members."""
    from pytest_genomic_guard.views.tables.hdf5 import read as names  # noqa: PLC0415 - one format of many

    return names(head)


def _r(head: bytes, _tail: bytes) -> list[str]:
    """Return columns and variables in what R serialised."""
    from pytest_genomic_guard.views.tables.rdata import read as names  # noqa: PLC0415 - as above

    return names(head)


def _statistics(kind: str) -> Callable[[bytes, bytes], list[str]]:
    """Return a reader of variables in files of SAS, SPSS or Stata."""

    def names(head: bytes, _tail: bytes) -> list[str]:
        from pytest_genomic_guard.views.tables.stats import read as schema  # noqa: PLC0415 - as above

        return schema(kind, head).names

    return names


_READERS: Mapping[str, Callable[[bytes, bytes], list[str]]] = {
    "npy": _npy,
    "npz": _npz,
    "Parquet": _parquet,
    "Arrow": _arrow,
    "Feather": _feather,
    "HDF5": _hdf5,
    "RDS": _r,
    "RData": _r,
    **{kind: _statistics(kind) for kind in ("SAS7BDAT", "SAS XPORT", "SPSS", "Stata")},
}
