"""A simulated cohort, and the programs that write it in the formats of the field: what `corpus.py` is made of.

Nothing of our own writes a file here: msprime simulates, plink, plink2, bcftools and samtools export, pandas and its like save
tables. They are tools of this benchmark and no dependency.
"""

from __future__ import annotations

import os
import random
import shutil
import string
import subprocess
import tempfile
from functools import cached_property

import msprime
import numpy


class Cohort:
    """People with names, and their genotypes at sites of one chromosome, from a coalescent with recombination."""

    def __init__(self, seed: int, people: int = 60, length: int = 2_000_000) -> None:
        """Simulate; the names are invented."""
        self.random = random.Random(seed)  # noqa: S311 - a benchmark is to be repeated
        self.seed, self.people = seed, people
        trees = msprime.sim_ancestry(people, sequence_length=length, recombination_rate=1e-8, population_size=1e4, random_seed=seed)
        trees = msprime.sim_mutations(trees, rate=1.2e-8, random_seed=seed, model=msprime.BinaryMutationModel())
        haplotypes = trees.genotype_matrix().astype(numpy.int8)
        common = (haplotypes.mean(axis=1) > 0.02) & (haplotypes.max(axis=1) == 1)
        self.haplotypes = haplotypes[common][:900]
        self.positions = [int(site.position) + 1 for site, keep in zip(trees.sites(), common, strict=True) if keep][:900]
        self.dosage = self.haplotypes[:, ::2] + self.haplotypes[:, 1::2]
        style = self.random.choice(("letters", "dashes", "numbers", "ukb"))
        self.names = self._names(style)
        self.alleles = [tuple(self.random.sample("ACGT", 2)) for _site in self.positions]
        numbers = self.random.sample(range(10**4, 10**8), len(self.positions))
        self.sites = [f"rs{number}" for number in numbers]

    def _names(self, style: str) -> list[str]:
        start = self.random.randrange(1, 4000)
        letters = "".join(self.random.choices(string.ascii_uppercase, k=3))
        if style == "ukb":
            return [str(number) for number in self.random.sample(range(1_000_000, 6_000_000), self.people)]
        forms = {"letters": f"{letters}{{:05}}", "dashes": f"{letters}-{{:04}}-01", "numbers": "P{:06}"}
        return [
            forms[style].format(number) for number in sorted(self.random.sample(range(start, start + 5 * self.people), self.people))
        ]

    def vcf(self, people: int | None = None, sites: int | None = None, chromosome: str = "chr20") -> bytes:
        """Return a VCF as msprime's users write it, with rs numbers."""
        count = self.people if people is None else people
        columns = [
            "#CHROM",
            "POS",
            "ID",
            "REF",
            "ALT",
            "QUAL",
            "FILTER",
            "INFO",
            *(["FORMAT", *self.names[:count]] if count else []),
        ]
        lines = ["##fileformat=VCFv4.2", f"##contig=<ID={chromosome},length=64444167>", '##FILTER=<ID=PASS,Description="x">']
        lines += ['##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">', "\t".join(columns)]
        for at, position in enumerate(self.positions[:sites]):
            row = [chromosome, str(position), self.sites[at], *self.alleles[at], ".", "PASS", "."]
            calls = [f"{self.haplotypes[at, 2 * each]}|{self.haplotypes[at, 2 * each + 1]}" for each in range(count)]
            lines.append("\t".join(row + (["GT", *calls] if count else [])))
        return ("\n".join(lines) + "\n").encode()

    def letters(self, site: int, person: int) -> str:
        """Return a genotype as two bases."""
        return "".join(self.alleles[site][copy] for copy in self.haplotypes[site, 2 * person : 2 * person + 2])

    @cached_property
    def folder(self) -> str:
        """Return a folder with a PLINK 1 and a PLINK 2 fileset of the cohort, named ``c``."""
        folder = tempfile.mkdtemp(prefix="cohort")
        with open(os.path.join(folder, "c.vcf"), "wb") as file:
            file.write(self.vcf())
        sexes = "".join(f"{name}\t{name}\t{self.random.randrange(1, 3)}\n" for name in self.names)
        with open(os.path.join(folder, "sex"), "w", encoding="ascii") as file:
            file.write(sexes)
        with open(os.path.join(folder, "pheno"), "w", encoding="ascii") as file:
            file.write("FID IID trait\n" + "".join(f"{name} {name} {self.random.gauss(0, 1):.3f}\n" for name in self.names))
        with open(os.path.join(folder, "case"), "w", encoding="ascii") as file:
            file.write("FID IID sick\n" + "".join(f"{name} {name} {self.random.randrange(1, 3)}\n" for name in self.names))
        run(folder, "plink1.9", "--vcf", "c.vcf", "--double-id", "--make-bed", "--out", "c", "--update-sex", "sex")
        run(folder, "plink2", "--vcf", "c.vcf", "--double-id", "--make-pgen", "--out", "c")  # with its phase
        return folder

    def plink(self, program: str, *arguments: str) -> dict[str, bytes]:
        """Return the files that a run of plink writes, without its log."""
        out = tempfile.mkdtemp(prefix="out", dir=self.folder)
        source = ["--bfile", "c"] if program == "plink1.9" else ["--pfile", "c"]
        run(self.folder, program, *source, *arguments, "--out", os.path.join(out, "r"))
        found = {}
        for name in sorted(os.listdir(out)):
            with open(os.path.join(out, name), "rb") as file:
                found[name] = file.read()
        shutil.rmtree(out)
        return {name: data for name, data in found.items() if not name.endswith((".log", ".nosex-"))}


def run(folder: str, *command: str, stdin: bytes | None = None) -> bytes:
    """Run a program and return its standard output; what it could not do leaves no file."""
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False).stdout


def piped(data: bytes, *command: str) -> bytes:
    """Return what a program makes of `data`, which it reads from a file called ``in`` in its folder."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "in"), "wb") as file:
            file.write(data)
        return run(folder, *command)
