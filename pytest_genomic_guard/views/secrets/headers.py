"""Tokens and passwords in headers of HTTP requests: `Authorization` in code, in commands of curl, in dumps of traffic.

Sources, from general knowledge, not opened again: RFC 6750 2.1 (Bearer), RFC 7617 (Basic: user and password in base64), RFC 9110
11.6.2 (credentials), curl(1) `-u`.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import addresses, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

# what stands between the name of a header and its value in code, settings and dumps
_JOIN = (
    rb"(?:\\{0,3}[\"'`\])]){0,3}\s{0,8}(?::=|=>|<-|[:=,])\s{0,8}"
    rb"(?:\(|\[|paste0?\(|[bfruBFRU]{1,2}(?=[\"'])){0,2}\\{0,3}[\"'`]?\s{0,4}"
)
_SCHEMES = rb"(?:bearer|basic|token|apikey|api-key|key|digest|jwt|oauth|splunk|genie ?key|sso-key)"
_NAMES = rb"(?:(?<![a-z])authorization\\?[\"']?|x-auth-token|x-api-key|x-access-token|private-token|x-vault-token|job-token)"
_CALLS = rb"(?:auth ?= ?|HTTPBasicAuth|HTTPDigestAuth|BasicAuth|authenticate)"
NAMED = Rule(
    name="header-authorization",
    anchors=(b"authorization",),
    pattern=rb"(?i)authorization(?:_?header)?"
    + _JOIN
    + _SCHEMES
    + rb"(?:[ =]{1,3}(?:[\"'] ?[+.&] ?[\"'])?|[\"'], ?[\"'])(?:token=)?\\{0,3}[\"']?[\w.~+/=%:-]{8,4000}+",
    face="lower",
)
RAW = Rule(
    name="header-authorization-raw",
    anchors=(
        b"authorization:",
        b'authorization":',
        b"authorization':",
        b'authorization\\":',
        b"x-auth-token:",
        b"x-api-key:",
        b"x-access-token:",
        b"private-token:",
        b"x-vault-token:",
        b"job-token:",
    ),
    pattern=rb"(?i)" + _NAMES + rb": ?\\?[\"']?[\w.~+/=-]{16,4000}+(?=\\?[\"'\s])",
    face="lower",
)
BEARER = Rule(
    name="header-bearer",
    anchors=(b"bearer ", b"bearer%20"),
    pattern=rb"(?i)(?<=[\"'`:=\s>])bearer(?:\\?[\"']? {1,2}|%20)(?:[\"'] ?[+.&] ?[\"'])?[\w.~+/=-]{20,4000}+(?=[\"'`\\\s,;<)}]|\Z)",
    face="lower",
)
LOGIN = Rule(
    name="header-login",
    anchors=(b" -u ", b" --user ", b" --user=", b' -u"', b" -u'", b" --proxy-user "),
    pattern=rb" (?:-u|--user|--proxy-user)[ =]?[\"']?[\w.@%+-]{1,64}:[^\s\"'`\\]{3,128}+",
)
PAIR = Rule(
    name="header-pair",
    anchors=(b"auth=(", b"auth = (", b"HTTPBasicAuth(", b"HTTPDigestAuth(", b"BasicAuth(", b"authenticate("),
    pattern=_CALLS + rb"\(\s{0,40}[\"'][\w.@%+-]{1,100}[\"'],\s{0,40}[bru]{0,2}[\"'][^\s\"'\\]{4,128}[\"']",
)
RULES = (NAMED, RAW, BEARER, LOGIN, PAIR)
_VALUE = re.compile(rb"[\w.~+/=%:-]+\Z")
_PLAIN = re.compile(rb"[\x20-\x7e]+")
_NEAR = 600  # bytes before the name of a user in which a command names curl
_CURL = re.compile(rb"(?i)curl|https?://|wget|httpie")
_SCHEME = re.compile(rb"(?:AWS4|GOOG4|OSS4|ACS3|TC3|SDK)-[A-Z0-9-]{4,40}\Z")  # the request is signed, and no token follows
_MASKED = re.compile(rb"(?i)[x*.]{6,}|0{10,}|1234567|abcdef")


class Header(Record):
    """A header or what makes one: its span, that of the value in it, and what it is by names of ours."""

    start: int
    end: int
    begin: int  # of the value
    kind: str
    value: bytes


def found(view: Text) -> list[Header]:
    """Return the headers of a text that open something, in order, each once."""
    seen: list[Header] = []
    for header in sorted(_all(view), key=lambda header: (header.begin, -header.end)):
        if not seen or header.begin >= seen[-1].end:
            seen.append(header)
    return seen


def _all(view: Text) -> Iterator[Header]:
    data = view.data
    for rule in (NAMED, RAW, BEARER):
        for start, end in view.matches(rule):
            match = _VALUE.search(data[start:end])
            if match is None:
                continue
            value, said = match.group(), data[start : start + match.start()].lower()
            basic = re.search(rb"basic[^a-z]*\Z", said) is not None
            if _pair(value) if basic else _token(value, named=b"authorization" in said):
                kind = "Basic" if basic else "Bearer" if b"bearer" in said else "token"
                yield Header(start=start, end=end, begin=start + match.start(), kind=kind, value=value)
    for rule in (LOGIN, PAIR):
        for start, end in view.matches(rule):
            header = _login(view, start, end) if rule is LOGIN else _given(view, start, end)
            if header:
                yield header


def _token(value: bytes, *, named: bool) -> bool:
    """Tell whether what follows the name of a scheme is a token."""
    value = value.rstrip(b".,:")
    if _MASKED.search(value) or _SCHEME.match(value) or values.placeholder(value):
        return False
    return values.drawn(value) or (named and values.strong(value))


def _pair(value: bytes) -> bool:
    """Tell whether base64 is a user with a password that is one."""
    from binascii import Error, a2b_base64  # noqa: PLC0415 - few texts hold one

    try:
        plain = a2b_base64(addresses.unquoted(value).rstrip(b"=") + b"=" * (-len(value.rstrip(b"=")) % 4))
    except Error:
        return False
    user, colon, password = plain.partition(b":")
    if not colon or not _PLAIN.fullmatch(plain) or user == b"Aladdin":  # of RFC 7617
        return False
    if not password:
        return values.drawn(user)  # a key as the user, as many services take it
    return addresses.worth(password, user, b"localhost" if len(password) < 8 else b"a.b")


def _login(view: Text, start: int, end: int) -> Header | None:
    data = view.data
    user, _colon, password = data[start:end].strip(b" -").partition(b" ")[2].strip(b"\"' ").partition(b":")
    if not _colon:
        user, _colon, password = data[start:end].partition(b"=")[2].strip(b"\"'").partition(b":")
    if user[:1] == b"+" or password.isdigit():
        return None  # `date -u`, or numbers of a user and a group
    if not _CURL.search(data[max(view.segment(start).start, start - _NEAR) : start]):
        return None
    if not addresses.worth(password, user, b"localhost"):
        return None
    return Header(start=start + 1, end=end, begin=end - len(password), kind="login", value=password)


def _given(view: Text, start: int, end: int) -> Header | None:
    parts = re.findall(rb"[\"']([^\"']+)[\"']", view.data[start:end])
    if len(parts) != 2 or not addresses.worth(parts[1], parts[0], b"localhost"):
        return None
    return Header(start=start, end=end, begin=end - len(parts[1]) - 1, kind="login", value=parts[1])
