"""The objects that git-lfs holds in a repository: what a push of their pointers uploads.

They are looked for inside of the git directory only, whatever a configuration or a link says.
"""

from __future__ import annotations

import os
import re
from functools import partial

from pytest_genomic_guard.model import Listed, Unreadable
from pytest_genomic_guard.sources.files import FileStream
from pytest_genomic_guard.sources.git import GitError, git
from pytest_genomic_guard.sources.names import same, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.model import Artifact, Stream


class Stored(Listed):
    """A snapshot of a repository, where objects of git-lfs may be at hand."""

    root: bytes
    _store: Store | None = None

    def behind(self, entry: Artifact, oid: str, size: int) -> Artifact | None:
        """Return an artifact with the content of an object in place of its pointer, None where that is not here."""
        self._store = self._store or Store(self.root)
        opener = self._store.find(oid, size)
        return entry.replace(opener=opener, size=size, copy=None) if opener else None


class Store:
    """The local store of one repository; git is asked where it is when the first object is."""

    def __init__(self, root: bytes) -> None:
        """Look below the git directory of the repository at `root`."""
        self._root = root
        self._found: list[bytes] | None = None

    def find(self, oid: str, size: int) -> Callable[[], Stream] | None:
        """Return what opens an object, None where the store does not hold it; an id that is none is nowhere."""
        if not re.fullmatch(r"[0-9a-f]{64}", oid):
            return None
        if self._found is None:
            self._found = self._folders()
        name = oid.encode()
        for folder in self._found:
            path = os.path.join(folder, name[:2], name[2:4], name)
            if os.path.lexists(path):
                return partial(_opened, path, oid, size)
        return None

    def _folders(self) -> list[bytes]:
        """Return the folders of objects: all work trees share the one of the repository, and a configuration can name another."""
        try:
            common = git(self._root, "rev-parse", "--git-common-dir").removesuffix(b"\n")
        except GitError:
            return []
        try:
            named = git(self._root, "config", "--get", "lfs.storage").removesuffix(b"\n")
        except GitError:
            named = b""  # it is not set
        own = os.path.realpath(os.path.join(self._root, common))
        places = [os.path.realpath(os.path.join(own, each, b"objects")) for each in dict.fromkeys((b"lfs", named or b"lfs"))]
        return [place for place in places if within(place, own)]


def _opened(path: bytes, oid: str, size: int) -> Stream:
    """Open an object. Raises `Unreadable`: also where a link leads elsewhere, since git-lfs would follow it."""
    folder = os.path.dirname(path)
    if not same(os.path.realpath(folder), folder):
        raise Unreadable("unreadable")
    stream = FileStream(path)
    if stream.size != size:
        stream.close()
        raise Unreadable("corrupt")
    return _Verified(stream, oid)


class _Verified:
    """An object whose bytes are held against its id; the last read raises `Unreadable` where they are others."""

    def __init__(self, stream: FileStream, oid: str) -> None:
        import hashlib  # noqa: PLC0415 - where there is an object

        self._stream, self._oid = stream, oid
        self._digest = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        part = self._stream.read(size)
        self._digest.update(part)
        if not part and self._digest.hexdigest() != self._oid:
            raise Unreadable("corrupt")
        return part

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
