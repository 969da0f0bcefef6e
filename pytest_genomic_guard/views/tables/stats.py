"""Names of variables in files of SAS, SPSS and Stata, and how many rows the file says it has. No value is read.

What is needed of a file: SPSS and Stata, and XPORT for the first of its members, have their variables in front of the values, about
200 bytes each; for further members XPORT needs the whole file. In SAS7BDAT they stand in the first pages, as a rule, but may follow
anywhere: give all up to `bounds.HELD`. What is damaged or cut has the names that stand before that place.
"""

from __future__ import annotations

import contextlib
import re
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST = 1 << 20  # names
_LONGEST = 128  # bytes of a name; SAS allows 32, SPSS 64, Stata 32 characters of up to 4


class Schema:
    """What was found so far: names in the order of the file, and the number of rows when the file says it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.rows: int | None = None

    def add(self, name: bytes, codec: str) -> None:
        """Keep a name that ends at a zero byte, or is filled up with spaces. Raises `ValueError` beyond a million."""
        text = name[:_LONGEST].partition(b"\0")[0].rstrip(b" ").decode(codec, "replace")
        if len(self.names) >= _MOST:
            raise ValueError("too many names")
        if text:
            self.names.append(text)


def read(kind: str, head: bytes) -> Schema:
    """Return the schema by format, as `formats.identify` names it."""
    found = Schema()
    with contextlib.suppress(ValueError, IndexError, struct.error):  # what stands before the damage was found
        _READERS[kind](head, found)
    return found


def _cut(data: bytes, at: int, size: int) -> bytes:
    """Return bytes, all of them. Raises `ValueError`."""
    if at < 0 or size < 0 or at + size > len(data):
        raise ValueError("beyond the end")
    return data[at : at + size]


# SAS7BDAT: as described by M. Shotwell, "SAS7BDAT Database Binary Format". Pages of subheaders, each of which begins with a mark.
_ROWS, _TEXT, _NAMES = b"\xf7\xf7\xf7\xf7", b"\xff\xff\xff\xfd", b"\xff\xff\xff\xff"
_WIDE = 0x33  # the digit 3, where it is 8 bytes to a number
_UTF8 = 20
_PAGES = {0, 0x4000, 0x0200, 0x0400}  # kinds of pages that have subheaders: all others hold nothing but values
_WITHIN = {1, 4}  # a subheader that is none, and one that holds values


class _Sas:
    """Pages of a file in turn: blocks of text, and references into them."""

    def __init__(self, data: bytes, found: Schema) -> None:
        self.data, self.found = data, found
        self.codec = "utf-8" if data[70] == _UTF8 else "cp1252"
        self.size = 8 if data[32] == _WIDE else 4
        self.order = "<" if data[37] == 1 else ">"
        self.texts: list[tuple[int, int]] = []
        self.steps = min(
            len(data) // 4, 1 << 20
        )  # subheaders and names: each holds a row where rows are compressed, and all may overlap

    def number(self, at: int, size: int) -> int:
        """Return a number without sign."""
        value: int = struct.unpack_from(self.order + {2: "H", 4: "I", 8: "Q"}[size], self.data, at)[0]
        return value

    def pages(self) -> None:
        """Go over all pages that are there, and past those with nothing but values."""
        more = 4 if self.data[35] == _WIDE else 0
        start, size = self.number(196 + more, 4), self.number(200 + more, 4)
        if size < 256:
            raise ValueError("no page")
        mark = 32 if self.size == 8 else 16
        for page in range(start, len(self.data) - mark - 8, size):
            if self.number(page + mark, 2) & 0xFF00 in _PAGES:
                self._page(page, page + mark, size)

    def _page(self, page: int, mark: int, size: int) -> None:
        step = 3 * self.size
        count = min(self.number(mark + 4, 2), size // step)
        for at in range(mark + 8, min(mark + 8 + count * step, len(self.data) - step + 1), step):
            offset, length = self.number(at, self.size), self.number(at + self.size, self.size)
            self._spend(1)
            if length and self.data[at + 2 * self.size] not in _WITHIN and offset + length <= size:
                self._subheader(page + offset, length)

    def _spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise ValueError("subheaders overlap")

    def _subheader(self, at: int, length: int) -> None:
        """Take one: number of rows, a block of text, or references to names."""
        size = self.size
        signature = _cut(self.data, at, size)
        if self.order == "<":
            signature = signature[::-1]
        if _ROWS in signature:
            self.found.rows = self.number(at + 6 * size, size)
        elif signature == _TEXT.rjust(size, b"\xff"):
            self.texts.append((at + size, self.number(at + size, 2)))
        elif signature == _NAMES.rjust(size, b"\xff"):
            self._spend(length // 8)
            for each in range(at + size + 8, at + size + 8 * ((length - 2 * size - 12) // 8) + 1, 8):
                self._name(self.number(each, 2), self.number(each + 2, 2), self.number(each + 4, 2))

    def _name(self, text: int, offset: int, length: int) -> None:
        if text < len(self.texts) and offset + length <= self.texts[text][1]:
            begin = self.texts[text][0] + offset
            self.found.add(self.data[begin : begin + min(length, _LONGEST)], self.codec)


def _sas7bdat(head: bytes, found: Schema) -> None:
    _Sas(head, found).pages()


# XPORT: SAS technical note TS-140 (version 5) and "Record Layout of a SAS Version 8 or 9 Data Set in SAS Transport Format".
_LINE = 80


def _xport(head: bytes, found: Schema) -> None:
    """Variables of all members; a line is 80 bytes, and a variable 136 or 140."""
    size = 140
    at = 0
    while True:
        at = head.find(b"HEADER RECORD*******", at)
        if at < 0:
            return
        line = head[at : at + _LINE]
        at += _LINE
        if line.startswith(b"MEMB", 20):
            size = int(line[74:78])
        elif line.startswith((b"NAMESTR", b"NAMSTV8"), 20):
            for _each in range(int(line[53:58])):
                variable = _cut(head, at, size)
                long = variable[88:120] if line.startswith(b"NAMSTV8", 20) else b""
                found.add(long.strip(b"\0 ") or variable[8:16], "utf-8" if long else "latin-1")
                at += max(size, 88)
        elif line.startswith(b"OBS", 20) and found.rows is None:
            count = line[48:63].strip()  # only version 8 says it, and not every writer
            found.rows = int(count) or None if count.isdigit() else None


# SPSS: as PSPP's developers describe it, "System File Format"; what `$FL3` packs is the values alone.
_VARIABLE, _LABELS, _OF_LABELS, _DOCUMENT, _MORE, _END = 2, 3, 4, 6, 7, 999
_LONG_NAMES, _VERY_LONG, _COUNT, _CODEC = 13, 14, 16, 20
_LIST = 16 << 20  # bytes of a list of names
_SEGMENT = 252  # bytes of a text that one variable holds
_CODECS = re.compile(r"(?i:UTF-?8|US-ASCII|(?:ISO|WINDOWS|CP|IBM|GB|BIG|EUC|SHIFT|KOI8|TIS)[-_A-Z0-9]{1,16})")


class _Spss:
    """Records of the dictionary in turn."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 176
        self.order = "<" if data[64:68] in {b"\2\0\0\0", b"\3\0\0\0"} else ">"
        self.short: list[bytes] = []
        self.extra: dict[int, bytes] = {}

    def number(self) -> int:
        """Return the next number."""
        value: int = struct.unpack_from(self.order + "i", self.data, self.at)[0]
        self.at += 4
        return value

    def skip(self, size: int) -> None:
        """Go on. Raises `ValueError` when that is no step forwards."""
        if size < 0:
            raise ValueError("backwards")
        self.at += size

    def records(self) -> None:
        """Read all up to the values."""
        while (kind := self.number()) != _END:
            if kind == _VARIABLE:
                self._variable()
            elif kind == _LABELS:
                for _label in range(self.number()):
                    self.skip(8 + (self.data[self.at + 8] + 8) // 8 * 8)
            elif kind in {_OF_LABELS, _DOCUMENT}:
                self.skip(self.number() * (4 if kind == _OF_LABELS else 80))
            elif kind == _MORE:
                subtype, size, count = self.number(), self.number(), self.number()
                begin = self.at
                self.skip(size * count)
                if subtype in {_LONG_NAMES, _VERY_LONG, _COUNT, _CODEC}:
                    self.extra[subtype] = self.data[begin : min(self.at, begin + _LIST)]
            else:
                raise ValueError("no record")

    def _variable(self) -> None:
        kind, label, missing = self.number(), self.number(), self.number()
        name = _cut(self.data, self.at + 8, 8)
        self.skip(16)
        if label:
            self.skip((self.number() + 3) // 4 * 4)
        self.skip(8 * abs(missing))
        if kind >= 0 and len(self.short) < _MOST:  # else it goes on with the text before
            self.short.append(name.rstrip(b" "))


def _spss(head: bytes, found: Schema) -> None:
    """Long names where there are some; one name for a text that is longer than a variable can be."""
    spss = _Spss(head)
    rows = struct.unpack_from(spss.order + "i", head, 80)[0]
    try:
        spss.records()
    finally:
        extra = spss.extra
        codec = _codec(extra.get(_CODEC, b""))
        names, widths = _pairs(extra.get(_LONG_NAMES, b"")), _pairs(extra.get(_VERY_LONG, b""))
        if len(extra.get(_COUNT, b"")) == 16:
            rows = struct.unpack(spss.order + "qq", extra[_COUNT])[1]
        found.rows = rows if rows >= 0 else None
        at = 0
        while at < len(spss.short):
            short = spss.short[at]
            found.add(names.get(short, short), codec)
            width = widths.get(short, b"").strip(b"\0")
            at += max(1, (int(width) + _SEGMENT - 1) // _SEGMENT) if width.isdigit() and len(width) < 6 else 1


def _pairs(text: bytes) -> dict[bytes, bytes]:
    """Return what stands as ``short=long`` between tabs."""
    return {short: long for short, _sign, long in (pair.partition(b"=") for pair in text.split(b"\t", _MOST))}


def _codec(name: bytes) -> str:
    """Return a codec by what the file calls it; UTF-8 when that is none of those that it may have."""
    text = name.decode("latin-1")
    if not _CODECS.fullmatch(text):
        return "utf-8"
    try:
        b"a".decode(text)
    except (LookupError, ValueError):
        return "utf-8"
    return text


# Stata: its manual, `help dta`, and `help dta_115` for what was before the tags.
_TAGS = b"<stata_dta><header><release>"


def _stata(head: bytes, found: Schema) -> None:
    if head.startswith(_TAGS):
        _stata_tags(head, found)
        return
    release, order = head[0], ">" if head[1] == 1 else "<"
    found.rows = struct.unpack_from(order + ("I" if release > 102 else "H"), head, 6)[0]
    count = struct.unpack_from(order + "H", head, 4)[0]
    at = 10 if release > 102 else 8
    at += (81 if release > 105 else 32) + (18 if release > 104 else 0)
    _stata_names(head, at + count, count, 33 if release > 108 else 9, found)


def _stata_tags(head: bytes, found: Schema) -> None:
    release = int(_cut(head, 28, 3))
    order = "<" if _between(head, b"<byteorder>", 3) == b"LSF" else ">"
    count = int.from_bytes(_between(head, b"<K>", 4 if release in {119, 121} else 2), "little" if order == "<" else "big")
    found.rows = int.from_bytes(_between(head, b"<N>", 4 if release == 117 else 8), "little" if order == "<" else "big")
    at = head.find(b"</header><map>")
    at = struct.unpack_from(order + "Q", head, at + 14 + 24)[0] if at >= 0 else len(head)
    if not head.startswith(b"<varnames>", at):
        raise ValueError("no names")
    _stata_names(head, at + 10, count, 33 if release == 117 else 129, found)


def _between(head: bytes, tag: bytes, size: int) -> bytes:
    """Return what follows a tag; the tags of numbers stand in the first bytes, before a text that could hold their like."""
    at = head.find(tag, 0, 256)
    return _cut(head, at + len(tag), size) if at >= 0 else b""


def _stata_names(head: bytes, at: int, count: int, size: int, found: Schema) -> None:
    """Take names of equal size; those with room for UTF-8 are that."""
    for each in range(at, at + min(count, _MOST) * size, size):
        found.add(_cut(head, each, size), "utf-8" if size > 33 else "cp1252")


_READERS: Mapping[str, Callable[[bytes, Schema], None]] = {
    "SAS7BDAT": _sas7bdat,
    "SAS XPORT": _xport,
    "SPSS": _spss,
    "Stata": _stata,
}
