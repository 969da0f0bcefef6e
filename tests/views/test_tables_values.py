"""Values of columnar and statistical files come through the child process whole; nothing that is in one gets out of it."""

from __future__ import annotations

import datetime
import decimal
import gzip
import io
import random
import string
from typing import TYPE_CHECKING, Any

import numpy
import pandas
import pyarrow
import pyreadstat
import pytest
import rdata
from _columnar import NAMES, WRITERS, by_path, cells, hdf5, read
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from pytest_genomic_guard.model import REASONS
from pytest_genomic_guard.views.tables import child

if TYPE_CHECKING:
    from pathlib import Path

    import h5py

LETTERS = string.ascii_letters + string.digits + "äßéñ_-,;'\""
ROW = st.tuples(st.text(LETTERS, min_size=1, max_size=20), st.integers(-(2**31) + 64, 2**31 - 64), st.floats(-1e6, 1e6, width=32))
ROWS = st.lists(ROW, min_size=1, max_size=9)


def shown(row: tuple[str, int, float]) -> tuple[str, str, str]:
    """Return a row as it must be shown."""
    share = repr(row[2])
    return row[0], str(row[1]), share.removesuffix(".0")


@pytest.mark.parametrize("writer", WRITERS)
def test_round_trip(writer: str) -> None:
    """What each writer writes comes back: the names of the columns, each cell, and that nothing is missing."""
    kind, write = WRITERS[writer]

    @settings(max_examples=12, deadline=None)
    @given(ROWS)
    def check(rows: list[tuple[str, int, float]]) -> None:
        (table,), reason = read(kind, write(rows))
        assert (reason, table.complete, table.format) == ("", True, "columnar")
        assert table.trail == ("gzip", kind.lower(), "table 1")
        assert table.header == NAMES
        found = [(label, count, str(float(share))) for label, count, share in cells(table)]
        want = [(label, count, str(float(share))) for label, count, share in map(shown, rows)]
        if writer == "xport":  # a number there has 56 bits behind a sign and an exponent to the base of 16
            assert [row[:2] for row in found] == [row[:2] for row in want]
            assert [float(row[2]) for row in found] == pytest.approx([float(row[2]) for row in want])
        else:
            assert found == want

    check()


def test_available() -> None:
    """Each kind whose library is installed can be read, and nothing else."""
    assert all(child.available(kind) for kind, _write in WRITERS.values())
    assert child.available("SAS7BDAT")
    assert not child.available("PNG")


def test_many_rows_and_places() -> None:
    """A table of several blocks comes back in order; a row is told by its number."""
    count = 70_001
    table = pyarrow.table({"number": range(count), "word": [f"w{each}" for each in range(count)]})
    out = io.BytesIO()
    parquet.write_table(table, out, row_group_size=20_000)
    (found,), reason = read("Parquet", out.getvalue())
    assert not reason
    assert list(found.rows()) == [(str(each), f"w{each}") for each in range(count)]
    assert found.locate_row(69_999).trail == ("gzip", "parquet", "table 1", "row 70000")


def test_types_of_arrow() -> None:
    """Dates, times, bytes, categories, decimals, nested and missing values are what a person would see."""
    born = datetime.datetime(1950, 1, 2, 3, 4, 5, 600_000, tzinfo=datetime.UTC)
    columns: dict[str, Any] = {
        "date": pyarrow.array([born.date(), None]),
        "time": pyarrow.array([born.time(), None]),
        "zone": pyarrow.array([born, None], pyarrow.timestamp("ns", "America/New_York")),
        "day": pyarrow.array([datetime.datetime(1950, 1, 2), None], pyarrow.timestamp("us")),  # noqa: DTZ001 - as it is written
        "bytes": pyarrow.array([b"text", b"\0\1"]),
        "word": pyarrow.array(["a", None]).dictionary_encode(),
        "cost": pyarrow.array([decimal.Decimal("1.50"), None]),
        "list": pyarrow.array([[{"é": 1, "on": born.date()}], None]),
        "flag": pyarrow.array([True, None]),
        "small": pyarrow.array([0.1, None], pyarrow.float32()),
        "whole": pyarrow.array([7.0, float("nan")]),
        "none": pyarrow.nulls(2),
    }
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out)
    (table,), reason = read("Parquet", out.getvalue())
    assert not reason
    assert table.complete
    first, second = cells(table)
    assert dict(zip(table.header, first, strict=True)) == {
        "date": "1950-01-02",
        "time": "03:04:05.600000",
        "zone": "1950-01-02T03:04:05.6",
        "day": "1950-01-02",
        "bytes": "text",
        "word": "a",
        "cost": "1.50",
        "list": '[{"é":1,"on":"1950-01-02"}]',
        "flag": "True",
        "small": "0.1",
        "whole": "7",
        "none": "",
    }
    assert second == ("", "", "", "", "0001", "", "", "", "", "", "nan", "")


