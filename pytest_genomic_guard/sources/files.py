"""Files of a file system, opened without following links and without waiting for a writer."""

from __future__ import annotations

import errno
import os
import stat
from functools import partial

from pytest_genomic_guard._snapshot import BytesStream
from pytest_genomic_guard.model import Artifact, Unreadable

__all__ = ["BytesStream", "FileStream", "artifact", "read_all", "walk"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Stream

# O_NONBLOCK: opening a FIFO that nobody writes to must not hang. O_BINARY exists on Windows only.
FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


_MORE = 1 << 12  # bytes by which a file may have grown, to be read with it


class FileStream:
    """A regular file, read with ``os.read``."""

    def __init__(self, path: bytes) -> None:
        """Open the file. Raises `Unreadable`."""
        self._file = -1
        self._ended = False
        try:
            self._file = os.open(path, FLAGS)
            found = os.fstat(self._file)
        except OSError as error:
            self.close()
            raise Unreadable(_reason(error)) from None
        if not stat.S_ISREG(found.st_mode):
            self.close()
            raise Unreadable("special-file")
        self.size = self._left = found.st_size

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if self._ended:
            return b""
        size = min(size, max(self._left, 0) + _MORE)  # memory for what is asked for is taken beforehand
        try:
            part = os.read(self._file, size)
        except OSError:
            raise Unreadable("unreadable") from None
        self._left -= len(part)
        self._ended = len(part) < size and self._left <= 0  # all that it said it holds, and no more came: once is enough to ask
        return part

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def read_all(stream: Stream, most: int | None = None) -> bytes:
    """Return what a stream holds, or its first `most` bytes, and close it; for small content. Raises `Unreadable`."""
    parts = []
    left = most
    try:
        while (left is None or left > 0) and (part := stream.read(1 << 20)):
            parts.append(part)
            left = None if left is None else left - len(part)
    finally:
        stream.close()
    return b"".join(parts)[:most]


def artifact(root: bytes, path: bytes, found: os.stat_result | None = None) -> Artifact:
    """Describe the file at `path` below `root`, whatever it is; one that is gone fails when it is opened.

    `found` is its own stat data, where somebody has asked for it.
    """
    full = os.path.join(root, path)
    try:
        found = found or os.lstat(full)
    except OSError as error:
        return Artifact(path=path, kind="file", origin="worktree", opener=_raiser(_reason(error)))
    if stat.S_ISLNK(found.st_mode):
        return Artifact(path=path, kind="link", origin="worktree", opener=lambda: _target(full), mode=0o120000)
    if stat.S_ISDIR(found.st_mode):  # one that could not be listed
        return Artifact(path=path, kind="special", origin="worktree", opener=_raiser("unreadable"))
    if not stat.S_ISREG(found.st_mode):
        return Artifact(path=path, kind="special", origin="worktree", opener=_raiser("special-file"), size=found.st_size)
    return regular(os.path.join(root, b""), path, found.st_size, found.st_mode)


def regular(below: bytes, path: bytes, size: int, mode: int) -> Artifact:
    """Describe a regular file at `path` in the folder `below`, which ends with a separator, by its size and mode."""
    return Artifact(
        path=path,
        kind="file",
        origin="worktree",
        opener=partial(FileStream, below + path),
        size=size,
        mode=0o100755 if mode & 0o100 else 0o100644,
    )


def walk(root: bytes, below: bytes = b"") -> Iterator[bytes]:
    """Yield the paths of everything below a directory that is no directory, links unfollowed. Raises OSError for `root`."""
    pending = [below]
    while pending:
        folder = pending.pop()
        try:
            entries = list(os.scandir(os.path.join(root, folder) if folder else root))
        except OSError:
            if folder == below:
                raise
            yield folder  # an unreadable directory becomes an unreadable artifact, never a silent skip
            continue
        for entry in entries:
            path = folder + b"/" + entry.name if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                pending.append(path)
            else:
                yield path


def _target(full: bytes) -> Stream:
    """Return the target of a link as content: it is what git stores, and all that is ever read of a link."""
    try:
        target = os.readlink(full)
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    try:
        os.stat(full)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Unreadable("link-loop") from None  # anything else is a link to nowhere, whose text is still content
    return BytesStream(target)


def _raiser(reason: str) -> Callable[[], Stream]:
    def opener() -> Stream:
        raise Unreadable(reason)

    return opener


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return "vanished"
    if error.errno == errno.ENXIO:
        return "special-file"
    return "unreadable"
