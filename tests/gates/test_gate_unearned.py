"""What an evidence file, a pointer or an earlier file cannot be made to say: edits after which a gate must not pass."""

from __future__ import annotations

import hashlib
import json
import math
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
    judged,
    membership,
    only,
    policy,
    recorded,
    rows,
    scan,
    scores,
    write,
)

from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Edit = Callable[[dict[str, Any]], None]

FILE = ".genomic-guard/evidence/fairness/triage.json"
ATTACK = ".genomic-guard/evidence/mia/attack.json"
DECLARED = {"ancestry": ["AFR", "EUR"]}
BOUNDS = {"fpr.max": "<= 0.5", "tpr.min": ">= 0.1"}
LOW = {"AFR": (7000, 700, 2700, 300), "EUR": (14000, 1400, 600, 5400)}  # a rate of 0.1 among the positives of one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a gate that passes and its evidence; the rows are gone."""
    made = write(tmp_path / "w", {POLICY: fairness(BOUNDS, declared=DECLARED), ROWS: rows(GOOD)})
    recorded(made)
    (made / ROWS).unlink()
    assert set(gates(judged(made)).values()) == {("pass", "pass")}
    return made


def edit(folder: Path, change: Edit, file: str = FILE) -> None:
    """Change an evidence file."""
    document = json.loads((folder / file).read_text("utf-8"))
    change(document)
    (folder / file).write_text(json.dumps(document), "utf-8")


def entry(**values: Any) -> Edit:
    """Return what sets fields of the first figure."""
    return lambda found: found["metrics"][0].update(values)


def group(**values: Any) -> Edit:
    """Return what sets fields of the first group of the first figure."""
    return lambda found: found["metrics"][0]["groups"][0].update(values)


def alike(**values: Any) -> Edit:
    """Return what sets fields of the first group in all figures."""

    def change(found: dict[str, Any]) -> None:
        for each in found["metrics"]:
            each["groups"][0].update(values)

    return change


TELLING: Mapping[str, Edit] = {
    "a group of three": group(n=3, value=0.667, interval=None),
    "a figure of three": entry(n=3),
    "computed without masking": lambda found: found["terms"].update({"small-cell": 0}),
    "computed with less masking": lambda found: found["terms"].update({"small-cell": 9}),
    "no number for the masking": lambda found: found["terms"].update({"small-cell": "10"}),
    "a rate of a masked count": alike(n=None),
    "masked in one figure alone": group(n=None, value=None, interval=None),
    "more groups than the policy tells apart": lambda found: found["metrics"][0]["groups"].append({"group": "a\tb"}),
}


@pytest.mark.parametrize("name", sorted(TELLING))
def test_evidence_that_tells_of_few(folder: Path, name: str) -> None:
    """Evidence that tells what the policy masks is none, and nothing of it is printed."""
    edit(folder, TELLING[name])
    ran = judged(folder)
    assert (set(gates(ran).values()), ran.code) == ({("error", "fail")}, 3)
    assert "0.667" not in ran.out
    assert not any(gate["groups"] or gate["value"] for gate in ran.json["gates"])


def test_evidence_without_masking_is_refused_by_hooks(tmp_path: Path) -> None:
    """A file that ``--small-cell 0`` made is not accepted from the index."""
    few = {**GOOD, "EAS": (900, 90, 1, 2)}
    write(tmp_path, {POLICY: fairness({"fpr.max": "<= 0.5"}), ROWS: rows(few)})
    recorded(tmp_path, small=0)
    (tmp_path / ROWS).unlink()
    ran = judged(tmp_path)
    assert (only(ran)["verdict"], only(ran)["groups"], ran.code) == ("error", [], 3)
    assert only(judged(tmp_path, policy=fairness({"fpr.max": "<= 0.5"}, outer={"small_cell": 0})))["verdict"] == "pass"


def test_evidence_with_more_masking_is_judged(tmp_path: Path) -> None:
    """What masks more than the policy asks for tells nothing."""
    write(tmp_path, {POLICY: fairness({"fpr.max": "<= 0.5"}), ROWS: rows(GOOD)})
    recorded(tmp_path, small=20)
    (tmp_path / ROWS).unlink()
    assert only(judged(tmp_path))["verdict"] == "pass"


