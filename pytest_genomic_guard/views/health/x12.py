"""X12 transactions about people: claims (837), payments (835), enrolment (834), eligibility, status, review (270 to 278).

ISA is 106 characters long: its fourth is the separator of elements, its last the terminator (X12.5). Line feeds and tabs in
place of a terminator, cut envelopes and transactions quoted in programs are read as well: each NM1 of a person (entity type 1, as
insured, patient, corrected, dependant) begins one, and what follows up to the next is of this person.
"""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.views.health import hints, segments
from pytest_genomic_guard.views.health.hl7fields import TEMPLATE, nobody
from pytest_genomic_guard.views.health.providers import Gathered, Last, Seen, enough
from pytest_genomic_guard.views.health.x12guides import SPECIMENS
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_genomic_guard.model import View

WHAT = "X12 transaction"
_PEOPLE = frozenset(("IL", "QC", "74", "03", "70"))
_RELATIVES = frozenset(("GD", "S1", "S2", "S3", "E1", "LR", "QD", "6Y", "9K", "EXS", "M8", "QN"))  # guardian, parent, spouse, ...
_NAMES = (
    rb"ISA|GS|ST|SE|GE|IEA|BHT|BPR|BGN|TRN|HL|PRV|SBR|PAT|NM1|N1|N2|N3|N4|DMG|REF|PER|CLM|CLP|CAS|HI|DTP|DTM|SV[1-7]|SVC|SVD|LX|INS|HD"
    rb"|COB|EB|EQ|UM|CR[1-7]|OI|MOA|MIA|AMT|NTE|CUR|LUI|HSD|STC|PWK|CRC|K3|LQ|LS|LE|AAA|III|HCP|QTY|LIN|CTP|EC|ICM|MPI|DSB|IDC"
)
# Segment to the health that it tells of
_CONTEXTS: Mapping[bytes, str] = {
    b"HI": "diagnosis",
    b"SV1": "procedure",
    b"SV2": "procedure",
    b"SV3": "procedure",
    b"SVC": "procedure",
    b"SVD": "procedure",
    b"UM": "procedure",
    b"LIN": "medication",
    b"CTP": "medication",
    b"CRC": "diagnosis",
    b"DSB": "disability",
}
# Qualifier of an id (NM108, REF01) to its kind
_IDS: Mapping[str, tuple[str, ...]] = {
    "MI": ("mbi", "hicn", "health-plan"),
    "HN": ("mbi", "hicn", "health-plan"),
    "C": ("mbi", "hicn", "health-plan"),
    "MR": ("medicaid", "health-plan"),
    "34": ("ssn",),
    "SY": ("ssn",),
    "II": ("health-plan",),
    "ZZ": ("health-plan",),
    "N": ("health-plan",),
    "EI": ("health-plan",),
    "0F": ("ssn", "health-plan"),
    "1W": ("health-plan",),
    "IG": ("health-plan",),
    "Q4": ("health-plan",),
    "23": ("health-plan",),
    "F6": ("mbi", "hicn", "health-plan"),
    "NQ": ("medicaid",),
    "EJ": ("account",),
    "EA": ("mrn",),
    "Y4": ("account",),
}
_REACHED: Mapping[str, str] = {
    "TE": "phone",
    "HP": "phone",
    "CP": "phone",
    "WP": "phone",
    "BN": "phone",
    "EM": "email",
    "FX": "fax",
}
_DATED = frozenset(("D8", "RD8", "DT"))
_SHORT = 5
_ELEMENTS = 16  # of ISA
_ENVELOPE = 240  # bytes in which ISA stands where somebody took its blanks away or added some


def _read(view: View) -> Iterator[Seen]:
    """Yield each person of the transactions of a text."""
    if not isinstance(view, Text):
        return
    places = segments.Places(view)
    for start, end, sign, terminator, marked in _spans(view):
        segment = view.segment(start)
        if segment.context != "markup":
            where = segments.setting_of(view, segment)
            for person in _people(view.data, (start, end), sign, terminator):
                yield from person.seen(view, places, marked=marked, where=where)


found = Last(lambda view: enough(_read(view)))


def _spans(view: Text) -> Iterator[tuple[int, int, bytes, bytes, str]]:
    """Yield where interchanges stand, with separator, terminator and what marks a test; then what was cut out of one."""
    data = view.data
    heads = {start for start, _end in view.hits.get(hints.X12.name, ()) if not data[start - 1 : start].isalnum() or not start}
    cut = {start for start, _end in view.hits.get(hints.X12_PERSON.name, ())}
    for (start, end), headed in segments.spans(view, heads, cut):
        sign, terminator, marked = data[start + 3 : start + 4], b"~", ""
        if headed:
            terminator, marked = _envelope(data[start : min(end, start + _ENVELOPE)], sign)
        yield start, end, sign, terminator, marked


