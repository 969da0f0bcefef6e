"""Whether synthetic genomes repeat those that their generator was trained on.

Nearest-neighbour adversarial accuracy (Yale et al. 2020; for genomes Yelmen et al. 2021, PLoS Genetics 17:e1009303): with d_TS the
distance from a real genome to the nearest synthetic one, d_TT to the nearest other real one, and so on,

    AA_TS = 1/2 ( mean over T of 1(d_TS > d_TT) + mean over S of 1(d_ST > d_SS) ).

0.5 where the two sets cannot be told apart, towards 0 where synthetic genomes lie nearer to real ones than those do to each other,
towards 1 where they are unlike. Privacy loss is AA with genomes that were held out less AA with those of training: above 0
where the generator remembers. `nearest_ibs` compares directly: the share of synthetic genomes whose nearest training genome is
nearer than their nearest held-out one (a tie counts a half); 0.5 where training left no trace.

All need sets of equal size; of larger ones, people are taken in the order of the hash of their genotypes, which is by chance and
still the same for each order of rows.

Intervals. The terms of these means depend on each other: one person may be the nearest of many (in high dimensions some are), and
two may be each other's nearest. For AA, each genome of both sets has one nearest among all others, and its term tells whether that
is of its own set. So the variance is the sum over genomes of the squared sum of the deviations of those whose nearest it is, and
twice the product for each mutual pair, as in the test of Schilling (1986, Journal of the American Statistical Association 81:799)
and Henze (1988, Annals of Statistics 16:772). AA gets Wilson's limits for as many people as would have that variance. The strict
inequalities make AA smaller where distances tie, as they do with few variants; so the upper end is that of ties counted a half.
The privacy loss gets MOVER limits of the difference, with the correlation of the terms of the same synthetic genomes. For
`nearest_ibs`, synthetic genomes with the same nearest real one are a cluster: with clusters of c_1, c_2, ... the mean is worth
(sum c)^2 / sum c^2 independent people (Kish 1965). No resampling, and no random numbers.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics.genomic.distances import nearest, within
from pytest_genomic_guard.metrics.genomic.figures import Figure, proportion
from pytest_genomic_guard.metrics.genomic.genotypes import alike
from pytest_genomic_guard.metrics.limits import mover_difference
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pytest_genomic_guard.metrics.genomic.distances import Nearest
    from pytest_genomic_guard.metrics.genomic.figures import Ends
    from pytest_genomic_guard.metrics.genomic.genotypes import Calls

LEAST = 10  # people of each set, below which nearest neighbours tell nothing


class Against(Record):
    """Real genomes and synthetic ones: for each the nearest of the other kind and of its own."""

    to_synthetic: Nearest  # of each real genome
    inside: Nearest  # of each real genome, the nearest other real one
    to_real: Nearest  # of each synthetic genome


class Neighbours(Record):
    """All distances that the metrics need, of sets of equal size."""

    people: int  # of each set
    synthetic: Nearest  # within
    training: Against
    holdout: Against | None = None


class Estimate(Record):
    """AA, and how its terms vary: deviations of each real genome and of each synthetic one from their means, in n-ths."""

    value: float
    tied: float  # with ties counted a half
    variance: float
    deviations: NDArray[np.int64]  # of synthetic genomes


def neighbours(synthetic: Calls, training: Calls, holdout: Calls | None = None) -> Neighbours:
    """Return the distances. Raises Unusable for sets of other variants, of too few people, or with people who have no calls."""
    sets = {"synthetic": synthetic, "training": training} | ({} if holdout is None else {"hold-out": holdout})
    alike(**{name.replace("-", "_"): calls for name, calls in sets.items()})
    people = min(len(calls) for calls in sets.values())
    if people < LEAST:
        raise Unusable(f"nearest neighbours need at least {LEAST} people of each set")
    for name, calls in sets.items():
        empty = (calls < 0).all(axis=1)
        if empty.any():
            raise Unusable(f"the {name} genotypes have no call at all in row {int(empty.argmax()) + 1}")
    taken = {name: _taken(calls, people) for name, calls in sets.items()}
    against = {name: _against(calls, taken["synthetic"]) for name, calls in taken.items() if name != "synthetic"}
    return Neighbours(
        people=people,
        synthetic=within(taken["synthetic"]),
        training=against["training"],
        holdout=against.get("hold-out"),
    )


def _taken(calls: Calls, people: int) -> Calls:
    """Return as many people, in the order of the hash of what they have: nothing depends on the order of rows."""
    keys = [hashlib.blake2b(row.tobytes(), digest_size=16).digest() for row in calls]
    return calls[sorted(range(len(calls)), key=keys.__getitem__)[:people]]


def _against(real: Calls, synthetic: Calls) -> Against:
    to_synthetic, to_real = nearest(real, synthetic)
    return Against(to_synthetic=to_synthetic, inside=within(real), to_real=to_real)


def _accuracy(real: Against, synthetic: Nearest) -> Estimate:
    """Return AA of real and synthetic genomes, with real ones first."""
    people = len(synthetic.who)
    own = np.concatenate([real.inside.distance, synthetic.distance])
    other = np.concatenate([real.to_synthetic.distance, real.to_real.distance])
    won = other > own
    home = np.concatenate([real.inside.who, people + synthetic.who])
    away = np.concatenate([people + real.to_synthetic.who, real.to_real.who])
    first, second = int(won[:people].sum()), int(won[people:].sum())
    deviations = people * won.astype(np.int64) - np.repeat([first, second], people)
    return Estimate(
        value=(first + second) / (2 * people),
        tied=(first + second + int((other == own).sum()) / 2) / (2 * people),
        variance=_variance(deviations, np.where(won, home, away), people),
        deviations=deviations[people:],
    )


def _variance(deviations: NDArray[np.int64], who: NDArray[np.int64], people: int) -> float:
    """Return the variance of the mean of terms, each with its nearest; in whole numbers, so that no order matters."""
    shared = np.zeros(len(who), np.int64)
    np.add.at(shared, who, deviations)
    mutual = who[who] == np.arange(len(who))
    together = int((shared * shared).sum()) + int((deviations * deviations[who])[mutual].sum())
    least = int((deviations * deviations).sum())  # as of independent people
    return max(together, least) / (4 * people**3 * (people - 1))


def _limits(value: float, estimate: Estimate, people: int, z: float) -> Ends:
    effective = value * (1 - value) / estimate.variance if estimate.variance > 0 else 0.0
    return proportion(value, min(effective, 2 * people) if effective > 0 else people, z)


def aats(found: Neighbours) -> Figure:
    """Return the adversarial accuracy of training and synthetic genomes."""
    estimate = _accuracy(found.training, found.synthetic)
    return Figure(
        metric="aats",
        value=estimate.value,
        n=found.people,
        limits=lambda z: (
            _limits(estimate.value, estimate, found.people, z)[0],
            _limits(estimate.tied, estimate, found.people, z)[1],
        ),
        method="Wilson limits with the variance of nearest neighbours, the upper one with ties as a half",
        note=f"near 0.5 where sets are alike, lower where synthetic genomes lie too near; {estimate.tied:.3f} with ties as a half",
    )


def nearest_ibs(found: Neighbours) -> Figure:
    """Return the share of synthetic genomes that are nearer to a training genome than to a held-out one. Raises Unusable."""
    training, holdout = found.training.to_real, _held(found).to_real
    nearer, tied = training.distance < holdout.distance, training.distance == holdout.distance
    value = float(nearer.sum() + tied.sum() / 2) / found.people
    nearest_real = np.where(nearer | tied, training.who, found.people + holdout.who)
    shared = np.bincount(nearest_real)
    effective = found.people**2 / float((shared * shared).sum())
    return Figure(
        metric="nearest-ibs",
        value=value,
        n=found.people,
        limits=lambda z: proportion(value, effective, z),
        method="Wilson limits, synthetic genomes with the same nearest real one as a cluster",
        note=f"0.5 where training left no trace; worth {effective:.0f} independent genomes",
    )


def privacy_loss(found: Neighbours) -> Figure:
    """Return AA with the hold-out less AA with training. Raises Unusable without a hold-out."""
    test = _accuracy(_held(found), found.synthetic)
    train = _accuracy(found.training, found.synthetic)
    variances = test.variance * train.variance
    shared = int((test.deviations * train.deviations).sum()) / (4 * found.people**3 * (found.people - 1))
    correlation = max(-1.0, min(1.0, shared / math.sqrt(variances))) if variances > 0 else 0.0

    def limits(z: float) -> Ends:
        first, second = ((each.value, *_limits(each.value, each, found.people, z)) for each in (test, train))
        low, high = mover_difference(first, second, correlation)
        return max(-1.0, float(low)), min(1.0, float(high))

    return Figure(
        metric="privacy-loss",
        value=test.value - train.value,
        n=found.people,
        limits=limits,
        method="MOVER limits of the difference, with the variance of nearest neighbours",
        note=f"adversarial accuracy {test.value:.3f} with hold-out, {train.value:.3f} with training",
    )


def _held(found: Neighbours) -> Against:
    if found.holdout is None:
        raise Unusable("this needs genotypes that were held out")
    return found.holdout
