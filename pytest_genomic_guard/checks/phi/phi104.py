"""PHI104: X12 transactions about identified people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import IDENTIFIED
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.health import providers, x12
from pytest_genomic_guard.views.health.hints import X12, X12_PERSON
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI104(Check[Text]):
    """X12 transactions about identified people.

    What it looks for
    -----------------
    Claims (837), payments (835), enrolment (834), eligibility (270, 271), status (276, 277) and review (278): interchanges that
    begin with `ISA`, with any separator and terminator, line feeds or tabs between segments, escaped in programs and JSON, in
    saved outputs and base64; and what was cut out of one. Each `NM1` of a person (entity type 1) as insured, patient,
    corrected or prior insured, or dependant begins a person; birth date (`DMG`), address (`N3`, `N4`), telephone (`PER`), ids
    (`NM109`, `REF`), account (`CLM01`) and diagnoses (`HI`) are of this person. Providers and payers are nobody's health.

    Interchanges with `T` in ISA15, and those whose people are of the implementation guides' examples or placeholders, are PHI401's,
    a note; an issued Social Security number beside a telephone number in service speaks against such a mark. Members with
    ids alone are PHI208's. Up to six people in source code or documentation are PHI302's, a warning.

    Why it matters
    --------------
    A claim has name, birth date, address and member number beside diagnoses and procedures, by law in a form that every
    program reads. What was pushed once stays in forks and caches.

    What to do instead
    ------------------
    Make transactions at test time, or take those of the implementation guides, and mark them by `T` in ISA15. Keep what a
    clearing house sent where patient data belong.

    References
    ----------
    - ASC X12N 005010X222 (837P), X223 (837I), X224 (837D), X221 (835), X220 (834), X279 (270/271), X212 (276/277), X217 (278)
    - 45 CFR 162.1102 to 162.1602, 45 CFR 164.514(b)(2)(i)
    """

    code = "PHI104"
    name = "x12-transaction-of-people"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = IDENTIFIED
    rules = (X12, X12_PERSON)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - it has none
        """Report transactions about identified people, once for each place."""
        for said in providers.settled(x12.found(view)):
            if said.names:
                yield Identifiers(values=said.names)
            if said.verdict == "identified" and not said.few:
                lead = f"{said.what} with {counted(said.people, 'person', 'people', 'people')}"
                yield told(self, said.at, lead, said.evidence, people=said.people)
