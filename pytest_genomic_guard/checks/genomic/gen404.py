"""GEN404: sites of a small cohort."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.checks.genomic.released import Thresholds
from pytest_genomic_guard.metrics import release
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.sites import Sites

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN404(Check[Sites, Thresholds]):
    """Sites of a small cohort.

    What it looks for
    -----------------
    A VCF or BCF without people, of fewer than 1,000 of them by AN / 2 or NS, that lists alleles seen once (AC=1), in 50 rows or
    more of the first 4 MiB. Such a list answers the questions of a beacon: whether an allele occurs in the cohort.

    The message tells at how many of the listed sites a member is expected to be heterozygous, and the rate at which somebody
    outside would have all of that many listed as well: (1 - D)^k, with D = 1 / (2N + 1) for a neutral spectrum. Lists that GEN401
    reports already are left out; call sets with the fields of a public resource are a note.

    Why it matters
    --------------
    Every variant of a member stands in the list, and not all of a stranger's: about 6 N heterozygous sites tell them apart at a
    false-positive rate of 0.05, and a rare allele much sooner.

    What to do instead
    ------------------
    Drop the alleles seen once or twice, and the counts, or share the list through controlled access.

    References
    ----------
    - Shringarpure, Bustamante: Privacy risks from genomic data-sharing beacons. AJHG 2015, 97:631
    - VCFv4.3 specification, section 1.4.2 (INFO fields AC, AN, AF, NS)
    """

    code = "GEN404"
    name = "small-cohort-sites"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    clauses = ("NOT-OD-19-023",)
    mend = released.MEND
    Options = Thresholds

    def look(self, view: Sites, options: Thresholds) -> Iterator[Finding]:
        """Report lists of the sites of few people."""
        found = released.measured(view, options)
        if not found or not found.singles or not 0 < found.people < released.SMALL:
            return
        if released.level(found, options, view.artifact.path) == "certain":
            return
        more = " or more" if found.more else ""
        finding = self.finding(
            view.locate(),
            f"{view.format} that lists {{rows}}{more} sites of {{people}} people, {{singles}} of them seen once: a member is "
            "expected to be heterozygous at {sites:.0f}, all listed by chance with probability {error:.2g} (beacon test)",
            rows=found.rows,
            people=found.people,
            singles=found.singles,
            sites=found.heterozygous,
            error=release.beacon_error(found.heterozygous, found.people),
        )
        yield released.told(finding, found, options)
