"""Tables in text, as written by the csv module, pandas and tabulate: all are read back, prose and code are none."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING

import pandas
import pytest
from _tables import HEADER, WANT, only, people, text
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.tables import delimited
from pytest_genomic_guard.views.tables.roles import roles

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME = pandas.DataFrame(people(), columns=HEADER)
ROWS = [tuple(row) for row in people()]
EXCEL = csv.excel


def written(rows: list[list[str]], **dialect: object) -> str:
    """Return rows as the csv module writes them."""
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_delimited(delimiter: str, quoting: int, quote: str) -> None:
    """Header, all rows and their lines come back, with quoted delimiters, quotes and line feeds in cells."""
    rows = [*people(5), ("P9999", "1950-01-01", "f", "1.5", f"{delimiter}{quote}one\ntwo{quote}"), *people(3)]
    table = only(text(written([HEADER, *map(list, rows)], delimiter=delimiter, quoting=quoting, quotechar=quote)), "delimited")
    assert table.header == tuple(HEADER)
    assert list(table.rows()) == list(table.rows()) == rows
    assert table.complete
    assert [table.locate_row(number).line for number in (0, 5, 6)] == [2, 7, 9]
    assert table.locate_row(0).trail == ("gzip",)
    assert table.locate_row(9).line is None


@pytest.mark.parametrize("top", ["# made by a program\n", "Report, of a kind\n\nwith notes\n", "\ufeff", "\n\n"])
def test_preamble(top: str) -> None:
    """What stands above the header is no part of the table, and lines are those of the file."""
    table = only(text(top + FRAME.to_csv(index=False)), "delimited")
    assert table.header == tuple(HEADER)
    assert list(table.rows()) == ROWS
    assert table.locate_row(0).line == top.count("\n") + 2
    assert roles(table) == WANT


def test_decimal_commas() -> None:
    """A comma in every number does not hide the semicolon."""
    table = only(text("id;a;b\n" + "".join(f"S{n};{n},5;{n},25\n" for n in range(9))), "delimited")
    assert table.header == ("id", "a", "b")
    assert next(table.rows()) == ("S0", "0,5", "0,25")


def test_row_names() -> None:
    """R leaves the name of the first column out."""
    table = only(text('"sex" "age"\n'.replace(" ", "\t") + "".join(f'"P{n}"\t"m"\t{n}\n' for n in range(5))), "delimited")
    assert table.header == ("", "sex", "age")
    assert next(table.rows()) == ("P0", "m", "0")


def test_no_header() -> None:
    """Rows without a header are all rows."""
    table = only(text("".join(f"{n},{n * 3},{n}.5\n" for n in range(5))), "delimited")
    assert table.header == ("", "", "")
    assert len(list(table.rows())) == 5


_cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8)


@given(
    rows=st.lists(st.lists(_cells, min_size=2, max_size=5), min_size=1, max_size=6),
    delimiter=st.sampled_from(",\t;|^~"),
    quote=st.sampled_from("\"'"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONE]),
    ends=st.sampled_from(["\n", "\r\n"]),
    doubled=st.booleans(),
)
def test_any_dialect(  # noqa: PLR0913 - a dialect is all of these
    rows: list[list[str]], delimiter: str, quote: str, quoting: int, ends: str, *, doubled: bool
) -> None:
    """What csv.writer writes in a dialect is read back equal in that dialect."""
    none = quoting == csv.QUOTE_NONE
    escape = "\\" if none or not doubled else None
    rows = [row if any(cell.strip() for cell in row) else ["x", *row] for row in rows]  # lines without anything are passed over
    data = written(
        rows, delimiter=delimiter, quotechar=quote, quoting=quoting, lineterminator=ends, doublequote=doubled, escapechar=escape
    )
    dialect = delimited.Dialect(delimiter=delimiter.encode(), quote=b"" if none else quote.encode(), escape=(escape or "").encode())
    if not none and any(cell.lstrip(" ").startswith(quote) and cell.startswith(" ") for row in rows for cell in row):
        return  # blanks before a quote are layout to us
    assert [cells for _at, cells, _odd in delimited.records(data.encode(), dialect)] == rows


@given(
    st.lists(st.tuples(_cells, st.integers(), st.sampled_from(["m", "f"])), min_size=3, max_size=9),
    st.sampled_from(",\t;|"),
)
def test_any_cells(rows: list[tuple[str, int, str]], delimiter: str) -> None:
    """A table whose free text holds anything is found, with its delimiter, and read back, when all its text is quoted."""
    data = written(
        [["note", "patient_id", "sex"], *[[note, f"P{n}", sex] for note, n, sex in rows]], delimiter=delimiter, quoting=1
    )
    table = only(text(data), "delimited")
    assert list(table.rows()) == [(note, f"P{n}", sex) for note, n, sex in rows]


def dump() -> str:
    """Return the frame as SQLite dumps it."""
    connection = sqlite3.connect(":memory:")
    FRAME.to_sql("people", connection, index=False)
    found = "\n".join(connection.iterdump())
    connection.close()
    return found


WRITERS: list[tuple[str, Callable[[], str], int]] = [
    ("fixed-width", FRAME.to_string, 1),
    ("fixed-width", lambda: FRAME.to_string(index=False), 0),
    ("fixed-width", lambda: FRAME.to_markdown(tablefmt="simple", disable_numparse=True), 1),
    ("markdown", lambda: f"# Title\n\nSome text, and more.\n\n{FRAME.to_markdown(disable_numparse=True)}\n\nEnd.\n", 1),
    ("markdown", lambda: FRAME.to_markdown(tablefmt="grid", disable_numparse=True), 1),
    ("markdown", lambda: FRAME.to_markdown(tablefmt="psql", disable_numparse=True), 1),
    ("html", FRAME.to_html, 1),
    ("html", lambda: f"<html><body>{FRAME.to_html(index=False)}<p>end</body>", 0),
    ("json", lambda: FRAME.to_json(orient="records"), 0),
    ("json", lambda: FRAME.to_json(orient="records", indent=2), 0),
    ("json", lambda: FRAME.to_json(orient="columns"), 0),
    ("json", lambda: FRAME.to_json(orient="index"), 0),
    ("json", lambda: FRAME.to_json(orient="split"), 0),
    ("ndjson", lambda: FRAME.to_json(orient="records", lines=True), 0),
    ("json", lambda: json.dumps({"study": {"of": [1, 2]}, "people": FRAME.to_dict("records")}), 0),
    ("literal", lambda: f"import pandas as pd\n\ndf = pd.DataFrame({FRAME.to_dict('list')})\nprint(df)\n", 0),
    ("literal", lambda: f"people = {FRAME.to_dict('records')}\n", 0),
    ("literal", lambda: f"df = pd.DataFrame({ROWS}, columns={HEADER})\n", 0),
    ("sql", dump, 0),
]


@pytest.mark.parametrize(("form", "write", "labels"), WRITERS)
def test_written_by_others(form: str, write: Callable[[], str], labels: int) -> None:
    """What pandas, tabulate, json and sqlite3 write has the same header, rows and roles."""
    table = only(text(write()), form)
    assert table.header[labels:] == tuple(HEADER)
    assert [row[labels:] for row in table.rows()] == ROWS
    assert roles(table)[labels:] == WANT
    assert table.complete


def test_r_literals() -> None:
    """What dput, data.frame and tribble show is a table."""
    ids = ", ".join(f'"P{n}"' for n in range(4))
    dput = f'structure(list(id = c({ids}), sex = structure(c(1L, 2L, 1L, 2L), levels = c("m", "f"), class = "factor")),'
    dput += ' class = "data.frame", row.names = c(NA, -4L))\n'
    frame = f'x <- data.frame(id = c({ids}),\n  sex = factor(c("m", "f", "m", "f")), stringsAsFactors = FALSE)\n'
    tribble = 'tribble(\n  ~id, ~sex,\n  "P0", "m",\n  "P1", "f"\n)\n'
    for code, rows in ((dput, 4), (frame, 4), (tribble, 2)):
        table = only(text(code), "literal")
        assert table.header == ("id", "sex")
        assert len(list(table.rows())) == rows
        assert roles(table) == ("person-id", "sex")


def test_copy_block() -> None:
    """A COPY block of PostgreSQL gives its columns; a missing value is empty."""
    table = only(text("--\nCOPY public.people (id, sex) FROM stdin;\nP1\tm\nP2\t\\N\n\\.\n\nSELECT 1;\n"), "sql")
    assert table.header == ("id", "sex")
    assert list(table.rows()) == [("P1", "m"), ("P2", "")]
    assert table.locate_row(1).line == 4


def test_lines_of_rows() -> None:
    """A row is located where it stands, in JSON, Markdown and HTML too."""
    assert only(text('{"a": {"b": []},\n"p": [\n{"id": "1"},\n\n{"id": "2"}]}'), "json").locate_row(1).line == 5
    assert only(text("x\n\n| id | sex |\n|---|---|\n| 1 | m |\n| 2 | f |\n"), "markdown").locate_row(1).line == 6
    assert only(text("<table>\n<tr><th>id<th>sex</tr>\n<tr><td>1<td>m\n<tr><td>2<td>f\n"), "html").locate_row(1).line == 4


def test_repeated_key() -> None:
    """A repeated key hides no value."""
    table = only(text('[{"id": "1", "id": "2"}, {"id": "3"}]'), "json")
    assert [sorted(row) for row in table.rows()] == [["1", "2"], ["", "3"]]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "\n",
        "One line of prose, with a comma.\n",
        "A first line, of prose.\nA second one, of more.\nA third one, again.\n",
        "def f(a, b):\n    return a, b\n\n\ndef g(a, b):\n    return b, a\n",
        "int a = 1;\nint b = 2;\nint c = 3;\n",
        "try:\n    import bz2\nexcept ImportError:\n    bz2 = None\n",
        "- one item\n- two items\n- three items\n",
        "1. one step\n2. two steps\n3. three steps of it\n",
        "A = 1\nB = 2\nC = 3\n",
    ],
)
def test_no_table(words: str) -> None:
    """Prose, lists and code hold no table."""
    assert text(words) == []


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-8"])
def test_names_beyond_ascii(encoding: str) -> None:
    """Names of columns in the 8-bit encodings of Western Europe are themselves, and rows stand at their lines."""
    names = ["prénom", "größe", "año", "état"]
    lines = [";".join(names), *(f"Zoë{each};1{each}0;19{50 + each};é{each}" for each in range(10))]
    (table,) = text("\n".join(lines).encode(encoding))
    assert list(table.header) == names
    assert [row[0] for row in table.rows()] == [f"Zoë{each}" for each in range(10)]
    assert table.locate_row(9).line == 11


@pytest.mark.parametrize("remark", ["# made by x, 2024", "# a, b, c", "# one\n# two, of them, there", "# x"])
def test_remarks_above_the_names(remark: str) -> None:
    """A remark that has as many commas as the rows, or one less, is no header; names behind the sign are one."""
    table = only(text(f"{remark}\nid,x,y\n1,2,3\n4,5,6\n"), "delimited")
    assert (table.header, list(table.rows())) == (("id", "x", "y"), [("1", "2", "3"), ("4", "5", "6")])
    named = only(text("# id,x,y\n1,2,3\n4,5,6\n"), "delimited")
    assert named.header == ("# id", "x", "y")
