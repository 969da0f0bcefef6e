"""Caches and profiles of cloud, container and cluster programs.

Grammars, read 2026-11-22: aws/aws-cli `awscli/customizations/assumerole.py` (`cli/cache`); googleapis/google-auth-library-python
`google/auth/_default.py` (authorized_user); docker/cli `cli/config/configfile/file.go`, `cli/config/types/authconfig.go`. General
knowledge, not read: AWS `~/.aws/credentials`, `sso/cache`; azure-cli `accessTokens.json`, `msal_token_cache.json`,
`service_principal_entries.json`; `az ad sp create-for-rbac`; kubeconfig (v1); Kubernetes Secret (v1); Terraform CLI configuration
and state (version 4); OpenStack `clouds.yaml`; doctl; ngrok; Globus SDK token storage.
"""

from __future__ import annotations

import re
from binascii import Error, a2b_base64

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.files import worth
from pytest_genomic_guard.views.secrets.files.clients import COLON, EOL, STRING
from pytest_genomic_guard.views.secrets.files.forms import Book, Form, Seen, braced_end, document, lines, members, worded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_CLOUD = "revoke it in the account's console"
_CLUSTER = "rotate it in the cluster"


def _rule(name: str, anchors: tuple[bytes, ...], pattern: bytes) -> Rule:
    return Rule(name=f"cloud-{name}", anchors=anchors, pattern=pattern)


