"""Arrays and data frames in pickles and files of joblib are read from their bytes; any other bytes raise nothing."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

import joblib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views import decode
from pytest_genomic_guard.views.tables import DataTable

if TYPE_CHECKING:
    from pathlib import Path

DRAW = np.random.default_rng(5)
NUMBERS = DRAW.integers(-9, 100, (7, 5))
PROTOCOLS = (2, 3, 4, 5)


def tables(data: bytes) -> list[DataTable]:
    """Return the tables of a file."""
    return [item for item in decode.decode(Memory({b"x": data}).entries()[0]) if isinstance(item, DataTable)]


def cells(array: Any) -> list[tuple[str, ...]]:
    """Return an array as rows of text."""
    return [tuple(map(str, row)) for row in array.tolist()]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("kind", ["i1", "u2", "i4", "i8", ">i4", "U3", "S3", "O"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_rows_of_arrays(protocol: int, kind: str, order: str) -> None:
    """An array gives the rows that it has, in every protocol, type and order."""
    array = np.array(NUMBERS.astype(kind), order=order)  # type: ignore[call-overload]
    (table,) = tables(pickle.dumps(array, protocol))
    shown = array.astype("U3") if kind == "S3" else array
    assert list(table.rows()) == cells(shown)


@pytest.mark.parametrize("compress", [0, 3, ("gzip", 3)])
def test_joblib(compress: object, tmp_path: Path) -> None:
    """Arrays that joblib writes between opcodes are read, and what follows them."""
    joblib.dump({"x": NUMBERS, "y": NUMBERS[::-1], "o": NUMBERS.astype(object)}, tmp_path / "a", compress=compress)
    found = tables((tmp_path / "a").read_bytes())
    assert [list(table.rows()) for table in found] == [cells(NUMBERS), cells(NUMBERS[::-1]), cells(NUMBERS)]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_frames(protocol: int) -> None:
    """A data frame gives its names, its index, and columns of several types in order."""
    frame = pd.DataFrame({"a": [1, 2], "b": [0.5, 2.0], "c": [3, 4]}, index=["one", "two"])
    (table,) = tables(pickle.dumps(frame, protocol))
    assert table.header == ("", "a", "b", "c")
    assert list(table.rows()) == [("one", "1", "0.5", "3"), ("two", "2", "2", "4")]


def test_plain_lists() -> None:
    """Lists of lists, and of records, are tables."""
    (table,) = tables(pickle.dumps({"x": [[1, 2], [3, 4]]}))
    assert list(table.rows()) == [("1", "2"), ("3", "4")]
    (table,) = tables(pickle.dumps([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]))
    assert table.header == ("a", "b")


def test_nothing_is_loaded() -> None:
    """A pickle that would call something calls nothing, and its arrays are read all the same."""

    class Bad:
        def __reduce__(self) -> Any:
            return (exec, ("raise SystemExit(9)",))  # genomic-guard: allow[COD104] a program of ours

    assert len(tables(pickle.dumps([Bad(), NUMBERS]))) == 1


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_damaged_pickles(data: st.DataObject) -> None:
    """Cut or changed pickles raise nothing."""
    out = io.BytesIO()
    joblib.dump([NUMBERS, {"a": [1, 2]}, pd.DataFrame({"a": [1, 2]})], out)
    raw = bytearray(data.draw(st.sampled_from([out.getvalue(), pickle.dumps([NUMBERS, pd.DataFrame({"a": [1]})], 4)])))
    for _each in range(data.draw(st.integers(0, 6))):
        raw[data.draw(st.integers(2, len(raw) - 1))] = data.draw(st.integers(0, 255))
    changed = bytes(raw[: data.draw(st.integers(2, len(raw)))])
    for item in decode.decode(Memory({b"x": changed}).entries()[0]):
        if isinstance(item, DataTable):
            list(item.rows())


def test_genotypes_in_a_pickle() -> None:
    """A data frame of genotypes in a pickle is found."""
    share = DRAW.uniform(0.1, 0.9, 40)
    frame = pd.DataFrame(DRAW.binomial(2, share, (30, 40)), columns=[f"rs{number}" for number in DRAW.integers(10**5, 10**8, 40)])
    assert any(finding.code == "GEN301" for finding in scan({b"x": pickle.dumps(frame)}).findings)
