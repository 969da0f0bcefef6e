"""SQLite databases, read from their bytes (https://www.sqlite.org/fileformat2.html): no library that runs SQL sees the file.

Each page is used once a table, as in every sound file; a page that turns up again ends the table as incomplete.
"""

from __future__ import annotations

import struct

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.tables import ddl
from pytest_genomic_guard.views.tables.table import DataTable, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import Numbered

    Trail = tuple[str, ...]
    Record = tuple[int, list[str | None]]  # rowid and values

MAGIC = b"SQLite format 3\0"
_ENCODINGS = {0: "utf-8", 1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}
_LENGTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_TABLE, _INTERIOR = {5, 13}, {2, 5}


class _Damaged(Exception):  # noqa: N818 - ends the reading of one table
    """A page is not what it must be."""


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at `at` and the offset behind it. Raises `_Damaged`."""
    value = 0
    for count in range(9):
        if at >= len(data):
            raise _Damaged
        byte = data[at]
        at += 1
        if count == 8:
            value = value << 8 | byte
            break
        value = value << 7 | (byte & 0x7F)
        if byte < 0x80:
            break
    return (value - (1 << 64) if value >> 63 else value), at


class _Database:
    """The pages of a file."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < 512:
            raise Unreadable("corrupt")
        size = int.from_bytes(data[16:18], "big")
        self.size = 65536 if size == 1 else size
        self.usable = self.size - data[20]
        self.encoding = _ENCODINGS.get(int.from_bytes(data[56:60], "big"), "")
        if self.size < 512 or self.size & (self.size - 1) or self.usable < 480 or not self.encoding:
            raise Unreadable("corrupt")
        self.data = data

    def page(self, number: int) -> bytes:
        """Return a page, counted from 1. Raises `_Damaged`."""
        page = self.data[(number - 1) * self.size : number * self.size] if number > 0 else b""
        if len(page) < self.size:
            raise _Damaged
        return page


class _Tree:
    """The records of one b-tree, in order."""

    def __init__(self, base: _Database, root: int) -> None:
        self._base, self._root = base, root
        self._seen: set[int] = set()
        self.whole = False  # once all have been read

    def records(self) -> Iterator[Record]:
        """Yield all records up to the first damage."""
        self._seen = set()
        self.whole = False
        try:
            yield from self._walk()
        except (_Damaged, struct.error):
            return
        self.whole = True

    def _once(self, number: int) -> bytes:
        if number in self._seen:
            raise _Damaged
        self._seen.add(number)
        return self._base.page(number)

    def _walk(self) -> Iterator[Record]:
        pending: list[int | Record] = [self._root]
        while pending:
            number = pending.pop()
            if isinstance(number, tuple):  # a record of an index page between two children
                yield number
                continue
            page = self._once(number)
            head = 100 if number == 1 else 0
            kind = page[head]
            if kind not in {2, 5, 10, 13}:
                raise _Damaged
            body = head + (12 if kind in _INTERIOR else 8)
            count = int.from_bytes(page[head + 3 : head + 5], "big")
            places = struct.unpack_from(f">{count}H", page, body)
            if kind in _INTERIOR:
                found: list[int | Record] = []
                left = self._base.usable
                for at in places:
                    found.append(int.from_bytes(page[at : at + 4], "big"))
                    if kind == 2:
                        record, left = self._cell(page, at + 4, kind, left)
                        found.append(record)
                found.append(int.from_bytes(page[head + 8 : head + 12], "big"))
                pending += reversed(found)
                continue
            left = self._base.usable
            for at in places:
                record, left = self._cell(page, at, kind, left)
                yield record

    def _cell(self, page: bytes, at: int, kind: int, left: int) -> tuple[Record, int]:
        """Return the record of a cell, and how many bytes the other cells of its page can still have."""
        usable = self._base.usable
        length, at = _varint(page, at)
        rowid = 0
        if kind in _TABLE:
            rowid, at = _varint(page, at)
        most = usable - 35 if kind in _TABLE else (usable - 12) * 64 // 255 - 23
        if length < 0 or length > len(self._base.data):
            raise _Damaged
        local = length
        if length > most:
            least = (usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (usable - 4)
            local = local if local <= most else least
        left -= local
        if left < 0 or at + local > usable:  # cells that overlap
            raise _Damaged
        payload = page[at : at + local]
        if local < length:
            payload = self._overflow(payload, int.from_bytes(page[at + local : at + local + 4], "big"), length)
        return (rowid, self._values(payload)), left

    def _overflow(self, payload: bytes, number: int, length: int) -> bytes:
        parts, have = [payload], len(payload)
        while have < length:
            page = self._once(number)
            part = page[4 : min(self._base.usable, 4 + length - have)]
            number = int.from_bytes(page[:4], "big")
            parts.append(part)
            have += len(part)
        return b"".join(parts)

    def _values(self, payload: bytes) -> list[str | None]:
        size, at = _varint(payload, 0)
        if not 0 < size <= len(payload):
            raise _Damaged
        values: list[str | None] = []
        body = size
        while at < size:
            kind, at = _varint(payload, at)
            length = (kind - 12) // 2 if kind >= 12 else _LENGTHS[kind] if 0 <= kind < 10 else -1
            if length < 0 or body + length > len(payload):
                raise _Damaged
            values.append(self._value(kind, payload[body : body + length]))
            body += length
        return values

    def _value(self, kind: int, data: bytes) -> str | None:
        if kind == 0:
            return None
        if kind < 7:
            return str(int.from_bytes(data, "big", signed=True))
        if kind == 7:
            return repr(struct.unpack(">d", data)[0])
        if kind < 10:
            return str(kind - 8)
        if kind % 2:
            return data.decode(self._base.encoding, "replace")
        text = data.decode("utf-8", "replace")
        return "" if "\ufffd" in text else text


def read(data: bytes, artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield the tables with rows, in the order of the schema. Raises `Unreadable`: corrupt."""
    base = _Database(data)
    schema = _Tree(base, 1)
    entries = [values for _rowid, values in schema.records()]
    if not schema.whole and not entries:
        raise Unreadable("corrupt")
    number = 0
    for kind, _name, _table, root, statement in (each for each in entries if len(each) == 5):
        if kind != "table" or not root or not root.isdigit() or root == "0":
            continue
        number += 1
        table = _table_at(base, int(root), ddl.columns(statement or ""), artifact, (*trail, "sqlite", f"table {number}"))
        if table:
            yield table if schema.whole else table.replace(complete=False)


def _table_at(base: _Database, root: int, columns: ddl.Columns, artifact: Artifact, trail: Trail) -> DataTable | None:
    names = columns.names
    if columns.bare:  # the key comes first
        low = {key.lower() for key in columns.keys}
        first = [name for key in columns.keys for name in names if name.lower() == key.lower()]
        names = (*first, *(name for name in names if name.lower() not in low))
    tree = _Tree(base, root)
    rows = width = 0
    for _rowid, values in tree.records():
        rows += 1
        width = max(width, len(values))
    if not rows and tree.whole:
        return None
    header = (*names, *[""] * (width - len(names)))
    source = Source(_maker(base, root, columns.rowid))
    return DataTable(artifact=artifact, trail=trail, format="sqlite", header=header, source=source, complete=tree.whole)


def _maker(base: _Database, root: int, alias: int | None) -> Callable[[], Numbered]:
    def rows() -> Numbered:
        for number, (rowid, values) in enumerate(_Tree(base, root).records(), 1):
            if alias is not None and alias < len(values) and values[alias] is None:
                values[alias] = str(rowid)
            yield number, tuple(value or "" for value in values)

    return rows
