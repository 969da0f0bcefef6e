"""The likelihood-ratio attack (Carlini et al. 2022) from the scores of reference models.

Scores are logit-scaled confidences, or others that are about normal, with more for members. With mean m and standard deviation s of
the models trained with a sample (IN) and without it (OUT) its score x gives

* online: log N(x; m_in, s_in) - log N(x; m_out, s_out);
* offline: (x - m_out) / s_out, which orders samples as the one-sided test of the paper does, without its ties near 1;
* fixed: online with one standard deviation for all samples on each side, which few reference models need.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics import shadows
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.metrics.shadows import Attack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from pytest_genomic_guard.metrics.shadows import Side

    Mode = Literal["online", "offline", "fixed"]

_LEAST = 2  # models of a side, from which a sample has a standard deviation of its own


def attack(
    target: Any, ref_scores: Any, ref_member: Any, mode: Mode = "online", center: Literal["mean", "median"] = "mean"
) -> Attack:
    """Return the attack's scores.

    `target` float64[samples] of the attacked model, `ref_scores` float[models, samples], `ref_member` bool[models, samples]. A
    sample with fewer than two models of a side takes that side's standard deviation over all samples, one with none also the mean
    difference to the other side; they are counted as short. Raises Unusable: shapes, numbers that are not finite, no sample with
    two models.
    """
    target = np.asarray(target, np.float64)
    if len(target) != (ref_scores.shape[1] if getattr(ref_scores, "ndim", 0) == 2 else -1):
        raise Unusable("the reference scores have another number of samples than the scores")
    good = np.isfinite(target)
    if not good.all():
        raise Unusable(f"the score is not a finite number in row {int(np.argmin(good)) + 1}")
    inside, outside = shadows.sides(ref_scores, ref_member)
    if center == "median":
        inside, outside = _medians(ref_scores, ref_member, inside, outside)
    used = (outside,) if mode == "offline" else (inside, outside)
    short = np.zeros(len(target), bool)
    for side in used:
        short |= side.n < _LEAST
    out_mean, out_spread = _normal(outside, inside, fixed=mode == "fixed")
    off = (target - out_mean) / out_spread
    if mode != "offline":
        in_mean, in_spread = _normal(inside, outside, fixed=mode == "fixed")
        toward = (target - in_mean) / in_spread
        off = (off * off - toward * toward) / 2 + np.log(out_spread / in_spread)
    return Attack(scores=off, references=len(ref_scores), short=int(short.sum()))


def _normal(side: Side, other: Side, *, fixed: bool) -> tuple[Any, Any]:
    """Return means and standard deviations of a side; the usual ones where a sample has too few models."""
    known = side.n >= _LEAST
    if not known.any():
        raise Unusable("no sample has two reference models trained with it and two without: nothing can be compared")
    mean, spread = side.mean, np.sqrt(side.variance)
    own = known & (spread > 0) & (not fixed)
    if not own.all():  # sums that do not depend on the order of samples
        squares, freedom = (side.variance * side.n)[known], (side.n - 1)[known]
        spread = np.where(own, spread, math.sqrt(math.fsum(squares.tolist()) / int(freedom.sum())) or 1.0)
    if not side.n.all():
        both = (side.n > 0) & (other.n > 0)
        apart = math.fsum((side.mean - other.mean)[both].tolist()) / max(1, int(both.sum()))
        mean = np.where(side.n > 0, mean, other.mean + apart)
    return mean, spread


def _medians(scores: Any, member: Any, inside: Side, outside: Side) -> tuple[Side, Side]:
    found = np.empty((2, scores.shape[1]))
    for part, values, mask in shadows.blocks(scores, member):
        for side, chosen in enumerate((mask, ~mask)):
            ordered = np.sort(np.where(chosen, values, np.inf), axis=0)
            n = chosen.sum(axis=0)
            at = np.arange(values.shape[1])
            low = ordered[np.maximum(n - 1, 0) // 2, at].astype(np.float64)
            high = ordered[np.minimum(n // 2, len(values) - 1), at]
            found[side, part] = np.where(n > 0, (low + np.where(n > 0, high, 0)) / 2, 0.0)
    return inside.replace(mean=found[0]), outside.replace(mean=found[1])
