"""Text in columns of blanks: what PLINK and R write, and tables as a program prints them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.roles import known
from pytest_genomic_guard.views.tables.table import COLUMNS, SAMPLE, Source, header_at, named, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page

    Split = Callable[[str], list[str]]

_WIDE = 1 << 16  # characters of a line that is looked at for columns by their places
_MEANING = re.compile(r"\w")
_RULE = re.compile(rb"^ *+-++(?: ++-++)++[ \r]*+$", re.MULTILINE)
_GAP = re.compile(rb"(?<=-) +(?=-)")
_ENOUGH = 4 << 20  # characters of first lines


def lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of a span that are neither blank nor rules, each with its offset."""
    at = start
    while at < end:
        stop = min(line_end(data, at), end)
        if data[at:stop].strip(b"-=+ \t\r"):
            yield at, data[at:stop].decode("utf-8", "replace").rstrip()
        at = stop + 1


def find(page: Page, span: tuple[int, int]) -> DataTable | None:
    """Return the table that a span of a text is, or None: by its words where all lines have as many, by their places otherwise."""
    data = page.data
    first: list[str] = []
    size = 0
    for _at, line in lines(data, *span):
        first.append(line)
        size += len(line)
        if len(first) >= SAMPLE or size > _ENOUGH:
            break
    if len(first) < 3 and not (len(first) == 2 and any(known(word) for word in first[0].split()[:1000])):
        return None
    tables = [_table(page, span, first, split) for split in (_ruled(data, span), _words, _places(first)) if split]
    found = [table for table in tables if table]
    return min(found, key=lambda table: (not any(table.header), table.header.count("")), default=None)


def _words(line: str) -> list[str]:
    return line.split(None, COLUMNS)


def _ruled(data: bytes, span: tuple[int, int]) -> Split | None:
    """Return what splits lines where the rule below the column line has gaps, or None when there is none."""
    rule = _RULE.search(data, span[0], min(span[1], span[0] + _WIDE))
    if not rule:
        return None
    cuts = [0, *(run.end() for run in _GAP.finditer(rule[0]))]
    spans = [*pairwise(cuts), (cuts[-1], None)]
    return lambda line: [line[begin:end].strip() for begin, end in spans]


def _places(first: Sequence[str]) -> Split | None:
    """Return what splits lines at the places that are blank in all of `first`, or None when there are none."""
    width = max(len(line) for line in first)
    if width > _WIDE or any("\t" in line for line in first):
        return None
    used = bytearray(width)
    for line in first:
        at = 0
        for word in line.split():
            at = line.index(word, at)
            used[at : at + len(word)] = b"\1" * len(word)
            at += len(word)
    least = 1 if len(first) > 5 else 2
    cuts = [0]
    at = used.find(1)
    while 0 <= at < width:
        gap = used.find(0, at)
        at = used.find(1, gap) if gap >= 0 else -1
        if at >= 0 and at - gap >= least:
            cuts.append((gap + at + 1) // 2 if at - gap > 1 else gap)
    if len(cuts) < 2:
        return None
    spans = [*pairwise(cuts), (cuts[-1], None)]
    return lambda line: [line[begin:end].strip() for begin, end in spans]


def _table(page: Page, span: tuple[int, int], first: Sequence[str], split: Split) -> DataTable | None:
    data = page.data
    rows = [split(line) for line in first]
    common = Counter(len(row) for row in rows).most_common(1)
    width = common[0][0]
    begin = next(at for at, row in enumerate(rows) if len(row) == width)
    begin -= bool(begin and len(rows[begin - 1]) == width - 1)
    rows = rows[begin:]
    at = header_at(rows[:3], width)
    header = rows[at] if at is not None else []
    body = rows[0 if at is None else at + 1 :]
    if width < 2 or not body or not (typed(body, width) or sum(1 for name in header[:1000] if known(name)) > 1):
        return None
    if not _tabular(body, width) or (at is None and len(body) < 3):
        return None
    skip = begin + (0 if at is None else at + 1)
    total = fit = start = widest = 0
    for number, (offset, line) in enumerate(lines(data, *span)):
        row = split(line)
        start = offset if number == skip else start
        total += number >= skip
        fit += number >= skip and len(row) == width and (split is _words or _cut_between(line, row))
        widest = max(widest, len(row))
    if fit * 20 < total * 19:
        return None
    above = page.line(start)
    source = Source(lambda: _numbered(data, (start, span[1]), above, split))
    names = named(header, width)
    return page.table("fixed-width", names, source, complete=widest <= COLUMNS)


def _tabular(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether lines are rows, and neither code, nor a list, nor prose: by brackets, signs and words in their columns."""
    cells = [cell for row in rows for cell in row[:200]]
    filled = sum(1 for cell in cells if cell)
    broken = sum(1 for cell in cells if sum(map(cell.count, "([{")) != sum(map(cell.count, ")]}")))
    words = sum(1 + cell.count(" ") for cell in cells if cell)
    if filled * 3 < len(cells) * 2 or broken * 10 > filled or words > filled * 4:
        return False
    for column in range(min(width, 200)):
        column_cells = [row[column] for row in rows if column < len(row) and row[column]]
        signs = sum(1 for cell in column_cells if not _MEANING.search(cell) and cell not in {"-", ".", "*", "+"})
        bullets = sum(1 for cell in column_cells if cell in {"-", "*", "+", "#", "//", ">>>", "..."}) if not column else 0
        if column_cells and max(signs, bullets) * 2 > len(column_cells):
            return False
    return True


def _cut_between(line: str, row: Sequence[str]) -> bool:
    """Tell whether no word of a line was cut in two."""
    return sum(len(cell.split()) for cell in row) == len(line.split())


def _numbered(data: bytes, span: tuple[int, int], line: int, split: Split) -> Numbered:
    last = span[0]
    for at, text in lines(data, *span):
        line += data.count(b"\n", last, at)
        last = at
        yield line, tuple(split(text))
