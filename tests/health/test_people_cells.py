"""Tables of people that name them in unusual places: in their cells, above their readings, without blanks; and those of others."""

from __future__ import annotations

import csv
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.health import ailments, celled

_random = random.SystemRandom()


def _codes(path: str, data: str) -> set[str]:
    report = scan({path.encode(): data.encode()})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return {each.code for each in report.findings if each.code.startswith("PHI") and each.outcome == "fail"}


def _phone() -> str:
    return f"({_random.randint(201, 209)}) {_random.randint(220, 289)}-{_random.randint(2000, 9899)}"


def _name() -> str:
    return f"{samples.family()} {samples.family()}"


def _csv(header: str, rows: list[list[str]], sign: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows([header.split("|"), *rows])
    return out.getvalue()


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("care", ["HD 4h, AVF, dry wt 80 kg", "insulin and wound dressing", "R hip replacement"])
def test_rota(sign: str, care: str) -> None:
    """Cells of a rota that hold a name, a telephone number and a treatment each."""
    rows = [
        [str(at), *(f"{samples.family()}, {samples.family()} ({care}, tel {_phone()})" for _day in range(2))] for at in range(9)
    ]
    assert "PHI105" in _codes("a.csv", _csv("Chair|Mo/We/Fr|Tu/Th/Sa", rows, sign))


@pytest.mark.parametrize("care", ["cardiology fellow", "ICU RN", "spinning, room 4"])
def test_rota_of_staff(care: str) -> None:
    """Cells of a rota of staff, or of a club, say nothing of health."""
    rows = [
        [str(at), *(f"{samples.family()}, {samples.family()} ({care}, tel {_phone()})" for _day in range(2))] for at in range(9)
    ]
    assert not _codes("a.csv", _csv("Week|Primary|Backup", rows, ";"))


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("your biopsy results are ready, call us.", True),
        ("chemo tomorrow at 9.", True),
        ("your car is ready, call us.", False),
        ("your haircut appointment is tomorrow.", False),
    ],
)
def test_messages(body: str, fails: bool) -> None:  # noqa: FBT001 - a case
    """Messages to people by name, beside their telephone numbers."""
    rows = [[str(at), _phone(), f"Hello {_name()}, {body}"] for at in range(9)]
    assert bool(_codes("a.csv", _csv("sid|to|body", rows))) is fails


@pytest.mark.parametrize("header", ["Index|Time|Event|Info|Glucose Value (mg/dL)", "No|Date|Kind|Owner|Systolic"])
def test_person_above_readings(header: str) -> None:
    """The first rows name whom all readings below them are of."""
    rows = [["1", "", "First Name", samples.family(), ""], ["2", "", "Last Name", samples.family(), ""]]
    rows += [["3", "", "Date of birth", samples.day(), ""]]
    rows += [[str(at), f"2024-03-{at + 1:02d}", "m", "", str(_random.randint(90, 180))] for at in range(4, 20)]
    assert "PHI105" in _codes("a.csv", _csv(header, rows))


@pytest.mark.parametrize("header", ["Employee ID|Employee|{}|Email", "Staff No|Name|{}|Email"])
@pytest.mark.parametrize(
    ("column", "cells", "fails"),
    [
        ("Hep B titer", ["immune", "non-immune"], True),
        ("TB Quantiferon", ["neg", "pos"], True),
        ("Flu shot", ["2024-01-13", "2023-11-02"], True),
        ("Parking permit", ["A", "B"], False),
        ("HIV research topic", ["prevention", "cohorts"], False),
    ],
)
def test_staff(header: str, column: str, cells: list[str], fails: bool) -> None:  # noqa: FBT001 - a case
    """Staff, with what occupational health knows of them, or without."""
    rows = [
        [str(_random.randint(10**4, 10**5)), _name(), _random.choice(cells), f"{samples.family()}@gmail.com"] for _at in range(12)
    ]
    assert bool(_codes("a.csv", _csv(header.format(column), rows))) is fails


@pytest.mark.parametrize("header", ["resident|procedure|count|required", "Resident Name|Procedure|PGY|Rotation"])
def test_doctors_in_training(header: str) -> None:
    """Residents of a hospital are doctors in training."""
    rows = [[_name(), _random.choice(["Central line", "Intubation"]), str(_random.randint(2, 90)), "30"] for _at in range(12)]
    assert not _codes("a.csv", _csv(header, rows))


@pytest.mark.parametrize(
    "header", ["unit_no|component|abo_rh|collected|expires|status", "Unit Number|Product|ABO|Donated|Expiry|Status"]
)
def test_units_of_blood(header: str) -> None:
    """Units of blood have numbers, groups and days, and are nobody."""
    rows = [
        [f"W{_random.randint(1000, 9999)} 24 {_random.randint(10**5, 10**6 - 1)}", "RBC", "O+", "2024-02-01", "2024-03-01", "held"]
        for _at in range(12)
    ]
    assert not _codes("a.csv", _csv(header, rows))


@pytest.mark.parametrize("text", ["knee OA", "back injury", "pigmented lesion", "chest pain", "10-panel UDS"])
def test_what_is_wrong(text: str) -> None:
    """A part of the body beside what is wrong with it is an ailment."""
    assert ailments.worded(text)


@pytest.mark.parametrize("text", ["back to school", "foot traffic", "hand made", "data infection"])
def test_what_is_not(text: str) -> None:
    """Such words alone are none."""
    assert not ailments.worded(text)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), max_size=12))
def test_anything(rows: list[list[str]]) -> None:
    """Whatever cells hold, nothing raises."""
    _codes("a.csv", _csv("Chair|Mon|Name", rows, ";"))


@given(st.text(max_size=400))
def test_any_cell(text: str) -> None:
    """A cell without a name and a way to reach somebody is none of a person."""
    assert not celled._person("(" + text)  # noqa: SLF001 - what each cell goes through
