"""A committed evidence file, read strictly and judged as figures that were computed now would be."""

from __future__ import annotations

from pytest_genomic_guard.gates.bound import band, by_point, outcome, sides, without
from pytest_genomic_guard.gates.evidence import CLOSE, FIELDS, GROUP, METRIC, SCHEMA, VERDICTS, finite, terms
from pytest_genomic_guard.report import GroupFigure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Verdict
    from pytest_genomic_guard.policy import Bound, Gate
    from pytest_genomic_guard.report import GateVerdict

NOT_HERE = "from the committed evidence; the rows are not here"
_ONE_SIDED = ("epsilon-lower", "exposure")  # metrics that have a limit to one side only
_LONGEST = 1000  # characters of a text in it


class Unfit(Exception):  # noqa: N818 - a state of the file
    """A file that is no evidence; the message quotes nothing of it."""


def read(found: Any, gate: Gate | None) -> dict[str, Any]:
    """Return a parsed evidence file, of this gate where one is given. Raises `Unfit` for one of another form, kind or gate."""
    if isinstance(found, dict) and found.get("schema", SCHEMA) != SCHEMA:
        raise Unfit("the evidence file is of another schema")
    _keys(found, FIELDS)
    if gate and (found["kind"], found["gate"], found["project"]) != (
        gate.kind,
        gate.name,
        gate.root.decode("utf-8", "surrogateescape"),
    ):
        raise Unfit("the evidence file is of another gate")
    if (
        not isinstance(found["terms"], dict)
        or not isinstance(found["terms"].get("bounds"), dict)
        or not (found["model"] is None or _text(found["model"]))
    ):
        raise Unfit("the evidence file is of another form")
    if not isinstance(found["metrics"], list):
        raise Unfit("the evidence file is of another form")
    for entry in found["metrics"]:
        _keys(entry, METRIC)
        _figure(entry)
        if not _text(entry["method"]) or not _text(entry["metric"]) or not _count(entry["unjudged"]):
            raise Unfit("the evidence file is of another form")
        if not isinstance(entry["groups"], list):
            raise Unfit("the evidence file is of another form")
        for group in entry["groups"]:
            _keys(group, GROUP)
            _figure(group)
            if not _text(group["group"]):
                raise Unfit("the evidence file is of another form")
    if len({entry["metric"] for entry in found["metrics"]}) != len(found["metrics"]):
        raise Unfit("the evidence file has two figures for one metric")
    checked: dict[str, Any] = found
    return checked


def _keys(found: Any, wanted: Sequence[str]) -> None:
    if not isinstance(found, dict) or sorted(found) != sorted(wanted):
        raise Unfit("the evidence file is of another form")


def _figure(entry: Mapping[str, Any]) -> None:
    """Hold value, interval and n of an entry against each other. Raises `Unfit`."""
    value, interval, n = entry["value"], entry["interval"], entry["n"]
    if entry["verdict"] not in VERDICTS or not (n is None or _count(n)) or not (value is None or finite(value)):
        raise Unfit("the evidence file is of another form")
    if interval is None:
        return
    if not isinstance(interval, list) or len(interval) != 2 or not all(map(finite, interval)) or value is None:
        raise Unfit("an interval in the evidence file is not two finite numbers around the value")
    if not interval[0] - CLOSE <= value <= interval[1] + CLOSE:
        raise Unfit("an interval in the evidence file is not two finite numbers around the value")


def _text(found: Any) -> bool:
    return isinstance(found, str) and len(found) <= _LONGEST and found.isprintable()


