"""People and patients in resources of FHIR (R2 to R5): JSON, bundles, a line each, XML, Turtle, YAML, literals of programs."""

from __future__ import annotations

import itertools
import re

from pytest_genomic_guard.identifiers.moments import dates
from pytest_genomic_guard.views.health import fhirperson, fhirread, hints, setting
from pytest_genomic_guard.views.health.evidence import Evidence
from pytest_genomic_guard.views.health.providers import UNNAMED, Last, Seen
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import View
    from pytest_genomic_guard.views.health.fhirperson import Person
    from pytest_genomic_guard.views.text import Segment

WHAT = "FHIR resource"
_PEOPLE = frozenset({b"Patient", b"Person", b"RelatedPerson"})
_CONTEXTS = {
    **dict.fromkeys((b"Condition", b"ClinicalImpression", b"EpisodeOfCare", b"DetectedIssue"), "diagnosis"),
    **dict.fromkeys((b"MedicationRequest", b"MedicationStatement", b"MedicationDispense", b"MedicationOrder"), "medication"),
    **dict.fromkeys((b"MedicationAdministration", b"CarePlan", b"NutritionOrder"), "medication"),
    **dict.fromkeys((b"Procedure", b"ServiceRequest", b"ProcedureRequest", b"DeviceUseStatement"), "procedure"),
    **dict.fromkeys((b"Observation", b"DiagnosticReport", b"Specimen"), "laboratory result"),
    **dict.fromkeys((b"AllergyIntolerance", b"AdverseEvent"), "allergy"),
    **dict.fromkeys((b"Immunization", b"ImmunizationRecommendation"), "immunisation"),
    **dict.fromkeys((b"Encounter",), "admission"),
    **dict.fromkeys((b"Claim", b"Coverage", b"ExplanationOfBenefit", b"ClaimResponse", b"Account"), "insurance claim"),
    **dict.fromkeys((b"Composition", b"DocumentReference", b"QuestionnaireResponse", b"Communication"), "clinical note"),
    **dict.fromkeys((b"Appointment", b"AppointmentResponse"), "appointment"),
    **dict.fromkeys((b"ImagingStudy", b"Media"), "imaging"),
    **dict.fromkeys((b"MolecularSequence", b"GenomicStudy"), "genetic test"),
}
_SUBJECTS = ("subject", "patient", "beneficiary", "individual", "for", "subscriber", "policyHolder", "sourcePatientInfo")
_SAMPLED = 60  # resources of a kind in one window that are read; those between are like them
_TYPE = re.compile(rb"[A-Za-z]+\Z")
# Servers that anybody may try, whose patients are made up, as the address of a resource in a bundle (FHIR R4, 2.36.6.1)
_SANDBOX = re.compile(
    rb"\"fullUrl\"\s{0,4}:\s{0,4}\"https?://[^\"/\s]{0,80}?(?:smarthealthit\.org|fhir-open|fhir-ehr-code\.cerner|hapi\.fhir\.org|server\.fire\.ly"
    rb"|logicahealth\.org|open-ic\.epic|interopland|open\.allscripts|test\.fhir\.org|fhirtest|spark\.incendi|hl7\.org)"
)
_REFERENCE = re.compile(rb"(?:Patient/|urn:uuid:)([A-Za-z0-9.-]{1,64})(?![A-Za-z0-9.-])")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-([0-9a-fA-F])[0-9a-fA-F]{3}-([0-9a-fA-F])[0-9a-fA-F]{3}-[0-9a-fA-F]{12}")
_BESIDE = frozenset({"name"})  # what stands beside a reference
_HANDFUL, _NUMBERED = 9, 20  # patients without names whom an example has at most; whose ids nobody's machine made
_TOLD = 1000  # ids that are told apart
_HAPPENED = ("DateTime", "Date", "date", "issued", "authoredOn", "recorded", "created", "start", "Instant", "time")


