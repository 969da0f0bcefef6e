"""Bounds and evidence become verdicts: pass, fail, inconclusive, or an error; never a pass for lack of evidence."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from pytest_genomic_guard.gates.verdicts import Judged
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Policy

CODES = {"fairness": "FAIR101", "mia": "MIA101", "release": "MIA301"}  # of the gates by their kinds


def decided(snapshot: Snapshot, policy: Policy, codes: Container[str], show: Callable[[bytes], str]) -> Judged:
    """Return what `verdicts` tells of the gates of a policy; most have none, and need nothing of what judges them."""
    if not policy.gates:
        return [], []
    from pytest_genomic_guard.gates.verdicts import verdicts  # noqa: PLC0415 - see above

    return verdicts(snapshot, policy, codes, show)
