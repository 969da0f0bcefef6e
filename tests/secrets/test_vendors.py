"""Tokens of vendors: each format is found in all places where people put it, and what detect-secrets knows is known."""

from __future__ import annotations

import json
import string
from importlib import import_module
from random import SystemRandom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.secrets.vendors import FORMATS, named
from pytest_genomic_guard.views.secrets.vendors.checksums import crc62
from pytest_genomic_guard.views.secrets.vendors.form import drawn

RANDOM = SystemRandom()
CODES = ("SEC101", "SEC102", "SEC103", "SEC104", "SEC105", "SEC110")
CHECKS = [getattr(import_module(f"pytest_genomic_guard.checks.secrets.{code.lower()}"), code) for code in CODES]
PLAN = Plan(Registry(CHECKS, shipped=False), selections=((),), ignore=[], options={})
# Anchors say more than the expression does, or a call must stand before: a value drawn from the expression is no sample of them.
APART = ("vendor-discord", "vendor-teams-hook", "vendor-comet-argument")
PLAIN = [each for each in FORMATS if not each.named and not each.real and each.rule.name not in APART]
NAMED = [each for each in FORMATS if each.named and not each.real and each.rule.name not in APART]
ALNUM, HEX = string.ascii_letters + string.digits, "0123456789abcdef"


def codes(data: bytes, path: bytes = b"a.py") -> list[str]:
    """Return the codes of what is found in one file."""
    return [finding.code for finding in Engine(PLAN).run(Memory({path: data}, []), Policy()).findings]


def some(letters: str, count: int) -> str:
    """Return random characters that look drawn."""
    while True:
        made = "".join(RANDOM.choices(letters, k=count))
        if drawn(made.encode(), 2 if letters == HEX else 3 if letters == ALNUM else 1):
            return made


def notebook(source: str) -> bytes:
    """Return a notebook whose cell prints what it holds."""
    output = {"output_type": "stream", "name": "stdout", "text": "nothing\n"}
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": source.splitlines(keepends=True),
        "outputs": [output],
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.mark.parametrize("each", PLAIN, ids=lambda each: each.rule.name)
def test_a_token_is_found_where_people_put_it(each: object) -> None:
    """A token with a form of its own is found once in code, calls, mappings, environment files, prose and notebooks."""
    value = samples.token(each.rule.name.removeprefix("vendor-")).decode()  # type: ignore[attr-defined]
    code = each.code  # type: ignore[attr-defined]
    forms = ('x = "{}"', "A={}", 'client = Client(api_key="{}", b=2)', "see {} there", '{{"a": "{}"}}')
    assert codes("\n".join(form.format(value) for form in forms).encode()).count(code) == len(forms)
    assert code in codes(notebook(f'client = Client("{value}")\n'), b"a.ipynb")


@pytest.mark.parametrize("each", NAMED, ids=lambda each: each.rule.name)
def test_a_value_is_found_by_its_name(each: object) -> None:
    """A value without a form is found by the vendor's word and a role before it, and not without them."""
    value = samples.token(each.rule.name.removeprefix("vendor-")).decode()  # type: ignore[attr-defined]
    word = each.rule.anchors[0].decode().strip("[]\"'(").replace(".", "_").replace("-", "_")  # type: ignore[attr-defined]
    roles = ("_api_key", "_secret_key", "_token", "_password", "key", "token", "_key")
    text = "".join(f'{word}{role} = "{value}"\n' for role in roles)
    assert codes(text.encode())
    assert codes(notebook(text), b"a.ipynb")


def known() -> dict[str, str]:
    """Return a value of each kind that the plugins of detect-secrets 1.5 know, in a line in which they find it."""
    number = "".join(RANDOM.choices("123456789", k=9))
    bot = "MT" + "k" + some(ALNUM, 21) + "." + some(ALNUM, 6) + "." + some(ALNUM, 27)
    return {
        "ArtifactoryDetector": "AK" + "Cp" + some(ALNUM, 69),
        "AWSKeyDetector": "AK" + "IA" + "7Q" + some(string.ascii_uppercase + string.digits, 14),
        "DiscordBotTokenDetector": bot,
        "GitHubTokenDetector": "gh" + RANDOM.choice("pousr") + "_" + some(ALNUM, 36),
        "GitLabTokenDetector": "gl" + RANDOM.choice(("pat", "dt", "ft", "soat", "rt")) + "-" + some(ALNUM, 20),
        "MailchimpDetector": some(HEX, 32) + "-us" + "12",
        "OpenAIDetector": "s" + "k-" + some(ALNUM, 20) + "T3Blb" + "kFJ" + some(ALNUM, 20),
        "PypiTokenDetector": "py" + "pi-AgEIcHlwaS5vcmc" + some(ALNUM, 90),
        "SendGridDetector": "S" + "G." + some(ALNUM, 22) + "." + some(ALNUM, 43),
        "SlackDetector": "xo" + "xb-" + number + "12-" + number + "31-" + some(ALNUM, 24),
        "SquareOAuthDetector": "sq" + "0csp-" + some(ALNUM, 43),
        "StripeDetector": RANDOM.choice("rs") + "k_" + "live_" + some(ALNUM, 24),
        "TelegramBotTokenDetector": number + ":" + "AA" + some(ALNUM, 33),
        "TwilioKeyDetector": RANDOM.choice(("A" + "C", "S" + "K")) + some(HEX, 32),
    }


