"""Variant calls in a printed table: pandas, polars and R wrap it into blocks and leave columns out, FORMAT among them.

A table begins with a line that names a chromosome column and what follows it. Below that, cells such as ``0/1`` count; in a later
block of the same table the row's label must be one that the first block had.
"""

from __future__ import annotations

from itertools import takewhile

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Between columns: tabs, blanks, what CSV, Markdown and lists write, and the bytes of box-drawing characters.
SPLIT = rb"\t ,;|\"'\x80-\xff"
TABLE = Rule(
    name="variant-table",
    anchors=(b"CHROM", b"Chrom", b"chrom"),
    pattern=rb"(?i:chrom(?:osome)?[" + SPLIT + rb"]{1,80}(?:pos|position|start|bp|id|ref)(?![\w.]))"
    rb"|(?:(?<=\n)|(?<=\n#))(?i:chrom(?:osome)?)[ \t.]*$",
)
NOT_NAMES = frozenset({b"\\", b"...", "…".encode(), b""})
_AFTER_ROWS = 100  # lines without a row of the table that end it
_SITE = frozenset(b"chrom chromosome pos position start end bp id rsid ref alt".split())
_FIRST_GAP = regex(rb"(?i:chrom(?:osome)?)([" + SPLIT + rb"]{0,80})")
_EDGES = regex(rb"[ \r\"'#|]")  # what may stand at the ends of a cell
_LETTER = regex(rb"[0-9A-Za-z]")  # none: a border, or dots for rows left out
# an assignment, a call, a block: names in a program are no column line
_PROGRAM = regex(rb"[={}]|\w\(|:[ \r]*\Z")
_PART = regex(rb"[/|]")  # in every fraction
_FRACTION = regex(rb"(?:\d{1,4}|\.)/(?:\d{1,4}|\.)|[\d.]\|[\d.]")
# how the row of a site begins: its number in the table, its contig, its position or its id
_PLACE = regex(rb"\[?\d{1,12},?\]?|(?i:chr)?(?:\d{1,2}|[XYM]|MT)(?:[:_]\S*)?|[A-Z]{2}_?\d{5,9}\.\d+|(?:rs|ss)\d+|chr\S+")
_CALL = regex(rb"[0-3.][/|][0-3.]")
_SIMPLE = regex(rb"[01.][/|][01.]")  # 2/3 may be a part of something; most genotypes have the first two alleles
_TELLING = regex(rb"[0.|]")  # 1/1 may be an exon; a reference allele, a missing one or a phase makes it a genotype


class Table(Record):
    """One printed table with genotypes."""

    rows: tuple[int, ...]  # the offsets of lines with calls
    names: tuple[bytes, ...]  # over the columns with calls
    samples: int


class _Columns:
    """How a table separates its columns: by what stands between the first two names, so that a cell's own text stays whole."""

    def __init__(self, gap: bytes) -> None:
        self.tabs = bool(gap) and not gap.strip(b"\t")
        # Markdown sets its bars apart by blanks, which a phased genotype does not
        apart = set(gap) - ({ord("|")} if b" " in gap else set())
        self._blank = bytes.maketrans(bytes(apart), b" " * len(apart))

    def words(self, line: bytes) -> list[bytes]:
        """Return the cells that are not empty, ``#CHROM`` without its sign, so that it is one word wherever it is repeated."""
        cells = line.split(b"\t") if self.tabs else line.translate(self._blank).split()
        if not _EDGES.search(line):
            return list(filter(None, cells))
        return [cell for each in cells if (cell := each.strip(b" \r\"'").lstrip(b"#")) and cell != b"|"]


