"""What the plugins of detect-secrets find is found: all of them but those of entropy, on plain lines and in notebooks."""

from __future__ import annotations

import json
import secrets
import string

import pytest

from pytest_genomic_guard.adapters import detected
from pytest_genomic_guard.testing import scan

# The words of its keyword plugin (detect_secrets/plugins/keyword.py, 1.5.0), as names have them
NAMES = (
    *(
        "api_key",
        "apikey",
        "auth_key",
        "authkey",
        "service_key",
        "servicekey",
        "account_key",
        "accountkey",
        "db_key",
        "database_key",
    ),
    *("priv_key", "private_key", "privatekey", "client_key", "clientkey", "db_pass", "database_pass", "key_pass", "keypass"),
    *("password", "passwd", "pwd", "secret", "contrasena", "MY_API_KEY", "dbPassword", "aws_secret_name_x", "password_secure"),
)
FORMS = {
    "assigned": ("settings.py", '{name} = "{value}"'),
    "an argument": ("client.py", 'login({name}="{value}")'),
    "an argument of a call whose result is kept": ("client.py", 'client = OpenAI({name}="{value}")'),
    "among others": ("client.py", 'engine = connect("db", 5432, {name}="{value}", pool=3)'),
    "an item": ("client.py", 'config = {{"{name}": "{value}", "a": 1}}'),
    "compared": ("client.py", 'if {name} == "{value}":'),
    "YAML": ("settings.yaml", "{name}: {value}"),
    "INI": ("settings.ini", "{name} = {value}"),
    "Go": ("main.go", '{name} := "{value}"'),
    "JavaScript": ("main.js", 'const {name} = "{value}";'),
    "C#": ("Main.cs", 'var {name} = @"{value}";'),
    "Perl": ("main.pl", '{name} => "{value}",'),
}
_KIND = "Secret Keyword"


def drawn() -> str:
    """Return a value that nobody could have meant as a word."""
    letters = string.ascii_letters + string.digits
    return "k9" + "".join(secrets.choice(letters) for _each in range(30)) + "Zq4"


def notebook(source: str) -> bytes:
    """Return a notebook with one cell of code."""
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": source}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def told(files: dict[bytes, bytes]) -> set[int | None]:
    """Return the lines of credentials that fail or warn."""
    return {each.line for each in scan(files).findings if each.family == "SEC" and each.outcome in {"fail", "warn"}}


def keyed(lines: list[str], path: str) -> set[int | None]:
    """Return the lines of a file in which its keyword plugin sees a secret."""
    return {number for number, line in enumerate(lines, 1) if any(kind == _KIND for kind, _value in detected.values(line, path))}


@pytest.mark.parametrize("form", FORMS)
def test_keywords(form: str) -> None:
    """Each line in which its keyword plugin sees the value is told, plain and as a cell."""
    path, template = FORMS[form]
    lines = [template.format(name=name, value=drawn()) for name in NAMES]
    assert keyed(lines, path)
    assert keyed(lines, path) <= told({path.encode(): ("\n".join(lines) + "\n").encode()})
    assert keyed(lines, "a.ipynb") <= told({b"a.ipynb": notebook("\n".join(lines))})


def test_what_its_filters_and_patterns_lose() -> None:
    """Annotated names, and a value on a line such as `x = f(...)`, which its own scanner drops, are told too."""
    lines = [f'{name}: str = "{drawn()}"' for name in ("api_key", "password")] + [f'client = OpenAI(api_key="{drawn()}")']
    assert told({b"a.py": ("\n".join(lines) + "\n").encode()}) == {1, 2, 3}
    assert told({b"a.ipynb": notebook("\n".join(lines))}) == {1, 2, 3}


def test_placeholders_are_the_difference() -> None:
    """What the plugin takes for a secret and stands for one is not told."""
    lines = [f'{name} = "{value}"' for name in NAMES for value in ("changeme", "<token>", "your-key-here", "${KEY}", "xxxxxxxx")]
    assert any(kind == _KIND for line in lines for kind, _value in detected.values(line, "a.py"))
    assert told({b"a.py": ("\n".join(lines) + "\n").encode()}) == set()


def test_no_module_stays() -> None:
    """The plugins are used without their package, and without a stand-in for another one that others could import."""
    import sys  # noqa: PLC0415

    list(detected.values("x", "a.py"))
    module = sys.modules.get("requests")
    assert module is None or hasattr(module, "get")
