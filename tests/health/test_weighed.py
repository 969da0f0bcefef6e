"""A suffix is no verdict: few people in code and documentation fail where they are told as records tell them, else they warn."""

# ruff: noqa: S608 - statements that nobody runs

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.health import weighed

if TYPE_CHECKING:
    from collections.abc import Callable

_name, _day, _number, _phone = samples.note_name, samples.note_day, samples.note_number, samples.note_phone


def _table(rows: int) -> str:
    lines = [f"| {samples.note_nhs()} | {_name()} | {_day('uk')} | Essential hypertension |" for _each in range(rows)]
    return "\n".join(["# Weekly review", "", "| NHS Number | Name | Date of Birth | Diagnosis |", "|---|---|---|---|", *lines, ""])


def _dump(rows: int) -> str:
    lines = [f"('{_name()}','{samples.note_ssn()}','{_day('iso')}','K50.90')" for _each in range(rows)]
    return "INSERT INTO members (member_name, ssn, dob, icd10) VALUES\n" + ",\n".join(lines) + ";\n"


def _copied(rows: int) -> str:
    lines = [f"{_name()}\t{_number()}\t{_day()}\tPotassium\t5.2" for _each in range(rows)]
    return "COPY public.labs (patient, mrn, dob, test, result) FROM stdin;\n" + "\n".join(lines) + "\n\\.\n"


def _column(make: Callable[[], str]) -> str:
    return "c(" + ", ".join(f'"{make()}"' for _each in range(4)) + ")"


def _frame() -> str:
    return (
        f"df <- data.frame(\n  name = {_column(_name)},\n  dob = as.Date({_column(lambda: _day('iso'))}),\n"
        f"  mrn = {_column(_number)},\n"
        '  diagnosis = c("Asthma", "Multiple sclerosis", "Opioid dependence", "Type 2 diabetes")\n)\n'
    )


def _message() -> str:
    lines = samples.hl7().decode().replace("\\", "\\\\").splitlines()
    return "MSG = (\n" + "".join(f"    '{line}\\r'\n" for line in lines) + ")\n"


def _updated() -> str:
    return "BEGIN;\n" + "".join(
        f"UPDATE patient SET first_name='{_name('given')}', last_name='{_name('family')}', dob='{_day('iso')}', phone='{_phone()}'"
        f" WHERE mrn='{_number()}'; -- dx Atrial fibrillation\n"
        for _each in range(3)
    )


def _reported() -> str:
    day = _day("iso")
    return (
        f"## Import fails for one patient\n\nChart of {_name()} (MRN {_number()}, born {day}). Diagnosis: depression.\n\n"
        f'```\nPOST /patients {{"lastName": "{_name("family")}", "birthDate": "{day}", "ssn": "{samples.note_ssn()}"}}\n```\n'
    )


