"""The door for messages, as git's own hook, through real commits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from _commits import Past, leak
from _precommit import (  # noqa: F401 - a fixture is found by being here
    Scratch,
    fixture_common,
    fixture_empty,
    fixture_hooks,
    told,
)
from _scratch import run

if TYPE_CHECKING:
    from pathlib import Path

    from _scratch import Ran


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return a repository with a remote, our door as git's own hook, and everything pushed."""
    past = Past(tmp_path / "past")
    past.remote(tmp_path / "remote.git")
    past.hook("pre-push", "push")
    assert past.attempt("push", "-q", "origin", "main").code == 0
    return past


def _refused(ran: Ran, place: str) -> bool:
    return ran.code != 0 and "GEN101" in ran.out + ran.err and place in ran.out + ran.err


def test_message_of_a_commit(past: Past) -> None:
    """The commit-msg hook of git itself hook refuses a message with people in it, however it is given, and lets others through."""
    past.hook("commit-msg", "message")
    text = past.write("said", b"what I saw\n\n" + leak())
    before = past.id("HEAD")
    for given in (["-F", str(text)], ["-m", text.read_text("utf-8")]):
        ran = past.attempt("commit", "-q", "--allow-empty", *given)
        assert _refused(ran, "commit:message"), ran.err
    assert past.id("HEAD") == before
    assert past.attempt("commit", "-q", "--allow-empty", "-m", "nothing to see").code == 0


def test_message_amended_and_merged(past: Past) -> None:
    """Also the message of an amended commit and that of a merge."""
    past.hook("commit-msg", "message")
    text = past.write("said", b"what I saw\n\n" + leak())
    assert _refused(past.attempt("commit", "-q", "--amend", "-F", str(text)), "commit:message")
    past.branch("side")
    past.save("b.txt", b"b\n")
    past.git("checkout", "-q", "main")
    assert _refused(past.attempt("merge", "-q", "--no-ff", "-F", str(text), "side"), "commit:message")


def test_message_that_shows_its_diff(past: Past) -> None:
    """``commit --verbose`` shows a diff below the message, which is no part of it: the removal of people can be committed."""
    past.save("a.dat", leak())
    past.git("rm", "-q", "a.dat")
    past.hook("commit-msg", "message")
    ran = past.attempt("commit", "--verbose", "--message", "gone", "--edit", GIT_EDITOR="true")
    assert ran.code == 0, ran.err
    assert past.git("ls-tree", "--name-only", "HEAD") == b"README.md\n"


def test_message_judges_no_staged_file(past: Past) -> None:
    """The door for messages says nothing of files: another hook does."""
    past.hook("commit-msg", "message")
    past.add("a.dat", leak())
    assert past.attempt("commit", "-q", "-m", "work").code == 0


@pytest.mark.parametrize("names", [[], ["one", "two"], ["there-is-none"]])
def test_message_needs_one_file(past: Past, names: list[str]) -> None:
    """Called otherwise than git does, the hook says so."""
    ran = run([sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.message", *names], past.root)
    assert ran.code == 2
    assert "commit-msg hook" in ran.err or "message could not be read" in ran.err
