"""Distances and kinship of pairs, against loops over people and against scikit-learn."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from _genomes import Population
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.neighbors import NearestNeighbors

from pytest_genomic_guard.metrics.genomic import distances, genotypes, relatedness
from pytest_genomic_guard.metrics.genomic.figures import assess
from pytest_genomic_guard.metrics.nouns import Ask, Terms, Unusable

CALLS = st.integers(1, 9).flatmap(
    lambda variants: st.tuples(
        *(arrays(np.int8, st.tuples(st.integers(1, 6), st.just(variants)), elements=st.integers(-1, 2)) for _side in range(2))
    )
)


def _pair(one: np.ndarray, other: np.ndarray) -> tuple[int, int, int, int, int]:
    """Return the sums of one pair, variant by variant."""
    both = [(int(x), int(y)) for x, y in zip(one, other, strict=True) if x >= 0 and y >= 0]
    return (
        len(both),
        sum(abs(x - y) for x, y in both),
        sum((x - y) ** 2 for x, y in both),
        sum(x == 1 for x, _y in both),
        sum(y == 1 for _x, y in both),
    )


@given(CALLS)
def test_pairs(sets: tuple[np.ndarray, np.ndarray]) -> None:
    """Products of matrices tell what a loop over pairs and variants does, with and without missing calls."""
    one, other = sets
    for some in (sets, (np.abs(one), np.abs(other))):
        ((row, column, pairs),) = distances.blocks(*some, squares=True)
        assert (row, column) == (0, 0)
        for row, column in itertools.product(range(len(one)), range(len(other))):
            wanted = _pair(some[0][row], some[1][column])
            found = [
                np.broadcast_to(each, pairs.apart.shape)[row, column]
                for each in (pairs.shared, pairs.apart, pairs.squares, pairs.hets, pairs.other_hets)
            ]
            assert tuple(found) == wanted


def test_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks of people and of variants change nothing."""
    population = Population(70)
    one, other = population.draw(11), population.draw(13)
    one[2, 5] = -1
    wanted = distances.nearest(one, other), distances.within(one)
    monkeypatch.setattr(distances, "_SIDE", 4)
    monkeypatch.setattr(distances, "_VARIANTS", 16)
    found = distances.nearest(one, other), distances.within(one)
    for old, new in zip((*wanted[0], wanted[1]), (*found[0], found[1]), strict=True):
        assert (old.distance == new.distance).all()
        assert (old.who == new.who).all()


@pytest.mark.parametrize(("people", "others", "variants"), [(30, 40, 200), (1, 5, 3), (64, 2, 5000)])
def test_nearest(people: int, others: int, variants: int) -> None:
    """The nearest are those of scikit-learn, by the same distance."""
    population = Population(variants)
    one, other = population.draw(people), population.draw(others)
    there, back = distances.nearest(one, other)
    for found, of, among in ((there, one, other), (back, other, one)):
        wanted = NearestNeighbors(n_neighbors=1, metric="manhattan").fit(among).kneighbors(of)[0][:, 0]
        assert found.distance == pytest.approx(wanted / (2 * variants), abs=1e-12)
        assert np.abs(of.astype(int) - among[found.who]).sum(axis=1) == pytest.approx(wanted)
    if people > 1:
        wanted = NearestNeighbors(n_neighbors=2, metric="manhattan").fit(one).kneighbors(one)[0][:, 1]
        assert distances.within(one).distance == pytest.approx(wanted / (2 * variants), abs=1e-12)


