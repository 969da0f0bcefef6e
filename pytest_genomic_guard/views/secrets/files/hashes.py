r"""Hashes of passwords, each told by its whole form: prefix, alphabet and length.

Formats, general knowledge, their documentation not opened: crypt(5) of libxcrypt 4.4 (des, md5, bcrypt, sha256, sha512, scrypt,
gost-yescrypt, yescrypt); Apache httpd 2.4 "Password Formats"; RFC 2307 and OpenLDAP `{SSHA}`; Django 5 `hashers.py`; Werkzeug 3
`security.py`; passlib 1.7; the PHC string format; phpass; pwdump. Dollars can be escaped (`\$`) or doubled (`$$`), as shells and
docker-compose need it.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.files.forms import Seen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_D = rb"(?:\\\$|\$\$?)"  # a dollar
_A64 = rb"[./0-9A-Za-z]"
_END = rb"(?![./0-9A-Za-z])"


def _crypt(name: str, ids: tuple[bytes, ...], body: bytes) -> Rule:
    anchors = tuple(lead + each + after for each in ids for lead, after in ((b"$", b"$"), (b"\\$", b"\\$"), (b"$$", b"$$")))
    return Rule(name=name, anchors=anchors, pattern=_D + b"(?:" + b"|".join(ids) + b")" + _D + body)


_SALT = _A64 + rb"{0,16}+" + _D
RULES = (
    _crypt("hash-sha512", (b"6",), rb"(?:rounds=\d{1,9}" + _D + rb")?" + _SALT + _A64 + rb"{86}" + _END),
    _crypt("hash-sha256", (b"5",), rb"(?:rounds=\d{1,9}" + _D + rb")?" + _SALT + _A64 + rb"{43}" + _END),
    _crypt("hash-md5", (b"1",), _A64 + rb"{1,8}+" + _D + _A64 + rb"{22}" + _END),
    _crypt("hash-apache", (b"apr1",), _A64 + rb"{1,8}+" + _D + _A64 + rb"{22}" + _END),
    _crypt("hash-bcrypt", (b"2a", b"2b", b"2y", b"2x", b"2"), rb"\d\d" + _D + _A64 + rb"{53}" + _END),
    _crypt("hash-yescrypt", (b"y", b"gy"), _A64 + rb"{1,24}+" + _D + _A64 + rb"{1,86}+" + _D + _A64 + rb"{43}" + _END),
    _crypt("hash-scrypt", (b"7",), _A64 + rb"{11,97}+" + _D + _A64 + rb"{43}" + _END),
    _crypt("hash-phpass", (b"P", b"H"), _A64 + rb"{31}" + _END),
    Rule(
        name="hash-argon2",
        anchors=(b"$argon2id$", b"$argon2i$", b"$argon2d$"),
        pattern=rb"\$argon2(?:id|i|d)\$(?<!argon2:.{10})(?<!argon2:.{9})"
        rb"(?:v=\d{1,3}\$)?m=\d{1,9},t=\d{1,6},p=\d{1,4}\$[A-Za-z0-9+/]{8,128}+\$[A-Za-z0-9+/]{16,256}",
    ),
    Rule(
        name="hash-pbkdf2",
        anchors=(b"pbkdf2-sha", b"pbkdf2_sha", b"pbkdf2:sha"),
        pattern=rb"pbkdf2(?:-sha(?:256|512)|_sha(?:1|256|512)|:sha(?:1|256|"
        rb"512)(?::\d{1,8})?)\$(?:\d{1,8}\$)?[./0-9A-Za-z]{4,64}+\$[./0-9A-Za-z+]{27,128}+=?",
    ),
    Rule(
        name="hash-werkzeug",
        anchors=(b"scrypt:32768:8:1$", b"scrypt:16384:8:1$"),
        pattern=rb"scrypt:\d{4,6}:8:1\$[0-9A-Za-z]{4,64}+\$[0-9a-f]{128}",
    ),
    Rule(
        name="hash-django",
        anchors=(b"scrypt$",),
        pattern=rb"scrypt\$\w{4,64}+\$\d{4,6}\$\d{1,3}\$\d{1,3}\$[A-Za-z0-9+/]{60,128}+={0,2}",
    ),
    Rule(
        name="hash-ldap",
        anchors=(b"{SSHA", b"{SHA}", b"{SHA256}", b"{SHA512}", b"{SMD5}", b"{ssha", b"{sha}", b"{CRYPT}", b"{crypt}"),
        pattern=rb"\{(?i:SSHA(?:256|512)?|SHA(?:256|512)?|SMD5)\}[A-Za-z0-9+/]{20,140}+={0,2}|\{(?i:CRYPT)\}[./0-9A-Za-z]{13}"
        + _END,
    ),
    Rule(name="hash-windows", anchors=(b":::",), pattern=rb":::(?<=:[0-9a-fA-F]{32}:[0-9a-fA-F]{32}:::)"),
    Rule(name="hash-des", anchors=(b":99999:",), pattern=rb":99999:\d{0,5}:"),
)
_WHAT = {
    "hash-apache": "the hash of a password of an Apache server (.htpasswd)",
    "hash-ldap": "the hash of a password of a directory (LDAP)",
    "hash-windows": "the hash of a Windows account, which signs in as it is",
    "hash-des": "a DES hash of a Unix account, which is guessed in hours",
    "hash-django": "the hash of a password of a Django site",
    "hash-pbkdf2": "the hash of a password of a web application",
    "hash-werkzeug": "the hash of a password of a Flask application",
}
TOLD = {rule.name: (_WHAT.get(rule.name, "the hash of a password"), "change that password wherever it is used") for rule in RULES}
_BY = {rule.name: rule for rule in RULES}
_DES = regex(rb"(?:^(?:\xef\xbb\xbf)?|[\"'`])[A-Za-z_][\w.-]{0,63}:!?[./0-9A-Za-z]{13}:\d{0,6}:\d{0,6}\Z", re.MULTILINE)
_EMPTY = b"31d6cfe0d16ae931" + b"b73c59d7e0c089c0"  # of no password: NT hash of an account without one


def found(view: Text) -> Iterator[Seen]:
    """Yield the hashes of a text."""
    data = view.data
    for name, rule in _BY.items():
        for start, end in view.matches(rule):
            segment = view.segment(start)
            if segment.context == "markup" or end > view.end(segment):
                continue
            begin = start
            if name == "hash-windows":
                begin = start - 32
                if data[begin:start].lower() == _EMPTY:
                    continue
            elif name == "hash-des":
                line = _DES.search(data, max(segment.start, start - 120), start)
                if not line:
                    continue
                begin = line.start()
            elif len(set(data[start:end].rsplit(b"$", 1)[-1])) < 10:
                continue  # a row of one letter is an example
            yield Seen(form=name, start=begin, end=end)
