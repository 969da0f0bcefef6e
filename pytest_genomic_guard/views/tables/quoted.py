"""Records whose cells are quoted.

The scanner here reads them all. What the csv module, or a plain split, provably reads as it does is left to them, as the faster.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice, repeat

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.plain import NOTE, Measure, Plain, blocks, has_notes, measured
from pytest_genomic_guard.views.tables.scanner import Dialect, of
from pytest_genomic_guard.views.tables.table import COLUMNS, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from pytest_genomic_guard.views.tables.table import Numbered, Row

    Parsed = tuple[int, list[str], bool]  # offset, cells, and whether the quoting is odd

    class _Reader(Protocol):
        """A reader of the csv module."""

        line_num: int

        def __iter__(self) -> Iterator[list[str]]: ...


_KEPT = 1 << 21  # bytes of a text whose rows are kept once they are read
_STEP = 1 << 13  # bytes whose lines are split together: few of them may be asked for
_CELL, _RECORD = b"\x1f", b"\x1e"  # in place of what stands between quoted cells and records
_BLANK_LINE = regex(rb"\n[ \t\v\f]++\r?(?:\n|\Z)")


def records(data: bytes, dialect: Dialect, start: int = 0, end: int | None = None) -> Iterator[Parsed]:
    """Yield the records of a text that are not empty, each with its offset."""
    end = len(data) if end is None else end
    if not dialect.quote and not dialect.escape:
        yield from _unquoted(data, dialect.delimiter.decode(), start, end)
        return
    scanner, delimiter = of(dialect), dialect.delimiter.decode()
    at = start
    while at < end:
        stop = min(line_end(data, at), end)
        line = data[at:stop]
        escaped = bool(dialect.escape) and dialect.escape in line
        if escaped or (dialect.quote and dialect.quote in line):
            cells = None if escaped else scanner.line(line)
            odd = False
            if cells is None:
                cells, stop, odd = scanner.record(data, at, end)
            yield at, cells, odd
        elif line.strip():
            cells = line.removesuffix(b"\r").decode("utf-8", "replace").split(delimiter, COLUMNS)
            yield at, cells, len(cells) > COLUMNS
        at = stop + 1


def _unquoted(data: bytes, delimiter: str, start: int, end: int) -> Iterator[Parsed]:
    """Yield the same of a text without quotes, where a line is a record: some lines are split together."""
    for low, high in blocks(data, start, end, _STEP):
        at = low
        for line in data[low:high].split(b"\n"):
            if line.strip():
                cells = line.removesuffix(b"\r").decode("utf-8", "replace").split(delimiter, COLUMNS)
                yield at, cells, len(cells) > COLUMNS
            at += len(line) + 1


def simple(data: bytes, dialect: Dialect, start: int, end: int) -> bool:
    """Tell whether the csv module reads a text as the scanner does, if it reads it without an error.

    It must quote only where a cell begins, for it would keep blanks before a quote; end its lines in one way only; and have no line
    of blanks alone, which is no record to us.
    """
    quote, delimiter = dialect.quote, dialect.delimiter
    if not quote or dialect.escape or data.find(b"\0", start, end) >= 0:
        return False
    if data.count(b"\r", start, end) != data.count(b"\r\n", start, end):
        return False
    if data.find(b" " + quote, start, end) >= 0 or data.startswith(b" ", start):
        layout = re.compile(rb"(?:[\n" + re.escape(delimiter) + rb"]|\A) ++" + re.escape(quote))
        if layout.search(data, start, end) or data.startswith(b" ", start):
            return False
    first = data[start : min(line_end(data, start), end)]
    return bool(first.strip() or not first) and not _BLANK_LINE.search(data, start, end)


def parsed(data: bytes, dialect: Dialect, start: int, end: int) -> _Reader:
    """Return what reads the records of a simple text, an empty one for an empty line. It raises `csv.Error` at odd quoting."""
    held = io.BytesIO(data if end == len(data) else data[:end])
    held.seek(start)
    lines = io.TextIOWrapper(held, "utf-8", "replace", newline="\n")
    return csv.reader(lines, delimiter=dialect.delimiter.decode(), quotechar=dialect.quote.decode(), strict=True)


def _flat(block: bytes, dialect: Dialect) -> bytes | None:
    """Return records whose cells are all quoted, with single signs between cells and records; None where they are not.

    A quote that remains would be in a cell, or beside one. When none does, each of them stands at one end of one cell: the first
    after the opening one can only close that cell, and so on.
    """
    quote = dialect.quote
    if b"\r" in block:
        block = block.replace(quote + b"\r\n" + quote, quote + b"\n" + quote).removesuffix(b"\r")
    if len(block) < 2 or block[:1] != quote or block[-1:] != quote or _CELL in block or _RECORD in block:
        return None
    flat = block[1:-1].replace(quote + dialect.delimiter + quote, _CELL).replace(quote + b"\n" + quote, _RECORD)
    return None if quote in flat else flat


class Full(Plain):
    """Rows of text in which every cell is quoted, and no quote is anywhere else."""

    _break = _RECORD.decode()

    def __init__(  # noqa: PLR0913 - it is where, how, and what was counted
        self, data: bytes, dialect: Dialect, span: tuple[int, int], line: int, found: Measure, *, by_lines: bool
    ) -> None:
        """Take the text, the line at which its rows begin, what was counted, and whether each row is one line."""
        super().__init__(data, _CELL, span, line, found)
        self._dialect, self._by_lines = dialect, by_lines

    def sample(self, size: int) -> tuple[Row, ...]:
        """Return rows at equal distances, in bytes where no cell holds a line feed."""
        return super().sample(size) if self._by_lines else Source.sample(self, size)

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(map(len, self.blocks()))

    def _text(self, low: int, high: int) -> str:
        return (_flat(self._data[low:high], self._dialect) or b"").decode("utf-8", "replace")

    def _where(self) -> Iterator[int]:
        number = self._above
        for low, high in blocks(self._data, *self._span):
            for record in self._lines_of(low, high):
                yield number
                number += 1 + record.count("\n")


class Read(Source):
    """Rows that the csv module reads; those of a small text are kept."""

    def __init__(self, data: bytes, dialect: Dialect, span: tuple[int, int], line: int, kept: list[Row] | None) -> None:
        """Take the text, the line at which its rows begin, and all of them where they are kept."""
        super().__init__(lambda: zip(self._where(), self.rows(), strict=True), self._where)
        self._data, self._dialect, self._span, self._above, self._kept = data, dialect, span, line, kept

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        if self._kept is not None:
            yield from self._kept
            return
        done = 0
        rows = map(tuple, filter(None, parsed(self._data, self._dialect, *self._span)))
        try:
            for row in rows:
                yield row
                done += 1
        except csv.Error:  # another thread has lowered the longest field that the module takes
            yield from (tuple(row) for _at, row, _odd in islice(records(self._data, self._dialect, *self._span), done, None))

    def _where(self) -> Iterator[int]:
        reader = parsed(self._data, self._dialect, *self._span)
        done = last = 0
        try:
            for row in reader:
                if row:
                    yield self._above + last
                    done += 1
                last = reader.line_num
        except csv.Error:  # as above
            rows = scanned(self._data, self._dialect, self._span, self._above)
            yield from (line for line, _row in islice(rows, done, None))


def scanned(data: bytes, dialect: Dialect, span: tuple[int, int], line: int) -> Numbered:
    """Yield the records that the scanner reads as rows, each with its line."""
    last = span[0]
    for at, row, _odd in records(data, dialect, *span):
        line += data.count(b"\n", last, at)
        last = at
        yield line, tuple(row)


class Counted:
    """The records of a text, counted, and the fastest way that reads them."""

    def __init__(self, data: bytes, dialect: Dialect, start: int, end: int) -> None:
        """Count them."""
        self._data, self._dialect, self._span = data, dialect, (start, end)
        self._kept: list[Row] | None = None
        self._by_lines = True
        self.odd = 0  # records with odd quoting
        if not dialect.quote and not dialect.escape:
            self.found, self._way = measured(data, dialect.delimiter, start, end), "plain"
        else:
            self.found, self._way = self._by_flat() or self._by_csv() or self._by_scanner()

    def source(self, line: int) -> Source:
        """Return the rows, given the line at which they begin."""
        data, dialect, span = self._data, self._dialect, self._span
        if self._way == "plain":
            return Plain(data, dialect.delimiter, span, line, self.found)
        if self._way == "flat":
            return Full(data, dialect, span, line, self.found, by_lines=self._by_lines)
        if self._way == "csv":
            return Read(data, dialect, span, line, self._kept)
        return Source(lambda: scanned(data, dialect, span, line))

    def _by_flat(self) -> tuple[Measure, str] | None:
        if not self._dialect.quote or self._dialect.escape:
            return None
        found = Measure()
        for low, high in blocks(self._data, *self._span):
            flat = _flat(self._data[low:high], self._dialect)
            if flat is None:
                return None
            found.add(Counter(map(bytes.count, flat.split(_RECORD), repeat(_CELL))), low)
            self._by_lines = self._by_lines and b"\n" not in flat
        return found, "flat"

    def _by_csv(self) -> tuple[Measure, str] | None:
        start, end = self._span
        if has_notes(self._data, start, end) or not simple(self._data, self._dialect, start, end):
            return None
        found = Measure()
        rows = filter(None, parsed(self._data, self._dialect, start, end))
        try:
            if end - start <= _KEPT:
                self._kept = list(map(tuple, rows))
            found.widths.update(map(len, rows if self._kept is None else self._kept))
        except csv.Error:
            return None
        return (found, "csv") if found.widest <= COLUMNS else None

    def _by_scanner(self) -> tuple[Measure, str]:
        found = Measure()
        for at, row, wrong in records(self._data, self._dialect, *self._span):
            if not self._data.startswith(NOTE, at):
                found.widths[len(row)] += 1
                self.odd += wrong and len(row) <= COLUMNS
        return found, "scanner"
