"""SEC215: logins of OMOP databases."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets import biomedical
from pytest_genomic_guard.checks.secrets.mend import CONTROLLED
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.programmes import rules
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC215(Check[Text]):
    """Logins of OMOP databases.

    What it looks for
    -----------------
    Passwords in createConnectionDetails(), connection strings and addresses of databases where OMOP, OHDSI or a CDM is named
    near.

    The passwords that examples and local installations come with are no finding.

    Why it matters
    --------------
    They open the records of all patients of a common data model.

    What to do instead
    ------------------
    Read it from a keyring: password = keyring::key_get(...), or from the environment.

    References
    ----------
    - OHDSI/DatabaseConnector: R/Connect.R
    """

    code = "SEC215"
    name = "omop-login"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
