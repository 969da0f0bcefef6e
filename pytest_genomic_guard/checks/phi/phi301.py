"""PHI301: identifiers of people alone."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import SINGLE
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import providers
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI301(Check[Text | DataTable]):
    """Identifiers of people alone.

    What it looks for
    -----------------
    Identifiers that name one person each by themselves, and that their ranges or check digits confirm, without anything about
    health beside them: a column of Social Security numbers that were given out, in a list of employees.

    Reserved and published values are none, nor are numbers that only a name of a column makes identifiers.

    Why it matters
    --------------
    With nothing about health beside it, such a number is no protected health information. It is somebody's all the same, opens
    accounts, and joins the row to every other table that has it.

    What to do instead
    ------------------
    Take the column out, or use numbers that nobody has: Social Security numbers that begin with 9.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i)(G)
    - SSA, POMS RM 10201.035
    """

    code = "PHI301"
    name = "identifiers-alone"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(G)",)
    mend = SINGLE
    rules = providers.RULES

    def look(self, view: Text | DataTable, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report identifiers beside which nothing is about health, once for each place."""
        for _module, seen in providers.found(view):
            for said in providers.settled(seen):
                if said.verdict == "single" and not said.few:
                    lead = f"{said.what} about {counted(said.people, 'person', 'people', 'people')}, with nothing about health"
                    yield told(self, said.at, lead, said.evidence, people=said.people)
