"""Zip archives (APPNOTE 6.3.10), read by their directory; what the directory does not own is a gap.

Two readings of one archive can differ, and who unpacks it may see the other one. So a member whose local header contradicts the
directory, members that share bytes, and bytes that belong to none are told.
"""

from __future__ import annotations

from struct import Struct

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.archives import packed, raw_lzma
from pytest_genomic_guard.views.archives.cursor import Checked, Cursor, Limited, spooled
from pytest_genomic_guard.views.archives.member import Lost, Member, Note
from pytest_genomic_guard.views.archives.zip_directory import directory
from pytest_genomic_guard.views.formats import SHEBANG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Stream
    from pytest_genomic_guard.views.archives.zip_directory import Directory, Entry
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek, Spent

_LOCAL = Struct("<4s5H3L2H")
_SPLIT = b"PK\7\x08"
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DESCRIPTOR = 0x8
_STORED, _DEFLATE, _BZIP2, _LZMA, _ZSTD, _AES = 0, 8, 12, 14, 93, 99


def members(part: Part, stream: Peek) -> Iterator[Member | Lost | Note]:
    """Yield the members in the order in which they stand in the archive. Raises `Unreadable` when it has no readable directory."""
    part, cursor = spooled(part, stream)
    try:
        try:
            listed = _directory(cursor)
        except Unreadable as error:
            if error.reason in {"truncated", "corrupt"}:
                from pytest_genomic_guard.views.archives import cut_zips  # noqa: PLC0415 - few archives are cut

                cursor.at = 0
                yield from cut_zips.members(part, cursor)
            raise
        if listed.comment:
            yield Note(listed.comment, "comment")
        if listed.trailing:
            yield Lost(0, "trailing-data")
        if listed.contradicts:
            yield Lost(0, "directory")
        cursor.at = 0
        yield from _entries(part, cursor, listed)
    finally:
        cursor.close()


def _directory(cursor: Cursor) -> Directory:
    """Read the directory; the first of several volumes says by its first bytes why it has none. Raises `Unreadable`."""
    try:
        return directory(cursor)
    except Unreadable as error:
        cursor.at = 0
        if error.reason == "truncated" and cursor.upto(len(_SPLIT)) == _SPLIT:
            raise Unreadable("split") from None
        raise


def _entries(part: Part, cursor: Cursor, listed: Directory) -> Iterator[Member | Lost | Note]:
    before, shared, odd = None, False, False
    shebang = cursor.upto(SHEBANG).partition(b"\n")[0] + b"\n"
    end = len(shebang) if shebang.startswith(b"#!") else 0
    if end:
        yield Note(shebang, "line 1")
    for number in listed.order:
        entry = listed.entry(number)
        if entry.comment:
            yield Note(entry.comment, f"member {number + 1}", "comment")
        if entry.offset < end or entry.offset + _LOCAL.size + entry.packed > listed.start:
            shared = True
            continue
        cursor.at = end
        odd = not _owned(cursor, entry.offset, before) or odd
        try:
            told, begin = _local(cursor, entry)
        except Unreadable as error:
            yield Lost(number + 1, error.reason)
            continue
        before, end = entry, begin + entry.packed
        if end > listed.start:
            shared, end = True, listed.start
            continue
        yield from _member(part, cursor, number, entry, begin)
        if not told:
            yield Lost(number + 1, "directory")
    cursor.at = end
    odd = not _owned(cursor, listed.start, before) or odd
    if shared:
        yield Lost(0, "overlap")
    if odd:
        yield Lost(0, "unowned")


def _member(part: Part, cursor: Cursor, number: int, entry: Entry, begin: int) -> Iterator[Member | Lost]:
    if entry.flags & _ENCRYPTED or entry.method == _AES:
        yield Lost(number + 1, "encrypted")
        return
    if entry.folder and not entry.packed and not entry.size:
        return
    try:
        opened = _content(cursor, entry, part.spent)
    except Unreadable as error:
        yield Lost(number + 1, error.reason)
        return
    yield Member(number + 1, entry.name, opened, lambda: _content(Cursor(part, at=begin), entry, part.spent))


def _content(cursor: Cursor, entry: Entry, spent: Spent) -> Stream:
    raw = Limited(cursor, entry.packed)
    return Checked(_unpacked(raw, entry, spent), entry.size, entry.crc)


def _unpacked(raw: Limited, entry: Entry, spent: Spent) -> Stream:
    if entry.method == _STORED:
        return raw
    if entry.method == _DEFLATE:
        return packed.Expand(raw, spent, packed.Deflate)
    if entry.method == _BZIP2:
        return packed.Expand(raw, spent, packed.bzip2)
    if entry.method == _ZSTD:
        return packed.Expand(raw, spent, packed.zstd())
    if entry.method == _LZMA:
        return raw_lzma.of_zip(raw, spent, entry.size, marked=bool(entry.flags & 2))
    raise Unreadable("method")


def _local(cursor: Cursor, entry: Entry) -> tuple[bool, int]:
    """Return whether the local header says what the directory says, and where the data begins. Raises `Unreadable`."""
    cursor.at = entry.offset
    magic, _version, flags, method, _time, _date, crc, compressed, size, name, extra = _LOCAL.unpack(cursor.exactly(_LOCAL.size))
    if magic != b"PK\3\4":
        raise Unreadable("corrupt")
    told = cursor.exactly(name + extra)
    agrees = told[:name] == entry.name and method == entry.method and not (flags ^ entry.flags) & _ENCRYPTED
    for here, there, unknown in ((crc, entry.crc, 0), (compressed, entry.packed, 0xFFFFFFFF), (size, entry.size, 0xFFFFFFFF)):
        later = flags & _DESCRIPTOR and here == 0
        agrees = agrees and (here == there or bool(later) or (here == unknown and unknown > 0))
    return agrees, cursor.at


def _owned(cursor: Cursor, end: int, before: Entry | None) -> bool:
    """Tell whether what stands up to `end` is the data descriptor of the member before it, or padding."""
    if cursor.at >= end:
        return True
    start = cursor.at
    head = cursor.upto(min(24, end - start))
    for form in _descriptors(before) if before else ():
        if head.startswith(form) and not head[len(form) :].strip(b"\0"):
            return cursor.only_zeros(end)
    return not head.strip(b"\0") and cursor.only_zeros(end)


def _descriptors(entry: Entry) -> Iterator[bytes]:
    if entry.flags & _DESCRIPTOR:
        crc = entry.crc.to_bytes(4, "little")
        for width in (8, 4):
            if max(entry.packed, entry.size) < 1 << 8 * width:
                sizes = entry.packed.to_bytes(width, "little") + entry.size.to_bytes(width, "little")
                yield b"PK\7\x08" + crc + sizes
                yield crc + sizes
