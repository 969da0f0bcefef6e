"""``genomic-guard release``: what a table of frequencies or statistics gives away of its cohort, and how much it could bear."""

from __future__ import annotations

import math
import os

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.cli.gateoptions import RELEASED
from pytest_genomic_guard.cli.session import UsageError, emit, tell
from pytest_genomic_guard.gates.release import measure
from pytest_genomic_guard.metrics import release as formulas
from pytest_genomic_guard.policy.asked import number
from pytest_genomic_guard.report import CLEAN, FAILED, INCOMPLETE
from pytest_genomic_guard.sources.memory import Memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.checks.genomic.released import Measured, Ratio

SCHEMA = "genomic-guard/release/1"
PLAN = "genomic-guard/release-plan/1"
_BY = {
    "positions": "100 kb windows",
    "lengths": "chromosome lengths",
    "chromosomes": "100 kb windows, one per chromosome without positions",
}
_BOUND = 0.5  # power that a release may have at most
_MOST = 1 << 30  # bytes of a table


def command(given: argparse.Namespace) -> int:
    """Do what the options say: tell what a table or a plan gives away, or judge by bounds and on people. Raises `UsageError`."""
    people = [name for name in RELEASED if getattr(given, name.replace("-", "_")) is not None]
    if (given.table is not None) + (given.plan is not None) + bool(people or given.gate) != 1:
        raise UsageError("give TABLE, --plan, files of people such as --scores, or a gate of the policy with --gate")
    if people or given.gate or given.bound:
        from pytest_genomic_guard.cli import gatework  # noqa: PLC0415 - as are files of people and bounds

        return gatework.run(gatework.Work("release", given, () if given.bound or given.gate else _usual(people, given.alpha)))
    if given.evidence is not None or given.plot:
        raise UsageError("--evidence and --plot are of gates: give --bound, or --gate")
    people_in, reference = _counted(given.n, "--n"), _counted(given.n_ref, "--n-ref")
    if not 0 < given.alpha < 1:
        raise UsageError("--alpha is a false-positive rate between 0 and 1")
    if given.plan is not None:
        return plan(given.plan, people_in, reference, given.alpha, given.format)
    return release(given.table, people_in, reference, given.alpha, given.format)


def _usual(people: Sequence[str], alpha: float) -> list[str]:
    """Return all metrics that files of people can tell. Raises `UsageError`."""
    found: list[str] = []
    if "scores" in people or all(key in people for key in formulas.KNOWN):
        found = ["lr-auc", f"tpr@fpr={number(alpha)}"]
    if all(key in people for key in formulas.KNOWN):
        found += ["homer-auc", "beacon-power"]
    if "synthetic" in people and "training" in people:
        found += ["aats", "duplicates", "kinship", *(("privacy-loss", "nearest-ibs") if "holdout" in people else ())]
    if not found:
        raise UsageError("give --scores, or --frequencies, --members and --non-members, or --synthetic and --training")
    return found


