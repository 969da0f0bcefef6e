"""Invented resources of FHIR and clinical documents of CDA."""

from __future__ import annotations

import json
import random
import uuid

from pytest_genomic_guard._invented import messages as made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_random = random.SystemRandom()
_HTEST = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]}


def _dashed(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def _patient(name: str, mark: str, kind: str) -> dict[str, Any]:
    """Return a Patient: `kind` is full, reserved (numbers that nobody has), typed (a name and a birth date) or ids."""
    own = str(uuid.uuid4())
    family, given = {"random": (made._word(), made._word()), "placeholder": ("Test", "Patient")}[name]  # noqa: SLF001 - one topic
    if kind == "typed":
        born = _dashed(made._day())  # noqa: SLF001
        return {"resourceType": "Patient", "id": "example-1", "name": [{"family": family, "given": [given]}], "birthDate": born}
    meta = {"HTEST": _HTEST, "none": {}}[mark]
    phone = made._phone() if kind != "reserved" else "(312) 555-0142"  # noqa: SLF001
    number = made._digits(8)  # noqa: SLF001
    record: dict[str, Any] = {"resourceType": "Patient", "id": own, "meta": meta}
    system = f"urn:oid:2.16.840.1.113883.3.{number[:4]}"
    record["identifier"] = [{"type": {"coding": [{"code": "MR"}]}, "system": system, "value": number}]
    if kind == "ids":
        return record | {"gender": "female"}
    record |= {"name": [{"use": "official", "family": family, "given": [given]}], "birthDate": _dashed(made._day())}  # noqa: SLF001
    record["telecom"] = [{"system": "phone", "value": phone}]
    line = f"{made._digits(3)} {made._word()} Street"  # noqa: SLF001
    record["address"] = [{"line": [line], "city": made._word(), "postalCode": f"6{made._digits(4)}"}]  # noqa: SLF001
    return record


def _condition(own: str, display: str = "") -> dict[str, Any]:
    subject = {"reference": f"Patient/{own}"} | ({"display": display} if display else {})
    code = {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}], "text": "Diabetes mellitus type 2"}
    day = _dashed(made._day(2019, 2025))  # noqa: SLF001
    return {"resourceType": "Condition", "id": str(uuid.uuid4()), "code": code, "subject": subject, "onsetDateTime": day}


class Resources:
    """Part of `testing.samples`: every function returns bytes made at call time."""

    @staticmethod
    def fhir_patients(people: int = 1, name: str = "random", mark: str = "none", kind: str = "full", form: str = "json") -> bytes:
        """Return patients: `form` is json, bundle (with a condition each), ndjson, escaped (in a log), python, xml or display.

        `name` is random or placeholder, `mark` none or HTEST, `kind` full, reserved, typed or ids; display is a condition whose
        subject has a name.
        """
        records = [_patient(name, mark, kind) for _each in range(people)]
        if form == "bundle":
            entries = [{"resource": each} for record in records for each in (record, _condition(record["id"]))]
            return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, indent=2).encode()
        if form == "display":
            shown = f"{made._word()} {made._word()}"  # noqa: SLF001 - one topic
            return json.dumps(_condition(records[0]["id"], shown), indent=2).encode()
        if form == "ndjson":
            return "".join(json.dumps(each, separators=(",", ":")) + "\n" for each in records).encode()
        if form == "escaped":
            return "".join(json.dumps({"level": "info", "body": json.dumps(each)}) + "\n" for each in records).encode()
        if form == "python":
            return f"PATIENTS = {records!r}\n".encode()
        return json.dumps(records[0] if people == 1 else records, indent=2).encode()

    @staticmethod
    def fhir_ids(people: int = 8, ids: str = "uuid") -> bytes:
        """Return conditions, a line each, of patients who have ids alone: UUIDs, or with `ids` small, numbers from 1."""
        who = [str(uuid.uuid4()) if ids == "uuid" else str(number + 1) for number in range(people)]
        return "".join(json.dumps(_condition(own)) + "\n" for own in who).encode()

    @staticmethod
    def fhir_person_xml(name: str = "random", prefix: str = "none") -> bytes:
        """Return a Patient in XML, with a prefix for its names if one is given."""
        family, given = (made._word(), made._word()) if name == "random" else ("Test", "Patient")  # noqa: SLF001
        p = "" if prefix == "none" else f"{prefix}:"
        space = "xmlns" if not p else f"xmlns:{prefix}"
        inner = (
            f'<{p}identifier><{p}system value="urn:oid:2.16.840.1.113883.3.77"/>'
            f'<{p}value value="{made._digits(8)}"/></{p}identifier>'  # noqa: SLF001
            f'<{p}name><{p}family value="{family}"/><{p}given value="{given}"/></{p}name>'
            f'<{p}telecom><{p}system value="phone"/><{p}value value="{made._phone()}"/></{p}telecom>'  # noqa: SLF001
            f'<{p}birthDate value="{_dashed(made._day())}"/>'  # noqa: SLF001
        )
        return f'<?xml version="1.0"?>\n<{p}Patient {space}="http://hl7.org/fhir">{inner}</{p}Patient>\n'.encode()

    @staticmethod
    def cda(name: str = "random", kind: str = "full", prefix: str = "none") -> bytes:
        """Return a clinical document: `kind` is full, reserved, or cut (a patientRole alone); `name` random or placeholder."""
        family, given = (made._word(), made._word()) if name == "random" else ("Everyman", "Adam")  # noqa: SLF001
        p = "" if prefix == "none" else f"{prefix}:"
        phone = f"tel:+1{made._phone()}" if kind != "reserved" else "tel:+1(312)555-0142"  # noqa: SLF001
        role = (
            f'<{p}patientRole>\n<{p}id extension="{made._digits(8)}" root="2.16.840.1.113883.3.77"/>\n'  # noqa: SLF001
            f'<{p}addr use="HP">'
            f"<{p}streetAddressLine>{made._digits(3)} {made._word()} Street</{p}streetAddressLine>"  # noqa: SLF001
            f"<{p}city>{made._word()}</{p}city><{p}postalCode>6{made._digits(4)}</{p}postalCode></{p}addr>\n"  # noqa: SLF001
            f'<{p}telecom value="{phone}" use="HP"/>\n<{p}patient>\n'
            f'<{p}name use="L"><{p}given>{given}</{p}given><{p}family>{family}</{p}family></{p}name>\n'
            f'<{p}administrativeGenderCode code="F"/>\n<{p}birthTime value="{made._day()}"/>\n</{p}patient>\n</{p}patientRole>\n'  # noqa: SLF001
        )
        if kind == "cut":
            return role.encode()
        space = "xmlns" if not p else f"xmlns:{prefix}"
        return (
            f'<?xml version="1.0"?>\n<{p}ClinicalDocument {space}="urn:hl7-org:v3">\n<{p}recordTarget>\n{role}</{p}recordTarget>\n'
            f'<{p}component><{p}section><{p}code code="11450-4"/><{p}title>Problems</{p}title></{p}section></{p}component>\n'
            f"</{p}ClinicalDocument>\n"
        ).encode()
