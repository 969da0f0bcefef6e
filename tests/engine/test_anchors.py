"""Anchors that were made rarer, and words grouped by their first letter, tell what the plain forms tell."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.adapters import detected
from pytest_genomic_guard.matching.stdlib import StdlibMatcher
from pytest_genomic_guard.matching.vectorscan import VectorscanMatcher
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import literals, personwords, usedlists
from pytest_genomic_guard.views.health import codedhints, schemahints
from pytest_genomic_guard.views.health.tablehints import stems
from pytest_genomic_guard.views.secrets import further

FIELD = next(rule for rule in personwords.CONTROLLED_HINTS if rule.name == "ukb-field")
COUNT = next(rule for rule in schemahints.CELLS if rule.name == "people-count")
SIZED = next(rule for rule in detected.RULES if rule.name == "detected-sized")
# A rule, the anchors without what must stand behind them, and what texts are made of
PLAIN = (
    (usedlists.HERE, (b"<<",), (b"<<", b"<", b"-", b" ", b'"', b"'", b"EOF", b"\n", b"AB1234", b"12", b"\t", b"\0")),
    (
        SIZED,
        (b"key", b"pwd", b"pass", b"token"),
        (b"key", b"Pass", b"word", b"token", b"'", b'"', b"]", b":", b"=", b" ", b"\t", b">", b"a" * 24),
    ),
    (
        literals.RECORD,
        (b"sample", b"subject", b"iid"),
        (b'"', b"sample", b"Subject", b"iid", b"s", b"_", b"-", b"id", b"NAME", b":", b" ", b"A", b"123"),
    ),
    (codedhints.QUESTION, (b'name"',), (b"name", b'"', b": ", b" ", b"\t", b"\r\n", b"\v", b"\f", b",", b"}", b"x", b"full ")),
    (COUNT, (b"case",), (b"case", b"s", b"_", b"n", b"count", b"\t", b"|", b": ", b"1", b" ", b'"')),
    (FIELD, tuple(b"%c_00" % kind for kind in b"nstdxf"), (b"n", b"s", b"x", b"f", b"_", b"1", b"22", b"0", b" ", b"00000", b".")),
    (further.PARTED, (b'"\n', b"'\n"), (b'"', b"'", b"\n", b"\r", b" ", b"\t", b"+", b"\\", b"abcdefgh", b"12345678-")),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "plain", "parts"), PLAIN, ids=[rule.name for rule, *_rest in PLAIN])
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_rarer_anchors_miss_nothing(rule: Rule, plain: tuple[bytes, ...], parts: tuple[bytes, ...], data: st.DataObject) -> None:
    """Wherever the shorter anchor stands and the expression matches, one of the rule's anchors stands too."""
    text = b"".join(data.draw(st.lists(st.sampled_from(parts), max_size=14)))
    both = rule.replace(anchors=(*rule.anchors, *plain))
    assert StdlibMatcher([rule]).scan(text) == StdlibMatcher([both]).scan(text)


@settings(max_examples=300)
@given(
    words=st.lists(st.text("abé ", min_size=1, max_size=4).filter(lambda word: word[0] != " "), min_size=1, max_size=6),
    text=st.text("abABé x", max_size=12),
)
def test_words_by_their_first_letter(words: list[str], text: str) -> None:
    """Grouped words match as the plain list of them does, the first that fits where one begins as another."""
    given_ = [word.encode() for word in words]
    plain = rb"(?i:" + b"|".join(word.replace(b" ", rb"[ ]") for word in given_) + rb")"
    for behind in (b"", b"x", rb"[a-b]*$"):
        first, second = (re.compile(each + behind) for each in (plain, stems(given_)))
        for at in range(len(text.encode()) + 1):
            one, two = first.match(text.encode(), at), second.match(text.encode(), at)
            assert (one and one.span()) == (two and two.span())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([b"a", b"A", b"1", b"9", b"\0", b"b", b"-"]), max_size=40).map(b"".join))
def test_anchors_of_both_passes_are_one_rules(data: bytes) -> None:
    """A rule with anchors that are looked for as they are and with digits alike, or with NUL, has its matches in order."""
    rules = [
        Rule(name="both", anchors=(b"a", b"0"), pattern=rb"(?i:[a1]b?)", face="shape"),
        Rule(name="lower", anchors=(b"a\0b", b"\0\0a", b"a1"), pattern=rb"(?i:a\0b|\0+a|a1)", face="lower"),
        Rule(name="plain", anchors=(b"\0A\0", b"A"), pattern=rb"\0?A\0?"),
    ]
    assert VectorscanMatcher(rules).scan(data) == StdlibMatcher(rules).scan(data)


def test_every_rarer_anchor_is_needed() -> None:
    """No rule lost a way to begin: each kind of what stands behind an anchor is found."""
    for word, after in itertools.product(
        (b"key", b"PWD", b"pass", b"password", b"token"), (b"=", b": ", b" = ", b"'] = '", b'":\t"', b"\t:")
    ):
        assert VectorscanMatcher([SIZED]).scan(word + after + b"ab" * 12)
