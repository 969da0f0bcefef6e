"""What no run of ours writes into an evidence file: figures that its groups, its verdicts or its bounds contradict.

Whoever forges all of a file forges this too. A file that was edited in one place, or that holds less than the policy asks for,
does not pass.
"""

from __future__ import annotations

import math
import re
from itertools import product

from pytest_genomic_guard.evidence.numbers import finite
from pytest_genomic_guard.gates import masking
from pytest_genomic_guard.gates.bound import by_point, possible, sides
from pytest_genomic_guard.gates.evidence import CLOSE
from pytest_genomic_guard.gates.groups import sets
from pytest_genomic_guard.report import GroupFigure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy import Bound, Gate

    Entry = Mapping[str, Any]

_BOUND = re.compile(r"([<>]=\s*-?[0-9.]{1,30})(?:, recalibrate ([<>]=\s*-?[0-9.]{1,30}))?")
_NUMBERED = re.compile(r"group [1-9][0-9]{0,3}")
_POSSIBLE = {"privacy-loss": (-1.0, 1.0), "exposure": (-math.inf, math.inf)}
_SCORED = ("auc", "advantage", "tpr@fpr=")  # figures of an attack, which groups have
_ROUNDED = 0.005  # by which a figure differs that stands on masked groups


def tells_of_few(found: Entry, gate: Gate, small: int) -> str:
    """Return why an evidence file must not be shown under a policy that masks counts of 1 to `small`; empty where it may be."""
    under = found["terms"].get("small-cell")
    if isinstance(under, bool) or not isinstance(under, int) or under < 0:
        return "the evidence file does not say which counts it masks"
    if small and not under >= small:
        return "the evidence file masks fewer counts than the policy"
    if told := _told(found["metrics"], small):
        return told
    labels = {group["group"] for entry in found["metrics"] for group in entry["groups"]}
    if not all(_fit(label, gate, small) for label in labels):
        return "the evidence file names a group in a way that may be the name of a person"
    return ""


def _told(entries: Sequence[Entry], small: int) -> str:
    """Return which count of few the figures of an evidence file tell."""
    masked = {group["group"] for entry in entries for group in entry["groups"] if group["n"] is None}
    for entry in entries:
        if any(0 < (each["n"] or 0) <= small for each in (entry, *entry["groups"])):
            return "the evidence file tells a count that the policy masks"
        if entry["n"] is None and entry["value"] is not None and not hidden(entry):
            return "the evidence file tells a figure of so few people that it masks their number"
        for group in entry["groups"]:
            told = group["n"] is not None or group["value"] is not None or group["interval"] is not None
            if told and group["group"] in masked:
                return "the evidence file tells of a group that it masks elsewhere"
    return ""


def _fit(label: str, gate: Gate, small: int) -> bool:
    """Tell whether a group may be called so: each of its parts is declared, one of our numbers, or looks like nobody's name."""
    return any(all(_shown(name, value, gate, small) for name, value in parts) for parts in _readings(label, gate))


def _readings(label: str, gate: Gate) -> Iterator[Sequence[tuple[str, str]]]:
    """Yield a group's name as attributes with their values, in all ways in which the policy's attributes allow that."""
    attributes = gate.options.get("groups", ())
    yield from (((name, label),) for name in attributes)
    for those in sets(attributes, gate.options.get("intersections", 1)):
        between = " & ".join(f"{re.escape(each)}=(.*)" for each in those)
        found = re.fullmatch(between, label, re.DOTALL)
        if found:
            yield tuple(zip(those, found.groups(), strict=True))


def _shown(name: str, value: str, gate: Gate, small: int) -> bool:
    declared = {*gate.options.get("declared", {}).get(name, ()), gate.options.get("reference", "")}
    if _NUMBERED.fullmatch(value):
        return True
    return masking.shown({value: small + 1}, declared, small)[value] == value


def contradiction(found: Entry, gate: Gate) -> str:
    """Return what in an evidence file, computed under the terms of the policy, no run of ours writes; empty where nothing is."""
    for entry in found["metrics"]:
        problem = _figure(entry, found["terms"]["bounds"]) or _listed(entry, gate)
        if problem:
            return f"the evidence file contradicts itself: {problem}"
    return ""


def hidden(entry: Entry) -> int:
    """Return how many groups of a figure are masked."""
    return sum(group["n"] is None for group in entry["groups"])


