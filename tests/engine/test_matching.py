"""Every matcher held against plain ``re``, and windows held against the whole text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.matching import matcher
from pytest_genomic_guard.matching.automaton import AutomatonMatcher
from pytest_genomic_guard.matching.runs import LEAST, Runs
from pytest_genomic_guard.matching.stdlib import StdlibMatcher
from pytest_genomic_guard.matching.vectorscan import VectorscanMatcher
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.variants import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.matching import Matcher
    from pytest_genomic_guard.model import Face

MATCHERS: tuple[Callable[[Sequence[Rule]], Matcher], ...] = (StdlibMatcher, AutomatonMatcher, VectorscanMatcher)
FACES: tuple[Face, ...] = ("plain", "lower", "shape")
Span = tuple[int, int]

# What expressions can be made of: anchors that overlap themselves and each other, look-around, line ends, nothing at all.
PATTERNS = (
    rb"a+b?",
    rb"aa",
    rb"(?<=b)ab",
    rb"(?<!\n)a",
    rb"^ab.",
    rb"ab$",
    rb"(?=ab)",
    rb"ab(?=\n)",
    rb"a[^b]*b",
    rb"(?i:ab)|b\n",
    rb"b(?:a|b)*?\n",
    rb"(?:a|aa)(?:b|$)",
    rb"A(?s:.){0,4}",
    rb"(a)b\1",
    rb"a++b|b",
    rb"(?>a|ab)a",
    rb"[^\W\d]{2}\b",
    rb"(?i:[a-b]{1,80})",
    rb"a.{0,70}b",
    rb"ab?\Z",
    rb"[^\n]b",
)
ANCHORS = (b"a", b"b", b"ab", b"aa", b"aba", b"A", b"\n", b"b\n", b"0", b"a0", b"00-", b"a\0")
DATA = st.text("abAB1-\n\0", max_size=60).map(str.encode)


@st.composite
def rule_sets(draw: st.DrawFn) -> list[Rule]:
    """Draw some rules with names of their own."""
    anchors = st.lists(st.sampled_from(ANCHORS), min_size=1, max_size=4).map(tuple)
    faces = st.sampled_from(FACES)
    drawn = draw(st.lists(st.tuples(anchors, st.sampled_from(PATTERNS), faces), min_size=1, max_size=4))
    return [
        Rule(name=f"rule-{at}", anchors=anchors, pattern=pattern, face=face) for at, (anchors, pattern, face) in enumerate(drawn)
    ]


def naive(rule: Rule, data: bytes) -> list[Span]:
    """Try the expression wherever an anchor stands; keep a match that begins before the one kept last has ended out."""
    compiled = re.compile(rule.pattern, re.MULTILINE)
    face = data if rule.face == "plain" else data.lower()
    face = re.sub(rb"[0-9]", b"0", face) if rule.face == "shape" else face
    starts = [at for at in range(len(data)) if any(face.startswith(anchor, at) for anchor in rule.anchors)]
    kept: list[Span] = []
    for at in starts:
        found = compiled.match(data, at)
        if found and (not kept or at >= kept[-1][1]):
            kept.append(found.span())
    return kept


@pytest.mark.parametrize("make", MATCHERS)
@settings(max_examples=200, deadline=None)
@given(rules=rule_sets(), data=DATA)
def test_every_anchor_is_tried(make: Callable[[Sequence[Rule]], Matcher], rules: list[Rule], data: bytes) -> None:
    """The spans are those of a naive search at each place of an anchor, for every rule, and rules without a match are left out."""
    found = make(rules).scan(data)
    assert {name: list(spans) for name, spans in found.items()} == {
        rule.name: each for rule in rules if (each := naive(rule, data))
    }


@settings(max_examples=200)
@given(data=DATA, pattern=st.sampled_from([rb"a+b?", rb"aa", rb"ab$", rb"a[^b]*b", rb"(?<=b)ab", rb"(?<!\n)a", rb"^ab."]))
def test_anchored_expressions_are_what_re_finds(data: bytes, pattern: bytes) -> None:
    """Where every match begins with an anchor, the spans are those of `re.finditer`."""
    rule = Rule(name="rule", anchors=(b"a",), pattern=pattern)
    expected = [found.span() for found in re.finditer(pattern, data, re.MULTILINE)]
    for make in MATCHERS:
        assert list(make([rule]).scan(data).get("rule", ())) == expected


@pytest.mark.parametrize("make", MATCHERS)
@settings(max_examples=300, deadline=None)
@given(rules=rule_sets(), data=DATA, repeats=st.sampled_from([1, 3, 2000]), draw=st.data())
def test_hints_tell_which_parts_are_asked(
    make: Callable[..., Matcher], rules: list[Rule], data: bytes, repeats: int, draw: st.DataObject
) -> None:
    """With parts, all rules that are no hints match as without; and a part has a match of a rule that asks where it had one.

    A hint may be told within a match that began in the part before: without parts it is not, as matches of a rule do not overlap.
    """
    patterns = {rule.name: re.compile(rule.pattern, re.MULTILINE) for rule in rules}
    names = [rule.name for rule in rules]
    hints = set(draw.draw(st.lists(st.sampled_from(names), unique=True)))
    asked = hints | set(draw.draw(st.lists(st.sampled_from(names), unique=True)))
    before, after = draw.draw(st.text("xy\n", max_size=20)), draw.draw(st.text("xy\n", max_size=20))
    data = before.encode() * repeats + data + after.encode() * repeats
    edges = sorted({0, len(data), *draw.draw(st.lists(st.integers(0, len(data)), max_size=4))})
    parts = list(pairwise(edges))
    whole = make(rules).scan(data)
    told = make(rules, *([None] if make is VectorscanMatcher else []), hints, asked).scan(data, parts)
    for name in names:
        some, each = list(told.get(name, ())), list(whole.get(name, ()))
        assert some == each or name in hints
        for start, end in set(some) - set(each):
            found = patterns[name].match(data, start)
            assert found
            assert found.end() == end
            assert any(first < start < last for first, last in each)
    for start, end in parts:
        first, second = ({at for name in asked for at, _end in found.get(name, ()) if start <= at < end} for found in (told, whole))
        assert first or not second


@given(data=st.text("012, \tx", max_size=300).map(str.encode), noise=st.binary(max_size=50), at=st.integers(0, 300))
def test_runs_are_those_of_an_expression(data: bytes, noise: bytes, at: int) -> None:
    """The face ``run`` is where a text has none but the anchors' bytes for so long, however that is looked for."""
    data = data[:at] + noise + data[at:]
    rule = Rule(name="run", anchors=(b"0", b"1", b"2", b",", b" ", b"\t"), pattern=rb"[012, \t]{35,}+", face="run")
    expected = [found.span() for found in re.finditer(rb"[012, \t]{%d,}+" % LEAST, data)]
    assert [(rule_.name, spans) for rule_, spans in Runs([rule]).of(data)] == ([("run", expected)] if expected else [])
    for make in MATCHERS:
        assert bool(make([rule]).scan(data)) == bool(expected)