def _counted(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not int(text):
        raise UsageError(f"{option} is a number of people, from 1 on")
    return int(text)


def plan(variants: int, people: int | None, reference: int | None, alpha: float, form: str) -> int:
    """Print what so many independent variants would give away of a cohort, with no table and no attack. Raises `UsageError`."""
    if people is None or variants < 0:
        raise UsageError("--plan counts independent variants, and needs --n")
    power = formulas.power(variants, people, reference, alpha)
    spread = people * (1 + (people / reference if reference else 0))
    figures = {
        "schema": PLAN,
        "n": people,
        "n-ref": reference,
        "m": variants,
        "alpha": alpha,
        "variants-per-person": variants / spread,
        "power": power,
        "auc": formulas.phi(math.sqrt(variants / spread / 2)),
        "bearable": _bearable(alpha, spread),
        "bound": f"power <= {_BOUND:g}",
        "verdict": "pass" if power <= _BOUND else "fail",
    }
    emit(_json(figures) if form == "json" else _planned(figures))
    return CLEAN if power <= _BOUND else FAILED


def _planned(figures: dict[str, Any]) -> str:
    against = f"{figures['n-ref']} people" if figures["n-ref"] else "as many people as wanted"
    lines = [
        f"{figures['m']} independent variants of {figures['n']} people: {figures['variants-per-person']:.3g} for each person",
        f"power of the likelihood-ratio test: {figures['power']:.3f} at false-positive rate {figures['alpha']:g}, by",
        f"  Phi(sqrt(m / (n (1 + n / n_ref))) - z(alpha)), a reference of {against}",
        _borne(figures["bearable"]),
        f"{figures['bound']}: {figures['verdict']}",
    ]
    return "\n".join(lines) + "\n"


def _bearable(alpha: float, spread: float) -> dict[str, int]:
    return {
        f"{wanted:g}": int(formulas.needed(1, alpha=alpha, wanted=wanted) * spread) for wanted in (0.05, 0.5, 0.8) if wanted > alpha
    }


def _borne(bearable: dict[str, int]) -> str:
    return "independent variants that this cohort can bear: " + ", ".join(
        f"{count} for power {wanted}" for wanted, count in bearable.items()
    )


def release(table: bytes, people: int | None, reference: int | None, alpha: float, form: str) -> int:
    """Compute and print; fail where both bounds on independent variants give more power than a half. Raises `UsageError`."""
    found, problem = measure(Memory({os.path.basename(table): _read(table)}).entries()[0])
    if found is None:
        tell(problem)
        return INCOMPLETE
    bounds = released.ratio(found, released.Declared(people=people or 0, reference=reference or 0))
    if bounds is None:
        tell("the table does not say of how many people it is: give --n")
        return INCOMPLETE
    low, high = formulas.power(bounds.lower, 1, alpha=alpha), formulas.power(bounds.upper, 1, alpha=alpha)
    verdict = "fail" if low > _BOUND else "inconclusive" if high > _BOUND or found.more else "pass"
    figures = _figures(found, bounds, alpha, (low, high), verdict)
    emit(_json(figures) if form == "json" else _text(figures))
    return CLEAN if verdict == "pass" else FAILED


def _read(path: bytes) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST + 1)
    except OSError:
        raise UsageError("the table cannot be read") from None
    if len(data) > _MOST:
        raise UsageError("the table is larger than 1 GiB")
    return data


def _figures(found: Measured, bounds: Ratio, alpha: float, power: tuple[float, float], verdict: str) -> dict[str, Any]:
    spread = bounds.people * (1 + (bounds.people / bounds.reference if bounds.reference else 0))
    beacon = found.singles and not found.statistics
    return {
        "schema": SCHEMA,
        "kind": "statistics" if found.statistics else "frequencies",
        "n": bounds.people,
        "n-told": found.people or None,
        "n-median": found.median or None,
        "n-ref": bounds.reference or None,
        "alpha": alpha,
        "rows": found.rows,
        "rows-are-all": not found.more,
        "rows-with-frequency": found.rated,
        "counted": released.which(found),
        "independent": {
            "lower": found.lower,
            "upper": found.upper,
            "by": _BY[found.by],
        },
        "variants-per-person": {"lower": bounds.lower, "upper": bounds.upper},
        "power": {"lower": power[0], "upper": power[1]},
        "bearable": _bearable(alpha, spread),
        "beacon": {
            "seen-once": found.singles,
            "heterozygous-expected": found.heterozygous,
            "false-positive-rate": formulas.beacon_error(found.heterozygous, bounds.people),
            "sites-for-0.05": formulas.beacon_sites(bounds.people),
        }
        if beacon
        else None,
        "bound": f"power <= {_BOUND:g}",
        "verdict": verdict,
    }


def _json(figures: dict[str, Any]) -> str:
    import json  # noqa: PLC0415 - for this format only

    return json.dumps(figures, indent=2) + "\n"


def _text(figures: dict[str, Any]) -> str:
    loci, ratio, power = figures["independent"], figures["variants-per-person"], figures["power"]
    people, reference = figures["n"], figures["n-ref"]
    more = "" if figures["rows-are-all"] else " or more"
    against = f"{reference} people" if reference else "as many people as wanted"
    lines = [
        f"{figures['kind']} of {people} people at {figures['rows']}{more} variants",
        f"independent variants: {loci['lower']} (by {loci['by']}) to {loci['upper']}{more} (all {figures['counted']})",
        f"for each person: {ratio['lower']:.3g} to {ratio['upper']:.3g}",
        f"power of the likelihood-ratio test: {power['lower']:.3f} to {power['upper']:.3f}",
        f"  at false-positive rate {figures['alpha']:g}, by",
        f"  Phi(sqrt(m / (n (1 + n / n_ref))) - z(alpha)), n = {people}, a reference of {against}",
        _borne(figures["bearable"]),
    ]
    if beacon := figures["beacon"]:
        lines.append(
            f"beacon: {beacon['seen-once']} variants seen once; a member is heterozygous at about "
            f"{beacon['heterozygous-expected']:.0f}, all listed by chance with probability {beacon['false-positive-rate']:.2g}"
        )
    lines.append(f"{figures['bound']}: {figures['verdict']}")
    return "\n".join(lines) + "\n"
