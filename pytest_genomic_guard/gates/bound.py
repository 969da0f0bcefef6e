"""A bound on a figure with an interval.

The whole interval inside the bound passes, the whole of it outside fails, anything else is inconclusive: judging the figure alone
fails a perfectly fair model most of the time when groups are small.
"""

from __future__ import annotations

import math

from pytest_genomic_guard.evidence.numbers import finite
from pytest_genomic_guard.gates.masking import WITHHELD
from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.report import GateVerdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from pytest_genomic_guard.evidence.files import Evidence
    from pytest_genomic_guard.model import Verdict
    from pytest_genomic_guard.policy import Bound, Gate


def judge(gate: Gate, bound: Bound, evidence: Evidence, small: int, *, on_inconclusive: str) -> GateVerdict:
    """Judge one bound of a gate. Evidence is a number, or ``{value, n, interval: [low, high], confidence}``.

    Of 1 to `small` people the verdict alone is told.
    """
    measure = _folded(bound, _measure(evidence, gate, bound))
    value, interval, n = finite(measure.get("value")), _interval(measure.get("interval")), measure.get("n")
    counted = n if isinstance(n, int) and not isinstance(n, bool) and n >= 0 else 0
    level = _level(measure)
    verdict, message = _verdict(gate, bound, evidence, measure)
    shown = None if verdict == "error" or level is None else interval  # of unknown confidence it tells nothing
    told = GateVerdict(
        gate=gate.name,
        kind=gate.kind,
        metric=bound.metric,
        bound=bound.text,
        value=value,
        interval=shown,
        confidence=level if shown and level else gate.confidence,
        n=counted,
        verdict=verdict,
        outcome=outcome(verdict, gate, on_inconclusive),
        message=message,
        source="file",
    )
    if not 0 < (finite(n) or 0) <= small:
        return told
    return told.replace(value=None, interval=None, n=None, message=f"{WITHHELD}; {message}")


def _measure(evidence: Evidence, gate: Gate, bound: Bound) -> dict[str, Any]:
    """Return the figure of this bound: the pointed-to object, or its member of the metric's name, as it must be with several.

    What a file has in other words (successes k of n, an interval under another name, the support of a report) is put into ours.
    """
    found, figure = evidence.value, evidence.figure
    if isinstance(found, dict) and bound.metric in found:
        from pytest_genomic_guard.evidence import metricfiles  # noqa: PLC0415 - for gates on such files

        found = found[bound.metric]
        figure = metricfiles.of(found, rate=is_rate(bound.metric), confidence=gate.confidence)
    elif len(gate.bounds) > 1:
        return {}  # one figure cannot answer for several metrics
    raw = found if isinstance(found, dict) else {"value": found}
    if figure is None or figure.problem or "interval" in raw:
        return raw
    if figure.metric and figure.metric != bound.metric:
        return {}
    counted = figure.successes is None or is_rate(bound.metric)  # of what is no share of people, k of n is no evidence
    interval = [*figure.interval] if figure.interval and counted else None
    return {"value": figure.value, "interval": interval, "n": raw.get("n", figure.n), "confidence": figure.confidence}


def _folded(bound: Bound, measure: dict[str, Any]) -> dict[str, Any]:
    """Return a ratio as that of the smaller to the larger, which it is here; others write that of one group to another."""
    value, ends = finite(measure.get("value")), _interval(measure.get("interval"))
    if not bound.metric.endswith(".ratio") or value is None or max((value, *(ends or ()))) <= 1:
        return measure
    found = measure | {"value": min(value, 1 / value) if value else value}
    if ends:
        low, high = ends
        if low <= 0:
            return found | {"interval": [low, min(high, 1.0)]}
        found["interval"] = [min(low, 1 / high), 1.0 if low <= 1 <= high else max(min(each, 1 / each) for each in ends)]
    return found


def is_rate(metric: str) -> bool:
    """Tell whether a metric is a share of people, so that its value and n are all that an interval needs."""
    fair = names.split(metric)
    if fair is None:
        return metric.startswith("tpr@fpr=")
    return fair[1] in {"min", "max"} and not names.METRICS[fair[0]].rows and fair[0] != "balanced-accuracy"


