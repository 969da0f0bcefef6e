"""SEC303: logins in profiles of programs."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.filed import told
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.files import profiles
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC303(Check[Text]):
    """A login in the profile of a program.

    What it looks for
    -----------------
    What programs that copy files, open databases, join networks or publish packages keep: rclone, FileZilla, WinSCP, SFTP
    profiles of editors, s3cmd, boto, MinIO, DBeaver, Robo 3T, Navicat, HeidiSQL, SQL Developer, dbt and other connection
    profiles, Slurm, wireless networks, OpenVPN, WireGuard, Maven, .pypirc, .npmrc, conda channels, NuGet, Bundler, Composer,
    Cargo, Poetry, rsconnect and shinyapps, Ansible. What such a program obscures with a key that all copies of it have counts
    as clear.

    References to variables, templates and what is encrypted with a password of the person's are none.

    Why it matters
    --------------
    The profile opens the same account from any machine. Obscured passwords are turned back by programs that anybody can
    download.

    What to do instead
    ------------------
    Keep profiles outside of the repository; commit a template that names variables of the environment.

    References
    ----------
    - rclone obscure; FileZilla, WinSCP and HeidiSQL manuals; Packaging User Guide, .pypirc; npm, .npmrc
    - CWE-522, CWE-257
    """

    code = "SEC303"
    name = "client-profile"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC10", "SEC2")
    rules = profiles.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report each login of a profile."""
        yield from told(self, view, profiles.TOLD)
