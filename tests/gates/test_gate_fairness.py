"""Fairness gates from rows and counts, through a scan: each verdict, each error, and what keeps a gate from passing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from _gate import (
    BAD,
    CELLS,
    DIFFERENCE,
    GOOD,
    POLICY,
    ROWS,
    Repo,
    cells,
    fairness,
    gates,
    inside,
    judged,
    only,
    policy,
    rows,
    scan,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from _gate import Counts, Ran


def run(folder: Path, data: dict[str, Counts], text: str) -> Ran:
    """Scan a folder with the same groups as rows and as counts."""
    write(folder, {ROWS: rows(data), CELLS: cells(data)})
    return judged(folder, policy=text)


@pytest.mark.parametrize("counts", [False, True])
def test_verdicts(tmp_path: Path, *, counts: bool) -> None:
    """A gap that is proven fails, a small one passes, one that the bound lies within is undecided; from rows as from counts."""
    small = {"AFR": (70, 7, 12, 18), "EUR": (140, 14, 12, 48)}
    for data, wanted, code in ((dict(BAD), "fail", 1), (dict(GOOD), "pass", 0), (small, "inconclusive", 0)):
        ran = run(tmp_path, data, fairness(counts=counts))
        gate = only(ran)
        assert (gate["verdict"], ran.code) == (wanted, code), gate
        assert gate["source"] == ("counts" if counts else "rows")
        assert [group["group"] for group in gate["groups"]] == ["AFR", "EUR"]
        rates = [cell[3] / (cell[2] + cell[3]) for cell in data.values()]
        assert gate["value"] == pytest.approx(max(rates) - min(rates))
        assert [group["value"] for group in gate["groups"]] == pytest.approx(rates)
        assert [group["n"] for group in gate["groups"]] == [cell[2] + cell[3] for cell in data.values()]
        assert gate["interval"][0] <= gate["value"] <= gate["interval"][1]


def test_rows_and_counts_agree(tmp_path: Path) -> None:
    """Both doors of the same people give the same gate, the word for its source aside."""
    bounds = {"tpr.difference": "<= 0.1", "fpr.ratio": ">= 0.8", "ppv.min": ">= 0.7", "selection-rate.difference": "<= 0.2"}
    told = [run(tmp_path, dict(BAD), fairness(bounds, counts=counts)).json["gates"] for counts in (False, True)]
    for gate in (*told[0], *told[1]):
        del gate["source"]
    assert told[0] == told[1]


@pytest.mark.parametrize(("decide", "outcome"), [("fail-if-proven", "warn"), ("pass-if-proven", "fail")])
def test_what_keeps_from_passing(tmp_path: Path, decide: str, outcome: str) -> None:
    """A declared group that is missing, one with too few positives, one without any: listed, and no gate passes over them."""
    cases: list[tuple[dict[str, Counts], dict[str, Any], str]] = [
        (dict(GOOD), {"declared": {"ancestry": ["AFR", "EAS", "EUR"]}}, "declared and not in the data: EAS"),
        ({**GOOD, "EAS": (900, 90, 3, 16)}, {}, "too small to judge (fewer than 20 positives): EAS"),
        ({**GOOD, "EAS": (900, 90, 0, 0)}, {}, "undefined (no positives): EAS"),
    ]
    for data, keys, told in cases:
        ran = run(tmp_path, data, fairness(decide=decide, **keys))
        gate = only(ran)
        assert (gate["verdict"], gate["outcome"]) == ("inconclusive", outcome), gate
        assert told in gate["message"]
        assert [group["group"] for group in gate["groups"] if group["verdict"] != "pass"] == ["EAS"]


def test_a_proven_failure_stays_one(tmp_path: Path) -> None:
    """A missing group excuses no other."""
    ran = run(tmp_path, dict(BAD), fairness(declared={"ancestry": ["AFR", "EAS", "EUR"]}))
    assert (gates(ran), ran.code) == ({DIFFERENCE: ("fail", "fail")}, 1)


def test_one_group_is_undefined(tmp_path: Path) -> None:
    """Where there is nothing to compare nothing passes."""
    assert only(run(tmp_path, {"EUR": (100, 10, 50, 50)}, fairness()))["verdict"] == "undefined"


def test_point(tmp_path: Path) -> None:
    """Where the policy decides by points, a figure decides, and the message says so."""
    small = {"AFR": (70, 7, 12, 28), "EUR": (140, 14, 12, 48)}  # 0.7 and 0.8
    for bound, wanted in (("<= 0.2", "pass"), ("<= 0.05", "fail")):
        gate = only(run(tmp_path, small, fairness({DIFFERENCE: bound}, decide="point")))
        assert gate["verdict"] == wanted
        assert "judged by the point estimate alone, as the policy says" in gate["message"]


def test_bands(tmp_path: Path) -> None:
    """A figure in the middle of three bands warns and is told as to be recalibrated; beyond it, it fails."""
    for outer, band, outcome in (("<= 0.5", "recalibrate", "warn"), ("<= 0.12", "stop", "fail")):
        gate = only(run(tmp_path, dict(BAD), fairness({DIFFERENCE: {"pass": "<= 0.05", "recalibrate": outer}})))
        assert (gate["verdict"], gate["band"], gate["outcome"]) == ("fail", band, outcome)
        assert gate["bound"] == f"<= 0.05, recalibrate {outer}"
    good = only(run(tmp_path, dict(GOOD), fairness({DIFFERENCE: {"pass": "<= 0.05", "recalibrate": "<= 0.5"}})))
    assert (good["verdict"], good["band"], good["outcome"]) == ("pass", "pass", "pass")


BROKEN = {
    "NaN": ("EUR,1,1,nan\n", {"auc.min": ">= 0.5"}, "row 3,001"),
    "infinite": ("EUR,1,1,inf\n", {"auc.min": ">= 0.5"}, "row 3,001"),
    "a truth of two": ("EUR,2,1,0.5\n", None, "row 3,001"),
    "a word": ("EUR,1,perhaps,0.5\n", None, "row 3,001"),
    "short": ("EUR,1\n", None, "row 3,001"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_errors_name_the_row(tmp_path: Path, name: str) -> None:
    """Data that no figure can be computed from end with status 3; the row is named by its number, and nothing of it is quoted."""
    line, bounds, told = BROKEN[name]
    data = {"AFR": (1000, 100, 50, 350), "EUR": (1000, 100, 50, 350)}
    write(tmp_path, {ROWS: rows(data) + line})
    text = fairness(bounds)
    ran = judged(tmp_path, policy=text)
    gate = only(ran)
    assert (gate["verdict"], gate["outcome"], ran.code) == ("error", "fail", 3), gate
    assert told in gate["message"]
    assert "perhaps" not in ran.out


def test_no_column(tmp_path: Path) -> None:
    """A column that is not there is an error that names it as the policy does."""
    write(tmp_path, {ROWS: rows(GOOD)})
    ran = judged(tmp_path, policy=fairness(groups=["ancestri"]))
    assert (only(ran)["verdict"], ran.code) == ("error", 3)
    assert "ancestri" in only(ran)["message"]


def test_unknown_reference(tmp_path: Path) -> None:
    """A reference group that nobody is in is an error, never a pass."""
    ran = run(tmp_path, dict(GOOD), fairness(reference="EURO"))
    assert (only(ran)["verdict"], ran.code) == ("error", 3)
    assert only(run(tmp_path, dict(BAD), fairness(reference="EUR")))["verdict"] == "fail"


def test_no_rows_at_all(tmp_path: Path) -> None:
    """Neither rows nor evidence: an error with status 3."""
    ran = judged(tmp_path, policy=fairness())
    assert (only(ran)["verdict"], only(ran)["message"], ran.code) == (
        "error",
        "neither the rows nor committed evidence are here",
        3,
    )
    write(tmp_path, {ROWS: "ancestry,y_true,y_pred,score\n"})
    assert only(judged(tmp_path, policy=fairness()))["verdict"] == "error"


def test_intersections(tmp_path: Path) -> None:
    """Attributes and their intersections are one family; a gap that only an intersection has is found."""
    outcomes = {("AFR", "F"): 180, ("AFR", "M"): 270, ("EUR", "F"): 270, ("EUR", "M"): 180}  # of 300 positives each
    lines = ["ancestry,sex,y_true,y_pred"]
    for (ancestry, sex), right in outcomes.items():
        lines += [f"{ancestry},{sex},1,{int(at < right)}" for at in range(300)] + [f"{ancestry},{sex},0,0"] * 50
    write(tmp_path, {ROWS: "\n".join(lines) + "\n"})
    single = only(judged(tmp_path, policy=fairness(groups=["ancestry", "sex"])))
    assert single["value"] == pytest.approx(0)
    both = only(judged(tmp_path, policy=fairness(groups=["ancestry", "sex"], intersections=2)))
    assert (both["verdict"], round(both["value"], 6)) == ("fail", 0.3)
    assert [group["group"] for group in both["groups"]][-4:] == [
        f"ancestry={ancestry} & sex={sex}" for ancestry in ("AFR", "EUR") for sex in ("F", "M")
    ]


def test_change_against_the_base(tmp_path: Path) -> None:
    """A change that harms one group is found by pairs, whatever the order of the base's rows where a column pairs them."""
    random = np.random.default_rng()
    size = 3000
    group, truth = random.choice(["AFR", "EUR"], size), random.integers(0, 2, size)
    before = np.where(random.random(size) < 0.85, truth, 1 - truth)
    harmed = (group == "AFR") & (random.random(size) < 0.3)
    after = np.where(harmed, 1 - truth, before)
    names = [f"k{number}" for number in range(size)]

    def table(predicted: Any, order: Any) -> str:
        return "key,ancestry,y_true,y_pred\n" + "".join(f"{names[at]},{group[at]},{truth[at]},{predicted[at]}\n" for at in order)

    write(tmp_path, {ROWS: table(after, range(size)), "base.csv": table(before, range(size))})
    text = fairness({"accuracy.change": ">= -0.02"}, base="base.csv")
    found = only(judged(tmp_path, policy=text))
    assert found["verdict"] == "fail"
    write(tmp_path, {"base.csv": table(before, random.permutation(size))})
    paired = only(judged(tmp_path, policy=fairness({"accuracy.change": ">= -0.02"}, base="base.csv", pair_on="key")))
    assert (paired["value"], paired["interval"], paired["verdict"]) == (found["value"], found["interval"], "fail")
    assert only(judged(tmp_path, policy=text))["verdict"] == "error"  # by position the truth is another one
    write(tmp_path, {ROWS: table(before, range(size)), "base.csv": table(before, range(size))})
    assert only(judged(tmp_path, policy=text))["value"] == 0


