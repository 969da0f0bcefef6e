"""Rows that Stata's `list` shows in boxes, in its logs with markup (SMCL) or without: a number and a bar before each.

The names stand in the box, or in the command above it. Source: Stata manuals, [P] smcl and [D] list.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.tables.table import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page, Row

    _Maker = Callable[[], Numbered]

_DIRECTIVE = re.compile(r"\{(c \||hline[^{}]{0,10}|space \d{1,3}|[a-z][\w ,.:|+-]{0,40})\}")
_ROW = re.compile(r"\s*(\d{1,9})\.\s*[|│](.*?)(?:[|│]\s*)?")
_HEAD = re.compile(r"\s*[|│](.*?)(?:[|│]\s*)?")
_COMMAND = re.compile(r"\.\s+(?:\w{1,12}\s?:\s?)?l(?:i|is|ist)?\s+([A-Za-z_][\w ]{0,2000}?)(?:\s+(?:in|if)\s.*|,.*|\s*)")
_MOST = 1 << 17  # lines
_WIDEST = 4000  # characters of one


def find(page: Page) -> Iterator[DataTable]:
    """Yield the tables of a log."""
    names: list[str] = []
    commanded: list[str] = []
    rows: list[tuple[int, Row]] = []
    for number, raw in enumerate(page.data.split(b"\n", _MOST)[:_MOST]):
        if len(raw) > _WIDEST:
            continue
        line = _DIRECTIVE.sub(_plain, raw.decode("utf-8", "replace")).rstrip()
        row = _ROW.fullmatch(line)
        if row and row[1] == "1" and rows:
            yield from _table(page, names or commanded, rows)
            rows = []
        if row:
            rows.append((number + 1, tuple(row[2].replace("|", " ").split())))
        elif command := _COMMAND.fullmatch(line):
            yield from _table(page, names or commanded, rows)
            names, rows, commanded = [], [], command[1].split()
        elif not rows and (head := _HEAD.fullmatch(line)):
            names = head[1].replace("|", " ").split()
    yield from _table(page, names or commanded, rows)


def _plain(directive: re.Match[str]) -> str:
    """Return what a directive shows: a bar, or blanks; most show nothing."""
    if directive[1] == "c |":
        return "|"
    return " " if directive[1].startswith("space") else ""


def _table(page: Page, names: Sequence[str], rows: Sequence[tuple[int, Row]]) -> Iterator[DataTable]:
    kept = [(line, row) for line, row in rows if len(row) == len(names)]
    if len(kept) * 2 > len(rows) and len(names) > 1:
        yield page.table("fixed-width", tuple(names), Source(_giver(kept)))


def _giver(rows: list[tuple[int, Row]]) -> _Maker:
    return lambda: iter(rows)
