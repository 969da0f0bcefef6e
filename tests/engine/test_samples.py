"""Invented contents are new at every call, and what their names say: other tools read them."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import nbformat
import pysam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from pathlib import Path


def test_samples_are_new() -> None:
    """No two calls give the same sample, so that no test can hold on to one."""
    for make in (
        samples.vcf,
        samples.bcf,
        samples.frame,
        samples.fam,
        samples.bim,
        samples.bed,
        samples.prose,
        samples.hexadecimal,
    ):
        assert make() != make()


@pytest.mark.parametrize("people", [0, 1, 7])
@pytest.mark.parametrize("wrap", ["", "bgzf"])
def test_samples_are_vcf(tmp_path: Path, people: int, wrap: str) -> None:
    """The reader of htslib takes our VCF, plain and as BGZF, with the same people and rows."""
    file = tmp_path / "calls"
    data = samples.vcf(samples=people, variants=3000)
    file.write_bytes(DIRECTIVES[wrap](data) if wrap else data)
    with pysam.VariantFile(str(file)) as read:
        assert (len(read.header.samples), sum(1 for _row in read)) == (people, 3000)


def test_samples_are_bcf_and_bam(tmp_path: Path) -> None:
    """The reader of htslib takes our BCF and BAM, which bgzip has to wrap."""
    (tmp_path / "calls.bcf").write_bytes(DIRECTIVES["bgzf"](samples.bcf(samples=4)))
    with pysam.VariantFile(str(tmp_path / "calls.bcf")) as read:
        assert len(read.header.samples) == 4
    (tmp_path / "reads.bam").write_bytes(DIRECTIVES["bgzf"](samples.bam()))
    with pysam.AlignmentFile(str(tmp_path / "reads.bam"), check_sq=False) as reads:
        assert reads.is_bam


@pytest.mark.parametrize("word", [word for word in DIRECTIVES if word.startswith("notebook")])
def test_notebooks_are_valid(word: str) -> None:
    """Our notebooks are valid for nbformat, and the text is in them once."""
    data = DIRECTIVES[word](b"first\nsecond\n")
    book = json.loads(data)
    for number, cell in enumerate(book["cells"]):
        cell["id"] = f"cell{number}"
    nbformat.validate(book)
    assert json.dumps(book).count("second") == 1


@given(st.binary(max_size=200_000))
def test_bgzf_round_trip(data: bytes) -> None:
    """Blocks unpack to what went in, and end with the marker of the specification."""
    packed = DIRECTIVES["bgzf"](data)
    assert gzip.decompress(packed) == data
    assert packed.endswith(bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000"))
