"""Time is linear in the size of hostile cards and code: shown by counting steps of patterns and calls, not by a clock."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "health"))  # where what counts the steps stands

from _card_hostile import LONG, doubled
from _steps import Steps, TooMany, tree, unbounded

import pytest_genomic_guard.relations.cards as over_cards
import pytest_genomic_guard.relations.datause as over_data
from pytest_genomic_guard._regex import Regex
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views import cards, datause, models
from pytest_genomic_guard.views.cards import forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, ModuleType

    from pytest_genomic_guard.model import Rule

RULES: list[Rule] = sorted(Plan(Registry(), selections=(("CARD", "GOV"),)).rules(), key=lambda rule: rule.name)
SIGNS = ("0", " ", "a", "A", "a ", "0,", "0 ", " \n", "\t", '"', '\\"', "|", "[", "<", "-", "%", "(", ":", "a.", "A, ")
REACH, FAR = 8_000, 3_000  # steps of a rule at one place; bytes that stand behind it
LENGTH, EACH = 600, 280  # bytes of a text; steps that a pattern takes for each of them at most, where all are tried
WIDE = 1000  # from which a repetition counts as long: shorter ones are bounded by what they say
GROWTH, ENOUGH = 2.6, 400


def test_there_are_rules() -> None:
    """The tests below have something to try."""
    assert len(RULES) > 5


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_takes_bounded_steps_at_a_place(rule: Rule) -> None:
    """What stands behind an anchor cannot make a rule go on and on, so that a text takes steps in proportion to its size."""
    assert not list(unbounded(tree(rule.pattern, re.MULTILINE)))
    for anchor in rule.anchors[:: max(1, len(rule.anchors) // 3)][:3]:
        begun = anchor.replace(b"0", b"1") if rule.face == "shape" else anchor
        for filler in [*(sign.encode() for sign in SIGNS), begun, begun + b" "]:
            steps = Steps(rule.pattern, re.MULTILINE, most=REACH)
            try:
                steps.at(b",  " + begun + filler * (FAR // len(filler)), 3)
            except TooMany:
                pytest.fail(f"more than {REACH} steps where {filler!r} is repeated")


def _modules() -> Iterator[ModuleType]:
    for package in (cards, models, datause, over_cards, over_data):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(module.name)


def _held(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Yield the expressions in a value of a module."""
    if isinstance(value, (re.Pattern, Regex)):
        yield cast("re.Pattern[Any]", value)
    elif isinstance(value, (dict, list, tuple)) and depth < 4:
        for each in value.values() if isinstance(value, dict) else value:
            yield from _held(each, depth + 1)


def _written(module: ModuleType) -> Iterator[tuple[int, str, re.Pattern[Any]]]:
    """Yield the expressions that stand where they are used, with what uses them."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, (str, bytes)) and node.func.attr != "escape":
                yield node.lineno, node.func.attr, re.compile(first.value)


@cache
def patterns() -> dict[str, tuple[re.Pattern[Any], bool]]:
    """Return the expressions of these families that repeat much, by where they are, and whether they are tried at each place."""
    found: dict[str, tuple[re.Pattern[Any], bool]] = {}
    modules = list(_modules())
    sources = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules)
    for module in modules:
        where = module.__name__.split(".", 1)[1]
        for name, value in vars(module).items():
            begun = re.search(rf"\b{re.escape(name)}(?:\[\w+\])?\.(?:match|fullmatch)\(", sources) is not None
            sought = (
                not begun
                or re.search(rf"\b{re.escape(name)}(?:\[\w+\])?\.(?:search|findall|finditer|sub|split)\(", sources) is not None
            )
            for number, each in enumerate(_held(value)):
                found.setdefault(f"{where}.{name}.{number}", (each, sought))
        for line, use, each in _written(module):
            if use != "compile":
                found.setdefault(f"{where}:{line}", (each, use not in {"match", "fullmatch"}))
    return {name: each for name, each in found.items() if _long(tree(each[0].pattern, each[0].flags & ~re.UNICODE))}


def _long(node: Any) -> bool:
    """Tell whether an expression repeats something often, or a repetition."""
    text = repr(node)
    counts = [int(each) if each.isdigit() else WIDE for each in re.findall(r"(?:MAX|MIN)_REPEAT, \(\d+, (\d+|MAXREPEAT)", text)]
    return any(each >= WIDE for each in counts)


@pytest.mark.parametrize("name", sorted(patterns()))
def test_a_pattern_takes_few_steps_for_each_byte(name: str) -> None:
    """A search through a text of one sign, or of its own words, tries each place: none of them looks at all of the rest."""
    pattern, sought = patterns()[name]
    flags = pattern.flags & ~re.UNICODE
    assert not list(unbounded(tree(pattern.pattern, flags)))
    again: Any = re.compile(pattern.pattern, flags)
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = re.findall(r"[a-z]{3,}", text.lower())[:2]
    for filler in (*SIGNS, *words, *(f"{word} " for word in words)):
        data = (filler * (LENGTH // len(filler) + 1)).encode()[:LENGTH]
        same = data.decode() if isinstance(pattern.pattern, str) else data
        steps = Steps(pattern.pattern, flags, most=EACH * (LENGTH if sought else 30))
        try:
            place = 0
            while place < (LENGTH if sought else 1):
                found = steps.at(data, place) and again.match(same, place)  # a search goes on behind what it found
                place = max(place + 1, found.end() if found else 0)
        except TooMany:
            pytest.fail(f"more than {EACH} steps a byte where {filler!r} is repeated")


@pytest.mark.parametrize("sign", ["'", '"', ".", " ", "['", "-."])
def test_a_value_that_is_looked_at_as_a_whole_takes_few_steps(sign: str) -> None:
    """Signs that may stand before, in and behind a word that answers nothing are given to one of the three once and for all."""
    steps = Steps(rf"(?:{forms._EMPTY.pattern.removeprefix('(?i)')})\Z", most=8 * LENGTH)  # noqa: SLF001 - what is bounded
    assert not steps.at((sign * LENGTH)[:LENGTH].encode() + b"x", 0)


@given(st.text("nNaA/.-?\u2013 \n'\"[]()x", max_size=12))
def test_a_value_that_answers_nothing_is_told_as_with_every_way_tried(text: str) -> None:
    """What gives nothing back says what the same expression says that does."""
    whole = forms._EMPTY.pattern.replace("*+", "*")  # noqa: SLF001
    assert whole != forms._EMPTY.pattern  # noqa: SLF001
    assert bool(re.fullmatch(whole, text)) == bool(forms._EMPTY.fullmatch(text))  # noqa: SLF001


def calls(data: bytes, path: str = "MODEL_CARD.md") -> int:
    """Count the calls of functions, ours and others, while a text is scanned; those into C are counted too."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        scan({path.encode(): data})
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "sign", [*LONG, "# a\n", "- a\n", "| a | b |\n", "<h1>", "<h1></H1>", "<table></TABLE>", "a\n\n", "Trained on 9 a. "]
)
def test_a_card_twice_as_long_takes_twice_the_calls(sign: str) -> None:
    """A text of one sign, of headings, of rows of tables, of tags: the calls grow with its length."""
    first, second, third = doubled(sign)
    calls(first)  # what is made once
    assert calls(third) <= GROWTH * calls(second) + ENOUGH
