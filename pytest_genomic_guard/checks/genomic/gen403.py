"""GEN403: summary statistics of a small cohort."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.checks.genomic.released import Thresholds
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.hints import AGGREGATES
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN403(Check[DataTable, Thresholds]):
    """Summary statistics of a small cohort.

    What it looks for
    -----------------
    Effects, test statistics and p values of an association study, one row for each variant, of fewer than 1,000 people by its own
    column of sample sizes (N, OBS_CT, NMISS, cases and controls), where even the lower bound on independent variants reaches
    `block-from` (9.5) for each person, or the upper one `warn-from` (2.7) where the policy says `sensitive: true`. Without a
    column of frequencies the lower bound is none, as any variant may be rare, and GEN402 warns. The bounds, the formula and the
    thresholds are those of GEN401. Statistics of larger cohorts, of the GWAS Catalog and of FinnGen, weights of polygenic scores,
    and tables whose sample size neither they nor `release` in the policy tell are not reported.

    Why it matters
    --------------
    Regression output of many variants gives members away as allele frequencies do, and also tells something of their trait.

    What to do instead
    ------------------
    Release the statistics of the leading variants, or deposit them where access is controlled. Where the institution has decided
    that they are public, write a waiver.

    References
    ----------
    - Im et al.: On sharing quantitative trait GWAS results in an era of multiple-omics data. AJHG 2012, 90:591
    - Visscher, Hill: The limits of individual identification from sample allele frequencies. PLoS Genetics 2009, 5:e1000628
    - NIH: Update to NIH management of genomic summary results access, NOT-OD-19-023
    """

    code = "GEN403"
    name = "summary-statistics-of-a-small-cohort"
    confidence = "medium"
    since = "0.1"
    clauses = ("NOT-OD-19-023",)
    mend = released.MEND
    rules = AGGREGATES
    Options = Thresholds

    def look(self, view: DataTable, options: Thresholds) -> Iterator[Finding]:
        """Report statistics of few people whose lower bound gives members away."""
        found = released.measured(view, options)
        if found and found.statistics and released.level(found, options, view.artifact.path) == "certain":
            yield released.reported(self, view, found, options)
