"""Datatypes and attributes of HDF5: members of compound types, and the lists of columns that libraries keep."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 256  # bytes of a name
_DEPTH = 16  # types in types
_FIXED = {0: 4, 1: 12, 2: 2, 3: 0, 4: 4, 7: 0}  # bytes of properties, by class
_TEXT, _OPAQUE, _COMPOUND, _ENUM, _VARIABLE, _ARRAY = 3, 5, 6, 8, 9, 10
_COLUMNS = re.compile(rb"column-order|data_columns|non_index_axes|values_block_\d+_kind")  # of AnnData and pandas


class Reader:
    """A cursor between two places. Raises `ValueError`."""

    def __init__(self, data: bytes, at: int, end: int | None = None) -> None:
        self.data, self.at = data, at
        self.end = len(data) if end is None else min(end, len(data))

    def left(self) -> int:
        """Return how many bytes there are."""
        return self.end - self.at

    def skip(self, size: int) -> None:
        """Go on."""
        self.at += size

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        begin = self.at
        if begin < 0 or begin + size > self.end:
            raise ValueError("beyond the end")
        self.at += size
        return self.data[begin : self.at]

    def number(self, size: int) -> int:
        """Return a number without sign."""
        return int.from_bytes(self.take(size), "little")

    def name(self, step: int) -> bytes:
        """Return a text that ends at a zero byte, filled up to a multiple of `step`."""
        stop = self.data.find(b"\0", self.at, self.end)
        if stop < 0:
            raise ValueError("no end of a name")
        begin = self.at
        self.at += (stop - begin) // step * step + step
        return self.data[begin:stop]


def members(message: Reader) -> tuple[list[bytes], int]:
    """Return the names of a compound type, inner ones with dots, and the size of a text of fixed length, or 0."""
    names: list[bytes] = []
    kind, size = _type(message, b"", 0, names)
    return names, size if kind == _TEXT else 0


def _type(data: Reader, path: bytes, depth: int, names: list[bytes]) -> tuple[int, int]:
    """Pass over a type; return its class and size."""
    if depth > _DEPTH:
        raise ValueError("too deep")
    version, kind = divmod(data.number(1), 16)
    bits, size = data.number(3), data.number(4)
    if kind in _FIXED:
        data.take(_FIXED[kind])
    elif kind == _OPAQUE:
        data.take(bits & 0xFF)
    elif kind == _COMPOUND:
        for _member in range(bits & 0xFFFF):
            _member_of(data, version, size, path, depth, names)
    elif kind == _ENUM:
        _base, width = _type(data, path, depth + 1, [])
        for _each in range(bits & 0xFFFF):
            data.name(8 if version < 3 else 1)
        data.take(width * (bits & 0xFFFF))
    elif kind in {_VARIABLE, _ARRAY}:
        if kind == _ARRAY:
            count = data.number(1)
            data.take(3 + 8 * count if version < 3 else 4 * count)
        _type(data, path, depth + 1, names)
    else:
        raise ValueError("no such class")
    return kind, size


def _member_of(  # noqa: PLR0913, PLR0917 - what a walk hands on
    data: Reader, version: int, size: int, path: bytes, depth: int, names: list[bytes]
) -> None:
    name = (path + data.name(8 if version < 3 else 1))[:_LONGEST]
    names.append(name)
    data.take(4 if version < 3 else max(1, (size.bit_length() + 7) // 8))
    if version == 1:
        data.take(28)
    _type(data, name + b".", depth + 1, names)


def columns(message: Reader, text: Callable[[int, int], bytes], offset: int) -> list[bytes]:
    """Return the columns that an attribute lists; `text` finds one by an address of `offset` bytes and a number."""
    version, shared = message.number(1), message.number(1)
    lengths = [message.number(2) for _part in range(3)]
    message.skip(1 if version > 2 else 0)
    name, form, _space = (message.take((length + 7) // 8 * 8 if version == 1 else length) for length in lengths)
    if (shared and version > 1) or not _COLUMNS.fullmatch(name.rstrip(b"\0")):
        return []
    kind, size = _type(Reader(form, 0), b"", 0, [])
    found = []
    if kind == _VARIABLE:
        while message.left() >= 8 + offset:
            message.skip(4)
            found.append(text(message.number(offset), message.number(4)))
    elif kind == _TEXT and size:
        value = message.take(message.left())
        if value.startswith((b"(l", b"\x80", b"]")):
            return _of_pickle(value)
        found = [value[at : at + size].rstrip(b"\0 ") for at in range(0, len(value), size)]
    return [each[:_LONGEST] for each in found]


def _of_pickle(value: bytes) -> list[bytes]:
    """Return the texts in a pickle, by its opcodes. Nothing is unpickled."""
    import pickletools  # noqa: PLC0415 - few files have one

    found = []
    try:
        for opcode, argument, _at in pickletools.genops(value):
            if isinstance(argument, str) and opcode.name.endswith(("UNICODE", "STRING", "UNICODE8")):
                found.append(argument.encode("utf-8", "replace")[:_LONGEST])
    except (ValueError, OverflowError):  # cut
        pass
    return found
