"""PHI202: rows of a common data model."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.rows import of_table
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health.schemahints import COMMON
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers, Options


class PHI202(Check[DataTable]):
    """Rows of a common data model.

    What it looks for
    -----------------
    Rows of people or of what happened to them in the tables of a common data model: OMOP (`person_id` beside concepts or dates, in
    all its tables, cohorts and covariates), PCORnet and Sentinel (`PATID` beside their columns), i2b2 (`patient_num` beside facts
    or dimensions). The cells below the names must be ids and values.

    Quiet: definitions of tables, data dictionaries, vocabularies, lists of columns, mappings of fields, SQL, counts, and files with
    a header and no rows. A program or a document with up to six people is taken for an example; a saved output of a notebook is
    data. Of a columnar file whose values cannot be read, the names of columns are enough.
    Rows of a synthetic source by their path, whose people are counted up from 1, are a note of PHI401.

    Why it matters
    --------------
    These tables are health records by person with all their dates. Without names they are at best a limited data set, which is
    bound by an agreement.

    What to do instead
    ------------------
    Keep extracts in the database or an ignored folder. For tests, make rows at run time, or use Synthea or Eunomia and say so.

    References
    ----------
    - OHDSI: OMOP common data model 5.4
    - PCORnet common data model 6.1; Sentinel common data model 8; i2b2 star schema
    - 45 CFR 164.514(e)
    """

    code = "PHI202"
    name = "common-data-model-rows"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)", "45 CFR 164.514(e)")
    mend = ROW_LEVEL
    rules = COMMON

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - the contract of a check
        """Report rows of people in a common data model."""
        yield from of_table(self, view, "common-model")
