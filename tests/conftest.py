"""What all tests share: their luck, and the fixtures of those that go through a door.

With hypothesis' profile ``ci`` what the samples invent is the same in every run, else it is new each time.
"""

from __future__ import annotations

import importlib
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The tests of doors need the scratch repositories of those of sources, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent / "sources"))

from _scratch import Ran, Repo, guard

if TYPE_CHECKING:
    from collections.abc import Callable

_PROFILE = "--hypothesis-profile"


@pytest.hookimpl(tryfirst=True)
def pytest_make_collect_report(collector: pytest.Collector) -> None:
    """Begin a stream of its own for every module: some invent people as they are imported."""
    if isinstance(collector, pytest.Module) and collector.config.getoption(_PROFILE, None) == "ci":
        _draw(collector.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin a stream of its own for every test: it is drawn alike alone, in another order and in another worker."""
    if item.config.getoption(_PROFILE, None) == "ci":
        _draw(item.nodeid)


def _draw(seed: str) -> None:
    if "numpy" in sys.modules:
        importlib.import_module("numpy.random")  # which draws once when it is first used
    # What SystemRandom and the module secrets draw from, and numpy's generators without a seed by these; what the system names its
    # files by (tempfile, uuid) does not pass here.
    random._urandom = random.Random(seed).randbytes  # type: ignore[attr-defined]  # noqa: SLF001, S311
    if "faker" in sys.modules:
        sys.modules["faker"].Faker.seed(seed)


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
