"""Where a text names data under terms: accessions of archives, names of controlled sources, and in which setting they stand."""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.datause import ids, settings
from pytest_genomic_guard.views.datause.names import NAMES, OPEN
from pytest_genomic_guard.views.datause.nouns import Accession
from pytest_genomic_guard.views.datause.systems import RULES, SIGNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_genomic_guard.views.datause.nouns import Level
    from pytest_genomic_guard.views.datause.systems import Sign
    from pytest_genomic_guard.views.text import Text

MANY = 30  # different ids in one file from which it is a catalogue of data sets, and no use of them
_MOST = 4000  # matches of one form that are looked at in one text
_NEAR, _BEFORE, _WIDE = 300, 240, 1 << 20
_RUN = regex(rb"[A-Za-z0-9+/=]{0,120}")
_BACK = regex(rb"[A-Za-z0-9+/=]{0,120}\Z")
_LONGEST = 100  # of a run without any separator, in which an id is no id but part of encoded data
_SHAPE = bytes.maketrans(b"123456789", b"0" * 9)
_ESCAPES = (b"\\n", b"\\t", b"\\r")
_PUBLIC = regex(rb"(?i)public|open|sumstats|gwas|summary[ _-]?stat|pan-ukb|demo|synthetic|example")
_OPEN = regex(rb"(?i)[^.\n]{0,40}\b(?:summary[ -](?:level )?(?:statistics|data)|sumstats|gwas summary|demo\b|synthetic)")
_NOT = regex(rb"(?i)\b(?:no|not|without|excluding|excludes?|never|nor|neither|un(?:like|related to))\b[^.;:\n]{0,40}\Z")
_OPEN_WORKSPACE = regex(r"(?i)anvil:(?:1000g|1kgp|hprc|t2t|hgsvc|public)")
_INVENTED = regex(rb"(?i)phs0{6}|EGA[A-Z](?:0{11}|12345678901)|JGA[DS]0{6}|hum0{4}")
_OPEN_TIER = regex(rb"(?i)[-_/](?:open|public)\b")  # the bucket of what a study gives to everybody
_PART = regex(r"EGA[FNRXZ]")


class Found(Record):
    """A place in a text that names data under terms."""

    start: int
    end: int
    id: str  # canonical
    system: str
    level: Level = "controlled"
    named: bool = False  # a name, not an accession


def find(data: bytes) -> list[Found]:
    """Return what a text about data names: accessions, and the names of sources by themselves, in their order; nothing open.

    It is for text that says on what a model was trained; `gathered` is for files, in which a name alone says nothing.
    """
    lower = data.lower()
    faces = {"plain": data, "lower": lower, "shape": lower.translate(_SHAPE)}
    signs = (sign for sign in SIGNS if not sign.said and any(anchor in faces[sign.face] for anchor in sign.anchors))
    found = [each for sign in signs for each in _signed(sign, data, _searched(sign, data))]
    for name in NAMES:
        for match in re.finditer(name.pattern, data) if any(anchor in lower for anchor in name.anchors) else ():
            if _NOT.search(data, max(0, match.start() - 60), match.start()):
                continue
            if not _OPEN.match(data, match.end()):
                span = match.span()
                found.append(Found(start=span[0], end=span[1], id=name.id, system=name.system, level=name.level, named=True))
    return sorted((each for each in found if each.level != "open"), key=lambda each: (each.start, each.end))


def _searched(sign: Sign, data: bytes) -> list[tuple[int, int]]:
    """Return the spans of a form in a text that no matcher has seen."""
    return [match.span() for match in re.finditer(sign.pattern, data, re.MULTILINE)]


