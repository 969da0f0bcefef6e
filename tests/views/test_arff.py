"""Tables of Weka: names line by line, rows behind them."""

from __future__ import annotations

from _tables import only, text
from hypothesis import given
from hypothesis import strategies as st

_NAMES = st.lists(st.text("abcdefgh_", min_size=1, max_size=8), min_size=2, max_size=6, unique=True)
_CELL = st.integers(0, 10**6).map(str) | st.text("abc xyz,.", min_size=1, max_size=8).map(lambda cell: f"'{cell}'")


def written(names: list[str], rows: list[list[str]], *, head: str = "") -> str:
    """Return a table as Weka writes it."""
    quoted = (f"'{name}'" if "_" in name else name for name in names)
    attributes = "".join(f"@ATTRIBUTE {name} string\n" for name in quoted)
    return f"{head}@relation 'x y'\n\n{attributes}\n@data\n" + "".join(",".join(row) + "\n" for row in rows)


@given(st.data())
def test_rows_are_read(data: st.DataObject) -> None:
    """Names and cells come back as they were written, comments above and between rows left out."""
    names = data.draw(_NAMES)
    rows = data.draw(st.lists(st.lists(_CELL, min_size=len(names), max_size=len(names)), min_size=1, max_size=5))
    content = written(names, rows, head="% made by hand\n%\n").replace("@data\n", "@data\n% a remark\n")
    table = only(text(content), "delimited")
    assert table.header == tuple(names)
    lines = content.split("\n")
    assert list(table.rows()) == [tuple(cell.strip("'") for cell in row) for row in rows]
    for number, row in enumerate(rows):
        assert lines[(table.locate_row(number).line or 0) - 1] == ",".join(row)


def test_missing_values_are_empty() -> None:
    """A question mark stands for a value that is missing."""
    assert list(only(text(written(["a", "b"], [["?", "1"]])), "delimited").rows()) == [("", "1")]


@given(st.binary(max_size=200))
def test_nothing_raises(noise: bytes) -> None:
    """Whatever stands behind the head of such a file, also in the sparse form, it is read without an error."""
    for head in (b"@relation x\n@attribute a string\n@attribute b real\n@data\n", b"@relation x\n", b"@relation x\n@data\n{"):
        for table in text(head + noise):
            list(table.rows())
