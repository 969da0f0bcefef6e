"""Files about nobody in particular: aggregates, references, indexes. None may fail."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import numpy
import pandas
from _cohort import piped, run
from _corpus_people import _numpy, notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _cohort import Cohort

    Files = dict[str, bytes]

_PLINK1: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("--freq",), (".frq",)),
    (("--freqx",), (".frqx",)),
    (("--hardy",), (".hwe",)),
    (("--missing",), (".lmiss",)),
    (("--assoc", "--pheno", "case", "--allow-no-sex"), (".assoc",)),
    (("--linear", "--pheno", "pheno", "--allow-no-sex"), (".assoc.linear",)),
    (("--logistic", "--pheno", "case", "--allow-no-sex"), (".assoc.logistic",)),
    (("--model", "--pheno", "case", "--allow-no-sex"), (".model",)),
    (("--r2", "--ld-window-r2", "0.2"), (".ld",)),
    (("--indep-pairwise", "50", "5", "0.2"), (".prune.in", ".prune.out")),
    (("--make-bed",), (".bim",)),
    (("--recode",), (".map",)),
    (("--blocks", "no-pheno-req"), (".blocks", ".blocks.det")),
    (("--pca", "4"), (".eigenval",)),
)
_PLINK2: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("--freq",), (".afreq",)),
    (("--freq", "counts"), (".acount",)),
    (("--geno-counts",), (".gcount",)),
    (("--hardy",), (".hardy",)),
    (("--missing",), (".vmiss",)),
    (("--glm", "allow-no-covars", "--pheno", "case"), (".sick.glm.logistic.hybrid",)),
    (("--glm", "allow-no-covars", "--pheno", "pheno"), (".trait.glm.linear",)),
    (("--make-pgen",), (".pvar",)),
    (("--write-snplist",), (".snplist",)),
    (("--export", "hapslegend"), (".legend",)),
)


def plink(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield every file of PLINK that is about variants."""
    for program, runs in (("plink1.9", _PLINK1), ("plink2", _PLINK2)):
        for arguments, ends in runs:
            made = cohort.plink(program, *arguments)
            for end in ends:
                for name, data in made.items():
                    if name == "r" + end and data:  # so few rows for so many people give nobody away
                        yield f"{program} {' '.join(arguments)} {end}", {name: b"".join(data.splitlines(keepends=True)[:150])}


