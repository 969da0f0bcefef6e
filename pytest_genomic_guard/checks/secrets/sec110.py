"""SEC110: values that look like tokens."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.mend import UNSURE
from pytest_genomic_guard.checks.secrets.vendor import told
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import vendors
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC110(Check[Text]):
    """A value that looks like a token.

    What it looks for
    -----------------
    Values with a prefix or a name that vendors use, of which the length or characters are not documented; keys for tests; account
    numbers that are half of a credential.

    Why it matters
    --------------
    Most are credentials. No documentation says so for certain, hence a warning.

    What to do instead
    ------------------
    Take it out as any credential; where it is none, allow it with a reason.

    References
    ----------
    - `source` beside each format in views/secrets/vendors, read 2026-11-22: it says what could not be confirmed
    """

    code = "SEC110"
    name = "perhaps-a-token"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = UNSURE
    inline = True
    gives_way = ("SEC10", "SEC2")
    rules = vendors.rules("SEC110")

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once."""
        yield from told(self, view)
