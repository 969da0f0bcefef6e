"""What a format of a vendor is, and how one is told from what only looks like it.

A token with a prefix of its own is known by that. A value without one, such as 40 hexadecimal digits, is known by the name that
stands before it: the vendor's word, a word such as key or token, and an assignment, an argument or a mapping.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from pytest_genomic_guard.model import Face

    # word: no letter, digit or underscore may stand before; loose: anything may
    Left = Literal["word", "loose"]

HEX, UUID = rb"[0-9a-f]", rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ALNUM = rb"[A-Za-z0-9]"
END = rb"(?![A-Za-z0-9_])"  # after letters and digits
END64 = rb"(?![A-Za-z0-9_+/=-])"  # after base64, or where a longer value would be another one
# From a name to its value: what closes the name, an assignment, an argument, a mapping, a blank; then what opens the value.
_OPEN = rb"[ \t]{0,8}+[rRbBuUfF]?(?:\\{0,3}[\"'`])?+"
TO = (
    rb"(?:\\{0,3}[\"'`])?+[\])]{0,2}+[ \t]{0,20}+"
    rb"(?::[ \t]{0,4}[A-Za-z][\w.\[\] |]{0,40}=(?!=)|<-|->|=>|:=|\|\|=|={1,2}|:|,|\||(?<=[ \t])"
    rb"|\(\s{0,40}(?:\w{1,24}[ \t]{0,4}=[ \t]{0,4})?+"
    rb"|\r?\n[ \t]{0,40}(?:value|VALUE)[\"']?[ \t]{0,4}[:=]"
    rb"|[ \t]?value[ \t]{0,4}=)" + _OPEN
)
_ROLES = rb"key|token|secret|passw(?:or)?d|credential"
# What stands between the vendor's word and the role: the rest of a name, or the line on which a mapping or section is opened.
_BETWEEN = (
    rb"(?:[\w.-]{0,28}?|\\?[\"'\]]{0,2}[ \t]{0,4}[:=]?[ \t]{0,4}\{?[ \t]{0,4}\r?\n[ \t\"']{0,24}[\w-]{0,16}?|[\w. ]{0,16}?[ ])"
)


class Format(Record):
    """One format: how it is found, what it is, and what to say about it."""

    rule: Rule
    code: str
    vendor: str
    what: str  # with its article
    opens: str
    revoke: str
    source: str
    left: Left = "word"
    kinds: int = 2  # of lower case, upper case and digits, which a random part has at least
    least: int = 0  # different characters that a random part has at least; 0: by its length
    named: bool = False  # known by the name before it, and by nothing in itself
    holds: Callable[[bytes], bool] | None = None  # whether the vendor's checksum is right
    real: Callable[[bytes, int, int], bool] | None = None  # whether a span of a text is one, by what stands around it


class Maker:
    """Makes the formats of one vendor after another; each rule has a name of its own."""

    def __init__(self, code: str) -> None:
        """Take the code of the check that tells of them."""
        self.code, self.formats = code, list[Format]()

    def token(
        self, name: str, anchors: tuple[bytes, ...], pattern: bytes, says: tuple[str, str, str, str], source: str, **more: object
    ) -> None:
        """Add a token that is known by itself. Its random part is the last group of the pattern, or all of it."""
        end: bytes = more.pop("end", END)  # type: ignore[assignment]  # what is left are fields
        face: Face = more.pop("face", "plain")  # type: ignore[assignment]
        rule = Rule(name=f"vendor-{name}", anchors=anchors, pattern=pattern + end, face=face)
        self._add(rule, says, source, more)

    def near(
        self, name: str, words: tuple[bytes, ...], value: bytes, says: tuple[str, str, str, str], source: str, **more: object
    ) -> None:
        """Add a value that is known by the vendor's word and a role before it; the words are in lower case."""
        roles: bytes = more.pop("roles", _ROLES)  # type: ignore[assignment]  # as above
        end: bytes = more.pop("end", END64)  # type: ignore[assignment]
        said = b"|".join(re.escape(word) for word in words)
        pattern = rb"(?i:" + said + rb")" + _BETWEEN + rb"(?i:" + roles + rb")s?\w{0,12}?" + TO + rb"(" + value + rb")" + end
        rule = Rule(name=f"vendor-{name}", anchors=words, pattern=pattern, face="lower")
        self._add(rule, says, source, {"named": True, "left": "loose", **more})

    def _add(self, rule: Rule, says: tuple[str, str, str, str], source: str, more: dict[str, object]) -> None:
        vendor, what, opens, revoke = says
        code = str(more.pop("code", self.code))
        self.formats.append(
            Format(rule=rule, code=code, vendor=vendor, what=what, opens=opens, revoke=revoke, source=source, **more)  # type: ignore[arg-type]
        )


_SAME = regex(rb"(.)\1{5}")
_WORDS = regex(
    rb"(?i)example|placeholder|your|dummy|redacted|fake|insert|replace|change.?me|sample|test|token|secret|passw|api.?key|here|demo"
    rb"|xxxx|deadbeef|todo"
)
_CASES = (regex(rb"[a-z]"), regex(rb"[A-Z]"), regex(rb"[0-9]"))
_HEX = regex(rb"[0-9a-fA-F-]*")
_RISING = 6


def drawn(body: bytes, kinds: int = 2, least: int = 0) -> bool:
    """Tell whether a random part looks drawn: no words, no keys of a keyboard in order, not a few characters again and again."""
    hexadecimal = _HEX.fullmatch(body) is not None
    few = least or min(8 if hexadecimal else 12, max(4, len(body) * 2 // 5))
    # ten letters A are ten times six bits of zero, which an old token of Dropbox holds by its form
    if len(set(body)) < few or _SAME.search(body.replace(b"A" * 10, b"A")) or (not hexadecimal and _WORDS.search(body)):
        return False
    if sum(1 for each in _CASES if each.search(body)) < min(kinds, 2 if hexadecimal else 3):
        return False
    return not _ordered(body)


def _ordered(body: bytes) -> bool:
    """Tell whether somewhere each character follows on the one before it, or a short piece is said three times."""
    rising = falling = 1
    for at in range(1, len(body)):
        step = body[at] - body[at - 1]
        if body[at] == 0x30 and body[at - 1] == 0x39:
            step = 1
        rising = rising + 1 if step == 1 else 1
        falling = falling + 1 if step == -1 else 1
        if max(rising, falling) >= _RISING:
            return True
    return any(body[:size] * 3 == body[: 3 * size] for size in range(2, len(body) // 3 + 1))
