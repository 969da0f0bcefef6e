"""Tables that LaTeX typesets: cells between ampersands, rows that end in two backslashes, in an environment for tables."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.table import COLUMNS, Source, header_at, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page, Row

_BEGIN = regex(rb"\\begin\{(tabular[*x]?|longtable|array|tabu)\}(?:\[[^\]\n]{0,20}\])?(?:\{[^\n]{0,4000}\})?")
_RULE = regex(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|cline\{[^}]{0,20}\}|cmidrule(?:\([lr]+\))?\{[^}]{0,20}\})"
)
_DRESS = regex(r"\\(?:text(?:bf|it|tt|sf|rm)|emph|mathbf|multicolumn\{\d+\}\{[^}]{0,20}\})\{([^{}]{0,400})\}")
_PARTS = regex(rb"\\\\\*?(?:\[[^\]\n]{0,20}\])?|(?:[^\\]|\\(?!\\))+")
_LONGEST = 1 << 22  # bytes of one table


def find(page: Page) -> Iterator[DataTable]:
    """Yield the tables of a document."""
    at = 0
    while begin := _BEGIN.search(page.data, at):
        end = page.data.find(b"\\end{" + begin[1] + b"}", begin.end(), begin.end() + _LONGEST)
        at = end if end >= 0 else begin.end()
        if end < 0:
            continue
        rows = list(_rows(page, begin.end(), end))
        width = max((len(row) for _line, row in rows), default=0)
        if len(rows) < 2 or width < 2:
            continue
        head = header_at([row for _line, row in rows[:3]], width)
        below = rows if head is None else rows[head + 1 :]
        yield page.table("markdown", named(() if head is None else rows[head][1], width), Source(_giver(below)))


def _giver(rows: list[tuple[int, Row]]) -> _Maker:
    return lambda: iter(rows)


def _rows(page: Page, start: int, end: int) -> Iterator[tuple[int, Row]]:
    """Yield the rows between two offsets, each with its line."""
    for part in _PARTS.finditer(page.data[start:end]):
        if part[0].startswith(b"\\\\"):
            continue  # the end of a row
        text = _RULE.sub("", part[0].decode("utf-8", "replace"))
        cells = [_DRESS.sub(r"\1", cell).strip() for cell in re.split(r"(?<!\\)&", text, maxsplit=COLUMNS)]
        if len(cells) > 1:
            blank = len(part[0]) - len(part[0].lstrip())
            yield page.line(min(start + part.start() + blank, end)), tuple(cells)


if TYPE_CHECKING:
    from collections.abc import Callable

    _Maker = Callable[[], Numbered]