def _family(population: Population) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return pairs of people of one family, by what they are to each other."""

    def haplotype() -> np.ndarray:
        drawn: np.ndarray = population.random.random(len(population.frequencies)) < population.frequencies
        return np.asarray(drawn, np.int8)

    father, mother = ((haplotype(), haplotype()) for _parent in range(2))

    def child() -> np.ndarray:
        passed = [np.where(population.random.random(len(population.frequencies)) < 0.5, *parent) for parent in (father, mother)]
        found: np.ndarray = np.stack(passed).sum(axis=0).astype(np.int8)
        return found

    first, second = child(), child()
    parent = father[0] + father[1]
    stranger = haplotype() + haplotype()
    return {"copy": (first, first), "sibling": (first, second), "parent": (first, parent), "stranger": (first, stranger)}


def test_kinship() -> None:
    """Kinship of a copy is a half, of the first degree a quarter, of strangers nothing."""
    wanted = {"copy": 0.5, "sibling": 0.25, "parent": 0.25, "stranger": 0.0}
    family = _family(Population(40_000))
    for name, (one, other) in family.items():
        ((_row, _column, pairs),) = distances.blocks(one[None], other[None], squares=True)
        assert relatedness.kinship(pairs)[0, 0] == pytest.approx(wanted[name], abs=0.02), name


def test_kinship_is_the_published_formula() -> None:
    """KING-robust as published, from counts of shared heterozygous and opposite homozygous sites."""
    population = Population(500)
    one, other = population.draw(6), population.draw(7)
    ((_row, _column, pairs),) = distances.blocks(one, other, squares=True)
    for row, column in itertools.product(range(6), range(7)):
        x, y = one[row], other[column]
        both, apart = int(((x == 1) & (y == 1)).sum()), int((np.abs(x - y) == 2).sum())
        few, many = sorted((int((x == 1).sum()), int((y == 1).sum())))
        wanted = (both - 2 * apart) / (2 * few) + 0.5 - 0.25 * (few + many) / few
        assert relatedness.kinship(pairs)[row, column] == pytest.approx(wanted)


def _judged(synthetic: np.ndarray, training: np.ndarray, metric: str = "duplicates", **options: float) -> tuple[str, float | None]:
    found = relatedness.compare(synthetic, training, **options)
    figure = relatedness.duplicates(found) if metric == "duplicates" else relatedness.relatives(found)
    ask = Ask(metric=metric, operator="<=", limit=0.0)
    assessment = assess(figure, ask, Terms(asks=(ask,)), small=3)
    return assessment.verdict, assessment.value


def test_duplicates() -> None:
    """Copies are counted by the genome, near ones where that is asked for, and few of them are not told."""
    population = Population(3000)
    training, synthetic = population.draw(60), population.draw(50)
    assert _judged(synthetic, training) == ("pass", 0.0)
    assert _judged(synthetic, training, "kinship") == ("pass", 0.0)
    synthetic[:10] = training[0]
    assert _judged(synthetic, training) == ("fail", 0.2)
    synthetic[:3, :20] = 2 - synthetic[:3, :20]
    assert _judged(synthetic, training) == ("fail", 0.14)
    assert _judged(synthetic, training, mismatch=0.01) == ("fail", 0.2)
    assert _judged(synthetic, training, "kinship") == ("fail", 0.2)
    synthetic[2:10] = population.draw(8)
    assert _judged(synthetic, training, mismatch=0.01) == ("fail", None)  # two: not told


def test_few_variants_prove_nothing() -> None:
    """Strangers are alike at a handful of variants: that is no proof of a copy; and genomes without calls are no pass."""
    population = Population(4)
    assert _judged(population.draw(80), population.draw(80))[0] == "inconclusive"
    assert _judged(population.draw(80), population.draw(80), "kinship")[0] == "inconclusive"
    population = Population(3000)
    synthetic = population.draw(20)
    synthetic[3, :1600] = -1
    assert _judged(synthetic, population.draw(20)) == ("inconclusive", 0.0)


def test_chance_relatives() -> None:
    """The number of strangers that look like relatives is told within a factor of a few."""
    population = Population(150)
    one, other = population.draw(1500), population.draw(1500)
    found = relatedness.compare(one, other, related=0.1)
    made = sum(int((relatedness.kinship(pairs) > 0.1).sum()) for _row, _column, pairs in distances.blocks(one, other, squares=True))
    assert made > 50
    assert found.chance_relatives / 4 < made < found.chance_relatives * 4


def test_unusable_genotypes() -> None:
    """What is no genotype is told by its row, and nothing of it."""
    cases = [
        (np.array([[0, 1], [0, 3]]), "row 2"),
        (np.array([[0.0, math.inf]]), "row 1"),
        (np.array([[0.5, 1.0]]), "row 1"),
        (np.array([["0", "A"]]), "row 1"),
        (np.zeros((0, 3), np.int8), "nobody"),
        (np.zeros((3, 0), np.int8), "no variant"),
        (np.zeros(3, np.int8), "no matrix"),
    ]
    for matrix, words in cases:
        with pytest.raises(Unusable, match=words):
            genotypes.calls(matrix, "training")
    with pytest.raises(Unusable, match="training 3, hold-out 4"):
        genotypes.alike(training=np.zeros((2, 3), np.int8), hold_out=np.zeros((2, 4), np.int8))


def test_missing_genotypes() -> None:
    """A missing call is -1, NaN or a full stop."""
    wanted = [[0, -1, 2], [1, 2, -1]]
    for matrix in (
        np.array([[0.0, math.nan, 2.0], [1.0, 2.0, -1.0]]),
        np.array([["0", ".", "2"], ["1", "2", "NA"]]),
        np.array(wanted, np.int64),
        np.array([[0, ".", 2], [1, 2.0, ""]], object),
    ):
        found = genotypes.calls(matrix, "training")
        assert found.dtype == np.int8
        assert found.tolist() == wanted
    assert genotypes.frequencies(np.array([[0, -1], [2, -1]], np.int8)).tolist() == pytest.approx([0.5, math.nan], nan_ok=True)
