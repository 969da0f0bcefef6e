"""What a child process gave, kept in memory, compressed. Each record is checked: what took the child over may have written it."""

from __future__ import annotations

import zlib

from pytest_genomic_guard.views import bounds
from pytest_genomic_guard.views.tables.packed import cells
from pytest_genomic_guard.views.tables.table import Source
from pytest_genomic_guard.views.tables.values import CELL, END, ROW, ROWS, TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import Numbered, Row

_AT_ONCE, _CELLS = 1 << 12, 1 << 18  # rows, and cells, that are handed on together


class Spooled:
    """What came of one table."""

    def __init__(self, header: tuple[str, ...]) -> None:
        """Begin with no rows."""
        self.header = header
        self.complete = False
        self.blocks: list[bytes] = []

    def rows(self) -> Numbered:
        """Yield the rows with their numbers."""
        number, width = 0, len(self.header)
        for block in self.blocks:
            for line in zlib.decompress(block).decode().split(ROW):
                number += 1
                row = tuple(line.split(CELL))
                yield number, row if len(row) == width else (*row, *[""] * width)[:width]

    def source(self) -> Source:
        """Return the rows."""
        return _Rows(self)


class _Rows(Source):
    """Rows of a table, made many at a time."""

    def __init__(self, table: Spooled) -> None:
        super().__init__(table.rows)
        self._table = table

    def blocks(self) -> Iterator[Sequence[Row]]:
        """Yield all rows, many at a time: fewer of wide ones."""
        width = len(self._table.header)
        step = max(1, min(_AT_ONCE, _CELLS // (width + 1)))
        for block in self._table.blocks:
            lines = zlib.decompress(block).decode().split(ROW)
            for at in range(0, len(lines), step):
                rows = [tuple(line.split(CELL)) for line in lines[at : at + step]]
                yield rows if set(map(len, rows)) == {width} else [(*row, *[""] * width)[:width] for row in rows]

    def column(self, number: int) -> Iterator[Sequence[str]]:
        """Yield the cells of a column, some thousands at a time; "" where a row has none."""
        if number >= len(self._table.header):
            yield from super().column(number)
            return
        for block in self._table.blocks:
            yield cells((line.split(CELL, number + 1) for line in zlib.decompress(block).decode().split(ROW)), number)


class Spool:
    """All tables of a file. What comes is checked: it may be said by what took the child over."""

    def __init__(self) -> None:
        """Begin with no tables."""
        self.tables: list[Spooled] = []
        self._open = False
        self._lost = False
        self._plain, self._cells, self._kept = bounds.CHILD_OUTPUT, bounds.CHILD_CELLS, bounds.CHILD_SPOOL

    def take(self, kind: int, data: bytes) -> None:
        """Take a record. Raises `ValueError` for one that must not come."""
        if kind == TABLE and not self._open and len(self.tables) < bounds.CHILD_TABLES:
            header = tuple(data.decode().split(CELL))
            if len(header) > bounds.CHILD_COLUMNS:
                raise ValueError
            self.tables.append(Spooled(header))
            self._open, self._lost = True, False
        elif kind == ROWS and self._open:
            self._rows(data)
        elif kind == END and self._open and len(data) == 1:
            self.tables[-1].complete = data == b"1" and not self._lost
            self._open = False
        else:
            raise ValueError

    def _rows(self, data: bytes) -> None:
        width = len(self.tables[-1].header)
        rows = data.count(ROW.encode()) + 1
        self._plain -= len(data)
        self._cells -= rows * width
        if self._plain < 0 or self._cells < 0 or data.count(CELL.encode()) != rows * (width - 1):
            raise ValueError
        data.decode()
        block = zlib.compress(data, 1)
        self._kept -= len(block)
        if self._kept < 0:
            self._lost = True
        else:
            self.tables[-1].blocks.append(block)
