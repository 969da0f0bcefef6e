"""The columns of a work tree tell what an artifact for each file would, whatever has happened to the files."""

from __future__ import annotations

import os
import stat
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources import index, running, worktree
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.columns import Columns, Paths
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.sources.git import LISTED, git
from pytest_genomic_guard.sources.rows import sizes
from pytest_genomic_guard.sources.worktree import Directory, WorkTree

if TYPE_CHECKING:
    import random
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from pytest_genomic_guard.model import Artifact, Snapshot

    Told = tuple[bytes, str, str, int, str | None, int | None, bool, bytes | str]

_ODD = b"100644 " + b"0" * 40 + b" 0\tx\tflags: 0"  # a name that looks like a line of git's
_NAMES = st.one_of(
    st.sampled_from([b"a", b"a.b", b"a\nb", b"\xff\xfe", b" ", b"\t", b'"q"', _ODD, "é".encode(), b"-x", b"a0", b"zz"]),
    st.binary(min_size=1, max_size=6).filter(lambda name: not {0, 47, 92} & set(name) and name not in {b".", b"..", b".git"}),
)
_FOLDERS = st.sampled_from([b"", b"d/", b"d.e/", b"d/e/", b"d0/", b"\xf0/"])
_HOW = (
    "keep",
    "keep",
    "change",
    "delete",
    "link",
    "untracked",
    "conflict",
    "program",
    "ignored",
    "folder",
    "link-kept",
    "submodule",
)
_MODES = {b"120000": "link", b"160000": "submodule"}


def _content(entry: Artifact) -> bytes | str:
    try:
        return read_all(entry.open())
    except Unreadable as error:
        return error.reason


def _told(entry: Artifact) -> Told:
    return entry.path, entry.kind, entry.origin, entry.mode, entry.blob, entry.size, entry.copy is None, _content(entry)


def _there(root: bytes, path: bytes) -> Told:
    """Return what a file in the work tree is by itself."""
    full = os.path.join(root, path)
    found = os.lstat(full)
    if stat.S_ISLNK(found.st_mode):
        return path, "link", "worktree", 0o120000, None, None, True, os.readlink(full)
    mode = 0o100755 if found.st_mode & 0o100 else 0o100644
    with open(full, "rb") as file:
        return path, "file", "worktree", mode, None, found.st_size, True, file.read()


def _plainly(repo: Repo, named: list[bytes]) -> list[Told]:
    """Return what is to be told of a repository, from what git says and what is there, one after the other."""
    root = os.fsencode(repo.root)
    first: dict[bytes, Told] = {}
    sides: list[Told] = []
    for line in repo.git("ls-files", "-s", "-z").split(b"\0")[:-1]:
        about, _tab, path = line.partition(b"\t")
        mode, blob, stage = about.split()
        full = os.path.join(root, path)
        kind, content = _MODES.get(mode, "file"), b"" if mode == b"160000" else repo.git("cat-file", "blob", blob.decode())
        if mode == b"160000" or not os.path.lexists(full) or (os.path.isdir(full) and not os.path.islink(full)):
            told: Told = path, kind, "index", int(mode, 8), blob.decode(), None, True, content
            if first.setdefault(path, told) is not told:
                sides.append(told)
            continue
        there = _there(root, path)
        same = stage == b"0" and there[1] == kind and there[7] == content and (kind == "link" or there[3] == int(mode, 8))
        if same and kind == "file":
            there = path, kind, "index", int(mode, 8), blob.decode(), there[5], False, content
        first.setdefault(path, there)
    for path in [*repo.git("ls-files", "-o", "-z", "--exclude-standard").split(b"\0")[:-1], *named]:
        first[path] = _there(root, path)
    return sorted((*first.values(), *sides), key=lambda each: each[0])


