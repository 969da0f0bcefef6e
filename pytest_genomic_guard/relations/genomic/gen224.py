"""GEN224: a 10x matrix in three texts."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.views.genomic.cells import BarcodesFact, CountsFact, OtherGenesFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Known, Options

# Genes of Cell Ranger's reference of the mouse, mm10 2020-A, as 10x Genomics' own sections of its brain have them; the human one of
# that release has others.
_MOUSE = frozenset({32285})


class GEN224(Relation):
    """Single-cell counts in three texts.

    What it looks for
    -----------------
    A sparse matrix in MatrixMarket form beside a list of as many cell barcodes as it has columns, or rows: what 10x Genomics' tools
    write as `matrix.mtx`, `barcodes.tsv` and `features.tsv`, compressed or not. A matrix without barcodes is reported only where
    its own head says that Cell Ranger wrote it, so also in a history, where files are looked at one by one: any other can be of
    anything. Beside features that are genes of another species, by their accessions, it is a note, and without features where it
    has as many rows as Cell Ranger's reference of the mouse of 2020 has genes.

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
    needs = (CountsFact, BarcodesFact)
    alone = True  # of matrices whose head says what they count

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Pair every matrix with the barcodes of its folder."""
        beside: dict[tuple[bytes, int], bytes] = {}
        for path, barcodes in facts.of(BarcodesFact):
            beside.setdefault((path.rpartition(b"/")[0], barcodes.cells), path)
        others = {path.rpartition(b"/")[0] for path, _fact in facts.of(OtherGenesFact)}
        for path, counts in facts.of(CountsFact):
            folder = path.rpartition(b"/")[0]
            of = "; of another species by its genes" if folder in others or (counts.cells and counts.rows in _MOUSE) else ""
            known: Known = "non-human" if of else ""
            at = Location(path=path)
            for cells, genes in ((counts.columns, counts.rows), (counts.rows, counts.columns)):
                if (folder, cells) in beside:
                    told = "counts of {genes} features in {cells} cells" + of
                    found = self.finding(at, told, genes=genes, cells=cells, involves=(beside[folder, cells],))
                    yield found.replace(known=known)
                    break
            else:
                if counts.cells:
                    told = "counts of {genes} features in {cells} cells, by what its head says" + of
                    yield self.finding(at, told, genes=counts.rows, cells=counts.columns).replace(known=known)
