"""PHI501: counts of few people."""

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


class PHI501(Check[DataTable, Threshold]):
    """Counts of few people.

    What it looks for
    -----------------
    Tables that count people by diagnosis, sex, ethnicity, age group, site, region and the like, where a cell has 1 to `small-cell`
    people (10 unless the policy says otherwise; 20 where `data-use` names All of Us), both ends included. A cell counts too
    that can be worked out: from a total and a percentage, or as the only masked one under a total. Zero is no small cell.

    The count has a name for people (patients, deaths, participants), or the name of any count beside a diagnosis, a drug or
    another category that only health has; groups side by side (female, male, total) count as well, and so do the cells of a
    table of characteristics such as `7 (3.5%)`.

    It fails where the policy sets a rule: `small-cell`, a pack, or an entry of `data-use`. Elsewhere it is a note. `small-cell: 0`
    switches it off. Quiet: confusion matrices, counts of features, genes, files, publications, predictions and answers.

    Why it matters
    --------------
    Who knows that somebody is the only one of a group reads the rest from the table. So the owners of data forbid to publish
    cells of few people, also those that a subtraction gives back.

    What to do instead
    ------------------
    Mask the small cells and a second one in the same row and column, or join categories until none is small.

    References
    ----------
    - Centers for Medicare & Medicaid Services: cell size suppression policy (1 to 10)
    - All of Us Research Program: data and statistics dissemination policy (1 to 20)
    - 45 CFR 164.514(b)(1), expert determination
    """

    code = "PHI501"
    name = "small-cells"
    confidence = "medium"
    since = "0.1"
    mend = MEND
    rules = CELLS
    Options = Threshold

    def look(self, view: DataTable, options: Threshold) -> Iterator[Finding]:
        """Report counts of people that are too small."""
        health = tables.of(view)
        least = most(options)
        if health is None or health.what != "small-cells" or not least or health.smallest > least:
            return
        cells = smallcells.within(view, least)
        told = "a count of people of {least} or less" if cells == 1 else "{cells} counts of people of {least} or less"
        at = view.locate() if health.row is None else view.locate_row(health.row)
        yield ruled(self.finding(at, told, cells=cells, least=least), options)
