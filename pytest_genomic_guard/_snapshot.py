"""What is scanned: artifacts, and the snapshots that hold them together; and why something could not be read."""

from __future__ import annotations

from functools import partial

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Literal, Protocol

    Kind = Literal["file", "link", "submodule", "special", "name", "message", "ref", "object"]
    Origin = Literal["worktree", "index", "commit", "memory"]

    class Stream(Protocol):
        """Bytes in order. ``read`` returns ``b""`` at the end and raises `Unreadable` when it cannot go on."""

        def read(self, size: int, /) -> bytes:
            """Return up to `size` bytes."""

        def close(self) -> None:
            """Release what the stream holds; safe to call twice."""

    class Copy(Protocol):
        """The work tree's version of a blob."""

        stamp: bytes  # digest of what git recorded of the file: another content has another one; empty where that is not sure

        def __call__(self) -> Artifact | None:
            """Return it where its bytes are not the blob's. Raises `Unreadable` where the blob is missing."""

        def same(self) -> bool:
            """Read it, and tell whether its bytes are the blob's."""


# Reasons of a Gap: a closed list, so that no message of a library, which may quote a value, can become one.
REASONS: Mapping[str, str] = {
    "unreadable": "could not be opened or read",
    "vanished": "was there when listed and gone when opened",
    "special-file": "is a FIFO, socket or device",
    "link-loop": "is a symbolic link that leads back to itself",
    "missing-object": "names an object that this repository lacks (partial clone: clone without --filter; damage: git fsck)",
    "truncated": "ends in the middle of its compressed data",
    "corrupt": "has damaged compressed data, or is not what its git-lfs pointer names",
    "trailing-data": "has data after its compressed part that is no further member",
    "too-deep": "is nested deeper than the scan follows",
    "ratio": "expands further than the bound for its size",
    "too-large": "needs more memory than the bound to be decoded",
    "encrypted": "is encrypted",
    "method": "is compressed by a method that this version does not read",
    "zstd": "is compressed by Zstandard: reading it needs the package 'backports.zstd' before Python 3.14",
    "too-many": "has more members than the scan follows",
    "overlap": "has members that share the same bytes of the archive",
    "directory": "contradicts what its archive says of it elsewhere, so that two programs can unpack it differently",
    "unowned": "has data between its members that belongs to none of them",
    "split": "is one volume of an archive in several",
    "container": "is an archive or compressed file of a kind that this version does not open",
    "notebook": "is no readable notebook (damaged JSON, a repeated key, or no cells)",
    "shallow": "is not all there: the history of this clone is cut (git fetch --unshallow, or fetch-depth: 0 in CI)",
    "manifest": "is a dependency manifest or lock that could not be understood",
    "card": "is the card of a model or of data in a form that could not be understood",
    "no-environment": "names packages, and nothing here tells of their licences: no environment of the project was found, and no"
    " licence lock (genomic-guard licences refresh, in the project's environment, writes one)",
    "dead-environment": "names packages, and the environment that should tell of their licences is missing or has no interpreter",
    "empty-environment": "names packages, and the environment that should tell of their licences has none",
    "own-environment": "names packages, and the environment that should tell of their licences is this tool's own",
    "check-failed": "could not be judged, because a check raised an error",
    "view-failed": "could not be decoded, because a view raised an error",
}


class Gap(Record):
    """Content that should have been read and was not. It fails the gate."""

    path: bytes
    reason: str  # a key of REASONS
    trail: tuple[str, ...] = ()
    where: str | None = None  # module:line of ours, for a check or view that raised
    code: str = "RUN101"


class Fact(Record):
    """A value-free record about one artifact: numbers, formats, public identifiers. Subclasses add the fields."""


class Located(Record):
    """A fact with its place."""

    path: bytes
    fact: Fact


class Unreadable(Exception):  # noqa: N818 - a state of the input, told as a Gap, not a programming error
    """Content could not be read, for one of `REASONS`; it never carries a message of the system."""

    def __init__(self, reason: str) -> None:
        """Keep the reason; one that is not listed is a programming error."""
        super().__init__(reason)
        self.reason = reason if reason in REASONS else "unreadable"


class Artifact(Record):
    """One thing to scan: a file, a link's target, a message."""

    path: bytes  # relative to the root, POSIX separators, as the system has it
    kind: Kind
    origin: Origin
    opener: Callable[[], Stream]
    size: int | None = None
    mode: int = 0o100644
    blob: str | None = None
    copy: Copy | None = None  # of a file that git calls unmodified, where it lies

    def open(self) -> Stream:
        """Open the content from its start, once more at every call. Raises `Unreadable`."""
        return self.opener()


class Span(Record):
    """The first and the last commit that bring something, with the time of each."""

    first: str
    last: str
    since: int = 0  # seconds, as git has it
    until: int = 0