def _figure(entry: Entry, bounds: Mapping[str, Any]) -> str:
    """Hold a figure against its own bound and verdict."""
    bound = stated(entry["metric"], bounds)
    if bound is None:
        return "a figure is without the bound that it was judged by"
    word, value = entry["verdict"], entry["value"]
    if word == "pass" and entry["unjudged"]:
        return "a figure passed although groups could not be judged"
    if value is None:
        return ""
    low, high = _POSSIBLE.get(bound.metric) or possible(bound)
    if not low - CLOSE <= value <= high + CLOSE:
        return "a value is none that its metric can have"
    away = (value - bound.limit) * (1 if bound.operator == "<=" else -1)  # how far it lies outside
    slack = CLOSE + (_ROUNDED if hidden(entry) else 0)
    if (word == "pass" and away > slack) or (word == "fail" and away < -slack):
        return "a verdict is not that of its value"
    return ""


def stated(metric: str, bounds: Mapping[str, Any]) -> Bound | None:
    """Return the bound that a figure was judged by when it was computed; None where none is told, or none that can be."""
    from pytest_genomic_guard.policy.gates import bound as parsed  # noqa: PLC0415 - a policy with gates has loaded it

    text = bounds.get(metric)
    found = _BOUND.fullmatch(text) if isinstance(text, str) else None
    try:
        return parsed(metric, {"pass": found[1], "recalibrate": found[2]} if found[2] else found[1]) if found else None
    except ValueError:
        return None


def held_back(entry: Entry, bounds: Mapping[str, Any]) -> bool:
    """Tell whether a figure did not pass when it was computed, for another reason than where its interval lies."""
    bound = stated(entry["metric"], bounds)
    if bound is None or entry["verdict"] == "pass":
        return bound is None
    word, _message = sides(bound, entry["interval"]) if entry["interval"] else by_point(bound, entry["value"])
    return word == "pass"


def _listed(entry: Entry, gate: Gate) -> str:
    """Hold the groups of a figure against what the policy asks for, and against how many of them could not be judged."""
    labels = [group["group"] for group in entry["groups"]]
    if len(set(labels)) != len(labels):
        return "a group is listed twice"
    grouped = gate.kind == "fairness" or (gate.kind == "mia" and entry["metric"].startswith(_SCORED))
    if gate.kind == "fairness" and not labels:
        return "a figure is without groups"
    if grouped and not all(declared.intersection(labels) for declared in _declared(gate)):
        return "a declared group is not listed"
    least = _unjudged(entry, gate.min_denominator)
    if not least <= entry["unjudged"] <= least + hidden(entry):
        return "other groups could not be judged than it says"
    return ""


def _unjudged(entry: Entry, minimum: int) -> int:
    """Return how many groups could certainly not be judged."""
    return sum(
        group["verdict"] == "undefined" or (group["n"] is not None and (group["value"] is None or group["n"] < minimum))
        for group in entry["groups"]
    )


def _declared(gate: Gate) -> Iterator[set[str]]:
    """Yield what each declared group can be called."""
    declared = gate.options.get("declared", {})
    for those in sets(gate.options.get("groups", ()), gate.options.get("intersections", 1)):
        for values in product(*(declared.get(name, ()) for name in those)):
            named = " & ".join(f"{name}={value}" for name, value in zip(those, values, strict=True))
            yield {named, values[0]} if len(values) == 1 else {named}


def group(entry: Entry) -> GroupFigure:
    """Return a group of an evidence file."""
    interval = (entry["interval"][0], entry["interval"][1]) if entry["interval"] else None
    return GroupFigure(group=entry["group"], n=entry["n"], value=entry["value"], interval=interval, verdict=entry["verdict"])


def carried(n: int, error: float) -> float:
    """Return what a one-run audit shows at most, whose `n` guesses are all right (`metrics.onerun`, at a delta of 0)."""
    chance = error ** (1 / n)
    return math.log(chance / (1 - chance)) if 0.5 < chance < 1 else 0.0 if chance < 1 else math.inf


def exposed(n: int, error: float) -> float:
    """Return the lower end of the exposure of a canary before all of `n` references (`metrics.exposure`)."""
    return -math.log2(-math.expm1(math.log(error / 2) / n))


def level(entry: Entry) -> float | None:
    """Return the confidence of an interval; None where none is told that can be."""
    found = finite(entry["confidence"])
    return found if found is not None and 0.5 <= found < 1 else None
