"""Molecular measurements by sample, as the programs of the field lay them out."""

from __future__ import annotations

import json
import random
import string
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.testing import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_random = random.SystemRandom()


def _lines(rows: Iterable[Iterable[object]], sign: str = "\t") -> str:
    return "".join(sign.join(map(str, row)) + "\n" for row in rows)


def _gene() -> str:
    return f"ENSG{_random.randrange(10**6):011}"


def _probe() -> str:
    return f"cg{_random.randrange(10**8):08}"


def _symbol() -> str:
    return f"{_random.choice(('SLC25A', 'ZNF', 'TMEM', 'RPL', 'PSMA', 'KRT', 'ABCC', 'QRTX', 'WPRZ'))}{_random.randrange(1, 40)}"


def _sample() -> str:
    return "".join(_random.choices(string.ascii_uppercase, k=3)) + f"-{_random.randrange(10_000):04}"


def _numbers(count: int, most: float = 900.0) -> list[str]:
    return [f"{_random.uniform(0, most):.3f}" for _each in range(count)]


def _gct() -> str:
    people = [_sample() for _each in range(6)]
    rows = [[_gene(), _symbol(), *_numbers(6)] for _each in range(40)]
    return _lines([["#1.2"], [40, 6], ["Name", "Description", *people], *rows])


def _feature_counts() -> str:
    head = ["Geneid", "Chr", "Start", "End", "Strand", "Length", *(f"out/{_sample()}.bam" for _each in range(4))]
    rows = [[_gene(), "chr1", 100, 900, "+", 800, *(_random.randrange(900) for _each in range(4))] for _row in range(40)]
    return "# Program:featureCounts v2.0.1; Command:counts\n" + _lines([head, *rows])


def _cbioportal() -> str:
    head = ["Hugo_Symbol", "Entrez_Gene_Id", *(_sample() for _each in range(8))]
    return _lines([head, *([_symbol(), _random.randrange(1, 9000), *_numbers(8)] for _row in range(200))])


def _series_matrix() -> str:
    head = ['"ID_REF"', *(f'"GSM{_random.randrange(10**6)}"' for _each in range(7))]
    rows = [[f'"{_random.randrange(10**6)}_at"', *_numbers(7)] for _row in range(60)]
    return '!Series_title\t"a title"\n!series_matrix_table_begin\n' + _lines([head, *rows]) + "!series_matrix_table_end\n"


def _without_names() -> str:
    return _lines([_probe(), *_numbers(12, 1.0)] for _row in range(40))


def _row_names_of_r() -> str:
    people = [f'"{_sample()}"' for _each in range(5)]
    return _lines([people, *([f'"{_probe()}"', *_numbers(5, 1.0)] for _row in range(30))], " ")


def _across() -> str:
    rows = [[_sample(), _random.randrange(20, 80), *_numbers(50, 1.0)] for _each in range(9)]
    return _lines([["sample", "age", *(_probe() for _each in range(50))], *rows], ",")


def _rows_of_mice() -> str:
    head = ["gene", *(_sample() for _each in range(4))]
    return _lines([head, *([f"ENSMUSG{_random.randrange(10**6):011}", *_numbers(4)] for _row in range(40))], ",")


def _hla_wide() -> str:
    genes = ["A1", "A2", "B1", "B2", "DRB1_1", "DRB1_2"]
    rows = [[_sample(), *(f"{_random.randrange(1, 60):02}:{_random.randrange(1, 20):02}" for _g in genes)] for _each in range(9)]
    return _lines([["IID", *genes], *rows], ",")


def _hla_opti() -> str:
    alleles = [f"{gene}*{_random.randrange(1, 60):02}:{_random.randrange(1, 20):02}" for gene in "AABBCC"]
    return _lines([["", "A1", "A2", "B1", "B2", "C1", "C2", "Reads", "Objective"], [0, *alleles, 900, 880.1]])


def _strs() -> str:
    head = ["Sample", "D3S1358_1", "D3S1358_2", "TH01_1", "TH01_2", "FGA_1", "FGA_2", "AMEL"]
    rows = [[_sample(), *(_random.randrange(6, 25) for _each in range(6)), _random.choice(("X,Y", "X,X"))] for _person in range(9)]
    return _lines([head, *rows])


def _olink() -> str:
    people = [_sample() for _each in range(4)]
    rows = [[each, f"OID{number:05}", "P12345", f"{_random.gauss(0, 2):.2f}"] for each in people for number in range(20)]
    return _lines([["SampleID", "OlinkID", "UniProt", "NPX"], *rows], ";")


INDIVIDUAL: dict[str, tuple[str, Callable[[], str]]] = {
    "GCT": ("GEN205", _gct),
    "featureCounts of several": ("GEN205", _feature_counts),
    "cBioPortal": ("GEN205", _cbioportal),
    "GEO series matrix": ("GEN205", _series_matrix),
    "no names": ("GEN205", _without_names),
    "names of rows as R writes them": ("GEN205", _row_names_of_r),
    "samples down": ("GEN205", _across),
    "Olink": ("GEN205", _olink),
    "HLA of people": ("GEN206", _hla_wide),
    "OptiType": ("GEN206", _hla_opti),
    "STR of people": ("GEN206", _strs),
}


def _differential() -> str:
    return _lines(
        [["", "baseMean", "log2FoldChange", "lfcSE", "stat", "pvalue", "padj"], *([_gene(), *_numbers(6)] for _row in range(60))],
        ",",
    )


