"""Luck of the tests: with hypothesis' profile ``ci`` what the samples invent is the same in every run, else it is new each time."""

from __future__ import annotations

import random

import pytest

_PROFILE = "--hypothesis-profile"


def pytest_configure(config: pytest.Config) -> None:
    """Draw from a known stream while modules are collected: some invent people as they are imported."""
    if config.getoption(_PROFILE, None) == "ci":
        _draw("collection")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin a stream of its own for every test: it is drawn alike alone, in another order and in another worker."""
    if item.config.getoption(_PROFILE, None) == "ci":
        _draw(item.nodeid)


def _draw(seed: str) -> None:
    # What SystemRandom and the module secrets draw from; what the system names its files by (tempfile, uuid) does not pass here.
    random._urandom = random.Random(seed).randbytes  # type: ignore[attr-defined]  # noqa: SLF001, S311
