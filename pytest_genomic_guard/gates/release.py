"""A bound on what a release gives away of a cohort: of a table of summary data by the theory, of files of people as it is measured.

How many of the variants are independent is known within bounds only, so that a power is an interval. The whole of it inside the
bound passes, the whole of it outside fails, anything else is inconclusive, and so is a table of which a part only was read. The
value is the upper end, which counts every common variant: deciding by the point never passes a table that its linkage alone may
protect.

Where there are scores of an attack, people of known membership, or synthetic genomes with those of training, `genomes` measures,
and its intervals are those of chance.
"""

from __future__ import annotations

import contextlib

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.evidence.files import digest
from pytest_genomic_guard.gates.bound import band, outcome, without
from pytest_genomic_guard.metrics import release
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.report import GateVerdict
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.genomic.sites import Sites
from pytest_genomic_guard.views.pointers import is_lfs
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text
from pytest_genomic_guard.views.wanted import Wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.checks.genomic.released import Measured, Ratio
    from pytest_genomic_guard.gates.evidence import Computed
    from pytest_genomic_guard.gates.genomes import Files
    from pytest_genomic_guard.model import Artifact, Snapshot, Verdict
    from pytest_genomic_guard.policy import Bound, Gate

NO_TABLE = "the table holds neither frequencies nor statistics by variant"
_MISSING = "the table is missing or could not be read"
_NO_NAME = "the policy names no table, and no file that this could be measured by"
_NO_ROWS = "the files of people that this is measured on are not here"
_NO_SITES = "the table does not tell at how many sites somebody carries a rare allele"
_RATE = "tpr@fpr="
_LISTED = "a beacon of these variants: a member is heterozygous at about {} sites; false-positive rate 0.05 (binomial tails)"
_PLANNED = (
    "a plan: {loci} independent variants of {people} people: power {high:.2f} at false-positive rate 0.001 (likelihood-ratio test)"
)
_HEAD = 1024  # bytes in which a pointer of git-lfs ends


def verdicts(snapshot: Snapshot, gate: Gate, *, on_inconclusive: str, small_cell: int = 10) -> tuple[list[GateVerdict], str | None]:
    """Judge the bounds of a gate on files of the snapshot; return the verdicts, and the digest of a table that was judged.

    Rows of people are read where they are, and have no digest: that of a few could be enumerated.
    """
    measured = tuple(bound for bound in gate.bounds if release.measured(bound.metric, gate.inputs))
    rest = [bound for bound in gate.bounds if bound not in measured]
    judged: list[GateVerdict] = []
    if measured:
        try:
            found = computed(snapshot, gate.replace(bounds=measured), small_cell, on_inconclusive=on_inconclusive)
            problem = "" if found else _NO_ROWS
        except Unusable as error:
            found, problem = None, str(error)
        judged += found.shown if found else [without(gate, bound, "error", problem, on_inconclusive) for bound in measured]
    table = snapshot.find(gate.file) if gate.file and rest else None
    planned, read = _by_table(gate, rest, table, on_inconclusive)
    return _ordered(gate, judged, planned), (digest(snapshot, gate.file) or None) if read else None


def of_files(gate: Gate, table: Artifact | None, files: Files, small: int, *, on_inconclusive: str) -> list[GateVerdict]:
    """Judge the bounds of a gate on a table, and on files of people by the keys of the policy. Raises `Unusable`."""
    measured = tuple(bound for bound in gate.bounds if release.measured(bound.metric, gate.inputs))
    rest = [bound for bound in gate.bounds if bound not in measured]
    judged = _measured(gate.replace(bounds=measured), files, small, on_inconclusive) if measured else []
    planned, _read = _by_table(gate, rest, table, on_inconclusive)
    return _ordered(gate, judged, planned)


def _ordered(gate: Gate, *judged: Sequence[GateVerdict]) -> list[GateVerdict]:
    told = {each.metric: each for some in judged for each in some}
    return [told[bound.metric] for bound in gate.bounds]


def by_rows(gate: Gate) -> bool:
    """Tell whether all bounds of a gate are measured on files of people, so that committed evidence can stand for them."""
    return all(release.measured(bound.metric, gate.inputs) for bound in gate.bounds)


def computed(snapshot: Snapshot, gate: Gate, small: int, *, on_inconclusive: str) -> Computed | None:
    """Return what files of people say of bounds; None where this run has not all of them. Raises `Unusable`."""
    from pytest_genomic_guard.evidence.rowfiles import rows_of  # noqa: PLC0415 - for such files alone
    from pytest_genomic_guard.gates import evidence  # noqa: PLC0415 - as above

    with contextlib.ExitStack() as stack:
        files = {}
        for key, path in gate.inputs.items():
            opened = rows_of(snapshot, path)
            if opened is None:
                return None
            stack.enter_context(opened)
            if is_lfs(opened.file.read(_HEAD)):
                return None
            opened.file.seek(0)
            files[key] = (opened.file, opened.name)
        told = _measured(gate, files, small, on_inconclusive)
    return evidence.Computed(verdicts=told, shown=told)


