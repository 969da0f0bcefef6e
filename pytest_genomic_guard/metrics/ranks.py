"""What every metric of rows starts with: checked columns, and the rows of each group in one order.

The rows of a group are put in an order that their content alone decides, so that sums do not depend on the order of the input, to
the last bit. Ties are found there as runs. Weights of 1 are exact counts as long as they are below 2^53.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    Array = np.ndarray[Any, np.dtype[Any]]


_LARGEST = 1e60
_LEAST = 1e-9  # of the largest weight: sums of weights and their differences stay exact to 7 digits


class Part(Record):
    """The rows of one group that count, sorted by the columns, the last one first."""

    rows: Array  # int[k]: their places in the input
    columns: tuple[Array, ...]  # float64[k] each
    weights: Array  # float64[k], above 0
    clusters: Array | None = None  # int[k]


def numbers(name: str, values: Any) -> Array:
    """Return a column as float64, without negative zeros. Raises Unusable: absent, NaN or infinite."""
    if values is None:
        raise Unusable(f"there is no {name}, which this metric needs")
    column: Array = np.asarray(values, np.float64) + 0.0
    _hold(np.isfinite(column), f"the {name} is not a finite number")
    return column


def moderate(name: str, values: Any) -> Array:
    """Return a column of numbers whose fourth powers can be added. Raises Unusable for larger ones."""
    column = numbers(name, values)
    _hold(np.abs(column) <= _LARGEST, f"the {name} is too large a number")
    return column


def binary(name: str, values: Any) -> Array:
    """Return a column of 0 and 1. Raises Unusable for anything else."""
    column = numbers(name, values)
    _hold((column == 0) | (column == 1), f"the {name} is neither 0 nor 1")
    return column


def shares(name: str, values: Any) -> Array:
    """Return a column of probabilities. Raises Unusable for what lies outside [0, 1]."""
    column = numbers(name, values)
    _hold((column >= 0) & (column <= 1), f"the {name} is not a probability, between 0 and 1,")
    return column


def _hold(good: Array, fault: str) -> None:
    if not good.all():
        raise Unusable(f"{fault} in row {int(np.argmin(good)) + 1}")


def same(first: Array, second: Array) -> tuple[Array, Array]:
    """Return two columns of one length. Raises Unusable for two of different lengths."""
    if len(first) != len(second):
        raise Unusable("the columns have different numbers of rows")
    return first, second


def parts(codes: Any, groups: int, columns: Sequence[Array], weights: Any = None, clusters: Any = None) -> Iterator[Part]:
    """Yield the rows of each group, by code; rows of weight 0 and of codes below 0 belong to none. Raises Unusable."""
    codes = np.asarray(codes)
    if any(len(column) != len(codes) for column in columns):
        raise Unusable("the columns have different numbers of rows")
    order = np.argsort(codes.astype(np.int16) if groups < 1 << 15 else codes, kind="stable")  # a radix sort
    if weights is not None:
        weights = numbers("weight", weights)
        _hold(weights >= 0, "the weight is below 0")
        least = weights.max(initial=0.0) * _LEAST
        _hold((weights == 0) | (weights >= least), "the weight is next to nothing beside the largest")
        order = order[weights[order] > 0]
    edges = np.searchsorted(codes[order], np.arange(groups + 1))
    for first, last in pairwise(edges.tolist()):
        rows = order[first:last]
        taken = [column[rows] for column in columns]
        scale = np.ones(len(rows)) if weights is None else _scaled(weights[rows])
        sort = np.lexsort(taken if weights is None else (scale, *taken))
        rows = rows[sort]
        within = None if clusters is None else np.asarray(clusters)[rows]
        yield Part(rows=rows, columns=tuple(column[sort] for column in taken), weights=scale[sort], clusters=within)


def _scaled(weights: Array) -> Array:
    """Return weights of which the largest is about 1, by a power of two: none of their squares is infinite."""
    return np.ldexp(weights, -int(np.frexp(weights.max())[1])) if len(weights) else weights


def runs(*keys: Array) -> tuple[Array, Array]:
    """Return for each row where the run of rows with its keys begins and where it ends (one past it); equal keys lie together."""
    changes = np.zeros(max(len(keys[0]) - 1, 0), bool)
    for key in keys:
        changes |= key[1:] != key[:-1]
    edges = np.concatenate(([0], np.flatnonzero(changes) + 1, [len(keys[0])]))
    lengths = np.diff(edges)
    return np.repeat(edges[:-1], lengths), np.repeat(edges[1:], lengths)


def below(amounts: Array) -> Array:
    """Return the sums of all amounts before each place, and of all: float64[k + 1]."""
    return np.concatenate(([0.0], np.cumsum(amounts)))