def _signed(sign: Sign, data: bytes, spans: Iterable[tuple[int, int]]) -> list[Found]:
    """Return what the spans of one form are, where a whole token stands."""
    found, distinct = list[Found](), set[bytes]()
    for number, (start, end) in enumerate(spans):
        if number >= _MOST:
            break
        if not _stands(sign, data, start, end):
            continue
        first = start
        if sign.behind:
            before = re.search(sign.behind, data[max(0, start - _BEFORE) : start])
            if before is None:
                continue
            first = max(0, start - _BEFORE) + before.start()
        if sign.said and (_NOT.search(data, max(0, start - 60), start) or _OPEN.match(data, end)):
            continue
        if sign.id == "uk-biobank" and _PUBLIC.search(data, first, end + 60 if sign.name == "ukb-bucket" else end):
            continue
        distinct.add(data[first:end])
        text = sign.id or _canonical(sign, data[start:end])
        level: Level = "open" if _OPEN_WORKSPACE.match(text) or text in OPEN else sign.level
        named = bool(sign.id) or sign.system == "AnVIL"
        found.append(Found(start=first, end=end, id=text, system=sign.system, level=level, named=named))
    if sign.beside and found and not re.search(sign.beside, data[:_WIDE]) and (sign.several == 1 or len(distinct) < sign.several):
        return []
    return found


def _canonical(sign: Sign, matched: bytes) -> str:
    if sign.name in {"ukb-application", "ukb-applied"}:
        return f"uk-biobank:{re.findall(rb'[0-9]{3,6}', matched)[-1].decode()}"
    return ids.canonical(matched.decode("ascii", "replace"))


def _stands(sign: Sign, data: bytes, start: int, end: int) -> bool:
    """Tell whether a whole token stands there, and no part of a word, a digest or encoded data."""
    if (
        sign.name == "ukb-application"
        and data[start : start + 1] in b"bB"
        and not re.search(rb"(?i)u\.?k\.?[ _-]?\Z", data[:start][-5:])
    ):
        return False
    if not sign.behind and sign.name not in {"ukb-application", "bdc-bucket", "mimic"} and not _begins(data, start):
        return False
    if _INVENTED.match(data, start) or (not sign.id and _OPEN_TIER.match(data, end)):
        return False
    run = len(_RUN.match(data, end)[0]) + len(_BACK.search(data, max(0, start - 120), start)[0])  # type: ignore[index]
    if run + end - start > _LONGEST and not sign.id:
        return False
    if sign.near:
        return re.search(sign.near, data[max(0, start - _NEAR) : end + _NEAR]) is not None
    return True


def _begins(data: bytes, start: int) -> bool:
    """Tell whether nothing stands before a token that it could be part of; the letter of an escaped line feed is none."""
    before, two = data[start - 1 : start] if start else b"", data[max(0, start - 2) : start]
    return two in _ESCAPES or not (before.isalnum() or (before == b"+" and two[:1].isalnum()))


_last: list[Text] = []  # the text of which was told last: several relations ask for the same


def gathered(text: Text) -> Iterator[Accession]:
    """Yield what a file names, each id once, in the setting of its first place that is a use of it; for relations, once a text."""
    if _last and _last[0] is text:
        return
    _last[:] = [text]
    place = settings.of_path(text.artifact.path) if text.artifact.kind == "file" else None
    if place is None:
        return
    best: dict[str, tuple[Found, settings.Place]] = {}
    for sign, rule in zip(SIGNS, RULES, strict=True):
        if rule.name in text.hits:
            for each in _signed(sign, text.data, list(text.matches(rule))):
                stands = settings.at(text, each.start, place)
                if stands is not None and (each.id not in best or settings.better(stands, best[each.id][1])):
                    best[each.id] = (each, stands)
    whole = any(each.system == "EGA" and not _PART.match(each.id) for each, _stands in best.values())
    for each, stands in sorted(best.values(), key=lambda item: item[0].start):
        if whole and _PART.match(each.id):  # a file or sample of the data set that is named with it
            continue
        at = text.locate(each.start, each.end)
        yield Accession(at=at, id=each.id, system=each.system, level=each.level, setting=stands, named=each.named)
