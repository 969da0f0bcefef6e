"""Tables as pandas and R print them where their lines are no plain columns.

They are wrapped at the right margin, stand below other output or behind the signs of a comment, or have a line of types or the
name of the index between names and rows.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.table import Source, is_value, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import DataTable, Page, Row

_MOST = 1 << 20  # bytes of a part that is looked at: a printed table is short
_LINES = 5000
_MARK = regex(rb"[ \t]*(?:#>|##?|%|>|\|)[ \t]?")
_LABEL = regex(r"\d{1,10}|\.\.\.|…|\[\d+,\]")
# What a line with such a label begins with, in bytes: digits and blanks of other scripts are not told apart.
_BEGIN = rb"(?:[0-9]{1,10}(?![!-~])|\.\.\.(?![!-~])|\[[0-9]++,\]|[0-9\[]*[\x80-\xff])"
LABEL = rb"[ \t\r\v\f\x1c-\x1f#>%|]*+" + _BEGIN
_LABELLED_LINE = regex(rb"\n" + LABEL)
_TYPES = regex(r"<[a-z0-9]{1,8}>")
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
    left = len(filled) // 10  # lines that may be without the mark
    if all(_MARK.match(line) or (left := left - 1) >= 0 for line in filled):
        lines = [_MARK.sub(b"", line, count=1) for line in lines]
    words = _Words(lines)
    for at in _above(page.data[start:end], len(lines)):  # below most lines of a text there is no row
        if found := _below(words, at):
            first = page.line(start)
            rows = tuple((first + number, tuple(words[number])) for number in found)
            names = named(_header(words[at]), len(rows[0][1]))
            return page.table("fixed-width", names, _Rows(rows))
    return None


def labels(data: bytes) -> list[int]:
    """Return where lines may begin that show the number of a row, each by the line feed before: no part without one is a table."""
    return [found.start() for found in _LABELLED_LINE.finditer(data)]


def _above(text: bytes, count: int) -> Iterator[int]:
    """Yield the lines, counted from 0, below which, or one further, a line may begin with a label."""
    done = line = last = 0
    for label in labels(text):
        line += text.count(b"\n", last, label + 1)
        last = label + 1
        yield from range(max(done, line - 2), min(line, count - 1))
        done = line


class _Words:
    """The words of lines, each split when it is asked for."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines
        self._split: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, at: int) -> list[str]:
        words = self._split.get(at)
        if words is None:
            line = self._lines[at]
            words = self._split[at] = line.decode("utf-8", "replace").split() if len(line) < 1 << 16 else []
        return words


class _Rows(Source):
    """Rows that are kept."""

    def __init__(self, rows: Sequence[tuple[int, Row]]) -> None:
        super().__init__(lambda: _again(rows))


def _again(rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    yield from rows


def _header(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if words[-1:] == [_WRAPPED] else words


def _below(words: _Words, at: int) -> list[int]:
    """Return the rows below a line of names: each begins with its number and has one cell more than there are names."""
    names = _header(words[at])
    number = at + 1
    below = words[number]
    if below and (all(map(_TYPES.fullmatch, below)) or (len(below) <= 2 and not is_value(below[0]))):
        number += 1  # types, or the name of the index
    if len(names) < _NAMES or number >= len(words) or len(words[number]) != len(names) + 1:
        return []
    if any(is_value(name) and name != "..." for name in names):
        return []
    found = []
    while number < len(words) and len(words[number]) == len(names) + 1 and _LABEL.fullmatch(words[number][0]):
        found.append(number)
        number += 1
    typed = any(is_value(cell) for row in found[:3] for cell in words[row][1:])
    return found if typed else []