def lines() -> list[tuple[str, str]]:
    """Return lines with values that only a name tells, and the hooks, by the plugin."""
    slack = (
        "https://hooks.sla" + "ck.com/services/T" + some(string.digits, 8) + "/B" + some(string.digits, 8) + "/" + some(ALNUM, 24)
    )
    return [
        ("AWSKeyDetector", f'aws_secret_access_key = "{some(ALNUM, 40)}"'),
        ("CloudantDetector", f"cloudant_password = {some(HEX, 64)}"),
        ("CloudantDetector", f'cl_apikey = "{some(string.ascii_lowercase, 24)}"'),
        ("IbmCloudIamDetector", f'ibm_cloud_api_key = "{some(ALNUM, 44)}"'),
        ("IbmCosHmacDetector", f'cos_hmac_secret_access_key = "{some(HEX, 48)}"'),
        ("NpmDetector", f"//registry.npmjs.org/:_authToken={samples.characters('uuid').decode()}"),
        ("NpmDetector", "//registry.npmjs.org/:_authToken=np" + "m_" + some(ALNUM, 36)),
        ("SlackDetector", f'hook = "{slack}"'),
        ("SoftlayerDetector", f'softlayer_api_key = "{some(HEX, 64)}"'),
        ("SoftlayerDetector", f'"https://api.softlayer.com/soap/v3.1/{some(HEX, 64)}"'),
        ("ArtifactoryDetector", 'key = "A' + "P7" + some(ALNUM, 40) + '"'),
    ]


def theirs(line: str, plugin: str) -> bool:
    """Tell whether a plugin of detect-secrets finds something in a line."""
    plugins = pytest.importorskip("detect_secrets.core.plugins.util").get_mapping_from_secret_type_to_class()
    by_name = {each.__name__: each for each in plugins.values()}
    return any(True for expression in by_name[plugin]().denylist for _found in expression.finditer(line))


@pytest.mark.parametrize(
    "form", ['key = "{}"', "KEY={}", 'client = OpenAI(api_key="{}")', 'token: "{}"', 'run(token="{}", dry=True)']
)
def test_what_detect_secrets_finds_is_found(form: str) -> None:
    """For values of each kind that its vendor plugins know, we find what they find, in plain files and in notebooks."""
    for plugin, value in known().items():
        line = form.format(value)
        if theirs(line, plugin):
            assert codes(line.encode() + b"\n"), plugin
            assert codes(notebook(line), b"a.ipynb"), plugin


def test_what_it_finds_by_names_is_found() -> None:
    """The same for values that are known by a name or an address."""
    for plugin, line in lines():
        assert theirs(line, plugin), plugin
        assert codes(line.encode() + b"\n"), (plugin, line.split("=")[0])
        assert codes(notebook(line), b"a.ipynb"), plugin


@pytest.mark.parametrize("each", PLAIN, ids=lambda each: each.rule.name)
def test_a_placeholder_is_none(each: object) -> None:
    """What a person writes in place of a token is quiet: one letter, a row of the keyboard, digits in order."""
    prefix = each.rule.anchors[0].decode()  # type: ignore[attr-defined]
    bodies = ("x" * 60, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ", "1234567890" * 6, "your-token-here" * 3)
    assert not codes("".join(f'x = "{prefix}{body}"\n' for body in bodies).encode())


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), at=st.integers(0, 300))
def test_it_never_raises(data: bytes, at: int) -> None:
    """Any bytes around anchors are read without an error."""
    anchor = RANDOM.choice(RANDOM.choice(FORMATS).rule.anchors)
    named(data)
    report = Engine(PLAN).run(Memory({b"a": data[:at] + anchor + data[at:]}, []), Policy())
    assert not [gap for gap in report.gaps if gap.reason == "check-failed"]


def test_sequences_are_quiet() -> None:
    """Bases, qualities, peptides, hashes and random base64 hold no tokens."""
    bases = "\n".join(">s\n" + "".join(RANDOM.choices("ACGT", k=80)) for _each in range(200))
    peptides = "\n".join(">p\n" + "".join(RANDOM.choices("ACDEFGHIKLMNPQRSTVWY", k=60)) for _each in range(500))
    sums = "\n".join(f"{some(HEX, 40)}  file_{number}" for number in range(300))
    runs = "\n".join("".join(RANDOM.choices(ALNUM + "+/", k=76)) for _each in range(2000))
    assert not codes(f"{bases}\n{peptides}\n{sums}\n{runs}".encode(), b"a.txt")


def test_checksums() -> None:
    """A checksum is right for a token that has one, and wrong otherwise."""
    assert crc62(samples.github_token())
    assert not crc62(samples.github_token("wrong"))
    assert named(samples.token("huggingface")) == "a Hugging Face user access token"
    assert not named(b"no token")
