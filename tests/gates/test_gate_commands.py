"""The commands that compute gates: figures, bounds and exit statuses, evidence, plots, counts of sites, and what they show."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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
    Ran,
    cells,
    fairness,
    gates,
    inside,
    judged,
    membership,
    policy,
    rows,
    scores,
    write,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.cli import merge
from pytest_genomic_guard.metrics.nouns import Cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ID = "individual-of-nobody"
BOUND = f"{DIFFERENCE} <= 0.1"
THIN = {"AFR": (70, 7, 12, 18), "EUR": (140, 14, 12, 48)}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with rows and scores, in which commands run."""
    folder: Path = write(
        tmp_path / "w",
        {
            "bad.csv": rows(BAD),
            "good.csv": rows(GOOD),
            "thin.csv": rows(THIN),
            CELLS: cells(BAD),
            "loud.csv": scores(2500, 2500, 1.0),
        },
    )
    write(folder, {"quiet.csv": scores(5000, 5000, 0.0, sex=["F", "M"])})
    monkeypatch.chdir(folder)
    return folder


def fair(*arguments: str) -> Ran:
    """Run ``genomic-guard fairness`` by ancestry."""
    return inside("fairness", "--groups", "ancestry", *arguments)


def verdicts(ran: Ran) -> list[tuple[str, str]]:
    """Return metric and verdict of a JSON run."""
    return [(each["metric"], each["verdict"]) for each in json.loads(ran.out)["gates"]]


@pytest.mark.usefixtures("here")
def test_figures() -> None:
    """Without a bound there are figures with intervals, no verdict, and exit status 0, in text and in JSON."""
    text, found = fair("bad.csv"), fair("bad.csv", "--format", "json")
    assert (text.code, found.code, text.err) == (0, 0, "")
    document = json.loads(found.out)
    assert document["schema"] == "genomic-guard/gates/1"
    metrics = [each["metric"] for each in document["gates"]]
    assert metrics == [f"{name}.difference" for name in ("selection-rate", "tpr", "fpr", "ppv", "accuracy")]
    for each in document["gates"]:
        assert each["interval"][0] <= each["value"] <= each["interval"][1]
        assert each["verdict"] is each["bound"] is each["message"] is None
        assert f"{each['metric']}: {each['value']:g}, 95% interval" in text.out
    assert not {"pass", "fail", "999999999"}.intersection(text.out.split())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("file", "bound", "code", "verdict"),
    [
        ("bad.csv", BOUND, 1, "fail"),
        ("good.csv", BOUND, 0, "pass"),
        ("thin.csv", "tpr.difference <= 0.2", 0, "inconclusive"),
        ("bad.csv", "tpr.min>=0.5", 0, "pass"),
        ("good.csv", "auc.min >= 0.99", 1, "fail"),
        ("bad.csv", "bias.max <= -0.1", 1, "fail"),
    ],
)
def test_bounds(file: str, bound: str, code: int, verdict: str) -> None:
    """A bound makes a verdict, and that the exit status."""
    ran = fair(file, "--bound", bound, "--format", "json")
    assert verdicts(ran) == [(re.split("[<>]", bound)[0].strip(), verdict)]
    assert ran.code == code
    assert fair(file, "--bound", bound, "--decide", "pass-if-proven").code == (0 if verdict == "pass" else 1)


