"""Files about people that are tables, lists and stores: every one of them must be found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas
from _corpus_people import _saved, notebook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from _cohort import Cohort

    Files = dict[str, bytes]


def eids(random: Random, count: int) -> list[int]:
    """Return invented participant ids of seven digits."""
    return random.sample(range(1_000_000, 6_000_000), count)


def biobank(random: Random, count: int = 40) -> pandas.DataFrame:
    """Return an invented table in the layout of UK Biobank."""
    gauss = [round(random.gauss(27, 4), 2) for _each in range(count)]
    columns = {"31-0.0": random.choices([0, 1], k=count), "34-0.0": [random.randrange(1937, 1970) for _each in range(count)]}
    return pandas.DataFrame({"eid": eids(random, count), **columns, "21001-0.0": gauss, "20002-0.0": [1065] * count})


def layouts(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield tables in the layouts of controlled resources."""
    random = cohort.random
    ukb = biobank(random)
    yield "UK Biobank, csv", {f"ukb{12345}.csv": ukb.to_csv(index=False).encode()}
    yield (
        "UK Biobank, tab",
        {
            "ukb.tab": ukb.rename(columns=lambda c: "f." + c.replace("-", ".") if "-" in c else "f.eid")
            .to_csv(sep="\t", index=False)
            .encode()
        },
    )
    rap = ukb.rename(columns={"31-0.0": "p31", "34-0.0": "p34", "21001-0.0": f"p{21001}_i0", "20002-0.0": f"p{20002}_i0_a0"})
    yield "UK Biobank of the RAP", {"participants.csv": rap.to_csv(index=False).encode()}
    yield "UK Biobank, parquet", {"p.parquet": rap.to_parquet()}
    yield (
        "UK Biobank, Stata",
        {"ukb.dta": _saved(lambda path: rap.rename(columns={"p31": f"n_{31}_0_0"}).to_stata(path, write_index=False), ".dta")},
    )
    yield "UK Biobank in a notebook", {"n.ipynb": notebook(ukb.head(10))}
    yield "UK Biobank of the RAP in a notebook", {"n.ipynb": notebook(rap.set_index("eid"))}
    hesin = pandas.DataFrame({"eid": eids(random, 30), "ins_index": range(30), "arr_index": 0, "level": 1, "diag_icd10": "I251"})
    yield "hospital episodes", {"hesin_diag.txt": hesin.to_csv(sep="\t", index=False).encode()}
    gap = "dbGaP"
    subjects = pandas.DataFrame(
        {f"{gap}_Subject_ID": random.sample(range(10**5, 10**7), 25), "SUBJECT_ID": cohort.names[:25], "SEX": 1, "AGE": 44}
    )
    study, files = f"phs{178:06}", f"pht{673:06}"
    head = f"# Study accession: {study}.v11.p8\n# Table accession: {files}.v1.p1\n# Consent group: All\n\n"
    yield "dbGaP", {f"{study}.v11.{files}.v1.p1.c1.txt": (head + subjects.to_csv(sep="\t", index=False)).encode()}
    yield "dbGaP without comments", {"subjects.txt": subjects.to_csv(sep="\t", index=False).encode()}


