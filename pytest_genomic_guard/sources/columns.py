"""The files of a work tree by the hundred thousand: what is told of each lies in columns, and its artifact made when asked for.

As objects, a file takes six hundred bytes; here its path and about fifty. Of links, submodules and what else is no regular file
there are few: these are artifacts beside.
"""

from __future__ import annotations

import os
import stat
from array import array
from bisect import bisect_left
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain, groupby, pairwise

from pytest_genomic_guard._snapshot import named
from pytest_genomic_guard.model import Artifact, Listed
from pytest_genomic_guard.sources.checkedout import Unmodified
from pytest_genomic_guard.sources.files import artifact, regular
from pytest_genomic_guard.sources.rows import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from os import stat_result
    from typing import Self

    from pytest_genomic_guard.sources.blobs import Blobs

STAMP = 16  # bytes
MODES = {0o100644: 0, 0o100755: 1}  # of files that lie in the columns
# As index and file have it, which is 0; as the index does; as the file does; beside
_HELD, _FILE, _ODD = 4, 8, 12
_RUNS, _KIND = 2, 12  # whether the file is a program
_NONE = bytes(STAMP)
_LARGEST = 0xFFFFFFFF  # a size that does not fit stands beside


class Columns(Rows):
    """Artifacts of a work tree, sorted by path."""

    def __init__(self, below: bytes, blobs: Blobs) -> None:
        """Begin without any; `below` is the folder, which ends with a separator, `blobs` opens what the index holds."""
        self._below, self._blobs = below, blobs
        self._text: bytes | bytearray = bytearray()  # paths, one after the other
        self._ids: bytes | bytearray = bytearray()
        self._stamps: bytes | bytearray = bytearray()
        self._ends, self._width = array("Q", [0]), 0
        self._sizes, self._what = array("I"), bytearray()
        self._large: dict[int, int] = {}
        self._odd: dict[int, Artifact] = {}
        self._sides = set[int]()  # those at the path of the one before
        self._order: Sequence[int] = range(0)

    def unmodified(self, path: bytes, mode: int, blob: bytes, there: stat_result, stamp: bytes = _NONE) -> None:
        """Add a regular file that has the content of a blob, with a mode of `MODES`; with a stamp where nothing is in doubt."""
        size = there.st_size
        if not self._width:
            self._widen(blob)
        self._what.append(MODES[mode] | (_RUNS if there.st_mode & 0o100 else 0))
        self._text += path
        self._ends.append(len(self._text))
        self._ids += blob
        self._stamps += stamp
        self._sizes.append(size if size <= _LARGEST else self._beside(size))

    def held(self, path: bytes, mode: int, blob: bytes) -> None:
        """Add a regular file with a mode of `MODES` as the index has it."""
        if not self._width:
            self._widen(blob)
        self._row(path, _HELD | MODES[mode], 0, blob)

    def file(self, path: bytes, there: stat_result) -> None:
        """Add a regular file as it is."""
        self._row(path, _FILE | (_RUNS if there.st_mode & 0o100 else 0), there.st_size)

    def side(self, entry: Artifact) -> None:
        """Add a further side of a conflict, after the first."""
        self._sides.add(len(self._what))
        self.odd(entry)

    def odd(self, entry: Artifact) -> None:
        """Add what fits no column."""
        self._odd[len(self._what)] = entry
        self._row(entry.path, _ODD, 0)

    def _row(self, path: bytes, what: int, size: int, blob: bytes = b"") -> None:
        self._what.append(what)
        self._text += path
        self._ends.append(len(self._text))
        self._ids += blob or bytes(self._width)
        self._stamps += _NONE
        self._sizes.append(size if size <= _LARGEST else self._beside(size))

    def _widen(self, blob: bytes) -> None:
        """Take the length of the first id for that of all."""
        self._width = len(blob)
        self._ids = bytearray(len(self._what) * self._width)

    def _beside(self, size: int) -> int:
        self._large[len(self._sizes)] = size
        return _LARGEST

    def replace(self, number: int, entry: Artifact) -> None:
        """Set another one in the place of one."""
        row = self._order[number]
        self._odd[row], self._what[row] = entry, _ODD

    def there(self, path: bytes) -> None:
        """Add what is at a path, whatever it is."""
        try:
            found = os.lstat(self._below + path)
        except OSError:
            found = None
        if found and stat.S_ISREG(found.st_mode):
            self.file(path, found)
        else:
            self.odd(artifact(self._below, path, found))

    def ordered(self) -> None:
        """Take all that was added for what is in the order of its paths."""
        self._order = range(len(self._what))

    def sort(self) -> None:
        """Bring what was added since then into the order of the paths; it is at none of those before."""
        order, late = array("I"), sorted(range(len(self._order), len(self._what)), key=self._path)
        first = 0
        for row in late:
            after = bisect_left(self._order, self._path(row), first, key=self._path)
            order.extend(self._order[first:after])
            order.append(row)
            first = after
        if late:
            order.extend(self._order[first:])
            self._order = order
        # of bytes, a part is read in half the time
        self._text, self._ids, self._stamps = bytes(self._text), bytes(self._ids), bytes(self._stamps)

    def only(self, numbers: Sequence[int]) -> Self:
        """Return some of them, by their numbers, in order."""
        some = type(self)(self._below, self._blobs)
        vars(some).update(vars(self))
        some._order = array("I", (self._order[at] for at in numbers))  # noqa: SLF001 - one of these
        return some

    def without(self, some: Self) -> Self:
        """Return all but some of them, in order."""
        left_out = bytearray(len(self._what))
        for row in some._order:
            left_out[row] = 1
        return self.only([at for at, row in enumerate(self._order) if not left_out[row]])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._order)

    def __getitem__(self, at: int) -> Artifact:  # type: ignore[override]  # nobody asks for slices
        """Make one."""
        row = self._order[at]
        what, path = self._what[row], self._path(row)
        if what & _KIND == _ODD:
            return self._odd[row]
        size, mode = self._large.get(row, self._sizes[row]), 0o100755 if what & 1 else 0o100644
        runs = 0o100 if what & _RUNS else 0
        if what & _KIND == _FILE:
            return regular(self._below, path, size, runs)
        blob = self._ids[row * self._width : (row + 1) * self._width].hex()
        if what & _KIND == _HELD:
            return Artifact(path=path, kind="file", origin="index", mode=mode, blob=blob, opener=partial(self._blobs.open, blob))
        return Unmodified(path, blob, self._blobs, self._below, size, runs, self._stamp(row)).artifact(mode)

    def repeated(self) -> int:
        """Return how many are further sides of conflicts."""
        return sum(row in self._sides for row in self._order) if self._sides else 0

    def paths(self) -> Iterator[bytes]:
        """Yield the path of each."""
        text, ends = bytes(self._text), self._ends
        if isinstance(self._order, range):
            return (text[begin:end] for begin, end in pairwise(ends))
        return (text[ends[row] : ends[row + 1]] for row in self._order)

    def sizes(self) -> Iterator[int]:
        """Yield the size of each, 0 where it is not known."""
        beside = self._large | {row: each.size or 0 for row, each in self._odd.items()}
        if not beside:
            return map(self._sizes.__getitem__, self._order)
        return (beside[row] if row in beside else self._sizes[row] for row in self._order)

    def stamps(self) -> Iterator[bytes]:
        """Yield the stamp of each; empty where it has none."""
        return map(self._stamp, self._order)

    def at(self, path: bytes) -> int | None:
        """Return the number of the first one at a path; None where none is."""
        first = bisect_left(self._order, path, key=self._path)
        return first if first < len(self._order) and self._path(self._order[first]) == path else None

    def _path(self, row: int) -> bytes:
        return bytes(self._text[self._ends[row] : self._ends[row + 1]])  # a copy while it grows

    def _stamp(self, row: int) -> bytes:
        stamp = bytes(self._stamps[row * STAMP : (row + 1) * STAMP])
        return b"" if stamp == _NONE else stamp


