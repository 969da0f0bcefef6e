"""Whether somebody is among two sets of people: the same genotypes, where chance does not make them.

Strangers have the same genotypes too where variants are few, or rare so that many people have no allele at all, or linked. With h_j
the share of other people who differ from a genotype at variant j, a stranger has it with probability prod (1 - h_j), were the
variants independent. Linked ones tell less: the number of variants at which people differ from it then varies more than by
sum h_j (1 - h_j), and the logarithm is divided by as much (the design effect of Kish 1965). And where people of one side have such
genotypes in common (half as improbable, by the logarithm), as with a few genes whose variants are all linked, there must be more of
them between the sides than there are pairs.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from pytest_genomic_guard.metrics.binomial import at_least

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.metrics.genomic.genotypes import Calls

_CHANCE = 1e-3  # pairs of strangers with such a genotype that chance may bring, and the error of telling both kinds of pairs apart
_LOOKED_AT = 20  # genotypes that are on both sides: those with the most alleles
_CHUNK = 1 << 22  # cells that are looked at together


def found(members: Calls, others: Calls) -> bool:
    """Tell whether genotypes are on both sides that strangers do not share; and where both sides are the same people, always."""
    inside, outside = (Counter(row.tobytes() for row in calls) for calls in (members, others))
    if inside == outside:
        return True
    pairs = len(members) * len(others)
    limit = math.log(_CHANCE / pairs)
    between = [chance for chance in _chances(inside.keys() & outside.keys(), members, others) if chance < limit]
    if not between:
        return False
    twice = {row for side in (inside, outside) for row, count in side.items() if count > 1}
    within = sum(chance < max(between) / 2 for chance in _chances(twice, members, others))
    share = pairs / math.comb(len(members) + len(others), 2)
    return not within or at_least(len(between), len(between) + within, share) < _CHANCE


def _chances(rows: set[bytes], members: Calls, others: Calls) -> list[float]:
    """Return the logarithms of the probabilities of genotypes, of those with the most alleles."""
    genotypes = sorted((np.frombuffer(row, np.int8) for row in rows), key=lambda each: (-int((each > 0).sum()), each.tobytes()))
    return [_strangers(each, members, others) for each in genotypes[:_LOOKED_AT]]


def _strangers(genotype: Calls, *sides: Calls) -> float:
    """Return the logarithm of the probability that a stranger has this genotype."""
    differ, apart = np.zeros(len(genotype), np.int64), []
    step = max(1, _CHUNK // len(genotype))
    for side in sides:
        for start in range(0, len(side), step):
            unlike = side[start : start + step] != genotype
            apart.append(unlike.sum(axis=1))
            differ += unlike.sum(axis=0)
    away = np.concatenate(apart)
    away = away[away > 0]  # who has it may be the same person
    if len(away) < 2:
        return 0.0
    share = np.minimum(differ, len(away) - 0.5) / len(away)
    independent = float((share * (1 - share))[differ < len(away)].sum())
    effect = float(away.var(ddof=1)) / independent if independent > 0 else 1.0
    return math.fsum(np.log1p(-share).tolist()) / max(1.0, effect)
