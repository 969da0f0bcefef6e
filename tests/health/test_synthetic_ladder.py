"""The ladder by which made-up data are told: each step with an independent writer, and what contradicts it."""

from __future__ import annotations

import io
import json
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.identifiers.people import is_invented_person, nobodies
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.health.declared import declared

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_random = random.SystemRandom()
_SAID = "synthetic: generator=make.py, seed=1"
Row = dict[str, str]


def _outcomes(path: str, data: bytes) -> set[str]:
    report = scan({path.encode(): data})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return {f"{finding.code} {finding.outcome}" for finding in report.findings if finding.code.startswith("PHI")}


def _told(path: str, data: bytes) -> list[str]:
    return [finding.message for finding in scan({path.encode(): data}).findings if finding.outcome == "fail"]


def _issued() -> Row:
    area, line = _random.randrange(212, 989), _random.randrange(1000, 9999)
    return {"ssn": samples.ssn(), "phone": f"{area}-{_random.randrange(220, 540)}-{line}"}


def _reserved() -> Row:
    return {
        "ssn": f"999-{_random.randrange(10, 99)}-{_random.randrange(1000, 9999)}",
        "phone": f"(212) 555-01{_random.randrange(10, 99)}",
    }


def _nothing() -> Row:
    return {}


def _people(numbers: Callable[[], Row] = _nothing, rows: int = 9) -> list[Row]:
    return [
        {
            "name": samples.whole(),
            "dob": samples.day(),
            "mrn": str(_random.randrange(2_000_000, 8_000_000)),
            **numbers(),
            "diagnosis": _random.choice(["Asthma", "Migraine"]),
        }
        for _row in range(rows)
    ]


def _joined(rows: Sequence[Row], between: str, before: str = "", behind: str = "") -> str:
    return "".join(f"{before}{between.join(row)}{behind}\n" for row in ([*rows[0]], *(list(row.values()) for row in rows)))


def _written(form: str, rows: Sequence[Row]) -> str:  # noqa: PLR0911 - one form after the other
    """Return rows as a text of a form."""
    if form == "csv":
        return _joined(rows, ",")
    if form == "html":
        return "<table>" + _joined(rows, "</td><td>", "<tr><td>", "</td></tr>") + "</table>\n"
    if form == "md":
        head, _end, rest = _joined(rows, " | ", "| ", " |").partition("\n")
        return f"{head}\n|{'---|' * len(rows[0])}\n{rest}"
    if form == "sql":
        values = ",\n".join("(" + ", ".join(f"'{cell}'" for cell in row.values()) + ")" for row in rows)
        return f"INSERT INTO patients ({', '.join(rows[0])}) VALUES\n{values};\n"
    if form == "yaml":
        return "patients:\n" + "".join(
            "".join(f"  {' ' if at else '-'} {key}: {json.dumps(cell)}\n" for at, (key, cell) in enumerate(row.items()))
            for row in rows
        )
    if form == "xml":
        return (
            "<all>\n" + "".join("<p>" + "".join(f"<{k}>{v}</{k}>" for k, v in row.items()) + "</p>\n" for row in rows) + "</all>\n"
        )
    return json.dumps({"patients": list(rows)}, indent=1)


_COMMENTS = {
    "csv": f"# {_SAID}\n",
    "sql": f"-- {_SAID}\n",
    "yaml": f"# {_SAID}\n",
    "html": f"<!-- {_SAID} -->\n",
    "xml": f"<!-- {_SAID} -->\n",
    "md": f"<!-- {_SAID} -->\n\n",
    "json5": f"// {_SAID}\n",
}


@pytest.mark.parametrize("form", _COMMENTS)
def test_a_comment_at_the_head_is_believed(form: str) -> None:
    """In the comment of each language; without it the same rows are people."""
    rows = _people()
    assert _outcomes(f"a.{form}", (_COMMENTS[form] + _written(form, rows)).encode()) == {"PHI401 note"}
    assert any(said.endswith("fail") for said in _outcomes(f"a.{form}", _written(form, rows).encode()))


@pytest.mark.parametrize("form", _COMMENTS)
def test_values_in_use_contradict_a_declaration(form: str) -> None:
    """Issued numbers beside telephones in service fail, and the message says what they contradict."""
    told = _told(f"a.{form}", (_COMMENTS[form] + _written(form, _people(_issued))).encode())
    assert any(
        message.endswith("marked as made up by a declaration at its head, which values in use contradict") for message in told
    )


@pytest.mark.parametrize("form", ["csv", "sql", "yaml", "html", "xml", "md", "json5"])
def test_reserved_values_are_a_note(form: str) -> None:
    """With no word about it, in each form; three rows of a statement too."""
    assert _outcomes(f"a.{form}", _written(form, _people(_reserved)).encode()) == {"PHI401 note"}
    assert _outcomes(f"a.{form}", _written(form, _people(_reserved, 3)).encode()) == {"PHI401 note"}


def test_one_issued_number_among_reserved_ones_is_somebodys() -> None:
    """Reserved values count where all are."""
    rows = [*_people(_reserved, 60), *_people(lambda: {**_reserved(), "ssn": samples.ssn()}, 1)]
    assert "PHI105 fail" in _outcomes("a.csv", _written("csv", rows).encode())


@pytest.mark.parametrize(
    "wrapper", ["gzip", "zip", "utf-16", "bom", "crlf", "base64", "notebook", "notebook-html", "notebook-stream"]
)
def test_wrappers_hide_no_declaration(wrapper: str) -> None:
    """What wraps a text changes nothing about what it says of itself."""
    data = (_COMMENTS["csv"] + _written("csv", _people())).encode()
    found = _outcomes("a.ipynb" if wrapper.startswith("notebook") else "a.csv", DIRECTIVES[wrapper](data))
    assert not [said for said in found if said.endswith(("fail", "warn"))]


