"""Formats of population genetics, relationships, tree sequences and FHIR in XML: found by content; look-alikes are not."""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.model import Artifact, Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.genomic import fhirxml, kinships, populations, programs, strct, texts, treesequences
from pytest_genomic_guard.views.genomic.head import Head
from pytest_genomic_guard.views.genomic.head import given as ahead
from pytest_genomic_guard.views.streams import Peek

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_random = random.SystemRandom()
HERE = Artifact(path=b"x", kind="file", origin="memory", opener=lambda: BytesStream(b""))
TEXTS: dict[str, Callable[[], str]] = {
    "genepop": samples.genepop,
    "genepop-line": lambda: samples.genepop(line=1, width=2),
    "arlequin": samples.arlequin,
    "structure-2": samples.structure,
    "structure-1": lambda: samples.structure(rows=1),
    "structure-bare": lambda: samples.structure(header=0),
    "merlin": samples.family_alleles,
    "linkage": lambda: samples.family_alleles(mark=" "),
    "fhir": samples.fhir_xml,
    "karyotypes": samples.karyotypes,
}
WRAPS = [DIRECTIVES[name] for name in ("gzip", "bgzf", "zip", "crlf", "bom", "blank-lines", "utf-16", "utf-16-be")]


@pytest.mark.parametrize("at", range(6, 12))
def test_a_word_among_calls_is_no_error(at: int) -> None:
    """A column of calls in which one cell is none is left out, and the file still a pedigree's."""
    rows = [line.split() for line in samples.family_alleles().splitlines()]
    rows[0][at] = "unknown"
    assert outcomes("\n".join(map(" ".join, rows)).encode()) == {"fail"}


def outcomes(data: bytes, path: bytes = b"notes") -> set[str]:
    """Return how findings of genomic data in one file end; a broken reader is one of them."""
    report = scan({path: data})
    broken = {gap.reason for gap in report.gaps if gap.reason.endswith("-failed")}
    return broken | {found.outcome for found in report.findings if found.code.startswith("GEN")}


def ids(count: int) -> list[str]:
    """Return names of people."""
    return [f"QW{number}V" for number in _random.sample(range(10**4, 10**5), count)]


def rows(*columns: Callable[[], object], count: int = 12, mark: str = "\t", head: str = "") -> bytes:
    """Return a row for each person."""
    lines = (mark.join([name, *(str(column()) for column in columns)]) for name in ids(count))
    return "\n".join([*([head] if head else []), *lines, ""]).encode()


@pytest.mark.parametrize("form", TEXTS)
def test_found_in_any_wrap(form: str) -> None:
    """A text is found under a name that tells nothing, compressed, and in other encodings."""
    data = TEXTS[form]().encode()
    assert "fail" in outcomes(data)
    for wrap in WRAPS:
        assert "fail" in outcomes(wrap(data)), form


def star() -> str:
    """Return two star alleles."""
    return f"*{_random.randrange(1, 9)}/*{_random.randrange(1, 40)}"


def hla() -> str:
    """Return two fields of an HLA allele."""
    return f"{_random.randrange(1, 70):02}:{_random.randrange(1, 20):02}"


def region() -> str:
    """Return a chromosome, a start, an end and the length between."""
    start, size = _random.randrange(10**6, 10**8), _random.randrange(10**5, 10**6)
    return f"7\t{start}\t{start + size}\t{size + 1}\t90\t33.1"


PROGRAMS: dict[str, Callable[[], bytes]] = {
    "hibag": lambda: rows(hla, hla, lambda: 0.9, lambda: 0.01, head="sample.id\tallele1\tallele2\tprob\tmatching"),
    "cyrius": lambda: rows(star, lambda: "PASS", head="Sample\tGenotype\tFilter"),
    "stargazer": lambda: rows(
        lambda: "g", lambda: "*1", lambda: "*4", lambda: "x", head="name\tstatus\thap1_main\thap2_main\tphenotype"
    ),
    "pharmcat": lambda: rows(lambda: "TPMT", star, head="PharmCAT 3.0.0\nSample ID\tGene\tSource Diplotype"),
    "yleaf": lambda: rows(lambda: "R1b1a", lambda: "R-M269", head="Sample_name\tHg\tHg_marker"),
    "hsd": lambda: rows(lambda: "1-16569", lambda: "?", lambda: "263G\t750G", head="SampleId\tRange\tHaplogroup\tPolymorphisms"),
    "yhaplo": lambda: rows(lambda: "R-M269", lambda: "R-L11", lambda: "R1b1a2a1a", mark=" "),
    "roh": lambda: b"".join(b"RG\t" + line + b"\n" for line in rows(region).splitlines()),
    "garlic": lambda: b"".join(b'track name="Ind: %s Pop: A ROH"\nchr7\t5\t99\tA\n' % name.encode() for name in ids(4)),
    "shares": lambda: rows(lambda: "0.250\t0.750", head="sample\tK1\tK2"),
    "expansions": lambda: json.dumps(
        {"LocusResults": {"A": {"Variants": {"A": {"Genotype": "17/42"}}}}, "SampleParameters": {"SampleId": ids(1)[0]}}
    ).encode(),
    "mach": lambda: b"".join(
        f"{name}->{name} HAPLO{at} {''.join(_random.choices('ACGT', k=40))}\n".encode() for name in ids(9) for at in (1, 2)
    ),
}


