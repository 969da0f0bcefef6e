"""Commits: every blob that a range, or a whole history, brings, once each, with the messages and names that travel with them."""

from __future__ import annotations

import os
from functools import partial

from pytest_genomic_guard.model import Artifact, Gap, Located, Snapshot, Span
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.sources.git import GitError, git
from pytest_genomic_guard.sources.messages import Messages
from pytest_genomic_guard.sources.objects import (
    Unfolds,
    changes,
    commit_id,
    heads,
    kinds,
    merge_base,
    objects,
    refs,
    shallow,
    tree,
    unfolds,
)
from pytest_genomic_guard.sources.store import Stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Fact, Kind, Stream
    from pytest_genomic_guard.sources.objects import Objects

    Place = tuple[bytes, int]  # a path, and the mode there

_LINK, _SUBMODULE = 0o120000, 0o160000
_KINDS: dict[int, Kind] = {_LINK: "link", _SUBMODULE: "submodule"}
_GAPS = 100  # missing objects that are told one by one; the rest with the last of them
_OFTEN = 256  # changes between two looks at their number
_NOTES = b"refs/notes/"


class Tree(Snapshot):
    """All that one commit holds; nothing of it is to be judged."""

    source = "commit"

    def __init__(self, root: bytes, commit: str, blobs: Blobs | None = None) -> None:
        """List the tree of a commit. Raises `GitError`."""
        self.root, self.commit = root, commit
        self._blobs = blobs or Blobs(root)
        self._by_path = {path: _blob(self._blobs, path, mode, blob, size) for path, mode, blob, size in tree(root, commit)}

    def entries(self) -> Sequence[Artifact]:
        """Return all artifacts, sorted by path."""
        return [self._by_path[path] for path in sorted(self._by_path)]

    def find(self, path: bytes) -> Artifact | None:
        """Return the artifact at `path`, or None."""
        return self._by_path.get(path)

    @property
    def changed(self) -> frozenset[bytes]:
        """Return nothing."""
        return frozenset()

    def close(self) -> None:
        """End the git process."""
        self._blobs.close()


