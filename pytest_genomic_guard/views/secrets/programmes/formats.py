"""Credentials that are whole formats: files by their first bytes and names, JSON of clients, tokens that say who issued them."""

from __future__ import annotations

import re
from bisect import bisect_left

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets import jwt
from pytest_genomic_guard.views.secrets.programmes import others, rules, shapes, table
from pytest_genomic_guard.views.secrets.programmes.seen import Seen, of
from pytest_genomic_guard.views.secrets.values import placeholder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.secrets.programmes.table import Programme
    from pytest_genomic_guard.views.text import Text

_BOM = 3
_DBGAP_PAGE = table.DBGAP.revoke
_WHOLE = {
    b"ncbi_gap": ("SEC201", "dbGaP repository key", "dbGaP repository key (.ngc)"),
    b"ncbikart": ("SEC201", "dbGaP cart", "dbGaP cart (.krt)"),
    b"NCBInenc": ("SEC202", "NCBI-encrypted data", "NCBI-encrypted file"),
    b"NCBIkenc": ("SEC202", "NCBI-encrypted data", "NCBI-encrypted file"),
    b"NCBIsenc": ("SEC202", "NCBI-encrypted data", "NCBI-encrypted file"),
}
_IN_BASE64 = {b"bmNiaV9": b"ncbi_gap", b"bmNiaWt": b"ncbikart", b"TkNCSW5": b"NCBInenc", b"TkNCSWt": b"NCBIkenc"}
_TICKET = ("SEC201", "dbGaP download ticket", "download ticket of dbGaP in the settings of the SRA toolkit")
_KEY = ("SEC201", "dbGaP encryption key", "dbGaP encryption key in the settings of the SRA toolkit")
_KEY_FILE = ("SEC201", "dbGaP encryption key", "file with the password of a dbGaP project (.enc_key)")
_FILE_TOKEN = regex(
    rb"(?i)[-_.](?:api[-_.]?)?(?:token|api[-_.]?key|key|secret|password|passwd)s?(?:\.(?:txt|key|token|secret|pem|dat))?\Z"
)
_PROGRAM = (b".py", b".r", b".md", b".rst", b".html", b".js", b".ts", b".java", b".sh")
_GIVEN_OUT = regex(rb"token: (" + shapes.UUID + rb")\r?\n\Z")
_GIVEN_BACK = regex(rb"[\"'][ ]?([0-9A-Za-z]{20,64})")
_UNREADABLE = regex(rb"[^\t\n\r -~]")
_ENDS = regex(rb"""[^\s"'\\<>&]{1,400}""")
_AROUND, _FAR = 6000, 8200  # bytes of an object around a name in it; what was looked at for the name before is stepped over
_TEXT = regex(rb"""(?:username|password)\\{0,3}"\s{0,8}:\s{0,8}\\{0,3}"([^"\r\n\\]{1,200})""")
_CELL = regex(rb"%%(?:write)?file [^\n]{0,200}\n")
_MAIL = regex(rb"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,5}")
_PAIRED = regex(rb"""api_key\\?["']\s{0,8}:\s{0,8}\\?["']([\w.+/=-]{20,8000}+)""")
_BRACE = regex(rb"[{}]")
_SECRET = regex(rb"""(?<![\w])"?\\?["']?d\\?["']\s{0,8}:\s{0,8}\\?["']([\w-]{40,1400})""")
_SMART = (b"rs384", b"es384", b"fhir", b"smart", b"epic", b"cerner", b"key_ops", b"backend")
_PASSPORT = "NIH RAS or dbGaP passport (JWT)"
_SERVICE = regex(rb"""private_key\\?["']\s{0,8}:\s{0,8}\\?["']-----BEGIN""")
_ISSUED: dict[str, Programme] = {
    "NIH RAS": table.DBGAP,
    "Gen3": table.GEN3,
    "Synapse": table.SYNAPSE,
    "EGA": table.EGA,
    "Terra": table.TERRA,
    "Seven Bridges": table.SBG,
}
_RESEARCH = next(each for each in others.OTHERS if each.subject.startswith("Life Science"))
_FURTHER = (
    (regex(rb"(?i)nih\.gov/dbgap|dbgap|ras\.nih\.gov|sts\.nih\.gov"), table.DBGAP),
    (regex(rb"(?i)ga4gh_(?:passport|visa)|lifescience|elixir"), _RESEARCH),
    (regex(rb"(?i)illumina\.com|basespace"), table.BASESPACE),
    (regex(rb"(?i)gdc\.cancer\.gov|nci-gdc"), table.GDC),
    (regex(rb"(?i)dnanexus"), table.DNANEXUS),
    (regex(rb"(?i)epic\.com|/interconnect|fhir|cerner|smarthealth|medplum"), table.FHIR),
    (regex(rb"(?i)cbioportal"), next(each for each in others.OTHERS if each.subject.startswith("cBio"))),
)