def _read(view: View) -> Iterator[Seen]:
    """Yield each person of the resources of a text, then patients of whom there is nothing but ids."""
    if not isinstance(view, Text):
        return
    for segment, spans in itertools.groupby(view.matches(hints.FHIR), key=lambda span: view.segment(span[0])):
        if segment.context != "markup":
            yield from _Resources(view, segment).read(list(spans))
    if hints.FHIR_PERSON.name in view.hits:
        from pytest_genomic_guard.views.health import fhirxml  # noqa: PLC0415 - for XML and Turtle only

        for at, person in fhirxml.people(view):
            segment = view.segment(at)
            where = setting.of(view.artifact, segment.trail, segment.context)
            yield from seen(view, at, person, where, frozenset({"patient"}))


found = Last(_read)


def seen(  # noqa: PLR0913, PLR0917 - what a Seen is made of
    view: Text, at: int, person: Person, where: str, health: frozenset[str], what: str = WHAT
) -> Iterator[Seen]:
    """Yield a person about whom something is told. One who looks like an example of data is taken as if in documentation."""
    person.health |= health
    if not person.told():
        person.real.pop("birth-date", None)
    evidence = person.evidence(person.mark)
    if not evidence.real and not evidence.invented:
        return
    if not person.mark and "name" not in evidence.invented and not person.reaches():
        if where != "data" or "name" not in evidence.real:
            return
        where = "document"
    names = tuple(name.encode() for name in person.names)
    yield Seen(at=view.locate(at), evidence=evidence, setting=where, what=what, who=person.who, names=names)


class _Resources:
    """Resources of one part of a text."""

    def __init__(self, view: Text, segment: Segment) -> None:
        self.view, self.segment = view, segment
        self.end = view.end(segment)
        self.where = setting.of(view.artifact, segment.trail, segment.context)
        self.told: list[Seen] = []
        self.dated = False
        self.work = fhirread.Work()

    def read(self, spans: Sequence[tuple[int, int]]) -> Iterator[Seen]:
        """Yield who is in the resources whose types stand at these spans."""
        people: list[int] = []
        others: list[int] = []
        health = {"patient"}
        for start, end in spans:
            kind = _TYPE.search(self.view.data, start, end)
            if kind and kind[0] in _PEOPLE:
                people.append(start)
            elif kind and (context := _CONTEXTS.get(kind[0])):
                others.append(start)
                health.add(context)
        for start in _sampled(others):
            self._about(start, frozenset(health))
        for start in _sampled(people):
            self._person(start, frozenset(health))
        self._joined()
        self._examples()
        named = [each for each in self.told if not each.evidence.real or not each.evidence.real <= UNNAMED]
        yield from self.told if len(self.told) - len(named) > _HANDFUL else named
        if others and not self.told:
            yield from self._unnamed(others, frozenset(health))

    def _resource(self, at: int) -> dict[str, Any] | None:
        low = self.segment.start
        return fhirread.resource(self.view.data, at, low, self.end, self.work)

    def _person(self, at: int, health: frozenset[str]) -> None:
        resource = self._resource(at)
        if resource is None:
            return
        person = fhirperson.read(resource)
        person.dates = person.dates or self.dated
        self.told += seen(self.view, at, person, self.where, health)

    def _joined(self) -> None:
        """Let a mark of all the people whom a bundle holds be that of those whose names stand beside references."""
        marks = {each.evidence.marked for each in self.told if each.evidence.real != _BESIDE}
        mark = min(marks) if marks else ""
        tried = _SANDBOX.search(self.view.data, self.segment.start, self.end) if self.told else None
        if mark or tried:
            for number, each in enumerate(self.told):
                if (tried or each.evidence.real == _BESIDE) and not each.evidence.marked:
                    mark = mark or "the address of a public sandbox"
                    self.told[number] = each.replace(evidence=each.evidence.replace(marked=mark))

    def _examples(self) -> None:
        """Take people who look typed by hand for data where nobody types so many; of fewer, keep as many as tests have."""
        typed = list(dict.fromkeys(each.who for each in self.told if each.setting != self.where))
        records = any(each.setting == self.where and not each.evidence.marked and each.evidence.real for each in self.told)
        if len(typed) > _NUMBERED or records:
            self.told = [each.replace(setting=self.where) for each in self.told]
        elif len(typed) > setting.INVENTED:
            kept = frozenset(typed[: setting.INVENTED])
            self.told = [each for each in self.told if each.setting == self.where or each.who in kept]

    def _about(self, at: int, health: frozenset[str]) -> None:
        """Read a resource about a patient: who that is, if it tells, and whether it has dates."""
        resource = self._resource(at)
        if resource is None:
            return
        self.dated = self.dated or _dated(resource)
        person = fhirperson.about(resource, _SUBJECTS)
        if person.names or person.real:
            person.dates = _dated(resource)
            self.told += seen(self.view, at, person, self.where, health)

    def _unnamed(self, others: Sequence[int], health: frozenset[str]) -> Iterator[Seen]:
        """Yield patients of whom there are ids, when they are as many and as numbered as those of records."""
        if not self.dated or self.where != "data":
            return
        first = others[0]
        low, high = max(self.segment.start, self.view.begin), min(self.end, self.view.owned)
        ids = dict.fromkeys(
            each[1].decode() for each in _REFERENCE.finditer(self.view.data, low, high) if each[0].startswith(b"P")
        ) or dict.fromkeys(self._subjects(others))
        told = _judged(list(ids))
        if told == "":
            return
        synthetic = told == "synthetic"
        evidence = Evidence(
            real=frozenset() if synthetic else frozenset({"mrn"}),
            invented=frozenset({"mrn"}) if synthetic else frozenset(),
            health=health,
            dates=True,
            marked="ids of the form of Synthea" if synthetic else "",
        )
        at = self.view.locate(first)
        for own in itertools.islice(ids, _TOLD):
            yield Seen(at=at, evidence=evidence, setting=self.where, what=WHAT, who=own.encode())

    def _subjects(self, others: Sequence[int]) -> Iterator[str]:
        for at in _sampled(others):
            resource = self._resource(at) or {}
            for key in ("subject", "patient", "beneficiary"):
                subject = resource.get(key)
                reference = subject.get("reference") if isinstance(subject, dict) else None
                if isinstance(reference, str) and reference.startswith("urn:uuid:"):
                    yield reference[9:73]


