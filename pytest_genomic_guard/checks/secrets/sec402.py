"""SEC402: a value that may be a secret, assigned to a name."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.assignments import findings
from pytest_genomic_guard.checks.secrets.filed import told
from pytest_genomic_guard.checks.secrets.mend import UNSURE
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.code.python import Python
from pytest_genomic_guard.views.secrets.assigned_rules import RULES
from pytest_genomic_guard.views.secrets.files import hashes
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC402(Check[Text | Python]):
    """A value that may be a secret, assigned to a name.

    What it looks for
    -----------------
    The same as SEC401 with less certainty: passwords that people choose in tests, documentation, examples, prose and printed text;
    short drawn values; drawn values behind names that may be of a secret (session, auth, keys of other kinds); hashes of passwords
    in tests, documentation and examples.

    Why it matters
    --------------
    A password of a test is often that of the server which the test was first run against, and people use passwords again.

    What to do instead
    ------------------
    Make test secrets at run time, or write a placeholder such as `<password>`. Where the value opens nothing, allow it beside the
    line and say why.

    References
    ----------
    - CWE-798, use of hard-coded credentials
    """

    code = "SEC402"
    name = "assigned-perhaps"
    severity = "warning"
    confidence = "low"
    since = "0.1"
    mend = UNSURE
    inline = True
    gives_way = ("SEC1", "SEC2", "SEC3", "SEC401")
    rules = (*RULES, *hashes.RULES)

    def look(self, view: Text | Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report values that may be secrets."""
        yield from findings(self, view, sure=False)
        if isinstance(view, Text):
            yield from told(self, view, hashes.TOLD)
