"""Rows that cost much to make, kept as text once they are made: reading a sheet of a workbook again takes fifty times as long."""

from __future__ import annotations

from array import array

from pytest_genomic_guard.views.tables.table import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import Numbered, Row

_CELL, _ROW = "\x1f", "\x1e"  # between cells and rows; no text of XML has them
_KEPT = 32 << 20  # characters that are kept
_ROWS = 1 << 12  # rows of a block ...
_AT_ONCE = 1 << 18  # ... and cells


class Packed:
    """The rows of one table, while they fit."""

    def __init__(self, most: int = _KEPT) -> None:
        """Begin with none; `most` is how many characters are kept."""
        self._left = most
        self._blocks: list[bytes] = []
        self._numbers = array("Q")

    @property
    def whole(self) -> bool:
        """Tell whether all rows are kept."""
        return self._left >= 0

    def add(self, rows: Sequence[tuple[int, Row]]) -> None:
        """Take rows with their numbers."""
        at = 0
        while at < len(rows) and self._left >= 0:
            step = max(1, min(_ROWS, _AT_ONCE // (len(rows[at][1]) + 1)))
            self._add(rows[at : at + step])
            at += step

    def _add(self, rows: Sequence[tuple[int, Row]]) -> None:
        cells = sum(len(row) for _number, row in rows)
        self._left -= cells + sum(sum(map(len, row)) for _number, row in rows)  # cells may share one long text
        text = _ROW.join([_CELL.join(row) for _number, row in rows]) if self._left >= 0 else ""
        if text.count(_CELL) != cells - len(rows) or text.count(_ROW) != len(rows) - 1 or (not text.isascii() and _odd(text)):
            self._left = -1
        if self._left < 0:
            self._blocks.clear()
            return
        self._blocks.append(text.encode())
        self._numbers.extend(number for number, _row in rows)

    def source(self, above: int) -> Source:
        """Return the rows below the first ones."""
        return _Kept(self._blocks, self._numbers[above:], above)


def _odd(text: str) -> bool:
    """Tell whether a text cannot be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


class _Kept(Source):
    """Rows in blocks of text."""

    def __init__(self, blocks: Sequence[bytes], numbers: array[int], above: int) -> None:
        super().__init__(self._numbered, lambda: numbers)
        self._packed, self._numbers, self._above = blocks, numbers, above

    def _texts(self) -> Iterator[list[str]]:
        above = self._above
        for block in self._packed:
            lines = block.decode().split(_ROW)
            if above < len(lines):
                yield lines[above:]
            above = max(0, above - len(lines))

    def _numbered(self) -> Numbered:
        return zip(self._numbers, self.rows(), strict=True)

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        for lines in self._texts():
            for line in lines:
                yield tuple(line.split(_CELL))

    def blocks(self) -> Iterator[Sequence[Row]]:
        """Yield all rows, many at a time."""
        for lines in self._texts():
            yield [tuple(line.split(_CELL)) for line in lines]

    def column(self, number: int) -> Iterator[Sequence[str]]:
        """Yield the cells of a column, some thousands at a time; "" where a row has none."""
        for lines in self._texts():
            yield cells((line.split(_CELL, number + 1) for line in lines), number)


def cells(rows: Iterable[Sequence[str]], number: int) -> list[str]:
    """Return one cell of each row."""
    return [row[number] if number < len(row) else "" for row in rows]
