"""Groups compared with one another, with the rest, with all, or with one of them: differences and ratios with their intervals.

A difference is told without its sign and a ratio is at most 1, whichever way round: neither depends on which group is named first.
Two figures are put together by MOVER (see `limits`) with the correlation of their estimates.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import limits
from pytest_genomic_guard.metrics.simultaneous import Block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Figures

    Ends = Callable[[float], tuple[Any, Any]]


class Figured(Record):
    """One figure of the groups of one grouping, and which of them have enough behind it to be judged."""

    at: int  # the grouping's index
    part: str  # the figure: "tpr"
    labels: tuple[str, ...]
    figures: Figures
    judged: Any  # int64, into labels, from the lowest figure to the highest


def figured(at: int, part: str, labels: tuple[str, ...], figures: Figures, minimum: int) -> Figured:
    """Return the figures of a grouping; groups are judged that have a figure, on a denominator of at least `minimum`.

    They stand in an order of what they are, and only where two are alike by name, so that no sum or pair depends on names.
    """
    fit = np.flatnonzero(np.isfinite(figures.value) & (figures.n >= max(minimum, 1)))
    keys = zip(
        figures.value[fit].tolist(), figures.n[fit].tolist(), np.nan_to_num(figures.error[fit]).tolist(), fit.tolist(), strict=True
    )
    judged = [key[-1] for key in sorted(keys, key=lambda key: (*key[:-1], labels[key[-1]]))]
    return Figured(at=at, part=part, labels=labels, figures=figures, judged=np.array(judged, np.int64))


class Other(Record):
    """What groups are compared with that is no single group: a figure of its own for each of them."""

    name: str  # "the rest", "all"
    figures: Figures
    correlation: Any = 0.0  # float64[groups], of each group's estimate with it
    share: Any = None  # float64[groups]: with these, `figures` are of the rest, and all is made of both: of a mean


class Compared(Record):
    """Comparisons within one grouping by one figure. Arrays have one entry a comparison."""

    of: Figured
    left: Any  # int64, into labels
    right: Any = None  # int64, into labels; None: `against` is what the groups are compared with
    against: str = ""
    signed: Any  # left - right, or left / right; new - base; or the figure itself
    value: Any  # the same without its direction; nan where it is undefined
    ends: Ends  # critical value z -> lower and upper ends of `value`
    n: Any  # the smaller denominator
    block: Block


def own(of: Figured) -> Compared:
    """Return the groups by themselves: what the least and the greatest are taken of."""

    def ends(z: float) -> tuple[Any, Any]:
        low, high = of.figures.limits(z)
        return low[of.judged], high[of.judged]

    value, n = of.figures.value[of.judged], of.figures.n[of.judged]
    return Compared(of=of, left=of.judged, signed=value, value=value, ends=ends, n=n, block=Block(pairs=False, count=len(value)))


def pairs(of: Figured, *, ratio: bool) -> Compared:
    """Compare all pairs of groups."""
    first, second = np.triu_indices(len(of.judged), 1)
    block = Block(pairs=True, count=len(of.judged))
    if of.figures.correlation is not None:  # Tukey's range is of independent figures
        block = Block(pairs=False, count=len(first))
    return _between(of, of.judged[first], of.judged[second], block, ratio=ratio)


def reference(of: Figured, at: int, *, ratio: bool) -> Compared:
    """Compare the groups with the one at index `at`; with one that is not judged itself nothing can be compared."""
    left = of.judged[of.judged != at] if at in of.judged else of.judged[:0]
    return _between(of, left, np.full_like(left, at), Block(pairs=False, count=len(left)), ratio=ratio)


def _between(of: Figured, left: Any, right: Any, block: Block, *, ratio: bool) -> Compared:
    figures = of.figures
    r = 0.0 if figures.correlation is None else figures.correlation[left, right]
    combine = limits.mover_ratio if ratio else limits.mover_difference

    def ends(z: float) -> tuple[Any, Any]:
        low, high = figures.limits(z)
        found = combine((figures.value[left], low[left], high[left]), (figures.value[right], low[right], high[right]), r)
        return folded(*found, ratio=ratio)

    signed = _apart(figures.value[left], figures.value[right], ratio=ratio)
    n = np.minimum(figures.n[left], figures.n[right])
    return Compared(
        of=of, left=left, right=right, signed=signed, value=undirected(signed, ratio=ratio), ends=ends, n=n, block=block
    )


def others(of: Figured, other: Other, minimum: int, *, ratio: bool) -> Compared:
    """Compare the groups each with the rest, or with all, where that has a denominator of at least `minimum`."""
    second = other.figures
    at = of.judged[np.isfinite(second.value[of.judged]) & (second.n[of.judged] >= minimum)]
    r = np.broadcast_to(other.correlation, of.figures.value.shape)[at]
    combine = limits.mover_ratio if ratio else limits.mover_difference

    def ends(z: float) -> tuple[Any, Any]:
        low, high = of.figures.limits(z)
        below, above = second.limits(z)
        found = combine((of.figures.value[at], low[at], high[at]), (second.value[at], below[at], above[at]), r)
        return folded(*(_diluted(end, at, other, ratio=ratio) for end in found), ratio=ratio)

    signed = _diluted(_apart(of.figures.value[at], second.value[at], ratio=ratio), at, other, ratio=ratio)
    return Compared(
        of=of,
        left=at,
        against=other.name,
        signed=signed,
        value=undirected(signed, ratio=ratio),
        ends=ends,
        n=np.minimum(of.figures.n[at], second.n[at]),
        block=Block(pairs=False, count=len(at)),
    )


def _apart(a: Any, b: Any, *, ratio: bool) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return a / b if ratio else a - b


def _diluted(value: Any, at: Any, other: Other, *, ratio: bool) -> Any:
    """Return a comparison with all from that with the rest, where all is a mean that holds a share of the group."""
    if other.share is None:
        return value
    share = other.share[at]
    if not ratio:
        return (1 - share) * value
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.isinf(value), 1 / share, value / (share * value + 1 - share))


def undirected(signed: Any, *, ratio: bool) -> Any:
    """Return a difference without its sign, or a ratio as the smaller over the larger."""
    with np.errstate(divide="ignore"):
        return np.minimum(signed, 1 / signed) if ratio else np.abs(signed)


def folded(low: Any, high: Any, *, ratio: bool) -> tuple[Any, Any]:
    """Return the ends of a comparison without its direction from those of one with it."""
    if not ratio:
        return np.maximum(np.maximum(low, -high), 0.0), np.maximum(np.abs(low), np.abs(high))
    with np.errstate(divide="ignore"):
        back, forth = 1 / high, 1 / low
    return np.fmin(low, back), np.where(low > 1, forth, np.where(high < 1, high, 1.0))


def finite(low: float, high: float) -> tuple[float, float] | None:
    """Return an interval, or None where it has no ends."""
    return (float(low), float(high)) if math.isfinite(low) and math.isfinite(high) else None
