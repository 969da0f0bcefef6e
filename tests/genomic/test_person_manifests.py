"""Lists of people that are no bare list: family and person, files by person, logs, and the tables of common tools."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan

_draw = random.Random(20261122)  # noqa: S311 - made-up ids, the same at each run


def eids(count: int) -> list[str]:
    """Return numbers as UK Biobank gives them."""
    return [str(each) for each in _draw.sample(range(1_000_000, 6_000_000), count)]


def study(count: int) -> list[str]:
    """Return ids as a study gives them."""
    return [f"QXY{each:05}" for each in _draw.sample(range(100_000), count)]


def told(path: str, text: str) -> set[str]:
    """Return the outcomes of all that is said of people."""
    report = scan({path.encode(): text.encode()})
    assert not [gap for gap in report.gaps if gap.code.startswith("GEN")]
    return {found.outcome for found in report.findings if found.code.startswith("GEN")}


IDS = {"ukb": eids, "study": study}


@pytest.mark.parametrize("form", IDS)
@pytest.mark.parametrize("sign", ["\t", " "])
@pytest.mark.parametrize("path", ["keep.txt", "remove_ids.txt", "a.dat"])
def test_family_and_person(form: str, sign: str, path: str) -> None:
    """A family and a person under another id are told in any file."""
    rows = [f"F{at // 2:03}{sign}{each}" for at, each in enumerate(IDS[form](40))]
    assert told(path, "\n".join(rows)) == {"fail"}


@pytest.mark.parametrize("form", IDS)
@pytest.mark.parametrize(
    "row", ["/d/{0}/{0}.recal.bam", "{0}.g.vcf.gz", "{0}\tgs://b/{0}.g.vcf.gz", "s3://b/{0}.cram s3://b/{0}.crai"]
)
def test_files_by_person(form: str, row: str) -> None:
    """Paths that are called after people are a list of them."""
    assert told("x.list", "\n".join(map(row.format, IDS[form](40)))) == {"fail"}


def test_fields_of_participants() -> None:
    """A participant and a field with its instance and array are told whatever the order."""
    assert told("x.txt", "\n".join(f"{each} {20227}_2_0" for each in sorted(eids(12)))) == {"fail"}


@pytest.mark.parametrize("form", IDS)
@pytest.mark.parametrize(
    "line",
    [
        "[2024] processing sample {0}",
        "Warning: sample {0} {0} has missing sex.",
        "[1a/2b3c4d] Submitted process > NF:ALIGN ({0})",
        "    wildcards: sample={0}",
    ],
)
def test_log(form: str, line: str) -> None:
    """A log that names people one a line is told."""
    lines = ["started", *map(line.format, IDS[form](12)), "done"]
    assert told("run.out", "\n".join(lines)) == {"fail"}


@pytest.mark.parametrize("rows", [3, 8])
def test_head_of_a_sample_table(rows: int) -> None:
    """The first rows of a sample table in the stream of a notebook are told, with blank lines behind them."""
    text = [f"{each} {each} 0 0 {1 + at % 2} -9\n" for at, each in enumerate(study(rows))]
    output = {"output_type": "stream", "name": "stdout", "text": text}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [output], "source": ["!head x"]}
    assert told("q.ipynb", json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})) == {"fail"}


def test_clinical_table() -> None:
    """A clinical table below four comments is told."""
    head = ["#Patient\tSex\tMonths", "#Patient\tSex\tMonths", "#STRING\tSTRING\tNUMBER", "#1\t1\t1", "PATIENT_ID\tSEX\tX_MONTHS"]
    assert told("c.txt", "\n".join([*head, *(f"{each}\tMale\t3.5" for each in study(20))])) == {"fail"}


@pytest.mark.parametrize("form", IDS)
def test_cells_by_donor(form: str) -> None:
    """A table with a barcode and a donor in each row is told; donors that are counted through only warn."""
    donors = IDS[form](10)
    barcodes = ["".join(_draw.choices("ACGT", k=16)) + "-1" for _cell in range(60)]
    rows = [f"{each},{_draw.choice(donors)},M" for each in barcodes]
    assert told("m.csv", "\n".join(["barcode,donor_id,sex", *rows])) == {"fail"}
    rows = [f"{each},donor{1 + at % 2},M" for at, each in enumerate(barcodes)]
    assert "fail" not in told("m.csv", "\n".join(["barcode,donor_id,sex", *rows]))


def test_toy_pedigree() -> None:
    """A pedigree of people who are called after what they are does not fail."""
    rows = ["FAM1 father 0 0 1 1", "FAM1 mother 0 0 2 1", "FAM1 child father mother 1 2"]
    assert "fail" not in told("tests/data/trio.ped", "\n".join(rows))


@pytest.mark.parametrize(
    "rows",
    [
        [f"{at % 900}\t{at * 7 % 5000 + 1000}" for at in range(200)],
        [f"F{at // 5:03}\tframe{at:05}" for at in range(100)],
        [f"spk{at // 3:04} utt{at:07}" for at in range(60)],
        [f"img_{at:05}.png\timg_{at:05}" for at in range(60)],
        [f"SRR{at * 7919 % 10**7:07}_1.fastq.gz" for at in range(1, 40)],
        [f"/x/WT_rep{at}.bam" for at in range(1, 9)],
        [f"processing sample batch {at}" for at in range(60)],
        [f"drew sample {at * 7919 % 99999} value {at}" for at in range(60)],
    ],
)
@pytest.mark.parametrize("path", ["keep.txt", "x.log"])
def test_other_pairs(rows: list[str], path: str) -> None:
    """Edges, frames, utterances, labels, runs and draws are no people."""
    assert "fail" not in told(path, "\n".join(rows))


@pytest.mark.parametrize("path", ["breakpoints.txt", "tss.txt", "x.txt"])
def test_places_in_order(path: str) -> None:
    """Sorted numbers that nothing speaks for do not fail."""
    assert "fail" not in told(path, "\n".join(sorted(eids(120))))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="F01 9\tA_.bam/vcf#\n-", max_size=40), max_size=12))
def test_any_rows(rows: list[str]) -> None:
    """No text makes a reader fail."""
    report = scan({b"keep.txt": "\n".join(rows).encode()})
    assert not report.gaps
