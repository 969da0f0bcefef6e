"""Gates where only a part of a repository is judged, and evidence of any make: a pass is always earned."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from _gates import DIFFERENCE, evidence, fair, figure, only
from _policy import POLICY, Repo, guard, hook, inside, judged, scan, write
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

GOOD, BAD = figure(), figure(0.3, 0.2, 0.4)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository with a gate and evidence that keeps it, both committed."""
    repo = Repo(tmp_path / "repo")
    repo.add("m.json", evidence(GOOD).encode())
    repo.commit(POLICY, fair().encode())
    return repo


def test_only_what_is_staged_is_judged(repo: Repo) -> None:
    """A commit that touches neither evidence nor policy asks for no gate; one that touches either does."""
    repo.add("a.txt", b"plain\n")
    assert scan("--staged", cwd=repo.root).json["gates"] == []
    repo.add("m.json", evidence(BAD).encode())
    assert only(scan("--staged", cwd=repo.root)) == ("fail", "fail", 1)
    assert hook("everything", "m.json", cwd=repo.root).code == 1
    assert hook("everything", "a.txt", cwd=repo.root).code == 0
    repo.git("reset", "-q", "--hard")
    repo.add(POLICY, fair({DIFFERENCE: "<= 0.001"}).encode())
    assert only(scan("--staged", cwd=repo.root)) == ("fail", "fail", 1)
    assert hook("everything", POLICY, cwd=repo.root).code == 1


def test_staged_evidence_counts(repo: Repo) -> None:
    """The index is judged: figures that were mended in the work tree alone help nobody."""
    repo.add("m.json", evidence(BAD).encode())
    repo.write("m.json", evidence(GOOD).encode())
    assert only(scan("--staged", cwd=repo.root)) == ("fail", "fail", 1)
    assert only(scan(cwd=repo.root)) == ("pass", "pass", 0)
    ran = hook("everything", "m.json", cwd=repo.root)
    assert ran.code == 1
    assert "gate fairness triage: tpr.difference <= 0.10: fail\n" in ran.out


def test_evidence_that_leaves(repo: Repo) -> None:
    """A commit that takes the evidence away while the gate stays fails a whole scan, with the status of what is missing."""
    repo.git("rm", "-q", "m.json")
    repo.commit()
    assert only(scan(cwd=repo.root)) == ("error", "fail", 3)


def test_a_hook_of_another_family_judges_no_gate(repo: Repo) -> None:
    """The genomic hook leaves gates to the hook that has all families."""
    repo.add("m.json", evidence(BAD).encode())
    assert hook("genomic", "m.json", cwd=repo.root).code == 0
    assert scan("--select", "GEN", cwd=repo.root).json["gates"] == []


def test_named_file(repo: Repo) -> None:
    """A scan of other files asks for no gate, one of the evidence does."""
    repo.add("a.txt", b"plain\n")
    repo.add("m.json", evidence(BAD).encode())
    assert scan("a.txt", cwd=repo.root).json["gates"] == []
    assert only(scan("m.json", cwd=repo.root)) == ("fail", "fail", 1)


def test_people_and_gate(tmp_path: Path) -> None:
    """An error of a gate does not hide a finding, nor a finding the gate: both are told, and the finding decides."""
    folder = write(tmp_path / "w", {POLICY: fair(), "x.gz": b"\x1f\x8b\x08\0"})
    ran = guard("scan", cwd=folder)
    assert (ran.code, "RUN101" in ran.out, "gate fairness triage" in ran.out) == (3, True, True)
    write(folder, {"m.json": evidence(BAD)})
    assert scan(cwd=folder).code == 1


# numbers that a program may write, and what it should not
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.floats(),
    st.sampled_from([0.0, 0.04, 0.1, 0.5, 1, 20, 900, -1, 10**400, None, True, False, "0.04", [], {}]),
)
MEASURES = st.fixed_dictionaries(
    {},
    optional={
        "value": VALUES,
        "n": VALUES,
        "interval": VALUES | st.lists(VALUES, max_size=3) | st.just([0.0, 0.07]),
        "confidence": VALUES | st.sampled_from([0.9, 0.95, 0.99]),
    },
)
NEAR = st.builds(
    figure,
    value=st.sampled_from([0.01, 0.05, 0.1, 0.2]),
    low=st.sampled_from([None, 0.0, 0.01, 0.1, 0.15]),
    high=st.sampled_from([0.01, 0.1, 0.1000001, 0.3]),
    n=st.sampled_from([None, 0, 19, 20, 900]),
    confidence=st.sampled_from([None, 0.9, 0.95, 1, 95]),
)


def _finite(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e308 and math.isfinite(value)


def _earned(found: Any) -> bool:
    """Tell whether a figure keeps ``<= 0.10``: every part of it stated, and the whole interval inside."""
    if not isinstance(found, dict) or not all(_finite(found.get(key)) for key in ("value", "n", "confidence")):
        return False
    interval = found.get("interval")
    if not isinstance(interval, list) or len(interval) != 2 or not all(_finite(end) for end in interval):
        return False
    people = isinstance(found["n"], int) and found["n"] >= 20
    possible = 0 <= found["value"] <= 1 and interval[0] != interval[1]
    return people and possible and 0.95 <= found["confidence"] < 1 and interval[0] <= found["value"] <= interval[1] <= 0.1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for many scans."""
    return tmp_path_factory.mktemp("gates")


@settings(max_examples=120, deadline=None)
@given(found=MEASURES | NEAR | VALUES)
def test_a_pass_is_earned(folder: Path, found: Any) -> None:
    """Whatever the evidence holds, a gate passes exactly when all that it takes is there."""
    ran = judged(folder, m_json=evidence(found), policy=fair())
    verdict, outcome, code = only(ran)
    assert (verdict == "pass") == _earned(found)
    assert (outcome, code) == {
        "pass": ("pass", 0),
        "fail": ("fail", 1),
        "inconclusive": ("warn", 0),
        "error": ("fail", 3),
    }[verdict]
    proven = only(judged(folder, policy=fair(decide="pass-if-proven")))
    assert (proven[2] == 0) == (verdict == "pass")


@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=80) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_as_evidence(folder: Path, data: bytes) -> None:
    """No bytes of an evidence file make a traceback or a pass."""
    write(folder, {POLICY: fair(value="m.json#"), "m.json": data})
    verdict, _outcome, code = only(inside("scan", "--format", "json", folder))
    assert verdict in {"error", "inconclusive"}
    assert code == (3 if verdict == "error" else 0)


@settings(max_examples=100, deadline=None)
@given(pointer=st.text(st.sampled_from("/~01a#-é ") | st.characters(codec="utf-8"), max_size=8))
def test_any_pointer(folder: Path, pointer: str) -> None:
    """Any pointer is refused in the policy, leads to nothing, or leads to a figure; none makes a traceback."""
    ran = judged(folder, m_json=json.dumps({"sex": {"0": [GOOD]}}), policy=fair(value=f"m.json#{pointer}"))
    assert ran.code in {2, 3} or pointer == "/sex/0/0"
