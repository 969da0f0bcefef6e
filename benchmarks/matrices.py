"""How often matrices of small numbers are taken for genotypes, and genotypes for other numbers.

    python benchmarks/matrices.py [SEED [TIMES]]

Genotypes come from msprime (one population, growth, two and three populations of a split, deep splits; all variants, those over 1 %
and over 5 %; 20 to 2,000 people) and from binomial draws over several spectra; the others from models of scales, latent traits,
counts, labels, masks, boards, votes, copy numbers and texts. Thresholds were chosen on seeds below 1,000; the default is held out.
Both rates are told with Wilson's 95 % interval.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msprime
import numpy as np

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.genomic.genobare import recognise
from pytest_genomic_guard.views.genomic.grid import Grid
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.tables.table import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    Matrix = np.ndarray[Any, Any]
    Draw = np.random.Generator

PEOPLE = (20, 30, 60, 200, 1000)
SPLITS = {"two": (2, 1500), "three": (3, 1500), "deep": (2, 4000)}
ENTRY = Memory({b"x": b""}).entries()[0]


def population(kind: str, people: int, seed: int) -> Matrix:
    """Return allele counts, a row for each person, of 400 kb."""
    demography = msprime.Demography()
    if kind in SPLITS:
        count, time = SPLITS[kind]
        names = [f"P{at}" for at in range(count)]
        for name in names:
            demography.add_population(name=name, initial_size=8000)
        demography.add_population(name="A", initial_size=10_000)
        demography.add_population_split(time=time, derived=names, ancestral="A")
        samples = {name: people // count + (people % count if at == 0 else 0) for at, name in enumerate(names)}
    else:
        demography.add_population(
            name="A", initial_size=10_000 if kind == "one" else 100_000, growth_rate=0 if kind == "one" else 0.004
        )
        if kind == "growth":
            demography.add_population_parameters_change(time=700, initial_size=8000, growth_rate=0, population="A")
        samples = {"A": people}
    trees = msprime.sim_ancestry(samples, demography=demography, sequence_length=4e5, recombination_rate=1e-8, random_seed=seed)
    trees = msprime.sim_mutations(trees, rate=2e-8, random_seed=seed, model=msprime.BinaryMutationModel())
    haplotypes = trees.genotype_matrix()
    counts: Matrix = (haplotypes[:, 0::2] + haplotypes[:, 1::2]).T
    return counts


def chosen(counts: Matrix, least: float, most: int, draw: Draw) -> Matrix:
    """Return some of the variants: those above a share, counted by the rarer allele, by either, or as they are."""
    share = counts.mean(0) / 2
    counts = counts[:, np.minimum(share, 1 - share) > least]
    if counts.shape[1] > most:
        counts = counts[:, np.sort(draw.choice(counts.shape[1], most, replace=False))]
    way = draw.random()
    turned = counts.mean(0) > 1 if way < 0.4 else draw.random(counts.shape[1]) < (0.3 if way < 0.6 else 0)
    return np.where(turned, 2 - counts, counts)


def genotypes(seed: int, times: int) -> Iterator[tuple[str, Matrix]]:
    """Yield genotype matrices with the name of their model; a part of them with variants in rows, and with missing ones."""
    for again in range(times):
        for kind in ("one", "growth", *SPLITS):
            for people in PEOPLE:
                counts = population(kind, people, seed * 100 + again * 10 + 1)
                for least in (0.0, 0.01, 0.05):
                    for most in (60, 500):
                        draw = np.random.default_rng((seed, again, people, most))
                        yield f"{kind} {people} > {least}", varied(chosen(counts, least, most, draw), draw)
        for spectrum in ("flat", "minor", "rare", "ends"):
            for people in PEOPLE:
                for variants in (40, 100, 1000):
                    draw = np.random.default_rng((seed, again, people, variants))
                    share = {
                        "flat": draw.uniform(0.05, 0.95, variants),
                        "minor": draw.uniform(0.05, 0.5, variants),
                        "rare": draw.uniform(0.01, 0.5, variants),
                        "ends": draw.beta(0.5, 0.5, variants).clip(0.02, 0.98),
                    }[spectrum]
                    yield f"{spectrum} {people} x {variants}", varied(draw.binomial(2, share, (people, variants)), draw)


def varied(counts: Matrix, draw: Draw) -> Matrix:
    """Return a matrix, one of three turned, one of three with some missing."""
    if draw.random() < 0.33:
        counts = np.where(draw.random(counts.shape) < 0.03, -1, counts)
    return counts.T if draw.random() < 0.33 else counts


def others(seed: int, times: int) -> Iterator[tuple[str, Matrix]]:
    """Yield matrices of small numbers that are no genotypes, with the name of their model."""
    for again in range(times):
        for at, kind in enumerate(MODELS):
            draw = np.random.default_rng((seed, again, at))
            rows, columns = int(draw.choice([20, 40, 100, 300, 1000])), int(draw.choice([30, 60, 200, 784]))
            yield kind, np.asarray(MODELS[kind](draw, rows, columns), dtype=int)


def scale(draw: Draw, rows: int, columns: int, alike: float = 1) -> Matrix:
    """Return answers on a scale of three."""
    return np.stack([draw.choice(3, rows, p=draw.dirichlet([alike] * 3)) for _each in range(columns)], 1)


def traits(draw: Draw, rows: int, columns: int, wide: float = 0) -> Matrix:
    """Return answers that follow a trait of those who answer."""
    low = draw.normal(-0.3, 0.8, columns)
    latent = draw.normal(size=(rows, 1)) * draw.uniform(0.3, 1.2, columns) + draw.normal(size=(rows, columns))
    return (latent > low).astype(int) + (latent > low + (wide or draw.uniform(0.4, 1.8, columns)))


def mask(draw: Draw, rows: int, columns: int) -> Matrix:
    """Return smooth areas of three classes."""
    field = draw.normal(size=(rows, columns))
    for _each in range(int(draw.integers(3, 12))):
        field = field + np.roll(field, 1, 0) + np.roll(field, -1, 0) + np.roll(field, 1, 1) + np.roll(field, -1, 1)
    middle, high = np.quantile(field, [0.5, 0.8])
    made: Matrix = (field > middle).astype(int) + (field > high)
    return made


def copies(draw: Draw, rows: int, columns: int) -> Matrix:
    """Return copy numbers with deletions."""
    made = np.full((rows, columns), 2)
    for row in made:
        for _each in range(draw.poisson(3)):
            start = draw.integers(0, columns)
            row[start : start + draw.integers(1, 20)] = draw.choice([0, 1, 1])
    return made


def chain(draw: Draw, rows: int, columns: int) -> Matrix:
    """Return states that last."""
    made = draw.integers(0, 3, (rows, columns))
    for at in range(1, columns):
        made[:, at] = np.where(draw.random(rows) < 0.8, made[:, at - 1], made[:, at])
    return made


def votes(draw: Draw, rows: int, columns: int) -> Matrix:
    """Return no, absent and yes of two parties."""
    side = np.sign(draw.normal(size=(rows, 1)))
    yes = draw.random((rows, columns)) < 1 / (1 + np.exp(-2 * side * draw.normal(size=columns)))
    return np.where(draw.random((rows, columns)) < 0.06, 1, 2 * yes)


def edges(draw: Draw, rows: int, columns: int) -> Matrix:
    """Return an adjacency matrix with double edges."""
    made = draw.binomial(2, draw.uniform(0.02, 0.4), (rows, rows))
    del columns
    return np.triu(made, 1) + np.triu(made, 1).T


def board(draw: Draw, rows: int, columns: int) -> Matrix:
    """Return places that are empty, black or white."""
    return np.stack([draw.choice(3, rows, p=[1 - 2 * each, each, each]) for each in draw.uniform(0.05, 0.45, columns)], 1)


MODELS: dict[str, Any] = {
    "scale": scale,
    "even scale": lambda draw, rows, columns: scale(draw, rows, columns, 3),
    "traits": traits,
    "traits of one width": lambda draw, rows, columns: traits(draw, rows, columns, 1),
    "uniform": lambda draw, rows, columns: draw.integers(0, 3, (rows, columns)),
    "clipped counts": lambda draw, rows, columns: draw.poisson(draw.gamma(1, 0.7, columns), (rows, columns)).clip(0, 2),
    "clipped high counts": lambda draw, rows, columns: draw.poisson(draw.gamma(2, 1, columns), (rows, columns)).clip(0, 2),
    "clipped broad counts": lambda draw, rows, columns: draw.negative_binomial(
        1, draw.uniform(0.3, 0.95, columns), (rows, columns)
    ).clip(0, 2),
    "rare counts": lambda draw, rows, columns: draw.poisson(draw.gamma(0.5, 0.05, columns), (rows, columns)).clip(0, 2),
    "counts of cells": lambda draw, rows, columns: draw.poisson(
        draw.gamma(2, 0.5, (rows, 1)) * draw.gamma(1, 0.5, columns), (rows, columns)
    ).clip(0, 2),
    "one share": lambda draw, rows, columns: draw.binomial(2, draw.uniform(0.1, 0.9), (rows, columns)),
    "one-hot": lambda draw, rows, columns: np.eye(3, dtype=int)[draw.integers(0, 3, (rows, columns // 3))].reshape(rows, -1),
    "labels": lambda draw, rows, columns: np.repeat(draw.integers(0, 3, (rows, 1)), columns, 1),
    "mask": mask,
    "board": board,
    "ternary weights": lambda draw, rows, columns: draw.choice(3, (rows, columns), p=draw.dirichlet([4, 4, 4])),
    "edges": edges,
    "contacts": lambda draw, rows, columns: draw.poisson(
        3 / (1 + abs(np.subtract.outer(np.arange(rows), np.arange(columns))))
    ).clip(0, 2),
    "two tries": lambda draw, rows, columns: draw.binomial(
        2, 1 / (1 + np.exp(draw.normal(size=columns) - draw.uniform(0.8, 1.5) * draw.normal(size=(rows, 1))))
    ),
    "copies": copies,
    "votes": votes,
    "grades": lambda draw, rows, columns: draw.normal(draw.normal(1.2, 0.4, columns), 0.6, (rows, columns)).clip(0, 2).round(),
    "symptoms": lambda draw, rows, columns: np.digitize(
        np.exp(0.5 * draw.normal(size=(rows, 1)) + draw.normal(-0.8, 0.5, columns) + 0.6 * draw.normal(size=(rows, columns))),
        [0.7, 1.6],
    ),
    "words": lambda draw, rows, columns: draw.poisson(draw.dirichlet([0.3] * columns) * columns * 0.5, (rows, columns)).clip(0, 2),
    "states": chain,
    "two steps": lambda draw, rows, columns: np.stack(
        [draw.choice(3, rows, p=[one, (1 - one) * two, (1 - one) * (1 - two)]) for one, two in draw.random((columns, 2))], 1
    ),
}


def taken(matrix: Matrix) -> bool:
    """Tell whether a matrix is taken for genotypes."""
    rows = [tuple(map(str, row)) for row in matrix.tolist()]
    source = Source(lambda: enumerate(rows, 1))
    table = DataTable(artifact=ENTRY, trail=(), format="columnar", header=("",) * matrix.shape[1], source=source)
    return recognise(Grid(table)) is not None


def wilson(found: int, count: int) -> str:
    """Return a share in percent with its interval."""
    z, share = 1.96, found / count
    middle = (share + z * z / 2 / count) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / 4 / count**2) ** 0.5
    return f"{found} of {count} = {100 * share:.2f} % [{100 * (middle - half):.2f}, {100 * (middle + half):.2f}]"


def main(seed: int = 2025, times: int = 4) -> int:
    """Print both rates, and which models err."""
    for title, made, wrong in (("genotypes found", genotypes(seed, times), False), ("false alarms", others(seed, 8 * times), True)):
        found = count = 0
        odd: dict[str, int] = {}
        for name, matrix in made:
            hit = taken(matrix)
            found, count = found + hit, count + 1
            if hit is wrong:
                odd[name] = odd.get(name, 0) + 1
        print(f"{title}: {wilson(found, count)}")
        print("\n".join(f"    {name}: {number}" for name, number in sorted(odd.items())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
