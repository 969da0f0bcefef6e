"""PHI206: a limited data set."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import ROW_LEVEL
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import listhints, setting, tables
from pytest_genomic_guard.views.health.setting import INVENTED
from pytest_genomic_guard.views.health.tablehints import PEOPLE_HINTS
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI206(Check[DataTable]):
    """A limited data set.

    What it looks for
    -----------------
    Tables with a row for each patient or event, without names, but with what a limited data set may keep: dates of care finer
    than a year beside postal codes, coordinates or ages of 90 and more; or birth dates beside dates of care, a postal code or the
    id of a participant. Something about health has to stand beside them.

    Why it matters
    --------------
    Day of admission, postal code and age single out most people of a town. Such data are protected health information still, and
    may be used under a data use agreement only.

    What to do instead
    ------------------
    Keep the table where the agreement puts it. Where rows must be shown, keep years alone, three digits of the postal code, and
    `90+` for the oldest.

    References
    ----------
    - 45 CFR 164.514(e), limited data set
    - 45 CFR 164.514(b)(2)(i)(B) and (C)
    """

    code = "PHI206"
    name = "limited-data-set"
    since = "0.1"
    clauses = ("45 CFR 164.514(e)",)
    mend = ROW_LEVEL
    rules = (*PEOPLE_HINTS, *listhints.RULES)

    def look(self, view: DataTable, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report rows about people whom dates and places tell."""
        health = tables.of(view)
        if health is None or health.what != "limited":
            return
        if setting.of(view.artifact, view.trail) != "data" and health.rows <= INVENTED:
            return
        at = view.locate() if health.row is None else view.locate_row(health.row)
        lead = f"a limited data set with {counted(health.rows, 'row', 'rows')}"
        yield told(self, at, lead, health.evidence, rows=health.rows)
