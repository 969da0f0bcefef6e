"""Text whose cells a character separates: CSV (RFC 4180 and what programs write in its place), TSV, semicolons, bars.

The delimiter is the one under which the records have equally many cells, with quoting done right: in the first ones, then in all.
"""

from __future__ import annotations

import re
from collections import Counter

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.roles import known
from pytest_genomic_guard.views.tables.table import COLUMNS, SAMPLE, Source, header_at, is_value, named, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.table import DataTable, Numbered, Page

    Parsed = tuple[int, list[str], bool]  # offset, cells, and whether the quoting is odd

DELIMITERS = (b"\t", b";", b"|", b",", b"^", b"~", b"\x1f", b"\1")
_DECIMAL = re.compile(r"\s*-?\d+,\d+\s*")
_ENOUGH = 4 << 20  # bytes of first records
_NOTE = (b"##", b"//", b"%")
_OPEN, _CLOSE = "([{", ")]}"


class Dialect(Record):
    """How cells are separated and quoted; `quote` and `escape` are empty where there is none."""

    delimiter: bytes
    quote: bytes = b'"'
    escape: bytes = b""


class _Scanner:
    """The patterns of a dialect. Each is possessive: no byte is tried twice."""

    def __init__(self, dialect: Dialect) -> None:
        delimiter, quote, escape = (re.escape(each) for each in (dialect.delimiter, dialect.quote, dialect.escape))
        more = rb"|" + escape + rb"[\s\S]" if escape else b""
        self.plain = re.compile(rb"(?:[^" + delimiter + rb"\n" + escape + rb"]++" + more + rb")*+")
        self.open = re.compile(rb"[ ]*+" + quote) if quote else re.compile(rb"(?!)")
        self.body = re.compile(rb"(?:[^" + quote + escape + rb"]++|" + quote + quote + more + rb")*+") if quote else self.plain
        self.escape = re.compile(escape + rb"([\s\S])") if escape else None
        self.dialect = dialect

    def text(self, data: bytes) -> str:
        """Return a cell as it is meant."""
        data = self.escape.sub(rb"\1", data) if self.escape else data
        return data.decode("utf-8", "replace")

    def record(self, data: bytes, at: int, end: int) -> tuple[list[str], int, bool]:
        """Return the cells of the record at `at`, the offset of the line feed after it, and whether its quoting is odd."""
        cells: list[str] = []
        odd = False
        while True:
            start = self.open.match(data, at, end)
            if start:
                body = self.body.match(data, start.end(), end)
                at = body.end() if body else start.end()
                odd = odd or at >= end
                quote = self.dialect.quote
                inner = data[start.end() : at].replace(quote + quote, quote)
                at += 1
            rest = self.plain.match(data, min(at, end), end)
            after = rest[0] if rest else b""
            at = min(at, end) + len(after)
            last = at >= end or data[at : at + 1] == b"\n"
            after = after.removesuffix(b"\r") if last else after
            odd = odd or bool(start and after.strip())
            cells.append(self.text(inner + after if start and after.strip() else inner if start else after))
            if last:
                return cells, at, odd
            at += 1
            if len(cells) >= COLUMNS:
                stop = min(line_end(data, at), end)
                return [*cells, self.text(data[at:stop])], stop, True


def records(data: bytes, dialect: Dialect, start: int = 0, end: int | None = None) -> Iterator[Parsed]:
    """Yield the records of a text that are not empty, each with its offset."""
    end = len(data) if end is None else end
    scanner, delimiter = _Scanner(dialect), dialect.delimiter.decode()
    at = start
    while at < end:
        stop = min(line_end(data, at), end)
        line = data[at:stop]
        if (dialect.quote and dialect.quote in line) or (dialect.escape and dialect.escape in line):
            cells, stop, odd = scanner.record(data, at, end)
            yield at, cells, odd
        elif line.strip():
            cells = line.removesuffix(b"\r").decode("utf-8", "replace").split(delimiter, COLUMNS)
            yield at, cells, len(cells) > COLUMNS
        at = stop + 1


class _Trial(Record):
    """What a dialect makes of the first records."""

    dialect: Dialect
    width: int
    first: int  # index of the first record that is as wide
    share: float  # of records from there on that are as wide
    clean: float  # of cells that hold no other delimiter
    odd: int
    rows: list[list[str]]

    def rank(self) -> tuple[bool, float, float, int]:
        """Return what the better of two has more of."""
        quoting = self.odd * 20 <= len(self.rows)
        return quoting, self.share - self.odd / len(self.rows), self.clean, self.width


