"""Variances of estimates whose rows are not independent people: families, repeated visits, sampling weights.

An estimate is linearised: it is about the sum of its rows' influences, so that its variance is the sum over clusters of the squared
sum of influences in a cluster (Taylor linearisation; Binder 1983). A rate keeps its interval with the effective size that
this variance tells (Korn & Graubard 1998). Groups that share clusters are correlated.
"""

from __future__ import annotations

import math
import sys

import numpy as np

from pytest_genomic_guard.metrics import cells, scales

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Figures

_USUAL = 1.959964  # critical value at which standard errors are told
_LEAST = 1e-6  # people: where somebody is, a size that tells nothing
_EXACT = 1 << 52  # whole numbers up to here are exact in float64, and so are their sums


def total(values: Any, index: Any, size: int) -> Any:
    """Return float64[size]: the sums of `values` by `index`, to the last bit the same in every order of rows.

    Values are rounded to multiples of a power of two that is small enough for its sums to be exact: about 1e-16 of the largest
    value times the number of values that meet in one sum.
    """
    if not len(values):
        return np.zeros(size)
    largest = float(np.max(np.abs(values)))
    if largest == 0:
        return np.zeros(size)
    most = int(np.bincount(index, minlength=size).max())
    unit = max(math.ldexp(1.0, math.frexp(largest / _EXACT * most)[1]), sys.float_info.min)
    return np.bincount(index, np.rint(values / unit), minlength=size) * unit


def sums(influence: Any, codes: Any, groups: int, clusters: Any) -> tuple[Any, Any, Any]:
    """Return clusters, groups and sums of influence of all clusters in all groups that they reach, sorted by cluster and group."""
    keys, inverse = np.unique(clusters.astype(np.int64) * groups + codes, return_inverse=True)
    return keys // groups, keys % groups, total(influence, inverse, len(keys))


def variance(influence: Any, codes: Any, groups: int, clusters: Any = None) -> Any:
    """Return float64[groups]: the variances of the groups' estimates. Without clusters every row is one."""
    if clusters is None:
        return total(influence**2, codes, groups)
    _clusters, at, found = sums(influence, codes, groups, clusters)
    return total(found**2, at, groups)


def correlation(influence: Any, codes: Any, groups: int, clusters: Any) -> Any:
    """Return float64[groups, groups]: the correlations of the groups' estimates; None where no cluster reaches two groups."""
    if clusters is None:
        return None
    cluster, at, found = sums(influence, codes, groups, clusters)
    where, products = [], []
    for apart in range(1, groups):
        same = np.flatnonzero(cluster[apart:] == cluster[:-apart])
        if not len(same):
            break
        where.append(at[same] * groups + at[same + apart])
        products.append(found[same] * found[same + apart])
    if not where:
        return None
    shared = total(np.concatenate(products), np.concatenate(where), groups * groups).reshape(groups, groups)
    errors = np.sqrt(total(found**2, at, groups))
    return np.clip(scaled(shared + shared.T, errors[:, None] * errors[None, :]), -1.0, 1.0) + np.eye(groups)


def scaled(covariance: Any, product: Any) -> Any:
    """Return a correlation from a covariance and the product of the standard errors; 0 where one of them is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(product > 0, covariance / product, 0.0)


def influence(codes: Any, groups: int, found: Any, metric: str, weights: Any = None) -> Any:
    """Return float64[rows]: what each row adds to its group's rate, to the first order; see `figures` for the arguments."""
    mass = np.ones(len(codes)) if weights is None else weights
    keys = codes.astype(np.int64) * 4 + found
    table = cells.influence(total(mass, keys, groups * 4).reshape(groups, 4), metric)
    return table.reshape(-1)[keys] * mass