def _limma() -> str:
    return _lines([["logFC", "AveExpr", "t", "P.Value", "adj.P.Val", "B"], *([_symbol(), *_numbers(6)] for _row in range(90))])


def _medians() -> str:
    tissues = ["Adipose - Subcutaneous", "Brain - Cortex", "Liver", "Lung", "Whole Blood", "Skin - Sun Exposed"]
    return _lines(
        [["#1.2"], [40, 6], ["Name", "Description", *tissues], *([_gene(), _symbol(), *_numbers(6)] for _row in range(40))]
    )


def _manifest() -> str:
    head = ["IlmnID", "Name", "AddressA_ID", "CHR", "MAPINFO", "Strand"]
    return _lines(
        [head, *([p := _probe(), p, _random.randrange(10**8), 7, _random.randrange(10**6), "F"] for _row in range(40))], ","
    )


def _clock() -> str:
    return _lines([["CpG", "Coefficient"], *([_probe(), f"{_random.gauss(0, 1):.3f}"] for _row in range(40))], ",")


def _ewas() -> str:
    return _lines([["probe", "chr", "pos", "beta", "se", "p"], *([_probe(), 1, 99, *_numbers(3)] for _row in range(40))])


def _annotation() -> str:
    head = ["ensembl_gene_id", "hgnc_symbol", "chromosome_name", "start_position", "end_position", "gc"]
    return _lines([head, *([_gene(), _symbol(), 7, 100, 900, 44.1] for _row in range(40))])


def _gtf() -> str:
    return "".join(f'chr1\tx\tgene\t1\t9\t.\t+\t.\tgene_id "{_gene()}"; gene_name "{_symbol()}";\n' for _row in range(40))


def _sets() -> str:
    return _lines(["SET_" + _symbol(), "a note", *(_symbol() for _each in range(12))] for _row in range(9))


def _hla_frequencies() -> str:
    rows = [["A*02:01", f"{_random.random():.3f}", 900], ["B*07:02", f"{_random.random():.3f}", 900]] * 4
    return _lines([["Allele", "AlleleFrequency", "SampleSize"], *rows], ",")


AGGREGATE: dict[str, Callable[[], str]] = {
    "DESeq2": _differential,
    "limma": _limma,
    "medians by tissue": _medians,
    "manifest": _manifest,
    "a clock's coefficients": _clock,
    "EWAS": _ewas,
    "annotation": _annotation,
    "GTF": _gtf,
    "gene sets": _sets,
    "frequencies of HLA alleles": _hla_frequencies,
}


@pytest.mark.parametrize("name", INDIVIDUAL)
def test_individual(name: str) -> None:
    """A layout with samples is a finding that fails, of the one check that it is for."""
    code, make = INDIVIDUAL[name]
    report = scan({b"data.txt": make().encode()})
    found = {finding.code: finding.outcome for finding in report.findings if not finding.code.startswith("RUN")}
    assert found == {code: "fail"}


@pytest.mark.parametrize("name", AGGREGATE)
def test_aggregate(name: str) -> None:
    """A layout without samples is none."""
    report = scan({b"data.txt": AGGREGATE[name]().encode()})
    assert [finding.code for finding in report.findings if finding.outcome == "fail"] == []


def test_another_species() -> None:
    """Genes of a mouse make it a note."""
    report = scan({b"data.txt": _rows_of_mice().encode()})
    assert [(finding.code, finding.outcome) for finding in report.findings] == [("GEN205", "note")]


def test_one_sample() -> None:
    """One sample's quantification is a warning."""
    rows = [["Name", "Length", "EffectiveLength", "TPM", "NumReads"]]
    rows += [[f"ENST{_random.randrange(10**6):011}", "900", "700", *_numbers(2)] for _row in range(30)]
    report = scan({b"quant.sf": _lines(rows).encode()})
    assert [(finding.code, finding.outcome) for finding in report.findings] == [("GEN215", "warn")]


def test_names_stay_inside() -> None:
    """No sample name is told, in the message or by the path."""
    name = _sample()
    rows = [["gene", name, _sample(), _sample()], *([_gene(), *_numbers(3)] for _row in range(30))]
    report = scan({f"out/{name}.csv".encode(): _lines(rows, ",").encode()})
    (finding,) = report.findings
    assert finding.code == "GEN205"
    assert name not in json.dumps([finding.path, finding.message])


def _columns(names: list[str]) -> bytes:
    return _lines([["gene", *names], *([_gene(), *_numbers(len(names))] for _row in range(40))], ",").encode()


@pytest.mark.parametrize(
    "names",
    [["cluster_0", "cluster_1", "cluster_2"], ["0h", "2h", "6h", "12h"], ["leiden 1", "leiden 2"]],
    ids=["clusters", "times", "Leiden"],
)
def test_means_over_many(names: list[str]) -> None:
    """Columns of clusters and times are about nobody in particular."""
    assert [finding.code for finding in scan({b"means.csv": _columns(names)}).findings] == []


@pytest.mark.parametrize(
    "names",
    [["control_1", "control_2", "treated_1", "treated_2"], ["WT_1", "WT_2", "KO_1"], ["HEK293", "K562", "MCF7"]],
    ids=["conditions", "strains", "cell lines"],
)
def test_repeats_of_an_experiment(names: list[str]) -> None:
    """A few columns that are called as repeats, or as cell lines, are a warning."""
    found = [(finding.code, finding.outcome) for finding in scan({b"counts.csv": _columns(names)}).findings]
    assert found == [("GEN215", "warn")]
