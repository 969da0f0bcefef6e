"""Artifacts that are not made before somebody asks for them, and what is told of them without that."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_genomic_guard.model import Artifact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self


class Rows(Sequence[Artifact]):
    """Artifacts of a work tree, of which paths, sizes and stamps are told without making them."""

    def paths(self) -> Iterator[bytes]:
        """Yield the path of each."""
        raise NotImplementedError

    def sizes(self) -> Iterator[int]:
        """Yield the size of each, 0 where it is not known."""
        raise NotImplementedError

    def stamps(self) -> Iterator[bytes]:
        """Yield the stamp of each; empty where it has none."""
        raise NotImplementedError

    def only(self, numbers: Sequence[int]) -> Self:
        """Return some of them, by their numbers, in order."""
        raise NotImplementedError


def paths(entries: Sequence[Artifact]) -> Iterator[bytes]:
    """Yield the path of each artifact."""
    return entries.paths() if isinstance(entries, Rows) else (entry.path for entry in entries)


def sizes(entries: Sequence[Artifact]) -> Iterator[int]:
    """Yield the size of each artifact, 0 where it is not known."""
    return entries.sizes() if isinstance(entries, Rows) else (entry.size or 0 for entry in entries)