def _invented() -> str:
    """Return a name as cohorts have them, of nobody."""
    return f"XY{int(samples.hexadecimal(8), 16) % 900000 + 100000}"


def test_labels_of_people(folder: Path) -> None:
    """A label that may be a name is refused, unless the policy declares it; one that our files have is not."""
    name = _invented()
    for label, verdict in ((name, "error"), ("ancestry=" + name, "error"), ("someone@" + "example.org", "error")):
        edit(folder, alike(group=label))
        ran = judged(folder)
        assert {each["verdict"] for each in ran.json["gates"]} == {verdict}
        assert label not in ran.out
    text = fairness({"tpr.min": ">= 0.1"})
    write(folder, {ROWS: rows({f"P{at:05}": cells for at, cells in enumerate([(700, 70, 30, 270)] * 120)}), POLICY: text})
    found = recorded(folder)
    (folder / ROWS).unlink()
    assert "group 101" in {each["group"] for each in found["metrics"][0]["groups"]}
    assert only(judged(folder))["verdict"] == "pass"


def test_labels_of_intersections(tmp_path: Path) -> None:
    """Each part of an intersection's name is looked at, and those of ours are taken."""
    lines = [
        f"{ancestry},{sex},{1 - at % 10 // 9},{1 - at % 10 // 8}\n"
        for ancestry in ("A", "B")
        for sex in ("F", "M")
        for at in range(400)
    ]
    write(
        tmp_path,
        {
            ROWS: "ancestry,sex,y_true,y_pred\n" + "".join(lines),
            POLICY: fairness({"tpr.min": ">= 0.5"}, groups=["ancestry", "sex"], intersections=2, declared={"sex": ["F", "M"]}),
        },
    )
    recorded(tmp_path)
    (tmp_path / ROWS).unlink()
    assert only(judged(tmp_path))["verdict"] == "pass"
    name = _invented()
    edit(tmp_path, lambda found: found["metrics"][0]["groups"][-1].update(group=f"ancestry={name} & sex=M"))
    ran = judged(tmp_path)
    assert only(ran)["verdict"] == "error"
    assert name not in ran.out


def test_the_method_is_in_words_of_ours(folder: Path) -> None:
    """How an interval was made is told in words that are known; any other text is not."""
    before = judged(folder).json["gates"]
    assert all(gate["method"] for gate in before)
    edit(folder, entry(method="Clopper-Pearson intervals of Jane Roe, 95 %"))
    after = judged(folder)
    assert "Jane" not in after.out
    assert after.json["gates"][0]["method"] == ""
    assert after.json["gates"][1] == before[1]


SPOKEN: list[tuple[str, dict[str, Any]]] = [
    *((key, {}) for key in names.keys("fairness") if key.rpartition(".")[2] in {"difference", "ratio", "min"}),
    *(("tpr.difference", keys) for keys in ({"cluster": "home"}, {"weights": "weight"}, {"decide": "point"}, {"resamples": 99})),
    *(("auc.min", keys) for keys in ({"cluster": "home"}, {"weights": "weight"})),
]


@pytest.mark.parametrize(("metric", "keys"), SPOKEN, ids=lambda each: each if isinstance(each, str) else "-".join(each))
def test_every_method_of_ours_is_told(tmp_path: Path, metric: str, keys: dict[str, Any]) -> None:
    """What evidence says of how its intervals were made is what the rows would say, for every metric."""
    random = np.random.default_rng()
    lines = ["ancestry,y_true,y_pred,score,days,home,weight\n"]
    for ancestry in ("AFR", "EUR", "EAS"):
        score = random.uniform(0.05, 0.95, 150)
        truth = (random.random(150) < score).astype(int)
        lines += [
            f"{ancestry},{one},{int(number > 0.5)},{number:.6f},{random.integers(1, 900)},h{at // 2},{1 + at % 3}\n"
            for at, (one, number) in enumerate(zip(truth, score, strict=True))
        ]
    bound = ">= 0" if metric.endswith((".min", ".ratio")) else "<= 1"
    said = fairness({metric: bound}, time="days", **keys)
    write(tmp_path, {POLICY: said, ROWS: "".join(lines)})
    recorded(tmp_path)
    told = only(judged(tmp_path))
    (tmp_path / ROWS).unlink()
    assert told["method"]
    assert only(judged(tmp_path))["method"] == told["method"]


