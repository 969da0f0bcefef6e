"""Errors of numbers and of probabilities, by group: means of a function of each row, with the error of a mean.

Bias (mean of prediction - truth) has t limits; the Brier score lies between 0 and 1 and has Wilson limits at the size at which a
rate would have its error; the absolute and the squared error have theirs on the scale of logarithms. A row of weight w counts as w
rows in the estimate and as one person in the variance.

Few rows seldom hold the rare large errors that their mean is made of, and then both it and its error come out too small. So the
relative variance of a small group's errors is at least nearly that of all groups, each on its own scale: see `borrowed`.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics import ranks, scales, spread

_TRUSTED = 200  # people from whom a group's own relative variance counts for as much as that of all groups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Figures
    from pytest_genomic_guard.metrics.ranks import Array, Part
    from pytest_genomic_guard.metrics.spread import Estimate, Spread


def columns(metric: str, y_true: Any, values: Any) -> tuple[Array, ...]:
    """Return what is averaged; of the Brier score also what it would be if the less probable had happened. Raises Unusable."""
    if metric == "brier":
        truth, prediction = ranks.same(ranks.binary("truth", y_true), ranks.shares("score", values))
        return (prediction - truth) ** 2, np.maximum(prediction, 1 - prediction) ** 2
    truth, prediction = ranks.same(ranks.moderate("truth", y_true), ranks.moderate("prediction", values))
    difference = prediction - truth
    return ({"bias": difference, "mae": np.abs(difference), "rmse": difference**2}[metric],)


def figures(metric: str, found: Spread) -> Figures:
    """Return the figures; n is the rows."""
    if metric == "brier":
        return spread.told(found, scales.wilson(found, found.more[:, 0]), "Wilson at the effective size")
    if metric == "bias":
        return spread.told(found, scales.identity(found), "t, widened for skewness")
    found = borrowed(found)
    return spread.told(found, scales.logarithm(found, 2 if metric == "rmse" else 1), "t on the log scale, widened for skewness")


def borrowed(found: Spread) -> Spread:
    """Return the estimates with errors at least as large as the relative variance of all groups makes them.

    A group of n people is held against its own relative variance and that of all (the mean over people) in the proportions n and
    200, and takes the greater of this and its own: that shapes are alike only ever widens, and hardly so where a group can speak
    for itself. The sums are exact, whatever order the groups come in.
    """
    known = np.isfinite(found.relative) & (found.held > 0)
    people = found.held[known]
    if not known.any():
        return found
    common = math.fsum((people * found.relative[known]).tolist()) / math.fsum(people.tolist())
    with np.errstate(all="ignore"):
        least = (found.held * found.relative + _TRUSTED * common) / (found.held + _TRUSTED)
        wider = found.error * np.sqrt(np.maximum(least / found.relative, 1.0))
        flat = np.abs(found.value) * np.sqrt(least / found.held)
    return found.replace(error=np.where(known, np.where(found.relative > 0, wider, flat), found.error))


def mean(part: Part) -> Estimate:
    """Return the mean of one group."""
    values = part.columns[0]
    if not len(values):
        return spread.undefined(part, 0, more=len(part.columns) - 1)
    total = part.weights.sum()
    value = float((part.weights * values).sum() / total)
    influence = part.weights * (values - value) / total
    held = spread.people(part.weights)
    return spread.Estimate(
        value=value,
        n=len(values),
        influence=influence,
        variance=spread.variance(influence),
        held=held,
        freedom=held - 1,
        more=tuple(float((part.weights * column).sum() / total) for column in part.columns[1:]),
    )


def root(part: Part) -> Estimate:
    """Return the root of the mean of one group."""
    square = mean(part)
    value = math.sqrt(square.value)
    scale = 1 / (2 * value) if value else 0.0
    return square.replace(value=value, influence=square.influence * scale, variance=square.variance * scale**2)
