"""Released tables of independent writers, by every door: what fails, what warns, what is nobody's; hostile ones raise nothing."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from _released import Table, cohort, public, run
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.cli.main import main
from pytest_genomic_guard.model import Location, Rulebook
from pytest_genomic_guard.policy.packs import summaries
from pytest_genomic_guard.testing import DIRECTIVES, scan, told
from pytest_genomic_guard.views.genomic import bcfsites, layouts

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_genomic_guard.report import Report

AGGREGATES = ("GEN401", "GEN402", "GEN403", "GEN404", "GEN405", "GEN406")


def _told(name: str, data: bytes, **files: bytes) -> list[str]:
    report = scan({name.encode(): data} | {path.replace("_", ".").encode(): each for path, each in files.items()})
    assert not report.gaps
    found: list[str] = []
    for code in AGGREGATES:
        found += [f"{code} {line}" for line in told(report, code)]
    return found


def _failing(report: Report) -> list[str]:
    return [f"{found.code} {found.message}" for found in report.findings if found.outcome == "fail"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return 30 people at two chromosomes, of which PLINK and bcftools have written their tables."""
    folder = cohort(tmp_path_factory.mktemp("small"), 30, 25, 2)
    quiet = ("--allow-no-sex", "--out", "p")
    for words in (("--freq",), ("--freq", "counts"), ("--geno-counts",), ("--hardy",), ("--missing", "variant-only")):
        run("plink2", "--pfile", "c", *words, "--out", "p", cwd=folder)
    for more in (("--freq",), ("--freqx",), ("--hardy",), ("--r2",), ("--assoc", "--pheno", "c.phe")):
        run("plink1.9", "--bfile", "c", *more, *quiet, cwd=folder)
    run("plink1.9", "--bfile", "c", "--logistic", "--pheno", "c.cc", *quiet, cwd=folder)
    run("plink1.9", "--bfile", "c", "--clump", "p.qassoc", "--clump-p1", "0.5", *quiet, cwd=folder)
    run("plink1.9", "--bfile", "c", "--indep-pairwise", "50", "5", "0.2", *quiet, cwd=folder)
    run("plink2", "--pfile", "c", "--glm", "allow-no-covars", "--pheno", "c.phe", "--out", "p", cwd=folder)
    run("bcftools", "+fill-tags", "c.vcf", "-o", "t.vcf", "--", "-t", "AN,AC,AF,NS", cwd=folder)
    run("bcftools", "view", "-G", "-o", "s.vcf", "t.vcf", cwd=folder)
    run("bcftools", "view", "-G", "-Ob", "-o", "s.bcf", "t.vcf", cwd=folder)
    return folder


@pytest.mark.parametrize("name", ["p.afreq", "p.acount", "p.gcount", "p.hardy", "p.frq", "p.frqx", "p.hwe", "s.vcf", "s.bcf"])
def test_frequencies_of_few(small: Path, name: str) -> None:
    """500 windows of 30 people: every table of frequencies fails, with the number of people and of windows."""
    lines = [line for line in _told(name, (small / name).read_bytes()) if line.startswith("GEN401")]
    assert len(lines) == 1, lines
    assert "allele frequencies of 30 people" in lines[0]
    assert lines[0].endswith("[fail]")
    assert "s." in name or "500 independent at one per 100 kb" in lines[0]


@pytest.mark.parametrize("name", ["p.qassoc", "p.assoc.logistic", "p.PHENO1.glm.linear"])
def test_statistics_of_few(small: Path, name: str) -> None:
    """Summary statistics of 30 people fail where they tell frequencies, and else warn, as any variant may be rare."""
    data = (small / name).read_bytes()
    lines = [line[:6] for line in _told(name, data)]
    assert lines == ["GEN403" if b"A1_FREQ" in data[:400] else "GEN402"], lines


