"""Files of words: .netrc and .authinfo (`machine`, `default`), .fetchmailrc (`poll`), .pgpass with its escaped colons.

Grammars, general knowledge (of the first, praetorian-inc/noseyparker `netrc.yml` says the same): netrc(5) of GNU inetutils;
auth-source of GNU Emacs; fetchmail 6.5 `rcfile_y.y` (manual page, THE RUN CONTROL FILE); PostgreSQL 17, 32.16 The Password File.
Words can stand on one line or on several, and in a string of a program.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.files import worth
from pytest_genomic_guard.views.secrets.files.forms import Seen, stripped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_GAP = rb"(?:[ \t\r\n]|\\[nrt]|,(?=[ \t\r\n])|#[ \t][^\n]{0,200}+\n){1,80}+"
_TOKEN = rb"(?:\"(?:[^\"\\\n]|\\.){1,256}+\"|(?:[^\s\\\"]|\\(?![nrt\"])|\\\"(?=\S)|(?<=\S)\"(?=\w)){1,256}+)"
_MANY = 12  # pairs of one machine
NETRC = Rule(
    name="login-netrc",
    anchors=(b"machine ", b"machine\t", b"machine\n", b"machine\r", b"machine\\n"),
    pattern=rb"machine(?<![\w.-]machine)"
    + _GAP
    + _TOKEN
    + _GAP
    + rb"(?:login|user|username|account|password|passwd|port|protocol|macdef)(?![\w.-])",
)
DEFAULT = Rule(
    name="login-default",
    anchors=(
        b"default login",
        b"default\tlogin",
        b"default\nlogin",
        b"default\n  login",
        b"default\n\tlogin",
        b"default\n    login",
        b"default user ",
    ),
    pattern=rb"(?<![\w.-])default[ \t\n]{1,8}+(?:login|user)(?![\w.-])",
)
POLL = Rule(
    name="login-fetchmail",
    anchors=(b"poll ", b"poll\t", b"skip "),
    pattern=rb"(?<![^\n \t\xbf\"'])(?:poll|skip)[ \t]{1,32}+[^\s]{3,200}+\s{1,64}+"
    rb"(?:with|proto|protocol|via|port|service|user|username|no|timeout|and|aka|localdomains|interval|auth|options)\b",
)
_PORTS = (*range(5430, 5441), 6432, 6543, 15432, 25060, 25061, 26257, 35432, 54320, 54321, 54322, 55432)
PGPASS = Rule(
    name="login-pgpass",
    anchors=(b":*:", *(b":%d:" % port for port in _PORTS)),
    pattern=rb":(?:\*|\d{4,5}):(?:[^:\\\s\"']|\\.){1,64}+:(?:[^:\\\s\"']|\\.){1,64}+:(?:[^:\\\s\"']|\\[^nrt]){1,200}+(?=\s|\Z|"
    rb"[\"']|\\[nrt])",
)
RULES = (NETRC, DEFAULT, POLL, PGPASS)

_PAIR = regex(
    _GAP
    + rb"(login|username|user|account|password|passwd|port|protocol|force|machine|default|macdef)(?![\w.-])"
    + _GAP
    + b"("
    + _TOKEN
    + b")"
)
_FIRST = regex(rb"(?:machine" + _GAP + b"(" + _TOKEN + b")|default)")
_BEFORE = regex(rb"(?:^(?:\xef\xbb\xbf)?|[\"'`(]|\\[nrt])[ \t>$]*+\Z", re.MULTILINE)
_PASS = regex(rb"\b(?:password|pass)[ \t]{1,16}+(\"[^\"\n]{1,200}+\"|'[^'\n]{1,200}+'|[^\s\"',;]{1,200}+)")
_HOST = regex(rb"(?:[^:\s\\\"'`]|\\.){1,255}\Z")
_NOBODY = frozenset({b"anonymous", b"ftp", b"anon", b"guest"})  # whose password is an address, by convention


def found(view: Text) -> Iterator[Seen]:
    """Yield the logins of files of words."""
    for rule in (NETRC, DEFAULT):
        for start, _end in view.matches(rule):
            yield from _machine(view, rule.name, start)
    for start, end in view.matches(POLL):
        yield from _poll(view, start, end)
    for start, end in view.matches(PGPASS):
        if view.segment(start).context != "binary":  # colons and digits are found in any picture
            yield from _line(view, start, end)


def _machine(view: Text, name: str, start: int) -> Iterator[Seen]:
    data, segment = view.data, view.segment(start)
    stop = min(view.end(segment), start + 4096)
    first = _FIRST.match(data, start, stop)
    if not first or segment.context == "markup":
        return
    host = (first[1] or b"").strip(b"\"'")
    alone = _BEFORE.search(data, max(segment.start, start - 80), start) is not None
    if not alone and b"." not in host and host != b"localhost":
        return  # a sentence about machines
    at, who = first.end(), b""
    value: tuple[int, int] | None = None
    for _each in range(_MANY):
        pair = _PAIR.match(data, at, stop)
        if not pair or pair[1] in {b"machine", b"default", b"macdef"}:
            break
        if pair[1] in {b"password", b"passwd"}:
            value = pair.span(2)
        elif pair[1] in {b"login", b"user", b"username"}:
            who = pair[2].strip(b"\"'").lower()
        at = pair.end()
    if not value or who in _NOBODY:
        return
    begin, end = _bare(data, *value)
    doubtful = name == NETRC.name and (worth.invented(host) or (b"." not in host and host != b"localhost"))
    test = worth.strong if doubtful else worth.given
    if test(data[begin:end]) and not worth.named(data[begin:end]):
        yield Seen(form=name, start=begin, end=end, key="password")


def _bare(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where a word stands without the quotes of what it stands in."""
    start, end = stripped(data, start, end) if data[start : start + 1] == b'"' else (start, end)
    while end > start and data[end - 1] in b"\"'`)],;":
        end -= 1
    return start, end


def _poll(view: Text, start: int, end: int) -> Iterator[Seen]:
    data, stop = view.data, view.end(view.segment(start))
    stop = min(stop, end + 1024)
    after = re.compile(rb"^[ \t]*+(?:poll|skip)\b", re.MULTILINE).search(data, end, stop)
    for pair in _PASS.finditer(data, end, after.start() if after else stop):
        begin, last = stripped(data, *pair.span(1))
        if worth.given(data[begin:last]) and not worth.named(data[begin:last]):
            yield Seen(form=POLL.name, start=begin, end=last, key="password")


def _line(view: Text, start: int, end: int) -> Iterator[Seen]:
    data, segment = view.data, view.segment(start)
    host = _HOST.search(data, max(segment.start, start - 256), start)
    if not host or end > view.end(segment) or segment.context == "markup":
        return
    before = data[max(segment.start, host.start() - 1) : host.start()]
    if before.strip(b" \t\r\n\"'`n") or data[end : end + 1] == b":":
        return
    begin = data.rfind(b":", start, end) + 1
    while data[begin - 2 : begin - 1] == b"\\":  # an escaped colon of the password
        begin = data.rfind(b":", start, begin - 2) + 1
    value = data[begin:end]
    local = host[0] in {b"*", b"localhost"} or b"." in host[0] or b"/" in host[0]
    test = worth.given if local and not worth.invented(host[0]) else worth.strong
    if test(value) and not worth.named(value) and not re.fullmatch(rb"[ACGTNacgtn*]+|\d+", value):
        yield Seen(form=PGPASS.name, start=begin, end=end, key="password")
