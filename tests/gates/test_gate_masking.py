"""Small counts in what a gate says: masked inclusively in every format, with what they could be computed from."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from _gate import (
    CELLS,
    DIFFERENCE,
    GOOD,
    POLICY,
    ROWS,
    cells,
    fairness,
    inside,
    judged,
    membership,
    only,
    policy,
    recorded,
    rows,
    scores,
    write,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.gates import masking
from pytest_genomic_guard.report import GateVerdict, GroupFigure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMATS = ("text", "json", "markdown", "junit", "sarif", "gitlab", "github")


def shown(gate: dict[str, Any]) -> dict[str, int | None]:
    """Return the n of each group as it is told."""
    return {group["group"]: group["n"] for group in gate["groups"]}


@pytest.mark.parametrize(("n", "masked"), [(1, True), (9, True), (10, True), (11, False)])
def test_inclusive(tmp_path: Path, n: int, *, masked: bool) -> None:
    """From 1 to 10 people nothing is told of a group but that it is too small; with 11 it is."""
    write(tmp_path, {ROWS: rows({**GOOD, "EAS": (500, 50, 0, n)})})
    gate = only(judged(tmp_path, policy=fairness()))
    (group,) = [each for each in gate["groups"] if each["group"] == "EAS"]
    assert (group["n"] is None) is masked
    assert ((group["value"], group["interval"]) == (None, None)) is masked
    assert group["verdict"] == "inconclusive"


def test_complementary(tmp_path: Path) -> None:
    """The smallest of the others is masked too, so that no total gives the small one back; two small ones protect each other."""
    data = {"EUR": (14000, 1400, 600, 5400), "AFR": (7000, 700, 300, 2700), "AMR": (900, 90, 30, 270), "EAS": (90, 9, 0, 7)}
    write(tmp_path, {ROWS: rows(data)})
    assert shown(only(judged(tmp_path, policy=fairness()))) == {"AFR": 3000, "AMR": None, "EAS": None, "EUR": 6000}
    write(tmp_path, {ROWS: rows(data | {"SAS": (90, 9, 0, 5)})})
    assert shown(only(judged(tmp_path, policy=fairness()))) == {
        "AFR": 3000,
        "AMR": 300,
        "EAS": None,
        "EUR": 6000,
        "SAS": None,
    }
    everything = fairness(outer={"small-cell": 0})
    assert shown(only(judged(tmp_path, policy=everything)))["EAS"] == 7


def test_the_policy_says_how_small(tmp_path: Path) -> None:
    """`small-cell` and the terms of data that bind the repository set the number."""
    write(tmp_path, {ROWS: rows({**GOOD, "EAS": (500, 50, 0, 15)})})
    assert shown(only(judged(tmp_path, policy=fairness())))["EAS"] == 15
    assert shown(only(judged(tmp_path, policy=fairness(outer={"small-cell": 20}))))["EAS"] is None
    bound = {"data-use": [{"id": "all-of-us-2026"}]}
    assert shown(only(judged(tmp_path, policy=fairness(outer=bound))))["EAS"] is None


def test_other_denominators_do_not_give_it_back(tmp_path: Path) -> None:
    """All minus positives are negatives: a group that is small for one metric is masked in all of a gate's."""
    data = {**GOOD, "AMR": (9000, 900, 300, 2000), "EAS": (4, 1, 100, 400)}
    write(tmp_path, {ROWS: rows(data)})
    ran = judged(tmp_path, policy=fairness({DIFFERENCE: "<= 0.5", "selection-rate.difference": "<= 0.9", "fpr.max": "<= 0.9"}))
    assert [shown(gate)["EAS"] for gate in ran.json["gates"]] == [None, None, None]


def test_intersections_and_margins(tmp_path: Path) -> None:
    """Along no line of an intersection is exactly one cell masked, and no margin minus the others tells it."""
    lines = ["ancestry,sex,y_true,y_pred"]
    sizes = dict(zip(product(("AFR", "AMR", "EUR"), ("F", "M")), (400, 5, 300, 500, 900, 800), strict=True))
    for (ancestry, sex), size in sizes.items():
        lines += [f"{ancestry},{sex},1,{at % 2}" for at in range(size)] + [f"{ancestry},{sex},0,0"] * 200
    write(tmp_path, {ROWS: "\n".join(lines) + "\n"})
    told = shown(only(judged(tmp_path, policy=fairness(groups=["ancestry", "sex"], intersections=2))))
    cells_ = {(ancestry, sex): told[f"ancestry={ancestry} & sex={sex}"] for ancestry, sex in sizes}
    assert cells_["AFR", "M"] is None
    for number, names in enumerate((("AFR", "AMR", "EUR"), ("F", "M"))):
        for name in names:
            line = [n for key, n in cells_.items() if key[number] == name] + [told[name]]
            assert line.count(None) != 1, (name, told)