FORMS = (
    Form(
        rule=_rule(
            "aws-ini",
            (b"aws_secret_access_key", b"aws_session_token"),
            rb"(?<![\w.-])aws_(?:secret_access_key|session_token)[ \t]{0,8}+=[ \t]{0,8}+(?P<v>[A-Za-z0-9/+=]{32,2000}+)" + EOL,
        ),
        what="a secret key of an AWS credentials file",
        opens="deactivate it in IAM",
        test="strong",
    ),
    Form(
        rule=_rule(
            "aws-cache", (b'"SecretAccessKey"', b'"SessionToken"'), rb"\"(?:SecretAccessKey|SessionToken)\"" + COLON + STRING
        ),
        what="a key of the AWS client's cache",
        opens="deactivate it in IAM; it ends by itself when it belongs to a session",
        test="strong",
    ),
    Form(
        rule=_rule("aws-sso", (b'"startUrl"', b'"registrationExpiresAt"'), rb"\"(?:startUrl|registrationExpiresAt)\"\s{0,8}+:"),
        what="a token of AWS IAM Identity Center's cache",
        opens="end the sessions of the user in IAM Identity Center",
        reach="object",
        keys=rb"accesstoken|clientsecret|refreshtoken",
        test="strong",
    ),
    Form(
        rule=_rule(
            "refresh",
            (b'"refresh_token"', b"'refresh_token'", b'\\"refresh_token', b'"refreshToken"', b'"RefreshToken"'),
            rb"\\{0,3}[\"']refresh_?[tT]oken\\{0,3}[\"']"
            + COLON
            + STRING
            + rb"|\"RefreshToken\""
            + COLON
            + rb"\"(?P<w>[^\"\n]{20,4000}+)\"",
        ),
        what="a refresh token of a sign-in's cache",
        opens="end the grant in the account's security settings; it does not end by itself",
        test="chance",
    ),
    Form(
        rule=_rule("msal", (b'"credential_type"',), rb"\"credential_type\"\s{0,8}+:\s{0,8}+\"(?:Refresh|Access)Token"),
        what="a token of the Microsoft sign-in cache",
        opens="end the user's sessions in Entra ID",
        reach="object",
        keys=rb"secret",
        test="strong",
    ),
    Form(
        rule=_rule(
            "azure-principal",
            (b'"servicePrincipalId"', b'"servicePrincipalTenant"'),
            rb"\"servicePrincipal(?:Id|Tenant)\"\s{0,8}+:",
        ),
        what="a secret of an Azure service principal",
        opens="delete it in Entra ID, under App registrations",
        reach="object",
        keys=rb"accesstoken|secret|servicePrincipalKey".lower(),
    ),
    Form(
        rule=_rule(
            "azure-app", (b'"appId"', b'"clientSecret"', b'"client_secret"'), rb"\"(?:appId|clientSecret|client_secret)\"\s{0,8}+:"
        ),
        what="a secret of a cloud application",
        opens="delete it at the provider, under the application's secrets",
        reach="object",
        keys=rb"password|client_?secret",
        near=rb"\"(?:tenant(?:Id|_id)?|subscriptionId|auth_uri|token_uri|client_?[iI]d)\"",
    ),
    Form(
        rule=_rule("registry", (b'"identitytoken"', b'"registrytoken"'), rb"\"(?:identity|registry)token\"" + COLON + STRING),
        what="a token of a container registry (docker config.json)",
        opens="revoke it at the registry",
        test="strong",
    ),
    Form(
        rule=_rule(
            "terraform",
            (b'credentials "', b'"app.terraform.io"'),
            rb"(?:credentials \"[\w.-]{3,100}+\"|\"app\.terraform\.io\"\s{0,8}+:)[ \t]{0,8}+\{",
        ),
        what="a token of Terraform's command line",
        opens="revoke it at app.terraform.io, under Tokens",
        reach="inside",
        keys=rb"token",
    ),
    Form(
        rule=_rule("openstack", (b"auth_url",), rb"(?<![\w.])auth_url[\"']?[ \t]{0,8}+[:=]"),
        what="a password of an OpenStack cloud (clouds.yaml)",
        opens="change it in the cloud's dashboard",
        reach="block",
        keys=rb"password|application_credential_secret",
    ),
    Form(
        rule=_rule(
            "doctl",
            (b"access-token:", b"authtoken:"),
            rb"(?<![^\n \t\xbf])(?:access-token|authtoken):[ \t]{1,8}+(?P<v>[A-Za-z0-9_]{30,100}+)" + EOL,
        ),
        what="a token of a command line program of a cloud (doctl, ngrok)",
        opens=_CLOUD,
        test="strong",
    ),
    Form(
        rule=_rule(
            "wrangler",
            (b"oauth_token =", b"refresh_token =", b"oauth_token:"),
            rb"(?<![\w.-])(?:oauth_token|refresh_token)[ \t]{0,8}+[:=][ \t]{0,8}+"
            rb"[\"']?(?P<v>[\w.~+/=-]{20,2000}+)[\"']?" + EOL,
        ),
        what="a token of a command line program's sign-in",
        opens=_CLOUD,
        test="chance",
    ),
)
BOOK = Book(FORMS)
AUTH = _rule(
    "docker",
    (b'"auth"', b'\\"auth\\"'),
    rb"\\{0,3}\"auth\\{0,3}\"\s{0,16}+:\s{0,16}+\\{0,3}\"(?P<v>[A-Za-z0-9+/_-]{8,6000}+={0,2})\\{0,3}\"",
)
PULL = _rule(
    "pull",
    (b".dockerconfigjson", b".dockercfg"),
    rb"\.docker(?:configjson|cfg)[\"']?[ \t]{0,8}+:[ \t]{0,8}+[\"']?(?P<v>[A-Za-z0-9+/]{24,60000}+={0,2})",
)
KUBE = _rule(
    "kubeconfig",
    (b"kind: Config", b'"kind": "Config"', b'"kind":"Config"', b"client-certificate-data:", b"client-key-data:"),
    rb"(?:\"?kind\"?: ?\"?Config\"?[ \t]*+,?\r?$|client-(?:certificate|key)-data:)",
)
SECRET = _rule(
    "k8s-secret",
    (b"kind: Secret", b'"kind": "Secret"', b'"kind":"Secret"', b'kind: "Secret"'),
    rb"\"?kind\"?: ?\"?Secret\"?[ \t]*+,?\r?$",
)
STATE = _rule("tfstate", (b'"terraform_version"',), rb"\"terraform_version\"\s{0,8}+:")
RULES = (*BOOK.rules, AUTH, PULL, KUBE, SECRET, STATE)
TOLD = {
    AUTH.name: ("a login of a container registry (docker config.json, auth.json)", "revoke it at the registry"),
    PULL.name: ("an image pull secret with its login", "revoke it at the registry"),
    KUBE.name: ("a token or password of a kubeconfig", _CLUSTER),
    SECRET.name: ("a value of a Kubernetes Secret, which is base64 and no encryption", _CLUSTER),
    STATE.name: ("a secret in a Terraform state", "rotate it, and keep the state in a backend that encrypts"),
    **{form.rule.name: (form.what, form.opens) for form in FORMS},
}
_PAIR = regex(rb"[^\x00-\x1f:]{1,120}+:([^\x00-\x1f]{1,4000}+)")
_KUBE_KEYS = regex(rb"token|password|id-token|refresh-token|access-token|client-secret")
_NO_SECRET = regex(
    rb"(?i)(?:user(?:name)?|login|host(?:name)?|port|e?mail|url|uri|endpoint|region|bucket|database|db|dbname|name|namespace|"
    rb"kind|apiversion|type|version|"
    rb".*\.crt|.*\.pem|tls\.key|ca|cert|.*cert(?:ificate)?|.*public.*|server|address|enabled|.*[_-](?:user(?:name)?|host|port|"
    rb"name|url|region|bucket|id|file|path)|tenant|namespace|.*/.*|id)"
)
_STATE_KEYS = regex(
    rb"(?:.{0,40}_)?(?:password|secret|secret_string|client_secret|access_key|secret_access_key|secret_key|connection_string|"
    rb"api_key|token|auth_token|passphrase)|result"
)
_FAR = 1 << 18


