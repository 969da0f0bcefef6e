"""Monorepos: projects with settings and gates of their own, through every door that judges gates."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from _gates import DIFFERENCE, evidence, figure
from _policy import POLICY, Repo, guard, hook, inside, judged, place, policy, refused, scan, write
from _scratch import environment
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.policy import FILE
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

GOOD, BAD = evidence(figure()), evidence(figure(0.3, 0.2, 0.4))
GATE = {"value": "m.json#/sex", "bounds": {DIFFERENCE: "<= 0.10"}}
FORMATS = ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"]


def projects(*roots: str, **top: Any) -> str:
    """Return a policy with a gate `sepsis` in each of these projects."""
    return policy(projects=[{"root": root, "fairness": {"sepsis": GATE}} for root in roots], **top)


def gates(document: Any) -> dict[str, str]:
    """Return the verdicts of a report by the names of its gates."""
    found = {gate["gate"]: gate["verdict"] for gate in document["gates"]}
    assert len(found) == len(document["gates"])
    return found


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository in which the whole and two projects have a gate of one name; the project `b` does not keep it."""
    repo = Repo(tmp_path / "repo")
    for name, data in {"m.json": GOOD, "a/m.json": GOOD, "b/m.json": BAD}.items():
        repo.add(name, data.encode())
    repo.commit(POLICY, projects("a", "b", fairness={"sepsis": GATE}).encode())
    return repo


def test_gates_of_one_name(repo: Repo) -> None:
    """Each gate reads the evidence of its own project, and is named after it in every format."""
    ran = scan(cwd=repo.root)
    assert (ran.code, gates(ran.json)) == (1, {"sepsis": "pass", "a: sepsis": "pass", "b: sepsis": "fail"})
    assert [each["path"] for each in ran.json["evidence"]] == ["a/m.json", "b/m.json", "m.json"]
    for form in FORMATS:
        ran = guard("scan", "--format", form, cwd=repo.root)
        assert (ran.code, "b: sepsis" in ran.out) == (1, True), form
    assert "gate fairness b: sepsis: tpr.difference <= 0.10: fail\n" in guard("scan", cwd=repo.root).out


def test_only_the_project_that_is_touched(repo: Repo) -> None:
    """A commit that touches one project's evidence is asked for that project's gate alone, by the hook as well."""
    repo.add("a/m.json", BAD.encode())
    assert gates(scan("--staged", cwd=repo.root).json) == {"a: sepsis": "fail"}
    ran = hook("everything", "a/m.json", cwd=repo.root)
    assert (ran.code, "gate fairness a: sepsis: tpr.difference <= 0.10: fail\n" in ran.out) == (1, True)
    repo.add("a/m.json", GOOD.encode())
    repo.add("a/notes.txt", b"plain\n")
    assert gates(scan("--staged", cwd=repo.root).json) == {}
    assert hook("everything", "a/notes.txt", cwd=repo.root).code == 0


