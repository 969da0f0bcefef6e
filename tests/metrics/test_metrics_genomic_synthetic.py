"""Adversarial accuracy and its kin: against a brute force, and by simulation of generators that forget and that copy."""

from __future__ import annotations

import numpy as np
import pytest
from _genomes import Population
from scipy.stats import binom
from sklearn.neighbors import NearestNeighbors

from pytest_genomic_guard.metrics.genomic import synthetic
from pytest_genomic_guard.metrics.genomic.figures import Figure, assess, proportion
from pytest_genomic_guard.metrics.nouns import Ask, Terms, Unusable

Z = 1.959964


def _accuracy(real: np.ndarray, made: np.ndarray) -> float:
    """Return the adversarial accuracy as published, by another's nearest neighbours."""

    def distance(of: np.ndarray, among: np.ndarray) -> np.ndarray:
        same = of is among
        found: np.ndarray = (
            NearestNeighbors(n_neighbors=1 + same, metric="manhattan", algorithm="brute").fit(among).kneighbors(of)[0]
        )
        return found[:, -1]

    first = (distance(real, made) > distance(real, real)).mean()
    second = (distance(made, real) > distance(made, made)).mean()
    return float(first + second) / 2


def _sets(people: int, variants: int, copied: float = 0.0) -> list[np.ndarray]:
    population = Population(variants)
    training, holdout, made = (population.draw(people) for _set in range(3))
    made[: round(copied * people)] = training[: round(copied * people)]
    return [made, training, holdout]


@pytest.mark.parametrize(("people", "variants", "copied"), [(30, 40, 0.0), (60, 300, 0.3), (25, 500, 1.0)])
def test_values(people: int, variants: int, copied: float) -> None:
    """The figures are those of the formulas."""
    made, training, holdout = _sets(people, variants, copied)
    found = synthetic.neighbours(made, training, holdout)
    train, test = _accuracy(training, made), _accuracy(holdout, made)
    assert synthetic.aats(found).value == pytest.approx(train)
    assert synthetic.privacy_loss(found).value == pytest.approx(test - train)
    near = [
        NearestNeighbors(n_neighbors=1, metric="manhattan", algorithm="brute").fit(real).kneighbors(made)[0][:, 0]
        for real in (training, holdout)
    ]
    share = (near[0] < near[1]).mean() + (near[0] == near[1]).mean() / 2
    assert synthetic.nearest_ibs(found).value == pytest.approx(share)
    if copied == 1:
        assert train == 0
        assert share == 1


def _figures(sets: list[np.ndarray]) -> list[Figure]:
    found = synthetic.neighbours(*sets)
    return [synthetic.aats(found), synthetic.privacy_loss(found), synthetic.nearest_ibs(found)]


@pytest.mark.parametrize("sizes", [(40, 40, 40), (40, 55, 31)])
def test_order(sizes: tuple[int, int, int]) -> None:
    """Neither the order of people nor that of equal people changes a bit of a figure, not even where sets differ in size."""
    population = Population(30)
    sets = [population.draw(size) for size in sizes]
    sets[0][5:9] = sets[1][3]
    sets[1][7] = sets[1][8]
    sets[2][4, 7] = -1
    random = np.random.default_rng()
    wanted = [(each.value, *each.limits(Z), each.n, each.note) for each in _figures(sets)]
    for _shuffle in range(3):
        shuffled = [random.permutation(each) for each in sets]
        assert [(each.value, *each.limits(Z), each.n, each.note) for each in _figures(shuffled)] == wanted
    assert wanted[0][3] == min(sizes)


def _proven(people: int, variants: int, runs: int, copied: float = 0.0) -> dict[str, int]:
    """Return in how many of simulated releases a memory of training is proven."""
    found = {"privacy-loss": 0, "nearest-ibs": 0}
    asks = {"privacy-loss": 0.0, "nearest-ibs": 0.5}
    for _run in range(runs):
        _accuracy_figure, *figures = _figures(_sets(people, variants, copied))
        for figure in figures:
            ask = Ask(metric=figure.metric, operator="<=", limit=asks[figure.metric])
            found[figure.metric] += assess(figure, ask, Terms(asks=(ask,))).verdict == "fail"
    return found


