"""Synthetic genomes that are copies or relatives of training genomes: counts, never pairs.

Kinship is KING-robust (Manichaikul et al. 2010, Bioinformatics 26:2867; between families): with H the heterozygous sites of each
person,

    phi = 1/2 - sum (x - y)^2 / (4 min(H_x, H_y)),

over the variants that both have calls of. 0.5: the same genome; above 0.354 a copy or twin, above 0.177 first degree, above 0.0884
second. Strangers vary around 0 by about 0.67 / sqrt(m) for m common variants, so that few variants make relatives by chance; how
many are to be expected among all pairs is told, and where it is no small part of one, relatives prove nothing.
"""

from __future__ import annotations

import math

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics.genomic.distances import blocks
from pytest_genomic_guard.metrics.genomic.figures import counted
from pytest_genomic_guard.metrics.genomic.genotypes import alike
from pytest_genomic_guard.metrics.genomic.genotypes import counted as genotypes
from pytest_genomic_guard.metrics.release import phi

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pytest_genomic_guard.metrics.genomic.distances import Pairs
    from pytest_genomic_guard.metrics.genomic.figures import Figure
    from pytest_genomic_guard.metrics.genomic.genotypes import Calls

    Floats = NDArray[np.float64]

FIRST = 0.177  # kinship from which two are of the first degree
_HALF = 0.5  # of the variants must be known of both people for a pair to be judged
_CHANCE = 0.05  # pairs that chance may bring


class Alike(Record):
    """How many synthetic genomes have a copy, or a relative, among real ones."""

    people: int  # synthetic genomes
    copies: int
    relatives: int
    variants: int
    unknown: int  # synthetic genomes that share too few known variants with any real one
    chance_copies: float  # pairs of strangers that would be as alike, were the variants independent
    chance_relatives: float


def kinship(pairs: Pairs) -> Floats:
    """Return KING-robust kinship: float64[block, others]; nan where a person of a pair has no heterozygous site."""
    least = np.minimum(pairs.hets, pairs.other_hets)
    found: Floats = np.divide(pairs.squares, 4 * least, out=np.full(pairs.squares.shape, np.nan), where=least > 0)
    return 0.5 - found


def differing(pairs: Pairs) -> Floats:
    """Return at how many of the shared variants two people differ."""
    found: Floats = (3 * pairs.apart - pairs.squares) / 2  # |d| and d^2 are 1 and 1, or 2 and 4
    return found


def compare(synthetic: Calls, real: Calls, *, mismatch: float = 0.0, related: float = FIRST) -> Alike:
    """Return the counts; a copy differs at no more than a share `mismatch` of the variants. Raises Unusable for unlike widths."""
    variants = alike(synthetic=synthetic, training=real)
    copied, related_too, known = (np.zeros(len(synthetic), np.bool_) for _truth in range(3))
    for row, _column, pairs in blocks(synthetic, real, squares=True):
        enough = pairs.shared >= max(1.0, _HALF * variants)
        same = enough & (differing(pairs) <= mismatch * pairs.shared)
        with np.errstate(invalid="ignore"):
            near = same | (enough & (kinship(pairs) > related))
        for truth, found in ((copied, same), (related_too, near), (known, enough)):
            truth[row : row + len(found)] |= found.any(axis=1)
    chance = _chance(genotypes(real), mismatch, related)
    pairs_made = len(synthetic) * len(real)
    return Alike(
        people=len(synthetic),
        copies=int(copied.sum()),
        relatives=int(related_too.sum()),
        variants=variants,
        unknown=int((~known).sum()),
        chance_copies=pairs_made * chance[0],
        chance_relatives=pairs_made * chance[1],
    )


def _chance(counts: NDArray[np.int64], mismatch: float, related: float) -> tuple[float, float]:
    """Return the probability that two strangers are copies or relatives, by a normal law over independent variants."""
    shares = counts / np.maximum(counts.sum(axis=0), 1)
    equal = (shares * shares).sum(axis=0)
    mean, variance = float((1 - equal).sum()), float((equal * (1 - equal)).sum())
    allowed = mismatch * counts.shape[1]
    with np.errstate(divide="ignore"):
        identical = math.exp(float(np.log(equal).sum()))
    copies = max(identical, phi((allowed - mean) / math.sqrt(variance)) if allowed and variance else 0.0)
    het = float(shares[1].sum())
    squares = 2 * (shares[1] * (shares[0] + shares[2])) + 8 * shares[0] * shares[2]
    fourth = 2 * (shares[1] * (shares[0] + shares[2])) + 32 * shares[0] * shares[2]
    spread = math.sqrt(float((fourth - squares * squares).sum()))
    if not het or not spread:
        return copies, 1.0
    limit = (0.5 - related) * 4 * het  # of the sum of squares
    return copies, phi((limit - float(squares.sum())) / spread)


def duplicates(found: Alike) -> Figure:
    """Return the share of synthetic genomes that are copies of training genomes."""
    doubt = "the variants are so few that strangers are alike too" if found.chance_copies > _CHANCE else ""
    return counted("duplicates", found.copies, found.people, doubt=doubt, gap=_gap(found))


def relatives(found: Alike) -> Figure:
    """Return the share of synthetic genomes that are relatives of training genomes, copies included."""
    doubt = "the variants are so few that strangers look like relatives" if found.chance_relatives > _CHANCE else ""
    return counted("kinship", found.relatives, found.people, doubt=doubt, gap=_gap(found))


def _gap(found: Alike) -> str:
    return "some synthetic genomes have too few calls to be compared with any" if found.unknown else ""
