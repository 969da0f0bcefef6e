"""When the file of results is written: where there is something new, and only for those who would ask."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, scan

if TYPE_CHECKING:
    from pathlib import Path

    from _scratch import Ran


class Kept:
    """A repository with more than a hundred files, and a cache of its own."""

    def __init__(self, root: Path) -> None:
        """Make both, in two commits."""
        self.repo, self.cache = Repo(root / "repo"), root / "cache"
        self.cache.mkdir()
        self.commit(1)
        self.commit(120)

    def commit(self, count: int) -> None:
        """Commit so many files, after a tick of the clock."""
        for number in range(count):
            self.repo.write(f"d{number % 7}/f{number}.md", b"Words and words of part %d of %d.\n" % (number, count))
        time.sleep(0.02)
        self.repo.git("add", "-A")
        self.repo.commit()

    def scan(self, *arguments: str) -> Ran:
        """Scan with the cache."""
        ran = scan(*arguments, cwd=self.repo.root, env={"XDG_CACHE_HOME": str(self.cache), "CI": ""})
        assert ran.code == 0
        return ran

    def files(self) -> list[tuple[str, int, int]]:
        """Return the files of results, each as it was written."""
        found = sorted(self.cache.glob("genomic-guard/results-*"))
        return [(each.name, each.stat().st_ino, each.stat().st_mtime_ns) for each in found]

    def doubted(self) -> None:
        """Make the index older than all files, so that git's stat data leaves a doubt of each."""
        index = self.repo.root / ".git/index"
        told = index.stat()
        os.utime(index, ns=(told.st_atime_ns, told.st_mtime_ns - 10**12))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Return a repository."""
    return Kept(tmp_path)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_nothing_new_is_nothing_written(kept: Kept, jobs: str) -> None:
    """A second run writes nothing, also where every file has to be read since its times leave a doubt."""
    kept.doubted()
    first = kept.scan("--jobs", jobs)
    before = kept.files()
    assert len(before) == 1
    assert kept.scan("--jobs", jobs).out == first.out
    assert kept.files() == before
    kept.repo.git("update-index", "--refresh")  # times that leave none are new
    kept.scan("--jobs", jobs)
    after = kept.files()
    assert after != before
    kept.scan("--jobs", jobs)
    assert kept.files() == after


def test_one_new_file_is_written(kept: Kept) -> None:
    """What is new is kept beside what is known, and no more is written after that."""
    kept.scan()
    before = kept.files()
    kept.repo.write("new.md", b"New words.\n")
    kept.repo.git("add", "-A")
    kept.repo.commit()
    kept.scan()
    after = kept.files()
    assert after != before
    kept.scan()
    assert kept.files() == after


@pytest.mark.parametrize("arguments", [("--range", "HEAD~1..HEAD"), ("--since", "HEAD~1"), ("--staged",)])
def test_what_asks_nothing_keeps_nothing(kept: Kept, arguments: tuple[str, ...]) -> None:
    """A range, and what is staged, are scanned whatever is known: nothing is kept for them either, or taken from what is."""
    for number in range(120):
        kept.repo.write(f"staged/f{number}.md", b"Staged words %d.\n" % number)
    kept.repo.git("add", "-A")
    kept.scan(*arguments)
    assert kept.files() == []
    kept.scan()
    before = kept.files()
    assert before
    kept.scan(*arguments)
    assert kept.files() == before


def test_a_history_keeps(kept: Kept) -> None:
    """The contents of a history are known in the next scan of it."""
    first = kept.scan("--history")
    before = kept.files()
    assert before
    assert kept.scan("--history").out == first.out
    assert kept.files() == before
