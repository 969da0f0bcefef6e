"""The formulas of a release against simulation and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.metrics import release

# independent variants a person, and the power that a simulation gave (facts of the formula, 7.1)
TABLE = [(2, 0.047), (5, 0.197), (10, 0.529), (16, 0.819), (25, 0.972), (40, 0.999)]


def _power(people: int, loci: int, reference: int | None, *, runs: int = 1_600, alpha: float = 1e-3) -> float:
    """Return the power that drawing cohorts gives: genotypes of members and strangers against the frequencies of the cohort."""
    random = np.random.default_rng(people + loci)
    true = random.uniform(0.05, 0.5, loci)
    members, strangers = [], []
    each = max(1, runs // 40)
    for _cohort in range(40):
        inside = random.binomial(2, true, (people, loci))
        outside = random.binomial(2, true, (each, loci))
        found = inside.mean(axis=0) / 2
        other = true if reference is None else random.binomial(2 * reference, true) / (2 * reference)
        weight = (found - other) * math.sqrt(2) / np.sqrt(true * (1 - true))
        scores = [((group - 2 * true) / np.sqrt(2 * true * (1 - true))) @ weight for group in (inside[:each], outside)]
        spread = scores[1].std()
        members.append((scores[0] - scores[1].mean()) / spread)
        strangers.append((scores[1] - scores[1].mean()) / spread)
    return float((np.concatenate(members) > release.z(alpha)).mean())


@pytest.mark.parametrize(("ratio", "wanted"), TABLE)
def test_power(ratio: int, wanted: float) -> None:
    """The formula gives the table, and drawn cohorts agree with it."""
    assert release.power(ratio * 500, 500) == pytest.approx(wanted, abs=0.001)
    assert release.power(ratio, 1) == pytest.approx(release.power(ratio * 9_999, 9_999))
    assert _power(100, ratio * 100, None) == pytest.approx(wanted, abs=0.06)


@pytest.mark.parametrize(("people", "loci", "reference", "wanted"), [(200, 4_000, 100, 0.306), (200, 4_000, 1_000, 0.839)])
def test_finite_reference(people: int, loci: int, reference: int, wanted: float) -> None:
    """A small reference protects, as drawn cohorts say."""
    assert release.power(loci, people, reference) == pytest.approx(wanted, abs=0.001)
    assert _power(people, loci, reference) == pytest.approx(wanted, abs=0.07)


def test_thresholds() -> None:
    """The two thresholds are power 0.5 at false-positive rates of 0.05 and 0.001; the other rows of the table follow too."""
    assert release.needed(1, alpha=0.05) == pytest.approx(release.WARN, abs=0.01)
    assert release.needed(1) == pytest.approx(release.BLOCK, abs=0.06)
    assert release.needed(1, wanted=0.8) == pytest.approx(15.5, abs=0.05)
    assert release.needed(1, alpha=1e-6, wanted=0.95) == pytest.approx(41, abs=0.1)
    assert release.needed(76_000) == pytest.approx(7.26e5, rel=0.001)


@given(st.floats(1e-12, 1 - 1e-12))
def test_quantile(alpha: float) -> None:
    """The quantile undoes the distribution."""
    assert 1 - release.phi(release.z(alpha)) == pytest.approx(alpha, rel=1e-3, abs=1e-14)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.floats(1e-6, 0.4), st.floats(0.41, 0.999))
def test_needed_undoes_power(people: int, reference: int, alpha: float, wanted: float) -> None:
    """As many variants as are needed for a power give it."""
    assert release.power(release.needed(people, reference, alpha, wanted), people, reference, alpha) == pytest.approx(
        wanted, abs=1e-6
    )


@pytest.mark.parametrize("call", [lambda: release.power(1, 0), lambda: release.power(-1, 1), lambda: release.power(1, 1, 0)])
def test_impossible_numbers(call: object) -> None:
    """A cohort of nobody has no power."""
    with pytest.raises(ValueError, match="people"):
        call()  # type: ignore[operator]
    for alpha in (0.0, 1.0, -1.0, math.nan):
        with pytest.raises(ValueError, match="rate"):
            release.z(alpha)
    with pytest.raises(ValueError, match="Beta"):
        release.absence(1, a=-1)


@given(st.integers(0, 10**6))
def test_beacon(people: int) -> None:
    """With the neutral spectrum the absence is 1 / (2N + 1); as many sites as are needed for a rate give it."""
    assert release.absence(people) == pytest.approx(1 / (2 * people + 1), rel=1e-6)
    sites = release.beacon_sites(people)
    assert release.beacon_error(sites, people) == pytest.approx(0.05 if people else 1.0)
    assert not people or sites == pytest.approx(6 * people, rel=0.35, abs=2)


@pytest.mark.parametrize(("people", "a", "b"), [(20, 0.0, 0.0), (65, 0.5, 1.5), (10, 2.0, 3.0)])
def test_absence_by_drawing(people: int, a: float, b: float) -> None:
    """Drawing frequencies from Beta(a + 1, b + 1) and cohorts from them gives the same absence."""
    random = np.random.default_rng(people)
    rates = random.beta(a + 1, b + 1, 400_000)
    assert release.absence(people, a, b) == pytest.approx(float((random.binomial(2 * people, rates) == 0).mean()), abs=0.002)


def test_loci() -> None:
    """One variant in each 100 kb, common ones only; those whose frequency is not told are in the upper bound alone."""
    loci = release.Loci()
    for at in range(1_000):
        loci.add("chr1", at * 1_000, 0.2 if at % 2 else 0.01)
    assert (loci.rows, loci.upper, loci.lower, loci.by) == (1_000, 500, 10, "positions")
    for at in range(1_000):
        loci.add("2", at * 100_000, None)
    assert (loci.rows, loci.upper, loci.lower, loci.by) == (2_000, 1_500, 10, "positions")


def test_loci_without_positions() -> None:
    """As many as a chromosome has windows; nearly all on one or two chromosomes may lie in one gene, and each counts once."""
    loci = release.Loci()
    for _at in range(2_000):
        loci.add("22", None, 0.2)
        loci.add("chr22", None, 0.97)
    assert (loci.rows, loci.upper, loci.lower, loci.by) == (4_000, 2_000, 1, "chromosomes")
    for at in range(2_000):
        loci.add("1", None, 0.5)
        if at < 200:
            loci.add("3", None, 0.5)
    assert (loci.upper, loci.lower, loci.by) == (4_200, 3, "chromosomes")
    for _at in range(100):
        loci.add("3", None, 0.5)
    assert (loci.upper, loci.lower, loci.by) == (4_300, 509 + 2_000 + 300, "lengths")
    for name in ("a", "b", "c"):
        for _at in range(20_000):
            loci.add(name, None, 0.5)
    assert loci.lower == release.LOCI
    loci = release.Loci()
    for _at in range(40_000):
        loci.add("", None, 0.5)
    assert loci.lower == 1


def test_people() -> None:
    """The largest count of a row is the cohort; missing calls show in the median."""
    people = release.People()
    for count in (0, 98, 99, 100, 100, 100):
        people.add(count)
    assert (people.most, people.median) == (100, 100)
    for _row in range(20):
        people.add(40)
    assert (people.most, people.median) == (100, 40)
    many = release.People()
    many.add(151_987)
    assert (many.most, many.median) == (151_987, 151_987)
