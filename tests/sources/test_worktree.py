"""The work tree and plain folders: what is listed, what is read of it, and what never is."""

from __future__ import annotations

import os
import shlex
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, guard, scan, without_rights
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.sources.worktree import Directory, WorkTree
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pytest_genomic_guard.report import Report

GEN101 = "GEN101"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return an empty git repository."""
    return Repo(tmp_path / "repo")


def _judged(snapshot: WorkTree | Directory) -> Report:
    try:
        return Engine(Plan(Registry())).run(snapshot, Policy())
    finally:
        snapshot.close()


def test_tracked_and_untracked(repo: Repo) -> None:
    """Tracked, staged and untracked files are judged, ignored ones are not."""
    repo.commit("a.vcf", samples.vcf())
    repo.add("b.vcf", samples.vcf())
    repo.write("c.vcf", samples.vcf())
    repo.write(".gitignore", b"d.vcf\n")
    repo.write("d.vcf", samples.vcf())
    assert [path for _code, _outcome, path in scan(cwd=repo.root).codes()] == ["a.vcf", "b.vcf", "c.vcf"]


def test_modified_file(repo: Repo) -> None:
    """Of a modified file the work tree's content is judged, both ways."""
    repo.commit("a.vcf", samples.vcf())
    repo.commit("b.vcf", samples.prose())
    repo.write("a.vcf", samples.prose())
    repo.write("b.vcf", samples.vcf())
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "b.vcf")]


def test_deleted_file(repo: Repo) -> None:
    """A tracked file that is gone from the work tree is judged as the index holds it."""
    repo.commit("d/a.vcf", samples.vcf())
    (repo.root / "d" / "a.vcf").unlink()
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "d/a.vcf")]


def test_folder_in_place_of_a_file(repo: Repo) -> None:
    """A tracked file whose place a folder has taken is judged as the index holds it, and so is what the folder holds."""
    repo.commit("a.vcf", samples.vcf())
    (repo.root / "a.vcf").unlink()
    repo.write("a.vcf/b.vcf", samples.vcf())
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "a.vcf"), (GEN101, "fail", "a.vcf/b.vcf")]


def test_link_in_place_of_a_folder(repo: Repo, tmp_path: Path) -> None:
    """A folder that a link has replaced is not looked through: what the index holds is judged."""
    repo.commit("d/a.txt", samples.vcf())
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_bytes(samples.prose())
    (repo.root / "d" / "a.txt").unlink()
    (repo.root / "d").rmdir()
    (repo.root / "d").symlink_to(outside)
    ran = scan(cwd=repo.root)
    assert ran.codes() == [(GEN101, "fail", "d/a.txt")]
    assert ran.gaps() == []


