"""Genotype tables as independent writers make them are found; tables by variant that say nothing of people are not."""

from __future__ import annotations

import io
import json
import random
import sqlite3
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views.genomic import genocells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DRAW = random.Random(7)  # noqa: S311 - invented data
VARIANTS = [f"rs{number}" for number in DRAW.sample(range(10**5, 10**8), 40)]
PEOPLE = [f"QZ{number:05}W" for number in DRAW.sample(range(10**5), 24)]
SHARES = [0.1 + 0.8 * DRAW.random() for _each in VARIANTS]
COUNTS = [[(DRAW.random() < share) + (DRAW.random() < share) for share in SHARES] for _each in PEOPLE]
FRAME = pd.DataFrame(COUNTS, columns=VARIANTS, index=pd.Index(PEOPLE, name="sample_id"))


def codes(data: bytes, name: bytes = b"x") -> set[str]:
    """Return the codes that the genomic checks tell of one file."""
    report = scan({name: data})
    assert not report.gaps
    return {finding.code for finding in report.findings if finding.code.startswith("GEN3")}


def buffered(write: Callable[[io.BytesIO], object]) -> bytes:
    """Return what a function writes."""
    out = io.BytesIO()
    write(out)
    return out.getvalue()


WRITERS: dict[str, Callable[[Any], bytes]] = {
    "csv": lambda frame: frame.to_csv().encode(),
    "tsv": lambda frame: frame.to_csv(sep="\t").encode(),
    "semicolons": lambda frame: frame.to_csv(sep=";").encode(),
    "utf-16": lambda frame: frame.to_csv().encode("utf-16"),
    "records": lambda frame: frame.reset_index().to_json(orient="records").encode(),
    "lines": lambda frame: frame.reset_index().to_json(orient="records", lines=True).encode(),
    "split": lambda frame: frame.to_json(orient="split").encode(),
    "html": lambda frame: frame.to_html().encode(),
    "parquet": lambda frame: buffered(frame.reset_index().to_parquet),
    "feather": lambda frame: buffered(frame.reset_index().to_feather),
    "xlsx": lambda frame: buffered(frame.reset_index().to_excel),
}


@pytest.mark.parametrize("way", WRITERS)
def test_rows_of_people(way: str) -> None:
    """A row for each person is found in every format."""
    assert "GEN301" in codes(WRITERS[way](FRAME))


@pytest.mark.parametrize("way", [way for way in WRITERS if way != "split"])
def test_rows_of_variants(way: str) -> None:
    """So is a row for each variant."""
    turned = FRAME.T.rename_axis("variant").rename_axis(None, axis=1)
    assert "GEN301" in codes(WRITERS[way](turned))


def test_database_and_dump(tmp_path: Path) -> None:
    """A database, and its dump in SQL whose statements have as many commas each, are read."""
    connection = sqlite3.connect(tmp_path / "a.db")
    FRAME.reset_index().to_sql("calls", connection, index=False)
    connection.commit()
    dump = "\n".join(connection.iterdump())
    connection.close()
    assert "GEN301" in codes((tmp_path / "a.db").read_bytes())
    assert "GEN301" in codes(dump.encode())


def test_an_object_of_variants() -> None:
    """Objects of JSON whose keys are variants keep them."""
    nested = {
        name: dict(zip(PEOPLE, column, strict=True)) for name, column in zip(VARIANTS, zip(*COUNTS, strict=True), strict=True)
    }
    assert "GEN301" in codes(json.dumps(nested).encode())


@pytest.mark.parametrize("kind", ["frequencies", "counts", "weights", "panel", "meaning", "linkage"])
def test_summaries_are_quiet(kind: str) -> None:
    """Nothing is told of tables by variant."""
    assert not codes(samples.variant_summary(kind=kind))


@pytest.mark.parametrize("direct", ["name", "mail", "birth", "record"])
def test_named_people(direct: str) -> None:
    """One genotype beside what names a person fails, whatever the number of variants."""
    assert codes(samples.genotype_table(variants=1, style="letters", direct=direct)) == {"GEN306"}
    assert codes(samples.genotype_table(direct=direct)) == {"GEN301", "GEN306"}


def test_populations_are_no_people() -> None:
    """Rows and columns named as populations hold no genotypes, whatever their numbers look like."""
    groups = ["AFR", "EUR", "EAS", "AMR", "SAS"]
    frame = pd.DataFrame(COUNTS[:5], columns=VARIANTS, index=groups)
    assert not codes(frame.to_csv().encode())
    assert not codes(frame.T.to_csv().encode())


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_style(name: str, cells: list[str]) -> None:
    """No text makes the grammar of names and cells raise."""
    genocells.is_variant(name)
    genocells.variant(name)
    genocells.style(cells)
    genocells.mixed(cells)
