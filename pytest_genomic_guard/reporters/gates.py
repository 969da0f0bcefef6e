"""What formats tell of a gate's figure, and the table of its groups."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.report import GateVerdict, GroupFigure

SHOWN = 20  # groups in a table; the JSON report has all of them
MASKED = "masked"


def figure(gate: GateVerdict) -> str:
    """Return value, interval and n, each after a comma; empty where there is no value."""
    if gate.value is None:
        return ""
    told = f", value {gate.value:g}"
    if gate.interval and gate.interval[0] < gate.interval[1]:  # of what was counted in whole, nothing is left to chance
        kind = "bounds" if gate.confidence == 1 else f"{gate.confidence * 100:g}% interval"
        told += f", {kind} {gate.interval[0]:g} to {gate.interval[1]:g}"
    return f"{told}, n {MASKED if gate.n is None else gate.n}"


def word(gate: GateVerdict) -> str:
    """Return the verdict, and the middle of three bands where the figure lies there."""
    return f"{gate.verdict}, {gate.band}" if gate.band == "recalibrate" else gate.verdict


def table(gate: GateVerdict) -> Iterator[str]:
    """Yield the groups of a gate that does not pass: n, figure, interval and verdict, those that decide first."""
    if gate.outcome == "pass" or not gate.groups:
        return
    order = {"fail": 0, "inconclusive": 1, "undefined": 2}
    groups = sorted(gate.groups, key=lambda group: order.get(group.verdict, 3))
    rows = [("group", "n", "value", f"{gate.confidence * 100:g}% interval", ""), *map(_row, groups[:SHOWN])]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    for group, n, value, interval, verdict in rows:
        yield f"{group:<{widths[0]}}  {n:>{widths[1]}}  {value:>{widths[2]}}  {interval:<{widths[3]}}  {verdict}".rstrip()
    if len(groups) > SHOWN:
        yield f"and {len(groups) - SHOWN} more groups, all of them in --format json"
    if gate.needed is not None:
        yield f"n of the smallest group that would decide: {gate.needed:,}"
    if gate.method:
        yield gate.method


def _row(group: GroupFigure) -> tuple[str, str, str, str, str]:
    n = MASKED if group.n is None else f"{group.n:,}"
    value = "" if group.value is None else f"{group.value:.3g}"
    interval = f"{group.interval[0]:.3g} to {group.interval[1]:.3g}" if group.interval else ""
    return group.group, n, value, interval, group.verdict


def properties(gate: GateVerdict) -> Sequence[tuple[str, str]]:
    """Return what a service that reads properties of a test case can plot."""
    low, high = gate.interval or (None, None)
    found = {"value": gate.value, "low": low, "high": high, "n": gate.n}
    return [("verdict", gate.verdict), *((name, f"{each:g}") for name, each in found.items() if each is not None)]
