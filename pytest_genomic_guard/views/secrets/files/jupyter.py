"""Passwords and tokens of Jupyter: configuration, files of running servers, and the addresses that servers print.

Grammars, read 2026-11-22: jupyter-server/jupyter_server `jupyter_server/auth/security.py` (argon2, or algorithm:salt:digest with
12 digits of salt), `jupyter_server/auth/identity.py` (tokens of 24 random bytes in hex), `jupyter_server/serverapp.py`
(`jpserver-*.json`); jupyterhub/jupyterhub `jupyterhub/app.py` (`cookie_secret`). General knowledge, not read: notebook 6
`notebookapp.py`, Zero to JupyterHub values (`proxy.secretToken`, `hub.cookieSecret`).
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.files.clients import STRING
from pytest_genomic_guard.views.secrets.files.forms import Book, Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.secrets.files.forms import Seen
    from pytest_genomic_guard.views.text import Text

_SERVER = "set another one (jupyter server password); it opens a shell on the machine"
_HUB = "make another one and start the hub again; it opens every user's server"


def _rule(name: str, anchors: tuple[bytes, ...], pattern: bytes) -> Rule:
    return Rule(name=f"jupyter-{name}", anchors=anchors, pattern=pattern)


FORMS = (
    Form(
        rule=_rule(
            "argon2",
            (b"argon2:$argon2",),
            rb"argon2:(?P<v>\$argon2(?:id|i|"
            rb"d)\$(?:v=\d{1,3}\$)?m=\d{1,9},t=\d{1,6},p=\d{1,4}\$[A-Za-z0-9+/]{8,128}+\$[A-Za-z0-9+/]{16,256})",
        ),
        what="the hash of a Jupyter server's password, which can be guessed at leisure",
        opens=_SERVER,
        test="any",
    ),
    Form(
        rule=_rule(
            "digest",
            (b"sha1:", b"sha256:", b"sha512:", b"md5:"),
            rb"(?<![\w-])(?:sha1:(?P<v>[0-9a-f]{12}:[0-9a-f]{40})|sha256:[0-9a-f]{12}:[0-9a-f]{64}|"
            rb"sha512:[0-9a-f]{12}:[0-9a-f]{128}|md5:[0-9a-f]{12}:[0-9a-f]{32})(?![0-9a-f])",
        ),
        what="the hash of a Jupyter server's password, which can be guessed at leisure",
        opens=_SERVER,
        test="any",
    ),
    Form(
        rule=_rule(
            "token",
            (
                b"NotebookApp.token",
                b"ServerApp.token",
                b"IdentityProvider.token",
                b"LabApp.token",
                b"NotebookApp.password",
                b"ServerApp.password",
                b"PasswordIdentityProvider.hashed_password",
            ),
            rb"(?:NotebookApp|ServerApp|LabApp|IdentityProvider)\.(?:token|password|"
            rb"hashed_password)[ \t]{0,8}+=[ \t]{0,8}+u?[\"']?(?P<v>[^\s\"']{4,300}+)",
        ),
        what="a token or password of a Jupyter server's configuration",
        opens=_SERVER,
    ),
    Form(
        rule=_rule(
            "config",
            (b'"NotebookApp"', b'"ServerApp"', b'"IdentityProvider"'),
            rb"\"(?:NotebookApp|ServerApp|IdentityProvider)\"\s{0,8}+:\s{0,8}+\{",
        ),
        what="a token or password of a Jupyter server's configuration",
        opens=_SERVER,
        reach="inside",
        keys=rb"token",
    ),
    Form(
        rule=_rule("address", (b"?token=", b"&token="), rb"[?&]token=(?P<v>[0-9a-f]{48}|[0-9a-f]{32})(?![0-9A-Za-z])"),
        what="the token of a running Jupyter server, in its address",
        opens="stop that server, or start it again",
        near=rb"(?i)(?:localhost|127\.0\.0\.1|0\.0\.0\.0|:8[018]\d\d|jupyter|/lab\b|/tree\b|notebook|"
        rb"[0-9a-f]{12}:\d{4})[^\n]{0,120}[?&]token=|token=[0-9a-f]{48}",
        test="any",
    ),
    Form(
        rule=_rule("running", (b'"token"',), rb"\"token\"\s{0,8}+:\s{0,8}+\"(?P<v>[0-9a-f]{48})\""),
        what="the token of a running Jupyter server (jpserver-*.json)",
        opens="stop that server, or start it again",
        test="any",
    ),
    Form(
        rule=_rule(
            "hub",
            (b"JupyterHub.cookie_secret", b"CryptKeeper.keys", b"ConfigurableHTTPProxy.auth_token", b"JupyterHub.proxy_auth_token"),
            rb"(?:JupyterHub\.cookie_secret|CryptKeeper\.keys|ConfigurableHTTPProxy\.auth_token|"
            rb"JupyterHub\.proxy_auth_token)[ \t]{0,8}+=[ \t]{0,8}+\[?(?:bytes\.fromhex\(|"
            rb"a2b_hex\()?b?[\"'](?P<v>[^\s\"']{16,300}+)",
        ),
        what="a secret of a JupyterHub",
        opens=_HUB,
    ),
    Form(
        rule=_rule(
            "values",
            (b"secretToken:", b"cookieSecret:"),
            rb"(?:secretToken|cookieSecret):[ \t]{1,8}+[\"']?(?P<v>[0-9a-f]{32,128}+)",
        ),
        what="a secret of a JupyterHub's Helm values",
        opens=_HUB,
        test="strong",
    ),
    Form(
        rule=_rule(
            "env",
            (
                b"JUPYTER_TOKEN",
                b"JUPYTERHUB_API_TOKEN",
                b"JPY_API_TOKEN",
                b"CONFIGPROXY_AUTH_TOKEN",
                b"JUPYTERHUB_CRYPT_KEY",
                b"JUPYTERHUB_COOKIE_SECRET",
                b"JPY_COOKIE_SECRET",
            ),
            rb"(?:JUPYTER_TOKEN|(?:JUPYTERHUB|JPY)_API_TOKEN|CONFIGPROXY_AUTH_TOKEN|JUPYTERHUB_CRYPT_KEY|(?:JUPYTERHUB|"
            rb"JPY)_COOKIE_SECRET)[\"']?\]?[ \t]{0,8}+[=:][ \t]{0,8}+[\"']?(?P<v>[^\s\"'`,;]{6,300}+)",
        ),
        what="a token of a Jupyter server or hub, set in the environment",
        opens=_HUB,
    ),
    Form(
        rule=_rule("service", (b"api_token", b"apiToken"), rb"(?<![\w.])[\"']?api_?[tT]oken[\"']\s{0,8}+:\s{0,8}+" + STRING),
        what="an API token of a JupyterHub service",
        opens=_HUB,
        near=rb"JupyterHub|jupyterhub|\bhub\b",
        test="strong",
    ),
)
BOOK = Book(FORMS)
RULES = BOOK.rules
TOLD = {form.rule.name: (form.what, form.opens) for form in FORMS}


def found(view: Text) -> Iterator[Seen]:
    """Yield the passwords and tokens of a text."""
    yield from BOOK.found(view)
