"""The policy, and files beside it, as what is judged holds them."""

from __future__ import annotations

import os

from pytest_genomic_guard.model import NotStaged, Unreadable
from pytest_genomic_guard.policy import FILE, PYPROJECT, PolicyError
from pytest_genomic_guard.sources.files import artifact, read_all
from pytest_genomic_guard.sources.index import Index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy.place import Pointer

POLICY_BYTES = 1 << 21
LIST_BYTES = 1 << 25  # a register, a manifest or a baseline; each has a bound of its own below this
_BOTH = f"there is a policy at the root too, {FILE.decode()}: keep one of them"
_WORD = b"genomic-guard"  # without it, a pyproject.toml says nothing of a policy, and need not be parsed


class Link(Exception):  # noqa: N818 - a state of the input
    """A policy is a symbolic link."""


def policy(snapshot: Snapshot) -> tuple[bytes, bytes | None]:
    """Return where the policy of what is judged stands, and its text; None where there is none. Raises `PolicyError`."""
    found = _pointer(snapshot)
    data = own(snapshot, FILE, POLICY_BYTES, policy=True)
    if found is None:
        return FILE, data
    if found.path != FILE:
        if data is not None:
            raise found.wrong(_BOTH)
        if snapshot.source == "directory":
            snapshot.add(found.path)  # type: ignore[attr-defined]  # a Directory, whose module hooks do not import
        data = own(snapshot, found.path, POLICY_BYTES, policy=True)
    if data is None:
        what = "is not staged" if isinstance(snapshot, Index) else "is not there, or git ignores it"
        raise found.wrong(f"the policy that this names {what}")
    return found.path, data


def pointed(root: bytes) -> bytes:
    """Return where the policy of a folder is to stand by what its `pyproject.toml` says now. Raises `PolicyError`."""
    found = _read(_copy(root))
    if found is None:
        return FILE
    if found.path != FILE and os.path.lexists(os.path.join(root, FILE)):
        raise found.wrong(_BOTH)
    return found.path


def own(snapshot: Snapshot, path: bytes, most: int, *, policy: bool = False) -> bytes | None:
    """Return the policy of what is judged, or a file beside it; None where there is none, also where it was deleted."""
    if isinstance(snapshot, Index):
        snapshot.watch(path)
    if not _there(snapshot, path):
        return None
    what = "the policy file" if policy else "this file"
    try:
        return held(snapshot, path, most)
    except Link:
        raise PolicyError(f"{what} is a link, and links are not followed: put a file there", 1, 1, path) from None
    except Unreadable:
        raise PolicyError(f"{what} could not be read", 1, 1, path) from None


def held(snapshot: Snapshot, path: bytes, most: int) -> bytes:
    """Return what a snapshot holds at a path. Raises `Link` and `Unreadable`."""
    found = snapshot.find(path)
    if found is not None and found.kind == "link":
        raise Link
    return read_all(snapshot.open(path), most)


def _there(snapshot: Snapshot, path: bytes) -> bool:
    if isinstance(snapshot, Index):
        return snapshot.holds(path)
    return snapshot.find(path) is not None and path not in snapshot.deleted


def _pointer(snapshot: Snapshot) -> Pointer | None:
    """Return what `pyproject.toml` says of the policy; of the index, also note that the work tree's says something else."""
    try:
        data = held(snapshot, PYPROJECT, LIST_BYTES) if _there(snapshot, PYPROJECT) else b""
    except Link:
        data = b""  # the text of a link is no table
    except Unreadable:
        raise PolicyError("this could not be read, so it cannot be told where the policy is", 1, 1, PYPROJECT) from None
    found = _read(data)
    if isinstance(snapshot, Index) and _differs(snapshot.root, data, found):
        snapshot.note(PYPROJECT, NotStaged())
    return found


def _differs(root: bytes, data: bytes, found: Pointer | None) -> bool:
    """Tell whether the work tree's file points elsewhere than the staged one."""
    copy = _copy(root)
    if copy in {b"", data}:
        return False  # where it is gone, nobody expects it to be used
    try:
        other = _read(copy)
    except PolicyError:
        return True
    return (other.path if other else None) != (found.path if found else None)


def _copy(root: bytes) -> bytes:
    """Return the `pyproject.toml` of a folder; nothing where there is none, or where it is a link or cannot be read."""
    try:
        copy = artifact(root, PYPROJECT)
        return b"" if copy.kind == "link" else read_all(copy.open(), LIST_BYTES)
    except Unreadable:
        return b""


def _read(data: bytes) -> Pointer | None:
    if _WORD not in data:
        return None
    from pytest_genomic_guard.policy.place import pointer  # noqa: PLC0415 - TOML, only where it is needed

    return pointer(data)