@pytest.mark.parametrize("form", PROGRAMS)
def test_outputs_of_programs(form: str) -> None:
    """What programs write of each of some people is found."""
    assert "fail" in outcomes(PROGRAMS[form]())


def numbers(low: int, high: int, lines: int = 30, columns: int = 24, lead: str = "s{:03} 1 ") -> bytes:
    """Return rows of numbers that mean nothing."""
    return "".join(
        lead.format(at) + " ".join(str(_random.randrange(low, high)) for _each in range(columns)) + "\n" for at in range(lines)
    ).encode()


TRAPS: dict[str, Callable[[], bytes]] = {
    "questionnaire": lambda: numbers(1, 5),
    "yes-and-no": lambda: numbers(1, 3),
    "numbers": lambda: numbers(0, 400, columns=12),
    "r-table": lambda: b"mpg cyl disp hp wt qsec\n" + numbers(1, 400, columns=12, lead="car{} "),
    "before-and-after": lambda: b"".join(line + b"\n" + line + b"\n" for line in numbers(60, 180, columns=8).splitlines()),
    "object": lambda: b"".join(b"f %d//1 %d//2 %d//3\n" % (at, at + 1, at + 2) for at in range(30)),
    "haplotypes-of-a-population": lambda: samples.arlequin(kind="FREQUENCY").encode(),
    "settings": lambda: b"[Profile]\nname=default\n[Data]\nDataType=csv\n",
    "allele-frequencies": lambda: b"A*02:01\t0.28\nB*07:02\t0.13\nC*07:01\t0.15\nDRB1*15:01\t0.14\n",
    "counts-of-karyotypes": lambda: b"karyotype\tcount\n46,XX\t120\n46,XY\t118\n47,XX,+21\t2\n",
    "cell-lines": lambda: b"line\tkaryotype\nHeLa\t47,XX,+5\nJurkat\t46,XY\nRaji\t46,XY,t(8;14)\n",
    "stats": lambda: (
        b"# This file was produced by bcftools stats (1.16)\n#\nSN\t0\tnumber of samples:\t0\n# PSC\t[2]id\t[3]sample\n"
    ),
    "track": lambda: b'track name="peaks"\n' + b"".join(b"chr1\t%d\t%d\n" % (at, at + 50) for at in range(0, 900, 90)),
    "tree-of-y": lambda: b"R R-M207 R-M173 R1\nR1 R-M173 R-M343 R1b\nR1b R-M343 R-L754 R1b1\n",
    "probabilities": lambda: rows(lambda: "0.2500\t0.7500", head="id\tcat\tdog"),
    "catalogue": lambda: b'[{"LocusId":"HTT","LocusStructure":"(CAG)*","VariantType":"Repeat","RepeatUnit":"CAG"}]',
    "vital-sign": lambda: samples.fhir_xml(code="8867-4").encode(),
    "definition": lambda: samples.fhir_xml(root="StructureDefinition").encode(),
    "correlation": lambda: samples.kinship(of="correlation"),
    "covariance": lambda: samples.kinship(of="noise", shape="square", size=8),
}


@pytest.mark.parametrize("form", TRAPS)
def test_look_alikes(form: str) -> None:
    """What only looks like such a format is nothing."""
    assert not outcomes(TRAPS[form]()), form


def test_entities_are_not_resolved() -> None:
    """A document type with entities in entities is passed over, and its observations are found."""
    lines = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    first, rest = samples.fhir_xml().split("\n", 1)
    assert "fail" in outcomes(f"{first}\n<!DOCTYPE x [{lines}]>\n{rest}".encode())
    assert not outcomes(samples.fhir_xml(subject=0).encode())


