"""detect-secrets as a source of rules: its plugins' patterns over single lines in memory, never its scanner, filters or files.

What its ``scan_file`` does by default is left out on purpose: it drops every secret of a line such as ``x = f(...)``, skips files
that are not in the locale's encoding, and reads each file itself. Its entropy plugins and the one for addresses are left out.

The plugins are loaded apart: they import ``requests``, for checks against live services that are never made here, and that costs
more than all the rest. A stand-in takes its place while they load, and none of their modules stays where others would find it.
"""

from __future__ import annotations

import sys

from pytest_genomic_guard.model import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType
    from typing import Any

_PACKAGE = "detect_secrets"
_LEFT_OUT = frozenset({"base", "high_entropy_strings", "ip_public"})  # see above
_LOADED: list[tuple[str, Any, Callable[[str], Any] | None]] = []  # kind, plugin, and what it needs to know of a file's type
_LONGEST = 640  # characters of a line around a match; some of its patterns take the square of a line's length
_SIGN = (
    rb"\w{0,40}+[\])'\"]{0,3}+(?:\[\d{0,9}+\])?(?:\.assign)?+[ \t]{0,20}+"
    rb"(?:(?::=|=>|[:=!]=?=?|\(|,)[ \t]{0,20}+@?['\"`]?|(?<=[ \t])['\"`])[^\s'\"`(){}<>$]{4}"
)
_WORDS = rb"(?i:password|passwd|pwd|secret|contrase(?:\xc3\xb1|n)a|[a-z]{2,8}_?(?:key|pass))"
_SOFT = rb"['\"]?\]?[ \t]{0,9}+(?:=>|:=|::|[=: \t])[ \t]{0,9}+['\"]?"
_KEYED = Rule(  # names of its keyword plugin, detect_secrets/plugins/keyword.py
    name="detected-keyword",
    anchors=(
        *(
            first + middle + b"key"
            for first in (b"api", b"auth", b"service", b"account", b"db", b"database")
            for middle in (b"", b"_")
        ),
        *(first + middle + b"key" for first in (b"priv", b"private", b"client") for middle in (b"", b"_")),
        *(first + middle + b"pass" for first in (b"db", b"database", b"key") for middle in (b"", b"_")),
        *(b"password", b"passwd", b"pwd", b"secret", b"contrase\xc3\xb1a", b"contrasena"),
    ),
    face="lower",
    pattern=_WORDS + _SIGN,
)
_COMPARED = Rule(  # a value before the name that it is compared with, in the same place
    name="detected-compared",
    anchors=tuple(quote + blank + sign for quote in (b"'", b'"', b"`") for blank in (b"", b" ") for sign in (b"==", b"!=")),
    pattern=rb"['\"`] ?[!=]==?[ \t]{0,9}+\w{0,40}?" + _WORDS,
)
# Keys of IBM's clouds, told by their length behind a name: ibm_cloud_iam.py, ibm_cos_hmac.py, softlayer.py, cloudant.py
_SIZED = Rule(
    name="detected-sized",
    anchors=tuple(b"%s%c" % (word, after) for word in (b"key", b"pwd", b"pass", b"password", b"token") for after in b"'\"] \t=:"),
    face="lower",
    pattern=rb"(?i:key|pwd|pass(?:word)?|token)" + _SOFT + rb"(?:[\w-]{44}|[0-9a-f]{48}|[0-9a-z]{64}|[a-z]{24})(?![\w+/=-])",
)
_ARTIFACTORY = Rule(
    name="detected-artifactory",
    anchors=(b"AKC", *(b"AP%c" % letter for letter in b"0123456789ABCDEF")),
    pattern=rb"(?<=[\s=:\"])(?:AKC[a-zA-Z0-9]{10,200}+|AP[0-9A-F][a-zA-Z0-9]{8,200}+)(?=[\s\"]|\Z)",
)
_BEFORE_KEY = Rule(  # aws.py: a name, and 40 characters between quotes
    name="detected-aws",
    anchors=(b"aws",),
    face="lower",
    pattern=rb"(?i:aws)[^\n'\"]{0,20}+['\"]?[^\n'\"]{0,30}+['\"][0-9a-zA-Z/+]{40}['\"]",
)
RULES = (_KEYED, _COMPARED, _SIZED, _ARTIFACTORY, _BEFORE_KEY)  # where a line is worth showing to the plugins
# The kinds of secrets of detect-secrets 1.5, by its own names; a later version's others are not named
KINDS = frozenset(
    (
        *("Artifactory Credentials", "AWS Access Key", "Azure Storage Account access key", "Basic Auth Credentials"),
        *("Cloudant Credentials", "Discord Bot Token", "GitHub Token", "GitLab Token", "IBM Cloud IAM Key"),
        *("IBM COS HMAC Credentials", "JSON Web Token", "Secret Keyword", "Mailchimp Access Key", "NPM tokens", "OpenAI Token"),
        *("Private Key", "PyPI Token", "SendGrid API Key", "Slack Token", "SoftLayer Credentials", "Square OAuth Secret"),
        *("Stripe Access Key", "Telegram Bot Token", "Twilio API Key"),
    )
)


