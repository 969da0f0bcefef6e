"""Tables as pandas and R print them where their lines are no plain columns.

They are wrapped at the right margin, stand below other output or behind the signs of a comment, or have a line of types or the
name of the index between names and rows.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.tables.table import Source, is_value, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import DataTable, Page, Row

_MOST = 1 << 20  # bytes of a part that is looked at: a printed table is short
_LINES = 5000
_MARK = re.compile(rb"[ \t]*(?:#>|##?|%|>|\|)[ \t]?")
_LABEL = re.compile(r"\d{1,10}|\.\.\.|…|\[\d+,\]")
_TYPES = re.compile(r"<[a-z0-9]{1,8}>")
_WRAPPED = "\\"
_NAMES = 2  # names that a header has at least


def find(page: Page, span: tuple[int, int]) -> DataTable | None:
    """Return the first table that a span of a text shows, or None."""
    start, end = span
    if end - start > _MOST:
        return None
    lines = page.data[start:end].split(b"\n")[:_LINES]
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2:
        return None
    if sum(1 for line in filled if _MARK.match(line)) * 10 >= len(filled) * 9:
        lines = [_MARK.sub(b"", line, count=1) for line in lines]
    words = [line.decode("utf-8", "replace").split() if len(line) < 1 << 16 else [] for line in lines]
    numbered = [bool(each) and _LABEL.fullmatch(each[0]) is not None for each in words]
    for at in range(len(words) - 1):
        found = _below(words, at) if any(numbered[at + 1 : at + 3]) else ()  # below most lines of a text there is no row
        if found:
            first = page.line(start)
            rows = tuple((first + number, tuple(words[number])) for number in found)
            names = named(_header(words[at]), len(rows[0][1]))
            return page.table("fixed-width", names, _Rows(rows))
    return None


class _Rows(Source):
    """Rows that are kept."""

    def __init__(self, rows: Sequence[tuple[int, Row]]) -> None:
        super().__init__(lambda: _again(rows))


def _again(rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    yield from rows


def _header(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if words[-1:] == [_WRAPPED] else words


def _below(words: Sequence[Sequence[str]], at: int) -> list[int]:
    """Return the rows below a line of names: each begins with its number and has one cell more than there are names."""
    names = _header(words[at])
    if len(names) < _NAMES or any(is_value(name) and name != "..." for name in names):
        return []
    number = at + 1
    below = words[number]
    between = bool(below) and (all(map(_TYPES.fullmatch, below)) or (len(below) <= 2 and not is_value(below[0])))
    if between:
        number += 1
    found = []
    while number < len(words) and len(words[number]) == len(names) + 1 and _LABEL.fullmatch(words[number][0]):
        found.append(number)
        number += 1
    typed = any(is_value(cell) for row in found[:3] for cell in words[row][1:])
    return found if typed else []
