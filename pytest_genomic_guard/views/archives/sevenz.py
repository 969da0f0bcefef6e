"""7z archives (7zFormat.txt of the LZMA SDK 24): LZMA, LZMA2, bzip2, deflate, Zstandard and copy, with delta and code filters."""

from __future__ import annotations

import zlib

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.archives import packed, raw_lzma, sevenz_header
from pytest_genomic_guard.views.archives.cursor import Checked, Cursor, Limited, spooled
from pytest_genomic_guard.views.archives.member import Lost, Member
from pytest_genomic_guard.views.bounds import HELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Stream
    from pytest_genomic_guard.views.archives.sevenz_header import Coder, File, Folder, Header
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek, Spent

_START = 32  # bytes of the signature header
_COPY, _LZMA, _LZMA2, _DEFLATE, _BZIP2, _ZSTD = b"\0", b"\3\1\1", b"\x21", b"\4\1\x08", b"\4\2\2", b"\4\xf7\x11\1"
_FILTERS = {  # method: the number that lzma gives the filter; that of 64-bit ARM is none that Python's module takes
    b"\3": 0x03,  # delta
    b"\3\3\1\3": 0x04,  # x86
    b"\3\3\2\5": 0x05,  # PowerPC
    b"\3\3\4\1": 0x06,  # IA-64
    b"\3\3\5\1": 0x07,  # ARM
    b"\3\3\7\1": 0x08,  # ARM Thumb
    b"\3\3\x08\5": 0x09,  # SPARC
    **{bytes([number]): number for number in range(4, 10)},
}
_AES = (b"\6\xf1\7\1", b"\6\1", b"\6\2")


def members(part: Part, stream: Peek) -> Iterator[Member | Lost]:
    """Yield the members, folder after folder. Raises `Unreadable` when the header cannot be read."""
    part, cursor = spooled(part, stream)
    try:
        header, odd = _header(part, cursor)
        if odd:
            yield Lost(0, odd)
        yield from _folders(part, cursor, header)
    finally:
        cursor.close()


def _header(part: Part, cursor: Cursor) -> tuple[Header, str | None]:
    """Return the header, and what is wrong around it. Raises `Unreadable`."""
    start = cursor.exactly(_START)
    offset, size, crc = (int.from_bytes(start[a:b], "little") for a, b in ((12, 20), (20, 28), (28, 32)))
    if zlib.crc32(start[12:]) != int.from_bytes(start[8:12], "little"):
        raise Unreadable("corrupt")
    cursor.at = _START + offset
    if size > HELD:
        raise Unreadable("too-large")
    data = cursor.exactly(size)
    odd = "trailing-data" if cursor.read(1) else None
    if zlib.crc32(data) != crc:
        raise Unreadable("corrupt")
    owned = 0
    for _layer in range(4):  # a header may be packed, and that of the packing too
        if data[:1] != b"\x17":
            break
        outer = sevenz_header.packed(data)
        folder = outer.folders[0]
        owned += sum(folder.packed)
        if folder.size > HELD:
            raise Unreadable("too-large")
        cursor.at = _START + folder.start
        content = Checked(_chain(Limited(cursor, folder.packed[0]), folder, part.spent), folder.size, folder.crc)
        data = _all(content)
    header = sevenz_header.header(data)
    if owned + sum(sum(folder.packed) for folder in header.folders) != offset:
        odd = odd or "unowned"
    return header, odd


def _folders(part: Part, cursor: Cursor, header: Header) -> Iterator[Member | Lost]:
    for folder in header.folders:
        files = header.files(folder)
        try:
            cursor.at = _START + folder.start
            content = _chain(Limited(cursor, folder.packed[0]), folder, part.spent)
            yield from _folder(part, folder, files, content)
        except _Broken as broken:
            yield Lost(broken.number, broken.reason)
        except Unreadable as error:
            yield Lost(files[0].number if files else 0, error.reason)


class _Broken(Exception):  # noqa: N818 - as Unreadable
    """A folder that cannot be read on, and so neither can the members after this one."""

    def __init__(self, number: int, reason: str) -> None:
        self.number, self.reason = number, reason


def _folder(part: Part, folder: Folder, files: list[File], content: Stream) -> Iterator[Member]:
    before = 0
    for file in files:
        limited = Limited(content, file.size)
        at = before
        member = Checked(limited, file.size, file.crc)
        yield Member(file.number, file.name, member, _opener(part, folder, file, at))
        try:
            limited.drain()
        except Unreadable as error:
            following = [other.number for other in files if other.number > file.number]
            if following:
                raise _Broken(following[0], error.reason) from None
            raise _Broken(file.number, error.reason) from None
        before += file.size
    try:
        more = content.read(1)
    except Unreadable as error:
        raise _Broken(files[-1].number if files else 0, error.reason) from None
    if more:
        raise Unreadable("trailing-data")


def _opener(part: Part, folder: Folder, file: File, before: int) -> Callable[[], Stream]:
    def opener() -> Stream:
        content = _chain(Limited(Cursor(part, at=_START + folder.start), folder.packed[0]), folder, part.spent)
        Limited(content, before).drain()
        return Checked(Limited(content, file.size), file.size, file.crc)

    return opener


def _chain(stream: Stream, folder: Folder, spent: Spent) -> Stream:
    """Return what a folder holds: each coder reads what the one below it gives. Raises `Unreadable`."""
    for coder, size in folder.chain():
        stream = _coder(stream, coder, size, spent)
    return stream


def _coder(stream: Stream, coder: Coder, size: int, spent: Spent) -> Stream:  # noqa: PLR0911 - one for each method
    method, properties = coder.method, coder.properties
    if method == _COPY:
        return stream
    if method == _LZMA:
        return raw_lzma.lzma1(stream, spent, properties, size)
    if method == _LZMA2:
        return raw_lzma.lzma2(stream, spent, properties, size)
    if method == _DEFLATE:
        return packed.Expand(stream, spent, packed.Deflate)
    if method == _BZIP2:
        return packed.Expand(stream, spent, packed.bzip2, (b"BZh",))
    if method == _ZSTD:
        return packed.opened("zstd", stream, spent)
    if method in _FILTERS:
        return raw_lzma.filtered(stream, spent, _FILTERS[method], properties)
    raise Unreadable("encrypted" if method.startswith(_AES) else "method")


def _all(stream: Stream) -> bytes:
    parts = []
    while part := stream.read(1 << 20):
        parts.append(part)
    return b"".join(parts)
