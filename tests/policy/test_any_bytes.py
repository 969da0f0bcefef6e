"""Whatever bytes stand in the policy file, a scan ends with a status of the contract and shows nothing of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from _policy import POLICY, Ran, everything, guard, inside, write
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = [
    yaml.safe_dump(everything(), sort_keys=False),
    yaml.safe_dump(everything(), default_flow_style=True),
    json.dumps(everything(), indent=1),
]
TOKENS = [
    "\n",
    "\r",
    "\t",
    " ",
    "  ",
    "- ",
    ": ",
    "? ",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "|\n",
    ">-\n",
    "%YAML 1.1\n",
    "---\n",
    "...\n",
]
TOKENS += [
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "\\",
    '"\\ud800"',
    '"\\UFFFFFFFF"',
    "\0",
    "\x85",
    "\u2028",
    "\ufeff",
    "<<: ",
    "null",
    "~",
    "1e999",
]
TOKENS += ["**", "[z-a]", "[!", "#/~2", "9" * 400, "2027-02-30", "\ud800", "=", "version: 1\n", "é", "\U0001f600"]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a whole policy with a few parts of it cut, doubled, or replaced by what YAML is touchy about."""
    text = draw(st.sampled_from(WHOLE))
    for _change in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 12))
        token = draw(st.sampled_from(TOKENS) | st.text(max_size=4) | st.just(text[start:end] * 2))
        text = text[:start] + token + text[end:]
    return text.encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with people in it, whom a policy may excuse and a mistake may not."""
    return write(tmp_path_factory.mktemp("any"), {"public.vcf": samples.vcf(samples=3), "third/x.vcf": samples.vcf()})


def _holds(ran: Ran) -> None:
    """Hold a run to the contract: a report and its status, or one line and none."""
    assert ran.code in {0, 1, 2, 3}, ran.err
    if ran.code == 2:
        assert ran.out == ""
        assert ran.err.startswith("genomic-guard: ")
        assert ran.err.count("\n") == 1
    elif ran.out:
        assert {"pass": 0, "fail": 1, "incomplete": 3}[ran.json["verdict"]] == ran.code
        assert ran.err == ""
    else:
        assert ran.code == 3  # a plugin that is not installed


@settings(max_examples=300, deadline=None)
@given(data=mutated() | st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(data=b"version: 1\nprofile: {}\n")
@example(
    data=b"version: 1\nexclude: [{path: '[a&&b]', reason: r}, {path: '[[:x:]]', reason: r}, {path: '[a||b~~c--d]', reason: r}]\n"
)
def test_any_bytes(folder: Path, data: bytes) -> None:
    """No bytes make a traceback, an unknown status, or half a report."""
    write(folder, {POLICY: data})
    _holds(inside("scan", "--format", "json", folder))


@settings(max_examples=12, deadline=None)
@given(data=mutated() | st.binary(max_size=60))
def test_any_bytes_in_a_process(folder: Path, data: bytes) -> None:
    """The same through the command line of a user."""
    write(folder, {POLICY: data})
    _holds(guard("scan", "--format", "json", cwd=folder))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_mistake_never_excuses(folder: Path, data: st.DataObject) -> None:
    """With no waiver and no exclusion in it, a policy that is damaged anywhere stops the scan or lets the people fail."""
    text = "version: 1\nprofile: minimal\nchecks: {GEN101: {max-samples: 0}}\nplugins: []\n"
    at = data.draw(st.integers(0, len(text)))
    token = data.draw(st.sampled_from([each for each in TOKENS if not each.strip().isdigit()]))
    write(folder, {POLICY: (text[:at] + token + text[at + data.draw(st.integers(0, 3)) :]).encode("utf-8", "surrogatepass")})
    assert inside("scan", "--format", "json", folder).code in {1, 2, 3}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nothing_of_the_file_is_quoted(folder: Path, data: st.DataObject) -> None:
    """A word that stands as a value anywhere in the file is in no message about the file."""
    word = samples.name()
    text = data.draw(st.sampled_from(WHOLE))
    at = data.draw(st.integers(0, len(text)))
    write(folder, {POLICY: text[:at] + data.draw(st.sampled_from([word, f" {word} ", f"\n{word}: x\n", f"'{word}'"])) + text[at:]})
    ran = inside("scan", folder)
    shown = ran.err.replace(f"the plugin {word}", "")  # the one name that a message needs
    assert word not in shown
    assert ran.code != 2 or word[:5] not in shown
