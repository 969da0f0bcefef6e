"""Tables of people without names of columns: layouts of other writers, wrappers, clean tables beside them, and hostile ones."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.identifiers.marks import luhn
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.genomic.grid import Grid
from pytest_genomic_guard.views.health import bare, codes, roles
from pytest_genomic_guard.views.tables import DataTable, dense
from pytest_genomic_guard.views.tables.table import Source

_random = random.SystemRandom()
_DISEASES = ("E11.9", "J45.909", "N18.3", "I10", "C50.911", "B20")


def _born(form: str = "{0:04}-{1:02}-{2:02}", first: int = 1930, last: int = 2004) -> str:
    return form.format(_random.randrange(first, last), _random.randrange(1, 13), _random.randrange(1, 28))


def _seen(form: str = "{0:04}-{1:02}-{2:02}") -> str:
    return _born(form, 2016, 2023)


def _number() -> str:
    return str(_random.randrange(10**7, 10**8))


def _admission() -> list[str]:
    day = _born("{1:02}/{2:02}/{0:04}")
    given = samples.family()
    return [_number(), samples.family(), given, day, _random.choice("MF"), _seen(), _seen(), _random.choice(_DISEASES), "Dr. Ode"]


def _laboratory() -> list[str]:
    body = str(_random.randrange(1000, 9999))
    code = next(f"{body}-{last}" for last in range(10) if luhn(f"{body}{last}"))
    who = f"{samples.family()},{samples.family()}".upper()
    return [
        who,
        _number(),
        _born("{1:02}/{2:02}/{0:04}"),
        f"{_seen()} 10:05",
        code,
        "Sodium",
        f"{_random.uniform(1, 9):.1f}",
        "mmol/L",
    ]


def _clinic() -> list[str]:
    phone = f"{_random.randrange(212, 540)}-{_random.randrange(220, 490)}-{_random.randrange(1000, 9899)}"
    return [
        samples.whole(),
        phone,
        samples.whole(),
        "brother",
        _seen(),
        "14",
        _random.choice(["sleep improved on sertraline", "low mood, anxiety"]),
    ]


def _rows(make: object, rows: int = 20) -> list[list[str]]:
    return [make() for _each in range(rows)]  # type: ignore[operator]


def _csv(rows: list[list[str]], mark: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _codes(path: str, data: bytes) -> set[str]:
    report = scan({path.encode(): data})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return {finding.code for finding in report.findings if finding.code.startswith("PHI") and finding.outcome == "fail"}


def _grid(rows: list[tuple[str, ...]], header: tuple[str, ...] = ()) -> Grid:
    artifact = Artifact(path=b"a", kind="file", origin="memory", opener=lambda: BytesStream(b""), size=0)
    return Grid(DataTable(artifact=artifact, format="delimited", header=header, source=Source(lambda: enumerate(rows, 1))))


@pytest.mark.parametrize("mark", [",", "\t", "|", "^", ";"])
@pytest.mark.parametrize("make", [_admission, _laboratory, _clinic])
@pytest.mark.parametrize("rows", [3, 20])
def test_rows_are_told_whatever_parts_their_cells(mark: str, make: object, rows: int) -> None:
    """An extract of admissions, of a laboratory and of a practice, with no names of columns."""
    assert "PHI105" in _codes("extract.csv", _csv(_rows(make, rows), mark))


@pytest.mark.parametrize("wrapper", ["gzip", "zip", "utf-16", "bom", "crlf", "notebook-stream", "base64"])
def test_wrappers_hide_nobody(wrapper: str) -> None:
    """What wraps a text changes nothing."""
    path = "a.ipynb" if wrapper.startswith("notebook") else "a.csv"
    assert "PHI105" in _codes(path, DIRECTIVES[wrapper](_csv(_rows(_admission))))


def test_lists_of_lists() -> None:
    """Rows in JSON that have no keys."""
    assert "PHI105" in _codes("a.json", json.dumps(_rows(_laboratory)).encode())


def test_what_a_terminal_showed() -> None:
    """Rows below a command, with another command below them."""
    assert "PHI105" in _codes("session.log", b"$ cat a.csv | head\n" + _csv(_rows(_admission, 4)) + b"$ wc -l a.csv\n120 a.csv\n")


def test_a_copy_without_a_list_of_columns() -> None:
    """Rows of a dump that names no columns."""
    data = b"COPY public.t FROM stdin;\n" + _csv(_rows(_admission), "\t") + b"\\.\n"
    assert "PHI105" in _codes("dump.sql", data)


def test_columns_of_fixed_width_that_touch() -> None:
    """A master file whose columns nothing parts."""
    lines = []
    for _each in range(40):
        person = f"{_number():<10}{samples.family().upper()[:18]:<18}{samples.family().upper()[:16]:<16}"
        lines.append(
            f"{person}{_born('{0:04}{1:02}{2:02}')}{_random.choice('MF')}{samples.ssn()}37412{_random.choice(_DISEASES):<8}"
        )
    assert "PHI105" in _codes("PTMASTER.DAT", "\n".join(lines).encode())


def test_numbers_that_nobody_has_are_a_note() -> None:
    """Social Security numbers from 999, of which none is given out."""
    rows = [[f"999-{_random.randrange(10, 99)}-{_random.randrange(1000, 9999)}", *_admission()[1:]] for _each in range(12)]
    outcomes = {(finding.code, finding.outcome) for finding in scan({b"a.csv": _csv(rows)}).findings}
    assert not {code for code, outcome in outcomes if outcome == "fail" and code.startswith("PHI")}


_CLEAN = {
    "biographies": lambda: [
        samples.whole(),
        _born("{0}-{1:02}-{2:02}", 1900, 1930),
        _born("{0}-{1:02}-{2:02}", 1950, 2020),
        "Oslo",
        "cancer",
    ],
    "legislators": lambda: [
        f"A{_random.randrange(10**5, 10**6)}",
        samples.family(),
        samples.family(),
        _born(),
        "M",
        "sen",
        _seen(),
    ],
    "employees": lambda: [_number(), _born(), samples.family(), samples.family(), _random.choice("MF"), _seen()],
    "payroll": lambda: [samples.whole(), _number(), _born(), f"{_random.uniform(100, 999):.2f}", _seen()],
    "grants": lambda: [_number(), f"{samples.family()}, {samples.family()}", "Lung cancer", _seen(), _seen(), "120000"],
    "providers": lambda: [samples.family(), samples.family(), "M.D.", "12 Hill Road", "212-634-2204", _seen(), "M", "Cardiology"],
    "packages": lambda: [
        f"{_random.randrange(10**4, 6 * 10**4)}-123-01",
        "Labs Inc",
        _born("{0}{1:02}{2:02}", 1990, 2015),
        "metformin 500 mg",
    ],
    "measurements": lambda: [
        str(_random.randrange(20, 80)),
        "Private",
        "White",
        _random.choice(["Male", "Female"]),
        "0",
        "40",
        "<=50K",
    ],
    "codes": lambda: [_random.choice(_DISEASES), _random.choice(["Asthma", "Hypertension"]), "Y", _seen()],
}


@pytest.mark.parametrize("what", sorted(_CLEAN))
@pytest.mark.parametrize("rows", [4, 25])
def test_rows_about_others_are_quiet(what: str, rows: int) -> None:
    """Lives of the famous, staff, providers, grants, products and tables of codes."""
    assert not _codes("a.csv", _csv(_rows(_CLEAN[what], rows)))


def test_prices_are_no_diagnoses() -> None:
    """A number with two places is a code of ICD-9 only where others have one place or a letter."""
    assert not codes.soft(Counter(f"{_random.uniform(100, 999):.2f}" for _each in range(30)))
    assert codes.soft(Counter(["250.00", "401.9", "V58.61", "428.0", "401.9"])) == "diagnosis"


def test_no_value_is_told() -> None:
    """Messages hold our words and numbers alone."""
    rows = _rows(_admission)
    cells = {cell for row in rows for cell in row if len(cell) > 4}
    for finding in scan({b"a.csv": _csv(rows)}).findings:
        assert not [cell for cell in cells if cell in finding.message]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6).map(tuple), max_size=8),
    st.lists(st.text(max_size=9), max_size=6),
)
def test_no_cells_stop_the_reader(rows: list[tuple[str, ...]], header: list[str]) -> None:
    """Any cells, and rows of any widths."""
    grid = _grid(rows, tuple(header))
    bare.no_header(grid)
    bare.recognise(grid, "")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="0123456789-/. MFabcÄ", max_size=40), max_size=8))
def test_no_lines_stop_the_search_for_columns(lines: list[str]) -> None:
    """Places between columns rise, whatever the lines hold."""
    places = dense.cuts(lines)
    assert list(places) == sorted(set(places))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 399), st.integers(0, 255)), max_size=12), st.integers(0, 500))
def test_mutated_rows_raise_nothing(changes: list[tuple[int, int]], end: int) -> None:
    """A table with bytes changed, or cut short."""
    table = bytearray(_csv(_rows(_admission, 8)))
    for at, byte in changes:
        table[at] = byte
    _codes("a.csv", bytes(table[:end]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=12))
def test_a_column_is_told_or_not(cells: list[str]) -> None:
    """Any cells have at most one role."""
    assert isinstance(roles.role([cell.strip() for cell in cells]).kind, str)
