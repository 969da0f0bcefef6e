"""Tables in Markdown, and those that psql and others draw with bars."""

from __future__ import annotations

import re
from itertools import repeat

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.plain import Lines, blocks
from pytest_genomic_guard.views.tables.table import COLUMNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import DataTable, Page, Row

_LAYOUT = "|:-+= \t\r"
_BAR = regex(r"(?:[^|\\]++|\\.)*+", re.DOTALL)
_RULE = regex(rb"\n[ \t]*+[|:+=-][|:+= \t-]*+\r?(?=\n|\Z)")
_BODY = regex(rb"(?:(?:[^\n|]*+\|[^\n]*+|(?=[^\n]*-)[|:+= \t\r-]++)(?:\n|\Z))*+")


def _bars(line: bytes | str) -> list[str]:
    """Return the cells of a line with bars; a bar after a backslash is a part of its cell."""
    text = (line if isinstance(line, str) else line.decode("utf-8", "replace")).strip().removeprefix("|")
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
    done = 0
    for rule in _RULE.finditer(text):
        line = rule[0]
        if rule.start() < done or line.count(b"-") + line.count(b"=") < 2 or not (b"|" in line or b"+" in line):
            continue
        start = text.rfind(b"\n", done, rule.start()) + 1 or done
        above = text[start : rule.start()]
        if b"|" not in above or not above.strip(_LAYOUT.encode()):
            continue
        body = _BODY.match(text, min(len(text), rule.end() + 1))
        done = body.end() if body else rule.end()
        header = _bars(above)
        if len(header) > 1 and done > rule.end() + 1:
            yield page.table("markdown", tuple(header), _Drawn(text, (rule.end() + 1, done), page.line(rule.end() + 1)))


class _Drawn(Lines):
    """Rows between bars."""

    _layout = _LAYOUT

    def column(self, number: int) -> Iterator[Sequence[str]]:
        """Yield the cells of a column."""
        for low, high in blocks(self._data, *self._span):
            found = self._even(low, high)
            if found and number < found[1]:
                yield list(map(str.strip, found[0][number :: found[1]]))
            else:
                yield [row[number] if number < len(row) else "" for row in self._split(low, high)]

    def _split(self, low: int, high: int) -> Iterable[Row]:
        found = self._even(low, high)
        if found:
            return zip(*[map(str.strip, found[0])] * found[1], strict=True)
        return [tuple(_bars(line)) for line in self._lines_of(low, high)]

    def _even(self, low: int, high: int) -> tuple[list[str], int] | None:
        """Return all cells of a block, and how many a row has, where each line begins and ends with a bar and has as many."""
        text = self._text(low, high)
        lines = text.split("\n")
        counts = set(map(str.count, lines, repeat("|")))
        if len(counts) != 1 or "\\" in text or text.count("|\n|") != len(lines) - 1 or text[:1] != "|" or text[-1:] != "|":
            return None
        width = counts.pop() - 1
        if not 1 < width <= COLUMNS or any(line.isspace() or not line.strip(_LAYOUT) for line in lines):
            return None
        return text[1:-1].replace("|\n|", "|").split("|"), width