SPOKEN_OF_ATTACKS: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"auc": "<= 0.6", "advantage": "<= 0.9"}, {"groups": ["site"]}),
    ({"tpr@fpr=0.05": "<= 0.6"}, {"match_on": ["site"], "seed": 123456}),
    ({"epsilon-lower": "<= 0.5"}, {"audit": "one-run", "delta": 1e-5}),
]


@pytest.mark.parametrize(("bounds", "keys"), SPOKEN_OF_ATTACKS, ids=lambda each: next(iter(each)))
def test_every_method_of_attacks_is_told(tmp_path: Path, bounds: dict[str, str], keys: dict[str, Any]) -> None:
    """As above, for what attacks and audits say."""
    write(tmp_path, {POLICY: membership(bounds, **keys), "mia.csv": scores(400, 400, site=["A", "B"])})
    recorded(tmp_path)
    told = [gate["method"] for gate in judged(tmp_path).json["gates"]]
    (tmp_path / "mia.csv").unlink()
    assert all(told)
    assert [gate["method"] for gate in judged(tmp_path).json["gates"]] == told


FORGED: Mapping[str, tuple[Edit, str]] = {
    "no groups, no number": (entry(groups=[], n=None), "error"),
    "a declared group is gone": (lambda found: found["metrics"][0]["groups"].pop(), "error"),
    "a group twice": (group(group="EUR"), "error"),
    "an undefined group that counts as judged": (group(verdict="undefined", n=0, value=None, interval=None), "error"),
    "a group that is too small and counts as judged": (group(n=19), "error"),
    "more groups unjudged than there are": (entry(unjudged=3), "error"),
    "held back when it was computed": (entry(verdict="inconclusive"), "inconclusive"),
    "failed when it was computed, with a figure that keeps the bound": (entry(verdict="fail"), "error"),
    "a confidence of five": (entry(confidence=5), "inconclusive"),
    "a confidence of one": (entry(confidence=1), "inconclusive"),
    "a masked number without a masked group": (entry(n=None), "error"),
    "a value that no rate can have": (entry(value=-0.2, interval=[-0.3, -0.1]), "error"),
    "a bound that nothing was judged by": (lambda found: found["terms"]["bounds"].pop("fpr.max"), "error"),
    "a bound that is none": (lambda found: found["terms"]["bounds"].update({"fpr.max": "< 5"}), "error"),
}


@pytest.mark.parametrize("name", sorted(FORGED))
def test_evidence_that_contradicts_itself(folder: Path, name: str) -> None:
    """What no run of ours writes does not pass."""
    change, verdict = FORGED[name]
    edit(folder, change)
    ran = judged(folder)
    assert gates(ran)["fpr.max"][0] == verdict, ran.json["gates"][0]["message"]


def test_no_width(folder: Path) -> None:
    """An interval without width tells no uncertainty; a count of a whole release has none, and passes."""

    def change(found: dict[str, Any]) -> None:
        value = found["metrics"][0]["value"]
        found["metrics"][0]["interval"] = [value, value]

    edit(folder, change)
    ran = judged(folder)
    assert gates(ran)["fpr.max"][0] == "inconclusive"
    assert "without width" in ran.json["gates"][0]["message"]


def test_masked_groups_pass_as_from_rows(tmp_path: Path) -> None:
    """Evidence with groups that are really masked is taken, with the verdict that the rows have."""
    few = {**GOOD, "EAS": (900, 50, 1, 7), "AMR": (900, 50, 17, 323)}
    for bound in ("<= 0.5", "<= 0.05"):
        write(tmp_path, {POLICY: fairness({"fpr.max": bound, "tpr.min": ">= 0.2"}), ROWS: rows(few)})
        document = recorded(tmp_path)
        assert document["metrics"][0]["value"] is not None
        assert any(each["n"] is None for each in document["metrics"][0]["groups"])
        first = gates(judged(tmp_path))
        (tmp_path / ROWS).unlink()
        assert gates(judged(tmp_path)) == first