def _put(repo: Repo, path: bytes, how: str, draw: random.Random) -> None:
    """Do something to a tracked file."""
    full = os.path.join(os.fsencode(repo.root), path)
    if how in {"delete", "link", "folder"}:
        os.remove(full)
    if how == "change":
        with open(full, "ab") as file:
            file.write(b"more")
    elif how == "link":
        os.symlink(b"somewhere", full)
    elif how == "folder":
        os.mkdir(full)
        repo.write(path + b"/inner", b"inside")
    elif how == "conflict":
        stages = draw.sample((1, 2, 3), draw.randrange(1, 4))
        blobs = [repo.git("hash-object", "-w", "--stdin", stdin=b"side %d" % each).strip() for each in stages]
        lines = [b"100644 %b %d\t%b\0" % (blob, each, path) for blob, each in zip(blobs, stages, strict=True)]
        repo.git("update-index", "-z", "--index-info", stdin=b"0 %b 0\t%b\0" % (b"0" * 40, path) + b"".join(lines))
        if draw.random() < 0.5:
            os.remove(full)


def _made(root: Path, files: dict[bytes, str], draw: random.Random) -> tuple[Repo, list[bytes]]:
    """Return a repository with files to which something happened, and those among them that git ignores."""
    repo = Repo(root)
    tracked = [path for path, how in files.items() if how not in {"untracked", "ignored"}]
    for path in tracked:
        if files[path] == "link-kept":
            full = os.path.join(os.fsencode(root), path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            os.symlink(b"target", full)
        else:
            repo.write(path, b"line of %b\n" % path).chmod(0o755 if files[path] == "program" else 0o644)
    repo.git("add", "-A", "-f")
    if "submodule" in files.values():
        repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    for path in tracked:
        _put(repo, path, files[path], draw)
    others = [path for path, how in files.items() if how in {"untracked", "ignored"}]
    for path in others:
        repo.write(path, b"other %b" % path)
    ignored = [path for path in others if files[path] == "ignored"]
    (root / ".git/info").mkdir(exist_ok=True)
    names = [path for path in ignored if path.isalnum()]
    (root / ".git/info/exclude").write_bytes(b"".join(b"/%b\n" % path for path in names))
    return repo, names


def _holds(tree: Snapshot, want: list[Told], chosen: set[bytes]) -> None:
    """Hold all that a snapshot says against the list of its artifacts."""
    paths = [each[0] for each in want]
    entries = tree.entries()
    assert [_told(each) for each in entries] == want
    assert list(tree.names()) == paths
    assert list(sizes(entries)) == [each[5] or 0 for each in want]
    assert len(entries) == len(want)
    assert (tree.changed, len(tree.changed)) == (chosen, len(chosen))
    assert tree.whole() == (chosen == set(paths))
    assert [each.path for each in tree.chosen()] == [path for path in paths if path in chosen]
    assert [each.path for each in tree.unchanged()] == [path for path in paths if path not in chosen]
    assert [each.path for each in tree.beside()] == sorted(chosen)
    assert [each.path for each in tree.beside(chosen)] == []
    for path in {*paths, b"nowhere", b""}:
        found = tree.find(path)
        assert (found and _told(found)) == next((each for each in want if each[0] == path), None)
        assert (path in tree.changed) == (path in chosen)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    draw=st.randoms(use_true_random=False),
    files=st.dictionaries(st.builds(bytes.__add__, _FOLDERS, _NAMES), st.sampled_from(_HOW), max_size=12),
)
def test_columns_tell_what_objects_would(
    tmp_path_factory: pytest.TempPathFactory, draw: random.Random, files: dict[bytes, str]
) -> None:
    """Whatever happened to its files, a work tree says what a list of artifacts would, in order; so does a part of it."""
    files = {path: how for path, how in files.items() if not any(other.startswith(path + b"/") for other in files)}
    repo, ignored = _made(tmp_path_factory.mktemp("columns") / "repo", files, draw)
    for named in ([], ignored):
        want = _plainly(repo, named)
        paths = {each[0] for each in want}
        tops = sorted({path.partition(b"/")[0] for path in paths})
        there = [name for name in tops if name in paths or os.path.isdir(os.path.join(os.fsencode(repo.root), name))]
        for select in (None, (b"",), tuple(there[::2])):
            chosen = [*([b""] if select is None else select), *named]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(worktree, "_LARGE", draw.choice((0, 1 << 20)))  # bytes from which one git runs after the other
                tree = WorkTree(os.fsencode(repo.root), chosen if named or select is not None else None)
            try:
                part = {path for path in paths if path in named or path.partition(b"/")[0] in there[::2]}
                _holds(tree, want, paths if select in {None, (b"",)} else part)
                assert tree.ignored == set(named)
            finally:
                tree.close()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.sets(st.builds(bytes.__add__, _FOLDERS, _NAMES), max_size=10), draw=st.randoms(use_true_random=False))
