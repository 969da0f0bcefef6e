"""Tables that are no text: workbooks, databases, columnar files. Their rows are text too, as a person sees them, for the rules."""

from __future__ import annotations

import io

from pytest_genomic_guard.model import Covered, Gap, Unreadable
from pytest_genomic_guard.views import tables
from pytest_genomic_guard.views.bounds import HELD, TAIL
from pytest_genomic_guard.views.text import Text, windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Coverage, Location, Stream, View
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek, Spent
    from pytest_genomic_guard.views.tables import DataTable

    Item = View | Gap | Covered

_PIECE = 1 << 16
_FOOTER = 1 << 16  # bytes at its end with its metadata
_SMALL = 1 << 20  # bytes of a columnar file whose own words are looked for
_LEAD = 2048  # bytes in which a text says how it was made
_JOINED = 1 << 22  # characters of rows that are joined at once
_FREE = slice(36, 40)  # of a database's header: the number of its free pages (file format, 1.3.10)
_LAYOUT = str.maketrans("\t\r\n\0", "    ")
_SHEETS = b"xl/worksheets/"
_ABOUT = b"docprops/core.xml"  # title and description
_WORKBOOK = (b"xl/sharedstrings.xml", b"xl/styles.xml", b"xl/workbook.xml", b"xl/_rels/workbook.xml.rels")


def long(part: Part) -> Iterator[Item]:
    """Yield the tables of a text that is longer than a window; of one that cannot be held, those of its first part, as partial."""
    data, whole = _lines_of(part)
    for table in tables.from_text(data, part.artifact, part.trail, part.name):
        claimed = bool(part.wanted and part.wanted.claimed)
        yield from told(table.replace(complete=whole and table.complete, claimed=claimed, around=data, lead=data[:_LEAD]))


def told(table: DataTable) -> Iterator[Item]:
    """Yield a table, and that the content was read in part where rows of it are missing."""
    yield table
    if not table.complete:
        yield Covered(level="partial", format=f"{table.format} table")


class TableText(Text):
    """The rows of a table as lines with tabs, under its header; a place in it is the place of the row."""

    table: DataTable

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """Return the place of the row at `start`, or of the table for its header."""
        line = super().locate(start, end).line or 1
        return self.table.locate_row(line - 2) if line > 1 else self.table.locate()


class _Rows:
    """A table as a stream of lines."""

    def __init__(self, table: DataTable, spent: Spent) -> None:
        self._lines = _lines(table)
        self._rest = b""
        self._spent = spent

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if not self._rest:
            parts, have = [], 0
            for line in self._lines:
                parts.append(line)
                have += len(line)
                self._spent.make(len(line))  # cells share their texts, so that few bytes of a workbook can be many here
                if have >= _PIECE:
                    break
            self._rest = b"".join(parts)
        part, self._rest = self._rest[:size], self._rest[size:]
        return part

    def close(self) -> None:
        """Hold nothing open."""


def _lines(table: DataTable) -> Iterator[bytes]:
    yield "\t".join(name.translate(_LAYOUT) for name in table.header).encode("utf-8", "replace") + b"\n"
    for block in table.source.blocks():
        some = sum(sum(map(len, row)) for row in block) < _JOINED  # many cells may share one long text
        text = "\n".join(map("\t".join, block)) if some else "\r"
        cells = sum(map(len, block))
        if text.count("\t") == cells - len(block) and text.count("\n") == len(block) - 1 and "\r" not in text and "\0" not in text:
            yield text.encode("utf-8", "replace") + b"\n"
            continue
        for row in block:
            line = "\t".join(row)
            if line.count("\t") != len(row) - 1 or "\n" in line or "\r" in line or "\0" in line:  # seldom, and slow
                line = "\t".join([cell.translate(_LAYOUT) for cell in row])
            yield line.encode("utf-8", "replace") + b"\n"


def rendered(table: DataTable, spent: Spent) -> Iterator[Item]:
    """Yield a table, and its rows as text. Raises `Unreadable`: ratio."""
    yield from told(table)
    for window in windows(_Rows(table, spent), table.artifact, table.trail, "file"):
        kept = {name: getattr(window, name) for name in ("artifact", "trail", "data", "segments", "owned", "begin")}
        yield TableText(table=table, whole=False, **kept)


def database(part: Part) -> Iterator[Item]:
    """Yield the tables of a SQLite database, then how much of it was read."""
    data = _opened(part, HELD + 1)
    whole = len(data) <= HELD
    try:
        for table in tables.from_sqlite(data, part.artifact, part.trail) if whole else ():
            yield from rendered(table, part.spent)
    except Unreadable as error:
        if error.reason == "ratio":
            raise
        whole = False  # its printable runs have been read, and that is what is told
    whole = whole and not int.from_bytes(data[_FREE], "big")  # deleted rows stand there, and no table has them
    yield Covered(level="full" if whole else "partial", format="SQLite")