def _measured(gate: Gate, files: Files, small: int, on_inconclusive: str) -> list[GateVerdict]:
    from pytest_genomic_guard.gates import computing, genomes  # noqa: PLC0415 - numpy, for files of people alone
    from pytest_genomic_guard.metrics.nouns import Ask, Terms  # noqa: PLC0415 - as above

    asks = tuple(
        Ask(metric=each.metric, operator=each.operator, limit=each.limit, recalibrate=each.recalibrate) for each in gate.bounds
    )
    terms = Terms(asks=asks, confidence=gate.confidence, point=gate.decide == "point")
    found = genomes.assess(files, asks, terms, genomes.settings(gate.people, gate.reference, gate.options), small)
    return computing.told(gate, found, source="rows", on_inconclusive=on_inconclusive)


def _by_table(
    gate: Gate, wanted: Sequence[Bound], artifact: Artifact | None, on_inconclusive: str
) -> tuple[list[GateVerdict], bool]:
    """Return verdicts by the theory, and whether the table could be read. A plan has numbers in its place."""
    planned = gate.options.get("variants", 0)
    found, problem = (_plan(planned), "") if planned else measure(artifact) if artifact else (None, _MISSING)
    said = released.Declared(people=gate.people, reference=gate.reference, sensitive=gate.sensitive)
    judged = []
    for bound in wanted:
        bounds = released.ratio(found, said) if found else None
        if not gate.file and not planned:
            judged.append(without(gate, bound, "undefined", _NO_NAME, on_inconclusive))
        elif found is None or bounds is None:
            judged.append(without(gate, bound, "error", problem, on_inconclusive))
        elif bound.metric == "beacon-power" and not found.heterozygous:
            judged.append(without(gate, bound, "undefined", _NO_SITES, on_inconclusive))
        else:
            judged.append(_judged(gate, bound, found, bounds, on_inconclusive))
    return judged, found is not None and not planned


def _plan(variants: int) -> Measured:
    """Return the figures of a release that is only planned: so many independent variants, and nothing else is known of them."""
    return released.Measured(
        statistics=False,
        people=0,
        median=0,
        rows=variants,
        rated=0,
        upper=variants,
        lower=variants,
        by="positions",
        singles=0,
        heterozygous=0.0,
    )


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
        return without(gate, bound, "undefined", "a test without false positives has no power", on_inconclusive)
    listed = bound.metric == "beacon-power"
    low, high = _beacon(gate, found) if listed else interval(bound.metric, bounds)
    verdict = _verdict(gate, bound, (low, high), more=found.more)
    text, numbers = released.sentence(found, bounds)
    if "variants" in gate.options:
        text = _PLANNED
    lies = band(bound, verdict, (high, high) if gate.decide == "point" else (low, high))
    if found.more and gate.decide == "point" and lies == "recalibrate":
        lies = ""  # what was not read may lie beyond
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
        outcome=outcome(verdict, gate, on_inconclusive, recalibrate=lies == "recalibrate"),
        message=_LISTED.format(round(found.heterozygous)) if listed else text.format(**numbers),
        band=lies,
    )


def _beacon(gate: Gate, found: Measured) -> tuple[float, float]:
    """Return the power of a beacon's test on the sites at which a member is expected to be heterozygous: a closed form.

    Of the two numbers of people, that which the policy declares and that which the table tells, each gives one end.
    """
    from pytest_genomic_guard.metrics.genomic import beacon  # noqa: PLC0415 - needs numpy, for this metric alone

    error = gate.options.get("error-rate", beacon.ERROR)
    powers = [beacon.power(round(found.heterozygous), people, error) for people in (gate.people, found.people) if people]
    return min(powers), max(powers)


def _verdict(gate: Gate, bound: Bound, ends: tuple[float, float], *, more: bool) -> Verdict:
    """Return the verdict of a bound; where a table goes on beyond what was read, its upper end is not known, and is no pass."""
    inside = [value <= bound.limit if bound.operator == "<=" else value >= bound.limit for value in ends]
    if more and bound.operator == "<=":
        return "inconclusive" if inside[0] and (inside[1] or gate.decide != "point") else "fail"
    if gate.decide == "point":
        return "pass" if inside[1] else "fail"
    return "pass" if all(inside) else "inconclusive" if any(inside) else "fail"
