"""Identified people in free text: found in what staff, patients and programs write, in many layouts; not in what only looks so."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.health import notehints, noteitems, notelabels

if TYPE_CHECKING:
    from collections.abc import Callable

_name, _day, _number = samples.note_name, samples.note_day, samples.note_number

LAYOUTS: dict[str, Callable[[], str]] = {
    "radiology": lambda: (
        f"PATIENT: {_name().upper()}  MRN: {_number()}  DOB: {_day()}\nFINDINGS: 6 mm nodule.\nIMPRESSION: follow-up recommended.\n"
    ),
    "pathology": lambda: (
        f"Name: {_name('turned')}\nMed. Rec. No.: {_number()}\nBirth date: {_day('short')}\nSpecimen: left"
        f" breast\nDiagnosis: carcinoma\n"
    ),
    "nursing": lambda: f"0730 Pt {_name()} (dob {_day()}), rm 412B, c/o incisional pain. BP 132/78. Morphine 2mg IV given.\n",
    "soap": lambda: (
        f"{_name()}\nDOB {_day()}  MRN {_number()}\n\nS: Denies fever.\nO: BP 128/82.\nA: COPD.\nP: Continue prednisone 10 mg.\n"
    ),
    "narrative": lambda: f"{_name()} is a 54-year-old man seen today for diabetes. DOB {_day()}. Started on metformin 500 mg.\n",
    "voicemail": lambda: (
        f"Hi, this is {_name()}, my date of birth is {_day('words')}. I need metformin. Call me at {samples.note_phone()}.\n"
    ),
    "insurance": lambda: (
        f"Dear {_name()},\nRe: claim, Member ID: W{_number()}. Your lumbar MRI was denied. Diagnosis code M54.5.\n"
    ),
    "incident": lambda: f"patient {_name()}, hospital number {_number()}, was found on the floor beside bed 6.\n",
    "face sheet": lambda: f"Name: {_name()}\nSSN: {samples.note_ssn()}\nAddress: {samples.note_home()}\nAdmitting Dx: sepsis\n",
    "trace": lambda: (
        f"ValidationError: Patient(name='{_name()}', dob='{_day('iso')}', mrn='{_number()}', allergies='penicillin')\n"
    ),
    "italian": lambda: (
        f"Cognome e nome: {_name()}\nData di nascita: {_day('uk')}\nDiagnosi: polmonite\nTerapia: amoxicillina 1 g\n"
    ),
    "dutch": lambda: f"Betreft: Mevr. {_name()}, geb. {_day('uk')}, patiëntnummer {_number()}\nReden van opname: kortademigheid.\n",
    "portuguese": lambda: f"Nome do utente: {_name()}\nData de nascimento: {_day('uk')}\nDiagnóstico: pneumonia\n",
    "swedish": lambda: f"Patient: {_name()}\nFödelsedatum: {_day('iso')}\nDiagnos: hjärtsvikt\nLäkemedel: furosemid 40 mg\n",
    "json log": lambda: json.dumps(
        {"msg": "duplicate patient", "patient": {"name": _name(), "dob": _day("iso"), "mrn": _number()}, "dx": "J18.9"}
    ),
    "commit": lambda: f"Fix merge\n\nReported for {_name()} (MRN {_number()}, DOB {_day()}): her allergies were dropped.\n",
}
QUIET: dict[str, Callable[[], str]] = {
    "form": lambda: "Patient name: ________\nDOB: __/__/____\nMRN: ______\nDiagnosis: asthma\n",
    "template": lambda: "Patient: {{patient_name}}\nDOB: {{dob}}\nMRN: {{mrn}}\nMedications: lisinopril 10 mg\n",
    "biography": lambda: (
        f"{_name()} (born {_day('words')}) is an American actor. She was diagnosed with cancer and underwent chemotherapy.\n"
    ),
    "resume": lambda: (
        f"Curriculum Vitae\nName: {_name()}\nDate of birth: {_day()}\nNationality: British\nICU nurse, patient admission,"
        f" vital signs\n"
    ),
    "paper": lambda: (
        f"{_name()}1, {_name()}2*\n*Corresponding author: q@univ.edu\nPatients were admitted and treated with furosemide 40 mg.\n"
    ),
    "directory": lambda: f"Dr. {_name()}, Cardiology, Phone {samples.note_phone()}, 200 Medical Center Drive\n",
    "vignette": lambda: (
        f"Mrs. {_name('family')} is a 67-year-old woman with heart failure who was admitted. What would you start?\n"
    ),
    "shipping": lambda: (
        f"Ship to: {_name()}, {samples.note_home()}\nPhone: {samples.note_phone()}\nItem: vitamin D 1000 IU, 90 tablets\n"
    ),
}


def _codes(data: bytes, path: bytes = b"x.txt") -> set[tuple[str, str]]:
    return {(each.code, each.outcome) for each in scan({path: data}).findings if each.code.startswith("PHI")}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_found_as_data_and_wrapped(layout: str) -> None:
    """A note fails under any name, compressed, in UTF-16, with a byte-order mark and with the line ends of Windows."""
    text = LAYOUTS[layout]()
    for data in (
        text.encode(),
        gzip.compress(text.encode()),
        text.encode("utf-16"),
        b"\xef\xbb\xbf" + text.encode(),
        text.replace("\n", "\r\n").encode(),
    ):
        assert ("PHI106", "fail") in _codes(data, b"anything")


@pytest.mark.parametrize("layout", QUIET)
def test_quiet(layout: str) -> None:
    """Forms, biographies, papers, directories and the like give no finding."""
    assert not _codes(QUIET[layout]().encode())


def test_few_in_source_are_a_warning_and_many_are_not() -> None:
    """Up to six people of a program are PHI302's; more are reported as in data."""
    line = "# bug: pt {} MRN {} dob {} crashes with sepsis dx\n"
    one = line.format(_name(), _number(), _day()).encode()
    many = "".join(line.format(_name(), _number(), _day()) for _each in range(9)).encode()
    assert _codes(one, b"tests/a.py") == {("PHI302", "warn")}
    assert ("PHI106", "fail") in _codes(many, b"tests/a.py")


