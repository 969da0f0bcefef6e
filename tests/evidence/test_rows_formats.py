"""The same rows give the same figures whatever they are written in: what numpy, pandas and pyarrow wrote is the oracle."""

from __future__ import annotations

import csv
import io
import itertools
import math
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import pytest
from _rowtables import LABELS, WANTED, columns, figures, files, records, text, things
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.evidence import frames, rowdigits, rowmatrices, rowtables
from pytest_genomic_guard.metrics.nouns import Unusable

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 3000
GIVEN = columns(ROWS)
FILES, THINGS = files(GIVEN), things(GIVEN)


def test_the_table_is_what_was_written() -> None:
    """The figures of the plainest format are those that went in."""
    table = rowtables.table(FILES["plain.csv"], "plain.csv", WANTED)
    assert table.rows == ROWS
    assert table.columns["score"].numbers.tolist() == GIVEN["score"]
    assert table.columns["y_true"].numbers.tolist() == GIVEN["y_true"]
    assert table.columns["y_pred"].numbers.tolist() == GIVEN["y_pred"]
    ancestry = table.columns["ancestry"]
    assert ancestry.labels == tuple(sorted(label or rowtables.MISSING for label in LABELS))
    assert [ancestry.labels[code] for code in ancestry.codes] == [each or rowtables.MISSING for each in GIVEN["ancestry"]]
    assert table.columns["site"].labels == tuple(sorted(map(str, range(12))))


@pytest.mark.parametrize("name", FILES)
def test_formats(tmp_path: Path, name: str) -> None:
    """Bytes, a file, and a file in small chunks: the same bytes come out of each format."""
    wanted = figures(rowtables.table(FILES["plain.csv"], "plain.csv", WANTED))
    assert rowtables.header(FILES[name], name) == tuple(GIVEN)
    assert figures(rowtables.table(FILES[name], name, WANTED)) == wanted
    (tmp_path / name).write_bytes(FILES[name])
    with (tmp_path / name).open("rb") as file:
        assert figures(rowtables.table(file, name, WANTED)) == wanted
        parts = list(rowtables.chunks(file, name, WANTED, rows=701))
    assert max(part.rows for part in parts) <= 701
    assert figures(rowtables.joined(parts, WANTED)) == wanted
    for before, after in itertools.pairwise(parts):
        labels = before.columns["ancestry"].labels
        assert after.columns["ancestry"].labels[: len(labels)] == labels


@pytest.mark.parametrize("name", THINGS)
def test_frames(name: str) -> None:
    """What is in memory gives what a file of it gives."""
    assert frames.header(THINGS[name]) == tuple(GIVEN)
    assert figures(frames.table(THINGS[name], WANTED)) == figures(rowtables.table(FILES["plain.csv"], "plain.csv", WANTED))


@pytest.mark.parametrize("name", [*FILES, *THINGS])
def test_kinds(name: str) -> None:
    """What columns can be read as does not depend on the format, but that JSON and arrays tell truths from words."""
    found = rowtables.kinds(FILES[name], name) if name in FILES else frames.kinds(THINGS[name])
    assert {key: (seen.kind, seen.labels) for key, seen in found.items()} == {
        "ancestry": ("label", 4),
        "site": ("number", 12),
        "y_true": ("number", 2),
        "y_pred": ("label", 2),
        "score": ("number", 0),
    }


def test_order_of_rows_does_not_show() -> None:
    """Rows in another order have the same labels, and each row its own code."""
    order = np.random.default_rng().permutation(ROWS)
    shuffled = {name: [each[at] for at in order] for name, each in GIVEN.items()}
    one = rowtables.table(FILES["plain.csv"], "a.csv", WANTED).columns["ancestry"]
    other = rowtables.table(text(shuffled).encode(), "a.csv", WANTED).columns["ancestry"]
    assert one.labels == other.labels
    assert one.codes[order].tolist() == other.codes.tolist()


