"""People whom programs and pages list in forms that no reader of tables reads: found as the same rows would be."""

# ruff: noqa: E501, S311, UP031 - text as programs print it, drawn with a seed

from __future__ import annotations

import collections
import dataclasses
import datetime
import io
import json
import pprint
import random
from itertools import chain
from typing import Any

import pandas as pd
import polars as pl
import pytest
from faker import Faker
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from tabulate import tabulate  # type: ignore[import-untyped]

from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.health import listhints, setting
from pytest_genomic_guard.views.health.listing import drawn, fields, listings, marks, pairs, practice, prints
from pytest_genomic_guard.views.wanted import LISTED

_DISEASES = ("Essential hypertension", "Type 2 diabetes mellitus", "Major depressive disorder", "Asthma", "Atrial fibrillation")
_FIELDS = ("patient_name", "dob", "mrn", "diagnosis")
_FORMATS = (
    "grid",
    "fancy_grid",
    "rst",
    "simple",
    "jira",
    "mediawiki",
    "orgtbl",
    "asciidoc",
    "textile",
    "heavy_outline",
    "pretty",
    "presto",
)


def _people(number: int, seed: int, locale: str = "en_US") -> list[dict[str, str]]:
    """Return people whom nobody knows, with values that no range is reserved for."""
    draw, fake = random.Random(seed), Faker(locale)
    fake.seed_instance(seed)
    return [
        {
            "patient_name": f"{fake.first_name()} {fake.last_name()}",
            "dob": fake.date_of_birth(minimum_age=2, maximum_age=88).isoformat(),
            "mrn": str(draw.randint(2_000_000, 99_999_999)),
            "diagnosis": draw.choice(_DISEASES),
        }
        for _ in range(number)
    ]


def _fails(data: str | bytes, name: bytes = b"notes/out.txt") -> set[str]:
    report = scan({name: data if isinstance(data, bytes) else data.encode()})
    return {each.code for each in report.findings if each.outcome == "fail" and each.code.startswith("PHI")}


def _told(data: str | bytes, name: bytes = b"notes/out.txt") -> set[str]:
    report = scan({name: data if isinstance(data, bytes) else data.encode()})
    return {each.code for each in report.findings if each.outcome in {"fail", "warn"} and each.code.startswith("PHI")}


@pytest.mark.parametrize("form", _FORMATS)
@pytest.mark.parametrize("number", [1, 4])
def test_tables_of_markup(form: str, number: int) -> None:
    """What tabulate draws is found, with one person and with some."""
    assert _fails(tabulate(_people(number, 3), headers="keys", tablefmt=form)) & {"PHI105", "PHI106"}


def test_typeset_tables() -> None:
    """Rows of LaTeX are found where they are more than an example has."""
    assert "PHI105" in _fails(tabulate(_people(9, 5), headers="keys", tablefmt="latex_booktabs"), b"paper/appendix.tex")


@pytest.mark.parametrize("number", [1, 3, 8])
def test_boxes_of_polars_and_rich(number: int) -> None:
    """Boxes of polars, and of rich with lines that are wrapped, are found."""
    people = _people(number, 7)
    assert "PHI105" in _fails(str(pl.DataFrame(people)))
    table, out = Table(), io.StringIO()
    for name in _FIELDS:
        table.add_column(name)
    for each in people:
        table.add_row(*each.values())
    Console(file=out, width=70).print(table)
    assert "PHI105" in _fails(out.getvalue())


def test_wrapped_and_turned_frames() -> None:
    """Frames that pandas wraps at the margin, and one person of it on the side, are found."""
    frame = pd.DataFrame(_people(4, 11))
    with pd.option_context("display.width", 40, "display.max_columns", None):
        assert "PHI105" in _fails(str(frame))
    assert _fails(str(frame.iloc[0])) & {"PHI105", "PHI106"}
    assert _fails(frame.head(1).T.to_string()) & {"PHI105", "PHI106"}


