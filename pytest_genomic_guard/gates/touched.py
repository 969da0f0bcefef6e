"""Which gates a change concerns."""

from __future__ import annotations

from pytest_genomic_guard.gates.binding import pointers
from pytest_genomic_guard.gates.evidence import path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Gate


class Changes:
    """What a run judges of its snapshot, and what a change takes away."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Take the snapshot."""
        self._snapshot = snapshot
        self._gone: frozenset[bytes] | None = None

    def touch(self, gate: Gate, policy: bytes | None) -> bool:
        """Tell whether files of a gate changed: its inputs, or what lies below one, its evidence, its model or a pointer to it."""
        paths = {gate.file, *gate.inputs.values(), path(gate), policy or b""} - {b""}
        if "model" in gate.inputs:
            paths.update(pointers(gate.inputs["model"]))
        changed = self._snapshot.changed
        if not changed.isdisjoint(paths):
            return True
        missing = {each for each in paths if self._snapshot.find(each) is None}
        return any(missing.intersection(_above(each)) for each in (*changed, *self._taken()))

    def _taken(self) -> frozenset[bytes]:
        """Return the files that a commit or a range removes."""
        if self._gone is None:
            self._gone = frozenset(_removed(self._snapshot))
        return self._gone


def _above(place: bytes) -> Iterator[bytes]:
    """Yield a path and the folders above it."""
    while place:
        yield place
        place = place.rpartition(b"/")[0]


def _removed(snapshot: Snapshot) -> Iterator[bytes]:
    before = snapshot.before()
    if before is not None:
        yield from (entry.path for entry in before.entries() if snapshot.find(entry.path) is None)
