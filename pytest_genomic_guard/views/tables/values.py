"""What reads values with a library that parses in C: a process of its own, started by `child` as a module, fed and heard by pipes.

It imports the library, then waits. Each file gets a process forked from it, which takes its limits, reads the file from its input
and gives its tables: see `isolation`. In: `MORE` and its pieces, each with its length before it, and an empty one at the end. Out:
records of a letter, a length and that many bytes.
"""

from __future__ import annotations

import struct
import sys
import warnings
from functools import partial
from importlib import import_module

from pytest_genomic_guard.isolation import limits
from pytest_genomic_guard.views import bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

READERS = {
    "Parquet": "by_arrow",
    "Feather": "by_arrow",
    "Arrow": "by_arrow",
    "HDF5": "by_hdf5",
    "npy": "by_numpy",
    "npz": "by_numpy",
    "SAS7BDAT": "by_readstat",
    "SAS XPORT": "by_readstat",
    "SPSS": "by_readstat",
    "Stata": "by_readstat",
    "RDS": "by_r",
    "RData": "by_r",
    "PDF": "by_pdf",
}
_CODECS = (
    "ascii",
    "cp437",
    "latin_1",
    "raw_unicode_escape",
    "unicode_escape",
    "utf_16_be",
    "utf_16_le",
)  # imported when used, else
_TABLES_OF_CODES = "by_readstat"  # its library converts texts by the system's tables, which it must open
READY, TABLE, ROWS, END, FAILED, DONE = b"RTBEF."
CELL, ROW = "\x1f", "\x1e"  # between the cells of a row, between rows
HEADER = struct.Struct("<BI")
LENGTH = struct.Struct("<I")


class Unsupported(Exception):  # noqa: N818 - a state of the input
    """The library does not read it, though nothing need be wrong with it."""


class _Full(Exception):  # noqa: N818 - ends the giving of rows
    """No more rows may be given."""


class Sink:
    """Takes tables and sends them on, up to the bounds."""

    def __init__(self, out: BinaryIO) -> None:
        """Write to `out`."""
        self._out = out
        self._cells, self._bytes = bounds.CHILD_CELLS, bounds.CHILD_OUTPUT
        self._lost = False
        self.tables = 0

    def lose(self) -> None:
        """Say that something of the table that is being given cannot be read."""
        self._lost = True

    def give(self, header: Sequence[str], rows: Iterable[list[list[str]]], most: int = bounds.CHILD_CELLS) -> None:
        """Send a table: the names of its columns and its cells, block by block, each a list of columns."""
        width = min(len(header), bounds.CHILD_COLUMNS)
        if not width:
            return
        if self.tables >= bounds.CHILD_TABLES:
            raise Unsupported
        self.tables += 1
        longest = max(256, bounds.CHILD_RECORD // 5 // width)  # characters of a name
        self._lost = width < len(header)
        self._send(TABLE, CELL.join(_clean(name[:longest]) for name in header[:width]).encode("utf-8", "replace"))
        try:
            self._rows(rows, width, most)
        except (Unsupported, _Full):
            self._lost = True
        except BaseException:
            self._send(END, b"0")
            raise
        self._send(END, b"0" if self._lost else b"1")

    def _rows(self, rows: Iterable[list[list[str]]], width: int, most: int) -> None:
        most = min(most, self._cells)
        for block in rows:
            count = min(len(block[0]), most // width)
            most -= count * width
            self._cells -= count * width
            if count:
                self._block([column[:count] for column in block[:width]], count)
            if count < len(block[0]):
                raise _Full

    def _block(self, columns: list[list[str]], count: int) -> None:
        text = ROW.join(map(CELL.join, zip(*columns, strict=True)))
        if text.count(CELL) != count * (len(columns) - 1) or text.count(ROW) != count - 1:
            text = ROW.join(CELL.join(map(_clean, row)) for row in zip(*columns, strict=True))
        data = text.encode("utf-8", "replace")
        if len(data) <= bounds.CHILD_RECORD:
            self._bytes -= len(data)
            if self._bytes < 0:
                raise _Full
            self._send(ROWS, data)
        elif count > 1:
            self._block([column[: count // 2] for column in columns], count // 2)
            self._block([column[count // 2 :] for column in columns], count - count // 2)
        else:  # one row: what is too long of its cells is cut
            self._lost = True
            most = bounds.CHILD_RECORD // 5 // len(columns)  # characters: one takes four bytes at most, one more divides cells
            self._block([[column[0][:most]] for column in columns], 1)

    def _send(self, kind: int, data: bytes = b"") -> None:
        self._out.write(HEADER.pack(kind, len(data)) + data)

    def finish(self, failure: str = "") -> None:
        """Send how it ended."""
        self._send(FAILED if failure else DONE, failure.encode())
        self._out.flush()


def _clean(text: str) -> str:
    return text.replace(CELL, "\ufffd").replace(ROW, "\ufffd")


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise SystemExit(1)  # whoever asked is gone
    return data


def _received(pipe: BinaryIO) -> bytes:
    parts: list[bytes] = []
    left = bounds.HELD
    while size := LENGTH.unpack(_exactly(pipe, LENGTH.size))[0]:
        left -= size
        if left < 0:
            raise SystemExit(1)
        parts.append(_exactly(pipe, size))
    return b"".join(parts)


def _serve(kind: str, pipe: BinaryIO, out: BinaryIO) -> None:
    """Read one file and send its tables. Of an error only a word is told: its text may quote a value."""
    reader = import_module(f"pytest_genomic_guard.views.tables.{READERS[kind]}")
    limits.limit(bounds.CHILD_SECONDS, bounds.CHILD_MEMORY, 64 if READERS[kind] == _TABLES_OF_CODES else 0)
    data = _received(pipe)
    sink = Sink(out)
    failure = ""
    try:
        reader.read(data, kind, sink)
    except Unsupported:
        sink.give(("",), _nothing(sink))
    except Exception:  # noqa: BLE001 - whatever a library raises of damaged content
        failure = "corrupt"
    sink.finish(failure)


def _nothing(sink: Sink) -> Iterable[list[list[str]]]:
    """Yield no rows of a table that says so: more is there than was read."""
    sink.lose()
    yield from ()


def main(kind: str) -> int:
    """Serve files until the input ends, each in a process of its own."""
    warnings.simplefilter("ignore")
    pipe, out = sys.stdin.buffer, sys.stdout.buffer
    for name in _CODECS:
        import_module(f"encodings.{name}")
    if READERS[kind] != "by_r":  # whose library cannot do without
        limits.without_pandas()
    import_module(f"pytest_genomic_guard.views.tables.{READERS[kind]}")
    limits.watch()
    out.write(HEADER.pack(READY, 0))
    out.flush()
    return limits.serve(partial(_serve, kind, pipe, out))


if __name__ == "__main__":
    from pytest_genomic_guard.views.tables import values  # noqa: PLW0406 - the readers know it by this name, and its exceptions with it

    raise SystemExit(values.main(sys.argv[1]))
