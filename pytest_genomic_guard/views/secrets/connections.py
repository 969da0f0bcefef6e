"""Passwords in connection strings: ODBC, ADO.NET, JDBC, libpq, and the keys and signatures of Azure storage and messaging.

A connection string is told by its other members: `Server=`, `Uid=`, `Host=` and the like, with a semicolon, an ampersand or a blank
between them. A keyword argument is none. Sources, from general knowledge, not opened again: Microsoft,
"SqlConnection.ConnectionString" and "Configure Azure Storage connection strings" (2024); PostgreSQL 16, 34.1.1 "Connection
strings"; Microsoft, "Create a service SAS" (`sv`, `se`, `sig`).
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import addresses, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

MEMBER = Rule(
    name="connection-password",
    anchors=(b"pwd=", b"password=", b"passwd="),
    pattern=rb"(?i)(?<=[;\"'&?\s`])(?:pwd|passw(?:or)?d)=(?:\{[^}\s]{1,100}+\}|'[^'\s]{3,100}+'|[^;\"'&\s,<>\\`()\[\]]{3,128}+)(?=[;\"'&\s\\`]|\Z)",
    face="lower",
)
QUOTED = Rule(
    name="connection-password-quoted",
    anchors=(b"pwd%3d", b"password%3d"),
    pattern=rb"(?i)(?:pwd|password)%3d[\w.~+*!%-]{3,200}+",
    face="lower",
)
STORAGE = Rule(
    name="connection-key",
    anchors=(b"accountkey=", b"sharedaccesskey=", b"accountkey%3d", b"sharedaccesskey%3d"),
    pattern=rb"(?i)(?:account|sharedaccess)key(?:=|%3d)[a-z0-9+/%]{42,90}+={0,2}",
    face="lower",
)
SIGNED = Rule(
    name="connection-signature",
    anchors=(b"sig=",),
    pattern=rb"(?<=[?&;\"' ])sig=[A-Za-z0-9%+/_-]{40,100}+={0,2}",
)
RULES = (MEMBER, QUOTED, STORAGE, SIGNED)

_NEAR = 500  # bytes in which the other members stand
_MEMBERS = (
    rb"server|data source|addr(?:ess)?|network address|uid|user ?id|user(?:name)?|driver|database|initial catalog|dsn|dbq|dbname"
    rb"|host(?:name|addr)?|provider|integrated security|trusted_connection|persist security info|account|warehouse|ssl ?mode|port"
    rb"|protocol|encrypt|endpoint"
)
_OTHER = regex(rb"(?i)(?:^|[;\"'\s{?&`(])(" + _MEMBERS + rb")=[^\s=,][^=\n]{0,120}?(?:;|$)", re.MULTILINE)
_PARTS = rb"(?:host|hostaddr|port|dbname|user|sslmode|database|connect_timeout)"
_BLANKS = regex(rb"(?i)(?:^|[\"'\s`])" + _PARTS + rb"=[^\s,;\"'()]{1,80}[ \t]+(?:\\?[\r\n\"' \t]{0,8})\Z")
_AFTER = regex(rb"(?i)[ \t]+(?:[\"'\r\n \t\\]{0,8})" + _PARTS + rb"=[^\s,;()]{1,80}")
_HOST = regex(rb"(?i)(?:server|data source|host|addr(?:ess)?|hostaddr)=(?:tcp:)?([\w.-]{1,200})")
_NAME = regex(rb"(?i)(?:uid|user ?id|user(?:name)?)=([\w.@-]{1,100})")
_SIGNS = regex(rb"(?:[?&;\"' ]|amp;)(?:sv=\d{4}-\d\d-\d\d|se=\d{4,}|sr=[a-z%])")
_EQUALS = regex(rb"(?i)=|%3d")
_CARRIED = regex(rb"[\s\"'+&_()frbFRBU\\.]+\Z")  # between the parts of a string that several lines make
# The beginnings of the keys that the emulators of Azure print: they open nothing
_EMULATED = (b"Eby8vdM02xNOcqFl", b"C2y6yDjf5/R+ob0N", b"SAS_KEY_VALUE")


class Member(Record):
    """A password, a key or a signature as a member of a connection string: its span, and what it is by names of ours."""

    start: int
    end: int
    kind: str
    opens: str
    value: bytes
    near: bytes = b""  # what stands around it


def found(view: Text) -> list[Member]:
    """Return the members of a text that are secrets, in order."""
    seen = [*_passwords(view), *_quoted(view), *_keys(view), *_signatures(view)]
    seen.sort(key=lambda member: member.start)
    return seen


def _around(view: Text, start: int, end: int) -> tuple[bytes, bytes]:
    """Return what stands before and behind a span, in the same part."""
    segment = view.segment(start)
    return view.data[max(segment.start, start - _NEAR) : start], view.data[end : min(view.end(segment), end + _NEAR)]


def _passwords(view: Text) -> Iterator[Member]:
    for start, end in view.matches(MEMBER):
        before, after = _around(view, start, end)
        value = view.data[start:end].partition(b"=")[2]
        kind = _kind(before, after)
        if not kind or (value[:1] == b"{" and re.fullmatch(rb"\{[a-z_][\w.\[\]]*\}", value) and not values.drawn(value[1:-1])):
            continue
        near = before + b"\n" + after
        host, user = _HOST.search(near), _NAME.search(near)
        name, who = host.group(1) if host else b"", user.group(1) if user else b""
        if addresses.worth(value if value.startswith(b"{{") else value.strip(b"{}'"), who, name):
            opens = "a server" if kind == "password in a query" else "a database"
            yield Member(start=start, end=end, kind=kind, opens=opens, value=value, near=near)


def _kind(before: bytes, after: bytes) -> str:
    """Tell what a member stands in, "" when that is no connection string."""
    if before.endswith((b"&", b"?", b"&amp;")):
        line = before[max(before.rfind(each) for each in (b"\n", b" ", b'"', b"'")) + 1 :]
        if b"jdbc:" in line:
            return "password in a JDBC address"
        if b"zoom.us/" in line:
            return ""  # of a meeting, which is no server; SEC402 tells of it
        return "password in a query" if b"://" in line or b"?" in line else ""
    bare = _CARRIED.sub(b"", before)
    if bare.endswith(b";") or after.startswith(b";"):
        return "password in a connection string" if _OTHER.search(before) or _OTHER.search(after) else ""
    if _BLANKS.search(before) or _AFTER.match(after):
        return "password in a connection string"
    return ""


def _quoted(view: Text) -> Iterator[Member]:
    for start, end in view.matches(QUOTED):
        before, after = _around(view, start, end)
        value = addresses.unquoted(view.data[start:end])
        password = value.partition(b"=")[2].partition(b";")[0].strip(b"{}")
        near = addresses.unquoted((before + view.data[start:end] + after).replace(b"+", b" "))
        host, user = _HOST.search(near), _NAME.search(near)
        if not (host or user) or not addresses.worth(password, user.group(1) if user else b"", host.group(1) if host else b""):
            continue
        yield Member(start=start, end=end, kind="password in a connection string", opens="a database", value=password, near=near)


def _keys(view: Text) -> Iterator[Member]:
    for start, end in view.matches(STORAGE):
        value = view.data[start:end]
        key = addresses.unquoted(_EQUALS.split(value, maxsplit=1)[1])
        before, _after = _around(view, start, end)
        if len(key) < 43 or key.startswith(_EMULATED) or b"devstoreaccount1" in before[-120:] or not _is_key(key):
            continue
        account = value[:1] in b"aA"
        kind = "account key of Azure" if account else "shared access key of Azure"
        yield Member(
            start=start,
            end=end,
            kind=kind,
            opens="all data of a storage account" if account else "queues, hubs and devices",
            value=key,
        )


def _signatures(view: Text) -> Iterator[Member]:
    for start, end in view.matches(SIGNED):
        before, after = _around(view, start, end)
        near = before[max(before.rfind(b"\n"), before.rfind(b" ")) + 1 :] + b"&" + after.partition(b"\n")[0]
        key = addresses.unquoted(view.data[start + 4 : end])
        if _SIGNS.search(b"&" + near) and _is_key(key):
            yield Member(start=start, end=end, kind="shared access signature of Azure", opens="stored data", value=key)


def _is_key(value: bytes) -> bool:
    return len(set(value)) >= 16 and values.drawn(value.rstrip(b"="))
