"""The cards that a change takes away, or in which it says less, as facts: from the base of a range, or HEAD for what is staged."""

from __future__ import annotations

from pytest_genomic_guard.model import Gap, Located, Unreadable
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.views.cards.named import may_be, metric

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Snapshot, Stream
    from pytest_genomic_guard.views.cards.nouns import Card

    Old = dict[bytes, Callable[[], Stream]]  # what opens the base's content of a path

_READ = 2000  # files, and bytes, of the base in which a card is looked for
_BYTES = 32 << 20
_MOST = 200  # cards


def facts(snapshot: Snapshot, excluded: Callable[[bytes], bool], registered: frozenset[bytes]) -> tuple[list[Located], list[Gap]]:
    """Return the cards of the base of which less is left, and what is new; nothing where there is no base."""
    if snapshot.source == "range":
        return _compared(snapshot, *_since(snapshot, excluded, registered), registered)
    if snapshot.source != "index":
        return [], []
    from pytest_genomic_guard.sources.blobs import Blobs  # noqa: PLC0415 - as above
    from pytest_genomic_guard.sources.git import GitError  # noqa: PLC0415

    blobs = Blobs(snapshot.root)  # type: ignore[attr-defined]  # an `Index`; its process starts with the first blob
    try:
        return _compared(snapshot, *_staged(snapshot, excluded, registered, blobs.open), registered)
    except GitError:
        return [], [Gap(path=b".", reason="missing-object")] if _committed(snapshot) else []
    finally:
        blobs.close()


def _since(snapshot: Snapshot, excluded: Callable[[bytes], bool], registered: frozenset[bytes]) -> tuple[Old, frozenset[bytes]]:
    base = snapshot.base
    if base is None:
        return {}, frozenset()
    old = {
        entry.path: entry.open
        for entry in base.entries()
        if not snapshot.stands(entry.path, entry.blob) and _candidate(entry.path, registered) and not excluded(entry.path)
    }
    return old, frozenset(path for path in snapshot.changed if base.find(path) is None)


def _staged(
    snapshot: Snapshot, excluded: Callable[[bytes], bool], registered: frozenset[bytes], opened: Callable[[str], Stream]
) -> tuple[Old, frozenset[bytes]]:
    """Compare the index with HEAD. Raises `GitError`."""
    from functools import partial  # noqa: PLC0415 - as above

    from pytest_genomic_guard.sources.git import git  # noqa: PLC0415

    root: bytes = snapshot.root  # type: ignore[attr-defined]  # as above
    raw = git(root, "diff-index", "--cached", "--raw", "-z", "--no-renames", "--ignore-submodules=all", "HEAD", "--").split(b"\0")
    old: Old = {}
    added = set()
    for told, path in zip(raw[::2], raw[1::2], strict=False):
        _mode, _new, blob, _other, status = told.split(b" ")
        if status == b"A":
            added.add(path)
        elif _candidate(path, registered) and not excluded(path):
            old[path] = partial(opened, blob.decode())
    return old, frozenset(added)


def _committed(snapshot: Snapshot) -> bool:
    """Tell whether there is a commit, whose tree could not be read."""
    from pytest_genomic_guard.sources.git import GitError, git  # noqa: PLC0415 - as above

    try:
        git(snapshot.root, "rev-parse", "--verify", "--quiet", "HEAD")  # type: ignore[attr-defined]  # as above
    except GitError:
        return False
    return True


def _candidate(path: bytes, registered: frozenset[bytes]) -> bool:
    return path in registered or (may_be(path) and not metric(path))


def _compared(
    snapshot: Snapshot, old: Old, added: frozenset[bytes], registered: frozenset[bytes]
) -> tuple[list[Located], list[Gap]]:
    if not old and not any(_candidate(path, registered) for path in added):
        return [], []
    from pytest_genomic_guard.views.cards.nouns import Added, Before  # noqa: PLC0415 - where there is a base

    found = [Located(path=b".", fact=Added(paths=added))] if added else []
    gaps: list[Gap] = []
    for number, (path, card) in enumerate(_less(snapshot, old, registered, gaps)):
        if number == _MOST:
            gaps.append(Gap(path=b".", reason="too-many"))
            break
        found.append(Located(path=path, fact=Before(card=card)))
    return found, gaps


def _less(snapshot: Snapshot, old: Old, registered: frozenset[bytes], gaps: list[Gap]) -> Iterator[tuple[bytes, Card]]:
    """Yield the cards of the base that said more than what stands in their place."""
    from pytest_genomic_guard.views.cards.nouns import TIERS  # noqa: PLC0415 - as above

    size = 0
    for number, path in enumerate(sorted(old)):
        if number == _READ or size > _BYTES:
            gaps.append(Gap(path=b".", reason="too-many"))
            return
        try:
            data, card = _read(old[path], path, asked=path in registered)
        except Unreadable as error:
            gaps.append(Gap(path=path, reason=error.reason))
            continue
        size += data
        if card is None:
            continue
        entry = snapshot.find(path)
        try:
            now = _read(entry.open, path, asked=path in registered)[1] if entry and snapshot.stands(path, entry.blob) else None
        except Unreadable:
            continue  # told where it is scanned
        lower = now is not None and TIERS.index(now.tier or "basic") < TIERS.index(card.tier or "basic")
        if now is None or lower or (card.generative is True and now.generative is not True):
            yield path, card


def _read(opened: Callable[[], Stream], path: bytes, *, asked: bool) -> tuple[int, Card | None]:
    """Return how many bytes a file has, and the card that it is; None too for one that is faulty. Raises `Unreadable`."""
    from pytest_genomic_guard.views.cards import read, trees  # noqa: PLC0415 - where a card changed only

    try:
        data = read_all(opened(), trees.MOST + 1)
    except Unreadable as error:
        if error.reason == "too-large":
            return trees.MOST, None
        raise
    try:
        return len(data), read.card(data, path) if len(data) <= trees.MOST and (asked or read.plain(data, path)) else None
    except trees.CardError:
        return len(data), None