def _envelope(head: bytes, sign: bytes) -> tuple[bytes, str]:
    """Return the terminator, and what marks a test (ISA15)."""
    parts = head.split(sign, _ELEMENTS)
    if len(parts) <= _ELEMENTS:
        return b"~", ""
    terminator = parts[_ELEMENTS][1:2]
    plain = terminator.isspace() or not terminator or terminator == b"\\" or terminator.isalnum()
    return b"~" if plain else terminator, "ISA15" if parts[15].strip() == b"T" else ""


class _Person:
    """What segments tell of one person."""

    def __init__(self, at: int) -> None:
        self.at, self.values, self.marked = at, Gathered(), ""
        self.values.health |= {"patient", "insurance claim"}
        self.name, self.specimen, self.ids = "", False, list[str]()

    def named(self, fields: Sequence[str], kind: str = "name") -> None:
        """Take NM1: family, given, middle name; then an id with what it is."""
        words = [each for each in fields[2:5] if each and not TEMPLATE.search(each)]
        joined = " ".join(words)
        if sum(map(str.isalpha, joined)) > 1:
            found = _nobody(words)
            self.values.put(kind, joined, invented=bool(found))
            if kind == "name":
                self.name, self.specimen = joined, found == "specimen"
                self.marked = "a placeholder for the name" if found else ""
        if len(fields) > 8 and kind == "name":
            self.identified(fields[7], fields[8])

    def identified(self, qualifier: str, value: str) -> None:
        """Take an id with its qualifier."""
        if not TEMPLATE.search(value) and any(self.values.add(each, value) for each in _IDS.get(qualifier, ())):
            self.ids.append(value)

    def seen(self, view: Text, places: segments.Places, *, marked: str, where: str) -> Iterator[Seen]:
        """Yield what is told of the person, where this view owns it."""
        evidence = self.values.evidence(marked or self.marked, nobody=self.specimen or bool(marked and self.marked))
        if view.begin <= self.at < view.owned and evidence.real | evidence.invented:
            who = "|".join([self.name or next(iter(self.ids), ""), *self.values.real.get("birth-date", ())[:1]])
            names = [each for each in self.ids if len(each) >= _SHORT]
            if self.name and "name" in self.values.real:
                words = self.name.split()
                names += [" ".join(words[:2]), " ".join(words[1::-1])] if len(words) > 1 else []
            yield Seen(
                at=places.of(self.at),
                evidence=evidence,
                setting=where,
                what=WHAT,
                who=who.upper().encode("utf-8", "replace"),
                names=tuple(each.encode("utf-8", "replace") for each in names),
            )


def _nobody(words: Sequence[str]) -> str:
    pair = frozenset(each.lower() for each in words[:2])
    return "specimen" if pair in SPECIMENS else nobody(words)


def _people(data: bytes, span: tuple[int, int], sign: bytes, end: bytes) -> Iterator[_Person]:
    """Yield the people of one interchange."""
    person, own = _Person(-1), False
    before = set[str]()
    for name, at, fields in segments.of(data, span, _NAMES, sign, end):
        if name == b"NM1" and len(fields) > 2:
            own = fields[0] in _PEOPLE and fields[1] == "1"
            if own:
                yield person
                person = _Person(at)
                person.values.health |= before
                before.clear()
                person.named(fields)
            elif fields[0] in _RELATIVES and fields[1] == "1":
                person.named(fields, "relative")
        elif name in {b"ST", b"HL", b"CLP", b"LX", b"N1"}:
            own = False
        _take(person, name, fields, own=own)
        if name in _CONTEXTS:
            (person.values.health if person.at >= 0 else before).add(_CONTEXTS[name])
    yield person


def _take(person: _Person, name: bytes, fields: Sequence[str], *, own: bool) -> None:
    """Take a segment behind the name of a person; dates and the account of a claim wherever they stand."""
    if name in {b"DTP", b"DTM"} and len(fields) > 1:
        person.values.dates = person.values.dates or any(_day(each.partition("-")[0]) for each in fields[1:3])
    elif name == b"CLM" and fields:
        person.values.add("account", fields[0])
    elif not own or not fields:
        return
    elif name == b"DMG" and len(fields) > 1 and fields[0] in _DATED:
        person.values.add("birth-date", fields[1])
    elif name == b"N3":
        person.values.add("address", fields[0])
    elif name == b"N4":
        for at, kind in ((0, "city"), (2, "zip")):
            if at < len(fields):
                person.values.add(kind, fields[at])
    elif name == b"REF" and len(fields) > 1:
        person.identified(fields[0], fields[1])
    elif name == b"PER":
        for at in range(2, min(len(fields) - 1, 8), 2):
            if fields[at] in _REACHED:
                person.values.add(_REACHED[fields[at]], fields[at + 1])


def _day(text: str) -> bool:
    return len(text) == 8 and text.isdigit() and identifiers.kind("birth-date").check(text) != "no"
