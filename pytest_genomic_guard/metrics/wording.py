"""What a fairness gate says: numbers, and names of groups and metrics. How many people a small group has is not said here."""

from __future__ import annotations

from pytest_genomic_guard.metrics.names import METRICS, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.metrics.groups import Group
    from pytest_genomic_guard.metrics.judging import Extreme
    from pytest_genomic_guard.metrics.names import Suffix

DECIDES = "in the smallest group would decide"  # ends what is said of that number, which is not told of a masked group
_NAMED = 5  # groups in one message; the others are counted


def number(value: float, metric: str) -> str:
    """Return a figure of a metric as it is told: three decimals of what lies between two small numbers."""
    kind = METRICS[metric]
    return f"{value:.3f}" if kind.high - kind.low <= 2 else f"{value:.4g}"


def worst(found: Extreme, metric: str, suffix: Suffix) -> str:
    """Return the worst comparison with its interval: "worst pair EUR - AFR: 0.213, from 0.171 to 0.254"."""
    at = found.worst
    block, index = found.place(at)
    what = "worst" if block.right is None else "worst pair"
    change = "highest change" if found.greatest else "lowest change"
    what = {"min": "lowest", "max": "highest", "change": change, "drift": "largest drift"}.get(suffix, what)
    told = f"{what} {_named(found, at, suffix)}"
    if len(parts(metric)) > 1:
        told += f" ({block.of.part})"
    value = block.value[index]
    figure = number(value, metric) if value == value else "undefined"  # noqa: PLR0124 - nan is not itself
    return f"{told}: {figure}, from {number(found.low[at], metric)} to {number(found.high[at], metric)}"


def farthest(found: Extreme, metric: str, suffix: Suffix) -> str:
    """Return which other comparison's interval reaches beyond that of the worst; empty where none does."""
    at = found.farthest
    if at == found.worst:
        return ""
    end = found.high[at] if found.greatest else found.low[at]
    return f"; {_named(found, at, suffix)} may be {number(end, metric)}"


def _named(found: Extreme, at: int, suffix: Suffix) -> str:
    block, index = found.place(at)
    left = block.of.labels[block.left[index]]
    if block.right is None:
        return f"{left} against {block.against}" if block.against else left
    right = block.of.labels[block.right[index]]
    if suffix == "ratio":
        return f"{left} / {right}" if block.signed[index] <= 1 else f"{right} / {left}"
    return f"{left} - {right}" if block.signed[index] >= 0 else f"{right} - {left}"


def gaps(groups: Sequence[Group], metric: str, minimum: int) -> list[str]:
    """Return what is said of groups that are not judged, and why."""
    counted = " or ".join(dict.fromkeys(METRICS[part].counts for part in parts(metric)))
    reasons = {
        "missing": "declared and not in the data",
        "undefined": {"people of the rarer class": "undefined (one class only)", "people": "undefined"}.get(
            counted, f"undefined (no {counted})"
        ),
        "small": f"too small to judge (fewer than {minimum} {counted})",
        "alone": "nothing to compare with",
    }
    found = []
    for state, reason in reasons.items():
        labels = [group.label for group in groups if group.state == state]
        if labels:
            found.append(f"{reason}: {some(labels)}")
    return found


def some(labels: Sequence[str]) -> str:
    """Return the first of some groups by name, and how many more there are."""
    return ", ".join(labels[:_NAMED]) + (f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else "")


def verdict(word: str, *, point: bool, gapped: bool) -> str:
    """Return why the verdict is this one."""
    if gapped and word == "pass":
        return "those that can be judged keep the bound"
    if point:
        return "judged by the point estimate alone, as the policy says"
    return {
        "pass": "the whole interval keeps the bound",
        "fail": "the whole interval breaks the bound",
        "inconclusive": "the interval holds values on both sides of the bound",
    }[word]


def enough(needed: int, metric: str) -> str:
    """Return how many would decide."""
    counted = METRICS[parts(metric)[0]].counts if len(parts(metric)) == 1 else "people in each denominator"
    return f"about {needed:,} {counted} {DECIDES}"


def method(name: str, suffix: Suffix, family: str) -> str:
    """Return how intervals were made."""
    made = f"{name} intervals" if suffix in {"min", "max"} else f"MOVER of {name} intervals"
    return f"{made}, {family}"
