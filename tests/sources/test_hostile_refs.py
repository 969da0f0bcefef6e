"""Refs that look like options, lead nowhere, are broken, or far too many: what can be read is judged, and the rest is a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _watched import GEN101, MEMORY, ZERO, Watched, caught, moved

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repo(tmp_path: Path) -> Watched:
    """Return a repository with leaks for every door."""
    return Watched(tmp_path / "repo")


@pytest.mark.parametrize("name", ["--output=x", "--upload-pack=x", "-c", "--all", "--stdin", "--no-walk", "--exec=x"])
def test_refs_like_options(repo: Watched, name: str) -> None:
    """A ref, and a revision, that looks like an option is a name and nothing else."""
    head = repo.resolved("HEAD")
    packed = f"# pack-refs with: peeled fully-peeled sorted \n{head} refs/heads/{name}\n{head} refs/heads/main\n"
    repo.write(".git/packed-refs", packed.encode())
    (repo.root / ".git" / "refs" / "heads" / "main").unlink()
    repo.write(".git/HEAD", f"ref: refs/heads/{name}\n".encode())
    repo.git("update-ref", "refs/tags/base", f"{head}~2")
    caught(repo, "range history")
    line = f"refs/heads/{name} {head} refs/heads/{name} {ZERO}\n".encode()
    for command in (["pytest_genomic_guard.hooks.push", name, name], ["pytest_genomic_guard.hooks.push", "--", "origin", "x"]):
        seen = repo.watched(command, line)
        assert seen.code == (1 if command[1] == "--" or not name.startswith("--c") else 2)
    for given in (f"{name}..HEAD", f"base..{name}", f"{name}...{name}"):
        seen = repo.watched(["pytest_genomic_guard", "scan", "--format", "json", f"--range={given}"])
        assert (seen.code, seen.out) == (3, "")
        assert "revision" in seen.err
    seen = repo.watched(["pytest_genomic_guard", "scan", "--format", "json", f"--since={name}"])
    assert (seen.code, seen.out) == (3, "")


def test_forged_remote_that_is_missing(repo: Watched) -> None:
    """A remote branch of which the commit is not here does not keep a push, or its policy, from being judged."""
    repo.write(".git/refs/remotes/origin/gone", b"12345678" * 5 + b"\n")
    caught(repo, "push range")
    seen = repo.door("history")
    assert (seen.code, seen.found(), seen.gaps()) == (1, {"old.vcf"}, [(".", "missing-object")])


@pytest.mark.parametrize(
    ("text", "gap"),
    [("garbage", True), ("", True), ("1" * 40, True), ("ref: refs/heads/x", False), ("ref: refs/heads/none", False)],
)
def test_broken_refs(repo: Watched, text: str, gap: bool) -> None:  # noqa: FBT001 - a parameter
    """A ref that cannot be read, or of which the object is missing, is a gap; one that leads nowhere holds nothing."""
    moved(repo, text, "refs/heads/x")
    seen = repo.door("history")
    assert (seen.code, seen.found(), seen.gaps()) == (1, {"old.vcf"}, [(".", "missing-object")] if gap else [])
    assert repo.door("range").found() == {"old.vcf"}


@pytest.mark.parametrize("head", ["ref: refs/heads/unborn", "ref: refs/heads/../../x", "garbage", "", "1" * 40, "ref: HEAD"])
def test_head(repo: Watched, head: str) -> None:
    """With HEAD unborn or broken the history is judged all the same, or the run is incomplete and says why."""
    repo.write(".git/HEAD", head.encode() + b"\n")
    seen = repo.door("history")
    assert seen.code in {2, 3} or seen.found() == {"old.vcf"}
    assert seen.code == 1 or seen.err.startswith("genomic-guard: ")
    seen = repo.watched(["pytest_genomic_guard", "scan", "--format", "json", "--range", "base..main"])
    assert seen.code in {2, 3} or seen.found() == {"old.vcf"}
    for name in ("tree", "staged"):
        seen = repo.door(name)
        assert seen.code in {2, 3} or "new.vcf" in seen.found()


def test_many_refs(repo: Watched) -> None:
    """A hundred thousand refs are read in one go, also when a push names many of them, and a reflog of as many lines too."""
    head = repo.resolved("HEAD")
    repo.write(".git/packed-refs", b"".join(b"%b refs/tags/%06d\n" % (head.encode(), number) for number in range(100_000)))
    who = b"Author <author@example.org> 1700000000 +0000\twork\n"
    base = repo.resolved("base").encode()
    moved(repo, repo.resolved("base"), "refs/tags/base")
    repo.write(".git/logs/refs/heads/main", b"".join(b"%b %b %b" % (base, head.encode(), who) for _each in range(100_000)))
    seen = repo.door("history")
    assert (seen.code, seen.found(), seen.gaps()) == (1, {"old.vcf"}, [])
    assert max(seen.peak, seen.child) < MEMORY
    lines = b"".join(
        b"refs/tags/%06d %b refs/tags/%06d %b\n" % (each, head.encode(), each, ZERO.encode()) for each in range(20_000)
    )
    seen = repo.watched(["pytest_genomic_guard.hooks.push", "origin", "x"], lines)
    assert (seen.code, GEN101 in seen.out, "0 not read" in seen.out) == (1, True, True)
    assert max(seen.peak, seen.child) < MEMORY
