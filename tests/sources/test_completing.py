"""Which commit a finding about several files is told of, and which of them a history shows without the others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The repositories with a past are those of the doors' tests, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))

from _commits import Past

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from _scratch import Ran


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return a repository with one clean commit."""
    return Past(tmp_path / "past")


def _commit(ran: Ran, code: str) -> str | None:
    found = [each for each in ran.json["findings"] if each["code"] == code]
    assert len(found) == 1
    commit = found[0]["commit"]
    return commit["first"] if commit else None


@pytest.mark.parametrize("order", [("mtx", "tsv"), ("tsv", "mtx")])
def test_last_of_two_files_is_told(past: Past, order: tuple[str, ...]) -> None:
    """A matrix and its barcodes are counts of cells from the commit on that brings the second of them."""
    content = {"mtx": samples.mtx(features=30, cells=40), "tsv": samples.barcodes(cells=40)}
    made = [past.save(f"s/x.{end}", content[end]) for end in order]
    past.save("notes.txt", b"nothing\n")
    assert _commit(past.range(f"{past.base}..HEAD"), "GEN224") == made[1]
    assert _commit(past.range(f"{made[0]}..HEAD"), "GEN224") == made[1]


def test_one_commit_of_all_is_told(past: Past) -> None:
    """Files that come together are told of their commit."""
    past.add("set/a.fam", samples.fam(people=3))
    past.add("set/a.bim", samples.bim(variants=2))
    made = past.save("set/a.bed", samples.bed(people=3, variants=2))
    assert _commit(past.range(f"{past.base}..HEAD"), "GEN103") == made


def test_file_from_before_is_no_commit_of_the_range(past: Past) -> None:
    """What was there before a range is not named for what the range adds to it."""
    past.add("set/a.fam", samples.fam(people=3))
    past.add("set/a.bim", samples.bim(variants=2))
    before = past.save()
    made = past.save("set/a.bed", samples.bed(people=3, variants=2))
    assert _commit(past.range(f"{before}..HEAD"), "GEN103") == made


def test_history_shows_counts_of_cells(past: Past) -> None:
    """A matrix whose head says what it counts is found without what is beside it, also when it is gone."""
    made = past.save("s/matrix.mtx", samples.mtx(features=30, cells=40, ranger=1))
    past.drop("s/matrix.mtx")
    assert _commit(past.scan("--history"), "GEN224") == made
