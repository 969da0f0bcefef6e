"""Tables reach the checks from wherever they stand, and only where a check asks; their rows pass the rules as lines."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, ClassVar

import numpy
import openpyxl
import pytest

from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Check, Finding, Options, Rule
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.testing import scan as scan_files
from pytest_genomic_guard.views.tables import DataTable, child

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_genomic_guard.report import Report

HEADER = ["patient_id", "birth_date", "sex", "weight"]


class ACME101(Check[DataTable]):
    """Tells the size of every table."""

    code = "ACME101"
    name = "table"
    since = "1.0"

    def look(self, view: DataTable, _options: Options) -> Iterator[Finding]:
        """Yield one finding a table, at its last row."""
        rows = list(view.rows())
        at = view.locate_row(len(rows) - 1) if rows else view.locate()
        width = max([len(view.header), *(len(row) for row in rows)])
        yield self.finding(at, "{rows} rows, {columns} columns", rows=len(rows), columns=width)


class ACME102(ACME101):
    """The same, of texts that name a birth date only."""

    code = "ACME102"
    name = "table-with-birth"
    rules: ClassVar[tuple[Rule, ...]] = (Rule(name="birth", anchors=(b"birth_date",), pattern=rb"birth_date\b"),)


def scan(files: dict[bytes, bytes], check: type[ACME101] = ACME101) -> Report:
    """Scan with one check of tables."""
    plan = Plan(Registry([check], shipped=False))
    return Engine(plan, cached=False).run(Memory(files), Policy())


def told(report: Report) -> list[tuple[str, tuple[str, ...], int | None, str]]:
    """Return path, trail, line and sentence of each finding."""
    return [(each.path, each.trail, each.line, each.message) for each in report.findings if each.code.startswith("ACME")]


def rows(count: int = 8) -> list[list[str]]:
    """Return rows of people that there are not."""
    return [
        [f"P{7 * each:05}", f"19{30 + each % 60}-03-1{each % 10}", "mf"[each % 2], f"{50 + each % 40}.5"] for each in range(count)
    ]


def csv(count: int = 8) -> bytes:
    """Return a table as CSV."""
    return "".join(",".join(row) + "\n" for row in [HEADER, *rows(count)]).encode()


def zipped(**members: bytes) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def notebook(data: bytes) -> bytes:
    """Return a notebook whose second cell printed a text."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "words"},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "source": "print(frame)",
            "outputs": [{"output_type": "stream", "name": "stdout", "text": data.decode()}],
        },
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def workbook(*sheets: tuple[str, list[list[str]]]) -> bytes:
    """Return a workbook; a sheet whose name begins with ``hidden`` is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new book has one
    for name, table in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
        for row in table:
            sheet.append(row)
    book.create_sheet("last")  # so that one is visible
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def database(tmp_path: Path, table: list[list[str]]) -> bytes:
    """Return a SQLite database with one table."""
    file = tmp_path / "base.db"
    with sqlite3.connect(file) as base:
        names = ", ".join(f'"{name}"' for name in table[0])
        base.execute(f"create table people ({names})")  # genomic-guard: allow[COD108] names of the test's own table
        base.executemany(f"insert into people values ({', '.join('?' * len(table[0]))})", table[1:])  # noqa: S608 - our own names  # genomic-guard: allow[COD108] names of the test's own table
    base.close()
    return file.read_bytes()


PLACES = {
    "plain": (csv(), (), 9),
    "gzip": (gzip.compress(csv()), ("gzip",), 9),
    "utf-16": (csv().decode().encode("utf-16"), (), 9),
    "old Macintosh lines": (csv().replace(b"\n", b"\r"), (), 9),
    "small member of a zip": (zipped(a=b"words\n", b=csv()), ("zip", "member 2"), 9),
    "large member of a zip": (zipped(b=csv(4000)), ("zip", "member 1"), 4001),
    "output of a notebook": (notebook(csv()), ("notebook", "cell 2", "output 1"), 9),
    "base64": (b'{"a": "' + base64.b64encode(csv()) + b'"}\n', ("line 1", "base64"), 9),
}


@pytest.mark.parametrize("place", PLACES)
def test_table_is_seen_wherever_it_stands(place: str) -> None:
    """A check of tables sees one in a file, behind layers, in an output, in an archive, each at its place."""
    data, trail, line = PLACES[place]
    count = (line or 1) - 1
    name = b"x.ipynb" if "notebook" in place else b"x"
    assert told(scan({name: data})) == [(name.decode(), trail, line, f"{count} rows, 4 columns")]


def test_workbook() -> None:
    """Every sheet is a table, a hidden one too, and the cells are counted once."""
    data = workbook(("first", [HEADER, *rows(5)]), ("hidden one", [["a", "b"], *[[str(each), "x"] for each in range(3)]]))
    report = scan({b"x.xlsx": data})
    assert told(report) == [
        ("x.xlsx", ("zip", "xlsx", "sheet 1", "row 6"), None, "5 rows, 4 columns"),
        ("x.xlsx", ("zip", "xlsx", "sheet 2", "row 4"), None, "3 rows, 2 columns"),
    ]
    assert report.coverage["full"] == 1


def test_database(tmp_path: Path) -> None:
    """A table of a database is one, and the whole of it was read."""
    report = scan({b"x.db": database(tmp_path, [HEADER, *rows(300)])})
    assert told(report) == [("x.db", ("sqlite", "table 1", "row 300"), None, "300 rows, 4 columns")]
    assert report.coverage["full"] == 1


@pytest.mark.parametrize("name", ["workbook", "database"])
def test_rows_of_a_sheet_pass_the_rules(name: str, tmp_path: Path) -> None:
    """Calls that somebody keeps in the cells of a sheet, or of a database, are found as they are in a text."""
    calls = samples.vcf(samples=3).decode().splitlines()
    table = [line.split("\t") for line in calls if not line.startswith("##")]
    data = workbook(("first", table)) if name == "workbook" else database(tmp_path, table)
    report = scan_files({b"x": data})
    (found,) = {(each.code, each.trail[:3]) for each in report.findings if each.code != "RUN102"}
    assert found[0] in {"GEN101", "GEN102"}
    assert found[1][:2] == (("zip", "xlsx") if name == "workbook" else ("sqlite", "table 1"))


def test_no_text_is_asked_without_a_check_of_tables() -> None:
    """Where no selected check sees tables, no text is read for one."""
    code = (
        "import sys; from pytest_genomic_guard.testing import scan; scan("
        "{b'x.csv': sys.stdin.buffer.read(), b'.genomic-guard.yaml': b'version: 1\\nselect: [FAIR101]\\n'});"
        "print(sorted(name for name in sys.modules if '.views.tab' in name))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=csv(), capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_rules_of_a_check_of_tables_say_which_texts_are_asked() -> None:
    """A check of tables with text rules sees the tables of texts that match, and of the one part of a notebook that does."""
    other = csv().replace(b"birth_date", b"some_names")
    assert told(scan({b"a": csv(), b"b": other}, ACME102)) == [("a", (), 9, "8 rows, 4 columns")]
    book = json.loads(notebook(other))
    book["cells"] += json.loads(notebook(csv()))["cells"]
    found = told(scan({b"x.ipynb": json.dumps(book).encode()}, ACME102))
    assert found == [("x.ipynb", ("notebook", "cell 4", "output 1"), 9, "8 rows, 4 columns")]


@pytest.mark.parametrize("check", [ACME101, ACME102])
def test_table_longer_than_a_window(check: type[ACME101]) -> None:
    """A table of several windows is one table, with all of its rows, in a wide encoding as well."""
    data = csv(200_000)
    wide = data.decode().encode("utf-16-le")
    found = told(scan({b"x": data, b"y": wide}, check))
    assert found == [(name, (), 200_001, "200000 rows, 4 columns") for name in ("x", "y")]


def test_table_longer_than_what_is_held_is_partial(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a table that cannot be held the first rows are seen, and the file counts as read in part."""
    monkeypatch.setattr("pytest_genomic_guard.views.tabular.HELD", 5 << 20)
    report = scan({b"x": csv(400_000)})
    ((_path, _trail, _line, sentence),) = told(report)
    assert 0 < int(sentence.split()[0]) < 400_000
    assert report.coverage["partial"] == 1


