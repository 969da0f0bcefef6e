"""Files about people: every one of them must be found. Each function gives the files of one case, by name."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import tempfile
from typing import TYPE_CHECKING, Any

import numpy
import pandas
from _cohort import piped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _cohort import Cohort

    Files = dict[str, bytes]

# What PLINK writes about people: program, arguments, and the ends of the names of those files that are about people.
_PLINK1: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("--missing",), (".imiss",)),
    (("--het",), (".het",)),
    (("--genome",), (".genome",)),
    (("--homozyg", "--homozyg-kb", "50", "--homozyg-snp", "10"), (".hom.indiv",)),
    (("--pca", "5"), (".eigenvec",)),
    (("--mds-plot", "4", "--cluster"), (".mds", ".cluster1", ".cluster2")),
    (("--recode",), (".ped",)),
    (("--recode", "12"), (".ped",)),
    (("--recode", "A"), (".raw",)),
    (("--recode", "AD"), (".raw",)),
    (("--recode", "A-transpose"), (".traw",)),
    (("--recode", "transpose"), (".tped", ".tfam")),
    (("--recode", "lgen"), (".lgen",)),
    (("--recode", "oxford"), (".gen", ".sample")),
    (("--recode", "beagle"), (".dat",)),
    (("--recode", "vcf"), (".vcf",)),
    (("--make-bed",), (".bed", ".fam")),
    (("--make-bed", "--keep-allele-order"), (".bed",)),
    (("--indep-pairwise", "50", "5", "0.2", "--genome", "gz"), (".genome.gz",)),
    (("--ibc",), (".ibc",)),
    (("--make-rel", "--rel-cutoff"), (".rel.id",)),
    (("--neighbour", "1", "3"), (".nearest",)),
)
_PLINK2: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("--missing",), (".smiss",)),
    (("--het",), (".het",)),
    (("--sample-counts",), (".scount",)),
    (("--make-king-table",), (".kin0",)),
    (("--pca", "4"), (".eigenvec",)),
    (("--export", "A"), (".raw",)),
    (("--export", "Av"), (".traw",)),
    (("--export", "haps"), (".haps", ".sample")),
    (("--export", "bgen-1.1"), (".bgen", ".sample")),
    (("--export", "bgen-1.2", "bits=8"), (".bgen",)),
    (("--export", "bgen-1.3"), (".bgen",)),
    (("--export", "ped"), (".ped",)),
    (("--export", "ind-major-bed"), (".bed",)),
    (("--make-pgen",), (".pgen", ".psam")),
    (("--export", "bcf"), (".bcf",)),
    (("--export", "vcf-4.2", "bgz"), (".vcf.gz",)),
    (("--write-samples",), (".id",)),
    (("--make-just-fam",), (".fam",)),
    (("--export", "eig"), (".geno", ".ind")),
)


def plink(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield every file of PLINK that is about people, alone."""
    for program, runs in (("plink1.9", _PLINK1), ("plink2", _PLINK2)):
        for arguments, ends in runs:
            made = cohort.plink(program, *arguments)
            for end in ends:
                for name, data in made.items():
                    if name == "r" + end:
                        yield f"{program} {' '.join(arguments)} {end}", {name: data}