@pytest.mark.parametrize(
    "top",
    [
        {"synthetic": True, "generator": "faker 24"},
        {"_comment": "synthetic data, generated by tools/make.py"},
        {"meta": {"synthetic": True, "generator": "a model"}},
        {"synthetic": {"generator": "make.py", "seed": 1}},
    ],
)
def test_keys_at_the_top_are_believed(top: dict[str, object]) -> None:
    """Before the records, and of no record."""
    assert _outcomes("a.json", json.dumps({**top, "patients": _people()}, indent=1).encode()) == {"PHI401 note"}
    inside = {"patients": [{**row, **top} for row in _people()]}
    assert any(said.endswith("fail") for said in _outcomes("a.json", json.dumps(inside, indent=1).encode()))


@pytest.mark.parametrize(
    "head",
    [
        "# not synthetic: generator=none",
        "# TODO replace with synthetic data generated by faker",
        "# exported by a clinic, generated by Clarity",
        "# synthetic: false, generator=none",
        "# patients with synthetic grafts",
        "# partly synthetic: generator=faker",
        "synthetic,generator,age",
        "synthetic: false\ngenerator: x",
        "# Synthetic cannabinoid study\n# Generated by a form",
        "name,dob\n# synthetic: generator=faker",
    ],
)
def test_other_words_declare_nothing(head: str) -> None:
    """What says the contrary, a part, a plan, or something else."""
    assert not declared(head.encode())


@pytest.mark.parametrize("how", ["description", "title"])
def test_a_workbook_says_it(how: str) -> None:
    """In its description or in a title above the names of columns."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    if how == "title":
        book.active.append(["Synthetic data: generated by make.py"])
    else:
        book.properties.description = _SAID
    rows = _people()
    for row in ([*rows[0]], *(list(each.values()) for each in rows)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert _outcomes("a.xlsx", out.getvalue()) == {"PHI401 note"}


def test_metadata_of_a_columnar_file_say_it() -> None:
    """As the writer put them beside the schema."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = _people()
    table = pa.table({key: [row[key] for row in rows] for key in rows[0]})
    for said in ({"synthetic": "generator=make.py, seed=1"}, {"synthetic": "true", "generator": "make.py"}, None):
        out = io.BytesIO()
        parquet.write_table(table.replace_schema_metadata(said), out)
        assert _outcomes("a.parquet", out.getvalue()) == ({"PHI401 note"} if said else {"PHI105 fail"})


@pytest.mark.parametrize(
    "names",
    [
        ["Basic Patient 1", "Dummy Person", "HIV Patient 2"],
        ["Wile E. Coyote", "Supernintendo Chalmers", "Frodo Baggins", "Severus Snape"],
        ["Alice", "Bob", "Carol", "Dave"],
        ["TESTALPHA", "TESTBETA", "TESTGAMMA"],
        ["EVERYMAN^ADAM", "NUCLEAR^NELDA", "Max Mustermann"],
    ],
)
def test_names_of_nobody(names: list[str]) -> None:
    """Placeholders, characters, a cast, prefixes of tests, people of standards; one more name and they are not."""
    assert nobodies(names)
    assert not nobodies([*names, samples.whole()])


def test_a_label_before_a_name_makes_it_nobodys_no_more() -> None:
    """The word for a patient behind a name, not before one."""
    assert is_invented_person("Diabetic Patient 3")
    assert not is_invented_person(f"Patient {samples.whole()}")


def test_given_and_family_names_are_told_together() -> None:
    """A character in two columns, of which neither says anything."""
    cast = ["Homer Simpson", "Luke Skywalker", "Frodo Baggins", "Fred Flintstone"]
    rows = [dict(zip(("first_name", "last_name"), name.split(), strict=True), **_people(rows=1)[0]) for name in cast]
    for row in rows:
        del row["name"]
    assert _outcomes("a.csv", _written("csv", rows).encode()) == {"PHI401 note"}
    rows[0]["last_name"] = samples.family()
    assert "PHI105 fail" in _outcomes("a.csv", _written("csv", rows).encode())


def test_people_of_synthea_with_others_among_them_are_no_note() -> None:
    """The form of all of them tells, and of a part of them nothing."""
    table = samples.people_table(form="synthea", rows=9)
    assert _outcomes("patients.csv", table) == {"PHI401 note"}
    line = table.splitlines()[1].split(b",")
    line[2] = samples.ssn().encode()
    assert "PHI401 note" not in _outcomes("patients.csv", table + b",".join(line) + b"\n")


def test_what_only_looks_generated_is_somebodys() -> None:
    """Extensions, apartments and addresses of a reserved domain beside issued numbers."""
    rows = _people(lambda: {**_issued(), "phone": _issued()["phone"] + "x123", "address": "Suite 123", "email": "a.b@example.org"})
    assert "PHI105 fail" in _outcomes("a.csv", _written("csv", rows).encode())


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.binary(max_size=3000), st.text(alphabet='#/-<!*{}[]":, \nsynthetic generator=faker', max_size=400).map(str.encode))
)
def test_no_text_is_too_odd(data: bytes) -> None:
    """A head of any bytes is read, or not, and nothing is raised."""
    assert declared(data) in {"", "a declaration at its head"}
    assert declared(data, binary=True) in {"", "a declaration at its head"}
