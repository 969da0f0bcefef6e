"""GEN214: counts by cell that do not say whose cells they are."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.containers import TENX, SingleCell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN214(Check[SingleCell, Whose]):
    """Single cells without a donor column.

    What it looks for
    -----------------
    AnnData and loom files, as of GEN204, in which no column names a donor. They can be of one person, of a cell line, of
    an animal or of a simulation, so it is a warning; a file whose genes are named by accessions of another species is a note.

    Why it matters
    --------------
    Counts of one person's cells link to that person's genotypes, whether or not a column says so.

    What to do instead
    ------------------
    Declare in the policy (`samples`) what they are of; keep cells of people where their data-use terms put them.

    References
    ----------
    - AnnData on-disk format; loom file format 3.0; 10x Genomics feature-barcode matrices
    - Walker et al.: Private information leakage from single-cell count matrices. Cell 2024, 187:6537
    """

    code = "GEN214"
    name = "expression-of-cells"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: SingleCell, options: Whose) -> Iterator[Finding]:
        """Report cells that no column gives to people."""
        if view.level == "individual" and not (view.donors or view.genotyped or view.format == TENX):
            found = self.finding(view.at, f"{view.format} with counts by cell, and no column that says of whom each is")
            yield settled(found, names=view.names, people=view.people, species=view.species, options=options, by="genes")
