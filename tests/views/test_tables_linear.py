"""Hostile tables cost work in proportion to their length, end in no error, and give what they promise."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from _tables import only, steps, text
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views.tables import delimited

SIZE = 1 << 19
UNITS = [
    b'"',
    b'a,"',
    b'"a",b\n"',
    b'",\n',
    b'"a""',
    b"a,b\n",
    b"a;b,c\n",
    b"1 2\n",
    b"a  b\n",
    b"a,b\n\n",
    b"```\n",
    b"\n",
    b" ",
    b"\t",
    b",",
    b"\\",
    b"\\,",
    b"|",
    b"|-",
    b"|-|\n",
    b"|a|b|\n|-|-|\n",
    b"a|b\n---+---\n",
    b"--- ---\n",
    b"- ",
    b"<table>",
    b"<tr><td>",
    b"<td ",
    b"<td colspan=999>",
    b"<table><tr><td>x",
    b"</table>",
    b"[",
    b"[1,2],",
    b'{"a":',
    b'{"a":1}\n',
    b'[{"a":1}]\n',
    b"{}\n",
    b"INSERT INTO ",
    b"INSERT INTO a (",
    b"INSERT INTO a VALUES" + b" ('",
    b"INSERT INTO a VALUES (1);\n",
    b"INSERT INTO a VALUES" + b" (1,2),",
    b"COPY a FROM stdin;\n",
    b"CREATE TABLE a (",
    b"x = [",
    b"x = [[1, 2], [3, 4], [5, 6]]\n",
    b"data.frame(a = c(1,",
    b"c(",
    b": (",
    b"'",
    b"#",
    b"##\n",
    b"=",
    b"\xff\xfe",
    b"\r",
]


@pytest.mark.parametrize("unit", UNITS)
def test_repeated(unit: bytes) -> None:
    """Half a megabyte of anything is read, into no more rows than it has parts: a step repeated for each would take hours."""
    count = SIZE // len(unit)
    for table in text(unit * count):
        assert sum(1 for _row in table.rows()) <= count + 1


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "top", [b"", b"id,sex\n1,m\n", b'id\tsex\n"', b"| id | sex |\n|---|---|\n", b"INSERT INTO a VALUES (1);\n"]
)
def test_lines_of_code(unit: bytes, top: bytes) -> None:
    """Four times the input runs about four times as many lines of ours."""
    short, long = (steps(top + unit * (size // len(unit))) for size in (2048, 8192))
    assert long <= 6 * short + 1000


def test_quoted_line_feeds() -> None:
    """A quote that is opened on the first line and closed on the last is one cell; one that never closes is none."""
    rows = "".join(f"S{n},m,{n}\n" for n in range(30_000))
    table = only(text(f'id,sex,n\n1,m,"{rows}"\n2,f,1\n3,m,2\n4,f,2\n'), "delimited")
    assert [len(row) for row in table.rows()] == [3] * 4
    assert table.locate_row(1).line == 30_003
    table = only(text(f'id,sex,n\n1,m,"x\n{rows}'), "delimited")
    assert len(list(table.rows())) == 30_001


def test_million_columns() -> None:
    """A million columns are as many; more than the bound stay together, and the table says that it is not whole."""
    names = ",".join(f"c{n}" for n in range(1_000_000))
    row = ",".join(["0"] * 1_000_000)
    table = only(text(f"{names}\n{row}\n{row}\n{row}\n"), "delimited")
    assert table.complete
    assert len(table.header) == len(next(table.rows())) == 1_000_000
    table = only(text(f"{names},{names}\n{row},{row}\n{row},{row}\n{row},{row}\n"), "delimited")
    assert not table.complete


@pytest.mark.parametrize("unit", ["[", '{"a":', '[{"a":'])
def test_deep_json(unit: str) -> None:
    """JSON nested a hundred thousand deep is no table, closed or not."""
    deep = unit * 100_000
    close = "".join({"[": "]", "{": "}"}[sign] for sign in reversed(deep) if sign in "[{")
    assert text(deep) == text(f"{deep}1{close}") == []


def test_many_keys() -> None:
    """Records that all have other keys do not become a table of a billion cells."""
    table = only(text("".join(json.dumps({f"k{n}": n, "id": n}) + "\n" for n in range(30_000))), "ndjson")
    assert not table.complete
    assert sum(len(row) for row in table.rows()) < 1 << 27


def test_deep_records() -> None:
    """What is deeper in a record than its columns go makes the table partial."""
    record: dict[str, Any] = {"id": "1"}
    for deeper in range(1, 24):
        found = only(text(json.dumps([record, record])), "json")
        assert found.complete == (deeper <= 17)
        record = {"a": record, "id": "1"}


def test_ragged_rows_are_rows() -> None:
    """A row with other cells than most is there, as it was read."""
    rows = "".join(f"S{n},m,{n}\n" for n in range(50))
    table = only(text(f"id,sex,n\n{rows}last,one\n{rows}"), "delimited")
    assert ("last", "one") in list(table.rows())


def test_not_only_the_first_rows() -> None:
    """What has a delimiter in its first lines alone is no table."""
    assert text("id,sex\n" + "1,m\n" * 300 + "and then words without end\n" * 3000) == []


def test_part_of_a_text() -> None:
    """A table between blank lines, or fenced, in notes is found, and located in the whole text."""
    rows = "id,sex,n\nP1,m,1\nP2,f,2\nP3,f,3\n"
    for notes in (
        f"# Notes\n\nSome text.\n\n{rows}\nMore text, with commas.\n",
        f"Notes\n\nText.\n```\n{rows}```\nAnd, again, text.\n",
    ):
        table = only(text(notes), "delimited")
        assert table.header == ("id", "sex", "n")
        assert table.locate_row(0).line == notes[: notes.index("P1")].count("\n") + 1


def test_nothing_is_imported_early() -> None:
    """The room itself costs a hook nothing: its readers come with the first table."""
    code = "import sys, pytest_genomic_guard.views.tables; print(sum('views.tables.' in name for name in sys.modules))"
    code += "; print(sorted({'json', 'typing', 'unicodedata', 'pyexpat', 'datetime', 'struct'}.intersection(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"], capture_output=True, check=True
    )
    assert done.stdout.split() == [b"1", b"[]"]


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(st.sampled_from("ab1 ,;|\t\n\"'\\[]{}():=-<>/trdh"), max_size=200).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are tables or none; every row of each has a place."""
    for table in text(data):
        rows = list(table.rows())
        assert rows == list(table.rows())
        assert table.sample(5) == table.sample(5)
        lines = [table.locate_row(number).line for number in range(len(rows))]
        assert all(line is None or 0 < line <= data.count(b"\n") + data.count(b"\r") + 1 for line in lines)


@given(
    st.binary(max_size=200),
    st.sampled_from(delimited.DELIMITERS),
    st.sampled_from([b"", b'"', b"'"]),
    st.sampled_from([b"", b"\\"]),
)
def test_any_bytes_in_a_dialect(data: bytes, delimiter: bytes, quote: bytes, escape: bytes) -> None:
    """Records follow each other, and none is empty-handed, whatever the bytes."""
    found = list(delimited.records(data, delimited.Dialect(delimiter=delimiter, quote=quote, escape=escape)))
    offsets = [at for at, _cells, _odd in found]
    assert offsets == sorted(set(offsets))
    assert all(cells for _at, cells, _odd in found)
