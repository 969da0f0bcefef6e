"""PHI503: a row of one person in a table of counts."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.counted import MEND, Threshold, most, ruled
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.health import smallcells, tables
from pytest_genomic_guard.views.health.schemahints import CELLS
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding


class PHI503(Check[DataTable, Threshold]):
    """A row of one person in a table of counts.

    What it looks for
    -----------------
    Tables that count people by three traits or more at once, such as sex, age group, region and diagnosis, and in which a row
    stands for one person. What PHI501 says of counts holds here too; of such a table this is said instead.

    It fails where the policy sets a rule (`small-cell`, a pack, an entry of `data-use`), and is a note elsewhere.

    Why it matters
    --------------
    Such a row is no count any more: it is the record of somebody whom neighbours know by the first traits, with the rest of them.

    What to do instead
    ------------------
    Leave out a trait, join categories, or mask the rare rows together with others.

    References
    ----------
    - Sweeney: Simple demographics often identify people uniquely. Carnegie Mellon University 2000
    - 45 CFR 164.514(b)(1), expert determination
    """

    code = "PHI503"
    name = "rare-category-row"
    confidence = "medium"
    since = "0.1"
    mend = MEND
    rules = CELLS
    Options = Threshold

    def look(self, view: DataTable, options: Threshold) -> Iterator[Finding]:
        """Report rows of one person."""
        health = tables.of(view)
        if health is None or health.what != "rare" or not most(options):
            return
        rows = smallcells.within(view, 1)
        told = "a row of 1 person by three traits or more" if rows == 1 else "{rows} rows of 1 person by three traits or more"
        at = view.locate() if health.row is None else view.locate_row(health.row)
        yield ruled(self.finding(at, told, rows=rows), options)