def calls(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield call sets in the ways that they are kept."""
    vcf = cohort.vcf()
    body = b"\n".join(line for line in vcf.split(b"\n") if not line.startswith(b"#"))
    yield "VCF", {"a.vcf": vcf}
    yield "VCF of one", {"a.vcf": cohort.vcf(1)}
    yield "VCF without header", {"body.txt": body}
    yield "BCF", {"a.bcf": piped(vcf, "bcftools", "view", "-Ob", "in")}
    yield "BCF not packed", {"a.bcf": piped(vcf, "bcftools", "view", "-Ou", "in")}
    yield "bgzip", {"a.vcf.gz": piped(vcf, "bcftools", "view", "-Oz", "in")}
    query = "%CHROM\t%POS\t%REF\t%ALT[\t%GT]\n"
    yield "bcftools query", {"q.tsv": piped(vcf, "bcftools", "query", "-f", query, "in")}
    yield "bcftools query with names", {"q.txt": piped(vcf, "bcftools", "query", "-H", "-f", query, "in")}
    long = "[%SAMPLE\t%CHROM\t%POS\t%GT\n]"
    yield "bcftools query by sample", {"long.txt": piped(cohort.vcf(5), "bcftools", "query", "-f", long, "in")}
    yield "names of a VCF", {"samples.txt": piped(vcf, "bcftools", "query", "-l", "in")}
    yield "header alone", {"header.txt": piped(vcf, "bcftools", "view", "-h", "in")}


def frames(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield genotypes as tables of every kind."""
    people = pandas.DataFrame(cohort.dosage[:200].T, index=cohort.names, columns=cohort.sites[:200])
    people.index.name = "sample"
    keys = [f"20:{at}:{a}:{b}" for at, (a, b) in zip(cohort.positions, cohort.alleles, strict=True)]
    variants = pandas.DataFrame(cohort.dosage[:200], index=keys[:200], columns=cohort.names)
    letters = pandas.DataFrame(
        [[cohort.letters(site, person) for site in range(60)] for person in range(30)],
        index=cohort.names[:30],
        columns=cohort.sites[:60],
    )
    noise = numpy.clip(people + numpy.random.default_rng(cohort.seed).normal(0, 0.02, people.shape), 0, 2).round(3)
    yield "dosages by person, csv", {"g.csv": people.to_csv().encode()}
    yield "dosages by variant, tsv", {"g.tsv": variants.to_csv(sep="\t").encode()}
    yield "letters, csv", {"g.csv": letters.to_csv().encode()}
    yield "imputed dosages", {"d.csv": noise.to_csv().encode()}
    yield "dosages, parquet", {"g.parquet": people.to_parquet()}
    yield "variants, parquet", {"v.parquet": variants.reset_index().to_parquet()}
    yield "dosages, feather", {"g.feather": _saved(lambda path: people.reset_index().to_feather(path))}
    yield "dosages, xlsx", {"g.xlsx": _saved(lambda path: people.iloc[:30, :60].to_excel(path, engine="openpyxl"), ".xlsx")}
    yield "dosages, pickle", {"g.pkl": _saved(people.to_pickle)}
    yield "dosages, JSON", {"g.json": people.iloc[:20, :50].reset_index().to_json(orient="records").encode()}
    yield "dosages, HTML", {"g.html": people.iloc[:20, :40].to_html().encode()}
    yield "dosages, Markdown", {"g.md": people.iloc[:20, :40].to_markdown().encode()}
    yield "dosages, SQLite", {"g.db": _sqlite(people.iloc[:, :60].reset_index())}
    yield "dosages, SQL", {"g.sql": _dump(people.iloc[:20, :40].reset_index())}
    long = variants.iloc[:40, :10].stack().reset_index()  # noqa: PD013 - a long table is what is wanted
    long.columns = pandas.Index(["variant", "sample", "dosage"])
    yield "long, csv", {"long.csv": long.to_csv(index=False).encode()}
    yield "dosages in a notebook", {"n.ipynb": notebook(people.iloc[:, :40].head(20))}
    yield "variants in a notebook", {"n.ipynb": notebook(variants.iloc[:40, :8])}


def arrays(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield genotypes without a name."""
    import joblib  # noqa: PLC0415 - one of several writers

    matrix = cohort.dosage.T
    yield "npy", {"x.npy": _numpy(matrix)}
    yield "npy of variants", {"x.npy": _numpy(cohort.dosage)}
    yield "npz", {"x.npz": _saved(lambda path: numpy.savez(path, gt=matrix, y=numpy.arange(len(matrix))), ".npz")}
    yield "npz, compressed", {"x.npz": _saved(lambda path: numpy.savez_compressed(path, gt=matrix), ".npz")}
    yield "text without names", {"x.txt": _saved(lambda path: numpy.savetxt(path, matrix[:, :200], fmt="%d"))}
    yield "csv without names", {"x.csv": pandas.DataFrame(matrix[:, :200]).to_csv(index=False, header=False).encode()}
    yield "csv with numbers for names", {"x.csv": pandas.DataFrame(matrix[:, :200]).to_csv(index=False).encode()}
    yield "joblib", {"x.joblib": _saved(lambda path: joblib.dump(matrix, path))}
    yield "joblib, compressed", {"x.joblib": _saved(lambda path: joblib.dump({"X": matrix}, path, compress=3))}
    yield "calls of three dimensions", {"gt.npy": _numpy(cohort.haplotypes.reshape(len(cohort.haplotypes), -1, 2))}
    yield "missing values", {"x.npy": _numpy(numpy.where(numpy.random.default_rng(1).random(matrix.shape) < 0.02, -1, matrix))}


def _numpy(array: Any) -> bytes:
    out = io.BytesIO()
    numpy.save(out, array)
    return out.getvalue()


def _saved(save: Callable[[str], Any], end: str = "") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x" + end)
        save(path)
        with open(path, "rb") as file:
            return file.read()


def _sqlite(frame: pandas.DataFrame) -> bytes:
    def save(path: str) -> None:
        with sqlite3.connect(path) as base:
            frame.to_sql("genotypes", base, index=False)
        base.close()

    return _saved(save)


def _dump(frame: pandas.DataFrame) -> bytes:
    base = sqlite3.connect(":memory:")
    frame.to_sql("genotypes", base, index=False)
    return "\n".join(base.iterdump()).encode()


def notebook(frame: pandas.DataFrame, source: str = "df") -> bytes:
    """Return a notebook whose saved output shows a frame, as Jupyter keeps it."""
    shown = {"text/html": frame._repr_html_(), "text/plain": repr(frame)}
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": shown}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": source, "outputs": [output]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def consumer(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield exports of genotyping companies, with and without what names the company."""
    rows = [(cohort.sites[at], "20", cohort.positions[at], cohort.letters(at, 0)) for at in range(500)]
    plain = "".join(f"{name}\t{chromosome}\t{at}\t{call}\n" for name, chromosome, at, call in rows)
    ask = "# This data file generated by 23andMe at: Mon Jan 01 2024\n# rsid\tchromosome\tposition\tgenotype\n"
    yield "23andMe", {"genome.txt": (ask + plain).encode()}
    yield "23andMe without comments", {"g.txt": plain.encode()}
    yield "23andMe, 40 rows", {"g.txt": "".join(plain.splitlines(keepends=True)[:40]).encode()}
    two = "rsid\tchromosome\tposition\tallele1\tallele2\n" + "".join(
        f"{name}\t{chromosome}\t{at}\t{call[0]}\t{call[1]}\n" for name, chromosome, at, call in rows
    )
    yield "AncestryDNA", {"AncestryDNA.txt": ("#AncestryDNA raw data download\n" + two).encode()}
    yield "two columns of alleles", {"dna.txt": two.encode()}
    quoted = "RSID,CHROMOSOME,POSITION,RESULT\n" + "".join(f'"{n}","{c}","{p}","{g}"\n' for n, c, p, g in rows)
    yield "FamilyTreeDNA", {"ftdna.csv": quoted.encode()}
    yield "MyHeritage", {"MyHeritage_raw_dna_data.csv": ("##fileformat=MyHeritage\n" + quoted).encode()}
    yield "23andMe, zip of plink", cohort_23(cohort)


def cohort_23(cohort: Cohort) -> Files:
    """Return what PLINK writes in the layout of 23andMe for one person."""
    name = cohort.names[0]
    with open(os.path.join(cohort.folder, "one"), "w", encoding="ascii") as file:
        file.write(f"{name}\t{name}\n")
    made = cohort.plink("plink1.9", "--recode", "23", "--keep", "one")
    return {"x.txt": made.get("r.txt", b"")}


def reads(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield reads as samtools writes them."""
    random = cohort.random
    fastq = "".join(
        f"@A00123:45:HX:1:1101:{at}:{at} 1:N:0:ACGT\n{''.join(random.choices('ACGT', k=75))}\n+\n{'F' * 75}\n" for at in range(200)
    ).encode()
    head = "@HD\tVN:1.6\n@SQ\tSN:chr20\tLN:64444167\n@RG\tID:1\tSM:" + cohort.names[0] + "\n"
    rows = "".join(
        f"r{at}\t0\tchr20\t{100 + at}\t60\t50M\t*\t0\t0\t{''.join(random.choices('ACGT', k=50))}\t{'F' * 50}\n" for at in range(50)
    )
    sam = (head + rows).encode()
    yield "FASTQ", {"r.fastq": fastq}
    yield "FASTQ, gzip", {"r.fq.gz": gzip.compress(fastq)}
    yield "SAM", {"a.sam": sam}
    yield "SAM without header", {"a.txt": rows.encode()}
    for letter, name in (("b", "a.bam"), ("u", "b.bam")):
        yield f"BAM {letter}", {name: piped(sam, "samtools", "view", f"-O{'bam' if letter == 'b' else 'bam,level=0'}", "in")}
    yield "CRAM", {"a.cram": piped(sam, "samtools", "view", "-O", "cram,no_ref=1", "in")}
    yield "BAM, header alone", {"h.bam": piped(head.encode(), "samtools", "view", "-Obam", "in")}
