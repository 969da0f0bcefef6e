"""Which commits a command judges: what a person names, what a CI service says in its variables, what a push is about to send."""

from __future__ import annotations

import os
import re

from pytest_genomic_guard.cli.session import UsageError
from pytest_genomic_guard.sources import commits
from pytest_genomic_guard.sources.git import GitError, git
from pytest_genomic_guard.sources.objects import ZERO, commit_id, kinds, object_id, shallow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.sources.commits import Commits

    Pushed = tuple[str, str, str]  # name of the ref there, id here, id there

CI = "ci"
# What is pushed, which can hold blanks (:/words of a message), its id, name and id there. A name can hold blanks that are no ASCII.
_LINE = re.compile(r".+ ([0-9a-f]{40,64}) ([^ ]+) ([0-9a-f]{40,64})", re.DOTALL)
_EVENT = 16 << 20  # bytes of the file in which GitHub describes an event


def chosen(root: bytes, *, given: str | None = None, since: str | None = None, reflog: bool = False) -> Commits:
    """Return the range that is named, or the one since a revision, or else the whole history. Raises `UsageError`, `GitError`."""
    if given == CI:
        return from_ci(root, os.environ)
    if given is not None:
        if ".." not in given:
            raise UsageError("--range takes A..B, A...B, or ci for what the variables of GitHub or GitLab say")
        return commits.ranged(root, given)
    if since is not None:
        return commits.since(root, since, "HEAD")
    return commits.history(root, reflog=reflog)


def from_ci(root: bytes, said: Mapping[str, str]) -> Commits:
    """Return the commits that the event brings for which a CI service runs. Raises `UsageError`, `GitError`."""
    if said.get("GITHUB_ACTIONS"):
        old, new, source, main = _github(said)
    elif said.get("GITLAB_CI"):
        old = said.get("CI_MERGE_REQUEST_DIFF_BASE_SHA") or said.get("CI_COMMIT_BEFORE_SHA", "")
        new, main = said.get("CI_COMMIT_SHA", ""), said.get("CI_DEFAULT_BRANCH", "")
        source = said.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "")
    else:
        raise UsageError("--range ci reads the variables of GitHub Actions or GitLab CI, and neither is there")
    tip = object_id(root, new) if new else commit_id(root, "HEAD")  # of a tag that is pushed its own: its message goes along
    head = commit_id(root, tip)
    base = None if not old or ZERO.fullmatch(old) else _found(root, old)
    if base is None and old and not ZERO.fullmatch(old) and shallow(root):
        return commits.since(root, old, head)  # all that is there, and the gap that tells why
    if base is not None:
        without = [base]
    else:  # a new branch, or one that was forced to leave what it was: what the default branch does not have
        without = [each for name in (f"refs/remotes/origin/{main}", f"refs/heads/{main}") if main and (each := _found(root, name))]
        without = [each for each in without[:1] if each != head]
    # A commit that the service made of the target branch, as that was then, and of the branch that is to be merged. Of any other
    # merge the first parent is a commit that somebody pushes.
    parents = git(root, "rev-list", "--parents", "--max-count=1", head).decode().split()[1:]
    merged = parents[:1] if without and source and parents[1:] == [source] else []
    tag = said.get("CI_COMMIT_TAG") or (said.get("GITHUB_REF_TYPE") == "tag" and said.get("GITHUB_REF_NAME")) or ""
    return leaving(commits.between(root, [tip], [*without, *merged], head=head), [b"refs/tags/" + os.fsencode(tag)] if tag else [])


def leaving(found: Commits, tags: Sequence[bytes]) -> Commits:
    """Note that what commits bring leaves this machine, and under which tags: models that leave are held to more."""
    from pytest_genomic_guard.views.cards.sent import Released, Sent  # noqa: PLC0415 - for commits only

    found.note(b".", Sent(brought=frozenset(found.changed)))
    for name in tags:
        found.note(b".", Released(brought=frozenset(found.changed), name=b"ref:" + name))
    return found


def _github(said: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Return the ids before and after an event of GitHub, that of the branch to be merged, and the name of the default branch.

    Raises `UsageError`.
    """
    import json  # noqa: PLC0415 - in CI only

    try:
        with open(said.get("GITHUB_EVENT_PATH", ""), "rb") as file:
            event: Any = json.loads(file.read(_EVENT))
    except (OSError, ValueError, RecursionError):
        raise UsageError("--range ci: the file that GITHUB_EVENT_PATH names could not be read") from None
    if not isinstance(event, dict):
        raise UsageError("--range ci: the file that GITHUB_EVENT_PATH names describes no event")
    main = _word(event, "repository", "default_branch")
    if old := _word(event, "pull_request", "base", "sha"):
        source = _word(event, "pull_request", "head", "sha")
        target = said.get("GITHUB_EVENT_NAME") == "pull_request_target"  # for this one GITHUB_SHA is of the target branch
        return old, source if target else said.get("GITHUB_SHA", "") or source, source, main
    if old := _word(event, "merge_group", "base_sha"):
        return old, _word(event, "merge_group", "head_sha"), "", main
    return _word(event, "before"), _word(event, "after") or said.get("GITHUB_SHA", ""), "", main


def _word(event: Any, *keys: str) -> str:
    for key in keys:
        event = event.get(key) if isinstance(event, dict) else None
    return event if isinstance(event, str) else ""


def _found(root: bytes, name: str) -> str | None:
    try:
        return commit_id(root, name)
    except GitError:
        return None


def pushed(root: bytes, lines: Iterable[str], remote: str) -> Commits | None:
    """Return what a push sends, by the lines that git gives to a pre-push hook; None when it only deletes. Raises `UsageError`."""
    told: list[Pushed] = []
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            raise UsageError("the pre-push hook got a line that is not git's")
        told.append((found[2], found[1], found[3]))
    return push(root, told, remote)


def push(root: bytes, told: Iterable[Pushed], remote: str) -> Commits | None:
    """Return what a push of refs sends that the remote, as far as this repository knows, does not have. Raises `GitError`."""
    sent = [each for each in told if not ZERO.fullmatch(each[1])]  # a deletion sends nothing
    if not sent:
        return None
    found = kinds(root, [each for _name, here, there in sent for each in (here, there)])
    if None in found[::2]:
        raise GitError("a ref that was named is not in this repository")
    tips = [each[0] for each in found[::2] if each]
    without = [each[0] for each in found[1::2] if each]
    refs = [os.fsencode(name) for name, _here, _there in sent]
    known = git(root, "for-each-ref", "--format=%(objectname)", f"refs/remotes/{remote}/").decode().split() if remote else []
    head = next((each for tip in dict.fromkeys(tips) if (each := _found(root, tip))), None)
    brings = commits.between(root, tips, list(dict.fromkeys([*without, *known])), head=head, refs=refs)
    return leaving(brings, [name for name in refs if name.startswith(b"refs/tags/")])
