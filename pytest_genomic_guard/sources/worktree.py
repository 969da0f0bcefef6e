"""The work tree of a repository, and a plain directory."""

from __future__ import annotations

import hashlib
import os
import re
import stat

from pytest_genomic_guard.model import Artifact, Gap, Listed, Unreadable
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.files import BytesStream, artifact, read_all, walk
from pytest_genomic_guard.sources.git import filtered, index_file, untracked
from pytest_genomic_guard.sources.index import Entry, indexed
from pytest_genomic_guard.sources.store import Stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Stream

_SUBMODULE = 0o160000
_HASHED = 8 << 20  # up to this size a file is compared with its blob by git's own id
_STAT = re.compile(
    rb"ctime: (\d+):(\d+)\n\s*mtime: (\d+):(\d+)\n\s*dev: \d+\tino: (\d+)\n[^\n]*\n\s*size: (\d+)\tflags: ([0-9a-f]+)"
)
_SPARSE = 0x40000000  # git's flag of an entry that a sparse checkout leaves out


class WorkTree(Stored):
    """Tracked files and untracked ones that git does not ignore.

    A tracked file that git's stat data calls unmodified is read as its index blob: that is what a push uploads.
    """

    source = "worktree"

    def __init__(self, root: bytes, select: Sequence[bytes] | None = None) -> None:
        """List the repository at `root`; `select` names the files and folders to judge. Raises `GitError`."""
        self.root = root
        self._blobs = Blobs(root)
        self._gaps: list[Gap] = []
        self.deleted: set[bytes] = set()
        self.modified: set[bytes] = set()
        self.ignored: set[bytes] = set()  # named, and in no commit to come
        self._written = _mtime(index_file(root))
        self._folders = {b"": True}  # which folders are there, and are no links
        found: dict[bytes, list[Artifact]] = {}
        for entry in indexed(root, stat=True):
            self._add_tracked(found, entry)
        self._add_untracked(found)
        for path in select or ():
            full = os.path.join(root, path)
            if path not in found and (not os.path.isdir(full) or os.path.islink(full)):
                found[path] = [artifact(root, path)]  # a named file is judged even where git ignores it
                self.ignored.add(path)
        self._by_path = {path: entries[0] for path, entries in found.items()}
        self._entries = tuple(each for path in sorted(found) for each in found[path])
        self._changed = frozenset(path for path in found if select is None or _selected(path, select))

    def _add_tracked(self, found: dict[bytes, list[Artifact]], entry: Entry) -> None:
        there = None if entry.mode == _SUBMODULE else self._holds(entry.path)
        if there is None:
            # deleted or not checked out, and still in the index; of a conflict, every side is
            found.setdefault(entry.path, []).append(entry.artifact(self._blobs))
            if entry.mode != _SUBMODULE and not _sparse(entry.stat):
                self.deleted.add(entry.path)
        elif entry.path not in found:
            found[entry.path] = [self._checked_out(entry, there)]

    def _holds(self, path: bytes) -> os.stat_result | None:
        """Return what the work tree has at a path, other than a folder; a link in place of a folder leads nowhere."""
        there = self._stat(path) if self._folder(os.path.dirname(path)) else None
        return None if there is None or stat.S_ISDIR(there.st_mode) else there

    def _folder(self, path: bytes) -> bool:
        if path not in self._folders:
            there = self._stat(path) if self._folder(os.path.dirname(path)) else None
            self._folders[path] = there is not None and stat.S_ISDIR(there.st_mode)
        return self._folders[path]

    def _stat(self, path: bytes) -> os.stat_result | None:
        """Return the stat data of a path, of a link its own; None where nothing can be seen."""
        try:
            return os.lstat(os.path.join(self.root, path))
        except OSError:
            return None

    def _checked_out(self, entry: Entry, there: os.stat_result) -> Artifact:
        copy = artifact(self.root, entry.path, there)
        if entry.stage:
            return copy
        if not self._unmodified(entry, copy, there):
            self.modified.add(entry.path)
            return copy
        return _Unmodified(entry.artifact(self._blobs), copy).artifact() if copy.kind == "file" else copy

    def _unmodified(self, entry: Entry, copy: Artifact, there: os.stat_result) -> bool:
        """Tell it by the stat data that git recorded, as git does, and where that leaves a doubt by the content.

        A filter of the repository is never run: where one stands between, the time and the size have to do.
        """
        told = _compared(entry.stat, there, self._written)
        if told in {"same", "changed"}:
            return told == "same"
        return _is_blob(copy, entry.blob) or (told == "unsure" and filtered(self.root, entry.path))

    def _add_untracked(self, found: dict[bytes, list[Artifact]]) -> None:
        paths, unlisted = untracked(self.root)
        self._gaps += [Gap(path=folder, reason="unreadable") for folder in unlisted]
        for path in paths:
            if not path.endswith(b"/"):
                found[path] = [artifact(self.root, path)]
                continue
            folder = path.rstrip(b"/")  # an untracked repository inside this one: git lists it as one name
            try:
                inner = [each for each in walk(self.root, folder) if b"/.git/" not in each]
            except OSError:
                self._gaps.append(Gap(path=folder, reason="unreadable"))
            else:
                found |= {each: [artifact(self.root, each)] for each in inner}

    def gaps(self) -> Iterator[Gap]:
        """Yield the folders that could not be listed."""
        return iter(self._gaps)

    def close(self) -> None:
        """End the git process."""
        self._blobs.close()