def _lone(metric: str, **values: Any) -> dict[str, Any]:
    """Return an entry of an audit whose limit has one end."""
    figure = {"metric": metric, "value": 1.0, "interval": None, "confidence": 0.95, "n": 500, "verdict": "pass"}
    return figure | {"groups": [], "unjudged": 0, "method": "", "needed": None} | values


LONE: list[tuple[str, str, dict[str, Any], dict[str, Any], str]] = [
    ("epsilon-lower", "<= 8", {"value": 50, "n": 1, "unjudged": 3, "confidence": 0.5}, {}, "error"),
    ("epsilon-lower", "<= 8", {"value": 50}, {}, "error"),
    ("epsilon-lower", "<= 2", {"value": 3, "verdict": "fail"}, {}, "fail"),
    ("epsilon-lower", "<= 2", {"value": 1}, {}, "pass"),
    ("epsilon-lower", "<= 2", {"value": 1, "verdict": "inconclusive"}, {}, "inconclusive"),
    ("epsilon-lower", "<= 2", {"value": 1, "confidence": 0.5}, {}, "inconclusive"),
    ("epsilon-lower", "<= 2", {"value": 1, "unjudged": 3}, {}, "error"),
    ("epsilon-lower", "<= 2", {"value": 0.5, "n": 19}, {}, "inconclusive"),
    ("epsilon-lower", "<= 8", {"value": 1}, {}, "inconclusive"),  # 500 right guesses could not break it
    ("epsilon-lower", "<= 2", {"value": 1}, {"min_attack": {"attack": "rmia", "references": 64}}, "inconclusive"),
    ("exposure", "<= 8", {"value": math.log2(500)}, {}, "error"),
    ("exposure", "<= 12", {"value": math.log2(500)}, {}, "inconclusive"),  # a limit with no upper end keeps no such bound
    ("exposure", "<= 12", {"value": 3.0}, {}, "inconclusive"),
    ("exposure", "<= 8", {"value": math.log2(500), "verdict": "fail"}, {}, "inconclusive"),
    ("exposure", "<= 2", {"value": math.log2(500), "verdict": "fail"}, {}, "fail"),
]


@pytest.mark.parametrize("case", LONE, ids=lambda case: f"{case[0]} {case[1]} {case[4]}")
def test_limits_with_one_end(tmp_path: Path, case: tuple[str, str, dict[str, Any], dict[str, Any], str]) -> None:
    """The figure is held against the bound; the word in the file never passes by itself."""
    metric, bound, values, keys, verdict = case
    if metric == "epsilon-lower":
        said = membership({metric: bound}, audit="one-run", delta=1e-5, **keys)
    else:
        said = membership({metric: bound}, scores=None, higher_is=None, references="r.csv", canary=3.5, **keys)
    write(tmp_path, {POLICY: said, "mia.csv": scores(300, 300), "r.csv": "score\n" + "".join(f"{at}\n" for at in range(500))})
    document = recorded(tmp_path)
    for name in ("mia.csv", "r.csv"):
        (tmp_path / name).unlink()
    document["metrics"] = [_lone(metric, **values)]
    write(tmp_path, {ATTACK: json.dumps(document)})
    assert only(judged(tmp_path))["verdict"] == verdict, only(judged(tmp_path))["message"]


def test_limits_of_audits_are_those_of_the_rows(tmp_path: Path) -> None:
    """An audit from scores has the same verdict without them, whatever the bound."""
    for shift in (0.0, 3.0):
        bands = [{"pass": "<= 0.5", "recalibrate": f"<= {outer}"} for outer in (1, 9)]
        for bound in ("<= 0.5", "<= 2", "<= 30", ">= 0", *bands):
            said = membership({"epsilon-lower": bound}, audit="one-run", delta=1e-5)
            write(tmp_path, {POLICY: said, "mia.csv": scores(600, 600, shift)})
            recorded(tmp_path)
            first = only(judged(tmp_path))
            (tmp_path / "mia.csv").unlink()
            second = only(judged(tmp_path))
            for key in ("verdict", "value", "band", "outcome"):
                assert second[key] == first[key], (shift, bound, second["message"])


