"""What reads tables in bulk gives what the scanner gives; and forms of tables that are few: lists, vectors, spans, merged cells."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import openpyxl
import pytest
from _tables import HEADER, artifact, only, people, text
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views import tables
from pytest_genomic_guard.views.tables import brackets, quoted, scanner
from pytest_genomic_guard.views.tables.roles import fits, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.tables.roles import Role

PROSE = (
    "A study, of a kind, was made; its methods are told below.",
    "It has two parts. The first is short, the second is not, and both are dull.",
    "Nothing (or next to nothing) came of it in 2019, as was said in 2020.",
)
CODE = (
    'def area(width, height):\n    """Return it, in pixels."""\n    return width * height, 0',
    "for (int i = 0; i < 10; i++) {\n    sum += values[i];\n}",
    'names = load("a.txt", sep=",")\nprint(len(names), names[0])',
    "class A:\n    size = 1\n    depth = 2\n\n    def go(self):\n        return [self.size, self.depth]",
)


@settings(deadline=None, max_examples=400)
@given(
    st.text(st.sampled_from("ab1 ,\t\n\r\"'#%é\0"), max_size=60) | st.text(st.sampled_from('a,\n"'), max_size=40),
    st.sampled_from([b"", b'"', b"'"]),
    st.sampled_from([b",", b"\t"]),
)
def test_bulk_is_the_scanner(told: str, quote: bytes, delimiter: bytes) -> None:
    """Rows, lines, columns and samples are those that the scanner reads, whichever way they are read."""
    data = told.encode()
    dialect = scanner.Dialect(delimiter=delimiter, quote=quote)
    want = [(line, row) for line, row in quoted.scanned(data, dialect, (0, len(data)), 1)]
    source = quoted.Counted(data, dialect, 0, len(data)).source(1)
    rows = list(source.rows())
    assert rows == [row for _line, row in want]
    assert [row for block in source.blocks() for row in block] == rows
    assert [source.line(number) for number in range(len(rows))] == [line for line, _row in want]
    for column in range(3):
        cells = [cell for block in source.column(column) for cell in block]
        assert cells == [row[column] if column < len(row) else "" for row in rows]
    rest = iter(rows)
    assert all(row in rest for row in source.sample(4))
    assert source.sample(2) == source.sample(2)


@pytest.mark.parametrize("limit", [4, 1 << 17])
def test_limit_of_the_csv_module(limit: int) -> None:
    """The longest field of the csv module, which is global, is neither changed nor in the way."""
    before = csv.field_size_limit(limit)
    try:
        rows = "".join(f'"P{number}, jr",{number}\n' for number in range(10_000))
        table = only(text(f"id,n\n{rows}"), "delimited")
        assert csv.field_size_limit() == limit
        csv.field_size_limit(3)
        assert [row[0] for row in table.rows()] == [f"P{number}, jr" for number in range(10_000)]
        assert table.locate_row(9_999).line == 10_001
    finally:
        csv.field_size_limit(before)


def test_long_quoted_text() -> None:
    """Rows of a text that is too long to be kept are read again, as is the place of each."""
    note = "x, " * 40
    table = only(text("id,note,n\n" + "".join(f'P{n},"{note}\n",{n}\n' for n in range(20_000))), "delimited")
    assert [row[0] for row in table.rows()] == [row[0] for row in table.rows()] == [f"P{n}" for n in range(20_000)]
    assert table.locate_row(19_999).line == 2 * 19_999 + 2
    assert int(table.sample(50)[-1][2]) > 10_000


def _markdown(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])


def _padded(rows: list[list[str]]) -> str:
    return "\n".join("  ".join(cell.ljust(12) for cell in row).rstrip() for row in rows)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from([*PROSE, *CODE]), max_size=4),
    st.lists(st.sampled_from([*PROSE, *CODE]), max_size=4),
    st.sampled_from([",", "\t", ";", "markdown", "fixed"]),
    st.integers(4, 30),
    st.sampled_from(["\n\n", "\n \n", "\r\n\r\n"]),
)
def test_between_paragraphs(above: list[str], below: list[str], form: str, count: int, gap: str) -> None:
    """A table between paragraphs of prose and code is found, whole; a line or two below a long one may be taken for rows."""
    rows = [HEADER[:4], *[list(row[:4]) for row in people(count)]]
    drawn = (
        _markdown(rows) if form == "markdown" else _padded(rows) if form == "fixed" else "\n".join(form.join(row) for row in rows)
    )
    found = text(gap.join([*above, drawn, *below]) + "\n")
    assert [list(map(list, table.rows()))[:count] for table in found if list(table.header) == HEADER[:4]] == [rows[1:]]


@pytest.mark.parametrize(
    "code",
    [
        "ids <- c({})\n",
        "ids = [{}]\n",
        "ids = ({})\n",
        "ids = {{{}}}\n",
        "ids: list[str] = [\n    # those who left\n    {},\n]\n",
        "import numpy as np\nids = np.array([{}])\n",
        "x <- 1\nids <- factor(c(\n  {}\n))\nprint(ids)\n",
    ],
)
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_vectors(code: str, quote: str) -> None:
    """Scalars that are assigned to a name are a column of that name; fewer than five are none."""
    ids = [str(1_000_003 + 7919 * number) for number in range(30)]
    table = only(text(code.format(", ".join(quote + each + quote for each in ids))), "literal")
    assert table.header == ("ids",)
    assert [row[0] for row in table.rows()] == ids
    assert text(code.format(", ".join(quote + each + quote for each in ids[:4]))) == []


def test_beside_a_literal() -> None:
    """A table in the text below a literal is found as well."""
    rows = "\n".join(",".join(row[:4]) for row in people(6))
    found = text(f"sizes = [1, 2, 3, 4, 5, 6]\n\n{','.join(HEADER[:4])}\n{rows}\n\nEnd.\n")
    assert [table.format for table in found] == ["literal", "delimited"]


def test_more_words_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that the bound for literals cuts says so, and so does a text whose literals are not all read."""
    code = f"people = [{', '.join(str(row[:4]) for row in people(50))}]\n"
    assert only(text(code), "literal").complete
    monkeypatch.setattr(brackets, "WORDS", 100)
    cut = only(text(code), "literal")
    assert not cut.complete
    assert 0 < len(list(cut.rows())) < 50


