"""The directory at the end of a zip archive, ZIP64 too (APPNOTE 6.3.10, 4.3.12 to 4.3.16)."""

from __future__ import annotations

from struct import Struct

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import HELD, MEMBERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.archives.cursor import Cursor

_TAIL = 1 << 20  # bytes of the end that are kept; the end record with its comment takes 65,557 of them at most
_END = Struct("<4s4H2LH")
_LOCATOR = Struct("<4sLQL")
_END64 = Struct("<4sQ2H2L4Q")
_RECORD = Struct("<4s6H3L5H2L")
_MAX32, _MAX16 = 0xFFFFFFFF, 0xFFFF


class Entry:
    """One record of the directory."""

    def __init__(self, data: bytes, at: int, shift: int) -> None:
        """Read the record at `at`; offsets are from the archive's own beginning, `shift` bytes into the data."""
        fields = _RECORD.unpack_from(data, at)
        _magic, _made, _need, self.flags, self.method, _time, _date, self.crc, packed, size, name, extra, comment = fields[:13]
        disk, offset = fields[13], fields[16]
        at += _RECORD.size
        self.name = data[at : at + name]
        self.comment = data[at + name + extra : at + name + extra + comment]
        self.size, self.packed, self.offset, self.disk = _wide(data[at + name : at + name + extra], [size, packed, offset, disk])
        self.offset += shift
        self.folder = self.name.endswith(b"/")


class Directory:
    """All records, as they stand; each is taken apart when it is asked for."""

    def __init__(self, data: bytes, start: int, shift: int) -> None:
        """Take the directory's bytes, where they begin, and how many bytes stand before the archive. Raises `Unreadable`."""
        self._data, self.start, self._shift = data, start, shift
        self.comment, self.trailing = b"", False
        self._places: list[int] = []
        at = 0
        while data[at : at + 4] == b"PK\1\2":
            if len(data) < at + _RECORD.size:
                raise Unreadable("corrupt")
            self._places.append(at)
            name, extra, comment = _RECORD.unpack_from(data, at)[10:13]
            at += _RECORD.size + name + extra + comment
            if len(self._places) > MEMBERS:
                raise Unreadable("too-many")
        if at > len(data):
            raise Unreadable("corrupt")
        self.contradicts = data[at : at + 4] != b"PK\5\5" and at < len(data)  # a signature may end it
        offsets = [self.entry(number).offset for number in range(len(self._places))]
        self.order = sorted(range(len(self._places)), key=offsets.__getitem__)

    def entry(self, number: int) -> Entry:
        """Return a record."""
        return Entry(self._data, self._places[number], self._shift)

    def __len__(self) -> int:
        return len(self._places)


def directory(cursor: Cursor) -> Directory:
    """Read the archive to its end, and then its directory. Raises `Unreadable`: truncated, corrupt, too-large, too-many."""
    tail = b""
    while piece := cursor.upto(_TAIL):
        tail = (tail + piece)[-2 * _TAIL :]
    total = cursor.at
    base = total - len(tail)
    at = _find(tail)
    _magic, disk, disk_start, here, count, size, offset, comment = _END.unpack_from(tail, at)
    end = base + at
    found = _end64(tail, at, base)
    if found:
        end, count, size, offset, disk, disk_start = found
    if disk or disk_start or (not found and here != count):
        raise Unreadable("split")
    start = end - size
    if count > MEMBERS:
        raise Unreadable("too-many")
    if start < offset or size > HELD:
        raise Unreadable("corrupt" if start < offset else "too-large")
    if start >= base:
        data = tail[start - base : end - base]
    else:
        cursor.at = start
        data = cursor.exactly(size)
    listed = Directory(data, start, start - offset)
    listed.comment = tail[at + _END.size : at + _END.size + comment]
    listed.trailing = at + _END.size + comment < len(tail)
    listed.contradicts = listed.contradicts or (len(listed) != count if found else len(listed) & _MAX16 != count)
    return listed


def _find(tail: bytes) -> int:
    """Return where the end record stands: the last one that ends the data, or else the last one."""
    least = max(0, len(tail) - _END.size - _MAX16)
    any_at, at = -1, len(tail)
    while (at := tail.rfind(b"PK\5\6", least, at)) >= 0:
        if at + _END.size <= len(tail):
            end = at + _END.size + _END.unpack_from(tail, at)[7]
            if end == len(tail):
                return at
            any_at = any_at if any_at >= 0 or end > len(tail) else at
    if any_at < 0:
        raise Unreadable("truncated")
    return any_at


def _end64(tail: bytes, at: int, base: int) -> tuple[int, int, int, int, int, int] | None:
    """Return place, count, size, offset and disks of the ZIP64 end record before `at`, where there is one."""
    place = at - _LOCATOR.size
    if place < 0 or tail[place : place + 4] != b"PK\6\7":
        return None
    disk, offset, _disks = _LOCATOR.unpack_from(tail, place)[1:]
    for begin in (place - _END64.size, offset - base):
        if begin >= 0 and tail[begin : begin + 4] == b"PK\6\6" and begin + _END64.size <= place:
            fields = _END64.unpack_from(tail, begin)
            if begin + 12 + fields[1] != place:
                break
            return base + begin, fields[7], fields[8], fields[9], fields[4] or disk, fields[5]
    raise Unreadable("corrupt")


def _wide(extra: bytes, values: list[int]) -> list[int]:
    """Return sizes, offset and disk with those of the ZIP64 field in place of the values that say so."""
    wanted = [index for index, value in enumerate(values) if value == (_MAX16 if index == 3 else _MAX32)]
    at = 0
    while wanted and at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        field, at = extra[at + 4 : at + 4 + size], at + 4 + size
        if kind == 1:
            for index in wanted:
                width = 4 if index == 3 else 8
                if len(field) < width:
                    break
                values[index], field = int.from_bytes(field[:width], "little"), field[width:]
            break
    return values
