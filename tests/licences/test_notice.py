"""``genomic-guard licences notice``: what is shipped, under what, with each licence text once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _projects import MIT, PYPROJECT, environment, project, ran, wheels

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment with all packages."""
    folder = tmp_path_factory.mktemp("made")
    return environment(folder / "venv", wheels(folder))


def test_what_is_shipped(tmp_path: Path, prefix: Path) -> None:
    """Runtime and extras, no development; a text that several have stands once, below all of them."""
    done = ran(project(tmp_path / "study", prefix), "licences", "notice")
    assert done.returncode == 0, done.stderr
    text = done.stdout
    for line in (
        "copy-thing 1.0: GPL-3.0-or-later",
        "deep-thing 2.0: MIT",
        "plain-thing 1.1: MIT OR Apache-2.0",
        "weak-thing 0.5: MPL-2.0 (extra plots)",
        "deep-thing 2.0: licenses/LICENSE",
        "plain-thing 1.1: licenses/LICENSE",
        "plain-thing 1.1: licenses/NOTICE",
    ):
        assert f"\n{line}\n" in text
    assert "tool-thing" not in text
    assert "loose-thing" not in text
    assert text.count(MIT) == 1
    assert "deep-thing 2.0: licenses/LICENSE\nplain-thing 1.1: licenses/LICENSE\n=" in text


def test_a_text_that_is_not_there_has_a_line(tmp_path: Path, prefix: Path) -> None:
    """Also where nothing at all is known of a package."""
    root = project(tmp_path / "study", prefix, PYPROJECT.replace('"plain-thing"', '"plain-thing", "absent-thing"'))
    done = ran(root, "licences", "notice")
    rest = done.stdout.partition("Packages whose licence text is not here")[2].partition("=")[0]
    told = [line for line in rest.splitlines() if ":" in line]
    assert told == ["absent-thing: no licence found", "copy-thing 1.0: GPL-3.0-or-later", "weak-thing 0.5: MPL-2.0 (extra plots)"]
    assert "of 3 packages no licence text is here" in done.stderr


def test_a_terminal_obeys_nothing_of_it(tmp_path: Path, prefix: Path) -> None:
    """Texts are shown as texts."""
    text = ran(project(tmp_path / "study", prefix), "licences", "notice").stdout
    assert "By[2J us." in text
    assert "\x1b" not in text


def test_it_is_the_same_every_time_and_goes_to_a_file(tmp_path: Path, prefix: Path) -> None:
    """From the environment, and from what is remembered of it."""
    root = project(tmp_path / "study", prefix)
    first, again = ran(root, "licences", "notice"), ran(root, "licences", "notice", "--output", "NOTICE")
    assert (again.returncode, again.stdout) == (0, "")
    assert (root / "NOTICE").read_text() == first.stdout


def test_without_an_environment_the_lock_names_licences(tmp_path: Path, prefix: Path) -> None:
    """The texts are not in the lock, and that is said."""
    root = project(tmp_path / "study", prefix)
    ran(root, "licences", "refresh")
    (root / ".venv").rename(tmp_path / "away")
    done = ran(root, "licences", "notice")
    assert done.returncode == 0
    assert "\ndeep-thing 2.0: MIT\n" in done.stdout
    assert "of 4 packages no licence text is here" in done.stderr