class Commits(Stored):
    """What commits bring: as `entries` the tree of the last one, where there is one, and what came and went before it.

    So a path can have several entries, one for each content that it had; `find` gives that of the last commit.
    """

    def __init__(  # noqa: PLR0913 - what tells one set of commits from another
        self,
        root: bytes,
        listed: Objects,
        *,
        source: str,
        head: str | None = None,
        base: str | None = None,
        refs: Sequence[bytes] = (),
    ) -> None:
        """Take what is introduced; `head` is the commit whose tree is the context, `base` the one whose policy rules."""
        self.root, self.source, self.listed = root, source, listed
        self._blobs = Blobs(root)
        self._refs = tuple(refs)
        self.base = Tree(root, base) if base else None
        self._gaps: list[Gap] = []
        self._facts: list[Located] = []
        self._messages = Messages(root, [*listed.commits, *listed.tags])
        self._gaps += [Gap(path=path, reason=reason) for path, reason in self._messages.unread]
        if listed.cut:
            self.cut("too-many")
        self._first: dict[str, str] = {}  # the commits that brought each blob, first and last
        self._last: dict[str, str] = {}
        self._places: dict[str, Place] = {}  # of each blob, and of those that stood at several
        self._several: dict[str, dict[bytes, int]] = {}
        self._names: dict[bytes, str] = {}
        self._submodules: dict[bytes, str] = {}
        self._place()
        there = self._held(head) if head else []
        held = {blob for _path, _mode, blob, _size in there}
        self._standing = {(path, blob) for path, _mode, blob, _size in there}
        found = [_blob(self._blobs, path, mode, blob, size) for path, mode, blob, size in there]
        for blob, (size, path) in listed.blobs.items():
            if blob not in held:
                several = self._several.get(blob)
                at, mode = min(several.items()) if several else self._places.get(blob) or (path or b"object:" + blob.encode(), 0)
                found.append(_blob(self._blobs, at, mode, blob, size))
        if not head:
            found += [_blob(self._blobs, path, _SUBMODULE, blob, None) for path, blob in self._submodules.items()]
        self._entries = tuple(sorted(found, key=lambda each: each.path))
        self._by_path = {each.path: each for each in reversed(self._entries)} | {each.path: each for each in found[: len(there)]}
        self._changed = frozenset(each.path for each in self._entries if self.judged(each))

    def judged(self, entry: Artifact) -> bool:
        """Tell whether one of the commits brings this very content."""
        return entry.blob in self.listed.blobs or (entry.kind == "submodule" and entry.path in self._submodules)

    def stands(self, path: bytes, blob: str | None) -> bool:
        """Tell whether the last commit has a content at a path; of several last ones each is one."""
        return not self._standing or (path, blob) in self._standing

    def paths(self, entry: Artifact) -> Sequence[bytes]:
        """Return all paths at which the commits had this content; a name stands for itself."""
        if entry.kind == "name":
            return (entry.path,)
        blob = entry.blob or ""
        return sorted(self._several.get(blob, ())) or [self._places[blob][0] if blob in self._places else entry.path]

    def span(self, blob: str) -> Span | None:
        """Return the commits that bring a blob, or the one that a message is of."""
        if blob in self._messages:
            time = self._messages.time(blob)
            return Span(first=blob, last=blob, since=time, until=time)
        first, last = self._first.get(blob), self._last.get(blob)
        if first is None or last is None:
            return None
        return Span(first=first, last=last, since=self._messages.time(first), until=self._messages.time(last))

    def completed(self, paths: Sequence[bytes]) -> Span | None:
        """Return the commits that bring that of some files which was brought last; None where none of them is."""
        found = [span for path in paths if (each := self.find(path)) and (span := self.span(each.blob or ""))]
        order = {commit: number for number, commit in enumerate(self.listed.commits)} if len(found) > 1 else {}
        return min(found, key=lambda span: order.get(span.first, len(order)), default=None)

    def version(self, path: bytes, blob: str | None) -> Stream:
        """Open a blob, or a message, by its id; else the content that `find` finds. Raises `Unreadable`."""
        if blob is not None and blob in self._messages:
            return BytesStream(self._messages.text(blob))
        return self._blobs.open(blob) if blob else self.open(path)

    def chosen(self) -> list[Artifact]:
        """Return the contents that one of the commits brings, in order."""
        return [entry for entry in self._entries if self.judged(entry)]

    def beside(self, known: Collection[bytes] = ()) -> Iterator[Artifact]:
        """Yield the messages of commits and tags, the names of refs, and every path that the commits bring and `known` lacks."""
        for found, path, text in self._messages:
            yield _text(path, "message", text, found)
        for name in dict.fromkeys((*self._refs, *self._messages.tags())):
            yield _text(b"ref:" + name, "ref", name)
        names = self._names | {path: blob for blob, (_size, path) in self.listed.blobs.items() if path and blob not in self._places}
        for path, blob in sorted(names.items()):
            if path not in known:
                yield _text(path, "name", path, blob)

    def expect(self, entries: Iterable[Artifact]) -> None:
        """Let git read ahead: these will be opened, in this order."""
        self._blobs.expect(each.blob for each in entries if each.blob and each.kind != "submodule")

    def gaps(self) -> Iterator[Gap]:
        """Yield what this repository does not hold."""
        yield from self._gaps
        for _missing in range(min(self.listed.missing, _GAPS)):
            yield Gap(path=b".", reason="missing-object")

    def note(self, path: bytes, fact: Fact) -> None:
        """Add what a door knows of a file."""
        self._facts.append(Located(path=path, fact=fact))

    def facts(self) -> Iterator[Located]:
        """Yield what was noted."""
        return iter(self._facts)

    def cut(self, reason: str) -> None:
        """Note that there is more than was read."""
        self._gaps.append(Gap(path=b".", reason=reason))

    def close(self) -> None:
        """End the git processes."""
        self._blobs.close()
        if self.base:
            self.base.close()

    def _place(self) -> None:
        """Note when, and where, each blob was brought; the commits are listed from the newest to the oldest."""
        try:
            for number, (commit, path, mode, blob) in enumerate(changes(self.root, self.listed.commits)):
                self._first[blob] = commit
                self._last.setdefault(blob, commit)
                self._names[path] = blob
                place = self._places.setdefault(blob, (path, mode))
                if blob in self._several or place != (path, mode):
                    self._several.setdefault(blob, dict((place,)))[path] = mode
                if mode == _SUBMODULE:
                    self._submodules.setdefault(path, blob)
                if number % _OFTEN == 0 and unfolds(len(self._names), len(self._places)):
                    self.cut("too-many")
                    break
        except GitError:
            self.cut("missing-object")

    def _held(self, commit: str) -> list[tuple[bytes, int, str, int | None]]:
        """Return the tree of a commit, as far as it can be read."""
        found = []
        try:
            for each in tree(self.root, commit):
                found.append(each)  # noqa: PERF402 - what came before an error is kept
        except Unfolds:
            self.cut("too-many")
            return []  # what commits bring is told once each, besides
        except GitError:
            self.cut("missing-object")
        return found


