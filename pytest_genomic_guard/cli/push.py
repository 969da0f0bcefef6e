"""The pre-push and commit-msg doors: what a push is about to send, and what a commit is about to say."""

from __future__ import annotations

import os
import sys

from pytest_genomic_guard.cli import commits
from pytest_genomic_guard.cli.session import UsageError, emit, finish, folder_here, guarded, prepare, tell
from pytest_genomic_guard.cli.staged import arguments
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.git import git, top_level
from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.sources.objects import ZERO, commit_id, object_id

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
    if "PRE_COMMIT" in os.environ:  # it sets this for every hook; others, such as PRE_COMMIT_HOME, are people's own
        found: Snapshot | None = told(root, os.environ)
    else:
        given = b"" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.read()
        found = commits.pushed(root, [os.fsdecode(line) for line in given.split(b"\n") if line], names[0] if names else "")
    return judged(found, profile, config)


def told(root: bytes, said: Mapping[str, str]) -> Commits | None:
    """Return what pre-commit's variables speak of: a range, a first push, or else what no remote has. Raises `GitError`."""
    remote = said.get("PRE_COMMIT_REMOTE_NAME", "")
    if remote:
        _unseen(root, said)
    old, new = said.get("PRE_COMMIT_FROM_REF", ""), said.get("PRE_COMMIT_TO_REF", "")
    name = said.get("PRE_COMMIT_REMOTE_BRANCH") or new or "HEAD"
    if new:
        # as a person can have named it, with --from-ref; one that is not here is told, since pre-commit has asked git for it too
        there = old if not old or ZERO.fullmatch(old) else commit_id(root, old)
        return commits.push(root, [(name, new, there or _NONE)], remote)
    return commits.push(root, [(name, said.get("PRE_COMMIT_LOCAL_BRANCH") or "HEAD", _NONE)], remote)


def _unseen(root: bytes, said: Mapping[str, str]) -> None:
    """Tell that a push can send more than pre-commit names, which is the first ref that has something new; where there is more."""
    known = f"--remotes={said['PRE_COMMIT_REMOTE_NAME']}"
    new = said.get("PRE_COMMIT_TO_REF") or said.get("PRE_COMMIT_LOCAL_BRANCH") or "HEAD"
    more = git(root, "rev-list", "--count", "--branches", "--tags", "--not", object_id(root, new), known)
    tagged = git(root, "rev-list", "--count", "--tags", "--not", known)
    if int(more) or int(tagged):
        tell(
            "pre-commit names one ref of a push: if this one sends further branches or tags, they were not judged;"
            " git's own pre-push hook is told all of them (docs/commits.md)"
        )


def _message(argv: Sequence[str]) -> int:
    profile, config, names = arguments(argv)
    if len(names) != 1:
        raise UsageError("the commit-msg hook takes the name of one file, as git gives it")
    try:
        with open(names[0], "rb") as file:
            text = file.read(_MESSAGE + 1)
    except OSError:
        raise UsageError("the file with the message could not be read") from None
    if len(text) > _MESSAGE:
        raise UsageError(f"the message is longer than {_MESSAGE >> 20} MiB")
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
