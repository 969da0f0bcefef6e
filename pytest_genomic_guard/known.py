"""What earlier runs tell of the artifacts of this one: which of them need not be scanned again.

What a commit or a range brings is scanned whatever is known, and in CI everything is: whoever makes a change could have made the
cache that a job restores.
"""

from __future__ import annotations

import os

from pytest_genomic_guard import results
from pytest_genomic_guard.policy.mask import MASK
from pytest_genomic_guard.scanned import Scanned
from pytest_genomic_guard.sources.rows import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from pytest_genomic_guard.model import Artifact, Snapshot
    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.results import Outcome, Results
    from pytest_genomic_guard.scanned import Empty

_WHOLE = frozenset({"worktree", "history"})  # sources that judge what is there, and no change alone


def known(snapshot: Snapshot, registry: Registry, rules: str) -> Known | None:
    """Return what is known by the rules that a text tells of a snapshot; None where nothing is asked."""
    never = snapshot.source not in _WHOLE or os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}
    found = None if never else results.opened(registry, rules)
    return Known(found) if found else None


class Known:
    """The results of earlier runs, asked for one snapshot."""

    def __init__(self, found: Results) -> None:
        """Take them."""
        self._results = found
        self.paths: Container[bytes] = ()  # whose names need not be scanned either
        self._found: list[Scanned | Empty | None] = []

    def all(self, artifacts: Sequence[Artifact]) -> list[Scanned | Empty | None]:
        """Return what is known of artifacts that nobody opens: by the blob, of a file in a work tree by its stamp besides."""
        empty: dict[int, Empty] = {}
        if isinstance(artifacts, Rows):  # where nothing is known without a stamp: of a blob that no file has, no size is told
            told = self._results.stamped(artifacts.stamps())
            found = [each and _short(artifacts, at, each, empty) for at, each in enumerate(told)]
            paths = zip(artifacts.paths(), found, strict=True)
            self.paths = _All(frozenset(path for path, each in paths if each is None) if None in found else ())
        else:
            told = [self._asked(each) for each in artifacts]
            found = [each and _short(artifacts, at, each, empty) for at, each in enumerate(told)]
            self.paths = frozenset(each.path for each, known in zip(artifacts, found, strict=True) if known)
        self._found = found
        return found

    def _asked(self, artifact: Artifact) -> Outcome | None:
        if artifact.copy is not None:
            return self._results.stamped([artifact.copy.stamp])[0]
        return self._results.find(artifact) if _asked(artifact) else None

    def read(self, artifact: Artifact) -> Scanned | None:
        """Return what is known of a file in a work tree by its content, which is read to see that it is the blob's."""
        copy = artifact.copy
        if copy is None or not _asked(artifact):
            return None
        found = self._results.find(artifact)
        return _scanned(artifact, found) if found and copy.same() else None

    def keep(
        self, entries: Sequence[Artifact], scanned: Sequence[Scanned], beside: Sequence[Scanned], show: Callable[[bytes], str]
    ) -> None:
        """Keep what was scanned and is plain, where the name gave nothing either and shows as it is."""
        noisy = {each.path for each in beside if each.facts or not each.plain}
        for at, known in enumerate(self._found):
            if known is None:
                entry, found = entries[at], scanned[at]
                path = entry.path
                if found.plain and entry.blob and path not in noisy and MASK not in show(path):
                    self._results.keep(entry, found.covered, found.facts)
        self._results.store()


def _asked(artifact: Artifact) -> bool:
    """Tell whether something can be known of an artifact: it has an id, and a size, which the report counts."""
    return artifact.blob is not None and artifact.size is not None


class _All:
    """All paths but some."""

    def __init__(self, others: Container[bytes]) -> None:
        self._others = others

    def __contains__(self, path: object) -> bool:
        return path not in self._others


def _short(artifacts: Sequence[Artifact], at: int, told: Outcome, empty: dict[int, Empty]) -> Scanned | Empty:
    """Return what is known of an artifact; where it gave nothing, as one of few."""
    if told[1] or told[0].level == "partial":
        return _scanned(artifacts[at], told)
    return empty.setdefault(id(told), (told[0], True))


def _scanned(artifact: Artifact, told: Outcome) -> Scanned:
    at, size, blob = artifact.path, artifact.size or 0, artifact.blob
    return Scanned(path=at, findings=(), facts=told[1], gaps=(), covered=told[0], size=size, blob=blob, plain=True)
