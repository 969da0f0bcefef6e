"""COD107: certificates that are not verified."""

from __future__ import annotations

import ast

from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.told import excused, last, root, told
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.code.nodes import telling
from pytest_genomic_guard.views.code.python import Python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options
    from pytest_genomic_guard.views.code.names import Use

_OFF = Rule(
    name="unverified-certificate",
    anchors=(b"verify", b"_create_unverified", b"check_hostname", b"CERT_NONE", b"ssl=", b"ssl =", b"tlsAllowInvalid", b"_certs"),
    pattern=rb"(?:(?:verify\w{0,20}|check_hostname|ssl|_certs)[\"']?\]?[ \t]{0,4}[=:][ \t]{0,4}(?:\w|0\b)"
    rb"|_create_unverified|CERT_NONE|tlsAllowInvalid)",
)
_OTHERS = frozenset(
    ("jwt", "jose", "pyjwt", "itsdangerous", "gnupg", "git", "hashlib", "pandas", "torch", "numpy", "jsonschema", "datasets")
)
_WEB = frozenset(
    (  # noqa: SIM905 - one line instead of twenty
        "get options head post put patch delete request stream send Client AsyncClient Session client resource api connect login "
        "Elasticsearch OpenSearch MongoClient ClientSession TCPConnector download urlopen upload"
    ).split()
)
_NAMES = ("verify", "verify_ssl", "verify_certs", "ssl_verify", "verify_tls", "validate_certs", "ssl", "verify_peer")
_KEYS, _ENDS = (*_NAMES, "tlsAllowInvalidCertificates"), ("_create_unverified_context", "CERT_NONE")


class COD107(Check[Python]):
    """Certificates that are not verified.

    What it looks for
    -----------------
    `verify=False` and its kin (`verify_ssl`, `verify_certs`, `ssl=False`, `tlsAllowInvalidCertificates=True`) in calls that reach
    a server, `session.verify = False`, `ssl._create_unverified_context`, `check_hostname = False` and `CERT_NONE`. A name that
    stands for a constant is looked up. `jwt.decode(verify=False)` is about signatures, and not meant.

    What bandit calls B501 and B323. A warning, as it opens no door by itself: whoever sits between the program and the server has
    to come first.

    Why it matters
    --------------
    Anybody on the way (a proxy, the network of a hotel) reads and changes what is sent: tokens, patients' records, weights that
    are loaded afterwards.

    What to do instead
    ------------------
    Give the certificate of your institution: `verify="/etc/ssl/certs/institution.pem"`, or `REQUESTS_CA_BUNDLE`.

    References
    ----------
    - CWE-295
    - bandit B501, B323
    """

    code = "COD107"
    name = "unverified-certificate"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = CODE
    rules = (_OFF,)

    def look(self, view: Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report calls and assignments that switch verification off."""
        for use in program(view).some(last=_ENDS, keys=_KEYS):
            what, tests = _off(use)
            if what:
                yield from told(self, view, use, f"{what}: any certificate is accepted{tests}", ("B501", "B323"))
        for source in view.sources:
            for node in telling(view, source):
                what = _assigned(node)
                if what and not excused(view, source, node, (self.code, "B501")):
                    yield self.finding(view.at(source, node), f"{what}: any certificate is accepted")


def _off(use: Use) -> tuple[str, str]:
    """Return what is switched off, and how bandit calls it."""
    if use.name == "ssl._create_unverified_context":
        return "ssl._create_unverified_context", " (bandit B323)"
    if use.name == "ssl.CERT_NONE" and not use.called:
        return "ssl.CERT_NONE", ""
    if not use.called or root(use.name) in _OTHERS:
        return "", ""
    for name in _NAMES:
        if constants.false(use.argument(name), use.scope) and (name not in {"ssl", "verify"} or last(use.name).strip("()") in _WEB):
            return (f"{name}=False", " (bandit B501)" if root(use.name) in {"requests", "httpx"} else "")
    if constants.true(use.argument("tlsAllowInvalidCertificates"), use.scope):
        return "tlsAllowInvalidCertificates=True", ""
    return "", ""


def _assigned(node: ast.AST) -> str:
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant) or node.value.value is not False:
        return ""
    for target in node.targets:
        if isinstance(target, ast.Attribute) and target.attr in {"verify", "check_hostname", "verify_ssl", "ssl_verify"}:
            return f"{target.attr} = False"
    return ""