def _judged(ids: Sequence[str]) -> str:
    """Tell whether ids of patients without names are those of records: "real", "synthetic", or "" for an example's.

    Synthea draws all bits of its UUIDs at random, where RFC 9562 has four for the version and two for the variant: of eight,
    one happens to be right.
    """
    if len(ids) <= _HANDFUL:
        return ""
    forms = [form for own in ids if (form := _UUID.fullmatch(own))]
    if len(forms) * 2 > len(ids):
        right = sum(form[1] in "12345678" and form[2] in "89abAB" for form in forms)
        return "real" if right * 2 > len(forms) else "synthetic"
    numbered = sum(sum(map(str.isdigit, own)) >= 5 for own in ids)
    return "real" if numbered * 2 > len(ids) or len(ids) > _NUMBERED else ""


def _dated(resource: dict[str, Any]) -> bool:
    """Tell whether something happened on a day."""
    for key, value in itertools.islice(resource.items(), 60):
        inner = value.items() if isinstance(value, dict) and key.lower().endswith(("period", "date")) else ((key, value),)
        for name, text in inner:
            if isinstance(text, str) and name.endswith(_HAPPENED) and len(text) <= 40 and dates(text[:10]):
                return True
    return False


def _sampled(places: Sequence[int]) -> Sequence[int]:
    """Return the first places and some of the rest, evenly."""
    half = _SAMPLED // 2
    if len(places) <= _SAMPLED:
        return places
    rest = places[half:]
    return [*places[:half], *rest[:: -(-len(rest) // half)]]
