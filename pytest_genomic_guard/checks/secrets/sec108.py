"""SEC108: signed tokens, and headers that authorize."""

from __future__ import annotations

from bisect import bisect_right

from pytest_genomic_guard.checks.secrets.mend import KEY
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.views.secrets import headers, jwt, pem
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options


class SEC108(Check[Text]):
    """Signed tokens, and headers that authorize.

    What it looks for
    -----------------
    JSON Web Tokens: three parts in base64, of which the first is a header that names its algorithm. And headers of requests that
    hold a token or, as `Basic` does, a user with a password: in code, in commands of curl, in dumps of traffic and outputs of
    cells.

    Tokens without a signature, those that documentation prints and those signed by a key that it prints are none, nor is a header
    with a placeholder. Tokens of biomedical programmes and of vendors are told by their own checks.

    Why it matters
    --------------
    Such a token is the login: whoever sends it is taken for the one to whom it was given, with no password and from anywhere. Many
    are good for months, and a token once signed can rarely be called back.

    What to do instead
    ------------------
    Read it from the environment or a keyring when the request is made, and clear outputs that show requests.

    References
    ----------
    - RFC 7519 (JSON Web Token), RFC 7515 and RFC 7516
    - RFC 6750 (Bearer), RFC 7617 (Basic)
    - CWE-522: insufficiently protected credentials
    """

    code = "SEC108"
    name = "signed-token"
    since = "0.1"
    inline = True
    gives_way = ("SEC2", "SEC101", "SEC102", "SEC103", "SEC104", "SEC105")
    mend = KEY
    rules = (*jwt.RULES, *headers.RULES)

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each token once; a header that holds one is told by it."""
        tokens = list(jwt.found(view))
        for token in tokens:
            if token.live and not _owned(view, token.start, token.end, view.data[token.start : token.end]):
                by = f"issued by {token.issuer}" if token.issuer else "signed by its issuer"
                yield self.finding(
                    view.locate(token.start, token.end),
                    f"a JSON Web Token of {{size}} characters, {by}: whoever sends it is let in as its owner; revoke it there",
                    key=pem.holder(view.data, token.start),
                    subject="JSON Web Token",
                    size=token.end - token.start,
                )
        begins = [token.start for token in tokens]
        for header in headers.found(view):
            before = bisect_right(begins, header.end - 1)
            if before and tokens[before - 1].end > header.begin:
                continue
            if not _owned(view, header.begin, header.end, header.value):
                yield self.finding(
                    view.locate(header.start, header.end),
                    _SAID[header.kind] + " of {size} characters, which opens the service that it is sent to; revoke it there",
                    subject=_SUBJECTS[header.kind],
                    size=len(header.value),
                )


_SUBJECTS = {"Basic": "Basic header", "Bearer": "Bearer token", "token": "token in a header", "login": "password of a request"}
_SAID = {
    "Basic": "an Authorization header with a user and a password, in base64",
    "Bearer": "a Bearer token",
    "token": "a header with a token",
    "login": "a request with a password",
}


def _owned(view: Text, start: int, end: int, value: bytes) -> bool:
    from pytest_genomic_guard.views.secrets import others  # noqa: PLC0415 - for texts with a token only

    return others.owns(view, start, end, value)
