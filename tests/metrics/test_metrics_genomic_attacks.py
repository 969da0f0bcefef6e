"""Likelihood ratio, Homer's distance and beacons: formulas by loops, power by theory, and what an audit of them may say."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from _genomes import Population
from scipy import stats
from sklearn.metrics import roc_auc_score

from pytest_genomic_guard.metrics import release
from pytest_genomic_guard.metrics.genomic import attacks, beacon, frequencies
from pytest_genomic_guard.metrics.nouns import Ask, Assessment, Column, Grouping, Terms, Unusable

ALPHA = 0.05
ERROR = 1e-3


def _release(people: int, variants: int, others: int = 2000) -> tuple[Population, attacks.Released, attacks.Sides]:
    population = Population(variants)
    members = population.draw(people)
    released = attacks.Released(pool=members.mean(axis=0) / 2, reference=population.frequencies, people=people)
    return population, released, attacks.Sides(members=members, others=population.draw(others))


def _by_hand(person: np.ndarray, pool: np.ndarray, reference: np.ndarray, people: int) -> float:
    score = 0.0
    least = 1 / (4 * people)

    def told(inside: float, outside: float) -> tuple[float, float]:
        q = outside or least
        return (inside, q) if inside else (min(least, ERROR * q), q)

    for x, inside, outside in zip(person, pool, reference, strict=True):
        if x < 0 or (inside == outside and inside in {0, 1}):
            continue
        p, q = told(inside, outside) if inside < 1 and outside < 1 else (1 - each for each in told(1 - inside, 1 - outside))
        score += x * math.log(p / q) + (2 - x) * math.log((1 - p) / (1 - q))
    return score


def test_likelihood_ratio() -> None:
    """Scores are those of a loop: with frequencies of 0 and 1, without variation, and with missing calls."""
    population = Population(60)
    calls = population.draw(25)
    calls[3, 4], calls[9, 9] = -1, -1
    pool, reference = population.draw(25).mean(axis=0) / 2, population.frequencies.copy()
    pool[:4], reference[:4] = (0, 1, 0, 0.02), (0.2, 0.3, 0, 0)
    found = frequencies.likelihood_ratio(calls, pool, reference, 25, 0, ERROR)
    assert np.isfinite(found).all()
    assert found == pytest.approx([_by_hand(person, pool, reference, 25) for person in calls], abs=1e-9)


def test_homer() -> None:
    """T is the one-sample t statistic of the differences of distances; without any difference nothing is told."""
    population = Population(80)
    calls = population.draw(12)
    pool = population.draw(20).mean(axis=0) / 2
    reference = population.frequencies
    distance = np.abs(calls / 2 - reference) - np.abs(calls / 2 - pool)
    assert frequencies.homer(calls, pool, reference) == pytest.approx(stats.ttest_1samp(distance, 0, axis=1).statistic)
    assert not frequencies.homer(calls, reference, reference).any()
    one = frequencies.homer(np.array([[2], [0]], np.int8), np.array([0.6]), np.array([0.2]))
    assert one[0] > 0 > one[1]


@pytest.mark.parametrize(("people", "variants"), [*itertools.product((100, 300), (100, 600, 1500))])
def test_power_is_that_of_theory(people: int, variants: int) -> None:
    """TPR and AUC of drawn cohorts are Phi(sqrt(m/n) - z) and Phi(sqrt(m/n) / sqrt 2), and Homer's test is weaker."""
    found, areas, weaker = [], [], []
    for _run in range(max(4, 1200 // people)):
        _population, released, sides = _release(people, variants, 1000)
        score = attacks.scores("lr", released, sides)
        inside, outside = score[:people], np.sort(score[people:])
        found.append((inside > outside[-round(ALPHA * len(outside)) - 1]).mean())
        areas.append(np.searchsorted(outside, inside).mean() / len(outside))
        other = attacks.scores("homer", released, sides)
        weaker.append(np.searchsorted(np.sort(other[people:]), other[:people]).mean() / len(outside))
    assert np.mean(found) == pytest.approx(frequencies.theory(variants, people, 0, ALPHA), abs=0.08)
    assert np.mean(areas) == pytest.approx(frequencies.theoretical_auc(variants, people), abs=0.035)
    assert np.mean(weaker) < np.mean(areas)


def _best(calls: np.ndarray, pool: np.ndarray, reference: np.ndarray, people: int) -> np.ndarray:
    """Return the likelihood ratio of people drawn from a pool without replacement, which no test can beat (Neyman & Pearson)."""
    copies = np.rint(pool * 2 * people).astype(int)
    x = np.arange(3)[:, None]
    outside = stats.binom.pmf(x, 2, reference)
    ratio = np.log(np.maximum(stats.hypergeom.pmf(x, 2 * people, copies, 2), ERROR * outside)) - np.log(outside)
    found: np.ndarray = np.take_along_axis(ratio, calls.astype(int), axis=0).sum(axis=1)
    return found


@pytest.mark.parametrize(
    ("low", "high", "people", "variants"), [(1e-5, 1.5e-3, 200, 4000), (1e-4, 0.05, 200, 1500), (0.05, 0.5, 200, 300)]
)
def test_rare_alleles_are_found_as_well_as_can_be(low: float, high: float, people: int, variants: int) -> None:
    """Whoever has an allele that the pool lacks is no member, however rare the allele; a known reference is taken as it is."""
    random = np.random.default_rng()
    reference = np.exp(random.uniform(np.log(low), np.log(high), variants))
    members, others = (random.binomial(2, reference, (count, variants)).astype(np.int8) for count in (people, 800))
    pool, truth = members.mean(axis=0) / 2, np.arange(people + 800) < people
    best = roc_auc_score(truth, np.concatenate([_best(calls, pool, reference, people) for calls in (members, others)]))
    sides = attacks.Sides(members=members, others=others)
    for size in (0, 10**6):
        released = attacks.Released(pool=pool, reference=reference, people=people, reference_people=size)
        for attack in ("lr", "beacon")[: 1 + (high < 0.01)]:
            assert roc_auc_score(truth, attacks.scores(attack, released, sides)) == pytest.approx(best, abs=0.03), attack
    assert best > 0.7


@pytest.mark.parametrize("size", [100, 400])
def test_power_with_an_estimated_reference_is_that_of_theory(size: int) -> None:
    """Frequencies of so many other people weaken the test as the law says."""
    areas = []
    for _run in range(10):
        population, released, sides = _release(150, 500)
        released = released.replace(reference=population.draw(size).mean(axis=0) / 2, reference_people=size)
        score = attacks.scores("lr", released, sides)
        areas.append(np.searchsorted(np.sort(score[150:]), score[:150]).mean() / 2000)
    assert np.mean(areas) == pytest.approx(frequencies.theoretical_auc(500, 150, size), abs=0.04)
    assert np.mean(areas) < frequencies.theoretical_auc(500, 150) - 0.01


def test_rounded_frequencies() -> None:
    """A 0 that may have been rounded is no proof that the pool lacks the allele: its members are not taken for strangers."""
    random = np.random.default_rng()
    reference = np.exp(random.uniform(np.log(1e-4), np.log(5e-3), 8000))
    members, others = (random.binomial(2, reference, (count, 8000)).astype(np.int8) for count in (1000, 1000))
    pool, truth = (members.mean(axis=0) / 2).round(3), np.arange(2000) < 1000
    sides = attacks.Sides(members=members, others=others)
    found = roc_auc_score(truth, attacks.scores("lr", attacks.Released(pool=pool, reference=reference, people=1000), sides))
    naive = np.log(np.where(pool > 0, pool, ERROR * reference)) - np.log(reference)
    assert found > roc_auc_score(truth, np.concatenate([members @ naive, others @ naive])) + 0.02
    assert found > 0.9


def test_the_other_allele() -> None:
    """Counted by the other allele, people have the same scores, those with a frequency of 0 or 1 as well."""
    random = np.random.default_rng()
    reference = random.uniform(1e-4, 0.02, 600)
    members, others = (random.binomial(2, reference, (count, 600)).astype(np.int8) for count in (50, 50))
    pool = members.mean(axis=0) / 2
    wanted = attacks.scores(
        "lr", attacks.Released(pool=pool, reference=reference, people=50), attacks.Sides(members=members, others=others)
    )
    turned = attacks.Sides(members=2 - members, others=2 - others)
    found = attacks.scores("lr", attacks.Released(pool=1 - pool, reference=1 - reference, people=50), turned)
    assert found == pytest.approx(wanted, abs=1e-6)
    for wild in (1e-300, 0.0, 1.0):
        released = attacks.Released(pool=pool, reference=np.where(np.arange(600) < 9, wild, reference), people=50, error=0.0)
        assert np.isfinite(attacks.scores("lr", released, attacks.Sides(members=members, others=others))).all()


def test_rows_do_not_matter() -> None:
    """A person has the same score to the last bit, wherever it stands and whoever stands beside."""
    population, released, sides = _release(40, 777, 30)
    order = population.random.permutation(40)
    for attack in ("lr", "homer", "beacon"):
        whole = attacks.scores(attack, released, sides)
        shuffled = attacks.scores(attack, released, sides.replace(members=sides.members[order], others=sides.others[:7]))
        assert (shuffled[:40] == whole[:40][order]).all()
        assert (shuffled[40:] == whole[40:47]).all()


def _assess(released: attacks.Released, sides: attacks.Sides, **limits: float) -> dict[str, Assessment]:
    asks = tuple(Ask(metric=metric.replace("_", "-"), operator="<=", limit=limit) for metric, limit in limits.items())
    return {each.metric: each for each in attacks.assess(asks, released, sides, Terms(asks=asks))}


def test_verdicts() -> None:
    """A small cohort with many variants is found, a large one with few is not."""
    _population, released, sides = _release(100, 1500)
    found = _assess(released, sides, lr_auc=0.6, homer_auc=0.6)
    assert {each.verdict for each in found.values()} == {"fail"}
    assert "by theory" in found["lr-auc"].message
    _population, released, sides = _release(2000, 40)
    found = _assess(released, sides, lr_auc=0.65, homer_auc=0.65, power=0.2)
    assert {metric: each.verdict for metric, each in found.items()} == {
        "lr-auc": "pass",
        "homer-auc": "pass",
        "power": "inconclusive",  # 2,000 people carry no rate of 0.001
    }


def _two_ancestries(share: float) -> tuple[attacks.Released, attacks.Sides]:
    """Return a pool of one ancestry, and others of whom a share is of another one; the reference is of both."""
    one, other = Population(400), Population(400)
    members = one.draw(600)
    far = round(share * 600)
    others = np.concatenate([other.draw(far), one.draw(600 - far)])
    labels = Column(codes=np.repeat([0, 1, 0], [600, far, 600 - far]).astype(np.int32), labels=("near", "far"))
    released = attacks.Released(pool=members.mean(axis=0) / 2, reference=(one.frequencies + other.frequencies) / 2, people=600)
    return released, attacks.Sides(members=members, others=others, covariates=(("ancestry", labels),))


def test_ancestry() -> None:
    """A pool of one ancestry is told from people of another, members or not: refused, unless people are matched."""
    released, sides = _two_ancestries(0.5)
    refused = _assess(released, sides, lr_auc=0.7)["lr-auc"]
    assert refused.verdict == "refused"
    assert "ancestry" in refused.message
    codes = sides.covariates[0][1].codes
    strata = Grouping(name="ancestry", labels=("near", "far"), codes=codes)
    matched = _assess(released, sides.replace(strata=strata, matched=("ancestry",)), lr_auc=0.8)["lr-auc"]
    assert matched.verdict == "pass"
    blind = _assess(released, sides.replace(covariates=()), lr_auc=0.7)["lr-auc"]
    assert blind.value is not None
    assert matched.value is not None
    assert matched.value < 0.68
    assert blind.value > matched.value + 0.1  # without labels, ancestry looks like membership


def test_unusable() -> None:
    """What cannot be compared is told as such, and never passes."""
    _population, released, sides = _release(30, 50, 40)
    flipped = sides.replace(members=2 - sides.members, others=2 - sides.others)
    cases = [
        (released, flipped, "the other allele"),
        (released, sides.replace(others=np.concatenate([sides.others, sides.members[3:4]])), "members and non-members"),
        (released, sides.replace(others=sides.others[:, 1:]), "not of the same variants"),
        (released.replace(pool=released.pool[1:]), sides, "49 released frequencies and genotypes of 50"),
        (released.replace(reference=released.reference + 1), sides, "reference frequency is none between 0 and 1 in row 1"),
        (released.replace(pool=np.zeros(50), reference=np.zeros(50)), sides, "no variant"),
        (released.replace(people=0), sides, "at least one person"),
    ]
    for some, people, words in cases:
        with pytest.raises(Unusable, match=words):
            _assess(some, people, lr_auc=0.6)


def test_frequencies_that_are_not_told() -> None:
    """A variant without a frequency counts nothing, and the others as before."""
    _population, released, sides = _release(30, 50, 40)
    pool = released.pool.copy()
    pool[10:] = np.nan
    less = attacks.Released(pool=pool[:10], reference=released.reference[:10], people=30)
    fewer = attacks.Sides(members=sides.members[:, :10], others=sides.others[:, :10])
    for attack in ("lr", "homer", "beacon"):
        wanted = attacks.scores(attack, less, fewer)
        assert attacks.scores(attack, released.replace(pool=pool), sides) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(("sites", "people", "error"), [(500, 100, 1e-3), (5000, 1000, 1e-2), (20, 50, 0.0), (3, 1000, 1e-6)])
def test_beacon_power(sites: int, people: int, error: float) -> None:
    """The power is that of the two binomial laws, as scipy computes their tails."""
    outside = 1 / (2 * people + 1)
    inside = error / (2 * (people - 1) + 1)
    allowed = max((c for c in range(sites + 1) if stats.binom.cdf(c, sites, outside) <= ALPHA), default=None)
    wanted = 0.0 if allowed is None else stats.binom.cdf(allowed, sites, inside)
    assert beacon.power(sites, people, error, ALPHA) == pytest.approx(wanted, abs=1e-9)
    assert release.absence(people) == pytest.approx(outside)


def test_beacon_likelihood_ratio() -> None:
    """The ratio is that of the binomial probabilities, and rises with the answers."""
    outside, inside = 1 / 201, 0.01 / 199
    for yes in (0, 7, 40):
        wanted = stats.binom.logpmf(yes, 40, 1 - inside) - stats.binom.logpmf(yes, 40, 1 - outside)
        assert beacon.likelihood_ratio(yes, 40, 100, 0.01) == pytest.approx(wanted)
    with pytest.raises(Unusable):
        beacon.likelihood_ratio(41, 40, 100)


def test_beacon_of_rare_alleles() -> None:
    """With rare alleles a beacon gives its members away, as the theory of its sites says; with common ones alone it does not."""
    random = np.random.default_rng()
    rare = random.uniform(0.0005, 0.01, 4000)
    members, others = (random.binomial(2, rare, (people, 4000)).astype(np.int8) for people in (100, 1000))
    released = attacks.Released(pool=members.mean(axis=0) / 2, reference=rare, people=100)
    found = _assess(released, attacks.Sides(members=members, others=others), beacon_power=0.2)["beacon-power"]
    assert found.verdict == "fail"
    _population, released, sides = _release(300, 500, 1000)
    assert _assess(released, sides, beacon_power=0.3)["beacon-power"].verdict != "fail"


def test_beacon_scores() -> None:
    """Scores are the sum over alleles that a person has of what yes and no tell at their frequency."""
    rate = np.array([0.01, 0.2, 0.05])
    listed = np.array([True, True, False])
    calls = np.array([[1, 0, 0], [1, 2, 1], [0, 0, -1]], np.int8)
    outside, inside = (1 - rate) ** 40, 0.001 * (1 - rate) ** 38
    weight = np.where(listed, np.log((1 - inside) / (1 - outside)), np.log(inside / outside))
    wanted = [weight[0], weight.sum(), 0.0]
    assert beacon.scores(calls, listed, rate, 20, 0.001) == pytest.approx(wanted)
