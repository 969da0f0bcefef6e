"""What a site gives away by the counts that it writes: nothing small, by no sum or difference of what stands there."""

from __future__ import annotations

import json
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from _gate import inside, write
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.cli import merge
from pytest_genomic_guard.metrics.nouns import Cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Key = tuple[tuple[str, str], ...]  # a group by its attributes
    Table = dict[tuple[str, ...], tuple[int, ...]]

SMALL = 10


def cells(table: Table, names: Sequence[str]) -> tuple[Cells, ...]:
    """Return counts of the full intersection as all of its groupings."""
    found = []
    for size in range(1, len(names) + 1):
        for chosen in combinations(range(len(names)), size):
            groups: dict[str, Any] = {}
            for labels, counts in sorted(table.items()):
                parts = [f"{names[at]}={labels[at]}" for at in chosen]
                label = " & ".join(parts) if size > 1 else labels[chosen[0]]
                groups[label] = groups.get(label, np.zeros(4, np.int64)) + np.array(counts)
            name = " x ".join(names[at] for at in chosen)
            found.append(Cells(name=name, labels=tuple(groups), counts=np.array([*groups.values()]).reshape(-1, 2, 2)))
    return tuple(found)


def parsed(name: str, label: str) -> Key:
    """Return a group by its attributes."""
    parts = [part.partition("=")[::2] for part in label.split(" & ")] if " x " in name else [(name, label)]
    return tuple((one, other) for one, other in parts)


def attack(found: Sequence[Cells], document: Mapping[str, Any]) -> list[str]:
    """Return what somebody with the file, and nothing else, finds out of hidden groups: single ones, and small sums of some.

    Unknown are all hidden groups and the whole; every grouping adds up to the whole, and every intersection to its margins.
    """
    shown = {parsed(each["name"], label): np.array(row) for each in document["groupings"] for label, row in each["groups"].items()}
    true = {
        parsed(each.name, label): row.reshape(-1) for each in found for label, row in zip(each.labels, each.counts, strict=True)
    }
    hidden = [key for key in true if key not in shown]
    column = {key: at for at, key in enumerate(hidden)}
    equations, sums = [], []
    for each in found:
        keys = [parsed(each.name, label) for label in each.labels]
        names = {name for name, _label in keys[0]}
        lines: list[tuple[list[Key], Key | None]] = [(keys, None)]
        margins = [key for key in true if {name for name, _label in key} < names]
        lines += [([key for key in keys if set(margin) <= set(key)], margin) for margin in margins]
        for parts, total in lines:
            row = np.zeros(len(hidden) + 1)
            for key in parts:
                if key in column:
                    row[column[key]] = 1
            sums.append(row.copy())
            if total is None:
                row[-1] = -1
            elif total in column:
                row[column[total]] = -1
            equations.append(row)
    matrix = np.array(equations)
    told = []
    values = np.array([true[key] for key in hidden] + [sum(row for row in found[0].counts.reshape(-1, 4))])
    for what in [*np.eye(len(hidden) + 1)[:-1], *sums]:
        known = np.linalg.lstsq(matrix.T, what, rcond=None)[0]
        if what.any() and np.allclose(matrix.T @ known, what, atol=1e-8):
            value = what @ values
            if what.sum() == 1 or ((value > 0) & (value <= SMALL)).any():
                told.append(f"{[hidden[at] for at in np.flatnonzero(what)]}: {value}")
    return told


_CELL = st.tuples(*[st.one_of(st.integers(0, 14), st.integers(20, 900))] * 4).filter(any)


@settings(max_examples=150, deadline=None)
@given(table=st.dictionaries(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("FMX")), _CELL, min_size=2))
def test_nothing_follows(table: Table) -> None:
    """No hidden group, and no small sum of some, follows from a file, cell by cell: within a grouping or between two of them."""
    found = cells(table, ("anc", "sex"))
    document = json.loads(merge._document(found, SMALL))  # noqa: SLF001 - what is written
    for each in document["groupings"]:
        assert not [row for row in each["groups"].values() if any(0 < count <= SMALL for count in row)]
    assert attack(found, document) == []


@settings(max_examples=40, deadline=None)
@given(
    table=st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from("FM"), st.sampled_from("xyz")), _CELL, min_size=2),
)
def test_nothing_follows_from_three(table: Table) -> None:
    """The same of three attributes and all that they make together."""
    found = cells(table, ("anc", "sex", "age"))
    assert attack(found, json.loads(merge._document(found, SMALL))) == []  # noqa: SLF001 - what is written


def test_a_bridge() -> None:
    """A cell between two blocks of hidden ones, with company in its row and in its column, follows from both together."""
    table: Table = dict.fromkeys(product("ABCD", "KLMN"), (500, 500, 500, 500))
    for one, other in (*product("AB", "KL"), *product("CD", "MN"), ("A", "M")):
        table[one, other] = (500, 500, 8, 500)
    found = cells(table, ("anc", "sex"))
    assert attack(found, json.loads(merge._document(found, SMALL))) == []  # noqa: SLF001 - what is written


def test_between_two_attributes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hidden groups of one attribute have three false negatives together, which the other attribute gives back."""
    table: Table = {
        ("AFR", "F"): (500, 130, 0, 300),
        ("AFR", "M"): (500, 130, 0, 300),
        ("AMR", "F"): (1000, 130, 2, 300),
        ("AMR", "M"): (1000, 130, 1, 300),
        ("EUR", "F"): (9000, 900, 300, 2700),
        ("EUR", "M"): (9000, 900, 300, 2700),
        ("SAS", "F"): (900, 90, 30, 270),
        ("SAS", "M"): (900, 90, 30, 270),
    }
    lines = [
        f"{anc},{sex},{outcome // 2},{outcome % 2}\n" * count
        for (anc, sex), counts in table.items()
        for outcome, count in enumerate(counts)
    ]
    write(tmp_path, {"rows.csv": "anc,sex,y_true,y_pred\n" + "".join(lines)})
    monkeypatch.chdir(tmp_path)
    assert inside("fairness", "rows.csv", "--groups", "anc,sex", "--partial", "site.json").code == 0
    document = json.loads((tmp_path / "site.json").read_text())
    by = {each["name"]: np.array([*each["groups"].values()]).sum(axis=0) for each in document["groupings"]}
    assert document["groupings"][1]["withheld"] == 0
    rest = by["sex"] - by["anc"]
    assert not any(0 < count <= SMALL for count in rest), rest
    assert attack(cells(table, ("anc", "sex"))[:2], document) == []


@pytest.mark.parametrize(("option", "column"), [("--cluster", "kin"), ("--weights", "w")])
def test_counts_are_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, column: str) -> None:
    """Counts do not tell whose rows they are, nor what these weigh: a site that says so writes none."""
    write(
        tmp_path, {"rows.csv": "anc,y_true,y_pred,kin,w\n" + "".join(f"A,{at % 2},{at % 3 % 2},{at // 40},1\n" for at in range(80))}
    )
    monkeypatch.chdir(tmp_path)
    ran = inside("fairness", "rows.csv", "--groups", "anc", option, column, "--partial", "site.json")
    assert (ran.code, ran.out) == (2, "")
    assert option in ran.err
    assert not (tmp_path / "site.json").exists()
