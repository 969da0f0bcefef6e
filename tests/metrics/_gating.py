"""Many gates at once: sets of groups, of which each is judged as `fairness.assess` would judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from pytest_genomic_guard.metrics import compare, limits, simultaneous

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.metrics.nouns import Figures

CHANCE = 1e-6  # with which a test fails although all is as it should be


def differences(found: Sequence[Figures], groups: int, limit: float, *, pairs: bool = True, bounds: int = 0) -> tuple[Any, Any]:
    """Return which sets fail, and which pass, each of the bounds `<= limit` on a difference: bool[bounds, sets] each.

    `found` has for each bound a figure of groups, set after set. There may be more `bounds` than are looked at here.
    """
    z = simultaneous.critical(0.95, bounds or len(found), [simultaneous.Block(pairs=pairs, count=groups)])
    first, second = np.triu_indices(groups, 1)
    fails, passes = [], []
    for figures in found:
        value, low, high = (each.reshape(-1, groups) for each in (figures.value, *figures.limits(z)))
        one, two = ((value[:, at], low[:, at], high[:, at]) for at in (first, second))
        low, high = compare.folded(*limits.mover_difference(one, two), ratio=False)
        fails.append(low.max(axis=1) > limit)
        passes.append(high.max(axis=1) <= limit)
    return np.array(fails), np.array(passes)


def seldom(errors: int, runs: int, rate: float, chance: float = CHANCE) -> bool:
    """Tell whether so many errors, or more, have at least this chance if they are as frequent as `rate`."""
    return float(stats.binomtest(errors, runs, rate, "greater").pvalue) > chance


def at_most(errors: int, runs: int, rate: float) -> bool:
    """Tell whether so few errors are proof, at 95 %, that they are no more frequent than `rate`."""
    return float(stats.binomtest(errors, runs).proportion_ci(0.95).high) <= rate
