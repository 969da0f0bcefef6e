"""Reads and sequences from other programs than ours: samtools, wgsim and pysam, and a writer of rows in pure Python."""

from __future__ import annotations

import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.testing import scan

if TYPE_CHECKING:
    from pathlib import Path

CONTIGS = {"chr20": 3_000, "chr21": 2_000}  # cuts of the real ones, as test data often are
_random = random.Random(7)  # noqa: S311 - the same every time


def outcomes(data: bytes, name: bytes = b"part-0") -> list[tuple[str, str]]:
    """Return code and outcome of every finding about reads and sequences, and the gaps."""
    report = scan({name: data})
    found = [(finding.code, finding.outcome) for finding in report.findings if finding.code.startswith("GEN")]
    return found + [(gap.code, gap.reason) for gap in report.gaps]


def samtools(folder: Path, *words: str) -> bytes:
    """Run samtools in a folder, and return what it writes; the test is skipped where there is none."""
    program = shutil.which("samtools")
    if program is None:
        pytest.skip("samtools is not installed")
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, check=True, timeout=60)
    return done.stdout


def reference(folder: Path) -> dict[str, str]:
    """Write ref.fa, and return its sequences."""
    made = {name: "".join(_random.choices("ACGT", k=length)) for name, length in CONTIGS.items()}
    lines = [f">{name}\n" + "".join(f"{text[at : at + 60]}\n" for at in range(0, len(text), 60)) for name, text in made.items()]
    (folder / "ref.fa").write_text("".join(lines))
    return made


def header(people: int, contigs: dict[str, int]) -> str:
    """Return the header of a SAM."""
    lines = ["@HD\tVN:1.6\tSO:coordinate", *(f"@SQ\tSN:{name}\tLN:{length}" for name, length in contigs.items())]
    lines += [f"@RG\tID:g{number}\tSM:{somebody()}" for number in range(people)]
    return "".join(f"{line}\n" for line in lines)


def rows(sequences: dict[str, str], count: int = 40) -> str:
    """Return rows of reads cut from sequences, in order of places."""
    out = []
    for number in range(count):
        name = _random.choice(sorted(sequences))
        size = 80
        at = _random.randrange(len(sequences[name]) - size)
        bases = sequences[name][at : at + size]
        qualities = "".join(chr(_random.randrange(33, 74)) for _each in range(size))
        fields = (f"M{number}:8:FLOW:1:1101:{number}:{at}", 0, name, at + 1, 60, f"{size}M", "*", 0, 0, bases, qualities)
        out.append((name, at, "\t".join(map(str, fields)) + "\n"))
    return "".join(text for _name, _at, text in sorted(out))


def somebody() -> str:
    """Return a name that is in no list of public samples."""
    return "P" + "".join(_random.choices("BCDFGHJK", k=5)) + str(_random.randrange(100, 999))
