"""PHI103: clinical documents about identified people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import IDENTIFIED
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.health import cda, providers
from pytest_genomic_guard.views.health.hints import CCR, CDA
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI103(Check[Text]):
    """Clinical documents about identified people.

    What it looks for
    -----------------
    C-CDA and other documents of CDA R2 by `patientRole`, also cut, with prefixes of namespaces, or in strings of programs and logs;
    and the actors of a CCR. Ids (a Social Security number by its root), name, day of birth, addresses, telephone numbers and
    guardians count, beside the sections around them.

    Templates (Liquid, Mustache, XSLT), schemas and Schematron are not reported. The people of HL7's and vendors' sample documents,
    placeholders and reserved values are PHI401's, a note. As in PHI102, a name and a birth date without any number, way to reach
    the person or street are an example's.

    Why it matters
    --------------
    Such a document is a person's history: problems, medication, results and the names of relatives, beside all that finds them.

    What to do instead
    ------------------
    Use published samples, or make documents at test time with reserved values. Keep exports of patients where patient data belong.

    References
    ----------
    - HL7 CDA R2, 4.2.2.11 (recordTarget); HL7 C-CDA R2.1, US Realm Header; ASTM E2369 (CCR)
    - 45 CFR 164.514(b)(2)(i)
    """

    code = "PHI103"
    name = "clinical-document-of-people"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = IDENTIFIED
    rules = (CDA, CCR)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - it has none
        """Report documents about identified people, once for each place."""
        for said in providers.settled(cda.found(view)):
            if said.names and said.verdict != "synthetic":
                yield Identifiers(values=said.names)
            if said.verdict == "identified" and not said.few:
                lead = f"{counted(said.places, said.what, 'places', 'clinical documents')} about "
                lead += counted(said.people, "person", "people", "people")
                yield told(self, said.at, lead, said.evidence, places=said.places, people=said.people)