def test_weights_and_clusters(tmp_path: Path) -> None:
    """Repeated people widen the interval, and weights move the figure."""
    data = {"AFR": (300, 30, 60, 240), "EUR": (300, 30, 30, 270)}
    lines = rows(data).splitlines()
    heavy = [f"{lines[0]},person,weight"] + [f"{line},{at // 6},{1 + at % 3}" for at, line in enumerate(sorted(lines[1:]))]
    write(tmp_path, {ROWS: "\n".join(heavy) + "\n"})
    more: tuple[dict[str, Any], ...] = ({}, {"cluster": "person"}, {"weights": "weight"})
    plain, clustered, weighted = (only(judged(tmp_path, policy=fairness(**keys))) for keys in more)
    assert clustered["value"] == pytest.approx(plain["value"])
    assert clustered["interval"][1] - clustered["interval"][0] > plain["interval"][1] - plain["interval"][0]
    assert [group["n"] for group in weighted["groups"]] == [group["n"] for group in plain["groups"]]  # people, and never weights


def test_projects(tmp_path: Path) -> None:
    """The files of a project's gate lie below its root, and the gate is told with it."""
    gate = {"data": ROWS, "groups": ["ancestry"], "bounds": {DIFFERENCE: "<= 0.10"}}
    write(tmp_path, {f"a/{ROWS}": rows(BAD), f"b/{ROWS}": rows(GOOD)})
    ran = judged(tmp_path, policy=policy(projects=[{"root": root, "fairness": {"triage": gate}} for root in ("a", "b")]))
    assert {gate["gate"]: gate["verdict"] for gate in ran.json["gates"]} == {"a: triage": "fail", "b: triage": "pass"}


