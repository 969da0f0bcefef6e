"""The work tree of a repository, and a plain directory."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from hashlib import blake2b

from pytest_genomic_guard.model import Gap, Listed
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.checkedout import Unmodified, is_blob
from pytest_genomic_guard.sources.files import artifact, walk
from pytest_genomic_guard.sources.git import GitError, filtered, index_file, untracked
from pytest_genomic_guard.sources.index import entry, recorded
from pytest_genomic_guard.sources.store import Stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.sources.index import Entry, Line

_SUBMODULE = 0o160000
_MODES = {b"100644": 0o100644, b"100755": 0o100755}  # one number for all
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
        self._below = os.path.join(root, b"")  # joined a hundred thousand times
        self._blobs = Blobs(root)
        self._gaps: list[Gap] = []
        self.deleted: set[bytes] = set()
        self.modified: set[bytes] = set()
        self.ignored: set[bytes] = set()  # named, and in no commit to come
        self._written = _mtime(index_file(root))
        self._folders = {b"": True}  # which folders are there, and are no links
        found: dict[bytes, Artifact] = {}
        self._sides: list[Artifact] = []  # of conflicts, the first apart
        others = untracked(root)  # which git finds meanwhile
        try:
            lines = recorded(root)
        except GitError:
            with contextlib.suppress(GitError):
                others()
            raise
        for line in lines:
            same = self._as_recorded(line)
            if same:
                found[same.path] = same
            else:
                self._add_tracked(found, entry(line))
        self._add_untracked(found, *others())
        for path in select or ():
            full = os.path.join(root, path)
            if path not in found and (not os.path.isdir(full) or os.path.islink(full)):
                found[path] = artifact(root, path)  # a named file is judged even where git ignores it
                self.ignored.add(path)
        self._by_path = found
        self._entries = tuple(sorted((*found.values(), *self._sides), key=lambda each: each.path))
        whole = select is None or b"" in select
        self._changed = frozenset(found if whole else (path for path in found if _selected(path, select or ())))

    def _as_recorded(self, line: Line) -> Artifact | None:
        """Return the file of a line of the index of which all stat data is what git recorded: so it is of nearly every one."""
        whole, mode, blob, stage, path, told = line
        folder = path.rpartition(b"/")[0]
        if stage != b"0" or mode == b"160000" or not (self._folders.get(folder) or self._folder(folder)):
            return None
        try:
            there = os.lstat(self._below + path)
        except OSError:
            return None
        if not told.startswith(_stamp(there)) or there.st_mtime_ns >= self._written or not stat.S_ISREG(there.st_mode):
            return None
        size, bits, stamp = there.st_size, there.st_mode & 0o100, blake2b(whole, digest_size=16).digest()
        return Unmodified(path, blob.decode(), self._blobs, self._below, size, bits, stamp).artifact(
            _MODES.get(mode) or int(mode, 8)
        )

    def _add_tracked(self, found: dict[bytes, Artifact], entry: Entry) -> None:
        there = None if entry.mode == _SUBMODULE else self._holds(entry.path)
        if there is None:
            # deleted or not checked out, and still in the index; of a conflict, every side is
            side = entry.artifact(self._blobs)
            if found.setdefault(entry.path, side) is not side:
                self._sides.append(side)
            if entry.mode != _SUBMODULE and not _sparse(entry.stat):
                self.deleted.add(entry.path)
        elif entry.path not in found:
            found[entry.path] = self._checked_out(entry, there)

    def _holds(self, path: bytes) -> os.stat_result | None:
        """Return what the work tree has at a path, other than a folder; a link in place of a folder leads nowhere."""
        there = self._stat(path) if self._folder(path.rpartition(b"/")[0]) else None
        return None if there is None or stat.S_ISDIR(there.st_mode) else there

    def _folder(self, path: bytes) -> bool:
        if path not in self._folders:
            there = self._stat(path) if self._folder(path.rpartition(b"/")[0]) else None
            self._folders[path] = there is not None and stat.S_ISDIR(there.st_mode)
        return self._folders[path]

    def _stat(self, path: bytes) -> os.stat_result | None:
        """Return the stat data of a path, of a link its own; None where nothing can be seen."""
        try:
            return os.lstat(self._below + path)
        except OSError:
            return None

    def _checked_out(self, entry: Entry, there: os.stat_result) -> Artifact:
        file = stat.S_ISREG(there.st_mode)
        copy = artifact(self.root, entry.path, there)
        if entry.stage:
            return copy
        if not self._unmodified(entry, copy, there):
            self.modified.add(entry.path)
            return copy
        if not file:
            return copy
        size, bits = there.st_size, there.st_mode
        return Unmodified(entry.path, entry.blob, self._blobs, self._below, size, bits).artifact(entry.mode)

    def _unmodified(self, entry: Entry, copy: Artifact, there: os.stat_result) -> bool:
        """Tell it by the stat data that git recorded, as git does, and where that leaves a doubt by the content.

        A filter of the repository is never run: where one stands between, the time and the size have to do.
        """
        told = _compared(entry.stat, there, self._written)
        if told in {"same", "changed"}:
            return told == "same"
        return is_blob(copy, entry.blob) or (told == "unsure" and filtered(self.root, entry.path))

    def _add_untracked(self, found: dict[bytes, Artifact], paths: Sequence[bytes], unlisted: Sequence[bytes]) -> None:
        self._gaps += [Gap(path=folder, reason="unreadable") for folder in unlisted]
        for path in paths:
            if not path.endswith(b"/"):
                found[path] = artifact(self.root, path)
                continue
            folder = path.rstrip(b"/")  # an untracked repository inside this one: git lists it as one name
            try:
                inner = [each for each in walk(self.root, folder) if b"/.git/" not in each]
            except OSError:
                self._gaps.append(Gap(path=folder, reason="unreadable"))
            else:
                found |= {each: artifact(self.root, each) for each in inner}

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


def _stamp(found: os.stat_result) -> bytes:
    """Return a file's stat data as git writes down what it recorded."""
    changed, modified = divmod(found.st_ctime_ns, 10**9), divmod(found.st_mtime_ns, 10**9)
    return b"  ctime: %d:%d\n  mtime: %d:%d\n  dev: %d\tino: %d\n  uid: %d\tgid: %d\n  size: %d\tflags: " % (
        changed[0] & 0xFFFFFFFF,
        changed[1],
        modified[0] & 0xFFFFFFFF,
        modified[1],
        found.st_dev & 0xFFFFFFFF,
        found.st_ino & 0xFFFFFFFF,
        found.st_uid,
        found.st_gid,
        found.st_size & 0xFFFFFFFF,
    )


def _same_time(recorded: Sequence[int], found: int) -> bool:
    seconds, rest = recorded
    return seconds == found // 10**9 & 0xFFFFFFFF and rest in {0, found % 10**9}
