"""Segments of messages in any text: lines, strings of programs and JSON, logs with prefixes, segments that were broken over lines.

HL7 v2 and X12 have the same form: a segment name, fields behind a separator that the header names, a terminator. What ends a
segment in a file (a carriage return, a tilde) is an escape in a program, an entity in a page, and a line feed in a log. So
segments are found by their names, where no field can stand, and end where the next begins or a terminator stands.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.health import setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Segment as Part
    from pytest_genomic_guard.views.text import Text

    # name, offset, fields behind the name
    Segment = tuple[bytes, int, list[str]]

HELD = 16 << 10  # bytes of a segment that are read: what stands behind them are results and documents
FIELDS = 64  # of a segment; no field that is asked for stands behind them
_BROKEN = 8  # lines over which one segment may be broken
_LEAST = 60  # bytes of a line that was broken because it was long
_CACHED = 64
_END = rb"[\r\n\x1c]|\\{1,8}[rn]|\\{1,8}x0[aAdD]|\\{1,8}u000[aAdD]|\\015|\\012|<[Cc][Rr]>|&\#(?:13|10|x0{0,2}[aAdD]);"
_BYTE = re.compile(rb"\\{1,4}x([0-9a-fA-F]{2})")
_ESCAPED = re.compile(r"\\{1,4}u([0-9a-fA-F]{4})")
_QUOTES = b" \t\"'`+,;()\\"
_OPEN = rb"(?:\\[rn]|\\x0[abdABD]|\\u000[abdABD]|\\015|\\012|\\t)"
_ENTITIES = (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", '"'), ("&apos;", "'"))

_compiled: dict[tuple[bytes, bytes, bytes], tuple[re.Pattern[bytes], re.Pattern[bytes]]] = {}


def patterns(names: bytes, sign: bytes, end: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return what finds the beginning of a segment, and what ends one: `end` besides line ends and their escapes."""
    key = (names, sign, end)
    if key not in _compiled:
        if len(_compiled) >= _CACHED:
            _compiled.clear()
        quoted = re.escape(sign)
        before = (
            rb"(?<![0-9A-Za-z_^&"
            + (rb":" if end else b"")
            + quoted
            + rb"])|(?<=\\[rnt])|(?<=\\x0[abdABD])|(?<=\\u000[abdABD])|(?<=\\01[25])"
        )
        before += rb"|(?<=" + re.escape(end) + rb")" if end else b""
        start = re.compile(rb"(?:" + before + rb")(?:" + names + rb")(?=" + quoted + rb")")
        _compiled[key] = (start, re.compile(_END + (rb"|" + re.escape(end) if end else b"")))
    return _compiled[key]


def of(data: bytes, span: tuple[int, int], names: bytes, sign: bytes, end: bytes = b"") -> Iterator[Segment]:
    """Yield the segments of a message that stands in `data[first:last]`, with as many fields as `FIELDS`.

    `names` is a regular expression of the names; `sign` separates the fields. Each byte is looked at a bounded number of times.
    """
    first, last = span
    starts, ends = patterns(names, sign, end)
    waiting = starts.search(data, first, last)
    while waiting:
        after = starts.search(data, waiting.end(), last)
        upto = min(after.start() if after else last, waiting.start() + HELD)
        yield waiting[0], waiting.start(), _fields(data[waiting.end() : upto], sign, ends)
        waiting = after


def _fields(raw: bytes, sign: bytes, ends: re.Pattern[bytes]) -> list[str]:
    """Return the fields of one segment, those first that are on further lines where the text was broken there."""
    end = ends.search(raw)
    piece, at = (raw[: end.start()], end.end()) if end else (raw, len(raw))
    for _line in range(_BROKEN):
        quoted = piece.rstrip()[-1:] in {b'"', b"'", b"+", b"\\"}
        while at < len(raw) and raw[at : at + 1] in b"\r\n":
            at += 1
        if at >= len(raw) or not (quoted or len(piece) >= _LEAST):
            break
        end = ends.search(raw, at)
        more, at = (raw[at : end.start()], end.end()) if end else (raw[at:], len(raw))
        if sign not in more or (b"=" in more and quoted):
            break
        piece = (piece.rstrip(_QUOTES) if quoted else piece) + (more.lstrip(_QUOTES) if quoted else more)
    found = text(piece.rstrip(_QUOTES)).split(sign.decode("latin-1"), FIELDS + 1)[1 : FIELDS + 1]
    return [each.strip(" \t\"'`") for each in found]


def spans(view: Text, heads: set[int], cut: set[int]) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yield where messages stand, none within another, and whether each has its header.

    `heads` are offsets of headers, `cut` of segments that can begin a person without one. A message goes on to the next header,
    or to the end of the text around it.
    """
    begins = sorted(heads | cut)
    after = [0] * len(begins)
    nearest = len(view.data)
    for number in range(len(begins) - 1, -1, -1):
        after[number] = nearest
        nearest = begins[number] if begins[number] in heads else nearest
    upto = 0
    for start, end in zip(begins, after, strict=True):
        if start >= upto:
            upto = min(end, view.end(view.segment(start)))
            yield (start, upto), start in heads


class Places:
    """Tells lines and columns of offsets that are asked for in order, so that all of them together are one pass over the text."""

    def __init__(self, view: Text) -> None:
        """Take the text."""
        self._view, self._at, self._line, self._part = view, 0, 0, -1

    def of(self, at: int) -> Location:
        """Return the place of an offset; one before the last that was asked for is looked up anew."""
        part = self._view.segment(at)
        if part.start != self._part or at < self._at:
            self._at, self._line, self._part = part.start, part.line, part.start
        data = self._view.data
        self._line += data.count(b"\n", self._at, at)
        self._at = at
        feed = data.rfind(b"\n", max(part.start, at - HELD), at)
        begin, column = (feed + 1, 1) if feed >= 0 else (max(part.start, at - HELD), part.column)
        column += len(data[begin:at].decode("utf-8", "replace"))
        return Location(path=self._view.artifact.path, trail=part.trail, line=self._line, column=column)


def setting_of(view: Text, part: Part) -> str:
    """Return where a text stands, as `setting.of`; messages in SQL are rows that somebody took out of a database."""
    sql = not part.trail and view.artifact.path.lower().endswith(b".sql")
    return "data" if sql else setting.of(view.artifact, part.trail, part.context)


def text(raw: bytes) -> str:
    """Return bytes as text: UTF-8, or else Latin-1; escapes of programs, JSON and HTML are what they stand for."""
    if b"\\x" in raw:
        raw = _BYTE.sub(lambda each: bytes((int(each[1], 16),)), raw)
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError:
        found = raw.decode("latin-1")
    if "\\u" in found:
        found = _ESCAPED.sub(lambda each: chr(int(each[1], 16)), found)
    if "&" in found and ";" in found:
        for written, meant in _ENTITIES:
            found = found.replace(written, meant)
    return found