def _pointer(weights: bytes) -> bytes:
    return b"outs:\n- md5: %b\n  size: %d\n  hash: md5\n  path: m.bin\n" % (
        hashlib.md5(weights, usedforsecurity=False).hexdigest().encode(),
        len(weights),
    )


def test_a_model_that_is_not_here(tmp_path: Path) -> None:
    """Evidence that is bound to a model does not pass where neither that nor a pointer to it is here; a pointer to it will do."""
    weights, other = samples.binary(), samples.binary()
    write(tmp_path, {POLICY: fairness(model="m.bin"), ROWS: rows(GOOD), "m.bin": weights})
    recorded(tmp_path)
    (tmp_path / ROWS).unlink()
    assert only(judged(tmp_path))["verdict"] == "pass"
    (tmp_path / "m.bin").unlink()
    gone = only(judged(tmp_path))
    assert gone["verdict"] == "inconclusive"
    assert "the model is not here" in gone["message"]
    for name in ("m.bin.dvc", "dvc.lock"):
        for content, verdict in ((weights, "pass"), (other, "refused")):
            text = _pointer(content)
            if name == "dvc.lock":
                text = b"schema: '2.0'\nstages:\n  train:\n    cmd: train\n    " + text.replace(b"\n", b"\n    ")
            write(tmp_path, {name: text})
            told = only(judged(tmp_path))
            assert told["verdict"] == verdict, (name, told["message"])
        (tmp_path / name).unlink()
    write(tmp_path, {"m.bin.dvc": _pointer(weights)})
    edit(tmp_path, lambda found: found.pop("model-md5"))
    told = only(judged(tmp_path))
    assert (told["verdict"], "DVC" in told["message"]) == ("inconclusive", True)


def test_a_model_with_another_pointer(tmp_path: Path) -> None:
    """A pointer of DVC that names another content than the file beside it belongs to another model."""
    write(tmp_path, {POLICY: fairness(model="m.bin"), ROWS: rows(GOOD), "m.bin": samples.binary()})
    recorded(tmp_path)
    write(tmp_path, {"m.bin.dvc": _pointer(samples.binary())})
    for _there in range(2):
        assert only(judged(tmp_path))["verdict"] == "refused"
        (tmp_path / ROWS).unlink(missing_ok=True)


def test_a_staged_pointer_of_dvc(tmp_path: Path) -> None:
    """A commit of a pointer of DVC asks for the gate whose model it names, wherever above the model it lies."""
    weights = samples.binary()
    repo = Repo(tmp_path / "repo")
    repo.add(".gitignore", f"{ROWS}\n/models/m.bin\n".encode())
    repo.write(ROWS, rows(GOOD).encode())
    repo.write("models/m.bin", weights)
    repo.add("models/m.bin.dvc", _pointer(weights))
    repo.commit(POLICY, fairness(model="models/m.bin").encode())
    recorded(repo.root)
    repo.commit(FILE, (repo.root / FILE).read_bytes())
    assert only(scan(cwd=repo.root))["verdict"] == "pass"
    for name, text in (
        ("models/m.bin.dvc", _pointer(samples.binary())),
        ("dvc.lock", b"stages:\n  a:\n    outs:\n    - path: models/m.bin\n      md5: " + b"0" * 32 + b"\n"),
    ):
        repo.add("models/m.bin.dvc", b"outs: []\n" if name == "dvc.lock" else text)
        repo.add(name, text)
        assert gates(scan("--staged", cwd=repo.root)) == {DIFFERENCE: ("refused", "warn")}, name
        repo.git("reset", "-q", "--hard")


def _drifting(tmp_path: Path) -> Repo:
    """Return a repository whose counts are held against earlier evidence, with nothing moved; its last commit is tagged."""
    repo = Repo(tmp_path / "repo")
    write(repo.root, {POLICY: fairness(counts=True), CELLS: cells(GOOD)})
    recorded(repo.root)
    (repo.root / FILE).rename(repo.root / "earlier.json")
    repo.add("earlier.json", (repo.root / "earlier.json").read_bytes())
    repo.add(CELLS, cells(GOOD).encode())
    repo.commit(POLICY, fairness({"tpr.drift": "<= 0.05"}, counts=True, against="earlier.json").encode())
    repo.git("tag", "before")
    assert only(scan(cwd=repo.root))["verdict"] == "pass"
    return repo


