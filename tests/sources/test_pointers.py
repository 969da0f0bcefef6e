"""Pointers of git-lfs: what a push uploads is read in their place, through every door, and nothing outside of the store is."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from _pointers import facts, keep, oid, pointer
from _scratch import Ran, Repo, guard, run, scan

from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

GEN101 = "GEN101"
DOORS = ("scan", "staged", "hook", "range", "since", "history")
PARTIAL = [("GEN602", "warn", "x.vcf"), ("RUN102", "warn", "x.vcf")]
FOUND = [("GEN101", "fail", "x.vcf")]
_HOOK_IN_JSON = """
import sys
from pytest_genomic_guard.cli import staged
from pytest_genomic_guard.hooks import everything
from pytest_genomic_guard.reporters import reporter
staged.reporter = lambda _name: reporter("json")
sys.exit(everything.main(sys.argv[1:]))
"""
MISSING = "the object behind it is not in the store of this repository (git lfs fetch)"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository with one commit."""
    found = Repo(tmp_path / "repo")
    found.commit("README.md", b"a project\n")
    return found


def _through(door: str, repo: Repo) -> Ran:
    """Judge what is staged, or committed since the first commit, by one door, as JSON."""
    if door in {"scan", "staged"}:
        return scan(*(["--staged"] if door == "staged" else []), cwd=repo.root)
    if door == "hook":
        names = repo.git("diff", "--cached", "--name-only").decode().split()
        return run([sys.executable, "-I", "-c", _HOOK_IN_JSON, "--", *names], repo.root)
    repo.commit()
    first = repo.git("rev-list", "--max-parents=0", "HEAD").decode().strip()
    given = {"range": ("--range", f"{first}..HEAD"), "since": ("--since", first), "history": ("--history",)}[door]
    return scan(*given, cwd=repo.root)


@pytest.mark.parametrize("door", DOORS)
def test_object_of_the_store(repo: Repo, door: str) -> None:
    """The object is read in place of its pointer; without it the pointer is read in part."""
    people = samples.vcf()
    repo.add("x.vcf", pointer(people))
    held = keep(repo, people)
    ran = _through(door, repo)
    assert (ran.code, ran.codes(), ran.gaps()) == (1, FOUND, [])
    assert ran.json["scanned"]["coverage"]["partial"] == 0
    held.unlink()
    ran = _through(door, repo)
    assert (ran.codes(), ran.gaps()) == (PARTIAL, [])
    assert MISSING in ran.json["findings"][-1]["message"]


@pytest.mark.skipif(
    shutil.which("git-lfs") is None, reason="git-lfs is not installed; the tests beside this one make its files by hand"
)
@pytest.mark.parametrize("door", DOORS)
def test_git_lfs_itself(repo: Repo, door: str) -> None:
    """What git-lfs writes is found where it puts it, whether or not the work tree shows it."""
    repo.git("lfs", "install", "--local")
    repo.git("lfs", "track", "*.vcf")
    repo.git("add", "-A")
    people = samples.vcf()
    repo.add("x.vcf", people)
    committed = repo.git("show", ":x.vcf")
    assert committed == pointer(people)
    ran = _through(door, repo)
    assert (ran.code, ran.codes()) == (1, FOUND)
    repo.write("x.vcf", committed)  # as GIT_LFS_SKIP_SMUDGE leaves it
    ran = _through(door, repo)
    assert (ran.code, ran.codes()) == (1, FOUND)
    shutil.rmtree(repo.root / ".git/lfs/objects")
    ran = _through(door, repo)
    assert (ran.code, ran.codes()) == (0, PARTIAL)


def test_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    """All work trees of a repository share one store."""
    people = samples.vcf()
    repo.commit("x.vcf", pointer(people))
    keep(repo, people)
    repo.git("worktree", "add", "-q", str(tmp_path / "other"), "-b", "other")
    assert scan(cwd=tmp_path / "other").codes() == FOUND