@pytest.mark.parametrize("name", ["p.ld", "p.clumped", "p.vmiss", "c.bim", "c.pvar", "p.prune.in", "p.prune.out"])
def test_nothing_of_people(small: Path, name: str) -> None:
    """Linkage warns; clumps, lists and tables of variants are nobody's."""
    report = scan({name.encode(): (small / name).read_bytes()})
    assert not _failing(report)
    assert [found.code for found in report.findings if found.code in AGGREGATES] == (["GEN405"] if name == "p.ld" else [])


@pytest.mark.parametrize("people", [30, 300, 3_000])
def test_one_region(tmp_path: Path, people: int) -> None:
    """Frequencies in one megabase never fail: the lower bound is ten."""
    folder = cohort(tmp_path, people, 1)
    run("plink2", "--pfile", "c", "--freq", "--out", "p", cwd=folder)
    lines = _told("p.afreq", (folder / "p.afreq").read_bytes())
    assert [line.split()[0] for line in lines] == ([] if people == 3_000 else ["GEN402"])


PUBLIC = public()
WRAPPED = ("plain", "gzip", "bgzf", "zip", "utf-16", "bom", "crlf", "blank-lines")


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("name", list(PUBLIC))
def test_public(name: str, half: int) -> None:
    """Releases of many people, weights, annotation and lists, also wrapped: nothing fails, warns or stays unread."""
    word = WRAPPED[(list(PUBLIC).index(name) * half) % len(WRAPPED)]
    data = PUBLIC[name]
    report = scan({b"table": data if word == "plain" else DIRECTIVES[word](data)})
    assert not report.gaps
    assert not [found.message for found in report.findings if found.outcome != "note"]


def test_public_resource_of_few_windows() -> None:
    """The frequencies of 1000 Genomes at every window would fail, and are a note, as their columns tell whose they are."""
    table = Table(26_000, step=0)
    table.position = np.arange(26_000) // 22 * 100_000 + 5
    table.chromosome = np.arange(26_000) % 22 + 1
    columns = {"chrom": table.chromosome, "pos": table.position, "ref": table.one, "alt": table.other, "AN": 5008, "AF": table.rate}
    plain = _told("t", table.write(columns))
    named = _told("t", table.write(columns | {f"{group}_AF": table.rate for group in ("EAS", "EUR", "AFR", "AMR", "SAS")}))
    assert ["fail" in line for line in plain] == [True]
    assert [line.endswith("(a claim: anybody can name columns so) [note]") for line in named] == [True]
    assert summaries.named(["EAS_AF", "EUR_AF", "AFR_AF", "AMR_AF"], 60) is None


ANNOTATION = ("CLNSIG", "CLNREVSTAT", "CLNDN", "GENEINFO", "VC", "CAF", "gnomAD_AF", "gnomAD_AF_nfe", "gnomADe_AF")


def test_annotation_is_no_resource() -> None:
    """A cohort that counts its own people stays one, whatever annotation has copied into it; a resource's own fields are clear."""
    own = ("CHROM", "POS", "REF", "ALT", "AC", "AN", "AF", "Gene", "Consequence", "Impact", "HGVSc", "HGVSp", "SIFT")
    known = {
        "1000-genomes-frequencies": ("EAS_AF", "EUR_AF", "AFR_AF", "AMR_AF", "SAS_AF"),
        "gnomad": ("AF_nfe", "AC_nfe", "AN_nfe", "nhomalt", "faf95"),
        "dbsnp": ("dbSNPBuildID", "SAO", "SSR", "WGT", "VP"),
    }
    for people in (0, 45, 100_000):
        assert summaries.named(own + ANNOTATION, people) is None
    for name, fields in known.items():
        assert summaries.named(own + ANNOTATION + fields, 100_000) is None
        assert summaries.named(fields, 0) == name
        assert summaries.named(own[:7] + fields, 100_000) == (name if name != "dbsnp" else None)
        assert summaries.named(own + fields, 60) is None


