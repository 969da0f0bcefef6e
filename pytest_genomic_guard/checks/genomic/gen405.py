"""GEN405: linkage between variants of a cohort."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.checks.genomic.whose import Whose
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.hints import AGGREGATES
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


ENOUGH = 100  # rows; a few hundred variants suffice


class GEN405(Check[DataTable, Whose]):
    """Linkage between variants of a cohort.

    What it looks for
    -----------------
    Correlations between variants, as pairs in rows (`.ld` of PLINK, `.vcor` of PLINK 2, `.geno.ld` and `.hap.ld` of VCFtools,
    Haploview) or as a square matrix with the names of variants, in 100 rows or more. The number of people behind them is rarely
    told, so that no power can be computed.

    Why it matters
    --------------
    From correlations between a few hundred neighbouring variants, together with their frequencies, membership was shown, and
    genotypes of participants were recovered. Linkage of a large public panel gives nobody away.

    What to do instead
    ------------------
    Publish the linkage of a public panel, such as 1000 Genomes, in place of that of the cohort; or say in a waiver which panel it
    is of.

    References
    ----------
    - Wang et al.: Learning your identity and disease from research papers. CCS 2009, 534
    """

    code = "GEN405"
    name = "linkage-matrix"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    clauses = ()
    mend = released.MEND
    rules = AGGREGATES
    Options = Whose

    def look(self, view: DataTable, options: Whose) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report linkage in many rows."""
        kind = kinds.of(view)
        if kind and kind.what == "ld":
            rows = sum(len(block) for block in view.source.blocks())
            if rows >= ENOUGH:
                yield self.finding(view.locate(), f"{kind.format}, {{rows}} rows", rows=rows)
