"""What git's plumbing says of commits: which objects they bring, where each one stands, what is missing.

Names are resolved once, and only ids are passed on, so that a ref that looks like an option is never one.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.sources.git import GitError, git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MANY = 1000  # commits of a command line
ZERO = re.compile(r"0{40}|0{64}")
_ID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NAMED = re.compile(r"(?!-)[^\x00-\x20\x7f~^:?*\[\\]+(?:[~^]\d{0,6})*")
_CHANGE = re.compile(rb"(:+)((?:\d{6} )+)((?:[0-9a-f]{40,64} )+)[A-Z]+\d*\0([^\0]+)\0|([0-9a-f]{40,64})\0")


class Change(Record):
    """One path that a commit brings: what stands there afterwards, in which commit."""

    commit: str
    path: bytes
    mode: int
    blob: str


class Objects(Record):
    """The objects that commits bring beyond what others have."""

    commits: tuple[str, ...]  # newest first
    blobs: dict[str, tuple[int, bytes]]  # size, and a path at which git met it
    tags: tuple[str, ...]
    missing: int  # objects that this repository does not hold


def commit_id(root: bytes, name: str) -> str:
    """Return the id of the commit that a name stands for. Raises `GitError`: unknown."""
    if _NAMED.fullmatch(name):
        try:
            found = git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
        except GitError:
            found = b""
        if _ID.fullmatch(found):
            return found.decode()
    raise GitError("a revision that was named is no commit of this repository; fetch it, or mend its name")


def object_id(root: bytes, name: str) -> str:
    """Return the id of the object that a name stands for, of a tag its own. Raises `GitError`: unknown."""
    if _NAMED.fullmatch(name):
        try:
            found = git(root, "rev-parse", "--verify", "--quiet", name).strip()
        except GitError:
            found = b""
        if _ID.fullmatch(found):
            return found.decode()
    raise GitError("a ref that was named is not in this repository")


def held(root: bytes, name: str) -> bool:
    """Tell whether this repository holds the object with an id."""
    if not _ID.fullmatch(name.encode()):
        return False
    try:
        git(root, "cat-file", "-e", name)
    except GitError:
        return False
    return True


def merge_base(root: bytes, one: str, others: Sequence[str]) -> str | None:
    """Return the best common ancestor of a commit and any of others, None where there is none here."""
    try:
        found = git(root, "merge-base", one, *others[:_MANY]).split()
    except GitError:
        return None
    return found[0].decode() if found else None


def shallow(root: bytes) -> bool:
    """Tell whether the history of this repository is cut."""
    return git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def objects(root: bytes, tips: Iterable[str], without: Iterable[str], *flags: str) -> Objects:
    """Return what `tips` reach and `without` do not; `flags` name further tips, such as ``--all``. Raises `GitError`."""
    asked = "".join(f"{tip}\n" for tip in tips) + "".join(f"^{each}\n" for each in without)
    raw = git(root, "rev-list", "--objects", "--missing=print", *flags, "--stdin", given=asked.encode())
    lines = raw.split(b"\n")
    missing = sum(line.startswith(b"?") for line in lines)
    paths = {line[: line.find(b" ")] if b" " in line else line: line for line in lines if _ID.match(line)}
    commits: list[str] = []
    tags: list[str] = []
    blobs: dict[str, tuple[int, bytes]] = {}
    checked = git(root, "cat-file", "--batch-check", "--buffer", given=b"\n".join(paths) + b"\n" if paths else b"")
    for line in checked.splitlines():
        name, _, rest = line.partition(b" ")
        kind, _, size = rest.partition(b" ")
        if kind == b"blob":
            blobs[name.decode()] = int(size), paths[name].partition(b" ")[2]
        elif kind == b"commit":
            commits.append(name.decode())
        elif kind == b"tag":
            tags.append(name.decode())
        elif kind != b"tree":
            missing += 1
    return Objects(commits=tuple(commits), blobs=blobs, tags=tuple(tags), missing=missing)


def changes(root: bytes, commits: Sequence[str]) -> Iterator[Change]:
    """Yield what each commit brings, a merge what none of its parents has. Raises `GitError`."""
    if not commits:
        return
    asked = "".join(f"{commit}\n" for commit in commits).encode()
    raw = git(root, "diff-tree", "--stdin", "-r", "-c", "--root", "--raw", "-z", "--no-renames", "--no-ext-diff", given=asked)
    commit = ""
    for colons, modes, ids, path, other in _CHANGE.findall(raw):
        if other:
            commit = other.decode()
            continue
        mode, blob = int(modes[-7:], 8), ids[:-1].rpartition(b" ")[2].decode()
        if mode and colons:
            yield Change(commit=commit, path=path, mode=mode, blob=blob)


def tree(root: bytes, commit: str) -> Iterator[tuple[bytes, int, str, int | None]]:
    """Yield path, mode, id and size of everything in the tree of a commit. Raises `GitError`."""
    for line in git(root, "ls-tree", "-r", "-z", "--long", "--full-tree", commit).split(b"\0"):
        told, tab, path = line.partition(b"\t")
        if tab:
            mode, _kind, blob, size = told.split()
            yield path, int(mode, 8), blob.decode(), int(size) if size.isdigit() else None
