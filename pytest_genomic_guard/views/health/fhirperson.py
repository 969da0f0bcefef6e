"""What a person of FHIR tells: R2 to R5, Patient, Person and RelatedPerson, as read from JSON or brought into its form."""

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers.marks import placeholder
from pytest_genomic_guard.identifiers.people import is_invented_person, name_part
from pytest_genomic_guard.views.health import fhirmarks as marks
from pytest_genomic_guard.views.health.fhirmarks import listed, of_a_specification, several, text_of
from pytest_genomic_guard.views.health.providers import Gathered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

REACH = 2  # points from which a person is told as records of people are, and not as examples typed by hand
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_SSN, _NHS, _MBI = ("2.16.840.1.113883.4.1", "us-ssn"), ("nhs-number",), ("us-mbi", "us-medicare")
# Which kind the type of an identifier (HL7 table 0203) or its system says
_TYPES = {
    "SS": "ssn",
    "SB": "ssn",
    "MR": "mrn",
    "MRN": "mrn",
    "MC": "mbi",
    "MA": "medicaid",
    "MB": "health-plan",
    "SN": "health-plan",
    "DL": "licence",
    "PPN": "licence",
    "PN": "account",
    "AN": "account",
    "PI": "mrn",
    "PT": "mrn",
    "NH": "nhs",
    "NHS": "nhs",
    "JHN": "health-card",
    "HC": "health-card",
    "UDI": "device",
    "SNO": "device",
    "EN": "account",
    "NI": "code",
    "NIIP": "code",
}
_SYSTEMS = (
    *((word, "ssn") for word in _SSN),
    *((word, "nhs") for word in _NHS),
    *((word, "mbi") for word in _MBI),
    *((word, "licence") for word in ("passport", "driver", "4.3.25", "licen")),
    *((word, "health-plan") for word in ("member", "subscriber", "insurance", "beneficiar")),
    *((word, "mrn") for word in ("mrn", "medical-record", "medicalrecord", "patient", "hospital", "clinic", "chart")),
)
# Systems that specifications use in their examples: ISO's 1.2.36.146.595.217.0.1 of HL7 FHIR, HL7's 2.16.840.1.113883.19 for
# examples, example domains (RFC 2606), and Acme
_EXAMPLES = ("1.2.36.146.595.217", "2.16.840.1.113883.19", "0.1.2.3.4.5", "1.2.3.4", "1.2.5.8.2.7", "acme", "example", "coruscant")


class Person(Gathered):
    """What is told of one person, and by how much it looks like a record: see `reaches`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.mark = ""
        self.counted: dict[str, int] = {}  # points by what they are for
        self.who = b""
        self.names: list[str] = []
        self.published = False  # a person of a specification

    @property
    def points(self) -> int:
        """Return how much it looks like a record."""
        return sum(self.counted.values())

    def count(self, key: str, points: int) -> None:
        """Count something once, however often it is there."""
        self.counted[key] = max(points, self.counted.get(key, 0))

    def told(self) -> bool:
        """Tell whether it is more than a number and a day: a name, a way to reach the person, or an id that a machine made."""
        named = {"name", "relative"} & (self.invented | set(self.real))
        return bool(named) or self.points >= 2 * REACH or any(identifiers.kind(key).tested for key in self.real)

    def reaches(self) -> bool:
        """Tell whether this is told as records of people are.

        A name and a birth date are typed by hand for every example. What records have besides are numbers that an
        institution gave, a way to reach the person in a form that is in use, the day of birth, a street, an id that a machine
        made. One of the first two is enough, of the others it takes two.
        """
        return self.points >= REACH


def read(resource: dict[str, Any]) -> Person:
    """Return what a resource about a person tells."""
    person = Person()
    person.mark = marks.marked(resource)
    _named(person, resource)
    for number in several(resource, "identifier"):
        _numbered(person, number)
    for reach in several(resource, "telecom"):
        _reached(person, reach)
    for place in several(resource, "address"):
        _placed(person, place)
    if person.add("birth-date", text_of(resource.get("birthDate"))[:10]) and "birth-date" in person.real:
        person.count("birth-date", 1)
    person.dates = bool(text_of(resource.get("deceasedDateTime")))
    for relative in several(resource, "contact"):
        _named(person, relative, key="relative")
        for reach in several(relative, "telecom"):
            _reached(person, reach)
    if any(identifiers.kind("photo").check(text_of(each.get("data"), 128)) != "no" for each in several(resource, "photo")):
        person.put("photo", "", invented=False)
    _made(person, text_of(resource.get("id")))
    _settled(person)
    if person.names:
        person.who = "|".join([*person.names, text_of(resource.get("birthDate"))]).encode()
    return person


def _settled(person: Person) -> None:
    """Take for invented what stands beside a name that is: all, where a specification has the person, else what cannot be told."""
    if person.mark and "ssn" in person.invented and "ssn" not in person.real:
        person.published = True  # a generator's number beside its mark: older ones drew telephone numbers from all
    elif "name" in person.real or "name" not in person.invented:
        return
    for key in list(person.real):
        kind = identifiers.kind(key)
        if person.published or not (kind.tested and any(kind.check(value) == "yes" for value in person.real[key])):
            del person.real[key]
            person.invented.add(key)
    person.mark = person.mark or ("" if person.published else "a name that is nobody's")


def about(resource: dict[str, Any], keys: tuple[str, ...]) -> Person:
    """Return what a resource tells of the patient it is about: a name beside a reference, an identifier, a member's number."""
    person = Person()
    person.mark = marks.marked(resource)
    for key in keys:
        subject = resource.get(key)
        if not isinstance(subject, dict):
            continue
        reference = text_of(subject.get("reference")).rpartition("/")[2].rpartition(":")[2]
        name = text_of(subject.get("display"))
        kind, invented = shown(name)
        if kind:
            person.put(kind, name, invented=invented)
            person.names.append(name)
            person.published = person.published or of_a_specification(name.split())
            _made(person, reference)
            person.count("id", 2 * person.counted.get("id", 0))  # a name with the id that a machine gave it
        for number in several(subject, "identifier"):
            _numbered(person, number)
        person.who = person.who or reference.encode()
    if person.names and text_of(resource.get("subscriberId")):
        _numbered(person, {"value": resource["subscriberId"], "system": "member"})
    _settled(person)
    return person


