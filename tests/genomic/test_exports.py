"""Direct-to-consumer exports as other programs write them, in every form a table can have, and what only looks like one."""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.registry import Registry, describe
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_genomic_guard.report import Report

_random = random.SystemRandom()
PROVIDERS = (
    "23andme",
    "ancestry",
    "ftdna",
    "famfinder",
    "myheritage",
    "livingdna",
    "circledna",
    "tellmegen",
    "plink",
    "sano",
    "generic",
)


def person(rows: int = 120) -> pd.DataFrame:
    """Return genotypes of an invented person, drawn by Hardy and Weinberg, as pandas holds them."""
    alleles = [_random.sample("ACGT", 2) for _each in range(rows)]
    often = [_random.uniform(0.05, 0.5) for _each in range(rows)]
    calls = ["".join(pair[_random.random() < share] for _copy in "ab") for pair, share in zip(alleles, often, strict=True)]
    places = sorted(_random.randrange(1, 23) for _each in range(rows))
    frame = {
        "rsid": [f"rs{number}" for number in _random.sample(range(10**4, 10**8), rows)],
        "chromosome": [str(place) for place in places],
        "position": [_random.randrange(10**5, 10**8) for _each in range(rows)],
        "genotype": ["--" if _random.random() < 0.02 else call for call in calls],
    }
    return pd.DataFrame(frame)


def panel(rows: int = 120) -> pd.DataFrame:
    """Return the same places with two different alleles each, which are nobody's."""
    alleles = [_random.sample("ACGT", 2) for _each in range(rows)]
    return person(rows).drop(columns="genotype").assign(a1=[pair[0] for pair in alleles], a2=[pair[1] for pair in alleles])


def outcomes(report: Report, *codes: str) -> set[tuple[str, str]]:
    """Return code and outcome of what was found."""
    return {(found.code, found.outcome) for found in report.findings if found.code in (codes or ("GEN106", "GEN116"))}


def fails(data: bytes, name: bytes = b"x") -> bool:
    """Tell whether content is reported as an export, at a level that fails."""
    return ("GEN106", "fail") in outcomes(scan({name: data}))


def _sqlite(frame: pd.DataFrame, folder: Path) -> bytes:
    file = folder / "x"
    connection = sqlite3.connect(file)
    frame.to_sql("calls", connection, index=False)
    connection.close()
    return file.read_bytes()