def test_labels_and_dates_of_statistics() -> None:
    """Coded values of SPSS and Stata are shown by their labels, dates as dates, missing ones as nothing."""
    frame = pandas.DataFrame({"sex": [1.0, 2.0, None], "born": [datetime.date(1950, 1, 2), datetime.date(1961, 3, 4), None]})
    labels = {"sex": {1: "female", 2: "male"}}
    want = [("female", "1950-01-02"), ("male", "1961-03-04"), ("", "")]
    for kind, writer in (("SPSS", pyreadstat.write_sav), ("Stata", pyreadstat.write_dta)):
        data = by_path(lambda path, writer=writer: writer(frame, path, variable_value_labels=labels))  # type: ignore[misc]
        (table,), reason = read(kind, data)
        assert (reason, cells(table)) == ("", want)


def test_several_tables_of_a_transport_file() -> None:
    """Each table of a SAS transport file is read, not the first one alone."""
    one, two = (by_path(lambda path, n=n: pyreadstat.write_xport(pandas.DataFrame({"n": [n]}), path)) for n in (5, 6))  # type: ignore[misc]
    tables, reason = read("SAS XPORT", one + two[240:])
    assert (reason, [cells(table) for table in tables]) == ("", [[("5",)], [("6",)]])


def test_anndata() -> None:
    """The frames of an AnnData file are tables with their categories decoded, and come before the matrix."""

    def fill(file: h5py.File) -> None:
        file["X"] = numpy.arange(6.0).reshape(3, 2)
        observed = file.create_group("obs")
        observed["_index"] = [b"c1", b"c2", b"c3"]
        kind = observed.create_group("kind")
        kind.attrs["encoding-type"] = "categorical"
        kind["codes"], kind["categories"] = numpy.array([1, 0, -1], "i1"), [b"T", b"B"]
        age = observed.create_group("age")
        age.attrs["encoding-type"] = "nullable-integer"
        age["values"], age["mask"] = [40, 41, 1], [False, False, True]
        file["uns/donor"] = "D1"

    tables, reason = read("HDF5", hdf5(fill))
    assert not reason
    assert [(table.header, cells(table)) for table in tables] == [
        (("_index", "age", "kind"), [("c1", "40", "B"), ("c2", "41", "T"), ("c3", "", "")]),
        (("donor",), [("D1",)]),
        (("", ""), [("0", "1"), ("2", "3"), ("4", "5")]),
    ]


def test_frames_of_pandas() -> None:
    """Frames that pandas saved come back with their names; texts that it pickles are missing, and said to be."""
    frame = pandas.DataFrame({"born": pandas.to_datetime(["1950-01-02", "1961-03-04"]), "n": [1.5, 2.0], "word": ["a", "b"]})
    rows = {("1950-01-02", "1.5", "a"), ("1961-03-04", "2", "b")}
    (table,), reason = read("HDF5", by_path(lambda path: frame.to_hdf(path, key="k", format="table")))
    order = [table.header.index(name) for name in frame.columns]
    assert not reason
    assert table.complete
    assert {tuple(row[at] for at in order) for row in cells(table)} == rows
    (table,), reason = read("HDF5", by_path(lambda path: frame.to_hdf(path, key="k", format="fixed")))
    assert not reason
    assert table.header == ("", "born", "n", "word")
    assert not table.complete
    assert cells(table) == [("0", "1950-01-02", "1.5", ""), ("1", "1961-03-04", "2", "")]


