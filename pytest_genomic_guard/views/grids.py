"""The rows of one HTML table as lines with tabs between cells: the names of the columns first, spans filled, titles set apart.

Rows are made by substitutions over the whole table, as a table of a report can have a hundred thousand of them; cells are looked
at one by one only in rows that a span reaches.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

_BLANK = regex(r"&#(?:0*(?:9|10|13)|[xX]0*(?:9|[aAdD]))(?![0-9A-Fa-f]);?|&(?:Tab|NewLine);|[\x02\x03]")
_SPANNED = regex(r"<t[dh](?![A-Za-z0-9])(?=[^<>]*?(?:col|row)span)([^<>]*+)>", re.IGNORECASE)
_SPAN = regex(r"(col|row)span\s*=\s*[\"']?\s*0*(\d{1,5})(?!\d)", re.IGNORECASE)
_CELL = regex(r"<t[dh](?![A-Za-z0-9])[^<>]*+>", re.IGNORECASE)
_ROW = regex(r"</?tr(?![A-Za-z0-9])[^<>]*+>", re.IGNORECASE)
_BLOCK = regex(r"</?(?:p|div|br|pre|li|ul|ol|h[1-6])(?![A-Za-z0-9])[^<>]*+>", re.IGNORECASE)
_TAG = regex(r"</?(?=[A-Za-z])[A-Za-z0-9]*+[^<>]*+>")
_BODY = regex(r"</thead\b|<tbody\b", re.IGNORECASE)
_DATA = regex(r"<td(?![A-Za-z0-9])", re.IGNORECASE)
_USUAL = (("</td>", ""), ("</th>", ""), ("<td>", "\t"), ("<th>", "\t"), ("</tr>", "\n"), ("<tr>", "\n"))
_MOST = 1000  # columns or rows that one cell may span; browsers stop at 1000 and 65534
_FREE = 1 << 16  # characters that spans may add to any table; beyond that, as many as it has itself


class Grid:
    """A table: its rows, and what stood in it that is no row."""

    def __init__(self, budget: int) -> None:
        """Begin; `budget` is how many characters spans may add."""
        self.rows: list[str] = []
        self.notes: list[str] = []
        self._budget = budget
        self._below: dict[int, tuple[int, str]] = {}  # column: how many more rows a cell from above is in, and its text

    def add(self, lines: list[str]) -> None:
        """Take lines, each of which has a tab before each of its cells."""
        for line in lines:
            if "\x02" in line or self._below:
                self._spread(line)
            elif line[:1] == "\t":
                self.rows.append(line[1:])
            elif line:
                self._stray(line)

    def merge(self) -> None:
        """Make one row of names of those taken so far: the lowest name of each column counts, the rows above become notes."""
        if len(self.rows) > 1:
            table = [row.split("\t") for row in self.rows]
            names = [""] * max(map(len, table))
            for row in table:
                for column, name in enumerate(row):
                    names[column] = name or names[column]
            self.notes += [row for row, cells in zip(self.rows, table, strict=True) if any(map(_lost, cells, names))]
            self.rows = ["\t".join(names)]

    def _stray(self, line: str) -> None:
        """Take a line that begins outside of a cell."""
        before, tab, row = line.partition("\t")
        if before.strip():
            self.notes.append(before)
        if tab:
            self.rows.append(row)

    def _spread(self, line: str) -> None:
        """Take a row with spans in it, or with cells that a row above has put there."""
        before, *cells = line.split("\t")
        if before.strip():
            self.notes.append(before)
        if not cells:
            return
        row: list[str] = []
        for cell in cells:
            self._from_above(row)
            text, across, down = _read(cell)
            if across > 1 and len(cells) == 1 and not row:
                self.notes.append(text)  # a title over the whole width, or over a group of rows
                return
            cost = (len(text) + 1) * (across * down - 1)
            if cost > self._budget:
                across = down = 1
            else:
                self._budget -= cost
            if down > 1:
                self._below |= dict.fromkeys(range(len(row), len(row) + across), (down - 1, text))
            row += [text] * across
        self._from_above(row)
        self.rows.append("\t".join(row))

    def _from_above(self, row: list[str]) -> None:
        while found := self._below.pop(len(row), None):
            left, text = found
            if left > 1:
                self._below[len(row)] = (left - 1, text)
            row.append(text)


def read(markup: str) -> Grid:
    """Return the rows of a table that holds no other table. `markup` begins with a row or a cell."""
    text = " ".join(markup.split())
    if "&" in text or "\x02" in text or "\x03" in text:
        text = _BLANK.sub(" ", text)
    grid = Grid(len(markup) + _FREE)
    body = _body(text)
    if body:
        grid.add(_lines(text[:body]))
        grid.merge()
    grid.add(_lines(text[body:]))
    return grid


def _body(text: str) -> int:
    """Return where the rows below the names begin: after the head where one is marked, or else at the first row with data."""
    body = _BODY.search(text)
    if body and body[0][1] == "/":
        return body.start()
    if body and _CELL.search(text, 0, body.start()):
        return body.start()
    data = _DATA.search(text)
    return max((row.start() for row in _ROW.finditer(text, 0, data.start())), default=0) if data else 0


def _lines(text: str) -> list[str]:
    """Return the rows as lines that begin with a tab, as every cell does."""
    for tag, meant in _USUAL:  # four times as fast as the patterns
        text = text.replace(tag, meant)
    text = _SPANNED.sub(_mark, text) if "span" in text or "Span" in text or "SPAN" in text else text
    text = _TAG.sub("", _BLOCK.sub(" ", _ROW.sub("\n", _CELL.sub("\t", text))))
    while "  " in text:
        text = text.replace("  ", " ")
    for blank in (" \t", "\t ", " \n", "\n "):
        text = text.replace(blank, blank.strip(" "))
    return text.strip(" ").split("\n")


def _lost(name: str, kept: str) -> bool:
    return bool(name) and name != kept


def _mark(tag: re.Match[str]) -> str:
    spans = {found[1].lower(): min(_MOST, int(found[2])) for found in _SPAN.finditer(tag[1])}
    across, down = spans.get("col", 1) or 1, spans.get("row", 1) or 1
    return "\t" if across == down == 1 else f"\t\x02{across},{down}\x03"


def _read(cell: str) -> tuple[str, int, int]:
    """Return a cell's text, and how many columns and rows it spans."""
    if not cell.startswith("\x02"):
        return cell, 1, 1
    span, _end, text = cell[1:].partition("\x03")
    across, _comma, down = span.partition(",")
    return text.strip(), int(across), int(down)
