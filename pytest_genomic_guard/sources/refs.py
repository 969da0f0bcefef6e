"""What a repository says of itself: its refs by kind, where its commits begin and end, which of them a remote is known to hold.

Plumbing that reads, as everywhere; nothing is fetched, so that a remote is known by what was last heard of it.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.sources.git import GitError, git
from pytest_genomic_guard.sources.objects import commit_id, shallow
from pytest_genomic_guard.sources.objects import refs as listed
from pytest_genomic_guard.sources.running import Running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Literal

    How = Literal["not pushed", "pushed", "unknown"]

_KINDS: Mapping[bytes, str] = {
    b"refs/heads/": "branches",
    b"refs/remotes/": "remote branches",
    b"refs/tags/": "tags",
    b"refs/notes/": "notes",
}
KINDS = (*_KINDS.values(), "stashes", "others")
# Refs that come from a remote: what they reach is there.
_REMOTE = (b"refs/remotes/", b"refs/pull/", b"refs/merge-requests/", b"refs/pull-requests/", b"refs/changes/")
# Refs whose push leaves no trace here: whether a remote has them cannot be told.
_TRACELESS = (b"refs/tags/", b"refs/notes/")


class About(Record):
    """A repository, in numbers and ids."""

    head: str | None
    commits: int
    first: tuple[str, int] | None  # the oldest commit, and its time in seconds
    last: tuple[str, int] | None
    refs: Mapping[str, int]  # by `KINDS`
    shallow: bool
    partial: bool


class Refs:
    """The refs of a repository with the objects that they name."""

    def __init__(self, root: bytes) -> None:
        """List them. Raises `GitError`."""
        self.root = root
        self.names: dict[bytes, str] = listed(root)[0]
        self._containing: dict[str, tuple[bytes, ...]] = {}

    @property
    def remote(self) -> Sequence[bytes]:
        """Return the refs that come from a remote."""
        return [name for name in self.names if name.startswith(_REMOTE)]

    def containing(self, commit: str) -> tuple[bytes, ...]:
        """Return the refs from which a commit is reached; none for what is no commit here."""
        if commit not in self._containing:
            try:
                found = git(self.root, "for-each-ref", f"--contains={commit}", "--format=%(refname)").splitlines()
            except GitError:
                found = []
            self._containing[commit] = tuple(found)
        return self._containing[commit]

    def how_far(self, wanted: Collection[str]) -> Mapping[str, How]:
        """Return of each object how far it is known to have gone: by refs, and never by asking a remote."""
        if not self.remote or not wanted:
            return dict.fromkeys(wanted, "unknown")
        there, whole = self._reached(_REMOTE, wanted)
        perhaps, read = self._reached(_TRACELESS, wanted) if there != set(wanted) else (set(), True)
        if not (whole and read):
            perhaps = set(wanted)  # git gave up, and what it did not come to can be anywhere
        return {each: "pushed" if each in there else "unknown" if each in perhaps else "not pushed" for each in wanted}

    def _reached(self, prefixes: tuple[bytes, ...], wanted: Collection[str]) -> tuple[set[str], bool]:
        """Return which objects refs reach, and whether git could follow them all."""
        tips = dict.fromkeys(given for name, given in self.names.items() if name.startswith(prefixes))
        sought = {each.encode() for each in wanted}
        found: set[str] = set()
        if not tips:
            return found, True
        asked = (f"{tip}\n".encode() for tip in tips)
        try:
            for line in Running(self.root, "rev-list", "--objects", "--missing=print", "--stdin", given=asked, memory=None).split(
                b"\n"
            ):
                name = line.partition(b" ")[0]
                if name in sought:
                    found.add(name.decode())
        except GitError:
            return found, False
        return found, True


def kind(name: bytes) -> str:
    """Return which of `KINDS` a ref is of."""
    if name == b"refs/stash":
        return "stashes"
    return next((word for prefix, word in _KINDS.items() if name.startswith(prefix)), "others")


def about(refs: Refs, commits: Sequence[tuple[str, int]]) -> About:
    """Return what a repository says of itself, and of some of its commits, given with their times. Raises `GitError`."""
    counts = dict.fromkeys(KINDS, 0)
    for name in refs.names:
        counts[kind(name)] += 1
    if counts["stashes"]:
        counts["stashes"] = len(git(refs.root, "rev-list", "--walk-reflogs", "refs/stash", "--").split()) or 1
    times = sorted(commits, key=lambda each: each[1])
    try:
        head = commit_id(refs.root, "HEAD")
    except GitError:
        head = None
    return About(
        head=head,
        commits=len(commits),
        first=times[0] if times else None,
        last=times[-1] if times else None,
        refs=counts,
        shallow=shallow(refs.root),
        partial=_partial(refs.root),
    )


def _partial(root: bytes) -> bool:
    """Tell whether objects were left at a remote, to be fetched when they are asked for."""
    try:
        return bool(git(root, "config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"))
    except GitError:
        return False
