"""A bound held against all comparisons of a gate at once: the worst of them, its interval, and what it would take to decide."""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal

    from pytest_genomic_guard.metrics.compare import Compared
    from pytest_genomic_guard.metrics.nouns import Ask
    from pytest_genomic_guard.model import Verdict

    Band = Literal["", "pass", "recalibrate", "stop"]

_CUT = 1.1  # a side that is cut off, to the other one
_MOST = 10**9  # people: a larger number that would decide is none


class Extreme(Record):
    """The greatest, or the least, of all comparisons. Arrays have an entry for each of them, block after block."""

    compared: tuple[Compared, ...]
    greatest: bool
    value: Any
    low: Any  # where it has no end, infinite
    high: Any
    n: Any
    worst: int  # which one it is; of equals the one whose interval reaches farthest, and of those the first

    @property
    def farthest(self) -> int:
        """Return the one whose interval reaches farthest."""
        return int(np.argmax(self.high) if self.greatest else np.argmin(self.low))

    @property
    def unknown(self) -> bool:
        """Tell whether a comparison has no value, as a ratio of 0 to 0."""
        return bool(np.isnan(self.value).any())

    @property
    def figure(self) -> tuple[float | None, float, float]:
        """Return value, low and high of the whole."""
        take = np.max if self.greatest else np.min
        value = float(self.value[self.worst])
        return (None if math.isnan(value) else value), float(take(self.low)), float(take(self.high))

    def place(self, at: int) -> tuple[Compared, int]:
        """Return a comparison's block, and its index there."""
        for block in self.compared:
            if at < len(block.left):
                return block, at
            at -= len(block.left)
        raise IndexError(at)


def extreme(compared: Sequence[Compared], z: float, *, greatest: bool) -> Extreme:
    """Return the greatest or the least of at least one comparison, at critical value `z`."""
    ends = [block.ends(z) for block in compared]
    low, high = (np.concatenate([each[side] for each in ends]) for side in (0, 1))
    low, high = np.where(np.isnan(low), -math.inf, low), np.where(np.isnan(high), math.inf, high)
    value, sign = np.concatenate([block.value for block in compared]), 1 if greatest else -1
    far, near = (high, low) if greatest else (low, high)
    known = np.where(np.isnan(value), -math.inf, sign * value)
    worst = int(np.lexsort((-np.arange(len(value)), sign * near, sign * far, known))[-1])
    n = np.concatenate([block.n for block in compared])
    return Extreme(compared=tuple(compared), greatest=greatest, value=value, low=low, high=high, n=n, worst=worst)


def inside(ask: Ask, value: Any, limit: float | None = None) -> Any:
    """Tell whether a value, or each of several, keeps a bound."""
    limit = ask.limit if limit is None else limit
    return value <= limit if ask.operator == "<=" else value >= limit


def decided(ask: Ask, value: float | None, low: float, high: float, *, point: bool) -> Literal["pass", "fail", "inconclusive"]:
    """Return what an interval says of a bound, or, where points decide, what the value says."""
    if point:
        return "inconclusive" if value is None else "pass" if inside(ask, value) else "fail"
    ends = bool(inside(ask, low)), bool(inside(ask, high))
    return "pass" if all(ends) else "inconclusive" if any(ends) else "fail"


def band(ask: Ask, verdict: Verdict, figure: tuple[float | None, float, float], *, point: bool) -> Band:
    """Return the band of a bound that has three: what breaks the inner limit is recalibrated, or stops if it breaks the outer."""
    if ask.recalibrate is None or verdict not in {"pass", "fail"}:
        return ""
    outer = decided(ask.replace(limit=ask.recalibrate), *figure, point=point)
    return "pass" if verdict == "pass" else "stop" if outer == "fail" else "recalibrate"


def needed(ask: Ask, found: Extreme) -> int | None:
    """Return how large the smallest group would have to be, if the figures stay as they are, for the whole to be decided.

    Widths shrink with the square root of n, those of ratios on the scale of logarithms. If the worst comparison keeps the bound,
    the last of them must come to keep it; if it breaks it, one must come to break it. None where a figure lies on the bound, or an
    end is unknown.
    """
    values = np.where(np.isnan(found.value), ask.limit, found.value)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        wanted = np.ceil(found.n * _times(ask, found, values))
    keeps = inside(ask, values)
    doubtful = inside(ask, found.low) != inside(ask, found.high)
    if not np.any(doubtful):
        return None
    breaking = doubtful & ~keeps
    number = float(np.min(wanted[breaking]) if np.any(breaking) else np.max(wanted[doubtful]))
    return int(number) if math.isfinite(number) and number <= _MOST else None


def _times(ask: Ask, found: Extreme, values: Any) -> Any:
    """Return how many times as many people bring each interval to one side of the bound.

    The shorter side of a skewed interval shrinks more slowly than the longer one: it is told as their mean. A side that is cut off,
    as a figure can go no further, is about as long as the other one.
    """
    ratio = (names.split(ask.metric) or ("", ""))[1] == "ratio"
    logs = (found.low > 0) & (ask.limit > 0) & ratio

    def on(scale: Any) -> Any:
        return np.where(logs, np.log(scale), scale)

    down, up = on(values) - on(found.low), on(found.high) - on(values)
    floor, ceiling = (found.low == 0) & np.isfinite(up), (found.high == 1) & ratio
    mean = np.where(floor | ceiling | ~np.isfinite(down + up), 0.0, (down + up) / 2)
    down = np.where(floor, np.maximum(down, _CUT * up), down)
    up = np.where(ceiling, np.maximum(up, _CUT * down), up)
    reach = np.maximum(np.where(values > ask.limit, down, up), mean)
    return (reach / np.abs(on(values) - on(ask.limit))) ** 2


def standing(ask: Ask, found: Extreme, *, point: bool) -> dict[tuple[int, str], Literal["pass", "fail", "inconclusive"]]:
    """Return, by index of grouping and by label, what a group's comparisons say: fail if one is outside, pass if all are inside.

    One that has no value says nothing.
    """
    low, high = (found.value, found.value) if point else (found.low, found.high)
    low, high = inside(ask, low), inside(ask, high) | np.isnan(found.value)
    told: dict[tuple[int, str], Literal["pass", "fail", "inconclusive"]] = {}
    start = 0
    for block in found.compared:
        part = slice(start, start + len(block.left))
        start = part.stop
        size = len(block.of.labels)
        counts = []
        for mask in (~(low[part] | high[part]), ~(low[part] & high[part])):
            total = np.bincount(block.left, mask, minlength=size)
            counts.append(total if block.right is None else total + np.bincount(block.right, mask, minlength=size))
        for at in np.unique(block.left if block.right is None else np.concatenate((block.left, block.right))).tolist():
            key = block.of.at, block.of.labels[at]
            verdict: Literal["pass", "fail", "inconclusive"] = (
                "fail" if counts[0][at] else "inconclusive" if counts[1][at] else "pass"
            )
            known = told.get(key, "pass")
            told[key] = "fail" if "fail" in {verdict, known} else "inconclusive" if "inconclusive" in {verdict, known} else "pass"
    return told
