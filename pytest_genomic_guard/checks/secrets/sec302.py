"""SEC302: hashes of passwords."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.filed import told
from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets.files import hashes
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC302(Check[Text]):
    """The hash of a password.

    What it looks for
    -----------------
    Hashes of passwords by their whole form: crypt (MD5, bcrypt, SHA-256, SHA-512, scrypt, yescrypt; DES in files of accounts),
    Apache, LDAP, Django, Werkzeug, argon2, PBKDF2, phpass, and Windows hashes as programs dump them. They stand in .htpasswd,
    shadow, fixtures, dumps of databases and set-up scripts.

    Locked accounts (`!`, `*`) have none. In tests, documentation and examples SEC402 tells of a hash, unless the file is one of
    accounts.

    Why it matters
    --------------
    A hash can be tried against billions of guesses an hour, and nobody notices. People use a password in more than one place.

    What to do instead
    ------------------
    Leave accounts out of fixtures and images, or make them with a password that is drawn at run time.

    References
    ----------
    - crypt(5); Apache httpd, Password Formats; Django, Password management
    - CWE-916, CWE-522
    """

    code = "SEC302"
    name = "password-hash"
    since = "0.1"
    mend = KEY
    inline = True
    gives_way = ("SEC10", "SEC2")
    rules = hashes.RULES

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report each hash."""
        yield from told(self, view, hashes.TOLD)
