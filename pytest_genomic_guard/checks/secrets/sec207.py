"""SEC207: credentials of Synapse."""

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


class SEC207(Check[Text]):
    """Credentials of Synapse.

    What it looks for
    -----------------
    Personal access tokens of Synapse (JWT by its issuer), and what stands behind authtoken, apikey and password in
    .synapseConfig, SYNAPSE_AUTH_TOKEN, login() and synLogin().

    Why it matters
    --------------
    They open the projects and the controlled-access data of their owner on Synapse.

    What to do instead
    ------------------
    Keep it in ~/.synapseConfig or in SYNAPSE_AUTH_TOKEN, and call login() without arguments.

    References
    ----------
    - Sage-Bionetworks/synapsePythonClient: synapseclient/core/credentials/credential_provider.py
    """

    code = "SEC207"
    name = "synapse-token"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
