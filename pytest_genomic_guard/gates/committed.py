"""A committed evidence file, read strictly and judged as figures that were computed now would be.

Its figures decide: the word that stands in it can keep them from passing, and never makes them pass.
"""

from __future__ import annotations

import math
import re

from pytest_genomic_guard.evidence.numbers import finite
from pytest_genomic_guard.gates import plausible
from pytest_genomic_guard.gates.bound import band, by_point, outcome, sides, without
from pytest_genomic_guard.gates.evidence import CLOSE, FIELDS, GROUP, MD5, METRIC, SCHEMA, TERMS, VERDICTS, terms
from pytest_genomic_guard.gates.spoken import method
from pytest_genomic_guard.metrics.nouns import Ask, Earlier, Terms, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Verdict
    from pytest_genomic_guard.policy import Bound, Gate
    from pytest_genomic_guard.report import GateVerdict


NOT_HERE = "from the committed evidence; the rows are not here"
_COUNTED = ("duplicates", "kinship")  # of a release, all of whose genomes were looked at: no interval of chance
_FORM = "the evidence file is of another form"
_INTERVAL = "an interval in the evidence file is not two finite numbers around the value"
_LONGEST = 1000  # characters of a text in it
_MOST = 1 << 53  # people, or groups
_DIGESTS = {"model": re.compile(r"[0-9a-f]{64}"), MD5: re.compile(r"[0-9a-f]{32}(?:\.dir)?")}


class Unfit(Exception):  # noqa: N818 - a state of the file
    """A file that is no evidence; the message quotes nothing of it."""


def read(found: Any, gate: Gate, small: int, *, own: bool = True) -> dict[str, Any]:
    """Return a parsed evidence file; with `own` it must be that of the gate.

    Raises `Unfit` for one of another form, kind or gate, and for one that tells what is masked where counts of 1 to `small` are.
    """
    if isinstance(found, dict) and found.get("schema", SCHEMA) != SCHEMA:
        raise Unfit("the evidence file is of another schema")
    _keys(found, (*FIELDS, MD5) if isinstance(found, dict) and MD5 in found else FIELDS)
    root = gate.root.decode("utf-8", "surrogateescape")
    if own and (found["kind"], found["gate"], found["project"]) != (gate.kind, gate.name, root):
        raise Unfit("the evidence file is of another gate")
    if not isinstance(found["terms"], dict) or not isinstance(found["terms"].get("bounds"), dict) or {*found["terms"]} - {*TERMS}:
        raise Unfit(_FORM)
    for key, form in _DIGESTS.items():
        told = found.get(key)
        if told is not None and not (isinstance(told, str) and form.fullmatch(told)):
            raise Unfit(_FORM)
    if not isinstance(found["metrics"], list):
        raise Unfit(_FORM)
    for entry in found["metrics"]:
        _entry(entry)
    if len({entry["metric"] for entry in found["metrics"]}) != len(found["metrics"]):
        raise Unfit("the evidence file has two figures for one metric")
    if problem := plausible.tells_of_few(found, gate, small):
        raise Unfit(problem)
    checked: dict[str, Any] = found
    return checked


def _entry(entry: Any) -> None:
    _keys(entry, METRIC)
    _figure(entry)
    if not _text(entry["method"]) or not _text(entry["metric"]) or not _count(entry["unjudged"]):
        raise Unfit(_FORM)
    if not isinstance(entry["groups"], list):
        raise Unfit(_FORM)
    for group in entry["groups"]:
        _keys(group, GROUP)
        _figure(group)
        if not _text(group["group"]):
            raise Unfit(_FORM)


def _keys(found: Any, wanted: Sequence[str]) -> None:
    if not isinstance(found, dict) or sorted(found) != sorted(wanted):
        raise Unfit(_FORM)


def _figure(entry: Mapping[str, Any]) -> None:
    """Hold value, interval and n of an entry against each other. Raises `Unfit`."""
    value, interval, n = entry["value"], entry["interval"], entry["n"]
    if entry["verdict"] not in VERDICTS or not (n is None or _count(n)) or not (value is None or finite(value) is not None):
        raise Unfit(_FORM)
    if interval is None:
        return
    if not isinstance(interval, list) or len(interval) != 2 or any(finite(end) is None for end in interval) or value is None:
        raise Unfit(_INTERVAL)
    if not interval[0] - CLOSE <= value <= interval[1] + CLOSE:
        raise Unfit(_INTERVAL)


def _text(found: Any) -> bool:
    return isinstance(found, str) and len(found) <= _LONGEST and found.isprintable()


