"""The pre-push and commit-msg doors: what a push is about to send, and what a commit is about to say."""

from __future__ import annotations

import os
import sys

from pytest_genomic_guard.cli import commits
from pytest_genomic_guard.cli.hook import arguments
from pytest_genomic_guard.cli.session import UsageError, emit, finish, folder_here, guarded, prepare, tell
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.git import top_level
from pytest_genomic_guard.sources.index import Index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.sources.commits import Commits

_NONE = "0" * 40
_MESSAGE = 16 << 20
MESSAGE = b"commit:message"  # it has no id yet


def push(argv: Sequence[str]) -> int:
    """Judge every blob, message and name that a push sends; as a hook of git itself, or as one of pre-commit's."""
    return guarded(lambda: _push(argv))


def message(argv: Sequence[str]) -> int:
    """Judge the message in the file that git, or pre-commit, names."""
    return guarded(lambda: _message(argv))


def _push(argv: Sequence[str]) -> int:
    profile, config, names = arguments(argv)
    root = _root()
    if any(name.startswith("PRE_COMMIT") for name in os.environ):
        found: Snapshot | None = told(root, os.environ)
    else:
        lines = [] if sys.stdin is None or sys.stdin.isatty() else sys.stdin.read().splitlines()
        found = commits.pushed(root, lines, names[0] if names else "")
    return judged(found, profile, config)


def told(root: bytes, said: Mapping[str, str]) -> Commits | None:
    """Return what pre-commit's variables speak of: a range, a first push, or else what no remote has. Raises `GitError`."""
    remote = said.get("PRE_COMMIT_REMOTE_NAME", "")
    old, new = said.get("PRE_COMMIT_FROM_REF", ""), said.get("PRE_COMMIT_TO_REF", "")
    name = said.get("PRE_COMMIT_REMOTE_BRANCH") or new or "HEAD"
    if new:
        return commits.push(root, [(name, new, old or _NONE)], remote)
    return commits.push(root, [(name, said.get("PRE_COMMIT_LOCAL_BRANCH") or "HEAD", _NONE)], remote)


def _message(argv: Sequence[str]) -> int:
    profile, config, names = arguments(argv)
    if len(names) != 1:
        raise UsageError("the commit-msg hook takes the name of one file, as git gives it")
    try:
        with open(names[0], "rb") as file:
            text = file.read(_MESSAGE)
    except OSError:
        raise UsageError("the file with the message could not be read") from None
    index = Index(_root(), [])
    index.say(MESSAGE, _without_diff(text))
    return judged(index, profile, config)


def _without_diff(text: bytes) -> bytes:
    """Return a message up to git's mark, below which ``commit --verbose`` shows a diff that is no part of it."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line[1:].strip() == b"------------------------ >8 ------------------------":
            return b"".join(lines[:number])
    return text


def _root() -> bytes:
    root = top_level(folder_here())
    if root is None:
        raise UsageError("this hook needs a git repository")
    return root


def judged(snapshot: Snapshot | None, profile: str | None, config: bytes | None, prefixes: Sequence[str] = ()) -> int:
    """Judge what commits bring; None is a push that only deletes."""
    if snapshot is None:
        tell("this push sends nothing")
        return 0
    try:
        plan, policy = prepare(snapshot, select=prefixes, profile=profile, config=config)
        report = Engine(plan, jobs=0).run(snapshot, policy)
    finally:
        snapshot.close()
    emit(reporter("text")(report, plan.registry))
    return finish(report)
