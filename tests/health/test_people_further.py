"""Tables and notes that name people in one way and their health in another: other languages, values alone, programs, call logs."""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

import csv
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.health import ailments
from pytest_genomic_guard.views.tables import instream
from pytest_genomic_guard.views.tables.table import Page

_random = random.SystemRandom()
_AILMENTS = ["type 2 diabetes", "asthma", "migraine", "COPD"]


def _failing(path: str, data: bytes) -> set[str]:
    report = scan({path.encode(): data})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return {each.code for each in report.findings if each.code.startswith("PHI") and each.outcome == "fail"}


def _csv(header: str, last: list[str], rows: int = 12) -> bytes:
    out = io.StringIO()
    people = [[samples.family(), samples.family(), samples.day(), _random.choice(last)] for _each in range(rows)]
    csv.writer(out).writerows([header.split(","), *people])
    return out.getvalue().encode()


@pytest.mark.parametrize(
    "header",
    [
        "Příjmení,Jméno,Datum narození,Diagnóza",
        "Sukunimi,Etunimi,Syntymäaika,Diagnoosi",
        "Nazwisko,Imię,Data urodzenia,Rozpoznanie",
        "Soyadı,Adı,Doğum Tarihi,Tanı",
        "Επώνυμο,Όνομα,Ημερομηνία γέννησης,Διάγνωση",
        "Фамилия,Имя,Дата рождения,Диагноз",
        "Прізвище,Ім'я,Дата народження,Діагноз",
        "姓,名,生年月日,病名",
        "姓,名,出生日期,诊断",
    ],
)
def test_languages(header: str) -> None:
    """Names of columns in further languages say the same."""
    assert "PHI105" in _failing("a.csv", _csv(header, _AILMENTS))


@pytest.mark.parametrize("last", [_AILMENTS, ["E11.9", "J45.40", "I10", "N18.3"], ["metformin 500 mg", "amlodipine 5 mg"]])
def test_cells_speak_alone(last: list[str]) -> None:
    """Ailments, codes and drugs beside a name and a day of birth, whatever their column is called."""
    assert "PHI105" in _failing("a.csv", _csv("last_name,first_name,dob,zzq", last))


@pytest.mark.parametrize(
    ("header", "last"),
    [
        ("last_name,first_name,dob,department", ["Radiology", "Oncology"]),
        ("last_name,first_name,dob,talk", ["Asthma in cities", "Cancer genomics"]),
        ("last_name,first_name,dob,office", ["317 Rayburn House Office Building", "12 Russell Office Building"]),
        ("last_name,first_name,dob,seat", ["A12", "C61", "G20"]),
    ],
)
def test_others_stay_quiet(header: str, last: list[str]) -> None:
    """Staff, speakers and travellers have names and birthdays, too."""
    assert not _failing("a.csv", _csv(header, last))


@pytest.mark.parametrize(
    "program",
    [
        "data a;\n infile datalines dsd;\n input nr $ name :$40. dob :yymmdd10. icd10 $;\n datalines;\n{rows};\nrun;\n",
        "clear\ninput str9 nr str40 name str10 dob str8 icd10\n{blanks}end\n",
    ],
)
def test_rows_in_programs(program: str) -> None:
    """Rows behind the names of their columns in programs of SAS and Stata are tables."""
    rows = [(str(number), f'"{samples.family()} {samples.family()}"', samples.day(), "E11.9") for number in range(101, 113)]
    text = program.format(rows="".join(",".join(row) + "\n" for row in rows), blanks="".join(" ".join(row) + "\n" for row in rows))
    tables = list(instream.find(_page(text.encode())))
    assert [table.header for table in tables] == [("nr", "name", "dob", "icd10")]
    assert [len(row) for row in tables[0].sample(99)] == [4] * len(rows)


def test_call_log() -> None:
    """A heading with a time and a name is whom the lines below it are about."""
    text = "# Calls\n\n" + "".join(
        f"## 2024-03-0{at} 09:1{at} — {samples.family()} {samples.family()}\n- DOB {samples.day()}\n"
        "- Hx asthma, takes metformin 500 mg\n\n"
        for at in range(1, 6)
    )
    assert "PHI106" in _failing("calls.md", text.encode())


def _page(data: bytes) -> Page:
    return Page(data, Artifact(path=b"a", kind="file", origin="memory", opener=lambda: BytesStream(b""), size=0), ())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=80))
def test_nothing_raises(data: bytes, name: str) -> None:
    """Arbitrary bytes are rows or none, arbitrary cells say something or nothing."""
    for table in instream.find(_page(b"input a $ b c;\ndatalines;\n" + data + b"\n;\ninput x y\n" + data + b"\nend\n")):
        table.sample(50)
    assert isinstance(ailments.worded(name) or ailments.whole(name) or ailments.code(name), bool)
