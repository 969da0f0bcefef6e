"""The robust membership-inference attack (Zarifzadeh, Liu & Shokri 2024) from the scores of reference models.

Scores are probabilities that a model gives to what is true of a sample. With p the attacked model's and q the reference models'
mean, the ratio p / q of a sample is compared with that of people of a population: its score is the share of them whose ratio it
exceeds `gamma` times. Offline, q is ((1 + a) m + 1 - a) / 2 with m the mean of the models trained without the sample; online, the
middle of m and the mean of those trained with it. Means are over the models that there are, not over as many for every sample.
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

_LEAST = 1e-300  # of a mean probability, so that a ratio is finite


def attack(  # noqa: PLR0913 - the attack has these, and so has its paper
    target: Any,
    ref_scores: Any,
    ref_member: Any,
    *,
    population: tuple[Any, Any, Any] | None = None,
    mode: Literal["offline", "online"] = "offline",
    gamma: float = 2.0,
    a: float = 0.3,
) -> Attack:
    """Return the attack's scores.

    `target` float64[samples], `ref_scores` float[models, samples], `ref_member` bool[models, samples]; `population` is the same
    three of the people compared with (None: the samples themselves). A sample that all models were trained with takes the mean
    over the others, and is counted as short. Raises Unusable: shapes, scores that are no probabilities, no sample with a model to
    compare with.
    """
    ratio, short = _ratios(target, ref_scores, ref_member, mode, a)
    others = ratio if population is None else _ratios(*population, mode, a)[0]
    order = np.argsort(ratio)  # neighbours in the search lie next to each other in memory
    scores = np.empty(len(ratio))
    scores[order] = np.searchsorted(np.sort(others), ratio[order] / gamma, "left") / len(others)
    return Attack(scores=scores, references=len(ref_scores), short=short)


def _ratios(target: Any, ref_scores: Any, ref_member: Any, mode: str, a: float) -> tuple[Any, int]:
    target = np.asarray(target, np.float64)
    if not len(target) or len(target) != (ref_scores.shape[1] if getattr(ref_scores, "ndim", 0) == 2 else -1):
        raise Unusable("the reference scores have another number of samples than the scores")
    good = (target >= 0) & (target <= 1)
    if not good.all():
        raise Unusable(f"the score is no probability in row {int(np.argmin(good)) + 1}: this attack needs probabilities")
    n_in, s_in, s_all = shadows.sums(ref_scores, ref_member)
    n_out, s_out = len(ref_scores) - n_in, s_all - s_in
    short = n_out == 0
    mean = s_out / np.maximum(n_out, 1)
    if short.any():
        if short.all():
            raise Unusable("no sample has a reference model trained without it: nothing can be compared")
        mean = np.where(short, math.fsum(mean[~short].tolist()) / int((~short).sum()), mean)
    if mode == "offline":
        middle = ((1 + a) * mean + 1 - a) / 2
    else:
        short = short | (n_in == 0)
        middle = (mean + np.where(n_in > 0, s_in / np.maximum(n_in, 1), mean)) / 2
    return target / np.maximum(middle, _LEAST), int(short.sum())
