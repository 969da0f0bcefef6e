"""Layouts that public repositories hold, filled with people who are made up: what tools print, what tests and documents quote."""

from __future__ import annotations

import json
import random
import string

import pytest

from pytest_genomic_guard.policy.packs.names import listed
from pytest_genomic_guard.testing import scan

_random = random.SystemRandom()
PEOPLE, SITES = 24, 80


def _name() -> str:
    return "".join(_random.choices("BCDFGKLQRVWXZ", k=3)) + "".join(_random.choices(string.digits, k=5))


def outcomes(text: str, path: str = "file.txt") -> set[str]:
    """Return how what is found about genomes in a file counts."""
    report = scan({path.encode(): text.encode()})
    assert not report.gaps
    return {each.outcome for each in report.findings if each.code.startswith("GEN")}


class Cohort:
    """People, sites, and a genotype of each person at each site."""

    def __init__(self) -> None:
        """Draw them."""
        self.names = list(dict.fromkeys(_name() for _each in range(2 * PEOPLE)))[:PEOPLE]
        self.sites = sorted(_random.sample(range(10_000, 90_000_000), SITES))
        self.alleles = [_random.sample("ACGT", 2) for _site in self.sites]
        shares = [_random.uniform(0.1, 0.5) for _site in self.sites]
        self.counts = [[sum(_random.random() < share for _copy in "ab") for _one in self.names] for share in shares]

    def letters(self, site: int, person: int) -> str:
        """Return a genotype in letters."""
        count, (ref, alt) = self.counts[site][person], self.alleles[site]
        return f"{(ref, ref, alt)[count]}/{(ref, alt, alt)[count]}"


@pytest.fixture
def cohort() -> Cohort:
    """Return people who are made up."""
    return Cohort()


def _rows(cohort: Cohort, cell: str, before: str) -> str:
    text = ""
    for at, site in enumerate(cohort.sites):
        ref, alt = cohort.alleles[at]
        cells = [
            cell.format(name=name, letters=cohort.letters(at, person), call=("0/0", "0/1", "1/1")[cohort.counts[at][person]])
            for person, name in enumerate(cohort.names)
        ]
        text += before.format(site=site, ref=ref, alt=alt) + "\t".join(cells) + "\n"
    return text


def test_vcf_to_tab(cohort: Cohort) -> None:
    """A column of letters for each person, under a header that begins as that of a VCF."""
    header = "\t".join(["#CHROM", "POS", "REF", *cohort.names]) + "\n"
    assert "fail" in outcomes(header + _rows(cohort, "{letters}", "1\t{site}\t{ref}\t"))


@pytest.mark.parametrize(
    ("cell", "before"),
    [
        ("{name}={call}", "chr1\t{site}\t{ref}\t{alt}\t"),
        ("{name}={letters}", "1:{site}\tref={ref}\talt={alt}\tqual=50\t"),
    ],
    ids=["bcftools query", "vcf-query"],
)
def test_queries_with_names_in_cells(cohort: Cohort, cell: str, before: str) -> None:
    """Each cell says whose it is."""
    assert "fail" in outcomes(_rows(cohort, cell, before))


@pytest.mark.parametrize("path", ["study.fam", "traits.fam.gz.txt"])
def test_fam_with_more_traits(cohort: Cohort, path: str) -> None:
    """GEMMA reads further phenotypes behind the sixth column."""
    rows = "".join(f"{name}\t{name}\t0\t0\t1\t{_random.gauss(0, 1):.5f}\tNA\t{_random.gauss(0, 1):.5f}\n" for name in cohort.names)
    assert "fail" in outcomes(rows, path)


def test_fam_of_families_with_traits() -> None:
    """The family names the person, and the person is always 1; the matrix beside it fits."""
    rows = "".join(f"{number}\t1\t0\t0\t1\t{_random.gauss(0, 1):.5f}\t{_random.gauss(0, 1):.5f}\n" for number in range(1, 41))
    assert "fail" in outcomes(rows, "two.fam")


@pytest.mark.parametrize("comment", ["", "# family, individual_id, paternal_id, maternal_id, sex, phenotype\n"])
def test_pedigree_files(cohort: Cohort, comment: str) -> None:
    """Six columns without genotypes, as callers of families read them, also with a comment above."""
    child, father, mother = cohort.names[:3]
    rows = f"F1 {child} {father} {mother} 1 2\nF1 {father} 0 0 1 1\nF1 {mother} 0 0 2 1\n"
    assert outcomes(comment + rows, "trio.ped") == {"fail"}


