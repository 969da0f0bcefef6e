"""Data elements of DICOM, one after another, without values that nobody asks for: PS3.5, 7.1 and 7.5; PS3.10, 7.1.

A file may have its preamble and group 0002, or begin with a data set as older programs and pipes wrote it. All transfer syntaxes
but the deflated one keep their header plain: implicit or explicit VR, in either order of bytes. Sequences are walked, not
recursed into, to a bounded depth; a length that is beyond the data ends the walk, and the header counts as read in part.
"""

from __future__ import annotations

import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    # the item of a directory it stands in (0: none), its tag, its value
    Element = tuple[int, int, bytes]

LOOKED = 4 << 20  # bytes from the beginning in which a header ends
MOST = 200_000  # elements
_DEEP = 32  # sequences in sequences
_VALUE = 4096  # bytes of a value that is kept
_LONG = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))
_SHORT = frozenset(b"AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split())
_NOWHERE = 0xFFFFFFFF  # an undefined length
_ITEM, _END_ITEM, _END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_RECORDS = 0x00041220
_PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
_SYNTAX = 0x00020010
_IMPLICIT, _BIG, _DEFLATED = b"1.2.840.10008.1.2", b"1.2.840.10008.1.2.2", b"1.2.840.10008.1.2.1.99"
_PREAMBLE = 132
_CODE, _PERSON = 0x00080100, 0x0040A123  # the value of a code, and the name of a person in a report
_SUBJECT_NAME = (b"121029", b"121036")  # PS3.16: name of the subject, of the mother of a foetus
SUBJECT, PRIVATE = 0x0040A1FF, 0x00090001  # tags that no data set has: such a name, and one in an element of a maker


class Walk:
    """One walk through the elements of a data set; afterwards `complete` says whether it came to their end."""

    def __init__(self, data: bytes, *, whole: bool) -> None:
        """Take the beginning of a file; `whole`: there is no more of it."""
        self.data, self.whole = data, whole
        self.complete = False
        self.deflated = False
        self.pixels = False
        self._explicit, self._little = True, True
        self._left = MOST
        self._code = b""

    def elements(self) -> Iterator[Element]:
        """Yield the elements with a value of a length that a person's has, in order."""
        at = _PREAMBLE if self.data[128:132] == b"DICM" else 0
        syntax = b""
        while self.data[at : at + 2] == b"\2\0" and self._left > 0:  # always explicit, little endian
            tag, _form, start, size = _head(self.data, at, explicit=True, little=True)
            if size == _NOWHERE or start + size > len(self.data):
                return
            if tag == _SYNTAX:
                syntax = self.data[start : start + min(size, 64)].rstrip(b"\0 ")
            at = start + size
            self._left -= 1
        if syntax == _DEFLATED:
            self.deflated = True
            self.data, at = _inflated(self.data[at:]), 0
            self.whole = len(self.data) < LOOKED
        self._little = syntax != _BIG if syntax else self.data[at : at + 1] != b"\0" or self.data[at + 1 : at + 2] == b"\0"
        self._explicit = self.data[at + 4 : at + 6] in _LONG | _SHORT if syntax != _IMPLICIT or len(self.data) > at + 6 else False
        yield from self._walk(at)

    def _walk(self, at: int) -> Iterator[Element]:
        """Yield elements from an offset on. Open sequences and items are a list of their ends, each with its tag."""
        data, size_of = self.data, len(self.data)
        open_: list[tuple[int, int, bool]] = []  # end (or nowhere), tag, whether explicit
        item = 0
        while at + 8 <= size_of and self._left > 0:
            self._left -= 1
            while open_ and open_[-1][0] <= at:
                open_.pop()
            explicit = open_[-1][2] if open_ else self._explicit
            tag, form, start, size = _head(data, at, explicit=explicit, little=self._little)
            if tag in {_END, _END_ITEM}:
                if open_:
                    open_.pop()
                at += 8
                continue
            if tag in _PIXELS and not open_:
                self.complete = self.pixels = True
                return
            inside = tag == _ITEM or form == b"SQ" or size == _NOWHERE or (form != b"OB" and size > 7 and self._items(start))
            if inside:
                if len(open_) >= _DEEP:
                    return
                item += tag == _ITEM and len(open_) == 1 and open_[0][1] == _RECORDS
                implied = form == b"UN"  # PS3.5, 6.2.2: its items are implicit
                open_.append((_NOWHERE if size == _NOWHERE else start + size, tag, explicit and not implied))
                at = start
                continue
            if start + size > size_of:
                return
            if size <= _VALUE:
                value = data[start : start + size]
                yield (item if open_ and open_[0][1] == _RECORDS else 0), self._meant(tag, form, value), value
            at = start + size
        self.complete = self._left > 0 and at >= size_of and self.whole

    def _meant(self, tag: int, form: bytes, value: bytes) -> int:
        """Return the tag of an element, or what stands for it: names of patients are where few look for them."""
        if tag == _CODE:
            self._code = value.rstrip(b"\0 ")
        elif tag == _PERSON and self._code in _SUBJECT_NAME:
            return SUBJECT
        return PRIVATE if form == b"PN" and tag >> 16 & 1 else tag

    def _items(self, start: int) -> bool:
        return self.data[start : start + 4] == (b"\xfe\xff\0\xe0" if self._little else b"\xff\xfe\xe0\0")


def _head(data: bytes, at: int, *, explicit: bool, little: bool) -> tuple[int, bytes, int, int]:
    """Return tag, VR, where the value begins, and its length."""
    order = "little" if little else "big"
    group, element = (int.from_bytes(data[at + step : at + step + 2], order) for step in (0, 2))  # type: ignore[arg-type]
    tag = group << 16 | element
    form = data[at + 4 : at + 6]
    if explicit and group != 0xFFFE:
        if form in _LONG:
            return tag, form, at + 12, int.from_bytes(data[at + 8 : at + 12], order)  # type: ignore[arg-type]
        if form in _SHORT:
            return tag, form, at + 8, int.from_bytes(data[at + 6 : at + 8], order)  # type: ignore[arg-type]
    return tag, b"", at + 8, int.from_bytes(data[at + 4 : at + 8], order)  # type: ignore[arg-type]


def _inflated(data: bytes) -> bytes:
    """Return the beginning of a deflated data set (PS3.5, A.5), which has no header of zlib; what is damaged is cut."""
    try:
        return zlib.decompressobj(-15).decompress(data, LOOKED)
    except zlib.error:
        return b""


def unmarked(head: bytes) -> bool:
    """Tell whether content begins with elements of group 0002 or 0008 in order, as a data set without its preamble does.

    Three elements of one group in ascending order, with the lengths that such values have, and no text: chance makes none.
    """
    if head[:2] in {b"\2\0", b"\x08\0"}:
        little = True
    elif head[:2] in {b"\0\2", b"\0\x08"}:
        little = False
    else:
        return False
    at, last = 0, -1
    explicit = head[4:6] in _SHORT | _LONG
    for count in range(8):
        if at + 8 > len(head):
            return count > 2
        tag, form, start, size = _head(head, at, explicit=explicit, little=little)
        fits = not explicit or form in _SHORT | _LONG
        if tag <= last or not fits or tag >> 16 > 0x7FE0 or (size % 2 and size != _NOWHERE):
            return False
        if size == _NOWHERE or size > 1024:
            return count > 2
        at, last = start + size, tag
    return True
