"""GEN204: counts by cell, with whose cells they are."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.containers import TENX, SingleCell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN204(Check[SingleCell, Whose]):
    """Single cells of named donors.

    What it looks for
    -----------------
    AnnData (`.h5ad`, or a Zarr store), loom and 10x files of single cells in which a column says of which donor, patient, subject,
    individual or sample a cell is, or by which genotypes cells were told apart; and the matrices of 10x Genomics' tools, which are
    of one sequencing run. It goes by the names of groups and columns, so that it needs no reader of values. A file whose genes are
    named by accessions of another species is a note.

    Why it matters
    --------------
    Counts of molecules link to genotypes: from about a thousand cells a donor can be found in a table of genotypes. The donor
    column does the grouping that such an attack needs.

    What to do instead
    ------------------
    Keep the matrix where its data-use terms put it; commit the code and, where a figure needs numbers, means over donors.

    References
    ----------
    - AnnData on-disk format; loom file format 3.0; 10x Genomics feature-barcode matrices
    - Walker et al.: Private information leakage from single-cell count matrices. Cell 2024, 187:6537
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN204"
    name = "single-cell-expression"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: SingleCell, options: Whose) -> Iterator[Finding]:
        """Report cells that a column gives to people."""
        if view.level == "individual" and (view.donors or view.genotyped or view.format == TENX):
            why = "whose columns say of whom each is" if view.donors else "told apart by genotypes"
            why = why if view.donors or view.genotyped else "of one sequencing run"
            found = self.finding(view.at, f"{view.format} with counts by cell, {why}")
            yield settled(found, names=view.names, people=view.people, species=view.species, options=options, by="genes")
