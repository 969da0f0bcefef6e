"""Fixtures of the tests that go through a door."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The tests of sources need the same scratch repositories, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "sources"))

from _scratch import Ran, Repo, guard

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return an empty git repository."""
    return Repo(tmp_path / "repo")


@pytest.fixture(name="guard")
def fixture_guard() -> Callable[..., Ran]:
    """Return the runner of ``python -I -m pytest_genomic_guard ARGUMENTS``, which takes ``cwd`` and ``env``."""
    return guard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder that no repository holds."""
    path = tmp_path / "folder"
    path.mkdir()
    return path
