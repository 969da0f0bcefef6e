"""Data that no figure can be computed from: the message names the row and the column as asked for, and never a value or an id."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import polars
import pytest
from _rowtables import arrays, files, structured, text
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.evidence import frames, rowmatrices, rowtables
from pytest_genomic_guard.metrics.nouns import Unusable

if TYPE_CHECKING:
    from pytest_genomic_guard.metrics.nouns import Kind

SOMEBODY = "Q7714923"


def told(given: Any, kind: Kind, name: str = "score") -> str:
    """Return what is said of a column, the same in memory and as text where it can be written."""
    with pytest.raises(Unusable) as error:
        frames.table({name: given}, {name: kind})
    assert SOMEBODY not in str(error.value)
    if all(isinstance(each, str) for each in given):
        for delimiter, quoted in (",", False), (";", True):
            with pytest.raises(Unusable) as again:
                rowtables.table(text({name: given, "other": given}, delimiter, quoted=quoted).encode(), "a.csv", {name: kind})
            assert str(again.value) == str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("number", "", "is empty"),
        ("number", " ", "is empty"),
        ("number", SOMEBODY, "holds no number"),
        ("number", "1_000", "holds no number"),
        ("number", "0,5", "holds no number"),
        ("number", "nan", "holds no finite number"),
        ("number", "-inf", "holds no finite number"),
        ("number", "1e999", "holds no finite number"),
        ("truth", "", "is empty"),
        ("truth", "2", "holds neither 0 nor 1 (or false and true, no and yes)"),
        ("truth", SOMEBODY, "holds neither 0 nor 1 (or false and true, no and yes)"),
        ("key", "", "is empty"),
        ("label", "a\x1b[31m", "holds what cannot be printed"),
        ("label", "a\u202eb", "holds what cannot be printed"),
    ],
)
@pytest.mark.parametrize("row", [1, 17, 5000])
def test_rows_are_named(kind: Kind, cell: str, said: str, row: int) -> None:
    """The first row that is wrong is told, counted from 1 without the header, wherever its chunk begins."""
    given = ["1"] * 5000
    given[row - 1] = cell
    if row < 5000:
        given[-1] = cell
    assert told(given, kind) == f"the column 'score' {said} in row {row:,}"


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        ("number", [0.5, math.nan], "holds no finite number in row 2"),
        ("number", [0.5, None], "is empty in row 2"),
        ("number", [1, 10**400], "holds no finite number in row 2"),
        ("number", [1, pandas.NA], "is empty in row 2"),
        ("number", np.ma.masked_array([1.0, 2.0], [False, True]), "is empty in row 2"),
        ("number", [1.0, "1"], "mixes types in row 2"),
        ("label", ["1", 1], "mixes types in row 2"),
        ("label", [0, None, True], "mixes types in row 3"),
        ("truth", [True, 1], "mixes types in row 2"),
        ("truth", [0, 0.5], "holds neither 0 nor 1 (or false and true, no and yes) in row 2"),
        ("truth", [0, math.nan], "holds no finite number in row 2"),
        ("label", ["a", ["b"]], "holds no plain value in row 2"),
        ("number", [{}], "holds no plain value in row 1"),
        ("number", [1j], "holds no plain value in row 1"),
    ],
)
def test_values_in_memory(kind: Kind, cells: list[Any], said: str) -> None:
    """The same for values that are no text, in lists and in objects of pandas."""
    assert told(cells, kind) == f"the column 'score' {said}"
    with pytest.raises(Unusable, match="row"):
        frames.table(pandas.DataFrame({"score": pandas.Series(list(cells), dtype=object)}), {"score": kind})


def test_missing_numbers_of_every_format() -> None:
    """A row that is wrong is found in every format."""
    for name, data in files({"score": [0.5] * 30 + [math.nan], "g": ["a"] * 31}).items():
        if not name.startswith("columns") and not name.startswith("rows.json"):
            with pytest.raises(Unusable, match=r"^the column 'score' (holds no finite number|is empty) in row 31$"):
                rowtables.table(data, name, {"score": "number"})


def test_too_many_labels() -> None:
    """A thousand labels are groups, one more is a list of people."""
    labels = [f"{SOMEBODY}-{number}" for number in range(1001)]
    assert len(frames.table({"g": labels[:-1]}, {"g": "label"}).columns["g"].labels) == 1000
    for each in (labels, np.array(labels), polars.Series(labels), pandas.Series(labels), np.arange(10**6)):
        with pytest.raises(Unusable, match=r"^the column 'g' has more than 1,000 labels$"):
            frames.table({"g": each}, {"g": "label"})
    assert frames.kinds({"g": labels})["g"] == rowtables.Seen(kind=None)


@pytest.mark.parametrize(
    ("header", "asked", "said"),
    [
        ("y_true,yhat", "y_hat", "there is no column 'y_hat'; did you mean 'yhat'?"),
        ("Score,x", "score", "there is no column 'score'; did you mean 'Score'?"),
        ("ancestries,x", "ancestry", "there is no column 'ancestry'; did you mean 'ancestries'?"),
        ("HG00096,x", "HG00097", "there is no column 'HG00097'"),
        ("patient12345,x", "patient1234", "there is no column 'patient1234'"),
        ("12345,x", "12344", "there is no column '12344'"),
        ("a@b.org,x", "a@b.com", "there is no column 'a@b.com'"),
        ("score,score", "score", "there is more than one column 'score'"),
    ],
)
def test_columns_that_are_not_there(header: str, asked: str, said: str) -> None:
    """A name of the header is shown only where it is near and looks like no id."""
    with pytest.raises(Unusable) as error:
        rowtables.table(f"{header}\n1,2\n".encode(), "a.csv", {asked: "number"})
    assert str(error.value) == said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\n1,2,3\n", "row 2 has another number of cells (3) than the header (2)"),
        (b"a,b\n1,2\n1\n", "row 2 has another number of cells (1) than the header (2)"),
        (b'a,b\n1,2\n"1,2\n', "row 2 has a quote too many or too few, or a cell of more than 128 KiB"),
        (b'a,b\n1,2\n"1"x,2\n', "row 2 has a quote too many or too few, or a cell of more than 128 KiB"),
    ],
)
def test_damaged_text(data: bytes, said: str) -> None:
    """Lines that do not agree with the header are told by row."""
    with pytest.raises(Unusable) as error:
        rowtables.table(data, "a.csv", {"a": "number"})
    assert str(error.value) == said


@pytest.mark.parametrize(
    "thing",
    [
        None,
        3,
        "score\n1",
        b"score\n1",
        [1, 2],
        [{"score": 1}, 2],
        np.zeros((3, 2)),
        {"score": 1},
        {"score": "12"},
        {"score": np.zeros((2, 2))},
    ],
)
def test_things_that_are_no_tables(thing: Any) -> None:
    """What is no table is told as that, and nothing of it is shown."""
    with pytest.raises(Unusable):
        frames.table(thing, {"score": "number"})


def test_lengths_and_lazy_frames() -> None:
    """Columns of several lengths have no rows; a lazy frame has none yet."""
    with pytest.raises(Unusable, match="not of one length"):
        frames.table({"a": [1, 2], "b": [1]}, {"a": "number", "b": "number"})
    with pytest.raises(Unusable, match=r"collect\(\)"):
        frames.table(polars.LazyFrame({"a": [1]}), {"a": "number"})


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet without the extra names the extra."""
    data = files({"score": [0.5]})["rows.parquet"]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Unusable, match=r"pytest-genomic-guard\[tables\]"):
        rowtables.table(data, "a.parquet", {"score": "number"})


