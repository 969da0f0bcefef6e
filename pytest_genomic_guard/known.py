"""What earlier runs tell of the artifacts of this one: which of them need not be scanned again.

What a commit or a range brings is scanned whatever is known, and in CI everything is: whoever makes a change could have made the
cache that a job restores.
"""

from __future__ import annotations

import os

from pytest_genomic_guard import results
from pytest_genomic_guard.policy.mask import MASK
from pytest_genomic_guard.scanned import Scanned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.model import Artifact, Covered, Snapshot
    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.results import Results

_WHOLE = frozenset({"worktree", "history"})  # sources that judge what is there, and no change alone


def known(snapshot: Snapshot, registry: Registry, rules: str) -> Known | None:
    """Return what is known by the rules that a text tells of a snapshot; None where nothing can be."""
    never = snapshot.source in {"memory", "directory"} or os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}
    found = None if never else results.opened(registry, rules)
    return Known(snapshot, found) if found else None


class Known:
    """The results of earlier runs, asked for one snapshot."""

    def __init__(self, snapshot: Snapshot, found: Results) -> None:
        """Take both."""
        self._snapshot, self._results = snapshot, found
        self.paths: set[bytes] = set()  # whose names need not be scanned either
        self._answered: set[tuple[bytes, str | None]] = set()

    def of(self, artifact: Artifact) -> Scanned | None:
        """Return what is known of an artifact that nobody opens: by its blob, of a file in a work tree by its stamp besides."""
        copy = artifact.copy
        if not self._asked(artifact) or (copy and not copy.stamp):
            return None
        found = self._told(artifact, self._results.find(artifact, copy.stamp if copy else b""))
        if found:
            self.paths.add(artifact.path)
            self._answered.add((artifact.path, artifact.blob))
        return found

    def read(self, artifact: Artifact) -> Scanned | None:
        """Return what is known of a file in a work tree by its content, which is read to see that it is the blob's."""
        copy = artifact.copy
        if copy is None or not self._asked(artifact):
            return None
        found = self._results.find(artifact)
        return self._told(artifact, found) if found and copy.same() else None

    def _asked(self, artifact: Artifact) -> bool:
        if not artifact.blob:
            return False
        if self._snapshot.source in _WHOLE:
            return artifact.size is not None  # which the report counts
        return not self._snapshot.judged(artifact)

    def _told(self, artifact: Artifact, covered: Covered | None) -> Scanned | None:
        if covered is None:
            return None
        at, size, blob = artifact.path, artifact.size or 0, artifact.blob
        return Scanned(path=at, findings=(), facts=(), gaps=(), covered=covered, size=size, blob=blob, plain=True)

    def keep(
        self, entries: Sequence[Artifact], scanned: Sequence[Scanned], beside: Sequence[Scanned], show: Callable[[bytes], str]
    ) -> None:
        """Keep what was scanned and gave nothing, where the name gave nothing either and shows as it is."""
        noisy = {each.path for each in beside}
        for entry, found in zip(entries, scanned, strict=True):
            path = entry.path
            new = found.plain and entry.blob and (path, entry.blob) not in self._answered
            if new and path not in noisy and MASK not in show(path):
                stamps = {b"", entry.copy.stamp if entry.copy else b""}
                self._results.keep(entry, found.covered, stamps)
        self._results.store()
