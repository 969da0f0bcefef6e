"""Text whose cells a character separates: CSV (RFC 4180 and what programs write in its place), TSV, semicolons, bars.

The delimiter is the one under which the records have equally many cells, with quoting done right: in the first ones, then in all.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice, repeat

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.plain import NOTE
from pytest_genomic_guard.views.tables.quoted import Counted, records
from pytest_genomic_guard.views.tables.roles import known
from pytest_genomic_guard.views.tables.scanner import Dialect
from pytest_genomic_guard.views.tables.table import COLUMNS, SAMPLE, begins, header_at, is_value, named, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.tables.table import DataTable, Page

__all__ = ["DELIMITERS", "Dialect", "find", "records"]

DELIMITERS = (b"\t", b";", b"|", b",", b"^", b"~", b"\x1f", b"\1")
_DECIMAL = regex(r"\s*-?\d+,\d+\s*")
_ENOUGH = 4 << 20  # bytes of first records
_PREAMBLE = 50  # records among which a table may begin after a blank line
_CELLS = 1 << 15  # cells of first records, of which there are 20 at least
_SEEN = 1 << 12  # cells by which a table is told from prose and code, of 20 rows at least
_GLANCE = 1 << 11  # bytes at either end of them
_ODD = 10  # one record in so many may be oddly quoted
_FEW = 3  # rows, which may have equally many cells by chance
_REMARKS = 8  # rows of remarks above the names of columns
_HEAD = 1 << 14  # bytes of first lines by which a dialect is thought possible
_NOTES = frozenset(note.decode() for note in NOTE)
_PHASED = regex(rb"(?<![^\s,;])[\d.]\|[\d.](?::[^\s|]{0,60})?[ \t,;]{1,9}[\d.]\|[\d.](?=[\s:,;])")  # genotypes: a bar in each cell
_BARRED = regex(rb"\|[\d.]")  # a part of it, quick to look for
_OPEN, _CLOSE = "([{", ")]}"
_BRACKET = regex(r"[][(){}]")


class _Trial(Record):
    """What a dialect makes of the first records."""

    dialect: Dialect
    width: int
    first: int  # index of the first record that is as wide
    share: float  # of records from there on that are as wide
    clean: float  # of cells that hold no other delimiter
    odd: int
    rows: list[list[str]]
    offsets: list[int]

    def rank(self) -> tuple[bool, float, float, int]:
        """Return what the better of two has more of."""
        quoting = self.odd * 20 <= len(self.rows)
        return quoting, self.share - self.odd / len(self.rows), self.clean, self.width


def _shape(widths: Sequence[int]) -> tuple[int, int, float] | None:
    """Return the width that most records have, the first one that has it, and the share of those from there on that have."""
    counts = {width: count for width, count in Counter(widths).items() if width > 1}
    if not counts:
        return None
    most = max(counts.values())
    width = max(each for each, count in counts.items() if count == most)
    first = widths.index(width)
    fit = widths.count(width)
    if first and widths[first - 1] == width - 1 > 1:
        return width, first - 1, fit / (len(widths) - first)  # R leaves out the name of the column of row names
    return width, first, fit / (len(widths) - first)


def _first(data: bytes, dialect: Dialect, start: int, end: int) -> tuple[list[int], list[list[str]], int]:
    """Return the offsets and cells of the first records, and how many are oddly quoted: no more than tell that too many are."""
    offsets: list[int] = []
    rows: list[list[str]] = []
    odd = cells = 0
    most = SAMPLE  # records that there can be
    for at, row, wrong in records(data, dialect, start, end):
        if data.startswith(NOTE, at):
            continue
        offsets.append(at)
        rows.append(row)
        cells += len(row)
        if wrong and len(row) <= COLUMNS:
            odd += 1
            most = most if odd > 1 else min(most, data.count(b"\n", start, end) + 1)
            if odd * _ODD > most:
                break
        if len(rows) >= SAMPLE or (cells > _CELLS and len(rows) >= 20) or cells > 2 * COLUMNS or at - start > _ENOUGH:
            break
    return offsets, rows, odd


def _try(data: bytes, dialect: Dialect, start: int, end: int) -> _Trial | None:
    offsets, rows, odd = _first(data, dialect, start, end)
    shape = _shape([len(row) for row in rows])
    if not shape or shape[2] < 0.9 or odd * _ODD > len(rows):
        return None
    width, first, share = shape
    ends = [data[max(0, at - 3) : at] for at in offsets[:_PREAMBLE]]
    apart = {at for at, end in enumerate(ends) if at and end.replace(b"\r", b"").endswith((b"\n\n", b"\n \n"))}
    if apart:
        first = begins([len(row) for row in rows], width, apart)
    first += _remarks(rows[first:], width)
    others = {each.decode() for each in DELIMITERS} - {dialect.delimiter.decode()}
    seen = [cell for row in rows[first : first + 20] for cell in row[:50]]
    behind = sum(1 for row in rows[first : first + 20] for cell in row[50:1000] if cell[:1] in {"'", '"'})
    clean = (sum(1 for cell in seen if _is_clean(cell, others)) - behind) / max(1, len(seen))
    return _Trial(dialect=dialect, width=width, first=first, share=share, clean=clean, odd=odd, rows=rows, offsets=offsets)


def _remarks(rows: Sequence[Sequence[str]], width: int) -> int:
    """Return how many rows at the top are remarks that have, by chance, about as many separators as the names and values below."""
    for number in range(min(_REMARKS, len(rows) - 2)):
        above, names, values = rows[number : number + 3]
        if not above[0].lstrip().startswith("# ") or not (len(above) < width or any(cell[:1] == " " for cell in above[1:])):
            return number
        plain = not any(cell[:1] == " " for cell in names[1:]) and not any(map(is_value, names))
        if len(names) == width and plain and any(map(is_value, values)):
            return number + 1
    return 0


def _is_clean(cell: str, others: set[str]) -> bool:
    """Tell whether a cell shows no sign of another dialect: its delimiter, or a quote at an end."""
    if cell[:1] in {"'", '"'} or cell.rstrip()[-1:] in {"'", '"'}:
        return False
    return not others.intersection(cell[:1000]) or _DECIMAL.fullmatch(cell) is not None


def _dialects(data: bytes, start: int, end: int, leave_out: bytes) -> Iterator[Dialect]:
    """Yield the dialects that a text could have, by how often their delimiters stand in its first lines."""
    head = data[start : min(end, start + _HEAD)]
    cut = start + len(head) < end
    lines = head.split(b"\n", SAMPLE + 50)[: -1 if cut else None]
    lines = [line for line in filter(bytes.strip, lines) if not line.startswith(NOTE)][:SAMPLE]
    few = len(lines) < (20 if cut else 0)  # too long to be judged before they are read
    quotes = {quote: _quoted(head, quote) for quote in (b'"', b"'") if quote in head}
    escapes = (b"", b"\\") if b"\\" in head else (b"",)
    for delimiter in DELIMITERS:
        if delimiter in leave_out or delimiter not in head or (delimiter == b"|" and _BARRED.search(head) and _PHASED.search(head)):
            continue
        if few or _even(map(bytes.count, lines, repeat(delimiter)), 0.9 if not cut else 0.85):
            yield Dialect(delimiter=delimiter, quote=b"")
        for quote, (begun, spaced, before) in quotes.items():
            if begun or delimiter in before or (spaced and (delimiter + b" " in head or b"\n " in head)):
                for escape in escapes:
                    dialect = Dialect(delimiter=delimiter, quote=quote, escape=escape)
                    if few or _even_but_quoted(head, dialect, cut=cut):
                        yield dialect
        if len(escapes) > 1 and b"\\" + delimiter in head:
            yield Dialect(delimiter=delimiter, quote=b"", escape=b"\\")
    if head.startswith(b'"') and b'" ' in head and b" " not in leave_out:  # as R's write.table does
        dialect = Dialect(delimiter=b" ", quote=b'"')
        if few or _even_but_quoted(head, dialect, cut=cut):
            yield dialect


def _even(counts: Iterable[int], least: float) -> bool:
    """Tell whether most lines have as many delimiters, from the first on that has them."""
    shape = _shape([count + 1 for count in counts])
    return shape is not None and shape[2] >= least


def _quoted(head: bytes, quote: bytes) -> tuple[bool, bool, set[bytes]]:
    """Tell whether lines begin with a quote, whether one in two has it after a blank, as few write it, and what is before it."""
    before = [piece[-1:] for piece in head.split(quote)[:-1]]
    begun = head.startswith(quote) and not head.startswith(quote * 3)
    lines = 0 if begun else before.count(b"\n")
    begun = begun or (lines > 0 and lines > head.count(b"\n" + quote * 3))  # three begin a string of Python
    return begun, before.count(b" ") * 2 > head.count(b"\n"), set(before)


def _even_but_quoted(head: bytes, dialect: Dialect, *, cut: bool) -> bool:
    """Tell whether most records have as many cells, as the csv module reads them; the last one may be cut."""
    if len(head) > 3 * _GLANCE:  # most texts show at either end that they are none
        last = head[head.find(b"\n", len(head) - _GLANCE) + 1 :]
        if not any(_near(part, dialect, 0.6, cut=cut) for part in (last, head[:_GLANCE])):
            return False
    return _near(head, dialect, 0.8, cut=cut)


def _near(text: bytes, dialect: Dialect, least: float, *, cut: bool) -> bool:
    delimiter, quote, escape = dialect.delimiter.decode(), dialect.quote.decode(), dialect.escape.decode() or None
    lines = io.StringIO(text.decode("utf-8", "replace"), newline="\n")
    try:
        reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, escapechar=escape, skipinitialspace=True)
        rows = list(islice(reader, SAMPLE))
    except csv.Error:  # only the scanner can tell
        return True
    if cut and len(rows) < SAMPLE:
        rows.pop()
    shape = _shape([len(row) for row in rows if len(row) > 1 or (row and row[0].strip() and row[0][:2] not in _NOTES)])
    return shape is not None and shape[2] >= least


def find(page: Page, span: tuple[int, int], leave_out: bytes = b"") -> DataTable | None:
    """Return the table that a span of a text is, or None."""
    data, (start, end) = page.data, span
    if line_end(data, start) >= end - 1:
        return None  # one record is no table, and the cells of a long one take more memory than the text
    trials = [trial for each in _dialects(data, start, end, leave_out) if (trial := _try(data, each, start, end))]
    for trial in sorted(trials, key=_Trial.rank, reverse=True)[:3]:
        if _plausible(trial):
            found = _validated(page, span, trial)
            if found:
                return found
    return None


def _opens(cell: str) -> bool:
    """Tell whether a cell opens a bracket that it does not close."""
    return ("(" in cell or "[" in cell or "{" in cell) and sum(map(cell.count, _OPEN)) > sum(map(cell.count, _CLOSE))


def _plausible(trial: _Trial) -> bool:
    """Tell whether records with equally many cells are a table, and neither prose nor code."""
    rows = trial.rows[trial.first :]
    filled = (column for column in range(trial.width) if any(row[column : column + 1] > [""] for row in rows))
    if len(rows) < 2 or len(list(islice(filled, 2))) < 2:
        return False
    rows = rows[: max(20, _SEEN // trial.width)]
    cells = [cell for row in rows for cell in row[:100]]
    if any(all(column < len(row) and _opens(row[column]) for row in rows) for column in range(min(trial.width, 100))):
        return False  # lines of calls, each with as many arguments, some of which may be quoted
    opened = _BRACKET.search("".join(cells)) is not None
    broken = sum(1 for cell in cells if sum(map(cell.count, _OPEN)) != sum(map(cell.count, _CLOSE))) if opened else 0
    wordy = sum(1 for cell in cells if cell.count(" ") > 8)
    if trial.dialect.quote and not trial.odd and any(known(name) for name in rows[0][:1000]):
        return True  # what is quoted may hold anything
    even = trial.share == 1 and trial.width > 2 and len(rows) > _FEW and (trial.dialect.quote or trial.dialect.delimiter in b";|")
    most = len(cells) * (2 if even else 1) / 3  # rotas have much in a cell, too, and as many cells in each row
    if broken * 5 > len(cells) or (wordy > most and trial.dialect.delimiter != b"\t"):
        return False
    if trial.dialect.delimiter == b"\t" or any(known(name) for name in rows[0][:1000]):
        return True
    close = sum(1 for cell in cells if not cell.startswith(" ") or is_value(cell))
    return (typed(rows[1:], trial.width) and close * 2 > len(cells)) or (
        len(rows) > 2 and trial.width > 2 and close * 10 > len(cells) * 9
    )


def _validated(page: Page, span: tuple[int, int], trial: _Trial) -> DataTable | None:
    """Return the table when all of its records, not the first ones alone, have their cells."""
    at = header_at(trial.rows[trial.first : trial.first + 3], trial.width)
    want = trial.first + (0 if at is None else at + 1)
    if want >= len(trial.rows):
        return None
    first = trial.offsets[want]
    counted = Counted(page.data, trial.dialect, first, span[1])
    if not counted.found.fits(trial.width) or counted.odd * 10 > sum(counted.found.widths.values()):
        return None
    header = trial.rows[trial.first + at] if at is not None else []
    widest = max(counted.found.widest, *(len(row) for row in trial.rows[: want + 1]))
    return page.table("delimited", named(header, trial.width), counted.source(page.line(first)), complete=widest <= COLUMNS)