def _worse(repo: Repo) -> bytes:
    """Make the counts worse; return earlier evidence with which they agree."""
    text = (repo.root / POLICY).read_text("utf-8")
    write(repo.root, {POLICY: fairness(counts=True), CELLS: cells({**GOOD, "AFR": (7000, 700, 1500, 1500)})})
    recorded(repo.root)
    made = (repo.root / FILE).read_bytes()
    (repo.root / FILE).unlink()
    write(repo.root, {POLICY: text})
    repo.add(CELLS, (repo.root / CELLS).read_bytes())
    return made


def test_a_change_cannot_rewrite_what_it_is_compared_with(tmp_path: Path) -> None:
    """Drift is held against the earlier evidence as it was: of the merge base in a range, of HEAD in the index."""
    repo = _drifting(tmp_path)
    made = _worse(repo)
    assert only(scan("--staged", cwd=repo.root))["verdict"] == "fail"
    repo.add("earlier.json", made)
    staged = only(scan("--staged", cwd=repo.root))
    assert (staged["verdict"], round(staged["value"], 6)) == ("fail", 0.4)
    assert "as it was before this change" in staged["message"]
    repo.commit()
    ranged = only(scan("--range", "before..HEAD", cwd=repo.root))
    assert (ranged["verdict"], round(ranged["value"], 6)) == ("fail", 0.4)
    assert only(scan(cwd=repo.root))["verdict"] == "pass"  # the state itself, with nothing that it changes


def test_a_policy_that_accepts_changes(tmp_path: Path) -> None:
    """Where the policy says that a range is judged by what it makes of the policy, it is so with what gates compare with."""
    repo = _drifting(tmp_path)
    text = fairness({"tpr.drift": "<= 0.05"}, counts=True, against="earlier.json", outer={"policy_changes": "accept"})
    repo.commit(POLICY, text.encode())
    repo.git("tag", "-f", "before")
    made = _worse(repo)
    repo.commit("earlier.json", made)
    assert only(scan("--range", "before..HEAD", cwd=repo.root))["verdict"] == "pass"


def test_the_first_earlier_evidence(tmp_path: Path) -> None:
    """Before which there was none, it is read as the change has it."""
    repo = Repo(tmp_path / "repo")
    write(repo.root, {POLICY: fairness(counts=True), CELLS: cells(GOOD)})
    recorded(repo.root)
    repo.commit("a.txt", b"plain\n")
    repo.add(CELLS, cells(GOOD).encode())
    repo.add("earlier.json", (repo.root / FILE).read_bytes())
    repo.add(POLICY, fairness({"tpr.drift": "<= 0.05"}, counts=True, against="earlier.json").encode())
    assert only(scan("--staged", cwd=repo.root))["verdict"] == "pass"


def test_drift_without_rows(tmp_path: Path) -> None:
    """Evidence of a drift is held against the earlier evidence anew: the figure in it is not taken from the file."""
    repo = Repo(tmp_path / "repo")
    repo.add(".gitignore", f"{ROWS}\n".encode())
    write(repo.root, {POLICY: fairness(), ROWS: rows(GOOD)})
    recorded(repo.root)
    repo.add("earlier.json", (repo.root / FILE).read_bytes())
    repo.commit(POLICY, fairness({"tpr.drift": "<= 0.05"}, against="earlier.json").encode())
    write(repo.root, {ROWS: rows({**GOOD, "AFR": (7000, 700, 1500, 1500)})})
    moved = recorded(repo.root)
    assert round(moved["metrics"][0]["value"], 6) == 0.4
    earlier = (repo.root / "earlier.json").read_bytes()
    repo.add(FILE, (repo.root / FILE).read_bytes())
    assert only(scan("--staged", cwd=repo.root))["verdict"] == "fail"
    now = json.loads(earlier)["metrics"][0]["groups"]
    moved["metrics"][0] |= {"value": 0.0, "interval": [0.0, 0.02], "verdict": "pass"}
    repo.add(FILE, json.dumps(moved).encode())
    told = only(scan("--staged", cwd=repo.root))
    assert (told["verdict"], round(told["value"], 6)) == ("fail", 0.4), now


