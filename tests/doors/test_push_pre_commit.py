"""The doors before a push and for a message through real pre-commit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from _commits import leak
from _precommit import (  # noqa: F401 - a fixture is found by being here
    Scratch,
    fixture_common,
    fixture_empty,
    fixture_hooks,
    told,
)
from _scratch import environment

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


STAGES = ("pre-commit", "pre-merge-commit", "commit-msg", "pre-push")


@pytest.fixture(name="kept")
def fixture_kept(empty: Scratch, hooks: Path, tmp_path: Path) -> Scratch:
    """Return a repository with all our hooks in force through pre-commit, and a remote."""
    ids: list[dict[str, object]] = [{"id": f"genomic-guard{name}"} for name in ("", "-push", "-message")]
    empty.install(hooks, *ids, default_install_hook_types=list(STAGES))
    empty.git("branch", "-M", "main")
    empty.git("init", "--quiet", "--bare", str(tmp_path / "remote.git"))
    empty.git("remote", "add", "origin", (tmp_path / "remote.git").as_uri())
    return empty


def _add_and_remove(kept: Scratch, name: str = "a.dat") -> None:
    kept.stage(name, leak())
    kept.keep()
    kept.git("rm", "--quiet", name)
    kept.keep()


def test_pre_commit_judges_pushes(kept: Scratch) -> None:
    """A first push, a later one and a new branch are judged whole; a deletion, and a push of what is there, go through."""
    assert kept.run("git", "push", "-q", "origin", "main").returncode == 0
    clean = kept.git("rev-parse", "HEAD").strip()
    _add_and_remove(kept)
    for what in ("main", "main:refs/heads/other", "HEAD~1:refs/heads/third", "v1"):
        kept.git("tag", "--force", "v1")
        done = kept.run("git", "push", "-q", "origin", what)
        assert done.returncode != 0, told(done)
        assert "GEN101" in told(done)
        assert "a.dat" in told(done)
    kept.git("push", "--quiet", "--no-verify", "origin", f"{clean}:refs/heads/gone")
    done = kept.run("git", "push", "-q", "origin", ":gone")
    assert done.returncode == 0, told(done)


def test_pre_commit_judges_a_first_push(kept: Scratch) -> None:
    """Where the remote has nothing, pre-commit names all files, and the door judges all commits."""
    _add_and_remove(kept)
    done = kept.run("git", "push", "-q", "origin", "main")
    assert done.returncode != 0
    assert "GEN101" in told(done)


def test_hook_of_a_family_before_a_push(empty: Scratch, hooks: Path, tmp_path: Path) -> None:
    """A hook for commits that somebody has put before pushes judges what a push sends, the first one too."""
    use: dict[str, object] = {"id": "genomic-guard-genomic", "stages": ["pre-push"]}
    empty.install(hooks, use, default_install_hook_types=["pre-push"])
    remote = str(tmp_path / "remote.git")
    empty.git("init", "--quiet", "--bare", remote)
    assert empty.run("git", "push", "--quiet", remote, "HEAD:main").returncode == 0
    _add_and_remove(empty)
    other = str(tmp_path / "other.git")
    empty.git("init", "--quiet", "--bare", other)
    for place in (remote, other):
        done = empty.run("git", "push", "--quiet", place, "HEAD:main")
        assert (done.returncode != 0, "a.dat" in told(done)) == (True, True), told(done)


def test_pre_commit_names_the_first_ref_alone(kept: Scratch) -> None:
    """Of several refs pre-commit names one: the door says that others can be unjudged, and git's own hook judges them."""
    kept.git("push", "--quiet", "--no-verify", "origin", "main")
    kept.git("checkout", "--quiet", "-b", "first")
    kept.stage("b.txt")
    kept.keep()
    kept.git("checkout", "--quiet", "-b", "second", "main")
    _add_and_remove(kept)
    assert "pre-commit names one ref" in told(kept.run("git", "push", "-q", "--dry-run", "origin", "first"))
    done = kept.run("git", "push", "-q", "--dry-run", "origin", "first", "second")
    assert (done.returncode, "pre-commit names one ref" in told(done)) == (0, True), told(done)
    legacy = kept.root / ".git" / "hooks" / "pre-push.legacy"  # where pre-commit keeps the hook that was there before it
    legacy.write_text(f'#!/bin/sh\nexec {sys.executable} -I -m pytest_genomic_guard.hooks.push "$@"\n', "utf-8")
    legacy.chmod(0o755)
    done = kept.run("git", "push", "-q", "--dry-run", "origin", "first", "second")
    assert done.returncode != 0
    assert "GEN101" in told(done)


def test_pre_commit_judges_commits(kept: Scratch) -> None:
    """What is staged, a message, and a merge that brings what no parent has are refused by the hooks of their stages."""
    kept.stage("a.dat", leak())
    done = kept.commit()
    assert (done.returncode, "GEN101" in told(done)) == (1, True)
    kept.git("rm", "--quiet", "--cached", "a.dat")
    done = kept.run("git", "commit", "-q", "--allow-empty", "-m", "seen\n\n" + leak().decode())
    assert (done.returncode, "commit:message" in told(done)) == (1, True), told(done)
    kept.git("checkout", "--quiet", "-b", "side")
    kept.stage("b.txt")
    kept.keep()
    kept.git("checkout", "--quiet", "main")
    kept.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    kept.stage("a.dat", samples.vcf())
    done = kept.run("git", "merge", "--continue", GIT_EDITOR="true")
    assert (done.returncode, "GEN101" in told(done)) == (1, True), told(done)


@pytest.mark.parametrize("use", ["genomic-guard", "genomic-guard-push"])
def test_from_ref_as_people_write_it(kept: Scratch, use: str) -> None:
    """``pre-commit run --from-ref --to-ref`` with names of branches judges that range, and nothing before it."""
    _add_and_remove(kept)
    kept.git("branch", "start")
    stage = ("--hook-stage", "pre-push") if use == "genomic-guard-push" else ()
    kept.stage("b.txt")
    kept.keep()
    done = kept.pre_commit("run", use, *stage, "--from-ref", "start", "--to-ref", "HEAD")
    assert done.returncode == 0, told(done)
    _add_and_remove(kept, "c.dat")
    done = kept.pre_commit("run", use, *stage, "--from-ref", "start", "--to-ref", "main")
    assert done.returncode == 1
    assert "c.dat" in told(done)
    assert "a.dat" not in told(done).replace("c.dat", "")


def test_environment_is_clean() -> None:
    """The tests above speak of no variable that a running hook has set."""
    assert not any(name.startswith("PRE_COMMIT") for name in environment())
