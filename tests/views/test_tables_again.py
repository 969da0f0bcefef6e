"""What the readers of tables leave out, or read at once, gives what the long way gives: on generated texts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.views.again import Again
from pytest_genomic_guard.views.tables import brackets, delimited, literals, records, texts
from pytest_genomic_guard.views.tables.scanner import Dialect, Scanner

if TYPE_CHECKING:
    import pytest

    from pytest_genomic_guard.views.tables.table import Page

ENTRY = Memory({b"x": b""}).entries()[0]
SIGNS = [
    b"input",
    b"Input ",
    b" ",
    b"\t",
    b"\n",
    b"|",
    b"-",
    b":",
    b"+",
    b"x",
    b" " * 16,
    b"y" * 200,
    b"| -",
    b"-+",
    b"\r",
    b"z" * 190,
]
CODE = [
    b"[",
    b"(",
    b"{",
    b"]",
    b")",
    b"}",
    b",",
    b",",
    b":",
    b"=",
    b" ",
    b"\n",
    b"1",
    b"-1e5",
    b"'a'",
    b'"b"',
    b"rb'c'",
    b"f'x'",
    b"`k`",
]
CODE += [
    b"None",
    b"NA_x",
    b"name",
    b"a.b",
    b".x",
    b"#c\n",
    b"# d, 1\n",
    b"'",
    b'"',
    b"\\",
    b";",
    b"~a",
    b"<-",
    b"key=1,",
    b"'k': 2,",
]
CODE += [b"True,", b"1:2,", b"\xe9", b"foo(", b"c[", b"dict(", b"2,3,4,5,6"]
PARTS = [
    b"id,age,sex\n1,20,F\n2,31,M\n3,44,F",
    b"id age\n1 20\n2 31\n3 44",
    b"words of prose, and\nmore of 2 words, or",
    b'"a": "b:1"c,\n"d": "e,2"f,\n"g": "h,3"i,',
    b"   name  value\n0  a     1.5\n1  b     2.5",
    b"  x y\n1 a 2\n2 b 3",
    b"\n".join(b"S%d" % number for number in range(24)),
    b"no number here\nnor here",
    b"# 1. one\n# 2. two",
    b"1|2\n3|4\n5|6",
    b"",
]
GAPS = st.sampled_from([b"\n\n", b"\n \n", b"\n\n\n", b"\n```\n", b"\n$ cmd\n", b"\n"])
WORDS = st.sampled_from(["a", "b", "", '": "', "\\", " ", "a:", '"', "\n", 'x\\":"', "\u00e9"])


def _joined(parts: list[bytes]) -> st.SearchStrategy[bytes]:
    return st.lists(st.sampled_from(parts), max_size=30).map(b"".join)


@given(_joined(SIGNS))
def test_signs_are_seen_as_a_pattern_sees_them(text: bytes) -> None:
    """Searches for parts of a pattern find what the pattern finds."""
    spoken = re.search(rb"\n[ \t]{0,16}input[ \t\r\n]", b"\n" + text.lower()) is not None
    assert (b"input" in texts._words(text)) == spoken  # noqa: SLF001 - the short cut itself, as below
    drawn = b"|" in text and b"-" in text and any(sign in text for sign in (b"-|", b"|-", b"|:", b"-+-", b"| -"))
    assert texts._drawn(text) == drawn  # noqa: SLF001
    assert texts._has_long(text) == (re.search(rb"[^\n]{400}", text) is not None)  # noqa: SLF001


@given(_joined([b"x" * 40, b"\ninput ", b"\n", b" "]))
def test_a_word_is_seen_where_a_text_is_cut(text: bytes) -> None:
    """A text that is copied piece by piece has the words of the whole."""
    whole, pieces = texts._words(text), texts._COPIED  # noqa: SLF001
    try:
        for size in (25, 31, 64):
            texts._COPIED = size  # noqa: SLF001
            assert texts._words(text) == whole  # noqa: SLF001
    finally:
        texts._COPIED = pieces  # noqa: SLF001


@given(_joined(CODE))
def test_brackets_that_hold_data_are_found_where_all_look_alike(text: bytes) -> None:
    """The search that takes all brackets for one kind leaves none out, and adds none."""
    found = [(each.start(), each[1] is None) for each in literals._BEGIN.finditer(text)]  # noqa: SLF001
    assert list(literals._begun(text)) == found  # noqa: SLF001


@given(
    _joined([b'"', b"'", b"a", b",", b",", b";", b" ", b"\n", b"\r", b"\\", b"\xe3\x81", b"b,c,", b'"x",', b"\xc3\xa9"]),
    st.sampled_from([b",", b";", b" "]),
    st.sampled_from([b'"', b"'", b""]),
    st.sampled_from([b"", b"\\"]),
)
def test_cells_that_are_read_together_are_those_read_one_by_one(text: bytes, delimiter: bytes, quote: bytes, escape: bytes) -> None:
    """A record has the same cells, the same end and the same quoting."""
    fast, slow = (Scanner(Dialect(delimiter=delimiter, quote=quote, escape=escape)) for _each in range(2))
    slow.some = re.compile(rb"(?!)")
    for end in {len(text), len(text) // 2}:
        assert fast.record(text, 0, end) == slow.record(text, 0, end)


def _told(group: Any) -> Any:
    return (group.at, group.call, group.odd, [(key, _told(part)) for key, part in group.items]) if hasattr(group, "odd") else group


@given(_joined(CODE), st.sampled_from([b"]", b"", b",]"]), st.integers(1, 40))
def test_scalars_that_are_read_together_are_those_read_word_by_word(text: bytes, end: bytes, left: int) -> None:
    """A group has the same parts, and costs as much of the bound."""

    class Slow(brackets.Reader):
        def _scalars(self, at: int, group: Any) -> int:
            del group
            return at

    for bound in (left, 1000):
        fast, slow = brackets.Reader(b"[" + text + end), Slow(b"[" + text + end)
        fast.left = slow.left = bound
        one, two = fast.group(0, ""), slow.group(0, "")
        assert (_told(one[0]), one[1], fast.left) == (_told(two[0]), two[1], slow.left)


@st.composite
def _json(draw: st.DrawFn, depth: int = 0) -> str:
    kind = draw(st.integers(0, 3 if depth < 3 else 0))
    gap = draw(st.sampled_from(["", " ", "\n", "\r\n\t"]))
    if kind == 0:
        return draw(st.sampled_from(["1", "2.50", "null", "true", "NaN"]) | WORDS.map(json.dumps))
    if kind == 1:
        return "[" + f",{gap}".join(draw(st.lists(_json(depth + 1), max_size=3))) + "]"
    pairs = draw(st.lists(st.tuples(WORDS.map(json.dumps), _json(depth + 1)), max_size=4))
    return "{" + ",".join(f"{gap}{key}{gap}:{gap}{value}" for key, value in pairs) + gap + "}"


@given(_json())
def test_a_repeated_key_is_seen_without_the_pairs_of_every_object(text: str) -> None:
    """Values are those that come of the pairs of every object, in the same order."""
    slow = json.loads(text, object_pairs_hook=records._object, parse_int=str, parse_float=str, parse_constant=str)  # noqa: SLF001
    assert repr(records._load(text.encode())) == repr(slow)  # noqa: SLF001


@given(_joined([b'"', b'"a"', b"b", b",", b"\n", b'\n"c"d,', b'\n"e",f']))
def test_records_are_read_until_too_many_are_odd(text: bytes) -> None:
    """Where not all of them are read, all would be refused."""
    dialect = Dialect(delimiter=b",")
    _offsets, rows, odd = delimited._first(text, dialect, 0, len(text))  # noqa: SLF001
    every = [(row, wrong) for _at, row, wrong in delimited.records(text, dialect)]
    assert rows == [row for row, _wrong in every[: len(rows)]]
    assert len(rows) == len(every) or sum(wrong for _row, wrong in every) * 10 > len(every)
    assert odd == sum(wrong for _row, wrong in every[: len(rows)])


class _Never(Again):
    """Remembers nothing."""

    def __contains__(self, told: bytes) -> bool:
        """Tell that a key was not added."""
        return False


def _tables(text: bytes) -> list[Any]:
    return [(each.format, each.header, each.complete, list(each.rows())) for each in texts.read(text, ENTRY, (), b"")]


@given(st.lists(st.lists(st.tuples(st.sampled_from(PARTS), GAPS), max_size=8), min_size=1, max_size=6))
def test_parts_that_come_again_are_told_as_when_they_came_first(written: list[list[tuple[bytes, bytes]]]) -> None:
    """What was remembered of other texts changes nothing of a text."""
    every = [b"".join(part + gap for part, gap in each) for each in written]
    kept = [_tables(text) for text in every]
    memory = texts._NONE  # noqa: SLF001
    try:
        for text, tables in zip(every, kept, strict=True):
            texts._NONE = _Never()  # noqa: SLF001
            assert _tables(text) == tables
    finally:
        texts._NONE = memory  # noqa: SLF001


def test_a_part_that_came_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same part of another text is known by its bytes."""
    part = b"\n\nso\na, 1 and then\nb, 2 (and then\n\n"
    asked: list[bytes] = []

    def find(page: Page, span: tuple[int, int], leave_out: bytes = b"") -> None:
        asked.append(page.data[slice(*span)] + leave_out)

    monkeypatch.setattr(delimited, "find", find)
    monkeypatch.setattr(texts, "_NONE", Again())
    for text in (b"first", b"other"):
        assert not _tables(text + part + b"end")
    assert asked.count(part.strip()) == 1
    assert len(asked) == 3
