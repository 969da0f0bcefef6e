"""PHI102: FHIR resources about identified people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import IDENTIFIED
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.health import fhir, providers
from pytest_genomic_guard.views.health.hints import FHIR, FHIR_PERSON
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI102(Check[Text]):
    """FHIR resources about identified people.

    What it looks for
    -----------------
    Patient, Person and RelatedPerson of FHIR R2 to R5, wherever they stand: a file of JSON, bundles of any size and depth, bulk
    exports (a line each), `contained` resources, XML, Turtle, YAML, literals of programs, escaped JSON in logs and strings, saved
    outputs. Names, birth dates, identifiers by their type or system (Social Security, medical record, NHS, Medicare and member
    numbers, licences, passports), telephone numbers, e-mail and street addresses, relatives and photographs count. In other
    resources, the name or identifier beside a reference to the patient (`subject.display`) and a subscriber's number count.

    A name and a birth date are typed by hand for every example. So a person in data needs one thing more that records have and
    examples do not: a number that is no placeholder, a telephone number or address of e-mail outside the reserved ranges, or, with
    the day of birth, a street or an id that a machine made. Up to six people without any are PHI302's, a warning.

    Practitioners alone, definitions (StructureDefinition, ValueSet, OpenAPI) and templates are not reported. Resources with
    `HTEST` in `meta.security`, those of Synthea and of public sandboxes, the people of HL7's examples, and placeholders are
    PHI401's, a note, unless values of two kinds speak against it. Bulk exports with ids alone are PHI208's.

    Why it matters
    --------------
    A Patient holds most identifiers of the Safe Harbor rule in one object. Servers write resources to logs, traces and test
    folders, and a bulk export holds all patients of a hospital.

    What to do instead
    ------------------
    Make resources at test time, mark them by `HTEST` in `meta.security`, and use reserved values: 555-0100 to 555-0199,
    example.org, Social Security numbers that begin with 9. Keep captured resources where patient data belong.

    References
    ----------
    - HL7 FHIR R4: Patient, RelatedPerson, Person; 2.6 (formats); security labels (HTEST, v3-ActReason)
    - 45 CFR 164.514(b)(2)(i)
    """

    code = "PHI102"
    name = "fhir-resource-of-people"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = IDENTIFIED
    rules = (FHIR, FHIR_PERSON)

    def look(self, view: Text, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - it has none
        """Report resources about identified people, once for each place."""
        for said in providers.settled(fhir.found(view)):
            if said.names and said.verdict != "synthetic":
                yield Identifiers(values=said.names)
            if said.verdict == "identified" and not said.few:
                lead = f"{counted(said.places, said.what, 'places')} about {counted(said.people, 'person', 'people', 'people')}"
                yield told(self, said.at, lead, said.evidence, places=said.places, people=said.people)
