"""GEN402: summary data that may give members of a cohort away."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic import released
from pytest_genomic_guard.checks.genomic.released import Thresholds
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.hints import AGGREGATES
from pytest_genomic_guard.views.genomic.sites import Sites
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN402(Check[DataTable | Sites, Thresholds]):
    """Summary data that may give members of a cohort away.

    What it looks for
    -----------------
    What GEN401 and GEN403 look for, where only the upper bound on independent variants, all that are common, reaches `warn-from`
    (2.7) for each person: half of all members may then be told from others at a false-positive rate of 0.05. How many of the
    variants are independent depends on linkage, which a table does not tell.

    Why it matters
    --------------
    With neighbouring variants that are inherited together, the true power lies between the two that the message gives.

    What to do instead
    ------------------
    Thin the variants, or let somebody who knows the cohort decide: NIH shares summary results without restriction unless the
    institution calls the study sensitive. Declare the table under `release` in the policy to have it judged with a bound.

    References
    ----------
    - Visscher, Hill: The limits of individual identification from sample allele frequencies. PLoS Genetics 2009, 5:e1000628
    - Sankararaman et al.: Genomic privacy and limits of individual detection in a pool. Nature Genetics 2009, 41:965
    - NIH: Update to NIH management of genomic summary results access, NOT-OD-19-023
    """

    code = "GEN402"
    name = "possibly-reidentifying-aggregate"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    clauses = ("NOT-OD-19-023",)
    mend = released.MEND
    rules = AGGREGATES
    Options = Thresholds

    def look(self, view: DataTable | Sites, options: Thresholds) -> Iterator[Finding]:
        """Report releases that give members away by their upper bound only."""
        found = released.measured(view, options)
        if found and released.level(found, options, view.artifact.path) == "possible":
            yield released.reported(self, view, found, options)
