"""Files about people that laboratories write, and stores of arrays: every one of them must be found."""

from __future__ import annotations

import json
import os
import tempfile
from typing import TYPE_CHECKING

import numpy
import pandas
from _corpus_people import _saved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _cohort import Cohort

    Files = dict[str, bytes]


def omics(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield measurements by sample, and single cells."""
    import anndata  # noqa: PLC0415 - slow to import

    generator = numpy.random.default_rng(cohort.seed)
    genes = [f"ENSG{generator.integers(10**6):011}" for _each in range(80)]
    counts = pandas.DataFrame(generator.negative_binomial(5, 0.1, (80, 12)), index=genes, columns=cohort.names[:12])
    yield "expression", {"counts.tsv": counts.to_csv(sep="\t").encode()}
    probes = [f"cg{generator.integers(10**8):08}" for _each in range(80)]
    betas = pandas.DataFrame(generator.beta(0.5, 0.5, (80, 12)).round(4), index=probes, columns=cohort.names[:12])
    yield "methylation", {"betas.csv": betas.to_csv().encode()}
    yield "methylation, parquet", {"betas.parquet": betas.reset_index().to_parquet()}
    yield "methylation, across", {"betas.txt": betas.T.to_csv(sep="\t").encode()}
    cells = anndata.AnnData(generator.poisson(1, (60, 80)).astype("float32"))
    cells.obs["donor_id"] = [cohort.names[at % 5] for at in range(60)]
    cells.var_names = genes
    yield "h5ad", {"a.h5ad": _saved(cells.write_h5ad, ".h5ad")}
    hla = pandas.DataFrame(
        {
            "sample": cohort.names[:20],
            **{
                f"{g}_{k}": [f"{g}*{generator.integers(1, 60):02}:01" for _n in range(20)] for g in ("A", "B", "DRB1") for k in "12"
            },
        }
    )
    yield "HLA", {"hla.csv": hla.to_csv(index=False).encode()}


def stores(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield stores of arrays: Zarr, HDF5."""
    import h5py  # noqa: PLC0415 - one of several writers
    import zarr  # noqa: PLC0415 - as above

    calls = cohort.haplotypes.reshape(len(cohort.haplotypes), -1, 2)
    for version in (2, 3):
        with tempfile.TemporaryDirectory() as folder:
            group = zarr.open_group(
                os.path.join(folder, "c.zarr"), mode="w", zarr_format=version, attributes={"vcf_zarr_version": "0.4"}
            )
            group.create_array("call_genotype", data=calls)
            group.create_array("variant_position", data=numpy.array(cohort.positions))
            found = {}
            for where, _folders, names in os.walk(folder):
                for name in names:
                    path = os.path.join(where, name)
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, folder)] = file.read()
        yield f"Zarr {version}", found

    def save(path: str) -> None:
        with h5py.File(path, "w") as file:
            file["calldata/GT"] = calls
            file["samples"] = numpy.array(cohort.names, dtype="S")
            file["variants/POS"] = numpy.array(cohort.positions)

    yield "HDF5", {"c.h5": _saved(save)}
    table = (
        '"matrix_type":"Matrix{global:Struct{},col_key:[s],col:Struct{s:String},row_key:[[locus,'
        'alleles]],row:Struct{locus:Locus(GRCh38),alleles:Array[String]},entry:Struct{GT:Call}}"'
    )
    yield (
        "Hail",
        {
            "c.mt/metadata.json.gz": _gzip(
                (
                    '{"file_version":67328,"hail_version":"0.2.130-x","references_rel_path":"references",'
                    + table
                    + ',"components":{}}'
                ).encode()
            )
        },
    )


def _gzip(data: bytes) -> bytes:
    import gzip  # noqa: PLC0415 - for one of them

    return gzip.compress(data)


def others(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield what laboratories and clinics write."""
    random, names = cohort.random, cohort.names
    rows = "".join(
        f"{cohort.sites[at]}\t{n}\t{cohort.letters(at, p)[0]}\t{cohort.letters(at, p)[1]}\t0.91\n"
        for p, n in enumerate(names[:4])
        for at in range(40)
    )
    yield (
        "FinalReport",
        {
            "FinalReport.txt": (
                "[Header]\nGSGT Version\t2.0.4\nProcessing Date\t1/1/2024\nContent\t\tGSA-24v3.bpm\n"
                "Num SNPs\t40\n[Data]\nSNP Name\tSample ID\tAllele1 - Top\tAllele2 - Top\tGC Score\n" + rows
            ).encode()
        },
    )
    axiom = "#%affymetrix-algorithm-name=brlmm-p\nprobeset_id\t" + "\t".join(f"{n}.CEL" for n in names[:12]) + "\n"
    yield (
        "Axiom",
        {
            "AxiomGT1.calls.txt": (
                axiom
                + "".join(
                    f"AX-{random.randrange(10**7, 10**8)}\t" + "\t".join(random.choices("012", k=12)) + "\n" for _r in range(60)
                )
            ).encode()
        },
    )
    maf = (
        "#version 2.4\n"
        "Hugo_Symbol\tEntrez_Gene_Id\tCenter\tNCBI_Build\tChromosome\tStart_Position\tEnd_Position\t"
        "Strand\tVariant_Classification\tReference_Allele\tTumor_Seq_Allele2\tTumor_Sample_Barcode\n"
    )
    yield (
        "MAF",
        {
            "m.maf": (
                maf
                + "".join(
                    f"TP53\t7157\t.\tGRCh38\tchr17\t{random.randrange(7 * 10**6)}\t7000001\t+\tMissense_Mutation\tC\tT\t{n}\n"
                    for n in names
                )
            ).encode()
        },
    )
    packet = {
        "id": "p1",
        "subject": {"id": names[0], "sex": "FEMALE"},
        "phenotypicFeatures": [{"type": {"id": "HP:0001250", "label": "Seizure"}}],
        "metaData": {"phenopacketSchemaVersion": "2.0"},
    }
    yield "phenopacket", {"p.json": json.dumps(packet, indent=2).encode()}
    penn = "Name\tChr\tPosition\t" + "\t".join(f"{n}.Log R Ratio\t{n}.B Allele Freq" for n in names[:1]) + "\n"
    yield (
        "PennCNV",
        {
            "signal.txt": (
                penn
                + "".join(
                    f"{cohort.sites[at]}\t20\t{cohort.positions[at]}\t{random.gauss(0, 0.2):.4f}\t"
                    f"{random.choice([0.01, 0.49, 0.99])}\n"
                    for at in range(80)
                )
            ).encode()
        },
    )
    idat = b"IDAT" + (3).to_bytes(8, "little") + (1).to_bytes(4, "little") + random.randbytes(400)
    yield "IDAT", {"204_R01C01_Grn.idat": idat}
    mtdna = "".join(random.choices("ACGT", k=16569))
    lines = "\n".join(mtdna[at : at + 70] for at in range(0, len(mtdna), 70))
    yield "mitochondrial genome", {"mt.fasta": f">{names[0]}\n{lines}\n".encode()}
