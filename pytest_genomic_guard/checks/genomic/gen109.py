"""GEN109: clinical genomic documents."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.genomic.documents import ClinicalDocument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class GEN109(Check[ClinicalDocument, Whose]):
    """Clinical genomic documents about people.

    What it looks for
    -----------------
    Documents in JSON, of which some can be YAML, and FHIR also XML: phenopackets of version 1 and 2 with a subject, families and
    cohorts of them; FHIR resources with a genomic code (LOINC) or profile about a patient, alone, in bundles or a line each;
    individuals, biosamples and cases of Beacon 2; PharmCAT reports and matches; lengths of repeats (ExpansionHunter); HLA types
    (xHLA); variants with the calls of samples, as programs write a VCF in JSON. Examples that public tools ship have the same
    content, and fire as well: whether somebody is real cannot be seen in the document.

    Schemas, definitions of formats (StructureDefinition, OpenAPI), descriptions of variants without a subject (VRS), answers of a
    Beacon with counts, and examples inside documentation are not reported.

    Why it matters
    --------------
    Such a document puts a person's findings, age, sex and family beside their variants. Rare diseases are rare: a few features and
    an age can be enough to tell who it is.

    What to do instead
    ------------------
    Keep documents of patients where their consent puts them. Where a test needs one, make it at test time with an invented
    subject, or keep a published example under a waiver that is bound to the content's hash.

    References
    ----------
    - GA4GH Phenopacket Schema 2.0; GA4GH Beacon 2; GA4GH Variation Representation (VRS)
    - HL7 FHIR Genomics Reporting implementation guide 2.0
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN109"
    name = "clinical-genomic-document"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    Options = Whose

    def look(self, view: ClinicalDocument, options: Whose) -> Iterator[Finding]:
        """Report records about people."""
        people = "1 person" if view.people == 1 else "{people} people"
        records = "1 record" if view.variants == 1 else "{records} records"
        told = f"{'a saved output shows ' if view.setting == 'output' else ''}{view.format}: {records} about {people}"
        found = self.finding(view.at, told, people=view.people, records=view.variants)
        yield settled(found, names=view.names, people=view.people, species=view.species, options=options)
