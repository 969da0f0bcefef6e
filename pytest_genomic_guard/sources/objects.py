"""What git's plumbing says of commits: which objects they bring, where each one stands, what is missing.

Names are resolved once, and only ids are passed on, so that a ref that looks like an option is never one.
"""

from __future__ import annotations

import os
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.sources.brought import Brought
from pytest_genomic_guard.sources.git import GitError, git
from pytest_genomic_guard.sources.running import PART, Running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Change = tuple[str, bytes, int, str]  # a commit, a path that it brings, the mode and id of what stands there afterwards

_MANY = 1000  # commits of a command line
ZERO = re.compile(r"0{40}|0{64}")
_ID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NAMED = re.compile(r"(?!-)[^\x00-\x20\x7f~^:?*\[\\]+(?:[~^]\d{0,6})*")
MOST = 1 << 20  # objects, or paths
_FREE = 1 << 17  # paths from which there must not be many times as many as blobs: a tree that names itself again unfolds for ever
_REFS = 1 << 18
_NO_TREE = re.compile(rb"^(?![0-9a-f]+ tree ).+$", re.MULTILINE)
_FAILURES = 16  # commits whose trees cannot be compared; each costs a new process


class Unfolds(GitError):  # noqa: N818 - a state of the input
    """A tree names itself, or others, again and again."""


class Objects(Record):
    """The objects that commits bring beyond what others have."""

    commits: tuple[str, ...]  # newest first
    blobs: Brought
    tags: tuple[str, ...]
    missing: int  # objects that this repository does not hold
    cut: bool = False  # whether there are more than `MOST`


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
            found = git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{object}}").strip()  # which asks whether it is here
        except GitError:
            found = b""
        if _ID.fullmatch(found):
            return found.decode()
    raise GitError("a ref that was named is not in this repository")


def merge_base(root: bytes, one: str, others: Sequence[str]) -> str | None:
    """Return the best common ancestor of a commit and any of others, None where there is none here."""
    try:
        found = git(root, "merge-base", one, *others[:_MANY]).split()
    except GitError:
        return None
    return found[0].decode() if found else None


def refs(root: bytes) -> tuple[dict[bytes, str], str]:
    """Return the names of refs with the ids of their objects, and the reason why there are more, or nothing. Raises `GitError`."""
    listing = Running(root, "for-each-ref", "--format=%(objectname) %(refname)")
    found: dict[bytes, str] = {}
    for line in listing.split(b"\n"):
        if len(found) == _REFS:
            listing.close()
            return found, "too-many"
        name = line.partition(b" ")
        found[name[2]] = name[0].decode()
    broken = b"ignoring broken ref " in listing.errors or len(listing.errors) == PART  # more than is held of what it says
    return found, "missing-object" if broken else ""


def heads(root: bytes) -> list[str]:
    """Return the commits that are checked out, in this work tree and the others of its repository. Raises `GitError`."""
    found = re.findall(rb"^HEAD ([0-9a-f]+)$", git(root, "worktree", "list", "--porcelain"), re.MULTILINE)
    return [each.decode() for each in found if not ZERO.fullmatch(each.decode())]


def shallow(root: bytes) -> bool:
    """Tell whether the history of this repository is cut."""
    return git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def kinds(root: bytes, names: Sequence[str]) -> list[tuple[str, str] | None]:
    """Return id and kind of what each name stands for, None for what is not here. Raises `GitError`."""
    asked = [name if _NAMED.fullmatch(name) else ".." for name in names]  # two dots are no name
    found = git(root, "cat-file", "--batch-check", "--buffer", given=os.fsencode("".join(f"{name}\n" for name in asked)))
    told = [line.split(b" ") for line in found.splitlines()]
    return [(one[0].decode(), one[1].decode()) if len(one) == 3 and _ID.fullmatch(one[0]) else None for one in told]


def objects(root: bytes, tips: Iterable[str], without: Iterable[str], *, reflog: bool = False) -> Objects:
    """Return what `tips`, and reflogs on demand, reach and `without` do not. Raises `GitError`.

    What is not here is counted. Where git gives up, because a commit is damaged or not here, all is read that still can be.
    """
    wanted, known = list(dict.fromkeys(tips)), list(dict.fromkeys(without))
    there = kinds(root, [*wanted, *known])
    starts = [name for name, found in zip(wanted, there, strict=False) if found]
    ends = [name for name, found in zip(known, there[len(wanted) :], strict=True) if found]
    lost = len(wanted) - len(starts)
    try:
        found = _listed(root, starts, ends, reflog=reflog)
    except GitError:
        from pytest_genomic_guard.sources.damaged import logged, walked  # noqa: PLC0415 - for damaged repositories only

        found = walked(root, [*starts, *(logged(root) if reflog else [])], ends)
    return found.replace(missing=found.missing + lost) if lost else found


