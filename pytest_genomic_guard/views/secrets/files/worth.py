"""Whether what stands where a login belongs is one: somebody's, or a word of a manual, a reference, a default that all have."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.elsewhere import elsewhere
from pytest_genomic_guard.views.secrets.values import drawn, placeholder

_OWN = (
    rb"(?:my|your|the|some|a|an|new|old|user|users|db|database|super|very|top|login|root|admin|test|app"
    rb"|strong|secure|good|long|real|hub)"
)
_WORD = (
    rb"(?:secret|password|passwd|passwort|passphrase|passw0rd|pass|pwd|pw|token|key|apikey|api|auth|login|credentials?|value|string"
    rb"|random)"
)
# Words with which a manual or a template fills the place, and passwords with which images of containers are started
_SAID = regex(
    rb"(?i)(?:[a-z]{2,12}[-_.])?(?:%b[-_. ]?){0,3}%b(?:[-_. ]?(?:%b|here|goes|of|for|user|\d|123|1234|12345|!)){0,4}"
    % (_OWN, _WORD, _WORD)
)
_DEFAULTS = frozenset(
    b"""admin administrator root user username name test tests testing tester guest demo default docker postgres postgresql
    mysql mariadb redis rabbitmq mongo mongodb minio minioadmin airflow jovyan vagrant ubuntu django flask rstudio
    rstudio-server neo4j elastic kibana grafana foo bar baz foobar foobarbaz qux qwerty abc abcd abcdef abc123 xyz 123
    1234 12345 123456 12345678 123456789 letmein anonymous anonymous@ ftp mozilla@example.com none null nil undefined
    required optional empty blank string str int bool true false yes no on off prompt ask keyring keychain stdin env
    environ environment file system auto automatic disabled enabled unset todo tbd tba fixme correct wrong invalid bad
    fake mock mocked stub hello world hunter2 is was and the for with field input""".split()
)
# What points to where the value is kept, or to the program that knows it
_REFERENCE = regex(
    rb"(?i)[!@]?(?:\$|%[({\w]|\{\{|<|\{cipher\}|ENC[\[(]|vault:|op://|ref\+|secrets?[:.]|ssm:|sm://|keyring|keychain|env[:.(]|"
    rb"file:|aws:|arn:|"
    rb"gcp-?secret|akv:|doppler|\$ANSIBLE_VAULT|os\.|getenv|sys\.getenv|process\.env|config\[|settings\.|self\.|args?\.|opts?\.|"
    rb"lookup\(|include |!vault|!secret|\[|\*|-----BEGIN|getpass|input\(|read |cat |pass show)"
)
_TEMPLATE = regex(
    rb"\{\{|\}\}|\$\{|\$\(|<[A-Za-z_ -]{2,40}>|%\(\w|%s|\{[a-z_][\w.]*\}|@[A-Z_]{3,}@|__[A-Z_]{3,}__|\.\.\.|\xe2\x80\xa6"
)
_SIGNED = regex(rb"eyJ[\w-]{10,}+\.[\w-]{10,}+\.")
_HOST = regex(
    rb"(?i)(?:.{0,200}\.)?example(?:\.(?:com|org|net|edu|gov))?(?::\d+)?|.{0,200}\.(?:example|test|invalid)|(?:my|your|"
    rb"some).{0,80}|host(?:name)?|server|machine"
)
_WORDS = regex(rb"[A-Za-z_. -]+\d{0,6}\W?")  # what people put together
_CLASSES = tuple(map(re.compile, (rb"[a-z]", rb"[A-Z]", rb"\d", rb"[^A-Za-z0-9\x80-\xff]")))


def given(value: bytes) -> bool:
    """Tell whether a value is somebody's, such as a password that a person thought of."""
    if value.lstrip(b" \t\r\n\"'`")[:1] in {b",", b")"}:
        return False  # what stands between two strings of a program
    value = value.strip(b" \t\r\n\"'`,;")
    if not 4 <= len(value) <= 4096 or value.lower() in _DEFAULTS or _SAID.fullmatch(value[:80]):
        return False
    if placeholder(value) or _REFERENCE.match(value) or _TEMPLATE.search(value[:400]):
        return False
    return not signed(value)


def kept(value: bytes) -> bool:
    """Tell whether a program wrote the value: it is in a form of its own, and no template stands there."""
    return len(value) >= 4 and not placeholder(value) and not _TEMPLATE.search(value[:400])


def strong(value: bytes) -> bool:
    """Tell whether a value is one that was made to be hard to guess: nobody writes it as an example."""
    value = value.strip(b" \t\r\n\"'`,;")
    if len(value) < 8 or not given(value) or len(set(value)) < 6:
        return False
    kinds = [each.search(value) is not None for each in _CLASSES]
    return sum(kinds) >= 3 or (kinds[2] and sum(kinds) >= 2) or (len(value) >= 20 and sum(kinds[:3]) >= 2)


def chance(value: bytes) -> bool:
    """Tell whether a value was drawn at random, for places where examples stand."""
    value = value.strip(b" \t\r\n\"'`,;")
    return given(value) and drawn(value) and not _WORDS.fullmatch(value)


def signed(value: bytes) -> bool:
    """Tell whether it is a signed token, which is told of as such wherever it stands."""
    return _SIGNED.match(value) is not None


def invented(host: bytes) -> bool:
    """Tell whether a host is one that only examples have."""
    return _HOST.fullmatch(host[:300]) is not None


def named(value: bytes, name: bytes = b"") -> bool:
    """Tell whether a vendor's or a programme's format names the value, so that it is told of there."""
    return elsewhere(value.strip(), name)
