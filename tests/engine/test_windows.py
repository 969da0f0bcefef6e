"""Windows of a long text, held against the whole of it: no match is lost, doubled or invented where they meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.matching import matcher
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views import text as text_module
from pytest_genomic_guard.views.text import windows
from pytest_genomic_guard.views.variants import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]

WINDOW, OVERLAP = 64, 24
BOUNDED = (
    Rule(name="plain", anchors=(b"@",), pattern=rb"@[a-z]{1,10}\n?[a-z]{0,5};"),
    Rule(name="longest", anchors=(b"[",), pattern=rb"\[[^\[\]]{0,22}\]"),  # OVERLAP bytes with both brackets
    Rule(name="looks behind", anchors=(b"GT",), pattern=rb"(?<=[ ;])GT"),
    Rule(name="looks behind a line", anchors=(b"GT",), pattern=rb"(?<=\n)GT"),
    Rule(name="does not follow", anchors=(b"GT",), pattern=rb"(?<![;\n ])GT"),
    Rule(name="line begins", anchors=(b"#",), pattern=rb"^#[a-z]{0,20}"),
    Rule(name="line ends", anchors=(b";",), pattern=rb";$"),
    Rule(name="whole line", anchors=(b"#",), pattern=rb"^#[a-z]{0,9}$"),
)
TOKENS = (
    "@ab;",
    "@abc\nde;",
    "@",
    ";",
    "GT",
    " ",
    "\n",
    "#ab",
    "#",
    "[",
    "]",
    "[" + "é" * 11 + "]",
    "x" * 22,
    "y" * 40,
    "語",
    "🙂",
)
TEXTS = st.lists(st.sampled_from(TOKENS), max_size=60).map(lambda parts: "".join(parts).encode())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make windows small enough that short texts have many."""
    monkeypatch.setattr(text_module, "WINDOW", WINDOW)
    monkeypatch.setattr(text_module, "OVERLAP", OVERLAP)


def through_windows(data: bytes, rules: Sequence[Rule]) -> dict[str, list[Span]]:
    """Return what the windows of a text give, as spans of the whole text."""
    one = Memory({b"x": data}).entries()[0]
    match = matcher(rules)
    found: dict[str, list[Span]] = {}
    done = 0
    for window in windows(one.open(), one, (), "file"):
        view = window.replace(hits=match.scan(window.data))
        for rule in rules:
            shift = done - view.begin
            found.setdefault(rule.name, []).extend((start + shift, end + shift) for start, end in view.matches(rule))
        done += view.owned - view.begin
    return {name: spans for name, spans in found.items() if spans}


@pytest.mark.usefixtures("small")
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
@example(b"y" * 39 + b" GT" + b"z" * 60)  # a window of one long line ends between the blank and what must follow it
@example(b"y" * 39 + b"\nGT" + b"z" * 60)  # and at a line's end
@example(b"y" * 40 + b"#ab" + b"z" * 60)  # what begins a window is not what begins a line
def test_windows_find_what_the_whole_text_has(data: bytes) -> None:
    """No match is lost, doubled or invented where windows meet, whatever an expression looks at before and behind it."""
    expected = {rule.name: [found.span() for found in re.finditer(rule.pattern, data, re.MULTILINE)] for rule in BOUNDED}
    assert through_windows(data, BOUNDED) == {name: spans for name, spans in expected.items() if spans}


@pytest.mark.parametrize("rule", BOUNDED, ids=lambda rule: rule.name)
def test_every_place_in_two_windows(small: None, rule: Rule) -> None:  # noqa: ARG001 - the windows of this test are small
    """Moved byte by byte over the borders, a match is found once, and at its place."""
    sample = {"plain": b"@abc\nde;", "longest": b"[" + b"a" * 22 + b"]", "line ends": b";\n", "looks behind": b" GT"}
    sample |= {"looks behind a line": b"\nGT", "line begins": b"\n#ab", "whole line": b"\n#ab\n"}
    text = sample.get(rule.name, b"xGT")
    for before in (b"w", b"w\n"):
        for shift in range(3 * WINDOW):
            data = (before * shift)[:shift] + text + b"." * WINDOW
            expected = [found.span() for found in re.finditer(rule.pattern, data, re.MULTILINE)]
            assert expected
            assert through_windows(data, [rule]).get(rule.name) == expected


@pytest.mark.usefixtures("small")
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=500))
def test_windows_of_anything(data: bytes) -> None:
    """Any bytes are owned once, and windows stay within their bound."""
    one = Memory({b"x": data}).entries()[0]
    found = list(windows(one.open(), one, (), "file"))
    assert b"".join(window.data[window.begin : window.owned] for window in found) == data
    assert all(len(window.data) <= WINDOW for window in found)
    assert all(window.begin < window.owned for window in found)


@pytest.mark.parametrize("header", [True, False])
def test_first_line_behind_a_border(monkeypatch: pytest.MonkeyPatch, *, header: bool) -> None:
    """A table of which the first line begins a window is seen as one that does not; the real rules look behind them."""
    monkeypatch.setattr(text_module, "WINDOW", 4000)
    monkeypatch.setattr(text_module, "OVERLAP", 2000)
    index = b"chrom\n" if header else b"GT\t0/1\n"
    for length in range(1985, 2015):
        data = b"w" * length + b"\n" + index + b"w" * 5000
        whole = {rule.name: [found.span() for found in re.finditer(rule.pattern, data, re.MULTILINE)] for rule in RULES}
        assert through_windows(data, RULES) == {name: spans for name, spans in whole.items() if spans}
