"""The three texts of a 10x matrix: counts in MatrixMarket, and barcodes of cells beside them.

A matrix alone can be of anything, and so can a list of barcodes; `relations` sets them beside each other.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact
from pytest_genomic_guard.views.genomic.containers import SingleCell, rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_MARKET = b"%%MatrixMarket matrix coordinate"
_CELL_RANGER = regex(rb"%metadata_json: ?\{[^\n]{0,200}\"format_version\"")
_OTHER_GENE = regex(rb"ENS[A-Z]{3}G\d{11}(?:\.\d+)?[\t,]")
_BARCODE = regex(rb"[ACGT]{12,32}(?:-\d{1,4})?")


class CountsFact(Fact):
    """A sparse matrix, with its rows and columns."""

    rows: int
    columns: int
    cells: bool = False  # its head says that a program for single cells wrote it


class BarcodesFact(Fact):
    """A list of barcodes of cells."""

    cells: int


class OtherGenesFact(Fact):
    """A list of features that are genes of another species, by their accessions."""


def sniff(head: Head) -> Genomic | None:
    """Return what a text is, as a part of something that it alone does not make."""
    fact: Fact | None = None
    if head.lines[0].startswith(_MARKET):
        sizes = next((line.split() for line in head.lines[1:] if not line.startswith(b"%")), [])
        if len(sizes) == 3 and all(size.isdigit() and len(size) < 13 for size in sizes):
            cells = any(map(_CELL_RANGER.match, head.lines[1:4]))
            fact = CountsFact(rows=int(sizes[0]), columns=int(sizes[1]), cells=cells)
    elif len(head.lines[0]) <= 40 and all(map(_BARCODE.fullmatch, head.lines[:40])):
        fact = BarcodesFact(cells=len(rows(head)[0]))
    elif len(head.lines) > 1 and all(map(_OTHER_GENE.match, head.lines[:40])):
        fact = OtherGenesFact()
    if fact is None:
        return None
    return SingleCell(
        artifact=head.artifact, trail=head.trail, format="part", level="aggregate", at=head.at(), final=False, fact=fact
    )