def _count(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found >= 0


def judge(found: Mapping[str, Any], gate: Gate, small: int, *, on_inconclusive: str) -> list[GateVerdict]:
    """Judge the bounds of a gate by its evidence, which `read` has returned."""
    entries = {entry["metric"]: entry for entry in found["metrics"]}
    other = _differs(found["terms"], gate, small)
    verdicts = []
    for bound in gate.bounds:
        entry = entries.get(bound.metric)
        if entry is None:
            verdicts.append(
                without(gate, bound, "error", "the committed evidence holds no figure for this metric", on_inconclusive)
            )
            continue
        verdict, message = _verdict(found, entry, gate, bound, other)
        interval = (entry["interval"][0], entry["interval"][1]) if entry["interval"] else None
        lies = band(bound, verdict, interval)
        verdicts.append(
            without(gate, bound, verdict, f"{message}; {NOT_HERE}", on_inconclusive).replace(
                value=entry["value"],
                interval=interval,
                confidence=entry["confidence"] if finite(entry["confidence"]) else gate.confidence,
                n=entry["n"],
                groups=tuple(_group(each) for each in entry["groups"]),
                method=entry["method"],
                needed=entry["needed"] if _count(entry["needed"]) else None,
                band=lies,
                source="evidence",
                outcome=outcome(verdict, gate, on_inconclusive, recalibrate=lies == "recalibrate"),
            )
        )
    return verdicts


def _verdict(  # noqa: PLR0911 - one return for each thing that can be missing, in the order in which it is asked for
    found: Mapping[str, Any], entry: Mapping[str, Any], gate: Gate, bound: Bound, other: str
) -> tuple[Verdict, str]:
    if other:
        return "inconclusive", f"the evidence was computed under another policy ({other}): compute it anew"
    if entry["verdict"] in {"refused", "undefined"}:
        return entry["verdict"], f"{entry['verdict']} when it was computed"
    if entry["value"] is None:
        return "inconclusive", "the figure is withheld"
    if gate.decide == "point":
        verdict, message = by_point(bound, entry["value"])
    elif entry["interval"] is None and bound.metric in _ONE_SIDED and found["terms"]["bounds"].get(bound.metric) == bound.text:
        return entry["verdict"], "as it was judged when it was computed: its interval has one end"
    elif entry["interval"] is None:
        return "inconclusive", "a figure without an interval is no evidence: point only"
    elif not finite(entry["confidence"]) or entry["confidence"] < gate.confidence:
        return "inconclusive", f"the interval's confidence must be stated and at least {gate.confidence:g}"
    elif entry["n"] is not None and entry["n"] < gate.min_denominator:
        return "inconclusive", f"too little to judge: n must be at least {gate.min_denominator}"
    else:
        verdict, message = sides(bound, entry["interval"])
    if verdict == "pass" and entry["unjudged"]:
        return "inconclusive", f"{entry['unjudged']} groups are missing or too small to be judged"
    if verdict == "pass" and weak(gate, found["terms"].get("attack"), found["terms"].get("references")):
        return "inconclusive", "the attack was weaker than the policy asks for (min-attack)"
    return verdict, message


def weak(gate: Gate, attack: Any, references: Any) -> bool:
    """Tell whether an attack was weaker than a gate asks for."""
    from pytest_genomic_guard.policy.gatekeys import ATTACKS  # noqa: PLC0415 - a policy with gates has loaded it
    from pytest_genomic_guard.policy.promises import strength  # noqa: PLC0415 - as above

    asked = gate.options.get("min-attack")
    if asked is None:
        return False
    least, models = strength(asked)
    return ATTACKS.get(attack or "loss", -1) < least or not isinstance(references, int) or references < models


def _differs(found: Mapping[str, Any], gate: Gate, small: int) -> str:
    """Return the keys of the policy by which the evidence is not what would be computed now, its bounds aside."""
    now = terms(gate, small)
    skipped = {"bounds", "references", "confidence", "small-cell"}
    return ", ".join(key for key in sorted({*now, *found} - skipped) if found.get(key) != now.get(key))


def _group(entry: Mapping[str, Any]) -> GroupFigure:
    interval = (entry["interval"][0], entry["interval"][1]) if entry["interval"] else None
    return GroupFigure(group=entry["group"], n=entry["n"], value=entry["value"], interval=interval, verdict=entry["verdict"])


def figures(found: Mapping[str, Any]) -> dict[str, Sequence[GroupFigure]]:
    """Return the figures of groups by metric from evidence that was read."""
    return {entry["metric"].rpartition(".")[0]: tuple(map(_group, entry["groups"])) for entry in found["metrics"]}
