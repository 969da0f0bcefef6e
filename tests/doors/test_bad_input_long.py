"""A line of 100 MB, through every door and in bounded memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _bad_input import (
    EVERYTHING,
    FOLDER,
    GENOMIC,
    NAMES,
    SCAN,
    UNDER_PYTEST,
    Door,
    little_memory,
    told,
)
from _scratch import Repo, guard, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LEAK = "beside.vcf"


_LINE = 100_000_000


def _long_line(path: Path, inside: bytes = b"") -> None:
    """Write one line of words, with something in its middle."""
    words = samples.prose(20_000).replace(b"\n", b" ")
    with path.open("wb") as file:
        while file.tell() < _LINE // 2:
            file.write(words)
        file.write(inside)
        while file.tell() < _LINE:
            file.write(words)


@pytest.fixture(scope="module")
def long_lines(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a repository with two lines of 100 MB, one of them with forty rows of two people in it."""
    repo = Repo(tmp_path_factory.mktemp("long") / "repo")
    rows = samples.vcf(samples=2, variants=40, header="none")
    _long_line(repo.root / "people.txt", rows.replace(b"\n", b" "))
    _long_line(repo.root / "plain.txt")
    repo.git("-c", "core.compression=0", "add", "-A")
    return repo


@pytest.mark.parametrize("door", [SCAN, EVERYTHING, GENOMIC, UNDER_PYTEST, FOLDER, NAMES], ids=lambda door: door.name)
def test_line_of_100_mb(long_lines: Repo, door: Door) -> None:
    """A line without end is read whole in bounded memory: quiet without people, found with them, wherever they stand."""
    ran = door.open(long_lines, before=little_memory)
    if (moved := long_lines.root.parent / "moved-away").exists():
        moved.rename(long_lines.root / ".git")
    assert ran.code == 1
    told(ran, {}, ["people.txt"], ["plain.txt"])
    assert "genotype columns of 2 people" in ran.out


def _columns(file: Path) -> None:
    with file.open("wb") as out:
        out.write(samples.columns("FORMAT"))
        names = b"".join(b"\t%b" % samples.name().encode() for _each in range(1000))
        while out.tell() < _LINE:
            out.write(names * 100)


def _row(file: Path) -> None:
    with file.open("wb") as out:
        out.write(samples.vcf(samples=1, variants=1, header="none").rstrip(b"\n"))
        while out.tell() < _LINE:
            out.write(b"".join(b"\t%b:%d" % (samples.genotype().encode(), depth) for depth in range(100)) * 1000)


@pytest.mark.parametrize("make", [_columns, _row])
def test_people_in_a_line_of_100_mb(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A column line, or a row, of millions of people is a finding in bounded memory, and the next file is judged."""
    (tmp_path / "tree").mkdir()
    make(tmp_path / "tree" / "all.txt")
    (tmp_path / "tree" / LEAK).write_bytes(samples.vcf())
    ran = guard("scan", cwd=tmp_path / "tree", before=little_memory)
    assert ran.code == 1
    told(ran, {}, ["all.txt", LEAK])


def test_notebook_of_100_mb(tmp_path: Path) -> None:
    """A notebook too large to be decoded whole is a gap, its text is read all the same, and the next file is judged."""
    rows = json.dumps(samples.vcf(samples=2, variants=40, header="none").replace(b"\t", b" ").decode()).encode()
    (tmp_path / "tree").mkdir()
    _long_line(tmp_path / "tree" / "a.ipynb", b'"' + rows.replace(b"\\n", b" ") + b'"')
    (tmp_path / "tree" / LEAK).write_bytes(samples.vcf())
    ran = guard("scan", cwd=tmp_path / "tree", before=little_memory)
    assert ran.code == 1
    told(ran, {"a.ipynb": "too-large"}, ["a.ipynb", LEAK])
    assert ("a.ipynb", "too-large") in scan(cwd=tmp_path / "tree").gaps()
