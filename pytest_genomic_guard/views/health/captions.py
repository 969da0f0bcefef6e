"""What the metadata of sounds and films say in words: title, artist, comment.

Sources: ID3v2.2 to 2.4 (id3.org), the LIST INFO chunk of RIFF, `ilst` of MP4 as QuickTime writes it, Vorbis comments, the elements
Title and TagString of Matroska. What stands behind the bytes that are looked at, such as ID3v1, is not read.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 64  # texts of one file
_LONGEST = 400  # bytes of one
_FRAMES = 512
_RATES_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kbit/s
_RATES_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ = (44100, 48000, 32000)
_WIDE = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}  # ID3v2.4, 4
_ID3 = regex(rb"T(?:IT|PE)[1-3]?|TALB|TXXX|COMM?|TT[1-3]|TP[1-3]|TAL|TXX|USLT")
_INFO = regex(rb"I(?:NAM|ART|CMT|SBJ|KEY|PRD|GNR)")
_ATOM = regex(rb"(?:\xa9(?:nam|ART|cmt|alb|des|wrt)|desc|ldes)(.{4})data.{8}", re.DOTALL)
_VORBIS = regex(rb"(?:TITLE|ARTIST|ALBUM|COMMENT|DESCRIPTION|PERFORMER|SUBJECT)=([^\0-\x1f]{1,400})", re.IGNORECASE)
_MATROSKA = regex(rb"(?:\x7b\xa9|\x44\x87)([\x81-\xff])([^\0-\x1f]{3,120})")


def texts(name: str, head: bytes) -> tuple[str, ...]:
    """Return the texts of the beginning of a file of such a format, in order; none of what is damaged."""
    read = _READ.get(name)
    found = [each.strip(" \0\ufeff") for each in (read(head) if read else ())][:_MOST]
    return tuple(dict.fromkeys(each for each in found if each and each.isprintable()))


def _id3(head: bytes) -> Iterator[str]:
    if head[:3] != b"ID3" or len(head) < 10:
        return
    version = head[3]
    end = min(len(head), 10 + _seven(head[6:10]))
    step, wide = (6, 3) if version < 3 else (10, 4)
    at = 10
    for _each in range(_FRAMES):
        key, size = head[at : at + wide], head[at + wide : at + 2 * wide]
        if at + step > end or not key.strip(b"\0"):
            return
        length = _seven(size) if version > 3 else int.from_bytes(size, "big")
        value = head[at + step : at + step + min(length, _LONGEST)]
        if _ID3.fullmatch(key) and value:
            yield from _decoded(value, comment=key[:3] in {b"COM", b"USL"})
        at += step + length


def _decoded(value: bytes, *, comment: bool) -> Iterator[str]:
    """Yield the parts of a text of ID3; a comment has its language before it."""
    coding = _WIDE.get(value[0], "latin-1")
    body = value[4:] if comment else value[1:]
    for part in body.decode(coding, "replace").split("\0"):
        yield part.replace("\ufffe", "").replace("\ufeff", "")


def _seven(size: bytes) -> int:
    """Return a number of which each byte has seven bits."""
    number = 0
    for byte in size:
        number = number << 7 | (byte & 0x7F)
    return number


def _riff(head: bytes) -> Iterator[str]:
    at = 12
    for _each in range(_FRAMES):
        if at + 8 > len(head):
            return
        kind, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        if kind == b"LIST" and head[at + 8 : at + 12] == b"INFO":
            yield from _pieces(head[at + 12 : at + 8 + min(size, 1 << 16)])
        elif kind in {b"id3 ", b"ID3 "}:
            yield from _id3(head[at + 8 : at + 8 + min(size, 1 << 16)])
        at += 8 + size + size % 2


def _pieces(block: bytes) -> Iterator[str]:
    at = 0
    for _each in range(_FRAMES):
        if at + 8 > len(block):
            return
        kind, size = block[at : at + 4], int.from_bytes(block[at + 4 : at + 8], "little")
        if _INFO.fullmatch(kind):
            yield block[at + 8 : at + 8 + min(size, _LONGEST)].split(b"\0")[0].decode("utf-8", "replace")
        at += 8 + size + size % 2


def _atoms(head: bytes) -> Iterator[str]:
    for found in _ATOM.finditer(head):
        size = int.from_bytes(found[1], "big") - 16
        if size > 0:
            yield head[found.end() : found.end() + min(size, _LONGEST)].decode("utf-8", "replace")


def _comments(head: bytes) -> Iterator[str]:
    for found in _VORBIS.finditer(head):
        size = int.from_bytes(head[max(0, found.start() - 4) : found.start()], "little")  # stands before it, the key included
        length = size - (found.start(1) - found.start())
        if length > 0:
            yield found[1][:length].decode("utf-8", "replace")


def _elements(head: bytes) -> Iterator[str]:
    for found in _MATROSKA.finditer(head[: 1 << 20]):
        yield found[2][: found[1][0] & 0x7F].decode("utf-8", "replace")


def is_mpeg(head: bytes) -> bool:
    """Tell whether content begins with two frames of MPEG audio, layer III, one behind the other (ISO/IEC 11172-3, 2.4.1.3)."""
    at = 0
    for _each in range(2):
        if len(head) < at + 4 or head[at] != 0xFF or head[at + 1] & 0xE6 != 0xE2:
            return False
        version, rate, hertz = head[at + 1] >> 3 & 3, head[at + 2] >> 4, head[at + 2] >> 2 & 3
        if version == 1 or not 0 < rate < 15 or hertz == 3:
            return False
        first = version == 3  # MPEG-1; the others have half its rates, and half its samples
        bits = (_RATES_1 if first else _RATES_2)[rate - 1] * 1000
        at += (144 if first else 72) * bits // (_HERTZ[hertz] >> {3: 0, 2: 1, 0: 2}[version]) + (head[at + 2] >> 1 & 1)
    return True


_READ: dict[str, Callable[[bytes], Iterator[str]]] = {
    "MP3": _id3,
    "WAV": _riff,
    "AVI": _riff,
    "MP4": _atoms,
    "Ogg": _comments,
    "FLAC": _comments,
    "Matroska": _elements,
}
