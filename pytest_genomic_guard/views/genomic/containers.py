"""What the readers of genotype containers share: their views, what a relation may know, and how a row is cut into fields."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Species

    Said = Literal["genotypes", "list"]  # of each person: genotypes, or that there is one

_LONGEST = 4 << 20  # bytes of a text over which its rows are counted
_OTHER = regex(rb"(?:chr)?(?:2[7-9]|[3-9]\d|[2-4][LR]|LG\d+)|(?:scaffold|contig)_?\d+", re.IGNORECASE)  # PLINK's MT is 26
_PLAIN = bytes.maketrans(b",;", b"  ")


class GenotypeFact(Fact):
    """A container of genotypes that was recognised: its format, from our own lists."""

    format: str


class IndexFact(Fact):
    """A table or index of a container that stands beside it: of which format that is."""

    of: str


class MatrixFact(Fact):
    """Digits in rows and nothing else: they are genotypes where the tables of such a fileset stand beside them."""

    rows: int  # of the beginning
    columns: int
    more: bool  # there are more rows than that


class TableFact(Fact):
    """A table of people or of variants that formats keep beside a bare matrix of digits."""

    what: Literal["people", "variants"]
    rows: int
    more: bool


class KnownPeople(Fact):
    """A list of people who are nobody's secret: how many, and whether they are made up or of public resources."""

    people: int
    synthetic: bool


class SitesFact(Fact):
    """A table of variants without people: how many, and whether chromosomes are among them that people do not have."""

    variants: int  # 0: more than were counted
    other: bool


class GenotypeFile(Genomic):
    """A container of genotypes, or what says that a folder is one."""

    said: Said = "genotypes"
    simulated: bool = False  # as its own record of how it was made says
    fact: Fact | None = None

    def facts(self) -> Iterator[Fact]:
        """Yield what a relation needs to set it beside its tables."""
        if self.fact:
            yield self.fact
        if self.level == "individual" and self.said == "genotypes":
            yield GenotypeFact(format=self.format)


class GenotypeText(GenotypeFile):
    """Genotypes in a text of a known layout."""


TENX = "10x matrix"


class SingleCell(Genomic):
    """Counts of molecules by cell. `donors` tells that a column says of whom a cell is."""

    donors: bool = False
    genotyped: bool = False  # a column names the genotypes by which cells were told apart
    fact: Fact | None = None

    def facts(self) -> Iterator[Fact]:
        """Yield what a relation needs to set it beside its tables."""
        if self.fact:
            yield self.fact


def fields(line: bytes) -> list[bytes]:
    """Return the fields of a row, whatever separates them: blanks, tabs, commas; quotes around them are left out."""
    if b'"' in line:
        line = line.replace(b'"', b"")
    return line.translate(_PLAIN).split()


def rows(head: Head) -> tuple[list[bytes], bool]:
    """Return the lines of the first 4 MiB that are not blank, and whether there are more: to count what was recognised."""
    data = head.peek(_LONGEST + 1)
    more = len(data) > _LONGEST
    lines = data[:_LONGEST].split(b"\n")
    if more and len(lines) > 1:
        lines.pop()
    return [line for line in lines if line.strip()], more


def firsts(lines: Sequence[bytes], count: int) -> Iterator[list[bytes]]:
    """Yield the first fields of rows; a row can have millions more, which are not cut apart."""
    for line in lines:
        yield fields(line) if len(line) < 512 else fields(line[:4096])[:count]


def species(chromosomes: Iterable[bytes]) -> Species:
    """Tell the species by names of chromosomes that people do not have; those that they do have are of many."""
    return "other" if any(map(_OTHER.fullmatch, chromosomes)) else ""
