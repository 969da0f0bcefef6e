"""A model of names that is installed and asked for by the policy adds names; none is asked by default."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_random = random.SystemRandom()
# A model for the test: it takes what stands between two tildes, and no word of it is known to anybody.
_MODEL = """
import re


def tildes(text):
    return [match.span(1) for match in re.finditer("~([^~]{3,40})~", text)]


def broken(text):
    raise RuntimeError(text)


def beyond(text):
    return [(len(text) + 5, len(text) + 9), (-3, -9), (0, 0)]
"""


def _word() -> str:
    return "".join(_random.choice("bdfgklmnprstv") + _random.choice("aeiou") for _ in range(4))


@pytest.fixture
def note(tmp_path: Path) -> tuple[Path, str]:
    """Return a folder with a note about somebody in small letters, and installed models; and the name."""
    name = f"{_word()} {_word()}"
    site = tmp_path / "site"
    info = site / "models-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: models\nVersion: 1.0\n", "utf-8")
    points = "".join(f"{each} = models:{each}\n" for each in ("tildes", "broken", "beyond"))
    (info / "entry_points.txt").write_text(f"[genomic_guard_names]\n{points}", "utf-8")
    (site / "models.py").write_text(_MODEL, "utf-8")
    born = f"{_random.randint(1, 28):02}/{_random.randint(1, 12):02}/{_random.randint(1940, 1999)}"
    text = f"saw ~{name}~ today. DOB: {born}. presents with melanoma, started on dabrafenib 150 mg bid\n"
    data = tmp_path / "repository" / "data"
    data.mkdir(parents=True)
    (data / "note.txt").write_text(text, "utf-8")
    return tmp_path, name


def _scan(folder: Path, model: str) -> tuple[int, str, dict[str, Any]]:
    repository = folder / "repository"
    checks = f"checks:\n  PHI106: {{names: {model}}}\n" if model else ""
    (repository / ".genomic-guard.yaml").write_text(f"version: 1\n{checks}", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest_genomic_guard", "scan", "--select", "PHI", "--format", "json"],
        cwd=repository,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder / "site"), "GIT_CEILING_DIRECTORIES": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, done.stdout + done.stderr, report


def test_names_of_a_model_count(note: tuple[Path, str]) -> None:
    """The same note is silent without the model and fails with it; the name is not told."""
    folder, name = note
    before, _all, _report = _scan(folder, "")
    after, told, report = _scan(folder, "tildes")
    assert (before, after) == (0, 1)
    assert [each["code"] for each in report["findings"]] == ["PHI106"]
    assert name not in told
    assert name.split()[0] not in told


@pytest.mark.parametrize("model", ["broken", "nowhere"])
def test_a_model_that_fails_is_a_gap(note: tuple[Path, str], model: str) -> None:
    """What a model that raises, or is not installed, was to read was not read; its message, which has the text, is not told."""
    folder, name = note
    status, told, report = _scan(folder, model)
    assert status != 0
    assert [gap["reason"] for gap in report["gaps"]] == ["check-failed"]
    assert name.split()[0] not in told


def test_spans_beyond_the_text_are_nobody(note: tuple[Path, str]) -> None:
    """Spans outside of the window, turned or empty name nobody."""
    folder, _name = note
    status, _told, report = _scan(folder, "beyond")
    assert (status, report["findings"], report["gaps"]) == (0, [], [])
