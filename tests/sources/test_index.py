"""The index: what the next commit will hold, damaged and half-made indexes included."""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, hook, scan

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

GEN101 = "GEN101"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return an empty git repository."""
    return Repo(tmp_path / "repo")


def test_not_a_repository(tmp_path: Path) -> None:
    """Without a repository there is no index: wrong usage, for the CLI and for a hook."""
    for ran in (scan("--staged", cwd=tmp_path), hook("everything", "a.txt", cwd=tmp_path)):
        assert ran.code == 2
        assert "git repository" in ran.err


@pytest.mark.parametrize("damage", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\1", b"x" * 200])
@pytest.mark.parametrize("arguments", [[], ["--staged"]])
def test_damaged_index(repo: Repo, damage: bytes, arguments: list[str]) -> None:
    """An index that git cannot read is incomplete, with a line that says so."""
    repo.commit("x.vcf", samples.vcf())
    (repo.root / ".git" / "index").write_bytes(damage)
    ran = scan(*arguments, cwd=repo.root)
    assert (ran.code, ran.out) == (3, "")
    assert "the index is damaged" in ran.err
    assert hook("everything", "x.vcf", cwd=repo.root).code == 3


def test_missing_object(repo: Repo) -> None:
    """A staged entry whose blob is gone is a gap; the entries after it are judged."""
    repo.add("a.vcf", samples.vcf())
    repo.add("b.vcf", samples.vcf())
    repo.blob("a.vcf").unlink()
    ran = scan("--staged", cwd=repo.root)
    assert (ran.code, ran.gaps(), ran.codes()) == (1, [("a.vcf", "missing-object")], [(GEN101, "fail", "b.vcf")])
    assert hook("everything", "a.vcf", cwd=repo.root).code == 3
    (repo.root / "a.vcf").unlink()
    assert ("a.vcf", "missing-object") in scan(cwd=repo.root).gaps()


@pytest.mark.parametrize("size", [100, 30_000_000])
def test_damaged_object(repo: Repo, size: int) -> None:
    """A blob whose compressed data is damaged in the middle is a gap, small or large; the entries after it are judged."""
    repo.add("a.txt", os.urandom(size).hex().encode())
    repo.add("b.vcf", samples.vcf())
    path = repo.blob("a.txt")
    data = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(data[: len(data) // 2] + b"\xff" * 40)
    ran = scan("--staged", cwd=repo.root)
    assert (ran.code, ran.gaps(), ran.codes()) == (1, [("a.txt", "missing-object")], [(GEN101, "fail", "b.vcf")])


def test_object_that_is_no_blob(repo: Repo) -> None:
    """An entry that names a tree or a commit as a file is a gap."""
    repo.commit("b.vcf", samples.vcf())
    tree = repo.git("rev-parse", "HEAD^{tree}").decode().strip()
    repo.git("update-index", "--add", "--cacheinfo", f"100644,{tree},a.txt")
    assert scan("--staged", cwd=repo.root).gaps() == [("a.txt", "missing-object")]


def test_intent_to_add(repo: Repo) -> None:
    """An entry that is only intended holds nothing in the next commit, and is judged in the work tree."""
    repo.commit("a.txt", samples.prose())
    repo.write("x.vcf", samples.vcf())
    repo.git("add", "-N", "x.vcf")
    staged = scan("--staged", cwd=repo.root)
    assert (staged.code, staged.json["scanned"]["bytes"], staged.codes()) == (0, 0, [])
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "x.vcf")]


def _conflict(repo: Repo, ours: bytes, theirs: bytes) -> None:
    repo.commit("x.txt", b"base\n")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("x.txt", theirs)
    repo.git("checkout", "-q", "main")
    repo.commit("x.txt", ours)
    repo.git("merge", "-q", "side", check=False)
    assert repo.git("ls-files", "-u")


def test_conflict(repo: Repo) -> None:
    """An index with a conflict cannot be committed: a clear error. The work tree is judged as it is."""
    _conflict(repo, b"ours\n", samples.vcf())
    for ran in (scan("--staged", cwd=repo.root), hook("everything", "x.txt", cwd=repo.root)):
        assert (ran.code, ran.out) == (3, "")
        assert "merge conflict" in ran.err
    repo.write("x.txt", samples.vcf())
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "x.txt")]


@pytest.mark.parametrize("people_are", ["ours", "theirs"])
def test_conflict_without_a_file(repo: Repo, people_are: str) -> None:
    """Where a conflict's file is gone from the work tree, every side of it is judged."""
    people = samples.vcf()
    _conflict(repo, people if people_are == "ours" else b"ours\n", people if people_are == "theirs" else b"theirs\n")
    (repo.root / "x.txt").unlink()
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.codes()) == (1, [(GEN101, "fail", "x.txt")])


