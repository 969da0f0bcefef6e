"""The header of a CRAM: its first container holds that of a SAM (CRAMv3, sections 6 to 8; CRAM 2.1 alike, without checksums)."""

from __future__ import annotations

import zlib

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import DICTIONARY, HEADER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.streams import Peek

_DEFINITION = 26  # bytes: mark, two of version, a name
_LANDMARKS = 1 << 16
_NEAR = 1 << 18  # bytes that a container's own header can take
_EMPTY = 16  # containers without records that are passed over
_NONE = 0xFFFFFFFF  # -1: no reference sequence
_EOF = 4_542_278  # where the reads of the last, empty container "begin"


class _Cursor:
    """Reads numbers. Raises IndexError beyond the end."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def itf8(self) -> int:
        """Return a number of up to 32 bits, whose first byte tells how many follow."""
        first = self.data[self.at]
        more = 0 if first < 0x80 else 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
        rest = self.data[self.at + 1 : self.at + 1 + more]
        if len(rest) < more:
            raise IndexError
        self.at += 1 + more
        if more == 4:
            return (first & 15) << 28 | int.from_bytes(rest[:3], "big") << 4 | rest[3] & 15
        return (first & (0xFF >> (more + 1))) << 8 * more | int.from_bytes(rest, "big")

    def ltf8(self) -> None:
        """Pass over a number of up to 64 bits."""
        first = self.data[self.at]
        self.at += 1 + next((count for count in range(8) if not first & 0x80 >> count), 8)


class _Container:
    """The header of a container."""

    def __init__(self, data: bytes, at: int, major: int) -> None:
        self.length = int.from_bytes(data[at : at + 4], "little")
        cursor = _Cursor(data, at + 4)
        self.reference, self.start, _span, self.records = (cursor.itf8() for _each in range(4))
        if major >= 3:
            cursor.ltf8()
        else:
            cursor.itf8()
        cursor.ltf8()
        self.blocks = cursor.itf8()
        for _each in range(min(cursor.itf8(), _LANDMARKS)):
            cursor.itf8()
        self.body = cursor.at + (4 if major >= 3 else 0)


def header(stream: Peek) -> tuple[bytes, bool]:
    """Return the text of the header, and whether reads follow. Raises `Unreadable` where a file ends before its first container.

    A header that is there and cannot be read leaves it open whose reads they are, not whether there are any: then the text is
    empty, and reads are said to follow.
    """
    head = stream.peek(_NEAR)
    if len(head) <= _DEFINITION:
        raise Unreadable("truncated")
    first = _container(head, _DEFINITION, head[4])
    end = first.body + first.length if first else HEADER + 1
    if not first or not first.length or end > HEADER or len(stream.peek(end)) < end:
        text = _text(stream.peek(end)[first.body : end]) if first and end <= HEADER else None  # as far as it goes
        return text or b"", True
    text = _text(stream.peek(end)[first.body : end])
    return text or b"", text is None or _reads_after(stream, end, head[4])


def _reads_after(stream: Peek, at: int, major: int) -> bool:
    """Tell whether a container with records follows; the last one of a file, and one with nothing but its own header, has none."""
    for _number in range(_EMPTY):
        data = stream.peek(at + _NEAR)
        if len(data) <= at:
            return False
        following = _container(data, at, major)
        if not following or following.records:
            return True
        if following.reference == _NONE and following.start == _EOF:
            return False
        at = following.body + following.length
        if at > HEADER:
            break
    return True


def _container(data: bytes, at: int, major: int) -> _Container | None:
    """Return the container whose header begins at `at`; None where it is cut, or of the experimental version 4."""
    try:
        return _Container(data, at, major) if major <= 3 else None
    except IndexError:
        return None


def _text(data: bytes) -> bytes | None:
    """Return the text in the first block of a container, or None where it cannot be read."""
    try:
        method, cursor = data[0], _Cursor(data, 2)
        cursor.itf8()
        packed, size = cursor.itf8(), cursor.itf8()
    except IndexError:
        return None
    if size > HEADER:
        return None
    body = data[cursor.at : cursor.at + packed]
    made = body if method == 0 else _inflated(method, body, size)
    if made is None or len(made) < 4:
        return None
    return made[4 : 4 + int.from_bytes(made[:4], "little")]


def _inflated(method: int, body: bytes, size: int) -> bytes | None:
    """Return what a block holds, as far as it goes: gzip (1), bzip2 (2) or lzma (3); no other is allowed for a header."""
    if method == 3:
        return _by_lzma(body, size)
    try:
        if method == 1:
            return zlib.decompressobj(wbits=47).decompress(body, size or 1)
        if method == 2:
            import bz2  # noqa: PLC0415 - met rarely

            return bz2.BZ2Decompressor().decompress(body, size)
    except (zlib.error, OSError, ValueError):
        pass
    return None


def _by_lzma(body: bytes, size: int) -> bytes | None:
    import lzma  # noqa: PLC0415 - as above

    try:
        return lzma.LZMADecompressor(memlimit=DICTIONARY).decompress(body, size)
    except lzma.LZMAError:
        return None