def shown(name: str) -> tuple[str, bool]:
    """Return the kind and whether it is invented, of a name that stands beside a reference; no kind where it is none."""
    text = text_of(name)
    if not text or identifiers.kind("name").check(text) == "no":
        return "", False
    return "name", is_invented_person(text) or of_a_specification(text.split())


def _made(person: Person, own: str) -> None:
    """Count an id that a machine made, and take it for telling people apart."""
    if own:
        person.who = own.encode()
        if _UUID.fullmatch(own) or (own.isdecimal() and len(own) >= 6 and not placeholder(own)):
            person.count("id", 1)


def _named(person: Person, resource: dict[str, Any], key: str = "name") -> None:
    found: list[tuple[str, bool]] = []
    for name in several(resource, "name"):
        family, given = listed(name.get("family")), listed(name.get("given"))
        whole = text_of(name.get("text"))
        parts = [part for part in (*given, *family) if name_part(part)]
        nobody = is_invented_person([*given, *family]) or is_invented_person(whole)
        if family and (nobody or any(part in parts for part in family)):
            found.append((" ".join(parts) or whole, nobody or of_a_specification([*given, *family])))
        elif whole and identifiers.kind("name").check(whole) != "no":
            found.append((whole, is_invented_person(whole) or of_a_specification(whole.split())))
    if not found and key == "name":
        found += ((each, is_invented_person(each)) for each in _narrated(resource))
    if not found:
        return
    invented = any(made for _name, made in found)
    person.put(key, found[0][0], invented=invented)
    if key == "name":
        person.names += [name for name, _made in found]
        person.published = any(of_a_specification(name.split()) for name, _made in found)


def _narrated(resource: dict[str, Any]) -> Iterator[str]:
    """Yield the first name in the narrative of a resource whose name stands nowhere else."""
    text = resource.get("text")
    div = text.get("div") if isinstance(text, dict) else None
    if not isinstance(div, str):
        return
    for part in re.split(r"<[^<>]{0,400}>|[,;:|()\n]", div[:8192]):
        words = part.split()
        if 2 <= len(words) <= 5 and identifiers.kind("name").check(" ".join(words)) != "no":
            yield " ".join(words)
            return


def _numbered(person: Person, number: dict[str, Any]) -> None:
    value, system = text_of(number.get("value")), text_of(number.get("system")).lower()
    if not value or len(value) > 64:
        return
    kind = next((key for word, key in _SYSTEMS if word in system and word in (*_SSN, *_NHS, *_MBI)), "") or _typed(number)
    kind = kind or next((key for word, key in _SYSTEMS if word in system), "mrn")
    if identifiers.kind(kind).check(value) == "no":
        kind = "mrn" if kind not in {"ssn", "code"} else kind
    if not person.add(kind, value) or kind not in person.real:
        return
    example = any(word in system for word in _EXAMPLES)
    digits = sum(map(str.isdigit, value))
    if identifiers.kind(kind).tested or identifiers.kind(kind).check(value) == "yes":
        person.count(kind, 2)
    elif digits >= 6 or (digits >= 5 and not example):
        person.count("number", 1 if example else 2)
    person.who = person.who or value.encode()


def _typed(number: dict[str, Any]) -> str:
    kind = number.get("type")
    for coding in several(kind, "coding") if isinstance(kind, dict) else ():
        if found := _TYPES.get(text_of(coding.get("code")).upper()):
            return found
    told = text_of(kind.get("text")).lower() if isinstance(kind, dict) else text_of(kind).lower()
    label = told + " " + text_of(number.get("label")).lower()
    words = (("social security", "ssn"), ("ssn", "ssn"), ("nhs", "nhs"), ("passport", "licence"), ("driv", "licence"))
    return next(
        (key for word, key in (*words, ("medical record", "mrn"), ("mrn", "mrn"), ("member", "health-plan")) if word in label), ""
    )


def _reached(person: Person, reach: dict[str, Any]) -> None:
    value, system = text_of(reach.get("value")), text_of(reach.get("system")).lower()
    keys = {"phone": ("phone",), "sms": ("phone",), "fax": ("fax",), "email": ("email",), "url": ("url",)}.get(
        system, ("email", "phone")
    )
    for key in keys:
        if person.add(key, value.removeprefix("tel:").removeprefix("mailto:")):
            person.count(key, 2 if key in person.real and key != "url" else 0)
            return


def _placed(person: Person, place: dict[str, Any]) -> None:
    line = ", ".join(listed(place.get("line"))) or text_of(place.get("text"))
    if identifiers.kind("address").check(line) != "no":
        person.add("address", line)
        person.count("address", 1 if "address" in person.real else 0)
    person.add("city", text_of(place.get("city")))
    person.add("zip", text_of(place.get("postalCode")))
