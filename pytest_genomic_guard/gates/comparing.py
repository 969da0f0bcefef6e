"""What a gate compares with: earlier evidence, and what the model before a change made of the same rows.

A change cannot excuse itself: where one is judged, both are read as they were before it, unless the policy accepts changes.
"""

from __future__ import annotations

from pytest_genomic_guard.evidence.files import load
from pytest_genomic_guard.gates import committed
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.policy.smallcells import DEFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_genomic_guard.metrics.nouns import Earlier
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Gate
    from pytest_genomic_guard.report import GateVerdict

KEYS = ("base", "against")
REWRITTEN = "this change replaces the rows that the evidence compares with ('base')"
_BEFORE = "compared with {} as it was before this change"
_COMPARES = {"change": "base", "drift": "against"}


def rewritten(snapshot: Snapshot, old: Snapshot | None, gate: Gate) -> tuple[str, ...]:
    """Return the keys of files that a gate compares with and that a change made others of: a change cannot excuse itself."""
    if old is None:
        return ()
    found = []
    for key in KEYS:
        was = old.find(gate.inputs[key]) if key in gate.inputs else None
        now = snapshot.find(gate.inputs[key]) if was else None
        if was and (now is None or now.blob != was.blob):
            found.append(key)
    return tuple(found)


def state(snapshot: Snapshot, old: Snapshot | None, changed: Collection[str], key: str) -> Snapshot:
    """Return where a file is read: in the state before a change, where that change makes another of it."""
    return old if old is not None and key in changed else snapshot


def noted(verdict: GateVerdict, changed: Sequence[str]) -> GateVerdict:
    """Return a verdict that says of what it compares with that it is not the changed one."""
    key = _COMPARES.get(verdict.metric.rpartition(".")[2], "")
    return verdict.replace(message=f"{verdict.message}; {_BEFORE.format(repr(key))}") if key in changed else verdict


def earlier(snapshot: Snapshot, gate: Gate, small: int = DEFAULT) -> dict[str, Earlier]:
    """Return figures of groups by metric from the evidence that a gate compares with. Raises `Unusable`."""
    if "against" not in gate.inputs:
        return {}
    found = load(snapshot, gate.inputs["against"], "")
    if found.problem:
        raise Unusable(f"of what 'against' names: {found.problem}")
    try:
        document = committed.read(found.value, gate, small, own=False)
    except committed.Unfit as error:
        raise Unusable(f"of what 'against' names: {error}") from None
    return committed.figures(document)
