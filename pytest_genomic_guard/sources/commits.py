"""Commits: every blob that a range, or a whole history, brings, once each, with the messages and names that travel with them."""

from __future__ import annotations

import os
from functools import partial

from pytest_genomic_guard.model import Artifact, Gap, Located, Snapshot, Span
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.brought import SUBMODULE, Packed, artifact
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
    from collections.abc import Container, Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Fact, Kind, Stream
    from pytest_genomic_guard.sources.objects import Objects

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
        self._by_path = {path: artifact(self._blobs, path, mode, blob, size) for path, mode, blob, size in tree(root, commit)}

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
        self._submodules: dict[bytes, str] = {}
        self._place()
        self._packed = self._listing(head)
        # Who looks at a range looks at the tree of its last commit again and again; at a history once, and it is large.
        self._all: Sequence[Artifact] = tuple(self._packed) if head else self._packed
        self._changed = frozenset(each.path for each in self._all if self.judged(each))

    def entries(self) -> Sequence[Artifact]:
        """Return all artifacts, sorted by path."""
        return self._all

    def find(self, path: bytes) -> Artifact | None:
        """Return the artifact at `path`, or None."""
        at = self._packed.at(path)
        return None if at is None else self._all[at]

    def judged(self, entry: Artifact) -> bool:
        """Tell whether one of the commits brings this very content."""
        return entry.blob in self.listed.blobs or (entry.kind == "submodule" and entry.path in self._submodules)

    def stands(self, path: bytes, blob: str | None) -> bool:
        """Tell whether the last commit has a content at a path; of several last ones each is one."""
        return not self._packed.standing or self._packed.stands(path, blob)

    def paths(self, entry: Artifact) -> Sequence[bytes]:
        """Return all paths at which the commits had this content; a name stands for itself."""
        if entry.kind == "name":
            return (entry.path,)
        return self.listed.blobs.paths(entry.blob or "") or [entry.path]

    def span(self, blob: str) -> Span | None:
        """Return the commits that bring a blob, or the one that a message is of."""
        if blob in self._messages:
            time = self._messages.time(blob)
            return Span(first=blob, last=blob, since=time, until=time)
        if (between := self.listed.blobs.spanned(blob)) is None:
            return None
        first, last = between
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

    def chosen(self) -> Sequence[Artifact]:
        """Return the contents that one of the commits brings, in order."""
        return [entry for entry in self._all if self.judged(entry)] if self._packed.standing else self._all

    def beside(self, known: Container[bytes] = ()) -> Iterator[Artifact]:
        """Yield the messages of commits and tags, the names of refs, and every path that the commits bring and `known` lacks."""
        for found, path, text in self._messages:
            yield _text(path, "message", text, found)
        for name in dict.fromkeys((*self._refs, *self._messages.tags())):
            yield _text(b"ref:" + name, "ref", name)
        for path, blob in self.listed.blobs.names():
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
        found = self.listed.blobs
        try:
            for number, (commit, path, mode, blob) in enumerate(changes(self.root, self.listed.commits)):
                found.place(commit, path, mode, blob)
                if mode == SUBMODULE:
                    self._submodules.setdefault(path, blob)
                if number % _OFTEN == 0 and unfolds(found.named, found.placed):
                    self.cut("too-many")
                    break
        except GitError:
            self.cut("missing-object")

    def _listing(self, head: str | None) -> Packed:
        """Return the tree of the last commit, if there is one, and what commits bring besides."""
        found, held = Packed(self._blobs), set[str]()
        for path, mode, blob, size in self._held(head) if head else ():
            found.add(path, mode, blob, size)
            held.add(blob)
        found.stand()
        for blob, (path, mode), size in self.listed.blobs.listed():
            if blob not in held:
                found.add(path or b"object:" + blob.encode(), mode, blob, size)
        for path, blob in self._submodules.items() if not head else ():
            found.add(path, SUBMODULE, blob, None)
        found.sort()
        return found

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


def _text(path: bytes, kind: Kind, text: bytes, blob: str | None = None) -> Artifact:
    return Artifact(path=path, kind=kind, origin="commit", opener=partial(BytesStream, text), size=len(text), blob=blob)
