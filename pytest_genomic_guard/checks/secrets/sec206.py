"""SEC206: API tokens of REDCap."""

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


class SEC206(Check[Text]):
    """API tokens of REDCap.

    What it looks for
    -----------------
    Tokens of 32 (super tokens: 64) hexadecimal digits behind a name or in a call of PyCap, REDCapR, redcapAPI, httr, RCurl,
    requests or curl, where REDCap is named near, also when a variable passes them on; in .Renviron, settings and credential
    tables; in saved outputs and tracebacks.

    An md5 sum in a text that speaks of REDCap is no finding.

    Why it matters
    --------------
    A token exports the records of all participants of its project, identifiers included, and imports and deletes them where
    its owner may.

    What to do instead
    ------------------
    Keep it outside of the repository and read it from the environment, a keyring or the client's own settings folder. In R:
    keyring, or Sys.getenv with a .Renviron in the home folder.

    References
    ----------
    - redcap-tools/PyCap redcap/methods/base.py (32 characters)
    - OuhscBbmc/REDCapR R/sanitize-token.R (32 hexadecimal digits of either case, unless an institution sets another pattern, which
      only the name of a value tells then), inst/misc/example.credentials (columns of a table), read 2026-11-22
    - vubiostat/redcapAPI R/redcapConnection.R, R/unlockREDCap.R (one string, whose length is not checked), read 2026-11-22
    - A super token of 64 digits is not confirmed by any of these clients
    """

    code = "SEC206"
    name = "redcap-token"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
