"""FHIR is read in every layout, and people of examples are told from people of records."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from _fhir_writers import bundle, layouts, literal, observation, patient, phone, turtle, uuid, word
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.health import fhirread
from pytest_genomic_guard.views.health.tags import element

_ONE = json.dumps(patient("number", "phone", "birth")).encode()
_WORDS = [b'{"resourceType": "Patient"', b"resourceType: Patient\n", b'\\"resourceType\\"']
_HOSTILE = [b'{"resourceType": "Patient", ', b"<Patient ", b"{" * 50, b'"resourceType": "Patient" {[', b"resourceType: Patient\n- "]
_CODES = ("PHI102", "PHI208", "PHI302", "PHI401")


def _told(content: str | bytes, path: bytes = b"export.dat") -> dict[str, str]:
    """Return the codes of this family that a content gives, with their outcomes."""
    report = scan({path: content.encode() if isinstance(content, str) else content})
    assert not report.gaps
    return {finding.code: finding.outcome for finding in report.findings if finding.code in _CODES}


@pytest.mark.parametrize("layout", sorted(layouts(patient())))
@pytest.mark.parametrize("parts", [("number", "birth"), ("phone",), ("address", "birth"), ("number", "phone", "address", "birth")])
def test_a_record_is_found_in_every_layout(layout: str, parts: tuple[str, ...]) -> None:
    """Serialisers, logs, strings in strings and cut files do not hide a person."""
    assert _told(layouts(patient(*parts))[layout]).get("PHI102") == "fail"


@pytest.mark.parametrize("people", [1, 9, 400])
def test_a_bundle_counts_its_people(people: int) -> None:
    """The people of a bundle are those of its patients."""
    assert _told(json.dumps(bundle(people), sort_keys=True)) == {"PHI102": "fail"}


def test_a_patient_behind_four_megabytes_is_found() -> None:
    """A bundle longer than a window is read to its end, whatever stands between."""
    results = [{"resource": observation(uuid())} for _each in range(3)]
    filler = {"resource": {"resourceType": "Binary", "data": "QUJD" * 1_200_000}}
    content = json.dumps({"resourceType": "Bundle", "entry": [*results, filler, {"resource": patient("number", "birth")}]})
    assert _told(content).get("PHI102") == "fail"


def test_a_compressed_export_is_found() -> None:
    """A bulk export is found compressed."""
    lines = "\n".join(json.dumps(patient("number")) for _each in range(50))
    assert _told(gzip.compress(lines.encode())).get("PHI102") == "fail"


def test_literals_of_a_program() -> None:
    """Few people in source code are a warning; as many as no test makes up fail."""
    assert _told(f"export const who = {literal(patient())};", b"who.test.ts") == {"PHI302": "warn"}
    many = ",\n".join(literal(patient()) for _each in range(9))
    assert _told(f"export const all = [{many}];", b"seed.ts") == {"PHI102": "fail"}


def test_turtle() -> None:
    """Turtle is read."""
    assert _told(turtle()) == {"PHI102": "fail"}


@pytest.mark.parametrize("prefix", ["", "f:"])
def test_xml(prefix: str) -> None:
    """XML is read with and without a prefix."""
    p = prefix
    text = (
        f'<{p}Bundle xmlns="http://hl7.org/fhir"><{p}entry><{p}resource><{p}Patient><{p}name><{p}family value="{word()}"/>'
        f'<{p}given value="{word()}"/></{p}name><{p}telecom><{p}system value="phone"/><{p}value value="{phone()}"/></{p}telecom>'
        f"</{p}Patient></{p}resource></{p}entry></{p}Bundle>"
    )
    assert _told(text) == {"PHI102": "fail"}


def _changed(**fields: Any) -> dict[str, Any]:
    return patient("number", "birth") | fields


@pytest.mark.parametrize(
    "resource",
    [
        _changed(name=[{"family": "Everywoman", "given": ["Eve"]}]),
        _changed(name=[{"family": "Patient", "given": ["Test"]}]),
        _changed(name=[{"family": "Halvorsen204", "given": ["Berta381"]}]),
        _changed(meta={"security": [{"code": "HTEST"}]}),
        _changed(identifier=[{"system": "https://github.com/synthetichealth/synthea", "value": uuid()}]),
        _changed(telecom=[{"system": "phone", "value": "555-0142"}], identifier=[]),
    ],
)
def test_made_up_people_are_a_note(resource: dict[str, Any]) -> None:
    """Marks, generators, placeholders and reserved values give a note and nothing else."""
    assert _told(json.dumps(resource)) == {"PHI401": "note"}


def test_a_mark_does_not_hide_what_speaks_against_it() -> None:
    """A real-form Social Security number beside a telephone number in service outweighs HTEST."""
    ssn = {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "-".join(map(str, (412, 36, 7719)))}
    who = patient("phone", "birth") | {"meta": {"security": [{"code": "HTEST"}]}, "identifier": [ssn]}
    assert _told(json.dumps(who)).get("PHI102") == "fail"


def test_what_is_typed_by_hand_is_a_warning() -> None:
    """A name and a birth date under an id in words do not fail."""
    who = {"resourceType": "Patient", "id": "example-1", "name": [{"family": word(), "given": [word()]}], "birthDate": "1964-03-08"}
    assert _told(json.dumps(who)) == {"PHI302": "warn"}


@pytest.mark.parametrize(("people", "expected"), [(1, {}), (3, {}), (40, {"PHI208": "fail"})])
def test_ids_alone(people: int, expected: dict[str, str]) -> None:
    """A bulk export without names is row-level data; an example is not."""
    assert _told("\n".join(json.dumps(observation(uuid())) for _each in range(people))) == expected


@pytest.mark.parametrize(
    "text",
    [
        '{"resourceType": "Practitioner", "id": "9", "name": [{"family": "Haldane", "given": ["Ruth"]}]}',
        '{"resourceType": "Patient", "name": [{"family": "{{family}}", "given": ["{{given}}"]}], "birthDate": "{{born}}"}',
        '{"resourceType": "SearchParameter", "name": "birthdate", "base": ["Patient"], "expression": "Patient.birthDate"}',
        "interface Patient { resourceType: 'Patient'; name: HumanName[]; birthDate?: string }",
        '<xs:element name="Patient" type="Patient"/>',
        "if resource['resourceType'] == 'Patient': read(resource['name'][0]['family'])",
    ],
)
def test_what_is_about_nobody_is_quiet(text: str) -> None:
    """Practitioners, templates, definitions and code that reads resources say nothing."""
    assert _told(text, b"x.json") == {}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200), st.sampled_from(_WORDS))
def test_the_reader_takes_any_bytes(noise: bytes, at: int, word_: bytes) -> None:
    """Whatever stands around the word, the reader gives an object or nothing."""
    data = noise[:at] + word_ + noise[at:]
    assert fhirread.resource(data, data.index(b"resourceType"), 0, len(data), fhirread.Work()) is None or True


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_resource_gives_no_gap(data: st.DataObject) -> None:
    """Changed and cut bytes are read without failing."""
    content = bytearray(_ONE)
    for _each in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
    cut = data.draw(st.integers(10, len(content)))
    assert not scan({b"x.dat": bytes(content[:cut])}).gaps


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_tags_of_any_bytes(noise: bytes) -> None:
    """The scan of tags takes whatever follows a tag."""
    assert element(b"<Patient " + noise, 0, len(noise) + 9) is None or True


@pytest.mark.parametrize("unit", _HOSTILE)
def test_hostile_repetition_ends(unit: bytes) -> None:
    """Half a megabyte of what begins a resource and never ends is read in bounded work."""
    assert not scan({b"x.dat": unit * (500_000 // len(unit))}).gaps