@pytest.mark.usefixtures("here")
def test_several_bounds_share_the_confidence() -> None:
    """All bounds hold at once."""
    one = json.loads(fair("bad.csv", "--bound", BOUND, "--format", "json").out)["gates"][0]
    both = json.loads(fair("bad.csv", "--bound", BOUND, "--bound", "fpr.difference <= 0.1", "--format", "json").out)["gates"][0]
    assert both["interval"][0] < one["interval"][0]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fairness", "bad.csv"], "--groups"),
        (["fairness", "--groups", "ancestry"], "give a file of rows"),
        (["fairness", "none.csv", "--groups", "ancestry"], "cannot be read"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--bound", "tpr.diffrence <= 0.1"], "did you mean 'tpr.difference'"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--bound", "tpr.difference = 0.1"], "--bound needs a metric and a bound"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--bound", "tpr.min >= 0.9", "--bound", "tpr.max <= 0.5"], "contradicts"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--bound", "tpr.change >= 0"], "needs 'base'"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--min-denominator", "many"], "number"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--small-cell", "-1"], "--small-cell"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--evidence"], "give --gate or --bound"),
        (["fairness", "bad.csv", "--groups", "ancestry", "--plot", "x.pdf"], ".svg or .png"),
        (["fairness", CELLS, "--counts", "--groups", "ancestry", "--bound", "auc.min >= 0.5"], "it needs rows"),
        (["fairness", "--gate", "triaje"], "no fairness gate of this name"),
        (["mia", "loud.csv", "--bound", "auc <= 0.6"], "higher-is"),
        (["mia", "loud.csv", "--higher-is", "member", "--bound", "advantag <= 0.6"], "did you mean 'advantage'"),
        (["mia"], "give scores with --higher-is"),
        (["mia", "--canaries", "10", "--guesses", "20", "--correct", "5"], "more of these than canaries"),
        (["merge", "none.json"], "cannot be read"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    """What cannot be understood ends with 2, and one line that says what to change."""
    ran = inside(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("1,1,0.8", "1,nan,0.8"), "y_pred"),
        (("1,1,0.8", "1,1,inf"), "score"),
        (("1,1,0.8", f"1,1,{ID}"), "score"),
        (("1,1,0.8", "7,1,0.8"), "y_true"),
        (("score", "scores"), "did you mean 'scores'"),
    ],
)
def test_unusable_data(here: Path, change: tuple[str, str], said: str) -> None:
    """Data that cannot be used end with 3; the row is counted, and nothing of it is shown."""
    text = rows(BAD)
    at = text[: text.index(change[0])].count("\n")
    (here / "rows.csv").write_text(text.replace(*change, 1))
    ran = fair("rows.csv", "--bound", "auc.min >= 0.5", "--bound", BOUND)
    assert ran.code == 3
    assert said in ran.err
    assert ID not in ran.err + ran.out
    if at:
        assert f"row {at:,}" in ran.err


def test_labels_of_few_people(here: Path) -> None:
    """No label that only few people have, and no count of them, is in any output; with masking off it is."""
    table = rows(BAD) + f"{ID},1,1,0.5\n" * 3 + f"{ID},0,1,0.5\n" * 4
    (here / "rows.csv").write_text(table)
    made = [
        fair("rows.csv", "--format", form, *more)
        for form in ("text", "json")
        for more in ([], ["--bound", BOUND, "--evidence", f"e{form}.json", "--plot", f"{form}.svg", "--partial", f"p{form}.json"])
    ]
    shown = "".join(ran.out + ran.err for ran in made)
    shown += "".join(path.read_text() for path in here.iterdir() if path.suffix in {".json", ".svg"})
    assert ID not in shown
    assert "group 1" in shown
    assert '"n": 3' not in shown
    open_ = fair("rows.csv", "--bound", BOUND, "--small-cell", "0", "--format", "json")
    assert ID in open_.out
    assert '"n": 3' in open_.out


