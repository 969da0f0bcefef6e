"""Whether a value stands where the value of a name does: behind a sign that assigns, in the next cell, as the object of a command.

The quote before it can close a string in which the name stands, and words of a sentence can stand between; what has no quotes is an
expression in programs, unless it stands in a comment, a query string or a command.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets import names, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.secrets.assigned import Setting

_TOKEN = 12  # bytes of a drawn value behind a blank
_STRING = 4000  # bytes of a string of many lines in which settings are looked for
_NEAR = 400  # bytes before a name in which its line begins
_LETTERS = regex(rb"[A-Za-z]{2}")
_JOINT = regex(
    rb"(?:[=(]|\bor\b|\|\||\?\?)[ \t]{0,8}(?:[bBrRuUfF@]{1,2})?\\{0,3}[\"'`]{0,3}\Z|&(?:quot|\#34|\#x27|\#39);\Z"
)  # right before a value, of a program
_TELLS = regex(rb"[ \t`*'\"]{0,6}(?:is|was)[ \t`'\"]{1,6}")
_OPENS = frozenset(bytes((byte,)) for byte in b"(,=:[{ +>\t?&|;!")
_SHELL = regex(rb"[ \t]{0,40}(?:[!%$>]|\#|//|\*|--|;|REM\b|export\b|set\b)")
_GIVES = regex(rb"[=(,\[:][ \t\r\n]{0,12}[bBrRuUfF]{0,2}\Z")
_TOLD = regex(
    rb"(?i)(?:^|[\s\"'`(;&|!])(?:ENV|ARG|#define|setx"
    rb"|set(?:[ \t]+-{1,2}[A-Za-z]{1,10}){0,3}|export|machine\b.{0,80}|login\b.{0,60})[ \t]+$"
)


def stands(  # noqa: PLR0911, PLR0913, PLR0917 - what there is to know of a place, and one line for each form
    data: bytes, begin: int, at: int, value: bytes, form: str, between: bytes, where: Setting, name: bytes
) -> bool:
    """Tell whether a value stands where the value of a name does."""
    if form not in {"bare", "value3", "marked"} and _closes(data, begin, between):
        return False
    if form == "value" and where.prose and _LETTERS.search(between) and not values.drawn(value):
        # a word of the sentence stands between
        return _JOINT.search(between) is not None or (_TELLS.fullmatch(between) is not None and values.strong(value))
    if form == "bare":
        return _may_be_bare(data, begin, at, at + len(value), between, where)
    if form in {"marked", "value5"}:
        return values.drawn(value) or (values.strong(value) and (form == "marked" or names.kind(name) == "password"))
    if form != "value2":
        return True
    told = _told(data, begin)
    if not told and (b"=" in value.rstrip(b"=") or (where.prose and between.endswith(b"`")) or name.lower() == b"pass"):
        return False
    return told or values.drawn(value) or values.strong(value)


def _closes(data: bytes, begin: int, between: bytes) -> bool:
    """Tell whether the quote before a value closes a string in which the name stands: then the value is what stands behind it."""
    quote = between[-1:]
    if quote not in {b'"', b"'", b"`"} or quote in between[:-1] or between.endswith(b"\\" + quote):
        return False
    line, whole = _line(data, begin)
    opened = data.rfind(quote, line, begin)
    if opened < 0:
        return False
    if whole:
        return data.count(quote, line, begin) % 2 == 1
    return opened == line or data[opened - 1 : opened] in _OPENS


def _line(data: bytes, at: int) -> tuple[int, bool]:
    """Return where the line of an offset begins, and True; or what is near it, and False."""
    least = max(0, at - _NEAR)
    feed = data.rfind(b"\n", least, at)
    return (feed + 1, True) if feed >= 0 else (least, not least)


def _may_be_bare(  # noqa: PLR0911, PLR0913, PLR0917 - one line for each place
    data: bytes, begin: int, at: int, end: int, between: bytes, where: Setting
) -> bool:
    """Tell whether a value without quotes is text and no expression."""
    value, behind = data[at:end], data[end : end + 1]
    if b"svg?" in data[max(0, begin - 20) : begin]:
        return False  # of a badge, which everybody is shown
    option = data[begin - 2 : begin] == b"--" or (data[begin - 1 : begin] in {b"?", b"&"} and begin > 0)
    if between.strip(b" \t`") == b"|":  # the next cell of a table
        return values.drawn(value) or values.strong(value)
    if not between.strip(b" \t\"'`*)]"):  # nothing but blanks, or what closes the name
        if between.strip():
            return False
        if where.prose and behind in b"\r\n" and (b"  " in between or b"\t" in between) and values.strong(value):
            return True  # two columns
        return option or _told(data, begin) or (where.prose and values.drawn(value) and len(value) >= _TOKEN)
    if re.search(rb"[ \t](?:is|was|to|ist|est|es)[ \t]", between):
        return values.drawn(value) or values.strong(value)
    line, whole = _line(data, begin)
    if where.code and not option and not (whole and _SHELL.match(data, line)):
        if behind in b"\r\n" and not data[line:begin].strip() and _within(data, begin):
            return values.drawn(value) or values.strong(value)
        if between == b":" and behind == b"}":  # ${name:default}
            return values.drawn(value) or values.strong(value)
        closed = between == b"=" and behind in {b'"', b"'", b"&", b";", b"`"} and begin > 0 and data[begin - 1] not in b" \t(,"
        return closed and (values.drawn(value) or values.strong(value))
    if where.prose and not option and b">" not in between:
        return behind in b"\r\n`*)'\"<&,;|\\}" or values.drawn(value) or (between == b"=" and values.strong(value))
    return True


def _within(data: bytes, at: int) -> bool:
    """Tell whether a place is within a string of many lines that a program gives to something, as settings that are then read."""
    opened = max(data.rfind(quote, max(0, at - _STRING), at) for quote in (b'"""', b"'''"))
    return opened >= 0 and _GIVES.search(data, max(0, opened - 20), opened) is not None


def _told(data: bytes, begin: int) -> bool:
    """Tell whether a name is an option, or the object of a command that sets it, so that its value stands behind a blank."""
    before = data[max(0, begin - 100) : begin]
    if data[begin : begin + 8].upper() == b"PASSWORD" and re.search(
        rb"(?i)\b(?:user|role|login|with|encrypted)\b[^;\n]{0,80}$", before
    ):
        return True
    return before.endswith((b"--", b" -", b"\t-", b"/p:")) or _TOLD.search(before[before.rfind(b"\n") + 1 :]) is not None
