"""SEC305: secrets among environment variables."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.filed import told
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.files import environment
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC305(Check[Text]):
    """A secret among the variables of the environment.

    What it looks for
    -----------------
    Lines that set a variable whose name is that of a secret: .env, .Renviron, .envrc, docker `--env-file`, `Environment=` of
    units, ENV and ARG of images, `export` and `%env`, without quotes as these have none, and with quotes where the whole file
    is of this kind.

    Placeholders, references, paths, words and default passwords are none. In templates (`.env.example`) only what looks drawn
    at random counts.

    Why it matters
    --------------
    Such a file is what all the others were emptied into. It is committed more often than any other file of credentials.

    What to do instead
    ------------------
    Name the file in .gitignore, commit a template without values, and let the CI set the variables from its store of secrets.

    References
    ----------
    - R, Startup; systemd.exec(5); Docker, Environment variables
    - CWE-526
    """

    code = "SEC305"
    name = "environment-file"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC10", "SEC2")
    rules = environment.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report each secret that is set."""
        yield from told(self, view, environment.TOLD)
