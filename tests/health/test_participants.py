"""Rows under ids of participants, in names as studies give them: found however wrapped; quiet where nobody is in them."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, scan
from pytest_genomic_guard.views.health import clinicalwords

_random = random.SystemRandom()
IDS = (
    "patient_no",
    "subj",
    "pat_nr",
    "studienr",
    "caseNo",
    "USUBJID",
    "screening_number",
    "deelnemernr",
    "ResponseId",
    "rid",
    "ppt_code",
)
HEALTH = (
    ("tumour_stage", "chemo", "os_months", "death"),
    ("PHQ_1", "PHQ_2", "GAD_1", "self_harm_history", "medication"),
    ("bl_sbp", "bl_dbp", "lvef_pct0", "nyha_class"),
    ("hba1c_v1", "hba1c_v2", "insulin_units", "retinopathy"),
    ("blutdruck_sys", "raucher", "vorerkrankung", "medikament1"),
    ("tension_sistolica", "colesterol_total", "tabaquismo", "diabetes_tipo"),
    ("mmse_total", "moca_total", "hdrs17_wk4", "edss_m12"),
    ("fev1_l", "fvc_l", "packyears", "copd_stage"),
    ("preg_outcome", "gest_weeks", "apgar_5", "csection"),
    ("BIRADS", "lesion_mm", "biopsy_result", "ki67"),
)
WRAPPERS = ("gzip", "zip", "utf-16", "bom", "crlf", "notebook", "notebook-stream", "base64")


def _rows(key: str, columns: tuple[str, ...], people: int = 8) -> bytes:
    lines = [",".join((key, "age_dx", *columns))]
    first = _random.randrange(1000, 9000)
    lines += [
        ",".join((f"{first + 3 * at}", str(_random.randrange(20, 88)), *(str(_random.randrange(4)) for _column in columns)))
        for at in range(people)
    ]
    return ("\n".join(lines) + "\n").encode()


def _told(path: bytes, data: bytes) -> list[tuple[str, str]]:
    report = scan({path: data})
    found = [(each.code, each.outcome) for each in report.findings if each.code.startswith("PHI")]
    return [*found, *(("gap", gap.reason) for gap in report.gaps)]


@pytest.mark.parametrize("columns", HEALTH, ids=lambda each: each[0])
def test_each_field_of_medicine(columns: tuple[str, ...]) -> None:
    """An id of a participant and columns of one field of medicine fail, under any name of the id and with few rows."""
    for key in IDS:
        assert any(outcome == "fail" for _code, outcome in _told(b"data/x.csv", _rows(key, columns, _random.randrange(3, 12)))), key


def test_in_every_wrapper() -> None:
    """What rows are wrapped in does not matter."""
    data = _rows("subj_no", HEALTH[0])
    for wrapper in WRAPPERS:
        name = b"x.ipynb" if wrapper.startswith("notebook") else b"some/thing"
        assert ("PHI207", "fail") in _told(name, DIRECTIVES[wrapper](data)), wrapper


def test_a_row_for_each_measurement() -> None:
    """Names or codes of measurements in a column count as what they name."""
    tests = (
        (("test", "Creatinine"), ("test", "HbA1c"), ("test", "Platelets")),
        (("code", "4548-4"), ("code", "2160-0"), ("code", "777-3")),
    )
    for kinds in tests:
        rows = [
            {"subject_no": f"{_random.randrange(100, 140)}", "day": str(at), kinds[0][0]: kinds[at % 3][1], "value": str(40 + at)}
            for at in range(20)
        ]
        assert ("PHI207", "fail") in _told(b"long.json", json.dumps(rows).encode())


def test_declared_rows_are_a_note() -> None:
    """A declaration in the first line makes a note of rows that no value speaks against."""
    data = b"# synthetic: generator=make.py, seed=1\n" + _rows("subj", HEALTH[6])
    assert _told(b"x.csv", data) == [("PHI401", "note")]


@pytest.mark.parametrize(
    "header",
    [
        "mouse_id,sex,age,tumor_volume,weight,survival_days,status",
        "sample,total_reads,pct_duplicates,mean_coverage,gc_pct,insert_size",
        "hospital_id,beds,mortality_rate,readmission_rate,mean_los,pct_icu",
        "county,fips,diabetes_pct,obesity_pct,smoking_pct,population",
        "participant,trial,condition,response,rt,accuracy",
        "subject_id,subject_label,predicate_id,object_id,object_label",
        "id,drug,atc,dose,route,price",
        "device_id,timestamp,battery,firmware,heart_rate,temperature,spo2",
        "model,epoch,auc,accuracy,f1,loss",
        "field_name,form_name,field_type,diagnosis,medication,validation",
    ],
)
def test_quiet(header: str) -> None:
    """Animals, samples, hospitals, counties, experiments, mappings, drugs, devices, models and dictionaries are nobody's rows."""
    width = header.count(",")
    rows = [",".join((f"A{100 + at}", *(f"{_random.randrange(10, 90)}" for _cell in range(width)))) for at in range(12)]
    assert [each for each in _told(b"x.csv", "\n".join([header, *rows, ""]).encode()) if each[0] != "PHI501"] == []


@given(name=st.text(max_size=150))
def test_any_name_is_read(name: str) -> None:
    """A name of a column never raises, and speaks of a context or of none."""
    context, weight = clinicalwords.spoken(name)
    assert (weight > 0) == bool(context)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_never_an_error(data: st.DataObject) -> None:
    """Rows that are cut, or in which bytes were changed, leave no gap of a check."""
    rows = bytearray(_rows("patient_no", HEALTH[data.draw(st.integers(0, len(HEALTH) - 1))]).ljust(300, b"7"))
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, 299), st.integers(1, 255)), max_size=8)):
        rows[at] = byte
    found = _told(b"x.csv", bytes(rows[: data.draw(st.integers(0, 299))]))
    assert not [each for each in found if each[0] == "gap" and each[1] in {"check-failed", "view-failed"}]
