"""Files of other fields, lists, documents and code: none may fail."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import numpy
import pandas
from _corpus_people import _numpy, _saved, notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _cohort import Cohort

    Files = dict[str, bytes]


def lists(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield lists of numbers and names that are no participants."""
    random = cohort.random
    yield (
        "PubMed ids",
        {"pmids.txt": ("pmid\n" + "\n".join(str(random.randrange(9 * 10**6, 39 * 10**6)) for _n in range(60))).encode()},
    )
    yield "positions", {"pos.txt": "\n".join(map(str, sorted(random.sample(range(10**6, 6 * 10**7), 60)))).encode()}
    yield "counts", {"counts.txt": "\n".join(str(int(random.lognormvariate(8, 2))) for _n in range(90)).encode()}
    yield (
        "zip codes",
        {
            "zips.csv": (
                "zip,lat,lon\n"
                + "".join(
                    f"{random.randrange(10000, 99999)},{random.uniform(25, 49):.4f},{random.uniform(-120, -70):.4f}\n"
                    for _n in range(60)
                )
            ).encode()
        },
    )
    yield "runs", {"SRR_Acc_List.txt": "\n".join(f"SRR{random.randrange(10**6, 10**8)}" for _n in range(40)).encode()}
    yield "genes", {"genes.txt": b"TP53\nBRCA1\nBRCA2\nEGFR\nKRAS\nPTEN\nMYC\nRB1\nAPC\nVHL\n"}
    yield "UniProt", {"acc.txt": "\n".join(f"P{random.randrange(10**4, 10**5)}" for _n in range(40)).encode()}
    yield "times", {"stamps.txt": "\n".join(str(1_700_000_000 + 61 * at) for at in range(60)).encode()}
    yield "versions", {"requirements.txt": b"numpy==1.26.4\npandas==2.2.1\nscipy==1.12.0\npysam==0.22.0\n"}
    yield (
        "seeds",
        {"run.py": b"SEEDS = [1234567, 2345678, 3456789]\nSIZES = [1000000, 2000000, 4000000]\n\nfor s in SEEDS:\n    run(s)\n"},
    )
    yield "edges", {"graph.txt": "".join(f"{random.randrange(900)} {random.randrange(900)}\n" for _n in range(200)).encode()}
    yield (
        "populations of towns",
        {"towns.csv": ("town,population\n" + "".join(f"T{at},{random.randrange(1000, 6 * 10**6)}\n" for at in range(60))).encode()},
    )
    yield "barcodes", {"barcodes.tsv": "".join("".join(random.choices("ACGT", k=16)) + "-1\n" for _n in range(90)).encode()}


def documents(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield documentation and code that speak of formats."""
    del cohort
    yield (
        "README",
        {
            "README.md": (
                b"# Pipeline\n\n"
                b"Reads a VCF (`##fileformat=VCFv4.2`), e.g. `bcftools query -l in.vcf.gz > samples.txt`.\n\n"
                b"| column | meaning |\n| --- | --- |\n| FID | family |\n| IID | person |\n"
                b"| eid | UK Biobank id |\n\nrs7412 and rs429358 define APOE.\n"
            )
        },
    )
    yield (
        "parser",
        {
            "vcf.py": (
                b'def parse(line):\n    """Parse #CHROM POS ID REF ALT QUAL FILTER INFO FORMAT."""\n'
                b'    f = line.rstrip().split("\\t")\n    return f[9:]\n\n\nGT = {"0/0": 0, "0/1": 1, "1/1": 2}\n'
            )
        },
    )
    yield (
        "R script",
        {
            "gwas.R": (
                b'pheno <- read.table("data/pheno.txt", header = TRUE)\n'
                b'merged <- merge(pheno, pcs, by = c("FID", "IID"))\n'
                b"fit <- lm(bmi ~ age + sex + PC1 + PC2, data = merged)\n"
            )
        },
    )
    yield "Snakefile", {"Snakefile": b'SAMPLES = ["A", "B", "C"]\nrule all:\n    input: expand("{s}.bam", s=SAMPLES)\n'}
    yield (
        "schema",
        {
            "schema.json": json.dumps(
                {
                    "$schema": "http://json-schema.org/draft-07/schema#",
                    "title": "Phenopacket",
                    "properties": {"subject": {"type": "object"}, "phenotypicFeatures": {"type": "array"}},
                }
            ).encode()
        },
    )
    yield (
        "data dictionary",
        {
            "Data_Dictionary_Showcase.csv": (
                b"Path,Category,FieldID,Field,Participants,Items\nPopulation,100094,31,Sex,502356,502356\n"
                b"Population,100094,34,Year of birth,502356,502356\n"
            )
        },
    )
    yield (
        "log of plink",
        {
            "r.log": (
                b"PLINK v1.90b6.21 64-bit (19 Oct 2020)\nOptions in effect:\n  --bfile data\n  --out r\n"
                b"60 people (30 males, 30 females) loaded from .fam.\n900 variants loaded from .bim file.\n"
            )
        },
    )
    yield (
        "config",
        {"config.yaml": b"samples: samples.tsv\nref:\n  build: GRCh38\n  release: 105\nparams:\n  maf: 0.01\n  pcs: 10\n"},
    )


