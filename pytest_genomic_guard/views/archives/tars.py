"""Tar archives: V7, ustar, pax and GNU, in one pass (POSIX.1-2017, pax; GNU tar 1.35, "Basic Tar Format")."""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.archives.cursor import Cursor, Limited
from pytest_genomic_guard.views.archives.member import Lost, Member, Note
from pytest_genomic_guard.views.bounds import MEMBERS
from pytest_genomic_guard.views.formats import is_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek

_BLOCK = 512
_EXTENDED = 1 << 20  # bytes of a long name, or of the records of one member
_NO_CONTENT = b"123456"  # links, devices, folders, FIFOs
_LINKS = b"12"
_PLAIN = frozenset({"path", "linkpath", "size", "mtime", "atime", "ctime", "uid", "gid"})


class _Next:
    """What extended headers say about the member that follows."""

    def __init__(self) -> None:
        self.name: bytes | None = None
        self.link: bytes | None = None
        self.size: int | None = None
        self.mapped = False  # its content begins with the map of a sparse file
        self.other: list[bytes] = []


def members(part: Part, stream: Peek) -> Iterator[Member | Lost | Note]:
    """Yield the files as they come; links are noted and not followed. Raises `Unreadable` where no further header is found."""
    cursor = Cursor(part, stream)
    try:
        yield from _members(part, cursor)
    finally:
        cursor.close()


def _members(part: Part, cursor: Cursor) -> Iterator[Member | Lost | Note]:
    number, ended, coming = 0, False, _Next()
    while header := _header(cursor, ended=ended):
        if not header.strip(b"\0"):
            ended = True
            continue
        kind, size = header[156:157], _number(header[124:136])
        if kind in {b"L", b"K", b"x", b"X", b"g"}:
            _extend(coming, kind, _read(cursor, size))
            continue
        number += 1
        if number > MEMBERS:
            raise Unreadable("too-many")
        if coming.size is not None:
            size = coming.size
        if kind == b"S":
            _skip_maps(cursor, header)
        if coming.other:
            yield Note(b"\n".join(coming.other), f"member {number}", "header")
        if kind in _LINKS:
            yield Note(coming.link or _text(header[157:257]), f"member {number}", "link")
        if kind not in _NO_CONTENT:
            name = _text(header[:100]) if coming.name is None else coming.name
            end = cursor.at + size
            begin = _after_map(cursor, end) if coming.mapped else cursor.at
            if size and not name.endswith(b"/"):  # V7 has no type for folders
                yield _member(part, cursor, number, name, (begin, end))
            _pass(cursor, begin, end, size)
        coming = _Next()
    if not ended:
        raise Unreadable("truncated")


def _member(part: Part, cursor: Cursor, number: int, name: bytes, span: tuple[int, int]) -> Member:
    begin, end = span
    return Member(number, name, Limited(cursor, end - begin), lambda: Limited(Cursor(part, at=begin), end - begin))


def _pass(cursor: Cursor, begin: int, end: int, size: int) -> None:
    """Go to the end of a member, however much of it was read, and over its padding. Raises `Unreadable` when it breaks off."""
    if end > begin:
        cursor.at = end - 1
        cursor.exactly(1)
    cursor.exactly(-size % _BLOCK)


def _header(cursor: Cursor, *, ended: bool) -> bytes:
    """Return the next block, a valid header or zeros, or nothing at the end. Raises `Unreadable`."""
    block = cursor.upto(_BLOCK)
    if not block.strip(b"\0"):
        return block if len(block) == _BLOCK else b""
    if len(block) < _BLOCK:
        raise Unreadable("trailing-data" if ended else "truncated")
    if not is_header(block):
        raise Unreadable("trailing-data" if ended else "corrupt")
    return block


def _number(field: bytes) -> int:
    """Return a size: octal digits, or base 256. Raises `Unreadable`."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.partition(b"\0")[0].strip(b" ")
    if digits.strip(b"01234567"):
        raise Unreadable("corrupt")
    return int(digits or b"0", 8)


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _read(cursor: Cursor, size: int) -> bytes:
    if size > _EXTENDED:
        raise Unreadable("too-large")
    data = cursor.exactly(size)
    cursor.exactly(-size % _BLOCK)
    return data


def _extend(coming: _Next, kind: bytes, data: bytes) -> None:
    if kind == b"L":
        coming.name = _text(data)
    elif kind == b"K":
        coming.link = _text(data)
    else:
        for key, value in _records(data):
            if key in {"path", "GNU.sparse.name"}:
                coming.name = value
            elif key == "linkpath":
                coming.link = value
            elif key == "size" and kind != b"g":
                coming.size = _decimal(value)
            elif key == "GNU.sparse.major":
                coming.mapped = value == b"1"
            elif key not in _PLAIN and not key.startswith("GNU.sparse."):
                coming.other.append(value)


def _records(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the records of a pax header: length, blank, key, equals sign, value, line feed. Raises `Unreadable`."""
    at = 0
    while at < len(data) and data[at]:
        blank = data.find(b" ", at, at + 20)
        length = _decimal(data[at:blank]) if blank > 0 else 0
        key, equals, value = data[blank + 1 : at + length - 1].partition(b"=")
        if not equals or data[at + length - 1 : at + length] != b"\n":
            raise Unreadable("corrupt")
        yield key.decode("utf-8", "replace"), value
        at += length


def _decimal(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > 20:
        raise Unreadable("corrupt")
    return int(digits)


def _skip_maps(cursor: Cursor, header: bytes) -> None:
    """Pass the further maps of an old GNU sparse file; its content stands without the holes, and they hold nothing."""
    more, steps = header[482], 0
    while more:
        steps += 1
        if steps > MEMBERS:
            raise Unreadable("too-large")
        more = cursor.exactly(_BLOCK)[504]


def _after_map(cursor: Cursor, end: int) -> int:
    """Return where the content of a pax 1.0 sparse file begins: after a count and so many pairs of numbers, one a line."""
    left, first, rest = 1, True, b""
    while left:
        if cursor.at + _BLOCK > end:
            raise Unreadable("corrupt")
        *lines, rest = (rest + cursor.exactly(_BLOCK)).split(b"\n")
        for line in lines:
            if left:
                left -= 1
                number = _decimal(line)
                left, first = (2 * number if first else left), False
    return cursor.at
