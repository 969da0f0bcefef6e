"""Reads and sequences: found as other programs write them and in every wrapper; references are not; no parser ever raises."""

from __future__ import annotations

import random
import struct
from typing import TYPE_CHECKING

import pytest
from _reads import CONTIGS, header, outcomes, reference, rows, samtools, somebody
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.bounds import HEAD
from pytest_genomic_guard.views.genomic.naming import chromosome_of, haplotype, is_read, is_reference
from pytest_genomic_guard.views.genomic.species import of_contigs, of_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ALIGNED, RAW, PERSONAL, TRACE = ("GEN201", "fail"), ("GEN202", "fail"), ("GEN203", "fail"), ("GEN209", "warn")
RAISED = {"check-failed", "view-failed"}
CRAMS = (
    "version=2.1",
    "version=3.0",
    "version=3.1",
    "version=3.1,archive",
    "version=3.1,use_lzma=1,use_bzip2=1,level=9",
    "embed_ref=1",
    "no_ref=1",
    "level=0",
    "version=4.0",
)
TEXTS: dict[str, tuple[Callable[[], str], tuple[str, str]]] = {
    "sam": (lambda: samples.sam(reads=8), ALIGNED),
    "rows": (lambda: samples.sam(reads=8, header="none"), ALIGNED),
    "groups": (lambda: samples.sam_header(people=9), ALIGNED),
    "fastq": (lambda: samples.fastq(reads=6), RAW),
    "wrapped": (lambda: samples.fastq(reads=6, width=25), RAW),
    "reads": (lambda: samples.fasta(kind="reads", records=8), RAW),
    "mtdna": (lambda: samples.fasta(kind="mtdna"), PERSONAL),
    "haplotype": (lambda: samples.fasta(kind="haplotype"), PERSONAL),
}
WRAPPERS = (
    "gzip",
    "bgzf",
    "zip",
    "tar",
    "bz2",
    "xz",
    "crlf",
    "bom",
    "blank-lines",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "base64",
    "notebook-stream",
)


def _written(folder: Path, people: int, count: int) -> None:
    """Write a.sam and its reference."""
    made = reference(folder)
    (folder / "a.sam").write_text(header(people, CONTIGS) + (rows(made, count) if count else ""))


@pytest.mark.parametrize("words", ["-b", "-u", "-b --no-PG"])
def test_bam(tmp_path: Path, words: str) -> None:
    """BAM with reads is of people, with and without read groups; a header is when it names one."""
    for people, count, expected in ((2, 40, [ALIGNED]), (0, 40, [ALIGNED]), (2, 0, [ALIGNED]), (0, 0, [])):
        _written(tmp_path, people, count)
        assert outcomes(samtools(tmp_path, "view", *words.split(), "a.sam")) == expected


@pytest.mark.parametrize("option", CRAMS)
def test_cram(tmp_path: Path, option: str) -> None:
    """So is CRAM of every version and kind of compression; of the experimental one only that it is one is known."""
    for people, count, expected in ((2, 40, [ALIGNED]), (0, 40, [ALIGNED]), (2, 0, [ALIGNED]), (0, 0, [])):
        _written(tmp_path, people, count)
        data = samtools(tmp_path, "view", "-C", "-T", "ref.fa", "-O", f"cram,{option}", "a.sam")
        assert outcomes(data) == ([ALIGNED] if option == "version=4.0" else expected)


def test_what_samtools_makes_of_reads(tmp_path: Path) -> None:
    """FASTQ, FASTA and pileups of reads are found; indexes, dictionaries and statistics are not."""
    _written(tmp_path, 1, 60)
    (tmp_path / "a.bam").write_bytes(samtools(tmp_path, "view", "-b", "a.sam"))
    samtools(tmp_path, "index", "a.bam")
    samtools(tmp_path, "index", "-c", "a.bam")
    for words, expected in (
        (("fastq", "a.bam"), [RAW]),
        (("fasta", "a.bam"), [RAW]),
        (("view", "a.bam"), [ALIGNED]),
        (("view", "-h", "a.bam"), [ALIGNED]),
        (("mpileup", "-f", "ref.fa", "a.bam"), [ALIGNED]),
        (("dict", "ref.fa"), []),
        (("flagstat", "a.bam"), []),
        (("idxstats", "a.bam"), []),
        (("stats", "a.bam"), []),
        (("depth", "a.bam"), []),
        (("coverage", "a.bam"), []),
    ):
        assert outcomes(samtools(tmp_path, *words)) == expected, words
    for name in ("a.bam.bai", "a.bam.csi", "ref.fa", "ref.fa.fai"):
        assert outcomes((tmp_path / name).read_bytes()) == [], name


