"""Tests of membership on released allele frequencies: the likelihood ratio, and Homer's distance.

With x the allele count of a person, P the frequency that a pool of n people released, and p that of a reference:

    LR = sum over variants of x ln(P / p) + (2 - x) ln((1 - P) / (1 - p))
    T = mean(D) / (sd(D) / sqrt(m)), D = |x / 2 - p| - |x / 2 - P|

(Sankararaman et al. 2009, Nature Genetics 41:965; Homer et al. 2008, PLoS Genetics 4:e1000167.) Both are higher for members.
For m independent variants the power of LR is Phi(sqrt(m / (n (1 + n / n_ref))) - z_alpha): `theory`.

A frequency of 0 or 1 would make the logarithm infinite: an allele that the pool has not was not seen among 2n, so its frequency is
taken as half an allele of 2n, 1 / (4n), and no more than 1 - 1 / (4n); so with the reference. A variant without variation in both
counts nothing, and neither does a missing call, or a frequency that is not told (nan).

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


def clipped(frequencies: Floats, people: int) -> Floats:
    """Return frequencies no nearer to 0 and 1 than half an allele of so many people. Raises Unusable for nobody."""
    if people < 1:
        raise Unusable("frequencies are of at least one person")
    return np.clip(frequencies, 1 / (4 * people), 1 - 1 / (4 * people))


def likelihood_ratio(calls: Calls, pool: Floats, reference: Floats, people: int, reference_people: int = 0) -> Floats:
    """Return float64[people], higher for members of the pool.

    `people` are those of the pool, `reference_people` those of the reference (0: as many). Raises Unusable.
    """
    inside, outside = clipped(pool, people), clipped(reference, reference_people or people)
    some, none = np.log(inside / outside), np.log((1 - inside) / (1 - outside))
    told = informative(pool, reference)
    return sums(calls, np.where(told, np.stack([2 * none, some + none, 2 * some]), 0.0))


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
