"""Where the words of a programme and a value of its form meet: the credentials of biomedical programmes in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.programmes import formats, given, named, shapes
from pytest_genomic_guard.views.secrets.programmes.others import PROGRAMMES, SECTIONS
from pytest_genomic_guard.views.secrets.programmes.rules import ADDRESS, SECTION, STRING, TYPED, WORDS
from pytest_genomic_guard.views.secrets.programmes.seen import Seen, key, of
from pytest_genomic_guard.views.secrets.programmes.table import FHIR, OMOP, Programme
from pytest_genomic_guard.views.secrets.values import drawn, placeholder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.text import Text

    Mark = tuple[int, int, Programme]
    Group = tuple[Programme, Sequence[tuple[int, int]]]

_MARKS = 20_000  # of one window: more are words of data, and say no more than the first ones
_REACH = 32768
_NEAR, _BESIDE = 800, 200  # bytes between a word and a password: these have no form that would tell
_CODE = (b".py", b".r", b".js", b".ts", b".java", b".rb", b".go", b".jl", b".pl", b".scala", b".cs", b".rs", b".c", b".cpp", b".m")
_NAME = regex(rb"[A-Za-z]{2,20}")
_WRITTEN = regex(rb"%%(?:writefile|file)[ \t](?:[^\r\n]{0,200})|%%(?:bash|sh|script|cmd|env)\b")
_MARKED = regex(rb"[^\w.()\[\]{}:,/-]")  # what no name of a variable has
_LOOSE = regex(
    rb"""(?:(?P<quote>\\{0,3}["'`]|&quot;|,|\s)|(?<![\w/+.=-]))(?P<value>[0-9A-Fa-f]{32}|[0-9A-Fa-f]{36}|[0-9A-Fa-f]{64}|"""
    + shapes.UUID
    + rb"|[\w.-]{4,80}:[\w:-]{16,128}|[0-9A-Za-z]{32})(?![\w/+-])"
)
_SUMS = regex(rb"(?i)md5|sha\d|hash|checksum|digest|etag|commit|uuid|guid|revision|version|accession|(?<![a-z])id[\"']?\s{0,3}[=:]")
_ALONE = regex(rb"""\s{0,8}["']?([\w.-]{32,64})["']?\s{0,8}\Z""")
_OPTION = regex(rb"\s-{1,2}[A-Za-z][\w-]{0,20}[ =]\Z")
_MAILED = regex(rb"[\w.+-]{0,60}+@[\w-]{1,40}\.[a-z]")  # the rest of an address: who works on OMOP signs in elsewhere, too
_STRUNG = regex(rb"=[^;\s=\"']{1,60};\Z")  # before a part of a connection string
_DATABASE = regex(rb"(?i)omop|ohdsi|cdm|synpuf|webapi")
_SECRET = regex(rb"(?i)[;?&]\s?(?:password|pwd)=([^\s;&\"'<>]{3,128})")

_last: list[tuple[Text, tuple[Seen, ...]]] = []


def found(view: Text) -> tuple[Seen, ...]:
    """Return the credentials that a text owns, in order, each place once. They are kept for the next check."""
    if not _last or _last[0][0] is not view:
        _last[:] = [(view, _found(view))]
    return _last[0][1]


def claimed(view: Text, start: int, end: int) -> bool:
    """Tell whether a credential of a biomedical programme stands where something else was found."""
    return any(seen.start < end and start < seen.end for seen in found(view))


def _found(view: Text) -> tuple[Seen, ...]:
    """Put together what both ways see; of two at one place the one that its own format tells."""
    whole = [(seen.start, 0, seen) for seen in formats.found(view)]
    every = sorted([*whole, *((seen.start, 1, seen) for seen in _met(view))], key=lambda each: each[:2])
    fixed = sorted((seen.start, seen.end) for _start, _rank, seen in whole)
    kept: list[Seen] = []
    for start, rank, seen in every:
        if not view.begin <= start < view.owned or (kept and start < kept[-1].end):
            continue
        after = bisect_left(fixed, (start, 0))
        if not rank or after == len(fixed) or fixed[after][0] >= seen.end:
            kept.append(seen)
    return tuple(kept)


def _met(view: Text) -> Iterator[Seen]:
    spans = {
        programme.subject: list(view.hits.get(rule.name, ())[:_MARKS]) for rule, programme in zip(WORDS, PROGRAMMES, strict=True)
    }
    for start, end in view.hits.get(SECTION.name, ())[:_MARKS]:
        section = SECTIONS[_NAME.search(view.data, start, end).group().lower()]  # type: ignore[union-attr]
        spans[section.subject].append((start, end))
    spans[OMOP.subject] = [span for span in spans[OMOP.subject] if not _MAILED.match(view.data, span[1], span[1] + 120)]
    by = [(programme, sorted(spans[programme.subject])) for programme in PROGRAMMES if spans[programme.subject]]
    marks = sorted(((start, end, programme) for programme, some in by for start, end in some), key=lambda mark: mark[:2])
    paths = _of_path(view)
    places = [mark[0] for mark in marks]
    if marks or paths:
        yield from _named(view, by, marks, paths)
        for programme, start, end, login in given.found(view, marks, paths, list(_areas(view, marks, ()))):
            yield _seen(programme, start, end, login=login)
    if marks:
        yield from _addresses(view, marks, places)
        yield from _loose(view, marks)
        yield from _printed(view, marks)


def _of_path(view: Text) -> list[Programme]:
    """Return the programmes that the path of a file names; a name of its own is judged by `formats`."""
    return list(_named_by(view.artifact.path.lower())) if view.artifact.kind != "name" else []


@lru_cache(1024)  # a file has many versions, and texts many windows
def _named_by(path: bytes) -> tuple[Programme, ...]:
    return tuple(programme for programme in PROGRAMMES if re.search(programme.marks, path))


def _areas(view: Text, marks: Sequence[Mark], paths: Sequence[Programme]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text in which words of programmes are near."""
    if paths and len(view.data) <= _REACH * 8:
        yield 0, len(view.data)
        return
    spans = [(start - _REACH, end + _REACH) for start, end, _programme in marks]
    spans += [(start - 128, end + 128) for start, end in view.hits.get(TYPED.name, ())] if paths else []
    begin = end = 0
    for left, right in sorted(spans):
        if left > end:
            if end > begin:
                yield begin, end
            begin = left
        end = max(end, min(right, len(view.data)))
        begin = max(begin, 0)
    if end > begin:
        yield begin, end


def _named(view: Text, by: Sequence[Group], marks: Sequence[Mark], paths: Sequence[Programme]) -> Iterator[Seen]:
    for begin, end in _areas(view, marks, paths):
        for each in named.named(view.data, begin, end):
            value = view.data[each.start : each.end]
            strung = _STRUNG.search(view.data, max(0, each.left - 64), each.left)
            sure = each.quoted or strung or (each.setting and (_MARKED.search(value) or not _program(view, each.start)))
            programme = _whose(each, value, _around(by, each), paths, sure=bool(sure))
            if programme:
                yield _seen(programme, each.start, each.end, key(each.name), login=each.kind == "password")


def _program(view: Text, at: int) -> bool:
    """Tell whether a place is one of a program, and not of settings or commands that a cell writes or runs."""
    if view.artifact.path.lower().endswith(_CODE):
        return True
    segment = view.segment(at)
    if segment.context != "source":
        return False
    if view.data[max(segment.start, view.data.rfind(b"\n", max(0, at - 400), at) + 1) : at].lstrip()[:1] in {b"!", b"%"}:
        return False  # a command
    magic = _WRITTEN.match(view.data, segment.start)
    return not magic or magic.group().strip().lower().endswith(_CODE)


def _around(by: Sequence[Group], each: named.Named) -> list[tuple[int, Programme]]:
    """Return the programmes near a value, the nearest first; 0 for one that its name names."""
    near: list[tuple[int, Programme]] = []
    for programme, spans in by:
        at = bisect_left(spans, (each.left - 1, 0))
        away = _REACH + 1
        for start, end in (*spans[max(0, at - 1) : at + 3], *spans[(after := bisect_left(spans, (each.end, 0))) : after + 1]):
            if each.start <= start < each.end:
                continue  # within the value itself
            inside = each.left - 1 <= start and end <= each.start
            away = min(away, 0 if inside else max(each.left - end, start - each.end, 1))
        if away <= _REACH:
            near.append((away, programme))
    return sorted(near, key=lambda pair: pair[0])


def _whose(
    each: named.Named, value: bytes, near: Sequence[tuple[int, Programme]], paths: Sequence[Programme], *, sure: bool
) -> Programme | None:
    """Return whose credential a named value is."""
    if each.docs:
        return None
    for away, programme in [*near, *((1, programme) for programme in paths)]:
        if away > programme.near:
            continue
        if each.kind == "password":
            near_by = away <= (_BESIDE if programme is FHIR else _NEAR)
            fitting = programme.secret and sure and near_by and shapes.password(value, quoted=each.quoted)
        else:
            asked = each.kind in programme.kinds or away == 0 or (each.kind == "token" and "secret" not in programme.kinds)
            fitting = asked and shapes.fits(value, programme.values)
            fitting = fitting or (sure and (away == 0 or (away <= programme.free and each.kind in programme.kinds)) and _own(value))
            fitting = fitting or (sure and programme is FHIR and each.kind == "secret" and drawn(value))
        if fitting:
            return programme
    return None


def _own(value: bytes) -> bool:
    """Tell whether a value is a credential when its own name says whose it would be."""
    if placeholder(value) or shapes.invented(value) or b"/" in value[:2] or value.startswith((b"http", b"$", b"~")):
        return False
    return drawn(value) or bool(shapes.forms(value) & {"hex32", "hex36", "hex64", "uuid"})


def _seen(programme: Programme, start: int, end: int, name: str = "", *, login: bool = False) -> Seen:
    what = f"{programme.subject} password" if login and "login" not in programme.subject else programme.subject
    return of(programme, start, end, what, name=name, long=not login)


def _loose(view: Text, marks: Sequence[Mark]) -> Iterator[Seen]:
    """Yield values that a call or a line of a request gives without a name."""
    for start, _end, programme in marks:
        if not programme.loose:
            continue
        stop = given.ended(view.data, start)
        for value in _LOOSE.finditer(view.data, start, stop):
            before = view.data[max(0, start - 60) : value.start("value")]
            quoted = value["quote"] is not None and not value["quote"].isspace()
            named_so = re.search(programme.loose, before) is not None and not _SUMS.search(before)
            if (
                named_so
                and (quoted or b"login" in before or _OPTION.search(before))
                and shapes.fits(value["value"], programme.values)
            ):
                yield _seen(programme, *value.span("value"))


def _addresses(view: Text, marks: Sequence[Mark], places: Sequence[int]) -> Iterator[Seen]:
    """Yield passwords in addresses and connection strings of OMOP databases."""
    for rule in (ADDRESS, STRING):
        for start, end in view.hits.get(rule.name, ()):
            text = view.data[start:end]
            if rule is ADDRESS:
                at = text.find(b":", 3) + 1
                span = start + at, start + text.rfind(b"@")
                where = text[text.rfind(b"@") :]
            else:
                secret = _SECRET.search(text)
                if not secret:
                    continue
                span, where = (start + secret.start(1), start + secret.end(1)), text
            near = any(mark[2] is OMOP for mark in marks[bisect_left(places, start - 400) : bisect_left(places, end + 200)])
            if (near or _DATABASE.search(where)) and _weak(view.data[span[0] : span[1]]):
                yield _seen(OMOP, *span, login=True)


def _weak(value: bytes) -> bool:
    """Tell whether what stands at the place of a password is one: shorter ones count there, too."""
    return shapes.password(value, quoted=True) or (
        len(value) >= 6 and value.isalnum() and not placeholder(value) and not shapes.default(value)
    )


def _printed(view: Text, marks: Sequence[Mark]) -> Iterator[Seen]:
    """Yield values that are all that a cell printed, when the cell before it speaks of a token of a programme."""
    if len(view.segments) < 2:
        return
    told = {mark[2].subject: mark[2] for mark in marks}
    for before, segment in zip(view.segments, view.segments[1:], strict=False):
        if segment.context != "output":
            continue
        text = view.data[segment.start : min(view.end(segment), segment.start + 200)]
        value = _ALONE.match(text)
        source = view.data[before.start : view.end(before)].lower()
        if not value or (b"token" not in source and b"api_key" not in source) or b"md5" in source or b"hash" in source:
            continue
        for programme in told.values():
            if programme.loose and shapes.fits(value[1], programme.values):
                yield _seen(programme, segment.start + value.start(1), segment.start + value.end(1))
                break