@pytest.mark.parametrize("many", [3, 200])
def test_labels_of_other_widths_further_down(many: int) -> None:
    """Labels of few and of many letters, in blocks of their own and mixed, few of them and many: each row has its own."""
    luck = np.random.default_rng()
    names = [f"{'g' * (number % 12 + 1)}{number}" for number in range(many)]
    labels = [label for part in (names[:2], names, names[-2:]) for label in luck.choice(part, 200_000).tolist()]
    given = {"g": labels, "n": ["x" * 5] * len(labels)}
    wanted = frames.table(given, {"g": "label"}).columns["g"]
    assert [wanted.labels[code] for code in wanted.codes[::997]] == labels[::997]
    assert figures(rowtables.table(text(given).encode(), "a.csv", {"g": "label"})) == figures(frames.table(given, {"g": "label"}))


def test_keys_are_shared() -> None:
    """Ids of two tables, however many, have equal codes where they are equal."""
    ids = [f"row{number}" for number in range(5000)]
    keys = rowtables.Keys()
    one = rowtables.table(text({"id": ids}).encode(), "a.csv", {"id": "key"}, keys).columns["id"]
    other = frames.table({"id": ids[::-1]}, {"id": "key"}, keys).columns["id"]
    assert one.codes.tolist() == other.codes.tolist()[::-1]
    assert len(set(one.codes.tolist())) == len(ids)
    assert one.labels == ()


def test_labels_keep_their_text() -> None:
    """A number is a label as it is written; of a float without a fraction the integer that it was."""
    assert rowtables.table(b"g\n1\n1.0\n01\n", "a.csv", {"g": "label"}).columns["g"].labels == ("01", "1", "1.0")
    assert frames.table({"g": [1.0, 2.5, math.nan]}, {"g": "label"}).columns["g"].labels == (rowtables.MISSING, "1", "2.5")
    assert frames.table(pandas.DataFrame({"g": [1, None]}), {"g": "label"}).columns["g"].labels == (rowtables.MISSING, "1")
    mixed = pandas.Series(["EUR", None, math.nan, pandas.NA, pandas.NaT, " "], dtype=object)
    assert frames.table({"g": mixed}, {"g": "label"}).columns["g"].labels == (rowtables.MISSING, "EUR")
    assert frames.table({"g": [True, False]}, {"g": "label"}).columns["g"].labels == ("false", "true")


@pytest.mark.parametrize("words", ["01", ("no", "yes"), ("FALSE", "True"), ("0.0", "1"), (b"0", b"1"), (False, True), (0.0, 1.0)])
def test_truths(words: Any) -> None:
    """Zero and one as people write them."""
    assert frames.table({"y": [words[1], words[0], words[1]]}, {"y": "truth"}).columns["y"].numbers.tolist() == [1, 0, 1]


CELLS = st.text(st.characters(exclude_categories=("C", "Z"), max_codepoint=0x2FFF), min_size=1, max_size=6)
WORDS = st.sampled_from([",", ";", '"', "a", "b c", "\n", "é", "'"]) | CELLS


@settings(deadline=None)
@given(
    labels=st.lists(st.lists(WORDS, min_size=1, max_size=4).map("".join).map(str.strip).filter(bool), min_size=1, max_size=30),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoted=st.booleans(),
    numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=30, max_size=30),
)
def test_any_text(labels: list[str], delimiter: str, end: str, quoted: bool, numbers: list[float]) -> None:  # noqa: FBT001
    """Whatever csv writes is read again: quotes, delimiters within, numbers of any size."""
    labels = [label for label in labels if label.isprintable()] or ["a"]
    given: dict[str, list[Any]] = {
        "group": labels,
        "other": [f"{number}%" for number in range(len(labels))],
        "score": numbers[: len(labels)],
    }
    table = rowtables.table(text(given, delimiter, end, quoted=quoted).encode(), "a.csv", {"group": "label", "score": "number"})
    group = table.columns["group"]
    assert [group.labels[code] for code in group.codes] == labels
    assert table.columns["score"].numbers.tolist() == given["score"]
    assert figures(frames.table(records(given), {"group": "label", "score": "number"})) == figures(table)