class Directory(Listed):
    """A folder outside any repository: everything in it is read, hidden files too."""

    source = "directory"

    def __init__(self, root: bytes, select: Sequence[bytes] | None = None, beside: Sequence[bytes] = ()) -> None:
        """List `root`; `select` names the files and folders to judge, `beside` those to be there besides. Raises OSError.

        A folder of `beside` ends with ``/``.
        """
        self.root = root
        paths = set(walk(root)) if select is None or b"" in select else set()
        for path in select or ():
            full = os.path.join(root, path)
            paths |= set(walk(root, path)) if os.path.isdir(full) and not os.path.islink(full) else {path}
        self._changed = frozenset(paths)
        for path in beside:
            full = os.path.join(root, path.rstrip(b"/"))
            if path.endswith(b"/"):
                paths |= set(walk(root, path[:-1])) if os.path.isdir(full) and not os.path.islink(full) else set()
            elif os.path.lexists(full):
                paths.add(path)
        self._by_path = {path: artifact(root, path) for path in sorted(paths)}
        self._entries = tuple(self._by_path.values())

    def add(self, path: bytes) -> None:
        """Add a file that is there and reached through no link, to be there besides."""
        folders = path.split(b"/")[:-1]
        linked = any(os.path.islink(os.path.join(self.root, *folders[: number + 1])) for number in range(len(folders)))
        if path not in self._by_path and not linked and os.path.lexists(os.path.join(self.root, path)):
            found = {**self._by_path, path: artifact(self.root, path)}
            self._by_path = {each: found[each] for each in sorted(found)}
            self._entries = tuple(self._by_path.values())


class _Unmodified:
    """A file that git calls unmodified: its bytes are those of the blob, unless a filter or line-end rule stands between."""

    def __init__(self, committed: Artifact, copy: Artifact) -> None:
        self._committed = committed
        self._copy = copy
        self._differs: bool | None = None

    def artifact(self) -> Artifact:
        """Return the committed artifact, read from the file where that holds the same bytes."""
        return self._committed.replace(opener=self._open, copy=self._other, size=self._copy.size)

    def _open(self) -> Stream:
        if self._differs is None and (self._copy.size or 0) <= _HASHED:
            try:
                data = read_all(self._copy.open())
            except Unreadable:
                return self._committed.open()
            self._differs = _object_id(data, len(self._committed.blob or "")) != self._committed.blob
            if not self._differs:
                return BytesStream(data)
        return self._committed.open() if self._differs or self._differs is None else self._copy.open()

    def _other(self) -> Artifact | None:
        """Return the work tree's version when it differs; of a large file that is told by its size."""
        if self._differs is None:
            stream = self._committed.open()
            try:
                self._differs = stream.size != self._copy.size  # type: ignore[attr-defined]  # a BlobStream
            finally:
                stream.close()
        return self._copy if self._differs else None


def _object_id(data: bytes, digits: int) -> str:
    """Return git's id for a blob."""
    digest = _begun(len(data), digits)
    digest.update(data)
    return digest.hexdigest()


def _begun(size: int, digits: int) -> hashlib._Hash:
    """Begin git's id for a blob: SHA-1, or SHA-256 where ids have 64 digits."""
    return hashlib.new("sha256" if digits == 64 else "sha1", b"blob %d\0" % size, usedforsecurity=False)


def _selected(path: bytes, select: Sequence[bytes]) -> bool:
    return any(path == name or not name or path.startswith(name + b"/") for name in select)


def _sparse(recorded: bytes) -> bool:
    parts = _STAT.search(recorded)
    return parts is not None and bool(int(parts[7], 16) & _SPARSE)


def _mtime(path: bytes) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _compared(recorded: bytes, found: os.stat_result, written: int) -> Literal["same", "changed", "touched", "unsure"]:
    """Compare a file's stat data with what git recorded in an index that was written at a time, in nanoseconds."""
    parts = _STAT.search(recorded)
    if parts is None:
        return "changed"
    *times, inode, size = map(int, parts.groups()[:6])
    if found.st_size & 0xFFFFFFFF != size:
        return "changed"
    if not _same_time(times[2:], found.st_mtime_ns):
        return "touched"
    # A program can set the time of a content, and neither that of a change nor the number of a file. Not every git records these.
    sure = _same_time(times[:2], found.st_ctime_ns) and inode in {0, found.st_ino & 0xFFFFFFFF}
    return "same" if sure and found.st_mtime_ns < written else "unsure"  # written since the index was: within one tick of a clock


def _same_time(recorded: Sequence[int], found: int) -> bool:
    seconds, rest = recorded
    return seconds == found // 10**9 & 0xFFFFFFFF and rest in {0, found % 10**9}


def _is_blob(copy: Artifact, blob: str) -> bool:
    """Tell whether a file has the content of a blob, line ends aside where it is small."""
    try:
        if (copy.size or 0) <= _HASHED:
            data = read_all(copy.open())
            return blob in {_object_id(each, len(blob)) for each in (data, data.replace(b"\r\n", b"\n"))}
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