def found(view: Text) -> Iterator[Seen]:
    """Yield the credentials of a text that their own format tells."""
    if view.artifact.kind == "name":
        yield from _names(view)
        return
    yield from _first_bytes(view)
    yield from _settings(view)
    yield from _logins(view)
    yield from _pairs(view)
    yield from _keys(view)
    yield from _pets(view)
    yield from _refused(view)
    yield from _tokens(view)
    for start, _end in _hits(view, rules.CBIOPORTAL.name):
        before = _GIVEN_OUT.search(view.data, max(0, start - 100), start)
        if before and not shapes.invented(before[1]):
            yield of(_other("cBio"), *before.span(1))


def _hits(view: Text, name: str) -> Iterator[tuple[int, int]]:
    return iter(view.hits.get(name, ()))


def _ncbi(start: int, end: int, told: tuple[str, str, str]) -> Seen:
    code, subject, what = told
    opens = table.DBGAP.opens if code == "SEC201" else "controlled-access data for who has its key"
    revoke = (
        _DBGAP_PAGE
        if code == "SEC201"
        else "the project's key in the dbGaP authorized access page, and tell the NIH data access committee"
    )
    return Seen(start=start, end=end, code=code, subject=subject, what=what, opens=opens, revoke=revoke, long=False)


def _names(view: Text) -> Iterator[Seen]:
    data = view.data
    for start, end in _hits(view, rules.NAMED.name):
        text = data[start:end].lower()
        base = data[data.rfind(b"/", 0, start) + 1 :]
        if text == b".enc_key":
            yield _ncbi(start, end, _KEY_FILE)
        elif text.startswith(b"gdc") and not base.lower().endswith(_PROGRAM):
            yield of(table.GDC, start, end, "file that is named as the GDC portal names its tokens", long=False)
        elif text.startswith(b".ukb"):
            yield of(_other("UK Biobank"), start, end, "key file of ukbfetch (.ukbkey)", long=False)
        elif text.startswith(b".irods"):
            yield of(_other("iRODS"), start, end, "password file of iRODS, which anybody can unscramble (.irodsA)", long=False)
    base_at = data.rfind(b"/") + 1
    for rule, programme in zip(rules.WORDS, others.PROGRAMMES, strict=True):
        for start, end in view.hits.get(rule.name, ()):
            if start >= base_at and _FILE_TOKEN.search(b"-" + data[base_at:]) and not data.lower().endswith(_PROGRAM):
                yield of(programme, start, end, f"file that is named as one with a {programme.subject}", long=False)


def _other(word: str) -> Programme:
    return next(each for each in others.OTHERS if each.subject.startswith(word))


def _first_bytes(view: Text) -> Iterator[Seen]:
    """Yield what begins with the first bytes of NCBI's formats, in base64 as well."""
    inner = bool(view.trail) and view.trail[-1] == "base64"
    for start, end in _hits(view, rules.MAGIC.name):
        segment = view.segment(start)
        first = start - segment.start <= _BOM and segment.line == 1 and segment.column == 1 and not inner
        shown = (
            re.match(rb"(?:\\x[0-9a-f]{2}|[^\s\"'`]){24}", view.data[end : end + 200])
            and b"\\x1f\\x8b" in view.data[end : end + 12]
        )
        if (first and len(view.data) - start > 8 and not _said(view, end)) or shown:
            yield _ncbi(start, end, _WHOLE[view.data[start:end]])
    for start, end in _hits(view, rules.WRITTEN.name):
        yield _ncbi(start, end, _WHOLE[_IN_BASE64[view.data[start : start + 7]]])
    for start, end in _hits(view, rules.OPENED.name):
        yield _ncbi(start, end, ("SEC201", "dbGaP repository key", "unpacked dbGaP repository key (.ngc)"))
    for start, end in _hits(view, rules.CART.name):
        yield _ncbi(start, end, ("SEC201", "dbGaP cart", "dbGaP cart in clear (.krt), a list of what one project may read"))


def _said(view: Text, end: int) -> bool:
    """Tell whether a text speaks of the first bytes, as documentation does: text goes on, where a file is packed or encrypted."""
    if _UNREADABLE.search(view.data, end, end + 48):
        return False
    return re.match(rb"[ \t]|[\"'`,;:.)]|\s{0,4}\Z", view.data[end : end + 8]) is not None


def _settings(view: Text) -> Iterator[Seen]:
    last = 0
    for start, end in _hits(view, rules.SETTINGS.name):
        value = _ENDS.match(view.data, end) if start >= last else None
        last = value.end() if value else last  # a name within a value is part of it
        if not value or placeholder(value.group()) or b"/" in value.group() or value.group().endswith((b".enc_key", b".key")):
            continue
        near = view.data[max(0, start - 120) : start]
        if (
            b"dbGaP-" in near
            or b"repository" in near
            or (b"ticket" in view.data[start:end] and b"dbGaP" in view.data[max(0, start - 4000) : end + 4000])
        ):
            ticket = b"ticket" in view.data[start:end]
            yield _ncbi(start, value.end(), _TICKET if ticket else _KEY)


