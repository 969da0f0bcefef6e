"""PHI204: an export of a study's capture system."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.rows import of_table
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health.schemahints import CAPTURE
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers, Options


class PHI204(Check[DataTable]):
    """An export of a study's capture system.

    What it looks for
    -----------------
    Records as REDCap exports them (an event in an arm, a repeated instrument, forms with a state under `..._complete`, boxes with a
    column each), and exports of OpenClinica, Castor, XNAT and Medidata Rave. Answers to a survey on health in Qualtrics or
    SurveyMonkey, where they come with an address or a place.

    Quiet: definitions of tables, data dictionaries, vocabularies, lists of columns, mappings of fields, SQL, counts, and files with
    a header and no rows. A program or a document with up to six people is taken for an example; a saved output of a notebook is
    data. Of a columnar file whose values cannot be read, the names of columns are enough.

    Why it matters
    --------------
    An export is the study itself: each row is what a participant said or was found to have, under consent that seldom covers
    publication.

    What to do instead
    ------------------
    Keep exports out of the repository; commit the data dictionary and the code that asks the server for records.

    References
    ----------
    - REDCap: data export formats; OpenClinica: data set formats; Castor EDC: exports
    - 45 CFR 46.111(a)(7), protection of the data of subjects
    """

    code = "PHI204"
    name = "data-capture-export"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)", "45 CFR 164.514(e)")
    mend = ROW_LEVEL
    rules = CAPTURE

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - the contract of a check
        """Report exports of a capture system."""
        yield from of_table(self, view, "capture")
