"""Where in a text formats of vendors stand, each place once: of formats that overlap the one that says more."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets import values
from pytest_genomic_guard.views.secrets.vendors.form import Format, drawn
from pytest_genomic_guard.views.secrets.vendors.tables import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

# What may stand right before a token although it ends in a letter or digit: an escape of a line, a colour, an encoded sign.
_ESCAPED = regex(rb"(?:\\[nrtb]|\\?\\u00[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}|\x1b\[[0-9;]{1,8}m|\\(?:x1b|033|e)\[[0-9;]{1,8}m)\Z")
_WORD = regex(rb"[A-Za-z0-9_]")
_NAME = regex(
    rb"([A-Za-z_][A-Za-z0-9_.-]{0,63})(?:\\{0,3}[\"'`])?[\])]{0,2}[ \t]{0,20}"
    rb"(?::[ \t]{0,4}[A-Za-z][\w.\[\] |]{0,40}=|<-|=>|:=|=|:|,)"
    rb"[ \t]{0,8}[rRbBuUfF]?(?:\\{0,3}[\"'`])?\Z"
)
_SHAPE = bytes.maketrans(b"123456789", b"000000000")
_BEFORE = 160
_READ = 6000  # bytes of a read of FASTQ before a place in its qualities
_BASES = frozenset(b"ACGTNacgtn")
# Where base64 that is wrapped goes on in the next line: an image of a page, whose feed may be an escape, a reference or a blank
_FEED = regex(rb"[ \t\"',]{0,20}(?:\\{0,3}\r?\n|\\{1,3}[rn]|&#(?:1[03]|x[aAdD]);| )[\s\"',]{0,40}")
_LINE = regex(rb"[A-Za-z0-9+/]{40,}+={0,2}")
_PART = regex(rb"[A-Za-z0-9+/]*+={0,2}")
_MARK = 4
_BESIDE = 220  # bytes on either side of a value in which the lines next to it stand


class Seen(Record):
    """One token: its span, and the random part of it."""

    format: Format
    start: int
    end: int
    key: str


def pattern(format_: Format) -> re.Pattern[bytes]:
    """Return the expression of a format."""
    name = format_.rule.name  # the whole record takes longer to hash than most texts to match
    if name not in _patterns:
        _patterns[name] = re.compile(format_.rule.pattern, re.MULTILINE)
    return _patterns[name]


_patterns: dict[str, re.Pattern[bytes]] = {}


_last: list[tuple[Text, list[tuple[int, int, Format]]]] = []


def found(view: Text, code: str) -> Iterator[Seen]:
    """Yield what the check of a code is to tell of, in order. What stands in the last text is kept for the next check."""
    if not _last or _last[0][0] is not view:
        _last[:] = [(view, _found(view))]
    for start, end, each in _last[0][1]:
        if each.code == code:
            yield Seen(format=each, start=start, end=end, key=_key(view.data, start))


def _found(view: Text) -> list[tuple[int, int, Format]]:
    """Return what stands in a text, in order; what is kept does not overlap, so only its neighbours are looked at."""
    some: list[tuple[int, int, int, Format]] = []
    for rank, each in enumerate(FORMATS):
        for start, _end in view.matches(each.rule):
            span = _span(view.data, start, each)
            if span:
                some.append((each.named, rank, *span, each))  # type: ignore[arg-type]
    some.sort(key=lambda item: item[:2])
    kept: list[tuple[int, int, Format]] = []
    for *_rank, start, end, each in some:
        after = bisect_left(kept, start, key=_begins)
        if (not after or kept[after - 1][1] <= start) and (after == len(kept) or end <= kept[after][0]):
            kept.insert(after, (start, end, each))
    return kept


def _begins(one: tuple[int, int, Format]) -> int:
    return one[0]


def _span(data: bytes, at: int, format_: Format) -> tuple[int, int] | None:
    """Return the span of the value, or None where what matched is none."""
    match = pattern(format_).match(data, at)
    if not match or (format_.left == "word" and (not _free(data, at) or _measured(data, at))):
        return None
    last = match.lastindex or 0
    start, end = match.span(last) if format_.named else match.span(0)
    body = match[last]
    if not drawn(body, format_.kinds, format_.least) or (format_.named and values.placeholder(body)):
        return None
    if (format_.real and not format_.real(data, start, end)) or (not format_.named and wrapped(data, start, end)):
        return None
    return start, end


def wrapped(data: bytes, start: int, end: int) -> bool:
    """Tell whether a value is a piece of base64 that is wrapped: its line, and the one before or behind it, are nothing else."""
    before = _FEED.split(data[max(0, start - _BESIDE) : start])
    behind = _FEED.split(data[end : end + _BESIDE])
    if not _PART.fullmatch(before[-1]) or not _PART.fullmatch(behind[0]):
        return False
    mark = data[start : start + _MARK]  # which a line beside it has as well where that is another token
    lines = [line for line in (*before[-2:-1], *behind[1:2]) if _LINE.fullmatch(line) and not line.startswith(mark)]
    if any(sign in line for line in (*lines, before[-1], behind[0]) for sign in (b"+", b"/")):
        return bool(lines)
    own = len(before[-1]) + end - start + len(behind[0])
    return own % 4 == 0 and len(lines) > 1 and all(len(line) == own for line in lines)


def _measured(data: bytes, at: int) -> bool:
    """Tell whether a place is in the qualities of a read of FASTQ, in which each printed sign occurs and so does each prefix."""
    lines = data[max(0, at - _READ) : at].replace(b"\\n", b"\n").replace(b"\r", b"").rsplit(b"\n", 3)
    return len(lines) > 2 and lines[-2][:1] == b"+" and len(lines[-3]) >= 8 and _BASES.issuperset(lines[-3][-8:])


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
    first, loose = _by_beginning()
    ranked = [each for each in first.get(value[:1], ()) if value.startswith(each[1].rule.anchors)] if value else []
    for _rank, each in sorted([*ranked, *loose], key=_ranked):
        anchored = (value.find(anchor) for anchor in each.rule.anchors) if each.rule.face == "plain" else (0,)
        for at in {place for place in anchored if place >= 0}:
            match = pattern(each).match(value, at)
            whole = match and match.end() == len(value) and (at == 0 or each.left == "loose")
            if match and whole and drawn(match[match.lastindex or 0], each.kinds, each.least):
                return each.what
    return ""


def masked(data: bytes) -> bytes:
    """Return a text of others with stars for all that has a token's form in itself, were it an example's."""
    faces = {"plain": data, "lower": data.lower()}
    faces["shape"] = faces["lower"].translate(_SHAPE)
    spans = [
        match.span()
        for each in FORMATS
        if not each.named and any(anchor in faces[each.rule.face] for anchor in each.rule.anchors)
        for match in pattern(each).finditer(data)
        if (each.left == "loose" or _free(data, match.start())) and (each.real is None or each.real(data, *match.span()))
    ]
    for start, end in spans:
        data = data[:start] + b"*" * (end - start) + data[end:]
    return data


def _ranked(one: tuple[int, Format]) -> int:
    return one[0]


@cache
def _by_beginning() -> tuple[dict[bytes, list[tuple[int, Format]]], list[tuple[int, Format]]]:
    """Return the formats that values can have in themselves, those at whose beginning an anchor stands by its first byte."""
    first: dict[bytes, list[tuple[int, Format]]] = {}
    loose: list[tuple[int, Format]] = []
    for rank, each in enumerate(FORMATS):
        if each.named or each.real:
            continue
        if each.left == "loose" or each.rule.face != "plain":
            loose.append((rank, each))
        else:
            for byte in {anchor[:1] for anchor in each.rule.anchors}:
                first.setdefault(byte, []).append((rank, each))
    return first, loose
