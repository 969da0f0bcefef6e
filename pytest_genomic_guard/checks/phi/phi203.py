"""PHI203: rows of critical-care databases."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.rows import of_table
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health.schemahints import CRITICAL
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers, Options


class PHI203(Check[DataTable]):
    """Rows of critical-care databases.

    What it looks for
    -----------------
    Rows in the layout of MIMIC-III and MIMIC-IV (`subject_id`, `hadm_id`, `stay_id`, `icustay_id`, and what its modules have beside
    them), eICU (`patientunitstayid`), AmsterdamUMCdb, HiRID and SICdb, tables that were derived from them included.

    Quiet: definitions of tables, data dictionaries, vocabularies, lists of columns, mappings of fields, SQL, counts, and files with
    a header and no rows. A program or a document with up to six people is taken for an example; a saved output of a notebook is
    data. Of a columnar file whose values cannot be read, the names of columns are enough.
    The open demonstrations are a note of PHI402, where the folder says demo and no other patients are there.

    Why it matters
    --------------
    These databases are given to people who were trained and signed for themselves: nobody may pass rows on, not even to
    colleagues.

    What to do instead
    ------------------
    Commit the queries, and let each reader run them with access of their own. Use the open demonstration for tests.

    References
    ----------
    - PhysioNet Credentialed Health Data License 1.5.0 and its Data Use Agreement
    - MIMIC-IV 3.1, MIMIC-III 1.4, eICU-CRD 2.0, AmsterdamUMCdb 1.0.2, HiRID 1.1.1: documentation of tables
    """

    code = "PHI203"
    name = "critical-care-rows"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)", "45 CFR 164.514(e)")
    mend = ROW_LEVEL
    rules = CRITICAL

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - the contract of a check
        """Report rows of critical-care databases."""
        yield from of_table(self, view, "critical-care")
