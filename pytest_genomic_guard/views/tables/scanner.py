"""One record of delimited text at a time, with quoting done right: the patterns of a dialect, and what they read."""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables.table import COLUMNS


class Dialect(Record):
    """How cells are separated and quoted; `quote` and `escape` are empty where there is none."""

    delimiter: bytes
    quote: bytes = b'"'
    escape: bytes = b""


class Scanner:
    """The patterns of a dialect. Each is possessive: no byte is tried twice."""

    def __init__(self, dialect: Dialect) -> None:
        delimiter, quote, escape = (re.escape(each) for each in (dialect.delimiter, dialect.quote, dialect.escape))
        more = rb"|" + escape + rb"[\s\S]" if escape else b""
        self.plain = re.compile(rb"(?:[^" + delimiter + rb"\n" + escape + rb"]++" + more + rb")*+")
        self.open = re.compile(rb"[ ]*+" + quote) if quote else re.compile(rb"(?!)")
        self.body = re.compile(rb"(?:[^" + quote + escape + rb"]++|" + quote + quote + more + rb")*+") if quote else self.plain
        begins = rb"(?![ ]*+" + quote + rb")" if quote else b""
        self.some = re.compile(rb"(?:" + begins + rb"[^" + delimiter + rb"\n" + escape + rb"]*+" + delimiter + rb")++")
        self.escape = re.compile(escape + rb"([\s\S])") if escape else None
        # a cell of a line on which quotes are at the ends of cells alone, with the delimiter before it
        quoted = rb"[ ]*+" + quote + rb"([^" + quote + rb"\n]*+)" + quote + rb"(?=" + delimiter + rb"|\Z)"
        plain = rb"(?![ ]*+" + quote + rb")([^" + delimiter + rb"\n]*+)"
        self.cell = re.compile(delimiter + rb"(?:" + quoted + rb"|" + plain + rb")") if quote else None
        self.even = re.compile(rb"(?:" + self.cell.pattern + rb")*+") if self.cell else None
        self.dialect = dialect

    def text(self, data: bytes) -> str:
        """Return a cell as it is meant."""
        data = self.escape.sub(rb"\1", data) if self.escape else data
        return data.decode("utf-8", "replace")

    def line(self, line: bytes) -> list[str] | None:
        """Return the cells of a line that is a record on which each quote is at the end of a cell; None for any other."""
        line = self.dialect.delimiter + line.removesuffix(b"\r")
        if not self.cell or not self.even or len(line) > COLUMNS or not self.even.fullmatch(line):
            return None
        return [(quoted or plain).decode("utf-8", "replace") for quoted, plain in self.cell.findall(line)]

    def record(self, data: bytes, at: int, end: int) -> tuple[list[str], int, bool]:
        """Return the cells of the record at `at`, the offset of the line feed after it, and whether its quoting is odd."""
        cells: list[str] = []
        odd = False
        while True:
            some = self.some.match(data, at, end)  # cells with neither a quote nor an escape
            if some and len(cells) + len(plain := some[0][:-1].split(self.dialect.delimiter)) < COLUMNS:
                cells += [each.decode("utf-8", "replace") for each in plain]
                at = some.end()
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


@lru_cache(maxsize=64)
def _made(delimiter: bytes, quote: bytes, escape: bytes) -> Scanner:
    return Scanner(Dialect(delimiter=delimiter, quote=quote, escape=escape))


def of(dialect: Dialect) -> Scanner:
    """Return the patterns of a dialect, made once."""
    return _made(dialect.delimiter, dialect.quote, dialect.escape)