def test_renamed_copied_and_mode(repo: Repo) -> None:
    """A staged rename is judged under its new name; so is a change of mode alone."""
    repo.commit("a.vcf", samples.vcf())
    repo.git("mv", "a.vcf", "b.vcf")
    assert scan("--staged", cwd=repo.root).codes() == [(GEN101, "fail", "b.vcf")]
    repo.commit()
    repo.git("update-index", "--chmod=+x", "b.vcf")
    assert scan("--staged", cwd=repo.root).codes() == [(GEN101, "fail", "b.vcf")]


def test_file_becomes_a_link(repo: Repo, tmp_path: Path) -> None:
    """A staged link is its target's name and nothing more, also when it took a file's place."""
    (tmp_path / "outside.vcf").write_bytes(samples.vcf())
    repo.commit("a", samples.prose())
    (repo.root / "a").unlink()
    (repo.root / "a").symlink_to("../outside.vcf")
    repo.git("add", "a")
    ran = scan("--staged", cwd=repo.root)
    assert (ran.code, ran.json["scanned"]["files"], ran.json["scanned"]["coverage"]["full"]) == (0, 1, 1)


def test_names_that_the_index_lacks(repo: Repo) -> None:
    """A hook's name that is in no index is read from the work tree, or is a gap."""
    repo.commit("a.txt", samples.prose())
    repo.write("x.vcf", samples.vcf())
    ran = hook("everything", "x.vcf", cwd=repo.root)
    assert (ran.code, "x.vcf" in ran.out) == (1, True)
    gone = hook("everything", "gone.vcf", cwd=repo.root)
    assert gone.code == 3
    assert "gone when opened" in gone.out


def test_odd_names(repo: Repo) -> None:
    """Names with line feeds, control characters, bytes that are no UTF-8, and what looks like git's own output are kept apart."""
    names = [b"a\nb", b"\xff\xfe", b"\x1b[2J", b"100644 " + b"a" * 40 + b" 0\tb", b"  mtime: 1:1", b" ", b"-n", b"--", b"#"]
    for name in names:
        repo.add(name, samples.vcf())
    ran = scan("--staged", cwd=repo.root)
    assert len(ran.codes()) == len(names)
    text = hook("everything", "--", *names, cwd=repo.root)
    assert text.code == 1
    assert b"\x1b" not in text.raw_out
    assert "9 fail" in text.out


def test_half_read_large_blob(repo: Repo) -> None:
    """A large blob that a header decides is not read to its end, and the next one is still right."""
    people = samples.vcf(variants=0)
    repo.add("a.vcf", people + b"x" * 30_000_000)
    repo.add("b.vcf", samples.vcf())
    repo.add("c.txt", samples.prose())
    assert [path for _code, _outcome, path in scan("--staged", cwd=repo.root).codes()] == ["a.vcf", "b.vcf"]


def test_streams_of_one_index(repo: Repo) -> None:
    """Opening one blob while another is half read gives each its own bytes."""
    one, two = os.urandom(150_000), os.urandom(50_000)  # the first is more than is taken from a pipe at once
    repo.add("one", one)
    repo.add("two", two)
    index = Index(os.fsencode(repo.root))
    first = index.open(b"one")
    assert first.read(10) == one[:10]
    assert read_all(index.open(b"two")) == two
    assert first.read(10) == b""  # it was finished
    assert read_all(index.open(b"one")) == one
    with pytest.raises(Unreadable):
        index.open(b"three")
    index.close()
    index.close()


@pytest.mark.parametrize("missing", [1, 5, 35, 36, 37, 38, 39, 3000])
def test_object_of_a_wrong_length(repo: Repo, missing: int) -> None:
    """Of an object that is shorter than its header says git sends what is there: a gap, and no waiting for the rest."""
    repo.add("a.txt", os.urandom(4000).hex().encode())
    repo.add("b.vcf", samples.vcf())
    path = repo.blob("a.txt")
    content = zlib.decompress(path.read_bytes())
    path.chmod(0o600)
    path.write_bytes(zlib.compress(content[:-missing]))
    ran = scan("--staged", cwd=repo.root)
    assert (ran.code, ran.gaps(), ran.codes()) == (1, [("a.txt", "missing-object")], [(GEN101, "fail", "b.vcf")])
