"""The probability that one of a class scores higher than one of another: AUC by mid-ranks, within cells or as a whole.

With cells (strata of what is matched) only pairs within a cell are compared; without, and without weights, the figures are those of
`auc`. Variances after DeLong, DeLong & Clarke-Pearson (1988), from placements; numbers are made from whole counts and sums in the
order of the scores, so that the order of rows changes no bit.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import limits, scales

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Pairs(Record):
    """AUC of the pairs within cells."""

    value: float  # nan where there is no pair
    error: float  # standard error; nan where it is not defined
    positives: int  # those with somebody to be compared with
    negatives: int

    def limits(self, alpha: float) -> tuple[float, float]:
        """Return the ends of the two-sided interval at 1 - alpha: DeLong on the logit scale.

        Of a perfect separation, and where all placements are alike, the variance is 0; there the limits are those of as many
        independent pairs as the smaller class has.
        """
        if math.isnan(self.value):
            return 0.0, 1.0
        least = min(self.positives, self.negatives)
        if self.value in {0.0, 1.0}:
            reach = (alpha / 2) ** (1 / least)
            return (reach, 1.0) if self.value else (0.0, 1 - reach)
        error = self.error or math.sqrt((self.positives + self.negatives + 1) / (12 * self.positives * self.negatives))
        half = (
            float(scales.student(limits.quantile(1 - alpha / 2), np.array([least - 1.0]))[0])
            * error
            / (self.value * (1 - self.value))
        )
        middle = math.log(self.value / (1 - self.value))
        return _expit(middle - half), _expit(middle + half)


def compare(score: Any, positive: Any, cells: Any = None, counts: Any = None) -> Pairs:
    """Return how often a positive scores above a negative of its cell, ties half.

    `score` float64[n], `positive` bool[n], `cells` int[n] (None: one cell), `counts` int64[n] (rows that stand for several).
    """
    cells = np.zeros(len(score), np.int64) if cells is None else cells
    counts = np.ones(len(score), np.int64) if counts is None else counts
    order = np.lexsort((score, cells)) if len(cells) and cells.max() else np.argsort(score)
    score, cells = score[order], cells[order]
    counts, inside = counts[order], np.where(positive[order], counts[order], 0)
    fresh = np.ones(len(score), bool)
    fresh[1:] = (score[1:] != score[:-1]) | (cells[1:] != cells[:-1])
    starts = np.flatnonzero(fresh)
    if not len(starts):
        return Pairs(value=math.nan, error=math.nan, positives=0, negatives=0)
    one = np.add.reduceat(inside, starts)  # by run of equal scores in a cell
    return _summed(one, np.add.reduceat(counts, starts) - one, cells[starts])


def _summed(one: Any, zero: Any, run_cells: Any) -> Pairs:
    first = np.flatnonzero(np.concatenate(([True], run_cells[1:] != run_cells[:-1])))
    lengths = np.diff(np.append(first, len(run_cells)))
    n1, n0 = np.add.reduceat(one, first), np.add.reduceat(zero, first)
    below1 = np.cumsum(one) - one - np.repeat(np.cumsum(n1) - n1, lengths)
    below0 = np.cumsum(zero) - zero - np.repeat(np.cumsum(n0) - n0, lengths)
    wins = 2 * below0 + zero  # twice the negatives that a positive of the run beats
    beaten = 2 * (np.repeat(n1, lengths) - below1 - one) + one
    twice = np.add.reduceat(one * wins, first)
    pairs = int((n1 * n0).sum())
    if not pairs:
        return Pairs(value=math.nan, error=math.nan, positives=0, negatives=0)
    value = int(twice[n1 * n0 > 0].sum()) / (2 * pairs)
    spread = _spread(one, wins, n0, n1, twice, lengths, first, value) + _spread(zero, beaten, n1, n0, twice, lengths, first, value)
    both = n1 * n0 > 0
    positives, negatives = int(n1[both].sum()), int(n0[both].sum())
    tied = float(((one + zero) ** 3.0).sum() / ((n1 + n0) ** 3.0).sum())
    variance = max(spread / pairs**2, _floor(value, positives, negatives, tied))
    return Pairs(value=value, error=math.sqrt(variance), positives=positives, negatives=negatives)


def _spread(  # noqa: PLR0913, PLR0917 - arrays of one computation
    weight: Any, wins: Any, other: Any, own: Any, twice: Any, lengths: Any, first: Any, value: float
) -> float:
    """Return the share of one class in the variance, times the pairs squared.

    A cell's placements vary around its own AUC; of a cell with one of the class, around that of all cells.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.where(own > 1, twice / (2.0 * own * other), value)
        factor = np.where(own > 1, own / np.maximum(own - 1, 1), 1.0)
        off = wins / np.repeat(2.0 * other, lengths) - np.repeat(centre, lengths)
    squares = np.add.reduceat(weight * off * off, first) * factor * (1.0 * other * other)
    return math.fsum(squares[(own > 0) & (other > 0)].tolist())


def _floor(value: float, positives: int, negatives: int, tied: float) -> float:
    """Return a variance under which placements show too little of it, as of a separation that is nearly perfect.

    `tied` is the share of triples of people whose scores are equal.
    """
    odds = math.pow(4 * value * (1 - value), 1.3)
    return (1 / positives + 1 / negatives) * (1 - tied) * odds / 12


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0
