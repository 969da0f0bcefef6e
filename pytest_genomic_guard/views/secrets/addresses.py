"""Passwords in addresses: ``scheme://user:password@host`` of any scheme, and what JDBC, Go and Oracle write in their place.

The user part of RFC 3986 3.2.1. What is judged is the password: one that stands for another, that is a template, or that everybody
knows is none; a word of letters alone is one only where the host is not this machine, a container beside it, or a reserved name
(RFC 2606, RFC 6761). A token in the place of the user, as git hosts take it, is judged as a drawn value is.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_USER = rb"[\w.~%+=!${}&-]{0,128}+(?:@[\w.-]{1,100}+)?"
_HOST = rb"(?=[\w\[{$%(-])"
URL = Rule(
    name="address-with-password",
    anchors=(b"://", b":\\/\\/"),
    pattern=rb":(?:\\?/){2}(?:" + _USER + rb":(?:[^\s\"'`<>\\/,;]{1,200}@|[^\s\"'`<>\\@]{1,200}+@)|[\w-]{20,128}+@)" + _HOST,
)
CODED = Rule(
    name="address-with-password-coded",
    anchors=(b"%3a%2f%2f",),
    pattern=rb"(?i)%3a%2f%2f[\w.~+-]{0,128}+%3a[\w.~+*!%-]{1,200}?%40" + _HOST,
    face="lower",
)
GO = Rule(name="address-of-go", anchors=(b"@tcp(", b"@unix("), pattern=rb"@(?:tcp|unix)\([\w.:/${}%\[-]{1,200}+\)/")
ORACLE = Rule(
    name="address-of-oracle",
    anchors=(b"jdbc:oracle:thin:", b"jdbc:oracle:oci:"),
    pattern=rb"jdbc:oracle:(?:thin|oci):[\w.$#-]{1,64}+/[^\s\"'`@/<>\\]{1,128}+@" + _HOST,
)
RULES = (URL, CODED, GO, ORACLE)

_SCHEME = regex(rb"[A-Za-z][A-Za-z0-9+.-]{0,30}\Z")
_PORT = regex(rb"\d{1,5}(?:[/?,].*)?\Z", re.DOTALL)
_NAME = regex(rb"\[?[\w.:%${}-]{1,253}")
_GO = regex(rb"([\w.$-]{1,64}):([^\s\"'`@<>\\]{1,128})\Z")
_BEYOND = regex(rb"[\w.~%+-]{1,128}")
_PATHS = frozenset({b"http", b"https", b"ssh", b"git", b"git+ssh", b"git+https", b"file", b"npm", b"docker"})
_TOKENS = frozenset({b"http", b"https", b"git", b"git+https"})
# of which the part before @ is public, or no password at all
_OPEN = frozenset({b"s3a", b"wasb", b"wasbs", b"abfs", b"abfss", b"mailto", b"sip", b"xmpp", b"chrome-extension", b"urn", b"gs"})
_LOCAL = regex(
    rb"(?i)\[?(?:localhost|127\.\d|0\.0\.0\.0|::1|host\.docker\.internal|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|[\w-]+\Z"
)
_RESERVED = regex(
    rb"(?i)(?:\A|\.)(?:example(?:\.(?:com|org|net|edu))?|test|invalid|localhost|local|domain\.(?:com|tld)|host\.(?:com|tld))\Z"
)
_KINDS_OF = (rb"[a-z]", rb"[A-Z]", rb"\d", rb"[^A-Za-z\d]")
_SENTRY = regex(rb"[0-9a-f]{32}\Z")
# what the first word of a scheme opens: a name of ours, and what is behind it
_SCHEMES: tuple[tuple[str, str, str], ...] = (
    ("PostgreSQL", "a database", "postgres postgresql redshift cockroachdb timescale psql"),
    ("MySQL", "a database", "mysql mariadb mysqlx"),
    ("MongoDB", "a database", "mongodb mongo"),
    ("Redis", "a database", "redis rediss valkey"),
    ("SQL Server", "a database", "mssql sqlserver jtds"),
    ("Oracle", "a database", "oracle"),
    ("Snowflake", "a database", "snowflake"),
    ("ClickHouse", "a database", "clickhouse clickhousedb ch"),
    ("database", "a database", "neo4j bolt cassandra couchdb influxdb trino presto hive impala db2 firebird vertica teradata"),
    ("database", "a database", "elasticsearch arangodb dremio exa ibm_db_sa"),
    ("message broker", "a message broker", "amqp amqps mqtt mqtts nats stomp kafka pulsar celery"),
    ("file server", "a file server", "ftp ftps ftpes sftp scp smb cifs webdav davs afp irods rsync"),
    ("login of a machine", "a machine", "ssh telnet vnc rdp"),
    ("mail server", "a mail server", "smtp smtps imap imaps pop3 pop3s submission"),
    ("directory", "a directory of people", "ldap ldaps"),
    ("proxy", "a proxy", "socks socks4 socks5 socks5h"),
    ("object store", "an object store", "s3 minio swift cloudinary b2"),
    ("repository", "a repository", "git svn hg"),
)
_KINDS = {name.encode(): (kind, opens) for kind, opens, names in _SCHEMES for name in names.split()}


class Address(Record):
    """An address with a password: its span, that of the password, what it opens by names of ours; nothing is judged yet."""

    start: int
    end: int
    scheme: bytes
    user: bytes
    password: bytes
    host: bytes
    token: bool = False  # there is no password: a token stands in the place of the user
    kind: str = "web address"
    opens: str = "a server"


def found(view: Text) -> list[Address]:
    """Return the addresses of a text whose password is one, in order."""
    seen = [address for address in _all(view) if real(address)]
    seen.sort(key=lambda address: address.start)
    return seen


def _all(view: Text) -> Iterator[Address]:
    for start, end in view.matches(URL):
        address = _url(view, start, end)
        if address:
            yield address
    for start, end in view.matches(CODED):
        address = _coded(view, start, end)
        if address:
            yield address
    for start, end in view.matches(GO):
        low = max(view.segment(start).start, start - 200)
        match = _GO.search(view.data[low:start])
        if match:
            host = view.data[start:end].partition(b"(")[2].partition(b")")[0]
            yield _made(low + match.start(), end, b"mysql", (match.group(1), match.group(2), host.partition(b":")[0]))
    for start, end in view.matches(ORACLE):
        user, _slash, password = view.data[start : end - 1].rpartition(b":")[2].partition(b"/")
        yield _made(start, end, b"oracle", (user, password, _host(view, end)))


def _made(start: int, end: int, scheme: bytes, parts: tuple[bytes, bytes, bytes], *, token: bool = False) -> Address:
    user, password, host = parts
    base = scheme.lower().partition(b"+")[0]
    kind, opens = _KINDS.get(base, ("web address", "a server"))
    return Address(
        start=start, end=end, scheme=scheme.lower(), user=user, password=password, host=host, token=token, kind=kind, opens=opens
    )


def _host(view: Text, at: int) -> bytes:
    match = _NAME.match(view.data, at)
    name = match.group() if match else b""
    return name if name.startswith(b"[") else name.partition(b":")[0].rstrip(b".")


def _url(view: Text, start: int, end: int) -> Address | None:
    data = view.data
    before = _SCHEME.search(data[max(0, start - 31) : start])
    scheme = before.group() if before else b""
    inner = data[start + (5 if data[start + 1 : start + 2] == b"\\" else 3) : end - 1]
    user, colon, password = inner.partition(b":")
    base = scheme.lower()
    begin = start - len(scheme)
    if not colon:
        token = base in _TOKENS and values.drawn(user) and not _SENTRY.match(user)
        return _made(begin, end, scheme, (b"", user, _host(view, end)), token=True) if token else None
    if b"/" in password and (base in _PATHS or _PORT.match(password) or b"?" in password):
        return None
    if _PORT.match(password) and b"@" not in user and (b"." in user or user == b"localhost") and b"/" in password:
        return None
    return _made(begin, end, scheme, (user, password, _host(view, end)))


def _coded(view: Text, start: int, end: int) -> Address | None:
    """Return an address that is quoted as a whole, as a parameter of another one."""
    before = _SCHEME.search(view.data[max(0, start - 31) : start])
    inner = unquoted(view.data[start : end - 3])[3:]
    user, colon, password = inner.partition(b":")
    match = _BEYOND.match(view.data, end)
    scheme = before.group() if before else b""
    host = unquoted(match.group()).partition(b":")[0].partition(b"/")[0] if match else b""
    return _made(start - len(scheme), end, scheme, (user, password, host)) if colon else None


def unquoted(value: bytes) -> bytes:
    """Return a value without its percent signs."""
    from urllib.parse import unquote_to_bytes  # noqa: PLC0415 - for texts with such an address only

    return unquote_to_bytes(value)


def real(address: Address) -> bool:
    """Tell whether the password of an address is one."""
    if address.scheme in _OPEN:
        return False
    if address.token:
        return True
    if address.scheme in {b"http", b"https"} and b"sentry" in address.host and _SENTRY.match(address.password):
        return True  # the old form with both keys
    return worth(address.password, address.user, address.host)


def worth(password: bytes, user: bytes, host: bytes) -> bool:
    """Tell whether a password is one: it stands for nothing else, is no default, and no part of what stands beside it."""
    plain = unquoted(password) if b"%" in password else password
    if values.placeholder(password) or _shown(password) or values.placeholder(plain):
        return False
    word = bytes(byte for byte in plain if byte > 0x7F or chr(byte).isalpha())
    if len(plain) - len(word) < 5 and len(word) > 3 and values.placeholder(word):
        return False  # a word of no meaning with a sign in it
    return values.drawn(plain) or values.strong(plain) or (not _beside(plain.lower(), user.lower(), host) and _chosen(plain, host))


def _beside(low: bytes, name: bytes, host: bytes) -> bool:
    """Tell whether a password is made of the name of its user, or is a part of the host."""
    rest = low.replace(name, b"", 1) if len(name) > 1 else low
    return len(low) < 5 or low in host.lower() or (rest != low and (len(rest) < 4 or values.placeholder(rest)))


def _chosen(plain: bytes, host: bytes) -> bool:
    """Tell whether somebody has chosen a password: with digits anywhere, a mere word only for a host that can be reached."""
    kinds = sum(re.search(each, plain) is not None for each in _KINDS_OF)
    if values.password(plain) or (kinds > 2 and len(plain) > 4):
        return True
    if _LOCAL.match(host) or _RESERVED.search(host) or host.startswith((b"{", b"$", b"%", b"<", b"(")):
        return len(plain) >= 20 and not plain.isalpha()
    return len(plain) >= (8 if plain.isalpha() else 6)


def _shown(password: bytes) -> bool:
    """Tell whether a password is shown as a template or a pattern is."""
    if password.startswith((b"$", b"{", b"[", b"(", b"%(", b"%s", b"<", b":")) and not values.drawn(password.strip(b"${}[]()")):
        return True
    return re.search(rb"\$\{|\{\w*\}|\{[a-z_.]+\}|%s|%\(|\*\*|\[\^|\.\.\.|\(\?|#\{|\|", password) is not None
