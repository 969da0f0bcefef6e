"""A table as recognisers look at it: names of columns, a sample of rows, cells by column, each made once."""

from __future__ import annotations

import marshal
from collections import Counter
from itertools import islice, zip_longest

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.again import key
from pytest_genomic_guard.views.genomic import headings

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import TypeVar

    from pytest_genomic_guard.views.again import Again
    from pytest_genomic_guard.views.tables import DataTable

    K = TypeVar("K")

_FEWEST, _CELLS = 32, 1 << 16  # rows of a sample however wide they are; cells of a sample otherwise
_TURNED = 1 << 18  # cells of which columns are made all at once
_TURNED_AT_ONCE = 1 << 8  # ... and columns of a larger table, where each in turn is asked for: mostly few are
_KEPT = 1 << 16  # columns whose cells are kept
_TALLIES = 256  # ... and counted
_NAMES = 1 << 20  # cells of a column in which names are looked for
_UNSHARED = 2  # of marshal: equal tables become equal bytes
_SIGNS = regex(r"[\W_]+")
_LEFT_OUT = frozenset({"...", "..", "…", "⋮", "⋯", "\\vdots", "⋮⋮"})  # what programs print for rows that they leave out
MISSING = frozenset({"", ".", "-", "--", "NA", "N/A", "nan", "NaN", "NAN", "null", "NULL", "None", "-9", "./."})


def _plain(name: str) -> str:
    if name.isalnum() and name.islower() and len(name) <= 100:
        return name  # the same text, and not one more of a million
    return _SIGNS.sub("", name).lower() if len(name) <= 100 else ""


def _left_out(row: Sequence[str]) -> bool:
    """Tell whether a row stands for others: dots in each cell that holds anything."""
    filled = 0
    for each in row[:64]:
        cell = each.strip()
        if cell and cell not in _LEFT_OUT:
            return False  # as in the first cell of most rows
        filled += bool(cell)
    return filled > 1


