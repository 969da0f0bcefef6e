"""PHI402: an open data set on health."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.rows import of_table
from pytest_genomic_guard.model import Check, Finding
from pytest_genomic_guard.policy.packs.open_sets import OPEN as SETS
from pytest_genomic_guard.views.health.schemahints import CRITICAL, OPEN
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Identifiers, Options


class PHI402(Check[DataTable]):
    """An open data set on health.

    What it looks for
    -----------------
    Rows of people in data sets that everybody may have, known by the names of their columns and no more rows than the set has: the
    classics of the UCI archive and Kaggle (breast cancer, heart disease, diabetes, stroke, liver, kidney), those of R and Python
    packages for survival, NHANES, BRFSS, lists of samples of The Cancer Genome Atlas, tables of the Gene Expression Omnibus, ABIDE,
    OASIS, the CDISC pilot study, DE-SynPUF, Synthea, and the demonstrations of MIMIC and eICU. The list is closed, with source,
    date and licence of each.

    Why it matters
    --------------
    It harms nobody, and is listed so that nobody wonders why rows of patients pass. Names of columns are a claim: who has the same
    columns of other people gets a note too.

    What to do instead
    ------------------
    Nothing, where the licence allows it; say in the repository where the data are from.

    References
    ----------
    - `policy/packs/open_sets.py`: source, date and licence of each
    """

    code = "PHI402"
    name = "open-health-data"
    severity = "note"
    since = "0.1"
    rules = (*OPEN, *CRITICAL)

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - the contract of a check
        """Tell of an open data set, with its licence."""
        for found in of_table(self, view, "public"):
            if isinstance(found, Finding):
                licence = next((each.licence for each in SETS if each.name in found.message), "")
                yield found.replace(message=f"{found.message}; open ({licence}), by its columns and rows") if licence else found
