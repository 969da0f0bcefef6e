"""Tests of membership on released allele frequencies: the likelihood ratio, and Homer's distance.

With x the allele count of a person, P the frequency that a pool of n people released, and p that of a reference:

    LR = sum over variants of x ln(P / p) + (2 - x) ln((1 - P) / (1 - p))
    T = mean(D) / (sd(D) / sqrt(m)), D = |x / 2 - p| - |x / 2 - P|

(Sankararaman et al. 2009, Nature Genetics 41:965; Homer et al. 2008, PLoS Genetics 4:e1000167.) Both are higher for members.
For m independent variants the power of LR is Phi(sqrt(m / (n (1 + n / n_ref))) - z_alpha): `theory`.

A frequency of 0 or 1 would make the logarithm infinite. An allele that the reference has not was not seen among its people: half an
allele of theirs is taken. An allele that the pool has not is one that its members have only where it was misread: with probability
delta, so that its frequency is delta p, and no more than half an allele of the pool. But where no frequency tells of a single copy,
they may have been rounded, and a 0 stands for anything up to half of the least that is told. So with 1, which is a 0 of the other
allele. A variant without variation in both counts nothing, and neither does a missing call, or a frequency that is not told (nan).

Sums are of weights that were rounded to multiples of a power of two, small enough that no sum of them is rounded: a person's score
does not depend on where the person stands, or on the library of linear algebra.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics import release
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from pytest_genomic_guard.metrics.genomic.genotypes import Calls

    Floats = NDArray[np.float64]

_CHUNK = 1 << 21  # cells that are looked at together
_EXACT = 52  # bits of a sum of whole numbers in float64
_SINGLE = 1.5  # copies: a frequency below it tells of one
_LEAST = 1e-300


def checked(values: Any, variants: int, what: str) -> Floats:
    """Return frequencies by variant; nan where one is not told. Raises Unusable for others than 0..1, or another number of them."""
    try:
        found = np.asarray(values, np.float64)
    except (TypeError, ValueError):
        raise Unusable(f"the {what} frequencies are no numbers") from None
    if found.shape != (variants,):
        raise Unusable(f"there are {found.size} {what} frequencies and genotypes of {variants} variants")
    wrong = ~(np.isnan(found) | ((found >= 0) & (found <= 1)))
    if wrong.any():
        raise Unusable(f"the {what} frequency is none between 0 and 1 in row {int(wrong.argmax()) + 1}")
    return found


def seen(frequencies: Floats, people: int) -> Floats:
    """Return frequencies with half an allele of so many people in place of 0, and so with 1. Raises Unusable for nobody."""
    if people < 1:
        raise Unusable("frequencies are of at least one person")
    half = 1 / (4 * people)
    return np.where(frequencies == 0, half, np.where(frequencies == 1, 1 - half, frequencies))


def likelihood_ratio(  # noqa: PLR0913, PLR0917 - two frequencies, and what each is of
    calls: Calls, pool: Floats, reference: Floats, people: int, reference_people: int, error: float
) -> Floats:
    """Return float64[people], higher for members of the pool.

    `people` are those of the pool, `reference_people` those of the reference (0: as many as wanted, so that frequencies between 0
    and 1 are exact), `error` is the probability of a misread copy. Raises Unusable.
    """
    outside = seen(reference, reference_people or people)
    none, all_of_them = (_absent(pool, side, people, error) for side in (outside, 1 - outside))
    inside = np.where(pool == 0, none, np.where(pool == 1, 1 - all_of_them, pool))
    others = np.where(pool == 0, 1 - none, np.where(pool == 1, all_of_them, 1 - pool))
    told = informative(pool, reference)
    with np.errstate(invalid="ignore"):
        some, rest = np.log(inside) - np.log(outside), np.log(others) - np.log(1 - outside)
    return sums(calls, np.where(told, np.stack([2 * rest, some + rest, 2 * some]), 0.0))


def _absent(pool: Floats, outside: Floats, people: int, error: float) -> Floats:
    """Return the frequency of an allele that the pool has not, by variant, where others have it with frequency `outside`."""
    if people < 1:
        raise Unusable("frequencies are of at least one person")
    between = pool[(pool > 0) & (pool < 1)]
    least = float(np.minimum(between, 1 - between).min(initial=1.0))
    if _SINGLE / (2 * people) < least < 1:  # no copy stands alone
        return np.minimum(outside, least / 2)
    return np.maximum(np.minimum(error * outside, 1 / (4 * people)), _LEAST)


def homer(calls: Calls, pool: Floats, reference: Floats) -> Floats:
    """Return Homer's T: float64[people], higher for members of the pool; 0 where nothing tells."""
    told = informative(pool, reference)
    share = np.array([[0.0], [0.5], [1.0]])
    distance = np.where(told, np.abs(share - reference) - np.abs(share - pool), 0.0)
    count = sums(calls, np.where(told, np.ones((3, 1)), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums(calls, distance) / count
        spread = np.sqrt(np.maximum(sums(calls, distance * distance) / count - mean * mean, 0.0) * count / (count - 1))
        score = mean / (spread / np.sqrt(count))
    none = ~np.isfinite(score) | (count < 2)  # no variation between variants, as of one: the sign is left
    return np.where(none, np.sign(np.nan_to_num(mean)), score)


def informative(pool: Floats, reference: Floats) -> NDArray[np.bool_]:
    """Tell which variants can say anything: both frequencies are told, and one of them at least is neither 0 nor 1."""
    fixed = (pool == reference) & ((pool == 0) | (pool == 1))
    told: NDArray[np.bool_] = ~(np.isnan(pool) | np.isnan(reference) | fixed)
    return told


def sums(calls: Calls, table: Floats) -> Floats:
    """Return float64[people]: the sum over variants of table[x, variant], float64[3, variants], without rounding."""
    most = float(np.abs(table).max(axis=0).sum())
    scale = 2.0 ** (_EXACT - math.ceil(math.log2(most))) if most > 0 else 1.0
    whole = np.rint(table * scale)
    found = np.empty(len(calls))
    step = max(1, _CHUNK // calls.shape[1])
    for start in range(0, len(calls), step):
        part = calls[start : start + step]
        found[start : start + step] = sum((part == copies).astype(np.float64) @ whole[copies] for copies in range(3))
    return found / scale


def same_allele(calls: Calls, pool: Floats) -> None:
    """Raise Unusable where genotypes of members count the other allele than the frequencies of their pool.

    A test would then find nobody, and pass.
    """
    known = (calls >= 0).sum(axis=0)
    with np.errstate(invalid="ignore"):
        share = np.where(calls > 0, calls, 0).sum(axis=0) / (2 * np.where(known, known, np.nan))
    if np.nansum(np.abs(share - pool)) > np.nansum(np.abs(1 - share - pool)):
        raise Unusable("the genotypes of members count the other allele than the released frequencies")


def theory(variants: int, people: int, reference_people: int, alpha: float) -> float:
    """Return the power of LR at false-positive rate `alpha`, were the variants independent and the people strangers."""
    return release.power(variants, people, reference_people or None, alpha)


def theoretical_auc(variants: int, people: int, reference_people: int = 0) -> float:
    """Return the AUC of LR under the same law: Phi(sqrt(m / n) / sqrt 2)."""
    return release.phi(math.sqrt(variants / (people * (1 + (people / reference_people if reference_people else 0))) / 2))