def test_only_in_lfs_and_removed_again(repo: Repo) -> None:
    """An object that one commit of a branch brings, and another takes away, is uploaded all the same."""
    people = samples.vcf()
    keep(repo, people)
    first = repo.git("rev-parse", "HEAD").decode().strip()
    repo.commit("x.vcf", pointer(people))
    repo.git("rm", "-q", "x.vcf")
    repo.commit()
    assert scan(cwd=repo.root).codes() == []
    assert scan("--range", f"{first}..HEAD", cwd=repo.root).codes() == FOUND
    assert scan("--history", cwd=repo.root).codes() == FOUND


def test_several_processes(repo: Repo) -> None:
    """Where large inputs are shared out, each process finds the store."""
    for number in range(3):
        people = samples.vcf()
        keep(repo, people)
        repo.add(f"x{number}.vcf", pointer(people))
    repo.add("large.txt", b"plain words\n" * 800_000)
    assert scan("--staged", "--jobs", "2", cwd=repo.root).codes() == [(GEN101, "fail", f"x{number}.vcf") for number in range(3)]


def test_copy_that_is_not_the_object(repo: Repo) -> None:
    """The store's object is what a push uploads; what only the work tree has besides is a warning."""
    prose = b"nothing to see\n"
    keep(repo, prose)
    people = samples.vcf()
    (repo.root / ".git" / "p").write_bytes(pointer(prose))
    repo.git("config", "filter.lfs.clean", "cat .git/p")
    repo.add(".gitattributes", b"*.vcf filter=lfs\n")
    repo.add("x.vcf", people)
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.codes()) == (0, [(GEN101, "warn", "x.vcf")])
    assert "working copy only" in ran.json["findings"][-1]["message"]


def test_leak_after_a_pointer(repo: Repo) -> None:
    """A file that begins as a pointer is read to its end, whatever its object is."""
    prose = b"nothing to see\n"
    keep(repo, prose)
    repo.add("x.vcf", pointer(prose).ljust(1100) + b"\n" + samples.vcf())
    ran = scan("--staged", cwd=repo.root)
    assert ("GEN102", "x.vcf") in {(code, path) for code, _outcome, path in ran.codes()}


def test_object_that_is_a_pointer(repo: Repo) -> None:
    """An object that is a pointer again is not followed: git-lfs does not either."""
    people = samples.vcf()
    keep(repo, people)
    keep(repo, pointer(people))
    repo.add("x.vcf", pointer(pointer(people)))
    assert scan("--staged", cwd=repo.root).codes() == PARTIAL


RULES: dict[str, tuple[dict[str, bytes], str]] = {
    "the line that counts": (
        {".gitattributes": b"# large\n*.txt text\n*.vcf filter=lfs -text\n"},
        "the rule is .gitattributes line 3",
    ),
    "the last of several": (
        {".gitattributes": b"*.vcf filter=lfs\n*.vcf text\nd/e/* filter=lfs\n"},
        "the rule is .gitattributes line 3",
    ),
    "a macro": ({".gitattributes": b"[attr]big filter=lfs -text\n\nd/** big\n"}, "the rule is .gitattributes line 3"),
    "beside it": ({"d/e/.gitattributes": b"x.vcf filter=lfs\n"}, "the rule is line 1 of the .gitattributes beside it"),
    "one above": ({"d/.gitattributes": b"\ne/*.vcf filter=lfs\n"}, "the rule is line 2 of the .gitattributes 1 folder above it"),
    "no line": ({".gitattributes": b"*.txt filter=lfs\n"}, "no line of .gitattributes gives the file to git-lfs"),
    "taken away": ({".gitattributes": b"*.vcf filter=lfs\n*.vcf -filter\n"}, "no line of .gitattributes gives the file to git-lfs"),
    "no file": ({}, "no line of .gitattributes gives the file to git-lfs"),
}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("door", ["scan", "staged", "range"])
def test_rule_is_named(repo: Repo, name: str, door: str) -> None:
    """A pointer without its object comes with the line by which a person finds the rule."""
    files, says = RULES[name]
    for path, data in files.items():
        repo.add(path, data)
    repo.add("d/e/x.vcf", pointer(samples.vcf()))
    assert _through(door, repo).json["findings"][-1]["message"] == f"{MISSING}; {says}"


