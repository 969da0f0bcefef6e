"""No reader that is not asked would have known the text: what it must show at least is compared with the reader's own answer."""

# ruff: noqa: SLF001 - the short way and the long one are inside

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import _hostile_formats as hostile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.genomic import lists, may, plinklists, strct, texts
from pytest_genomic_guard.views.genomic.head import Head
from pytest_genomic_guard.views.genomic.head import given as ahead

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Artifact(path=b"x", kind="file", origin="memory", opener=lambda: BytesStream(b""))
SNIFF = {name: importlib.import_module(f"pytest_genomic_guard.views.genomic.{name}").sniff for name in may.MAY}
MARKS = {name: [marks for reader, marks in texts._READERS if reader == name] for name in may.MAY}
few = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
SETTINGS = st.sampled_from(("file", "output"))
WORD = st.sampled_from(hostile.words()) | st.sampled_from((b"pop", b"Pop", b"0", b"1", b"-1", b"rs1", b"I", b"M", b"id", b"", b"2"))


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the readers go their long way."""
    monkeypatch.setattr(strct, "tabular", lambda cut: 4 < len(cut[1]) == len(cut[2]))
    monkeypatch.setattr(lists, "is_wide", lambda _lines: False)
    monkeypatch.setattr(plinklists, "_rows", lambda lines: [plinklists._fields(line) for line in lines])


def _heads(data: bytes, path: bytes, setting: str) -> Iterator[Head]:
    for part in (data, b"".join(data.splitlines(keepends=True)[1:])):  # without its header, too
        head = Head(ahead(part), HERE, (), name=path, setting=setting)  # type: ignore[arg-type]
        if head.top and head.top[0].strip():
            yield head


def _compared(head: Head) -> None:
    first = head.lines[0].lstrip()[:1]
    assert head.top == head.lines[: len(head.top)]
    assert len(head.top) == min(len(head.lines), 16)
    for name, sniff in SNIFF.items():
        if not may.MAY[name](head) and any(not marks or first in marks for marks in MARKS[name]):
            assert sniff(head) is None, name


@pytest.mark.parametrize("code", hostile.CODES)
def test_who_knows_a_case_is_asked(code: str) -> None:
    """Each reader that knows the text of a check's case is asked for it."""
    for path, data in hostile.seeds(code):
        for setting in ("file", "output"):
            for head in _heads(data, path, setting):
                _compared(head)


@few
@given(data=st.data(), code=st.sampled_from(hostile.CODES), setting=SETTINGS)
def test_who_knows_a_changed_case_is_asked(data: st.DataObject, code: str, setting: str) -> None:
    """So is each one that knows what such a text becomes."""
    path, content = data.draw(hostile.changed(code))
    for head in _heads(content, path, setting):
        _compared(head)


@few
@given(
    rows=st.lists(st.lists(WORD, min_size=1, max_size=14), min_size=1, max_size=20),
    mark=st.sampled_from((b"\t", b" ", b",", b", ", b"\x0b", b'","', b" ; ")),
    end=st.sampled_from((b"\n", b"\r\n", b"\n\n", b"\r")),
    setting=SETTINGS,
)
def test_who_knows_rows_of_words_is_asked(rows: list[list[bytes]], mark: bytes, end: bytes, setting: str) -> None:
    """Rows of words that the formats know, and such rows of one width, which say the same again and again."""
    for each in (rows, [row[:6] for row in rows if len(row) >= 6], [rows[0]] * 5):
        for head in _heads(end.join(mark.join(row) for row in each) + end, b"x", setting):
            _compared(head)


@few
@given(
    data=st.data(),
    code=st.sampled_from(hostile.CODES),
    comments=st.lists(
        st.sampled_from(
            (
                *(
                    b"# a comment",
                    b"#",
                    b"#!/bin/sh",
                    b" # x",
                    b"#eigvals: 1 2",
                    b"#FID IID",
                    b"#IID",
                    b"#CHROM",
                    b"#rfmix diploid",
                ),
                *(b"#Subpopulation order/codes: A=0", b"#chm\tspos", b"#reference_panel_population: A", b"SOL-0 a_1", b"FID_IID 1"),
                *(
                    b"# This file was produced by: bcftools roh(1.9)",
                    b"FID KID CHR SNP CODE ERROR",
                    b"RG\ta\tb\tc\td",
                    b"1 HG1_HG2",
                ),
            )
        ),
        min_size=1,
        max_size=20,
    ),
)
def test_who_knows_a_text_below_comments_is_asked(data: st.DataObject, code: str, comments: list[bytes]) -> None:
    """However many comments stand above, and whatever they say."""
    path, content = data.draw(hostile.changed(code) | st.sampled_from(hostile.seeds(code)))
    for head in _heads(b"\n".join([*comments, content]), path, "file"):
        _compared(head)


@few
@given(
    names=st.lists(st.from_regex(rb"(?:kgp|D|loc|L|rs|\d{1,2}:)\d{1,7}", fullmatch=True), min_size=1, max_size=5),
    mark=st.sampled_from((b"\t", b" ", b",", b" ; ")),
    lead=st.sampled_from((b"", b"  ")),
    people=st.integers(1, 30),
    setting=SETTINGS,
)
def test_who_knows_a_structure_of_few_loci_is_asked(
    names: list[bytes], mark: bytes, lead: bytes, people: int, setting: str
) -> None:
    """So is the one of STRUCTURE input, whose second line are distances, of however few loci."""
    rows = [names, [b"-1", *(b"1000" for _name in names[1:])]]
    rows += [
        [b"HG%d" % (17000 + number), b"1", *(b"%d" % (1 + each % 2) for each in range(2 * len(names)))] for number in range(people)
    ]
    for head in _heads(b"".join(lead + mark.join(row) + b"\n" for row in rows), b"x", setting):
        _compared(head)


@few
@given(data=st.data(), code=st.sampled_from(hostile.CODES))
def test_short_ways_inside_readers_answer_the_same(data: st.DataObject, code: str) -> None:
    """What ends a reader early ends no text that it would have known."""
    path, content = data.draw(hostile.changed(code))
    for head in _heads(content, path, "file"):
        slow = [module.sniff(head) for module in (lists, strct, plinklists)]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(strct, "tabular", may.tabular)
            patched.setattr(lists, "is_wide", may.is_wide)
            patched.setattr(plinklists, "_rows", QUICK)
            assert [module.sniff(head) for module in (lists, strct, plinklists)] == slow


QUICK = plinklists._rows


@few
@given(data=st.data(), code=st.sampled_from(hostile.CODES), more=st.booleans())
def test_the_last_line_is_found_from_the_end(data: st.DataObject, code: str, more: bool) -> None:  # noqa: FBT001 - drawn
    """The last line that is no comment is the same as by cutting all of them."""
    _path, content = data.draw(hostile.changed(code))
    looks = iter((content,))
    head = Head(lambda _size: next(looks, content + b"x" * more), HERE, ())
    slow = next((line for line in reversed(head.lines) if line.strip() and not line.startswith(b"#")), b"")
    assert head.last() == slow