def columnar(part: Part, kind: str) -> Iterator[Item]:
    """Yield the tables of a columnar file, with values where the extra reads them, then how much of it was read."""
    from pytest_genomic_guard.views.tables import child  # noqa: PLC0415 - for such files only

    numbers = kind in {
        "npy",
        "npz",
    }  # for checks of tables only: no rule finds anything in numbers, and writing them out takes long
    if child.available(kind) and (not numbers or (part.wanted and part.wanted.asks)):
        said = b"" if numbers else _footer(part)
        stream, found = part.open(), 0
        try:
            for found, table in enumerate(child.tables(kind, stream, part.artifact, part.trail), 1):  # noqa: B007 - asked below
                yield from rendered(table.replace(lead=said) if said else table, part.spent)
            level: Coverage = "full"
        except Unreadable:
            level = "partial"  # damaged, or too large: its schema may be there all the same
        finally:
            stream.close()
        if found or level == "full":
            yield Covered(level=level, format=kind)
            return
    head, tail = _ends(part)
    header = tables.schema_of(kind, head, tail)
    if header:
        yield from rendered(tables.columns_only(header, part.artifact, part.trail), part.spent)
    yield Covered(level="partial", format=kind)


class Workbook:
    """The members of an archive that are a workbook's sheets, kept until all of them are there."""

    def __init__(self, part: Part, kind: str) -> None:
        """Begin with none; only a zip can be a workbook."""
        self._part, self._trail = part, (*part.trail, kind)
        self._on = kind == "zip"
        self._left = HELD
        self._members: dict[str, bytes] = {}
        self._about: dict[str, bytes] = {}
        self._cut = False

    def takes(self, name: bytes, stream: Peek) -> bool:
        """Tell whether a member is one of a workbook, and keep its content as far as there is room."""
        low = name.lower()
        if self._on and low == _ABOUT:
            self._about[name.decode("utf-8", "replace")] = stream.peek(_LEAD)[:_LEAD]  # and is read as any other member, too
        if not self._on or not (low in _WORKBOOK or (low.startswith(_SHEETS) and low.endswith(b".xml"))):
            return False
        data = stream.peek(self._left + 1)
        if len(data) > self._left or not stream.ended:
            self._cut = True
        else:
            self._left -= len(data)
            self._members[name.decode("utf-8", "replace")] = data
        return True

    def items(self) -> Iterator[Item]:
        """Yield the sheets; a workbook of which a part is damaged, or too large, is partial."""
        if not self._members and not self._cut:
            return
        covered = Covered(level="partial" if self._cut else "full", format="xlsx")
        members: dict[str, Callable[[], bytes]] = {name: _giver(data) for name, data in {**self._about, **self._members}.items()}
        try:
            for table in tables.from_zip_xlsx(members, self._part.artifact, self._trail):
                yield from rendered(table, self._part.spent)
        except Unreadable as error:
            if error.reason == "ratio":
                raise
            covered = Covered(level="partial", format="xlsx")
        yield covered


def _giver(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _taken(stream: Stream, size: int) -> bytes:
    """Return the first bytes of a stream."""
    taken = io.BytesIO()  # whose buffer is what it returns: 64 MB are not held twice
    while (left := size - taken.tell()) > 0 and (part := stream.read(min(left, _PIECE))):
        taken.write(part)
    return taken.getvalue()


def _lines_of(part: Part) -> tuple[bytes, bool]:
    """Return the first lines of a text, as many as can be held, and whether these are all; of one long line what can be held."""
    stream = part.open()
    try:
        held = io.BytesIO(_taken(stream, HELD))
        whole = not stream.read(1)
    finally:
        stream.close()
    if not whole:
        held.truncate(held.getvalue().rfind(b"\n") + 1 or HELD)
    return held.getvalue(), whole


def _opened(part: Part, size: int) -> bytes:
    stream = part.open()
    try:
        return _taken(stream, size)
    finally:
        stream.close()


def _footer(part: Part) -> bytes:
    """Return the last bytes of a small file, where its metadata stand, if they may say how it was made."""
    stream = part.open()
    try:
        data = _taken(stream, _SMALL + 1)
    except Unreadable:
        return b""
    finally:
        stream.close()
    last = data[-_FOOTER:] if len(data) <= _SMALL else b""
    return last if b"synthetic" in last.lower() else b""


def _ends(part: Part) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of a part; nothing where it cannot be read to its end."""
    stream = part.open()
    try:
        head = _taken(stream, HELD)
        pieces = [head[-TAIL:]]  # joined once: joining them at every piece is a hundred times the work
        have = len(pieces[0])
        while more := stream.read(_PIECE):
            pieces.append(more)
            have += len(more)
            while have - len(pieces[0]) >= TAIL:
                have -= len(pieces.pop(0))
        return head, b"".join(pieces)[-TAIL:]
    except Unreadable:
        return b"", b""
    finally:
        stream.close()