def test_options(here: Path) -> None:
    """Columns have the names that they are given, and the file may be of any format."""
    random = np.random.default_rng(2)
    truth, site = random.integers(0, 2, 4000), random.choice(["north", "south"], 4000)
    np.savez(here / "p.npz", t=truth, p=truth, site=site, sex=random.choice(["F", "M"], 4000), kin=np.arange(4000) // 4)
    ran = inside(
        "fairness", "p.npz", "--groups", "site, sex", "--intersections", "2", "--y-true", "t", "--y-pred", "p", "--cluster", "kin",
        "--bound", "tpr.min >= 0.9", "--confidence", "0.9", "--format", "json",
    )  # fmt: skip
    assert ran.code == 0
    (gate,) = json.loads(ran.out)["gates"]
    assert gate["confidence"] == 0.9
    assert {each["group"] for each in gate["groups"]} >= {"north", "F", "site=north & sex=F"}
    (here / "before.csv").write_text(rows(GOOD))
    paired = fair("good.csv", "--base", "before.csv", "--bound", "tpr.change >= -0.02")
    assert paired.code == 0


def test_a_gate_of_the_policy(here: Path) -> None:
    """`--gate` judges what the policy says; its evidence is what a scan without the rows then judges."""
    write(here, {POLICY: fairness(small=None), ROWS: rows(GOOD)})
    first = inside("fairness", "--gate", "triage", "--format", "json")
    assert (first.code, verdicts(first)) == (0, [(DIFFERENCE, "pass")])
    written = inside("fairness", "--gate", "triage", "--evidence")
    assert written.err.strip() == "genomic-guard: written: .genomic-guard/evidence/fairness/triage.json"
    (here / ROWS).unlink()
    scanned = judged(here)
    assert gates(scanned) == {DIFFERENCE: ("pass", "pass")}
    assert scanned.json["gates"][0]["source"] == "evidence"
    assert inside("fairness", "--gate", "triage").code == 2  # the rows are not here
    near = inside("fairness", "--gate", "triag")
    assert "did you mean 'triage'" in near.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["fairness", "--gate", "triage", "--bound", "tpr.difference <= 0.9"], "--bound"),
        (["fairness", "--gate", "triage", "--y-pred", "score", "--confidence", "0.5"], "--confidence, --y-pred"),
        (["fairness", "--gate", "triage", "--decide", "point"], "--decide"),
        (["fairness", "--gate", "triage", "--groups", "sex"], "--groups"),
        (["fairness", "--gate", "triage", "--base", "good.csv"], "--base"),
        (["fairness", "--gate", "triage", CELLS, "--counts"], "--counts"),
        (["mia", "--gate", "attack", "--higher-is", "non-member"], "--higher-is"),
        (["mia", "--gate", "attack", "--references", "refs.npz"], "--references"),
        (["mia", "--gate", "numbers", "quiet.csv"], "FILE"),
        (["release", "--gate", "out", "--n", "5"], "--n"),
        (["release", "--gate", "out", "--alpha", "0.01"], "--alpha"),
        (["release", "--gate", "out", "--scores", "quiet.csv"], "--scores"),
        (["release", "--gate", "out", "--bound", "power <= 0.9"], "--bound"),
    ],
)
def test_a_gate_of_the_policy_is_changed_by_no_option(here: Path, command: list[str], said: str) -> None:
    """An option that would count for nothing is refused, by name."""
    numbers = {"canaries": 1000, "guesses": 100, "correct": 55, "bounds": {"epsilon-lower": "<= 1"}}
    scored = {"scores": "quiet.csv", "higher-is": "member", "bounds": {"auc": "<= 0.6"}}
    gate = {"data": "bad.csv", "groups": ["ancestry"], "bounds": {DIFFERENCE: "<= 0.1"}}
    out = {"table": "freq.tsv", "n": 5000}
    write(here, {POLICY: policy(fairness={"triage": gate}, mia={"attack": scored, "numbers": numbers}, release={"out": out})})
    ran = inside(*command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip().endswith(f"leave out {said}")


def test_what_a_gate_of_the_policy_takes(here: Path) -> None:
    """Options that shape the output, and other rows for the same gate."""
    gate = {"data": "bad.csv", "groups": ["ancestry"], "bounds": {DIFFERENCE: "<= 0.1"}}
    write(here, {POLICY: policy(fairness={"triage": gate})})
    shaped = inside("fairness", "--gate", "triage", "--small-cell", "3", "--format", "json", "--evidence", "e.json")
    assert (shaped.code, verdicts(shaped)) == (1, [(DIFFERENCE, "fail")])
    assert inside("fairness", "--gate", "triage", "--partial", "p.json").code == 1
    assert inside("fairness", "--gate", "triage", "good.csv").code == 0


@pytest.mark.parametrize("more", [["--partial", "p.json"], []])
def test_gates_that_are_judged_elsewhere(here: Path, more: list[str]) -> None:
    """A figure of a file, and what tests record, have no rows here: the command says what judges them."""
    bounds = {DIFFERENCE: "<= 0.1"}
    fair_ = {
        "figure": {"value": "m.json#/tpr", "bounds": bounds},
        "recorded": {"recorded": True, "groups": ["ancestry"], "bounds": bounds},
        "cells": {"counts": CELLS, "groups": ["ancestry"], "bounds": bounds},
    }
    attacks = {
        "figure": {"value": "m.json#/auc", "bounds": {"auc": "<= 0.6"}},
        "recorded": {"recorded": True, "bounds": {"auc": "<= 0.6"}},
    }
    write(here, {POLICY: policy(fairness=fair_, mia=attacks), "m.json": '{"tpr": 0.1, "auc": 0.5}'})
    for command in ("fairness", "mia"):
        for name, said in (("figure", "genomic-guard scan judges it"), ("recorded", "pytest --genomic-guard judges it")):
            ran = inside(command, "--gate", name, *(more if command == "fairness" else []))
            assert (ran.code, ran.out) == (2, "")
            assert said in ran.err
    assert inside("fairness", "--gate", "recorded", "bad.csv", *more).code == 1  # a file of its rows can be judged
    assert inside("mia", "--gate", "recorded", "quiet.csv").code == 3  # the policy does not say who has the higher scores
    assert inside("fairness", "--gate", "cells", *more).code == 1
    write(here, {"other.csv": cells(GOOD)})
    assert inside("fairness", "--gate", "cells", "other.csv").code == 0


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("resamples", ["100001", "99999999"])
def test_resamples_are_bounded(resamples: str) -> None:
    """More resamples than anybody needs are refused before one is drawn."""
    ran = fair("bad.csv", "--bound", BOUND, "--resamples", resamples)
    assert (ran.code, ran.out) == (2, "")
    assert "100,000 resamples are the most" in ran.err
    assert fair("bad.csv", "--bound", BOUND, "--resamples", "2000").code == 1


def test_resamples_of_many_groups(here: Path) -> None:
    """What many groups make of them is bounded too."""
    (here / "many.csv").write_text(cells({f"g{at}": (50, 5, 5, 50) for at in range(90)}))
    ran = fair("many.csv", "--counts", "--bound", BOUND, "--resamples", "100000")
    assert (ran.code, ran.out) == (3, "")
    assert "90 groups can be resampled 55,555 times at most" in ran.err


@pytest.mark.parametrize(
    ("reference", "hint"), [("AFRR", "did you mean 'AFR'?"), ("over-all", "did you mean 'overall'?"), (f"{ID}-", ""), ("xyz", "")]
)
def test_an_unknown_reference(here: Path, reference: str, hint: str) -> None:
    """A group that is not there gets the nearest that may be named; the label of a few people is none."""
    (here / "rows.csv").write_text(rows(BAD) + f"{ID},1,1,0.5\n" * 3)
    for ran in (fair("rows.csv", "--bound", BOUND, "--reference", reference), fair("rows.csv", "--reference", reference)):
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.strip().endswith(f"the reference is no group of the data{f'; {hint}' if hint else ''}")
        assert ID not in ran.err


def test_a_gate_of_a_membership_policy(here: Path) -> None:
    """As above."""
    write(here, {POLICY: membership(), "mia.csv": (here / "quiet.csv").read_text()})
    assert inside("mia", "--gate", "attack", "--evidence").code == 0
    (here / "mia.csv").unlink()
    assert gates(judged(here)) == {"auc": ("pass", "pass")}


def test_below_the_root_of_a_repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy is that of the repository, and files of the command line are where it runs."""
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    write(here, {POLICY: fairness(), ROWS: rows(GOOD), "sub/bad.csv": rows(BAD)})
    monkeypatch.chdir(here / "sub")
    assert inside("fairness", "--gate", "triage").code == 0
    assert fair("bad.csv", "--bound", BOUND).code == 1


@pytest.mark.parametrize("form", ["svg", "png"])
def test_plots(here: Path, form: str) -> None:
    """The same figures give the same bytes, without a time or a name in them."""
    pytest.importorskip("matplotlib")
    made = []
    for number in (1, 2):
        place = here / f"{number}.{form}"
        assert inside("mia", "quiet.csv", "--higher-is", "member", "--groups", "sex", "--plot", str(place)).code == 0
        assert fair("bad.csv", "--bound", BOUND, "--plot", str(here / f"f{number}.{form}")).code == 1
        made.append(place.read_bytes() + (here / f"f{number}.{form}").read_bytes())
    assert made[0] == made[1]
    assert made[0].startswith(b"\x89PNG" if form == "png" else b"<?xml")
    if form == "svg":
        assert b"AFR" in made[0]
        assert b"false-positive rate" in made[0]


def test_plot_of_too_few(here: Path) -> None:
    """Where a curve would tell of single people there is none, and the figures are told."""
    pytest.importorskip("matplotlib")
    (here / "few.csv").write_text(scores(60, 15))
    ran = inside("mia", "few.csv", "--higher-is", "member", "--plot", "few.svg", "--bound", "auc <= 0.6")
    assert "no curve: " in ran.err
    assert "auc <= 0.6: inconclusive" in ran.out


@pytest.mark.usefixtures("here")
def test_plot_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is said, with what installs it."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = fair("bad.csv", "--plot", "x.svg")
    assert ran.code == 2
    assert "pip install 'pytest-genomic-guard[plots]'" in ran.err


@pytest.mark.usefixtures("here")
def test_membership_figures() -> None:
    """Scores give figures; bounds give verdicts; nothing of a row is shown."""
    plain = inside("mia", "loud.csv", "--higher-is", "member", "--format", "json")
    assert [metric for metric, _verdict in verdicts(plain)] == ["auc", "advantage", "tpr@fpr=0.01", "tpr@fpr=0.001"]
    assert plain.code == 0
    for file, code in (("loud.csv", 1), ("quiet.csv", 0)):
        assert inside("mia", file, "--higher-is", "member", "--bound", "auc <= 0.6", "--bound", "tpr@fpr=0.01 <= 0.05").code == code
    weak = inside("mia", "quiet.csv", "--higher-is", "member", "--bound", "auc <= 0.6", "--min-attack", "lira")
    assert "inconclusive" in weak.out
    assert weak.code == 1  # on-inconclusive of mia is fail
    matched = inside("mia", "quiet.csv", "--higher-is", "member", "--groups", "sex", "--match-on", "sex", "--bound", "auc <= 0.6")
    assert matched.code == 0
    wrong = inside("mia", "loud.csv", "--higher-is", "non-member", "--bound", "auc <= 0.6")
    assert "refused" in wrong.out
    assert wrong.code == 1


def test_membership_with_references(here: Path) -> None:
    """Scores of reference models: the attack is run over them."""
    random = np.random.default_rng(4)
    people, models = 1500, 16
    easy = random.normal(0, 2, people)
    inside_ = random.random((models, people)) < 0.5
    references = easy + random.normal(0, 0.5, (models, people)) + 1.5 * inside_
    member = random.random(people) < 0.5
    score = easy + random.normal(0, 0.5, people) + 1.5 * member
    np.savez(here / "scores.npz", member=member, score=score)
    np.savez(here / "refs.npz", ref_scores=references, ref_member=inside_)
    found = [
        json.loads(inside("mia", "scores.npz", "--higher-is", "member", "--format", "json", *more).out)["gates"][0]["value"]
        for more in ([], ["--references", "refs.npz"])
    ]
    assert found[1] > found[0] + 0.1  # what is easy for everybody is taken out
    ran = inside(
        "mia", "scores.npz", "--higher-is", "member", "--references", "refs.npz", "--min-attack", "lira", "--bound", "auc <= 0.6"
    )
    assert (ran.code, "fail" in ran.out) == (1, True)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("limit", ["1", "40", "999999999"])
def test_one_run(limit: str) -> None:
    """Numbers of an audit in one run give a limit; a bound that no audit of this size can break is not kept by it."""
    numbers = ["mia", "--canaries", "1000", "--guesses", "100", "--correct", "95"]
    plain = inside(*numbers)
    assert plain.code == 0
    assert plain.out.startswith("epsilon-lower: 2.")
    ran = inside(*numbers, "--bound", f"epsilon-lower <= {limit}", "--format", "json")
    assert verdicts(ran) == [("epsilon-lower", "fail" if limit == "1" else "inconclusive")]


# counts of sites


def partial(name: str, table: str, *more: str, counts: bool = False, groups: str = "ancestry") -> str:
    """Write the counts of a site, and return their file."""
    write_ = f"{name}.csv"
    with open(write_, "w", encoding="utf-8") as file:
        file.write(table)
    ran = inside("fairness", write_, "--groups", groups, "--partial", f"{name}.json", *(["--counts"] if counts else []), *more)
    assert ran.code == 0, ran.err
    return f"{name}.json"


@pytest.mark.usefixtures("here")
def test_merge() -> None:
    """What sites counted adds up to what one run over all rows says, in whatever order."""
    head, *body = rows(GOOD).splitlines(keepends=True)
    parts = [partial(f"site{at}", f"{head}\n" + "".join(body[at::3])) for at in range(3)]
    whole = fair("good.csv", "--bound", BOUND, "--format", "json")
    for order in (parts, parts[::-1]):
        merged = inside("merge", *order, "--bound", BOUND, "--format", "json")
        assert merged.code == whole.code == 0
        assert [each | {"gate": "", "source": ""} for each in json.loads(merged.out)["gates"]] == [
            each | {"gate": "", "source": ""} for each in json.loads(whole.out)["gates"]
        ]
    again = inside("merge", *parts[:2], "--partial", "two.json")
    assert again.code == 0
    assert (
        inside("merge", "two.json", parts[2], "--bound", BOUND, "--format", "json").out.replace("two", "site0")
        == inside("merge", *parts, "--bound", BOUND, "--format", "json").out
    )


COUNT = st.one_of(st.just(0), st.integers(0, 400))
SITE = st.dictionaries(st.sampled_from(["AFR", "AMR", "EAS", "EUR"]), st.tuples(COUNT, COUNT, COUNT, COUNT), min_size=1)


@pytest.mark.usefixtures("here")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sites=st.lists(SITE, min_size=1, max_size=4))
def test_merge_is_a_sum(sites: list[dict[str, tuple[int, int, int, int]]]) -> None:
    """Merging unmasked counts of sites says, byte for byte, what the joined counts say."""
    files = [partial(f"s{at}", cells(site), "--unmasked", counts=True) for at, site in enumerate(sites)]
    total = {
        label: tuple(sum(site.get(label, (0,) * 4)[at] for site in sites) for at in range(4)) for site in sites for label in site
    }
    joined = partial("s0", cells(total), "--unmasked", counts=True)  # type: ignore[arg-type]
    one = inside("merge", joined, "--bound", BOUND, "--bound", "ppv.ratio >= 0.8", "--format", "json")
    files[0] = partial("s0", cells(sites[0]), "--unmasked", counts=True)
    merged = inside("merge", *files, "--bound", BOUND, "--bound", "ppv.ratio >= 0.8", "--format", "json")
    assert (merged.code, merged.out) == (one.code, one.out)


def test_masked_merge_never_passes(here: Path) -> None:
    """Where a site left small counts out, figures are told and nothing passes; whatever the sites count."""
    small = {**GOOD, "EAS": (500, 50, 4, 80)}
    files = [partial("a", rows(small)), partial("b", rows(GOOD))]
    ran = inside("merge", *files, "--bound", "tpr.difference <= 0.9", "--format", "json")
    assert verdicts(ran) == [(DIFFERENCE, "inconclusive")]
    assert "a site withheld small counts" in ran.err
    assert "withheld by a site" in ran.out
    assert "EAS" not in (here / "a.json").read_text()
    open_ = [partial("c", rows(small), "--unmasked"), files[1]]
    assert verdicts(inside("merge", *open_, "--bound", "tpr.difference <= 0.9", "--format", "json")) == [(DIFFERENCE, "pass")]
    again = inside("merge", *files, "--partial", "again.json")
    assert again.code == 0
    assert verdicts(inside("merge", "again.json", "--bound", "tpr.difference <= 0.9", "--format", "json")) == [
        (DIFFERENCE, "inconclusive")
    ]


@settings(max_examples=30, deadline=None)
@given(
    table=st.dictionaries(
        st.tuples(st.sampled_from(["AFR", "EUR", "EAS"]), st.sampled_from(["F", "M", "AFR"])),
        st.tuples(*[st.integers(0, 40)] * 4),
        min_size=1,
    )
)
def test_no_small_count_can_be_computed(table: dict[tuple[str, str], tuple[int, int, int, int]]) -> None:
    """No small count of a site stands in its file, nor follows from its other lines by a subtraction."""

    def counted(name: str, groups: dict[str, list[tuple[int, ...]]]) -> Cells:
        return Cells(
            name=name, labels=tuple(groups), counts=np.array([np.sum(each, axis=0) for each in groups.values()]).reshape(-1, 2, 2)
        )

    by: list[dict[str, list[tuple[int, ...]]]] = [{}, {}, {}]
    for (one, other), each in sorted(table.items()):
        for at, label in enumerate((one, other, f"a={one} & b={other}")):
            by[at].setdefault(label, []).append(each)
    found = [counted(name, groups) for name, groups in zip(("a", "b", "a x b"), by, strict=True)]
    document = json.loads(merge._document(found, 10))  # noqa: SLF001 - what is written
    shown = {each["name"]: {label: np.array(row) for label, row in each["groups"].items()} for each in document["groupings"]}
    assert not [row for groups in shown.values() for row in groups.values() if np.any((row > 0) & (row <= 10))]
    true = {each.name: dict(zip(each.labels, each.counts.reshape(-1, 4), strict=True)) for each in found}
    for at, name in enumerate("ab"):
        for label, total in shown[name].items():
            parts = {key for key in true["a x b"] if key.split(" & ")[at] == f"{name}={label}"}
            hidden = parts - shown["a x b"].keys()
            assert len(hidden) != 1, (name, label, total)


def test_merge_reads_outcomes_by_their_names(here: Path) -> None:
    """A file that counts in another order says the same."""
    files = [partial("a", rows(BAD)), partial("b", rows(GOOD))]
    whole = inside("merge", *files, "--bound", BOUND, "--format", "json")
    document = json.loads((here / "a.json").read_text())
    order = [3, 1, 2, 0]
    document["outcomes"] = [document["outcomes"][at] for at in order]
    for each in document["groupings"]:
        each["groups"] = {label: [row[at] for at in order] for label, row in each["groups"].items()}
    (here / "a.json").write_text(json.dumps(document))
    assert inside("merge", *files, "--bound", BOUND, "--format", "json").out == whole.out


def test_merge_keeps_what_sites_declare(here: Path) -> None:
    """A group that a site declares and that nobody is in keeps the whole from passing, as at the site."""
    gate = {"data": "good.csv", "groups": ["ancestry"], "declared": {"ancestry": ["AFR", "EUR", "SAS"]}}
    write(here, {POLICY: policy(fairness={"triage": gate | {"bounds": {DIFFERENCE: "<= 0.10"}}})})
    assert inside("fairness", "--gate", "triage", "--partial", "a.json", "--unmasked").code == 0
    files = ["a.json", partial("b", rows(GOOD))]
    found = inside("merge", *files, "--bound", BOUND, "--format", "json")
    assert verdicts(found) == [(DIFFERENCE, "inconclusive")]
    listed = json.loads(found.out)["gates"][0]["groups"]
    assert [each["value"] for each in listed if each["group"] == "SAS"] == [None]
    assert verdicts(inside("merge", files[1], "--bound", BOUND, "--format", "json")) == [(DIFFERENCE, "pass")]
    assert inside("merge", *files, "--partial", "c.json").code == 0
    assert verdicts(inside("merge", "c.json", "--bound", BOUND, "--format", "json")) == [(DIFFERENCE, "inconclusive")]
    of_policy = inside("merge", files[1], "--gate", "triage", "--format", "json")
    assert verdicts(of_policy) == [(DIFFERENCE, "inconclusive")]
    assert "leave out --confidence" in inside("merge", *files, "--gate", "triage", "--confidence", "0.9").err


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "genomic-guard/counts/9"},
        {"outcomes": ["tn", "fp", "fn", "fn"]},
        {"outcomes": ["tn", "fp", "fn", "tp", "tp"]},
        {"outcomes": "tn fp fn tp"},
        {"outcomes": None},
        {"groupings": [{"name": "ancestry", "groups": {"A": [1, 2, 3, 4]}, "withheld": 0, "declared": "AFR"}]},
        {"groupings": None},
        {"groupings": [{"name": "ancestry"}]},
        {"groupings": [{"name": "ancestry", "groups": {"A": [1, 2, 3]}, "withheld": 0, "declared": []}]},
        {"groupings": [{"name": "ancestry", "groups": {"A": [1, 2, 3, -4]}, "withheld": 0, "declared": []}]},
        {"groupings": [{"name": "ancestry", "groups": {"A": [1, 2, 3, 4.5]}, "withheld": 0, "declared": []}]},
        {"groupings": [{"name": "ancestry", "groups": {"A": [1, 2, 3, True]}, "withheld": 0, "declared": []}]},
        {"groupings": [{"name": "ancestry", "groups": {"A": [1, 2, 3, 4]}, "withheld": -1, "declared": []}]},
        {"groupings": [{"name": "sex", "groups": {"A": [1, 2, 3, 4]}, "withheld": 0, "declared": []}]},
        {"groupings": []},
    ],
)
def test_merge_of_what_is_none(here: Path, change: dict[str, Any]) -> None:
    """A file of another form, or of other groups, cannot be used: 3, and no traceback."""
    good = partial("good", rows(GOOD))
    (here / "other.json").write_text(json.dumps(json.loads((here / "good.json").read_text()) | change))
    for files in ([good, "other.json"], ["other.json", good]):
        ran = inside("merge", *files, "--bound", BOUND)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.count("\n") == 1


def test_merge_of_no_json(here: Path) -> None:
    """Neither is what is no JSON at all."""
    for content in (b"", b"\xff\xfe", b"[1, 2]", b"null", b"[" * 100_000):
        (here / "x.json").write_bytes(content)
        assert inside("merge", "x.json").code == 3


@pytest.mark.usefixtures("here")
def test_counts_of_rows_alone() -> None:
    """What needs rows cannot be merged."""
    ran = fair("good.csv", "--bound", "auc.min >= 0.5", "--partial", "x.json")
    assert ran.code == 2
    assert "counts alone can be merged" in ran.err


def test_in_a_process_of_its_own(here: Path, guard: Callable[..., Ran]) -> None:
    """As users run it: a plain folder, no policy, and no numpy before it is needed."""
    assert guard("fairness", "bad.csv", "--groups", "ancestry", "--bound", BOUND, cwd=here).code == 1
    assert guard("mia", "quiet.csv", "--higher-is", "member", "--bound", "auc <= 0.6", cwd=here).code == 0
    write(here, {POLICY: policy(profile="strict")})
    assert guard("fairness", "thin.csv", "--groups", "ancestry", "--bound", "tpr.difference <= 0.2", cwd=here).code == 1
    write(here, {POLICY: "version: 1\nfairnes: {}\n"})
    wrong = guard("fairness", "bad.csv", "--groups", "ancestry", cwd=here)
    assert (wrong.code, wrong.out) == (2, "")
