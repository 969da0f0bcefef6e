"""SEC205: logins of the European Genome-phenome Archive."""

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


class SEC205(Check[Text]):
    """Logins of the European Genome-phenome Archive.

    What it looks for
    -----------------
    Login files of pyega3 (a JSON object of username and password alone, with an address of mail or under a name of EGA),
    passwords of EGA accounts and submission boxes in settings, code and commands (also of lftp, ftp and sshpass), tokens that
    EGA issued.

    Why it matters
    --------------
    The login downloads every dataset that a data access committee granted its owner.

    What to do instead
    ------------------
    Keep the login file in the home folder, unreadable for others, and give pyega3 its path (-cf).

    References
    ----------
    - EGA-archive/ega-download-client: pyega3/libs/credentials.py, README.md
    - ega-archive.org, Using the EGA Download Client (EgaDemoClient, which is given a user and a password) and Uploading files
      (SFTP to inbox.ega-archive.org, submission boxes ega-box-NNN), read 2026-11-22
    """

    code = "SEC205"
    name = "ega-login"
    since = "0.1"
    mend = CONTROLLED
    inline = True
    rules = rules.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each credential of its programmes."""
        yield from biomedical.told(self, view)