def ranged(root: bytes, given: str) -> Commits:
    """Return the commits of ``A..B``, or of ``A...B``: those of B since the two parted. Raises `GitError`."""
    three = "..." in given
    one, _, other = given.partition("..." if three else "..")
    return since(root, one or "HEAD", other or "HEAD")


def since(root: bytes, old: str, new: str) -> Commits:
    """Return what one commit brings beyond another; where that was cut off, all that is there, and a gap. Raises `GitError`."""
    head = commit_id(root, new)
    try:
        without = [commit_id(root, old)]
    except GitError:
        if not shallow(root):
            raise
        without = []
    return between(root, [head], without, head=head)


def between(root: bytes, tips: Sequence[str], without: Sequence[str], *, head: str | None, refs: Sequence[bytes] = ()) -> Commits:
    """Return what `tips` bring beyond `without`; the base is where `head` and these parted last. Raises `GitError`."""
    without = [each[0] for each in kinds(root, without) if each]  # a remote can be known by what is not here
    base = merge_base(root, head, without) if without and head else None
    found = Commits(root, objects(root, tips, without), source="range", head=head, base=base, refs=refs)
    if shallow(root) and (base is None or _cut(root, found.listed.commits)):
        found.cut("shallow")
    return found


def history(root: bytes, *, reflog: bool = False) -> Commits:
    """Return all that refs reach: branches, tags, notes, stashes, and on demand what reflogs do. Raises `GitError`."""
    names, lost = refs(root)
    stashes: list[str] = []
    if b"refs/stash" in names:
        try:
            stashes = git(root, "rev-list", "--walk-reflogs", "refs/stash", "--").decode().split()
        except GitError:
            lost = "missing-object"
    tips = [*names.values(), *heads(root), *stashes]
    found = Commits(root, objects(root, tips, [], reflog=reflog), source="history", refs=list(names))
    if lost:
        found.cut(lost)
    if shallow(root):
        found.cut("shallow")
    return found


def _cut(root: bytes, commits: Sequence[str]) -> bool:
    """Tell whether the parents of one of these commits were cut off."""
    place = git(root, "rev-parse", "--git-path", "shallow").removesuffix(b"\n")
    try:
        with open(os.path.join(root, place), "rb") as file:
            return not set(file.read().decode("ascii", "replace").split()).isdisjoint(commits)
    except OSError:
        return True


def _blob(blobs: Blobs, path: bytes, mode: int, blob: str, size: int | None) -> Artifact:
    kind = _KINDS.get(mode, "file")
    opener: Callable[[], Stream] = partial(BytesStream, b"") if kind == "submodule" else partial(blobs.open, blob)
    return Artifact(path=path, kind=kind, origin="commit", mode=mode or 0o100644, blob=blob, size=size, opener=opener)


def _text(path: bytes, kind: Kind, text: bytes, blob: str | None = None) -> Artifact:
    return Artifact(path=path, kind=kind, origin="commit", opener=partial(BytesStream, text), size=len(text), blob=blob)