def test_two_folders_above(repo: Repo) -> None:
    """A rule further up is named by how far it is; no folder is named."""
    repo.add("d/.gitattributes", b"*.vcf filter=lfs\n")
    repo.add("d/e/f/x.vcf", pointer(samples.vcf()))
    assert (
        scan("--staged", cwd=repo.root).json["findings"][-1]["message"].endswith("line 1 of the .gitattributes 2 folders above it")
    )


def test_strict_fails(repo: Repo) -> None:
    """Under the strict profile a pointer without its object fails."""
    repo.add("x.vcf", pointer(samples.vcf()))
    assert scan("--staged", "--profile", "strict", cwd=repo.root).code == 1
    assert scan("--staged", "--profile", "minimal", cwd=repo.root).codes() == [
        ("GEN602", "warn", "x.vcf"),
        ("RUN102", "note", "x.vcf"),
    ]


def test_nothing_of_the_pointer_is_told(repo: Repo) -> None:
    """Neither a report nor a fact holds the id of an object, since that of a short list can be found by trying."""
    people = samples.vcf()
    repo.add("x.vcf.gz", pointer(people))
    for ran in (scan("--staged", cwd=repo.root), guard("scan", "--staged", cwd=repo.root)):
        assert oid(people)[:12] not in ran.out + ran.err
    index = Index(os.fsencode(repo.root))
    (found,) = facts(index)["x.vcf.gz"]
    index.close()
    assert (found.system, found.size, found.suffix) == ("git-lfs", len(people), ".vcf.gz")
    assert list(type(found)._defaults) == ["system", "size", "suffix"]  # noqa: SLF001 - what a record holds


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("wrong", ["content", "size", "short"])
def test_object_that_is_damaged(repo: Repo, wrong: str, door: str) -> None:
    """An object whose bytes are not those that the pointer names is a gap."""
    prose = b"nothing to see\n" * 9
    other = {"content": prose[::-1], "size": prose, "short": prose[:-1]}[wrong]
    keep(repo, other, name=oid(prose))
    repo.add("x.txt", pointer(prose, size=len(prose) + (wrong == "size")))
    ran = _through(door, repo)
    assert (ran.code, ran.gaps()) == (3, [("x.txt", "corrupt")])


def test_pointers_that_are_none(repo: Repo) -> None:
    """A link, a message and a member of an archive that hold a pointer's text name no object."""
    people = samples.vcf()
    keep(repo, people)
    os.symlink(pointer(people), os.fsencode(repo.root / "link"))
    repo.git("add", "link")
    repo.git("commit", "-q", "--no-verify", "-F", "-", stdin=pointer(people))
    for ran in (scan(cwd=repo.root), scan("--history", cwd=repo.root)):
        assert GEN101 not in {code for code, _outcome, _path in ran.codes()}


def test_damaged_configuration_of_the_store(repo: Repo) -> None:
    """A setting that names nothing leaves the store where it is."""
    people = samples.vcf()
    keep(repo, people)
    repo.git("config", "lfs.storage", "")
    repo.add("x.vcf", pointer(people))
    assert scan("--staged", cwd=repo.root).codes() == FOUND


def test_plain_folder(tmp_path: Path) -> None:
    """Outside of a repository there is no store."""
    (tmp_path / "x.vcf").write_bytes(pointer(samples.vcf()))
    assert scan(cwd=tmp_path).codes() == PARTIAL


@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed; the doors have tests beside this one")
def test_what_a_push_would_upload(repo: Repo, tmp_path: Path) -> None:
    """Git's own push with git-lfs uploads the very object that the scan of the same commits has read."""
    people = samples.vcf()
    away = Repo(tmp_path / "away", "--bare")
    repo.git("remote", "add", "origin", away.root.as_uri())
    repo.git("lfs", "install", "--local")
    repo.git("push", "-q", "origin", "main")
    repo.add("x.vcf", pointer(people))
    keep(repo, people)
    repo.commit()
    assert scan("--range", "origin/main..main", cwd=repo.root).codes() == FOUND
    done = run(["git", "push", "-q", "origin", "main"], repo.root)
    assert done.code == 0, done.err
    assert (away.root / "lfs/objects" / oid(people)[:2] / oid(people)[2:4] / oid(people)).read_bytes() == people
