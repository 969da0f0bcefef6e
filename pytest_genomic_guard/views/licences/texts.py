"""What the text of a licence file is: the licence of the work itself, and what is under another one within.

A file is made plain (lower case, blanks between words, nothing else), and the short runs of words of `wordings` are looked for in
it. The first licence is that of the work; one that follows words such as "bundled" or "third party", or that follows several
others, is of something within. Decisions, each of which a reader could take otherwise:

* The whole text of a GNU licence with no notice beside it does not say whether later versions may be chosen. Section 9 of GPL 2
  (14 of GPL 3) lets the recipient choose where none is named, so it is read as ``-or-later``; a notice in the file decides.
* A strong copyleft that follows a permissive text is told as bundled, not as the licence of the whole.
* GPL whose file has the runtime exception of GCC, or another special exception for what is made with it, is no strong copyleft
  within.
* Words that restrict to non-commercial or academic use restrict the whole, wherever they stand outside of a third party's part.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences import gnu, offers, variants
from pytest_genomic_guard.views.licences.wordings import NOTICES, SHORT, WHOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Mark = tuple[int, int, str, bool, bool]  # from, to, id, told by its text and no mere notice, offered beside others
    Row = tuple[bytes, bytes, int, str, bool]  # first words, last words, size, id, told by its text

LIMIT = 1 << 20  # bytes of one file that are read
_MANY = 4  # texts of one file that can be all of the work itself; where there are more it is a list of parts

_PLAIN = bytes(c + 32 if 65 <= c <= 90 else c if 97 <= c <= 122 or 48 <= c <= 57 else 32 for c in range(256))
_TAG = regex(rb"<[^<>]{1,200}>")
_ZONE = regex(
    rb"third part(?:y|ies)|3rd party|bundle|vendored|subcomponents|dependenc|incorporat|linked|used by|wheels?|distributes"
    rb"|following (?:\w++ ){0,4}?(?:files?|software|librar|components?|packages?|code|licenses? appl)"
    rb"|(?:includes?|contains?) (?:\w++ ){0,4}?"
    rb"(?:code|software|portions|works?|components?|the following|files|librar|sources?|cop(?:y|ies)) "
    rb"|portions? (?:of|are)|parts? of this|(?:derived|adapted|copied|taken|borrowed|ported|based) (?:\w++ )?(?:from|on)"
    rb"|binary distributions?|(?:this|these) (?:director|folder|files?)|(?:the|some|certain) files?|separate (?:copyright|license)"
    rb"|original(?:ly)? (?:\w++ )?(?:license|copyright|code|from)|other licenses|license for |licenses? of"
)
_PARTS = regex(rb"third part|3rd party|bundle|vendored|portions? of|parts? of this|following (?:\w++ ){0,4}?(?:components?|librar)")
_FOR = regex(rb"licenses? (?:agreement )?for (?:use )?(?:\w++ ){0,2}$")
_CHOICE = regex(
    rb"(?:dual|tri|tripl[ey]|multi)(?:ly)? ?licens|either (?:of|the|mit|apache)|mutually exclusive|your choice"
    rb"|choice of (?:the )?licen"
    rb"|(?:you may|can) choose|choose (?:one|any|either|between|which)|pick (?:one|any|either)"
    rb"|(?:any|one|either) (?:one )?of (?:the |these |following |two |three |four |several ){1,4}(?:\w++ )?licenses"
    rb"|at your option (?!any)|alternatively| or the (?:terms|mit|bsd|apache|gnu|lesser|general)|under either|or at your choice"
)
_CLOSED = regex(
    rb"proprietary|confidential|end user license agreement|eula\b|strictly prohibited|trade secret|license agreement"
    rb"|not open source|software license terms|licensed not sold|reverse engineer|decompile|non ?transferable|(?:is"
    rb"|are) the property"
    rb"|you agree to (?:this|these|be bound)|terms of (?:service|use)\b|subscription agreement|commercial license|license key"
)
_HELD = regex(
    rb"all rights reserved|may not (?:be )?\w+|written (?:consent|permission|authori[sz]ation|agreement)|strictly prohibited"
    rb"|unauthori[sz]ed|(?:you|licensee|customer|user) (?:shall|may|must|will|agrees?)(?: to)? not|subscription agreement"
    rb"|license terms"
)
# What lets everybody pass a work on: a text that has it and is none that is known stays unknown.
_GRANTED = regex(
    rb"permission (?:is )?(?:hereby )?(?:granted|given)|redistribution (?:and use )?(?:\w++ ){0,6}?(?:is|are) (?:permitted|allowed)"
    rb"|(?:may|can) (?:be )?(?:freely )?(?:used? )?(?:cop(?:y|ied) )?(?:modif(?:y|ied) )?(?:and "
    rb"|or )?(?:re)?distributed? (?:it|this|the|freely)"
    rb"|free(?:ly)? (?:to|available)|open source license|public domain"
)
_GROUPS = [
    one.encode()
    for one in [
        "general public license",
        "polyform",
        "rail",
        "llama",
        "nvidia",
        "intel",
        "cecill",
        "mozilla",
        "eclipse",
        "common",
        "european union",
        "artistic",
        "oxford nanopore",
        "copy of this software",
        "redistribution",
        "permission to use",
        "permission is granted",
        "zope",
        "hereby grants licensee",
        "no attribution",
        "apache",
        "mit license",
        "bsd",
        "public domain",
        "responsible ai",
    ]
]
_KEPT = 1000  # texts that are remembered
_MOST = 400  # licences of one file that are looked at
_HOLE = b"\x01"  # stands where a whole text was: no plain text has it
_RESTRICTED = "LicenseRef-Non-Commercial"
_OPENING = 1500  # bytes at the head of a text that say what it is
_MILD = ("permissive", "weak-copyleft")
_STRONG = ("strong-copyleft", "network-copyleft")
_TELLING = (*_STRONG, "non-commercial")  # of what is within


class Recognised(Record):
    """What a licence file is."""

    expression: str = ""  # SPDX, of the work itself; empty where nothing is known of it
    bundled: tuple[str, ...] = ()  # strong copyleft and restrictions of what is within (SPDX)
    full: bool = False  # told by the licence's own text, not by a notice that names it
    choice: bool = False  # it says at its head that the licences it names are there to choose from


_seen: dict[tuple[int, int], Recognised] = {}  # by length and hash: that of bytes is keyed anew in every process


def plain(data: bytes) -> bytes:
    """Return the words of a text in lower case with single blanks between them, American in the one word that matters."""
    data = data[:LIMIT]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    if data.lstrip()[:1] == b"<":
        data = _TAG.sub(b" ", data)
    return b" ".join(data.translate(_PLAIN).split()).replace(b"licence", b"license")


def recognised(data: bytes) -> Recognised:
    """Recognise a licence file, whatever the bytes are. An environment has the same texts many times."""
    key = (len(data), hash(data))
    if key not in _seen:
        if len(_seen) > _KEPT:
            _seen.clear()
        _seen[key] = _recognised(data)
    return _seen[key]


def _recognised(data: bytes) -> Recognised:
    """Recognise a licence file that was not seen before."""
    text, whole = _cut(plain(data))
    marks = sorted(_marks(text, whole))[:_MOST]
    closed = _CLOSED.search(text, 0, _OPENING) if marks and marks[0][0] > _OPENING else None
    if closed or not marks:
        held = (closed or _CLOSED.search(text)) and _HELD.search(text) and (closed or not _GRANTED.search(text))
        return Recognised(
            expression="LicenseRef-Proprietary" if held else "", choice=bool(offers.SETTLES.search(text, 0, _OPENING))
        )
    return _weighed(text, marks)


def _grouped(*tables: str) -> list[tuple[bytes, list[Row]]]:
    """Return the rows of tables by a word that a text must have for any of them: most texts have few of these."""
    groups: dict[bytes, list[Row]] = {}
    for mere, table in enumerate(tables):
        for row in table.strip().split("\n"):
            name, size, words = row.split(" ", 2)
            first, _, last = words.encode().partition(b"/")
            word = next((one for one in _GROUPS if one in first), first)
            groups.setdefault(word, []).append((first, last, int(size), name, not mere))
    return list(groups.items())


_WHOLE = _grouped(WHOLE)
_TABLE = _grouped(SHORT, NOTICES)


def _cut(text: bytes) -> tuple[bytes, list[str]]:
    """Take whole texts out of a plain one: in the place of each stands one byte, and their ids in that order."""
    found = [(at, row) for word, rows in _WHOLE if word in text for row in rows for at in variants.places(text, row[0])]
    found.sort(key=lambda one: (one[0], -len(one[1][0])))  # of two that begin alike, the longer
    pieces, names, until = [], [], 0
    for start, (first, last, size, name, _) in found:
        if start >= until:
            pieces.append(text[until:start])
            until = _stop(text, start, start + len(first), last, size)
            names.append(name)
    return _HOLE.join((*pieces, text[until:])) if names else text, names


def _marks(text: bytes, whole: Sequence[str]) -> Iterator[Mark]:
    """Find every licence in a plain text of which whole texts were cut out."""
    at = -1
    for name in whole:
        at = text.find(_HOLE, at + 1)
        yield at, at + 1, name, True, False
    found = sorted(
        (start, -len(first), last, size, name, not told)
        for word, rows in _TABLE
        if word in text
        for first, last, size, name, told in rows
        for start in variants.places(text, first)
    )
    until = 0
    for start, length, last, size, name, mere in found:
        if start >= until:
            until = _stop(text, start, start - length, last, size)
            yield start, until, variants.closer(name, text[start:until]), not mere, False
    for start, stop, name in variants.creative(text):
        yield start, stop, name, True, False
    yield from gnu.notices(text)
    for start, stop in variants.restricted(text):
        yield start, stop, _RESTRICTED, True, False


def _stop(text: bytes, start: int, after: int, end: bytes, size: int) -> int:
    """Return where the text of a licence ends."""
    at = text.find(end, after, start + size + 200) if end else -1
    if at >= 0:
        return at + len(end)
    return min(start + size, len(text)) if gnu.BODY in text[after : after + 600] else after


def _weighed(text: bytes, marks: Sequence[Mark]) -> Recognised:
    """Tell the licence of the work from those of what is within."""
    from pytest_genomic_guard.views.licences.expression import classify  # noqa: PLC0415 - a sibling that loads its tables

    lesser = any(name.startswith("LGPL-") and told for _, _, name, told, _ in marks)
    runtime = b"gcc runtime library exception" in text
    own: list[str] = []
    bundled: list[str] = []
    end, zone, choice, restricted = 0, False, False, False
    listed = len({mark[2] for mark in marks}) > _MANY
    for start, stop, name, told, offered in marks:
        gap = text[end:start]
        end = max(end, stop)
        kind = classify(name)
        titled = _FOR.search(gap) if name == _RESTRICTED and not own else None  # "license for non-commercial research"
        gap = gap[: titled.start()] if titled else gap
        parts = _PARTS if name == _RESTRICTED and not (own or bundled) else _ZONE  # many a word may stand before what restricts
        zone = zone or bool((own or bundled or kind not in _MILD) and parts.search(gap))
        choice = choice or bool(not zone and (offered or _CHOICE.search(gap)))
        if name in own or (lesser and told and name.startswith("GPL-")) or (restricted and name == _RESTRICTED):
            continue
        restricted = restricted or kind == "non-commercial"
        if kind in _STRONG and any(_family(one) == _family(name) for one in own):
            own = [_closest(one, name) if _family(one) == _family(name) else one for one in own]
            continue
        if zone or (listed and own):
            if kind in _TELLING and name != _RESTRICTED and not offered and not _excepted(text, start, name, runtime=runtime):
                bundled.append(name)
        elif not own or choice or kind not in _STRONG:
            own.append(name)
        elif classify(own[0]) != kind:
            bundled.append(name)
    within = tuple(dict.fromkeys(one for one in bundled if one not in own))
    expression = " OR ".join(own[:_MANY]) if choice else _joined(own, text)
    choices = offers.named(text[:_OPENING], marks)
    if len(choices) > 1:
        expression, within = " OR ".join(choices), tuple(one for one in within if one not in choices)
    return Recognised(expression=expression, bundled=within, full=marks[0][3], choice=len(choices) > 1)


def _excepted(text: bytes, at: int, name: str, *, runtime: bool) -> bool:
    """Return whether an exception beside a GPL lets what is made with the work be under other terms."""
    if not name.startswith("GPL-"):
        return False
    near = text[max(0, at - 300) : at + 1500]
    return runtime or b"special exception" in near or b"none of these files end up in" in near


def _closest(one: str, other: str) -> str:
    """Return what says more of two ids of a family: that which names a version, then that which takes no later ones."""
    return max((one, other), key=lambda name: ("-1.0-" not in name, name.endswith("-only")))


def _family(name: str) -> str:
    """Return what versions of a licence share."""
    return name.split("-", 1)[0]


def _joined(own: Sequence[str], text: bytes) -> str:
    """Join the licences of the work itself."""
    if own and _family(own[0]) in ("GPL", "AGPL"):
        runtime = own[0].startswith("GPL-3") and b"gcc runtime library exception" in text
        return variants.NAMES["GCC"] if runtime else own[0]
    return " AND ".join(f"({one})" if " OR " in one and len(own) > 1 else one for one in own[:_MANY])
