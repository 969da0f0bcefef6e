"""Secrets that are assigned to names, in any language: what a match of a rule says, read closely.

The name before the match and the value behind it are read whole here; the grammar of names says what the name is of, the value
whether it is one. A value without quotes counts in files of settings, in commands, outputs and prose; in programs it is an
expression, unless it stands in a comment, a query string or a command.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets import around, columned, further, names, placed, used, values
from pytest_genomic_guard.views.secrets.assigned_rules import RULES
from pytest_genomic_guard.views.secrets.elsewhere import elsewhere, harmless, sealed, vendor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Segment, Text

_NAME = regex(rb"(?:[\w\x80-\xff]|[.-](?=\w)){1,120}+")
_WORD = regex(rb"[A-Za-z]{2,16} \Z")
_NAME_MOST = 64  # bytes before a match in which its name begins
_JOINS = 40
LONGEST = 2048  # bytes of a value
_ON = regex(
    rb"""[ \t]{0,20}(?:(\+(?:[ \t]{0,20}\\\r?\n)?|\.{1,2}|\\)\s{0,60}|\r?\n\s{0,60})(\\{0,3}["'])"""
)  # one more part of a string
_EOL = regex(rb"[\r\n]|\Z")
CODE = regex(
    rb"(?i)\.(?:pyw?|ipy|pyx|smk|[mc]?jsx?|tsx?|java|kts?|scala|go|cs|c|h|cc|cpp|cxx|hpp|rs|swift|php|rb|p[lm]|lua|r|jl|m"
    rb"|sql|groovy|nf"
    rb"|gradle|vue|dart|exs?|clj|hs|f90|sas|do|proto|css|scss|less)$|(?:snakefile|jenkinsfile)$"
)
_PROSE = regex(rb"(?i)\.(?:md|markdown|rst|txt|adoc|tex|html?|log|out|err|rmd|qmd|pdf|docx?)$|readme$")
TRIAL = regex(
    rb"(?i)(?:^|[/_.-])(?:tests?|testing|spec|specs|docs?|documentation|examples?|fixtures?|mocks?|dummy|samples?|demos?"
    rb"|tutorials?|conftest|vignettes|testdata|stories)(?:$|[/_.-])"
)
_PROGRAM = regex(
    rb"^[a-z]+=[\"'`]|^[),;:\]}>]|^[+&|?](?![A-Za-z0-9]{4})|^[?&]\w{1,30}=|=>|\(\)|\)[;,]|\w\(\w|[\"'],|</|/>"
    rb"|^\w{1,40}=(?:True|False|None)\Z"
)
_DIGEST = regex(rb"(?i)(?:\A|[@/:])(?:sha\d{1,3}|md5)[:-][0-9a-z+/=]{32}")  # of an image, of a package
_PHRASE = regex(rb"[a-z]{2,}(?:-(?:[a-z]+|\d{1,4})){2,}")  # words with hyphens, as of a policy
_CELL = regex(
    rb"(?:\s{0,80}+(?:#[^\n]{0,200}\n)?){0,4}%%(?:(?P<shell>bash|sh|script|system|cmd|sx|!)"
    rb"|(?:write)?file(?:[ \t]{1,4}-a)?[ \t]{1,8}+(?P<name>\S{1,200}))"
)
_FORMS = (("value", "quote"), ("value2", "quote2"), ("value3", "quote3"), ("value4", "quote4"), ("value5", "quote5"))
_SURE_TOKEN, _TOKEN, _WEAK = 12, 8, 20  # bytes of a drawn value for a secret, for a warning, for a name that may be of one


class Seen(Record):
    """One value that a name makes a secret. The value stays in memory, for the run."""

    start: int  # of the value
    end: int
    key: str  # the name, when it is a plain identifier
    kind: str  # password or secret
    sure: bool
    drawn: bool
    length: int


class Setting(Record):
    """What the place of a text says of a value in it."""

    code: bool
    prose: bool
    trial: bool  # tests, documentation, examples


def setting(text: Text, segment: Segment) -> Setting:
    """Return of what kind a part of a text is."""
    path = text.artifact.path
    own = segment.context == "file" and not segment.trail
    code = segment.context == "source" or (own and CODE.search(path) is not None)
    if segment.context == "source" and (cell := _CELL.match(text.data, segment.start)):
        own, code, path = True, cell["name"] is not None and CODE.search(cell["name"]) is not None, cell["name"] or path
    prose = segment.context in {"output", "prose", "markup", "binary"} or (own and _PROSE.search(path) is not None)
    return Setting(code=code, prose=prose, trial=TRIAL.search(path) is not None)


def _setting(text: Text, segment: Segment) -> Setting:
    """Return the same, kept for the next match: there are many in one part."""
    if not _where or _where[0] is not text or _where[1] is not segment:
        _where[:] = [text, segment, setting(text, segment)]
    answer: Setting = _where[2]
    return answer


def found(text: Text) -> tuple[Seen, ...]:
    """Return what is assigned in a text, each value once, in order. The answer for the last text is kept for the next check."""
    if not _last or _last[0] is not text:
        seen: dict[int, Seen] = {}
        for rule in RULES:
            if rule.name in text.hits:
                pattern = _compiled.get(rule.name) or _compiled.setdefault(rule.name, re.compile(rule.pattern, re.MULTILINE))
                for start, _end in text.matches(rule):
                    for one in _read(text, rule.name, pattern, start):
                        seen.setdefault(one.start, one)
        _last[:] = [text, tuple(seen[at] for at in sorted(seen))]
    answer: tuple[Seen, ...] = _last[1]
    return answer


_where: list = []  # type: ignore[type-arg]  # a text, a part of it, and what the place says
_last: list = []  # type: ignore[type-arg]  # the text, and what was found in it
_compiled: dict[str, re.Pattern[bytes]] = {}


def _read(text: Text, rule: str, pattern: re.Pattern[bytes], start: int) -> Iterator[Seen]:
    """Yield what a match says."""
    data = text.data
    match = pattern.match(data, start)
    if match is None:
        return
    segment = text.segment(start)
    where = _setting(text, segment)
    if rule in used.NAMES:
        yield from _used(rule, match, data, where)
        return
    if rule == columned.HEADED.name or rule in further.NAMES:
        yield from _apart(text, rule, match, segment, where)
        return
    begin, after = _name(data, start, segment.start)
    name = data[begin:after]
    kind = names.kind(name)
    if not kind:
        return
    for at, value, form in _values(data, match, match.groupdict()):
        between = data[after:at]
        if not placed.stands(data, begin, at, value, form, between, where, name) or harmless(text, begin, after, at, value):
            continue
        row = between.strip(b" \t`") == b"|"
        listed = row or between.strip(b"\"'`\\ \t)]").startswith(b",")
        one = judged(kind, value, where, apart=form == "bare" and where.prose, listed=listed)
        joined = not data.startswith(value, at)  # of parts, none of which has the form of a vendor
        if one is not None and not sealed(data, begin, value) and (joined or not elsewhere(value, name)):
            sure = one.sure and b"zoom.us/" not in data[max(0, begin - 60) : begin]  # a meeting, open to readers of the address
            one = one.replace(start=at, end=at + len(value), key=_shown(name), sure=sure)
            yield from filter(None, [around.weighed(one, data, begin, where, listed=listed)])


def _used(rule: str, match: re.Match[bytes], data: bytes, where: Setting) -> Iterator[Seen]:
    """Yield the passwords that a command or a call takes."""
    for at, value, alone in used.read(rule, match, data):
        kind = names.kind(match["name"]) if "name" in match.re.groupindex else "password"
        one = judged(kind, value, where, listed=not alone) if kind else None
        if one is not None and not elsewhere(value):
            yield one.replace(start=at, end=at + len(value))


def _apart(text: Text, rule: str, match: re.Match[bytes], segment: Segment, where: Setting) -> Iterator[Seen]:
    """Yield the values whose name stands elsewhere: over their column, before a condition, or that need none."""
    data, start = text.data, match.start()
    if rule == further.PARTED.name:
        opened = data.rfind(data[start : start + 1], max(segment.start, start - _NAME_MOST), start) + 1
        value = _quoted(data, opened, data[start : start + 1]) if opened and b"\n" not in data[opened:start] else b""
        if value and vendor(value):
            yield _seen("secret", value, sure=True, drawn=True).replace(start=opened, end=match.end())
        return
    if rule == columned.HEADED.name:
        cells = columned.read(data, start, segment.start, text.end(segment))
        some = [(at, value, name, names.kind(name), True) for at, value, name in cells]
    else:
        some = [(*each, False) for each in further.read(rule, match, data, segment.start)]
    for at, value, name, kind, listed in some:
        one = judged(kind, value, where, listed=listed)
        if one is not None and not elsewhere(value, name):
            yield one.replace(start=at, end=at + len(value), key=_shown(name))


def _name(data: bytes, start: int, least: int) -> tuple[int, int]:
    """Return from where to where the name around a match stands."""
    begin = start
    least = max(least, start - _NAME_MOST)
    if data[start] == 0x20:  # "API key"
        begin, start = start, start + 1
    while begin > least and (data[begin - 1 : begin].isalnum() or data[begin - 1] in b"_-." or data[begin - 1] >= 0x80):
        begin -= 1
    while data[begin : begin + 1] in {b"-", b"."}:
        begin += 1
    if data[begin : start + 3].lower() == b"key" and (word := _WORD.search(data, max(least, begin - 20), begin)):
        begin = word.start()  # "API Key"
    if data[begin - 1 : begin + 1] in {b"\\n", b"\\t", b"\\r"} and begin > least and begin < start:
        begin += 1  # a line of a string that was printed
    match = _NAME.match(data, start)
    return begin, match.end() if match else start


def _shown(name: bytes) -> str:
    return name.decode() if len(name) <= 64 and re.fullmatch(rb"[A-Za-z_][\w.-]*", name) and not values.drawn(name) else ""


def _values(data: bytes, match: re.Match[bytes], groups: dict[str, bytes | None]) -> Iterator[tuple[int, bytes, str]]:
    """Yield offset, value and form of what a match holds."""
    for group, quote in _FORMS:
        if groups.get(group):
            at = match.start(group)
            yield at, _quoted(data, at, match[quote]), group
    if groups.get("first"):
        at = match.start("first")
        yield at, _quoted(data, at, data[at - 1 : at]), "value"
    for group, form in (("bare", "bare"), ("bare3", "value3"), ("bare5", "marked")):
        if groups.get(group) and not match[group].endswith(b"..."):  # of which something is left out
            yield match.start(group), match[group].rstrip(b".,:;*").rstrip(b"\xe2\x80\x9d"), form


def _quoted(data: bytes, at: int, quote: bytes) -> bytes:
    """Return what stands in quotes from an offset on, with the strings that are joined to it."""
    parts, joins = [], 0
    while joins < _JOINS:
        stop = _EOL.search(data, at, min(len(data), at + LONGEST))
        last = stop.start() if stop else min(len(data), at + LONGEST)
        end = data.find(quote, at, last)
        while quote in {b'"', b"'"} and end > at and data[end - 1] == 0x5C:  # escaped
            end = data.find(quote, end + 1, last)
        parts.append(data[at : end if end >= 0 else last])
        on = _ON.match(data, end + len(quote)) if end >= 0 else None
        if on is None or sum(map(len, parts)) > LONGEST:
            break
        at, quote, joins = on.end(), on[2], joins + 1
    return b"".join(parts).replace(b'\\"', b'"')


def judged(kind: str, value: bytes, where: Setting, *, apart: bool = False, listed: bool = False) -> Seen | None:
    """Return what a value is under a name of a kind; `apart` in prose without quotes, `listed` behind a comma."""
    if kind == "secret" and values.django(value):
        return _seen(kind, value, sure=not value.startswith(b"django-insecure-"), drawn=True)
    if values.placeholder(value) or _PROGRAM.search(value) or _DIGEST.search(value):
        return None
    drawn, size = values.drawn(value), len(value)
    sure = None
    if kind == "password":
        if drawn:
            sure = not values.hashlike(value)
        elif values.password(value) and (values.strong(value) or not (apart or listed)):
            sure = not (where.trial or where.prose or apart or listed)
    elif kind == "secret":
        if drawn and size >= _TOKEN:
            sure = size >= _SURE_TOKEN
        elif not listed and values.strong(value) and not _PHRASE.fullmatch(value):
            sure = False
    elif drawn and size >= _WEAK:
        sure = False
    if sure is None or (apart and not drawn and _PHRASE.fullmatch(value)):
        return None
    return _seen(kind, value, sure=sure, drawn=drawn)


def _seen(kind: str, value: bytes, *, sure: bool, drawn: bool) -> Seen:
    size = len(value)
    return Seen(start=0, end=0, key="", kind="password" if kind == "password" else "secret", sure=sure, drawn=drawn, length=size)
