"""Files of SAS, SPSS and Stata by independent writers, and by writers of our own that independent readers agree with."""

from __future__ import annotations

import functools
import io
import struct
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pandas
import pyreadstat
import pytest
from _schemas import COLUMNS, damaged, is_linear
from _stats import Sas, stata
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views import formats, tables
from pytest_genomic_guard.views.tables import stats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

ROWS = 3


def frame(columns: Sequence[str] = COLUMNS) -> pandas.DataFrame:
    """Return texts and numbers in turn."""
    return pandas.DataFrame(
        {name: [f"t{row}" for row in range(ROWS)] if at % 2 else [1.5] * ROWS for at, name in enumerate(columns)}
    )


def check(kind: str, data: bytes, columns: Sequence[str] = COLUMNS, rows: int | None = ROWS) -> None:
    """Assert that a file is recognised, and has these columns and rows."""
    assert formats.identify(data[: 64 << 10]) == (kind, "partial")
    assert tables.schema_of(kind, data) == tuple(columns)
    assert stats.read(kind, data).rows == rows


@pytest.mark.parametrize("order", ["little", "big"])
@pytest.mark.parametrize("version", [114, 117, 118, 119])
def test_stata(version: Literal[114, 117, 118, 119], order: str) -> None:
    """Files that pandas writes, in both orders of bytes, have their names and rows."""
    out = io.BytesIO()
    frame().to_stata(out, version=version, byteorder=order, write_index=False, data_label="Jane")
    check("Stata", out.getvalue())


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("release", [102, 103, 104, 105, 108, 110, 111, 113, 114, 115])
def test_old_stata(release: int, order: str) -> None:
    """Releases that nothing writes any more have the names that pandas reads in them."""
    if release == 102:
        order = "<"  # it did not say which
    columns = ["patient", "sexe", "n"] if release < 110 else [*COLUMNS, "n" * 32, "naïve"]
    data = stata(release, order, columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert list(pandas.read_stata(io.BytesIO(data)).columns) == columns
    check("Stata", data, columns, 0)


def test_names_beyond_latin() -> None:
    """Names of releases 118 and later are UTF-8."""
    out = io.BytesIO()
    columns = ["geschlecht_ü", "пол", "性别" * 16]
    frame(columns).to_stata(out, version=118, write_index=False)
    check("Stata", out.getvalue(), columns)


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_stata_by_readstat(tmp_path: Path, version: int) -> None:
    """Files that ReadStat writes as each version of Stata have their names and rows."""
    path = tmp_path / "x.dta"
    pyreadstat.write_dta(frame(), path, version=version)
    check("Stata", path.read_bytes())


@pytest.mark.parametrize("packed", [False, True])
def test_spss(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - parametrized
    """Long names, labels, missing values, notes and texts of many segments, plain and packed."""
    columns = [*COLUMNS, "a_name_that_is_longer_than_eight_characters", "größe", "text", "last"]
    data = frame(columns).assign(text=["x" * 1000] * ROWS)
    path = tmp_path / "x.sav"
    pyreadstat.write_sav(
        data,
        path,
        compress=packed,
        column_labels=[f"label {name}" for name in columns],
        variable_value_labels={"patient_id": {1.0: "one", 2.0: "a longer text"}},
        missing_ranges={"patient_id": [{"lo": 1, "hi": 3}], "sex": [9]},
        note=["a note", "and one more"],
    )
    check("SPSS", path.read_bytes(), columns)


@pytest.mark.parametrize("order", ["<", ">"])
def test_spss_short_names(order: str) -> None:
    """A file of an old system has its short names, in either order of bytes, and may not say how many rows it has."""
    head = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60) + struct.pack(order + "iiiiid", 2, 3, 0, 0, -1, 100.0) + bytes(84)
    names = [b"PATIENT", b"", b"SEX"]
    records = [struct.pack(order + "iiiiii8s", 2, -1 if not name else 0, 0, 0, 0, 0, name.ljust(8)) for name in names]
    data = head + b"".join(records) + struct.pack(order + "ii", 999, 0)
    check("SPSS", data, ["PATIENT", "SEX"], None)


@pytest.mark.parametrize(("version", "columns", "rows"), [(5, ["PATIENT", "SEX", "N"], None), (8, [*COLUMNS, "n" * 32], ROWS)])
def test_xport(tmp_path: Path, version: Literal[5, 8], columns: list[str], rows: int | None) -> None:
    """Both versions of XPORT, which look like text, are read; only the later says how many rows it has."""
    path = tmp_path / "x.xpt"
    pyreadstat.write_xport(frame(columns), path, file_format_version=version)
    check("SAS XPORT", path.read_bytes(), columns, rows)


def test_xport_of_two_members(tmp_path: Path) -> None:
    """The variables of a second member follow those of the first."""
    path = tmp_path / "x.xpt"
    pyreadstat.write_xport(frame(["FIRST"]), path, file_format_version=5)
    first = path.read_bytes()
    pyreadstat.write_xport(frame(["SECOND", "THIRD"]), path, file_format_version=5)
    check("SAS XPORT", first + path.read_bytes()[3 * 80 :], ["FIRST", "SECOND", "THIRD"], None)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("wide", [False, True])
def test_sas7bdat(tmp_path: Path, wide: bool, order: Literal["<", ">"]) -> None:  # noqa: FBT001 - parametrized
    """Pages of each width and order of bytes have the names that pandas and ReadStat read in them."""
    columns = [*COLUMNS, "n" * 32, "größe"]
    data = Sas(columns, wide=wide, order=order).data()
    check("SAS7BDAT", data, columns, 0)
    path = tmp_path / "x.sas7bdat"
    path.write_bytes(data)
    assert pyreadstat.read_sas7bdat(path, metadataonly=True)[1].column_names == columns
    reader = pandas.read_sas(path, encoding="utf-8", iterator=True)
    with reader:
        assert [column.name for column in reader.columns] == columns
    assert stats.read("SAS7BDAT", Sas(columns, wide=wide, order=order, rows=7).data()).rows == 7


def test_unknown_codec(tmp_path: Path) -> None:
    """A codec that texts cannot have is UTF-8; one that they can have is used."""
    path = tmp_path / "x.sav"
    pyreadstat.write_sav(frame(["größe"]), path)
    data = path.read_bytes()
    name = "größe"
    for codec, wanted in ((b"rot13", name), (b"cp999", name), (b"cp437", name.encode().decode("cp437"))):
        check("SPSS", data.replace(b"UTF-8", codec), [wanted])


def test_text_that_begins_like_data() -> None:
    """Text is no data because of its first letters."""
    texts = [
        "$FL2 = open;\n" * 9,
        "A\n2\n3\n4\n",
        "A\n3\n262658\n7\n",
        "RDX2\nfirst\n",
        "RDA2\nA\n1\n",
        "HEADER RECORD, and more\n" * 5,
    ]
    for text in texts:
        assert formats.identify(text.encode()) is None


@given(st.text(st.characters(min_codepoint=9, exclude_characters="\x1a\x1b"), max_size=200), st.sampled_from("fghijklmnopqrs"))
def test_any_text_is_no_stata(text: str, first: str) -> None:
    """The first letters of texts are the numbers of old releases; nothing else of them is like that."""
    known = formats.identify((first + text).encode("utf-8", "replace"))
    assert known is None or known[0] != "Stata"


@functools.cache
def samples() -> list[tuple[str, bytes]]:
    """Return one file a format."""
    out = io.BytesIO()
    frame().to_stata(out, version=118, write_index=False)
    with tempfile.TemporaryDirectory() as folder:
        spss, xport = Path(folder, "x.sav"), Path(folder, "x.xpt")
        pyreadstat.write_sav(frame(), spss, note=["note"], variable_value_labels={"sex": {1.0: "one"}})
        pyreadstat.write_xport(frame(), xport, file_format_version=8)
        return [
            ("Stata", out.getvalue()),
            ("Stata", stata(113, ">", COLUMNS)),
            ("SPSS", spss.read_bytes()),
            ("SAS XPORT", xport.read_bytes()),
            ("SAS7BDAT", Sas(COLUMNS, wide=True, order="<", page=4096).data()),
            ("SAS7BDAT", Sas(COLUMNS, wide=False, order=">", page=4096).data()),
        ]


def test_cut_anywhere() -> None:
    """A file that ends early has the names before its end."""
    for kind, data in samples():
        whole = tables.schema_of(kind, data)
        assert whole
        places = range(0, len(data), 1 + len(data) // 400)
        for names in (tables.schema_of(kind, data[:place]) for place in places):
            assert kind == "SPSS" or names == whole[: len(names)]  # where long names are cut off, short ones stand instead


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 30))
def test_any_damage(seed: int, count: int) -> None:
    """Bytes that are changed anywhere raise nothing, and cost no more than their number."""
    kind, data = samples()[seed % len(samples())]
    assert is_linear(kind, damaged(data, seed, count))


@given(st.sampled_from(["SAS7BDAT", "SAS XPORT", "SPSS", "Stata"]), st.binary(max_size=600))
def test_any_bytes(kind: str, data: bytes) -> None:
    """Any bytes have names, or none."""
    assert is_linear(kind, data)
    formats.identify(data)


@pytest.mark.parametrize("wide", [False, True])
def test_overlapping_subheaders(wide: bool) -> None:  # noqa: FBT001 - parametrized
    """Thousands of places that lead to the same long list of names are not read thousands of times."""
    sas = Sas([f"n{each}" for each in range(3000)], wide=wide, order="<")
    sas.parts = sas.parts[:4]
    data = bytearray(sas.data())
    page, mark, step = 65536, 32 if wide else 16, 3 * sas.size
    entry = data[page + mark + 8 + 3 * step :][:step]
    struct.pack_into("<H", data, page + mark + 4, 1500)
    for each in range(3, 1000):
        at = page + mark + 8 + each * step
        data[at : at + step] = entry
    assert len(tables.schema_of("SAS7BDAT", bytes(data))) <= len(data) // 4
    assert is_linear("SAS7BDAT", bytes(data))
