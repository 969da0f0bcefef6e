"""GEN406: allele frequencies of nobody knows how many people."""

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


MANY = 500  # common variants; fewer give nobody away in a cohort of 200


class GEN406(Check[DataTable | Sites, Thresholds]):
    """Allele frequencies of nobody knows how many people.

    What it looks for
    -----------------
    What GEN401 looks for, with 500 common variants or more, where neither the table nor the policy tells of how many people the
    frequencies are. Public resources are left out.

    Why it matters
    --------------
    Whether frequencies give members away depends on the number of variants for each person. Without the number of people nobody
    can tell.

    What to do instead
    ------------------
    Say it in the policy, and a bound is judged: `release: {NAME: {table: PATH, n: PEOPLE}}`.

    References
    ----------
    - Visscher, Hill: The limits of individual identification from sample allele frequencies. PLoS Genetics 2009, 5:e1000628
    """

    code = "GEN406"
    name = "frequencies-without-people"
    severity = "note"
    confidence = "low"
    since = "0.1"
    clauses = ()
    mend = released.MEND
    rules = AGGREGATES
    Options = Thresholds

    def look(self, view: DataTable | Sites, options: Thresholds) -> Iterator[Finding]:
        """Report frequencies that cannot be judged."""
        found = released.measured(view, options)
        if not found or found.statistics or found.people or found.resource or found.species == "other":
            return
        if min(found.upper, found.rated) >= MANY and released.declared(options, view.artifact.path) is None:
            text = (
                "allele frequencies at {common} common variants of a number of people that is not told: set `release` in the policy"
            )
            yield self.finding(view.locate(), text, common=found.upper)