def test_under_pytest(repo: Repo, tmp_path: Path) -> None:
    """Every project's gate is an item of its own, which xdist, JUnit and --lf can tell apart."""
    repo.write("test_own.py", b"def test_own():\n    pass\n")

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "pytest", "--genomic-guard", *arguments]
        done = subprocess.run(command, cwd=repo.root, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stdout

    xml = tmp_path / "junit.xml"
    said = run("-v", f"--junit-xml={xml}")
    ids = [f"genomic-guard::fairness::{name}::tpr.difference" for name in ("sepsis", "a: sepsis", "b: sepsis")]
    for name, outcome in zip(ids, ("PASSED", "PASSED", "FAILED"), strict=True):
        assert sum(line.startswith(f"{name} {outcome}") for line in said.splitlines()) == 1, said
    cases = [case for case in ElementTree.parse(xml).iter("testcase") if "fairness" in str(case.attrib)]  # noqa: S314 - pytest's own  # genomic-guard: allow[COD109] our own report
    assert [f"{case.get('classname')}.{case.get('name')}" for case in cases] == [name.replace("::", ".") for name in ids]
    assert [case.find("failure") is not None for case in cases] == [False, False, True]
    assert "1 failed, 11 passed" in run("-n", "2")
    assert "1 failed, 11 deselected" in run("--lf")


def test_missing_root(tmp_path: Path) -> None:
    """A root that holds nothing is a warning at its line, where all is judged or the policy is; nothing else comes of it."""
    text = "version: 1\nprojects:\n  - {root: a}\n  - {root: gone}\n  - root: b/\n"
    repo = Repo(tmp_path / "repo")
    repo.add("a/x.txt", b"plain\n")
    repo.add("ab/x.txt", b"plain\n")
    repo.add("b", b"plain\n")
    repo.add(POLICY, text.encode())
    for arguments in ([], ["--staged"], [POLICY]):
        ran = scan(*arguments, cwd=repo.root)
        assert (ran.code, ran.codes()) == (0, [("RUN302", "warn", POLICY)])
        assert [each["line"] for each in ran.json["findings"]] == [4]
    repo.commit()
    repo.add("a/x.txt", b"other\n")
    assert scan("--staged", cwd=repo.root).codes() == []
    assert scan("a", cwd=repo.root).codes() == []


def test_evidence_cannot_leave_the_project(repo: Repo) -> None:
    """A gate's file is looked for below its root: one that climbs out of it is not found."""
    climbing = [{"root": "a", "fairness": {"sepsis": GATE | {"value": "../m.json#/sex"}}}]
    repo.add(POLICY, policy(projects=climbing).encode())
    assert (scan(cwd=repo.root).code, gates(scan(cwd=repo.root).json)) == (3, {"a: sepsis": "error"})


@pytest.mark.parametrize("root", ["services/imputation", "services/imputation/", "services/imputation///"])
def test_slashes_at_the_end(tmp_path: Path, root: str) -> None:
    """A slash at the end of a root makes no difference."""
    ran = judged(write(tmp_path / "w", {"services/imputation/m.json": GOOD}), policy=projects(root))
    assert (ran.code, gates(ran.json)) == (0, {"services/imputation: sepsis": "pass"})


@pytest.mark.parametrize(
    "root",
    ["..", ".", "", "/", "/a", "a/..", "../a", "a/../b", "a/./b", "./a", "a//b", "a/b/..", "a\\b", "..\\a", "a\0b", "\ud800"],
)
def test_roots_that_are_none(tmp_path: Path, root: str) -> None:
    """A root that leaves the repository, is the whole of it, or is written in another way is an error at its place."""
    text = policy(projects=[{"root": root}])
    line, column, message = refused(judged(tmp_path / "w", policy=text))
    assert (line, column) == (1, text.index('"root": ') + len('"root": ') + 1)
    assert message == "this must be a folder below the root such as services/imputation, without . or .. in it"


@pytest.mark.parametrize("other", ["a/b", "a/b/"])
def test_repeated_root(tmp_path: Path, other: str) -> None:
    """A root that stands there twice, with or without a slash, is an error at the second."""
    text = f"version: 1\nprojects:\n  - root: a/b\n  - {{cards: {{}}, root: '{other}'}}\n"
    assert refused(judged(tmp_path / "w", policy=text)) == (*place(text, f"'{other}'"), "this is in the list already")


@pytest.mark.parametrize(
    ("key", "wrong"), [("fairnes", "unknown key; did you mean 'fairness'?"), ("profile", "unknown key; known: ")]
)
def test_unknown_key(tmp_path: Path, key: str, wrong: str) -> None:
    """A key that a project does not have is an error at its place."""
    text = f"version: 1\nprojects:\n  - {{root: a, {key}: strict}}\n"
    line, column, message = refused(judged(tmp_path / "w", policy=text))
    assert ((line, column), message[: len(wrong)]) == (place(text, key), wrong)


@pytest.mark.parametrize("root", ["a b: c", "a::b", "##[error]", "::warning::x", "a,b%0A", "a\nb", "é", "[1]", "a: sepsis"])
def test_odd_roots(tmp_path: Path, root: str) -> None:
    """Any name of a folder gives a gate one name, whose last colon ends the root; every format can tell it."""
    folder = write(tmp_path / "w", {f"{root}/m.json": BAD, POLICY: projects(root)})
    ran = inside("scan", "--format", "json", folder)
    ((name, verdict),) = gates(ran.json).items()
    assert (name.rpartition(": "), verdict) == ((root, ": ", "sepsis"), "fail")
    for form in FORMATS:
        ran = inside("scan", "--format", form, folder)
        assert ran.code == 1
        assert form == "github" or not any(line.lstrip().startswith(("::", "##[")) for line in ran.out.splitlines())


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A folder whose name is no UTF-8 can be a root, as its bytes are written in other paths of a policy."""
    (tmp_path / "w").mkdir()
    folder = write(tmp_path / "w", {"\udcff/m.json": GOOD, POLICY: 'version: 1\nprojects: [{root: "\\udcff"}]\n'})
    assert scan(cwd=folder).codes() == []


def test_sample_ids_in_roots(tmp_path: Path) -> None:
    """A root that repeats a sample id is masked in the gate's name, and two that then look alike keep names of their own."""
    names = [samples.name(), samples.name()]
    roots = [f"people/{name}" for name in names]
    folder = write(tmp_path / "w", {f"{root}/m.json": GOOD for root in roots})
    write(folder, {"x.vcf": samples.vcf(names=",".join(names)), POLICY: projects(*roots)})
    for form in FORMATS:
        ran = guard("scan", "--format", form, cwd=folder)
        assert not any(name in ran.out + ran.err for name in names), form
    assert gates(scan(cwd=folder).json) == {"people/[masked] (1): sepsis": "pass", "people/[masked] (2): sepsis": "pass"}


def test_settings_by_path() -> None:
    """The innermost project that holds a path overrides those around it, and the top, value by value."""
    document = {
        "licences": {"unknown": "fail", "allow-classes": ["permissive"], "dev-groups": ["dev"]},
        "cards": {"tier": "basic"},
        "projects": [
            {"root": "s/inner", "licences": {"unknown": "note"}},
            {"root": "s", "licences": {"unknown": "warn", "dev-groups": []}, "release": {"r": {"n": 9}}},
            {"root": "sx", "cards": {"tier": "release"}},
        ],
    }
    found = load(policy(**document).encode(), FILE).policy
    roots = {
        path: found.project(path.encode()).root.decode() for path in ("s", "s/x", "s/inner/x", "s/inner2", "sx/y", "x", "xs/s/z")
    }
    assert roots == {"s": "s", "s/x": "s", "s/inner/x": "s/inner", "s/inner2": "s", "sx/y": "sx", "x": "", "xs/s/z": ""}
    top = {"unknown": "fail", "allow-classes": ["permissive"], "dev-groups": ["dev"]}
    assert found.settings("licences", b"x") == found.settings("licences", b"sx/y") == top
    assert found.settings("licences", b"s/x") == top | {"unknown": "warn", "dev-groups": []}
    assert found.settings("licences", b"s/inner/x") == top | {"unknown": "note", "dev-groups": []}
    assert [found.settings("cards", path) for path in (b"s/x", b"sx/y")] == [{"tier": "basic"}, {"tier": "release"}]
    assert "release" not in found.top.settings
    assert found.project(b"s/x").settings["release"] == {"r": {"n": 9}}
    assert load(b"version: 1\n", FILE).policy.settings("licences", b"x") == {}


@settings(max_examples=150, deadline=None)
@given(
    roots=st.lists(
        st.lists(st.sampled_from(["a", "b", "ab", "a.b"]), min_size=1, max_size=3).map("/".join), unique=True, max_size=6
    ),
    path=st.lists(st.sampled_from(["a", "b", "ab", "a.b", "c"]), min_size=1, max_size=5).map("/".join),
)
def test_innermost(roots: list[str], path: str) -> None:
    """The project of a path is the longest root that is the path or a folder above it, in whatever order they are written."""
    found = load(policy(projects=[{"root": root} for root in roots]).encode(), FILE).policy
    parts = path.split("/")
    above = ["/".join(parts[:number]) for number in range(len(parts), 0, -1)]
    assert found.project(path.encode()).root.decode() == next((folder for folder in above if folder in roots), "")


def test_profile_and_inconclusive_hold_for_all(tmp_path: Path) -> None:
    """What the top says of gates that cannot decide holds in projects too."""
    folder = write(tmp_path / "w", {"a/m.json": evidence(figure(0.08, 0.02, 0.14))})
    outcomes = []
    for top in ({}, {"on_inconclusive": {"fairness": "note"}}, {"profile": "strict"}):
        ran = judged(folder, policy=projects("a", **top))
        outcomes.append((json.loads(ran.out)["gates"][0]["outcome"], ran.code))
    assert outcomes == [("warn", 0), ("note", 0), ("fail", 1)]
