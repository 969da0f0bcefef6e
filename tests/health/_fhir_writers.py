"""Writers of FHIR and CDA that share nothing with the readers: as servers, logs, serialisers and people lay resources out."""

from __future__ import annotations

import json
import pprint
import random
from typing import Any

import yaml

_random = random.Random(20240611)  # noqa: S311 - no secret
_SYLLABLES = ("har", "mel", "ton", "wick", "bren", "dal", "fer", "lou", "sau", "mi", "ka", "ro", "vin", "esc", "ob")
_AREAS = (206, 312, 415, 503, 617, 713)


def word() -> str:
    """Return a word that could be somebody's name."""
    return "".join(_random.sample(_SYLLABLES, 2)).capitalize()


def number(digits: int = 8) -> str:
    """Return digits that do not count up."""
    return str(_random.randrange(6 * 10 ** (digits - 1), 8 * 10 ** (digits - 1)))


def phone() -> str:
    """Return a telephone number outside the reserved exchange, in one of the usual forms."""
    parts = (_random.choice(_AREAS), _random.randrange(220, 480), _random.randrange(1300, 9800))
    return _random.choice(("({}) {}-{}", "{}-{}-{}", "+1-{}-{}-{}", "{}.{}.{}")).format(*parts)


def day(first: int = 1931, last: int = 2011) -> str:
    """Return a day."""
    return f"{_random.randrange(first, last)}-{_random.randrange(1, 13):02}-{_random.randrange(2, 28):02}"


def uuid() -> str:
    """Return a UUID of version 4."""
    text = f"{_random.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def patient(*parts: str) -> dict[str, Any]:
    """Return a patient with a name, and with parts of number, phone, address, birth."""
    made: dict[str, Any] = {"resourceType": "Patient", "id": uuid(), "active": True}
    made["name"] = [{"use": "official", "family": word(), "given": [word(), word()[0]]}]
    if "number" in parts:
        kind = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}
        made["identifier"] = [{"type": kind, "system": "http://mrn.hospital.example.org", "value": number()}]
    if "phone" in parts:
        made["telecom"] = [{"system": "phone", "use": "home", "value": phone()}]
    if "address" in parts:
        made["address"] = [{"line": [f"{number(3)} {word()} Avenue"], "city": word(), "state": "OR", "postalCode": number(5)}]
    if "birth" in parts:
        made["birthDate"] = day()
    return made


def observation(own: str) -> dict[str, Any]:
    """Return a laboratory result of a patient."""
    code = {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]}
    value = {"value": _random.randrange(40, 90) / 10, "unit": "%"}
    subject = {"reference": f"Patient/{own}"}
    made = {"resourceType": "Observation", "id": uuid(), "code": code, "subject": subject}
    return made | {"effectiveDateTime": day(2019, 2024), "valueQuantity": value}


def bundle(people: int) -> dict[str, Any]:
    """Return a bundle of patients, each with a result."""
    entries = []
    for _each in range(people):
        who = patient("number", "phone", "birth")
        entries += [{"fullUrl": f"urn:uuid:{who['id']}", "resource": who}, {"resource": observation(who["id"])}]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def literal(who: dict[str, Any]) -> str:
    """Return a patient as a script writes an object: keys without quotes, texts in single ones."""
    name = who["name"][0]
    return (
        "{resourceType: 'Patient', // from the log\n"
        f"  name: [{{family: '{name['family']}', given: ['{name['given'][0]}']}}],\n"
        f"  telecom: [{{system: 'phone', value: '{phone()}'}}], birthDate: '{day()}', active: true}}"
    )


def turtle() -> str:
    """Return a patient in Turtle of R4."""
    return (
        "@prefix fhir: <http://hl7.org/fhir/> .\n\n<http://server/fhir/Patient/9> a fhir:Patient ;\n"
        f'  fhir:Patient.name [ fhir:index 0 ; fhir:HumanName.family [ fhir:value "{word()}" ] ;\n'
        f'    fhir:HumanName.given [ fhir:value "{word()}" ] ] ;\n'
        f'  fhir:Patient.telecom [ fhir:ContactPoint.value [ fhir:value "{phone()}" ] ] ;\n'
        f'  fhir:Patient.birthDate [ fhir:value "{day()}"^^xsd:date ] .\n'
    )


