"""Genotype files by programs and libraries that are not ours, from calls that are drawn at test time."""

from __future__ import annotations

import random
import shutil
import string
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_random = random.SystemRandom()
PEOPLE, VARIANTS = 14, 90


def ids(count: int) -> list[str]:
    """Return names of people that look like no public ones."""
    letters = string.ascii_uppercase
    return [f"{_random.choice(letters)}{_random.choice(letters)}W{_random.randrange(10**5, 10**6)}R" for _each in range(count)]


def vcf() -> str:
    """Return calls under random mating, of people with two letters and a number for a name."""
    rows = []
    for at in range(VARIANTS):
        often, (one, other) = _random.uniform(0.1, 0.9), _random.sample("ACGT", 2)
        calls = (f"{int(_random.random() < often)}|{int(_random.random() < often)}" for _each in range(PEOPLE))
        rows.append("\t".join(["11", str(5000 + 300 * at), f"rs{8000 + at}", one, other, ".", "PASS", ".", "GT", *calls]))
    head = "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *ids(PEOPLE)])
    return "\n".join(
        ["##fileformat=VCFv4.2", "##contig=<ID=11>", '##FORMAT=<ID=GT,Number=1,Type=String,Description="g">', head, *rows, ""]
    )


def run(program: str, folder: Path, *words: str) -> None:
    """Run a program of the field in a folder; skip where there is none."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    subprocess.run([found, *words], cwd=folder, check=True, capture_output=True)


def fileset(folder: Path) -> None:
    """Write the calls, and a PLINK 1 fileset in which people have a sex and a trait."""
    (folder / "calls.vcf").write_text(vcf())
    run("plink1.9", folder, "--vcf", "calls.vcf", "--double-id", "--make-bed", "--out", "base")
    rows = [line.split() for line in (folder / "base.fam").read_text().splitlines()]
    text = "".join(f"{row[0]} {row[1]} 0 0 {1 + at % 2} {1 + at % 2}\n" for at, row in enumerate(rows))
    (folder / "base.fam").write_text(text)