def _excel(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_excel(out, index=False)
    return out.getvalue()


WRITERS: dict[str, Callable[[pd.DataFrame], str]] = {
    "csv": lambda frame: frame.to_csv(index=False),
    "tsv": lambda frame: frame.to_csv(index=False, sep="\t"),
    "semicolons": lambda frame: frame.to_csv(index=False, sep=";"),
    "bars": lambda frame: frame.to_csv(index=False, sep="|"),
    "quoted": lambda frame: frame.to_csv(index=False, quoting=1),
    "numbered": lambda frame: frame.to_csv(),
    "indexed": lambda frame: frame.set_index("rsid").to_csv(),
    "headerless": lambda frame: frame.to_csv(index=False, header=False),
    "headerless tabs": lambda frame: frame.to_csv(index=False, header=False, sep="\t"),
    "reordered": lambda frame: frame[["chromosome", "rsid", "position", "genotype"]].to_csv(index=False, sep="\t"),
    "reordered and headerless": lambda frame: frame[["chromosome", "rsid", "position", "genotype"]].to_csv(
        index=False, header=False
    ),
    "two columns": lambda frame: frame[["rsid", "genotype"]].to_csv(index=False),
    "two columns without names": lambda frame: frame[["rsid", "genotype"]].to_csv(index=False, header=False, sep="\t"),
    "no ids": lambda frame: frame[["chromosome", "position", "genotype"]].to_csv(index=False),
    "slashes": lambda frame: frame.assign(genotype=frame.genotype.str[0] + "/" + frame.genotype.str[1]).to_csv(index=False),
    "alleles": lambda frame: (
        frame.assign(allele1=frame.genotype.str[0], allele2=frame.genotype.str[1]).drop(columns="genotype").to_csv(index=False)
    ),
    "records": lambda frame: frame.to_json(orient="records"),
    "lines": lambda frame: frame.to_json(orient="records", lines=True),
    "split": lambda frame: frame.to_json(orient="split"),
    "by id": lambda frame: frame.set_index("rsid").to_json(orient="index"),
    "by id alone": lambda frame: json.dumps(dict(zip(frame.rsid, frame.genotype, strict=True))),
    "html": lambda frame: frame.to_html(),
    "printed": lambda frame: frame.to_string(),
    "printed by id": lambda frame: frame.set_index("rsid").to_string(),
}
NOBODY: dict[str, Callable[[pd.DataFrame], str]] = {
    "alleles of sites": lambda frame: frame.to_csv(index=False),
    "alleles of sites without names": lambda frame: frame.to_csv(index=False, header=False, sep="\t"),
    "named like an export": lambda frame: frame.rename(columns={"a1": "allele1", "a2": "allele2"}).to_csv(index=False, sep="\t"),
    "joined": lambda frame: frame.assign(genotype=frame.a1 + frame.a2).drop(columns=["a1", "a2"]).to_csv(index=False),
    "annotation": lambda frame: frame.assign(alleles=frame.a1 + "/" + frame.a2).drop(columns=["a1", "a2"]).to_csv(index=False),
    "one allele": lambda frame: frame.drop(columns="a2").to_csv(index=False, header=False, sep="\t"),
    "scores": lambda frame: (
        frame.rename(columns={"a1": "effect_allele", "a2": "other_allele"}).assign(weight=0.1).to_csv(index=False)
    ),
    "association": lambda frame: frame.assign(beta=0.2, se=0.1, p=0.01).to_csv(index=False, sep="\t"),
    "frequencies": lambda frame: frame.rename(columns={"a1": "ref", "a2": "alt"}).assign(af=0.2).to_csv(index=False),
    "intervals": lambda frame: frame.assign(end=frame.position + 1)[["chromosome", "position", "end", "rsid"]].to_csv(
        index=False, header=False, sep="\t"
    ),
    "liftover": lambda frame: frame.assign(new=frame.position + 7)[["rsid", "chromosome", "position", "new"]].to_csv(index=False),
    "meanings": lambda frame: (
        "rsid,genotype,summary\n"
        + "".join(
            f"{row.rsid},{call},x\n" for row in frame.itertuples() for call in (row.a1 * 2, f"{row.a1}{row.a2}", str(row.a2) * 2)
        )
    ),
    "alleles as JSON": lambda frame: json.dumps(dict(zip(frame.rsid, frame.a1 + "/" + frame.a2, strict=True))),
    "one allele as JSON": lambda frame: json.dumps(dict(zip(frame.rsid, frame.a1, strict=True))),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_written_by_pandas(writer: str) -> None:
    """An export is found in every form in which a table library writes it, whatever the file is called."""
    assert fails(WRITERS[writer](person()).encode())


def test_in_other_files(tmp_path: Path) -> None:
    """An export is found in a sheet and in a database."""
    assert fails(_excel(person()))
    assert fails(_sqlite(person(), tmp_path))


@pytest.mark.parametrize("writer", NOBODY)
def test_nobody(writer: str) -> None:
    """What has the columns of an export, and nobody's genotypes, is not reported at all."""
    assert not outcomes(scan({b"x": NOBODY[writer](panel()).encode()}))


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("wrapper", ["gzip", "zip", "utf-16", "bom", "crlf", "blank-lines", "notebook-stream", "base64"])
def test_wrapped(provider: str, wrapper: str) -> None:
    """An export of each provider is found behind every wrapper, with its header and without."""
    for header in ("full", "none"):
        assert fails(DIRECTIVES[wrapper](samples.export(provider=provider, header=header)))


def test_plink_recode_23(tmp_path: Path) -> None:
    """What PLINK writes with --recode 23 is found."""
    if shutil.which("plink1.9") is None:
        pytest.skip("plink1.9 is not installed")
    run = ["plink1.9", "--dummy", "1", "400", "acgt", "--out", "x", "--make-bed"]
    subprocess.run(run, cwd=tmp_path, capture_output=True, check=True)
    subprocess.run(["plink1.9", "--bfile", "x", "--recode", "23", "--out", "y"], cwd=tmp_path, capture_output=True, check=True)
    assert fails((tmp_path / "y.txt").read_bytes())


def test_floor() -> None:
    """From 30 variants on it fails, below it warns, and a person who is named needs no more than one."""
    for rows, expected in ((30, {("GEN106", "fail")}), (29, {("GEN116", "warn")}), (1, {("GEN116", "warn")})):
        assert outcomes(scan({b"x": samples.export(rows=rows, het="never")})) == expected
    named = b"# 23andMe\n# name: Somebody\n" + samples.export(rows=3, header="columns", het="never")
    assert outcomes(scan({b"x": named})) == {("GEN106", "fail")}


def test_shown_rows() -> None:
    """The first and last rows of a frame, as a notebook shows them, are few."""
    shown = repr(person(500).set_index("rsid"))
    assert outcomes(scan({b"x.ipynb": DIRECTIVES["notebook"](shown.encode())})) == {("GEN116", "warn")}


def test_haploid() -> None:
    """One letter for each variant is a call on a chromosome of which there is one copy, and no call elsewhere."""
    lines = "".join(f"i{4_000_000 + number}\t{{}}\t{number + 1}\t{_random.choice('ACGT')}\n" for number in range(60))
    assert fails(lines.replace("{}", "MT").encode())
    assert not outcomes(scan({b"x": lines.replace("{}", "7").encode()}))


def test_one_check_sees_texts_and_tables() -> None:
    """A check with two kinds of views is asked for both, by the index and by its class."""
    entry = Registry().entries["GEN106"]
    assert tuple(entry.sees) == tuple(describe(entry.rulebook).sees) == ("Export", "DataTable")


def test_values_stay() -> None:
    """No id and no genotype is in what is told."""
    data = samples.export()
    told = repr([(found.message, found.trail, found.subject) for found in scan({b"x": data}).findings])
    assert not any(line.split(b"\t")[0].decode() in told for line in data.splitlines()[2:])


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400), st.integers(0, 2000), st.booleans())
def test_anything_is_read(noise: bytes, at: int, cut: bool) -> None:  # noqa: FBT001 - drawn
    """No content makes a reader raise: noise, and exports with noise in them, or cut."""
    data = samples.export(rows=20)
    mixed = data[:at] + noise + (b"" if cut else data[at:])
    for content in (noise, mixed, b"# 23andMe\n" + noise):
        assert not [gap for gap in scan({b"x": content}).gaps if gap.where]
