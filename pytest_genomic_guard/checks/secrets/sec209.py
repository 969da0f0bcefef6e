"""SEC209: tokens of DNAnexus."""

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


class SEC209(Check[Text]):
    """Tokens of DNAnexus.

    What it looks for
    -----------------
    DX_SECURITY_CONTEXT and auth_token in JSON, environment files and code, DX_AUTH_TOKEN, and dx login --token.

    Why it matters
    --------------
    They open all projects of their owner, such as those of the UK Biobank Research Analysis Platform.

    What to do instead
    ------------------
    Log in with dx login, or read the token from the environment.

    References
    ----------
    - dnanexus/dx-toolkit: src/python/dxpy/__init__.py, environment, src/python/dxpy/scripts/dx.py
    """

    code = "SEC209"
    name = "dnanexus-token"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
