"""HL7 v2 messages: whom they are about (HL7 v2.5.1, chapters 2.15, 3.4, 6.5).

A message stands where `MSH` and its encoding characters do, at the beginning of a line or string or behind the VT of MLLP; or
where a PID segment was cut out of one. Each PID begins a person; what follows, up to the next, is of this person.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.health import hints, segments
from pytest_genomic_guard.views.health.hl7fields import Person, context, filled
from pytest_genomic_guard.views.health.providers import Last, Seen, enough
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import View

WHAT = "HL7 v2 message"
_TEST = frozenset("TD")  # HL7 table 0103, processing id: training, debugging
_BEFORE = re.compile(rb"(?:[^0-9A-Za-z_]|\\[rnt]|\\x0[abdABD]|\\u000[abdABD]|\\01[123])\Z")
_NAMES = (
    rb"MSH|EVN|PID|PD1|NK1|PV1|PV2|GT1|IN1|IN2|IN3|MRG|OBR|OBX|NTE|DG1|PR1|ORC|RXA|RXC|RXD|RXE|RXG|RXO|RXR|AL1|IAM|SCH|AIS|AIP|AIL"
    rb"|AIG|RGS|TXA|FT1|DRG|ROL|ACC|UB1|UB2|DB1|SPM|TQ1|CTI|PRB|GOL|PTH|QRD|QRF|QPD|MSA|QAK|DSP|STF|PRA|EDU|PDC|BLG|CSR|CSP|FHS|BHS|FTS"
    rb"|BTS|DSC|ARV|PRT|CON|REL|IAR|OM[1-7]|MF[EIA]|Z[A-Z0-9]{2}"
)
_COMPONENT, _REPEAT = b"^", b"~"
_LEAST = 2  # identifiers of a PID that has no header


def _read(view: View) -> Iterator[Seen]:
    """Yield each person of the messages of a text."""
    if not isinstance(view, Text):
        return
    places = segments.Places(view)
    for span, header in _messages(view):
        segment = view.segment(span[0])
        if segment.context != "markup":  # what a page shows is another view
            yield from _people(view, span, places, header=header, where=segments.setting_of(view, segment))


found = Last(lambda view: enough(_read(view)))


def _messages(view: Text) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yield where each message stands, and whether it has its header."""
    data = view.data
    heads = {start for start, _end in view.hits.get(hints.HL7.name, ()) if _opens(data, start)}
    cut = {start for start, _end in view.hits.get(hints.HL7_PERSON.name, ()) if _opens(data, start, cut=True)}
    yield from segments.spans(view, heads, cut)


def _opens(data: bytes, at: int, *, cut: bool = False) -> bool:
    before = data[max(0, at - 8) : at]
    return not before or (not (cut and before[-1] in b"|^~&") and _BEFORE.search(before) is not None)


def _people(view: Text, span: tuple[int, int], places: segments.Places, *, header: bool, where: str) -> Iterator[Seen]:
    """Yield the people of one message whose PID this view owns."""
    data = view.data
    signs = data[span[0] + 3 : span[0] + 6] if header else b"|^~"
    sign, person = signs[:1], Person(signs[1:2] if signs[1:2] not in {b"\\", b"&"} else b"^", at=-1)
    before, marked, beside = set[str](), "", 0
    for name, at, fields in segments.of(data, span, _NAMES, sign):
        if name == b"PID":
            yield from _seen(view, person, places, header=header, where=where, marked=marked, beside=beside)
            person, beside = Person(person.sign, at=at), 0
            person.values.health |= before
        elif name == b"MSH":
            marked = "MSH-11" if filled(fields, 10)[:1] in _TEST and filled(fields, 10).partition("^")[0] in _TEST else ""
            continue
        else:
            beside += 1
        health = context(name, fields)
        if health and person.at < 0:
            before.add(health)
        elif health:
            person.values.health.add(health)
        person.read(name, fields)
    yield from _seen(view, person, places, header=header, where=where, marked=marked, beside=beside)


def _seen(  # noqa: PLR0913 - what decides whether there is anything to tell
    view: Text, person: Person, places: segments.Places, *, header: bool, where: str, marked: str, beside: int
) -> Iterator[Seen]:
    """Yield a person about whom something is told; of a PID alone, two identifiers and a neighbour are asked for."""
    if not view.begin <= person.at < view.owned:
        return
    evidence = person.values.evidence(marked or person.marked, nobody=person.specimen or bool(marked and person.marked))
    kinds = evidence.real | evidence.invented
    if kinds and (header or (len(kinds) >= _LEAST and (beside or len(kinds) > _LEAST))):
        yield Seen(
            at=places.of(person.at),
            evidence=evidence,
            setting=where,
            what=WHAT,
            who=person.who(),
            names=person.names(),
        )
