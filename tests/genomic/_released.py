"""Cohorts of two independent makers: coalescent simulation written by PLINK and bcftools, and tables that pandas writes."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: str, cwd: Path) -> None:
    """Run a program of the system; skip where it is not installed."""
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not installed")
    subprocess.run(words, cwd=cwd, check=True, capture_output=True)


def cohort(folder: Path, people: int, megabases: float, chromosomes: int = 1) -> Path:
    """Write a cohort as `c.vcf` and as PLINK filesets `c`; return the folder."""
    msprime: Any = pytest.importorskip("msprime")
    length = int(megabases * 1e6)
    lines = [f"##contig=<ID={number},length={length}>" for number in range(1, chromosomes + 1)]
    for number in range(1, chromosomes + 1):
        trees = msprime.sim_ancestry(
            people, population_size=10_000, sequence_length=length, recombination_rate=1e-8, random_seed=number
        )
        trees = msprime.sim_mutations(trees, rate=1e-8, random_seed=number)
        text = trees.as_vcf(contig_id=str(number), position_transform=lambda places: [int(at) + 1 for at in places]).splitlines()
        head = [line for line in text if line.startswith("#") and not line.startswith("##contig")]
        lines = [*head[:-1], *lines, head[-1]] if number == 1 else lines
        lines += [line for line in text if not line.startswith("#")]
    (folder / "c.vcf").write_text("\n".join(lines) + "\n")
    only = ("--max-alleles", "2", "--snps-only", "just-acgt", "--set-all-var-ids", "@:#:$r:$a", "--output-chr", "26")
    run("plink2", "--vcf", "c.vcf", *only, "--make-pgen", "--out", "c", cwd=folder)
    run("plink2", "--pfile", "c", "--make-bed", "--out", "c", cwd=folder)
    fam = [line.split()[:2] for line in (folder / "c.fam").read_text().splitlines()]
    random = np.random.default_rng(1)
    (folder / "c.phe").write_text("".join(f"{house} {own} {random.normal():.4f}\n" for house, own in fam))
    (folder / "c.cc").write_text("".join(f"{house} {own} {random.integers(1, 3)}\n" for house, own in fam))
    return folder


class Table:
    """Columns that public releases share, with as many variants as asked."""

    def __init__(self, rows: int = 600, seed: int = 7, *, step: int = 0) -> None:
        """Draw them."""
        self.random = np.random.default_rng(seed)
        self.rows = rows
        self.chromosome = np.sort(self.random.integers(1, 23, rows))
        self.position = self.random.integers(10_000, 240_000_000, rows) if not step else np.arange(rows) * step + 10_000
        self.name = [f"rs{number}" for number in self.random.integers(10**4, 10**9, rows)]
        order = self.random.permuted(np.tile(np.arange(4), (rows, 1)), axis=1)
        self.one, self.other = (["ACGT"[at] for at in order[:, column]] for column in (0, 1))
        self.rate = self.unit(0.06, 0.5)

    def unit(self, low: float = 0, high: float = 1) -> Any:
        """Return numbers within bounds."""
        return self.random.uniform(low, high, self.rows).round(5)

    def whole(self, low: int, high: int) -> Any:
        """Return whole numbers within bounds."""
        return self.random.integers(low, high, self.rows)

    def normal(self) -> Any:
        """Return numbers of both signs."""
        return self.random.normal(size=self.rows).round(5)

    def write(self, columns: dict[str, Any], sep: str = "\t", *, header: bool = True) -> bytes:
        """Return a table as pandas writes it."""
        return str(pd.DataFrame(columns).to_csv(sep=sep, index=False, header=header)).encode()


def public() -> dict[str, bytes]:
    """Return releases of many people, in the columns of programs and resources, by a word for each."""
    t = Table()
    place = {"chr": t.chromosome, "pos": t.position, "ref": t.one, "alt": t.other}
    keys = [f"{a}:{b}:{c}:{d}" for a, b, c, d in zip(*place.values(), strict=True)]
    genes = [f"GENE{number}" for number in t.whole(1, 20_000)]
    many = t.whole(140_000, 152_312)
    return {
        "gnomad": t.write({**place, "AC": (t.rate * many).astype(int), "AN": many, "AF": t.rate, "AF_nfe": t.unit(), "nhomalt": 1}),
        "browser": t.write(
            {"Chromosome": t.chromosome, "Position": t.position, "rsIDs": t.name, "Reference": t.one, "Alternate": t.other}
            | {"Allele Count": (t.rate * many).astype(int), "Allele Number": many, "Allele Frequency": t.rate}
        ),
        "1000": t.write(
            {**place, "AN": 5008, "AF": t.rate} | {f"{group}_AF": t.unit() for group in ("EAS", "EUR", "AFR", "AMR", "SAS")}
        ),
        "catalog": t.write(
            {"PUBMEDID": t.whole(10**7, 3 * 10**7), "DISEASE/TRAIT": "Height", "INITIAL SAMPLE SIZE": "300 European individuals"}
            | {
                "CHR_ID": t.chromosome,
                "CHR_POS": t.position,
                "STRONGEST SNP-RISK ALLELE": [f"{n}-A" for n in t.name],
                "SNPS": t.name,
            }
            | {"RISK ALLELE FREQUENCY": t.rate, "P-VALUE": t.unit(), "OR or BETA": t.unit(), "STUDY ACCESSION": "GCST000123"}
        ),
        "ssf": t.write(
            {"chromosome": t.chromosome, "base_pair_location": t.position, "effect_allele": t.one, "other_allele": t.other}
            | {"beta": t.normal(), "standard_error": t.unit(), "effect_allele_frequency": t.rate, "p_value": t.unit(), "n": 408_112}
        ),
        "saige": t.write(
            {"CHR": t.chromosome, "POS": t.position, "MarkerID": t.name, "Allele1": t.one, "Allele2": t.other, "AC_Allele2": 99}
            | {"AF_Allele2": t.rate, "BETA": t.normal(), "SE": t.unit(), "p.value": t.unit(), "N_case": 4_210, "N_ctrl": 90_321}
        ),
        "bolt": t.write(
            {"SNP": t.name, "CHR": t.chromosome, "BP": t.position, "GENPOS": t.unit(), "ALLELE1": t.one, "ALLELE0": t.other}
            | {"A1FREQ": t.rate, "BETA": t.normal(), "SE": t.unit(), "P_BOLT_LMM_INF": t.unit(), "P_BOLT_LMM": t.unit()}
        ),
        "metal": t.write(
            {"MarkerName": t.name, "Allele1": t.one, "Allele2": t.other, "Weight": 120_000.0, "Zscore": t.normal()}
            | {"P-value": t.unit(), "Direction": "++-?"}
        ),
        "ldsc": t.write({"SNP": t.name, "A1": t.one, "A2": t.other, "Z": t.normal(), "N": 188_577.0}),
        "neale": t.write(
            {"variant": keys, "minor_AF": t.rate, "n_complete_samples": 360_388, "beta": t.normal(), "pval": t.unit()}
        ),
        "weights": b"###PGS CATALOG SCORING FILE\n#format_version=2.0\n"
        + t.write({"rsID": t.name, "chr_name": t.chromosome, "effect_allele": t.one, "effect_weight": t.normal()}),
        "ldscore": t.write({"CHR": t.chromosome, "SNP": t.name, "BP": t.position, "L2": t.unit(1, 200)}),
        "eqtl": t.write(
            {"variant_id": [f"chr{key.replace(':', '_')}_b38" for key in keys], "gene_id": genes, "tss_distance": t.whole(-9, 9)}
            | {"ma_samples": t.whole(5, 300), "maf": t.rate, "pval_nominal": t.unit(), "slope": t.normal(), "slope_se": t.unit()}
        ),
        "finemap": t.write({"rsid": t.name, "chromosome": t.chromosome, "position": t.position, "maf": t.rate, "z": t.normal()}),
        "annotated": t.write(
            {"Chr": t.chromosome, "Start": t.position, "End": t.position, "Ref": t.one, "Alt": t.other, "Gene.refGene": genes}
            | {"SIFT_pred": "T", "CADD_phred": t.unit(0, 40), "avsnp150": t.name}
        ),
        "expression": t.write(
            {"gene": genes, "baseMean": t.unit(1, 99), "log2FoldChange": t.normal(), "pvalue": t.unit(), "padj": 1}
        ),
        "methylation": t.write(
            {"CpG": [f"cg{n:08d}" for n in t.whole(0, 10**8)], "BETA": t.normal(), "SE": t.unit(), "P": t.unit()}
        ),
        "panel": t.write({"rsid": t.name, "gene": genes, "risk_allele": t.one, "notes": "published"}),
        "bim": t.write({"c": t.chromosome, "n": t.name, "m": 0, "p": t.position, "a": t.one, "b": t.other}, header=False),
        "map": t.write({"c": t.chromosome, "n": t.name, "m": 0, "p": t.position}, header=False),
        "names": t.write({"n": t.name}, header=False),
        "populations": t.write({"SNP": t.name, "European": t.unit(), "African": t.unit(), "East Asian": t.unit()}),
    }
