"""PHI205: an extract of a records or claims database."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.rows import of_table
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health.schemahints import EXTRACT
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers, Options


class PHI205(Check[DataTable]):
    """An extract of a records or claims database.

    What it looks for
    -----------------
    Rows with the columns of a hospital's or insurer's database: Epic Clarity and Caboodle, Cerner Millennium, MEDITECH, athena, the
    Veterans Affairs warehouse; CPRD, THIN and Hospital Episode Statistics; Medicare, MarketScan, Optum and IQVIA claims; SEER
    listings and HCUP discharges; SDTM and ADaM of trials; MEDS. Ids and at least one further column of the layout must hold values.

    Quiet: definitions of tables, data dictionaries, vocabularies, lists of columns, mappings of fields, SQL, counts, and files with
    a header and no rows. A program or a document with up to six people is taken for an example; a saved output of a notebook is
    data. Of a columnar file whose values cannot be read, the names of columns are enough.
    Medicare's synthetic files, the CDISC pilot study and Synthea are a note of PHI402.

    Why it matters
    --------------
    A warehouse's keys lead back to the chart for everybody who works there, and its dates do for everybody else.

    What to do instead
    ------------------
    Commit the query, and keep its result where patient data belong.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i), (e)
    - ResDAC: Chronic Conditions Warehouse codebooks; CPRD data specifications; HES data dictionary; CDISC SDTM and ADaM
    """

    code = "PHI205"
    name = "health-record-extract"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)", "45 CFR 164.514(e)")
    mend = ROW_LEVEL
    rules = EXTRACT

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - the contract of a check
        """Report extracts of records or claims."""
        yield from of_table(self, view, "extract")