def test_a_header_that_is_longer_than_what_is_looked_at_first(tmp_path: Path) -> None:
    """It is read on to the read groups, and without any to its end."""
    contigs = {f"part_{number}": 1_000 + number for number in range(20_000)}
    for people, expected in ((1, [ALIGNED]), (0, [])):
        text = header(people, contigs)
        assert len(text) > 4 * HEAD
        (tmp_path / "a.sam").write_text(text)
        assert outcomes(text.encode()) == expected
        assert outcomes(samtools(tmp_path, "view", "-b", "a.sam")) == expected
        assert outcomes(samtools(tmp_path, "view", "-C", "-O", "cram,no_ref=1", "a.sam")) == expected


def test_pysam(tmp_path: Path) -> None:
    """What pysam writes, and what it prints of a read, is found."""
    pysam = pytest.importorskip("pysam")
    _written(tmp_path, 1, 30)
    with pysam.AlignmentFile(str(tmp_path / "a.sam")) as source:
        shown = "".join(f"{read}\n" for read in source.head(6))
        with pysam.AlignmentFile(str(tmp_path / "b.bam"), "wb", template=source) as out:
            out.write(next(source))
    assert outcomes((tmp_path / "b.bam").read_bytes()) == [ALIGNED]
    assert outcomes(shown.encode()) == [ALIGNED]


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_wrapped_text(kind: str, wrapper: str) -> None:
    """A text is found in every wrapper, whatever its name."""
    make, expected = TEXTS[kind]
    assert expected in outcomes(DIRECTIVES[wrapper](make().encode()))


@pytest.mark.parametrize("wrapper", ["gzip", "bgzf", "zip", "tar", "bz2", "xz"])
@pytest.mark.parametrize("kind", ["bam", "cram", "trace"])
def test_wrapped_binary(kind: str, wrapper: str) -> None:
    """So is a binary file."""
    data = samples.bam(reads=3, people=1, species="human") if kind == "bam" else samples.cram() if kind == "cram" else samples.ab1()
    assert (TRACE if kind == "trace" else ALIGNED) in outcomes(DIRECTIVES[wrapper](data))


@pytest.mark.parametrize("separator", [" ", ",", "   "])
def test_other_separators(separator: str) -> None:
    """Tabs that became blanks or commas change nothing, with a header and without."""
    for kind in ("full", "none"):
        assert outcomes(samples.sam(header=kind).replace("\t", separator).encode()) == [ALIGNED]


def test_beginning_of_reads_is_enough() -> None:
    """A FASTQ cut anywhere after its first read is found."""
    whole = samples.fastq(reads=3).encode()
    first = len(b"\n".join(whole.split(b"\n")[:4]))
    cuts = random.Random(3).sample(range(first, len(whole)), 25)  # noqa: S311 - the same every time
    assert all(outcomes(whole[:cut]) == [RAW] for cut in cuts)


@pytest.mark.parametrize("species", ["mouse", "fly", "virus"])
def test_other_organisms_are_a_note(species: str) -> None:
    """By their sequences, in SAM, BAM and CRAM alike."""
    for data in (
        samples.sam(species=species).encode(),
        samples.bam(reads=2, people=1, species=species),
        samples.cram(species=species),
    ):
        assert [outcome for _code, outcome in outcomes(data)] == ["note"]
    rows_alone = samples.sam(species=species, header="none").encode()
    assert [outcome for _code, outcome in outcomes(rows_alone)] == [
        "fail" if species == "mouse" else "note"
    ]  # chr1 has no length there


@pytest.mark.parametrize("kind", ["reference", "transcript", "gene", "protein"])
def test_references_are_quiet(kind: str) -> None:
    """So are sequences that nobody is told from."""
    assert outcomes(samples.fasta(kind=kind, records=5).encode()) == []


def test_long_references_are_quiet() -> None:
    """A sequence of more than a megabase under a reference's name is a reference, as is the genome of a microbe."""
    body = "ACGTTGCA\n" * 200_000
    for title in (
        "chr20",
        "20 dna:chromosome",
        "NC_000020.11 Homo sapiens",
        "CM000682.2",
        "scaffold_3",
        "GRCh38#0#chr20",
        "U00096.3",
        "chr6_cox_hap2",
    ):
        assert outcomes(f">{title}\n{body}".encode()) == [], title
    for title in ("chr20:100-200", "chr1_KI270706v1_random", "mm10_chr1"):
        assert outcomes(f">{title}\n{body[:60_000]}".encode()) == [], title
    for title in (f"{somebody()}#2#chr20", "chr20_MATERNAL", "h1tg000001l", f"{somebody()}_chr20", f"{somebody()} chromosome 20"):
        assert outcomes(f">{title}\n{body}".encode()) == [PERSONAL], title


def test_names() -> None:
    """Names are told apart by the rules of those who give them."""
    assert all(
        map(is_reference, (b"NC_012920.1", b"chrM", b"MT", b"ENST00000000001", b"sp|Q00001|X", b"rCRS", b"J01415.2", b"X93334.1"))
    )
    assert not any(map(is_reference, (b"S12 isolate", b"mother_mt", b"AB123")))
    assert is_read(b"SRR0000001.7")
    assert is_read(b"gnl|SRA|SRR0000001.7.1")
    assert not is_read(b"CHR20:100:200")
    assert haplotype(b"x1#2#chr3") == (b"x1", b"chr3")
    assert haplotype(b"CHM13#0#chr3") is None
    assert chromosome_of(b"ab12_chr3") == b"ab12"
    assert chromosome_of(b"hg38_chr3") is None