def test_a_declaration_is_no_waiver() -> None:
    """What the policy says of a table never takes a finding away, whichever numbers it names; it can bring one."""
    data = _frequencies(45)
    entries = [{"n": n} | more for n in (1, 45, 5_000, 10**8) for more in ({}, {"n-ref": 1}, {"sensitive": True})]
    for entry in entries:
        policy = {"version": 1, "release": {"r": {"table": "t.tsv"} | entry, "s": {"table": "t.tsv", "n": 10**8}}}
        report = scan({b"t.tsv": data, b".genomic-guard.yaml": json.dumps(policy).encode()})
        found = [line for line in told(report, "GEN401") if "[fail]" in line]
        assert len(found) == 1, entry
        assert ("declared sensitive" in found[0]) == ("sensitive" in entry)
        assert "in the reference" not in found[0]


def test_small_sensitive_table() -> None:
    """A table that the policy calls sensitive is judged with fewer rows than others are, and statistics of any number."""
    table = Table(40)
    data = table.write(
        {"chr": table.chromosome, "pos": table.position, "ref": table.one, "alt": table.other, "af": table.rate, "an": 8}
    )
    assert _told("t.tsv", data) == []
    policy = {"version": 1, "release": {"r": {"table": "t.tsv", "n": 4, "sensitive": True}}}
    report = scan({b"t.tsv": data, b".genomic-guard.yaml": json.dumps(policy).encode()})
    assert [line.endswith("declared sensitive [fail]") for line in told(report, "GEN401")] == [True]


