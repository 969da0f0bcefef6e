"""Known layouts of row-level health data: found in every wrapper, quiet where there are no rows, and never an error of ours."""

from __future__ import annotations

import json
import random
from itertools import islice, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.policy.packs.open_sets import OPEN
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.health.layouts import LAYOUTS
from pytest_genomic_guard.views.health.openlayouts import NAMES, SETS

if TYPE_CHECKING:
    from pytest_genomic_guard.views.health.layouts import Layout

_random = random.SystemRandom()
FOUND = {
    "PHI201": ("biobank", "dbgap", "survey", "nda"),
    "PHI202": ("omop-person", "omop-measurement", "omop-death", "pcornet-diagnosis", "sentinel-encounter", "i2b2-fact"),
    "PHI203": ("mimic-icu", "mimic-labs", "eicu", "hirid"),
    "PHI204": ("redcap", "redcap-forms"),
    "PHI205": ("clarity", "cerner", "cprd", "claims", "sdtm", "meds"),
}
EACH = [(code, layout) for code, layouts in FOUND.items() for layout in layouts]
WRAPPERS = ("gzip", "zip", "utf-16", "bom", "crlf", "notebook", "notebook-stream")
# SQL types as published definitions write them
TYPES = ("integer", "bigint", "VARCHAR(50)", "date", "timestamp", "NUMERIC", "int64", "object", "double precision", "TEXT")


def told(path: bytes, data: bytes) -> list[tuple[str, str]]:
    """Return codes and outcomes of what is found of health data in one file, and reasons of gaps."""
    report = scan({path: data})
    found = [(each.code, each.outcome) for each in report.findings if each.code.startswith("PHI")]
    return [*found, *(("gap", gap.reason) for gap in report.gaps)]


def _values(name: str) -> str:
    """Return a value for a column, by the end of its name."""
    if name.endswith("date"):
        return f"20{_random.randrange(10, 24)}-0{_random.randrange(1, 10)}-1{_random.randrange(10)}"
    return str(_random.randrange(100_000, 99_999_999))


@pytest.mark.parametrize(("code", "layout"), EACH)
def test_found_in_every_wrapper(code: str, layout: str) -> None:
    """Rows in a layout fail under their code, whatever they are wrapped in and called."""
    data = samples.cohort(layout, people=7)
    assert (code, "fail") in told(b"x.csv", data)
    for wrapper in WRAPPERS:
        name = b"x.ipynb" if wrapper.startswith("notebook") else b"some/thing"
        assert (code, "fail") in told(name, DIRECTIVES[wrapper](data)), wrapper


@pytest.mark.parametrize("layout", [layout for _code, layout in EACH])
def test_quiet_without_rows(layout: str) -> None:
    """A header alone, and a header with types below it, are no rows."""
    header = samples.cohort(layout, people=0)
    columns = header.decode().strip().split(",")
    types = ",".join(TYPES[number % len(TYPES)] for number in range(len(columns)))
    statement = ",\n".join(f"  {name} {_random.choice(TYPES)}" for name in columns)
    listed = "".join(f"| {name} | {_random.choice(TYPES)} | yes |\n" for name in columns)
    for path, text in (
        (b"a.csv", header.decode()),
        (b"b.csv", header.decode() + types + "\n"),
        (b"c.sql", f"CREATE TABLE x (\n{statement}\n);\n"),
        (b"d.md", f"| column | type | required |\n|---|---|---|\n{listed}"),
        (b"e.json", json.dumps([{"name": name, "type": _random.choice(TYPES)} for name in columns])),
        (b"f.sql", f"SELECT {', '.join(columns)}\nFROM x\nWHERE {columns[0]} > 3;\n"),
    ):
        assert told(path, text.encode()) == [], path


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.format.replace(" ", "-"))
def test_every_line_of_the_data_can_be_met(layout: Layout) -> None:
    """Each layout finds a table that is made from it, under its code or that of a more telling one, and never stays silent."""
    known = layout
    choices = product(*(sorted(group) for group in known.ids))
    assert any(_met(known, tuple("record_id" if each == "*" else each for each in ids)) for ids in islice(choices, 200))


def _met(known: Layout, ids: tuple[str, ...]) -> bool:
    """Tell whether a table that is made from a layout, with one id of each of its groups, fails."""
    spelled = {"redcapeventname": "redcap_event_name", "redcaprepeatinstrument": "redcap_repeat_instrument"}
    words = [each for each in sorted(known.words) if each != "*" and each not in ids][: known.least + 2]
    words += [f"a{end}" for end in known.ends[:2]] + [f"{begin}1" for begin in known.begins[:1]]
    columns = list(dict.fromkeys([*ids, *(spelled.get(each, each) for each in words)]))
    columns += [f"other{number}" for number in range(max(0, known.columns + 1 - len(columns)))]
    rows = [",".join(_values(name) for name in columns) for _row in range(9)]
    data = "\n".join([",".join(columns), *rows]) + "\n"
    return any(outcome == "fail" for _code, outcome in told(b"t/x.csv", data.encode()))


