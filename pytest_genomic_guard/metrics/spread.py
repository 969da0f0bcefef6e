"""From the influence of each row to the errors of the groups' figures, with rows alone or in clusters.

An estimate differs from what it estimates by about the sum of the influences of its rows (Hampel 1974). So its variance is the sum
of their squares; in clusters (families, visits of one person), that of the squares of the clusters' sums.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import ranks
from pytest_genomic_guard.metrics.nouns import Figures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.ranks import Array, Part
    from pytest_genomic_guard.metrics.scales import Limits

    One = Callable[[Part], "Estimate"]


class Estimate(Record):
    """One metric of one group."""

    value: float  # nan: undefined
    n: int  # the denominator, in people
    influence: Array  # float64[k]: what each row of the part adds to the error of the value
    variance: float  # nan: unknown, of too few rows
    held: float  # effective number of independent people that the figure rests on
    freedom: float = float("inf")  # degrees of freedom of the variance
    more: tuple[float, ...] = ()  # what the limits need besides


class Spread(Record):
    """The estimates of all groups: float64[groups] each."""

    value: Array
    n: Array  # int64
    error: Array  # inf: unknown
    held: Array
    freedom: Array
    skew: Array  # third cumulant over the second one
    relative: Array  # variance of one person over the square of the value, clusters or not; nan: unknown
    more: Array  # float64[groups, numbers]
    correlation: Array | None  # float64[groups, groups]


def people(weights: Array) -> float:
    """Return how many unweighted people tell as much: Kish's effective size."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0


def variance(influence: Array) -> float:
    """Return the variance of a sum of influences of independent rows; nan of fewer than two."""
    k = len(influence)
    return float((influence**2).sum()) * k / (k - 1) if k > 1 else float("nan")


def undefined(part: Part, n: int, more: int = 0) -> Estimate:
    """Return the estimate of what cannot be computed, with as many further numbers as an estimate has."""
    nan = float("nan")
    return Estimate(value=nan, n=n, influence=np.zeros(len(part.rows)), variance=nan, held=0.0, more=(nan,) * more)


def influences(one: One, codes: Any, groups: int, columns: Sequence[Array], weights: Any) -> Array:
    """Return the influence of each row, in the order of the input; 0 in groups whose figure is undefined."""
    out = np.zeros(len(codes))
    for part in ranks.parts(codes, groups, columns, weights):
        out[part.rows] = one(part).influence
    return out


def spread(one: One, found: Iterable[Part]) -> Spread:
    """Return the estimates of all groups with their errors."""
    made, skew, relative, sums = [], [], [], []
    for part in found:
        estimate = one(part)
        totals, square = estimate.influence, estimate.value**2
        relative.append(estimate.variance * estimate.held / square if square else float("nan"))
        if part.clusters is not None:
            sums.append(_sums(part.clusters, totals))
            totals, plain = np.sort(sums[-1][1]), (totals**2).sum()
            # what the metric adds to the variance that so few rows tell holds for clusters as well
            excess = max(1.0, estimate.variance / plain) if plain else 1.0
            estimate = estimate.replace(
                variance=variance(totals) * excess,
                held=min(estimate.held, len(totals)),
                freedom=min(estimate.freedom, len(totals) - 1),
            )
        squares = totals * totals
        skew.append((squares * totals).sum() / squares.sum() if squares.any() else 0.0)
        made.append(estimate.replace(influence=None))
    names = ("value", "held", "freedom", "variance")
    value, held, freedom, variances = (np.array([getattr(estimate, name) for estimate in made], np.float64) for name in names)
    return Spread(
        value=value,
        n=np.array([estimate.n for estimate in made], np.int64),
        error=np.sqrt(np.where(np.isnan(variances), np.inf, variances)),
        held=held,
        freedom=freedom,
        skew=np.array(skew),
        relative=np.array(relative, np.float64),
        more=np.array([estimate.more for estimate in made], np.float64),
        correlation=_correlation(sums) if sums else None,
    )


def told(found: Spread, limits: Limits, name: str) -> Figures:
    """Return the estimates as figures."""
    return Figures(value=found.value, n=found.n, limits=limits, error=found.error, correlation=found.correlation, name=name)


def _sums(clusters: Array, influence: Array) -> tuple[Array, Array]:
    """Return the clusters that have rows here, sorted, and the sum of each."""
    names, places = np.unique(clusters, return_inverse=True)
    return names, np.bincount(places, influence, len(names))


def _correlation(sums: Sequence[tuple[Array, Array]]) -> Array | None:
    """Return the correlations of the groups' estimates; None where no cluster reaches two groups.

    Products are sorted before they are added, as clusters have no order of their own.
    """
    groups = len(sums)
    group = np.repeat(np.arange(groups), [len(names) for names, _totals in sums])
    cluster, total = (np.concatenate([pair[field] for pair in sums]) for field in (0, 1))
    order = np.lexsort((group, cluster))
    group, cluster, total = group[order], cluster[order], total[order]
    cells, products = [np.zeros(0, np.int64)], [np.zeros(0)]
    for apart in range(1, groups):  # two groups of one cluster are at most so far apart, and seldom far
        same = cluster[apart:] == cluster[:-apart]
        if not same.any():
            break
        cells.append((group[:-apart] * groups + group[apart:])[same])
        products.append((total[:-apart] * total[apart:])[same])
    cell, product = np.concatenate(cells), np.concatenate(products)
    if not len(cell):
        return None
    order = np.lexsort((product, cell))
    shared = np.bincount(cell[order], product[order], groups * groups).reshape(groups, groups)
    error = np.array([np.sqrt((np.sort(np.abs(totals)) ** 2).sum()) or np.inf for _names, totals in sums])
    correlation: Array = np.clip((shared + shared.T) / np.outer(error, error), -1, 1) + np.eye(groups)
    return correlation
