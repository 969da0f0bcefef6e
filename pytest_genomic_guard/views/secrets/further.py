"""Secrets without a name beside them: returned by what is called so, given where a condition fails, the key of a signature.

The arguments are those of the packages' own references (as of 2024, from general knowledge): pyca/cryptography `Fernet(key)`,
PyJWT `encode(payload, key)` and `decode(jwt, key)`, itsdangerous `Serializer(secret_key)` and `Signer(secret_key)`, the standard
library's `hmac.new(key)`, PyNaCl `SecretBox(key)`, comet_ml `Experiment(api_key)`, whose keys have 25 letters and digits;
python-oracledb's connection string is `user/password@host:port/service`. Every repeat is bounded.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import names, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_QUOTED = (
    rb"""[bru]{0,2}(?P<quote>\\{0,2}["'])(?=[^"'\s]{0,60}?\d)(?=[^"'\s]{0,60}?[A-Za-z])(?P<value>[^"'\s\\]{LEAST,200}+)(?P=quote)"""
)
_TEXT, _LONG = _QUOTED.replace(b"LEAST", b"8"), _QUOTED.replace(b"LEAST", b"16")
ELSE = Rule(
    name="assigned-else",
    anchors=(b' else "', b" else '", b' else b"', b" else b'", b' else \\"', b" else \\'"),
    pattern=rb" else " + _TEXT,
)
MADE = Rule(
    name="assigned-made",
    anchors=(b"default_factory",),
    pattern=rb"default_factory[ \t]{0,4}=[ \t]{0,4}lambda[ \t]{0,4}:[ \t]{0,4}(?:[A-Za-z]\w{0,24}\()?" + _TEXT,
)
RETURNED = Rule(
    name="assigned-returned",
    anchors=(b'return "', b"return '", b'return b"', b"return b'", b'return \\"', b"return \\'"),
    pattern=rb"return " + _LONG,
)
KEYED = Rule(
    name="assigned-keyed",
    anchors=(b"Fernet(", b"SecretBox(", b"Serializer(", b"Signer(", b"hmac.new(", b"HMAC.new(", b"hmac.HMAC(", b"hmac.digest("),
    pattern=rb"(?:Fernet|SecretBox|Serializer|Signer|(?:hmac|HMAC)\.(?:new|HMAC|digest))\(\s{0,20}+"
    rb"(?:(?:secret_)?key[ \t]?=[ \t]?)?" + _LONG + rb"\s{0,20}+[,)]",
)
SIGNED = Rule(
    name="assigned-signed",
    anchors=(b"jwt.encode(", b"jwt.decode(", b"jwt.sign(", b"jwt.verify(", b"JWT.encode", b"JWT.decode"),
    pattern=rb"(?:jwt|JWT)\.(?:encode|decode|sign|verify)[( ][^;]{1,200}?,\s{0,20}+" + _LONG + rb"\s{0,20}+[,)]",
)
COMET = Rule(
    name="assigned-experiment",
    anchors=(b"Experiment(",),
    pattern=rb"""Experiment\(\s{0,20}+(?P<quote>\\{0,2}["'])(?P<value>[A-Za-z0-9]{25})(?P=quote)""",
)
ORACLE = Rule(
    name="assigned-oracle",
    anchors=(b"connect(", b"create_pool(", b"SessionPool(", b"Connection("),
    pattern=rb"(?:connect|create_pool|SessionPool|Connection)\(\s{0,20}+(?:\w{1,12}[ \t]{0,2}=[ \t]{0,2})?"
    rb"""(?P<quote>\\{0,2}["'])[\w.$\#-]{1,64}/(?P<value>[^"'\s/\\]{4,64})@[\w.-]{1,100}(?::\d{1,5})?(?:[/:][\w.$]{1,64}){0,2}(?P=quote)""",
)
PARTED = Rule(
    name="assigned-parted",
    anchors=(
        *(b'" + "', b"' + '", b'" + \\\n', b"' + \\\n", b'" + \\\r\n', b'" \\\n', b"' \\\n", b'" +\n', b"' +\n"),
        *(b"%c\n%c" % (quote, after) for quote in b"\"'" for after in b" \t\"'"),
    ),
    pattern=rb"""["'][ \t]{0,4}(?:\+[ \t]{0,4})?(?:\\?\r?\n)?[ \t]{0,40}+["'][\w-]{8,200}+["']""",
)
RULES = (ELSE, MADE, RETURNED, KEYED, SIGNED, COMET, ORACLE, PARTED)
NAMES = frozenset(rule.name for rule in RULES)

_NEAR = 400  # bytes before a value in which the name stands that it belongs to
_LINE = regex(rb"\\n|\n")
_GIVEN = regex(rb"""[ \t]{0,40}(?:[\w.]{1,60}\[)?["']?([A-Za-z_][\w.-]{0,79})["']?\]?[ \t]{0,4}(?::[^=\n]{1,60})?=(?!=)""")
_FIELD = regex(rb"(?:\n|\\n|\A)(?:[ \t>-]{0,12}\d{1,5}(?=[ \t]))?[ \t]{0,40}([A-Za-z_]\w{0,63})[ \t]{0,4}(?::[^=\n]{1,80})?=")
_CALLED = regex(rb"(?<![\w.])(?:def|function|func|fn|fun|sub)[ \t]{1,4}([A-Za-z_]\w{0,63})")


def read(rule: str, match: re.Match[bytes], data: bytes, least: int) -> Iterator[tuple[int, bytes, bytes, str]]:
    """Yield offset and value of what a match holds, with the name that it belongs to, and what that is of."""
    name, kind = b"", "password" if rule == ORACLE.name else "secret"
    value = match["value"]
    if rule in {ELSE.name, MADE.name, RETURNED.name}:
        name = _name(rule, data[max(least, match.start() - _NEAR) : match.start()])
        kind = names.kind(name)
    if not kind or (kind != "password" and not values.drawn(value)):
        return
    if rule == RETURNED.name and not values.drawn(value):
        return
    yield match.start("value"), value, name, kind


def _name(rule: str, before: bytes) -> bytes:
    """Return the name that what follows is given to: of the line, of the field, of the function."""
    if rule == ELSE.name:
        told = _GIVEN.match(_LINE.split(before)[-1])
        return told[1] if told else b""
    found = (_FIELD if rule == MADE.name else _CALLED).findall(before)
    name: bytes = found[-1] if found else b""
    return name
