"""SEC203: tokens of the Genomic Data Commons."""

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


class SEC203(Check[Text]):
    """Tokens of the Genomic Data Commons.

    What it looks for
    -----------------
    Tokens of the GDC behind a name or a header such as X-Auth-Token near its address or its client, and files that are named
    as the portal names its downloads (gdc-user-token.*.txt).

    Sample and file UUIDs of manifests and paths of token files are no finding.

    Why it matters
    --------------
    A token opens the controlled-access files of all dbGaP projects of its owner for 30 days.

    What to do instead
    ------------------
    Give gdc-client the path of a token file outside of the repository (-t).

    References
    ----------
    - NCI-GDC/gdc-client: gdc_client/auth/auth.py
    - docs.gdc.cancer.gov, Obtaining an Authentication Token
    """

    code = "SEC203"
    name = "gdc-token"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
