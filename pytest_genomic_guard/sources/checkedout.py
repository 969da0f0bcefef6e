"""Files of a work tree that git calls unmodified: they are judged as the blobs that a push uploads."""

from __future__ import annotations

import hashlib

from pytest_genomic_guard.model import Artifact, Unreadable
from pytest_genomic_guard.sources.files import BytesStream, FileStream, read_all, regular

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Stream
    from pytest_genomic_guard.sources.blobs import Blobs

_HASHED = 8 << 20  # up to this size a file is compared with its blob by git's own id


class Unmodified:
    """A file that git calls unmodified: its bytes are those of the blob, unless a filter or line-end rule stands between."""

    __slots__ = ("_below", "_blob", "_blobs", "_differs", "_mode", "_path", "_size", "stamp")

    def __init__(  # noqa: PLR0913, PLR0917 - made a hundred thousand times
        self, path: bytes, blob: str, blobs: Blobs, below: bytes, size: int, mode: int, stamp: bytes = b""
    ) -> None:
        """Take what the index and the file system say of it, and a stamp where nothing can have changed since git compared them."""
        self._path, self._blob, self._blobs, self._below = path, blob, blobs, below
        self._size, self._mode, self.stamp = size, mode, stamp
        self._differs: bool | None = None

    def artifact(self, mode: int) -> Artifact:
        """Return the committed artifact, read from the file where that holds the same bytes."""
        return Artifact(
            path=self._path,
            kind="file",
            origin="index",
            mode=mode,
            blob=self._blob,
            opener=self._open,
            size=self._size,
            copy=self,
        )

    def _open(self) -> Stream:
        if self._differs is None and self._size <= _HASHED:
            try:
                data = read_all(FileStream(self._below + self._path))
            except Unreadable:
                return self._blobs.open(self._blob)
            self._differs = object_id(data, len(self._blob)) != self._blob
            if not self._differs:
                return BytesStream(data)
        if self._differs is False:
            return FileStream(self._below + self._path)
        return self._blobs.open(self._blob)

    def same(self) -> bool:
        """Read the file, and tell whether it holds the bytes of the blob."""
        try:
            self._open().close()
            return self() is None
        except Unreadable:
            return False

    def __call__(self) -> Artifact | None:
        """Return the work tree's version when it differs; of a large file that is told by its size."""
        if self._differs is None and self._size <= _HASHED:
            self._open().close()
        if self._differs is None:
            stream = self._blobs.open(self._blob)
            try:
                self._differs = stream.size != self._size
            finally:
                stream.close()
        return regular(self._below, self._path, self._size, self._mode) if self._differs else None


def is_blob(copy: Artifact, blob: str) -> bool:
    """Tell whether a file has the content of a blob, line ends aside where it is small."""
    try:
        if (copy.size or 0) <= _HASHED:
            data = read_all(copy.open())
            return blob in {object_id(each, len(blob)) for each in (data, data.replace(b"\r\n", b"\n"))}
        digest = _begun(copy.size or 0, len(blob))
        stream = copy.open()
        try:
            while part := stream.read(1 << 20):
                digest.update(part)
        finally:
            stream.close()
    except Unreadable:
        return False
    return digest.hexdigest() == blob


def object_id(data: bytes, digits: int) -> str:
    """Return git's id for a blob."""
    digest = _begun(len(data), digits)
    digest.update(data)
    return digest.hexdigest()


def _begun(size: int, digits: int) -> hashlib._Hash:
    """Begin git's id for a blob: SHA-1, or SHA-256 where ids have 64 digits."""
    return (hashlib.sha256 if digits == 64 else hashlib.sha1)(b"blob %d\0" % size, usedforsecurity=False)
