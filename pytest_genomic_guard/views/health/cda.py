"""Whom a clinical document is about: C-CDA and other CDA R2 (`recordTarget/patientRole`), and the older CCR (ASTM E2369).

The role is found by its tag, so that fragments, prefixes of namespaces and documents in strings are read too; sections around it
say what of health stands beside.
"""

from __future__ import annotations

import re

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers.moments import parse_date
from pytest_genomic_guard.views.health import fhirperson, fhirread, hints, setting
from pytest_genomic_guard.views.health.fhir import seen
from pytest_genomic_guard.views.health.providers import Last
from pytest_genomic_guard.views.health.tags import LONGEST, element
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.model import View
    from pytest_genomic_guard.views.health.providers import Seen
    from pytest_genomic_guard.views.health.tags import Element

WHAT, WHAT_OF_CCR = "clinical document (CDA)", "continuity of care record (CCR)"
_MOST = 30  # people of one text
_IDS = 4096  # bytes before a person of V3 in which the patient begins
_AROUND = 64 << 10  # bytes before and behind a person in which sections are looked for
_HEALTH: tuple[tuple[bytes, str], ...] = (
    (b"ClinicalDocument", "clinical note"),
    (b"ContinuityOfCareRecord", "clinical note"),
    (b"substanceAdministration", "medication"),
    (b"11450-4", "diagnosis"),  # LOINC: problem list, then allergies, results, vital signs, immunisations, encounters
    (b"48765-2", "allergy"),
    (b"30954-2", "laboratory result"),
    (b"8716-3", "vital signs"),
    (b"11369-6", "immunisation"),
    (b"46240-8", "admission"),
)
# Processing of documents that make others: a template of Liquid, Mustache, XSLT, PHP or a script
_TEMPLATE = re.compile(rb"\{\{|\{%|\$\{|<xsl:|<%|<\?php|\{\$|<sch:|<xs:")


def _read(view: View) -> Iterator[Seen]:
    """Yield each person whom a document of a text is about."""
    if not isinstance(view, Text):
        return
    for rule, what in ((hints.CDA, WHAT), (hints.CCR, WHAT_OF_CCR)):
        for number, (start, _end) in enumerate(view.matches(rule)):
            if number >= _MOST:
                break
            segment = view.segment(start)
            if segment.context == "markup":
                continue
            low, high = max(segment.start, start - _AROUND), min(view.end(segment), start + _AROUND)
            data = view.data
            top = _element(data, start, min(view.end(segment), start + LONGEST), cdata=what is WHAT_OF_CCR, low=segment.start)
            if top is None or _TEMPLATE.search(data, start, min(high, start + 8192)):
                continue
            resource = _of_role(top) if what is WHAT else _of_actor(top)
            person = fhirperson.read(resource)
            person.dates = True
            if any(sign in data[low:high] for sign in (b"HTEST", b"synthea", b"Synthea")):
                person.mark = person.mark or "HTEST or Synthea"
            health = {"patient", *(meant for sign, meant in _HEALTH if data.find(sign, low, high) >= 0)}
            where = setting.of(view.artifact, segment.trail, segment.context)
            yield from seen(view, start, person, where, frozenset(health), what)


found = Last(_read)


def _element(data: bytes, start: int, end: int, *, cdata: bool, low: int) -> Element | None:
    opening = start if data[start : start + 1] == b"<" else data.rfind(b"<", max(low, start - 32), start)
    if opening < 0:
        return None
    if data.startswith(b"patientPerson", opening + 1) or b":patientPerson" in data[opening : opening + 40]:
        around = data.rfind(b"patient ", max(low, opening - _IDS), opening)  # of V3: the patient around the person has the ids
        opening = data.rfind(b"<", low, around) if around > 0 and b"</" not in data[max(low, around - 40) : around + 8] else opening
    if cdata:  # the name of an actor: the actor around it is what has a birth date
        actor = max(data.rfind(b"<Actor>", low, start), data.rfind(b":Actor>", low, start))
        if actor >= 0 and start - actor < LONGEST:
            opening = data.rfind(b"<", low, actor + 1)
    part = data[opening : min(end, opening + LONGEST)]
    if b'=\\"' in part[:4096]:  # in a string of a program or log
        part = fhirread.unescaped(part)
    return element(part, 0, len(part))


