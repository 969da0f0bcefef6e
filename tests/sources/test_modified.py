"""Which tracked files count as modified: by what git recorded of them, and in doubt by their content."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, guard, scan

from pytest_genomic_guard.sources import checkedout, worktree
from pytest_genomic_guard.sources.worktree import WorkTree
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

GEN101 = "GEN101"
LONG_AGO = 1_600_000_000 * 10**9


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return an empty git repository."""
    return Repo(tmp_path / "repo")


def _aged(repo: Repo, name: str, data: bytes) -> Path:
    """Commit a file whose time is long before the index was written."""
    file = repo.write(name, data)
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    repo.git("add", name)
    repo.commit()
    return file


def _same_size(people: bytes) -> bytes:
    return (samples.prose(words=4000).replace(b"\n", b" ") * 9)[: len(people) - 1] + b"\n"


@pytest.mark.parametrize("replaced", [True, False])
def test_same_size_and_time(repo: Repo, replaced: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Content of the same size with the old time put back is new content: written over the old, or moved into its place."""
    people = samples.vcf()
    file = _aged(repo, "x.txt", _same_size(people))
    if replaced:
        (repo.root / "new").write_bytes(people)
        os.utime(repo.root / "new", ns=(LONG_AGO, LONG_AGO))
        (repo.root / "new").rename(file)
    else:
        with open(file, "r+b") as out:
            out.write(people)
        os.utime(file, ns=(LONG_AGO, LONG_AGO))
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "x.txt")]


def test_same_size_within_one_tick(repo: Repo) -> None:
    """A file that could have been written after the index was, within one tick of the clock, is compared by its content."""
    people = samples.vcf()
    file = repo.add("x.txt", _same_size(people))
    with open(file, "r+b") as out:
        out.write(people)
    found = file.stat()
    index = repo.root / ".git" / "index"
    raw = bytearray(index.read_bytes())
    times = b"".join(part.to_bytes(4, "big") for each in (found.st_ctime_ns, found.st_mtime_ns) for part in divmod(each, 10**9))
    raw[12:28] = times  # the first entry's times, as if the file had not been written again since
    raw[-20:] = hashlib.sha1(raw[:-20]).digest()  # noqa: S324 - git's own  # genomic-guard: allow[COD109] git's own id
    index.write_bytes(raw)
    os.utime(index, ns=(found.st_mtime_ns, found.st_mtime_ns))
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "x.txt")]


def test_copied_repository(repo: Repo, tmp_path: Path) -> None:
    """In a copy every file has another number; what has the committed content is not modified, in any line ends."""
    _aged(repo, "x.vcf", samples.vcf())
    repo.commit(".gitattributes", b"*.txt text eol=crlf\n")
    repo.commit("a.txt", b"one\ntwo\n")
    (repo.root / "a.txt").unlink()
    repo.git("checkout", "a.txt")
    assert b"\r\n" in (repo.root / "a.txt").read_bytes()
    shutil.copytree(repo.root, tmp_path / "copy")
    tree = WorkTree(os.fsencode(tmp_path / "copy"))
    tree.close()
    assert tree.modified == set()
    assert {entry.origin for entry in tree.entries()} == {"index"}


def test_touched_file(repo: Repo) -> None:
    """A new time alone is no modification; a filter of the repository stays unasked."""
    file = _aged(repo, "x.vcf", samples.vcf())
    file.touch()
    ran = guard("scan", cwd=repo.root)
    assert ran.code == 1
    assert "modified" not in ran.out


def test_filter_between(repo: Repo, tmp_path: Path) -> None:
    """Where a filter stands between, a copied file of the recorded size and time is judged as committed; the rest is a warning."""
    repo.git("config", "filter.strip.clean", "echo stripped")
    repo.commit(".gitattributes", b"*.vcf filter=strip\n")
    _aged(repo, "x.vcf", samples.vcf())
    shutil.copytree(repo.root, tmp_path / "copy")
    assert scan(cwd=tmp_path / "copy").codes() == [(GEN101, "warn", "x.vcf")]


def test_clean_tree_is_not_read(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a clean tree no file's content is compared while it is listed: that is what keeps large trees fast."""
    for number in range(50):
        file = repo.write(f"{number}.txt", b"%d\n" % number)
        os.utime(file, ns=(LONG_AGO, LONG_AGO))
    repo.git("add", "--all")

    def compared(*_given: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(worktree, "is_blob", compared)
    tree = WorkTree(os.fsencode(repo.root))
    tree.close()
    assert tree.modified == set()


def test_large_file(repo: Repo) -> None:
    """A file too large to be held is compared as well."""
    lines = samples.prose(words=2000) * 800
    file = _aged(repo, "large.txt", lines)
    assert len(lines) > checkedout._HASHED  # noqa: SLF001 - the bound that this is about
    file.touch()
    tree = WorkTree(os.fsencode(repo.root))
    tree.close()
    assert tree.modified == set()
    with open(file, "r+b") as out:
        out.write(b"#")
    tree = WorkTree(os.fsencode(repo.root))
    tree.close()
    assert tree.modified == {b"large.txt"}


def test_report_tells_of_modified_files(repo: Repo) -> None:
    """A scan of a dirty tree says how many committed contents it did not judge; only those that were to be judged count."""
    for name in ("a.txt", "b.txt", "d/c.txt"):
        _aged(repo, name, samples.vcf())
    assert "modified" not in guard("scan", cwd=repo.root).out
    repo.write("a.txt", samples.prose())
    one = guard("scan", cwd=repo.root)
    assert "\n1 tracked file is modified: the work tree's content was judged, and not what the index holds of it\n" in one.out
    repo.write("d/c.txt", samples.prose())
    assert "\n2 tracked files are modified: " in guard("scan", cwd=repo.root).out
    assert "\n1 tracked file is modified: " in guard("scan", "d", cwd=repo.root).out
    assert "modified" not in guard("scan", "b.txt", cwd=repo.root).out
    assert "modified" not in guard("scan", "--staged", cwd=repo.root).out
    repo.write("new.txt", samples.prose())
    (repo.root / "b.txt").unlink()
    assert "\n2 tracked files are modified: " in guard("scan", cwd=repo.root).out  # neither new nor deleted ones are meant