def _ids(form: str, count: int = 40) -> Iterator[str]:
    return (form.format(number=1_000_003 + 7919 * each, letter="ABCDEF"[each % 6]) for each in range(count))


@pytest.mark.parametrize("form", ["{number}", "P{number}", "{letter}{letter}-{number}-{letter}1", "{number}_{letter}"])
@pytest.mark.parametrize(
    ("top", "header"), [("", ""), ("eid\n", "eid"), ("# withdrawn\n\nPatient ID\n", "Patient ID"), ('"IID"\n', "IID")]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lists(form: str, top: str, header: str, ends: str) -> None:
    """Ids of one shape, one a line, are a column, under the name that stands above them."""
    ids = list(_ids(form))
    table = only(text((top + "\n".join(ids) + "\n").replace("\n", ends)), "delimited")
    assert table.header == (header,)
    assert [row[0] for row in table.rows()] == ids
    assert table.locate_row(0).line == top.count("\n") + 1
    notes = f"Those who left.\n\n{top.replace('# withdrawn', '')}{chr(10).join(ids)}\n\nEnd of them.\n".lstrip("\n")
    assert [[row[0] for row in each.rows()] for each in text(notes)] == [ids]


@pytest.mark.parametrize(
    "line",
    ["apple", "word", "0.{}5", "1e-{}", "A line of prose, the {}th.", "x = {}", "ACGTACGTTTGACA", "-----", "{{", "import a{}.b c"],
)
def test_no_lists(line: str) -> None:
    """Words, measurements, prose, code and sequences are no list of ids; nor are few of them."""
    assert [table for table in text("".join(line.format(number) + "\n" for number in range(40))) if len(table.header) < 2] == []
    assert text("\n".join(_ids("{number}", 15)) + "\n") == []


def test_spans_of_a_page() -> None:
    """A cell over several rows or columns of a page stands in each of them."""
    rows = "<tr><td rowspan=3>F1<td>P1<td>m</tr><tr><td>P2<td>f</tr><tr><td colspan='2'>P3</tr><tr><td>F2<td>P4<td>m</tr>"
    table = only(text(f"<table>\n<tr><th>family<th>id<th>sex</tr>{rows}</table>"), "html")
    assert list(table.rows()) == [("F1", "P1", "m"), ("F1", "P2", "f"), ("F1", "P3", "P3"), ("F2", "P4", "m")]


def test_table_in_a_cell() -> None:
    """A table in a cell of another is one of its own, and its text stays in the cell."""
    inner = "<table><tr><th>id<th>sex</tr><tr><td>P1<td>m</tr><tr><td>P2<td>f</tr></table>"
    found = text(f"<table>\n<tr><td>1<td>{inner}</tr>\n<tr><td>2<td>c &amp; d</tr></table>")
    assert [list(table.rows()) for table in found] == [[("P1", "m"), ("P2", "f")], [("1", "idsexP1mP2f"), ("2", "c & d")]]
    assert found[1].locate_row(1).line == 3


def test_merged_cells() -> None:
    """The value of a merged cell of a workbook stands in each of its rows, and in no row below."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["family", "id", "sex"])
    for number in range(6):
        sheet.append([f"F{number // 3}" if number in {0, 3} else None, f"P{number}", "m"])
    sheet.append([None, "P6", "f"])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("A5:A7")
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        members = {name: partial(bytes, archive.read(name)) for name in archive.namelist()}
    table = next(tables.from_zip_xlsx(members, artifact(), ()))
    assert [row[0] for row in table.rows()] == ["F0"] * 3 + ["F1"] * 3 + [""]
    assert table.complete


@given(
    st.lists(
        st.text(st.sampled_from("aZ09 .,-/@'\n_éNA"), max_size=12) | st.sampled_from(["", "NA", "n/a", "P1"]),
        min_size=3,
        max_size=30,
    ),
    st.sampled_from(["person-id", "birth-date", "sex", "name", "address", "postcode", "phone", "e-mail", "diagnosis"]),
)
def test_column_in_bulk(cells: list[str], role: Role) -> None:
    """A column that is counted in bulk has as many fitting values as its cells have one by one."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [["id", "n"], *[[cell, f"{at}"] for at, cell in enumerate(cells)]]
    )
    table = only(text(out.getvalue()), "delimited")
    found = [fit for cell in cells if (fit := fits(cell, role)) is not None]
    tally = validate(table, 0, role)
    assert (tally.rows, tally.filled, tally.fit) == (len(cells), len(found), sum(found))
    assert tally.distinct == len({cell for cell in cells if fits(cell, role) is not None})