def test_sample_list_of_a_panel(cohort: Cohort) -> None:
    """The four columns that IMPUTE and SHAPEIT read."""
    assert outcomes("ID POP GROUP SEX\n" + "".join(f"{name} GBR EUR male\n" for name in cohort.names)) == {"fail"}


def _tibble(names: list[str]) -> str:
    rows = [
        f"{at} mine      {name:8} {name:8} {_random.gauss(0, 9):7.2f} {_random.gauss(0, 9):7.2f}"
        for at, name in enumerate(names, 1)
    ]
    head = ["# A tibble: 6 x 5", "  sampleset FID      IID          PC1     PC2", "  <chr>     <chr>    <chr>      <dbl>   <dbl>"]
    return "\n".join([*head, *rows]) + "\n"


def _marked(text: str) -> str:
    return "".join(f"## {line}\n" for line in text.splitlines())


def _notebook(text: str) -> str:
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": text.splitlines(keepends=True)}}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["pcs"], "outputs": [output]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def _page(text: str) -> str:
    shown = text.replace("<", "&lt;").replace(">", "&gt;")
    return f"<html><body><p>Components</p><pre><code>{shown}</code></pre></body></html>"


@pytest.mark.parametrize(
    ("path", "wrap"),
    [
        ("a.Rout", str),
        ("report.md", lambda text: f"# Components\n\n```\n{_marked(text)}```\n"),
        ("bare.md", lambda text: f"```\n{_marked(text)}```\n"),
        ("run.ipynb", _notebook),
        ("report.html", _page),
    ],
)
def test_rows_of_people_as_a_tibble_prints_them(cohort: Cohort, path: str, wrap: object) -> None:
    """A line of types stands between the names of columns and the rows."""
    assert callable(wrap)
    assert outcomes(wrap(_tibble(cohort.names[:6])), path) == {"fail"}


def test_frame_of_r_behind_the_signs_of_a_comment(cohort: Cohort) -> None:
    """As knitr writes what a chunk printed, with nothing else in the document."""
    rows = "".join(
        f"## {at}   {name}   {name} {_random.gauss(0, 9):7.2f} {_random.gauss(0, 9):7.2f}\n"
        for at, name in enumerate(cohort.names[:6], 1)
    )
    assert outcomes(f"```\n##         FID       IID     PC1     PC2\n{rows}```\n", "report.md") == {"fail"}


def test_ids_that_a_print_cuts_short() -> None:
    """They name nobody: a warning."""
    assert outcomes(_tibble(["LX00\u2026"] * 6)) == {"warn"}


def test_counts_of_calls_by_locus(cohort: Cohort) -> None:
    """A report of a microarray by locus counts how many were called, and is about nobody."""
    rows = "".join(f"rs{site},{_random.randint(0, 2)},{_random.randint(90, 99)},0.97\n" for site in cohort.sites)
    assert outcomes("[Header]\nGSGT Version,2.0.4\n[Data]\nLocus_Name,#No_Calls,#Calls,Call_Freq\n" + rows, "locus.csv") == set()


def test_records_of_annotated_variants(cohort: Cohort) -> None:
    """Small numbers in lists of transcripts and populations are no genotypes."""

    def transcript() -> dict[str, object]:
        return {
            "gene_id": "BRCA2",
            "canonical": _random.randint(0, 1),
            "level2": _random.randint(0, 2),
            "exon3": _random.randint(0, 2),
        }

    records = [
        {
            "id": f"rs{site}",
            "start": site,
            "strand": 1,
            "populations": [[_random.randint(0, 2), 0.01, _random.randint(0, 2)] for _each in range(4)],
            "transcript_consequences": [transcript(), transcript(), transcript()],
        }
        for site in cohort.sites
    ]
    assert outcomes(json.dumps(records), "vep.json") == set()


