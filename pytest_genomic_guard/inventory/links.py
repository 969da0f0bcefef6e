"""What symbolic links of a snapshot lead to, told by the snapshot alone: nothing outside of it is opened."""

from __future__ import annotations

import os

from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact, Snapshot

_LINKS = 40  # on one way, as Linux follows them
_TARGET = 4096  # bytes of a target


def behind(snapshot: Snapshot, path: bytes) -> Artifact | None:
    """Return the file at a path, links followed: its own and those of its folders; None where no file is there.

    Raises `Unreadable` for a link that leads out of the snapshot, or to nothing in it, and for one that leads back to itself.
    """
    linked = False
    for _ in range(_LINKS):
        entry = snapshot.find(path)
        if entry is not None and entry.kind == "file":
            return entry
        link = _link_on(snapshot, path) if entry is None else entry
        if link is None or link.kind != "link":
            if linked and entry is None and not _is_folder(snapshot, path):
                raise Unreadable("unreadable")
            return None
        path, linked = _target(snapshot, link, path[len(link.path) + 1 :]), True
    raise Unreadable("link-loop")


def _link_on(snapshot: Snapshot, path: bytes) -> Artifact | None:
    """Return the folder of a path that is none, but a link."""
    while path:
        path = path.rpartition(b"/")[0]
        entry = snapshot.find(path) if path else None
        if entry is not None:
            return entry
    return None


def _is_folder(snapshot: Snapshot, path: bytes) -> bool:
    return not path or any(each.startswith(path + b"/") for each in snapshot.names())


def _target(snapshot: Snapshot, link: Artifact, rest: bytes) -> bytes:
    """Return where a link leads, as a path in the snapshot. Raises `Unreadable`."""
    stream = link.open()
    try:
        told = stream.read(_TARGET + 1)
    finally:
        stream.close()
    root: bytes | None = getattr(snapshot, "root", None)
    if root and told.startswith(root.rstrip(b"/") + b"/"):
        told = told[len(root.rstrip(b"/")) + 1 :]
    else:
        told = os.path.join(os.path.dirname(link.path), told)
    path = os.path.normpath(os.path.join(told, rest)) if told else b""
    if not told or len(told) > _TARGET * 2 or b"\0" in told or path.startswith((b"/", b"../")) or path == b"..":
        raise Unreadable("unreadable")
    return b"" if path == b"." else path