def _printed() -> dict[str, str]:
    """Return what programs of several languages print of people."""
    people = _people(3, 13)
    made = dataclasses.make_dataclass("Patient", _FIELDS)
    row = collections.namedtuple("row", _FIELDS)  # type: ignore[misc]  # noqa: PYI024 - as scripts have it
    dated: list[dict[str, Any]] = [{**each, "dob": datetime.date.fromisoformat(each["dob"])} for each in people]
    said = [tuple(each.values()) for each in people]
    return {
        "dictionaries": "\n".join(map(repr, dated)),
        "pprint": pprint.pformat(dated, width=50),
        "dataclasses": "\n".join(f"10:02 DEBUG {made(**each)!r}" for each in dated),
        "named tuples": "\n".join(repr(row(**each)) for each in dated),
        "logfmt": "\n".join('level=info patient="%s" dob=%s mrn=%s dx="%s"' % each for each in said),
        "ruby": "\n".join('#<Patient id: 1, name: "%s", dob: "%s", mrn: "%s", diagnosis: "%s">' % each for each in said),
        "php": "\n".join("Array\n(\n  [name] => %s\n  [dob] => %s\n  [mrn] => %s\n  [diagnosis] => %s\n)" % each for each in said),
        "go": "\n".join("{Name:%s DOB:%s MRN:%s Diagnosis:%s}" % each for each in said),
        "java": "\n".join("Patient(name=%s, dob=%s, mrn=%s, diagnosis=%s)" % each for each in said),
        "r": "\n".join(f" $ {name:9}: chr  " + " ".join(f'"{each[name]}"' for each in people) for name in _FIELDS),
        "stata": " +---+\n"
        + "".join(f"{at:>4} | {a:26} {b:10} {c:9} {d} |\n" for at, (a, b, c, d) in [("", ("pt_name", "dob", "mrn", "dx"))])
        + " |---|\n"
        + "".join(f"{at:3}. | {a:26} {b:10} {c:9} {d} |\n" for at, (a, b, c, d) in enumerate(said, 1)),
        "mysql": "".join("*** 1. row ***\n  name: %s\n   dob: %s\n   mrn: %s\n    dx: %s\n" % each for each in said),
        "xml": "<list>"
        + "".join("<pat><fullName>%s</fullName><dob>%s</dob><mrn>%s</mrn><dx>%s</dx></pat>" % each for each in said)
        + "</list>",
        "cards": "\n".join(
            "<dl><dt>Name</dt><dd>%s</dd><dt>DOB</dt><dd>%s</dd><dt>MRN</dt><dd>%s</dd><dt>Diagnosis</dt><dd>%s</dd></dl>" % each
            for each in said
        ),
        "ini": "\n".join("[p]\nname=%s\ndob=%s\nmrn=%s\ndiagnosis=%s" % each for each in said),
    }


@pytest.mark.parametrize("form", _printed())
def test_printed_records(form: str) -> None:
    """Records are found as text, and as what a notebook printed."""
    text = _printed()[form]
    assert _fails(text) & {"PHI105", "PHI106"}
    output = {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["show()"], "outputs": [output]}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    assert _fails(json.dumps(book), b"a.ipynb") & {"PHI105", "PHI106"}


@pytest.mark.parametrize("wrapped", ["utf-16", "utf-8-sig", "cp1252"])
def test_encodings(wrapped: str) -> None:
    """The same is found in other encodings and with other ends of lines."""
    assert _fails(_printed()["dictionaries"].replace("\n", "\r\n").encode(wrapped)) & {"PHI105", "PHI106"}


@pytest.mark.parametrize("encoding", ["cp437", "latin-1", "utf-8"])
def test_practice(encoding: str) -> None:
    """A set of data that German practices exchange is found."""
    person = _people(1, 17, "de_DE")[0]
    given, family = person["patient_name"].split(" ", 1)
    day = "".join(reversed(person["dob"].split("-")))
    lines = (
        ("8000", "6310"),
        ("3000", person["mrn"]),
        ("3101", family),
        ("3102", given),
        ("3103", day),
        ("6220", "Vorhofflimmern"),
    )
    text = "".join(f"{len(value) + 9:03}{field}{value}\r\n" for field, value in lines)
    assert "PHI105" in _fails(text.encode(encoding, "replace"), b"ekg.gdt")


def test_rows_without_names() -> None:
    """What was measured of participants is found without their names, too."""
    draw = random.Random(19)
    rows = [
        {
            "patient_id": f"S{at:04}",
            "age": draw.randint(20, 80),
            "sex": draw.choice("MF"),
            "hba1c": draw.randint(48, 120) / 10,
            "dx_code": "E11.9",
        }
        for at in range(12)
    ]
    assert "PHI207" in _fails("\n".join(map(repr, rows)))


def test_prompts() -> None:
    """People in prompts that a model is trained with are found, where no label names them."""
    people = _people(5, 23)
    texts = (
        f"Patient {each['patient_name']} ({each['dob']}) came in on 2021-03-04 complaining of chest pain. History: {each['diagnosis']}."
        for each in people
    )
    assert "PHI106" in _fails("\n".join(json.dumps({"prompt": text, "completion": "ok"}) for text in texts), b"train.jsonl")


_QUIET = {
    "words for fields": "fr:\n  patient:\n    name: Nom du patient\n    first_name: Prénom\n    dob: Date de naissance\n    diagnosis: Diagnostic\n",
    "labels": "patient.name.label=Patient Name\npatient.dob.label=Date of Birth\npatient.mrn.label=MRN\ndiagnosis.label=Diagnosis\n",
    "own names": "vorname: Vorname\nnachname: Nachname\ngeburtsdatum: Geburtsdatum\ndiagnose: Diagnose\nmedikament: Medikament\n",
    "columns": "| Field | Type |\n+---+---+\n| patient_name | varchar(80) |\n| dob | date |\n| mrn | varchar(12) |\n| diagnosis | text |\n",
    "missing values": "patient_name    0\ndob             3\nmrn             0\ndiagnosis      12\ndtype: int64\n",
    "counts": " diagnosis | count | mean_hba1c \n-----------+-------+------------\n Asthma | 120 | 5.6 \n Diabetes | 340 | 8.1 \n",
    "metrics": "\n".join(f"epoch={at} patience=5 loss=0.{at} auc=0.9" for at in range(40)),
    "templates": "<dl><dt>Name</dt><dd>{{ p.name }}</dd><dt>DOB</dt><dd>{{ p.dob }}</dd><dt>Diagnosis</dt><dd>{{ p.dx }}</dd></dl>",
    "results of a model": 'List of 4\n $ patient_var: chr "patient_id"\n $ dob_var: chr "dob"\n $ n: num 120\n $ diagnosis: chr "dx"\n',
}


