"""SEC213: credentials of Terra, AnVIL and FireCloud."""

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


class SEC213(Check[Text]):
    """Credentials of Terra, AnVIL and FireCloud.

    What it looks for
    -----------------
    Access tokens (ya29. and the JWT of Terra's sign-in) near words of Terra, FireCloud, FISS or AnVIL, also in saved outputs,
    and the keys of pet service accounts.

    Why it matters
    --------------
    They open the workspaces of their owner, with the controlled-access data that are linked there; a key of a pet service
    account does so until it is deleted.

    What to do instead
    ------------------
    Take the credentials from the environment of the workspace (google.auth.default), and clear outputs that print them.

    References
    ----------
    - broadinstitute/fiss firecloud/api.py (a session of google.auth.default, so no token of its own), firecloud/fccore.py
      (a file of credentials), read 2026-11-22
    - Not confirmed: support.terra.bio, Pet service accounts (how they are called)
    """

    code = "SEC213"
    name = "terra-credential"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
