"""Tables in HTML: rows and cells by substitutions over a whole table, spans filled by repeating their cell."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.table import CELLS, Source, header_at, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Page, Row

_TABLE = regex(rb"<(/?)table\b[^<>]*+>?", re.IGNORECASE)
_ROW = regex(rb"<tr\b[^<>]*+>?", re.IGNORECASE)
_ROW_TEXT = regex(r"<tr\b[^<>]*+>?", re.IGNORECASE)
_CELL = regex(r"<t[dh]\b[^<>]*+>?", re.IGNORECASE)
_SPANNING = regex(r"<t[dh]\b([^<>]{0,400}?(?:col|row)span[^<>]*+)>?", re.IGNORECASE)
_SPAN = regex(r"(col|row)span\s{0,9}=\s{0,9}[\"']?(\d{1,5})(?!\d)", re.IGNORECASE)
_HEAD, _DATA = regex(rb"<th\b", re.IGNORECASE), regex(rb"<td\b", re.IGNORECASE)
_ANY_TAG = regex(r"<[/!]?[A-Za-z][^<>]*+>")
_NO_CHARACTER = regex(r"&#0*(\d{8,}|[xX]0*[0-9A-Fa-f]{7,})")
_SIGNS = str.maketrans("\ue01d\x1e\x1f", "   ")  # a span, a row, a cell; the first is no blank, which would be stripped
_BLOCK = 1 << 18  # bytes of rows that are read together
_KEPT = 1 << 21  # bytes of a table whose rows are kept
_DEPTH = 8  # tables in tables: a cell is read again for each table around it


class _Region:
    """Where a table stands, and the tables in it."""

    def __init__(self, start: int) -> None:
        self.start, self.end = start, start
        self.inner: list[tuple[int, int]] = []


def html(page: Page) -> Iterator[DataTable]:
    """Yield the tables between tags; one in a cell of another is a table of its own. Damaged markup ends what is open."""
    text = page.data
    if not _ROW.search(text) and not _TABLE.search(text):
        return
    stack: list[_Region] = []
    done = 0
    for tag in _TABLE.finditer(text):
        if not tag[1] and len(stack) < _DEPTH:
            if not stack and _ROW.search(text, done, tag.start()):  # rows before the first table
                yield from _told(page, _ended(_Region(done), tag.start()))
            stack.append(_Region(tag.end()))
        elif tag[1]:
            region = _ended(stack.pop() if stack else _Region(done), tag.start())
            if stack:
                stack[-1].inner.append((region.start, tag.end()))
            yield from _told(page, region)
            done = tag.end()
    if not stack and _ROW.search(text, done):
        stack.append(_Region(done))
    while stack:
        region = _ended(stack.pop(), len(text))
        if stack:
            stack[-1].inner.append((region.start, len(text)))
        yield from _told(page, region)


def _ended(region: _Region, end: int) -> _Region:
    region.end = end
    return region


class _Html(Source):
    """The rows of one table."""

    def __init__(self, page: Page, region: _Region) -> None:
        super().__init__(lambda: zip(self._where(), self.rows(), strict=True), self._where)
        self._page, self._region = page, region
        self._kept: list[Row] | None = None
        self._skip = 0
        self.whole = True

    def measure(self) -> tuple[int, int, list[Row]]:
        """Return how many rows there are, the most cells of one, and the first rows."""
        first: list[Row] = []
        count = width = 0
        kept: list[Row] | None = [] if self._region.end - self._region.start <= _KEPT else None
        for row in self._all():
            count += 1
            width = max(width, len(row))
            if len(first) < 4:
                first.append(row)
            if kept is not None:
                kept.append(row)
        self._kept = kept
        return count, width, first

    def below(self, head: int) -> _Html:
        """Leave out the rows that are names."""
        self._skip = head
        return self

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        rows = iter(self._kept) if self._kept is not None else self._all()
        for _name in range(self._skip):
            next(rows, None)
        yield from rows

    def heads(self) -> int:
        """Return how many rows at the top are names throughout."""
        found = 0
        starts = self._starts()
        begin = next(starts, None)
        while begin is not None and found < 3:
            end = next(starts, None)
            stop = self._region.end if end is None else end
            if _DATA.search(self._page.data, begin, stop) or not _HEAD.search(self._page.data, begin, stop):
                break
            found, begin = found + 1, end
        return found

    def _starts(self) -> Iterator[int]:
        """Yield where rows begin, leaving out those of tables in this one."""
        inner = iter((*self._region.inner, (self._region.end, self._region.end)))
        low, high = next(inner)
        for row in _ROW.finditer(self._page.data, self._region.start, self._region.end):
            while row.start() >= high and low < self._region.end:
                low, high = next(inner)
            if row.start() < low:
                yield row.start()

    def _where(self) -> Iterator[int]:
        starts = [self._region.start, *self._starts()]
        number = 0
        for start, row in zip(starts, self._cut(), strict=True):
            if row:
                if number >= self._skip:
                    yield self._page.line(start)
                number += 1

    def _all(self) -> Iterator[Row]:
        """Yield the rows that have cells, with spans filled, within the bound for cells that are filled in."""
        left = CELLS >> 4  # a span of rows is filled in once a row
        held: dict[int, tuple[int, str]] = {}  # by column, rows that a cell still reaches, and the cell
        self.whole = True
        for cells in self._cut():
            if not cells:
                continue
            if not held and not any(cell[:1] == "\ue01d" for cell in cells):
                yield tuple(cells)
                continue
            row: list[str] = []
            for each in [*cells, None]:
                while len(row) in held:
                    more, value = held.pop(len(row))
                    if more > 1:
                        held[len(row)] = (more - 1, value)
                    row.append(value)
                    left -= 1
                if each is None:
                    break
                columns, rows, cell = _spanning(each)
                if left < columns:
                    self.whole, columns, rows = False, 1, 1
                left -= columns - 1
                for _column in range(columns):
                    if rows > 1:
                        held[len(row)] = (rows - 1, cell)
                    row.append(cell)
            if left < len(held):
                self.whole = False
                held.clear()
            yield tuple(row)

    def _cut(self) -> Iterator[list[str]]:
        """Yield the cells of what stands before the first row, and of each row; a cell with spans says so in front of its text."""
        data, at, inner = self._page.data, self._region.start, list(reversed(self._region.inner))
        text: list[str] = []
        first = True
        while at < self._region.end or first:
            stop = min(self._region.end, inner[-1][0] if inner else self._region.end)
            if stop - at > _BLOCK:
                row = _ROW.search(data, at + _BLOCK, stop)
                stop = row.start() if row else stop
                text.append(data[at:stop].decode("utf-8", "replace"))
                yield from _split("".join(text), first=first)
                text, first, at = [], False, stop
                continue
            text.append(data[at:stop].decode("utf-8", "replace"))
            at = stop
            if inner and stop == inner[-1][0]:
                low, at = inner.pop()
                text.append(_ANY_TAG.sub("", data[low:at].decode("utf-8", "replace")))
            if at >= self._region.end:
                break
        if text or first:
            yield from _split("".join(text), first=first)


def _split(text: str, *, first: bool) -> Iterator[list[str]]:
    """Yield the cells of each row of a block; before the first row of all there may be some, too."""
    if "\ue01d" in text or "\x1e" in text or "\x1f" in text:
        text = text.translate(_SIGNS)
    text = _ROW_TEXT.sub("\x1e", text)
    if "span" in text or "SPAN" in text or "Span" in text:
        text = _SPANNING.sub(_spans, text)
    text = _ANY_TAG.sub("", _CELL.sub("\x1f", text))
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - its table of entities is needed for this only

        text = unescape(_NO_CHARACTER.sub("&amp;#", text))  # a number of thousands of digits is an error to `int`
    for row in text.split("\x1e")[0 if first else 1 :]:
        yield list(map(str.strip, row.split("\x1f")[1:]))


def _spanning(cell: str) -> tuple[int, int, str]:
    """Return how many columns and rows a cell covers, and its text."""
    if cell[:1] != "\ue01d":
        return 1, 1, cell
    spans, _sign, text = cell[1:].partition("\ue01d")
    columns, rows = map(int, spans.split(","))
    return columns, rows, text


def _spans(tag: re.Match[str]) -> str:
    found = {kind.lower(): int(number) for kind, number in _SPAN.findall(tag[1])}
    columns, rows = min(1000, found.get("col", 1)), min(1 << 16, found.get("row", 1))
    return f"\x1f\ue01d{columns or 1},{rows or 1 << 16}\ue01d"


def _told(page: Page, region: _Region) -> Iterator[DataTable]:
    """Yield a table when a region is one: its last row of names tells the columns, and the rows above what is empty in that."""
    source = _Html(page, region)
    count, width, first = source.measure()
    if count < 2 or width < 2:
        return
    head = min(source.heads(), count - 1, 3)
    header = [""] * width
    for row in first[:head]:
        for column, name in enumerate(row):
            header[column] = name or header[column]
    if not head and header_at(first[:1], width) is not None:
        head, header = 1, list(named(first[0], width))
    whole = source.whole
    yield page.table("html", tuple(header), source.below(head), complete=whole)