def _try(data: bytes, dialect: Dialect, start: int, end: int) -> _Trial | None:
    rows: list[list[str]] = []
    odd = cells = 0
    for at, row, wrong in records(data, dialect, start, end):
        if data.startswith(_NOTE, at):
            continue
        rows.append(row)
        odd += wrong and len(row) <= COLUMNS
        cells += len(row)
        if len(rows) >= SAMPLE or cells > 2 * COLUMNS or at - start > _ENOUGH:
            break
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return None
    most = max(widths.values())
    width = max(each for each, count in widths.items() if count == most)
    first = next(at for at, row in enumerate(rows) if len(row) == width)
    if first and len(rows[first - 1]) == width - 1 > 1:
        first -= 1  # R leaves out the name of the column of row names
    body = rows[first:] if len(rows[first]) == width else rows[first + 1 :]
    fit = sum(1 for row in body if len(row) == width)
    others = {each.decode() for each in DELIMITERS} - {dialect.delimiter.decode()}
    seen = [cell for row in rows[first : first + 20] for cell in row[:50]]
    clean = sum(1 for cell in seen if _is_clean(cell, others)) / max(1, len(seen))
    return _Trial(dialect=dialect, width=width, first=first, share=fit / len(body), clean=clean, odd=odd, rows=rows)


def _is_clean(cell: str, others: set[str]) -> bool:
    """Tell whether a cell shows no sign of another dialect: its delimiter, or a quote at an end."""
    if cell[:1] in {"'", '"'} or cell.rstrip()[-1:] in {"'", '"'}:
        return False
    return _DECIMAL.fullmatch(cell) is not None or not others.intersection(cell[:1000])


def _dialects(data: bytes, start: int, end: int, leave_out: bytes) -> Iterator[Dialect]:
    """Yield the dialects that a text could have."""
    head = data[start : min(end, start + (1 << 16))]
    for delimiter in DELIMITERS:
        if delimiter in leave_out or delimiter not in head:
            continue
        yield Dialect(delimiter=delimiter, quote=b"")
        for quote in (b'"', b"'"):
            if quote in head and (head.startswith(quote) or re.search(rb"[\n" + re.escape(delimiter) + rb"] *" + quote, head)):
                yield Dialect(delimiter=delimiter, quote=quote)
                if b"\\" in head:
                    yield Dialect(delimiter=delimiter, quote=quote, escape=b"\\")
        if b"\\" + delimiter in head:
            yield Dialect(delimiter=delimiter, quote=b"", escape=b"\\")


def find(page: Page, span: tuple[int, int], leave_out: bytes = b"") -> DataTable | None:
    """Return the table that a span of a text is, or None."""
    data, (start, end) = page.data, span
    trials = [trial for each in _dialects(data, start, end, leave_out) if (trial := _try(data, each, start, end))]
    for trial in sorted(trials, key=_Trial.rank, reverse=True)[:3]:
        if trial.share >= 0.9 and trial.odd * 10 <= len(trial.rows) and _plausible(trial):
            found = _validated(page, span, trial)
            if found:
                return found
    return None


def _plausible(trial: _Trial) -> bool:
    """Tell whether records with equally many cells are a table, and neither prose nor code."""
    rows = trial.rows[trial.first :]
    if len(rows) < 2 or len([1 for column in range(trial.width) if any(row[column : column + 1] > [""] for row in rows)]) < 2:
        return False
    cells = [cell for row in rows for cell in row[:100]]
    broken = sum(1 for cell in cells if sum(map(cell.count, _OPEN)) != sum(map(cell.count, _CLOSE)))
    wordy = sum(1 for cell in cells if cell.count(" ") > 8)
    if trial.dialect.quote and not trial.odd and any(known(name) for name in rows[0][:1000]):
        return True  # what is quoted may hold anything
    if broken * 5 > len(cells) or (wordy * 3 > len(cells) and trial.dialect.delimiter != b"\t"):
        return False
    if trial.dialect.delimiter == b"\t" or any(known(name) for name in rows[0][:1000]):
        return True
    close = sum(1 for cell in cells if not cell.startswith(" ") or is_value(cell))
    return (typed(rows[1:], trial.width) and close * 2 > len(cells)) or (
        len(rows) > 2 and trial.width > 2 and close * 10 > len(cells) * 9
    )


def _validated(page: Page, span: tuple[int, int], trial: _Trial) -> DataTable | None:
    """Return the table when all of its records, not the first ones alone, have their cells."""
    data = page.data
    total = fit = first = body = seen = odd = 0
    at = header_at(trial.rows[trial.first : trial.first + 3], trial.width)
    want = trial.first + (0 if at is None else at + 1)
    for offset, row, wrong in records(data, trial.dialect, *span):
        if not data.startswith(_NOTE, offset):
            first = offset if seen == want and not total else first
            total += seen >= want
            fit += seen >= want and len(row) == trial.width
            odd += wrong and len(row) <= COLUMNS
            seen += 1
        body = max(body, len(row))
    if fit * 10 < total * 9 or odd * 10 > total or not total:
        return None
    header = trial.rows[trial.first + at] if at is not None else []
    line = page.line(first)
    source = Source(lambda: _numbered(data, trial.dialect, first, span[1], line))
    names = named(header, trial.width)
    return page.table("delimited", names, source, complete=body <= COLUMNS)


def _numbered(data: bytes, dialect: Dialect, start: int, end: int, line: int) -> Numbered:
    last = start
    for at, row, _odd in records(data, dialect, start, end):
        line += data.count(b"\n", last, at)
        last = at
        yield line, tuple(row)
