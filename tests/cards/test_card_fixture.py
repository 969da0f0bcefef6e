"""The fixture `model_card`: what it gives, and what a failing assertion says."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from _card_texts import BASIC, card, policy, weights

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["pytester"]

_STRANGERS = ("faker", "hypothesispytest", "zarr")  # plugins of others that take longer to load than the rest of a run


@pytest.fixture(name="made")
def fixture_made(pytester: pytest.Pytester) -> Path:
    """Return a repository with a model, its card, and a model without one."""
    root = pytester.path
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    for name, data in {
        "models/x/MODEL_CARD.md": card(*BASIC) + b"\n## Evaluation\n",
        "models/x/x.safetensors": weights(),
        "bare/y.safetensors": weights(),
        "notes.txt": card("intended-use"),
    }.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root


def _ran(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    pytester.makepyfile(f"import pytest\n\n\ndef test_it(model_card):\n{lines}")
    without = [word for name in _STRANGERS for word in ("-p", f"no:{name}")]
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-q", *without)


@pytest.mark.usefixtures("made")
def test_what_it_gives(pytester: pytest.Pytester) -> None:
    """By model, by card, by folder and by a file of any name."""
    body = """
for path in ("models/x/x.safetensors", "models/x/MODEL_CARD.md", "models/x", "models"):
    card = model_card(path)
    assert card.path == "models/x/MODEL_CARD.md"
    assert card.tier == "basic"
    assert card.models == ("models/x/x.safetensors",)
    assert card.sections["limitations"] == "stated"
    assert card.stated("intended-use", "training-data", "limitations", "licence")
    assert card.complete()
    assert not card.complete("release")
    assert not card.stated("evaluation")
    assert card.lacks == ()
assert model_card("notes.txt").sections["training-data"] == "absent"
"""
    result = _ran(pytester, body)
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'assert model_card("models/x").stated("limitations", "evaluation")',
            "not stated in models/x/MODEL_CARD.md: evaluation (line *, heading alone)",
        ),
        ('assert model_card("models/x").complete("research")', "*subgroups (nothing on it); demographics (nothing on it)*"),
        ('model_card("bare/y.safetensors")', "*no card resolves to bare/y.safetensors; `genomic-guard card new` writes a draft"),
        ('model_card("nowhere")', "*there is nothing at nowhere"),
        ('model_card("models/x").stated("limits")', "*there is no such section; did you mean 'limitations'?"),
        ('model_card("models/x").stated()', "*stated() takes names of sections*"),
        ('model_card("models/x").complete("best")', "*a tier is one of basic, research, release"),
    ],
)
@pytest.mark.usefixtures("made")
def test_what_a_failure_says(pytester: pytest.Pytester, line: str, said: str) -> None:
    """Which section of which card, where, and why; no traceback of ours."""
    result = _ran(pytester, line)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"*{said}*"])


def test_the_policy_counts(pytester: pytest.Pytester, made: Path) -> None:
    """Its tier is the one to which a card is held."""
    (made / ".genomic-guard.yaml").write_bytes(policy("research"))
    result = _ran(pytester, 'assert model_card("models/x").complete()')
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*not stated in models/x/MODEL_CARD.md: out-of-scope*"])


@pytest.mark.usefixtures("made")
def test_a_plugin_that_is_idle_imports_nothing(pytester: pytest.Pytester) -> None:
    """Tests that do not use the fixture do not load it."""
    pytester.makepyfile("import sys\n\n\ndef test_it():\n    assert 'pytest_genomic_guard._pytest_cards' not in sys.modules\n")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)
