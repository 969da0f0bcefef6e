"""Which file of rows a run may open: of a work tree also what git ignores, of an index what it has; never beyond the root."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pytest_genomic_guard.evidence import rowmatrices, rowtables
from pytest_genomic_guard.evidence.rowfiles import rows_of
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.sources.worktree import Directory, WorkTree

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


ROWS = b"score\n0.25\n0.5\n"


def test_an_ignored_file_of_a_work_tree(repo: Any) -> None:
    """Rows that git ignores are read in the work tree, and are not there for the index."""
    repo.add(".gitignore", b"eval/\n")
    repo.commit()
    repo.write("eval/rows.csv", ROWS)
    root = os.fsencode(repo.root)
    tree, index = WorkTree(root), Index(root)
    with rows_of(tree, b"eval/rows.csv") or pytest.fail("not found") as opened:
        assert rowtables.table(opened.file, opened.name, {"score": "number"}).columns["score"].numbers.tolist() == [0.25, 0.5]
        assert (opened.size, opened.sha256()) == (len(ROWS), hashlib.sha256(ROWS).hexdigest())
    assert opened.file.closed
    assert rows_of(index, b"eval/rows.csv") is None
    assert rows_of(tree, b"eval/other.csv") is None
    tree.close()
    index.close()


def test_what_is_staged_and_what_lies_there(repo: Any) -> None:
    """The index has its own bytes; the work tree those of the file."""
    repo.add("rows.csv", ROWS)
    repo.write("rows.csv", ROWS + b"0.75\n")
    root = os.fsencode(repo.root)
    for snapshot, rows in ((Index(root), 2), (WorkTree(root), 3)):
        with rows_of(snapshot, b"rows.csv") or pytest.fail("not found") as opened:
            assert rowtables.table(opened.file, opened.name, {"score": "number"}).rows == rows
        snapshot.close()


def test_a_folder_and_what_is_in_memory(folder: Path) -> None:
    """A plain folder is read as a work tree, and a matrix in it is mapped; memory has what it was given."""
    np.save(folder / "scores.npy", np.eye(3))
    with rows_of(Directory(os.fsencode(folder)), b"scores.npy") or pytest.fail("not found") as opened:
        assert isinstance(rowmatrices.matrix(opened.file, opened.name), np.memmap)
    snapshot = Memory({b"a.csv": ROWS}, root=os.fsencode(folder))
    assert rows_of(snapshot, b"scores.npy") is None
    with rows_of(snapshot, b"a.csv") or pytest.fail("not found") as opened:
        assert opened.file.read() == ROWS


@pytest.mark.parametrize(
    "path", [b"../out.csv", b"a/../../out.csv", b"/etc/passwd", b"link.csv", b"linked/out.csv", b".git/config", b"./a", b"a\0"]
)
def test_no_way_out(tmp_path: Path, path: bytes) -> None:
    """No path and no link leads beyond the root."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "a").mkdir()
    (tmp_path / "out.csv").write_bytes(ROWS)
    (root / "link.csv").symlink_to(tmp_path / "out.csv")
    (root / "linked").symlink_to(tmp_path)
    with pytest.raises(Unusable, match="the path leads out of the repository"):
        rows_of(Directory(os.fsencode(root)), path)


def test_links_within_and_what_is_no_file(folder: Path) -> None:
    """A link to a file of the same root is that file; a pipe and a folder are none."""
    (folder / "rows.csv").write_bytes(ROWS)
    (folder / "link.csv").symlink_to("rows.csv")
    (folder / "gone.csv").symlink_to("nowhere.csv")
    (folder / "data").mkdir()
    os.mkfifo(folder / "pipe.csv")
    snapshot = Directory(os.fsencode(folder))
    with rows_of(snapshot, b"link.csv") or pytest.fail("not found") as opened:
        assert opened.file.read() == ROWS
    for name in (b"data", b"pipe.csv"):
        with pytest.raises(Unusable, match="no regular file"):
            rows_of(snapshot, name)
    with pytest.raises(Unusable, match="could not be read"):
        rows_of(snapshot, b"gone.csv")
