"""Files of rows, opened for a gate: from the snapshot, and of a work tree or a folder also what git ignores.

Rows of people are not committed. Where a whole work tree is judged they are read where they lie, never copied and never cached; a
run over the index, a range or a history has only what its snapshot has.
"""

from __future__ import annotations

import io
import os
import stat

from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.files import FLAGS, read_all
from pytest_genomic_guard.sources.memory import Memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO, Self

    from pytest_genomic_guard.model import Artifact, Snapshot

_HELD = 256 << 20  # bytes of a blob that is held in memory: objects of git cannot be mapped
_PIECE = 1 << 20
_TABLE = 1 << 30  # bytes of a table that is decoded as a whole
_PLACES = ("worktree", "directory")


class Opened:
    """A seekable file of rows; a context manager that closes it."""

    def __init__(self, file: BinaryIO, name: bytes) -> None:
        """Take an open file and its path below the root."""
        self.file = file
        self.name = name
        self.size = file.seek(0, 2)
        file.seek(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def artifact(self) -> Artifact:
        """Return the content as what views decode. Raises `Unusable`: it is too large."""
        data = self.file.read(_TABLE + 1)
        if len(data) > _TABLE:
            raise Unusable("the table is larger than 1 GiB")
        return Memory({os.path.basename(self.name): data}).entries()[0]

    def sha256(self) -> str:
        """Return the digest of the content. It is told only beside figures: a short list of people could be guessed from it."""
        import hashlib  # noqa: PLC0415 - loads OpenSSL

        digest = hashlib.sha256()
        self.file.seek(0)
        while part := self.file.read(_PIECE):
            digest.update(part)
        self.file.seek(0)
        return digest.hexdigest()


def rows_of(snapshot: Snapshot, path: bytes) -> Opened | None:
    """Open a file of rows; None where the snapshot has none that this kind of run may read.

    Raises `Unusable` for one that is there and is no file, lies outside of the root, or cannot be read.
    """
    root = getattr(snapshot, "root", None)
    if snapshot.source in _PLACES and root is not None:
        file = _below(root, path)
        if file is not None:
            return Opened(file, path)
    entry = snapshot.find(path)
    if entry is None:
        return None
    if entry.kind != "file":
        raise Unusable("the path leads to no regular file")
    try:
        data = read_all(entry.open(), _HELD + 1)
    except Unreadable:
        raise Unusable("the file could not be read") from None
    if len(data) > _HELD:
        raise Unusable(f"the file is larger than {_HELD >> 20} MiB, which is too large outside of a work tree")
    return Opened(io.BytesIO(data), path)


def _below(root: bytes, path: bytes) -> BinaryIO | None:
    """Open a regular file below a root, through no link that leads out of it; None where nothing is there."""
    parts = path.split(b"/")
    if b"\0" in path or os.path.isabs(path) or {b"", b".", b"..", b".git"}.intersection(parts):
        raise Unusable("the path leads out of the repository")
    full = os.path.join(root, *parts)
    if not os.path.lexists(full):
        return None
    real, top = os.path.realpath(full), os.path.realpath(root)
    if os.path.commonpath([real, top]) != top:
        raise Unusable("the path leads out of the repository")
    try:
        number = os.open(real, FLAGS)
    except OSError:
        raise Unusable("the file could not be read") from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise Unusable("the path leads to no regular file")
    return os.fdopen(number, "rb")
