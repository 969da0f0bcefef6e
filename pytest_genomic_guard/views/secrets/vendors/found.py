"""Where in a text formats of vendors stand, each place once: of formats that overlap the one that says more."""

from __future__ import annotations

import re
from functools import cache

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.secrets import values
from pytest_genomic_guard.views.secrets.vendors.form import Format, drawn
from pytest_genomic_guard.views.secrets.vendors.tables import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

# What may stand right before a token although it ends in a letter or digit: an escape of a line, a colour, an encoded sign.
_ESCAPED = re.compile(rb"(?:\\[nrtb]|\\?\\u00[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}|\x1b\[[0-9;]{1,8}m|\\(?:x1b|033|e)\[[0-9;]{1,8}m)\Z")
_WORD = re.compile(rb"[A-Za-z0-9_]")
_NAME = re.compile(
    rb"([A-Za-z_][A-Za-z0-9_.-]{0,63})(?:\\{0,3}[\"'`])?[\])]{0,2}[ \t]{0,20}"
    rb"(?::[ \t]{0,4}[A-Za-z][\w.\[\] |]{0,40}=|<-|=>|:=|=|:|,)"
    rb"[ \t]{0,8}[rRbBuUfF]?(?:\\{0,3}[\"'`])?\Z"
)
_BEFORE = 160


class Seen(Record):
    """One token: its span, and the random part of it."""

    format: Format
    start: int
    end: int
    key: str


@cache
def pattern(format_: Format) -> re.Pattern[bytes]:
    """Return the expression of a format."""
    return re.compile(format_.rule.pattern, re.MULTILINE)


def found(view: Text, code: str) -> Iterator[Seen]:
    """Yield what the check of a code is to tell of, in order."""
    some: list[tuple[int, int, int, Format]] = []
    for rank, each in enumerate(FORMATS):
        for start, _end in view.matches(each.rule):
            span = _span(view.data, start, each)
            if span:
                some.append((each.named, rank, *span, each))  # type: ignore[arg-type]
    some.sort(key=lambda item: item[:2])
    kept: list[tuple[int, int, Format]] = []
    for *_rank, start, end, each in some:
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, each))
    for start, end, each in sorted(kept, key=lambda item: item[0]):
        if each.code == code:
            yield Seen(format=each, start=start, end=end, key=_key(view.data, start))


def _span(data: bytes, at: int, format_: Format) -> tuple[int, int] | None:
    """Return the span of the value, or None where what matched is none."""
    match = pattern(format_).match(data, at)
    if not match or (format_.left == "word" and not _free(data, at)):
        return None
    last = match.lastindex or 0
    start, end = match.span(last) if format_.named else match.span(0)
    body = match[last]
    if not drawn(body, format_.kinds, format_.least) or (format_.named and values.placeholder(body)):
        return None
    if format_.real and not format_.real(data, start, end):
        return None
    return start, end


def _free(data: bytes, at: int) -> bool:
    """Tell whether a token can begin at an offset: no word goes on there."""
    if at == 0 or not _WORD.match(data, at - 1):
        return True
    return _ESCAPED.search(data[max(0, at - 16) : at]) is not None


def _key(data: bytes, start: int) -> str:
    """Return the name to which a value is given, where it is one of program text."""
    line = data.rfind(b"\n", max(0, start - _BEFORE), start) + 1
    match = _NAME.search(data[max(line, start - _BEFORE) : start])
    name = match[1] if match else b""
    return "" if not name or len(name) > 40 or values.drawn(name) or named(name) else name.decode()


def named(value: bytes) -> str:
    """Return what a value is by the format that it has in itself, such as "a GitHub token", or nothing."""
    for each in FORMATS:
        if each.named or each.real:
            continue
        anchored = (value.find(anchor) for anchor in each.rule.anchors) if each.rule.face == "plain" else (0,)
        for at in {place for place in anchored if place >= 0}:
            match = pattern(each).match(value, at)
            whole = match and match.end() == len(value) and (at == 0 or each.left == "loose")
            if match and whole and drawn(match[match.lastindex or 0], each.kinds, each.least):
                return each.what
    return ""