@pytest.mark.parametrize("name", ["a.pkl", "a.joblib", "a.pt", "a.csv.gz"])
def test_formats_that_are_not_read(name: str) -> None:
    """Pickles are never loaded, and compressed text is not unpacked."""
    with pytest.raises(Unusable, match=r"never loaded|compressed"):
        rowtables.header(b"score\n1\n", name)
    with pytest.raises(Unusable, match="a matrix is read from npz or npy"):
        rowmatrices.matrix(b"score\n1\n", "a.csv")


@settings(deadline=None)
@given(
    data=st.binary(max_size=300),
    name=st.sampled_from([f"a.{end}" for end in ("csv", "tsv", "npz", "npy", "json", "jsonl", "parquet", "x")]),
)
def test_any_bytes(data: bytes, name: str) -> None:
    """Bytes of any kind are a table or unusable, and nothing else is raised."""
    for head in (
        b"",
        b"PK\x03\x04",
        b"\x93NUMPY\x01\x00",
        b"PAR1",
        b"ARROW1\0\0",
        b"\xff\xff\xff\xff",
        b"score\n",
        b'{"score": 1}\n',
    ):
        try:
            rowtables.table(head + data, name, {"score": "number"})
        except Unusable as error:
            assert len(str(error)) < 200  # noqa: PT017 - a table is as good


@settings(deadline=None, max_examples=60)
@given(at=st.floats(0, 1), byte=st.integers(0, 255), cut=st.booleans(), name=st.sampled_from(sorted(files({"score": [1.5]}))))
def test_any_damage(at: float, byte: int, cut: bool, name: str) -> None:  # noqa: FBT001
    """A file with one byte changed, or cut, is a table or unusable."""
    data = bytearray(files({"score": [0.25, 1.5] * 20, "g": ["a", "b"] * 20})[name])
    place = int(at * (len(data) - 1))
    data[place] = byte
    try:
        rowtables.table(bytes(data[:place] if cut else data), name, {"score": "number", "g": "label"})
    except Unusable as error:
        assert len(str(error)) < 200  # noqa: PT017 - as above


def test_structured_arrays_of_arrays() -> None:
    """A field that is an array is no column; an array without fields has none."""
    given = structured({"a": [1, 2]})
    assert frames.table(given.reshape(2, 1), {"a": "number"}).rows == 2
    assert arrays({"a": [1]})["a"].dtype.kind == "i"
    with pytest.raises(Unusable):
        frames.table(np.zeros(3, dtype=[("a", "f8", (2,))]), {"a": "number"})