def test_one_number_alone() -> None:
    """An issued Social Security number with its label and nothing of health is PHI301's; without a label it is nothing."""
    number = samples.note_ssn()
    assert _codes(f"Her SSN: {number}\n".encode()) == {("PHI301", "warn")}
    assert not _codes(f"see ticket {number}\n".encode())


def test_no_value_is_told() -> None:
    """No name, day or number of a note is in what is told of it."""
    name, day, number = _name(), _day(), _number()
    report = scan({b"n.txt": f"Patient: {name}\nDOB: {day}\nMRN: {number}\nDiagnosis: sepsis\n".encode()})
    told = "".join(each.message for each in report.findings)
    assert told
    assert not any(value in told for value in (*name.split(), day, number))


@given(st.binary(max_size=600), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise(data: bytes, at: int) -> None:
    """Arbitrary bytes between labels, and notes cut anywhere, make no gap."""
    text = (b"Patient: Xyz DOB: ", b"MRN: 12", b"SSN ", b"Dear Mrs ")[at] + data + b" DOB: 3/4/1961 MRN 1234567\n"
    assert not [gap for gap in scan({b"x": text}).gaps if gap.reason in {"check-failed", "view-failed"}]


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_folding_keeps_lengths(text: str) -> None:
    """Places in a text in small letters are places in the text itself."""
    assert len(notelabels.folded(text)) == len(text)
    assert len(noteitems.readable(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["dob ", "Patient: A. ", "mrn: ", "re: Aa, ", "(", "a@", "Mr. ", "1 ", "name: ", "0-", "\\n", "- "]
)
def test_work_is_linear(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the text has at most about twice the words and labels looked up: no window is read more often the longer a text is."""
    counts: list[int] = []
    original = notelabels.Words

    def counted(text: str) -> notelabels.Words:
        counts[-1] += len(text)
        return original(text)

    monkeypatch.setattr(notelabels, "Words", counted)
    for size in (20_000, 40_000):
        counts.append(0)
        scan({b"x.txt": (piece * (size // len(piece)) + " DOB: 03/04/1961 MRN: 1234567 ").encode() * 2})
    assert counts[1] <= 2.5 * counts[0] + 20_000


def test_patterns_are_bounded() -> None:
    """No pattern of a rule has a repeat without a bound."""
    assert not any(sign in rule.pattern for rule in notehints.RULES for sign in (b"]*", b"]+?", b".*", b".+", b")*"))


def test_people_are_told_apart() -> None:
    """Two people in one text are two, a name twice is one."""
    draw = random.Random(4)  # noqa: S311 - the number of people
    for count in (1, 2, draw.randrange(3, 9)):
        lines = "".join(f"Patient: {_name()} DOB: {_day()} MRN: {_number()} dx: sepsis\n" for _each in range(count))
        report = scan({b"n.txt": lines.encode()})
        word = "1 person" if count == 1 else f"{count} people"
        assert any(each.code == "PHI106" and word in each.message for each in report.findings)
