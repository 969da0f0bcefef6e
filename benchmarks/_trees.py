"""Trees of files to be measured: private copies of folders, and synthetic ones. Each is there twice, by hard links.

`plain` holds the files alone, for tools that read all there is below a folder; `repository` has them committed.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import _plausible
from _timing import QUIET, git


class Tree(NamedTuple):
    """The same files, plain and in a repository."""

    name: str
    plain: Path
    repository: Path
    names: bytes  # of all files, each followed by a zero byte
    blobs: bytes  # their ids, a line for each
    files: int
    size: int
    kinds: dict[str, int]  # bytes by suffix, largest first


def copied(folder: Path, place: Path) -> Tree:
    """Copy what a scan of the folder sees: of a repository what is tracked or not ignored; else all."""
    plain = place / folder.name / "plain"
    for name in _listed(folder):
        source, target = folder / name, plain / name
        if stat.S_ISREG(source.lstat().st_mode):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return _tree(folder.name, plain)


def synthetic(count: int, place: Path) -> Tree:
    """Make a tree of plausible files."""
    name = f"synthetic, {count:,} files"
    plain = place / f"synthetic-{count}" / "plain"
    make(plain, count)
    return _tree(name, plain)


def make(root: Path, count: int) -> int:
    """Write files with sizes as repositories have them, median 1.1 kB; the same in every run. Return their size."""
    chance = random.Random(count)  # noqa: S311 - the same files in every run
    total = 0
    last = ""
    for number in range(count):
        suffix = chance.choice(_plausible.SUFFIXES)
        path = root / _plausible.place(number, suffix, chance)
        if str(path.parent) != last:
            path.parent.mkdir(parents=True, exist_ok=True)
            last = str(path.parent)
        total += path.write_text(_plausible.text(suffix, min(60_000, int(chance.lognormvariate(6.85, 1.2))), chance), "utf-8")
    return total


def commit(root: Path) -> None:
    """Make a repository of a folder."""
    git(root, "init", "-q")
    git(root, "add", "-A", "-f")
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gc.auto=0", "commit", "-qm", "files")


def _tree(name: str, plain: Path) -> Tree:
    repository = plain.parent / "repository"
    kinds: Counter[str] = Counter()
    names: list[bytes] = []
    for at, _folders, found in os.walk(plain):
        for each in found:
            path = Path(at, each)
            target = repository / path.relative_to(plain)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target)
            names.append(os.fsencode(path.relative_to(plain)))
            kinds[path.suffix.lower()] += path.stat().st_size
    commit(repository)
    listed = subprocess.run(["git", "ls-files", "-s", "-z"], cwd=repository, env=QUIET, capture_output=True, check=True).stdout
    blobs = b"".join(line.split(b" ")[1] + b"\n" for line in listed.split(b"\0") if line)
    told = b"".join(name + b"\0" for name in sorted(names))
    return Tree(name, plain, repository, told, blobs, len(names), sum(kinds.values()), dict(kinds.most_common(6)))


def _listed(folder: Path) -> list[str]:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=folder, env=QUIET, capture_output=True, check=False)
    if done.returncode == 0:
        return sorted({os.fsdecode(name) for name in done.stdout.split(b"\0") if name and (folder / os.fsdecode(name)).is_file()})
    return [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