def test_base_predictions_of_the_change_itself(tmp_path: Path) -> None:
    """What a change is paired with is read as it was before the change."""
    repo = Repo(tmp_path / "repo")
    bounds = {"tpr.change": ">= -0.02"}
    repo.add("base.csv", rows(GOOD).encode())
    repo.add(ROWS, rows(GOOD).encode())
    repo.commit(POLICY, fairness(bounds, base="base.csv").encode())
    repo.git("tag", "before")
    worse = rows(GOOD).replace("AFR,1,1", "AFR,1,0", 1500)
    repo.add(ROWS, worse.encode())
    repo.add("base.csv", worse.encode())
    assert only(scan("--staged", cwd=repo.root))["verdict"] == "fail"
    repo.commit()
    assert only(scan("--range", "before..HEAD", cwd=repo.root))["verdict"] == "fail"
    assert only(scan(cwd=repo.root))["verdict"] == "pass"


def test_a_metric_of_mlflow_is_judged_where_it_changes(tmp_path: Path) -> None:
    """A file below a folder that a gate names belongs to the gate."""
    repo = Repo(tmp_path / "repo")
    text = policy(fairness={"triage": {"value": "mlruns/0/abc#/metrics/tpr", "decide": "point", "bounds": {"tpr.min": ">= 0.7"}}})
    repo.add("mlruns/0/abc/metrics/tpr", b"1 0.9 0\n")
    repo.commit(POLICY, text.encode())
    repo.add("mlruns/0/abc/metrics/tpr", b"1 0.1 0\n")
    assert only(scan("--staged", cwd=repo.root))["verdict"] == "fail"


@pytest.mark.parametrize("name", ["m.bin", FILE])
def test_what_a_commit_takes_away(tmp_path: Path, name: str) -> None:
    """A commit that removes the model or the evidence asks for the gate."""
    repo = Repo(tmp_path / "repo")
    repo.add(".gitignore", f"{ROWS}\n".encode())
    repo.add("m.bin", b"weights")
    repo.write(ROWS, rows(BAD).encode())
    repo.commit(POLICY, fairness({"fpr.max": "<= 0.5"}, model="m.bin").encode())
    recorded(repo.root)
    repo.commit(FILE, (repo.root / FILE).read_bytes())
    repo.git("tag", "before")
    repo.git("rm", "-q", "--cached", name)
    wanted = "inconclusive" if name == "m.bin" else "error"
    assert only(scan("--staged", cwd=repo.root))["verdict"] == wanted
    repo.commit()
    assert only(scan("--range", "before..HEAD", cwd=repo.root))["verdict"] == wanted


def test_a_table_is_not_judged_by_evidence(tmp_path: Path) -> None:
    """A release's table that is missing is an error, whatever an evidence file says of it."""
    said = {
        "table": "t.tsv",
        "n": 800,
        "synthetic": "s.npz",
        "training": "t.npz",
        "bounds": {"power": "<= 0.5", "duplicates": "<= 0.2"},
    }
    write(tmp_path, {POLICY: policy(release={"made": said})})
    each = {"interval": [0.01, 0.1], "confidence": 0.95, "n": 800, "groups": [], "unjudged": 0, "method": "", "needed": None}
    terms = dict.fromkeys(("n-ref", "match-on", "higher-is", "mismatch", "related", "error-rate"))
    document: dict[str, Any] = {"schema": "genomic-guard/evidence/1", "kind": "release", "gate": "made"}
    document |= {"project": "", "model": None}
    document |= {
        "terms": terms | {"confidence": 0.95, "small-cell": 10, "bounds": said["bounds"]},
        "metrics": [{"metric": name, "value": 0.05, "verdict": "pass", **each} for name in ("duplicates", "power")],
    }
    write(tmp_path, {".genomic-guard/evidence/release/made.json": json.dumps(document)})
    found = {name: verdict for name, (verdict, _outcome) in gates(judged(tmp_path)).items()}
    assert found == {"duplicates": "pass", "power": "error"}
