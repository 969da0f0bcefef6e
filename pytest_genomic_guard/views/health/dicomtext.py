"""People in DICOM headers that were written out: printed by a program, logged, or as the JSON and XML of the standard."""

from __future__ import annotations

import itertools

from pytest_genomic_guard.views.health import dicom, dicomhints, dicomread, imaged, setting
from pytest_genomic_guard.views.health.providers import Last, Seen
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import View
    from pytest_genomic_guard.views.text import Segment

WHAT = "DICOM header as text"
_BEFORE, _BEHIND = 32 << 10, 64 << 10  # bytes around what the rules match that may belong to it
_PEOPLE = 1000  # of one text
_ONE = frozenset({dicom.NAME, dicom.ID, dicom.BIRTH, dicom.CLASS, dicom.DATE})  # of which a header has one
_TOLD = frozenset({dicom.NAME, dicom.ID, dicom.BIRTH})
_CODE_NEEDS = 2  # besides a name, of what a record has and an example has not


def _read(view: View) -> Iterator[Seen]:
    if not isinstance(view, Text):
        return
    spans = sorted(span for rule in dicomhints.RULES for span in view.matches(rule))
    for segment, those in itertools.groupby(spans, key=lambda span: view.segment(span[0])):
        if segment.context != "markup":
            yield from itertools.islice(_headers(view, segment, list(those)), _PEOPLE)


found = Last(_read)


def _headers(view: Text, segment: Segment, spans: list[tuple[int, int]]) -> Iterator[Seen]:
    """Yield the people of the headers in one part of a text."""
    start = max(segment.start, spans[0][0] - _BEFORE)
    end = min(view.end(segment), spans[-1][1] + _BEHIND)
    where = setting.of(view.artifact, segment.trail, segment.context)
    keyed = dicomread.own(view.data, start, end)
    for at, item in _items(dicomread.pairs(view.data, start, end, keyed=keyed)):
        if not view.begin <= at < view.owned:
            continue
        seen = imaged.seen(item, view.locate(at), removed=imaged.removed(item), what=WHAT, setting=where)
        if seen and (where == "data" or not seen.evidence.real or len(seen.evidence.real) > _CODE_NEEDS):
            yield seen


def _items(pairs: Iterator[dicomread.Pair]) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield headers, each with where the patient stands in it: another begins where what one has once is there again."""
    item: dict[int, str] = {}
    place = -1
    for at, tag, value in pairs:
        if tag in _ONE and item.get(tag, value) not in {value, value.replace(":", "-")}:
            if place >= 0:
                yield place, item
            item, place = {}, -1
        if tag == dicom.BIRTH:
            item.setdefault(tag, value.replace(":", "-"))  # as exiftool writes days
        item.setdefault(tag, value)
        if tag in _TOLD and place < 0:
            place = at
    if place >= 0:
        yield place, item
