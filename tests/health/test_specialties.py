"""Rows of single specialties under ids of their registers, Stata's lists and typeset rows; quiet where a row is no person."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan

_random = random.SystemRandom()
SPECIALTIES = (
    ("pt_id", "ktv", "uf_volume", "hypotension"),
    ("host_subject_id", "host_age", "ibd_subtype", "calprotectin"),
    ("maternal_id", "gravida", "apgar5", "preeclampsia"),
    ("woman_id", "ga_weeks", "gdm", "pph"),
    ("proband_no", "age_dx", "cdr_sob", "karyotype"),
)


def _number() -> str:
    return str(_random.randrange(10_000, 99_999))


def _fails(data: bytes, path: bytes = b"data/rows.txt") -> bool:
    return any(each.outcome == "fail" and each.code.startswith("PHI") for each in scan({path: data}).findings)


@pytest.mark.parametrize("names", SPECIALTIES, ids=lambda each: each[0])
def test_registers(names: tuple[str, ...]) -> None:
    """Few columns in the words of one specialty are enough beside an id."""
    rows = [(_number(), *(str(_random.randrange(1, 40)) for _name in names[1:])) for _row in range(20)]
    for mark in (",", "\t", ";"):
        assert _fails("\n".join(mark.join(each) for each in (names, *rows)).encode() + b"\n")


def test_a_list_of_stata() -> None:
    """What Stata lists is read with its markup, the names taken from the command."""
    rows = [
        f"{{txt}}{at:4}. {{c |}} {{res}}{_number()}   {_random.randrange(20, 90)}   F   M54.5   4.9 {{txt}}{{c |}}"
        for at in range(1, 9)
    ]
    head = ["{smcl}", "{com}. list patid age sex diag crp in 1/8", "{res}"]
    assert _fails("\n".join((*head, *rows)).encode() + b"\n")


def test_typeset_rows() -> None:
    """Rows of LaTeX have their ids without the end of the row above."""
    rows = [f"P{_number()} & {_random.randrange(20, 90)} & M & DCM & {_random.randrange(20, 70)} \\\\" for _row in range(9)]
    text = "\n".join(
        ("\\begin{longtable}{lrllr}", "Patient ID & Age & Sex & Diagnosis & LVEF \\\\ \\hline", *rows, "\\end{longtable}")
    )
    assert _fails(text.encode())


def test_places_are_no_people() -> None:
    """Figures by place, under whatever code, are quiet."""
    rows = [(_number(), *(str(_random.randrange(2)) for _name in range(4))) for _row in range(20)]
    names = ("zip_code", "diabetes", "stroke", "copd", "obesity")
    assert not _fails("\n".join(",".join(each) for each in (names, *rows)).encode() + b"\n")


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_in_a_list(data: bytes) -> None:
    """Nothing raises on what stands in a list of Stata or in LaTeX."""
    for text in (
        b"  1. | " + data + b"\n",
        b"{txt}  1. {c |} " + data + b"{c |}\n",
        b"\\begin{tabular}{l}\n" + data + b"&\\\\\n\\end{tabular}",
    ):
        assert not any(each.code == "RUN101" for each in scan({b"x.log": text}).findings)