def _count(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= _MOST


def judge(  # noqa: PLR0913 - what it is held against
    found: Mapping[str, Any],
    gate: Gate,
    small: int,
    *,
    on_inconclusive: str,
    earlier: Mapping[str, Earlier] | None = None,
    doubt: Mapping[str, str] | None = None,
) -> list[GateVerdict]:
    """Judge the bounds of a gate by its evidence, which `read` has returned.

    A drift is held against `earlier` anew; `doubt` says by the suffixes of metrics why figures of that kind must not pass.
    """
    entries = {entry["metric"]: entry for entry in found["metrics"]}
    other = _differs(found["terms"], gate, small)
    wrong = "" if other else plausible.contradiction(found, gate)
    verdicts = []
    for bound in gate.bounds:
        entry = entries.get(bound.metric)
        if entry is None or wrong:
            why = wrong or "the committed evidence holds no figure for this metric"
            verdicts.append(without(gate, bound, "error", why, on_inconclusive))
            continue
        verdict, message = _verdict(found, entry, gate, bound, other)
        suffix = bound.metric.rpartition(".")[2]
        if verdict == "pass" and suffix in (doubt or {}):
            verdict, message = "inconclusive", (doubt or {})[suffix]
        if suffix == "drift" and not other:
            entry, verdict, message = _drifted(entry, gate, bound, earlier or {}, (verdict, message))
        verdicts.append(_told(gate, bound, entry, verdict, message, on_inconclusive))
    return verdicts


def _told(  # noqa: PLR0913, PLR0917 - a figure with what was made of it
    gate: Gate, bound: Bound, entry: Mapping[str, Any], verdict: Verdict, message: str, on_inconclusive: str
) -> GateVerdict:
    if verdict == "error":
        return without(gate, bound, verdict, message, on_inconclusive)
    interval = (entry["interval"][0], entry["interval"][1]) if entry["interval"] else None
    above = (entry["value"], math.inf) if bound.metric == "epsilon-lower" and entry["value"] is not None else None
    lies = band(bound, verdict, interval or above)
    level = plausible.level(entry)
    return without(gate, bound, verdict, f"{message}; {NOT_HERE}", on_inconclusive).replace(
        value=entry["value"],
        interval=interval if level else None,  # of unknown confidence it tells nothing
        confidence=level or gate.confidence,
        n=entry["n"],
        groups=tuple(map(plausible.group, entry["groups"])),
        method=method(entry["method"], gate),
        needed=entry["needed"] if _count(entry["needed"]) else None,
        band=lies,
        source="evidence",
        outcome=outcome(verdict, gate, on_inconclusive, recalibrate=lies == "recalibrate"),
    )


def _verdict(  # noqa: PLR0911 - one return for each thing that can be missing, in the order in which it is asked for
    found: Mapping[str, Any], entry: Mapping[str, Any], gate: Gate, bound: Bound, other: str
) -> tuple[Verdict, str]:
    """Return what a figure says of a bound, and what keeps it from passing."""
    if other:
        return "inconclusive", f"the evidence was computed under another policy ({other}): compute it anew"
    word: Verdict = entry["verdict"]
    if word in {"refused", "undefined"}:
        return word, f"{word} when it was computed"
    if lacks := _lacks(entry, gate):
        return "inconclusive", lacks
    verdict, message = _held(found, entry, gate, bound)
    if verdict == "pass" and entry["unjudged"]:
        return "inconclusive", f"{entry['unjudged']} groups are missing or too small to be judged"
    if verdict == "pass" and weak(gate, found["terms"].get("attack"), found["terms"].get("references")):
        return "inconclusive", "the attack was weaker than the policy asks for (min-attack)"
    if verdict == "pass" and plausible.held_back(entry, found["terms"]["bounds"]):
        return "inconclusive", "it did not pass when it was computed, for another reason than its interval: compute it anew"
    return verdict, message


def _lacks(entry: Mapping[str, Any], gate: Gate) -> str:
    """Return what a figure lacks to be judged at all."""
    if entry["value"] is None:
        return "the figure is withheld"
    if gate.decide == "point":
        return ""
    level = plausible.level(entry)
    if level is None or level < gate.confidence:
        return f"the interval's confidence must be stated and at least {gate.confidence:g}"
    exact = entry["metric"] in _COUNTED
    least = 0 if exact else Terms(asks=()).minimum if gate.kind == "release" else gate.min_denominator
    if entry["n"] is not None and entry["n"] < least:
        return f"too little to judge: n must be at least {least}"
    if entry["interval"] and entry["interval"][0] >= entry["interval"][1] and not exact:
        return "an interval without width tells no uncertainty"
    return ""


def _held(found: Mapping[str, Any], entry: Mapping[str, Any], gate: Gate, bound: Bound) -> tuple[Verdict, str]:
    """Hold a figure that lacks nothing against its bound."""
    if gate.decide == "point":
        return by_point(bound, entry["value"])
    if entry["interval"]:
        return sides(bound, entry["interval"])
    if bound.metric == "epsilon-lower":
        return _lower(entry, gate, bound)
    if bound.metric == "exposure":
        return _exposed(found, entry, gate, bound)
    return "inconclusive", "a figure without an interval is no evidence: point only"


def _lower(entry: Mapping[str, Any], gate: Gate, bound: Bound) -> tuple[Verdict, str]:
    """Hold the lower limit of an audit against a bound, which an audit of few guesses could not have broken."""
    kept = by_point(bound, entry["value"])[0] == "pass"
    if bound.operator == ">=":
        return ("pass", "the lower limit keeps the bound") if kept else ("inconclusive", "a lower limit refutes no such bound")
    if not kept:
        return "fail", "epsilon is larger than the bound"
    if not entry["n"] or plausible.carried(entry["n"], _error(gate)) <= bound.limit:
        return "inconclusive", "all guesses right would not break the bound: the audit is too small"
    return "pass", "no violation is proven; a lower limit does not show that epsilon is smaller"


def _exposed(found: Mapping[str, Any], entry: Mapping[str, Any], gate: Gate, bound: Bound) -> tuple[Verdict, str]:
    """Hold an exposure without an upper end against a bound: its canary stands before all references, whose number it shows.

    The lower end is the one of a single canary; of more it lies lower, which the word of the file tells.
    """
    n, same = entry["n"], found["terms"]["bounds"].get(bound.metric) == bound.text
    if n and abs(entry["value"] - math.log2(n)) <= CLOSE and same:
        beyond = by_point(bound, min(entry["value"], plausible.exposed(n, _error(gate))))[0]
        if (bound.operator, beyond, entry["verdict"]) == ("<=", "fail", "fail"):
            return "fail", "the whole interval breaks the bound"
        if (bound.operator, beyond, entry["verdict"]) == (">=", "pass", "pass"):
            return "pass", "the whole interval keeps the bound"
    return "inconclusive", "a canary stands before all references, and how exposed it is at most they do not show"


def _error(gate: Gate) -> float:
    """Return the error of one bound on what is told by chance."""
    return (1 - gate.confidence) / sum(each.metric != "epsilon" for each in gate.bounds)


def _drifted(
    entry: Mapping[str, Any], gate: Gate, bound: Bound, earlier: Mapping[str, Earlier], said: tuple[Verdict, str]
) -> tuple[Mapping[str, Any], Verdict, str]:
    """Return a drift as the groups show it against the earlier figures, unless the evidence says worse."""
    from pytest_genomic_guard.metrics import drift  # noqa: PLC0415 - numpy, for such bounds alone

    ask = Ask(metric=bound.metric, operator=bound.operator, limit=bound.limit, recalibrate=bound.recalibrate)
    under = Terms(asks=(ask,), confidence=gate.confidence, minimum=gate.min_denominator, point=gate.decide == "point")
    groups = tuple(map(plausible.group, entry["groups"]))
    then = earlier.get(bound.metric.rpartition(".")[0])
    if then is None:
        return entry, "error", "the earlier evidence has no such figure of groups"
    try:
        anew = drift.drift(groups, then, ask, under)
    except Unusable as error:
        return entry, "error", str(error)
    if said[0] == "fail" or (anew.verdict == "pass" and said[0] != "pass"):
        return entry, *said
    figure = {"value": anew.value, "interval": anew.interval, "n": anew.n or None, "needed": anew.needed, "method": anew.method}
    return {**entry, **figure}, anew.verdict, anew.message


def weak(gate: Gate, attack: Any, references: Any) -> bool:
    """Tell whether an attack was weaker than a gate asks for."""
    from pytest_genomic_guard.policy.gatekeys import ATTACKS  # noqa: PLC0415 - a policy with gates has loaded it
    from pytest_genomic_guard.policy.promises import strength  # noqa: PLC0415 - as above

    asked = gate.options.get("min-attack")
    if asked is None:
        return False
    least, models = strength(asked)
    known = ATTACKS.get(attack or "loss", -1) if isinstance(attack, str) or attack is None else -1
    return known < least or not isinstance(references, int) or references < models


def _differs(found: Mapping[str, Any], gate: Gate, small: int) -> str:
    """Return the keys of the policy by which the evidence is not what would be computed now, its bounds aside."""
    now = terms(gate, small)
    skipped = {"bounds", "references", "confidence", "small-cell"}
    return ", ".join(key for key in sorted({*now, *found} - skipped) if found.get(key) != now.get(key))


def figures(found: Mapping[str, Any]) -> dict[str, Earlier]:
    """Return the figures of groups by metric from evidence that was read."""
    told = {entry["metric"].rpartition(".")[0]: entry for entry in found["metrics"]}
    return {
        metric: Earlier(groups=tuple(map(plausible.group, entry["groups"])), confidence=plausible.level(entry))
        for metric, entry in told.items()
    }