@settings(deadline=None, max_examples=300)
@given(
    body=st.text('ab," \n', max_size=24)
    | st.lists(st.sampled_from(["a,b\n", '"a",b\n', '"a","b"\n', '"a,b"\n', '"a\n",b\n', '"a""b",a\n']), max_size=5).map("".join),
    head=st.sampled_from(["x,y\n", '"x","y"\n', '\n\n"x",y\n']),
)
def test_text_of_any_quotes(body: str, head: str) -> None:
    """The cells are those that csv reads, strictly, of the same text; a line of another length, or one that it refuses, is told."""
    try:
        records = [record for record in csv.reader(io.StringIO(head + body, newline=""), strict=True) if record]
    except csv.Error:
        records = [[]]
    data = (head + body).encode()
    if any(len(record) != 2 for record in records):
        with pytest.raises(Unusable):
            rowtables.table(data, "a.csv", {"x": "label"})
        return
    for at, name in enumerate("xy"):
        found = rowtables.table(data, "a.csv", {name: "label"}).columns[name]
        assert [found.labels[code] for code in found.codes] == [record[at].strip() or rowtables.MISSING for record in records[1:]]


DECIMALS = st.from_regex(r"-?[0-9]{0,20}\.?[0-9]{0,20}", fullmatch=True)


@settings(deadline=None)
@given(st.lists(DECIMALS | st.floats().map(repr) | st.integers().map(str) | st.text("-.0123456789eE+ ", max_size=24), min_size=1))
def test_decimals_are_rounded_as_python_rounds(words: list[str]) -> None:
    """What the fast way takes is, bit for bit, what float makes of it; what float does not take it leaves."""
    cells = np.array([word.encode() for word in words] + [b"0"])
    values, left = rowdigits.decimals(cells)
    for word, value, slow in zip(words, values.tolist(), left.tolist(), strict=False):
        if not slow:
            assert math.copysign(1, value) == math.copysign(1, float(word))
            assert value == float(word)


def test_matrices_are_mapped(tmp_path: Path) -> None:
    """A matrix that is not compressed stays in its file; in all forms it is what was saved."""
    luck = np.random.default_rng()
    scores, member = luck.normal(size=(16, 300)).astype(np.float32), luck.random((16, 300)) < 0.5
    np.savez(tmp_path / "stored.npz", ref_scores=scores, ref_member=member)
    np.savez_compressed(tmp_path / "packed.npz", ref_scores=scores, ref_member=member)
    np.save(tmp_path / "one.npy", np.asfortranarray(scores))
    for name in ("stored.npz", "packed.npz", "one.npy"):
        with (tmp_path / name).open("rb") as file:
            found = rowmatrices.matrix(file, name, "" if name == "one.npy" else "ref_scores")
            assert isinstance(found, np.memmap) == (name != "packed.npz")
            assert found.dtype == scores.dtype
            assert np.array_equal(found, scores)
            assert rowmatrices.arrays(file, name).get("ref_member", (16, 300)) == (16, 300)
        data = (tmp_path / name).read_bytes()
        assert np.array_equal(rowmatrices.matrix(io.BytesIO(data), name, "" if name == "one.npy" else "ref_scores"), scores)


def test_empty_tables() -> None:
    """A table without rows is one."""
    for name, data in files({name: [] for name in GIVEN}).items():
        if name not in {"rows.jsonl", "rows.json", "lines.json"}:  # where the names of columns stand in the rows
            assert rowtables.table(data, name, {"score": "number", "site": "label"}).rows == 0, name


def test_names_that_are_no_words() -> None:
    """Columns with numbers for names are asked for by their digits."""
    for thing in ({0: [1.5], 1: [2.5]}, pandas.DataFrame([[1.5, 2.5]])):
        assert frames.header(thing) == ("0", "1")
        assert frames.table(thing, {"1": "number"}).columns["1"].numbers.tolist() == [2.5]


def test_nothing_is_imported_early() -> None:
    """Who reads no rows imports no numpy: the modules that gates import do not."""
    names = [
        f"pytest_genomic_guard.evidence.{name}"
        for name in ("files", "frames", "rowfiles", "rowcounts", "rowmatrices", "rowtables", "metricfiles")
    ]
    code = f"import sys, {', '.join(names)}; sys.exit(bool({{'numpy', 'pandas', 'pyarrow', 'yaml', 'json'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-I", "-c", code], check=False).returncode == 0