def test_traces_name_their_sample() -> None:
    """So that a path that repeats it is masked."""
    name = somebody() + "Q77"
    report = scan({f"{name}.ab1".encode(): samples.ab1(name)})
    assert name not in "".join(map(str, report.findings))


def test_species_by_lengths() -> None:
    """Chromosomes of known assemblies tell, with and without `chr`; cuts and made-up sequences do not."""
    assert of_contigs([(b"20", 64_444_167)]) == of_contigs([(b"chr1", 249_250_621), (b"NC_045512.2", 29_903)]) == "human"
    assert (
        of_contigs([(b"chr1", 195_471_971)])
        == of_contigs([(b"2L", None), (b"X", None)])
        == of_contigs([(b"chrIV", None)])
        == "other"
    )
    unknown: list[list[tuple[bytes, int | None]]] = [
        [],
        [(b"chr1", 1_000)],
        [(b"1", None)],
        [(b"ref", 900)],
        [(b"X", None)],
        [(b"1", 10_000_000)],
    ]
    assert {of_contigs(each) for each in unknown} == {""}
    assert of_contigs([(b"phiX", 5_386)]) == "other"
    assert of_contigs([(b"phiX", 5_386), (b"chr1", None)]) == ""
    assert of_contigs([(b"CHROMOSOME_I", 1_009_800)]) == "other"
    assert of_contigs([(b"long", 2_147_483_647)]) == ""
    assert (of_words(b"/ref/mm10.fa"), of_words(b"GRCh38.p13"), of_words(b"my.fa")) == ("other", "human", "")


@FUZZ
@given(st.lists(st.tuples(st.binary(max_size=12), st.none() | st.integers(0, 2**32)), max_size=12))
def test_species_never_raises(contigs: list[tuple[bytes, int | None]]) -> None:
    """Whatever the names and lengths are, and the order does not matter."""
    assert of_contigs(contigs) == of_contigs(contigs[::-1])


def _mutated(data: bytes, seed: int) -> bytes:
    """Return data with bytes changed, cut, doubled or replaced by large numbers."""
    made = random.Random(seed)  # noqa: S311 - as above
    out = bytearray(data)
    for _each in range(made.randrange(1, 6)):
        at = made.randrange(len(out)) if out else 0
        kind = made.randrange(4)
        if kind == 0 and out:
            out[at] = made.randrange(256)
        elif kind == 1:
            del out[at:]
        elif kind == 2:
            out[at:at] = out[: made.randrange(200)]
        else:
            out[at : at + 4] = struct.pack("<I", made.choice([2**31, 2**32 - 1, 0, 2**24]))
    return bytes(out)


_SEEDS = {
    "bam": samples.bam(reads=2, people=1, species="human"),
    "cram": samples.cram(),
    "cram2": samples.cram(version=2),
    "trace": samples.ab1(),
    "sam": samples.sam().encode(),
    "fastq": samples.fastq().encode(),
    "fasta": samples.fasta(kind="haplotype").encode(),
}


@pytest.mark.parametrize("kind", sorted(_SEEDS))
@FUZZ
@given(seed=st.integers(0, 2**32))
def test_damaged_content_never_raises(kind: str, seed: int) -> None:
    """A check or reader that raised would be told as an internal error."""
    report = scan({b"part-0": _mutated(_SEEDS[kind], seed)})
    assert not {gap.reason for gap in report.gaps} & RAISED


@pytest.mark.parametrize(
    "start", [b"BAM\1", b"CRAM\3\0", b"CRAM\2\1", b"ABIF", b"@HD\tVN:1.6\n", b"@SQ\tSN:", b"@r\n", b">", b"@r\nACGT\n+\n"]
)
@FUZZ
@given(rest=st.binary(max_size=300))
def test_arbitrary_content_never_raises(start: bytes, rest: bytes) -> None:
    """As above, after the mark of a format."""
    assert not {gap.reason for gap in scan({b"part-0": start + rest}).gaps} & RAISED


def test_claims_are_bounded() -> None:
    """A header that claims gigabytes is a gap, or a finding where it named somebody before."""
    claim = struct.pack("<I", 2**31)
    assert outcomes(b"BAM\1" + claim + b"@HD\tVN:1.6\n") == [("RUN101", "too-large")]
    text = header(1, CONTIGS).encode()
    assert outcomes(b"BAM\1" + struct.pack("<I", len(text)) + text + claim) == [ALIGNED]
    assert outcomes(b"BAM\1" + struct.pack("<I", 0) + claim)[0][0] == "RUN101"
    assert outcomes(b"CRAM\3\0" + bytes(20) + b"\xff\xff\xff\x7f" + bytes(60)) == [ALIGNED]