def _logins(view: Text) -> Iterator[Seen]:
    """Yield a username and a password that are all of a JSON file, with an address of mail or a word of EGA."""
    for start, end in _hits(view, rules.LOGIN.name):
        segment = view.segment(start)
        before = (
            _CELL.sub(b"", view.data[max(segment.start, start - 128) : start])
            .replace(b"\\n", b"")
            .strip(b"\xef\xbb\xbf \t\r\n\"'`\\")
        )
        after = view.data[end : min(view.end(segment), end + 64)].strip()
        fields = {match.group()[:1]: match for match in _TEXT.finditer(view.data, start, end)}
        if len(fields) != 2:
            continue
        user, secret = fields[b"u"][1], fields[b"p"]
        path = view.artifact.path.lower()
        said = (
            re.search(rb"(?:^|[^a-z])e?ega(?:[^a-z]|d?cred|$)|credential", path)
            or b"ega" in view.data[max(0, start - 200) : start].lower().split()
        )
        whole = before in {b"{", b""} and not after.replace(b"\\n", b"").strip(b"'\"`\\")
        if not whole or not (said or _MAIL.fullmatch(user) or user.startswith(b"ega-box")) or placeholder(user):
            continue
        if not placeholder(secret[1]) and not shapes.default(secret[1]) and len(secret[1]) >= 6:
            yield of(table.EGA, *secret.span(1), "login file of the form that EGA's download client reads", long=False)


def _near(hits: Sequence[tuple[int, int]], reach: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text around hits, those that overlap as one: nothing is looked at twice."""
    begin = end = -1
    for start, stop in hits:
        if start - reach > end:
            if end >= 0:
                yield begin, end
            begin = max(0, start - reach)
        end = stop + reach
    if end >= 0:
        yield begin, end


def _pairs(view: Text) -> Iterator[Seen]:
    hits = view.hits.get(rules.PAIR.name, ())
    places = [start for start, _end in hits]
    for begin, end in _near(hits, _FAR):
        for value in _PAIRED.finditer(view.data, begin, end):
            if placeholder(value[1]) or not (value[1].startswith(b"eyJ") or len(value[1]) > 60):
                continue
            after = bisect_left(places, value.start())
            gaps = [(place_end, value.start()) for _place, place_end in hits[max(0, after - 1) : after]]
            gaps += [(value.end(), place) for place in places[after : after + 1]]
            if any(right - left <= _FAR and not _BRACE.search(view.data, left, right) for left, right in gaps):
                yield of(table.GEN3, *value.span(1), "Gen3 API key (credentials.json)")


def _keys(view: Text) -> Iterator[Seen]:
    """Yield private keys in JSON that SMART backend services or Epic sign with."""
    covered = 0
    for start, end in _hits(view, rules.JWK.name):
        begin = max(view.data.rfind(b"{", max(0, start - _AROUND), start), start - _AROUND, 0)
        stop = view.data.find(b"}", end, end + _AROUND)
        stop = stop if stop >= 0 else min(len(view.data), end + _AROUND)
        told = None
        for secret in _SECRET.finditer(view.data, max(begin, covered), stop):
            if told is None:
                around = (view.data[max(0, begin - 1500) : stop + 800] + b"\n" + view.artifact.path).lower()
                told = any(word in around for word in _SMART)
            if told and not shapes.invented(secret[1]):
                yield of(table.FHIR, *secret.span(1), "private key in JSON, with which a client of SMART on FHIR or Epic signs in")
        covered = max(covered, stop)


def _refused(view: Text) -> Iterator[Seen]:
    """Yield tokens of REDCap that its client shows in its complaint of them."""
    for start, end in _hits(view, rules.REFUSED.name):
        value = _GIVEN_BACK.search(view.data, start, end)
        if value and not shapes.invented(value[1]):
            yield of(table.REDCAP, *value.span(1))


def _pets(view: Text) -> Iterator[Seen]:
    for begin, end in _near(view.hits.get(rules.PET.name, ()), _AROUND):
        for secret in _SERVICE.finditer(view.data, begin, end):
            yield of(table.TERRA, *secret.span(), "key of a pet service account of Terra", long=False)


def _tokens(view: Text) -> Iterator[Seen]:
    for start, end in view.hits.get(jwt.RULE.name, ()):
        value = view.data[start:end]
        token = jwt.told(value)
        if token is None or not token.live:
            continue
        if token.issuer in _ISSUED:
            yield of(_ISSUED[token.issuer], start, end, _PASSPORT if token.issuer == "NIH RAS" else "")
        elif token.issuer == "Life Science AAI":
            yield of(_RESEARCH, start, end, "Life Science login token (JWT)")
        elif payload := _payload(value):
            for pattern, programme in _FURTHER:
                if pattern.search(payload):
                    yield of(programme, start, end, _PASSPORT if programme is table.DBGAP else "")
                    break


def _payload(value: bytes) -> bytes:
    """Return what a token says of itself, as bytes."""
    from binascii import Error, a2b_base64  # noqa: PLC0415 - few texts hold a token

    part = value.split(b".", 2)[1].replace(b"-", b"+").replace(b"_", b"/")
    try:
        return a2b_base64(part[: len(part) - (len(part) % 4 == 1)] + b"=" * (-len(part) % 4))
    except Error:
        return b""
