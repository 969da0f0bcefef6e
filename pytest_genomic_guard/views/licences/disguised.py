"""Whether a name that was folded, as indexes fold names of packages, may be a token, or tell of a person.

PEP 503 writes names in lower case and each run of ``-``, ``_`` and ``.`` as one ``-``: of a token its case and its separators are
lost. So the formats of vendors are asked with both left open. What is drawn of a token is not looked at: a name of that form is
rare enough to be left out.
"""

from __future__ import annotations

import re
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 16  # characters of the shortest format that is told by its form alone
_APART, _SEPARATED = re.compile(r"[-_.]+"), re.compile(rb"[-_.]+")
_CLASS = re.compile(rb"(\(\?!\[[^\]]*+\]\))|\[(\^?)((?:[^\]\\]|\\.)*+)\]|(\\.)|([-_])", re.DOTALL)
# A number of social security; a day; a person of a study by a number; seven digits and more, whatever stands between them.
_NUMBER = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_BIRTH = re.compile(r"(?<!\d)19[0-8]\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!\d)")
_PERSON = re.compile(r"(?<![a-z])(?:patient|mrn|ssn|nhs|dob|proband|participant)s?(?:-?(?:id|no|nr|num|number))?-?\d+(?![a-z\d])")
_JOINED = re.compile(r"\d+(?:-\d+)+")
_YEARS = re.compile(r"20\d\d-20\d\d")
_DIGITS = 7


def folded(name: str) -> str:
    """Return a name as indexes fold it."""
    return _APART.sub("-", name).lower()


def personal(name: str) -> bool:
    """Tell whether a folded name has a number in it by which a person may be known."""
    if not any(map(str.isdigit, name)):
        return False
    joined = (sum(map(str.isdigit, each)) for each in _JOINED.findall(name) if not _YEARS.fullmatch(each))
    return bool(_DAY.search(name) or known(name)) or any(digits >= _DIGITS for digits in joined)


def known(text: str) -> bool:
    """Tell whether a folded text, in which days and long versions are usual, has a number by which a person may be known."""
    return bool(_NUMBER.search(text) or _PERSON.search(text) or _BIRTH.search(text))


def token(name: str) -> bool:
    """Tell whether a token stands in a folded name."""
    if len(name) < LEAST:
        return False
    data = name.encode("utf-8", "replace")
    return any(_pattern(rule).match(data, at) for at, rule in _begun(data))


def _begun(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where formats can begin, by their anchors."""
    formats, first = _formats()
    for each in first.finditer(data):
        for size in range(1, len(each[1]) + 1):
            yield from ((each.start(1), rule) for rule in formats.get(each[1][:size], ()))


@cache
def _formats() -> tuple[dict[bytes, list[bytes]], re.Pattern[bytes]]:
    """Return the patterns of formats by their folded anchors, and what finds the longest anchor at the beginning of a word."""
    from pytest_genomic_guard.views.secrets.vendors import FORMATS  # noqa: PLC0415 - for long names only

    found: dict[bytes, list[bytes]] = {}
    for each in FORMATS:
        if each.named or each.left != "word" or each.rule.face != "plain":
            continue
        for anchor in {_SEPARATED.sub(b"-", anchor).lower() for anchor in each.rule.anchors}:
            if each.real is None or len(anchor) > 3 or anchor.endswith(b"-"):  # two letters and a digit are too little
                found.setdefault(anchor, []).append(each.rule.pattern)
    longest = b"|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return found, re.compile(rb"(?<![a-z0-9])(?=(" + longest + rb"))")


@cache
def _pattern(rule: bytes) -> re.Pattern[bytes]:
    """Return a format's pattern with case and separators left open."""
    return re.compile(_CLASS.sub(_open, rule), re.IGNORECASE)


def _open(part: re.Match[bytes]) -> bytes:
    """Return a part of a pattern in which each separator stands for all."""
    ahead, other, signs, escape, separator = part.groups()
    if ahead:  # what ends a token: in a name a further word does not
        return b""
    if separator or escape in {rb"\.", rb"\-"}:
        return b"[-_.]"
    if escape or other or not re.search(rb"[_.]|-\Z", signs):
        return part[0]
    return b"[-" + signs.rstrip(b"-") + b"_.]"
