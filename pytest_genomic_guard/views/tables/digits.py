"""Rows of digits with nothing between them, as genotype matrices are written, and arrays as numpy prints them, with blanks."""

from __future__ import annotations

from itertools import islice

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.table import COLUMNS, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page

_FEWEST, _SHORTEST = 20, 20  # lines, and digits in each
_LINE = regex(rb"[ \t]*([0-39]+)[ \t\r]*")
_PRINTED = regex(rb"\s*(?:array\()?\[\[\s*[-\d.]")
_ROW = regex(rb"\[([-\d.,\s]{3,})\]")


def find(page: Page) -> DataTable | None:
    """Return the table that a text of such lines is, or None."""
    data = page.data
    if _PRINTED.match(data):
        return _printed(page)
    first = data[:1024].lstrip()[:_SHORTEST]
    if len(first) < _SHORTEST or first.strip(b"01239"):
        return None
    rows = 0
    width: int | None = None
    for line in data.split(b"\n"):
        if line.strip():
            found = _LINE.fullmatch(line)
            if found is None or (width is not None and len(found[1]) != width):
                return None
            width = len(found[1])
            rows += 1
    if width is None or width < _SHORTEST or rows < _FEWEST:
        return None
    complete = width <= COLUMNS

    def make() -> Numbered:
        for number, line in enumerate(data.split(b"\n"), 1):
            if cells := line.strip():
                yield number, tuple(cells.decode()[:COLUMNS])

    return page.table("fixed-width", ("",) * min(width, COLUMNS), Source(make), complete=complete)


def _printed(page: Page) -> DataTable | None:
    """Return the rows of an array that stand in brackets, each over several lines where it is long."""

    def rows() -> Iterator[tuple[int, tuple[str, ...]]]:
        for found in _ROW.finditer(page.data):
            cells = found[1].replace(b",", b" ").decode().split(maxsplit=COLUMNS)
            if b"..." not in found[1]:
                yield page.line(found.start()), tuple(cells)

    widths = [len(row) for _line, row in islice(rows(), _FEWEST)]
    if len(widths) < 2 or len(set(widths)) > 1 or widths[0] < 2:
        return None
    return page.table("literal", ("",) * widths[0], Source(rows))
