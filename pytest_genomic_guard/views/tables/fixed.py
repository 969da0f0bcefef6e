"""Text in columns of blanks: what PLINK and R write, and tables as a program prints them."""

from __future__ import annotations

import re
from collections import Counter
from functools import reduce
from itertools import pairwise, repeat
from operator import or_

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.plain import Lines, blocks
from pytest_genomic_guard.views.tables.roles import known
from pytest_genomic_guard.views.tables.table import COLUMNS, SAMPLE, begins, header_at, named, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import DataTable, Page, Row

    Split = Callable[[str], list[str]]
    Way = tuple[Split, tuple[int, ...], list[list[str]], int, int, int]

_WIDE = 1 << 16  # characters of a line that is looked at for columns by their places
_LONG = 1 << 20  # bytes of a line that tell whether it can be a row
_MEANING = regex(r"\w")
_BRACKET = regex(r"[][(){}]")
_RULE = regex(rb"^ *+-++(?: ++-++)++[ \r]*+$", re.MULTILINE)
_GAP = regex(rb"- ++(?=-)")  # what each such rule has, which is quicker to find
_ENOUGH = 4 << 20  # characters of first lines
_LAYOUT = "-=+ \t\r"  # lines of nothing else are rules, or blank
_STEP = 1 << 14  # bytes that are split into lines together
_SOME = 40  # lines that show of most texts that they are no table
_SEEN = 1 << 12  # cells by which a table is told from prose and code, of 20 rows at least
_VECTOR = regex(rb"[ \t]*+\[\d++\][ \t]")  # the number of the first item of a line
_DAY = regex(rb"(?:19|20)\d\d[-01]|/(?:19|20)\d\d|\.(?:19|20)\d\d|\d{3}-\d\d-\d{4}")
_USED = bytes(0 if chr(each).isspace() else 1 for each in range(256))


class _Fixed(Lines):
    """Rows of text in columns of blanks."""

    _layout = _LAYOUT

    def __init__(self, data: bytes, span: tuple[int, int], line: int, way: _Candidate) -> None:
        super().__init__(data, span, line)
        self._way = way
        self._even: set[int] = set()  # offsets of blocks of which each line has so many words

    def measure(self) -> tuple[int, int, int]:
        """Return how many lines there are, how many are rows of the table, and the most cells of one."""
        total = fit = 0
        widest, width = self._way.widest, self._way.width
        marks = sum(1 << 8 * cut for cut in self._way.cuts[1:])
        for low, high in blocks(self._data, *self._span):
            lines = self._lines_of(low, high)
            total += len(lines)
            if marks:
                fit += sum(map(_keeps_words, lines, repeat(marks)))
                continue
            counts = Counter(map(len, map(_splits(lines), lines)))
            fit += counts[width]
            widest = max(widest, *counts)
            if counts[width] == self._data.count(b"\n", low, high) + 1:
                self._even.add(low)
        return total, fit, widest

    def column(self, number: int) -> Iterator[Sequence[str]]:
        """Yield the cells of a column."""
        for low, high in blocks(self._data, *self._span):
            if low in self._even and number < self._way.width:
                yield self._text(low, high).split()[number :: self._way.width]
            else:
                yield [row[number] if number < len(row) else "" for row in self._split(low, high)]

    def _split(self, low: int, high: int) -> Iterable[Row]:
        if low in self._even:
            return zip(*[iter(self._text(low, high).split())] * self._way.width, strict=True)
        lines = self._lines_of(low, high)
        return list(map(tuple, map(self._way.split if self._way.cuts else _splits(lines), lines)))


def _splits(lines: Sequence[str]) -> Split:
    """Return what splits lines into words: those that may have too many with a bound."""
    return _words if lines and max(map(len, lines)) > COLUMNS else str.split


class _Candidate(Record):
    """A way to split lines, with what it makes of the first ones."""

    split: Split
    cuts: tuple[int, ...]  # places between columns; none where words are cells
    width: int
    skip: int  # lines above the first row
    header: tuple[str, ...]
    widest: int


def _first(data: bytes, start: int, end: int) -> tuple[list[bytes], set[int]]:
    """Return the first lines that are neither blank nor rules, and which of them stand below such a one."""
    found: list[bytes] = []
    apart: set[int] = set()
    size, layout = 0, _LAYOUT.encode()
    while start < end and len(found) < SAMPLE and size <= _ENOUGH:
        stop = end if end - start < _STEP else min(line_end(data, start + _STEP), end)
        for line in data[start:stop].split(b"\n"):
            if line.strip(layout):
                found.append(line)
            else:
                apart.add(len(found))
        size += stop - start
        start = stop + 1
    return found[:SAMPLE], apart