def values(line: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield what the plugins take for a secret in one line of a file: the kind, by their name for it, and the value."""
    for kind, plugin, by_type in _plugins():
        further = {} if by_type is None else {"denylist_regex_to_group": by_type(path)}
        for value in plugin.analyze_string(line[:_LONGEST], **further):
            yield kind, value


def _plugins() -> list[tuple[str, Any, Callable[[str], Any] | None]]:
    """Return the kind and an instance of each plugin, loaded once."""
    if not _LOADED:
        before = {name: module for name, module in sys.modules.items() if _is_theirs(name)}
        stand_in = "requests" not in sys.modules
        try:
            if stand_in:
                sys.modules["requests"] = _without_network()
            _LOADED.extend(_loaded())
        finally:
            if stand_in:
                del sys.modules["requests"]
                for name in [name for name in sys.modules if _is_theirs(name) and name not in before]:
                    del sys.modules[name]  # they hold the stand-in
    return _LOADED


def _loaded() -> Iterator[tuple[str, Any, Callable[[str], Any] | None]]:
    """Import the plugins."""
    import importlib  # noqa: PLC0415 - where a line asks for it
    import pkgutil  # noqa: PLC0415 - as above

    folder = importlib.import_module(f"{_PACKAGE}.plugins")
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda each: each.name):
        if info.name in _LEFT_OUT:
            continue
        module = importlib.import_module(f"{folder.__name__}.{info.name}")
        for made in vars(module).values():
            if (
                isinstance(made, type)
                and made.__module__ == module.__name__
                and isinstance(getattr(made, "secret_type", None), str)
            ):
                kind: str = made.secret_type  # type: ignore[attr-defined]  # told by the line above
                yield kind if kind in KINDS else "", made(), _by_type(module) if hasattr(module, "REGEX_BY_FILETYPE") else None


def _by_type(module: ModuleType) -> Callable[[str], Any]:
    """Return what gives the patterns of the keyword plugin for a file, by its suffix."""
    table: Any = vars(module)
    return lambda path: table["REGEX_BY_FILETYPE"].get(
        table["determine_file_type"](path), table["QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP"]
    )


def _is_theirs(name: str) -> bool:
    return name == _PACKAGE or name.startswith(f"{_PACKAGE}.")


def _without_network() -> ModuleType:
    """Return what the plugins import as ``requests``: a module that can do nothing."""
    from types import ModuleType as Module  # noqa: PLC0415 - as above

    made: Any = Module("requests")
    made.exceptions = Module("requests.exceptions")
    made.exceptions.RequestException = OSError
    made.Response = object
    return made  # type: ignore[no-any-return]
