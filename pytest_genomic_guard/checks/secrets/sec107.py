"""SEC107: private keys that a password locks."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.mend import LOCKED
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import keyfiles, pem
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC107(Check[Text]):
    """Private keys that a password locks.

    What it looks for
    -----------------
    Private keys that are encrypted by a password: PEM with `Proc-Type: 4,ENCRYPTED` or `ENCRYPTED PRIVATE KEY`, OpenSSH keys whose
    header names a cipher, PuTTY keys with an encryption, OpenPGP secret keys that are protected, and stores that hold private keys:
    PKCS #12 (.p12, .pfx) and Java key stores (.jks).

    Why it matters
    --------------
    A copy of the file can be tried against lists of passwords at leisure, for years. Its password is often in the same repository.

    What to do instead
    ------------------
    Keep it outside of the repository, as one in the clear; make those of a test when the test runs.

    References
    ----------
    - RFC 1421 4.6.1.1 (Proc-Type), RFC 5958 (EncryptedPrivateKeyInfo), RFC 7292 (PKCS #12)
    - OpenSSH, PROTOCOL.key; PuTTY, appendix C.3; RFC 4880 5.5.3
    """

    code = "SEC107"
    name = "locked-private-key"
    severity = "warning"
    since = "0.1"
    inline = True
    gives_way = ("SEC2", "SEC106")
    mend = LOCKED
    rules = (*pem.RULES, *keyfiles.RULES)

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each key once."""
        for key in (*pem.found(view), *keyfiles.found(view)):
            if key.locked:
                template = (
                    key.kind
                    + (" of {size} characters" if key.size else "")
                    + ", which a password locks: it can be tried at leisure"
                )
                yield self.finding(view.locate(key.start, key.end), template, key=key.key, subject=key.kind, size=key.size)
