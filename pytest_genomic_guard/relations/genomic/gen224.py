"""GEN224: a 10x matrix in three texts."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.views.genomic.cells import BarcodesFact, CountsFact, OtherGenesFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GEN224(Relation):
    """Single-cell counts in three texts.

    What it looks for
    -----------------
    A sparse matrix in MatrixMarket form beside a list of as many cell barcodes as it has columns, or rows: what 10x Genomics' tools
    write as `matrix.mtx`, `barcodes.tsv` and `features.tsv`, compressed or not. A matrix without barcodes is not reported: it can
    be of anything. Beside features that are genes of another species, by their accessions, it is a note.

    Why it matters
    --------------
    Counts of one person's cells link to that person's genotypes, whether or not a column says whose they are.

    What to do instead
    ------------------
    Declare in the policy (`samples`) what they are of; keep cells of people where their data-use terms put them.

    References
    ----------
    - 10x Genomics: feature-barcode matrices, MEX format
    - Walker et al.: Private information leakage from single-cell count matrices. Cell 2024, 187:6537
    """

    code = "GEN224"
    name = "expression-of-cells-in-three-texts"
    confidence = "medium"
    since = "0.1"
    mend = INDIVIDUAL_LEVEL
    needs = (CountsFact,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Pair every matrix with the barcodes of its folder."""
        beside: dict[tuple[bytes, int], bytes] = {}
        for path, barcodes in facts.of(BarcodesFact):
            beside.setdefault((path.rpartition(b"/")[0], barcodes.cells), path)
        others = {path.rpartition(b"/")[0] for path, _fact in facts.of(OtherGenesFact)}
        for path, counts in facts.of(CountsFact):
            folder = path.rpartition(b"/")[0]
            for cells, genes in ((counts.columns, counts.rows), (counts.rows, counts.columns)):
                if (folder, cells) in beside:
                    at = Location(path=path)
                    involved = (beside[folder, cells],)
                    told = "counts of {genes} features in {cells} cells"
                    found = self.finding(at, told, genes=genes, cells=cells, involves=involved)
                    if folder in others:
                        found = found.replace(known="non-human", message=f"{found.message}; of another species by its genes")
                    yield found
                    break
