"""Rows in SQL: INSERT statements of any dump, and the COPY blocks of PostgreSQL."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.frames import line_end
from pytest_genomic_guard.views.tables import ddl
from pytest_genomic_guard.views.tables.table import COLUMNS, DataTable, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import Numbered

    Trail = tuple[str, ...]

_NAME = rb"((?:[\w.$]++|\"[^\"\n]*+\"|`[^`\n]*+`|\[[^\]\n]*+\])++)"
_LIST = rb"\s{0,99}+(\([^()]*+\))?+\s{0,99}+"
_INSERT = regex(rb"INSERT\s{1,99}+(?:\w{1,20}\s{1,99}+){0,3}?INTO\s{1,99}+" + _NAME + _LIST + rb"VALUES\b", re.IGNORECASE)
_COPY = regex(rb"^COPY\s{1,99}+" + _NAME + _LIST + rb"FROM\s{1,99}+stdin;[ \r]{0,9}\n", re.IGNORECASE | re.MULTILINE)
_CREATE = regex(
    rb"CREATE\s{1,99}+(?:\w{1,20}\s{1,99}+){0,3}?TABLE\s{1,99}+(?:IF\s+NOT\s+EXISTS\s+)?" + _NAME + rb"\s{0,99}\(", re.IGNORECASE
)
_STANDARD = regex(rb"\s++|--[^\n]*+|'(?:[^']++|'')*+'?|[(),;]|[^\s'(),;]++")
_ESCAPED = regex(rb"\s++|--[^\n]*+|'(?:[^'\\]++|''|\\[\s\S])*+'?|[(),;]|[^\s'(),;]++")
_LONG = 1 << 23  # bytes of a text of which no copy is made
_COPY_END = regex(rb"^\\\.", re.MULTILINE)


class _Found:
    """What stands in a text of one table."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self.header = header
        self.inserts: list[tuple[int, int]] = []  # offset after VALUES, and its line
        self.copies: list[tuple[int, int, int]] = []  # begin, end, line


def find(text: bytes, artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield a table for each that statements fill, by name; a dump with one statement a row is one table."""
    tables: dict[bytes, _Found] = {}
    line = last = 0
    end, whole = -1, True
    low = (b"alues" in text or b"ALUES" in text) and (b"nsert" in text or b"NSERT" in text)
    escaped = b"`" in text
    for insert in _inserts(text) if low else ():
        if insert.start() < end:
            continue
        line += text.count(b"\n", last, insert.end())
        last = insert.end()
        end = insert.end()
        rows = 0
        for at, _row, clean in _tuples(text, insert.end(), escaped=escaped):
            end, rows, whole = at, rows + 1, whole and clean
        if rows:
            table = tables.setdefault(insert[1], _Found(_header(insert[2], escaped=escaped)))
            table.inserts.append((insert.end(), line + 1))
    if b"stdin;" in text or b"STDIN;" in text:
        _copies(text, tables)
    created = _created(text) if tables else {}
    for name, table in tables.items():
        header = table.header or created.get(name) or ()
        source = Source(_maker(text, table, escaped=escaped))
        header = header or ("",) * len(next(source.rows(), ()))
        yield DataTable(artifact=artifact, trail=trail, format="sql", header=header, source=source, complete=whole)


def _inserts(text: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the statements that insert, by their first word in small letters: to search in any case takes ten times as long."""
    if len(text) > _LONG:
        yield from _INSERT.finditer(text)
        return
    low = text.lower()
    at = low.find(b"insert")
    while at >= 0:
        if found := _INSERT.match(text, at):
            yield found
        at = low.find(b"insert", found.end() if found else at + 1)


def _copies(text: bytes, tables: dict[bytes, _Found]) -> None:
    end = line = last = 0
    for copy in _COPY.finditer(text):
        if copy.start() < end:
            continue
        stop = _COPY_END.search(text, copy.end())
        end = stop.start() if stop else len(text)
        line += text.count(b"\n", last, copy.end())
        last = copy.end()
        tables.setdefault(copy[1], _Found(_header(copy[2], escaped=False))).copies.append((copy.end(), end, line + 1))


def _header(names: bytes | None, *, escaped: bool) -> tuple[str, ...]:
    if not names:
        return ()
    pattern = _ESCAPED if escaped else _STANDARD
    words = [found[0].decode("utf-8", "replace") for found in pattern.finditer(names)]
    return tuple(ddl.unquote(word.strip()) for word in words if word.strip() and word not in "(),;")


def _created(text: bytes) -> dict[bytes, tuple[str, ...]]:
    """Return the columns of the tables that a dump makes."""
    found: dict[bytes, tuple[str, ...]] = {}
    creates = list(_CREATE.finditer(text))
    ends = [*(create.start() for create in creates[1:]), len(text)]
    for create, end in zip(creates, ends, strict=False):  # of no statement there is an end all the same
        if create[1] not in found:
            statement = text[create.end() - 1 : min(end, create.end() + (1 << 14))].decode("utf-8", "replace")
            found[create[1]] = ddl.columns(statement).names
    return found


def _maker(text: bytes, table: _Found, *, escaped: bool) -> _Maker:
    def rows() -> Numbered:
        for at, line in table.inserts:
            last, here = at, line
            for end, row, _clean in _tuples(text, at, escaped=escaped):
                here += text.count(b"\n", last, end)
                last = end
                yield here, row
        for begin, stop, line in table.copies:
            at, here = begin, line
            while at < stop:
                end = min(line_end(text, at), stop)
                cells = text[at:end].removesuffix(b"\r").decode("utf-8", "replace").split("\t", COLUMNS)
                yield here, tuple("" if cell == "\\N" else cell for cell in cells)
                at, here = end + 1, here + 1

    return rows


def _tuples(text: bytes, at: int, *, escaped: bool) -> Iterator[tuple[int, tuple[str, ...], bool]]:
    """Yield the rows after VALUES, each with the offset of its end, and whether it was closed."""
    cells: list[str] = []
    cell: list[bytes] = []
    depth = 0
    for token in (_ESCAPED if escaped else _STANDARD).finditer(text, at):
        word = token[0]
        if depth == 0 and word not in {b"(", b","} and not word.isspace() and not word.startswith(b"--"):
            return
        if word == b")":
            depth -= 1
            if depth == 0:
                cells.append(_cell(cell))
                yield token.end(), tuple(cells), True
                cells, cell = [], []
                continue
        if depth == 1 and word == b",":
            if len(cells) < COLUMNS:
                cells.append(_cell(cell))
            cell = []
        elif depth >= 1 and not word.isspace():
            cell.append(word)
        depth += word == b"("
    if depth:
        yield len(text), (*cells, _cell(cell)), False


def _cell(words: list[bytes]) -> str:
    """Return a value: a string without its quotes, NULL as nothing, anything else as written."""
    word = b" ".join(words)
    if len(words) > 1 and len(words[0]) == 1 and words[1][:1] == b"'":  # N'...', E'...', X'...'
        word = words[1]
    if word[:1] == b"'":
        return word[1:].removesuffix(b"'").replace(b"''", b"'").replace(b"\\'", b"'").decode("utf-8", "replace")
    return "" if word.upper() == b"NULL" else word.decode("utf-8", "replace")


if TYPE_CHECKING:
    from collections.abc import Callable

    _Maker = Callable[[], Numbered]