def tables(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield tables of other fields."""
    random = cohort.random
    flowers = pandas.DataFrame(
        {
            "sepal_length": [round(random.gauss(5.8, 0.8), 1) for _n in range(150)],
            "petal_width": 1.2,
            "species": ["setosa", "virginica", "versicolor"] * 50,
        }
    )
    yield "flowers", {"iris.csv": flowers.to_csv(index=False).encode()}
    cars = pandas.DataFrame(
        {
            "model": [f"car {at}" for at in range(32)],
            "mpg": [round(random.gauss(20, 6), 1) for _n in range(32)],
            "cyl": random.choices([4, 6, 8], k=32),
        }
    )
    yield "cars", {"mtcars.csv": cars.to_csv(index=False).encode()}
    yield (
        "prices",
        {
            "prices.csv": (
                "date,open,close\n"
                + "".join(f"2024-01-{at:02},{random.uniform(90, 110):.2f},{random.uniform(90, 110):.2f}\n" for at in range(1, 29))
            ).encode()
        },
    )
    metrics = pandas.DataFrame(
        {"epoch": range(40), "loss": [1 / (at + 1) for at in range(40)], "auc": [0.5 + at / 100 for at in range(40)]}
    )
    yield "training", {"metrics.csv": metrics.to_csv(index=False).encode()}
    yield "training in a notebook", {"n.ipynb": notebook(metrics)}
    confusion = pandas.DataFrame(numpy.random.default_rng(1).integers(0, 60, (6, 6)))
    yield "confusion", {"confusion.csv": confusion.to_csv().encode()}
    yield "translations", {"de.csv": b"key,text\nsave,Speichern\nopen,\xc3\x96ffnen\nclose,Schlie\xc3\x9fen\n"}
    yield (
        "sample sheet of a pipeline",
        {
            "samplesheet.csv": (
                b"sample,fastq_1,fastq_2\nCONTROL_REP1,s3://x/a_1.fq.gz,s3://x/a_2.fq.gz\n"
                b"TREATED_REP1,s3://x/b_1.fq.gz,s3://x/b_2.fq.gz\n"
            )
        },
    )


def matrices(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield small integers that are no genotypes."""
    generator = numpy.random.default_rng(cohort.seed)
    made: dict[str, Any] = {
        "one-hot": numpy.eye(3, dtype=int)[generator.integers(0, 3, 200)],
        "answers": generator.integers(0, 3, (100, 40)),
        "skewed answers": generator.choice(3, (100, 40), p=(0.2, 0.3, 0.5)),
        "counts": numpy.minimum(generator.poisson(0.7, (100, 80)), 2),
        "mask": (generator.random((64, 64)) > 0.5).astype(int),
        "labels": numpy.repeat(numpy.repeat(generator.integers(0, 3, (8, 8)), 10, 0), 10, 1),
        "ternary weights": generator.integers(-1, 2, (128, 64)),
        "board": generator.choice(3, (19, 19)),
        "adjacency": (generator.random((80, 80)) > 0.9).astype(int),
    }
    for name, matrix in made.items():
        yield name, {"x.npy": _numpy(matrix)}
        yield f"{name}, csv", {"x.csv": pandas.DataFrame(matrix).to_csv(index=False, header=False).encode()}
    out = io.BytesIO()
    numpy.savez(out, **made)
    yield "several, npz", {"x.npz": out.getvalue()}
    yield "weights", {"w.pkl": _saved(lambda path: pandas.DataFrame(generator.normal(size=(60, 60))).to_pickle(path))}
