"""SEC301: logins of files that programs read them from."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.filed import told
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.files import logins
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC301(Check[Text]):
    """A login in a file that a program reads it from.

    What it looks for
    -----------------
    Logins by the grammar of the file: .netrc and .authinfo (`machine`, `default`), .pgpass, .my.cnf, .fetchmailrc, msmtp,
    mbsync, esmtp, postfix `sasl_passwd`, .wgetrc, .curlrc, network shares, Remmina, remote desktop, Subversion, CVS, Mercurial,
    lftp, sshpass. The name of the file has no say: they are found in archives, scripts that write them, cells and outputs of
    notebooks as well.

    Empty values, references to variables, templates, words of manuals and default passwords are none; nor are hosts of
    examples, unless the password looks drawn. Addresses with a password in them (.git-credentials) are told of as such.

    Why it matters
    --------------
    Whoever reads the file can sign in. There is neither a quote nor an equals sign in most of them, so that tools which look
    for assignments pass them over.

    What to do instead
    ------------------
    Keep the file in your home folder, outside of the repository, and name it in .gitignore. Write it in a job from the store of
    secrets of your CI.

    References
    ----------
    - netrc(5); PostgreSQL, The Password File; MySQL, Using Option Files; fetchmail(1); msmtp(1)
    - CWE-256, CWE-522
    """

    code = "SEC301"
    name = "login-file"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC10", "SEC2")
    rules = logins.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report each login of a file."""
        yield from told(self, view, logins.TOLD)