def figures(  # noqa: PLR0913, PLR0917 - the columns of a table
    codes: Any, groups: int, found: Any, metric: str, weights: Any = None, clusters: Any = None
) -> Figures:
    """Return a rate of groups from outcomes (see `cells`) of rows with weights, or in clusters, or both.

    `n` counts people of any weight but 0. Effective sizes are never larger than that.
    """
    kept = slice(None) if weights is None else np.flatnonzero(weights > 0)
    codes, found = codes[kept], found[kept]
    weights = np.ones(len(codes)) if weights is None else weights[kept]
    clusters = None if clusters is None else clusters[kept]
    keys = codes.astype(np.int64) * 4 + found
    people = np.bincount(keys, minlength=groups * 4).reshape(groups, 4)
    mass = total(weights, keys, groups * 4).reshape(groups, 4)
    rates, sizes, moves = [], [], []
    for rate in cells.RATES[metric]:
        value, among = cells.ratio(mass, rate)
        with np.errstate(divide="ignore", invalid="ignore"):
            table = np.nan_to_num((np.array(rate[0]) - value[:, None] * np.array(rate[1])) / among[:, None], posinf=0, neginf=0)
        moves.append(table.reshape(-1)[keys] * weights)
        inside = np.array(rate[1])[found] > 0
        n = (people @ np.array(rate[1])).astype(np.float64)
        sizes.append(_effective(value, n, moves[-1], codes, groups, weights * inside, clusters))
        rates.append((value, n))
    within = 0.0
    if len(moves) == 2:
        errors = [np.sqrt(variance(move, codes, groups, clusters)) for move in moves]
        within = covariance(moves[0], moves[1], codes, groups, clusters)
        within = np.clip(scaled(within, errors[0] * errors[1]), -1.0, 1.0)
    together = correlation(sum(moves) / len(moves), codes, groups, clusters)
    return _told(rates, sizes, within).replace(correlation=together)


def _told(rates: Sequence[tuple[Any, Any]], sizes: Sequence[tuple[Any, Any, Any]], within: Any) -> Figures:
    """Return rates (values and people) with effective sizes and their degrees of freedom as a figure."""
    n = np.min([people for _value, people in rates], axis=0)

    def made(z: float) -> Figures:
        found = [_smaller(*size, people, z) for size, (_value, people) in zip(sizes, rates, strict=True)]
        return cells.mean(rates, found, n, within)

    return made(_USUAL).replace(limits=lambda z: made(z).limits(z))


def covariance(first: Any, second: Any, codes: Any, groups: int, clusters: Any = None) -> Any:
    """Return float64[groups]: the covariances of two estimates of each group, from the influences of the same rows."""
    if clusters is None:
        return total(first * second, codes, groups)
    _clusters, at, one = sums(first, codes, groups, clusters)
    return total(one * sums(second, codes, groups, clusters)[2], at, groups)


def with_all(first: Any, every: Any, codes: Any, groups: int, clusters: Any = None) -> Any:
    """Return float64[groups]: the correlations of the groups' estimates with that of all, whose influences are `every`."""
    if clusters is None:
        shared, spread = total(first * every, codes, groups), total(every**2, np.zeros_like(codes), 1)
    else:
        label = np.unique(clusters, return_inverse=True)[1].reshape(-1)
        whole = total(every, label, int(label.max(initial=-1)) + 1)
        cluster, at, one = sums(first, codes, groups, label)
        shared, spread = total(one * whole[cluster], at, groups), total(whole**2, np.zeros(len(whole), np.int64), 1)
    return np.clip(scaled(shared, np.sqrt(variance(first, codes, groups, clusters) * spread)), -1.0, 1.0)


def _effective(  # noqa: PLR0913, PLR0917 - as above
    value: Any, n: Any, influence: Any, codes: Any, groups: int, weights: Any, clusters: Any
) -> tuple[Any, Any, Any]:
    """Return the size of a simple random sample that would tell the rate as well, the most that it can be, and its freedom.

    The variance is known about as well as from `kish` people, or clusters, of one weight (Kish 1965), and low by a factor of
    (kish - 1) / kish. Where all rows agree their influence is 0 and tells nothing: there each of these counts as one person.
    Weights that happen to go with the outcome never make a rate surer than as many people of one weight would.
    """
    spread = variance(influence, codes, groups, clusters)
    inside = weights > 0
    every = _kish(weights[inside], codes[inside], groups)
    kish = every
    if clusters is not None:
        _cluster, at, mass = sums(weights[inside], codes[inside], groups, clusters[inside])
        kish = _kish(mass, at, groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (kish - 1) / kish * np.where(n > 1, n / (n - 1), 0.0)  # the n / (n - 1) of rows is none of a rate's interval
        size = np.where(spread > 0, value * (1 - value) / spread * low, kish)
    return size, every, np.maximum(kish - 1, 0.0)


def _kish(mass: Any, at: Any, groups: int) -> Any:
    """Return how many people, or clusters, of one weight tell as much as those of these weights."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return total(mass, at, groups) ** 2 / total(mass**2, at, groups)


def _smaller(size: Any, most: Any, freedom: Any, n: Any, z: float) -> Any:
    """Return an effective size with Student's t for the normal distribution, as of a variance that few clusters tell."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(scales.student(z, n - 1) / scales.student(z, freedom), nan=0.0, posinf=0.0)
    return np.where(n > 0, np.clip(size * share**2, _LEAST, most), 0.0)
