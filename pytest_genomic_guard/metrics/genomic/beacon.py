"""Membership by a beacon, which answers whether an allele occurs among its people: yes or no.

Shringarpure & Bustamante (2015, American Journal of Human Genetics 97:631): a person's n sites with an allele are asked for. Of
somebody outside, an allele is missing from N people with probability D_N; of a member, only where the one copy there was misread,
with probability delta D_(N-1). The log-likelihood ratio of both rises with the number of yes, so that its power is a binomial
tail: exact here. With allele frequencies f (Raisaro et al. 2017, Journal of the AMIA 24:799: the optimal attack) each site has its
own D_N = (1 - f)^(2N), and rare alleles tell most.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard.metrics.genomic.frequencies import sums
from pytest_genomic_guard.metrics.nouns import Unusable
from pytest_genomic_guard.metrics.release import absence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pytest_genomic_guard.metrics.genomic.genotypes import Calls

    Floats = NDArray[np.float64]
    Spectrum = tuple[float, float]

ALPHA = 0.05  # false-positive rate at which the power of a beacon is told
ERROR = 1e-3  # delta: a copy of an allele that was misread
NEUTRAL = (0.0, 0.0)  # the spectrum of alleles that neither help nor harm
_LEAST = 1e-300


def likelihood_ratio(yes: int, sites: int, people: int, error: float = ERROR, spectrum: Spectrum = NEUTRAL) -> float:
    """Return ln L(member) - ln L(outside) of `yes` answers of `sites`. Raises Unusable.

    Allele frequencies follow Beta(a, b), which `spectrum` tells.
    """
    if not 0 <= yes <= sites:
        raise Unusable("a beacon answers yes at most as often as it is asked")
    outside, inside = _missing(people, error, spectrum)
    return yes * math.log((1 - inside) / (1 - outside)) + (sites - yes) * math.log(max(inside, _LEAST) / outside)


def power(sites: int, people: int, error: float = ERROR, alpha: float = ALPHA, spectrum: Spectrum = NEUTRAL) -> float:
    """Return how many members the test finds with at most `alpha` of others, by the exact binomial tails.

    A person is called a member who has at most c sites that the beacon does not list, with the largest c that `alpha` allows; where
    it does not even allow c = 0, nobody is.
    """
    if sites < 0 or not 0 < alpha < 1:
        raise Unusable("sites are counted, and a rate lies between 0 and 1")
    outside, inside = _missing(people, error, spectrum)
    found, false, true = 0.0, 0.0, 0.0
    for missing in range(sites + 1):
        false += _binomial(missing, sites, outside)
        if false > alpha:
            break
        true += _binomial(missing, sites, inside)
        found = min(true, 1.0)
    return found


def _missing(people: int, error: float, spectrum: Spectrum) -> tuple[float, float]:
    """Return the probability that an allele is not listed, of a person outside and of a member."""
    if people < 1 or not 0 <= error < 1:
        raise Unusable("a beacon has people, and an error rate lies between 0 and 1")
    return absence(people, *spectrum), error * absence(people - 1, *spectrum)


def _binomial(k: int, n: int, p: float) -> float:
    if not p:
        return float(k == 0)
    choose = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(choose + k * math.log(p) + (n - k) * math.log1p(-p))


def scores(calls: Calls, listed: NDArray[np.bool_], frequencies: Floats, people: int, error: float = ERROR) -> Floats:
    """Return float64[people], higher for members: the log-likelihood ratio over the sites at which a person has the allele.

    `listed` are the beacon's answers by variant, `frequencies` those of a reference: above 0 and below 1, or
    nan where they are not known and nothing is asked.
    """
    if people < 1 or not 0 <= error < 1:
        raise Unusable("a beacon has people, and an error rate lies between 0 and 1")
    known = ~np.isnan(frequencies)
    rate = np.where(known, frequencies, 0.5)
    outside = np.log1p(-rate) * (2 * people)  # ln D_N
    inside = np.log(max(error, _LEAST)) + np.log1p(-rate) * (2 * people - 2)
    weight = np.where(listed, np.log1p(-np.exp(inside)) - np.log(-np.expm1(outside)), inside - outside)
    weight = np.where(known, weight, 0.0)
    return sums(calls, np.stack([np.zeros_like(weight), weight, weight]))
