"""Bombs, as a user meets them: each is told by its reason or read, in 200 MB, and the leak in the file beside it is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import _bombs as bombs
import _bombs_genomic as genomic
import _bombs_large as large
import pytest
from _scratch import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIMIT = 200  # MB that may be resident in any process of a scan
LARGE = bool(os.environ.get("GENOMIC_GUARD_LARGE"))  # 5 GB in gzip, and a line of 1 GB: minutes, so by hand
TEXT, LINE = (5_000_000_000, 1_000_000_000) if LARGE else (100_000_000, 100_000_000)
BESIDE = "beside.vcf"
# What is spawned by a small process has the memory of that one before its own, and not that of the tests.
_METER = """
import os, sys
child = os.posix_spawn(sys.executable, [sys.executable, "-I", "-m", "pytest_genomic_guard", *sys.argv[2:]], os.environ)
_child, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as told:
    print(usage.ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10), file=told)
raise SystemExit(os.waitstatus_to_exitcode(status))
"""

# fmt: off
# The file, how it is made, and what is said of it, as in the table of what is read.
BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "zeros.gz": (bombs.zeros_in_gzip, "gap ratio"),
    "zeros.gz.gz": (bombs.gzip_in_gzip, "gap ratio"),
    "zeros.zlib": (bombs.zeros_in_zlib, "gap ratio"),
    "zeros.lzma": (bombs.zeros_in_lzma, "gap ratio"),
    "text.gz": (partial(bombs.text_in_gzip, size=TEXT), "found in gzip"),
    "dictionary.xz": (bombs.dictionary, "gap too-large"),
    "million.zip": (partial(bombs.many_members, count=10**6), "gap too-many"),
    "many.zip": (partial(bombs.many_members, count=60_000, content=b"x\n"), "found in zip > member 60000"),
    "overlapping.zip": (bombs.overlapping, "gap corrupt; gap overlap; gap truncated"),
    "names.zip": (bombs.odd_names_in_zip, "; ".join(f"found in zip > member {at}" for at in range(1, 11))),
    "names.tar": (bombs.odd_names_in_tar, "; ".join(f"found in tar > member {at}" for at in range(1, 11))),
    "encrypted.zip": (bombs.encrypted_member, "found in zip > member 2; gap encrypted"),
    "links.tar": (bombs.links_in_tar, "found in tar > member 10"),
    "cells.ipynb": (large.cells, "found in notebook > cell 100000 > output 1"),
    "nested.json": (large.nested, "found"),
    "nested.ipynb": (large.nested, "found; gap too-deep"),
    "entities.svg": (large.entities, "full"),
    "entities.html": (large.entities, "full"),
    "entities.xlsx": (large.entities, "partial"),
    "columns.xlsx": (large.columns, "partial"),
    "shared.xlsx": (large.shared, "gap ratio"),
    "line.txt": (partial(large.line, size=LINE), "found"),
    "weight.safetensors": (large.weight, "verdict-by-header"),
    "hollow.parquet": (large.hollow, "partial"),
    "claims.bam": (genomic.claims, "gap truncated"),
    "columns.ped": (genomic.pedigree, "full"),
    "digits.txt": (genomic.digits, "full"),
    "cyclic.zmetadata": (genomic.cyclic, "full"),
    "names.pkl": (genomic.names, "partial"),
    "tuples.pkl": (genomic.tuples, "partial"),
}
# fmt: on


def metered(tree: Path) -> tuple[Any, int, str]:
    """Scan a folder; return the report, the most memory in MB that a process had resident, and all that was printed."""
    told = tree.parent / "memory"
    ran = run([sys.executable, "-I", "-c", _METER, os.fspath(told), "scan", "--format", "json"], tree)
    assert ran.code == 1, ran.err
    return ran.json, int(told.read_text()), ran.out + ran.err


def seen(report: Any, name: str) -> set[str]:
    """Return what is said of a file."""
    found = [each["trail"] for each in report["findings"] if (each["path"], each["code"]) == (name, "GEN101")]
    gaps = {f"gap {each['reason']}" for each in report["gaps"] if each["path"] == name}
    return {f"found in {' > '.join(trail)}" if trail else "found" for trail in found} | gaps


def allowed(says: str) -> set[str]:
    """Return how far the file may have been read of which this is said."""
    if "gap" in says:
        return {"unread"}
    return {"partial"} if says == "partial" else {"full", "verdict-by-header"}


def level(report: Any) -> str:
    """Return how far the file was read that is not the leak beside it."""
    covered = {**report["scanned"]["coverage"]}
    covered["verdict-by-header"] -= 1
    (found,) = [each for each, count in covered.items() if count]
    return str(found)


@pytest.mark.parametrize("name", BOMBS)
def test_bomb(tmp_path: Path, name: str) -> None:
    """A bomb is told or read, never passed over; it takes little memory, shows no name, writes nothing, and hides no leak."""
    make, says = BOMBS[name]
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / BESIDE).write_bytes(bombs.leak())
    make(tree / name)
    report, memory, printed = metered(tree)
    assert seen(report, BESIDE) == {"found"}
    assert seen(report, name) == {each for each in says.split("; ") if each.startswith(("found", "gap"))}
    assert level(report) in allowed(says)
    assert memory < LIMIT
    assert bombs.UNSEEN not in printed
    assert sorted(os.listdir(tree)) == sorted([BESIDE, name])
    assert report["scanned"]["files"] == sum(report["scanned"]["coverage"].values()) == 2


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with a leak in it; what is too deep for Python to remove is removed by a program."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / BESIDE).write_bytes(bombs.leak())
    yield folder
    subprocess.run(["rm", "-rf", os.fspath(folder)], check=True)


def test_deep_folders(tree: Path) -> None:
    """A leak a thousand folders deep is found."""
    large.deep(tree, 1000)
    report, memory, _printed = metered(tree)
    assert seen(report, BESIDE) == seen(report, "d/" * 1000 + "x.vcf") == {"found"}
    assert memory < LIMIT


def test_folders_too_deep_for_the_system(tree: Path) -> None:
    """A leak deeper than the system opens a path is a gap, or found, and not passed over."""
    large.deep(tree, 3000)
    report, memory, _printed = metered(tree)
    assert seen(report, BESIDE) == {"found"}
    deeper = [each for each in report["findings"] + report["gaps"] if each["path"].startswith("d/d/")]
    assert deeper
    assert memory < LIMIT


def test_many_findings(tree: Path) -> None:
    """Of a hundred thousand findings in one file some are told, with their number, and the file beside it is judged."""
    large.findings(tree / "many.zip")
    report, memory, _printed = metered(tree)
    assert seen(report, BESIDE) == {"found"}
    assert 0 < sum(each["path"] == "many.zip" for each in report["findings"]) <= 100
    assert "100000" in json.dumps(report["findings"])
    assert memory < LIMIT


def test_many_files(tree: Path) -> None:
    """Five thousand files with a leak each are five thousand findings, in every format of a report that a person reads."""
    data = bombs.leak(2)
    for number in range(5000):
        (tree / f"{number}.vcf").write_bytes(data)
    report, memory, _printed = metered(tree)
    assert sum(each["code"] == "GEN101" for each in report["findings"]) == report["scanned"]["files"] == 5001
    assert memory < LIMIT