def test_objects_of_r() -> None:
    """What R itself wrote, as rdata ships it: factors, row names, names and matrices are tables with them."""
    want: dict[str, list[tuple[tuple[str, ...], list[tuple[str, ...]]]]] = {
        "dataframe_rownames": [
            (("", "class", "value"), [("Madrid", "a", "1"), ("Frankfurt", "b", "2"), ("Herzberg am Harz", "b", "3")])
        ],
        "full_named_matrix": [(("", "dim1_0", "dim1_1", "dim1_2"), [("dim0_0", "1", "2", "3"), ("dim0_1", "4", "5", "6")])],
        "factor": [(("",), [("a",), ("b",), ("b",)])],
        "nullable_int": [(("",), [("313",), ("-12",), ("",)])],
        "altrep_wrap_real_class_attribute": [(("",), [("1970-01-02",), ("1970-01-03",), ("1970-01-04",)])],
    }
    for name, tables in want.items():
        for form in ("xdr", "ascii"):
            path = rdata.TESTDATA_PATH / "generated" / f"test_{name}__{form}__version_3.rds"
            with path.open("rb") as file:
                data = file.read()
            found, reason = read("RDS", gzip.decompress(data) if data.startswith(b"\x1f") else data)
            assert (reason, [(table.header, cells(table)) for table in found][: len(tables)]) == ("", tables), name


def test_characters_that_divide() -> None:
    """The characters that stand between cells, and between rows, do not make more of them."""
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"a\x1fb": ["x\x1ey", ""], "c": ["\x1f\x1e", "z\n\t"]}), out)
    (table,), reason = read("Parquet", out.getvalue())
    assert not reason
    assert table.header == ("a\ufffdb", "c")
    assert cells(table) == [("x\ufffdy", "\ufffd\ufffd"), ("", "z\n\t")]


@pytest.mark.parametrize("writer", WRITERS)
def test_cut(writer: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A file that ends early is corrupt, or a table that says that it is not whole; nothing is printed of it."""
    kind, write = WRITERS[writer]
    data = write([("label", 1, 2.5)] * 400)
    for size in (len(data) // 2 | 1, len(data) - 90, 12):  # a transport file cut between two cards is a whole one
        tables, reason = read(kind, data[:size])
        assert reason == "corrupt" or not all(table.complete for table in tables)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("writer", ["parquet", "arrow-file", "feather-1", "npz", "hdf5", "sav", "dta", "rds"])
def test_mutated(writer: str) -> None:
    """Damage anywhere ends as tables or as a reason, and the next file is read as if nothing had been."""
    kind, write = WRITERS[writer]
    data = write([("label", each, each / 7) for each in range(9)])

    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), min_size=1, max_size=4))
    def check(changes: list[tuple[int, int]]) -> None:
        bad = bytearray(data)
        for at, value in changes:
            bad[at] = value
        tables, reason = read(kind, bytes(bad))
        assert reason in {"", "corrupt"}
        assert reason in {"", *REASONS}
        for table in tables:
            assert all(len(row) == len(table.header) for row in cells(table))

    check()
    (table,), reason = read(kind, data)
    assert (reason, len(cells(table))) == ("", 9)


def test_noise() -> None:
    """Bytes without any form are corrupt to every reader."""
    noise = random.Random(7).randbytes(3000)  # noqa: S311 - noise
    for kind in sorted({kind for kind, _write in WRITERS.values()} | {"SAS7BDAT"}):
        assert read(kind, noise)[1] == "corrupt", kind
        assert read(kind, b"")[1] == "corrupt", kind


def test_not_imported_from_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules of the scanned repository are not imported, whatever the folder and the environment say."""
    child.close()
    marker = tmp_path / "ran"
    for name in ("pyarrow", "numpy", "pytest_genomic_guard", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')\nraise SystemExit\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "pyarrow.py"))
    kind, write = WRITERS["parquet"]
    (table,), reason = read(kind, write([("label", 1, 2.5)]))
    assert (reason, cells(table)) == ("", [("label", "1", "2.5")])
    assert not marker.exists()
