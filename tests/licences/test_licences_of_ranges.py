"""Licences in a range of commits: what stands in the last one is compared, and nothing that gave way to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _projects import ran

if TYPE_CHECKING:
    from pathlib import Path

GPL, MIT = "GPL-3.0-or-later", "MIT"


def committed(root: Path, *states: dict[str, str | None]) -> None:
    """Commit files, one state after another; None removes a file."""
    import subprocess  # noqa: PLC0415 - of this function

    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)

    root.mkdir()
    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "begin")
    for state in states:
        for name, text in state.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                (root / name).unlink()
            else:
                (root / name).write_text(text)
        git("add", "-A")
        git("commit", "-q", "-m", "work")


def codes(root: Path, count: int) -> set[str]:
    """Return the codes on licences that a range of the last commits brings."""
    words = ("scan", "--range", f"HEAD~{count}..HEAD", "--select", "LIC2,LIC3", "--format", "json")
    report = json.loads(ran(root, *words).stdout)
    return {each["code"] for each in report["findings"]}


def manifest(licence: str) -> str:
    """Return a manifest."""
    return f'[project]\nname = "study"\nversion = "1"\nlicense = "{licence}"\n'


def card(licence: str, base: str = "") -> str:
    """Return the card of a model."""
    return f"---\nlicense: {licence}\n{f'base_model: {base}' if base else ''}\n---\n# Model\n"


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([{"pyproject.toml": manifest(MIT)}, {"pyproject.toml": manifest(GPL)}], set()),
        ([{"pyproject.toml": manifest(GPL)}, {"pyproject.toml": manifest(MIT)}], set()),
        ([{"pyproject.toml": manifest("Apache-2.0")}, {"pyproject.toml": manifest(MIT)}], set()),
        ([{"setup.cfg": f"[metadata]\nlicense = {GPL}\n"}, {"setup.cfg": None, "pyproject.toml": manifest(MIT)}], set()),
        ([{"pyproject.toml": manifest(MIT)}, {"setup.cfg": f"[metadata]\nlicense = {GPL}\n"}], {"LIC208"}),
        ([{"setup.cfg": "[metadata]\nlicense = ISC\n"}, {"pyproject.toml": manifest(MIT)}], {"LIC204"}),
        (
            [
                {"a/README.md": card("cc-by-nc-4.0"), "b/README.md": card("mit", "a")},
                {"b/README.md": card("cc-by-nc-4.0", "a")},
            ],
            set(),
        ),
        ([{"a/README.md": card("cc-by-nc-4.0")}, {"b/README.md": card("mit", "a")}], {"LIC303"}),
    ],
)
def test_what_gave_way_is_not_compared(tmp_path: Path, states: list[dict[str, str | None]], told: set[str]) -> None:
    """A file is not compared with its own older content, nor another one with a file that is gone."""
    committed(tmp_path / "r", *states)
    assert codes(tmp_path / "r", 2) & {"LIC204", "LIC208", "LIC303"} == told
