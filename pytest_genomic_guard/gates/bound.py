"""A bound on a figure with an interval.

The whole interval inside the bound passes, the whole of it outside fails, anything else is inconclusive: judging the figure alone
fails a perfectly fair model most of the time when groups are small.
"""

from __future__ import annotations

import math

from pytest_genomic_guard.report import GateVerdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from pytest_genomic_guard.evidence.files import Evidence
    from pytest_genomic_guard.model import Verdict
    from pytest_genomic_guard.policy import Bound, Gate


def judge(gate: Gate, bound: Bound, evidence: Evidence, *, on_inconclusive: str) -> GateVerdict:
    """Judge one bound of a gate. Evidence is a number, or ``{value, n, interval: [low, high], confidence}``."""
    measure = _measure(evidence.value, gate, bound)
    value, interval, n = _number(measure.get("value")), _interval(measure.get("interval")), measure.get("n")
    counted = n if isinstance(n, int) and not isinstance(n, bool) and n >= 0 else 0
    level = _level(measure)
    verdict, message = _verdict(gate, bound, evidence, measure)
    shown = None if verdict == "error" or level is None else interval  # of unknown confidence it tells nothing
    return GateVerdict(
        gate=gate.name,
        kind=gate.kind,
        metric=bound.metric,
        bound=bound.text,
        value=value,
        interval=shown,
        confidence=level if shown and level else gate.confidence,
        n=counted,
        verdict=verdict,
        outcome=_outcome(verdict, gate, on_inconclusive),
        message=message,
    )


def _measure(found: Any, gate: Gate, bound: Bound) -> dict[str, Any]:
    """Return the figure of this bound: the pointed-to object, or its member of the metric's name, as it must be with several."""
    if isinstance(found, dict) and bound.metric in found:
        found = found[bound.metric]
    elif len(gate.bounds) > 1:
        found = None  # one figure cannot answer for several metrics
    return found if isinstance(found, dict) else {"value": found}


def _verdict(  # noqa: PLR0911 - one return for each thing that can be missing, in the order in which it is asked for
    gate: Gate, bound: Bound, evidence: Evidence, measure: dict[str, Any]
) -> tuple[Verdict, str]:
    value, interval = _number(measure.get("value")), _interval(measure.get("interval"))
    if evidence.problem:
        return "error", evidence.problem
    if value is None:
        return "error", "the evidence holds no finite number for this metric"
    if not 0 <= value <= (math.inf if bound.metric.endswith(".ratio") else 1):
        return "error", "the value is none that this metric can have"
    if gate.decide == "point":
        inside = _inside(value, bound)
        return ("pass" if inside else "fail"), "judged by the point estimate alone, as the policy says"
    if measure.get("interval") is None:
        return "inconclusive", "a figure without an interval is no evidence"
    if interval is None or not interval[0] <= value <= interval[1]:
        return "error", "the interval is not two finite numbers around the value"
    if interval[0] == interval[1]:
        return "inconclusive", "an interval without width tells no uncertainty"
    n = measure.get("n")
    if not isinstance(n, int) or isinstance(n, bool) or n < gate.min_denominator:
        return "inconclusive", f"too little to judge: n must be at least {gate.min_denominator}"
    level = _level(measure)
    if level is None or level < gate.confidence:
        return "inconclusive", f"the interval's confidence must be stated and at least {gate.confidence:g}"
    low, high = (_inside(end, bound) for end in interval)
    if low and high:
        return "pass", "the whole interval keeps the bound"
    if not low and not high:
        return "fail", "the whole interval breaks the bound"
    return "inconclusive", "the interval holds values on both sides of the bound"


def _inside(value: float, bound: Bound) -> bool:
    return value <= bound.limit if bound.operator == "<=" else value >= bound.limit


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _interval(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    low, high = _number(value[0]), _number(value[1])
    return None if low is None or high is None or low > high else (low, high)


def _level(measure: dict[str, Any]) -> float | None:
    """Return the confidence that the evidence states for its interval; None when it states none that can be."""
    level = _number(measure.get("confidence"))
    return level if level and 0 < level < 1 else None


def _outcome(verdict: Verdict, gate: Gate, on_inconclusive: str) -> Literal["pass", "fail", "warn", "note"]:
    if verdict == "pass":
        return "pass"
    if verdict in {"fail", "error"} or gate.decide == "pass-if-proven" or on_inconclusive == "fail":
        return "fail"
    return "note" if on_inconclusive == "note" else "warn"