def _listed(root: bytes, tips: Sequence[str], without: Sequence[str], *, reflog: bool) -> Objects:
    failed: list[GitError] = []

    def names() -> Iterator[bytes]:
        asked = "".join(f"{tip}\n" for tip in tips) + "".join(f"^{each}\n" for each in without)
        try:
            command = ("rev-list", "--objects", "--missing=print", *(["--reflog"] if reflog else []), "--stdin")
            yield from Running(root, *command, given=[asked.encode()], memory=None).parts()
        except GitError as error:
            failed.append(error)

    form = "--batch-check=%(objectname) %(objecttype) %(objectsize) %(rest)"
    told = Running(root, "cat-file", form, "--buffer", given=names()).pieces(b"\n")
    found = gathered(line for piece in told for line in _NO_TREE.findall(piece))  # half of the objects are trees
    if failed:
        raise failed[0]
    return found


def gathered(lines: Iterable[bytes]) -> Objects:
    """Return objects by lines of id, kind, size and path; a line of anything else is an object that is not here."""
    commits: list[str] = []
    tags: list[str] = []
    blobs = Brought()
    missing = 0
    left, cut = MOST, False
    for line in lines:
        name, kind, *rest = line.split(b" ", 3)
        if not left:
            cut = True
            break
        left -= kind in {b"blob", b"commit"}
        if kind == b"blob" and len(rest) == 2:
            blobs.add(name.decode(), int(rest[0]), rest[1])
        elif kind == b"commit":
            commits.append(name.decode())
        elif kind == b"tag":
            tags.append(name.decode())
        elif kind != b"tree":
            missing += 1
    return Objects(commits=tuple(commits), blobs=blobs, tags=tuple(tags), missing=missing, cut=cut)


def changes(root: bytes, commits: Sequence[str]) -> Iterator[Change]:
    """Yield what each commit brings, a merge what none of its parents has.

    Raises `GitError` at the end, where trees are damaged or not here, or too large to unfold: of their commits nothing was told.
    """
    at, failures = 0, 0
    while at < len(commits):
        done = 0
        try:
            for change in _changes(root, commits[at:]):
                if change is None:
                    done += 1
                else:
                    yield change
            break
        except GitError:
            failures += 1
            at += max(done, 1)  # the commit that was told last is the one that failed, or the next one is
            if failures == _FAILURES:
                break
    if failures:
        raise GitError("the trees of this repository are damaged; 'git fsck' shows where")


def _changes(root: bytes, commits: Sequence[str]) -> Iterator[Change | None]:
    """Yield the changes of commits, and None where each of these begins. Raises `GitError`."""
    asked = (f"{commit}\n".encode() for commit in commits)
    fixed = ("--always", "-r", "-c", "--root", "--raw", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=none")
    commit, told = "", b""
    for part in Running(root, "diff-tree", "--stdin", *fixed, given=asked).split(b"\0"):
        if told:
            ids = told.split(b" ")
            mode = int(ids[told.count(b":")], 8)
            told = b""
            if mode:
                yield commit, part, mode, ids[-2].decode()
        elif part.startswith(b":"):
            told = part
        else:
            commit = part.decode()
            yield None


def unfolds(paths: int, blobs: int) -> bool:
    """Tell whether there are more paths to so many blobs than any work tree holds."""
    return paths > MOST or (paths > _FREE and paths > 8 * blobs)


def tree(root: bytes, commit: str) -> Iterator[tuple[bytes, int, str, int | None]]:
    """Yield path, mode, id and size of everything in the tree of a commit.

    Raises `GitError` at the end of what could be read, and for more entries than any tree has that a system can hold.
    """
    listed = Running(root, "ls-tree", "-r", "-z", "--long", "--full-tree", commit)
    blobs: set[bytes] = set()
    for number, line in enumerate(listed.split(b"\0")):
        if unfolds(number, len(blobs)):
            listed.close()
            raise Unfolds("the tree of a commit unfolds to more paths than can be read")
        told, tab, path = line.partition(b"\t")
        if tab:
            mode, _kind, blob, size = told.split()
            blobs.add(blob)
            yield path, int(mode, 8), blob.decode(), int(size) if size.isdigit() else None
