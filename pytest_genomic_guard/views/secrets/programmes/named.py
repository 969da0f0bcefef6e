"""Values that a word such as `token` or `password` names, in the grammars of programs, settings, shells, pages and requests."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_WORD = regex(
    rb"(?i)(?:(?:token|secret|passw(?:or)?d|passwd|pwd)s?(?=[^a-z]|_|\Z|(?-i:[A-Z]))|passphrase|(?:api[_-]?)?key(?=[^a-z]|\Z|(?-i:[A-Z]))"
    rb"|(?<!by)(?<!com)(?<!tres)(?<!over)(?<!under)pass(?=[^a-z]|\Z)|authorization|bearer|auth(?=[^a-z]|\Z))"
)
# What every match of it holds, and what can stand before that in it: searched for as fixed bytes, a tenth of the time
_FIXED = (b"token", b"secret", b"pass", b"pwd", b"key", b"bearer", b"auth")
_API = (b"api_", b"api-", b"api")
_COLOUR = rb"(?:(?:\\x1b|\\u001b|\x1b)\[[\d;]{0,16}m){0,3}+"
_QUOTE = rb"""(?:\\{0,3}["'`]{1,3}|&quot;|&\#0?39;|&\#x27;|%22|%27)"""
_AFTER = regex(
    rb"(?:[A-Za-z0-9_-]{0,24}+)"
    + _COLOUR
    + _QUOTE
    + rb"?[\])}]{0,2}"
    + _COLOUR
    + rb"(?P<typed>[ \t]{0,8}+:[ \t]?[A-Za-z_][\w.\[\]| ]{0,30}+(?==))?"
    + rb"(?P<sep>[ \t]{0,40}+"
    + _COLOUR
    + rb"(?:=>|<<?-|:=|={1,3}|:|,|%3[Dd]|\||(?:</?\w{1,10}[^<>]{0,40}>\s{0,8}){1,4}|>|&gt;|is\b|was\b)\s{0,40}+"
    + rb"|[ \t]{1,3}(?:format|value)[ \t:]{1,3}"
    + rb"|,?(?:\s|\\n){1,40}(?=-?\s?[\"']?(?:value|default)[\"']?\s{0,4}[:=])|[ \t]{1,8})"
    + _COLOUR
    + rb"""(?P<via>["']?(?:value|default)["']?\s{0,4}[:=]\s{0,4})?"""
    + rb"(?P<call>[A-Za-z_][\w.:]{0,30}+\(\s{0,8}(?:[A-Za-z_]{1,20}\s{0,2}=\s{0,2})?)?"
    + _COLOUR
    + rb"(?:[bruf]{0,2}(?P<quote>"
    + _QUOTE
    + rb"))?(?:(?:Bearer|Basic|Token|OAuth2?|OAuth|apikey|ApiKey|scitran-user)[ :][ \t]{0,3})?"
    + rb"(?P<value>[^\s\"'`<>\\]{6,8192}+)"
)
_OPTION = regex(
    rb"(?i)(?:(?:^|[\s\"'])--?[a-z0-9_-]{0,20}|(?:ENV|ARG|set|setx|export|local|machine|login|let|global)[ \t]{1,8}[\w-]{0,40})\Z"
)
_SEARCHED = regex(rb"(?i)docsearch|algolia|index_name|indexName|recaptcha")
_CUT = regex(rb"[&,;)\]}|]|%26|&quot;|\x1b")
_OF_NAME = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$-"
_LONG = (
    512  # bytes from which an unquoted value is no name of the next one: where a word is repeated, each would be read to the end
)
_NEVER = regex(
    rb"(?i)authorizationcode|pass[-_]?(?:through|param|rate|fail|count|by|filter|only|on$|to$)|-stdin|public|cache|hash|primary|foreign|sort|md5|sha\d|checksum|digest|etag|index|partition|pad_|mask|next|page|vocab|accession"
    rb"|commit|revision|object|file_|idempot|csrf|continuation|tokeniz|keyword|_file$|_path$|(?:conn|str|field|label|hint|policy|length|regex|format)$|docsearch|_name$|_id$|secretsid$|_url$|keybd|monkey|turkey|donor|sample|record"
)
_MEANT = regex(rb"(?:>|&gt;)[ \t]{1,40}")  # `<a-password> file`: what stands for a value, and the next word of a command
_GETTER = regex(
    rb"(?i)get|env|read|ask|prompt|input|secret|key_|fetch|load|open|resolve|decode|vault|ring|find|param|lookup|hash|md5|sha|len|print"
)
_KINDS = (
    (b"pass", "password"), (b"pwd", "password"), (b"secret", "secret"), (b"key", "key"),
)  # fmt: skip


class Named(Record):
    """A value with the name before it."""

    name: bytes  # the whole identifier
    left: int  # where it begins
    start: int
    end: int
    kind: str
    quoted: bool
    docs: bool  # it is the public key by which pages are searched
    setting: bool  # the value ends the line, or follows an option of a command


def named(data: bytes, begin: int, end: int) -> Iterator[Named]:
    """Yield the values that follow a word for credentials between two offsets, each once."""
    last = begin
    for word in _words(data, begin, end):
        if word.start() < last:
            continue
        found = _AFTER.match(data, word.end())
        if not found:
            continue
        left = word.start() - 48 if word.start() - begin > 48 else begin
        left += len(data[left : word.start()].rstrip(_OF_NAME))
        right = found.start("sep") if found["typed"] is None else found.start("typed")
        name = data[left:right].strip(b"\"'`\\[](){} \t$-.")
        value = _value(data, found)
        if value is None or _NEVER.search(name) or _MEANT.fullmatch(found["sep"]):
            continue
        start, stop = value
        blank = not found["sep"].strip() and b"\t" not in found["sep"] and not found["via"]
        if blank and not _OPTION.search(data, max(0, left - 24), word.start()):
            continue
        call = found["call"] or b""
        if call and _GETTER.search(call):
            continue
        last = stop if found["quote"] or stop - start > _LONG else last
        yield Named(
            name=name, left=left, start=start, end=stop, kind=_kind(word.group().lower()), quoted=bool(found["quote"]),
            docs=_SEARCHED.search(data, max(0, left - 80), min(stop, start + _LONG) + 80) is not None,
            setting=_setting(data, left, right, found, stop),
        )  # fmt: skip


def _words(data: bytes, begin: int, end: int) -> Iterator[re.Match[bytes]]:
    """Yield what `finditer` of the words does."""
    low = data[begin:end].lower()
    places: set[int] = set()
    for fixed in _FIXED:
        at = low.find(fixed)
        while at >= 0:
            places.add(begin + at)
            if fixed == b"key":
                places.update(begin + at - len(api) for api in _API if at >= len(api) and low.startswith(api, at - len(api)))
            at = low.find(fixed, at + 1)
    done = begin
    for place in sorted(places):
        if place >= done and (word := _WORD.match(data, place, end)):
            done = word.end()
            yield word


def _kind(word: bytes) -> str:
    return next((kind for part, kind in _KINDS if part in word), "token")


def _value(data: bytes, found: re.Match[bytes]) -> tuple[int, int] | None:
    """Return where a value begins and ends: at its quote, or where an unquoted one can end."""
    start, end = found.span("value")
    if found["quote"]:
        quote = found["quote"].lstrip(b"\\")
        stop = data.find(quote[:1] if quote[:1] in b"\"'`" else quote, start, end + 1)
        if stop < 0:
            stop = end
        return (start, stop) if stop - start >= 6 else None
    cut = _CUT.search(data, start, end)
    stop = cut.start() if cut else end
    while stop > start and data[stop - 1] in b".,;:":
        stop -= 1
    return (start, stop) if stop - start >= 6 else None


def _setting(data: bytes, left: int, right: int, found: re.Match[bytes], stop: int) -> bool:
    """Tell whether an unquoted value is one of a settings file or of a command, where names of variables do not stand."""
    if data[max(0, left - 2) : left + 2].find(b"--") >= 0:
        return True
    if found["call"] or data[stop : stop + 1] not in {b"", b"\n", b"\r", b"&", b"<", b"\\", b'"', b"'", b" "}:
        return False
    separator = data[right : found.end("sep")].strip()
    return separator[:1] in b"=:>|" and b"," not in separator
