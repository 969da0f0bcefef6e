"""What a range or a history brings: held against git's own trees, for histories that are drawn, and with odd names."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The repositories with a past are those of the doors' tests, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))

from _commits import Past, leak
from _scratch import Repo, environment

from pytest_genomic_guard.sources import commits
from pytest_genomic_guard.sources.objects import changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.sources.commits import Commits


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return a repository with one clean commit."""
    return Past(tmp_path / "past")


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of the person who runs the tests out of what is called here."""
    for name, value in environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


def _blobs(repo: Repo, commit: str) -> set[str]:
    """Return the blobs in the tree of a commit."""
    lines = repo.git("ls-tree", "-r", "-z", commit).split(b"\0")
    return {line.split()[2].decode() for line in lines if line and line.split()[1] == b"blob"}


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - it draws histories, which have to be the same at each run


def _listed(repo: Repo, *arguments: str) -> list[str]:
    return repo.git("rev-list", *arguments).decode().split()


def _judged(found: Commits) -> set[str]:
    return {entry.blob for entry in found.entries() if found.judged(entry) and entry.blob}


def _grow(repo: Past, chance: random.Random, steps: int) -> None:
    """Make commits at random: files that come, change, go, move and come back, branches, merges, some of them evil, and tags."""
    names = ["a", "b", "sub/c", "sub/deep/d", "e f", "g"]
    contents = [f"content {number}\n".encode() for number in range(12)]
    for step in range(steps):
        branches = repo.git("for-each-ref", "--format=%(refname:short)", "refs/heads/").decode().split()
        act = chance.randrange(10)
        tracked = [name for name in names if (repo.root / name).is_file()]
        if act == 0:
            repo.branch(f"branch{step}", chance.choice(branches))
        elif act == 1:
            repo.git("checkout", "-q", chance.choice(branches))
        elif act in {2, 3} and len(branches) > 1:
            repo.git("merge", "-q", "--no-ff", "--no-commit", "-X", "ours", chance.choice(branches), check=False)
            repo.git("add", "-A")
            if chance.random() < 0.5:
                repo.add(chance.choice(names), chance.choice(contents))
            repo.save()
        elif act == 4 and tracked:
            repo.drop(chance.choice(tracked))
        elif act == 5 and tracked:
            repo.git("mv", "-f", chance.choice(tracked), f"moved{step}")
            repo.save()
        elif act == 6:
            repo.git("tag", "-a", "-m", "tag", f"tag{step}")
        else:
            repo.save(chance.choice(names), chance.choice(contents) if chance.random() < 0.6 else f"new {step}\n".encode())


@pytest.mark.parametrize("seed", range(6))
def test_ranges_bring_what_their_trees_have(past: Past, seed: int) -> None:
    """Of any range, what is judged is every blob in the trees of its commits that the trees just before them have not."""
    chance = _chance(seed)
    _grow(past, chance, 40)
    root = os.fsencode(past.root)
    everything = _listed(past, "--all")
    for _each in range(5):
        old, new = chance.choice(everything), chance.choice(everything)
        inside = _listed(past, new, f"^{old}")
        parents = {each for commit in inside for each in past.git("rev-list", "--parents", "-n1", commit).decode().split()[1:]}
        before = set[str]().union(*(_blobs(past, each) for each in parents.difference(inside)))
        brought = set[str]().union(*(_blobs(past, each) for each in inside))
        found = commits.ranged(root, f"{old}..{new}")
        assert set(found.listed.commits) == set(inside)
        assert _judged(found) == brought - before
        # never less than what nothing before the range has ever had
        assert brought - set[str]().union(*(_blobs(past, each) for each in _listed(past, old))) <= _judged(found)
        assert _judged(commits.ranged(root, f"{old}...{new}")) == _judged(found)
        found.close()


@pytest.mark.parametrize("seed", range(4))
def test_history_brings_everything(past: Past, seed: int) -> None:
    """The whole history is every blob of every commit, once, with the first and the last commit that brought it at a path."""
    _grow(past, _chance(1000 + seed), 40)
    everything = _listed(past, "--all")
    found = commits.history(os.fsencode(past.root))
    judged = [entry.blob for entry in found.entries() if found.judged(entry)]
    assert len(judged) == len(set(judged))
    assert set(judged) == set[str]().union(*(_blobs(past, each) for each in everything))
    for entry in found.entries():
        span = found.span(entry.blob or "")
        assert span
        assert entry.blob in _blobs(past, span.first)
        assert entry.blob in _blobs(past, span.last)
        assert span.since <= span.until
    found.close()


def test_paths_and_spans(past: Past) -> None:
    """One content at several paths and times: each path is known, and the first and the last commit that brought it."""
    first = past.save("one", b"same\n")
    past.drop("one")
    past.save("two/x", b"same\n")
    past.save("other", b"other\n")
    last = past.save("three", b"same\n")
    found = commits.history(os.fsencode(past.root))
    (entry,) = [each for each in found.entries() if each.blob == past.id("HEAD:three")]
    assert sorted(found.paths(entry)) == [b"one", b"three", b"two/x"]
    span = found.span(entry.blob or "")
    assert span
    assert (span.first, span.last, span.until - span.since) == (first, last, 4 * 86_400)
    found.close()


def test_messages_refs_and_names(past: Past) -> None:
    """Beside the blobs stand every message of commits, tags and notes, every ref, and every path that was ever there."""
    said = past.save("gone name", b"x\n", message="first line\n\nmore\n")
    past.drop("gone name")
    past.git("tag", "-a", "-m", "of the tag", "v1")
    past.git("notes", "add", "-m", "a note")
    past.branch("topic/x")
    found = commits.history(os.fsencode(past.root))
    texts = {each.path: each.open().read(1000) for each in found.beside()}
    assert texts[f"commit:{said}".encode()] == b"first line\n\nmore\n"
    assert texts[b"tag:v1"] == b"of the tag\n"
    assert {b"ref:refs/heads/topic/x", b"ref:refs/tags/v1", b"ref:refs/notes/commits"} <= set(texts)
    assert texts[b"gone name"] == b"gone name"
    assert [each.kind for each in found.beside() if each.path == b"gone name"] == ["name"]
    found.close()


@pytest.mark.parametrize("name", [b"a\nb", b"\t", b'"q"', b"e \xff f", b"-option", b":(top)x", b"a\x01b", "\u2028".encode()])
def test_odd_names(past: Past, name: bytes) -> None:
    """A path can be any bytes: it is neither cut nor taken for another."""
    past.save(name, leak())
    past.git("--literal-pathspecs", "rm", "-q", "--", name)
    past.save()
    found = commits.ranged(os.fsencode(past.root), f"{past.base}..HEAD")
    assert [each.path for each in found.entries() if found.judged(each)] == [name]
    found.close()
    assert past.range(f"{past.base}..HEAD").code == 1


def test_changes_are_those_of_git(past: Past) -> None:
    """What is read of ``diff-tree`` is what each commit has at a path and its parents have not."""
    _grow(past, _chance(7), 40)
    for commit in _listed(past, "--all"):
        parents = past.git("rev-list", "--parents", "-n1", commit).decode().split()[1:]
        trees = [_tree(past, each) for each in parents]
        own = _tree(past, commit)
        brought = {each for each in own.items() if all(tree.get(each[0]) != each[1] for tree in trees)}
        assert {(path, (mode, blob)) for _commit, path, mode, blob in changes(os.fsencode(past.root), [commit])} == brought


def _tree(repo: Repo, commit: str) -> dict[bytes, tuple[int, str]]:
    return dict(_entries(repo.git("ls-tree", "-r", "-z", commit).split(b"\0")))


def _entries(lines: Iterable[bytes]) -> Iterable[tuple[bytes, tuple[int, str]]]:
    for line in lines:
        told, tab, path = line.partition(b"\t")
        if tab:
            mode, _kind, blob = told.split()
            yield path, (int(mode, 8), blob.decode())
