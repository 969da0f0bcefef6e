"""Scores of reference models: for every sample, the moments of those trained with it (IN) and of those trained without it (OUT).

The matrices are read once, a block of samples at a time, so that memory-mapped ones need no more memory than a block has; pages of
the file that the system keeps come on top, until somebody needs them. Sums are of differences from the first model's score, which
keeps single precision enough, except where a model is far from the others or a side hardly varies: what rounding may have changed
there is computed again, by side and in two passes (Chan, Golub & LeVeque 1983, The American Statistician 37:242). So the order of
models decides nothing but the last digits.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_BLOCK = 1 << 20  # scores that are worked on at once
_ROUNDING = 4  # units in the last place of the scores: what varies by no more does not vary


class Attack(Record):
    """Scores of an attack, in which higher is member."""

    scores: Any  # float64[samples]
    references: int  # models
    short: int = 0  # samples that had too few models of a kind, and took what all samples have


class Side(Record):
    """Moments of one side, by sample."""

    n: Any  # int64[samples]: models
    mean: Any  # float64[samples]; 0 where there is no model
    variance: Any  # float64[samples], of the population


def blocks(scores: Any, member: Any) -> Iterator[tuple[slice, Any, Any]]:
    """Yield ranges of samples with their scores [models, k], float32 or float64, and membership bool[models, k].

    Raises Unusable for matrices of different shapes, without models, and for scores that are not finite.
    """
    if getattr(scores, "ndim", 0) != 2 or scores.shape != member.shape or not scores.shape[0]:
        raise Unusable("reference scores and reference membership are two matrices of one shape: models by samples")
    if scores.dtype.kind not in "fiu" or member.dtype.kind not in "bui":
        raise Unusable("reference scores are numbers, and reference membership is true or false")
    width, samples = max(64, _BLOCK // scores.shape[0]), scores.shape[1]
    for first in range(0, samples, width):
        start = min(first, max(0, samples - 2))  # a sample alone would be summed in another order than others
        part = slice(start, min(first + width, samples))
        values = np.asarray(scores[:, part])
        if values.dtype not in {np.dtype(np.float32), np.dtype(np.float64)}:
            values = values.astype(np.float64)
        yield part, values, _truth(member[:, part], start)


def sides(scores: Any, member: Any) -> tuple[Side, Side]:
    """Return the moments of IN and of OUT. Raises Unusable as `blocks` does."""
    found = np.empty((5, scores.shape[1] if getattr(scores, "ndim", 0) == 2 else 0))
    shift = np.empty(found.shape[1])
    work: Any = None
    for part, values, inside in blocks(scores, member):
        if work is None:
            work = np.empty((2, *values.shape), values.dtype)
        shift[part] = values[0]
        with np.errstate(invalid="ignore", over="ignore"):
            _add(values, inside, work[:, :, : values.shape[1]], found[:, part])
        _finite(found[4], part.start)
    unit = float(np.finfo(work.dtype if work is not None else np.float64).eps)
    n_in, s_all, s_in, q_in, q_all = found
    least = unit**0.25 * q_all  # of a sum of squares that rounding has left whole
    inner, lost_in = _side(n_in, s_in, q_in, shift, least)
    outer, lost_out = _side(len(scores) - n_in, s_all - s_in, q_all - q_in, shift, least)
    lost = lost_in | lost_out
    if lost.any():
        _repair(scores, member, lost, (inner, outer))
    for side in (inner, outer):
        side.variance[side.variance <= (_ROUNDING * unit * side.mean) ** 2] = 0.0
    return inner, outer


def sums(scores: Any, member: Any) -> tuple[Any, Any, Any]:
    """Return how many models are IN, their sum, and the sum over all models, by sample; scores are probabilities.

    Raises Unusable as `blocks` does, and for scores that are no probabilities.
    """
    found = np.empty((3, scores.shape[1] if getattr(scores, "ndim", 0) == 2 else 0))
    for part, values, inside in blocks(scores, member):
        good = (values.min(axis=0) >= 0) & (values.max(axis=0) <= 1)
        if not good.all():
            raise Unusable(f"a reference score is no probability in row {part.start + int(np.argmin(good)) + 1}")
        found[0, part] = _count(inside)
        np.add.reduce(values * inside, axis=0, out=found[1, part])
        np.add.reduce(values, axis=0, out=found[2, part])
    return found[0], found[1], found[2]


def _add(values: Any, inside: Any, work: Any, out: Any) -> None:
    """Put the count, sums and sums of squares of a block in place.

    Models are added one after another, whatever the place of a sample: a product with ones would round by where a sample stands.
    """
    off, masked = np.subtract(values, values[0], out=work[0]), work[1]
    masked[...] = inside
    np.multiply(masked, off, out=masked)
    out[0] = _count(inside)
    out[1], out[2] = np.add.reduce(off, axis=0), np.add.reduce(masked, axis=0)
    out[3] = np.add.reduce(np.multiply(masked, masked, out=masked), axis=0)
    out[4] = np.add.reduce(np.multiply(off, off, out=off), axis=0)


def _count(inside: Any) -> Any:
    """Return how many are true by column; bytes are enough for 255 rows."""
    flags = inside.view(np.uint8)
    parts = (np.add.reduce(flags[row : row + 255], axis=0, dtype=np.uint8) for row in range(0, len(flags), 255))
    total = next(parts).astype(np.int64)
    for part in parts:
        total += part
    return total


def _side(n: Any, total: Any, squares: Any, shift: Any, least: Any) -> tuple[Side, Any]:
    """Return the moments of a side, and bool[samples]: where its squares around its own mean may be rounding."""
    people = np.maximum(n, 1)
    mean = total / people
    own = squares - total * mean
    lost = (own <= least) & (n > 0) & (least > 0)
    return Side(n=n.astype(np.int64), mean=np.where(n > 0, mean + shift, 0.0), variance=own / people), lost


def _repair(scores: Any, member: Any, lost: Any, found: tuple[Side, Side]) -> None:
    """Put the moments of samples that are lost in place, from a second look at them."""
    for part, values, inside in blocks(scores, member):
        at = np.flatnonzero(lost[part])
        if len(at):
            at = np.resize(at, max(2, len(at)))  # as in `blocks`
            again, chosen = np.take(values, at, axis=1).astype(np.float64), np.take(inside, at, axis=1)
            for side, mask in zip(found, (chosen, ~chosen), strict=True):
                side.mean[part][at], side.variance[part][at] = _again(again, mask)


def _again(values: Any, chosen: Any) -> tuple[Any, Any]:
    """Return means and variances of the models that are chosen: around the least score, so that equal ones do not vary."""
    n = np.add.reduce(chosen, axis=0)
    least = np.where(n > 0, np.min(values, axis=0, where=chosen, initial=np.inf), 0.0)
    off = np.where(chosen, values - least, 0.0)
    middle = np.add.reduce(off, axis=0) / np.maximum(n, 1)
    off = np.where(chosen, off - middle, 0.0)
    return least + middle, np.add.reduce(off * off, axis=0) / np.maximum(n, 1)


def _truth(member: Any, start: int) -> Any:
    values = np.asarray(member)
    if values.dtype == bool:
        return values
    if values.size and (values.min() < 0 or values.max() > 1):
        at = int(np.argmax(((values != 0) & (values != 1)).any(axis=0)))
        raise Unusable(f"the reference membership is neither 0 nor 1 in row {start + at + 1}")
    return values.astype(bool)


def _finite(squares: Any, start: int) -> None:
    good = np.isfinite(squares)
    if not good.all():
        raise Unusable(f"a reference score is not a finite number, or too large, in row {start + int(np.argmin(good)) + 1}")
