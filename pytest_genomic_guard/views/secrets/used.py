"""Passwords that commands and calls take: what a match of their rules says, read closely.

A call is read argument by argument. Where it has two and signs in, the second one is the password; else the password is what looks
like one behind the first argument, and neither a host, a user, a file nor the name of a class.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets import used_rules, values
from pytest_genomic_guard.views.secrets.used_rules import ANSWERED, BACKWARD, CALLED, PIPED, SAID, TAKES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

NAMES = frozenset(rule.name for rule in used_rules.RULES)
_ARGUMENTS, _MOST = 10, 400  # arguments of a call; bytes of one
_TAKES = regex(TAKES)
_ASKED = regex(rb"(?i)assw(?:or)?d|assphrase|asscode")
_ACCOUNT = regex(rb"(?i)\b(?:user|role|grant|link|login)\b")
_PRINTED = regex(rb"[^\x00-\x20\x7f]+")
_NEAR = 200
_NAMED = regex(rb"[$@]?[A-Za-z_][\w.]{0,60}[ \t]{0,4}(?:=>|[=:](?![=:]))[ \t]{0,4}")
_OPENS = regex(rb"[\s(\[{]{0,60}+(?:(?:new )?(?:Some|c|list|str|String|array|b64encode|quote)[(\[])?[\s(\[]{0,20}+")
_TEXT = regex(rb"[bBrRuUfF@$]{0,2}(?P<quote>\\{0,3}[\"'])(?P<text>[^\"'\n]{0,400}?)(?P=quote)")
_OTHER = regex(rb"[^\"'(),;\n\[\]]{1,200}(?:\([^()\n\"']{0,100}\)){0,2}[^\"'(),;\n]{0,60}")
_CLOSES = regex(rb"[\])}]{0,4}(?:\.\w{1,20}\(\)){0,2}[\s)\]}]{0,60}")
_USER = regex(rb"[a-z]+\d*(?:[._-][a-z]+\d*)*|[A-Z]+\d*(?:[._-][A-Z]+\d*)*|[A-Z][a-z]+|(?i:cn|uid|dc|ou|o|mail)=.*")
_HOST = regex(
    rb"(?i)[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,6}(?::\d{1,5})?(?:[/\\].*)?|[\w.-]+:\d{2,5}|.*(?:;|//|:host|mysql:|pgsql:).*"
)
_SIGNED = regex(rb"[^\w./ :-]|\d{3}")
_SIGNS_IN = regex(rb"(?i)(?:login|auth|credentials?|authenticate|user|_set|userpassword|auth\w*)[( =]")


def read(rule: str, match: re.Match[bytes], data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Yield offset and value of what a match holds, and whether its place alone makes it a password."""
    if rule == CALLED.name:
        yield from _called(match, data)
    elif rule == BACKWARD.name:
        line = data.rfind(b"\n", max(0, match.start() - _MOST), match.start()) + 1
        opened = data.rfind(data[match.start() : match.start() + 1], max(line, match.start() - _MOST), match.start())
        if opened >= 0:
            yield opened + 1, data[opened + 1 : match.start()], True
    elif _placed(rule, match, data):
        group = "quoted" if match["quoted"] else "bare"
        at, value = match.start(group), match[group]
        if not _PRINTED.fullmatch(value):
            return  # bytes of a program
        if rule == PIPED.name:
            taken = _taken(data, match)
            if not taken:
                return
            user, colon, rest = value.partition(b":")
            if b"chpasswd" in taken and colon:
                at, value = at + len(user) + 1, rest
        elif rule == used_rules.TYPED.name and b"sqlplus" in match[0][:8].lower():
            value = value.rpartition(b"@")[0] or value
        yield at, value, True


def _placed(rule: str, match: re.Match[bytes], data: bytes) -> bool:
    """Tell whether a password stands here: it was asked for, or the statement is about an account."""
    around = (max(0, match.start() - _NEAR), match.start())
    if rule == SAID.name:
        return match["quoted"] is not None or _ACCOUNT.search(data, *around) is not None
    return rule != ANSWERED.name or _ASKED.search(data, *around) is not None


def _taken(data: bytes, match: re.Match[bytes]) -> bytes:
    """Return the command that takes what is echoed, or nothing."""
    if data[match.start() : match.start() + 3] == b"<<<":
        line = data.rfind(b"\n", max(0, match.start() - _NEAR), match.start()) + 1
        part = data[max(line, match.start() - _NEAR) : match.start()]
    else:
        end = data.find(b"\n", match.end(), match.end() + _NEAR)
        part = data[match.end() : end if end >= 0 else match.end() + _NEAR]
        part = part.lstrip(b"\"' \t\\n")
        if not part.startswith(b"|"):
            return b""
    taken = _TAKES.search(part.rstrip())
    return taken[0] if taken else b""


def _called(match: re.Match[bytes], data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the arguments of a call that can be passwords."""
    some = _arguments(data, match.end())
    two = len(some) == 2 and _SIGNS_IN.match(match[0]) is not None
    for number, (at, value) in enumerate(some):
        if number and _PRINTED.fullmatch(value) and (two or (not _HOST.fullmatch(value) and chosen(value))):
            yield at, value, two


def chosen(value: bytes) -> bool:
    """Tell whether an argument is more likely a password than the name of a layer, a table or a signal."""
    return not _USER.fullmatch(value) and (_SIGNED.search(value) is not None or values.drawn(value))


def _arguments(data: bytes, at: int) -> list[tuple[int, bytes]]:
    """Return the arguments by position: where its text stands, and this, empty where there is none; not those with a name."""
    some: list[tuple[int, bytes]] = []
    while len(some) < _ARGUMENTS:
        at = _end(_OPENS, data, at)
        name = _NAMED.match(data, at)
        at = name.end() if name else at
        text = _TEXT.match(data, at)
        if text:
            found, at = (text.start("text"), text["text"]), text.end()
        else:
            other = _OTHER.match(data, at)
            if other is None:
                break
            found, at = (at, b""), other.end()
        if not name:
            some.append(found)
        at = _end(_CLOSES, data, at)
        if data[at : at + 1] != b",":
            break
        at += 1
    return some


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    match = pattern.match(data, at)
    return match.end() if match else at