def test_a_folder_tells_what_objects_would(
    tmp_path_factory: pytest.TempPathFactory, files: set[bytes], draw: random.Random
) -> None:
    """A plain folder does, too, also where files are added besides."""
    files = {path for path in files if not any(other.startswith(path + b"/") for other in files)}
    root = os.fsencode(tmp_path_factory.mktemp("plain"))
    for path in files:
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(b"text of " + path)
    chosen = {path for path in files if draw.random() < 0.5}
    besides = sorted(files - chosen)
    _holds(Directory(root), [_there(root, path) for path in sorted(files)], files)
    if chosen:
        there = Directory(root, sorted(chosen), besides[::2])
        for path in besides[1::2]:
            there.add(path)
        _holds(there, [_there(root, path) for path in sorted(files)], chosen)


@pytest.mark.parametrize("part", [1, 7, 100, 1 << 16])
def test_lines_of_the_index_come_whole(tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However git's output is cut, its lines are those of all of it at once, also of names that look like lines."""
    repo = Repo(tmp_path / "repo")
    for name in (b"a", _ODD, b"x\n" + _ODD, b"d/\tflags: 0\n", b"d/  ctime: 1:2\n"):
        repo.write(name, name)
    repo.git("add", "-A")
    root = os.fsencode(tmp_path / "repo")
    whole = [found.groups() for found in index._ENTRY.finditer(git(root, *LISTED, "--debug"))]  # noqa: SLF001
    monkeypatch.setattr(running, "PART", part)
    assert list(index.recorded(root)) == whole
    assert [line[4] for line in whole] == sorted([b"a", _ODD, b"x\n" + _ODD, b"d/\tflags: 0\n", b"d/  ctime: 1:2\n"])


@settings(deadline=None)
@given(paths=st.sets(st.binary(min_size=1, max_size=3).filter(lambda path: 0 not in path)), others=st.sets(st.binary(max_size=3)))
def test_paths_are_a_set(paths: set[bytes], others: set[bytes]) -> None:
    """The paths of columns do what a frozenset of them would."""
    files = Columns(b"/nowhere/", Blobs(b"/nowhere"))
    here = os.stat(os.curdir)
    for path in sorted(paths):
        files.file(path, here)
    files.ordered()
    found: AbstractSet[bytes] = Paths(files)
    assert found == paths
    assert (found | others, len(found | others)) == (paths | others, len(paths | others))
    assert (found & others, found - others, others - found) == (paths & others, paths - others, others - paths)
    assert (found <= others, others <= found, found.isdisjoint(others)) == (
        paths <= others,
        others <= paths,
        paths.isdisjoint(others),
    )
    assert all((each in found) == (each in paths) and (each in found | others) for each in others)


def test_a_size_that_fits_no_column(tmp_path: Path) -> None:
    """A file of more than 4 GiB has its size."""
    sparse = tmp_path / "large"
    with sparse.open("wb") as file:
        file.truncate((5 << 30) + 1)
    (tmp_path / "small").write_bytes(b"x")
    tree = Directory(os.fsencode(tmp_path))
    assert [each.size for each in tree.entries()] == list(sizes(tree.entries())) == [(5 << 30) + 1, 1]


def test_a_file_takes_little_memory() -> None:
    """A file takes its path, and not much more than its id and its stamp; as an artifact it takes ten times that."""
    here = os.stat(os.curdir)
    files = Columns(b"/nowhere/", Blobs(b"/nowhere"))
    tracemalloc.start()
    for number in range(20_000):
        files.unmodified(b"folder%04d/file%06d.txt" % (number // 100, number), 0o100644, bytes(20), here, b"s" * 16)
    files.ordered()
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 20_000 * 110
    assert len(files) == 20_000