class Paths(AbstractSet[bytes]):
    """The paths of such files, and others besides."""

    def __init__(self, files: Columns, others: Iterable[bytes] = ()) -> None:
        """Take the files."""
        self._files = files
        self._others = frozenset(path for path in others if files.at(path) is None)

    def __contains__(self, path: object) -> bool:
        """Tell whether a path is one of them."""
        return path in self._others or (isinstance(path, bytes) and self._files.at(path) is not None)

    def __iter__(self) -> Iterator[bytes]:
        """Yield each once."""
        found = self._files.paths()
        if self._files.repeated():
            found = (path for path, _all in groupby(found))
        return chain(found, self._others)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._files) - self._files.repeated() + len(self._others)

    def __or__(self, others: AbstractSet[bytes]) -> Paths:  # type: ignore[override]  # paths alone
        """Return these and others: not a set of each of them."""
        return Paths(self._files, {*self._others, *others})

    @classmethod
    def _from_iterable(cls, paths: Iterable[bytes]) -> frozenset[bytes]:  # type: ignore[override]  # what is left of them, or common
        return frozenset(paths)


class Tabled(Listed):
    """A snapshot whose artifacts lie in columns."""

    _files: Columns
    _chosen: Columns

    def _listed(self, files: Columns, chosen: Callable[[bytes], bool] | None) -> None:
        """Take all that there is, and which of it is to be judged: all, where that is not said."""
        self._files = self._chosen = files
        if chosen:
            self._chosen = files.only([at for at, path in enumerate(files.paths()) if chosen(path)])
        self._changed = Paths(self._chosen)

    def add(self, path: bytes) -> None:
        """Add what is at a path, to be there besides."""
        if self._chosen is self._files:
            self._chosen = self._files.only(range(len(self._files)))
            self._changed = Paths(self._chosen)
        self._files.there(path)
        self._files.sort()

    def entries(self) -> Columns:
        """Return all artifacts, sorted by path."""
        return self._files

    def names(self) -> Iterator[bytes]:
        """Yield the path of each artifact, in order."""
        return self._files.paths()

    def find(self, path: bytes) -> Artifact | None:
        """Return the artifact at `path`, or None."""
        at = self._files.at(path)
        return None if at is None else self._files[at]

    def chosen(self) -> Columns:
        """Return the artifacts that are to be judged, in order."""
        return self._chosen

    def unchanged(self) -> Sequence[Artifact]:
        """Return those that are not to be judged."""
        return [] if self.whole() else self._files.without(self._chosen)

    def whole(self) -> bool:
        """Tell whether everything is to be judged."""
        return len(self._chosen) == len(self._files)

    def beside(self, known: Container[bytes] = ()) -> Iterator[Artifact]:
        """Yield the paths that are to be judged and not in `known`."""
        return (named(path) for path in self._changed if path not in known)
