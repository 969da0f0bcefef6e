"""A list of files with a long name in it: the name is not read again from each of its words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "health"))  # where what counts the steps stands

from _steps import Steps, TooMany

from pytest_genomic_guard.inventory import bundled

LENGTH = 3000  # of which 255 are few


def test_a_name_of_one_word() -> None:
    """A file is called after licences many times over: longer than any system takes."""
    form = bundled._QUOTED  # noqa: SLF001 - what is bounded
    name = b"a/" + b"licence" * (LENGTH // 7) + b".c"
    steps = Steps(form.pattern, form.flags, most=200 * LENGTH)
    try:
        for place in range(len(name)):
            steps.at(name, place)
    except TooMany:
        pytest.fail("more than 200 steps a byte")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (b"a/licence.py", True),
        (b"a/LICENSES.js", True),
        (b"a/licence" + b"x" * 240 + b".py", True),
        (b"a/licence/", True),
        (b"a.py", False),
    ],
)
def test_a_name_is_told_as_before(path: bytes, told: bool) -> None:  # noqa: FBT001
    """Names that a system takes are no longer than the bound."""
    assert bundled.quotes(path) == told
