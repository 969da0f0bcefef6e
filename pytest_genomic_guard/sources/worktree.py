"""The work tree of a repository, and a plain directory."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from binascii import unhexlify
from hashlib import blake2b

from pytest_genomic_guard.model import Gap
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.checkedout import Unmodified, is_blob
from pytest_genomic_guard.sources.columns import MODES, STAMP, Columns, Tabled
from pytest_genomic_guard.sources.files import artifact, walk
from pytest_genomic_guard.sources.git import GitError, filtered, index_file, untracked
from pytest_genomic_guard.sources.index import entry, recorded
from pytest_genomic_guard.sources.store import Stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.sources.index import Entry, Line

_SUBMODULE = 0o160000
_MODES = {b"100644": 0o100644, b"100755": 0o100755}  # one number for all
_STAT = re.compile(
    rb"ctime: (\d+):(\d+)\n\s*mtime: (\d+):(\d+)\n\s*dev: \d+\tino: (\d+)\n[^\n]*\n\s*size: (\d+)\tflags: ([0-9a-f]+)"
)
_RECORDED = b"  ctime: %d:%d\n  mtime: %d:%d\n  dev: %d\tino: %d\n  uid: %d\tgid: %d\n  size: %d\tflags: "
_LARGE = 32 << 20  # bytes of an index, twice which a git takes, from which there is one git at a time
_SPARSE = 0x40000000  # git's flag of an entry that a sparse checkout leaves out


class WorkTree(Tabled, Stored):
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
        self._written, size = _written(index_file(root))
        self._folders = {b"": True}  # which folders are there, and are no links
        files = Columns(self._below, self._blobs)
        others = untracked(root) if size < _LARGE else None  # which git finds meanwhile
        try:
            self._add_tracked(files, recorded(root))
        except GitError:
            if others:
                with contextlib.suppress(GitError):
                    others()
            raise
        files.ordered()
        late = set[bytes]()
        for path in self._found_besides(*(others or untracked(root))()):
            at = files.at(path)
            if at is None:
                late.add(path)
            else:
                files.replace(at, artifact(root, path))
        for path in select or ():
            full = os.path.join(root, path)
            if path not in late and files.at(path) is None and (not os.path.isdir(full) or os.path.islink(full)):
                late.add(path)  # a named file is judged even where git ignores it
                self.ignored.add(path)
        for path in late:
            files.there(path)
        files.sort()
        whole = select is None or b"" in select
        self._listed(files, None if whole else lambda path: _selected(path, select or ()))

    def _add_tracked(self, files: Columns, lines: Iterable[Line]) -> None:
        last = b""
        for line in lines:
            path = line[4]
            if path < last:
                raise GitError("the index is damaged: its paths are in no order")
            if path == last or not self._as_recorded(files, line):  # of a damaged index, a path can come twice
                self._add_other(files, entry(line), again=path == last)
            last = path

    def _as_recorded(self, files: Columns, line: Line) -> bool:
        """Add the file of a line of the index of which all stat data is what git recorded: so it is of nearly every one."""
        whole, mode, blob, stage, path, told = line
        folder = path.rpartition(b"/")[0]
        if stage != b"0" or mode not in _MODES or not (self._folders.get(folder) or self._folder(folder)):
            return False
        try:
            there = os.lstat(self._below + path)
        except OSError:
            return False
        if not told.startswith(_stamp(there)) or there.st_mtime_ns >= self._written or not stat.S_ISREG(there.st_mode):
            return False
        files.unmodified(path, _MODES[mode], unhexlify(blob), there, blake2b(whole, digest_size=STAMP).digest())
        return True

    def _add_other(self, files: Columns, entry: Entry, *, again: bool) -> None:
        """Add the file of an entry after a look at it, which may be the one at this path again: a side of a conflict."""
        there = None if entry.mode == _SUBMODULE else self._holds(entry.path)
        if there is None:
            # deleted or not checked out, and still in the index; of a conflict, every side is
            if again:
                files.side(entry.artifact(self._blobs))
            elif entry.mode in MODES:
                files.held(entry.path, entry.mode, bytes.fromhex(entry.blob))
            else:
                files.odd(entry.artifact(self._blobs))
            if entry.mode != _SUBMODULE and not _sparse(entry.stat):
                self.deleted.add(entry.path)
        elif not again:
            self._add_checked_out(files, entry, there)

    def _holds(self, path: bytes) -> os.stat_result | None:
        """Return what the work tree has at a path, other than a folder; a link in place of a folder leads nowhere."""
        there = self._stat(path) if self._folder(path.rpartition(b"/")[0]) else None
        return None if there is None or stat.S_ISDIR(there.st_mode) else there

    def _folder(self, path: bytes) -> bool:
        """Tell whether there is a folder at a path, below folders alone; what is below none is not looked at, however deep."""
        found, end = self._folders.get(path), 0
        while found is None:
            end = path.find(b"/", end + 1)
            above = path if end < 0 else path[:end]
            if above not in self._folders:
                there = self._stat(above)
                self._folders[above] = there is not None and stat.S_ISDIR(there.st_mode)
            found = None if self._folders[above] and end >= 0 else self._folders[above]
        self._folders[path] = found
        return found

    def _stat(self, path: bytes) -> os.stat_result | None:
        """Return the stat data of a path, of a link its own; None where nothing can be seen."""
        try:
            return os.lstat(self._below + path)
        except OSError:
            return None

    def _add_checked_out(self, files: Columns, entry: Entry, there: os.stat_result) -> None:
        path, mode, file = entry.path, entry.mode, stat.S_ISREG(there.st_mode)
        copy = artifact(self.root, path, there)
        same = not entry.stage and self._unmodified(entry, copy, there)
        if not (entry.stage or same):
            self.modified.add(path)
        if not file:
            files.odd(copy)
        elif not same:
            files.file(path, there)
        elif mode in MODES:
            files.unmodified(path, mode, bytes.fromhex(entry.blob), there)
        else:  # a link where links are not made
            size, bits = there.st_size, there.st_mode
            files.odd(Unmodified(path, entry.blob, self._blobs, self._below, size, bits).artifact(mode))

    def _unmodified(self, entry: Entry, copy: Artifact, there: os.stat_result) -> bool:
        """Tell it by the stat data that git recorded, as git does, and where that leaves a doubt by the content.

        A filter of the repository is never run: where one stands between, the time and the size have to do.
        """
        told = _compared(entry.stat, there, self._written)
        if told in {"same", "changed"}:
            return told == "same"
        return is_blob(copy, entry.blob) or (told == "unsure" and filtered(self.root, entry.path))

    def _found_besides(self, paths: Sequence[bytes], unlisted: Sequence[bytes]) -> Iterator[bytes]:
        """Yield what git found untracked."""
        self._gaps += [Gap(path=folder, reason="unreadable") for folder in unlisted]
        for path in paths:
            if not path.endswith(b"/"):
                yield path
                continue
            folder = path.rstrip(b"/")  # an untracked repository inside this one: git lists it as one name
            try:
                inner = [each for each in walk(self.root, folder) if b"/.git/" not in each]
            except OSError:
                self._gaps.append(Gap(path=folder, reason="unreadable"))
            else:
                yield from inner

    def gaps(self) -> Iterator[Gap]:
        """Yield the folders that could not be listed."""
        return iter(self._gaps)

    def close(self) -> None:
        """End the git process."""
        self._blobs.close()


class Directory(Tabled):
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
        chosen = frozenset(paths)
        for path in beside:
            full = os.path.join(root, path.rstrip(b"/"))
            if path.endswith(b"/"):
                paths |= set(walk(root, path[:-1])) if os.path.isdir(full) and not os.path.islink(full) else set()
            elif os.path.lexists(full):
                paths.add(path)
        files = Columns(os.path.join(root, b""), Blobs(root))
        for path in sorted(paths):
            files.there(path)
        files.ordered()
        files.sort()
        self._listed(files, chosen.__contains__ if len(chosen) < len(paths) else None)

    def add(self, path: bytes) -> None:
        """Add a file that is there and reached through no link, to be there besides."""
        folders = path.split(b"/")[:-1]
        linked = any(os.path.islink(os.path.join(self.root, *folders[: number + 1])) for number in range(len(folders)))
        if self.find(path) is None and not linked and os.path.lexists(os.path.join(self.root, path)):
            super().add(path)


def _selected(path: bytes, select: Sequence[bytes]) -> bool:
    return any(path == name or not name or path.startswith(name + b"/") for name in select)


def _sparse(recorded: bytes) -> bool:
    parts = _STAT.search(recorded)
    return parts is not None and bool(int(parts[7], 16) & _SPARSE)


def _written(index: bytes) -> tuple[int, int]:
    """Return when an index was written, in nanoseconds, and its size."""
    try:
        found = os.stat(index)
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


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
    _mode, inode, device, _links, user, group, size, _accessed, modified, changed = found  # times in whole seconds
    return _RECORDED % (
        changed & 0xFFFFFFFF,  # type: ignore[operator]  # an int, in a tuple
        found.st_ctime_ns - changed * 10**9,
        modified & 0xFFFFFFFF,  # type: ignore[operator]  # as above
        found.st_mtime_ns - modified * 10**9,
        device & 0xFFFFFFFF,
        inode & 0xFFFFFFFF,
        user,
        group,
        size & 0xFFFFFFFF,
    )


def _same_time(recorded: Sequence[int], found: int) -> bool:
    seconds, rest = recorded
    return seconds == found // 10**9 & 0xFFFFFFFF and rest in {0, found % 10**9}
