"""SEC211: keys of public databases."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets import biomedical
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.programmes import rules
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC211(Check[Text]):
    """Keys of public databases.

    What it looks for
    -----------------
    API keys of NCBI (36 hexadecimal digits) in ENTREZ_KEY, NCBI_API_KEY, Entrez.api_key, set_entrez_key() and addresses; of
    openFDA and BioGRID.

    Why it matters
    --------------
    Such a key opens no controlled data. It names its owner, and whoever uses it spends and can block the owner's quota.

    What to do instead
    ------------------
    Keep it outside of the repository and read it from the environment, a keyring or the client's own settings folder.

    References
    ----------
    - NLM KA-05317, API keys of the E-utilities
    - ropensci/rentrez: R/api_keys.r
    - open.fda.gov, Authentication
    """

    code = "SEC211"
    name = "public-database-key"
    severity = "warning"
    since = "0.1"
    mend = KEY
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
