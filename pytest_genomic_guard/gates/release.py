"""A bound on what released summary data give away of a cohort.

How many of the variants are independent is known within bounds only, so that a power is an interval. The whole of it inside the
bound passes, the whole of it outside fails, anything else is inconclusive, and so is a table of which a part only was read. The
value is the upper end, which counts every common variant: deciding by the point never passes a table that its linkage alone may
protect.
"""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.evidence.files import digest
from pytest_genomic_guard.metrics import release
from pytest_genomic_guard.report import GateVerdict
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.genomic.sites import Sites
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text
from pytest_genomic_guard.views.wanted import Wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from pytest_genomic_guard.checks.genomic.released import Measured, Ratio
    from pytest_genomic_guard.model import Artifact, Snapshot, Verdict
    from pytest_genomic_guard.policy import Bound, Gate

NO_TABLE = "the table holds neither frequencies nor statistics by variant"
_MISSING = "the table is missing or could not be read"
_NO_NAME = "the policy names no table, and scores are not read by this version"
_RATE = "tpr@fpr="


def verdicts(snapshot: Snapshot, gate: Gate, *, on_inconclusive: str) -> tuple[list[GateVerdict], str | None]:
    """Judge the bounds of a gate on a table of the snapshot; return the verdicts, and the digest of a table that was judged."""
    artifact = snapshot.find(gate.file) if gate.file else None
    found, problem = measure(artifact) if artifact else (None, _MISSING)
    said = released.Declared(people=gate.people, reference=gate.reference, sensitive=gate.sensitive)
    judged = []
    for bound in gate.bounds:
        bounds = released.ratio(found, said) if found else None
        if not gate.file:
            judged.append(_without(gate, bound, "undefined", _NO_NAME, on_inconclusive))
        elif found is None or bounds is None:
            judged.append(_without(gate, bound, "error", problem, on_inconclusive))
        else:
            judged.append(_judged(gate, bound, found, bounds, on_inconclusive))
    return judged, (digest(snapshot, gate.file) or None) if found else None


def measure(artifact: Artifact) -> tuple[Measured | None, str]:
    """Return the figures of the release in a file, of several the one that gives most away; or why there are none."""
    best: Measured | None = None
    failed = False
    wanted = Wanted(always=True)
    for item in decode(artifact, wanted):
        failed = failed or type(item).__name__ == "Gap"
        for view in wanted.within(item) if isinstance(item, Text) else (item,):
            found = released.figures(view) if isinstance(view, (DataTable, Sites)) else None
            if found and (best is None or _weight(found) > _weight(best)):
                best = found
    if best and failed:
        best = best.replace(more=True)  # what could not be read may hold more
    return best, "" if best else _MISSING if failed else NO_TABLE


def _weight(found: Measured) -> float:
    return found.upper / (found.people or 1)


def interval(metric: str, bounds: Ratio) -> tuple[float, float]:
    """Return a metric by the lower and the upper bound on independent variants."""
    if metric == "variants-per-person":
        return bounds.lower, bounds.upper
    alpha = float(metric.removeprefix(_RATE)) if metric.startswith(_RATE) else release.ALPHA
    return release.power(bounds.lower, 1, alpha=alpha), release.power(bounds.upper, 1, alpha=alpha)


def _judged(gate: Gate, bound: Bound, found: Measured, bounds: Ratio, on_inconclusive: str) -> GateVerdict:
    if bound.metric.startswith(_RATE) and not float(bound.metric.removeprefix(_RATE)):
        return _without(gate, bound, "undefined", "a test without false positives has no power", on_inconclusive)
    low, high = interval(bound.metric, bounds)
    verdict = _verdict(gate, bound, (low, high), more=found.more)
    text, numbers = released.sentence(found, bounds)
    return GateVerdict(
        gate=gate.name,
        kind=gate.kind,
        metric=bound.metric,
        bound=bound.text,
        value=high,
        interval=(low, high),
        confidence=1.0,  # no interval of chance: its ends are bounds
        n=bounds.people,
        verdict=verdict,
        outcome=_outcome(verdict, gate, on_inconclusive),
        message=text.format(**numbers),
    )


def _verdict(gate: Gate, bound: Bound, ends: tuple[float, float], *, more: bool) -> Verdict:
    """Return the verdict of a bound; where a table goes on beyond what was read, its upper end is not known, and is no pass."""
    inside = [value <= bound.limit if bound.operator == "<=" else value >= bound.limit for value in ends]
    if more and bound.operator == "<=":
        return "inconclusive" if inside[0] and (inside[1] or gate.decide != "point") else "fail"
    if gate.decide == "point":
        return "pass" if inside[1] else "fail"
    return "pass" if all(inside) else "inconclusive" if any(inside) else "fail"


def _without(gate: Gate, bound: Bound, verdict: Verdict, message: str, on_inconclusive: str) -> GateVerdict:
    return GateVerdict(
        gate=gate.name,
        kind=gate.kind,
        metric=bound.metric,
        bound=bound.text,
        value=None,
        interval=None,
        confidence=gate.confidence,
        n=gate.people,
        verdict=verdict,
        outcome=_outcome(verdict, gate, on_inconclusive),
        message=message,
    )


def _outcome(verdict: Verdict, gate: Gate, on_inconclusive: str) -> Literal["pass", "fail", "warn", "note"]:
    if verdict == "pass":
        return "pass"
    if verdict in {"fail", "error"} or gate.decide == "pass-if-proven" or on_inconclusive == "fail":
        return "fail"
    return "note" if on_inconclusive == "note" else "warn"
