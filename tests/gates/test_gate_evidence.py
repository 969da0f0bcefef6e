"""Evidence files: what a hook judges, what a scan holds against the rows, and what is no evidence."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import numpy as np
import pytest
from _gate import (
    BAD,
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

from pytest_genomic_guard.gates import evidence
from pytest_genomic_guard.gates.verdicts import Judging
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.sources.worktree import Directory
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

FILE = ".genomic-guard/evidence/fairness/triage.json"
HERE_NOT = "from the committed evidence; the rows are not here"
BOUNDS = {DIFFERENCE: "<= 0.10", "auc.min": ">= 0.5"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a gate that passes, its rows and its evidence."""
    made = write(tmp_path / "w", {POLICY: fairness(BOUNDS), ROWS: rows(GOOD)})
    recorded(made)
    return made


def test_the_file(folder: Path) -> None:
    """It fits its schema, is the same when it is written again, holds the terms and no digest of rows."""
    text = (folder / FILE).read_text("utf-8")
    document = json.loads(text)
    schema = json.loads((files("pytest_genomic_guard.schemas") / "evidence-1.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    recorded(folder)
    assert (folder / FILE).read_text("utf-8") == text
    assert document["terms"]["bounds"] == BOUNDS
    assert hashlib.sha256((folder / ROWS).read_bytes()).hexdigest() not in text
    assert text == json.dumps(document, indent=2, sort_keys=True) + "\n"


def test_with_rows_and_without(folder: Path) -> None:
    """The same verdicts with the rows as from the evidence alone, which says so."""
    found = judged(folder)
    assert set(gates(found).values()) == {("pass", "pass")}
    assert {gate["source"] for gate in found.json["gates"]} == {"rows"}
    (folder / ROWS).unlink()
    alone = judged(folder)
    assert gates(alone) == gates(found)
    for gate, other in zip(alone.json["gates"], found.json["gates"], strict=True):
        assert gate["source"] == "evidence"
        assert HERE_NOT in gate["message"]
        assert (gate["value"], gate["interval"], gate["n"], gate["groups"]) == (
            other["value"],
            other["interval"],
            other["n"],
            other["groups"],
        )


@pytest.mark.parametrize("decide", ["fail-if-proven", "pass-if-proven", "point"])
def test_every_verdict_is_that_of_the_rows(tmp_path: Path, decide: str) -> None:
    """Whatever the rows say, and the bound, their evidence says the same."""
    small = {"AFR": (70, 7, 12, 18), "EUR": (140, 14, 12, 48)}
    thin = {**GOOD, "EAS": (900, 90, 3, 16)}
    for data in (dict(BAD), dict(GOOD), small, thin, {"EUR": (100, 10, 50, 50)}):
        for bound in ("<= 0.10", {"pass": "<= 0.05", "recalibrate": "<= 0.50"}):
            write(tmp_path, {POLICY: fairness({DIFFERENCE: bound}, decide=decide), ROWS: rows(data)})
            recorded(tmp_path)
            first = judged(tmp_path)
            (tmp_path / ROWS).unlink()
            second = judged(tmp_path)
            keys = ("verdict", "outcome", "band", "value")
            assert [only(first)[key] for key in keys] == [only(second)[key] for key in keys], (data, bound)
            assert first.code == second.code


def test_a_stricter_bound_is_judged_by_the_interval(folder: Path) -> None:
    """The evidence is held against the bounds that the policy has now."""
    (folder / ROWS).unlink()
    assert gates(judged(folder, policy=fairness({DIFFERENCE: "<= 0.0001"})))[DIFFERENCE][0] == "inconclusive"
    assert gates(judged(folder, policy=fairness({DIFFERENCE: ">= 0.5"})))[DIFFERENCE][0] == "fail"


OTHER_TERMS: list[dict[str, Any]] = [
    {"min_denominator": 25},
    {"confidence": 0.99},
    {"reference": "rest"},
    {"declared": {"ancestry": ["AFR", "EUR"]}},
    {"groups": ["sex"]},
]


@pytest.mark.parametrize("keys", OTHER_TERMS, ids=lambda keys: next(iter(keys)))
def test_another_policy(folder: Path, keys: dict[str, Any]) -> None:
    """Evidence that was computed under other terms decides nothing; where the rows are there, it disagrees with them."""
    ran = judged(folder, policy=fairness(BOUNDS, **keys))
    wanted = "error" if "groups" in keys else "fail"
    assert {verdict for verdict, _outcome in gates(ran).values()} == {wanted}
    (folder / ROWS).unlink()
    assert {verdict for verdict, _outcome in gates(judged(folder)).values()} == {"inconclusive"}


def test_rows_that_disagree(folder: Path) -> None:
    """Rows that changed since the evidence was written fail the gate, and the message names both figures."""
    write(folder, {ROWS: rows(BAD)})
    ran = judged(folder)
    gate = ran.json["gates"][0]
    assert (gate["verdict"], ran.code) == ("fail", 1)
    assert "the committed evidence disagrees with the rows: its figure is 0, and that of the rows 0.3" in gate["message"]
    better = {group: (a * 2, b * 2, c * 2, d * 2) for group, (a, b, c, d) in GOOD.items()}
    write(folder, {ROWS: rows(better)})
    assert gates(judged(folder))[DIFFERENCE] == ("fail", "fail")  # kept all the same, and of other people


def test_a_bound_that_the_evidence_lacks(folder: Path) -> None:
    """A new bound has no figure yet: stale beside rows, an error without."""
    text = fairness(BOUNDS | {"ppv.min": ">= 0.5"})
    assert gates(judged(folder, policy=text))["ppv.min"] == ("fail", "fail")
    (folder / ROWS).unlink()
    ran = judged(folder)
    assert (gates(ran)["ppv.min"], ran.code) == (("error", "fail"), 3)


def _edit(folder: Path, change: Any) -> None:
    document = json.loads((folder / FILE).read_text("utf-8"))
    change(document)
    (folder / FILE).write_text(json.dumps(document), "utf-8")


def _set(at: tuple[Any, ...], value: Any) -> Any:
    def change(document: Any) -> None:
        for step in at[:-1]:
            document = document[step]
        if value is KeyError:
            del document[at[-1]]
        else:
            document[at[-1]] = value

    return change


DAMAGED = {
    "another schema": _set(("schema",), "genomic-guard/evidence/2"),
    "another kind": _set(("kind",), "mia"),
    "another gate": _set(("gate",), "other"),
    "another project": _set(("project",), "a"),
    "a key less": _set(("terms",), KeyError),
    "a key more": _set(("more",), 1),
    "no terms": _set(("terms",), []),
    "no list": _set(("metrics",), {}),
    "a metric without its verdict": _set(("metrics", 0, "verdict"), KeyError),
    "an unknown verdict": _set(("metrics", 0, "verdict"), "fine"),
    "a value as text": _set(("metrics", 0, "value"), "0"),
    "a value that is true": _set(("metrics", 0, "value"), value=True),
    "an interval beside the value": _set(("metrics", 0, "interval"), [0.2, 0.3]),
    "an interval of one": _set(("metrics", 0, "interval"), [0.0]),
    "an interval without a value": _set(("metrics", 0, "value"), None),
    "an n below nothing": _set(("metrics", 0, "n"), -1),
    "an n that nobody counts": _set(("metrics", 0, "n"), 10**400),
    "a term of no policy": _set(("terms", "Jane"), "Roe"),
    "a digest that is none": _set(("model",), "Jane"),
    "groups that are none": _set(("metrics", 0, "groups"), [1]),
    "a group with a line break": _set(("metrics", 0, "groups", 0, "group"), "a\nb"),
    "a group's interval beside its value": _set(("metrics", 0, "groups", 0, "interval"), [0.0, 0.1]),
    "a long method": _set(("metrics", 0, "method"), "x" * 5000),
    "a count of groups that is true": _set(("metrics", 0, "unjudged"), value=True),
}


@pytest.mark.parametrize("name", sorted(DAMAGED))
def test_what_is_no_evidence(folder: Path, name: str) -> None:
    """A file that is not of its form decides nothing: an error without rows, a failure beside them; nothing of it is quoted."""
    _edit(folder, DAMAGED[name])
    assert set(gates(judged(folder)).values()) == {("fail", "fail")}
    (folder / ROWS).unlink()
    ran = judged(folder)
    assert (set(gates(ran).values()), ran.code) == ({("error", "fail")}, 3)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"schema": NaN}', '{"a": 1, "a": 2}', "\xff"])
def test_any_other_file(folder: Path, text: str) -> None:
    """What is no JSON object of ours is no evidence."""
    (folder / ROWS).unlink()
    write(folder, {FILE: text.encode("latin-1")})
    ran = judged(folder)
    assert (set(gates(ran).values()), ran.code) == ({("error", "fail")}, 3)


THIN = {
    "no interval": (_set(("metrics", 0, "interval"), None), "point only"),
    "a low confidence": (_set(("metrics", 0, "confidence"), 0.9), "confidence must be stated and at least 0.95"),
    "no confidence": (_set(("metrics", 0, "confidence"), None), "confidence must be stated and at least 0.95"),
    "few": (_set(("metrics", 0, "n"), 19), "n must be at least 20"),
    "no value": (lambda found: found["metrics"][0].update(value=None, interval=None), "the figure is withheld"),
}


@pytest.mark.parametrize("name", sorted(THIN))
def test_thin_evidence(folder: Path, name: str) -> None:
    """What a figure lacks keeps it from passing, as it would in any other file."""
    change, told = THIN[name]
    _edit(folder, change)
    (folder / ROWS).unlink()
    (gate,) = [each for each in judged(folder).json["gates"] if each["metric"] == "auc.min"]  # the first by name, as in the file
    assert gate["verdict"] == "inconclusive"
    assert told in gate["message"]


def test_model_digest(tmp_path: Path) -> None:
    """Evidence is bound to the model: the file itself, or the object that a pointer of git-lfs names."""
    weights, other = samples.binary(), samples.binary()
    pointers = {
        data: b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize %d\n"
        % (hashlib.sha256(data).hexdigest().encode(), len(data))
        for data in (weights, other)
    }
    write(tmp_path, {POLICY: fairness(model="m.bin"), ROWS: rows(GOOD), "m.bin": weights})
    assert recorded(tmp_path)["model"] == hashlib.sha256(weights).hexdigest()
    for rows_there in (True, False):
        if not rows_there:
            (tmp_path / ROWS).unlink()
        for content, verdict in ((weights, "pass"), (pointers[weights], "pass"), (other, "refused"), (pointers[other], "refused")):
            write(tmp_path, {"m.bin": content})
            gate = only(judged(tmp_path))
            assert gate["verdict"] == verdict, (rows_there, verdict)
            if verdict == "refused":
                assert gate["message"] == "the model is not the one that the evidence was computed for: compute it anew"
    (tmp_path / "m.bin").unlink()
    assert only(judged(tmp_path))["verdict"] == "inconclusive"  # it is kept elsewhere, and nothing says where
    _edit(tmp_path, lambda found: found.update(model=None) or found.pop("model-md5"))
    assert only(judged(tmp_path))["verdict"] == "refused"


def test_projects_have_their_own(tmp_path: Path) -> None:
    """The evidence of a project's gate lies below the project's root, inside the folder of its kind."""
    text = policy(projects=[{"root": "a/b", "fairness": {"triage": json.loads(fairness())["fairness"]["triage"]}}])
    write(tmp_path, {POLICY: text, f"a/b/{ROWS}": rows(GOOD)})
    assert recorded(tmp_path)["project"] == "a/b"
    assert (tmp_path / ".genomic-guard/evidence/fairness/a/b/triage.json").is_file()
    (tmp_path / f"a/b/{ROWS}").unlink()
    assert only(judged(tmp_path))["verdict"] == "pass"


def test_hook_and_scan(tmp_path: Path) -> None:
    """A hook judges the committed evidence; a commit of the evidence, of the model or of the policy asks for the gate."""
    repo = Repo(tmp_path / "repo")
    repo.add(".gitignore", f"{ROWS}\n".encode())
    repo.add("m.bin", b"weights")
    repo.write(ROWS, rows(GOOD).encode())
    repo.commit(POLICY, fairness(model="m.bin").encode())
    recorded(repo.root)
    repo.add(FILE, (repo.root / FILE).read_bytes())
    assert gates(scan("--staged", cwd=repo.root)) == {DIFFERENCE: ("pass", "pass")}
    repo.commit()
    repo.add("a.txt", b"plain\n")
    assert scan("--staged", cwd=repo.root).json["gates"] == []
    repo.add("m.bin", b"other weights")
    ran = scan("--staged", cwd=repo.root)
    assert (gates(ran)[DIFFERENCE][0], only(ran)["source"]) == ("refused", "")
    repo.git("reset", "-q", "--hard")
    repo.write(ROWS, rows(BAD).encode())
    repo.add(POLICY, fairness({DIFFERENCE: "<= 0.05"}, model="m.bin").encode())
    staged = only(scan("--staged", cwd=repo.root))
    assert (staged["verdict"], staged["source"]) == ("pass", "evidence")  # the index knows nothing of rows that git ignores
    assert only(scan(cwd=repo.root))["verdict"] == "fail"  # and the scan does


def test_evidence_needs_no_numpy(folder: Path) -> None:
    """To judge evidence, or a policy without gates, nothing heavy is imported."""
    (folder / ROWS).unlink()
    program = (
        "import sys\nfrom pytest_genomic_guard.cli.main import main\n"
        f"code = main(['scan', '--format', 'json', {str(folder)!r}])\n"
        "print([name for name in ('numpy', 'pandas', 'scipy', 'pyarrow') if name in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False)
    assert done.stderr.decode().strip().splitlines()[-1] == "[] 0"
    assert {gate["source"] for gate in json.loads(done.stdout)["gates"]} == {"evidence"}


def test_drift(tmp_path: Path) -> None:
    """A group whose figure moved since the earlier evidence is told; one that is as it was passes."""
    write(tmp_path, {POLICY: fairness(), ROWS: rows(GOOD)})
    recorded(tmp_path)
    write(tmp_path, {"earlier.json": (tmp_path / FILE).read_text("utf-8")})
    (tmp_path / FILE).unlink()
    text = fairness({"tpr.drift": "<= 0.05"}, against="earlier.json")
    assert only(judged(tmp_path, policy=text))["verdict"] == "pass"
    write(tmp_path, {ROWS: rows({**GOOD, "AFR": (7000, 700, 900, 2100)})})
    moved = only(judged(tmp_path, policy=text))
    assert (moved["verdict"], round(moved["value"], 6)) == ("fail", 0.2)
    write(tmp_path, {"earlier.json": "{}"})
    assert only(judged(tmp_path, policy=text))["verdict"] == "error"


def test_counts_in_the_index_are_judged(tmp_path: Path) -> None:
    """Counts hold no row of anybody: committed, they are judged from the index."""
    repo = Repo(tmp_path / "repo")
    repo.add("cells.csv", cells(BAD).encode())
    repo.add(POLICY, fairness(counts=True).encode())
    ran = scan("--staged", cwd=repo.root)
    assert (only(ran)["verdict"], only(ran)["source"]) == ("fail", "counts")


def test_evidence_of_an_attack(tmp_path: Path) -> None:
    """Figures of an attack are judged from evidence as well, and its strength is part of it."""
    write(tmp_path, {POLICY: membership(), "mia.csv": scores(2000, 2000)})
    recorded(tmp_path)
    (tmp_path / "mia.csv").unlink()
    assert only(judged(tmp_path))["verdict"] == "pass"
    ran = only(judged(tmp_path, policy=membership(min_attack={"attack": "lira", "references": 16})))
    assert (ran["verdict"], ran["outcome"]) == ("inconclusive", "fail")
    assert "min-attack" in ran["message"]


def test_evidence_of_a_release(tmp_path: Path) -> None:
    """What genotypes told of a release is judged from evidence where they are not, and must agree where they are."""
    random = np.random.default_rng()
    for name in ("synthetic", "training"):
        out = io.BytesIO()
        np.savez(out, genotypes=random.binomial(2, 0.3, (60, 400)).astype(np.int8))
        write(tmp_path, {f"{name}.npz": out.getvalue()})
    keys = {"synthetic": "synthetic.npz", "training": "training.npz", "bounds": {"duplicates": "<= 0.2"}}
    ran = judged(tmp_path, policy=policy(release={"made": keys}))
    assert only(ran)["verdict"] == "pass"
    (gate,) = load((tmp_path / POLICY).read_bytes(), POLICY.encode()).policy.gates
    found = Judging(Directory(os.fsencode(tmp_path)), gate, 10, "fail").verdicts()
    text = evidence.dumps(evidence.document(gate, evidence.Computed(verdicts=found, shown=found), 10))
    write(tmp_path, {".genomic-guard/evidence/release/made.json": text})
    there = only(judged(tmp_path))
    assert there["verdict"] == "pass"
    for name in ("synthetic", "training"):
        (tmp_path / f"{name}.npz").unlink()
    alone = only(judged(tmp_path))
    assert (alone["verdict"], alone["source"], alone["method"]) == ("pass", "evidence", there["method"])
    assert HERE_NOT in alone["message"]
    (tmp_path / ".genomic-guard/evidence/release/made.json").unlink()
    assert (only(judged(tmp_path))["verdict"], judged(tmp_path).code) == ("error", 3)
