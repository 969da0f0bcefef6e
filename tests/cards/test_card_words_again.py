"""Words that come again and again without a blank: an expression does not read the rest of them from each of them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "health"))  # where what counts the steps stands

from _steps import Steps, TooMany

from pytest_genomic_guard.views.cards import given
from pytest_genomic_guard.views.cards.sections import people, training

LENGTH, EACH = 600, 280


def steps(form: re.Pattern[str], text: str, most: int, *, whole: bool = False) -> None:
    """Count what a search takes from each place of a text, or a look at all of it. Raises `TooMany`."""
    counted = Steps(rf"(?:{form.pattern})\Z" if whole else form.pattern, form.flags & ~re.UNICODE, most=most)
    for place in (0,) if whole else range(len(text)):
        counted.at(text.encode(), place)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (people._OUTPUT, "predict" * (LENGTH // 7)),  # noqa: SLF001 - what is bounded
        (training._IS, "training/" + "a" * LENGTH),  # noqa: SLF001
    ],
    ids=["output", "source"],
)
def test_a_sentence_of_one_word(form: re.Pattern[str], text: str) -> None:
    """Neither a word that is written many times over, nor a long one behind a stroke."""
    try:
        steps(form, text, EACH * len(text))
    except TooMany:
        pytest.fail(f"more than {EACH} steps a byte")


def test_a_key_of_one_word() -> None:
    """A key that says it many times, and is none: two lengths take steps in proportion."""
    form = given._SECTION_KEYS["out-of-scope"]  # noqa: SLF001
    text = "outofscope" * (LENGTH // 10) + ":x"
    try:
        steps(form, text, 30 * LENGTH, whole=True)
    except TooMany:
        pytest.fail("more than 30 steps a byte")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("out_of_scope", True),
        ("model:outOfScopeUses", True),
        ("uses_out_of_scope", True),
        ("outofscope:uses", False),
        ("scope", False),
    ],
)
def test_a_key_is_told_as_before(key: str, told: bool) -> None:  # noqa: FBT001
    """What stands before a first colon may be a prefix; a colon behind it is none."""
    assert given.names(key, "out-of-scope") == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it predicts the gender", True),
        ("a classifier of age", True),
        ("predicted-sex", True),
        ("detects. gender", False),
        ("predictgender", False),
        ("predict_the_gender", False),
    ],
)
def test_what_is_put_out_is_told_as_before(text: str, found: bool) -> None:  # noqa: FBT001
    """A word goes to its end before what stands behind it is looked at, as it has to."""
    assert (people._OUTPUT.search(text) is not None) == found  # noqa: SLF001