_LETTER = "# Clinic letter\n\nPatient: {} (d.o.b. {}), hospital number {}\n\nYour BRCA1 test shows a pathogenic variant.\n"
REAL: dict[str, tuple[str, Callable[[], str]]] = {
    "letter": ("letters/genetics.md", lambda: _LETTER.format(_name(), _day("words"), _number())),
    "list": ("etl/notes.md", lambda: _table(3)),
    "one row": ("etl/notes.md", lambda: _table(1)),
    "dump": ("exports/dump.sql", lambda: _dump(2)),
    "one row of a dump": ("exports/dump.sql", lambda: _dump(1)),
    "copied rows": ("exports/dump.sql", lambda: _copied(3)),
    "updates": ("docs/appendix/fix.sql", _updated),
    "frame": ("raw/repro.R", _frame),
    "message": ("registry/send.py", _message),
    "message of a demonstration": ("registry/demo_send.py", _message),
    "remark": ("input/process.py", lambda: f"# fails on {_name()}, MRN {_number()}, dob {_day()}, dx asthma\nx = 1\n"),
    "record": (
        "raw/fixtures.py",
        lambda: (
            f'PATIENT = {{"name": "{_name()}", "dob": "{_day("iso")}", "ssn": "{samples.note_ssn()}", "diagnosis": "asthma",'
            f' "phone": "{_phone()}"}}\n'
        ),
    ),
    "report": ("docs/issues/418.md", _reported),
    "cell": (
        "docs/chart.ipynb",
        lambda: _notebook(f"## Case 4\n**Patient:** {_name()}  **DOB:** {_day()}  **MRN:** {_number()}\n\nAdmitted with sepsis."),
    ),
}
SAID: dict[str, tuple[str, Callable[[], str]]] = {
    "test": ("tests/test_parse.py", _message),
    "test of Java": ("src/ParserTest.java", _message),
    "examples": ("examples/send.py", _message),
    "message without such a number": ("send.py", lambda: re.sub(r"[0-9]{3}-[0-9]{2}-[0-9]{4}", "", _message())),
    "mocked": (
        "src/patients.ts",
        lambda: f"const mockPatient = {{name: '{_name()}', dob: '{_day()}', ssn: '{samples.note_ssn()}', dx: 'J18.9'}}",
    ),
    "asserted": ("load.py", lambda: f"# {_name()}, MRN {_number()}, dob {_day()}, dx asthma\nassert load()\n"),
    "shown": ("README.md", lambda: f"For example, {_name()}, MRN {_number()}, DOB {_day()}, diagnosis asthma.\n"),
    "common": ("notes.py", lambda: f"# John Smith, MRN {_number()}, dob {_day()}, dx asthma\n"),
}


def _notebook(text: str) -> str:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _told(path: str, text: str) -> set[tuple[str, str]]:
    return {(each.code, each.outcome) for each in scan({path.encode(): text.encode()}).findings if each.code.startswith("PHI")}


@pytest.mark.parametrize("what", REAL)
def test_few_people_told_as_records_fail(what: str) -> None:
    """What fails in data fails in code and documentation where nothing says that it is an example."""
    path, make = REAL[what]
    told = _told(path, make())
    assert "fail" in {outcome for _code, outcome in told}, told


@pytest.mark.parametrize("what", SAID)
def test_examples_do_not_fail(what: str) -> None:
    """Paths and words of tests and examples, and names that come to everybody's mind, leave a warning at most."""
    path, make = SAID[what]
    told = _told(path, make())
    assert "fail" not in {outcome for _code, outcome in told}, told


@pytest.mark.parametrize("word", ["fake", "dummy", "synthetic", "test data", "placeholder"])
def test_words_of_authors(word: str) -> None:
    """A text that says what its people are is believed in code."""
    text = f"# {word}\n# {_name()}, MRN {_number()}, dob {_day()}, dx asthma\n"
    assert "fail" not in {outcome for _code, outcome in _told("load.py", text)}


def test_reserved_values_beside() -> None:
    """A reserved telephone number beside the rest says that the person is made up."""
    text = f'P = {{"name": "{_name()}", "dob": "{_day()}", "mrn": "{_number()}", "dx": "asthma", "phone": "312-555-0142"}}\n'
    assert "fail" not in {outcome for _code, outcome in _told("load.py", text)}


def test_the_words_of_a_long_text_are_read_once() -> None:
    """What a text says of itself is asked once a view, however many people it has."""

    class View:
        class artifact:  # noqa: N801 - as an attribute
            path = b"a.md"

        data = b"text " * 1000

    view = View()
    assert weighed.sign(view) == ""  # type: ignore[arg-type]
    view.data = b"fake"
    assert weighed.sign(view) == ""  # type: ignore[arg-type]


@given(st.lists(st.sampled_from([*REAL, *SAID]), min_size=1, max_size=3), st.binary(max_size=40), st.integers(0, 400))
@settings(max_examples=25, deadline=None)
def test_nothing_raises_on_what_is_cut_and_mixed(parts: list[str], noise: bytes, cut: int) -> None:
    """Texts that are cut, joined and damaged give findings or none, and no gap."""
    text = b"\n".join({**REAL, **SAID}[each][1]().encode() for each in parts)
    for path in (b"a.md", b"a.py", b"a.sql", b"a.ipynb"):
        scan({path: text[:cut] + noise + text[cut:]})
