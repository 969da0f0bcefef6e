"""The blobs that commits bring, in columns: of a history there are a hundred thousand, and as objects each would take a kilobyte.

Ids are the keys of one table, and all else lies in arrays beside it; an artifact is made when it is its turn.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial

from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Kind, Stream
    from pytest_genomic_guard.sources.blobs import Blobs

    Place = tuple[bytes, int]  # a path, and the mode there

LINK, SUBMODULE = 0o120000, 0o160000
_LARGEST = 1 << 62  # bytes; the header of an object can claim more than a column holds
_KINDS: dict[int, Kind] = {LINK: "link", SUBMODULE: "submodule"}
_NONE = 0xFFFFFFFF


class Brought:
    """Blobs by id: those that git listed first, then where, and by which commits, these and others were brought."""

    def __init__(self) -> None:
        """Begin without any."""
        self._rows: dict[bytes, int] = {}
        self._paths: list[bytes] = []
        self._numbers: dict[bytes, int] = {}  # of paths
        self._sizes, self._met = array("q"), array("I")  # of listed ones, and a path at which git met each
        self._first, self._last = array("I"), array("I")  # commits
        self._at, self._modes = array("I"), array("I")
        self._several: dict[int, dict[bytes, int]] = {}  # where those stood that stood at several places
        self._named = array("I")  # the blob at each path that was brought there last, by the order in which they are told
        self._commits: list[str] = []
        self.placed = self.named = 0  # blobs and paths that commits brought

    def __contains__(self, blob: object) -> bool:
        """Tell whether git listed a blob."""
        row = self._row(blob) if isinstance(blob, str) else None
        return row is not None and row < len(self._sizes)

    def __len__(self) -> int:
        """Return how many git listed."""
        return len(self._sizes)

    def add(self, blob: str, size: int, path: bytes) -> None:
        """Take a blob that git lists; all of these come before `place`."""
        row = self._new(blob)
        if row == len(self._sizes):
            self._sizes.append(min(size, _LARGEST))
            self._met.append(self._number(path))

    def place(self, commit: str, path: bytes, mode: int, blob: str) -> None:
        """Take what a commit brings; the commits come from the newest to the oldest."""
        if not self._commits or self._commits[-1] != commit:
            self._commits.append(commit)
        at, number, row = self._number(path), len(self._commits) - 1, self._new(blob)
        path = self._paths[at]
        self._first[row] = number
        self.named += self._named[at] == _NONE
        self._named[at] = row
        if self._last[row] == _NONE:
            self._last[row], self._at[row], self._modes[row] = number, at, mode
            self.placed += 1
        elif row in self._several or (self._at[row], self._modes[row]) != (at, mode):
            if row not in self._several:
                self._several[row] = {self._paths[self._at[row]]: self._modes[row]}
            self._several[row][path] = mode

    def spanned(self, blob: str) -> tuple[str, str] | None:
        """Return the first and the last commit that bring a blob."""
        row = self._row(blob)
        if row is None or self._last[row] == _NONE:
            return None
        return self._commits[self._first[row]], self._commits[self._last[row]]

    def paths(self, blob: str) -> list[bytes]:
        """Return all paths at which commits had a blob, in order; none where none of them says."""
        row = self._row(blob)
        if row is None or self._last[row] == _NONE:
            return []
        return sorted(self._several.get(row, ())) or [self._paths[self._at[row]]]

    def listed(self) -> Iterator[tuple[str, Place, int]]:
        """Yield id, first place and size of what git listed, in its order; a place without a path where nobody knows one."""
        for key, row in self._rows.items():
            if row == len(self._sizes):
                return
            if several := self._several.get(row):
                place = min(several.items())
            elif self._last[row] != _NONE:
                place = self._paths[self._at[row]], self._modes[row]
            else:
                place = self._paths[self._met[row]], 0
            yield key.hex(), place, self._sizes[row]

    def names(self) -> Iterator[tuple[bytes, str]]:
        """Yield each path, in order, with the blob that tells where it is from."""
        told = self._named[:]
        for row, at in enumerate(self._met):
            if self._last[row] == _NONE and self._paths[at]:
                told[at] = row
        ids = list(self._rows)
        for path, at in sorted(self._numbers.items()):
            if told[at] != _NONE:
                yield path, ids[told[at]].hex()

    def _row(self, blob: str) -> int | None:
        try:
            return self._rows.get(bytes.fromhex(blob))
        except ValueError:
            return None  # no id, such as that of a name

    def _new(self, blob: str) -> int:
        row = self._rows.setdefault(bytes.fromhex(blob), len(self._first))
        if row == len(self._first):
            for column in (self._first, self._last, self._at, self._modes):
                column.append(_NONE)
        return row

    def _number(self, path: bytes) -> int:
        number = self._numbers.setdefault(path, len(self._paths))
        if number == len(self._paths):
            self._paths.append(path)
            self._named.append(_NONE)
        return number


class Packed(Sequence[Artifact]):
    """Artifacts of commits, sorted by path, each of which is made when it is asked for."""

    def __init__(self, blobs: Blobs) -> None:
        """Begin without any; `blobs` opens them."""
        self._blobs = blobs
        self._paths: list[bytes] = []
        self._ids, self._width = bytearray(), 0
        self._modes, self._sizes = array("I"), array("q")
        self._order: Sequence[int] = ()
        self.standing = 0  # those that were added first, so many, stand in the end
        self._asked: bytes | None = None  # the path that was asked last, of which there can be many, and the ids that stand there
        self._held: set[str] = set()

    def add(self, path: bytes, mode: int, blob: str, size: int | None) -> None:
        """Add one."""
        told = bytes.fromhex(blob)
        self._width = len(told)
        self._paths.append(path)
        self._ids += told
        self._modes.append(mode)
        self._sizes.append(-1 if size is None else min(size, _LARGEST))

    def stand(self) -> None:
        """Take what was added so far for what stands in the end."""
        self.standing = len(self._paths)

    def sort(self) -> None:
        """Bring them into the order of their paths; nothing is added afterwards."""
        self._order = array("I", sorted(range(len(self._paths)), key=self._paths.__getitem__))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._order)

    def __getitem__(self, at: int) -> Artifact:  # type: ignore[override]  # nobody asks for slices
        """Make one."""
        row = self._order[at]
        blob, size = self._id(row), self._sizes[row]
        return artifact(self._blobs, self._paths[row], self._modes[row], blob, None if size < 0 else size)

    def at(self, path: bytes) -> int | None:
        """Return the number of the one at a path, of several that which stands in the end, else the first; None where none is."""
        first, after = self._standing(path)
        if after > first:
            return after - 1
        return first if first < len(self._order) and self._paths[self._order[first]] == path else None

    def stands(self, path: bytes, blob: str | None) -> bool:
        """Tell whether a content is what stands at a path in the end."""
        if path != self._asked:
            self._asked, self._held = path, {self._id(self._order[number]) for number in range(*self._standing(path))}
        return blob in self._held

    def _standing(self, path: bytes) -> tuple[int, int]:
        """Return which numbers those at a path have that stand in the end: the sort has left them before the others there."""
        first = bisect_left(self._order, path, key=self._paths.__getitem__)
        return first, bisect_left(self._order, (path, self.standing), first, key=lambda row: (self._paths[row], row))

    def _id(self, row: int) -> str:
        return self._ids[row * self._width : (row + 1) * self._width].hex()


def artifact(blobs: Blobs, path: bytes, mode: int, blob: str, size: int | None) -> Artifact:
    """Describe a blob at a path; a submodule is a visible fact without content."""
    kind = _KINDS.get(mode, "file")
    opener: Callable[[], Stream] = partial(BytesStream, b"") if kind == "submodule" else partial(blobs.open, blob)
    return Artifact(path=path, kind=kind, origin="commit", mode=mode or 0o100644, blob=blob, size=size, opener=opener)
