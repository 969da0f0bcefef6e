"""Zip archives without a directory that can be read, as one that was cut: members by their own headers (APPNOTE 6.3.10, 4.3.7).

Tools that repair archives find the same members, and loaders of models come with such tools. What is found here is judged; that the
archive could not be read as one is told besides.
"""

from __future__ import annotations

from functools import partial
from struct import Struct

from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.archives import packed
from pytest_genomic_guard.views.archives.member import Member
from pytest_genomic_guard.views.bounds import HELD, MEMBERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Stream
    from pytest_genomic_guard.views.archives.cursor import Cursor
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Spent

_LOCAL = Struct("<4s5H3L2H")
_HEADER, _RECORD, _DESCRIPTOR = b"PK\3\4", b"PK\1\2", b"PK\7\x08"
_LATER, _ENCRYPTED = 0x8, 0x1 | 0x40 | 0x2000
_STORED, _DEFLATE = 0, 8
_TRIES = 64  # descriptors that are looked at for the end of one member


def members(part: Part, cursor: Cursor) -> Iterator[Member]:
    """Yield what stands behind headers of members, in order, up to the bound of what is held."""
    data = cursor.upto(HELD)
    at = number = 0
    while number < MEMBERS and (at := data.find(_HEADER, at)) >= 0 and at + _LOCAL.size <= len(data):
        _magic, _need, flags, method, _time, _date, _crc, size, _whole, name, extra = _LOCAL.unpack_from(data, at)
        begin = at + _LOCAL.size + name + extra
        if begin > len(data):
            return
        number += 1
        end = _end(data, begin, size, later=bool(flags & _LATER) and not size)
        if end > begin and method in {_STORED, _DEFLATE} and not flags & _ENCRYPTED:
            content = data[begin:end]
            called = data[at + _LOCAL.size : at + _LOCAL.size + name]
            opener = partial(_opened, content, method, part.spent)
            yield Member(number, called, opener(), opener)
        at = max(end, at + len(_HEADER))


def _end(data: bytes, begin: int, size: int, *, later: bool) -> int:
    """Return where a member ends: as its header says, or at a descriptor that agrees, or before the next signature."""
    if not later and size != 0xFFFFFFFF:
        return min(begin + size, len(data))
    at = begin
    for _try in range(_TRIES):
        at = data.find(_DESCRIPTOR, at)
        if at < 0:
            break
        if int.from_bytes(data[at + 8 : at + 12], "little") == at - begin:
            return at
        at += len(_DESCRIPTOR)
    found = [each for each in (data.find(_HEADER, begin), data.find(_RECORD, begin)) if each >= 0]
    return min(found, default=len(data))


def _opened(content: bytes, method: int, spent: Spent) -> Stream:
    stream = BytesStream(content)
    return stream if method == _STORED else packed.Expand(stream, spent, packed.Deflate)
