"""The index: what the next commit will hold."""

from __future__ import annotations

from operator import methodcaller

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Artifact, Located, NotStaged, Unreadable, Withheld
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.files import BytesStream, artifact, read_all
from pytest_genomic_guard.sources.git import LISTED, GitError, git, staged
from pytest_genomic_guard.sources.running import Running
from pytest_genomic_guard.sources.store import Stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Fact, Kind, Snapshot
    from pytest_genomic_guard.sources.git import Told

    Line = tuple[bytes, bytes, bytes, bytes, bytes, bytes]  # all of it, mode, blob, stage, path, stat data

_ENTRY = regex(
    rb"(([0-7]{6}) ([0-9a-f]{40,64}) ([0-3])\t([^\0]+)\0((?:  ctime: [^\n]*\n[^\n]*\n[^\n]*\n[^\n]*\n  size: [^\n]*\n)?))"
)
_GROUPS = methodcaller("groups")
_LINK, _SUBMODULE = 0o120000, 0o160000
_LONGEST = 1 << 20  # bytes of a line
_COMPARED = 1 << 21  # bytes; no policy is larger


class Entry(Record):
    """One entry of the index."""

    path: bytes
    mode: int
    blob: str
    stage: int = 0  # 1 base, 2 ours, 3 theirs: the sides of a merge conflict
    stat: bytes = b""

    def artifact(self, blobs: Blobs) -> Artifact:
        """Describe the blob; a submodule is a visible fact without content."""
        kind: Kind = {_LINK: "link", _SUBMODULE: "submodule"}.get(self.mode, "file")  # type: ignore[assignment]
        return Artifact(
            path=self.path,
            kind=kind,
            origin="index",
            mode=self.mode,
            blob=self.blob,
            opener=(lambda: BytesStream(b"")) if kind == "submodule" else (lambda: blobs.open(self.blob)),
        )


def indexed(root: bytes, told: Told | None = None) -> Iterator[Entry]:
    """Yield the entries of the index in path order. Raises `GitError`.

    `told` is what git was asked ahead: `LISTED`.
    """
    yield from map(entry, _ENTRY.findall(told() if told else git(root, *LISTED)))


def recorded(root: bytes) -> Iterator[Line]:
    """Yield the lines of the index with git's stat data, while git prints them. Raises `GitError`."""
    rest = b""
    for part in Running(root, *LISTED, "--debug").parts():
        rest += part
        if b"\0" in part:  # a path ends: in a long one that does not, one could look for the beginnings of others again and again
            found = list(_ENTRY.finditer(rest, 0, rest.rindex(b"\0") + 1))
            if found:  # of the last one more may follow; of none before it, since nothing within stat data looks like a line
                yield from map(_GROUPS, found[:-1])
                rest = rest[found[-1].start() :]
        if len(rest) - rest.rfind(b"\0") > _LONGEST:
            raise GitError("this repository has a path of more than 1 MiB, which no system can hold")
    yield from map(_GROUPS, _ENTRY.finditer(rest))


def entry(line: Line) -> Entry:
    """Return the entry that a line tells."""
    _all, mode, blob, stage, path, stat = line
    return Entry(path=path, mode=int(mode, 8), blob=blob.decode(), stage=int(stage), stat=stat)


class Index(Stored):
    """The whole index, with the staged entries, or those that a hook was given, as `changed`."""

    source = "index"

    def __init__(self, root: bytes, names: Sequence[bytes] | None = None, told: Told | None = None) -> None:
        """Read the index of the repository at `root`.

        `names` are the paths that a hook got; one that the index does not hold is read from the work tree. Without them the staged
        entries are judged. `told` is what git was asked ahead, as for `indexed`. Raises `GitError`.
        """
        self.root = root
        self._facts: list[Located] = []
        self._said: list[Artifact] = []
        self._blobs = Blobs(root)
        found = {}
        for each in indexed(root, told):
            if each.stage:
                raise GitError("the index holds a merge conflict, which cannot be committed: resolve it first")
            found[each.path] = each.artifact(self._blobs)
        if names is None:
            names = staged(root)
        for path in names:
            if path not in found:
                found[path] = artifact(root, path)
        self._entries = tuple(found[path] for path in sorted(found))
        self._by_path = found
        self._changed = frozenset(names)
        if self._changed:
            self._blobs.begin()
        self._last: Snapshot | None = None

    def before(self) -> Snapshot | None:
        """Return what the last commit holds; None before the first."""
        from pytest_genomic_guard.sources.commits import Tree  # noqa: PLC0415 - for gates that compare, or lost a file
        from pytest_genomic_guard.sources.objects import commit_id  # noqa: PLC0415 - as above

        if self._last is None:
            try:
                self._last = Tree(self.root, commit_id(self.root, "HEAD"), self._blobs)
            except GitError:
                return None
        return self._last

    def expect(self, entries: Iterable[Artifact]) -> None:
        """Let git read ahead: these will be opened, in this order."""
        self._blobs.expect(each.blob for each in entries if each.blob and each.origin == "index" and each.kind != "submodule")

    def withhold(self, paths: Iterable[bytes], by: Literal["pattern", "types"] = "pattern") -> None:
        """Note entries that a hook was kept from; they are not judged."""
        held = sorted(paths)
        self._changed -= frozenset(held)
        self._facts += [Located(path=path, fact=Withheld(by=by)) for path in held]

    def note(self, path: bytes, fact: Fact) -> None:
        """Add what a door knows of a file."""
        self._facts.append(Located(path=path, fact=fact))

    def holds(self, path: bytes) -> bool:
        """Tell whether the index itself has a path: what a hook was given besides is read from the work tree."""
        found = self._by_path.get(path)
        return found is not None and found.origin == "index"

    def watch(self, path: bytes) -> None:
        """Note when the work tree's version of a file is not the staged one; line ends do not count."""
        try:
            copy = read_all(artifact(self.root, path).open(), _COMPARED)
        except Unreadable:
            return  # it is not there, or cannot be opened, so nobody expects it to be used
        try:
            held = read_all(self.open(path), _COMPARED) if self.holds(path) else b""
        except Unreadable:
            held = b""
        if copy.replace(b"\r\n", b"\n") != held.replace(b"\r\n", b"\n"):
            self.note(path, NotStaged())

    def say(self, path: bytes, text: bytes) -> None:
        """Add a text that will leave with the commit, such as its message."""
        self._said.append(Artifact(path=path, kind="message", origin="index", opener=lambda: BytesStream(text), size=len(text)))

    def beside(self, known: Container[bytes] = ()) -> Iterator[Artifact]:
        """Yield the texts that were added, and the paths to judge that are not in `known`."""
        yield from self._said
        yield from super().beside(known)

    def facts(self) -> Iterator[Located]:
        """Yield what was withheld, and what is not staged."""
        return iter(self._facts)

    def close(self) -> None:
        """End the git process."""
        self._blobs.close()
