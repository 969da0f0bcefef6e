"""A file of which all is as git recorded it is told at once, and is what it is by the whole look."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.sources.columns import Columns
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.sources.git import GitError
from pytest_genomic_guard.sources.worktree import WorkTree

if TYPE_CHECKING:
    import random
    from pathlib import Path

_HOW = (
    "grow",
    "same-size",
    "secretly",
    "touch",
    "mode",
    "delete",
    "link",
    "folder",
    "replace",
    "fifo",
    "stage",
    "new",
    "link-above",
)


def _told(root: Path) -> dict[str, object]:
    """Return all that a work tree says, its stamps apart."""
    tree = WorkTree(os.fsencode(root))
    try:
        told = [(each.path, each.kind, each.origin, each.mode, each.blob, each.size, each.copy is None) for each in tree.entries()]
        return {"entries": told, "deleted": tree.deleted, "modified": tree.modified, "changed": tree.changed}
    finally:
        tree.close()


def _change(root: Path, repo: Repo, draw: random.Random, how: str) -> None:
    """Change a random file in one of the ways in which files change."""
    file = root / f"d{draw.randrange(3)}" / f"f{draw.randrange(5)}"
    if not file.is_file() or file.is_symlink() or file.parent.is_symlink():
        return
    before, data = file.stat(), file.read_bytes()
    if how == "grow":
        file.write_bytes(data + b"more\n")
    elif how in {"same-size", "secretly"}:
        file.write_bytes(draw.randbytes(len(data)))
        if how == "secretly":
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif how == "touch":
        file.touch()
    elif how == "mode":
        file.chmod(0o755 if draw.random() < 0.5 else 0o600)
    elif how == "replace":  # by another file with the same bytes and times
        other = file.with_name("other")
        other.write_bytes(data)
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        other.rename(file)
    elif how == "stage":
        file.write_bytes(data + b"staged\n")
        repo.git("add", "-A", check=False)  # which refuses a FIFO
    elif how == "new":
        file.with_name("new").write_bytes(data)
    elif how == "link-above":
        moved = root / f"moved-{file.parent.name}"
        file.parent.rename(moved)
        file.parent.symlink_to(moved)
    else:
        file.unlink()
        _put(file, how)


def _put(file: Path, how: str) -> None:
    """Put something that is no file in the place of one, or nothing."""
    if how == "link":
        file.symlink_to("f0")
    elif how == "folder":
        file.mkdir()
        (file / "inner").write_bytes(b"x")
    elif how == "fifo":
        os.mkfifo(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="made on systems with FIFOs")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.randoms(use_true_random=False), hows=st.lists(st.sampled_from(_HOW), max_size=6))
def test_the_fast_look_is_the_whole_one(tmp_path_factory: pytest.TempPathFactory, draw: random.Random, hows: list[str]) -> None:
    """After any changes, a work tree says with it what it says without; only what did not change is told by it."""
    root = tmp_path_factory.mktemp("tree") / "repo"
    repo = Repo(root)
    for folder in range(3):
        for number in range(5):
            repo.write(f"d{folder}/f{number}", b"line %d\n" % number * (number + 1))
    time.sleep(0.01)
    repo.git("add", "-A")
    repo.commit()
    for how in hows:
        _change(root, repo, draw, how)
    told: list[tuple[bytes, bytes]] = []
    with pytest.MonkeyPatch.context() as patch:
        fast = _told(root)
        look = WorkTree._as_recorded  # noqa: SLF001

        def seen(self: WorkTree, _files: Columns, line: tuple[bytes, ...]) -> bool:
            if look(self, Columns(self._below, self._blobs), line):  # type: ignore[arg-type]
                with open(os.path.join(self.root, line[4]), "rb") as file:
                    told.append((file.read(), read_all(self._blobs.open(line[2].decode()))))
            return False

        patch.setattr(WorkTree, "_as_recorded", seen)
        assert fast == _told(root)
    assert all(there == held for there, held in told)
    assert hows or len(told) == 15


def test_an_index_that_cannot_be_read(tmp_path: Path) -> None:
    """A damaged index is an error, and the listing that git had begun is ended."""
    repo = Repo(tmp_path / "repo")
    repo.write("a", b"x")
    repo.git("add", "-A")
    (tmp_path / "repo/.git/index").write_bytes(b"DIRC damaged")
    started: list[subprocess.Popen[bytes]] = []
    with pytest.MonkeyPatch.context() as patch:
        begin = subprocess.Popen.__init__

        def begun(self: subprocess.Popen[bytes], *arguments: object, **named: object) -> None:
            started.append(self)
            begin(self, *arguments, **named)  # type: ignore[call-overload]

        patch.setattr(subprocess.Popen, "__init__", begun)
        with pytest.raises(GitError):
            WorkTree(os.fsencode(tmp_path / "repo"))
    assert started
    assert all(each.returncode is not None for each in started)
