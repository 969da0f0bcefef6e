"""Matrices without names are told from other small numbers by what alleles of a population do."""

from __future__ import annotations

import io
from typing import Any

import h5py
import numpy as np
import pytest

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.genomic import hardy


def simulated(people: int, seed: int) -> np.ndarray[Any, Any]:
    """Return allele counts of common variants, a row for each person: haplotypes are mosaics of founders' (Li, Stephens 2003)."""
    generator = np.random.default_rng(seed)
    sites = 400
    founders = (generator.random((60, sites)) < generator.beta(0.8, 1.1, sites)).astype("i1")
    switches = generator.random((2 * people, sites)) < 0.05
    switches[:, 0] = True
    origin = generator.integers(0, len(founders), switches.shape)
    last = np.maximum.accumulate(np.where(switches, np.arange(sites), 0), axis=1)
    haplotypes = founders[np.take_along_axis(origin, last, axis=1), np.arange(sites)]
    share = haplotypes.mean(0)
    common = haplotypes[:, (share > 0.05) & (share < 0.95)][:, :300]
    counts: np.ndarray[Any, Any] = (common[0::2] + common[1::2]).astype("i1")
    return counts


COUNTS = simulated(60, 11)
HALVES = np.stack([(COUNTS > 0).T, (COUNTS > 1).T], 2).astype("i1")


def saved(array: np.ndarray[Any, Any], *, archive: bool = False) -> bytes:
    """Return an array as numpy writes it."""
    out = io.BytesIO()
    if archive:
        np.savez_compressed(out, x=array)
    else:
        np.save(out, array)
    return out.getvalue()


def found(data: bytes, name: bytes = b"x") -> bool:
    """Tell whether a matrix is taken for genotypes."""
    report = scan({name: data})
    assert not report.gaps
    return any(finding.code in {"GEN105", "GEN301", "GEN305"} for finding in report.findings)


@pytest.mark.parametrize("people", [30, 200])
@pytest.mark.parametrize("turned", [False, True])
def test_arrays(people: int, turned: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Arrays of people by variants, and of variants by people, of several types."""
    counts = simulated(people, people + 3)
    counts = counts.T if turned else counts
    for kind in ("i1", "i8", "f4", "f2"):
        assert found(saved(counts.astype(kind)))


def test_what_arrays_hold() -> None:
    """Dosages, missing ones, two alleles in a third dimension, letters; in an archive, and in HDF5."""
    draw = np.random.default_rng(1)
    assert found(saved((COUNTS + draw.normal(0, 0.04, COUNTS.shape)).clip(0, 2)))
    assert found(saved(np.where(draw.random(COUNTS.shape) < 0.03, -1, COUNTS)))
    assert found(saved(HALVES))
    assert found(saved(np.array(["AA", "AG", "GG"])[COUNTS]))
    assert found(saved(COUNTS, archive=True))
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        file["x"] = HALVES
    assert found(out.getvalue())


def test_texts() -> None:
    """The same as text, by savetxt and as it is printed."""
    out = io.BytesIO()
    np.savetxt(out, COUNTS)
    assert found(out.getvalue())
    for mark in ("comma", "tab", "space", "none"):
        assert found(samples.genotype_matrix(mark=mark))


@pytest.mark.parametrize("kind", ["scale", "labels", "counts"])
def test_other_small_numbers(kind: str) -> None:
    """Scales, labels and counts are quiet."""
    assert not found(samples.small_numbers(kind=kind))


def test_too_small() -> None:
    """Fewer than 8 people or 30 variants decide nothing, nor do fewer than 20 people with so few variants as to be chance."""
    assert not found(saved(COUNTS[:7]))
    assert not found(saved(COUNTS[:19, :59]))
    assert not found(saved(COUNTS[:, :29]))


def test_the_index_of_one_population() -> None:
    """F is about 0 along variants, and far from it along people; its scatter is that of the sample's size."""
    across = hardy.shape(COUNTS.T.tolist())
    assert abs(across.index) < 0.08
    assert 0.5 < across.scatter < 1.6
    assert hardy.shape(COUNTS.tolist()).index > 0.2