class _Reader:
    """Collects one table from its lines."""

    def __init__(self, header: list[bytes], index: list[bytes], columns: _Columns) -> None:
        self._header, self._index, self._columns = header, index, columns
        self._sites = max(1, sum(1 for _name in takewhile(lambda name: name.lower() in _SITE, header)))  # an id can be any text
        self._labels: set[bytes] = set()
        self._patience = 3  # lines between the column line and the first row: polars writes types there
        self._first = True  # still in the block that holds the column line
        self._rows: list[int] = []
        self._names: list[bytes] = []
        self._fractions = self._calls = self._simple = 0  # cells such as 7/12, 0/3, 0/1: each a part of those before it
        self._width = self._samples = 0  # calls in a row of this block, and of all blocks
        self._telling = False
        self._words = 0  # of the last row with calls
        self._idle = 0  # lines since the last row

    @property
    def ended(self) -> bool:
        """Tell whether the table is over."""
        return self._idle > _AFTER_ROWS or (not self._labels and not self._patience)

    def take(self, at: int, line: bytes) -> None:
        """Take the next line."""
        self._idle += 1
        if not line.strip():
            self._first = self._first and (self._columns.tabs or not self._labels)
            self._close()
            return
        words = self._columns.words(line)
        if not words or not _LETTER.search(line):
            return
        if self._first and self._patience and _LETTER.search(words[0]):
            if any(_PLACE.fullmatch(word) for word in words[:3]):
                self._labels.add(words[0])
            elif not self._labels:
                self._patience -= 1
        known = words[0] in self._labels
        known_calls = known and _PART.search(line) is not None
        cells = words[self._sites :] if self._columns.tabs and len(words) == len(self._header) else words[1:]
        found = [value for word in cells if known_calls and _FRACTION.fullmatch(value := word.partition(b":")[0])]
        calls = sum(1 for each in found if _CALL.fullmatch(each))
        self._fractions += len(found)
        self._calls += calls
        self._simple += sum(1 for each in found if _SIMPLE.fullmatch(each))
        self._telling = self._telling or any(_TELLING.search(each) for each in found if _CALL.fullmatch(each))
        self._idle = 0 if known else self._idle
        if calls:
            if not self._width and (not self._names or not self._columns.tabs):
                self._names += [name for name in self._header if name not in NOT_NAMES][-calls:]
            self._width = max(self._width, calls)
            self._words = len(words)
            self._rows.append(at)
        elif not found and not self._columns.tabs and len(words) != self._words and words[-len(self._index) :] != self._index:
            self._close()  # names of a block; a row as long as the others has no call
            self._header = words

    def _close(self) -> None:
        """End a block: a wrapped table goes on with further columns; what has tabs is not wrapped, and HTML has blank lines."""
        self._samples = max(self._samples, self._width) if self._columns.tabs else self._samples + self._width
        self._width = 0

    def table(self) -> Table | None:
        """Return the table, or None when its cells are no genotypes."""
        self._close()
        if not self._telling or self._calls * 2 <= self._fractions or self._simple * 2 < self._calls:
            return None
        return Table(rows=tuple(self._rows), names=tuple(self._names), samples=self._samples)


def tables(data: bytes, starts: Sequence[int], end: int) -> Iterator[Table]:
    """Yield the tables whose column lines hold the ascending offsets `starts`, none beyond `end`; no line is read twice."""
    heads: list[tuple[int, list[bytes], _Columns]] = []
    done = 0
    for start in starts:
        gap = _FIRST_GAP.match(data, start)
        if start < done or not gap:
            continue
        begin = data.rfind(b"\n", done, start) + 1 or done
        done = line_end(data, start)
        if _PROGRAM.search(data, begin, done):
            continue
        columns = _Columns(gap[1])
        words = columns.words(data[start:done])
        if heads and words == heads[-1][1] and _is_index(words):
            continue  # repeated over every block of one table
        heads.append((start, words, columns))
    for (start, words, columns), after in zip(heads, [*(head[0] for head in heads), end][1:], strict=True):
        reader = _Reader(columns.words(_line_above(data, start)) if _is_index(words) else words, words, columns)
        at = line_end(data, start)
        while (at := at + 1) < after and not reader.ended:
            stop = min(line_end(data, at), end)
            reader.take(at, data[at:stop])
            at = stop
        table = reader.table()
        if table:
            yield table


def _is_index(words: list[bytes]) -> bool:
    """Tell whether a line names sites only, as the index of a table does; the other columns stand in the line above."""
    return all(word in NOT_NAMES or word.lower() in _SITE for word in words)


def _line_above(data: bytes, at: int) -> bytes:
    """Return the line above: it names the other columns, where the names at `at` are those of a table's index."""
    stop = data.rfind(b"\n", 0, at)
    return data[data.rfind(b"\n", 0, stop) + 1 : stop] if stop > 0 else b""


def line_end(data: bytes, at: int) -> int:
    """Return the offset of the line feed that ends the line at `at`, or of the end of `data`."""
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end
