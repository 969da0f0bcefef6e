"""Files that are variant calls, made by hypothesis: the number of people is exact, and sites are never people."""

from __future__ import annotations

import codecs
import gzip
import struct
from typing import TYPE_CHECKING

import pytest
from _views import Cohort, cohorts, people, read
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard._samples import bgzf, notebook
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.bounds import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

WRAPS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "gzip": gzip.compress,
    "bgzf": bgzf,
    "empty first block": lambda data: bgzf(b"") + bgzf(data),
    "two members": lambda data: gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :]),
    "gzip in gzip": lambda data: gzip.compress(gzip.compress(data)),
    "utf-8-sig": lambda data: codecs.BOM_UTF8 + data,
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "utf-32": lambda data: data.decode().encode("utf-32"),
    "utf-32-le": lambda data: data.decode().encode("utf-32-le"),
    "blank lines": lambda data: b"\n \r\n" + data,
}


@given(cohorts())
def test_people_are_counted(cohort: Cohort) -> None:
    """Any VCF, with or without its header, gives exactly its number of people, and nothing else is said of it."""
    found = read(cohort.data)
    assert [(view.setting, view.samples) for view in found.calls] == [("file", cohort.samples)]
    assert found.level == "verdict-by-header"


@settings(deadline=None)
@given(cohorts(least=0))
def test_sites_are_nobody(cohort: Cohort) -> None:
    """A VCF without sample columns is quiet, whatever stands in its INFO, and its text is read in full."""
    found = read(cohort.data)
    assert all(view.samples == 0 for view in found.calls)
    assert found.level == "full"
    assert people(cohort.data) == 0


@given(cohorts(), st.sampled_from(sorted(WRAPS)))
def test_wrapping_changes_nothing(cohort: Cohort, wrap: str) -> None:
    """Compression and encoding hide nobody."""
    assert people(WRAPS[wrap](cohort.data), b"renamed.dat") == cohort.samples


@given(cohorts(least=0), st.sampled_from(sorted(WRAPS)))
def test_wrapped_sites_are_nobody(cohort: Cohort, wrap: str) -> None:
    """Compression and encoding make nobody of sites."""
    assert people(WRAPS[wrap](cohort.data)) == 0


@given(cohorts(header=True), st.sampled_from(("text/plain", "stream")))
def test_output_of_a_notebook(cohort: Cohort, kind: str) -> None:
    """A VCF that a notebook printed counts the same people."""
    text = cohort.data.replace(b"\r\n", b"\n")
    assert people(notebook(text, kind), b"a.ipynb") == cohort.samples


@pytest.mark.parametrize("samples_", [0, 1, 3])
@pytest.mark.parametrize("size", [2_200, 60_000])
def test_long_header(size: int, samples_: int) -> None:
    """A header far beyond the bytes that are looked at first is read to its column line."""
    data = samples.vcf(samples=samples_)
    contigs = b"".join(b"##contig=<ID=ctg%d,length=%d>\n" % (number, number + 1) for number in range(size))
    long = data.replace(b"##contig=<ID=chr7>\n", contigs)
    assert len(long) > HEAD
    assert people(long) == samples_
    assert people(bgzf(long)) == samples_


@pytest.mark.parametrize("header", ["full", "columns", "none"])
def test_many_people(header: str) -> None:
    """A line wider than any first look is read to its end."""
    assert people(samples.vcf(samples=30_000, variants=1, header=header)) == 30_000


def test_million_columns() -> None:
    """A million sample columns are counted, not cut."""
    names = b"\t".join(b"s%d" % number for number in range(10**6))
    found = read(b"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + names + b"\n")
    assert found.calls[0].samples == 10**6


def test_column_line_cut_short() -> None:
    """Rows with people under a column line without them are people all the same."""
    data = samples.vcf(samples=3)
    lines = data.split(b"\n")
    for at, line in enumerate(lines):
        if line.startswith(b"#CHROM"):
            lines[at] = b"\t".join(line.split(b"\t")[:8])
    assert people(b"\n".join(lines)) == 3


def test_rows_cut_short() -> None:
    """Names in the column line are people, though the rows lack their columns, or there are none."""
    data = samples.vcf(samples=2)
    cut = b"\n".join(line if line.startswith(b"#") else b"\t".join(line.split(b"\t")[:8]) for line in data.split(b"\n"))
    assert people(cut) == 2
    assert people(samples.vcf(samples=2, variants=0)) == 2


def test_format_and_nobody_after_it() -> None:
    """Nine columns name nobody, also with a tab after the last."""
    columns = b"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
    assert people(columns + b"\n") == people(columns + b"\t\n") == people(columns) == 0


@pytest.mark.parametrize("before", [b"# A comment\n", b"##x\n\n", b"\xef\xbb\xbf", b"  "])
def test_things_before_the_column_line(before: bytes) -> None:
    """Comments, blank lines and a mark before the column line change nothing."""
    assert people(before + samples.vcf(samples=2, header="columns")) == 2


@given(st.integers(0, 5), st.booleans())
def test_bcf(count: int, compressed: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """The header in a BCF decides, compressed or not."""
    data = samples.bcf(samples=count)
    found = read(bgzf(data) if compressed else data)
    assert [(view.format, view.samples) for view in found.calls] == [("BCF", count)]
    assert found.level == "verdict-by-header"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"BCF\2\2", "truncated"),
        (b"BCF\2\2" + struct.pack("<I", 100) + b"##file", "truncated"),
        (b"BCF\2\2" + struct.pack("<I", 1 << 31) + b"##file", "too-large"),
        (b"BCF\2\2" + struct.pack("<I", 0xFFFFFFFF), "too-large"),
        (b"BCF\2\2" + struct.pack("<I", 4) + b"none", "corrupt"),
        (b"BCF\2\2" + struct.pack("<I", 0), "corrupt"),
    ],
)
def test_damaged_bcf(data: bytes, reason: str) -> None:
    """A BCF that lies about its header, or has none, is a gap; an absurd length reserves no memory."""
    assert read(data).level == f"gap {reason}"
    assert read(bgzf(data)).level == f"gap {reason}"
