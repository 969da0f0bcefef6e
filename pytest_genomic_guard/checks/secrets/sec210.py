"""SEC210: tokens of BaseSpace and Illumina Connected Analytics."""

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


class SEC210(Check[Text]):
    """Tokens of BaseSpace and Illumina Connected Analytics.

    What it looks for
    -----------------
    accessToken, clientSecret and API keys of BaseSpace and ICA in default.cfg, settings, headers, addresses and code, where
    the platform is named near.

    Why it matters
    --------------
    They open the sequencing runs, samples and projects of an Illumina account.

    What to do instead
    ------------------
    Keep it outside of the repository and read it from the environment, a keyring or the client's own settings folder.

    References
    ----------
    - basespace/basespace-python-sdk README.md, src/BaseSpacePy/api/BaseSpaceAPI.py (clientKey, clientSecret and accessToken in
      ~/.basespacepy.cfg), read 2026-11-22
    - Not confirmed: lengths of tokens, which no client checks; the keys of Illumina Connected Analytics; default.cfg of the
      command-line client
    """

    code = "SEC210"
    name = "basespace-token"
    since = "0.1"
    mend = KEY
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
