"""What the artifacts of an input gave, in their order: nearly all gave nothing, and of these hardly more than that is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.scanned import Scanned
from pytest_genomic_guard.sources.rows import Rows, sizes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Covered
    from pytest_genomic_guard.scanned import Empty


class Outcomes(Sequence[Scanned]):
    """A `Scanned` for each artifact; that of one that gave nothing is made whenever it is asked for."""

    def __init__(self, entries: Sequence[Artifact]) -> None:
        """Take the artifacts, none of which has given anything yet."""
        self._entries = entries
        self._told: list[Scanned | Empty | None] = [None] * len(entries)
        self._known: dict[Empty, Empty] = {}  # one of each kind

    def put(self, at: int, told: Scanned | Empty) -> None:
        """Take what one gave."""
        if type(told) is Scanned:
            self._told[at] = told
        else:
            empty: Empty = told  # type: ignore[assignment]
            self._told[at] = self._known.setdefault(empty, empty)

    def each(self, change: Callable[[Scanned], Scanned]) -> Outcomes:
        """Return these with what gave something changed."""
        found = Outcomes(self._entries)
        found._told = [change(told) if type(told) is Scanned else told for told in self._told]
        return found

    def among(self, entries: Sequence[Artifact], others: Sequence[Scanned | Empty | None]) -> Outcomes:
        """Return what `others` gave, and in the place of each None the next of these."""
        found, rest = Outcomes(entries), iter(self._told)
        found._told = [other or next(rest) for other in others]
        return found

    def telling(self) -> Iterator[Scanned]:
        """Yield those that gave something, or were read in part."""
        return (told for told in self._told if type(told) is Scanned)

    def levels(self) -> Counter[str]:
        """Return how many were covered how far."""
        levels = Counter[str](each.covered.level for each in self.telling())
        kinds = {id(told): told for told in self._told if type(told) is not Scanned}  # few objects, each many times
        for kind, count in Counter(map(id, self._told)).items() if kinds else ():
            if kind in kinds:
                levels[kinds[kind][0].level] += count  # type: ignore[index]  # that was told
        return levels

    def size(self) -> int:
        """Return how many bytes all of them hold."""
        return sum(each.size if type(each) is Scanned else of for of, each in zip(sizes(self._entries), self._told, strict=True))

    def __len__(self) -> int:
        """Return how many artifacts there are."""
        return len(self._told)

    def __getitem__(self, at: int) -> Scanned:  # type: ignore[override]  # nobody asks for slices
        """Return what one gave; all must have been told."""
        return self._whole(self._entries[at], self._told[at])

    def __iter__(self) -> Iterator[Scanned]:
        """Yield what each gave."""
        return map(self._whole, self._entries, self._told)

    @staticmethod
    def _whole(entry: Artifact, told: Scanned | Empty | None) -> Scanned:
        return told if type(told) is Scanned else _empty(entry, *told)  # type: ignore[misc]  # that was told


class Some(Sequence[Artifact]):
    """Some artifacts of a sequence, by their numbers."""

    def __init__(self, entries: Sequence[Artifact], numbers: Sequence[int]) -> None:
        """Take all of them, and which."""
        self._entries, self._numbers = entries, numbers

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self._numbers)

    def __getitem__(self, at: int) -> Artifact:  # type: ignore[override]  # nobody asks for slices
        """Return one."""
        return self._entries[self._numbers[at]]


def short(entry: Artifact, scanned: Scanned) -> Scanned | Empty:
    """Return what is to be kept of what an artifact gave."""
    empty = scanned.covered, scanned.plain
    return empty if scanned.covered.level != "partial" and scanned == _empty(entry, *empty) else scanned


def _empty(entry: Artifact, covered: Covered, plain: bool) -> Scanned:  # noqa: FBT001 - a field
    """Return what an artifact gave that gave nothing."""
    size, blob = entry.size or 0, entry.blob
    return Scanned(path=entry.path, findings=(), facts=(), gaps=(), covered=covered, size=size, blob=blob, plain=plain)


def kept(
    entries: Sequence[Artifact], excluded: Callable[[bytes], bool], keep: Callable[[Artifact], Artifact | None]
) -> Sequence[Artifact]:
    """Return artifacts as `keep` has them, without those that the policy excludes."""
    if isinstance(entries, Rows):  # each of which stands at one path
        return entries.only([at for at, path in enumerate(entries.paths()) if not excluded(path)])
    return [each for entry in entries if (each := keep(entry))]