class Grid:
    """One table. `header` has one name for each column as read, `plain` the same in lower case without signs.

    An answer follows from its names, a sample of its rows, how it was written and what its file declares, unless somebody
    `asked` for more of the table: for all of it, or where it stands.
    """

    def __init__(self, table: DataTable, rows: int = 200) -> None:
        """Take a table; at most `rows` of its rows are looked at, fewer of wide ones."""
        self._table, self.asked = table, False
        self.format, self.complete, self.lead = table.format, table.complete, table.lead
        self.rows = table.sample(max(_FEWEST, min(rows, _CELLS // (len(table.header) + 1))))
        self.width = max([len(table.header), *(len(row) for row in self.rows)], default=0)
        self.header = tuple(name.strip() for name in (*table.header, *[""] * (self.width - len(table.header))))
        self.plain = headings.plain(self.header, _plain)
        self.values = table.format != "columnar" or bool(self.rows)  # False: of a binary table only the names could be read
        self._turned: list[tuple[str, ...]] = []  # the cells of each column, or of some beside each other from `_begin` on
        self._begin = self._next = 0  # `_next`: the column after the one last asked for
        self._known: frozenset[str] | None = None
        self._shapes: Collection[str] | None = None  # of the names as read
        self._plain_shapes: Collection[str] | None = None
        self._columns: dict[int, tuple[str, ...]] = {}
        self._tallies: dict[int, tuple[Counter[str], int]] = {}
        self._distinct: dict[int, Sequence[bytes]] = {}  # of the column last asked for
        self._count: int | None = None
        self._told: bytes | None = None
        self._dots = sum(map(_left_out, self.rows))  # rows of dots: a print has one, between its first and its last rows
        self._absent = MISSING | _LEFT_OUT if self._dots else MISSING

    @property
    def table(self) -> DataTable:
        """Return the table itself."""
        self.asked = True
        return self._table

    def told(self) -> bytes:
        """Return the key of all that an answer follows from unless more is asked; nothing for cells that are no plain text."""
        if self._told is None:
            try:
                about = ((self.format, self.complete, self.lead), self._table.header, *self.rows)  # of wide ones not all at once
                self._told = key(b"".join(key(marshal.dumps(each, _UNSHARED)) for each in about))
            except ValueError:
                self._told = b""
        return self._told

    def column(self, number: int) -> tuple[str, ...]:
        """Return the cells of a column in the sample, those that are missing left out."""
        if number not in self._columns:
            found = self._filled(number)
            if len(self._columns) >= _KEPT:  # of a table as wide as this all would take more memory than the table
                return found
            self._columns[number] = found
        return self._columns[number]

    def head(self, number: int, most: int) -> Sequence[str]:
        """Return the first cells of a column in the sample, those that are missing left out."""
        if number in self._columns:
            return self._columns[number][:most]
        return tuple(islice((cell for cell in map(str.strip, self._cells(number)) if cell not in self._absent), most))

    def _filled(self, number: int) -> tuple[str, ...]:
        cells = tuple(map(str.strip, self._cells(number)))
        return cells if self._absent.isdisjoint(cells) else tuple([cell for cell in cells if cell not in self._absent])

    def _cells(self, number: int) -> Sequence[str]:
        """Return the cells of a column as read, "" where a row has none."""
        if self.width * len(self.rows) <= _TURNED:
            first, beyond = 0, self.width
        elif self._begin <= number < self._begin + len(self._turned) or number == self._next:  # as they are asked in order
            first = number - number % _TURNED_AT_ONCE
            beyond = first + _TURNED_AT_ONCE
        else:
            self._next = number + 1
            return [row[number] for row in self.rows if number < len(row)]
        if not self._turned or self._begin != first:
            self._begin, self._turned = first, list(zip_longest(*[row[first:beyond] for row in self.rows], fillvalue=""))
        self._next = number + 1
        return self._turned[number - first] if number - first < len(self._turned) else ()

    @property
    def known(self) -> frozenset[str]:
        """Return the different plain names."""
        if self._known is None:
            self._known = frozenset(self.plain)
        return self._known

    @property
    def shapes(self) -> Collection[str]:
        """Return the shapes of names as read, which say no to a test that no name passes: see `headings`."""
        if self._shapes is None:
            self._shapes = headings.shapes(self.header)
        return self._shapes

    @property
    def plain_shapes(self) -> Collection[str]:
        """Return those of the plain names."""
        if self._plain_shapes is None:
            self._plain_shapes = headings.shapes(self.plain)
        return self._plain_shapes

    def headed(self, test: Callable[[str], object], loose: re.Pattern[str] | None = None) -> list[int]:
        """Return the columns whose name as read passes a test; `loose` matches their shapes where the test may not pass these."""
        return headings.fit(self.header, self.shapes, test, loose)

    def called(self, test: Callable[[str], object], loose: re.Pattern[str] | None = None) -> list[int]:
        """Return the columns whose plain name passes a test, likewise."""
        return headings.fit(self.plain, self.plain_shapes, test, loose)

    def speaks(self, test: Callable[[str], object]) -> bool:
        """Tell whether a plain name passes a test that passes its shape."""
        return any(map(test, self.plain_shapes)) and any(map(test, self.plain))

    def among(self, words: Collection[str]) -> list[int]:
        """Return the columns with one of these plain names."""
        return [] if self.known.isdisjoint(words) else [at for at, name in enumerate(self.plain) if name in words]

    def find(self, *names: str) -> int | None:
        """Return the first column with one of these plain names."""
        known = self.known
        places = [self.plain.index(name) for name in names if name in known]
        return min(places, default=None)

    def share(self, number: int, pattern: re.Pattern[str]) -> float:
        """Return which part of a column's cells a pattern matches whole; 0 where all are missing."""
        return self.part(number, pattern.fullmatch)

    def part(self, number: int, test: Callable[[str], object]) -> float:
        """Return which part of a column's cells pass a test, each different one tried once; 0 where all are missing."""
        cells, total = self._tally(number)
        return sum([many for cell, many in cells.items() if test(cell)]) / total if total else 0.0

    def mostly(self, number: int, test: Callable[[str], object], least: float) -> bool:
        """Tell whether `part` is so much at least, which is more than 0; no cell is tried once that is settled either way."""
        cells, total = self._tally(number)
        need = int(least * total)
        need += need / (total or 1) < least  # of the cells; the product can be too small by one, and never too large by one
        left, passed = total, 0
        for cell, many in cells.items():
            if test(cell):
                passed += many
                if passed >= need:
                    return True
            else:
                left -= many
                if left < need:
                    return False
        return False

    def _tally(self, number: int) -> tuple[Counter[str], int]:
        """Return how often a column of the sample has each of its cells, and how many they are."""
        if number not in self._tallies:
            if len(self._tallies) >= _TALLIES:
                self._tallies.clear()
            cells = self.column(number)
            self._tallies[number] = Counter(cells), len(cells)
        return self._tallies[number]

    def count(self) -> int:
        """Return how many rows the whole table has, one of dots left out."""
        self.asked = True
        if self._count is None:  # several ask
            self._count = self._table.source.count()
        return self._count - self._dots

    def names(self, number: int, most: int = _NAMES) -> Iterator[bytes]:
        """Yield the cells of a column over the whole table, those that are missing left out."""
        for cells in self.table.source.column(number):
            for cell in cells:
                if (name := cell.strip()) not in MISSING and not (self._dots and name in _LEFT_OUT):
                    yield name.encode("utf-8", "replace")
                    most -= 1
                    if not most:
                        return

    def distinct(self, number: int) -> Sequence[bytes]:
        """Return the different cells of a column over the whole table, in order, those that are missing left out."""
        self.asked = True
        if number not in self._distinct:
            found = self._all(number)
            self._distinct = {number: tuple(dict.fromkeys(self.names(number))) if found is None else found}
        return self._distinct[number]

    def _all(self, number: int) -> Sequence[bytes] | None:
        """Return the same at once; None for rows of dots, and for more cells than names are kept."""
        found: dict[str, None] = {}
        left = _NAMES
        for cells in self.table.source.column(number):
            left -= len(cells)
            if left <= 0 or self._dots:
                return None
            found.update(dict.fromkeys(map(str.strip, cells)))
        return tuple(dict.fromkeys(name.encode("utf-8", "replace") for name in found if name not in MISSING))


_last: list[tuple[DataTable, Grid]] = []  # a table is shown to all checks in turn, and several kinds of recognisers look at it


def of(table: DataTable) -> Grid:
    """Return a table as recognisers look at it, made once for all of them."""
    if not _last or _last[0][0] is not table:
        _last[:] = [(table, Grid(table))]
    return _last[0][1]


def unless_known(table: DataTable, nothing: Again, recognised: Callable[[Grid], K | None]) -> K | None:
    """Return what a table is recognised as, and remember in `nothing` what is nothing: versions have the same tables."""
    grid = of(table)
    told = grid.told()
    if told and told in nothing:
        return None
    found = recognised(grid)
    if found is None and told and not grid.asked:
        nothing.add(told)
    return found
