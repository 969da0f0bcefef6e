"""Rows of delimited text in bulk: lines are counted, and cells split, many at a time, with no step of ours for each."""

from __future__ import annotations

from collections import Counter
from itertools import repeat

from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.table import COLUMNS, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import Row

_BLOCK = 1 << 17  # bytes whose lines are split together
NOTE = (b"##", b"//", b"%")
BLANK = " \t\r\v\f"  # what `bytes.strip` takes away, but for the line feed


def blocks(data: bytes, start: int, end: int, size: int = _BLOCK) -> Iterator[tuple[int, int]]:
    """Yield spans of whole lines, each without its last line feed."""
    while start < end:
        stop = min(line_end(data, start + size), end) if end - start > size else end
        yield start, stop - (stop == end and data[stop - 1 : stop] == b"\n")
        start = stop + 1


def has_notes(data: bytes, start: int, end: int) -> bool:
    """Tell whether a line is a note; its sign alone is looked for first, because it is rare."""
    return any(
        data.find(note, start, end) >= 0 and (data.startswith(note, start) or data.find(b"\n" + note, start, end) >= 0)
        for note in NOTE
    )


class Measure:
    """How many records there are, and how many have how many cells."""

    def __init__(self) -> None:
        """Begin with none."""
        self.widths: Counter[int] = Counter()
        self.even: dict[int, int] = {}  # by offset, the width of blocks in which each line is a row, and all are as wide

    def add(self, counts: Counter[int], low: int, *, lines: bool = True) -> None:
        """Take a block, given how often its records have how many delimiters, and whether each line of it is a record."""
        for count, number in counts.items():
            self.widths[min(count, COLUMNS) + 1] += number
        if lines and len(counts) == 1:
            width = next(iter(counts)) + 1
            if width <= COLUMNS:
                self.even[low] = width

    def fits(self, width: int) -> bool:
        """Tell whether nine in ten are as wide."""
        return 0 < sum(self.widths.values()) * 9 <= self.widths[width] * 10

    @property
    def widest(self) -> int:
        """Return the most cells of a record."""
        return max(self.widths, default=0)


def measured(data: bytes, delimiter: bytes, start: int, end: int) -> Measure:
    """Count the cells of all lines that are neither blank nor notes, where nothing is quoted."""
    found = Measure()
    noted = has_notes(data, start, end)
    for low, high in blocks(data, start, end):
        lines = data[low:high].split(b"\n")
        counts = Counter(map(bytes.count, lines, repeat(delimiter)))
        whole = True
        if noted or 0 in counts or delimiter == b"\t":
            kept = [line for line in filter(bytes.strip, lines) if not (noted and line.startswith(NOTE))]
            if len(kept) < len(lines):
                whole, counts = False, Counter(map(bytes.count, kept, repeat(delimiter)))
        found.add(counts, low, lines=whole)
    return found


class Lines(Source):
    """Rows of text of which each is a line."""

    _layout = BLANK  # lines of nothing else are no rows
    _break = "\n"

    def __init__(self, data: bytes, span: tuple[int, int], line: int) -> None:
        """Take the text, and the line at which its rows begin."""
        super().__init__(lambda: zip(self._where(), self.rows(), strict=True), self._where)
        self._data, self._span, self._above = data, span, line

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        for low, high in blocks(self._data, *self._span):
            yield from self._split(low, high)

    def blocks(self) -> Iterator[Sequence[Row]]:
        """Yield all rows, many at a time."""
        for low, high in blocks(self._data, *self._span):
            yield list(self._split(low, high))

    def sample(self, size: int) -> tuple[Row, ...]:
        """Return the first rows, and some that begin at equal distances in bytes: nothing between them is read."""
        start, end = self._span
        half = max(1, size // 2)
        found: list[Row] = []
        while start < end and len(found) < half:
            stop = min(line_end(self._data, start), end)
            found += self._split(start, stop)
            start = stop + 1
        step = max(1, (end - start) // max(1, size - len(found)))
        aim = start
        while start < end and len(found) < size:
            stop = min(line_end(self._data, start), end)
            found += self._split(start, stop)
            aim = max(aim + step, stop + 1)
            start = max(stop, self._data.rfind(b"\n", stop, min(aim, end))) + 1  # the line that holds the next distance
        return tuple(found[:size])

    def _text(self, low: int, high: int) -> str:
        text = self._data[low:high].decode("utf-8", "replace")
        return text.replace("\r\n", "\n").removesuffix("\r") if "\r" in text else text

    def _lines_of(self, low: int, high: int) -> list[str]:
        lines = self._text(low, high).split(self._break)
        return [line for line in lines if line.strip(self._layout)] if self._break == "\n" else lines

    def _split(self, low: int, high: int) -> Iterable[Row]:
        raise NotImplementedError

    def _where(self) -> Iterator[int]:
        number, layout = self._above, self._layout.encode()
        for low, high in blocks(self._data, *self._span):
            lines = self._data[low:high].split(b"\n")
            yield from (at for at, line in enumerate(lines, number) if line.strip(layout))
            number += len(lines)


class Plain(Lines):
    """Rows of text in which nothing is quoted."""

    def __init__(self, data: bytes, delimiter: bytes, span: tuple[int, int], line: int, found: Measure) -> None:
        """Take the text, the line at which its rows begin, and what was counted in it."""
        super().__init__(data, span, line)
        self._delimiter, self._even = delimiter.decode(), found.even

    def count(self) -> int:
        """Return how many rows there are: where all lines are rows, they are not made."""
        spans = blocks(self._data, *self._span)
        return sum(self._lines_in(low, high) if low in self._even else len(self._lines_of(low, high)) for low, high in spans)

    def _lines_in(self, low: int, high: int) -> int:
        return self._data.count(b"\n", low, high) + 1

    def column(self, number: int) -> Iterator[Sequence[str]]:
        """Yield the cells of a column: where all rows are as wide, each so many cells after the one before."""
        most = min(number + 1, COLUMNS)
        for low, high in blocks(self._data, *self._span):
            width = self._even.get(low, 0)
            if number < width:
                yield self._cells(low, high)[number::width]
            else:
                rows = [line.split(self._delimiter, most) for line in self._lines_of(low, high)]
                yield [row[number] if number < len(row) else "" for row in rows]

    def _cells(self, low: int, high: int) -> list[str]:
        return self._text(low, high).replace(self._break, self._delimiter).split(self._delimiter)

    def _split(self, low: int, high: int) -> Iterable[Row]:
        width = self._even.get(low, 0)
        if width:
            return zip(*[iter(self._cells(low, high))] * width, strict=True)
        return [tuple(line.split(self._delimiter, COLUMNS)) for line in self._lines_of(low, high)]