def _of_role(role: Element) -> dict[str, Any]:
    """Return a patientRole in the form of a Patient of FHIR."""
    patient = role.first("patient") or role.first("patientPerson") or (role if role.name == "patientPerson" else None)
    both = [role, patient] if patient and patient is not role else [role]
    names = [_name(each) for each in patient.all("name")] if patient else []
    birth = patient.first("birthTime") if patient else None
    guardians = list(patient.all("guardian")) if patient else []
    return {
        "identifier": [_number(each.attributes) for each in role.all("id")],
        "address": [_address(each) for part in both for each in part.all("addr")],
        "telecom": [_reach(each.attributes.get("value", "")) for part in both for each in part.all("telecom")],
        "name": names,
        "birthDate": _day(birth.attributes.get("value", "") if birth else ""),
        "contact": [
            {"name": _name(name), "telecom": [_reach(each.attributes.get("value", "")) for each in guardian.all("telecom")]}
            for guardian in guardians
            if (name := guardian.first("guardianPerson", "name"))
        ],
    }


def _name(name: Element) -> dict[str, Any]:
    given = [part.words() for part in name.all("given")]
    family = " ".join(part.words() for part in name.all("family"))
    return {"given": given, "family": family} if family else {"text": name.words()}


def _number(attributes: dict[str, str]) -> dict[str, Any]:
    """Return an id: the root is a system, and without an extension a UUID is a number itself."""
    root, extension = attributes.get("root", ""), attributes.get("extension", "")
    return (
        {} if attributes.get("nullFlavor") else {"system": f"urn:oid:{root}", "value": extension or (root if "-" in root else "")}
    )


def _address(place: Element) -> dict[str, Any]:
    lines = [part.words() for part in place.all("streetAddressLine", "streetName", "houseNumber")]
    city, code = place.first("city"), place.first("postalCode")
    told = {"city": city.words() if city else "", "postalCode": code.words() if code else ""}
    return {"line": lines, **told} if lines else {"text": place.words(), **told}


def _reach(value: str) -> dict[str, Any]:
    """Return a telecom: RFC 3966 and others, `tel:+1(555)...`, `mailto:...`."""
    scheme, colon, rest = value.strip().partition(":")
    system = {"tel": "phone", "fax": "fax", "mailto": "email", "http": "url", "https": "url"}.get(scheme.lower(), "")
    number = rest.strip() if colon and system not in {"", "url"} else value.strip()
    phone = number.replace("(", "-").replace(")", "-").replace("--", "-").lstrip("-") if system in {"phone", "fax"} else number
    kind = identifiers.kind("phone")
    return {"system": system, "value": number if system != "phone" or kind.check(number) == "yes" else phone}


def _day(value: str) -> str:
    """Return the day of a time stamp (HL7 V3 TS) as FHIR writes it."""
    day = parse_date(value.strip()[:8]) if len(value.strip()) >= 8 else None
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day else ""


def _of_actor(actor: Element) -> dict[str, Any]:
    """Return an actor of a CCR who is a person."""
    current = actor if actor.name == "CurrentName" else next(actor.below("CurrentName"), None)
    names = []
    if current:
        given = [each.words() for each in current.all("Given")]
        names = [{"given": given, "family": " ".join(each.words() for each in current.all("Family"))}]
    born = next((each.words() for each in actor.below("DateOfBirth")), "")
    day = parse_date(born[:10]) if born else None
    return {
        "name": names,
        "birthDate": f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day and day[2] else "",
        "identifier": [
            {"value": value.words(), "type": {"text": (kind := each.first("Type")) and kind.words()}}
            for each in actor.below("IDs")
            if (value := each.first("ID"))
        ],
        "telecom": [{"value": value.words()} for each in actor.below("Telephone", "EMail") if (value := each.first("Value"))],
        "address": [
            {
                "line": [line.words() for line in each.children if line.name in {"Line1", "Line2"}],
                "city": (city := each.first("City")) and city.words(),
                "postalCode": (code := each.first("PostalCode")) and code.words(),
            }
            for each in actor.below("Address")
        ],
    }
