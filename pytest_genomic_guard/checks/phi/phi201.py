"""PHI201: rows of a cohort under a data-use agreement."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.rows import of_table
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health.schemahints import CONTROLLED
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers, Options


class PHI201(Check[DataTable]):
    """Rows of a cohort under a data-use agreement.

    What it looks for
    -----------------
    Rows of participants in the layout in which a cohort hands them out: UK Biobank (`eid` beside fields in any of its namings, or
    its hospital, primary-care and death records), dbGaP phenotype and consent tables, surveys and data sets of the All of Us
    workbench, NIMH Data Archive (`subjectkey`), FinnGen, ADNI, PPMI, ALSPAC, CARTaGENE, Million Veteran Program; and
    clinical tables of TCGA by patient. Names of columns and what stands below them decide.

    Quiet: definitions of tables, data dictionaries, vocabularies, lists of columns, mappings of fields, SQL, counts, and files with
    a header and no rows. A program or a document with up to six people is taken for an example; a saved output of a notebook is
    data. Of a columnar file whose values cannot be read, the names of columns are enough.

    Why it matters
    --------------
    Who has access has signed not to pass rows on, with or without names. Most takedown notices of cohorts name notebooks with rows
    in their outputs, and tables beside code.

    What to do instead
    ------------------
    Keep the rows on the platform, or where the agreement says. Commit the code that extracts them, and clear outputs.

    References
    ----------
    - UK Biobank: Material Transfer Agreement; data showcase
    - NIH: Genomic Data Sharing Policy; All of Us: Data User Code of Conduct
    - 45 CFR 164.514(e), limited data sets and data use agreements
    """

    code = "PHI201"
    name = "cohort-under-agreement"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)", "45 CFR 164.514(e)")
    mend = ROW_LEVEL
    rules = CONTROLLED

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - the contract of a check
        """Report rows of participants of a cohort."""
        yield from of_table(self, view, "controlled")
