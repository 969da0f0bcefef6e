"""Hints and other rules found in one pass over pieces of a text, held against pieces of another size."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.matching.automaton import AutomatonMatcher
from pytest_genomic_guard.matching.stdlib import StdlibMatcher
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.registry import Plan, Registry

if TYPE_CHECKING:
    from pytest_genomic_guard.model import Face

FACES: tuple[Face, ...] = ("plain", "lower", "shape")
FORMS = (
    ((b"a", b"ab"), rb"(?i:a+b?)"),
    ((b"b0", b"b", b"aa"), rb"(?i:(?:aa|b)[0-9]?\n?)"),
    ((b"ab", b"\n"), rb"(?i:ab$|\n(?=a))"),
    ((b"0",), rb"[0-9][^\n]{0,9}b"),
)
RULES = [
    Rule(name=f"{face}-{number}", anchors=anchors, pattern=pattern, face=face)
    for face in FACES
    for number, (anchors, pattern) in enumerate(FORMS)
]
DATA = st.text("abAB01\n -", max_size=80).map(str.encode)


@pytest.mark.parametrize("first", [1, 2, 7, 30, 1 << 16])
@settings(max_examples=80, deadline=None)
@given(data=DATA, draw=st.data())
def test_a_first_piece_of_any_length(first: int, data: bytes, draw: st.DataObject) -> None:
    """However much is looked at first: the same matches of the others, and the same parts that are asked."""
    names = [rule.name for rule in RULES]
    hints = set(draw.draw(st.lists(st.sampled_from(names), unique=True)))
    asked = hints | set(draw.draw(st.lists(st.sampled_from(names), unique=True)))
    edges = sorted({0, len(data), *draw.draw(st.lists(st.integers(0, len(data)), max_size=3))})
    parts = list(pairwise(edges))

    class Some(AutomatonMatcher):
        pass

    Some.first = first
    expected, told = (made.scan(data, parts) for made in (StdlibMatcher(RULES, hints, asked), Some(RULES, hints, asked)))
    for name in names:
        assert name in hints or list(told.get(name, ())) == list(expected.get(name, ()))
    for start, end in parts:
        first, second = (any(start <= at < end for name in asked for at, _end in each.get(name, ())) for each in (told, expected))
        assert first == second


@settings(max_examples=60, deadline=None)
@given(names=st.lists(st.lists(st.sampled_from([rule.name for rule in Plan(Registry()).rules()]), max_size=6), max_size=8))
def test_who_asks_is_the_same_each_time(names: list[list[str]]) -> None:
    """What is kept of who asks for the rules that matched is what is found out anew."""
    kept = Plan(Registry(), selections=[["GEN", "PHI", "GOV"]])
    for some in [*names, *names]:
        hits: dict[str, object] = {name: [(0, 1)] for name in some}
        again, anew = ([type(each).__name__ for each in plan.gathering(hits)] for plan in (kept, _plan()))
        assert again == anew


def _plan() -> Plan:
    return Plan(Registry(), selections=[["GEN", "PHI", "GOV"]])
