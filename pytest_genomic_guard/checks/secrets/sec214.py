"""SEC214: keys of SMART on FHIR and Epic clients."""

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


class SEC214(Check[Text]):
    """Keys of SMART on FHIR and Epic clients.

    What it looks for
    -----------------
    Private keys in JSON (JWK) near words of SMART, FHIR, Epic or the algorithms RS384 and ES384, signed assertions, client
    secrets and passwords of FHIR servers.

    Why it matters
    --------------
    Who signs with the key of a registered client reads the records of all patients that the client may, without anybody
    logging in.

    What to do instead
    ------------------
    Keep the private key in a key store, and register its public half alone.

    References
    ----------
    - HL7 SMART App Launch 2.2, Backend Services
    - RFC 7517, JSON Web Key
    """

    code = "SEC214"
    name = "fhir-client-key"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
