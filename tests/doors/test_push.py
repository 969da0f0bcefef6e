"""The door before a push, as git's own hook, through real pushes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from _commits import POLICY, Past, at, clone, excluding, leak
from _precommit import (  # noqa: F401 - a fixture is found by being here
    Scratch,
    fixture_common,
    fixture_empty,
    fixture_hooks,
    told,
)
from _scratch import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from _scratch import Ran

STAGES = ("pre-commit", "pre-merge-commit", "commit-msg", "pre-push")


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return a repository with a remote, our door as git's own hook, and everything pushed."""
    past = Past(tmp_path / "past")
    past.remote(tmp_path / "remote.git")
    past.hook("pre-push", "push")
    assert past.attempt("push", "-q", "origin", "main").code == 0
    return past


def _sent(past: Past, *what: str) -> Ran:
    return past.attempt("push", "-q", "origin", *what)


def _refused(ran: Ran, place: str) -> bool:
    return ran.code != 0 and "GEN101" in ran.out + ran.err and place in ran.out + ran.err


def test_first_push(tmp_path: Path) -> None:
    """A first push is judged whole: what was removed again too. Once it is gone from the history the push goes through."""
    past = Past(tmp_path / "past")
    remote = past.remote(tmp_path / "remote.git")
    past.hook("pre-push", "push")
    past.save("a.dat", leak())
    past.drop("a.dat")
    assert _refused(_sent(past, "main"), "a.dat")
    assert not list((remote / "refs" / "heads").iterdir())
    past.git("reset", "-q", "--hard", past.base)
    assert _sent(past, "main").code == 0


def test_what_an_amended_commit_held_is_not_sent(past: Past) -> None:
    """A push is judged by what it sends: what only a reflog holds does not stop it."""
    past.save("a.dat", leak())
    past.git("rm", "-q", "--cached", "a.dat")
    past.made("commit", "-q", "--amend", "--allow-empty", "-m", "better")
    ran = _sent(past, "main")
    assert ran.code == 0, ran.err


def test_what_the_remote_has_is_not_judged_again(past: Past) -> None:
    """What a push without hooks has sent is not what a later push sends."""
    past.save("a.dat", leak())
    assert past.attempt("push", "-q", "--no-verify", "origin", "main").code == 0
    past.save("b.txt", b"b\n")
    assert _sent(past, "main").code == 0


def _removed(past: Past) -> tuple[str, list[str]]:
    past.save("a.dat", leak())
    past.drop("a.dat")
    return "a.dat", ["main"]


def _merge(past: Past) -> tuple[str, list[str]]:
    past.evil_merge("a.dat", leak())
    return "a.dat", ["main"]


def _message(past: Past) -> tuple[str, list[str]]:
    return "commit:" + past.save(message="seen\n\n" + leak().decode()), ["main"]


def _tag_message(past: Past) -> tuple[str, list[str]]:
    past.git("tag", "-a", "v1", "--cleanup=verbatim", "-F", "-", stdin=leak())
    return "tag:v1", ["v1"]


def _tag_away(past: Past) -> tuple[str, list[str]]:
    past.branch("away")
    past.save("a.dat", leak())
    past.git("tag", "v1")
    past.git("checkout", "-q", "main")
    return "a.dat", ["--tags"]


def _tag_blob(past: Past) -> tuple[str, list[str]]:
    blob = past.git("hash-object", "-w", "--stdin", stdin=leak()).decode().strip()
    past.git("tag", "v1", blob)
    return f"object:{blob}", ["v1"]


def _note(past: Past) -> tuple[str, list[str]]:
    past.git("notes", "add", "-F", "-", stdin=leak())
    return past.base, ["refs/notes/commits"]


def _second_ref(past: Past) -> tuple[str, list[str]]:
    past.branch("clean")
    past.save("b.txt", b"b\n")
    past.branch("leaky", past.base)
    past.save("a.dat", leak())
    return "a.dat", ["clean", "leaky"]


def _all(past: Past) -> tuple[str, list[str]]:
    return _second_ref(past)[0], ["--all"]


def _forced(past: Past) -> tuple[str, list[str]]:
    past.save("b.txt", b"b\n")
    assert _sent(past, "main").code == 0
    past.git("reset", "-q", "--hard", past.base)
    past.save("a.dat", leak())
    past.drop("a.dat")
    return "a.dat", ["--force", "main"]


def _by_expression(past: Past) -> tuple[str, list[str]]:
    brought = past.save("a.dat", leak())
    past.drop("a.dat")
    past.save("later.txt", b"later\n")
    return brought[:12], ["HEAD~1:refs/heads/other"]


def _unrelated(past: Past) -> tuple[str, list[str]]:
    past.git("checkout", "-q", "--orphan", "pages")
    past.save("a.dat", leak())
    return "a.dat", ["pages"]


