"""Listings that no checkout makes: paths so long, and so deep, that looking at them must not cost more than they hold."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo

from pytest_genomic_guard.cli.main import main
from pytest_genomic_guard.sources import index, running
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.columns import Columns
from pytest_genomic_guard.sources.files import artifact
from pytest_genomic_guard.sources.git import LISTED, GitError, git
from pytest_genomic_guard.sources.rows import sizes
from pytest_genomic_guard.sources.worktree import WorkTree

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_genomic_guard.model import Artifact


class _Counted:
    """An expression that counts the bytes which it may look at."""

    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        self._pattern = pattern
        self.given = 0

    def finditer(self, text: bytes, begin: int = 0, end: int | None = None) -> Iterator[re.Match[bytes]]:
        end = len(text) if end is None else end
        self.given += end - begin
        return self._pattern.finditer(text, begin, end)


def _holding(folder: Path, paths: list[bytes]) -> bytes:
    """Return the root of a repository whose index has paths."""
    repo = Repo(folder / "repo")
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"text\n").strip()
    repo.git("update-index", "-z", "--index-info", stdin=b"".join(b"100644 %b 0\t%b\0" % (blob, path) for path in paths))
    return os.fsencode(repo.root)


def test_a_long_path_is_not_looked_through_at_each_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the end of a path is not there, nobody looks for lines in it: it may hold thousands of their beginnings."""
    root = _holding(tmp_path, [b"a", b"x" * 200_000, b"z"])
    counted = _Counted(index._ENTRY)  # noqa: SLF001
    whole = git(root, *LISTED, "--debug")
    lines = [found.groups() for found in index._ENTRY.finditer(whole)]  # noqa: SLF001
    monkeypatch.setattr(index, "_ENTRY", counted)
    monkeypatch.setattr(running, "PART", 1 << 12)
    assert list(index.recorded(root)) == lines
    assert len(lines) == 3
    assert counted.given < 4 * len(whole)


def test_two_long_paths_are_not_one_that_is_too_long(tmp_path: Path) -> None:
    """Each path is held against the bound by itself."""
    paths = [b"a" * 700_000, b"b" * 700_000, b"c"]
    assert [line[4] for line in index.recorded(_holding(tmp_path, paths))] == paths


def test_a_path_that_no_system_holds(tmp_path: Path) -> None:
    """One beyond the bound is an error, and not held."""
    with pytest.raises(GitError, match="more than 1 MiB"):
        list(index.recorded(_holding(tmp_path, [b"a" * 1_200_000])))


@pytest.mark.parametrize("depth", [1500, 30_000])
def test_a_path_of_thousands_of_folders_is_as_the_index_holds_it(tmp_path: Path, depth: int) -> None:
    """What is below no folder is not there, and is not looked at any further."""
    deep = b"a/" * depth + b"b"
    root = _holding(tmp_path, [deep, b"c/d"])
    tree = WorkTree(root)
    try:
        assert [(each.path, each.origin) for each in tree.entries()] == [(deep, "index"), (b"c/d", "index")]
        assert tree.deleted == {deep, b"c/d"}
        assert len(tree._folders) <= 4  # noqa: SLF001 - not one for each
    finally:
        tree.close()


def test_what_stands_in_the_place_of_a_large_file_has_its_own_size(tmp_path: Path) -> None:
    """A size that fits no column belongs to the file that had it."""
    with (tmp_path / "large").open("wb") as file:
        file.truncate((5 << 30) + 1)
    (tmp_path / "small").write_bytes(b"x")
    below = os.fsencode(tmp_path) + b"/"
    files = Columns(below, Blobs(below))
    files.there(b"large")
    files.ordered()
    files.replace(0, artifact(below, b"small"))
    assert list(sizes(files)) == [each.size for each in files] == [1]


def test_of_what_is_not_judged_no_artifacts_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large repository, one file is scanned without an artifact for each of the others."""
    repo = Repo(tmp_path / "repo")
    for number in range(200):
        repo.write(f"note{number}.txt", b"text\n")
    repo.git("add", "-A")
    made = list[int]()
    get = Columns.__getitem__

    def counted(self: Columns, at: int) -> Artifact:
        made.append(at)
        return get(self, at)

    monkeypatch.setattr(Columns, "__getitem__", counted)
    monkeypatch.chdir(repo.root)
    assert main(["scan", "--no-cache", "--jobs", "1", "note7.txt"]) == 0
    assert 0 < len(made) < 50


def test_a_path_twice_in_a_damaged_index_is_one_file(tmp_path: Path) -> None:
    """Git prints both, and there is one file."""
    repo = Repo(tmp_path / "repo")
    repo.write("a", b"text\n")
    os.utime(repo.root / "a", (1_600_000_000, 1_600_000_000))
    repo.git("add", "a")
    index_file = repo.root / ".git/index"
    data = index_file.read_bytes()
    entries = data[12:76] * 2  # 62 bytes, and the name with a zero
    damaged = data[:8] + (2).to_bytes(4, "big") + entries
    index_file.write_bytes(damaged + hashlib.sha1(damaged, usedforsecurity=False).digest())
    assert repo.git("ls-files", "-z") == b"a\0a\0"
    tree = WorkTree(os.fsencode(repo.root))
    try:
        assert [each.path for each in tree.entries()] == [b"a"]
        assert tree.changed == {b"a"}
    finally:
        tree.close()