def layouts(who: dict[str, Any]) -> dict[str, str]:
    """Return the ways in which texts hold one patient."""
    plain = json.dumps(who)
    return {
        "indented": json.dumps(who, indent=2),
        "one line": json.dumps(who, separators=(",", ":")),
        "sorted keys": json.dumps(who, sort_keys=True, separators=(",", ":")),
        "sorted and indented": json.dumps(who, sort_keys=True, indent=4),
        "contained": json.dumps({"resourceType": "Observation", "contained": [who], "status": "final"}),
        "YAML": yaml.safe_dump(who, sort_keys=False),
        "YAML, sorted, in a list": yaml.safe_dump({"items": [who, who]}),
        "a log": f"2024-03-02T10:11:12Z INFO POST /Patient body={plain} 201",
        "a string in JSON": json.dumps({"level": "debug", "body": plain}),
        "a string in a string": json.dumps({"log": json.dumps({"body": plain})}),
        "repr": f"response: {who!r}",
        "printed": pprint.pformat(who),
        "cut": json.dumps(who, indent=1)[:-2],
    }


def cda(prefix: str = "", *, guardian: bool = False, pretty: bool = True) -> str:
    """Return a C-CDA document as its implementation guide's header asks for it (US Realm Header, R2.1)."""
    feed = "\n" if pretty else ""
    p = f"{prefix}:" if prefix else ""
    space = f'xmlns:{prefix}="urn:hl7-org:v3"' if prefix else 'xmlns="urn:hl7-org:v3"'
    older = (
        f'<{p}guardian><{p}telecom value="tel:{phone()}"/><{p}guardianPerson><{p}name><{p}given>{word()}</{p}given>'
        f"<{p}family>{word()}</{p}family></{p}name></{p}guardianPerson></{p}guardian>"
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{p}ClinicalDocument {space} xmlns:sdtc="urn:hl7-org:sdtc">',
        f'<{p}realmCode code="US"/><{p}typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>',
        f'<{p}code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><{p}title>Summary</{p}title>',
        f"<{p}recordTarget><{p}patientRole>",
        f'<{p}id root="2.16.840.1.113883.3.{number(4)}" extension="{number()}"/>',
        f'<{p}addr use="HP"><{p}streetAddressLine>{number(3)} {word()} Road</{p}streetAddressLine><{p}city>{word()}</{p}city>',
        f"<{p}state>WA</{p}state><{p}postalCode>{number(5)}</{p}postalCode></{p}addr>",
        f'<{p}telecom value="tel:+1-{phone().removeprefix("+1-")}" use="HP"/>',
        f"<{p}patient><{p}name use='L'><{p}given>{word()}</{p}given><{p}family>{word()}</{p}family></{p}name>",
        f'<{p}administrativeGenderCode code="F"/><{p}birthTime value="{day().replace("-", "")}"/>{older if guardian else ""}',
        f"</{p}patient></{p}patientRole></{p}recordTarget>",
        f'<{p}component><{p}structuredBody><{p}component><{p}section><{p}code code="10160-0"/></{p}section></{p}component>',
        f"</{p}structuredBody></{p}component></{p}ClinicalDocument>",
    ]
    return feed.join(lines)


def ccr() -> str:
    """Return an actor of a continuity of care record (ASTM E2369)."""
    return (
        '<ccr:ContinuityOfCareRecord xmlns:ccr="urn:astm-org:CCR"><ccr:Actors><ccr:Actor><ccr:Person><ccr:Name><ccr:CurrentName>'
        f"<ccr:Given>{word()}</ccr:Given><ccr:Family>{word()}</ccr:Family></ccr:CurrentName></ccr:Name>"
        f"<ccr:DateOfBirth><ccr:ExactDateTime>{day()}</ccr:ExactDateTime></ccr:DateOfBirth></ccr:Person>"
        f"<ccr:Telephone><ccr:Value>{phone()}</ccr:Value></ccr:Telephone></ccr:Actor></ccr:Actors></ccr:ContinuityOfCareRecord>"
    )
