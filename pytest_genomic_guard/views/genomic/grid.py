"""A table as recognisers look at it: names of columns, a sample of rows, cells by column, each made once."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.tables import DataTable

_FEWEST, _CELLS = 32, 1 << 16  # rows of a sample however wide they are; cells of a sample otherwise
_KEPT = 1 << 16  # columns whose cells are kept
_SIGNS = re.compile(r"[\W_]+")
MISSING = frozenset({"", ".", "-", "--", "NA", "N/A", "nan", "NaN", "NAN", "null", "NULL", "None", "-9", "./."})


def _plain(name: str) -> str:
    if name.isalnum() and name.islower() and len(name) <= 100:
        return name  # the same text, and not one more of a million
    return _SIGNS.sub("", name).lower() if len(name) <= 100 else ""


class Grid:
    """One table. `header` has one name for each column as read, `plain` the same in lower case without signs."""

    def __init__(self, table: DataTable, rows: int = 200) -> None:
        """Take a table; at most `rows` of its rows are looked at, fewer of wide ones."""
        self.table = table
        self.rows = table.sample(max(_FEWEST, min(rows, _CELLS // (len(table.header) + 1))))
        self.width = max([len(table.header), *(len(row) for row in self.rows)], default=0)
        self.header = tuple(name.strip() for name in (*table.header, *[""] * (self.width - len(table.header))))
        self.plain = tuple(_plain(name) for name in self.header)
        self.values = table.format != "columnar" or bool(self.rows)  # False: of a binary table only the names could be read
        self._columns: dict[int, tuple[str, ...]] = {}

    def column(self, number: int) -> tuple[str, ...]:
        """Return the cells of a column in the sample, those that are missing left out."""
        if number not in self._columns:
            cells = (row[number].strip() for row in self.rows if number < len(row))
            found = tuple(cell for cell in cells if cell not in MISSING)
            if len(self._columns) >= _KEPT:  # of a table as wide as this all would take more memory than the table
                return found
            self._columns[number] = found
        return self._columns[number]

    def find(self, *names: str) -> int | None:
        """Return the first column with one of these plain names."""
        return next((number for number, plain in enumerate(self.plain) if plain in names), None)

    def share(self, number: int, pattern: re.Pattern[str]) -> float:
        """Return which part of a column's cells a pattern matches whole; 0 where all are missing."""
        cells = self.column(number)
        return sum(1 for cell in cells if pattern.fullmatch(cell)) / len(cells) if cells else 0.0

    def count(self) -> int:
        """Return how many rows the whole table has."""
        return sum(len(block) for block in self.table.source.blocks())

    def names(self, number: int, most: int = 1 << 20) -> Iterator[bytes]:
        """Yield the cells of a column over the whole table, those that are missing left out."""
        for cells in self.table.source.column(number):
            for cell in cells:
                if (name := cell.strip()) not in MISSING:
                    yield name.encode("utf-8", "replace")
                    most -= 1
                    if not most:
                        return

    def distinct(self, number: int) -> Sequence[bytes]:
        """Return the different cells of a column over the whole table, in order, those that are missing left out."""
        return tuple(dict.fromkeys(self.names(number)))