def test_examples_of_programs_and_documents() -> None:
    """A few people in a program or document are an example; many are data, and so is what a notebook printed."""
    few, many = samples.cohort("omop-person", people=2), samples.cohort("omop-person", people=12)
    assert told(b"README.md", b"# A\n\n```\n" + few + b"```\n") == []
    assert ("PHI202", "fail") in told(b"README.md", b"# A\n\n```\n" + many + b"```\n")
    assert told(b"a.ipynb", DIRECTIVES["notebook-source"](b'text = """\n' + few + b'"""\n')) == []
    assert ("PHI202", "fail") in told(b"a.ipynb", DIRECTIVES["notebook-stream"](few))


def test_counted_ids_under_a_telling_path_are_a_note() -> None:
    """People who are counted up from 1 in a folder that names a simulator are made up; ids as drawn, or another folder, are not."""
    counted = b"person_id,gender_concept_id,year_of_birth\n" + b"".join(b"%d,8507,19%d\n" % (at, 40 + at) for at in range(1, 30))
    assert told(b"data/synthea/person.csv", counted) == [("PHI401", "note")]
    assert ("PHI202", "fail") in told(b"data/person.csv", counted)
    assert ("PHI202", "fail") in told(b"data/synthea/person.csv", samples.cohort("omop-person", people=30))


@pytest.mark.parametrize("each", SETS, ids=lambda each: each.name.replace(" ", "-"))
def test_open_sets(each: object) -> None:
    """A table with the columns of an open set is no more than a note, unless it has more rows than the set."""
    known = next(other for other in SETS if other is each)
    columns = [*sorted(known.columns - {"*"}), *(["a", "b"] if "*" in known.columns else [])]
    rows = [",".join(str(_random.randrange(20, 80)) for _column in columns) for _row in range(20)]
    found = told(b"x.csv", "\n".join([",".join(columns), *rows, ""]).encode())
    assert all(outcome == "note" for _code, outcome in found)


def test_open_sets_have_their_source() -> None:
    """Each open set that is recognised has source, date and licence, and none is listed that cannot be recognised."""
    assert {each.name for each in OPEN} == {*NAMES}
    assert all(each.source and each.date and each.licence for each in OPEN)


def test_open_demonstration() -> None:
    """Rows of an open demonstration are a note where the folder says so and all ids are of it."""
    rows = [
        f"{_random.randrange(10_000_032, 10_040_025)},{_random.randrange(20_000_000, 29_999_999)},2180-01-02" for _row in range(9)
    ]
    data = "\n".join(["subject_id,hadm_id,admittime", *rows, ""]).encode()
    assert told(b"mimic-iv-demo/admissions.csv", data) == [("PHI402", "note")]
    assert ("PHI203", "fail") in told(b"mimic-iv/admissions.csv", data)
    assert ("PHI203", "fail") in told(b"mimic-iv-demo/admissions.csv", data + b"15234567,21234567,2190-01-01\n")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_never_an_error(data: st.DataObject) -> None:
    """Rows that are cut, or in which bytes were changed, leave no gap of a check."""
    layout = data.draw(st.sampled_from([layout for _code, layout in EACH]))
    places = data.draw(st.lists(st.tuples(st.integers(0, 299), st.integers(1, 255)), max_size=8))
    end = data.draw(st.integers(0, 299))
    rows = bytearray(samples.cohort(layout, people=4).ljust(300, b"7"))
    for at, byte in places:
        rows[at] = byte
    found = told(b"x.csv", bytes(rows[:end]))
    assert not [each for each in found if each[0] == "gap" and each[1] in {"check-failed", "view-failed"}]


def _tcga(columns: str, *, rows: int = 9) -> bytes:
    """Return rows by patients of TCGA."""
    made = [f"TCGA-{_random.choice(('A2', 'BH', 'E9'))}-{_random.randrange(1000, 9999)}" for _row in range(rows)]
    beside = columns.count(",")
    body = "".join(f"{each}{''.join(f',{_random.randrange(1, 4000)}' for _n in range(beside))}\n" for each in made)
    return f"{columns}\n{body}".encode()


def test_clinical_tables_of_tcga() -> None:
    """What a clinical record says of its patients fails; a list of samples with a label for a model is a note."""
    assert told(b"clinical.csv", _tcga("bcr_patient_barcode,vital_status,days_to_death,age_at_diagnosis")) == [("PHI201", "fail")]
    nested = _tcga("cases.submitter_id,demographic.vital_status,demographic.race,diagnoses.primary_diagnosis,diagnoses.morphology")
    assert ("PHI402", "note") in told(b"labels.csv", _tcga("bcr_patient_barcode,label,fold,censorship"))
    assert not any(outcome == "fail" for _code, outcome in told(b"labels.csv", _tcga("bcr_patient_barcode,label,fold,split")))
    assert told(b"clinical.csv", nested) == [("PHI201", "fail")]


def test_a_declaration_holds_for_layouts() -> None:
    """Rows in a layout of a file that says at its head that it was made up, and by what, are a note."""
    rows = b"person_id,gender_concept_id,year_of_birth\n" + b"".join(
        b"%d,8507,19%d\n" % (_random.randrange(10**5, 10**7), 40 + at) for at in range(9)
    )
    assert ("PHI202", "fail") in told(b"x.csv", rows)
    assert told(b"x.csv", b"# synthetic: generator=tools/make.py, seed=4\n" + rows) == [("PHI401", "note")]
    assert ("PHI202", "fail") in told(b"x.csv", b"# synthetic\n" + rows)
    assert ("PHI202", "fail") in told(b"tests/data/x.csv", rows)
