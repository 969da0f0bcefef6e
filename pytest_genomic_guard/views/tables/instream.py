"""Rows that a program holds behind the names of their columns: `INPUT ... DATALINES` of SAS, and `input ... end` of Stata.

Source: SAS 9.4 statements reference, DATALINES, INFILE and INPUT; Stata data management reference, `input`.
"""

from __future__ import annotations

import csv
import re
from functools import partial

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.table import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page

_SAS = regex(
    rb"^[ \t]{0,16}input[ \t\r\n]([^;]{1,4000}+);[^;]{0,200}?(?:;[^;]{0,200}?){0,4}?"
    rb"^[ \t]{0,16}(?:datalines|cards|lines)4?[ \t]{0,8}+;[^\n]{0,200}\n",
    re.MULTILINE | re.IGNORECASE,
)
_ENDS_SAS = regex(rb"^[^\n;]{0,4000};", re.MULTILINE)
_STATA = regex(rb"^[ \t]{0,16}input[ \t]([^\n;]{1,4000}+)\n", re.MULTILINE | re.IGNORECASE)
_ENDS_STATA = regex(rb"^[ \t]{0,16}end[ \t\r]{0,8}$", re.MULTILINE)
_TYPES = frozenset({"byte", "int", "long", "float", "double", "strl"})
_NAME = regex(r"[A-Za-z_]\w{0,31}")
_FORMAT = regex(r":?[$&]?[A-Za-z_]*\w*\.\d*|:|&|\$|@+\d*|\+\d+|#\d*|\d+(?:-\d+)?|-\d+|str[0-9Ll]{1,4}|,")
_DELIMITER = regex(rb"\b(?:dlm|delimiter)[ ]{0,4}=[ ]{0,4}['\"]?([,;|\t^~]|09)", re.IGNORECASE)
_DSD = regex(rb"\bdsd\b", re.IGNORECASE)
_BEFORE = 600  # bytes above in which INFILE may stand
_WIDE = 400  # names
_LONG = 1 << 20  # bytes of rows


def find(page: Page) -> Iterator[DataTable]:
    """Yield the tables of a program."""
    for begin, ends in ((_SAS, _ENDS_SAS), (_STATA, _ENDS_STATA)):
        at = 0
        while found := begin.search(page.data, at):
            at = found.end()
            names = _names(found[1].decode("utf-8", "replace"))
            end = ends.search(page.data, at, at + _LONG)
            if len(names) < 2 or not end:
                continue
            head = page.data[max(0, found.start() - _BEFORE) : at]
            rows = page.data[at : end.start()]
            source = Source(partial(_rows, rows, _delimiter(head) if begin is _SAS else " ", page.line(at), len(names)))
            if any(True for _row in source.rows()):
                yield page.table("delimited", tuple(names), source)
            at = end.end()


def _names(text: str) -> list[str]:
    """Return the names of an INPUT statement, its formats and places left out."""
    found: list[str] = []
    for word in text.replace("$", " $ ").replace(":", " : ").split():
        if _FORMAT.fullmatch(word) or word.lower() in _TYPES:
            continue
        if not _NAME.fullmatch(word) or len(found) >= _WIDE:
            return []
        found.append(word)
    return found


def _delimiter(head: bytes) -> str:
    told = _DELIMITER.search(head)
    if told:
        return "\t" if told[1] == b"09" else told[1].decode()
    return "," if _DSD.search(head) else " "


def _rows(data: bytes, delimiter: str, line: int, width: int) -> Numbered:
    lines = data.decode("utf-8", "replace").replace("\0", "").splitlines()
    reader = csv.reader((each.strip() if delimiter == " " else each for each in lines), delimiter=delimiter, skipinitialspace=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if len(row) >= 2:
            yield line + reader.line_num - 1, tuple([*row, *[""] * (width - len(row))][: max(width, len(row))])
