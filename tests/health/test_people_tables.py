"""Tables about the health of people: layouts of other writers, wrappers, clean tables beside them, and hostile ones."""

from __future__ import annotations

import csv
import io
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.genomic.grid import Grid
from pytest_genomic_guard.views.health import people, words
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.tables.table import Source

_random = random.SystemRandom()
_TELLING = {"PHI105", "PHI206", "PHI207"}


def _codes(path: str, data: bytes) -> set[str]:
    report = scan({path.encode(): data})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return {finding.code for finding in report.findings if finding.code.startswith("PHI") and finding.outcome == "fail"}


def _csv(header: str, row: object, rows: int = 12, mark: str = ",") -> bytes:
    """Return a delimited table; `row` makes one."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([header.split(","), *(row() for _each in range(rows))])  # type: ignore[operator]
    return out.getvalue().encode()


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> DataTable:
    artifact = Artifact(path=b"a", kind="file", origin="memory", opener=lambda: BytesStream(b""), size=0)
    return DataTable(artifact=artifact, format="delimited", header=header, source=Source(lambda: enumerate(rows, 2)))


@pytest.mark.parametrize("form", ["record", "social", "appointments"])
@pytest.mark.parametrize("style", ["csv", "tab", "records"])
def test_identified_people_are_found_in_every_form(form: str, style: str) -> None:
    """A form of table says the same in each way of writing it."""
    assert "PHI105" in _codes("a.json" if style == "records" else "a.csv", samples.people_table(form=form, style=style))


@pytest.mark.parametrize("wrapper", ["gzip", "zip", "utf-16", "bom", "crlf", "notebook", "notebook-html", "notebook-stream"])
def test_wrappers_hide_nobody(wrapper: str) -> None:
    """What wraps a text changes nothing."""
    path, data = ("a.ipynb" if wrapper.startswith("notebook") else "a.csv"), samples.people_table(form="record")
    assert "PHI105" in _codes(path, DIRECTIVES[wrapper](data))


@pytest.mark.parametrize(
    "header",
    [
        "Nachname,Vorname,Geburtsdatum,Diagnose",
        "Nom,Prénom,Date de naissance,Diagnostic",
        "Apellidos,Nombre,Fecha de nacimiento,Diagnóstico",
        "Cognome,Nome,Data di nascita,Diagnosi",
        "Efternamn,Förnamn,Födelsedatum,Diagnos",
        "lastName,firstName,patientDOB,primaryDx",
        "PT_LNAME,PT_FNAME,PT_DOB,DX_DESC",
    ],
)
def test_names_of_columns_in_several_languages(header: str) -> None:
    """The same people under names of columns of another language or program."""
    row = lambda: [samples.family(), samples.family(), samples.day(), _random.choice(["Asthma", "Migraine", "Diabetes"])]  # noqa: E731
    assert "PHI105" in _codes("a.csv", _csv(header, row))


def test_rows_in_a_long_table_are_found() -> None:
    """A row for each value: who, what, how much."""
    row = lambda: [f"S{_random.randrange(1001, 1005)}", _random.choice(["hba1c", "sbp", "bmi"]), f"{_random.uniform(20, 80):.1f}"]  # noqa: E731
    assert "PHI207" in _codes("long.csv", _csv("subject_id,variable,value", row, 40))


def test_no_names_of_columns() -> None:
    """Numbers of Social Security, names and codes of ICD tell by themselves."""
    rows = [[samples.ssn(), samples.whole(), _random.choice(["E11.9", "J45.909", "N18.3"])] for _each in range(20)]
    assert "PHI105" in _codes("a.csv", "".join(",".join(row) + "\n" for row in rows).encode())


def test_nested_records() -> None:
    """Records in records have names with dots."""
    people_ = [
        {"name": {"family": samples.family(), "given": samples.family()}, "birthDate": samples.day(), "conditions": ["Asthma"]}
        for _each in range(8)
    ]
    assert "PHI105" in _codes("a.json", json.dumps({"patients": people_}).encode())


@pytest.mark.parametrize("form", ["contacts", "scores"])
def test_clean_tables_are_quiet(form: str) -> None:
    """Contacts and predictions say nothing of anybody's health."""
    assert not _codes("a.csv", samples.people_table(form=form))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("variable,coef,se,p", ["age|bmi|hba1c", "0.31", "0.11", "0.02"]),
        ("site,n,mean_age,mean_bmi,pct_diabetes", ["North|South|East", "120", "51.2", "27.1", "12.5"]),
        ("code,description,category", ["E11.9|I10|J45.909", "Asthma|Hypertension", "E11|I10"]),
        ("mouse_id,strain,weight,glucose", ["M12|M13|M14", "C57", "22.1", "140"]),
        ("nct_id,condition,intervention,start_date", ["NCT01234567|NCT02234567", "Asthma", "placebo", "2019-03-04"]),
        ("player,height,weight,birth_date", ["Ann Lee|Bo Day", "191", "88", "1991-04-05"]),
        ("name,email,dietary allergies,t-shirt", ["Ann Lee|Bo Day", "x@posthost.net", "nuts|none", "M"]),
    ],
)
def test_tables_about_something_else_are_quiet(header: str, cells: list[str]) -> None:
    """Statistics, catalogues, animals, trials and guests are no patients."""
    assert not _codes("a.csv", _csv(header, lambda: [_random.choice(cell.split("|")) for cell in cells]))


def test_a_declaration_makes_rows_a_note() -> None:
    """A first line that says how rows were made is believed, unless issued numbers speak against it."""
    declared = samples.people_table(form="participants", lead="#_synthetic:_generator=make.py,_seed=1")
    assert not _codes("a.csv", declared)
    assert any(found.code == "PHI401" for found in scan({b"a.csv": declared}).findings)


def test_values_that_nobody_has_are_a_note() -> None:
    """Numbers from 999 and test patients."""
    report = scan({b"patients.csv": samples.people_table(form="invented")})
    assert {(found.code, found.outcome) for found in report.findings if found.code.startswith("PHI")} == {("PHI401", "note")}


def test_few_people_in_source_code_are_a_warning() -> None:
    """Three made-up people of a test, and thirty pasted ones."""
    code = b'ROWS = """\n' + samples.people_table(rows=3) + b'"""\n'
    report = scan({b"tests/test_a.py": code})
    assert {found.outcome for found in report.findings if found.code.startswith("PHI")} <= {"warn"}
    assert "PHI105" in _codes("tests/test_a.py", b'ROWS = """\n' + samples.people_table(rows=30) + b'"""\n')


def test_no_value_is_told() -> None:
    """Messages hold our words and numbers alone."""
    data = samples.people_table(form="record", rows=5)
    cells = {cell for row in csv.reader(io.StringIO(data.decode())) for cell in row if len(cell) > 4}
    for finding in scan({b"a.csv": data}).findings:
        assert not [cell for cell in cells if cell in finding.message and cell != "Diagnosis"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(max_size=30) | st.sampled_from(["mrn", "name", "dob", "diagnosis", "Patient ID", "bmi"]), min_size=1, max_size=8
    ),
    st.lists(st.lists(st.text(max_size=30), max_size=9), max_size=8),
)
def test_a_recogniser_never_raises(header: list[str], rows: list[list[str]]) -> None:
    """Whatever cells and names are."""
    people.recognise(Grid(_table(tuple(header), [tuple(row) for row in rows])))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_a_name_never_raises(name: str) -> None:
    """Whatever a column is called."""
    words.named(name)


def test_work_on_a_name_is_bounded() -> None:
    """A name that is long is not read."""
    assert words.named("patient_" * 4000) == words.named("x" * 4000)