def _start(data: bytes, start: int, skip: int) -> int:
    """Return the offset of a line, counted as `_first` does."""
    layout = _LAYOUT.encode()
    while True:
        stop = line_end(data, start)
        if data[start:stop].strip(layout):
            if not skip:
                return start
            skip -= 1
        start = stop + 1


def find(page: Page, span: tuple[int, int]) -> DataTable | None:
    """Return the table that a span of a text is, or None: by its words where all lines have as many, by their places otherwise."""
    data = page.data
    lines, apart = _first(data, *span)
    if len(lines) < 2:
        return None
    ruled = _ruled(data, span)
    hopeful = ruled or _hopeful(lines[: 2 * _SOME])
    if not hopeful or sum(1 for line in lines if _VECTOR.match(line)) * 10 >= len(lines) * 9:
        return None if hopeful else _dense(page, span, lines)  # a vector as R prints it: its columns are no columns
    first = [line.decode("utf-8", "replace").rstrip() for line in lines]
    first = [line[:-1] if line.endswith("  \\") else line for line in first]  # as pandas prints tables in parts
    if len(first) < 3 and not (len(first) == 2 and any(known(word) for word in first[0].split()[:1000])):
        return None
    ways = [_placed(first, ruled)] if ruled else []
    words = list(map(_words, first))
    most = max(Counter(map(len, words)).values())
    if most * 10 >= len(words) * 8 or (most > 1 and most * 2 >= len(words)):
        ways.append(_worded(words, apart))
    if places := _places(first):
        ways.append(_placed(first, places))
    found = [each for way in ways if way and (each := _candidate(*way))]
    found.sort(key=lambda each: (not any(each.header), each.header.count("")))
    if not any(any(each.header) for each in found) and (table := _dense(page, span, lines)):
        return table
    for each in found:
        table = _validated(page, (_start(data, span[0], each.skip), span[1]), each)
        if table:
            return table
    return None


def _dense(page: Page, span: tuple[int, int], lines: Sequence[bytes]) -> DataTable | None:
    """Return the table of lines whose columns touch each other, with no names above them."""
    from pytest_genomic_guard.views.tables import dense  # noqa: PLC0415 - for what has days at the same place in each line

    if len({len(line) for line in lines[:_SOME]}) * 4 > len(lines[:_SOME]) + 8 or not _DAY.search(lines[0]):
        return None
    places = dense.cuts([line.decode("utf-8", "replace") for line in lines[:_SOME]])
    if len(places) < 3:
        return None
    way = _Candidate(split=_by(places), cuts=places, width=len(places), skip=0, header=("",) * len(places), widest=len(places))
    return page.table("fixed-width", way.header, _Fixed(page.data, span, page.line(span[0]), way))


def _hopeful(lines: Sequence[bytes]) -> bool:
    """Tell whether lines can be rows: most have as many words, or all have a blank at some place."""
    lines = [line[:_LONG] for line in lines]  # the words of one line may be ten times its size
    counts = [len(line.split(None, COLUMNS)) for line in lines]
    most, number = max(Counter(counts).items(), key=lambda each: each[1], default=(0, 0))
    if most > 1 and number > 1 and number * 20 >= (len(counts) - counts.index(most)) * 13:
        return True
    for some in (lines[-_SOME:], lines):
        used = _marked(map(bytes.rstrip, some)).strip(b"\0")
        if b"\0" not in used or (len(lines) < 6 and b"\0\0" not in used):
            return False
    return True