def test_labels(tmp_path: Path) -> None:
    """A label that looks like a person's, or that few people have, is a number in every format; a declared one is a name."""
    person, mail, rare = "P1234567", "a.b@example.org", "Zyx"
    data = {**GOOD, person: (900, 90, 30, 270), mail: (900, 90, 40, 260), rare: (1, 1, 1, 1)}
    write(tmp_path, {ROWS: rows(data), POLICY: fairness()})
    for form in FORMATS:
        told = inside("scan", "--format", form, tmp_path)
        assert not any(label in told.out + told.err for label in (person, mail, rare)), form
    assert set(shown(only(judged(tmp_path)))) == {"AFR", "EUR", "group 1", "group 2", "group 3"}
    named = fairness(declared={"ancestry": [rare]})
    assert rare in shown(only(judged(tmp_path, policy=named)))


def test_nothing_small_in_any_format(tmp_path: Path) -> None:
    """No format, nor the evidence file, tells a small count or a rate that stands on it."""
    rate = 3 / 7
    data = {**GOOD, "AMR": (900, 90, 30, 270), "EAS": (500, 53, 4, 3)}
    bounds = {DIFFERENCE: "<= 0.01", "tpr.min": ">= 0.95", "fpr.ratio": ">= 0.99"}
    write(tmp_path, {ROWS: rows(data), CELLS: cells(data), POLICY: fairness(bounds, min_denominator=2)})
    for form in FORMATS:
        told = inside("scan", "--format", form, tmp_path).out
        assert f"{rate:.3f}"[:5] not in told, form
        assert f"{rate:.3g}" not in told, form
    for gate in json.loads(inside("scan", "--format", "json", tmp_path).out)["gates"]:
        assert gate["n"] is None or gate["n"] > 10
        assert gate["value"] is None or abs(gate["value"] - rate) > 1e-3
        assert all(group["n"] is None or group["n"] > 10 or group["n"] == 0 for group in gate["groups"])
    document = recorded(tmp_path)
    assert str(rate)[:6] not in json.dumps(document)


@pytest.mark.parametrize("n", range(3, 11))
def test_no_n_that_would_decide(tmp_path: Path, n: int) -> None:
    """How many would decide follows from the n of the smallest group, so it is told of no masked one, in no format."""
    data = {**GOOD, "AMR": (900, 90, 30, 270), "EAS": (500, 53, 1, n - 1)}
    write(tmp_path, {ROWS: rows(data), POLICY: fairness({DIFFERENCE: "<= 0.05"}, min_denominator=2)})
    gate = only(judged(tmp_path))
    assert gate["verdict"] == "inconclusive"
    assert shown(gate)["EAS"] is None
    assert gate["needed"] is None
    for form in FORMATS:
        assert "would decide" not in inside("scan", "--format", form, tmp_path).out, form
    write(tmp_path, {POLICY: fairness({DIFFERENCE: "<= 0.05"}, min_denominator=2, outer={"small-cell": 0})})
    assert "would decide" in inside("scan", tmp_path).out


FEW = {"AFR": (1000, 0, 2, 3), "AMR": (5000, 300, 200, 1700), "EUR": (9000, 500, 300, 2700)}  # five positives in the first
PAIRS = [
    ("selection-rate", "fpr"),  # all without the negatives
    ("accuracy", "tnr"),
    ("brier", "fpr"),
    ("fpr", "selection-rate"),
]


@pytest.mark.parametrize("metrics", PAIRS)
def test_no_denominator_by_subtraction(tmp_path: Path, metrics: tuple[str, str]) -> None:
    """Each n is large, and one minus the other is not: the group is masked in both bounds, and in one bound alone it is not."""
    write(tmp_path, {ROWS: rows(FEW)})
    bounds = {f"{metric}.difference": "<= 0.5" for metric in metrics}
    for gate in judged(tmp_path, policy=fairness(bounds)).json["gates"]:
        assert shown(gate)["AFR"] is None, gate["metric"]
    for bound in bounds.items():
        assert shown(only(judged(tmp_path, policy=fairness(dict([bound])))))["AFR"] in {1000, 1005}


def test_no_negative_prediction_by_subtraction(tmp_path: Path) -> None:
    """The same of what is predicted."""
    write(tmp_path, {ROWS: rows(FEW | {"AFR": (2, 500, 3, 500)})})
    for gate in judged(tmp_path, policy=fairness({"accuracy.difference": "<= 0.5", "ppv.difference": "<= 0.5"})).json["gates"]:
        assert shown(gate)["AFR"] is None


