"""Rows of delimited text (csv, tsv), block by block: by numpy where it has no quotes, else by csv.

All lines have as many cells as the header. Both ways give the same cells; the second also finds the row in which something is
wrong. Blank lines are no rows.
"""

from __future__ import annotations

import csv
import io
from operator import itemgetter

from pytest_genomic_guard.evidence.rowformats import COLUMNS, one_of
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, BinaryIO

    from pytest_genomic_guard.metrics.nouns import Kind

_BLOCK = 1 << 20  # bytes that are looked at together: what fits a cache
_RECORD = 16 << 20  # bytes of one row, and so of the header
_CELL = 256  # bytes of a cell; where one is longer csv takes the block
_MARKS = {b"\xef\xbb\xbf": ("utf-8", 3), b"\xff\xfe": ("utf-16-le", 2), b"\xfe\xff": ("utf-16-be", 2)}
_DELIMITERS = "\t,;|"
_LONG = f"is longer than {_RECORD >> 20} MiB"


class DelimitedFile:
    """A table of text whose first line names its columns."""

    def __init__(self, file: BinaryIO, *, tabs: bool = False) -> None:
        """Read the header. Raises `Unusable`."""
        self._file = file
        file.seek(0)
        head = file.read(3)
        self._encoding, self._start = next((told for mark, told in _MARKS.items() if head.startswith(mark)), ("utf-8", 0))
        line = next(iter(self._lines()), "")
        self._delimiter = _delimiter(line, tabs=tabs)
        self.header = self._names()

    def blocks(self, wanted: Mapping[str, Kind], rows: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the cells of some columns: arrays of bytes, or lists of text."""
        places = [one_of(self.header, name) for name in wanted]
        parts = self._parts()
        first = 0
        begun = False
        for part in parts:
            block = part if isinstance(part, str) else part.replace(b"\r\n", b"\n")
            if isinstance(block, str) or b"\r" in block or (not begun and _open(block)):
                yield from self._by_csv(self._from(part, parts), wanted, places, rows, first if begun else -1)
                return
            if not begun:
                block = block.lstrip(b"\n")
                begun = bool(block)
                block = block[block.find(b"\n") + 1 :]
            if not block:
                continue
            found = _by_numpy(block, self._delimiter.encode(), len(self.header), places)
            if found is None and b'"' in block:  # which may be open at its end
                yield from self._by_csv(self._from(block, parts), wanted, places, rows, first)
                return
            if found is None:
                lines = io.StringIO(block.decode("utf-8", "surrogateescape"), newline="")
                for count, cells in self._by_csv(lines, wanted, places, rows, first):
                    first += count
                    yield count, cells
            else:
                count, columns = found[0], dict(zip(wanted, found[1], strict=True))
                for at in range(0, count, rows):
                    yield min(rows, count - at), {name: each[at : at + rows] for name, each in columns.items()}
                first += count

    def _names(self) -> tuple[str, ...]:
        names = next(self._records(self._lines(), -1), None)
        if names is None:
            raise Unusable("the file is empty")
        if len(names) > COLUMNS:
            raise Unusable(f"the file has more than {COLUMNS:,} columns")
        return tuple(name.strip() for name in names)

    def _parts(self) -> Iterator[bytes | str]:
        """Yield the content in parts that end with a line, in bytes where it is UTF-8. Raises `Unusable`."""
        self._file.seek(self._start)
        wide = self._encoding != "utf-8"
        kept = b""
        while part := self._file.read(_BLOCK):
            if not wide and b"\0" in part:
                raise Unusable("the file is no text: it holds NUL")
            kept += part
            end = kept.rfind(b"\n") + 1
            if end and wide:
                end = (end + 1) // 2 * 2  # the second half of a line end in little endian
            if end and end <= len(kept):
                yield self._decoded(kept[:end]) if wide else kept[:end]
                kept = kept[end:]
            elif not wide and (end := kept.rfind(b"\r", 0, len(kept) - 1) + 1) and kept[end - 1 : end + 1] != b"\r\n":
                yield kept[:end]
                kept = kept[end:]
            if len(kept) > _RECORD:
                raise Unusable(f"a row {_LONG}")
        if kept:
            yield self._decoded(kept) if wide else kept + b"\n"

    def _decoded(self, data: bytes) -> str:
        return data.decode(self._encoding, "surrogateescape" if self._encoding == "utf-8" else "replace")

    def _lines(self) -> Iterator[str]:
        for part in self._parts():
            yield from self._split(part)

    def _from(self, part: bytes | str, parts: Iterator[bytes | str]) -> Iterator[str]:
        yield from self._split(part)
        for each in parts:
            yield from self._split(each)

    def _split(self, part: bytes | str) -> io.StringIO:
        return io.StringIO(part if isinstance(part, str) else self._decoded(part), newline="")

    def _records(self, lines: Iterator[str], first: int) -> Iterator[list[str]]:
        """Yield records, blank lines aside, the first of which is row `first` counted from 0 (-1: the header)."""
        fed = 0

        def bounded() -> Iterator[str]:
            nonlocal fed
            for line in lines:
                fed += len(line)
                if fed > _RECORD:
                    raise Unusable(f"row {at + 1:,} {_LONG}" if at >= 0 else f"the header {_LONG}")
                yield line

        at = first
        try:
            for record in csv.reader(bounded(), delimiter=self._delimiter, strict=True):
                fed = 0
                if record:
                    yield record
                    at += 1
        except csv.Error:
            raise Unusable(f"row {at + 1:,} has a quote too many or too few, or a cell of more than 128 KiB") from None

    def _by_csv(
        self, lines: Iterator[str], wanted: Mapping[str, Kind], places: Sequence[int], rows: int, first: int
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the cells of some columns as lists of text; `first` is the number of rows before, -1 where the header is ahead."""
        records = self._records(lines, first)
        if first < 0:
            next(records)
            first = 0
        width = len(self.header)
        pick = itemgetter(*places) if len(places) > 1 else lambda record: tuple(record[place] for place in places)
        held: list[Any] = []
        size = 0
        for record in records:
            if len(record) != width:
                at = first + len(held) + 1
                raise Unusable(f"row {at:,} has another number of cells ({len(record):,}) than the header ({width:,})")
            cells = pick(record)
            held.append(cells)
            size += sum(map(len, cells))
            if len(held) >= rows or size > _RECORD:
                yield len(held), _columns(held, wanted)
                first += len(held)
                held, size = [], 0
        if held:
            yield len(held), _columns(held, wanted)


def _columns(held: list[Any], wanted: Mapping[str, Kind]) -> dict[str, Any]:
    return dict(zip(wanted, map(list, zip(*held, strict=True)), strict=True))


def _delimiter(line: str, *, tabs: bool) -> str:
    """Return the sign that parts the header, of several the one that does so most often, quoted text aside."""
    outside = "".join(line.split('"')[::2])
    best = max(_DELIMITERS, key=outside.count)
    return best if outside.count(best) else "\t" if tabs else ","


def _open(block: bytes) -> bool:
    """Tell whether the first line that is not blank has a quote that it does not close."""
    return block.lstrip(b"\n").partition(b"\n")[0].count(b'"') % 2 == 1


def _by_numpy(block: bytes, delimiter: bytes, width: int, places: Sequence[int]) -> tuple[int, list[Any]] | None:
    """Return the number of rows and some columns as arrays of bytes; None where the lines are not all alike.

    Quotes may stand around whole cells, with nothing in them that has to be told from what parts cells.
    """
    import numpy as np  # noqa: PLC0415 - evidence is read for gates alone
    from numpy.lib.stride_tricks import sliding_window_view  # noqa: PLC0415 - as above

    signs = np.frombuffer(block, np.uint8)
    ends = signs == ord("\n")
    count = int(np.count_nonzero(ends))
    stops = np.flatnonzero(ends | (signs == ord(delimiter)))
    if len(stops) != count * width or not ends[stops[width - 1 :: width]].all() or (width == 1 and b"\n\n" in b"\n" + block):
        return None
    starts = np.concatenate([[0], stops[:-1] + 1])
    if b'"' in block:
        quotes = signs == ord('"')
        begins, closes = quotes[starts] & (stops > starts + 1), quotes[stops - 1]
        outside = np.bitwise_xor.accumulate(quotes)[stops]
        if outside.any() or (begins != closes).any() or 2 * np.count_nonzero(begins) != np.count_nonzero(quotes):
            return None
        starts, stops = starts + begins, stops - begins
    padded = np.concatenate([signs, np.zeros(_CELL, np.uint8)])
    columns = []
    for place in places:
        begin = starts[place::width]
        lengths = stops[place::width] - begin
        longest = max(1, int(lengths.max()))
        if longest > _CELL:
            return None
        cells = sliding_window_view(padded, longest)[begin]
        cells[np.arange(longest) >= lengths[:, None]] = 0
        columns.append(cells.view(f"S{longest}").ravel())
    return count, columns