def test_links_are_not_followed(repo: Repo, tmp_path: Path) -> None:
    """Of a link only its target's name is read: to a file, a folder, a FIFO or nothing, tracked or not, in or out of git."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.vcf").write_bytes(samples.vcf())
    os.mkfifo(outside / "fifo")
    for name, target in {"file": "x.vcf", "folder": "", "fifo": "fifo", "nothing": "y", "beyond": "x.vcf/y"}.items():
        (repo.root / name).symlink_to(outside / target)
    repo.git("add", "file")
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.json["scanned"]["coverage"]["full"]) == (0, 5)
    (repo.root / ".git").rename(tmp_path / "away")
    plain = scan(cwd=repo.root)
    assert (plain.code, plain.json["scanned"]["source"], plain.json["scanned"]["files"]) == (0, "directory", 5)


@pytest.mark.parametrize("git", [True, False])
def test_link_loop(repo: Repo, git: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    """A link that leads back to itself is a gap."""
    (repo.root / "a").symlink_to("b")
    (repo.root / "b").symlink_to("a")
    (repo.root / "up").symlink_to(".")
    if git:
        repo.git("add", "-A")
    else:
        (repo.root / ".git").rename(tmp_path / "away")
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.gaps()) == (3, [("a", "link-loop"), ("b", "link-loop")])


def test_special_files_in_a_folder(tmp_path: Path) -> None:
    """FIFO, socket and device are gaps, and opening them does not wait."""
    os.mkfifo(tmp_path / "fifo")
    here = Path.cwd()
    os.chdir(tmp_path)  # a socket's name is short
    try:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("socket")
    finally:
        os.chdir(here)
    (tmp_path / "x.vcf").write_bytes(samples.vcf())
    ran = scan(cwd=tmp_path)
    listener.close()
    assert (ran.code, ran.gaps()) == (1, [("fifo", "special-file"), ("socket", "special-file")])
    for device in ("/dev/null", "/dev/zero"):
        named = scan(device, cwd=tmp_path)
        assert (named.code, named.gaps()) == (3, [(device.removeprefix("/dev/"), "special-file")])


def test_fifo_in_place_of_a_tracked_file(repo: Repo) -> None:
    """A tracked path that has become a FIFO is a gap in the work tree; the index still has its content."""
    repo.commit("keep.txt", samples.prose())
    repo.add("a.vcf", samples.vcf())
    (repo.root / "a.vcf").unlink()
    os.mkfifo(repo.root / "a.vcf")
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.gaps()) == (3, [("a.vcf", "special-file")])
    assert scan("--staged", cwd=repo.root).codes() == [(GEN101, "fail", "a.vcf")]


def test_fifo_after_listing(tmp_path: Path) -> None:
    """A file that becomes a FIFO between listing and reading is a gap, and nothing waits for a writer."""
    (tmp_path / "a").write_bytes(samples.prose())
    snapshot = Directory(os.fsencode(tmp_path))
    (tmp_path / "a").unlink()
    os.mkfifo(tmp_path / "a")
    assert [(gap.path, gap.reason) for gap in _judged(snapshot).gaps] == [("a", "special-file")]


def test_vanished_file(tmp_path: Path, repo: Repo) -> None:
    """What is gone after it was listed is a gap; a tracked file is judged by its blob instead."""
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a").write_bytes(samples.vcf())
    plain = Directory(os.fsencode(tmp_path / "f"))
    (tmp_path / "f" / "a").unlink()
    report = _judged(plain)
    assert ([(gap.path, gap.reason) for gap in report.gaps], report.exit_code) == ([("a", "vanished")], 3)
    tracked = repo.commit("a.vcf", samples.vcf())
    untracked = repo.write("b.vcf", samples.vcf())
    tree = WorkTree(os.fsencode(repo.root))
    tracked.unlink()
    untracked.unlink()
    report = _judged(tree)
    assert [(found.code, found.path) for found in report.findings] == [(GEN101, "a.vcf")]
    assert [(gap.path, gap.reason) for gap in report.gaps] == [("b.vcf", "vanished")]


def test_link_swapped_in_after_listing(tmp_path: Path) -> None:
    """A file that becomes a link between listing and reading is not followed."""
    (tmp_path / "outside.vcf").write_bytes(samples.vcf())
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a").write_bytes(samples.prose())
    snapshot = Directory(os.fsencode(tmp_path / "f"))
    (tmp_path / "f" / "a").unlink()
    (tmp_path / "f" / "a").symlink_to("../outside.vcf")
    report = _judged(snapshot)
    assert ([gap.reason for gap in report.gaps], report.findings) == (["unreadable"], ())


@pytest.mark.parametrize("git", [True, False])
def test_without_permission(repo: Repo, git: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    """A file and a folder that may not be read are gaps; the rest is judged."""
    if not git:
        (repo.root / ".git").rename(tmp_path / "away")
    repo.write("a.vcf", samples.vcf())
    repo.write("file", samples.vcf()).chmod(0)
    repo.write("folder/x.vcf", samples.vcf())
    (repo.root / "folder").chmod(0)
    ran = guard("scan", "--format", "json", cwd=repo.root, before=without_rights)
    (repo.root / "folder").chmod(0o700)
    assert (ran.code, ran.codes()) == (1, [(GEN101, "fail", "a.vcf")])
    assert sorted(ran.gaps()) == [("file", "unreadable"), ("folder", "unreadable")]


def test_scanned_folder_without_permission(tmp_path: Path) -> None:
    """A named folder that cannot be listed is told, and not taken for an empty one."""
    (tmp_path / "folder").mkdir(mode=0)
    ran = guard("scan", "folder", cwd=tmp_path, before=without_rights)
    (tmp_path / "folder").chmod(0o700)
    assert (ran.code, ran.out) == (2, "")
    assert "could not be listed" in ran.err


def test_untracked_repository_inside(repo: Repo) -> None:
    """The files of an untracked repository inside are judged, without its git folder."""
    repo.commit("a.txt", samples.prose())
    inner = Repo(repo.root / "inner")
    inner.commit("d/x.vcf", samples.vcf())
    ran = scan(cwd=repo.root)
    assert (ran.codes(), ran.json["scanned"]["files"]) == ([(GEN101, "fail", "inner/d/x.vcf")], 2)


def test_submodule(repo: Repo, tmp_path: Path) -> None:
    """A submodule is counted and not entered, checked out or not, in the work tree and in the index."""
    other = Repo(tmp_path / "other")
    other.commit("x.vcf", samples.vcf())
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "module")
    staged = scan("--staged", cwd=repo.root)
    assert (staged.code, staged.json["scanned"]["coverage"]["opaque"]) == (0, 1)
    repo.commit()
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.json["scanned"]["coverage"]["opaque"]) == (0, 1)
    assert scan(cwd=repo.root / "module").code == 1  # it is a repository of its own
    repo.git("submodule", "--quiet", "deinit", "-f", "module")
    assert scan(cwd=repo.root).code == 0


def test_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    """A second work tree of a repository, whose .git is a file, is scanned as itself."""
    repo.commit("x.vcf", samples.vcf())
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    (tmp_path / "second" / "y.vcf").write_bytes(samples.vcf())
    assert [path for _code, _outcome, path in scan(cwd=tmp_path / "second").codes()] == ["x.vcf", "y.vcf"]


def test_sha256_repository(tmp_path: Path) -> None:
    """A repository with SHA-256 ids is read like any other."""
    repo = Repo(tmp_path / "r", "--object-format=sha256")
    repo.commit("x.vcf", samples.vcf())
    repo.add("y.vcf", samples.vcf())
    assert [path for _code, _outcome, path in scan(cwd=repo.root).codes()] == ["x.vcf", "y.vcf"]
    assert scan("--staged", cwd=repo.root).codes() == [(GEN101, "fail", "y.vcf")]


def test_flags_that_hide_changes(repo: Repo) -> None:
    """assume-unchanged and skip-worktree do not hide what the work tree holds."""
    for name, flag in (("a.vcf", "--assume-unchanged"), ("b.vcf", "--skip-worktree")):
        repo.commit(name, samples.prose())
        repo.git("update-index", flag, name)
        repo.write(name, samples.vcf())
    assert [path for _code, _outcome, path in scan(cwd=repo.root).codes()] == ["a.vcf", "b.vcf"]


def test_sparse_checkout(repo: Repo) -> None:
    """What a sparse checkout leaves out is judged as the index holds it, also with a sparse index."""
    repo.commit("in/a.txt", samples.prose())
    repo.commit("out/x.vcf", samples.vcf())
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    assert not (repo.root / "out").exists()
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "out/x.vcf")]


def test_line_ends_of_a_checkout(repo: Repo) -> None:
    """A checkout with converted line ends is judged by its blobs: no finding twice, and none by line ends."""
    repo.commit("x.vcf", samples.vcf())
    repo.commit("a.txt", samples.prose())
    repo.git("config", "core.autocrlf", "true")
    for name in ("x.vcf", "a.txt"):
        (repo.root / name).unlink()
    repo.git("checkout", "-q", ".")
    assert b"\r\n" in (repo.root / "x.vcf").read_bytes()
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "x.vcf")]


def test_clean_filter(repo: Repo, tmp_path: Path) -> None:
    """What only a clean filter keeps from the commit is a warning, and the filter is never run."""
    marker = tmp_path / "marker"
    program = tmp_path / "strip.sh"
    program.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(marker))}\ncat >/dev/null\necho stripped\n")
    program.chmod(0o755)
    repo.git("config", "filter.strip.clean", str(program))
    repo.git("config", "filter.strip.smudge", str(program))
    repo.commit(".gitattributes", b"*.vcf filter=strip\n")
    repo.commit("x.vcf", samples.vcf())
    assert marker.exists()  # the filter works, when git calls it
    marker.unlink()
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.codes()) == (0, [(GEN101, "warn", "x.vcf")])
    assert "working copy only" in ran.json["findings"][0]["message"]
    assert scan("--staged", cwd=repo.root).code == 0
    repo.write("y.vcf", samples.vcf())
    assert scan(cwd=repo.root).code == 1  # nothing says yet what a commit would hold
    assert not marker.exists()


def test_lfs_pointer(repo: Repo, tmp_path: Path) -> None:
    """A pointer alone is read in part; where its object is checked out, that counts in full."""
    people = samples.vcf()
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize %d\n" % (samples.hexadecimal(), len(people))
    repo.commit("x.vcf", pointer)
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.codes()) == (0, [("GEN602", "warn", "x.vcf"), ("RUN102", "warn", "x.vcf")])
    (tmp_path / "pointer").write_bytes(pointer)
    repo.git("config", "filter.lfs.clean", f"cat {shlex.quote(str(tmp_path / 'pointer'))}")
    repo.commit(".gitattributes", b"*.vcf filter=lfs\n")
    repo.commit("x.vcf", people)
    assert repo.git("show", ":x.vcf") == pointer
    assert scan(cwd=repo.root).codes() == [(GEN101, "fail", "x.vcf")]


@pytest.mark.parametrize(
    "name", [b"a\nb.vcf", b"a\x1b[31mb.vcf", b"a\xffb.vcf", b"a\tb\"'\\.vcf", b" a .vcf", b"-a.vcf", b":(top)a", b"a*[b].vcf"]
)
@pytest.mark.parametrize("git", [True, False])
def test_odd_names(repo: Repo, name: bytes, git: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    """Any name can be scanned and told: escaped in text, valid in JSON."""
    repo.add(name, samples.vcf())
    if not git:
        (repo.root / ".git").rename(tmp_path / "away")
    ran = guard("scan", cwd=repo.root)
    assert ran.code == 1
    assert all(32 <= byte != 127 or byte == 10 for byte in ran.raw_out)
    assert scan(cwd=repo.root).json["scanned"]["files"] == 1
    assert scan(b"./" + name, cwd=repo.root).code == 1


_NAMES = st.lists(
    st.binary(min_size=1, max_size=12).filter(
        lambda name: not {0, 47} & set(name) and name not in {b".", b".."} and b"git" not in name.lower()
    ),
    min_size=1,
    max_size=5,
    unique=True,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=_NAMES)
def test_every_file_is_an_entry(tmp_path_factory: pytest.TempPathFactory, names: list[bytes]) -> None:
    """Work tree, index and plain folder hold exactly the files that are there, whatever their names, sorted as bytes."""
    repo = Repo(tmp_path_factory.mktemp("r"))
    for name in names:
        with open(os.path.join(os.fsencode(repo.root), name), "wb") as file:
            file.write(b"plain\n")
    repo.git("add", "-A")
    tree = WorkTree(os.fsencode(repo.root))
    found = [entry.path for entry in tree.entries()]
    tree.close()
    assert found == sorted(names)
    (repo.root / ".git").rename(tmp_path_factory.mktemp("away") / "git")
    assert [entry.path for entry in Directory(os.fsencode(repo.root)).entries()] == sorted(names)
