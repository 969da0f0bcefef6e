"""Tables of counts: what is summed is what was counted, and what is no count is told by its row."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas
import pytest
from _rowtables import files, text
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.evidence import frames, rowcounts
from pytest_genomic_guard.metrics.nouns import Unusable


def shown(found: Any) -> list[tuple[str, tuple[str, ...], list[Any]]]:
    """Return cells as plain values."""
    return [(each.name, each.labels, each.counts.tolist()) for each in found]


def test_long_and_wide_agree_with_the_rows() -> None:
    """A table of counts that pandas made of rows has the cells that pandas counts of the rows, by attribute and intersection."""
    luck = np.random.default_rng()
    rows = pandas.DataFrame(
        {
            "ancestry": luck.choice(["AFR", "EUR", "EAS"], 2000),
            "sex": luck.choice(["F", "M"], 2000),
            "y_true": luck.integers(0, 2, 2000),
            "y_pred": luck.integers(0, 2, 2000),
        }
    )
    long = rows.value_counts().reset_index(name="count").sample(frac=1)
    cells = {"tn": (0, 0), "fp": (0, 1), "fn": (1, 0), "tp": (1, 1)}
    wide = pandas.DataFrame(
        [
            {"ancestry": one, "sex": other}
            | {name.upper(): int(((part.y_true == t) & (part.y_pred == p)).sum()) for name, (t, p) in cells.items()}
            for (one, other), part in rows.groupby(["ancestry", "sex"])
        ]
    )
    wanted = []
    for names in (["ancestry"], ["sex"], ["ancestry", "sex"]):
        parts = dict(iter(rows.groupby(names)))
        labels = tuple(key[0] if len(names) == 1 else f"ancestry={key[0]} & sex={key[1]}" for key in parts)
        counts = [
            [[int(((part.y_true == t) & (part.y_pred == p)).sum()) for p in (0, 1)] for t in (0, 1)] for part in parts.values()
        ]
        wanted.append((" x ".join(names), labels, counts))
    for frame in (long, wide, wide.sample(frac=1)):
        given = {str(name): frame[name].tolist() for name in frame}
        assert shown(frames.counts(frame, ["ancestry", "sex"], intersections=2)) == wanted
        assert shown(frames.counts(frame, intersections=2)) == wanted
        for name, data in files(given).items():
            assert shown(rowcounts.counts(data, name, ["ancestry", "sex"], intersections=2)) == wanted, name
            assert shown(rowcounts.counts(data, name, ["sex"])) == wanted[1:2], name


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.booleans(), st.integers(0, 10**9)), min_size=1, max_size=20))
def test_lines_in_any_order(lines: list[tuple[str, bool, bool, int]]) -> None:
    """Lines of one cell are added, in whatever order they stand."""
    orders = [lines, lines[::-1], sorted(lines)]
    found = [
        shown(frames.counts(dict(zip(("g", "y_true", "y_pred", "n"), map(list, zip(*each, strict=True)), strict=True))))
        for each in orders
    ]
    assert found[0] == found[1] == found[2]
    [(name, labels, counts)] = found[0]
    assert name == "g"
    for label, (truth, answer) in itertools.product("abc", itertools.product((0, 1), repeat=2)):
        wanted = sum(n for g, t, p, n in lines if (g, t, p) == (label, truth, answer))
        assert (counts[labels.index(label)][truth][answer] if label in labels else 0) == wanted


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("fp", "1.5", "holds no count (a whole number, not negative) in row 2"),
        ("tp", "-1", "holds no count (a whole number, not negative) in row 2"),
        ("tn", "1e300", "holds no count (a whole number, not negative) in row 2"),
        ("fn", "", "is empty in row 2"),
        ("fn", "many", "holds no number in row 2"),
        ("fn", "nan", "holds no finite number in row 2"),
    ],
)
def test_what_is_no_count(column: str, cell: str, said: str) -> None:
    """Fractions, less than nothing, more than can be counted, and words."""
    given = {"g": ["a", "b"], **{name: ["1", "2"] for name in ("tn", "fp", "fn", "tp")}}
    given[column][1] = cell
    with pytest.raises(Unusable) as error:
        rowcounts.counts(text(given).encode(), "a.csv")
    assert str(error.value) == f"the column {column!r} {said}"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("g,y_true,y_pred\na,0,1\n", "there is no column 'count'"),
        ("g,y_true,count\na,0,1\n", "there is no column 'y_pred'"),
        ("y_true,y_pred,n\n0,0,1\n", "the table of counts has no column of groups"),
        ("g,y_true,y_pred,n\na,0,2,1\n", "the column 'y_pred' holds neither 0 nor 1 (or false and true, no and yes) in row 1"),
        ("tn,fp,fn\n1,2,3\n", "there is no column 'y_true'"),
    ],
)
def test_tables_of_another_form(table: str, said: str) -> None:
    """What is missing is named."""
    with pytest.raises(Unusable) as error:
        rowcounts.counts(table.encode(), "a.csv", ["g"] if table.startswith("g") else None)
    assert str(error.value) == said


def test_groups_that_are_not_there_and_too_many() -> None:
    """A group that is no column is told with what is near; 10,000 intersections are no groups."""
    with pytest.raises(Unusable, match="there is no column 'ancestri'; did you mean 'ancestry'"):
        rowcounts.counts(b"ancestry,tn,fp,fn,tp\na,1,1,1,1\n", "a.csv", ["ancestri"])
    pairs = list(itertools.product(range(100), repeat=2))
    given = {"a": [a for a, _b in pairs], "b": [b for _a, b in pairs], **dict.fromkeys(("tn", "fp", "fn", "tp"), [1] * len(pairs))}
    assert len(frames.counts(given, ["a", "b"])[0].labels) == 100
    with pytest.raises(Unusable, match="more than 1,000 groups by a x b"):
        frames.counts(given, ["a", "b"], intersections=2)
