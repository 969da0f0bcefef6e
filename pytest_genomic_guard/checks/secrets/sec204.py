"""SEC204: credentials of Gen3 data commons."""

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


class SEC204(Check[Text]):
    """Credentials of Gen3 data commons.

    What it looks for
    -----------------
    The api_key and key_id of a credentials.json, and the tokens (JWT) that fence issues, in files, code, outputs and
    requests.

    Why it matters
    --------------
    They open the controlled-access data of a commons (BioData Catalyst, the Cancer Research Data Commons, AnVIL and others)
    for their owner; an API key lasts 30 days.

    What to do instead
    ------------------
    Keep credentials.json in ~/.gen3, and give Gen3Auth its path.

    References
    ----------
    - uc-cdis/gen3sdk-python gen3/auth.py (api_key of the key file is a JWT), read 2026-11-22
    - uc-cdis/fence fence/jwt/token.py (generate_api_key: RS256, claim pur), fence/blueprints/storage_creds/api.py (key_id beside
      api_key), fence/config-default.yaml (MAX_API_KEY_TTL, 30 days), read 2026-11-22
    """

    code = "SEC204"
    name = "gen3-credential"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