def test_more_than_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a call set goes on beyond what is read, its upper bound is not known, and nothing passes."""
    head = b"##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    rare = b"1\t%d\t.\tA\tC\t.\t.\tAC=3;AN=9000;X=" + b"x" * 4_000 + b"\n"
    common = b"".join(b"2\t%d\t.\tA\tC\t.\t.\tAC=3000;AN=9000\n" % (at * 1_000) for at in range(1, 60_000))
    data = head + b"".join(rare % at for at in range(1, 1_200)) + common
    for decide in ("fail-if-proven", "point", "pass-if-proven"):
        policy = {"version": 1, "release": {"r": {"table": "t.vcf", "n": 4_500, "decide": decide}}}
        (gate,) = scan({b"t.vcf": data, b".genomic-guard.yaml": json.dumps(policy).encode()}).gates
        assert (gate.verdict, gate.outcome) == ("inconclusive", "fail")
        assert " or more variants (0 or more with MAF >= 0.05" in gate.message
    (tmp_path / "t.vcf").write_bytes(data)
    assert main(["release", str(tmp_path / "t.vcf")]) == 1
    out = capsys.readouterr().out
    assert "to 0 or more (all with MAF >= 0.05)" in out
    assert out.endswith("power <= 0.5: inconclusive\n")


@pytest.mark.parametrize("word", ["gzip", "bgzf", "zip", "utf-16", "bom", "crlf", "blank-lines", "spaces", "base64"])
def test_wrapped(word: str) -> None:
    """Whatever a table of a small cohort is wrapped in, it is found."""
    table = Table(700)
    columns = {
        "#CHROM": table.chromosome,
        "ID": table.name,
        "REF": table.one,
        "ALT": table.other,
        "ALT_FREQS": table.rate,
        "OBS_CT": 90,
    }
    data = DIRECTIVES[word](table.write(columns))
    lines = _told("x", data)
    assert any("allele frequencies of 45 people" in line for line in lines)


@given(st.binary(max_size=400), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_records_never_raise(data: bytes, shared: int, own: int) -> None:
    """Records of a binary call set may be anything."""
    head = shared.to_bytes(4, "little") + own.to_bytes(4, "little")
    for start in (data, head + data, b"\x40\0\0\0\0\0\0\0" + data):
        assert len(list(bcfsites.records(start, ("PASS", "AC", "AN"), ("1",)))) <= len(start)


@given(st.binary(max_size=300))
def test_sites_never_raise(data: bytes) -> None:
    """Rows of a list of sites may be anything; nothing is a gap."""
    head = b"##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    for body in (data, b"1\t10\t.\tA\tC\t.\t.\t" + data, b"1\t10\t.\tA\tC\t.\t.\tAC=1;AN=" + data):
        scan({b"a.vcf": head + body * 3})


CELLS = st.sampled_from(["", ".", "NA", "1e999", "nan", "-1", "0.5", "1_0", "A:0.5", "0.1,0.2", "9" * 400, "rs1", "1:5:A:C", "é"])


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_rows_never_raise(rows: list[list[str]]) -> None:
    """Cells of a table may be anything; a frequency lies between 0 and 1, and people are counted."""
    group = layouts.Group(rate=0, count=1, alleles=2, people=(3,), counted=(0, 1, 2))
    for triple in (None, 4):
        layout = layouts.Layout(chromosome=0, position=1, name=5, groups=(group.replace(triple=triple),), stratum=None)
        for _group, _name, _at, rate, people, _single in layouts.sites([rows], layout):
            assert rate is None or isinstance(rate, float)
            assert isinstance(people, int)


def test_two_numbers_of_people() -> None:
    """Where the policy tells another number than the table, the larger counts for the lower bound and the smaller for the upper."""
    table = Table(600)
    data = table.write(
        {"chr": table.chromosome, "pos": table.position, "ref": table.one, "alt": table.other, "af": table.rate, "an": 90}
    )
    for declared, verdict in ((45, "fail"), (500, "inconclusive"), (10, "fail")):
        policy = {"version": 1, "release": {"r": {"table": "t.tsv", "n": declared}}}
        (gate,) = scan({b"t.tsv": data, b".genomic-guard.yaml": json.dumps(policy).encode()}).gates
        assert (gate.verdict, gate.kind, gate.metric, gate.bound) == (verdict, "release", "power", "<= 0.5"), gate


def _frequencies(people: int) -> bytes:
    table = Table(600)
    columns = {"chr": table.chromosome, "pos": table.position, "ref": table.one, "alt": table.other, "af": table.rate}
    return table.write(columns | ({"an": 2 * people} if people else {}))


COMMANDS = [
    (_frequencies(45), (), 1, "fail"),
    (_frequencies(45), ("--n-ref", "20"), 0, "pass"),
    (_frequencies(9_000), (), 0, "pass"),
    (_frequencies(0), ("--n", "45"), 1, "fail"),
    (_frequencies(0), (), 3, ""),
    (b"plain prose\n", (), 3, ""),
    (_frequencies(45), ("--alpha", "2"), 2, ""),
    (_frequencies(45), ("--n", "0"), 2, ""),
]


@pytest.mark.parametrize("row", COMMANDS)
def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], row: tuple[bytes, tuple[str, ...], int, str]) -> None:
    """The command computes the same figures, as text and as JSON, and its status follows from them."""
    data, words, status, verdict = row
    (tmp_path / "t").write_bytes(data)
    assert main(["release", str(tmp_path / "t"), *words]) == status
    assert capsys.readouterr().out.endswith(f"power <= 0.5: {verdict}\n" if verdict else "")
    assert main(["release", str(tmp_path / "t"), *words, "--format", "json"]) == status
    out = capsys.readouterr().out
    assert not verdict or json.loads(out)["verdict"] == verdict


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    """A table that cannot be read is wrong usage."""
    assert main(["release", str(tmp_path / "t")]) == 2


def test_finding_takes_numbers() -> None:
    """A sentence holds finite numbers, and nothing else."""

    class Any1(Rulebook):
        code = "GEN999"

    at = Location(path=b"a")
    assert Any1().finding(at, "power {power:.2f}", power=0.126).message == "power 0.13"
    for value in (math.inf, math.nan, "0.1", None):
        with pytest.raises(TypeError):
            Any1().finding(at, "{power}", power=value)  # type: ignore[arg-type]
