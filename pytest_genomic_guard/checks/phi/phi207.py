"""PHI207: rows about participants."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import listhints, setting, tables
from pytest_genomic_guard.views.health.rowhints import ROW_HINTS
from pytest_genomic_guard.views.health.setting import INVENTED
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI207(Check[DataTable]):
    """Rows about participants.

    What it looks for
    -----------------
    Tables with the id of a participant, patient or encounter, and two or more columns about the health of each: diagnoses,
    medication, laboratory results and vital signs within what a living body has, symptoms, habits, scores of questionnaires. An id
    that other things have, too (`id`, `no`), needs three, and age or sex beside.

    Tables by group, statistics, coefficients, dictionaries of fields, lists of codes, predictions and animals are none. Public
    data sets are PHI402's, a note.

    Why it matters
    --------------
    Without names, but one row for each person: whoever knows a few facts about somebody finds the row, and learns the rest. Most
    consents and data-use agreements forbid to publish such rows; notices that took repositories down name files like these.

    What to do instead
    ------------------
    Keep the rows beside the data, and commit the program that reads them. For tests make rows up, and say so in a first line
    such as `# synthetic: generator=make_rows.py, seed=1`.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic or code
    - github/dmca, notices of UK Biobank, 2025-07 to 2026-04
    """

    code = "PHI207"
    name = "rows-about-participants"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = ROW_LEVEL
    rules = (*ROW_HINTS, *listhints.RULES)

    def look(self, view: DataTable, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report rows with what was measured of each person."""
        health = tables.of(view)
        if health is None or health.what != "row-level":
            return
        if setting.of(view.artifact, view.trail) != "data" and (health.people or health.rows) <= INVENTED:
            return
        at = view.locate() if health.row is None else view.locate_row(health.row)
        lead = f"{counted(health.rows, 'row', 'rows')} about people under their ids"
        yield told(self, at, lead, health.evidence, rows=health.rows)
