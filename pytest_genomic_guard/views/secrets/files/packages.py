"""Logins to registries of packages, and to hosts that publish applications."""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.files.clients import EOL, PLAIN, STRING
from pytest_genomic_guard.views.secrets.files.forms import Form

_REGISTRY = "revoke it at the registry"


def _rule(name: str, anchors: tuple[bytes, ...], pattern: bytes) -> Rule:
    return Rule(name=f"client-{name}", anchors=anchors, pattern=pattern)


REGISTRIES = (
    Form(
        rule=_rule("maven", (b"<password>", b"<passphrase>"), rb"<pass(?:word|phrase)>(?P<v>[^<{\s][^<\n]{0,400}+)</pass"),
        what="a password of a Maven settings file",
        opens=_REGISTRY,
        near=rb"<(?:server|servers|settings|proxy|username|user|login)>",
    ),
    Form(
        rule=_rule(
            "pypirc",
            (b"[pypi]", b"[testpypi]", b"[distutils]", b"[server-login]"),
            rb"\[(?:(?:test)?pypi|distutils|server-login)\][ \t]*+\r?$",
        ),
        what="a password of a .pypirc",
        opens=_REGISTRY,
        reach="block",
        keys=rb"password",
    ),
    Form(
        rule=_rule(
            "pypirc-other", (b"repository",), rb"(?<![^\n \t\xbf])repository[ \t]{0,8}+[:=][ \t]{0,8}+https?://[^\s]{3,300}+" + EOL
        ),
        what="a password of a .pypirc",
        opens=_REGISTRY,
        reach="section",
        keys=rb"password",
    ),
    Form(
        rule=_rule(
            "npm",
            (b"_authToken", b"_auth=", b"_auth =", b":_password", b"npmAuthToken", b"npmAuthIdent"),
            rb"(?:_authToken|(?<![\w])_auth|_password|npmAuthToken|npmAuthIdent)[\"']?[ \t]{0,8}+[=:][ \t]{0,8}+" + PLAIN,
        ),
        what="a token of an .npmrc or .yarnrc.yml",
        opens=_REGISTRY,
    ),
    Form(
        rule=_rule("conda", (b"/t/",), rb"/t/(?P<v>(?:[a-z]{2}-)?[A-Za-z0-9_-]{20,200}+)/"),
        what="a token in the address of a conda channel",
        opens=_REGISTRY,
        near=rb"channel|conda|defaults",
        test="strong",
    ),
    Form(
        rule=_rule("nuget", (b'"ClearTextPassword"',), rb"\"ClearTextPassword\"\s{1,16}+value=\"(?P<v>[^\"\n]{1,400}+)\""),
        what="a clear password of a NuGet.Config",
        opens=_REGISTRY,
    ),
    Form(
        rule=_rule(
            "gem",
            (b":rubygems_api_key:", b"BUNDLE_"),
            rb"(?::rubygems_api_key:|BUNDLE_[A-Z0-9_]{3,80}+:)[ \t]{1,8}+[\"']?(?:[^\s:\"']{1,80}:)?(?P<v>[^\s\"':]{8,400}+)[\"']?"
            + EOL,
        ),
        what="a login of RubyGems or Bundler",
        opens=_REGISTRY,
        test="strong",
    ),
    Form(
        rule=_rule(
            "composer",
            (b'"http-basic"', b'"github-oauth"', b'"gitlab-oauth"', b'"gitlab-token"', b'"bitbucket-oauth"'),
            rb"\"(?:http-basic|github-oauth|gitlab-oauth|gitlab-token|bitbucket-oauth)\"\s{0,16}+:\s{0,16}+\{",
        ),
        what="a login of Composer (auth.json)",
        opens=_REGISTRY,
        reach="inside",
        keys=rb"password|token|consumer-secret|[\w-]{1,60}+(?:\.[\w-]{1,60}+)++",
    ),
    Form(
        rule=_rule("cargo", (b"[registry]", b"[registries."), rb"\[registr(?:y|ies\.[\w-]{1,60}+)\][ \t]*+\r?$"),
        what="a token of Cargo (credentials.toml)",
        opens=_REGISTRY,
        reach="section",
        keys=rb"token",
    ),
    Form(
        rule=_rule(
            "poetry",
            (b"[http-basic", b"[pypi-token", b"[[credential]]"),
            rb"\[(?:http-basic|pypi-token|\[credential\])[\w.\"'-]{0,80}+\]?[ \t]*+\r?$",
        ),
        what="a login of Poetry or uv",
        opens=_REGISTRY,
        reach="section",
        keys=rb"password|token",
        test="strong",
    ),
    Form(
        rule=_rule("rsconnect", (b"accountId:",), rb"(?<![^\n \t\xbf])accountId:[ \t]{0,8}+\d{1,12}+" + EOL),
        what="a token of an account that publishes Shiny applications (rsconnect)",
        opens="revoke it at the server, under Account, Tokens",
        reach="block",
        keys=rb"secret",
    ),
    Form(
        rule=_rule(
            "shinyapps", (b"setAccountInfo",), rb"setAccountInfo\s{0,8}+\((?:[^()]{0,400}?)\bsecret\s{0,8}+=\s{0,8}+" + STRING
        ),
        what="a token of an account that publishes Shiny applications (setAccountInfo)",
        opens="revoke it at the server, under Account, Tokens",
    ),
    Form(
        rule=_rule(
            "ansible",
            (b"ansible_ssh_pass", b"ansible_become_pass", b"ansible_password", b"ansible_sudo_pass", b"ansible_become_password"),
            rb"ansible_(?:ssh_pass|become_pass(?:word)?|password|sudo_pass|ssh_password)[ \t]{0,4}+[=:][ \t]{0,4}+" + PLAIN,
        ),
        what="a password of an Ansible inventory",
        opens="change the password on the hosts",
    ),
    Form(
        rule=_rule("code-server", (b"auth: password",), rb"auth: password[ \t]*+\r?$"),
        what="the password of a code-server",
        opens="change it: it opens a shell",
        reach="block",
        keys=rb"password|hashed-password",
    ),
)
