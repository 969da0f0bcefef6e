"""Private keys as people keep them in text: PEM of all kinds, OpenSSH, PuTTY, ssh.com, OpenPGP, age, WireGuard, and DER in base64.

A header alone is no key: code looks for it and documentation names it. What counts is the body: 60 characters of base64 at least,
that begin as such a key does or look drawn, however the lines are broken: by escapes of JSON, quotes, plus signs, indentation,
marks of comments, line numbers of a traceback. A body with something left out shows a format and opens nothing.

Sources, from general knowledge, not opened again: RFC 7468 and RFC 1421 (PEM), OpenSSH `PROTOCOL.key`, PuTTY `sshpubk.c` (formats 2
and 3), RFC 4716, RFC 4880, the age specification (C2SP/C2SP `age.md`: Bech32 with the prefix AGE-SECRET-KEY-), wg(8), GnuPG
`agent/keyformat.txt`.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.bounds import BASE64
from pytest_genomic_guard.views.secrets import der

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.text import Text

_REACH = 24 << 10  # bytes in which a key ends; one of 16,384 bits in PEM takes 13,000
_LEAST = 60  # characters of base64 of the shortest key: Ed25519 in PKCS #8 has 64

PEM = Rule(
    name="private-key-pem",
    anchors=(b"-----BEGIN ", b"---- BEGIN SSH2 "),
    pattern=rb"(?:-----BEGIN|---- BEGIN SSH2)(?: [A-Z0-9]{1,16}){0,3} PRIVATE KEY(?: BLOCK)?(?:-----| ----)",
)
PUTTY = Rule(
    name="private-key-putty",
    anchors=(b"PuTTY-User-Key-File-",),
    pattern=rb"PuTTY-User-Key-File-\d: ?[\w.@-]{2,64}(?:\\[rn]|[\s\"',+]){1,16}Encryption: ?(?:none|[\w-]{3,32})",
)
AGE = Rule(name="private-key-age", anchors=(b"AGE-SECRET-KEY-1",), pattern=rb"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}(?![A-Z0-9])")
WIREGUARD = Rule(
    name="private-key-wireguard",
    anchors=(b"privatekey",),
    pattern=rb"(?i)privatekey[ \t]{0,8}=[ \t]{0,8}[A-Z0-9+/]{42}[AEIMQUYcgkosw048]=(?![A-Z0-9+/=])",
    face="lower",
)
# RSA, PKCS #8 of RSA, elliptic curves in PKCS #8 and SEC 1, Ed25519: what their first elements are in base64
BARE = Rule(
    name="private-key-bare",
    anchors=(
        b"IBAAKC",
        b"IBAAKB",
        b"IBADANBgkqhkiG9w0BAQEFAASC",
        b"AgEAMBMGByqGSM49AgE",
        b"AgEAMBAGByqGSM49AgE",
        b"MHcCAQEEI",
        b"MC4CAQAwBQYDK2V",
    ),
    pattern=rb"(?<=MII[A-Z][A-Za-z0-9+/][AQgw])I[\w+/=\\]{60,8192}+|(?<=MII[A-Z][A-Za-z0-9+/])[AQgw]?IBADAN[\w+/=\\]{60,8192}+"
    rb"|(?<=MI[GH][A-Za-z0-9+/])AgEA[\w+/=\\]{60,400}+|(?<![A-Za-z0-9+/])M(?:HcCAQEEI|C4CAQAwBQYDK2V)[\w+/=\\]{40,300}+",
)
# `-----BEGIN` in base64, as it falls on the quartets
CODED = Rule(
    name="private-key-coded",
    anchors=(b"LS0tLS1CRUdJTi", b"0tLS0tQkVHSU4g", b"tLS0tLUJFR0lOI"),
    pattern=rb"(?:LS0tLS1CRUdJTi|0tLS0tQkVHSU4g|tLS0tLUJFR0lOI)[A-Za-z0-9+/]{16,8192}+={0,2}",
)
XML = Rule(
    name="private-key-xml",
    anchors=(b"<RSAKeyValue>",),
    pattern=rb"<RSAKeyValue>(?:\s{0,40}+<\w{1,12}>[A-Za-z0-9+/=\s]{1,3000}+</\w{1,12}>){2,7}?\s{0,40}+<D>[A-Za-z0-9+/=\s]{40,3000}+</D>",
)
AGENT = Rule(
    name="private-key-agent",
    anchors=(b"(11:private-key(", b"(21:protected-private-key(", b"Key: (private-key ", b"Key: (protected-private-key "),
    pattern=rb"(?:\((?P<a>11:private|21:protected-private)-key\(\d|Key: \((?P<b>private|protected-private)-key \(\w{2,10}[ (\n])",
)
RULES = (PEM, PUTTY, AGE, WIREGUARD, BARE, CODED, XML, AGENT)

_LINES = regex(rb"\\+[rnt]|\\+u000[adAD]|&#(?:10|13|x[aAdD]);|<br ?/?>")
_SLASH = regex(rb"\\+/|\\+u002[fF]")
_SIGNS = regex(rb"\\+u00(?:3d|3D|2b|2B)")
_RUN = regex(rb"[A-Za-z0-9+/=]{4,}+")
_CUT = regex(rb"\.\.|\xe2\x80\xa6|\*\*\*|xxxx|XXXX|<[a-z]|\[[a-z]|\{\{|\$\{|\w_\w{1,20}_\w")
_HEADER = regex(
    rb"(?:Proc-Type|DEK-Info|Version|Comment|Subject|Charset|Hash|X-[\w-]{1,30}|Private-Lines|Public-Lines|Key-Derivation)"
    rb": ?[^\r\n\\\"]{0,200}"
)
_NEXT = regex(rb"(?:(?:\\r)?\\n|\r?\n[ \t]*)[A-Za-z0-9+/]{60,}+")
_GAP = 48  # bytes between two lines of a body: quotes, a plus, the indentation and mark of the next
_KINDS = {
    b"RSA": "RSA private key",
    b"EC": "EC private key",
    b"DSA": "DSA private key",
    b"OPENSSH": "OpenSSH private key",
    b"PGP": "OpenPGP private key",
    b"SSH2": "SSH2 private key",
}


class Key(Record):
    """A private key: from where to where, of which kind by a name of ours, whether it is locked, and how long its body is."""

    start: int
    end: int
    kind: str
    locked: bool = False
    size: int = 0  # characters
    bits: int = 0  # of an RSA modulus, where its length is told
    key: str = ""  # name of what holds it


def found(view: Text) -> list[Key]:
    """Return the keys of a text in order, each once."""
    keys = [key for start, end in view.matches(PEM) if (key := _pem(view, start, end))]
    keys += (key for start, end in view.matches(PUTTY) if (key := _putty(view, start, end)))
    keys += (
        Key(start=start, end=end, kind="age identity", size=end - start)
        for start, end in view.matches(AGE)
        if _random(view.data[start + 16 : end])
    )
    keys += (
        Key(start=start, end=end, kind="WireGuard private key", size=44)
        for start, end in view.matches(WIREGUARD)
        if _random(view.data[end - 44 : end])
    )
    keys += (Key(start=start, end=end, kind="RSA private key in XML", size=end - start) for start, end in view.matches(XML))
    keys += (
        Key(start=start, end=end, kind="GnuPG agent key", locked=b"protected" in view.data[start:end])
        for start, end in view.matches(AGENT)
    )
    keys += (key for start, end in view.matches(CODED) if (key := _coded(view, start, end)))
    keys.sort(key=_start)
    begins, more = [key.start for key in keys], list[Key]()
    for start, end in view.matches(BARE):
        before = bisect_right(begins, start)
        if (not before or keys[before - 1].end <= start) and (bare := _bare(view, start, end)):
            more.append(bare)
    keys = sorted([*keys, *more], key=_start)
    return [key.replace(key=holder(view.data, key.start)) for key in keys]


def holder(data: bytes, at: int) -> str:
    """Return the name to which what begins at an offset is given, or "" when none is."""
    before = data[max(0, at - 120) : at]
    match = _HOLDER.search(before)
    return match.group(1).decode() if match else ""


_HOLDER = regex(
    rb"(?<![\w.-])([A-Za-z_][\w.-]{0,63})[\"'\])\\]{0,4}[ \t]{0,8}(?::=|<-|[:=])[ \t]{0,8}"
    rb"(?:[|>][+-]?)?[\s(\[]{0,24}[brfuBRFU]{0,2}[\"'`\\]{0,4}[\s\\n]{0,24}$"
)


def _start(key: Key) -> int:
    return key.start


def _pem(view: Text, start: int, end: int) -> Key | None:
    limit = min(view.end(view.segment(start)), end + _REACH)
    label = view.data[start:end]
    tail = b"-----END" if label.startswith(b"-----") else b"---- END"
    again = min((at for at in (view.data.find(mark, end, limit) for mark in PEM.anchors) if at >= 0), default=-1)
    limit = again if again >= 0 else limit
    stop = view.data.find(tail, end, limit)
    limit = stop if stop >= 0 else limit
    raw = view.data[end:limit]
    body, last = content(raw)
    word = b"SSH2" if b"SSH2" in label else label.partition(b" PRIVATE")[0].rpartition(b" ")[2]
    state = _judged(word, body, closed=stop >= 0, cut=_CUT.search(_HEADER.sub(b"", raw[:last])) is not None)
    if not state:
        return None
    locked = state == "locked" or b"ENCRYPTED" in raw[:200] or word == b"ENCRYPTED"
    kind = _KINDS.get(word, "private key")
    closing = view.data[limit : limit + 80].find(tail[:5], 5) if stop == limit else -1
    over = limit + closing + 5 if closing > 0 else end + last
    return Key(start=start, end=over, kind=kind, locked=locked, size=len(body), bits=_bits(word, body))


def _judged(word: bytes, body: bytes, *, closed: bool, cut: bool) -> der.State:
    """Tell whether a body is that of a private key: by its structure, or because it looks drawn and is long enough."""
    if len(body) < _LEAST:
        return ""
    data = decoded(body)
    state: der.State = {b"OPENSSH": der.openssh, b"PGP": der.pgp, b"SSH2": der.ssh2}.get(word, der.private)(data)
    whole = der.element(data, 0)
    if cut:
        return state if state and whole and whole[2] <= len(data) + 2 and word not in {b"OPENSSH", b"PGP", b"SSH2"} else ""
    if not _random(body) and not (state and len(set(body)) >= 12):
        return ""
    if not closed and len(body) < 2 * _LEAST:
        return ""
    return state or "clear"


def _bits(word: bytes, body: bytes) -> int:
    return der.bits(decoded(body[:64])) if word == b"RSA" else 0


def _random(body: bytes) -> bool:
    """Tell whether base64 looks drawn: all kinds of letters, none of which is most of it."""
    few = body[:400]
    return len(set(few)) >= 16 and max(few.count(each) for each in set(few)) <= len(few) // 3 and re.search(rb"\d", few) is not None


def content(raw: bytes) -> tuple[bytes, int]:
    """Return the base64 that the lines behind a header are, and where the last of them ends."""

    def blank(match: re.Match[bytes]) -> bytes:
        return b" " * len(match.group())

    text = _HEADER.sub(blank, _LINES.sub(blank, raw))
    text = _SLASH.sub(lambda match: b"/".rjust(len(match.group())), text)
    text = _SIGNS.sub(lambda match: (b"=" if b"3" in match.group() else b"+").rjust(len(match.group())), text)
    parts: list[bytes] = []
    last, end = 0, 0
    for run in _RUN.finditer(text):
        long = run.end() - run.start() >= 32
        if not long and (not parts or run.start() - last > _GAP):
            continue  # a word
        if parts and run.start() - last > 3 * _GAP:
            break
        parts.append(run.group())
        last = end = run.end()
        if not long and len(parts) > 1 and len(parts[-2]) < 32:
            break  # words behind the last line
    return b"".join(parts), end


def decoded(body: bytes) -> bytes:
    """Return what base64 is, as far as it goes."""
    from binascii import Error, a2b_base64  # noqa: PLC0415 - few texts hold a key

    body = body.replace(b"=", b"")
    try:
        return a2b_base64(body[: len(body) // 4 * 4] + (body[len(body) // 4 * 4 :] + b"==" if len(body) % 4 > 1 else b""))
    except Error:
        return b""


def _putty(view: Text, start: int, end: int) -> Key | None:
    raw = view.data[end : min(view.end(view.segment(start)), end + _REACH)]
    lines = raw.find(b"Private-Lines:")
    if lines < 0:
        return None
    body, last = content(raw[lines + 14 : lines + 8192])
    if len(body) < 32 or not _random(body) or _CUT.search(raw[lines : lines + 14 + last]):
        return None
    locked = not view.data[start:end].endswith(b"none")
    return Key(start=start, end=end + lines + 14 + last, kind="PuTTY private key", locked=locked, size=len(body))


def _bare(view: Text, start: int, end: int) -> Key | None:
    """Return a key in DER and base64 that has no header: it begins up to six characters before the anchor."""
    data = view.data
    begin = start
    while start - begin < 8 and begin and data[begin - 1 : begin].isalnum():
        begin -= 1
    at = data.find(b"M", begin, start + 1)
    body = decoded(_LINES.sub(b"", data[at:end]).replace(b"\\", b"").replace(b"_", b"/").replace(b"-", b"+"))
    if at < 0 or der.private(body) != "clear" or not _random(data[start:end]):
        return None
    before = data[max(0, at - 200) : at]
    if b"-----BEGIN" in before[before.rfind(b"-----END") + 1 :]:
        return None  # of a header that has been judged
    return Key(start=at, end=end, kind="private key", size=end - at)


def _coded(view: Text, start: int, end: int) -> Key | None:
    """Return a key whose PEM is base64 again, in runs so short or so broken that they are not decoded before the rules see them."""
    data = view.data
    begin = start
    while begin and start - begin < 6 and (data[begin - 1 : begin].isalnum() or data[begin - 1 : begin] in {b"+", b"/"}):
        begin -= 1
    first = len(data[begin:end].rstrip(b"="))
    following = _NEXT.match(data, end)
    if first >= BASE64 or (first >= _LEAST and following and following.end() - following.start() > _LEAST):
        return None
    run, last = content(data[begin : min(view.end(view.segment(start)), begin + _REACH)])
    for shift in range(4):
        text = decoded(run[shift:])
        at = text.find(b"BEGIN ")
        if at >= 0:
            break
    else:
        return None
    label = text[at : at + 60]
    body, _end = content(text[text.find(b"KEY", at) :])
    if b"PRIVATE KEY" not in label or len(body) < _LEAST or not _random(body):
        return None
    locked = b"ENCRYPTED" in text[at : at + 120] or der.openssh(decoded(body)) == "locked"
    return Key(start=begin, end=begin + last, kind="private key in base64", locked=locked, size=len(run))
