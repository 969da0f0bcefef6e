"""All gates of a policy: which are judged in a run, under which name, from which evidence."""

from __future__ import annotations

from pytest_genomic_guard.evidence.files import load
from pytest_genomic_guard.gates.bound import judge
from pytest_genomic_guard.policy import PROFILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Policy
    from pytest_genomic_guard.report import GateVerdict

    Show = Callable[[bytes], str]
    Judged = tuple[list[GateVerdict], list[tuple[bytes, str | None]]]

CODES = {"fairness": "FAIR101", "release": "MIA301"}


def verdicts(snapshot: Snapshot, policy: Policy, codes: Container[str], show: Show) -> Judged:
    """Judge the gates whose codes run; where only a part is judged, those whose evidence or policy is in it.

    Return the verdicts, and the evidence with its digests.
    """
    found: list[GateVerdict] = []
    used: dict[bytes, str | None] = {}
    changed = snapshot.changed
    whole = len(changed) == len(snapshot.entries())
    forced = PROFILES[policy.profile].get("inconclusive")
    within = _within([project.root for project in policy.projects], show)
    for gate in policy.gates:
        if CODES[gate.kind] not in codes or not (whole or changed.intersection((gate.file, policy.path))):
            continue
        on_inconclusive = forced or policy.inconclusive[gate.kind]
        name = within.get(gate.root, "") + gate.name
        if gate.kind == "release":
            from pytest_genomic_guard.gates import release  # noqa: PLC0415 - only a policy with releases needs it

            judged, sha256 = release.verdicts(snapshot, gate, on_inconclusive=on_inconclusive)
        else:
            evidence = load(snapshot, gate.file, gate.pointer)
            sha256 = evidence.sha256
            judged = [judge(gate, bound, evidence, on_inconclusive=on_inconclusive) for bound in gate.bounds]
        if gate.file:
            used[gate.file] = sha256
        found += [verdict.replace(gate=name) for verdict in judged]
    return found, sorted(used.items())


def _within(roots: Sequence[bytes], show: Show) -> dict[bytes, str]:
    """Return what stands before a gate's name by its project: the root as it may be shown, with a number where two look alike.

    The name of a gate has no blank, so the last ``: `` of the whole tells where it begins.
    """
    shown = [show(root) for root in roots]
    numbered = [f"{each} ({shown[:at].count(each) + 1})" if shown.count(each) > 1 else each for at, each in enumerate(shown)]
    return {root: f"{each}: " for root, each in zip(roots, numbered, strict=True)}
