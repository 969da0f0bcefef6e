"""Genotypes without a format: matrices with X, standardised, of few people; squares; arrays with names; typing without names."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pytest

from pytest_genomic_guard.policy.packs.names import listed, open_tier
from pytest_genomic_guard.testing import scan


def _codes(name: str, data: bytes) -> set[tuple[str, str]]:
    return {(each.code, each.outcome) for each in scan({name.encode(): data}).findings}


def _genotypes(draw: np.random.Generator, people: int, variants: int) -> np.ndarray:
    return draw.binomial(2, draw.uniform(0.05, 0.5, variants), (people, variants))


def _npy(matrix: np.ndarray) -> bytes:
    made = io.BytesIO()
    np.save(made, matrix)
    return made.getvalue()


def _ids(draw: np.random.Generator, count: int) -> list[str]:
    return [f"HF{number}" for number in draw.choice(90_000, count, replace=False) + 10_000]


@pytest.mark.parametrize("form", ["x", "few", "standardised", "standardised and turned"])
def test_matrices(form: str) -> None:
    """A bare matrix is told with variants of X, of ten people, and in units of its own."""
    draw = np.random.default_rng(11)
    counts = _genotypes(draw, 10 if form == "few" else 100, 300)
    if form == "x":
        counts[:50, 250:] = 2 * (draw.random((50, 50)) < counts[:, 250:].mean(0) / 2)
    matrix = counts.astype(float)
    if form.startswith("standardised"):
        share = counts.mean(0) / 2
        matrix = (counts - 2 * share) / np.sqrt(2 * share * (1 - share))
    assert ("GEN305", "fail") in _codes("a.npy", _npy(matrix.T if form.endswith("turned") else matrix))


@pytest.mark.parametrize("form", ["likert", "one-hot", "standardised answers", "mask"])
def test_other_matrices(form: str) -> None:
    """Answers, indicators and masks are none, in their own units or standardised."""
    draw = np.random.default_rng(12)
    answers = np.stack([draw.choice(3, 200, p=draw.dirichlet([1, 1, 1])) for _each in range(60)], 1).astype(float)
    made = {
        "likert": answers,
        "standardised answers": (answers - answers.mean(0)) / (answers.std(0) + 1e-9),
        "one-hot": np.eye(3)[draw.integers(0, 3, (100, 40))].reshape(100, -1),
        "mask": draw.random((100, 100)) < 0.4,
    }[form]
    assert not _codes("a.npy", _npy(np.asarray(made)))


@pytest.mark.parametrize("people", ["ours", "public"])
def test_names_beside(people: str) -> None:
    """Names of rows and columns beside a matrix in one archive are its names, and decide whose it is."""
    draw = np.random.default_rng(13)
    counts = _genotypes(draw, 40, 60)
    names = _ids(draw, 40) if people == "ours" else [name.decode() for name in sorted(listed("1000-genomes"))[:40]]
    made = io.BytesIO()
    rsids = [f"rs{number}" for number in draw.choice(10**6, 60, replace=False)]
    np.savez(made, G=counts, samples=np.array(names), rsids=np.array(rsids))
    assert ("GEN301", "fail" if people == "ours" else "note") in _codes("a.npz", made.getvalue())


def test_index_of_pandas() -> None:
    """The index of a data frame names its rows, though it is stored behind all columns."""
    draw = np.random.default_rng(14)
    names = [name.decode() for name in sorted(listed("1000-genomes"))[:40]]
    frame = pd.DataFrame(_genotypes(draw, 40, 60), index=names, columns=[f"rs{at}" for at in range(1000, 1060)])
    made = io.BytesIO()
    frame.to_parquet(made)
    assert _codes("a.parquet", made.getvalue()) == {("GEN301", "note")}


@pytest.mark.parametrize("of", ["people", "features"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_squares(of: str, form: str) -> None:
    """A square of relationships is of people; the same numbers between features are correlations."""
    draw = np.random.default_rng(15)
    names = _ids(draw, 30) if of == "people" else [f"feature_{at}" for at in range(30)]
    numbers = pd.DataFrame(np.corrcoef(draw.normal(size=(30, 200))).round(4), index=names, columns=names)
    made = io.BytesIO()
    if form == "csv":
        numbers.to_csv(made)
    else:
        numbers.to_excel(made)
    assert _codes(f"a.{form}", made.getvalue()) == ({("GEN303", "fail")} if of == "people" else set())


def test_expression_behind_places() -> None:
    """Expression by sample behind the place of each gene, as QTL tools read it."""
    draw = np.random.default_rng(16)
    lines = ["\t".join(["#chr", "start", "end", "gene_id", *_ids(draw, 20)])]
    for at in range(40):
        numbers = "\t".join(f"{value:.3f}" for value in draw.normal(size=20))
        lines.append(f"chr1\t{at * 1000}\t{at * 1000 + 1}\tENSG{at:011d}.1\t{numbers}")
    assert _codes("a.bed", "\n".join(lines).encode()) == {("GEN205", "fail")}


def test_typing_forms() -> None:
    """HLA typing without a line of names, and merged in JSON."""
    draw = np.random.default_rng(17)
    people = {
        name: {gene: [f"{gene}*{draw.integers(1, 9):02}:01" for _both in "12"] for gene in ("A", "B")} for name in _ids(draw, 20)
    }
    rows = "\n".join("\t".join([name, *(allele for both in genes.values() for allele in both)]) for name, genes in people.items())
    assert ("GEN206", "fail") in _codes("a.tsv", rows.encode())
    assert ("GEN206", "fail") in _codes("a.json", json.dumps(people).encode())


def test_normal_samples() -> None:
    """Samples of the germline are not of the open tier, those of tumours are."""
    stem = b"-".join([b"TC" + b"GA", b"A1", b"B2C3"])
    assert open_tier([stem + b"-01A", stem], 2)
    assert not open_tier([stem + b"-10A"], 1)
    assert open_tier([stem + b"-01A", stem + b"-11A"], 2, normal=True)