def _marked(lines: Iterable[bytes]) -> bytes:
    """Return for each place whether a line has a character there."""
    used = reduce(or_, [int.from_bytes(line.translate(_USED), "little") for line in lines], 0)
    return used.to_bytes((used.bit_length() + 7) // 8, "little")


def _words(line: str) -> list[str]:
    return line.split(None, COLUMNS)


def _by(cuts: tuple[int, ...]) -> Split:
    """Return what splits lines at the given places."""
    spans = [slice(*each) for each in pairwise((*cuts, None))]
    return lambda line: [line[each].strip() for each in spans]


def _ruled(data: bytes, span: tuple[int, int]) -> tuple[int, ...]:
    """Return the places where the rule below the column line has gaps; none when there is no rule."""
    stop = min(span[1], span[0] + _WIDE)
    rule = _RULE.search(data, span[0], stop) if _GAP.search(data, span[0], stop) else None
    return (0, *(run.end() for run in _GAP.finditer(rule[0]))) if rule else ()


def _places(first: Sequence[str]) -> tuple[int, ...]:
    """Return the places that are blank in all of `first`; none when there are none."""
    if max(map(len, first)) > _WIDE or any("\t" in line for line in first):
        return ()
    used = _marked(line.encode("latin-1", "replace") for line in first)
    least = 1 if len(first) > 5 else 2
    cuts = [0]
    at = used.find(1)
    while at >= 0:
        gap = used.find(0, at)
        at = used.find(1, gap) if gap >= 0 else -1
        if at >= 0 and at - gap >= least:
            cuts.append((gap + at + 1) // 2 if at - gap > 1 else gap)
    return tuple(cuts) if len(cuts) > 1 else ()


def _worded(rows: list[list[str]], apart: set[int]) -> Way | None:
    """Return the words of lines as a way to split them when most have as many."""
    widths = list(map(len, rows))
    width = Counter(widths).most_common(1)[0][0]
    begin = begins(widths, width, apart)
    if width < 2 or widths[begin:].count(width) * 10 < (len(rows) - begin) * 7:
        return None
    return _words, (), rows[begin:], width, begin, max(widths)


def _placed(first: Sequence[str], cuts: tuple[int, ...]) -> Way | None:
    """Return what stands between places as a way to split lines, unless one in twenty leaves most columns empty."""
    split, width, left = _by(cuts), len(cuts), len(first) // 20
    rows = []
    for line in first:
        rows.append(split(line))
        if 2 * (width - rows[-1].count("")) <= width:
            left -= 1
            if left < 0:
                return None
    return split, cuts, rows, width, 0, width


def _candidate(  # noqa: PLR0913, PLR0917 - what a way is
    split: Split, cuts: tuple[int, ...], rows: list[list[str]], width: int, begin: int, widest: int
) -> _Candidate | None:
    """Return a way to split lines when it makes a table of the first ones, given as rows from where it begins."""
    at = header_at(rows[:3], width)
    header, first = ([], 0) if at is None else (rows[at], at + 1)
    body = rows[first:]
    if not body or (at is None and len(body) < 3):
        return None
    seen = body[: max(20, _SEEN // width)]
    if not _tabular(seen, width) or not (typed(seen, width) or sum(1 for name in header[:1000] if known(name)) > 1):
        return None
    return _Candidate(split=split, cuts=cuts, width=width, skip=begin + first, header=named(header, width), widest=widest)


def _validated(page: Page, span: tuple[int, int], way: _Candidate) -> DataTable | None:
    """Return the table when nearly all lines are rows of it, not the first ones alone."""
    source = _Fixed(page.data, span, page.line(span[0]), way)
    total, fit, widest = source.measure()
    if not total or fit * 20 < total * 19:
        return None
    return page.table("fixed-width", way.header, source, complete=widest <= COLUMNS)


def _keeps_words(line: str, marks: int) -> bool:
    """Tell whether no word of a line is cut in two: none has a character before, and one behind, a place that is marked."""
    used = int.from_bytes(line.encode("latin-1", "replace").translate(_USED), "little")
    return not used & used << 8 & marks


def _tabular(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether lines are rows, and neither code, nor a list, nor prose: by brackets, signs and words in their columns."""
    cells = [cell for row in rows for cell in row[:200]]
    filled = len(cells) - cells.count("")
    text = "\0".join(cells)
    brackets = [cell for cell in cells if _BRACKET.search(cell)] if _BRACKET.search(text) else []
    broken = sum(1 for cell in brackets if sum(map(cell.count, "([{")) != sum(map(cell.count, ")]}")))
    words = filled + text.count(" ")
    if filled * 3 < len(cells) * 2 or broken * 10 > filled or words > filled * 4:
        return False
    for column in range(min(width, 200)):
        column_cells = [row[column] for row in rows if column < len(row) and row[column]]
        if list(map(_MEANING.search, column_cells)).count(None) * 2 <= len(column_cells):
            continue  # of which are signs and bullets
        signs = sum(1 for cell in column_cells if not _MEANING.search(cell) and cell not in {"-", ".", "*", "+"})
        bullets = sum(1 for cell in column_cells if cell in {"-", "*", "+", "#", "//", ">>>", "..."}) if not column else 0
        if max(signs, bullets) * 2 > len(column_cells):
            return False
    return True
