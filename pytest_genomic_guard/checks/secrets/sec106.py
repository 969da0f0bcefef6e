"""SEC106: private keys in the clear."""

from __future__ import annotations

from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import jwk, keyfiles, pem
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC106(Check[Text]):
    """Private keys in the clear.

    What it looks for
    -----------------
    Private keys that no password protects: PEM (RSA, EC, DSA, PKCS #8), OpenSSH, ssh.com, PuTTY, OpenPGP, age, WireGuard, JSON Web
    Keys with their private number, DER in files and in base64, key bags of PKCS #12. In files, code, settings, cells and outputs,
    however the lines are broken: by escapes in JSON, quotes and plus signs, indentation, or base64 around it.

    Public keys and certificates are none, nor is a header without a key behind it, or a key of which a part is left out.

    Why it matters
    --------------
    Who has the private key is its owner: logs in to the machines, signs the releases, opens what was encrypted for it, and reads
    the traffic of the server. A key of a test is one too, as long as anything trusts it.

    What to do instead
    ------------------
    Keep keys in an agent, a keyring or a vault, and make those of a test when the test runs.

    References
    ----------
    - RFC 7468, RFC 5958, RFC 8017, RFC 5915: private keys in PEM and DER
    - OpenSSH, PROTOCOL.key; PuTTY, appendix C.3; RFC 4880; C2SP, age
    - RFC 7517 and RFC 7518: JSON Web Keys
    - CWE-321: use of hard-coded cryptographic key
    """

    code = "SEC106"
    name = "private-key"
    since = "0.1"
    inline = True
    gives_way = ("SEC2", "SEC101")
    mend = KEY
    rules = (*pem.RULES, *jwk.RULES, *keyfiles.RULES)

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each key once."""
        for key in (*pem.found(view), *keyfiles.found(view)):
            if not key.locked and not _owned(view, key.start, key.end):
                yield self.finding(
                    view.locate(key.start, key.end),
                    ("an " if key.kind.startswith(_VOWELS) else "a ")
                    + key.kind
                    + (_BITS if key.bits else _SIZE if key.size else "")
                    + _OPENS,
                    key=key.key,
                    subject=key.kind,
                    size=key.size,
                    bits=key.bits,
                )
        for web in jwk.found(view):
            if not _owned(view, web.start, web.end):
                yield self.finding(
                    view.locate(web.start, web.end),
                    f"a private JSON Web Key ({web.kty}) whose private number has {{size}} characters" + _OPENS,
                    key=pem.holder(view.data, web.start),
                    subject="private JSON Web Key",
                    size=web.size,
                )


_VOWELS = ("RSA", "EC ", "Op", "SSH2", "age")
_BITS = " of {bits} bits"
_SIZE = " of {size} characters"
_OPENS = ", which no password protects: whoever reads it can act as its owner; revoke what trusts it, and make another"


def _owned(view: Text, start: int, end: int) -> bool:
    """Tell whether a check of a programme or of a cloud tells of it: a service account is reported by its project."""
    from pytest_genomic_guard.views.secrets import others  # noqa: PLC0415 - for texts with a key only

    near = view.data[max(view.segment(start).start, start - 400) : start]
    return b"private_key_id" in near or others.owns(view, start, end)