def sites(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield call sets without people, their indexes and what is made of them."""
    vcf, random = cohort.vcf(0), cohort.random
    yield "sites", {"s.vcf": vcf}
    yield "sites, bgzip", {"s.vcf.gz": piped(vcf, "bcftools", "view", "-Oz", "in")}
    yield "sites, BCF", {"s.bcf": piped(vcf, "bcftools", "view", "-Ob", "in")}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.vcf.gz")
        with open(path, "wb") as file:
            file.write(piped(cohort.vcf(), "bcftools", "view", "-Oz", "in"))
        run(folder, "tabix", "-p", "vcf", path)
        run(folder, "bcftools", "index", "-c", path)
        for end in ("tbi", "csi"):
            with open(f"{path}.{end}", "rb") as file:
                yield f"index {end}", {f"a.vcf.gz.{end}": file.read()}
    yield "statistics of a call set", {"stats.txt": piped(vcf, "bcftools", "stats", "in")}
    gnomad = "\n".join(
        f"chr20\t{at}\t.\t{a}\t{b}\t.\tPASS\tAC={random.randrange(1, 9000)};AN=152{random.randrange(100):03};AF=0.01"
        for at, (a, b) in zip(cohort.positions, cohort.alleles, strict=True)
    )
    head = "##fileformat=VCFv4.2\n##contig=<ID=chr20,length=64444167>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    yield "a public resource's sites", {"gnomad.vcf": (head + gnomad + "\n").encode()}
    yield (
        "BED of sites",
        {"s.bed": "".join(f"chr20\t{at - 1}\t{at}\t{n}\n" for at, n in zip(cohort.positions, cohort.sites, strict=True)).encode()},
    )
    yield "rs numbers", {"snps.txt": "\n".join(cohort.sites).encode()}


def statistics(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield results over many people, weights and annotation."""
    random, count = cohort.random, 500
    chosen = range(count)
    base = {
        "chromosome": 20,
        "base_pair_location": cohort.positions[:count],
        "effect_allele": [cohort.alleles[at][0] for at in chosen],
        "other_allele": [cohort.alleles[at][1] for at in chosen],
    }
    effect = {
        "beta": [random.gauss(0, 0.02) for _n in chosen],
        "standard_error": 0.01,
        "p_value": [random.random() for _n in chosen],
    }
    gwas = pandas.DataFrame(
        {**base, **effect, "effect_allele_frequency": [random.random() for _n in chosen], "rsid": cohort.sites[:count], "n": 408112}
    )
    yield "GWAS-SSF", {"gwas.tsv": gwas.to_csv(sep="\t", index=False).encode()}
    yield "GWAS, csv", {"gwas.csv": gwas.to_csv(index=False).encode()}
    yield "GWAS in a notebook", {"n.ipynb": notebook(gwas.head(20))}
    regenie = pandas.DataFrame(
        {
            "CHROM": 20,
            "GENPOS": cohort.positions[:count],
            "ID": cohort.sites[:count],
            "ALLELE0": "A",
            "ALLELE1": "G",
            "A1FREQ": 0.2,
            "N": 391000,
            "TEST": "ADD",
            "BETA": effect["beta"],
            "SE": 0.01,
            "CHISQ": 1.2,
            "LOG10P": 0.4,
        }
    )
    yield "REGENIE", {"x.regenie": regenie.to_csv(sep=" ", index=False).encode()}
    ldsc = pandas.DataFrame({"SNP": cohort.sites[:count], "A1": "A", "A2": "G", "Z": effect["beta"], "N": 200000})
    yield "LDSC", {"x.sumstats": ldsc.to_csv(sep="\t", index=False).encode()}
    weights = "###PGS CATALOG SCORING FILE\n#format_version=2.0\n#pgs_id=PGS000001\n"
    frame = pandas.DataFrame({"rsID": cohort.sites[:count], "chr_name": 20, "effect_allele": "A", "effect_weight": effect["beta"]})
    yield "weights of a score", {"PGS000001.txt": (weights + frame.to_csv(sep="\t", index=False)).encode()}
    alleles = "rsid\tchromosome\tposition\tref\talt\n" + "".join(
        f"{cohort.sites[at]}\t20\t{cohort.positions[at]}\t{cohort.alleles[at][0]}\t{cohort.alleles[at][1]}\n" for at in chosen
    )
    yield "a panel of sites", {"panel.txt": alleles.encode()}
    populations = pandas.DataFrame(
        {
            "rsid": cohort.sites[:count],
            **{p: [round(random.random(), 3) for _n in chosen] for p in ("AFR", "AMR", "EAS", "EUR", "SAS")},
        }
    )
    yield "frequencies by population", {"freq.csv": populations.to_csv(index=False).encode()}
    ld = numpy.corrcoef(cohort.dosage[:60])
    yield "LD matrix", {"ld.csv": pandas.DataFrame(ld, index=cohort.sites[:60], columns=cohort.sites[:60]).to_csv().encode()}
    yield "LD matrix, npy", {"ld.npy": _numpy(ld)}
    eqtl = pandas.DataFrame(
        {
            "gene_id": [f"ENSG{at:011}" for at in chosen],
            "variant_id": [f"chr20_{p}_A_G_b38" for p in cohort.positions[:count]],
            "slope": effect["beta"],
            "pval_nominal": effect["p_value"],
        }
    )
    yield "eQTL", {"eqtl.txt": eqtl.to_csv(sep="\t", index=False).encode()}
    clinvar = pandas.DataFrame(
        {
            "AlleleID": range(count),
            "GeneSymbol": "BRCA1",
            "ClinicalSignificance": "Pathogenic",
            "RS# (dbSNP)": range(count),
            "Assembly": "GRCh38",
            "Chromosome": 17,
            "Start": range(count),
            "ReferenceAllele": "A",
            "AlternateAllele": "G",
        }
    )
    yield "ClinVar", {"variant_summary.txt": clinvar.to_csv(sep="\t", index=False).encode()}
    table1 = pandas.DataFrame(
        {
            "characteristic": ["n", "age, mean (SD)", "female, n (%)"],
            "cases": ["1200", "61.2 (8.1)", "540 (45.0)"],
            "controls": ["2400", "60.9 (8.3)", "1100 (45.8)"],
        }
    )
    yield "table 1", {"table1.csv": table1.to_csv(index=False).encode()}
    yield "describe() in a notebook", {"n.ipynb": notebook(gwas.describe(), "df.describe()")}


def references(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield sequences, annotation and maps that describe genomes."""
    random = cohort.random
    bases = "".join(random.choices("ACGT", k=5000))
    lines = "\n".join(bases[at : at + 60] for at in range(0, 5000, 60))
    yield "reference", {"chr20.fa": f">chr20\n{lines}\n".encode()}
    yield (
        "transcripts",
        {"t.fa": "".join(f">ENST{at:011}.1 cdna chromosome:GRCh38:20\n{bases[:300]}\n" for at in range(20)).encode()},
    )
    yield "proteins", {"p.fasta": "".join(f">sp|P{at:05}|NAME_HUMAN x\nMKVLAAGIVGLCAKTEWLR\n" for at in range(20)).encode()}
    yield "adapters", {"adapters.fa": b">TruSeq_Universal\nAATGATACGGCGACCACCGAGATCTACAC\n>PrefixPE/1\nTACACTCTTTCCCTACACGACG\n"}
    yield (
        "dictionary",
        {"ref.dict": b"@HD\tVN:1.6\n" + b"".join(b"@SQ\tSN:chr%d\tLN:%d\n" % (at, 10**8 + at) for at in range(1, 23))},
    )
    yield "fai", {"ref.fa.fai": b"".join(b"chr%d\t%d\t6\t60\t61\n" % (at, 10**8 + at) for at in range(1, 23))}
    yield "sizes", {"hg38.chrom.sizes": b"".join(b"chr%d\t%d\n" % (at, 10**8 + at) for at in range(1, 23))}
    yield (
        "GTF",
        {
            "g.gtf": b"".join(
                b'chr1\tHAVANA\tgene\t%d\t%d\t.\t+\t.\tgene_id "ENSG%011d";\n' % (at, at + 900, at) for at in range(1, 90000, 999)
            )
        },
    )
    yield (
        "genetic map",
        {
            "map.txt": (
                "position COMBINED_rate(cM/Mb) Genetic_Map(cM)\n"
                + "".join(f"{at} {random.random():.4f} {at / 1e6:.5f}\n" for at in cohort.positions)
            ).encode()
        },
    )
    yield (
        "BED of genes",
        {"genes.bed": b"".join(b"chr1\t%d\t%d\tGENE%d\t0\t+\n" % (at, at + 900, at) for at in range(1000, 90000, 999))},
    )
    yield (
        "multiple alignment",
        {
            "x.maf": (
                b"##maf version=1\na score=10.0\ns hg38.chr1 100 10 + 248956422 ACGTACGTAC\n"
                b"s mm10.chr1 90 10 + 195471971 ACGTACGTAC\n\n"
            )
        },
    )
    yield (
        "manifest",
        {
            "m.csv": b"Illumina, Inc.\n[Heading]\nDescriptor File Name,x.bpm\n[Assay]\nIlmnID,Name,IlmnStrand,SNP,Chr,MapInfo\n"
            + b"".join(b"rs%d-131_T,rs%d,TOP,[A/G],1,%d\n" % (at, at, at) for at in range(1000, 1100))
        },
    )
