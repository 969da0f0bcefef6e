"""Where identifiers that tell by themselves stand in a text: for readers of windows, which ask around what they have found.

Only forms that show what they are: a Social Security number with its dashes, a telephone number with separators. A run of digits
alone is found by a label or not at all. Work is linear in the length of the text: each place is looked at a bounded number of
times.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import kind as kind_of
from pytest_genomic_guard.identifiers.moments import dates
from pytest_genomic_guard.identifiers.things import iban_length

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

_BEFORE, _AFTER = rb"(?<![0-9A-Za-z])", rb"(?![0-9A-Za-z])"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[a-zA-Z]{0,6}\.?"
_CLOCK = rb"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
FORMS: Mapping[str, re.Pattern[bytes]] = {
    "ssn": regex(rb"(?<![0-9A-Za-z])(?<![0-9]-)[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9A-Za-z])(?!-[0-9])"),
    "mbi": regex(_BEFORE + rb"[1-9][A-Z][0-9A-Z][0-9]-[A-Z][0-9A-Z][0-9]-[A-Z]{2}[0-9]{2}" + _AFTER),
    "phone": regex(
        rb"(?<![0-9A-Za-z+])(?<![0-9][-.])(?:(?:\+|00)?1[-. ]{1,2})?(?:\([2-9][0-9]{2}\)[-. ]{0,2}|[2-9][0-9]{2}[-. ])"
        rb"[2-9][0-9]{2}[-. ][0-9]{4}(?:[ ]?(?:x|ext\.?)[ ]?[0-9]{1,6})?(?![0-9A-Za-z])(?![-.][0-9])"
        rb"|(?<![0-9A-Za-z+])\+[1-9][0-9]{0,2}[-. (](?:[-. ()/]{0,2}[0-9]){6,13}(?![0-9A-Za-z])(?![-.][0-9])"
        rb"|(?<![0-9A-Za-z+=/])\+[1-9][0-9]{9,14}(?![0-9A-Za-z/=+])"
    ),
    "ip": regex(rb"(?<![0-9A-Za-z.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9A-Za-z])(?!\.[0-9])"),
    "url": regex(rb"(?<![0-9A-Za-z])(?:https?|ftp)://[0-9A-Za-z][^\s<>\"'`\x00-\x20\\]{2,500}"),
    "card": regex(
        rb"(?<![0-9A-Za-z])(?<![0-9][-.])[2-6][0-9]{3}([- ])(?:[0-9]{4}\1[0-9]{4}\1[0-9]{4}|[0-9]{6}\1[0-9]{4,5})"
        + _AFTER
        + rb"(?!-[0-9])"
    ),
    "vin": regex(_BEFORE + rb"(?=[0-9A-Z]{0,13}[A-Z])[0-9A-HJ-NPR-Z]{13}[0-9]{4}" + _AFTER),
    "date": regex(
        _BEFORE
        + rb"(?:[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}"
        + _CLOCK
        + rb"|[0-9]{1,2}([-/])[0-9]{1,2}\2(?:[12][0-9]{3}|[0-9]{2})"
        rb"|[0-9]{1,2}\.[0-9]{1,2}\.[12][0-9]{3}|[0-9]{1,2}(?:st|nd|rd|th)?[- ]?" + _MONTH + rb"[- ,]{0,2}(?:[12][0-9]{3}|[0-9]{2})"
        rb"|" + _MONTH + rb"[ ][0-9]{1,2}(?:st|nd|rd|th)?,?[ ][12][0-9]{3})" + _AFTER
    ),
}
_AT = regex(rb"@[0-9A-Za-z](?:[0-9A-Za-z-]{0,62}\.[0-9A-Za-z]){0,8}[0-9A-Za-z-]{1,62}")
_LOCAL = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._%+-'")
_IBAN = regex(rb"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}[ ]?[0-9A-Z]{4}")


def spans(kind: str, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where values of one kind stand in `data[start:end]`: those that check digits or ranges confirm, and invented ones.

    Of ssn (dashed), mbi (dashed), phone (with separators), email, ip (version 4), url, card (in groups), iban, vin, date. What is
    found may be invented: ask `kind(key).invented`. A KeyError for any other kind.
    """
    last = len(data) if end is None else min(end, len(data))
    if kind == "email":
        yield from _addresses(data, start, last)
    elif kind == "iban":
        yield from _accounts(data, start, last)
    else:
        for found in FORMS[kind].finditer(data, start, last):
            value = found[0].rstrip(b".,;:!?)]}") if kind == "url" else found[0]
            if _holds(kind, value.decode("latin-1")):
                yield found.start(), found.start() + len(value)


def _holds(kind: str, text: str) -> bool:
    if kind == "date":
        return dates(text)
    held = kind_of(kind)
    answer = held.check(text)
    return answer == "yes" or (answer == "unknown" and (kind == "ssn" or held.invented(text)))


def _addresses(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield addresses of e-mail: from each `@` back and forth, ends of file names behind the domain left out."""
    check = kind_of("email").check
    for found in _AT.finditer(data, start, end):
        first = found.start()
        lowest = max(start, first - 64)
        while first > lowest and data[first - 1] in _LOCAL:
            first -= 1
        while first < found.start() and data[first] in b".-'%+":
            first += 1
        after = found.end()
        while after > found.start():
            if check(data[first:after].decode("latin-1")) == "yes":
                yield first, after
                break
            after = data.rfind(b".", found.start(), after)


def _accounts(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield IBANs, with or without blanks between groups: as many characters as their country has."""
    check = kind_of("iban").check
    for found in _IBAN.finditer(data, start, end):
        left = iban_length(found[0][:2].decode())
        at = found.start()
        while left and at < end:
            left -= data[at] != 0x20
            at += 1
        if not left and not data[at : at + 1].isalnum() and check(data[found.start() : at].decode("latin-1")) == "yes":
            yield found.start(), at