def found(view: Text) -> Iterator[Seen]:
    """Yield the logins of a text."""
    yield from BOOK.found(view)
    yield from _registries(view)
    for rule, reader in ((KUBE, _cluster), (SECRET, _manifest), (STATE, _state)):
        until = 0
        for start, end in view.matches(rule):
            segment = view.segment(start)
            if start >= until and segment.context != "markup":
                room = (max(segment.start, until, start - _FAR), min(view.end(segment), start + _FAR))
                area = document(view.data, (start, end), room)
                until = area[1]
                yield from reader(view.data, area)


def _registries(view: Text) -> Iterator[Seen]:
    for rule in (AUTH, PULL):
        for start, end in view.matches(rule):
            match = BOOK.compiled(rule.pattern).match(view.data, start)
            if match and view.segment(start).context != "markup" and end <= view.end(view.segment(start)):
                plain = _decoded(match["v"])
                inner = BOOK.compiled(AUTH.pattern).search(plain) if rule is PULL else None
                login = _PAIR.fullmatch(_decoded(inner["v"]) if inner else plain)
                if login and worth.given(login[1]) and not worth.named(login[1]):
                    yield Seen(form=rule.name, start=match.start("v"), end=match.end("v"), key="auth")


def _cluster(data: bytes, area: tuple[int, int]) -> Iterator[Seen]:
    for key, first, last in (*members(data, *area), *lines(data, *area)):
        value = data[first:last]
        if _KUBE_KEYS.fullmatch(key.strip()) and worth.given(value) and not worth.named(value, key):
            yield Seen(form=KUBE.name, start=first, end=last, key=worded(key))


def _manifest(data: bytes, area: tuple[int, int]) -> Iterator[Seen]:
    """Yield the values of `data` and `stringData`; what is sealed or encrypted is of another kind, or no base64."""
    opened = _OPENED.search(data, *area)
    if opened:
        stop = braced_end(data, opened.end(), area[1])
        for key, first, last in members(data, opened.end(), stop):
            if _telling(key, data[first:last], coded=opened[1] == b"data"):
                yield Seen(form=SECRET.name, start=first, end=last, key=worded(key))
        return
    under, depth = b"", 0
    for key, first, last, indent in _levels(data, area):
        if key in {b"data", b"stringData"} and last - first <= 1:
            under, depth = key, indent
            continue
        if under and indent <= depth:
            under = b""
        if under and first < last and _telling(key, data[first:last], coded=under == b"data"):
            yield Seen(form=SECRET.name, start=first, end=last, key=worded(key))


def _telling(key: bytes, value: bytes, *, coded: bool) -> bool:
    """Tell whether an entry of a Secret is one; keys of TLS and what vendors name are told of as such."""
    if _NO_SECRET.fullmatch(key) or key.startswith(b".docker"):
        return False
    plain = _decoded(value) if coded else value
    return bool(plain) and worth.given(plain) and not worth.named(plain, key)


_OPENED = regex(rb"\"(data|stringData)\"\s{0,8}+:\s{0,8}+\{")
_LEVEL = regex(rb"^([ \t]*+)[\"']?([\w./-]{1,80}+)[\"']?[ \t]*+:[ \t]*+([^\n]{0,8192}+)", re.MULTILINE)


def _levels(data: bytes, area: tuple[int, int]) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield keys with where their values stand and how far they are indented."""
    for line in _LEVEL.finditer(data, *area):
        start, end = line.span(3)
        while end > start and data[end - 1] in b" \t\r,\"'":
            end -= 1
        while start < end and data[start] in b"\"'":
            start += 1
        yield line[2], start, end, len(line[1])


def _state(data: bytes, area: tuple[int, int]) -> Iterator[Seen]:
    drawn = data.find(b'"random_password"', *area) >= 0
    for key, first, last in members(data, *area):
        if key == b"result" and not drawn:
            continue
        value = data[first:last]
        if _STATE_KEYS.fullmatch(key) and worth.given(value) and not worth.named(value, key):
            yield Seen(form=STATE.name, start=first, end=last, key=worded(key))


def _decoded(value: bytes) -> bytes:
    """Return what base64 holds when that is text, else nothing."""
    try:
        plain = a2b_base64(value + b"=" * (-len(value) % 4), strict_mode=True)
    except Error:
        return b""
    return plain if plain and plain.isascii() and all(32 <= byte < 127 or byte in b"\t\r\n" for byte in plain) else b""
