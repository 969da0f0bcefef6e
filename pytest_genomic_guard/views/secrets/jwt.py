"""JSON Web Tokens (RFC 7519): what says that a text is one, who issued it, and whether it is an example that opens nothing.

A header and a payload are read only to tell the kind; neither leaves. Issuers are told by the host that they name in `iss`. Read
2026-11-22: uc-cdis/fence `fence/jwt/token.py` (`pur` and `context.user` in the payload) and `fence/config-default.yaml`
(sts.nih.gov and stsstg.nih.gov, NIH RAS), Sage-Bionetworks/Synapse-Repository-Services `OIDCTokenManagerImplTest.java` (a host of
sagebase.org). The other hosts are general knowledge, their documentation not opened.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

# `{"`, `{ "`, and a brace and a line feed, in base64: what the header begins with, wherever it stands
_HEADS = (b"eyJ", b"eyAi", b"ewog", b"ewoJ", b"ew0K")
RULE = Rule(
    name="json-web-token",
    anchors=_HEADS,
    pattern=rb"(?:(?<![\w.-])|(?<=%20))ey?[\w-]{10,2000}+\.[\w-]{10,20000}+(?:\.[\w-]{16,2048}+)(?:\.[\w-]{8,20000}+\.[\w-]{16,64}+)?(?![\w-])",
)
RULES = (RULE,)

# label of an issuer, the end of the host in `iss`; the first that fits
_HOSTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("NIH RAS", ("sts.nih.gov", "stsstg.nih.gov", "auth.nih.gov", "authtest.nih.gov")),
    ("Synapse", ("sagebase.org", "synapse.org")),
    ("EGA", ("ega.ebi.ac.uk", "ega-archive.org")),
    ("Life Science AAI", ("lifescience-ri.eu", "elixir-czech.org", "elixir-europe.org")),
    ("Terra", ("terradevb2c.b2clogin.com", "terraprodb2c.b2clogin.com", "terra.bio", "firecloud.org", "broadinstitute.org")),
    ("Seven Bridges", ("sbgenomics.com", "sevenbridges.com")),
    ("Azure AD", ("login.microsoftonline.com", "sts.windows.net", "login.windows.net", "b2clogin.com", "ciamlogin.com")),
    ("Firebase", ("securetoken.google.com", "session.firebase.google.com")),
    ("Google", ("accounts.google.com", "gserviceaccount.com", "googleapis.com")),
    ("Auth0", ("auth0.com",)),
    ("Okta", ("okta.com", "oktapreview.com", "okta-emea.com")),
    ("AWS Cognito", ("amazonaws.com",)),
    ("GitHub", ("githubusercontent.com", "github.com")),
    ("GitLab", ("gitlab.com",)),
    ("Supabase", ("supabase.co", "supabase")),
    ("Globus", ("globus.org",)),
    ("CILogon", ("cilogon.org",)),
    ("ORCID", ("orcid.org",)),
    ("Apple", ("appleid.apple.com",)),
    ("Kubernetes", ("kubernetes", "kubernetes.default.svc", "cluster.local")),
    ("Databricks", ("databricks.com", "azuredatabricks.net")),
)
BIOMEDICAL = frozenset({"NIH RAS", "Gen3", "Synapse", "EGA", "Life Science AAI", "Terra", "Seven Bridges"})
_HOST = regex(r"^(?:https?://)?(?:[^/@\s]{1,100}@)?([\w.-]{1,200})")
_NUMBER, _NAME = "1234567890", "john doe"  # of the token that jwt.io and its copies show
# keys that are printed in documentation, with which no service signs
_PRINTED = (b"secret", b"your-256-bit-secret", b"your-384-bit-secret", b"your-512-bit-secret", b"key", b"password", b"changeme")
_LONG = b"a-string-secret-at-least-256-bits-long"
_WORDS = regex(rb"(?i)signature|invalid|fake_?sig")  # in the place of a signature
_CLAIMS = frozenset(
    (
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "scope",
        "scp",
        "azp",
        "client_id",
        "email",
        "uid",
        "user_id",
        "role",
        "roles",
    )
)
_BEGINS = (b"eyJhbGci", b"eyJ0eXAi", b"eyJraWQi", b"eyJlbmMi", b"eyJjdHki", b"eyJ4NXQi")  # alg, typ, kid, enc, cty, x5t


class Token(Record):
    """A token: from where to where, who issued it by a name of ours, or nobody known; whether it can open something."""

    start: int
    end: int
    issuer: str = ""
    live: bool = True
    sealed: bool = False  # encrypted for its reader (RFC 7516)


def found(view: Text) -> Iterator[Token]:
    """Yield the tokens of a text in order."""
    for start, end in view.matches(RULE):
        token = told(view.data[start:end])
        if token:
            yield token.replace(start=start, end=end)


def issuer(value: bytes) -> str:
    """Return who issued a token, by a name out of a closed list; "" when that is nobody known, or when it is no token."""
    token = told(value)
    return token.issuer if token else ""


def told(value: bytes) -> Token | None:
    """Return what a text is told to be, or None when it is no token."""
    parts = value.split(b".")
    if len(parts) not in {3, 5}:
        return None
    header = _json(parts[0])
    if header is None and not value.startswith(_BEGINS):
        return None
    if header is not None and not isinstance(header.get("alg"), str):
        return None
    size = len(value)
    if len(parts) == 5:
        return Token(start=0, end=size, sealed=True) if header and "enc" in header else None
    payload = _json(parts[1])
    if payload is None:  # cut or broken: what is left must look drawn
        return Token(start=0, end=size) if header and values.drawn(parts[1]) and values.drawn(parts[2]) else None
    return Token(start=0, end=size, issuer=_issuer(payload), live=_is_live(header or {}, payload, parts))


def _is_live(header: dict[str, object], payload: dict[str, object], parts: list[bytes]) -> bool:
    """Tell whether a token may open something: it is signed, and by a key that nobody has printed."""
    if str(header.get("alg", "")).lower() == "none" or len(set(parts[2])) < 8:
        return False
    if str(payload.get("sub", "")) == _NUMBER and str(payload.get("name", _NAME)).lower() == _NAME:
        return False
    if payload.get("role") == "anon" and _issuer(payload) == "Supabase":
        return False  # made to stand in pages
    if _CLAIMS.isdisjoint(payload) and len(payload) <= 2 and sum(len(str(each)) for each in payload.values()) < 24:
        return False  # as {"some": "payload"}
    return not _is_signed(parts)


def _is_signed(parts: list[bytes]) -> bool:
    """Tell whether a key that documentation prints gives the signature, or words stand for one."""
    import hmac  # noqa: PLC0415 - few texts hold a token
    from binascii import Error, a2b_base64  # noqa: PLC0415 - as above

    if _WORDS.search(parts[2]):
        return True
    try:
        signature = a2b_base64(parts[2].replace(b"-", b"+").replace(b"_", b"/") + b"===")
    except Error:
        return False
    if signature.isascii():
        return True  # words stand for it
    digest = {32: "sha256", 48: "sha384", 64: "sha512"}.get(len(signature))
    signed = b".".join(parts[:2])
    return digest is not None and any(hmac.digest(key, signed, digest) == signature for key in (*_PRINTED, _LONG))


def _issuer(payload: dict[str, object]) -> str:
    said = payload.get("iss")
    match = _HOST.match(said.lower()) if isinstance(said, str) else None
    host = match.group(1) if match else ""
    for label, ends in _HOSTS:
        if any(host == end or host.endswith("." + end) for end in ends):
            return label
    context = payload.get("context")
    if payload.get("pur") in {"access", "api_key", "refresh", "id", "session"} or (isinstance(context, dict) and "user" in context):
        return "Gen3"
    if isinstance(said, str) and said.endswith("gserviceaccount.com"):
        return "Google"
    if isinstance(said, str) and "/realms/" in said:
        return "Keycloak"
    return "Kubernetes" if "kubernetes.io" in payload else ""


def _json(part: bytes) -> dict[str, object] | None:
    """Return the object that a part is in base64, or None."""
    import json  # noqa: PLC0415 - few texts hold a token
    from binascii import Error, a2b_base64  # noqa: PLC0415 - as above

    try:
        said = json.loads(a2b_base64(part.replace(b"-", b"+").replace(b"_", b"/") + b"==="))
    except (Error, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
