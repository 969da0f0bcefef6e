"""Workbooks by openpyxl and pandas, databases by SQLite, arrays by numpy: read back; damaged or hostile ones end as a reason."""

from __future__ import annotations

import datetime
import io
import random
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import numpy
import openpyxl
import pandas
import pytest
from _tables import HEADER, WANT, artifact, people
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views import tables
from pytest_genomic_guard.views.tables.roles import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.views.tables import DataTable

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [tuple(row) for row in people()]


def members(data: bytes) -> dict[str, Callable[[], bytes]]:
    """Return the members of a zip."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: (lambda name=name: archive.read(name)) for name in archive.namelist()}  # type: ignore[misc]


def workbook(book: openpyxl.Workbook) -> list[DataTable]:
    """Return the tables of a workbook as openpyxl saves it."""
    out = io.BytesIO()
    book.save(out)
    return list(tables.from_zip_xlsx(members(out.getvalue()), artifact(), ()))


def sheet(xml: str, **others: str) -> list[DataTable]:
    """Return the tables of a workbook of one sheet, given as XML."""
    parts = {SHEET: xml, **others}
    return list(tables.from_zip_xlsx({name: (lambda text=text: text.encode()) for name, text in parts.items()}, artifact(), ()))  # type: ignore[misc]


def test_pandas_workbook() -> None:
    """A frame that pandas saves comes back with its roles; places are ordinals."""
    out = io.BytesIO()
    pandas.DataFrame(ROWS, columns=HEADER).to_excel(out, index=False, sheet_name="Jane")
    (table,) = tables.from_zip_xlsx(members(out.getvalue()), artifact(), ("zip",))
    assert table.header == tuple(HEADER)
    assert list(table.rows()) == list(table.rows()) == ROWS
    assert table.complete
    assert roles(table) == WANT
    assert table.locate_row(1).trail == ("zip", "xlsx", "sheet 1", "row 3")
    assert table.locate_row(1).line is None


def test_hidden_sheets() -> None:
    """Hidden and very hidden sheets are read, in the order of the book, below titles."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["no", "table"])
    for state in ("hidden", "veryHidden"):
        more = book.create_sheet(state)
        more.sheet_state = state
        more.append(["Title"])
        more.append([])
        for row in [HEADER, *ROWS]:
            more.append(row)
    found = workbook(book)
    assert [table.trail for table in found] == [("xlsx", f"sheet {number}") for number in (1, 2, 3)]
    for table in found[1:]:
        assert table.header == tuple(HEADER)
        assert list(table.rows()) == ROWS
        assert table.locate_row(0).trail[-1] == "row 4"


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
def test_dates(epoch: datetime.datetime) -> None:
    """Serial numbers that are shown as dates are dates, in both epochs; numbers that look alike are not."""
    book = openpyxl.Workbook()
    book.epoch = epoch
    page = book.active
    assert page is not None
    page.append(["id", "when", "own format", "number", "yes"])
    day = datetime.date(1956, 3, 1)
    noon = datetime.datetime(2001, 12, 31, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
    page.append(["a", day, noon, 20515, True])
    page["B2"].number_format = 'dd"."mm"."yyyy'
    (table,) = workbook(book)
    assert list(table.rows()) == [("a", "1956-03-01", "2001-12-31 12:30:00", "20515", "true")]


def test_inline_rich_and_phonetic_text() -> None:
    """Inline and rich text is joined; a phonetic hint is none of it; cells left out are empty."""
    text = "<si><r><t>pat</t></r><r><t>ient_id</t></r><rPh><t>no</t></rPh></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>s&amp;x</t></is></c></row>'
    rows += '<row r="7"><c r="A7"><v>1</v></c><c r="C7" t="str"><f>A7</f><v>m</v></c></row>'
    (table,) = sheet(f"<worksheet><sheetData>{rows}</sheetData></worksheet>", **{"xl/sharedStrings.xml": f"<sst>{text}</sst>"})
    assert table.header == ("patient_id", "", "s&x")
    assert list(table.rows()) == [("1", "", "m")]
    assert table.locate_row(0).trail[-1] == "row 7"


@pytest.mark.parametrize(
    "top",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x [<!ENTITY a "bbbbbbbbbb"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
    ],
)
def test_entities(top: str) -> None:
    """A workbook with a document type is refused, whatever it declares."""
    with pytest.raises(Unreadable, match="corrupt"):
        sheet(f"{top}<worksheet/>")


def test_wide_sheets() -> None:
    """Of a million columns those are read that a sheet can have; a lone cell far out does not become a million empty ones."""
    cells = "<c><v>1</v></c>" * 1_000_000
    (table,) = sheet(f"<worksheet><row>{cells}</row></worksheet>")
    assert [len(row) for row in table.rows()] == [1 << 14]
    assert not table.complete
    far = '<row><c r="XFD1"><v>1</v></c></row>' * 20_000
    (table,) = sheet(f"<worksheet>{far}</worksheet>")
    assert not table.complete
    assert sum(len(row) for row in table.rows()) < 1 << 25


def test_damaged_workbook() -> None:
    """XML that ends early is a reason, and no table."""
    with pytest.raises(Unreadable, match="corrupt"):
        sheet("<worksheet><row><c>")


def database(*statements: str, rows: Sequence[tuple[object, ...]] | None = None) -> bytes:
    """Return what SQLite makes of statements; the last one is run for each row."""
    connection = sqlite3.connect(":memory:")
    for statement in statements[:-1]:
        connection.execute(statement)
    connection.executemany(statements[-1], rows or [()])
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
@pytest.mark.parametrize("size", [512, 4096, 65536])
def test_database(encoding: str, size: int) -> None:
    """All rows come back, over interior and overflow pages, in every encoding and page size."""
    rows = [(*row[:-1], "é" * (each * 7)) for each, row in enumerate(people(700))]
    data = database(
        f"PRAGMA encoding='{encoding}'",
        f"PRAGMA page_size={size}",
        f"CREATE TABLE people ({', '.join(HEADER)})",
        "INSERT INTO people VALUES (?, ?, ?, ?, ?)",
        rows=rows,
    )
    (table,) = tables.from_sqlite(data, artifact(), ())
    assert table.header == tuple(HEADER)
    assert list(table.rows()) == list(table.rows()) == rows
    assert table.complete
    assert roles(table)[:4] == WANT[:4]
    assert table.locate_row(2).trail == ("sqlite", "table 1", "row 3")


def test_values_of_a_database() -> None:
    """Numbers, text and bytes of every length, missing ones, and a row's number under its other name."""
    numbers = [0, 1, -1, 127, -129, 1 << 15, 1 << 23, 1 << 31, 1 << 47, -(1 << 63), 1.5]
    data = database(
        'CREATE TABLE "a ""b" (`id` INTEGER PRIMARY KEY, [x, y] NUMERIC CHECK (1 IN (1, 2)), "t" TEXT /* , z */, b, '
        "CONSTRAINT k UNIQUE (id, t))",
        "INSERT INTO \"a \"\"b\" VALUES (NULL, ?, 'x', x'00ff')",
        rows=[(number,) for number in numbers],
    )
    (table,) = tables.from_sqlite(data, artifact(), ())
    assert table.header == ("id", "x, y", "t", "b")
    assert list(table.rows()) == [(str(n), str(number), "x", "") for n, number in enumerate(numbers, 1)]


def test_without_rowid() -> None:
    """A table that is its own index has its key first."""
    rows = [(f"n{each}", each, "x" * each) for each in range(300)]
    statements = ("CREATE TABLE t (name, id INT, more, PRIMARY KEY (id)) WITHOUT ROWID", "INSERT INTO t VALUES (?, ?, ?)")
    (table,) = tables.from_sqlite(database("PRAGMA page_size=512", *statements, rows=rows), artifact(), ())
    assert table.header == ("id", "name", "more")
    assert list(table.rows()) == [(str(number), name, more) for name, number, more in rows]


def test_cut_database() -> None:
    """A database that ends early has what is there, and says that it is not all."""
    data = database("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (?, ?)", rows=[("x" * 50, each) for each in range(5000)])
    (table,) = tables.from_sqlite(data[: len(data) // 8192 * 4096], artifact(), ())
    assert not table.complete
    assert 0 < len(list(table.rows())) < 5000
    with pytest.raises(Unreadable, match="corrupt"):
        list(tables.from_sqlite(data[:300], artifact(), ()))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_any_damage_to_a_database(seed: int, count: int) -> None:
    """Bytes that are changed anywhere raise nothing but a reason, and no loop of pages goes on for ever."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    rows = [("x" * chance.randrange(900), each) for each in range(60)]
    data = bytearray(database("PRAGMA page_size=512", "CREATE TABLE t (a, b)", "INSERT INTO t VALUES (?, ?)", rows=rows))
    for _change in range(count):
        data[chance.randrange(100, len(data))] = chance.choice((0, 1, 2, 5, 13, 127, 255))
    try:
        found = list(tables.from_sqlite(bytes(data), artifact(), ()))
        assert sum(len("".join(row)) for table in found for row in table.rows()) <= 2 * len(data) * max(1, len(found))
    except Unreadable as error:
        assert error.reason == "corrupt"  # noqa: PT017 - either is right


@given(st.binary(max_size=600), st.sampled_from([b"", b"SQLite format 3\0\x02\0\1\1\0\x40\x20\x20"]))
def test_any_bytes_as_a_database(data: bytes, magic: bytes) -> None:
    """Any bytes are a database, or a reason."""
    try:
        for table in tables.from_sqlite(magic + data, artifact(), ()):
            list(table.rows())
    except Unreadable as error:
        assert error.reason == "corrupt"  # noqa: PT017 - either is right


@given(st.text(st.sampled_from("<>/&;\"'= rowcvtsA1"), max_size=80), st.binary(max_size=50))
def test_any_workbook(xml: str, other: bytes) -> None:
    """Any bytes as members of a workbook are tables, or a reason."""
    parts = {SHEET: xml.encode(), "xl/styles.xml": other, "xl/worksheets/sheet2.xml": b"<w>" + xml.encode() + b"</w>"}
    try:
        for table in tables.from_zip_xlsx({name: (lambda data=data: data) for name, data in parts.items()}, artifact(), ()):  # type: ignore[misc]
            list(table.rows())
    except Unreadable as error:
        assert error.reason == "corrupt"  # noqa: PT017 - either is right


def test_arrays() -> None:
    """The fields of a structured array and the arrays of an archive are its columns."""
    out = io.BytesIO()
    numpy.save(out, numpy.zeros(3, dtype=[("patient_id", "U8"), ("it's", "i4"), ("x", "f8", (2,))]))
    assert tables.schema_of("npy", out.getvalue()) == ("patient_id", "it's", "x")
    out = io.BytesIO()
    numpy.savez(out, GT=numpy.zeros(3), samples=numpy.zeros(2))
    assert tables.schema_of("npz", out.getvalue()[:100], out.getvalue()) == ("GT", "samples")


def _parquet(*elements: tuple[str, int]) -> bytes:
    """Return the footer of a Parquet file: a version, a list of elements, each with its name and number of children."""
    struct = b"".join(
        b"\x48" + bytes([len(name)]) + name.encode() + (b"\x15" + bytes([2 * children]) if children else b"") + b"\0"
        for name, children in elements
    )
    footer = b"\x15\x02\x19" + bytes([len(elements) << 4 | 12]) + struct + b"\0"
    return footer + len(footer).to_bytes(4, "little") + b"PAR1"


def test_parquet_footer() -> None:
    """Leaves of the schema are columns, nested ones with their path; a footer that is not there gives none."""
    data = _parquet(("schema", 3), ("patient_id", 0), ("n", 2), ("x", 0), ("y", 0), ("sex", 0))
    assert tables.schema_of("Parquet", b"PAR1", data) == ("patient_id", "n.x", "n.y", "sex")
    assert tables.schema_of("Parquet", b"PAR1", data[6:]) == ()
    assert tables.schema_of("PNG", b"", data) == ()


@given(
    st.sampled_from(["npy", "npz", "Parquet", "Arrow", "Feather", "HDF5"]),
    st.binary(max_size=300),
    st.sampled_from([b"", b"ARROW1\0\0\xff\xff\xff\xff\x40\0\0\0", b"\x93NUMPY\1\0\x40\0", b"HEAP\0\0\0\0", b"PK\1\2"]),
    st.sampled_from([b"", b"\x20\0\0\0PAR1", b"\x20\0\0\0FEA1"]),
)
def test_any_bytes_as_a_schema(kind: str, data: bytes, head: bytes, tail: bytes) -> None:
    """Any bytes have names of columns, or none."""
    names = tables.schema_of(kind, head + data, head + data + tail)
    assert sum(map(len, names)) <= 4096 * (len(data) + 40)
