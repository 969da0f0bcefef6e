"""Attacks on released frequencies, run on people who are in the pool and people who are not, and what bounds make of them.

Each attack gives a score by person, and the audit of scores judges it as any other: exact intervals, people matched by ancestry, a
refusal where members and others differ by more than membership. A pool of one ancestry tells all people of that ancestry from
others, members or not: without labels nobody could see it, so that whoever has them gives them.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import membership, names, release
from pytest_genomic_guard.metrics.genomic import beacon, frequencies, overlap
from pytest_genomic_guard.metrics.genomic.genotypes import alike
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from pytest_genomic_guard.metrics.genomic.genotypes import Calls
    from pytest_genomic_guard.metrics.nouns import Ask, Assessment, Column, Grouping, Terms

METRICS: Final = ("lr-auc", "homer-auc", "beacon-power", "power")  # and tpr@fpr=X
_AS = {"lr-auc": "auc", "homer-auc": "auc", "beacon-power": f"tpr@fpr={beacon.ALPHA:g}", "power": f"tpr@fpr={release.ALPHA:g}"}
_BY = {"homer-auc": "homer", "beacon-power": "beacon"}  # all others are of the likelihood ratio
_TOLD = {"lr": "likelihood ratio", "homer": "Homer's T", "beacon": "likelihood ratio of a beacon's answers"}


class Released(Record):
    """What was released, and what an attacker compares it with."""

    pool: Any  # float64[variants]; nan: not told
    reference: Any  # float64[variants], of people outside
    people: int  # in the pool
    reference_people: int = 0  # in the reference; 0: as many as wanted
    error: float = beacon.ERROR  # of a copy that was misread


class Sides(Record):
    """People whose membership is known, members first in each array over all of them."""

    members: Calls
    others: Calls
    strata: Grouping | None = None  # of members and others: who is compared with whom
    covariates: tuple[tuple[str, Column], ...] = ()
    matched: tuple[str, ...] = ()


def assess(asks: tuple[Ask, ...], released: Released, sides: Sides, terms: Terms, small: int = 10) -> tuple[Assessment, ...]:
    """Return one assessment for each bound over `METRICS` and `tpr@fpr=X`, in order. Raises Unusable."""
    alike(members=sides.members, non_members=sides.others)
    if overlap.found(sides.members, sides.others):
        raise Unusable("somebody is among members and non-members: genotypes of both are the same")
    made = {
        attack: of_scores(asks, _audit(attack, released, sides), terms, small)
        for attack in sorted({_BY.get(ask.metric, "lr") for ask in asks})
    }
    found = []
    for at, ask in enumerate(asks):
        attack = _BY.get(ask.metric, "lr")
        words = (made[attack][at].message, _theory(ask.metric, released) if attack == "lr" else "")
        found.append(made[attack][at].replace(message="; ".join(filter(None, words))))
    return tuple(found)


def _audit(attack: str, released: Released, sides: Sides) -> membership.Audit:
    return membership.Audit(
        scores=scores(attack, released, sides),
        member=np.arange(len(sides.members) + len(sides.others)) < len(sides.members),
        higher_is="member",
        strata=sides.strata,
        covariates=sides.covariates,
        matched=sides.matched,
        attack=_TOLD[attack],
    )


def of_scores(asks: tuple[Ask, ...], audit: membership.Audit, terms: Terms, small: int = 10) -> tuple[Assessment, ...]:
    """Return the assessments of bounds on scores that one attack gave, in order; they share the confidence."""
    inner = tuple(ask.replace(metric=_AS.get(ask.metric, ask.metric)) for ask in asks)
    judged = membership.assess(audit, terms.replace(asks=inner), small)
    return tuple(each.replace(metric=ask.metric) for ask, each in zip(asks, judged, strict=True))


def scores(attack: str, released: Released, sides: Sides) -> Any:
    """Return float64[members, then others] of `lr`, `homer` or `beacon`: higher is member. Raises Unusable."""
    variants = sides.members.shape[1]
    pool = frequencies.checked(released.pool, variants, "released")
    reference = frequencies.checked(released.reference, variants, "reference")
    frequencies.same_allele(sides.members, pool)
    if not frequencies.informative(pool, reference).any():
        raise Unusable("no variant has a released and a reference frequency, one of them neither 0 nor 1")
    found = []
    for calls in (sides.members, sides.others):
        if attack == "beacon":
            known = frequencies.seen(reference, released.reference_people or released.people)
            known[np.isnan(pool)] = np.nan  # the beacon says nothing of what is not told
            found.append(beacon.scores(calls, pool > 0, known, released.people, released.error))
        elif attack == "homer":
            found.append(frequencies.homer(calls, pool, reference))
        else:
            size = released.reference_people
            found.append(frequencies.likelihood_ratio(calls, pool, reference, released.people, size, released.error))
    return np.concatenate(found)


def _theory(metric: str, released: Released) -> str:
    """Return what the power law says of a metric, were the variants independent."""
    pool, reference = np.asarray(released.pool, np.float64), np.asarray(released.reference, np.float64)
    variants = int(frequencies.informative(pool, reference).sum())
    inner = _AS.get(metric, metric)
    rate = names.rate(inner)
    if rate is None:
        expected = frequencies.theoretical_auc(variants, released.people, released.reference_people)
    else:
        expected = frequencies.theory(variants, released.people, released.reference_people, rate)
    return f"{expected:.3f} by theory, were all {variants} variants independent"