class BytesStream:
    """Bytes in memory: a link's target, a message, a test's sample."""

    def __init__(self, data: bytes) -> None:
        """Begin at the start of `data`."""
        self._data = data
        self.size = len(data)
        self._at = 0

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        part = self._data[self._at : self._at + size]
        self._at += len(part)
        return part

    def close(self) -> None:
        """Do nothing: there is nothing to release."""


def named(path: bytes) -> Artifact:
    """Return a path as a text."""
    return Artifact(path=path, kind="name", origin="memory", opener=partial(BytesStream, path), size=len(path))


class Snapshot:
    """A consistent set of artifacts, sorted by path, and the part of it that is to be judged."""

    source: str = "memory"
    base: Snapshot | None = None
    deleted: Collection[bytes] = ()  # of a work tree: tracked, gone from it, and judged as the index holds them
    modified: Collection[bytes] = ()  # of a work tree: tracked, and judged as they are there and not as the index holds them

    def entries(self) -> Sequence[Artifact]:
        """Return all artifacts, sorted by their paths as bytes."""
        raise NotImplementedError

    def names(self) -> Iterator[bytes]:
        """Yield the path of each artifact, in order: where there are many, their artifacts cost more."""
        return (entry.path for entry in self.entries())

    @property
    def changed(self) -> AbstractSet[bytes]:
        """Return the paths to judge: all of them unless the source says otherwise."""
        return frozenset(self.names())

    def whole(self) -> bool:
        """Tell whether every path is to be judged."""
        return all(path in self.changed for path in self.names())

    def find(self, path: bytes) -> Artifact | None:
        """Return the artifact at `path`, or None."""
        return next((entry for entry in self.entries() if entry.path == path), None)

    def open(self, path: bytes) -> Stream:
        """Open the artifact at `path`. Raises `Unreadable`."""
        found = self.find(path)
        if found is None:
            raise Unreadable("vanished")
        return found.open()

    def before(self) -> Snapshot | None:
        """Return the state that a change is compared with: the merge base of a range, the last commit of an index; else None."""
        return self.base

    def judged(self, entry: Artifact) -> bool:
        """Tell whether an artifact is to be judged; one of several at a path, where the source has several."""
        return entry.path in self.changed

    def chosen(self) -> Sequence[Artifact]:
        """Return the artifacts that are to be judged, in order."""
        changed = self.changed
        return [entry for entry in self.entries() if entry.path in changed]

    def unchanged(self) -> Sequence[Artifact]:
        """Return the artifacts that are not to be judged, in order."""
        return [entry for entry in self.entries() if not self.judged(entry)]

    def stands(self, path: bytes, blob: str | None) -> bool:  # noqa: ARG002 - for sources with several contents at a path
        """Tell whether a content is what stands at a path in the end, and gave way to no other."""
        return True

    def paths(self, entry: Artifact) -> Sequence[bytes]:
        """Return all paths at which the source has the content of an artifact."""
        return (entry.path,)

    def span(self, blob: str) -> Span | None:  # noqa: ARG002 - for sources of commits
        """Return the commits that bring an object, where the source knows of commits."""
        return None

    def completed(self, paths: Sequence[bytes]) -> Span | None:  # noqa: ARG002 - as above
        """Return the commits that bring the last of some files, which makes them what they are together."""
        return None

    def beside(self, known: Container[bytes] = ()) -> Iterator[Artifact]:
        """Yield the texts that leave with the artifacts and are no files: messages, names of refs, paths; here the last alone.

        Of the paths in `known` nothing need be yielded.
        """
        return (named(path) for path in sorted(self.changed) if path not in known)

    def behind(self, entry: Artifact, oid: str, size: int) -> Artifact | None:  # noqa: ARG002 - for sources that hold objects
        """Return an artifact with the object that a pointer of git-lfs names in its place, None where that is not at hand."""
        return None

    def expect(self, entries: Sequence[Artifact]) -> None:
        """Prepare for artifacts that will be opened in this order."""

    def version(self, path: bytes, blob: str | None) -> Stream:  # noqa: ARG002 - for sources with several contents at a path
        """Open the content at `path`, of several the one with the id `blob`. Raises `Unreadable`."""
        return self.open(path)

    def facts(self) -> Iterator[Located]:
        """Yield what the source itself knows, such as entries that a hook was not shown."""
        return iter(())

    def gaps(self) -> Iterator[Gap]:
        """Yield what this source should have read and cannot."""
        return iter(())

    def close(self) -> None:
        """Release processes and files."""


class Listed(Snapshot):
    """A snapshot whose artifacts are listed once, at its beginning."""

    _entries: tuple[Artifact, ...] = ()
    _by_path: Mapping[bytes, Artifact] = {}  # a default that is never written to
    _changed: AbstractSet[bytes] = frozenset()

    def entries(self) -> Sequence[Artifact]:
        """Return all artifacts, sorted by path."""
        return self._entries

    def find(self, path: bytes) -> Artifact | None:
        """Return the artifact at `path`, or None."""
        return self._by_path.get(path)

    @property
    def changed(self) -> AbstractSet[bytes]:
        """Return the paths to judge."""
        return self._changed
