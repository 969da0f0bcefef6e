"""Private keys as JSON (RFC 7517): an object with `kty` that has the private number `d`, or, where `kty` is oct, the key `k`."""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

RULE = Rule(
    name="json-web-key",
    anchors=(b'kty"', b"kty'", b'kty\\"', b"kty\\'"),
    pattern=rb"kty\\{0,3}[\"']\s{0,16}(?::|=>|=|,)\s{0,16}\\{0,3}[\"'](?:RSA|EC|OKP|oct|AKP)\\{0,3}[\"']",
)
RULES = (RULE,)
_REACH = 8 << 10  # bytes in which the object lies; the largest in use, RSA of 4,096 bits with x5c, takes 6,000
_MEMBER = re.compile(
    rb"[\"'](d|k|p|q|priv)\\{0,3}[\"']\s{0,16}(?::|=>|=|,)\s{0,16}\\{0,3}[bru]{0,2}[\"']([\w+/=-]{16,2800}+)\\{0,3}[\"']"
)
_KTY = re.compile(rb"RSA|EC|OKP|oct|AKP")


class WebKey(Record):
    """A private key: the span of its object, its `kty`, and the length of the private number in characters."""

    start: int
    end: int
    kty: str
    size: int


def found(view: Text) -> Iterator[WebKey]:
    """Yield the private keys of a text in order; public ones, and those whose numbers stand for others, are none."""
    last = -1
    for start, end in view.matches(RULE):
        if start < last:
            continue  # of the same object
        data, segment = view.data, view.segment(start)
        low = max(segment.start, start - _REACH)
        high = min(view.end(segment), end + _REACH)
        begin = _opening(data, low, start)
        close = data.find(b"}", end, high)
        last = close = high if close < 0 else close
        told = _KTY.search(data, start + 3, end)
        kty = told.group().decode() if told else ""
        wanted = {b"k"} if kty == "oct" else {b"priv"} if kty == "AKP" else {b"d"}
        for member in _MEMBER.finditer(data, begin, close):
            if member.group(1) in wanted and _is_number(member.group(2)):
                yield WebKey(start=begin, end=close, kty=kty, size=len(member.group(2)))
                break


def _opening(data: bytes, low: int, at: int) -> int:
    """Return where the object begins that holds an offset."""
    depth = 0
    while (brace := max(data.rfind(b"{", low, at), data.rfind(b"}", low, at))) >= low:
        depth += 1 if data[brace] == 0x7D else -1
        if depth < 0:
            return brace
        at = brace
        if depth > 8:
            break
    return low


def _is_number(value: bytes) -> bool:
    return len(set(value)) >= 10 and not (values.placeholder(value) and len(value) < 40)