OTHERS: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"groups": ["ancestry"]}, {"groups": ["ancestry", "sex"]}, True),
    ({"groups": ["ancestry"]}, {"groups": ["ancestry", "sex"], "intersections": 2}, True),
    ({"groups": ["sex", "ancestry"]}, {"groups": ["ancestry", "sex"]}, True),
    ({"groups": ["ancestry"], "declared": {"ancestry": ["AFR"]}}, {"groups": ["ancestry"]}, True),
    ({"groups": ["ancestry"]}, {"groups": ["ancestry"], "y-true": "other"}, False),
]


@pytest.mark.parametrize(("one", "other", "alike"), OTHERS)
@pytest.mark.parametrize("here", [True, False])
def test_gates_over_the_same_rows(  # noqa: PLR0913 - fixtures
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: dict[str, Any], other: dict[str, Any], *, alike: bool, here: bool
) -> None:
    """What one gate hides no other one tells, nor what two of them give together, from rows and from evidence."""
    lines = rows(FEW).splitlines()
    sexes = [f"{line},{'FM'[at % 2]},{at % 3 % 2}" for at, line in enumerate(lines[1:])]
    write(tmp_path, {ROWS: "\n".join([f"{lines[0]},sex,other", *sexes]) + "\n"})
    gates_ = {
        "one": {"data": ROWS, "bounds": {"selection-rate.difference": "<= 0.5"}, **one},
        "other": {"data": ROWS, "bounds": {"fpr.difference": "<= 0.5"}, **other},
    }
    write(tmp_path, {POLICY: policy(fairness=gates_)})
    if not here:
        for name in gates_:
            monkeypatch.chdir(tmp_path)
            assert inside("fairness", "--gate", name, "--evidence").code in {0, 1}
        (tmp_path / ROWS).unlink()
    for gate in judged(tmp_path).json["gates"]:
        told = shown(gate)
        assert (told["AFR"] is None) is alike, gate["gate"]
        within = [n for label, n in told.items() if "=AFR" in label]
        assert None in within or not within


def test_a_small_group_of_one_gate(tmp_path: Path) -> None:
    """A gate that hides a group hides it in one whose metric has a large denominator, over more attributes too."""
    text = rows(FEW | {"AFR": (1000, 0, 2, 3)}).splitlines()
    write(tmp_path, {ROWS: "\n".join([f"{text[0]},region", *(f"{line},{'NS'[at % 2]}" for at, line in enumerate(text[1:]))])})
    several = {
        "one": {"data": ROWS, "groups": ["ancestry"], "bounds": {DIFFERENCE: "<= 0.5"}},
        "two": {"data": ROWS, "groups": ["ancestry", "region"], "bounds": {"accuracy.difference": "<= 0.5"}},
        "three": {"data": ROWS, "groups": ["region"], "bounds": {"accuracy.difference": "<= 0.5"}},
    }
    one, two, three = judged(tmp_path, policy=policy(fairness=several)).json["gates"]
    assert shown(one)["AFR"] is None
    assert shown(two)["AFR"] is None
    assert sum(n is None for n in shown(two).values()) == 2
    assert None not in shown(three).values()
    assert {one["gate"], two["gate"], three["gate"]} == {"one", "two", "three"}


