"""Tables in Markdown and HTML, and those that psql and others draw with bars."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.table import CELLS, COLUMNS, Source, header_at, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page

_RULE = b"|:-+= \t\r"
_BAR = re.compile(r"(?:[^|\\]++|\\.)*+", re.DOTALL)
_TAG = re.compile(rb"<(/?)(table|tr|td|th|thead)\b([^<>]*+)>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[/!]?[A-Za-z][^<>]*+>")
_SPAN = re.compile(rb"colspan\s{0,9}=\s{0,9}[\"']?(\d{1,4})(?!\d)", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"&#0*(\d{8,}|[xX]0*[0-9A-Fa-f]{7,})")


def _bars(line: bytes) -> list[str]:
    """Return the cells of a line with bars; a bar after a backslash is a part of its cell."""
    text = line.decode("utf-8", "replace").strip().removeprefix("|")
    cells = _unbar(text) if "\\" in text else text.split("|", COLUMNS)
    if cells and not cells[-1].strip() and text.endswith("|"):
        cells.pop()
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _unbar(text: str) -> list[str]:
    cells, at = [], 0
    while at <= len(text):
        found = _BAR.match(text, at)
        end = found.end() if found else len(text)
        if end < len(text) and text[end] == "\\":  # the last character of all
            end = len(text)
        cells.append(text[at:end])
        at = end + 1
    return cells


def markdown(page: Page) -> Iterator[DataTable]:
    """Yield the tables whose column line has a rule below it."""
    text = page.data
    above = (0, b"", 0)  # offset, line, number
    at, number = 0, 1
    while at < len(text):
        end = line_end(text, at)
        line = text[at:end]
        is_rule = not line.strip(_RULE) and line.count(b"-") + line.count(b"=") > 1 and (b"|" in line or b"+" in line)
        if is_rule and b"|" in above[1]:
            stop, after = _body(text, end + 1, number + 1)
            header = _bars(above[1])
            if after - number > 1 and len(header) > 1:
                yield _drawn(page, header, (end + 1, stop, number + 1))
            at, number, above = stop, after, (0, b"", 0)
            continue
        above = (at, b"" if is_rule else line, number)
        at, number = end + 1, number + 1


def _body(text: bytes, at: int, number: int) -> tuple[int, int]:
    """Return the offset and number of the first line from `at` that is no part of a table."""
    while at < len(text):
        end = line_end(text, at)
        if b"|" not in text[at:end] and (text[at:end].strip(_RULE) or b"-" not in text[at:end]):
            break
        at, number = end + 1, number + 1
    return at, number


def _drawn(page: Page, header: list[str], span: tuple[int, int, int]) -> DataTable:
    text = page.data

    def rows() -> Numbered:
        at, stop, number = span
        while at < stop:
            end = line_end(text, at)
            if text[at:end].strip(_RULE):
                yield number, tuple(_bars(text[at:end]))
            at, number = end + 1, number + 1

    return page.table("markdown", tuple(header), Source(rows))


class _Grid:
    """The cells of one HTML table: their offsets, row by row."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[tuple[int, int, int]]]] = []  # offset; for each cell begin, end, columns
        self.heads = 0  # rows that are names throughout
        self._cell: tuple[int, int] | None = None
        self._names = True

    def row(self, at: int) -> None:
        """Begin a row."""
        self.end(at)
        self._heads()
        self.rows.append((at, []))
        self._names = True

    def cell(self, at: int, span: int, *, names: bool) -> None:
        """Begin a cell."""
        self.end(at)
        if not self.rows:
            self.row(at)
        self._names = self._names and names
        self._cell = (at, span)

    def end(self, at: int) -> None:
        """End the cell, if one is open."""
        if self._cell:
            self.rows[-1][1].append((self._cell[0], at, self._cell[1]))
            self._cell = None

    def close(self, at: int) -> None:
        """End the table."""
        self.end(at)
        self._heads()

    def _heads(self) -> None:
        if self.rows and self.rows[-1][1] and self._names and self.heads == len(self.rows) - 1:
            self.heads += 1


def html(page: Page) -> Iterator[DataTable]:
    """Yield the tables between tags; one in a cell of another is a table of its own. Damaged markup ends what is open."""
    text = page.data
    grids: list[_Grid] = []
    for tag in _TAG.finditer(text):
        name, closing = tag[2].lower(), bool(tag[1])
        if name == b"table" or not grids:
            if closing and grids:
                grids[-1].close(tag.start())
                yield from _told(page, grids.pop())
            elif not closing and len(grids) < 8:  # a cell is read again for each table around it
                grids.append(_Grid())
        if not grids or name in {b"table", b"thead"}:
            if grids and name == b"thead" and not closing:
                grids[-1].end(tag.start())
            continue
        if closing:
            grids[-1].end(tag.start())
        elif name == b"tr":
            grids[-1].row(tag.start())
        else:
            span = _SPAN.search(tag[3][:200])
            grids[-1].cell(tag.end(), min(1000, int(span[1])) if span else 1, names=name == b"th")
    for grid in reversed(grids):
        grid.close(len(text))
        yield from _told(page, grid)


def _told(page: Page, grid: _Grid) -> Iterator[DataTable]:
    """Yield a table when a grid is one: the last row of names tells the columns, with what the rows above add where it is empty."""
    text = page.data
    rows = [(at, cells) for at, cells in grid.rows if cells]
    widths = [sum(span for _begin, _end, span in cells) for _at, cells in rows]
    if len(rows) < 2 or max(widths) < 2:
        return
    whole = sum(widths) <= CELLS
    head = min(grid.heads, len(rows) - 1, 3)
    header = [""] * max(widths)
    for _at, cells in rows[:head]:
        for column, name in enumerate(_cells(text, cells)):
            header[column] = name or header[column]
    first = [_cells(text, cells) for _at, cells in rows[:3]]
    at = header_at(first[:1], max(widths)) if not head else None
    if at is not None:
        head, header = at + 1, list(named(first[at], max(widths)))

    def make() -> Numbered:
        for at, cells in rows[head:]:
            yield page.line(at), tuple(_cells(text, cells if whole else [(*cell[:2], 1) for cell in cells]))

    yield page.table("html", tuple(header), Source(make), complete=whole)


def _cells(text: bytes, cells: list[tuple[int, int, int]]) -> list[str]:
    found: list[str] = []
    for begin, end, span in cells:
        found += [_inner(text[begin:end]), *[""] * (span - 1)]
    return found


def _inner(markup: bytes) -> str:
    """Return the text of a cell."""
    text = markup.decode("utf-8", "replace")
    if "<" in text:
        text = _ANY_TAG.sub("", text)
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - its table of entities is needed for this only

        text = unescape(_NO_CHARACTER.sub("&amp;#", text))  # a number of thousands of digits is an error to `int`
    return text.strip()