WAYS = [
    _removed,
    _merge,
    _message,
    _tag_message,
    _tag_away,
    _tag_blob,
    _note,
    _second_ref,
    _all,
    _forced,
    _by_expression,
    _unrelated,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_push_is_refused(past: Past, way: Callable[[Past], tuple[str, list[str]]]) -> None:
    """Each way in which a push can send people is refused by git's own hook, and nothing arrives."""
    place, what = way(past)
    before = past.git("ls-remote", "origin")
    ran = _sent(past, *what)
    assert _refused(ran, place), ran.out + ran.err
    assert past.git("ls-remote", "origin") == before


@pytest.mark.parametrize("what", [[":gone"], ["main"], ["--tags"], ["main", ":gone"]])
def test_push_that_brings_nothing(past: Past, what: Sequence[str]) -> None:
    """A deletion, alone or beside what is there, and a push of what is there already go through."""
    past.save("a.dat", leak())
    assert past.attempt("push", "-q", "--no-verify", "origin", "main", "main:gone").code == 0
    ran = past.attempt("push", "origin", *what)
    assert ran.code == 0, ran.err
    assert "GEN101" not in ran.out + ran.err


def test_excluded_by_the_push_itself(past: Past) -> None:
    """An exclusion that is pushed with the data does not hold; once the remote has it, it does."""
    past.save(POLICY, excluding("data/**"))
    past.save("data/a.dat", leak())
    ran = _sent(past, "main")
    assert _refused(ran, "data/a.dat")
    assert "RUN303" in ran.out + ran.err
    assert _sent(past, "HEAD~1:refs/heads/main").code == 0
    ran = _sent(past, "main")
    assert ran.code == 0, ran.out + ran.err


def test_remote_that_is_only_an_address(past: Past, tmp_path: Path) -> None:
    """Of a remote without a name nothing is known but what it says itself."""
    past.save("a.dat", leak())
    past.git("init", "-q", "--bare", str(tmp_path / "other.git"))
    assert _refused(past.attempt("push", "-q", (tmp_path / "other.git").as_uri(), "main"), "a.dat")
    past.git("reset", "-q", "--hard", past.base)
    assert past.attempt("push", "-q", (tmp_path / "other.git").as_uri(), "main").code == 0


@pytest.mark.parametrize("name", ["donn\u00e9es", "a\u3000b", "a\u2028b", "a\u0085b"])
def test_ref_with_an_odd_name(past: Past, name: str) -> None:
    """White space and line ends that are none to git part no line of what the hook reads."""
    past.save("b.txt", b"b\n")
    ran = _sent(past, f"HEAD:refs/heads/{name}")
    assert ran.code == 0, ran.err
    past.save("a.dat", leak())
    assert _refused(_sent(past, f"HEAD:refs/heads/{name}"), "a.dat")


def test_home_of_pre_commit_is_no_pre_commit(past: Past, tmp_path: Path) -> None:
    """Where somebody has set pre-commit's own variables, git's hook still judges the refs that git names."""
    past.branch("leaky")
    past.save("a.dat", leak())
    past.git("checkout", "-q", "main")
    ran = past.attempt("push", "-q", "origin", "leaky", PRE_COMMIT_HOME=str(tmp_path), PRE_COMMIT_COLOR="never")
    assert _refused(ran, "a.dat")


def test_from_a_linked_work_tree(past: Past, tmp_path: Path) -> None:
    """A push out of a linked work tree, where git names its folder in the environment, is judged too."""
    past.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    linked = at(tmp_path / "linked")
    linked.save("a.dat", leak())
    linked.drop("a.dat")
    assert _refused(linked.attempt("push", "-q", "origin", "side"), "a.dat")


def test_from_a_clone_that_is_cut(past: Past, tmp_path: Path) -> None:
    """Out of a shallow clone what is new is judged; that the history is cut does not matter there."""
    past.save("later.txt", b"later\n")
    assert _sent(past, "main").code == 0
    cut = clone(tmp_path / "remote.git", tmp_path / "cut", "--depth", "1")
    cut.hook("pre-push", "push")
    cut.save("b.txt", b"b\n")
    ran = cut.attempt("push", "-q", "origin", "HEAD:refs/heads/new")
    assert ran.code == 0, ran.err
    cut.save("a.dat", leak())
    assert _refused(cut.attempt("push", "-q", "origin", "HEAD:refs/heads/new"), "a.dat")


def test_lines_that_are_not_git_s(past: Past) -> None:
    """What no git wrote is refused, and not passed over."""
    command = [sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.push", "origin", "address"]

    def said(line: bytes) -> tuple[int, bytes]:
        done = subprocess.run(command, cwd=past.root, env=environment(), input=line, capture_output=True, check=False)
        return done.returncode, done.stderr

    assert said(b"") == (0, b"genomic-guard: this push sends nothing\n")
    known = past.id("HEAD").encode()
    for line in (b"main", b"main main main", b"a b c d", b"main %b main" % known, b"main %b main \xff" % known, b"\n \n"):
        assert said(line) == (2, b"genomic-guard: the pre-push hook got a line that is not git's\n"), line
    status, error = said(b"main %b main %b\n" % (b"1" * 40, b"2" * 40))
    assert (status, b"not in this repository" in error) == (3, True)
