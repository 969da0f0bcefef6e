"""Which git is run, and what is said where it cannot work with what it finds."""

from __future__ import annotations

import os
import shlex
import shutil
import sysconfig
from typing import TYPE_CHECKING

import pytest
from _scratch import Ran, Repo, guard, hook, run, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

GEN101 = "GEN101"
REAL = shutil.which("git") or ""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository with a staged call set."""
    repo = Repo(tmp_path / "repo")
    repo.add("d/x.vcf", samples.vcf())
    return repo


def _planted(folder: Path, marker: Path) -> None:
    """Put a git into a folder that tells that it was run, and then works."""
    folder.mkdir(exist_ok=True)
    (folder / "git").write_text(f'#!/bin/sh\necho ran >> {shlex.quote(str(marker))}\nexec {shlex.quote(REAL)} "$@"\n')
    (folder / "git").chmod(0o755)


def _doors(repo: Repo, path: str, folder: str = ".") -> list[Ran]:
    cwd = repo.root / folder
    env = {"PATH": path}
    return [scan(cwd=cwd, env=env), scan("--staged", cwd=cwd, env=env), hook("everything", cwd=cwd, env=env)]


@pytest.mark.parametrize("where", [".", "", "./bin", "bin", "{root}", "{root}/bin", "{elsewhere}"])
@pytest.mark.parametrize("folder", [".", "d"])
def test_git_of_the_repository(repo: Repo, tmp_path: Path, where: str, folder: str) -> None:
    """A git that what is scanned brings along is never run, wherever on PATH it stands, and from wherever one scans."""
    marker = tmp_path / "marker"
    for inside in (repo.root, repo.root / "bin", repo.root / "d", repo.root / "d" / "bin"):
        _planted(inside, marker)
    (tmp_path / "elsewhere").symlink_to(repo.root / "bin")  # a link to it is no other place
    entry = where.format(root=repo.root, elsewhere=tmp_path / "elsewhere")
    for ran in _doors(repo, entry + os.pathsep + os.environ["PATH"], folder):
        assert ran.code == 1
        assert GEN101 in ran.out
    assert not marker.exists()


def test_console_script_from_the_current_folder(repo: Repo, tmp_path: Path) -> None:
    """The command, started as people do where nothing is a repository, runs no git of the current folder either."""
    marker = tmp_path / "marker"
    folder = tmp_path / "plain"
    _planted(folder, marker)
    (folder / "x.vcf").write_bytes(samples.vcf())
    command = os.path.join(sysconfig.get_path("scripts"), "genomic-guard")
    for what in (".", str(repo.root)):
        assert run([command, "scan", what], folder, {"PATH": ".:" + os.environ["PATH"]}).code == 1
    assert not marker.exists()


def test_git_elsewhere_is_used(repo: Repo, tmp_path: Path) -> None:
    """The first git on PATH that is somewhere else is the one that is run."""
    marker = tmp_path / "marker"
    _planted(tmp_path / "tools", marker)
    assert scan(cwd=repo.root, env={"PATH": f"{tmp_path}/tools:{os.environ['PATH']}"}).code == 1
    assert marker.exists()


@pytest.mark.parametrize("path", ["", ".", "{root}", "/no-such-folder"])
def test_no_git_is_left(repo: Repo, tmp_path: Path, path: str) -> None:
    """Without any git that may be run, the run is incomplete and says why; nothing is taken for a plain folder."""
    _planted(repo.root, tmp_path / "marker")
    for ran in _doors(repo, path.format(root=repo.root)):
        assert (ran.code, ran.out) == (3, "")
        assert "there is no git on PATH" in ran.err
    assert not (tmp_path / "marker").exists()


def test_bare_repository(repo: Repo) -> None:
    """A repository that calls itself bare is told as such, with what can be done."""
    repo.git("config", "core.bare", "true")
    for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root), hook("everything", cwd=repo.root)):
        assert (ran.code, ran.out) == (3, "")
        assert "core.bare" in ran.err


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("", "the file .git is empty or damaged"),
        ("gitdir\n", "the file .git is empty or damaged"),
        ("[core\n", "configuration is damaged"),
        ("[core]\n\trepositoryformatversion = 99\n", "newer than this git"),
    ],
)
def test_damaged_repository(repo: Repo, damage: str, said: str) -> None:
    """What is wrong with a repository that git refuses is told in words, not only as git's exit status."""
    if damage.startswith("["):
        repo.write(".git/config", damage.encode())
    else:
        shutil.rmtree(repo.root / ".git")
        repo.write(".git", damage.encode())
    for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root)):
        assert (ran.code, ran.out) == (3, "")
        assert said in ran.err


def test_git_folder_that_is_none(repo: Repo) -> None:
    """Where git takes a .git for nothing, the folder is scanned as a plain one, and says so; in a repository it is refused."""
    shutil.rmtree(repo.root / ".git")
    (repo.root / ".git").mkdir()
    ran = guard("scan", cwd=repo.root)
    assert ran.code == 1
    assert "scanned as a plain folder" in ran.err
    (repo.root / ".git").rmdir()
    outer = Repo(repo.root)
    (repo.root / "d" / ".git").mkdir()
    inner = scan(cwd=outer.root / "d")
    assert (inner.code, inner.out) == (3, "")
    assert "nearest .git is empty or damaged" in inner.err
