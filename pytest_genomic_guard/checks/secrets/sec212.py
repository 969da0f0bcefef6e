"""SEC212: keys of UMLS."""

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


class SEC212(Check[Text]):
    """Keys of UMLS.

    What it looks for
    -----------------
    API keys of the UMLS Terminology Services (UUID) in settings, addresses and code, VSAC and RxNorm clients included.

    Why it matters
    --------------
    Such a key downloads vocabularies that only licensees may have, in the name of its owner.

    What to do instead
    ------------------
    Keep it outside of the repository and read it from the environment, a keyring or the client's own settings folder.

    References
    ----------
    - documentation.uts.nlm.nih.gov, Authentication
    """

    code = "SEC212"
    name = "umls-key"
    severity = "warning"
    since = "0.1"
    mend = KEY
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
