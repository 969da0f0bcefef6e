"""PHI502: a key between ids of people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.rows import of_table
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health.schemahints import CONTROLLED, KEYS
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Identifiers, Options


class PHI502(Check[DataTable]):
    """A key between ids of people.

    What it looks for
    -----------------
    Tables that lead from one id of a person to another: the id of a study, participant or pseudonym beside a medical record number,
    an insurance or national number or the name of a patient; old and new ids of people, where the columns or the name of the file
    speak of people; bridges between the ids that UK Biobank gives to projects. Both columns must hold ids that mostly differ.

    Quiet: ids of samples, barcodes and files; values that are placeholders; up to six rows in a program or document.

    Why it matters
    --------------
    The key turns every de-identified table of the study back into records of people. Under 45 CFR 164.514(c) it may not be
    disclosed.

    What to do instead
    ------------------
    Keep the key with whoever keeps the records, encrypted, and never beside code or data.

    References
    ----------
    - 45 CFR 164.514(c), re-identification codes
    - General Data Protection Regulation, article 4(5), pseudonymisation
    """

    code = "PHI502"
    name = "re-identification-key"
    since = "0.1"
    clauses = ("45 CFR 164.514(c)",)
    mend = ROW_LEVEL
    rules = (*KEYS, *CONTROLLED)

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - the contract of a check
        """Report keys between ids of people."""
        yield from of_table(self, view, "crosswalk")
