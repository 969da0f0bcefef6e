"""People in messages with codes for fields, in questions and answers, and in rows of programs: written here, read by `coded`."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.health.listing import answers, coded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_GIVEN = ("Clara", "Ivo", "Marta", "Owen", "Petra", "Ruben", "Silke", "Tomas")
_FAMILY = ("Aldern", "Brisk", "Corvane", "Dorsel", "Elmwick", "Farrow", "Grendle", "Holvern")


def _people(seed: int, number: int = 4) -> list[tuple[str, str, str, str]]:
    """Return given and family names, days of birth and record numbers."""
    rng = random.Random(seed)  # noqa: S311 - no secrets
    return [
        (rng.choice(_GIVEN), rng.choice(_FAMILY), f"{rng.randint(1938, 1999)}-{rng.randint(1, 12):02}-{rng.randint(10, 28)}", mrn)
        for mrn in (str(rng.randint(2000000, 98999999)) for _each in range(number))
    ]


def _analyser(*, mode: str = "P", end: str = "\r") -> bytes:
    lines = [f"H|\\^&|||unit^1|||||host||{mode}|1"]
    for at, (given_, family, born, mrn) in enumerate(_people(3), 1):
        lines += [f"P|{at}||{mrn}||{family}^{given_}||{born.replace('-', '')}|F", "O|1|8817^S||^^^717|R"]
        lines += ["R|1|^^^717|113.3|mg/dL||N||F"]
    return end.join([*lines, "L|1|N", ""]).encode()


def _pharmacy() -> bytes:
    parts = []
    for given_, family, born, mrn in _people(4, 3):
        fields = ("AM01", f"C4{born.replace('-', '')}", "C52", f"CA{given_.upper()}", f"CB{family.upper()}", "CM771 QUARRY LANE")
        parts.append("\x1e" + "".join("\x1c" + field for field in fields) + f"\x1d\x1e\x1cAM07\x1cD2{mrn}\x1cD723927454863\x1d")
    return "\r\n".join(parts).encode()


def _trial() -> bytes:
    rows = []
    for given_, family, born, mrn in _people(5):
        items = {"DM.SUBJNAM": f"{given_} {family}", "DM.BRTHDT": born, "AE.AETERM": "Nausea"}
        told = "".join(f'<ItemData ItemOID="{oid}" Value="{value}"/>' for oid, value in items.items())
        rows.append(f'<SubjectData SubjectKey="{mrn}"><FormData>{told}</FormData></SubjectData>')
    return f"<ODM><ClinicalData>{''.join(rows)}</ClinicalData></ODM>".encode()


def _slots() -> bytes:
    given_, family, born, mrn = _people(6, 1)[0]
    told = (f"PID-3|{mrn}^^^&amp;1.2.3&amp;ISO", f"PID-5|{family}^{given_}^^^", f"PID-7|{born.replace('-', '')}")
    values = "".join(f"<rim:Value>{each}</rim:Value>" for each in told)
    return f'<rim:Slot name="sourcePatientInfo"><rim:ValueList>{values}</rim:ValueList></rim:Slot>'.encode()


def _telephone() -> bytes:
    given_, family, born, _mrn = _people(7, 1)[0]
    is_ = "HKCharacteristicTypeIdentifier"
    own = f'<Me {is_}DateOfBirth="{born}" {is_}BiologicalSex="HKBiologicalSexMale"/>'
    row = f'<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="{given_} {family}\u2019s Apple Watch" value="89"/>'
    return f"<HealthData>{own}\n{row}\n{row}</HealthData>".encode()


def _archetype() -> bytes:
    given_, family, born, _mrn = _people(8, 1)[0]
    who = f"<subject><name>{given_} {family}</name><birth>{born}</birth></subject>"
    item = "<items><name><value>Diagnosis</value></name><value><value>Asthma</value></value></items>"
    return f'<version xmlns="http://schemas.openehr.org/v1"><content>{who}{item}</content></version>'.encode()


def _tracked() -> bytes:
    found = []
    for given_, family, born, _mrn in _people(9):
        asked = (("First name", given_), ("Last name", family), ("Date of birth", born), ("Diagnosis", "Epilepsy"))
        found.append({"attributes": [{"displayName": name, "value": value} for name, value in asked]})
    return json.dumps({"trackedEntities": found}, indent=1).encode()


def _questionnaire() -> bytes:
    given_, family, born, _mrn = _people(10, 1)[0]
    asked = (("Full name", f"{given_} {family}"), ("Date of birth", born), ("Current medication", "metformin 500 mg"))
    items = [{"linkId": str(at), "text": text, "answer": [{"valueString": value}]} for at, (text, value) in enumerate(asked)]
    return json.dumps({"resourceType": "QuestionnaireResponse", "item": items}).encode()


def _person_of_v3() -> bytes:
    given_, family, born, mrn = _people(11, 1)[0]
    name = f"<name><given>{given_}</given><family>{family}</family></name>"
    person = f'<patientPerson>{name}<birthTime value="{born.replace("-", "")}"/></patientPerson>'
    return (
        f'<R xmlns="urn:hl7-org:v3"><patient classCode="PAT"><id root="2.16.1" extension="{mrn}"/>{person}</patient></R>'.encode()
    )


def _structure() -> bytes:
    rows = "".join(f'  {{ "{mrn}", "{last}, {first}", "{born}", "Epilepsy" }},\n' for first, last, born, mrn in _people(12, 7))
    return f"static const struct rec {{ const char *mrn, *name, *dob, *dx; }} recs[] = {{\n{rows}}};\n".encode()


def _cells() -> bytes:
    rows = "".join(f"  '{last}, {first}', '{born}', {mrn}, 'Epilepsy'; ...\n" for first, last, born, mrn in _people(13, 7))
    return f"pts = {{...\n{rows}}};\n% name, DOB, MRN, diagnosis\n".encode()


def _corrections() -> bytes:
    lines = (
        f'd$dx[d$name == "{last}, {first}" & d$dob == as.Date("{born}")] <- "I48.91"  # mrn {mrn}'
        for first, last, born, mrn in _people(14, 7)
    )
    return "\n".join([*lines, ""]).encode()


def _failed(given_: Iterable[tuple[str, str, str, str]]) -> bytes:
    rows = [f"E    {at} {mrn:>10} {last:>10} {first:>8} {born}   J44.1" for at, (first, last, born, mrn) in enumerate(given_)]
    return "\n".join(
        ["E       AssertionError", f"E      {'mrn':>10} {'last':>10} {'first':>8} {'dob':>10}      dx", *rows, ""]
    ).encode()


_ALL = {
    "a.txt": _analyser(), "b.dat": _pharmacy(), "c.xml": _trial(), "d.xml": _slots(), "e.xml": _telephone(), "f.xml": _archetype(),
    "g.json": _tracked(), "h.json": _questionnaire(), "i.xml": _person_of_v3(), "j.c": _structure(), "k.m": _cells(),
    "l.R": _corrections(), "m.log": _failed(_people(15, 7)),
}  # fmt: skip


def _failing(name: str, data: bytes) -> set[str]:
    return {each.code for each in scan({name.encode(): data}).findings if each.code.startswith("PHI1") and each.outcome == "fail"}


@pytest.mark.parametrize("name", _ALL)
def test_forms(name: str) -> None:
    """People in each form are found, and in UTF-16, too, where it is text."""
    assert _failing(name, _ALL[name])
    if name != "b.dat":
        assert _failing(name, _ALL[name].decode().encode("utf-16"))


def test_training() -> None:
    """What an analyser sends in training is a note, whatever ends its lines."""
    for end in ("\r", "\n", "\r\n"):
        assert not _failing("a.txt", _analyser(mode="T", end=end))
        assert _failing("a.txt", _analyser(end=end))


def test_definitions() -> None:
    """A questionnaire without answers, and a structure without people, say nothing."""
    asked = [{"linkId": "1", "text": "Full name", "type": "string"}, {"linkId": "2", "text": "Date of birth", "type": "date"}]
    assert not _failing("q.json", json.dumps({"resourceType": "Questionnaire", "item": asked}).encode())
    names = b"static struct rec { char *key, *label, *unit; } recs[] = {\n"
    names += b' { "hr", "Heart rate", "bpm" },\n { "bp", "Pressure", "mmHg" }\n};\n'
    assert not _failing("s.c", names)


def test_groups() -> None:
    """Fields in groups of a form speak as their last part does."""
    rows = [{"grp_resp/respondent_name": f"{first} {last}", "grp_resp/dob": born, "grp_health/diagnosis": "Epilepsy"}
            for first, last, born, _mrn in _people(16)]  # fmt: skip
    assert _failing("k.json", json.dumps(rows).encode())


@settings(max_examples=60, deadline=None)
@given(at=st.sampled_from(sorted(_ALL)), cut=st.integers(0, 900), put=st.binary(max_size=8))
def test_anything(at: str, cut: int, put: bytes) -> None:
    """No reader raises, whatever was cut off or put in."""
    text = (_ALL[at][:cut] + put + _ALL[at][cut + 5 :]).decode("utf-8", "replace")
    for reader in (*coded.READERS.values(), answers.read):
        assert all(each.pairs for each in reader(text))