@pytest.mark.parametrize("form", ["by name", "list", "array"])
def test_records_of_genotypes(cohort: Cohort, form: str) -> None:
    """Nested under the people's names, in a list of calls, and in a bare list."""

    def told(at: int) -> object:
        calls = list(zip(cohort.names, cohort.counts[at], strict=True))
        if form == "by name":
            return {name: {"numAlt": count, "gq": 40} for name, count in calls}
        return [{"sample": name, "gt": count} for name, count in calls] if form == "list" else [count for _name, count in calls]

    records = [{"rsid": f"rs{site}", "genotypes": told(at)} for at, site in enumerate(cohort.sites)]
    assert "fail" in outcomes(json.dumps(records), "calls.json")


def _fileset(names: list[str]) -> dict[bytes, bytes]:
    fam = "".join(f"{name} {name} 0 0 0 -9\n" for name in names)
    bim = "".join(f"1 rs{at} 0 {1000 + at} A G\n" for at in range(10, 20))
    data = bytes((0x6C, 0x1B, 1)) + bytes(_random.randrange(256) for _each in range(10 * ((len(names) + 3) // 4)))
    return {b"d/a.bed": data, b"d/a.fam": fam.encode(), b"d/a.bim": bim.encode()}


def test_matrix_of_public_people() -> None:
    """It is a note as its table is; one unknown name, and it is not."""
    names = [each.decode() for each in sorted(listed("1000-genomes"))[:12]]
    for last, expected in ((names[-1], "note"), (_name(), "fail")):
        report = scan(_fileset([*names[:-1], last]))
        assert {each.outcome for each in report.findings if each.code == "GEN103"} == {expected}


def test_rows_that_tests_expect_again_and_again() -> None:
    """The same five sites in twelve expected texts are five rows."""
    sites = [f"1\t{position}\t.\tA\tG\t.\tPASS\t.\tGT\t0|1\t1|0" for position in range(100, 600, 100)]
    expected = "\n".join(f"    s{number} = '''\n{chr(10).join(sites)}'''" for number in range(12))
    code = "".join(f"    assert written(masked={number}) == s{number}, 'what the writer gives'\n" for number in range(40))
    assert outcomes(f"def test_it():\n{expected}\n{code}", "test_writer.py") == {"warn"}


def test_ids_that_stand_for_others() -> None:
    """Documentation puts 1234567 and what follows it, or signs, for ids."""
    rows = "".join(f"| {at} | {1234567 + at} | {1234567 + at} | 1 | 67 | 0.{at} | 0.2 |\n" for at in range(5))
    header = "|  | FID | IID | sex | age | PC1 | PC2 |\n|---|---|---|---|---|---|---|\n"
    assert outcomes(header + rows, "guide.md") == {"warn"}
    assert outcomes(header + rows.replace("123456", str(_random.randint(200_000, 400_000))), "guide.md") != {"fail", "warn"}


def test_list_of_catalogue_numbers_in_code() -> None:
    """Ids in the form of Coriell's, which no public resource has: their cells can be ordered, and nothing else is there."""
    ids = ", ".join(f"'NA{_random.randint(90_000, 99_000)}'" for _each in range(6))
    assert outcomes(f"individual_ids = [{ids}]\n", "test_api.py") == {"warn"}


def test_pedigree_in_the_code_of_a_test() -> None:
    """Two people in a literal: made up more often than not, so somebody is to look."""
    people = [
        {"family_id": "F_0", "individual_id": f"I_0_{at}", "paternal_id": "0", "maternal_id": "0", "sex": "MALE", "affected": "yes"}
        for at in range(2)
    ]
    assert outcomes("people = " + json.dumps(people, indent=4) + "\n", "test_api.py") == {"warn"}


def test_lists_of_genes_in_code() -> None:
    """A few rows of numbers beside genes, without names of columns, are no matrix of samples."""
    genes = ["ENSG00000012048", "ENSG00000139618", "ENSG00000141510"]
    rows = [
        [gene, "2", 167254166 + at, 167258349, "x", 0.01, -4.9, 0.46, 166, 16.6, 1660, 1.66, 1] for at, gene in enumerate(genes)
    ]
    assert outcomes(f"rows = {rows!r}\n", "test_api.py") == set()


def test_code_that_writes_a_report_of_calls() -> None:
    """Names of columns with code below them have no alleles."""
    code = 'import io\n\n\ndef dump(rows):\n    head = "COPY public.calls (sample_id, rsid, allele1, allele2) FROM stdin;\\n"\n'
    assert outcomes(code + '    return head + "\\n".join(rows) + "\\n\\\\.\\n"\n', "test_dump.py") == set()
