"""Tables of other trades that look as if they were about health, open data with names, and the same with somebody real in them."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.testing import scan

if TYPE_CHECKING:
    from collections.abc import Callable

_random = random.SystemRandom()


def _number(least: int, most: int) -> Callable[[], object]:
    return lambda: _random.randint(least, most)


def _any(*values: object) -> Callable[[], object]:
    return lambda: _random.choice(values)


def _word() -> str:
    return "".join(_random.choice("bdfgklmnprst") + _random.choice("aeiou") for _part in range(3)).capitalize()


def _name() -> str:
    return f"{_word()} {_word()}"


def _day() -> str:
    return f"{_random.randint(1950, 2005)}-{_random.randint(1, 12):02}-{_random.randint(1, 28):02}"


def _phone() -> str:
    return f"6{_random.randint(10, 29)}-4{_random.randint(10, 99)}-{_random.randint(2000, 9999)}"


def _ssn() -> str:
    return f"{_random.randint(200, 600)}-{_random.randint(11, 98)}-{_random.randint(2000, 9998)}"


def _table(columns: dict[str, Callable[[], object]], rows: int = 60) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([list(columns), *([each() for each in columns.values()] for _row in range(rows))])
    return out.getvalue().encode()


def _found(data: bytes, path: bytes = b"a.csv") -> set[tuple[str, str]]:
    report = scan({path: data})
    assert not report.gaps
    return {(each.code, each.outcome) for each in report.findings if each.code.startswith("PHI")}


_SIZES: dict[str, Callable[[], object]] = {"height_cm": _number(150, 200), "weight_kg": _number(50, 110)}
_PATIL: dict[str, Callable[[], object]] = {
    "Name": _name,
    "Age": _number(20, 80),
    "Gender": _any("Male", "Female"),
    "Blood Type": _any("A+", "O-"),
    "Medical Condition": _any("Cancer", "Diabetes", "Asthma"),
    "Date of Admission": _day,
    "Doctor": _name,
    "Hospital": _word,
    "Insurance Provider": _any("Cigna", "Aetna"),
    "Billing Amount": _number(100, 90000),
    "Room Number": _number(100, 500),
    "Admission Type": _any("Urgent", "Elective"),
    "Discharge Date": _day,
    "Medication": _any("Aspirin", "Lipitor"),
    "Test Results": _any("Normal", "Abnormal"),
}
_QUIET: dict[str, dict[str, Callable[[], object]]] = {
    "players": {"player_name": _name, "birth_date": _day, **_SIZES, "position": _any("GK", "DF"), "team": _word},
    "customers of a shop for clothes": {"first_name": _word, "last_name": _word, "dob": _day, "phone": _phone, **_SIZES},
    "customers of a bank": {
        "CLIENTNUM": _number(700_000_000, 800_000_000),
        "Attrition_Flag": _any("Existing", "Attrited"),
        "Customer_Age": _number(20, 70),
        "Marital_Status": _any("Single", "Married"),
        "Dependent_count": _number(0, 4),
        "Contacts_Count_12_mon": _number(0, 6),
        "Total_Trans_Ct": _number(10, 90),
        "Total_Relationship_Count": _number(1, 6),
        "Avg_Open_To_Buy": _number(10, 9000),
    },
    "answers about manners": {
        "RespondentID": _number(3_000_000_000, 3_999_999_999),
        "In a row of three seats, who should get to use the two arm rests?": _any("The middle", "Everyone"),
        "In general, is it rude to bring a baby on a plane?": _any("Yes", "No"),
        "Have you ever smoked a cigarette in an airplane bathroom?": _any("Yes", "No"),
        "Gender": _any("Male", "Female"),
        "Age": _any("18-29", "30-44"),
    },
    "airports": {
        "faa": _word,
        "name": _name,
        "lat": lambda: round(_random.uniform(30, 48), 7),
        "lon": lambda: round(_random.uniform(-120, -70), 7),
        "alt": _number(0, 5000),
        "tz": _number(-8, -5),
    },
    "sheet of a workflow": {
        "patient": lambda: f"test{_random.randint(1, 99)}",
        "sex": _any("XX", "XY"),
        "status": _any(0, 1),
        "sample": lambda: f"test{_random.randint(1, 99)}",
        "bam": lambda: f"https://example.org/data/{_word()}.bam",
        "bai": lambda: f"https://example.org/data/{_word()}.bam.bai",
    },
    "risks of heart disease, counted": {
        **dict.fromkeys(("smoke", "mental", "phys", "systol", "protein", "family"), _any("y", "n")),
        "Freq": _number(1, 90),
    },
}


@pytest.mark.parametrize("trade", _QUIET)
def test_other_trades_are_quiet(trade: str) -> None:
    """Height, a status, counts, questions, altitudes and paths say nothing of anybody's health."""
    assert not {each for each in _found(_table(_QUIET[trade])) if each[1] in {"fail", "warn"}}


