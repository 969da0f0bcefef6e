"""SEC401: a secret that is assigned to a name."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.assignments import findings
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.code.python import Python
from pytest_genomic_guard.views.secrets.assigned_rules import RULES
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC401(Check[Text | Python]):
    """A secret that is assigned to a name.

    What it looks for
    -----------------
    A value behind the name of a secret (password, token, API key, client secret and the like, in several languages and ways of
    writing names) that looks drawn at random, or that is a password as people choose them: assignments and arguments in programs,
    settings (YAML, TOML, INI, JSON, XML, properties, Terraform, environment files), commands, SQL, query strings, prose, and what
    programs printed. The Python of files and cells is also read as a tree: tuples, defaults of options, joined constants.

    References to where a secret is kept, templates, examples, well-known defaults, digests and revisions, names that only look so
    (pad_token, primary_key, password_hash) are none; nor is a random value without such a name. What a more specific check names
    is left to it.

    Why it matters
    --------------
    Whoever reads the repository, a clone, a fork or the history has the secret, and bots read public ones within minutes.

    What to do instead
    ------------------
    Read it from the environment, a keyring or a secret manager at run time, and commit the name only. Change the secret where it
    was given out: deleting the line leaves it in the history.

    References
    ----------
    - CWE-798, use of hard-coded credentials
    - NIST SP 800-53 IA-5(7), no embedded unencrypted static authenticators
    """

    code = "SEC401"
    name = "assigned-secret"
    confidence = "medium"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC10", "SEC2", "SEC3")
    rules = RULES

    def look(self, view: Text | Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report values that are secrets."""
        yield from findings(self, view, sure=True)
