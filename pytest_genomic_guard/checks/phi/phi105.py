"""PHI105: a table of identified people."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.mend import IDENTIFIED
from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Check, Identifiers
from pytest_genomic_guard.views.health import listhints, tabled, tables
from pytest_genomic_guard.views.health.setting import INVENTED
from pytest_genomic_guard.views.health.tablehints import PEOPLE_HINTS
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class PHI105(Check[DataTable]):
    """A table of identified people.

    What it looks for
    -----------------
    Tables of any format (delimited text, workbooks, databases, JSON, pages, saved outputs of notebooks, statements of SQL) whose
    rows, columns or pairs are people, with identifiers of the Safe Harbor rule beside something about their health: a name and
    a diagnosis, a medical record number and a laboratory result, a Medicare number and dates of claims. A column counts where its
    name speaks of it, in one of several languages, and six in ten of its cells agree; a table without names of columns needs
    cells of two kinds that are like nothing else.

    Contacts, employees, customers, authors and providers without anything about health are none. Tables whose values are all
    reserved or placeholders are PHI401's, a note; up to six people in source code or documentation are PHI302's, a warning.

    Why it matters
    --------------
    A name beside a diagnosis is what the law protects. A repository is copied at every clone, and what was pushed once stays in
    its history, in forks and in caches.

    What to do instead
    ------------------
    Keep the table where patient data belong, and read it from a path that is configured. For tests make people up: names such as
    `Test Patient`, Social Security numbers that begin with 9, telephone numbers of 555-0100 to 555-0199.

    References
    ----------
    - 45 CFR 164.514(b)(2)(i), identifiers of the Safe Harbor rule
    - 45 CFR 160.103, individually identifiable health information
    """

    code = "PHI105"
    name = "table-of-people"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)",)
    mend = IDENTIFIED
    rules = (*PEOPLE_HINTS, *listhints.RULES)

    def look(self, view: DataTable, options: Options) -> Iterator[Finding | Identifiers]:  # noqa: ARG002 - it has none
        """Report a table in which people can be told; what texts list are tables, too (`views.health.listed`)."""
        health = tables.of(view)
        if health is None or health.what != "identified":
            return
        if (health.people or health.rows) <= INVENTED and all(each.setting != "data" for each in tabled.found(view)):
            return
        if health.names:
            yield Identifiers(values=health.names)
        at = view.locate() if health.row is None else view.locate_row(health.row)
        lead = f"a {health.format} with {counted(health.rows, 'row', 'rows')}"
        yield told(self, at, lead, health.evidence, rows=health.rows)