@pytest.mark.parametrize("size", [2, 12])
def test_people_and_not_rows(tmp_path: Path, size: int) -> None:
    """Where a column tells whose rows are, people are counted: two with forty visits each are few, and their label is theirs."""
    lines = ["ancestry,y_true,y_pred,kin"]
    for group, people in (("AFR", 300), ("EUR", 900), ("AMR", 400)):
        lines += [f"{group},{each % 2},{each // 2 % 2},{group}{each}" for each in range(people)]
    lines += [f"Rare,{visit % 2},{each % 2},r{each}" for each in range(size) for visit in range(80 // size)]
    write(tmp_path, {ROWS: "\n".join(lines) + "\n"})
    bounds = {DIFFERENCE: "<= 0.9", "accuracy.min": ">= 0.1"}
    few = size < 10
    for gate in judged(tmp_path, policy=fairness(bounds, cluster="kin")).json["gates"]:
        assert ("Rare" not in shown(gate)) is few
        assert (shown(gate).get("group 1", 80) is None) is few
        assert (gate["n"] is None) is few
    named = fairness({"accuracy.difference": "<= 0.9"}, cluster="kin", declared={"ancestry": ["Rare"]})
    assert (shown(only(judged(tmp_path, policy=named)))["Rare"] is None) is few


def test_positives_of_few_people(tmp_path: Path) -> None:
    """A group of many people, whose positives are visits of two, is masked by these."""
    lines = ["ancestry,y_true,y_pred,kin"]
    for group in ("AFR", "AMR", "EUR"):
        lines += [f"{group},{each % 2 if group != 'AFR' else 0},0,{group}{each}" for each in range(600)]
    lines += [f"AFR,1,{visit % 2},r{each}" for each in (1, 2) for visit in range(40)]
    write(tmp_path, {ROWS: "\n".join(lines) + "\n"})
    gate = only(judged(tmp_path, policy=fairness({DIFFERENCE: "<= 0.9"}, cluster="kin")))
    assert shown(gate)["AFR"] is None
    assert gate["n"] is None
    assert gate["value"] is None
    assert shown(only(judged(tmp_path, policy=fairness({"accuracy.difference": "<= 0.9"}, cluster="kin"))))["AFR"] == 680


@pytest.mark.parametrize("form", ["text", "json"])
def test_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """The command, its plot and its evidence tell no more than a scan does."""
    pytest.importorskip("matplotlib")
    write(tmp_path, {ROWS: rows(FEW)})
    monkeypatch.chdir(tmp_path)
    bounds = ("--bound", "selection-rate.difference <= 0.1", "--bound", "fpr.difference <= 0.1")
    written = ("--plot", "groups.svg", "--evidence", "groups.json")
    ran = inside("fairness", ROWS, "--groups", "ancestry", *bounds, *written, "--format", form)
    drawn = (tmp_path / "groups.svg").read_text()
    assert "n = 12,500" in drawn
    for told in (ran.out, drawn, (tmp_path / "groups.json").read_text()):
        assert not any(number in told for number in ("1005", "1,005", "1000", "1,000", "0.00299"))


@pytest.mark.parametrize(("members", "drawn"), [(10, False), (11, True)])
def test_no_curve_of_few_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: int, *, drawn: bool) -> None:
    """The steps of an attack's curve are members, so that a few of them have none."""
    pytest.importorskip("matplotlib")
    write(tmp_path, {"few.csv": scores(members, 2000)})
    monkeypatch.chdir(tmp_path)
    ran = inside("mia", "few.csv", "--higher-is", "member", "--plot", "few.svg")
    assert ("no curve: " in ran.err) is not drawn
    assert ("what the attack finds" in (tmp_path / "few.svg").read_text()) is drawn


def test_an_attack_masks_too(tmp_path: Path) -> None:
    """Groups of an audit are masked as those of any gate."""
    text = scores(1000, 1000, ancestry=["EUR", "AFR"]) + "".join(f"{at % 2},0.5,EAS\n" for at in range(8))
    write(tmp_path, {"mia.csv": text})
    gate = only(judged(tmp_path, policy=membership(groups=["ancestry"], declared={"ancestry": ["EAS"]}, covariates=[])))
    assert shown(gate)["EAS"] is None
    assert sum(n is None for n in shown(gate).values()) == 2


def _verdict(groups: Mapping[str, int]) -> GateVerdict:
    figures = tuple(GroupFigure(group=name, n=n, value=None, interval=None, verdict="pass") for name, n in sorted(groups.items()))
    return GateVerdict(
        gate="g",
        kind="fairness",
        metric="m",
        bound="<= 1",
        value=None,
        interval=None,
        confidence=0.95,
        n=1000,
        verdict="pass",
        outcome="pass",
        message="",
        groups=figures,
    )


@settings(max_examples=200, deadline=None)
@given(sizes=st.lists(st.integers(0, 40), min_size=6, max_size=6), small=st.integers(0, 15))
def test_no_line_has_one_hidden(sizes: list[int], small: int) -> None:
    """Whatever the counts of a table: none of 1 to k is told, and no line with its margin has one unknown that could be solved."""
    names = list(product("abc", "xy"))
    table = dict(zip(names, sizes, strict=True))
    layout: Any = [
        {name: (("one", name),) for name in "abc"},
        {name: (("two", name),) for name in "xy"},
        {f"one={one} & two={two}": (("one", one), ("two", two)) for one, two in names},
    ]
    groups = {f"one={one} & two={two}": n for (one, two), n in table.items()}
    groups |= {name: sum(n for key, n in table.items() if name in key) for name in (*"abc", *"xy")}
    (masked,) = masking.masked([_verdict(groups)], masking.Layout(groups=layout), small)
    told = {figure.group: figure.n for figure in masked.groups}
    assert not any(n is not None and 1 <= n <= small for n in told.values())
    if not small:
        assert told == groups
    for name in (*"abc", *"xy"):
        line = [told[f"one={one} & two={two}"] for one, two in names if name in {one, two}] + [told[name]]
        unknown = [n for n in line if n is None]
        assert len(unknown) != 1, (groups, told)
