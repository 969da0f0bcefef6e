"""The critical value of many comparisons at once from resampled counts, which know how rates of the same people hang together.

Resampling rows is resampling the cells that they are counted in: a multinomial for each group, with the same distribution, at a
cost that does not grow with the rows. The largest of all studentised deviations (max-T; Westfall & Young 1993) gives one critical
value for all bounds on rates together; limits are those of `limits` at that value, which have a width even where a rate is 0 or 1
and a percentile bootstrap has none.

Random numbers follow from the counts alone: neither the order of rows nor the names of groups change them.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics import cells, limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.compare import Compared

_AT_ONCE = 1 << 22  # deviations held at a time
_MOST = 10**8  # deviations in all, for which seconds are enough


def critical(counts: Mapping[int, Any], compared: Sequence[Compared], alpha: float, resamples: int) -> float:
    """Return the critical value that all comparisons keep in a share 1 - alpha of the resamples, rounded up to the next of them.

    `counts` are int64[groups, 4] by index of grouping. Infinite where there are too few resamples to tell, or more
    comparisons than can be resampled. No smaller than that of a single comparison: nothing is gained by luck.
    """
    rank = math.ceil((resamples + 1) * (1 - alpha))
    if rank > resamples or resamples * sum(len(block.left) for block in compared) > _MOST:
        return math.inf
    largest = np.zeros(resamples)
    drawn = {at: _drawn(found, at, resamples) for at, found in sorted(counts.items()) if any(each.of.at == at for each in compared)}
    for block in compared:
        np.maximum(largest, _deviations(counts[block.of.at], drawn[block.of.at], block), out=largest)
    return max(float(np.partition(largest, rank - 1)[rank - 1]), limits.quantile(1 - alpha / 2))


def _drawn(counts: Any, at: int, resamples: int) -> Any:
    """Return int64[resamples, groups, 4]."""
    found = np.zeros((resamples, *counts.shape), np.int64)
    alike: dict[tuple[int, ...], int] = {}
    for group, row in enumerate(counts.tolist()):
        people = sum(row)
        if people:
            alike[tuple(row)] = alike.get(tuple(row), 0) + 1
            seed = np.random.SeedSequence([at, alike[tuple(row)], *row])
            found[:, group] = np.random.Generator(np.random.PCG64(seed)).multinomial(people, np.array(row) / people, resamples)
    return found


def _deviations(counts: Any, drawn: Any, block: Compared) -> Any:
    """Return float64[resamples]: the largest deviation of a resampled comparison from what was found, in its standard errors."""
    value, again = _rates(counts, block.of.part), _rates(drawn, block.of.part)
    if block.against:
        value = value - _rates(counts.sum(axis=-2, keepdims=True) - counts, block.of.part)
        again = again - _rates(drawn.sum(axis=-2, keepdims=True) - drawn, block.of.part)
    moved = again - value
    largest = np.zeros(len(drawn))
    step = max(1, _AT_ONCE // len(drawn))
    for start in range(0, len(block.left), step):
        part = slice(start, start + step)
        apart = moved[:, block.left[part]]
        if block.right is not None:
            apart = apart - moved[:, block.right[part]]
        apart = np.nan_to_num(apart)
        error = np.sqrt(np.mean(apart**2, axis=0))
        with np.errstate(divide="ignore", invalid="ignore"):
            np.maximum(largest, np.nan_to_num(np.abs(apart) / error).max(axis=1), out=largest)
    return largest


def _rates(counts: Any, metric: str) -> Any:
    """Return a metric of counts [..., groups, 4]; nan where it is undefined."""
    return sum(cells.ratio(counts, rate)[0] for rate in cells.RATES[metric]) / len(cells.RATES[metric])