def test_no_order_and_no_name_matters(tmp_path: Path) -> None:
    """Rows in another order change no byte; other names of groups change nothing but these."""
    bounds = {"tpr.difference": "<= 0.1", "auc.min": ">= 0.5", "calibration-error.difference": "<= 0.3"}
    write(tmp_path, {ROWS: rows(BAD)})
    first = judged(tmp_path, policy=fairness(bounds)).out
    head, *lines = rows(BAD).splitlines()
    order = np.random.default_rng().permutation(len(lines))
    write(tmp_path, {ROWS: "\n".join([head, *(lines[at] for at in order)]) + "\n"})
    assert judged(tmp_path, policy=fairness(bounds)).out == first
    write(tmp_path, {ROWS: rows({"AFX": BAD["AFR"], "EUX": BAD["EUR"]})})
    renamed = judged(tmp_path, policy=fairness(bounds)).out
    here = [line for line in renamed.replace("AFX", "AFR").replace("EUX", "EUR").splitlines() if '"bytes"' not in line]
    assert here == [line for line in first.splitlines() if '"bytes"' not in line]


def test_ignored_rows_are_read_and_staged_ones_judged(tmp_path: Path) -> None:
    """A scan reads rows that git ignores; a hook does not, and says that it has nothing to judge by."""
    repo = Repo(tmp_path / "repo")
    repo.add(".gitignore", f"{ROWS}\n".encode())
    repo.commit(POLICY, fairness().encode())
    repo.write(ROWS, rows(BAD).encode())
    assert gates(scan(cwd=repo.root)) == {DIFFERENCE: ("fail", "fail")}
    repo.add(POLICY, fairness({DIFFERENCE: "<= 0.09"}).encode())
    ran = scan("--staged", cwd=repo.root)
    assert (only(ran)["verdict"], ran.code) == ("error", 3)
    assert ROWS in [each["path"] for each in ran.json["evidence"] if each["sha256"] is None]


def test_text_has_a_table(tmp_path: Path) -> None:
    """A person sees the groups of a gate that does not pass, with n, figure and interval, and the policy's line."""
    write(tmp_path, {ROWS: rows(BAD), POLICY: fairness()})
    lines = inside("scan", tmp_path).out.splitlines()
    at = lines.index("gate fairness triage: tpr.difference <= 0.10: fail")
    assert lines[at + 2].split() == ["group", "n", "value", "95%", "interval"]
    assert [line.split()[:3] for line in lines[at + 3 : at + 5]] == [["AFR", "300", "0.6"], ["EUR", "600", "0.9"]]
    assert f"      policy {POLICY}:1" in lines
