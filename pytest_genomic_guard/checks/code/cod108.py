"""COD108: queries of a database that are put together."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.shells import QUERY, queries
from pytest_genomic_guard.checks.code.told import excused
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.code.python import Python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class COD108(Check[Python]):
    """Queries of a database that are put together.

    What it looks for
    -----------------
    A statement of SQL with something filled in by `%`, `+`, `format` or an f-string, given to `execute`, `executemany`,
    `executescript`, `read_sql`, `spark.sql`, `sqlalchemy.text` and the like, at once or through a name that holds it. Values that
    are constants of the program are no input of others.

    What bandit calls B608. Statements that are put together and not seen to be run are COD109.

    Why it matters
    --------------
    The value ends the string and goes on as SQL: `'; DROP TABLE` in an identifier of a patient, or another cohort's rows.

    What to do instead
    ------------------
    Parameters: `cursor.execute("SELECT ... WHERE id = ?", (person,))`. Names of tables and columns from a list of your own.

    References
    ----------
    - PEP 249, paramstyle
    - CWE-89
    - bandit B608
    """

    code = "COD108"
    name = "sql-injection"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = CODE
    rules = (QUERY,)

    def look(self, view: Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report statements with something filled in."""
        seen: set[int] = set()
        for use, source, node in queries(view):
            if id(node) not in seen and not excused(view, source, node, (self.code, "B608")):
                seen.add(id(node))
                yield self.finding(view.at(source, node), "a statement of SQL that is put together (bandit B608)", key=use.key)
