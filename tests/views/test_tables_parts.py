"""What is told of a text, or of its parts, by a short cut is what the long way tells: on generated texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.again import Again
from pytest_genomic_guard.views.tables import delimited, fixed, literals, nested, parts, printed, sql, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRY = Memory({b"x": b""}).entries()[0]
LINES = [
    *(
        b"",
        b" ",
        b"\t\r",
        b"```",
        b"  ```r",
        b"$ ls -l",
        b">>> 1",
        b"% 1",
        b"me@host: ~/x$ ls",
        b"me@host ls",
        b"$",
        b"x" * 41 + b"@h: $ l",
    ),
    *(b"1 a 2", b"# 2 b", b"#> 10  x", b"10x", b"...", b"[1,] 5", b"  0  1.5", b"|3", b"\xd9\xa3 a", b"1\xc2\xa0", b"\x1f1"),
    *(b"a, 1", b"b, 2", b'"q"', b"S17", b"words of prose", b"name  value", b"a  1", b"12345678901 x", b"1|2", b"3|4"),
]
RULES = [b"-", b"--", b" ", b"  ", b"\n", b"- -", b"x", b"\r", b"=", b"\t", b"--- ----"]
INSERTS = [
    b"insert",
    b"INSERT",
    b"Insert ",
    b" ",
    b"\n",
    b"into",
    b" INTO t ",
    b"values",
    b"VALUES (1)",
    b"(a, b)",
    b"or ignore",
    b";",
    b"t",
]
YAML = [b"- ", b"- [", b"- {", b"a:", b"a: b", b"\n", b"\r\n", b" ", b"\t", b'"k":', b"x", b"#", b":", b"- - b:"]
FRAMES = [*chain.from_iterable(literals._MAKERS.values())]  # noqa: SLF001 - each of them
FRAMES += [b"(", b" (", b"\n\t(", b"x", b"_", b".", b"pd.", b"a=", b"a=c(", b"rame", b"frame", b"ibble", b"[", b"able", b" "]
HELD = [
    b"<",
    b"<T",
    b"<tr>",
    b"<table ",
    b"\n",
    b" ",
    b"insert",
    b"Insert  into ",
    b"into",
    b"VALUES",
    b"stdin;",
    b"copy x from ",
    b"x",
]
HELD += [b"input", b"Input "]


def _joined(some: list[bytes], between: bytes = b"") -> st.SearchStrategy[bytes]:
    return st.lists(st.sampled_from(some), max_size=40).map(between.join)


def _slowly(text: bytes, *, labels: bool) -> Iterator[parts.Part]:
    """Yield the parts by what is between blank lines, and the labels of the whole text."""
    top = parts._TOP.match(text)  # noqa: SLF001 - the patterns themselves, as below
    start = top.end() if top else 0
    shows = printed.labels(text) if labels else []
    for blank in chain(parts._BLANK.finditer(text), (None,)):  # noqa: SLF001
        begin, end = start, blank.start() if blank else len(text)
        start = blank.end() if blank else start
        if end - begin > 3:
            shown = bisect_left(shows, begin) < bisect_left(shows, end)
            ways = parts._ways(text, begin, end) if end - begin < len(text) else ""  # noqa: SLF001
            if ways or shown:
                yield begin, end, ways, shown


@given(_joined(LINES, b"\n"), st.booleans())
def test_parts_and_their_labels_are_found_together_as_apart(text: bytes, labels: bool) -> None:  # noqa: FBT001 - an example
    """One walk over the lines tells what two tell."""
    assert list(parts.find(text, labels=labels)) == list(_slowly(text, labels=labels))


def test_a_label_in_the_first_line_of_a_part_shows_nothing() -> None:
    """Names stand above the rows; a command is no row."""
    assert list(parts.find(b"no\n\n1 a\nb c\n\nso\n", labels=True)) == []
    assert list(parts.find(b"no\n\nb c\n1 a\n\n% 1 a\nso\n", labels=True)) == [(4, 11, "", True)]


@given(_joined(RULES))
def test_a_rule_is_found_by_its_gap(text: bytes) -> None:
    """What has no gap between dashes has no rule with one."""
    rule = fixed._RULE.search(text)  # noqa: SLF001
    ends = [each.end() for each in re.finditer(rb"(?<=-) +(?=-)", rule[0])] if rule else []
    assert fixed._ruled(text, (0, len(text))) == ((0, *ends) if rule else ())  # noqa: SLF001


@given(_joined(INSERTS))
def test_statements_that_insert_are_found_by_their_first_word(text: bytes) -> None:
    """In any case, and none within another."""
    found = [each.span() for each in sql._INSERT.finditer(text)]  # noqa: SLF001
    assert [each.span() for each in sql._inserts(text)] == found  # noqa: SLF001


@given(_joined(YAML))
def test_what_may_be_yaml_is_told_by_a_line_feed(text: bytes) -> None:
    """The first line counts as one behind a line feed."""
    key = rb"(?:\A|\n)[ \t]*+(?:- )*+[\"']?[\w.:|/-]{1,80}[\"']?:(?:[ \t][^\n]*+)?\r?\n|\A- [{\[]"
    assert texts._is_like_yaml(text) == (re.search(key, text) is not None)  # noqa: SLF001


@given(_joined(FRAMES))
def test_frames_are_found_by_how_their_names_end(text: bytes) -> None:
    """Each search is for some names together."""
    found: list[int] = []
    for word in chain.from_iterable(literals._MAKERS.values()):  # noqa: SLF001
        calls = re.finditer(rb"(?<![0-9A-Za-z_])" + re.escape(word) + rb"\s{0,9}(\()", text)
        found += [each.start(1) for each in calls if word != b"list" or literals._NAMED.match(text, each.end())]  # noqa: SLF001
    assert literals._frames(text) == sorted(found)  # noqa: SLF001


@given(_joined(HELD))
def test_what_a_text_holds_is_told_by_few_words(text: bytes) -> None:
    """Words that tell something only beside another one are looked for where that one stands."""
    low = text.lower()
    found = {"input"} if re.search(rb"(?:\A|\n)[ \t]{0,16}input[ \t\r\n]", low) else set()
    if b"stdin;" in low or all(word in low for word in (b"insert", b"into", b"values")):
        found |= {"rows of SQL"}
        found |= {"statement"} if re.search(texts._STATEMENT, b"\n" + low) else set()  # noqa: SLF001
    found |= {"markup"} if re.search(rb"<(?:table|tr)\b", low) else set()
    assert texts._holds(text) == found  # noqa: SLF001


def test_a_text_without_tables_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One with tables is read as often as it is asked, and a name that says JSON is another question."""
    asked: list[bytes] = []
    slow = texts._utf_8  # noqa: SLF001 - the first step of reading

    def told(text: bytes) -> bytes:
        asked.append(text)
        return slow(text)

    monkeypatch.setattr(texts, "_utf_8", told)
    monkeypatch.setattr(texts, "_NONE", Again())
    table = b"id,age,sex\n1,20,F\n2,31,M\n3,44,F\n"
    for _time in range(2):
        assert len(list(texts.read(table, ENTRY, (), b""))) == 1
        assert not list(texts.read(b"words of prose", ENTRY, (), b""))
        assert not list(texts.read(b"words of prose", ENTRY, (), b"x.json"))
    assert asked == [table, b"words of prose", b"words of prose", table]


@pytest.mark.parametrize("text", [b"rs12345", b"no variant at all", b"\\u0072s1"])
def test_that_a_text_names_a_variant_is_told_as_when_it_came_first(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """Only that it cannot is remembered."""
    monkeypatch.setattr(nested, "_UNNAMED", Again())
    assert [nested.can(text) for _time in range(3)] == [text != b"no variant at all"] * 3


@given(_joined([b'"', b'"', b'"""', b"'", b"\n", b" ", b",", b"|", b"x", b"\t"]), st.sampled_from([b'"', b"'"]))
def test_what_is_before_quotes_is_told_at_once(text: bytes, quote: bytes) -> None:
    """All that one walk over the quotes tells, each searched for alone."""
    begun = text.startswith(quote) and not text.startswith(quote * 3)
    begun = begun or text.count(b"\n" + quote) > text.count(b"\n" + quote * 3)
    found = delimited._quoted(text, quote)  # noqa: SLF001
    assert found[:2] == (begun, text.count(b" " + quote) * 2 > text.count(b"\n"))
    assert {sign for sign in delimited.DELIMITERS if sign + quote in text} == found[2] & set(delimited.DELIMITERS)
