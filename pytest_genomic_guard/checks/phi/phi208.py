"""PHI208: messages about people without names."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import providers
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI208(Check[Text]):
    """Messages about people without names.

    What it looks for
    -----------------
    The messages of PHI101 and PHI104, and other clinical messages and resources, in which people have no name, but an id that
    their hospital or health plan gave them (medical record number, account, member number), or dates of care beside a postal
    code or an age over 89. Ids that are placeholders, and messages that a standard's own field marks as tests, are no finding.

    Up to six such people in source code or documentation are PHI302's, a warning.

    Why it matters
    --------------
    Taking the names off a message does not make it anonymous: a medical record number, account number or member number is an
    identifier of the Safe Harbor rule itself, and dates of care beside a postal code are a limited data set, for which a
    data use agreement is needed.

    What to do instead
    ------------------
    Keep such messages where patient data belong, and commit code that reads them from there. Where a test needs messages, make
    them at test time.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i)(H) to (J), numbers of records, beneficiaries and accounts; 164.514(e), limited data sets
    """

    code = "PHI208"
    name = "messages-without-names"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)", "45 CFR 164.514(e)")
    mend = ROW_LEVEL
    rules = providers.TEXT_RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report people without names, once for each place."""
        for _module, seen in providers.found(view):
            for said in providers.settled(seen):
                if said.verdict in {"unnamed", "limited"} and not said.few:
                    lead = f"{said.what} about {counted(said.people, 'person', 'people', 'people')} without a name"
                    yield told(self, said.at, lead, said.evidence, people=said.people)