def possible(bound: Bound) -> tuple[float, float]:
    """Return between what a metric of a file can lie; a ratio that others made need not be that of the smaller to the larger."""
    if names.split(bound.metric) is None:
        return 0.0, 1.0 if bound.metric in {"auc", "advantage"} or is_rate(bound.metric) else math.inf
    low, high = names.possible(bound.metric)
    return low, math.inf if bound.metric.endswith(".ratio") else high


def _verdict(  # noqa: PLR0911 - one return for each thing that can be missing, in the order in which it is asked for
    gate: Gate, bound: Bound, evidence: Evidence, measure: dict[str, Any]
) -> tuple[Verdict, str]:
    value, interval = finite(measure.get("value")), _interval(measure.get("interval"))
    if evidence.problem:
        return "error", evidence.problem
    if value is None:
        return "error", "the evidence holds no finite number for this metric"
    low, high = possible(bound)
    if not low <= value <= high:
        return "error", "the value is none that this metric can have"
    if gate.decide == "point":
        return by_point(bound, value)
    if measure.get("interval") is None:
        return "inconclusive", "a figure without an interval is no evidence: point only"
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
    return sides(bound, interval)


def sides(bound: Bound, interval: tuple[float, float]) -> tuple[Verdict, str]:
    """Return on which side of a bound an interval lies, and that in words."""
    low, high = (_inside(end, bound) for end in interval)
    if low and high:
        return "pass", "the whole interval keeps the bound"
    if not low and not high:
        return "fail", "the whole interval breaks the bound"
    return "inconclusive", "the interval holds values on both sides of the bound"


def by_point(bound: Bound, value: float) -> tuple[Verdict, str]:
    """Return on which side of a bound a value lies."""
    return ("pass" if _inside(value, bound) else "fail"), "judged by the point estimate alone, as the policy says"


def band(bound: Bound, verdict: Verdict, interval: tuple[float, float] | None) -> Literal["", "pass", "recalibrate", "stop"]:
    """Return in which of three bands a figure lies: it stops where the whole interval lies beyond the middle one."""
    if bound.recalibrate is None or interval is None or verdict not in {"pass", "fail"}:
        return ""
    if verdict == "pass":
        return "pass"
    beyond = [not _inside(end, bound.replace(limit=bound.recalibrate)) for end in interval]
    return "stop" if all(beyond) else "recalibrate"


def _inside(value: float, bound: Bound) -> bool:
    return value <= bound.limit if bound.operator == "<=" else value >= bound.limit


def _interval(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    low, high = finite(value[0]), finite(value[1])
    return None if low is None or high is None or low > high else (low, high)


def _level(measure: dict[str, Any]) -> float | None:
    """Return the confidence that the evidence states for its interval; None when it states none that can be."""
    level = finite(measure.get("confidence"))
    return level if level and 0 < level < 1 else None


def outcome(
    verdict: Verdict, gate: Gate, on_inconclusive: str, *, recalibrate: bool = False
) -> Literal["pass", "fail", "warn", "note"]:
    """Return what a verdict does to a run; `recalibrate`: the figure lies in the middle of three bands."""
    if verdict == "pass":
        return "pass"
    if verdict == "fail" and recalibrate:
        return "warn"
    if verdict in {"fail", "error"} or gate.decide == "pass-if-proven" or on_inconclusive == "fail":
        return "fail"
    return "note" if on_inconclusive == "note" else "warn"


def without(gate: Gate, bound: Bound, verdict: Verdict, message: str, on_inconclusive: str) -> GateVerdict:
    """Return what is said of a bound that there is no figure for."""
    return GateVerdict(
        gate=gate.name,
        kind=gate.kind,
        metric=bound.metric,
        bound=bound.text,
        value=None,
        interval=None,
        confidence=gate.confidence,
        n=0,
        verdict=verdict,
        outcome=outcome(verdict, gate, on_inconclusive),
        message=message,
    )
