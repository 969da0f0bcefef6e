"""Variant calls as other programs write them: bcftools, PLINK, msprime and pysam, whole and cut, with and without people."""

from __future__ import annotations

import io
import random
import shutil
import string
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples, scan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_random = random.SystemRandom()
_LENGTHS = {"1": 248_956_422, "2": 242_193_529}  # bases (GRCh38)
WRAPPED = ["gzip", "bgzf", "zip", "utf-16", "bom", "crlf", "blank-lines", "spaces", "notebook-stream", "base64"]


def _name() -> str:
    """Return a name that no resource and no simulator gives."""
    return "".join(_random.choices("BCDFGKLQRVWXZ", k=3)) + "-" + "".join(_random.choices(string.digits, k=4))


def calls(data: bytes) -> list[tuple[str, str, str]]:
    """Return code, outcome and message of what is found in a file without a name that says anything."""
    report = scan({b"content": data})
    assert not report.gaps
    return [(each.code, each.outcome, each.message) for each in report.findings if each.code in {"GEN101", "GEN102"}]


def written(people: Sequence[str], keys: str = "GT", call: str = "0/1", rows: int = 40) -> bytes:
    """Return a VCF of chromosomes 1 and 2 whose calls are all alike."""
    lines = ["##fileformat=VCFv4.3", '##FILTER=<ID=PASS,Description="x">']
    lines += [f"##contig=<ID={name},length={length}>" for name, length in _LENGTHS.items()]
    kinds = {"GT": "1,Type=String", "PL": "G,Type=Integer", "GP": "G,Type=Float", "DS": "1,Type=Float", "DP": "1,Type=Integer"}
    lines += [f'##FORMAT=<ID={key},Number={kinds[key]},Description="x">' for key in keys.split(":")]
    lines += ['##INFO=<ID=AN,Number=1,Type=Integer,Description="x">', '##INFO=<ID=AC,Number=A,Type=Integer,Description="x">']
    lines.append("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *people]))
    for number in range(rows):
        chromosome, position = "12"[number * 2 // rows], 10_000 + 900 * number
        lines.append(
            "\t".join([chromosome, str(position), f"rs{900 + number}", "A", "G", "50", "PASS", ".", keys, *[call] * len(people)])
        )
    return ("\n".join(lines) + "\n").encode()


def bcftools(*arguments: str, data: bytes) -> bytes:
    """Return what bcftools makes of a call set."""
    if shutil.which("bcftools") is None:
        pytest.skip("bcftools is not installed")
    return subprocess.run(["bcftools", *arguments, "-"], input=data, capture_output=True, check=True).stdout


FORMS = {
    "view": ("view",),
    "view BGZF": ("view", "-Oz"),
    "view BCF": ("view", "-Ob"),
    "view raw BCF": ("view", "-Ou"),
    "no version line": ("view", "--no-version"),
    "rows alone": ("view", "-H"),
    "header alone": ("view", "-h"),
    "without ids": ("annotate", "-x", "ID,QUAL,FILTER"),
    "one site a row": ("norm", "-m", "-any"),
    "tags": ("plugin", "fill-tags"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("people", [1, 3])
def test_bcftools(form: str, people: int) -> None:
    """Whatever bcftools writes of people is individual-level, and the number of people is told."""
    data = bcftools(*FORMS[form], data=written([_name() for _each in range(people)]))
    ((code, outcome, message),) = calls(data)
    assert (code, outcome) == ("GEN101", "fail")
    assert ("1 person" if people == 1 else f"{people} people") in message


@pytest.mark.parametrize("form", ["-Ov", "-Oz", "-Ob", "-Ou"])
@pytest.mark.parametrize("option", ["-G", "-s^PEOPLE"])
def test_bcftools_sites(form: str, option: str) -> None:
    """Sites of which bcftools has dropped the people are no calls of anybody."""
    people = [_name() for _each in range(4)]
    data = bcftools("view", form, option.replace("PEOPLE", ",".join(people)), "--force-samples", data=written(people))
    assert calls(data) == []


KEYS = [
    *(("GT", call) for call in ("0|1", "./.", ".", "1", "0/0/1/1", "0|1|2|.", "|0|1", "/0/1")),
    ("PL", "0,30,255"),
    ("GP", "0.1,0.8,0.1"),
    ("DS", "1.02"),
    ("GT:DP", "0/1:31"),
]


@pytest.mark.parametrize(("keys", "call"), KEYS)
@pytest.mark.parametrize("header", [True, False])
def test_forms_of_calls(keys: str, call: str, *, header: bool) -> None:
    """Phased, haploid, polyploid and missing calls, likelihoods and dosages are found, with and without the header."""
    data = written([_name(), _name()], keys, call)
    data = data if header else data[data.index(b"\n1\t") + 1 :]
    ((code, outcome, message),) = calls(data)
    assert (code, outcome, "2 people" in message) == ("GEN101", "fail", True)


@pytest.mark.parametrize("wrap", WRAPPED)
def test_wrapped(wrap: str) -> None:
    """Calls are found in whatever they are wrapped."""
    assert [found[:2] for found in calls(DIRECTIVES[wrap](written([_name(), _name()])))] == [("GEN101", "fail")]


def test_plink(tmp_path: Path) -> None:
    """A VCF that PLINK 2 exports is found by its people."""
    if shutil.which("plink2") is None:
        pytest.skip("plink2 is not installed")
    (tmp_path / "in.vcf").write_bytes(written([_name() for _each in range(6)]))
    command = ["plink2", "--vcf", "in.vcf", "--double-id", "--export", "vcf", "--out", "out", "--memory", "800", "--threads", "1"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert "6 people" in calls((tmp_path / "out.vcf").read_bytes())[0][2]


def test_msprime() -> None:
    """Simulated people are a note under the names of their simulator, and nobody knows whose they are under others."""
    msprime = pytest.importorskip("msprime")
    trees = msprime.sim_mutations(msprime.sim_ancestry(5, sequence_length=10_000, random_seed=7), rate=1e-3, random_seed=7)
    out, renamed = io.StringIO(), io.StringIO()
    trees.write_vcf(out)
    trees.write_vcf(renamed, individual_names=[_name() for _each in range(5)])
    ((code, outcome, message),) = calls(out.getvalue().encode())
    assert (code, outcome) == ("GEN101", "note")
    assert message.endswith("all named as simulated (a claim: anybody can rename a sample)")
    assert calls(renamed.getvalue().encode())[0][1] == "fail"


@pytest.mark.parametrize("mode", ["w", "wz", "wb"])
def test_pysam(tmp_path: Path, mode: str) -> None:
    """Calls that pysam writes are found."""
    pysam = pytest.importorskip("pysam")
    header = pysam.VariantHeader()
    header.add_line("##contig=<ID=chr1,length=248956422>")
    header.add_line('##FORMAT=<ID=GT,Number=1,Type=String,Description="x">')
    header.add_sample(_name())
    with pysam.VariantFile(str(tmp_path / "x"), mode, header=header) as file:
        for number in range(40):
            record = file.new_record(contig="chr1", start=500 * number, alleles=("A", "G"))
            record.samples[0]["GT"] = (0, 1)
            file.write(record)
    assert [found[:2] for found in calls((tmp_path / "x").read_bytes())] == [("GEN101", "fail")]


def _of_species(names: Sequence[tuple[str, int | None]], reference: str = "") -> bytes:
    lines = ["##fileformat=VCFv4.2", *([f"##reference={reference}"] if reference else [])]
    lines += [f"##contig=<ID={name},length={length}>" for name, length in names if length]
    lines.append(samples.columns("FORMAT," + _name()).decode())
    rest = ["31", ".", "C", "T", "9", ".", ".", "GT"]
    lines += ["\t".join([name, *rest, "/".join("01")]) for name, _length in names]
    return ("\n".join(lines) + "\n").encode()


@pytest.mark.parametrize(
    ("names", "reference", "outcome"),
    [
        ([("chr1", 195_471_971), ("chr2", 182_113_224)], "", "note"),
        ([("2L", None), ("3R", None), ("X", None)], "", "note"),
        ([("NC_045512.2", 29_903)], "", "note"),
        ([("I", None), ("IV", None), ("XVI", None)], "", "note"),
        ([("chr1", None)], "file:///ref/mm10.fa", "note"),
        ([("chr1", 248_956_422)], "file:///ref/mm10.fa", "fail"),
        ([("2L", 23_513_712)], "GRCh38.fa", "fail"),
        ([("chr1", 248_956_422)], "", "fail"),
        ([("1", None), ("22", None)], "", "fail"),
        ([("chr20", None)], "", "fail"),
    ],
)
@pytest.mark.parametrize("wrap", ["", "bgzf", "utf-16"])
def test_species(names: list[tuple[str, int | None]], reference: str, outcome: str, wrap: str) -> None:
    """Contigs of another species make calls a note; human ones, those that tell nothing, and contradictions do not."""
    data = _of_species(names, reference)
    found = calls(DIRECTIVES[wrap](data) if wrap else data)
    assert [each[:2] for each in found] == [("GEN101", outcome)]


def test_rows_that_their_header_does_not_declare() -> None:
    """A header of another species above rows of chromosomes that it does not declare tells nothing."""
    data = _of_species([("2L", 23_513_712)]).replace(b"\n2L\t31", b"\nchr7\t31")
    assert [each[:2] for each in calls(data)] == [("GEN101", "fail")]


def test_blocks() -> None:
    """A gVCF is named as one; a joint call set that keeps the symbolic allele in its header is not."""
    plain = samples.callset(names=_name(), style="columns").replace(b"##contig", b"##ALT=<ID=NON_REF,Description=x>\n##contig", 1)
    assert [each[2] for each in calls(samples.callset(names=_name(), style="blocks"))] == [
        "gVCF with genotype columns of 1 person, reference blocks included"
    ]
    assert calls(plain)[0][2] == "VCF with genotype columns of 1 person"


def test_header_of_many_contigs() -> None:
    """A header is read to its column line, however long it is."""
    contigs = b"".join(b"##contig=<ID=HLA-DRB1*%05d,length=%d>\n" % (number, 9000 + number) for number in range(60_000))
    data = b"##fileformat=VCFv4.3\n" + contigs + samples.columns("FORMAT," + _name()) + b"\n"
    assert len(data) > 2 << 20
    assert [each[:2] for each in calls(DIRECTIVES["bgzf"](data))] == [("GEN101", "fail")]


def test_a_million_columns() -> None:
    """A row of a million people is counted, and its names are not repeated."""
    people = b"\t".join(b"Q%07d" % number for number in range(1_000_000))
    data = b"##fileformat=VCFv4.3\n" + samples.columns("FORMAT") + b"\t" + people + b"\n"
    ((_code, outcome, message),) = calls(data)
    assert (outcome, message) == ("fail", "VCF with genotype columns of 1000000 people")


BCF = b"BCF\2\2" + (1 << 31).to_bytes(4, "little") + b"##fileformat=VCFv4.2\n"


def test_bcf_that_claims_a_long_header() -> None:
    """A header said to be two gigabytes long is a gap, not a reservation of memory."""
    assert [gap.reason for gap in scan({b"x": BCF}).gaps] == ["too-large"]


WHOLE = [
    written(["a", "b"]),
    samples.callset(names="a,b", style="info"),
    samples.callset(names="a", style="blocks", contigs="fly", source="SLiM"),
    samples.bcf(samples=3),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(WHOLE),
    st.integers(0, 1 << 16),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=3)), max_size=4),
)
def test_never_raises(data: bytes, length: int, edits: list[tuple[int, bytes]]) -> None:
    """Cut and changed call sets are read or told as unread, and no reader or check fails."""
    changed = bytearray(data[: length % (len(data) + 1)])
    for at, new in edits:
        changed[at % (len(changed) + 1) : at % (len(changed) + 1) + len(new)] = new
    assert not {gap.reason for gap in scan({b"x": bytes(changed)}).gaps} & {"view-failed", "check-failed"}