@pytest.mark.parametrize(
    "more",
    [
        {"head_circumference": _number(30, 50)},
        {"diagnosis": _any("asthma", "otitis media", "eczema")},
        {"temp": lambda: round(_random.uniform(36, 40), 1)},
    ],
    ids=["head", "diagnosis", "temperature"],
)
def test_sizes_beside_care_are_found(more: dict[str, Callable[[], object]]) -> None:
    """Height and weight of named people are health data where anything else is."""
    assert ("PHI105", "fail") in _found(_table({"name": _name, "dob": _day, **_SIZES, **more}))


def test_sizes_of_patients_are_found() -> None:
    """Height and weight of people who are called patients are health data by themselves."""
    assert ("PHI105", "fail") in _found(_table({"patient_name": _name, "dob": _day, **_SIZES}))


def test_open_data_with_names_are_noted() -> None:
    """A set that is known to be made up is a note under all its columns; with a number of somebody beside them it is none."""
    assert _found(_table(_PATIL)) == {("PHI402", "note")}
    assert ("PHI105", "fail") in _found(_table({**_PATIL, "SSN": _ssn}))


def test_invented_studies_are_noted() -> None:
    """Ids that generators of trials make are of nobody; those of another study are."""
    columns = {"AGE": _number(20, 70), "SEX": _any("M", "F"), "AEDECOD": _any("Headache", "Nausea"), "AESEQ": _number(1, 9)}
    made = {
        "STUDYID": lambda: "AB" + "12345",
        "USUBJID": lambda: f"AB12345-BRA-{_random.randint(1, 15)}-id-{_random.randint(1, 400)}",
    }
    real = {
        "STUDYID": lambda: "QX" + "77120",
        "USUBJID": lambda: f"QX77120-{_random.randint(10, 99)}-{_random.randint(1000, 9999)}",
    }
    assert _found(_table({**made, **columns})) == {("PHI402", "note")}
    assert any(outcome == "fail" for _code, outcome in _found(_table({**real, **columns})))


@pytest.mark.parametrize(("database", "outcome"), [("ohdemo", "note"), ("clinic", "fail")])
def test_dump_of_a_demonstration(database: str, outcome: str) -> None:
    """A dump whose head says that the database is a demonstration is of made-up people; any other is not."""
    rows = ",\n".join(f"({at},'{_name()}','{_day()}','{_word()}','asthma')" for at in range(20))
    head = f"-- MariaDB dump 10.19  Distrib 10.6.13-MariaDB\n--\n-- Host: localhost    Database: {database}\n-- ------\n"
    data = f"{head}INSERT INTO `patient` (`PAT_ID`,`PAT_NAME`,`PAT_BDATE`,`PAT_CITY`,`PAT_DIAGNOSIS`) VALUES\n{rows};\n"
    assert {each[1] for each in _found(data.encode(), b"load.sql")} == {outcome}


def test_parliament_has_members() -> None:
    """A member's number beside name and day of birth is of a health plan only where something speaks of health."""
    people = [
        {
            "name": _name(),
            "birthday": _day(),
            "house_history": _random.randint(10_000, 99_999),
            "memberId": _random.randint(10_000, 99_999),
            "phone": _phone(),
        }
        for _each in range(9)
    ]
    assert not {each for each in _found(json.dumps(people, indent=1).encode(), b"members.txt") if each[1] == "fail"}


def test_wide_table_with_quoted_cells_far_behind() -> None:
    """A comma in quotes moves no column, however far behind it stands."""
    columns = {f"c{at}": _number(1, 9) for at in range(70)}
    first: dict[str, Callable[[], object]] = {
        "mrn": _number(10_000_000, 99_999_999),
        "dob": _day,
        "diagnosis": _any("asthma", "eczema"),
    }
    wide = _table({**first, **columns, "who": lambda: f"{_word()}, {_word()}"}, 20)
    assert ("PHI105", "fail") in _found(wide)


def test_numbers_of_synthetic_beneficiaries() -> None:
    """A number with an S in its second place was never given to anybody, whatever type it is said to have."""
    number = f"1S{_random.randint(0, 9)}{_random.randint(0, 9)}E{_random.randint(10, 99)}DC{_random.randint(10, 99)}"
    kind = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MB"}]}
    person = {
        "resourceType": "Patient",
        "identifier": [{"type": kind, "system": "http://hl7.org/fhir/sid/us-mbi", "value": number}],
        "name": [{"family": _word(), "given": [_word()]}],
        "birthDate": _day(),
    }
    assert _found(json.dumps(person).encode(), b"patient.json") == {("PHI401", "note")}