def test_damaged_workbook_and_database_are_partial(tmp_path: Path) -> None:
    """What cannot be read as a workbook or a database is read as far as its bytes go, and counted as partial."""
    base = database(tmp_path, [HEADER, *rows(300)])
    broken = zipped(**{"xl/workbook.xml": b"<workbook><sheets>", "xl/worksheets/sheet1.xml": b"<worksheet/>"})
    report = scan({b"a.db": base[:100] + os.urandom(8192), b"b.xlsx": broken})
    assert (report.coverage["partial"], report.coverage["full"], told(report)) == (2, 0, [])


@pytest.mark.parametrize(("there", "count", "level"), [(False, 0, "partial"), (True, 5, "full")])
def test_columnar_file(there: bool, count: int, level: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - a case
    """Of an array with named fields the names are a table without rows, read in part; where a library reads it, the rows too."""
    if not there:
        monkeypatch.setattr(child, "available", lambda _kind: False)
    out = io.BytesIO()
    numpy.save(out, numpy.zeros(5, dtype=[("patient_id", "i4"), ("birth_date", "i4"), ("weight", "f8")]))
    report = scan({b"x.npy": out.getvalue()})
    assert [(path, sentence) for path, _trail, _line, sentence in told(report)] == [("x.npy", f"{count} rows, 3 columns")]
    assert report.coverage[level] == 1