@pytest.mark.parametrize(("simulated", "expected"), [(True, "note"), (False, "fail")])
def test_tree_sequences_of_tskit(tmp_path: Path, simulated: bool, expected: str) -> None:  # noqa: FBT001 - a parameter
    """What msprime writes is a note by its provenance; without that, or inferred, it is of people."""
    msprime = pytest.importorskip("msprime")
    tables = msprime.sim_mutations(msprime.sim_ancestry(6, sequence_length=1e4), rate=1e-5).dump_tables()
    if not simulated:
        tables.provenances.clear()
        tables.provenances.add_row(json.dumps({"software": {"name": "tsinfer", "version": "0"}}))
    tables.tree_sequence().dump(tmp_path / "a")
    assert outcomes((tmp_path / "a").read_bytes()) == {expected}


@pytest.mark.parametrize("words", [["--make-grm-bin"], ["--make-rel", "bin4", "square"], ["--make-rel", "triangle", "bin"]])
def test_relationships_of_plink(tmp_path: Path, words: list[str]) -> None:
    """Relationships in binary numbers, as PLINK 1.9 writes them, are found under any name, with how many people they are of."""
    plink = shutil.which("plink1.9")
    if plink is None:
        pytest.skip("plink1.9 is not installed")
    for each in (["--dummy", "30", "600", "--make-bed", "--out", "d"], ["--bfile", "d", *words, "--out", "r"]):
        subprocess.run([plink, *each], cwd=tmp_path, check=True, capture_output=True)
    data = next(path for path in tmp_path.iterdir() if path.name in {"r.grm.bin", "r.rel.bin"}).read_bytes()
    (found,) = [each for each in scan({b"matrix": data}).findings if each.code == "GEN303"]
    assert found.outcome == "fail"
    assert "30 people" in found.message


def test_other_matrices_of_numbers() -> None:
    """No other matrix of binary numbers is taken for one of relationships: random, correlations, covariances, identity."""
    numpy = pytest.importorskip("numpy")
    made = numpy.random.default_rng()
    alarms = 0
    for at in range(250):
        size = int(made.integers(8, 90))
        drawn = made.normal(size=(size, int(made.integers(5, 200))))
        square = (
            numpy.corrcoef(drawn),
            drawn @ drawn.T / drawn.shape[1],
            made.normal(size=(size, size)),
            numpy.eye(size) + made.normal(0, 0.01, (size, size)),
            numpy.exp(-((drawn[:, :1] - drawn[:, 0]) ** 2)),
        )[at % 5]
        cells = square if at % 2 else square[numpy.tril_indices(size)]
        data = numpy.asarray(cells, "<f4" if at % 3 else "<f8").tobytes()
        alarms += kinships.binary("unknown binary", Peek(BytesStream(data)), HERE, ()) is not None
    assert not alarms


def _texts() -> st.SearchStrategy[bytes]:
    """Return texts of these formats with bytes cut, changed and put between, and others of their words."""
    whole = st.sampled_from(sorted(TEXTS)).map(lambda form: TEXTS[form]().encode()) | st.sampled_from(sorted(PROGRAMS)).map(
        lambda form: PROGRAMS[form]()
    )
    changed = st.tuples(whole, st.integers(0, 4000), st.binary(max_size=12), st.integers(0, 60))
    words = st.lists(
        st.sampled_from([b"Pop", b",", b"\n", b"0101", b" ", b"\t", b"x", b"[Profile]", b"<Observation>", b"RG", b"1/2"])
    )
    return changed.map(lambda each: each[0][: each[1]] + each[2] + each[0][each[1] + each[3] :]) | words.map(b"".join)


@settings(max_examples=120, deadline=None)
@given(_texts())
def test_texts_never_raise(data: bytes) -> None:
    """No text makes a reader raise, whatever was done to it."""
    head = Head(ahead(data), HERE, ())
    texts.sniff(head)
    if head.lines and head.lines[0].strip():
        for reader in (populations, strct, programs, fhirxml):
            reader.sniff(head)


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 900), st.sampled_from(["trees", "kinship"]))
def test_binaries_never_raise(piece: bytes, at: int, form: str) -> None:
    """No binary content makes a reader raise anything but that it cannot be read."""
    whole: bytes = samples.trees() if form == "trees" else samples.kinship(people=10)
    for data in (piece, whole[:at] + piece, whole[:at] + piece + whole[at + len(piece) :]):
        for reader in (treesequences, kinships):
            try:
                reader.binary("x", Peek(io.BytesIO(data)), HERE, ())
            except Unreadable:
                continue