_COLUMNS = samples.columns().decode()
_PARTS = (
    *(_COLUMNS, f"{_COLUMNS}\tFORMAT", "\tx", "\n", " ", ",", '"', "|", "\t", "#", "chrom", "Chrom", "CHROM", "chromosome"),
    *(
        "pos",
        "position",
        "id",
        "GT",
        "GT:DP",
        "0/1",
        "1|0",
        ".",
        ":",
        ";",
        "'",
        "FORMAT",
        "A",
        "1",
        "│",
        "DS",
        "0.5",
        "\tGT\t",
        "AB",
    ),
)


SHIPPED = [make(RULES) for make in MATCHERS]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(_PARTS), max_size=30).map(lambda parts: "".join(parts).encode()))
def test_shipped_rules(data: bytes) -> None:
    """The shipped rules find what a naive search finds; where an expression stands for itself, no place is without an anchor."""
    found = SHIPPED[0].scan(data)
    assert all(other.scan(data) == found for other in SHIPPED[1:])
    for rule in RULES:
        expected = [match.span() for match in re.finditer(rule.pattern, data, re.MULTILINE)]
        anchors_choose = rule.name == "vcf-row"  # which of the keys it takes is said by its anchors alone
        assert list(found.get(rule.name, ())) == (naive(rule, data) if anchors_choose else expected)


@pytest.mark.parametrize("gap", [*(bytes([byte]) for byte in range(128)), "│".encode(), "┃".encode(), "║".encode()])
def test_shipped_rules_whatever_separates(gap: bytes) -> None:
    """What an expression takes for a separator, a line that a terminal draws too, is one behind its anchors."""
    pairs = (b"GT" + gap + b"0/1", b"chrom" + gap + b"pos", b"CHROM" + gap + b"POS")
    data = b"".join(gap + pair + gap + b"\n" for pair in pairs)
    found = StdlibMatcher(RULES).scan(data)
    for rule in RULES:
        expected = [match.span() for match in re.finditer(rule.pattern, data, re.MULTILINE)]
        assert list(found.get(rule.name, ())) == (naive(rule, data) if rule.name == "vcf-row" else expected)


@settings(max_examples=50)
@given(data=DATA)
def test_scans_leave_nothing_behind(data: bytes) -> None:
    """One matcher scans one buffer after another, and each as if it were the first."""
    rules = [Rule(name="one", anchors=(b"a",), pattern=rb"a+"), Rule(name="two", anchors=(b"b", b"a"), pattern=rb"[ab]\n?")]
    used = matcher(rules)
    used.scan(b"aabab\nab")
    assert used.scan(data) == matcher(rules).scan(data)


def test_repeated_name() -> None:
    """Two rules of one name would hide each other's matches: refused."""
    rule = Rule(name="one", anchors=(b"a",), pattern=b"a")
    with pytest.raises(ValueError, match="share a name"):
        matcher([rule, rule.replace(pattern=b"b")])


def test_no_rules() -> None:
    """Without rules nothing matches, and nothing is read."""
    assert matcher([]).scan(b"anything") == {}


NODES = st.recursive(
    st.sampled_from(
        (rb"a", rb"b", rb".", rb"\d", rb"\s", rb"\w", rb"\W", rb"[^a]", rb"[a-c1]", rb"^", rb"$", rb"\b", rb"\B", rb"\x00")
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(b"".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: b"(?:" + b"|".join(some) + b")"),
        st.tuples(inner, st.sampled_from((b"*", b"+?", b"?", b"{1,3}", b"{2}", b"{,2}", b"{1,100}"))).map(
            lambda pair: b"(?:" + pair[0] + b")" + pair[1]
        ),
        inner.map(lambda one: b"(?=" + one + b")"),
        inner.map(lambda one: b"(?!" + one + b")"),
        inner.map(lambda one: b"(?i:" + one + b")"),
        inner.map(lambda one: b"(?s:" + one + b")"),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(pattern=NODES, data=st.text("abAB1 \n\0", max_size=40).map(str.encode))
def test_any_expression_behind_an_anchor(pattern: bytes, data: bytes) -> None:
    """Whatever an expression says in Python's language, Hyperscan is told the anchors alone, and finds what the others find."""
    rules = [Rule(name="rule", anchors=(b"a", b"b"), pattern=pattern), Rule(name="other", anchors=(b"b",), pattern=rb"b\d")]
    assert VectorscanMatcher(rules).scan(data) == StdlibMatcher(rules).scan(data)