def persons(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield tables with a row for each person, and pedigrees."""
    random, names = cohort.random, cohort.names
    values = [[round(random.gauss(0, 1), 4) for _each in range(10)] for _name in names]
    pcs = pandas.DataFrame(values, columns=[f"PC{at}" for at in range(1, 11)])
    pcs.insert(0, "IID", names)
    both = pcs.copy()
    both.insert(0, "FID", names)
    yield "covariates", {"covar.txt": both.to_csv(sep=" ", index=False).encode()}
    yield "components", {"pca.tsv": pcs.rename(columns={"IID": "#IID"}).to_csv(sep="\t", index=False).encode()}
    yield (
        "EIGENSOFT",
        {
            "c.evec": (
                "           #eigvals:     3.1     2.2\n"
                + "".join(f"{n:>20} {v[0]:9.4f} {v[1]:9.4f}     Case\n" for n, v in zip(names, values, strict=True))
            ).encode()
        },
    )
    scores = both[["FID", "IID"]].assign(In_Regression="Yes", PRS=[v[0] for v in values])
    yield "PRSice", {"out.best": scores.to_csv(sep=" ", index=False).encode()}
    yield (
        "PGS",
        {
            "aggregated_scores.txt": pcs[["IID"]]
            .assign(sampleset="x", PGS="PGS000001", SUM=[v[1] for v in values])
            .to_csv(sep="\t", index=False)
            .encode()
        },
    )
    yield "phenotype", {"t.phen": "".join(f"{n} {n} {v[0]}\n" for n, v in zip(names, values, strict=True)).encode()}
    yield "pairs", {"keep.txt": "".join(f"{n} {n}\n" for n in names).encode()}
    yield (
        "heterozygous haploid calls",
        {"x.hh": "".join(f"{n}\t{n}\trs{random.randrange(10**4, 10**8)}\n" for n in names for _k in "12").encode()},
    )
    yield "no sex", {"x.nosex": "".join(f"{n}\t{n}\n" for n in names).encode()}
    pedigree = "".join(
        f"F{at // 3} {n} {'0 0' if at % 3 else names[at + 1] + ' ' + names[at + 2]} {at % 2 + 1} {at % 3 % 2 + 1}\n"
        for at, n in enumerate(names[:57])
    )
    yield "pedigree", {"family.ped": pedigree.encode()}
    clinical = pandas.DataFrame(
        {
            "participant_id": names,
            "sex": random.choices("MF", k=len(names)),
            "age": [random.randrange(20, 80) for _n in names],
            "APOE": random.choices(["e3/e3", "e3/e4"], k=len(names)),
            "prs": [v[2] for v in values],
        }
    )
    yield "scores and ages", {"clinical.csv": clinical.to_csv(index=False).encode()}
    segments = pandas.DataFrame(
        {
            "ID": [n for n in names[:20] for _k in range(3)],
            "chrom": 7,
            "loc.start": range(100, 6100, 100),
            "loc.end": range(900, 6900, 100),
            "num.mark": 44,
            "seg.mean": 0.1,
        }
    )
    yield "segments", {"cn.seg": segments.to_csv(sep="\t", index=False).encode()}
    ibd = "".join(
        f"{random.choice(names)} 1 {random.choice(names)} 2 7 {at} {at + 900000} 3.1\n" for at in range(1000, 90000, 1000)
    )
    yield "identity by descent", {"x.ibd": ibd.encode()}


def lists(cohort: Cohort) -> Iterator[tuple[str, Files]]:
    """Yield ids and nothing else, and in source."""
    random = cohort.random
    many = [str(each) for each in eids(random, 60)]
    few = ", ".join(many[:12])
    yield "withdrawals", {"w12345_20240101.csv": ("\n".join(many) + "\n").encode()}
    yield "ids with a header", {"ids.txt": ("eid\n" + "\n".join(many) + "\n").encode()}
    yield "ids of seven digits", {"list.txt": "\n".join(many).encode()}
    yield "names", {"completed_sample_list.txt": ("\n".join(cohort.names) + "\n").encode()}
    yield (
        "manifest",
        {"manifest.csv": ("sample_id,batch\n" + "".join(f"{n},b{at % 3}\n" for at, n in enumerate(cohort.names))).encode()},
    )
    yield "R", {"qc.R": f"library(dplyr)\nexclude <- c({few})\nd <- d %>% filter(!eid %in% exclude)\n".encode()}
    yield (
        "Python",
        {"qc.py": f"import pandas\n\nWITHDRAWN = [{few}]\n\n\ndef keep(d):\n    return d[~d.eid.isin(WITHDRAWN)]\n".encode()},
    )
    yield (
        "shell",
        {
            "qc.sh": (
                "#!/bin/bash\nREMOVE_IDS=("
                + " ".join(many[:12])
                + ")\nfor i in ${REMOVE_IDS[@]}; do echo $i $i >> remove.txt; done\n"
            ).encode()
        },
    )
    yield "SQL", {"q.sql": f"select * from participant where eid not in ({few});\n".encode()}  # noqa: S608 - a text that is written to a file
    out = {"output_type": "stream", "name": "stdout", "text": "[" + ", ".join(many) + "]\n"}
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": "print(df.eid.tolist())",
        "outputs": [out],
    }
    yield (
        "a notebook's output",
        {"n.ipynb": json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()},
    )
    yield "JSON", {"excluded_participants.json": json.dumps([int(each) for each in many]).encode()}
