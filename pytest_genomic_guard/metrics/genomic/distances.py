"""How alike pairs of genomes are: identity by state, and what kinship is made of, block by block.

With c1 = 1(x >= 1) and c2 = 1(x = 2), |x - y| is the number of the two in which x and y differ, and so a matrix product tells the
sum over variants for all pairs of two sets. Products are of small whole numbers in float32, whose sums below 2^24 are exact in
whatever order they are made: results depend neither on the order of people nor on the library of linear algebra.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics.genomic.genotypes import alike

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from numpy.typing import NDArray

    from pytest_genomic_guard.metrics.genomic.genotypes import Calls

    Floats = NDArray[np.float64]
    Planes = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]

_VARIANTS = 2048  # of one product: sums of at most 4 for each stay far below 2^24
_SIDE = 1024  # people of one side of a block: 8 MiB for each sum that is kept, 24 MiB for each side of a product
_SINGLE = np.float32


class Pairs(Record):
    """Sums over the variants that both people of a pair have calls of: float64[people, people], whole numbers."""

    shared: Any  # variants
    apart: Any  # sum of |x - y|
    squares: Any = None  # sum of (x - y)^2
    hets: Any = None  # heterozygous sites of the first person, and of the second
    other_hets: Any = None


def blocks(one: Calls, other: Calls, *, squares: bool = False, later: bool = False) -> Iterator[tuple[int, int, Pairs]]:
    """Yield pairs of people in square blocks, with the first row of `one` and of `other` in each; rows, then columns ascend.

    With `later`, blocks below the diagonal are left out: of a set with itself they are there the other way round. Raises Unusable
    for unlike widths.
    """
    alike(one=one, other=other)
    whole = _complete(one) and _complete(other)
    for row in range(0, len(one), _SIDE):
        for column in range(row if later else 0, len(other), _SIDE):
            yield row, column, _pairs(one[row : row + _SIDE], other[column : column + _SIDE], squares=squares, whole=whole)


def _complete(calls: Calls) -> bool:
    step = max(1, (1 << 22) // calls.shape[1])
    return all(int(calls[start : start + step].min()) >= 0 for start in range(0, len(calls), step))


def _planes(calls: Calls) -> Planes:
    """Return whether a person has one copy at least, has two, and has a call at all."""
    return (calls >= 1).astype(_SINGLE), (calls == 2).astype(_SINGLE), (calls >= 0).astype(_SINGLE)


def _pairs(one: Calls, other: Calls, *, squares: bool, whole: bool) -> Pairs:
    """Return the sums of a block: products over the variants by parts, of which few are needed where every call is known."""
    shape = (len(one), len(other))
    both, product = np.zeros(shape), np.zeros(shape if squares else (1, 1))
    shared, mine, mine2, theirs, theirs2 = (np.zeros((1, 1) if whole else shape) for _sum in range(5))
    if whole:
        mine, mine2 = np.zeros((shape[0], 1)), np.zeros((shape[0], 1))
        theirs, theirs2 = np.zeros((1, shape[1])), np.zeros((1, shape[1]))
    for start in range(0, one.shape[1], _VARIANTS):
        (a1, a2, called), (b1, b2, recalled) = (_planes(calls[:, start : start + _VARIANTS]) for calls in (one, other))
        both += a1 @ b1.T
        both += a2 @ b2.T
        if squares:
            product += (a1 + a2) @ (b1 + b2).T
        if whole:
            shared += a1.shape[1]
            mine += a1.sum(axis=1, keepdims=True)
            mine2 += a2.sum(axis=1, keepdims=True)
            theirs += b1.sum(axis=1)
            theirs2 += b2.sum(axis=1)
        else:
            shared += called @ recalled.T
            mine += a1 @ recalled.T
            mine2 += a2 @ recalled.T
            theirs += called @ b1.T
            theirs2 += called @ b2.T
    apart = mine + mine2 + theirs + theirs2 - 2 * both
    if not squares:
        return Pairs(shared=shared, apart=apart)
    return Pairs(
        shared=np.broadcast_to(shared, shape),
        apart=apart,
        squares=mine + 3 * mine2 + theirs + 3 * theirs2 - 2 * product,
        hets=mine - mine2,
        other_hets=theirs - theirs2,
    )


class Nearest(Record):
    """For each person of a set, the nearest of another."""

    distance: Any  # float64[people] in 0..1; inf where no variant can be compared
    who: Any  # int64[people]: the row of the nearest; of several as near the first


def nearest(one: Calls, other: Calls) -> tuple[Nearest, Nearest]:
    """Return the nearest in `other` of each in `one`, and the nearest in `one` of each in `other`.

    The distance is 1 - IBS: the mean of |x - y| / 2 over variants that both have calls of.
    """
    there, back = _nobody(len(one)), _nobody(len(other))
    for row, column, pairs in blocks(one, other):
        distance = _distance(pairs)
        _nearer(there, row, distance, column)
        _nearer(back, column, distance.T, row)
    return there, back


def within(people: Calls) -> Nearest:
    """Return the nearest other person of the same set."""
    found = _nobody(len(people))
    for row, column, pairs in blocks(people, people, later=True):
        distance = _distance(pairs)
        if row == column:
            np.fill_diagonal(distance, np.inf)
        else:
            _nearer(found, column, distance.T, row)
        _nearer(found, row, distance, column)
    return found


def _nobody(people: int) -> Nearest:
    return Nearest(distance=np.full(people, np.inf), who=np.zeros(people, np.int64))


def _nearer(found: Nearest, first: int, distance: Floats, before: int) -> None:
    """Take what is nearer for people from `first` on, a row each; columns count from `before`."""
    ends = slice(first, first + len(distance))
    least = distance.min(axis=1)
    closer = least < found.distance[ends]
    found.distance[ends][closer] = least[closer]
    found.who[ends][closer] = distance.argmin(axis=1)[closer] + before


def _distance(pairs: Pairs) -> Floats:
    shared = np.broadcast_to(pairs.shared, pairs.apart.shape)
    found: Floats = np.divide(pairs.apart, 2 * shared, out=np.full(pairs.apart.shape, np.inf), where=shared > 0)
    return found