@pytest.mark.parametrize(("people", "variants"), [(60, 100), (40, 400)])
def test_independent_genomes_pass(people: int, variants: int) -> None:
    """Of generators that know the population alone, no more than 5 % are said to remember, within the error of the runs."""
    runs = 150
    most = binom.ppf(1 - 1e-6, runs, 0.05)
    for metric, count in _proven(people, variants, runs).items():
        assert count <= most, metric


def test_copied_genomes_fail() -> None:
    """Of generators that copy half of their training, 95 % and more are found."""
    runs = 40
    for metric, count in _proven(150, 200, runs, 0.5).items():
        assert count >= binom.ppf(1e-6, runs, 0.95), metric


def test_spread() -> None:
    """The variances are those that releases have."""
    figures = [_figures(_sets(60, 200)) for _run in range(150)]
    for at, name in ((0, "aats"), (1, "privacy-loss")):
        values = np.array([each[at].value for each in figures])
        widths = np.array([each[at].limits(Z) for each in figures])
        told = (values - widths[:, 0]).mean() / Z
        assert told == pytest.approx(values.std(), rel=0.4), name


def test_verdicts() -> None:
    """Bounds pass, fail and stay open; too few people are never judged."""
    figures = {each.metric: each for each in _figures(_sets(100, 300))}

    def verdict(metric: str, operator: str, limit: float) -> str:
        ask = Ask(metric=metric, operator="<=" if operator == "<=" else ">=", limit=limit)
        return assess(figures[metric], ask, Terms(asks=(ask,))).verdict

    assert verdict("privacy-loss", "<=", 0.6) == "pass"
    assert verdict("privacy-loss", "<=", figures["privacy-loss"].value) == "inconclusive"
    assert verdict("aats", ">=", 0.1) == "pass"
    assert verdict("aats", ">=", 0.95) == "fail"
    assert verdict("nearest-ibs", "<=", 0.9) == "pass"
    figures = {each.metric: each for each in _figures(_sets(15, 300, 1.0))}
    for metric in figures:
        assert verdict(metric, "<=", 0.0) == "inconclusive"


def test_needed() -> None:
    """About the number that would decide does, where the figure stays, and a smaller one does not."""
    ask = Ask(metric="nearest-ibs", operator="<=", limit=0.6)
    figure = Figure(metric="nearest-ibs", value=0.5, n=50, limits=lambda z: proportion(0.5, 50, z), method="")
    needed = assess(figure, ask, Terms(asks=(ask,))).needed
    assert needed is not None
    for share, verdict in ((1.1, "pass"), (0.9, "inconclusive")):
        other = figure.replace(n=needed, limits=lambda z, n=needed * share: proportion(0.5, n, z))
        assert assess(other, ask, Terms(asks=(ask,))).verdict == verdict


def test_unusable() -> None:
    """Sets of other variants, of too few people, or with somebody without calls are told as such."""
    made, training, holdout = _sets(20, 30)
    with pytest.raises(Unusable, match="not of the same variants"):
        synthetic.neighbours(made, training[:, 1:])
    with pytest.raises(Unusable, match="at least 10 people"):
        synthetic.neighbours(made, training, holdout[:4])
    with pytest.raises(Unusable, match="held out"):
        synthetic.privacy_loss(synthetic.neighbours(made, training))
    training[4] = -1
    with pytest.raises(Unusable, match="training genotypes have no call at all in row 5"):
        synthetic.neighbours(made, training)
    made, training, holdout = _sets(30, 40)
    made[:, 3], training[::2, 5] = 0, -1  # a variant without variation, and calls that are missing
    assert 0 <= synthetic.aats(synthetic.neighbours(made, training, holdout)).value <= 1
