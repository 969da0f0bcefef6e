"""SEC208: tokens of Seven Bridges, CAVATICA and the Cancer Genomics Cloud."""

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


class SEC208(Check[Text]):
    """Tokens of Seven Bridges, CAVATICA and the Cancer Genomics Cloud.

    What it looks for
    -----------------
    Authentication tokens of 32 hexadecimal digits in ~/.sevenbridges/credentials, SB_AUTH_TOKEN, the X-SBG-Auth-Token header,
    calls of sevenbridges.Api and Auth, where the platform is named near.

    Why it matters
    --------------
    They open all projects of their owner, with the controlled-access data that were copied or linked there.

    What to do instead
    ------------------
    Keep it in ~/.sevenbridges/credentials or in SB_AUTH_TOKEN.

    References
    ----------
    - sbg/sevenbridges-python: sevenbridges/config.py, docs/quickstart.rst
    """

    code = "SEC208"
    name = "seven-bridges-token"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
