"""What the process that decodes rows and the one that asks it say to each other: records, and raw columns as plain bytes.

A record is a letter, a length and that many bytes. A block of rows is how many there are, then each column: a letter, whether
some rows have no value and which, and the values: numbers as they lie in memory; lengths and utf-8 for texts; codes, and the
values that they stand for. Nothing in it is an object that is made by what it says.
"""

from __future__ import annotations

import struct

from pytest_genomic_guard.evidence.rowcells import Coded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

READY, MISSING, HEADER, ASK, BLOCK, DONE, FAILED = b"RNHAB.F"
HEAD = struct.Struct("<BI")
LENGTH = struct.Struct("<I")
PLACE = struct.Struct("<QI")  # of what is asked for: where it begins, and how many bytes
PIECE = 4 << 20  # bytes of the file that are asked for at once
FRAME = 64 << 20  # bytes of a record
CELL = 16 << 20  # bytes of a text
MEMORY = 4 << 30  # bytes of addresses that the process may have, where the system can limit them
NUMBERS = dict(zip(b"?bBhHiIlLefd", ("?", "i1", "u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"), strict=True))
CODES, TEXTS, BYTES, OTHERS = b"CTYO"


class TooLong(Exception):  # noqa: N818 - ends a file
    """A cell is longer than it may be, or a row than a record."""


class Other:
    """Stands for a value that is neither a number nor a text."""


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of columns. Raises `ValueError`."""
    part = _Part(data)
    found = part.texts(part.whole(), text=True)
    part.end()
    return tuple(found)


def named(given: Iterable[bytes]) -> bytes:
    """Return names of columns as the bytes that `names` reads."""
    each = list(given)
    return b"".join([LENGTH.pack(len(each)), *(LENGTH.pack(len(name)) for name in each), *each])


def block(data: bytes, columns: int) -> tuple[int, list[Any]]:
    """Return how many rows there are, and raw columns. Raises `ValueError` for what is no block."""
    part = _Part(data)
    rows = part.whole()
    found = [part.column(rows) for _ in range(columns)]
    part.end()
    return rows, found


class _Part:
    """Bytes that are read from their beginning, and never beyond their end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def column(self, rows: int) -> Any:
        """Return a raw column."""
        import numpy as np  # noqa: PLC0415 - evidence is read for gates alone

        if self._data[self._at : self._at + 1] != bytes((CODES,)):
            return self._cells(rows)
        self._at += 1
        codes = self._numbers("<i4", rows)
        values = self._cells(self.whole())
        if rows and not -1 <= int(codes.min()) <= int(codes.max()) < len(values):
            raise ValueError
        return Coded(codes=codes, values=values.tolist() if isinstance(values, np.ndarray) else values)

    def _cells(self, count: int) -> Any:
        """Return an array, or a list where one has no value or all are no numbers."""
        letter, absent = self._numbers("u1", 2).tolist()
        gone = self._numbers("u1", count).astype(bool) if absent else None
        if letter in NUMBERS:
            given = self._numbers("u1", count) != 0 if letter == ord("?") else self._numbers(NUMBERS[letter], count)
            if gone is None:
                return given
            cells = given.tolist()
        elif letter == OTHERS:
            cells = [Other()] * count
        elif letter in {TEXTS, BYTES}:
            cells = self.texts(count, text=letter == TEXTS)
        else:
            raise ValueError
        return cells if gone is None else [None if out else cell for cell, out in zip(cells, gone.tolist(), strict=True)]

    def texts(self, count: int, *, text: bool) -> list[Any]:
        """Return texts, or bytes."""
        import numpy as np  # noqa: PLC0415 - as above

        ends = self._numbers("<u4", count).cumsum(dtype=np.int64).tolist()
        data = self._taken(ends[-1] if ends else 0)
        begins = [0, *ends[:-1]]
        if text and data.isascii():
            whole = data.decode("ascii")
            return [whole[begin:end] for begin, end in zip(begins, ends, strict=True)] if ends else []
        cells = [data[begin:end] for begin, end in zip(begins, ends, strict=True)] if ends else []
        return [cell.decode() for cell in cells] if text else cells

    def whole(self) -> int:
        """Return the next length."""
        return int(LENGTH.unpack(self._taken(LENGTH.size))[0])

    def end(self) -> None:
        """Raise `ValueError` where more is left."""
        if self._at != len(self._data):
            raise ValueError

    def _numbers(self, kind: str, count: int) -> Any:
        import numpy as np  # noqa: PLC0415 - as above

        dtype = np.dtype(kind)
        begin = self._skipped(count * dtype.itemsize)
        return np.frombuffer(self._data, dtype, count, begin) if count else np.zeros(0, dtype)

    def _taken(self, size: int) -> bytes:
        begin = self._skipped(size)
        return self._data[begin : begin + size]

    def _skipped(self, size: int) -> int:
        begin = self._at
        if size > len(self._data) - begin:
            raise ValueError
        self._at += size
        return begin
