"""Tables in the attribute-relation file format of Weka: names of columns line by line, then rows behind `@data`.

Source: Weka manual, ARFF. Rows of the sparse form, in braces, are not read as a table.
"""

from __future__ import annotations

import csv

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.table import COLUMNS, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Page, Row

BEGIN = regex(rb"(?i:\s{0,99}+(?:%[^\n]{0,1000}+\n\s{0,99}+){0,200}+@relation[ \t])")
_ATTRIBUTE = regex(rb"(?im:^[ \t]{0,20}@attribute[ \t]{1,20}(?:'([^'\n]{1,200})'|\"([^\"\n]{1,200})\"|([^\s'\"]{1,200}))[ \t])")
_DATA = regex(rb"(?im:^[ \t]{0,20}@data[ \t]{0,20}\r?\n)")
_ABOVE = 1 << 20  # bytes of all that stands above the rows
_LONGEST = 1 << 16  # bytes of a row that are read: less than the longest field of the csv module


def find(page: Page) -> DataTable | None:
    """Return the table of a text that begins as the format does."""
    data = _DATA.search(page.data, 0, _ABOVE)
    if not data or page.data[data.end() : data.end() + 1] == b"{":
        return None
    found = _ATTRIBUTE.finditer(page.data, 0, data.start())
    names = tuple((each[1] or each[2] or each[3]).decode("utf-8", "replace") for each in found)[:COLUMNS]
    return page.table("delimited", names, Source(lambda: _rows(page, data.end()))) if len(names) > 1 else None


def _rows(page: Page, start: int) -> Iterator[tuple[int, Row]]:
    """Yield rows with their lines; a mark for a missing value is an empty cell."""
    number = page.line(start)
    while start < len(page.data):
        end = page.data.find(b"\n", start)
        end = len(page.data) if end < 0 else end
        line = page.data[start : min(end, start + _LONGEST)].strip()
        if line and not line.startswith(b"%"):
            cells = next(csv.reader([line.decode("utf-8", "replace").replace("\r", " ")], quotechar="'", skipinitialspace=True), [])
            yield number, tuple("" if cell == "?" else cell for cell in cells[:COLUMNS])
        number, start = number + 1, end + 1