@pytest.mark.parametrize("what", _QUIET)
def test_quiet(what: str) -> None:
    """Words for fields, descriptions of columns, counts and metrics are nobody."""
    assert not _told(_QUIET[what])


@pytest.mark.parametrize("form", ["grid", "jira", "rst"])
def test_other_people(form: str) -> None:
    """Players, staff and contacts without anything about health are none."""
    people = [{"name": each["patient_name"], "dob": each["dob"], "team": "North", "goals": 3} for each in _people(6, 29)]
    assert not _told(tabulate(people, headers="keys", tablefmt=form))
    assert not _told("\n".join(map(repr, people)))


def test_made_up_people_are_a_note() -> None:
    """Reserved values are PHI401's."""
    people = [{"name": "Test Patient", "ssn": "999-" + "12-3456", "dob": "1900-01-01", "diagnosis": each} for each in _DISEASES]
    report = scan({b"a.txt": "\n".join(map(repr, people)).encode()})
    assert {(each.code, each.outcome) for each in report.findings} == {("PHI401", "note")}


def test_names_of_rules() -> None:
    """Who asks texts knows the rules by their names."""
    assert {rule.name for rule in listhints.RULES} == LISTED


_SIGNS = "{ } ( ) [ ] <dt> </dt> <dd> </dd> <a> </a> | || {| |} |- |=== +--+ --- 'dob':_ \"mrn\"=> name= dob , ' \" \\\\ 1950-03-02 Mary_Ann *_-_ $_a:_chr 1_ │ ┆ #>_ FN:"
_LINES = ("\n", "\n\n", "  ", "$a\n[1] b\n", "0133101Koch\r\n", "BEGIN:VCARD\n", "\0", "\x1b[1m", "é")
_PIECES = st.lists(st.sampled_from([*(sign.replace("_", " ") for sign in _SIGNS.split()), *_LINES]), max_size=120)


@given(_PIECES)
@settings(max_examples=300, deadline=None)
def test_no_reader_raises(pieces: list[str]) -> None:
    """Readers take any text, and all rows of a listing are as wide as its names or narrower."""
    text = listings.cleaned("".join(pieces))
    lines = text.split("\n")
    readers = (pairs.read(text), marks.read(text), fields.read(lines), practice.read(lines), drawn.read(lines), prints.read(lines))
    for each in chain.from_iterable(readers):
        if isinstance(each, listings.Listing):
            assert each.rows
            assert all(0 <= line <= len(lines) + 1 for line, _row in each.rows)
        else:
            assert each.pairs


@given(st.binary(max_size=400), st.integers(0, 14))
@settings(max_examples=60, deadline=None)
def test_any_bytes(noise: bytes, at: int) -> None:
    """A file of records with noise in it is scanned without a gap."""
    form = list(_printed().values())[at]
    cut = len(noise) * 7 % len(form)
    report = scan({b"a.log": form[:cut].encode() + noise.replace(b"\0", b"") + form[cut:].encode()})
    assert not [gap for gap in report.gaps if gap.reason in {"view-failed", "check-failed"}]


def test_people_of_a_program_that_was_saved_as_text() -> None:
    """A listing of source code keeps what its tests make up; without the code, the same records are rows about people."""
    record = 'event = Event(\n    code="428.0",\n    patient_id="{}",\n    diagnosis="I50.1",\n    medication="furosemide",\n    glucose={},\n)\n'
    records = [record.format(random.randrange(10**6, 10**7), random.randrange(70, 200)) for _each in range(4)]
    code = "import unittest\nfrom a.data import Event\n\nclass TestEvent(unittest.TestCase):\n    def test_it(self):\n        self.assertTrue(1)\n"
    told = _fails("\n".join(code + "\n" + each for each in records), b"corpus.txt")
    assert not told


def test_programs_are_told_from_notes() -> None:
    """Lines of statements are a program; lines of a note, a log or a transcript are none."""
    program = b"import os\n\n\ndef f(a):\n    x = g(a)\n    return x.b(1)\n\n\nclass C(B):\n    def h(self):\n        self.a = 1\n        if self.a:\n            k(1)\n"
    note = b"Patient: seen today.\nPlan: return in two weeks\nwith pain of the knee\nfrom home, import of records\nclass III heart failure\n"
    prompt = b">>> import os\n>>> x = f(a)\n   id  sbp\n0   1  120\n>>> def g(a): return a\n"
    assert setting.programmed(program, 10)
    assert not setting.programmed(note * 40, 100)
    assert not setting.programmed(prompt * 40, 100)
