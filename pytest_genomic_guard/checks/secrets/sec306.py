"""SEC306: passwords and tokens of Jupyter."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.filed import told
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.files import jupyter
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC306(Check[Text]):
    """A password or token of Jupyter.

    What it looks for
    -----------------
    Hashes of passwords (`argon2:`, `sha1:`) and tokens in the configuration of Jupyter servers; addresses with `?token=` in
    logs and outputs; files of running servers; cookie secrets, keys and API tokens of JupyterHub and of its Helm values.

    An empty token, which switches authentication off, and references are none.

    Why it matters
    --------------
    The token opens a shell with the rights of whoever runs the notebook, next to the data.

    What to do instead
    ------------------
    Leave the configuration in ~/.jupyter; clear outputs; set hub secrets from the environment.

    References
    ----------
    - Jupyter Server, Security in the Jupyter Server; JupyterHub, Security settings; Zero to JupyterHub
    - CWE-522
    """

    code = "SEC306"
    name = "jupyter-login"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC10", "SEC2")
    rules = jupyter.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report each password and token."""
        yield from told(self, view, jupyter.TOLD)
