"""One table: the record that all readers give, and what they share: which row names the columns, and what a value looks like."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import islice

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Artifact

    Format = Literal[
        "delimited", "fixed-width", "json", "ndjson", "markdown", "html", "literal", "sql", "xlsx", "sqlite", "columnar"
    ]
    Row = tuple[str, ...]
    Numbered = Iterator[tuple[int, Row]]  # a row with the line, or the number in its sheet, at which it stands; 0: unknown

SAMPLE = 200  # records by which a form is decided, before it is validated over all
COLUMNS = 1 << 20  # cells of one row; what follows stays together in the last one
_MANY = 1 << 12  # cells of a wide row
_ONES = str.maketrans("023456789", "111111111")
_BLOCK = 1 << 12  # bytes whose lines are counted together
_NEAR = 16  # first rows, each of which is looked up alone
_ROWS = 1 << 12  # rows that are handed on together ...
_AT_ONCE = 1 << 18  # ... and cells
CELLS = 1 << 24  # empty cells that a table's rows are filled up with, all together
_VALUE = regex(
    r"[-+(]?(?=[.,]{0,39}\d)[\d.,]{1,40}(?:[eE][-+]?\d{1,5})?[)%]?"
    r"|\d{1,4}(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,4}(?:[ T][\d:.+Z-]{1,30})?|(?=[:.]{0,29}\d)[\d:.]{3,30}"
    r"|(?i:na|n/a|nan|null|none|true|false|\.|-|inf)"
)
_DIGIT = regex(r"\d")  # `str.isdigit` knows more of them
_CALL = regex(r"[ACGTDI][/|]?[ACGTDI]|[012.][/|][012.]|-/-|--|NN|\./\.")
_SITE = regex(
    r"rs\d{2,12}(?![^\W_])|(?:chr)?(?:\d\d?|X|Y|MT?)[:_-]\d{4,9}(?!\w*-)(?:[:_-][A-Z]|\Z)|(?:AX-|Affx-|SNP_A-|kgp|exm)\d{3,12}"
)


class Source:
    """The rows of one table, made anew at every call from data that stays in memory. Readers with a faster way override parts."""

    def __init__(self, make: Callable[[], Numbered], places: Callable[[], Iterable[int]] | None = None) -> None:
        """Take what makes them; `places` yields their lines where that is a work of its own."""
        self._make, self._places = make, places
        self._lines: array[int] | None = None
        self._count: int | None = None

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        for _line, row in self._make():
            yield row

    def blocks(self) -> Iterator[Sequence[Row]]:
        """Yield all rows, many at a time: fewer of wide ones."""
        rows = self.rows()
        step = 16
        while block := list(islice(rows, step)):
            yield block
            step = max(1, min(4 * step, _ROWS, _AT_ONCE // (max(map(len, block)) + 1)))

    def count(self) -> int:
        """Return how many rows there are."""
        if self._count is None:
            self._count = sum(map(len, self.blocks()))
        return self._count

    def column(self, number: int) -> Iterator[Sequence[str]]:
        """Yield the cells of a column, some thousands at a time; "" where a row has none."""
        for block in self.blocks():
            yield [row[number] if number < len(row) else "" for row in block]

    def sample(self, size: int) -> tuple[Row, ...]:
        """Return at most `size` rows: the first ones, then some at equal distances, so that a sorted table shows all of itself."""
        first: list[Row] = []
        later: list[Row] = []
        stride, half, above = 1, max(1, size // 2), 0
        for block in self.blocks():
            first += block[: half - len(first)] if len(first) < half else ()
            later += block[half - above if above <= half else (half - above) % stride :: stride]
            above += len(block)
            while len(later) > half:
                later = later[::2]
                stride *= 2
        self._count = above
        return (*first, *later)[:size]

    def line(self, number: int) -> int | None:
        """Return the line of a row, counted from 0; the lines of all are kept once one is asked for that is not among the first."""
        if self._lines is None and 0 <= number < _NEAR:
            where = iter(self._places()) if self._places else (line for line, _row in self._make())
            return next(islice(where, number, None), None) or None
        if self._lines is None:
            self._lines = array("Q", self._places() if self._places else (line for line, _row in self._make()))
        return (self._lines[number] or None) if 0 <= number < len(self._lines) else None


class DataTable(View):
    """One table of any format, whole."""

    format: Format
    header: tuple[str, ...]  # as read; "" where a column has no name
    source: Source
    complete: bool = True  # False: rows, or columns, beyond a bound are not there, so nothing is proven for a whole column
    lead: bytes = b""  # first bytes of a text, or metadata of a file, that may declare how the rows were made
    around: bytes = b""  # the text that it was found in, for what that says of people in it
    claimed: bool = False  # a reader of genomic formats knows the text that it is in, so that its checks leave the table to that

    def rows(self) -> Iterator[Row]:
        """Yield all rows below the header, as often as asked."""
        return self.source.rows()

    def locate_row(self, number: int) -> Location:
        """Return the place of a row, counted from 0: its line in a text, its number in a sheet or table otherwise."""
        line = self.source.line(number)
        if self.format in {"xlsx", "sqlite", "columnar"}:
            trail = self.trail if line is None else (*self.trail, f"row {line}")
            return Location(path=self.artifact.path, trail=trail)
        return Location(path=self.artifact.path, trail=self.trail, line=line)

    def sample(self, size: int = SAMPLE) -> tuple[Row, ...]:
        """Return at most `size` rows: the first ones, then some at equal distances, so that a sorted table shows all of itself."""
        return self.source.sample(size)


class Page:
    """A text with tables: where they are, and its lines, counted once however many tables ask."""

    def __init__(self, data: bytes, artifact: Artifact, trail: tuple[str, ...]) -> None:
        """Take it."""
        self.data, self.artifact, self.trail = data, artifact, trail
        self._lines: array[int] | None = None

    def line(self, at: int) -> int:
        """Return the line that holds an offset."""
        if self._lines is None:
            self._lines = array("Q", [1])
            for start in range(0, len(self.data), _BLOCK):
                self._lines.append(self._lines[-1] + self.data.count(b"\n", start, start + _BLOCK))
        block = min(at, len(self.data)) // _BLOCK
        return self._lines[block] + self.data.count(b"\n", block * _BLOCK, at)

    def table(self, form: Format, header: Row, source: Source, *, complete: bool = True) -> DataTable:
        """Return a table of this text."""
        return DataTable(artifact=self.artifact, trail=self.trail, format=form, header=header, source=source, complete=complete)


def is_site(cell: str) -> bool:
    """Tell whether a cell names a genetic variant, which is as good a sign of a table as a number: an rs number, a place."""
    return _SITE.match(cell.strip()) is not None


def is_value(cell: str) -> bool:
    """Tell whether a cell is a number, a date, or a word for a missing one: what no column is called."""
    return len(cell) <= 80 and _VALUE.fullmatch(cell.strip()) is not None


def header_at(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """Return the index of the row that names the columns of a table `width` wide, among its first rows; None when none does."""
    for at, row in enumerate(rows):
        filled = sum(1 for cell in row if cell.strip())
        if filled * 5 < width * 4 and filled < width - 1:
            continue  # a title, or a note
        below = next((each for each in rows[at + 1 :] if len(each) >= len(row)), None)
        return at if _names(row, below) else None
    return None


def _names(row: Sequence[str], below: Sequence[str] | None) -> bool:
    """Tell whether a row names columns: it holds no values, or numbers them behind a corner that is empty or a word."""
    values = _values(row)
    if not values:
        return any(cell.strip() for cell in row) and (below is None or list(below) != list(row))
    if values * 10 <= len(row):
        return below is None or _values(below) > values
    if (
        row[0].startswith("#")
        and row[0][1:].isidentifier()
        and len(set(row)) == len(row)
        and below is not None
        and list(below) != list(row)
    ):
        return True  # as of a comment: ids that are numbers can stand behind the names of its first columns
    corner = not row[0].strip() or (not is_value(row[0]) and row[0].strip("#")[:1].isalpha() and below is not None)
    named = corner and values == len(row) - 1 and len(set(row)) == len(row)
    return named and (not row[0].strip() or (below is not None and is_value(below[0]) and row[0].isidentifier()))


def _values(cells: Sequence[str]) -> int:
    """Return how many cells are values; of many, those that differ in their digits alone are tried once."""
    if len(cells) < _MANY:
        return sum(1 for cell in cells if is_value(cell))
    text = "\n".join(cells)
    kinds = text.translate(_ONES).split("\n") if text.count("\n") < len(cells) else [cell.translate(_ONES) for cell in cells]
    return sum(many for kind, many in Counter(kinds).items() if is_value(kind))


def begins(widths: Sequence[int], width: int, apart: set[int]) -> int:
    """Return where a table begins: at the first record as wide, or at one that stands apart, below others of which few are."""
    first = widths.index(width)
    for at in sorted(apart):
        above, below = widths[:at], widths[at:]
        if at > first and above.count(width) * 2 <= at and below.count(width) * 10 >= 8 * len(below) > 0:
            first = at if widths[at] == width - 1 > 1 else widths.index(width, at)
    if first and widths[first] == width and widths[first - 1] == width - 1 > 1 and first not in apart:
        return first - 1  # R leaves out the name of the column of row names
    return first


def typed(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether one of the columns holds values nearly everywhere: a sign of a table that no prose has."""
    for column in range(min(width, 1000)):
        cells = [row[column] for row in rows if column < len(row) and row[column].strip()]
        left = len(cells) // 5  # cells that may be none: of prose, the first ones exceed it
        values = []
        for cell in cells:
            if is_value(cell) or is_site(cell) or _CALL.fullmatch(cell):
                values.append(cell)
            else:
                left -= 1
                if left < 0:
                    break
        else:
            digits = sum(1 for cell in values if _DIGIT.search(cell) or any(map(str.isdigit, cell)) or _CALL.fullmatch(cell))
            if values and digits * 2 >= len(cells):
                return True
    return False


def named(header: Sequence[str], width: int) -> tuple[str, ...]:
    """Return names for `width` columns; a header that is one short leaves the first, the rows' labels, without."""
    names = [name.strip() for name in header]
    if len(names) == width - 1:
        names = ["", *names]
    return (*names, *[""] * (width - len(names)))
