"""Files about public samples, simulated people or no people: to be told as such, and not to fail."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import msprime
import numpy
import pandas
from _cohort import piped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _cohort import Cohort

    Files = dict[str, bytes]

# Of public resources, in print for many years; picked so that all are in the release of 3,202 samples.
_PUBLIC = ("HG00096", "HG00097", "HG00099", "HG00100", "HG00101", "NA12878", "NA12891", "NA12892", "NA18486", "NA19238")


def renamed(cohort: Cohort, names: tuple[str, ...], chromosome: str = "chr20") -> bytes:
    """Return the cohort's calls with other names."""
    kept, cohort.names = cohort.names, list(names)
    try:
        return cohort.vcf(len(names), 200, chromosome)
    finally:
        cohort.names = kept


def public(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield data whose people are all of a public resource."""
    vcf = renamed(cohort, _PUBLIC)
    yield "public VCF", {"a.vcf": vcf}
    yield "public VCF, packed", {"a.vcf.gz": piped(vcf, "bcftools", "view", "-Oz", "in")}
    yield "public BCF", {"a.bcf": piped(vcf, "bcftools", "view", "-Ob", "in")}
    yield "one of Genome in a Bottle", {"HG002.vcf": renamed(cohort, ("HG002",))}
    yield "names doubled", {"b.vcf": renamed(cohort, tuple(f"{name}_{name}" for name in _PUBLIC))}
    yield "diversity panel", {"h.vcf": renamed(cohort, ("HGDP00001", "HGDP00003", "HGDP00005"))}
    frame = pandas.DataFrame(cohort.dosage[:60, : len(_PUBLIC)].T, index=list(_PUBLIC), columns=cohort.sites[:60])
    yield "public dosages", {"g.csv": frame.to_csv().encode()}
    panel = "sample\tpop\tsuper_pop\tgender\n" + "".join(f"{name}\tGBR\tEUR\tmale\n" for name in _PUBLIC)
    yield "panel", {"integrated_call_samples.panel": panel.encode()}
    yield "public names", {"samples.txt": "\n".join(_PUBLIC).encode()}
    head = "@HD\tVN:1.6\n@SQ\tSN:chr20\tLN:64444167\n@RG\tID:1\tSM:NA12878\n"
    sam = (head + f"r1\t0\tchr20\t100\t60\t50M\t*\t0\t0\t{'ACGTA' * 10}\t{'F' * 50}\n").encode()
    yield "public SAM", {"a.sam": sam}
    yield "public BAM", {"a.bam": piped(sam, "samtools", "view", "-Obam", "in")}
    yield "public fam", {"a.fam": "".join(f"0 {name} 0 0 1 -9\n" for name in _PUBLIC).encode()}


def simulated(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield what simulators write under their own names."""
    trees = msprime.sim_ancestry(8, sequence_length=1e5, population_size=1e4, recombination_rate=1e-8, random_seed=cohort.seed)
    trees = msprime.sim_mutations(trees, rate=1e-7, random_seed=cohort.seed)
    yield "msprime", {"sim.vcf": trees.as_vcf().encode()}
    yield "msprime, packed", {"sim.vcf.gz": gzip.compress(trees.as_vcf().encode())}
    yield "names of a simulator", {"s.vcf": renamed(cohort, tuple(f"tsk_{at}" for at in range(8)))}
    yield "syn", {"s.vcf": renamed(cohort, tuple(f"syn{at}" for at in range(8)))}
    frame = pandas.DataFrame(cohort.dosage[:60, :8].T, index=[f"tsk_{at}" for at in range(8)], columns=cohort.sites[:60])
    yield "dosages of a simulator", {"g.csv": frame.to_csv().encode()}


def other_species(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield data of flies, yeast, mice and bacteria."""
    for chromosome, length in (("2L", 23513712), ("chrIV", 1531933), ("chr1", 195154279), ("NC_000913.3", 4641652)):
        text = cohort.vcf(6, 100, chromosome).replace(b"length=64444167", b"length=%d" % length)
        yield f"VCF, {chromosome}", {"a.vcf": text}
        sam = (
            f"@HD\tVN:1.6\n@SQ\tSN:{chromosome}\tLN:{length}\n@RG\tID:1\tSM:strain7\n"
            f"r1\t0\t{chromosome}\t100\t60\t10M\t*\t0\t0\tACGTACGTAC\tFFFFFFFFFF\n"
        )
        yield f"BAM, {chromosome}", {"a.bam": piped(sam.encode(), "samtools", "view", "-Obam", "in")}
    counts = numpy.random.default_rng(cohort.seed).poisson(9, (60, 6))
    mice = pandas.DataFrame(counts, index=[f"ENSMUSG{at:011}" for at in range(60)], columns=[f"mouse{at}" for at in range(6)])
    yield "expression of mice", {"counts.tsv": mice.to_csv(sep="\t").encode()}
