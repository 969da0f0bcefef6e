"""Windows over long text: every match once, at the line and column that the whole text gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from _views import digits, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.matching import matcher
from pytest_genomic_guard.model import Artifact, Rule
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples, scan
from pytest_genomic_guard.views import text as text_module
from pytest_genomic_guard.views.text import Joiner, unescaped, windows

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOW, OVERLAP = 64, 24
MARK = Rule(name="mark", anchors=(b"@",), pattern=rb"@[a-z]{1,10}\n?[a-z]{0,5};")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make windows small enough that short texts have many."""
    monkeypatch.setattr(text_module, "WINDOW", WINDOW)
    monkeypatch.setattr(text_module, "OVERLAP", OVERLAP)


def artifact(data: bytes) -> Artifact:
    """Return an artifact in memory."""
    return Memory({b"x": data}).entries()[0]


def places(data: bytes) -> Iterator[tuple[int, int, int | None]]:
    """Yield line, column and last line of the rule's matches, window by window."""
    one = artifact(data)
    match = matcher([MARK])
    for window in windows(one.open(), one, (), "file"):
        view = window.replace(hits=match.scan(window.data))
        for start, end in view.matches(MARK):
            at = view.locate(start, end)
            assert at.line is not None
            assert at.column is not None
            yield at.line, at.column, at.end


def naive(data: bytes) -> Iterator[tuple[int, int, int | None]]:
    """Yield the same from the whole text, by counting."""
    for found in re.finditer(MARK.pattern, data):
        before = data[: found.start()]
        line = before.count(b"\n") + 1
        last = line + found.group()[:-1].count(b"\n")
        yield line, len(before.rpartition(b"\n")[2].decode()) + 1, None if last == line else last


@pytest.mark.usefixtures("small")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(("\n", "@ab;", "@abc\nde;", "@", "x" * 17, "é" * 9, "語", "🙂🙂", " ", "long" * 30)), max_size=60))
def test_every_match_once_and_in_its_place(parts: list[str]) -> None:
    """Matches across window borders are found once; line and column equal those of the whole text."""
    data = "".join(parts).encode()
    assert list(places(data)) == list(naive(data))


@pytest.mark.usefixtures("small")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=600))
def test_windows_cover_everything_once(data: bytes) -> None:
    """The owned bytes of all windows are the text."""
    one = artifact(data)
    found = list(windows(one.open(), one, (), "file"))
    assert b"".join(window.data[window.begin : window.owned] for window in found) == data
    assert all(len(window.data) <= WINDOW for window in found)


@pytest.mark.parametrize("shift", range(0, 70, 3))
def test_row_across_a_border(monkeypatch: pytest.MonkeyPatch, shift: int) -> None:
    """A quoted genotype row is found once wherever a window ends, at its own line."""
    monkeypatch.setattr(text_module, "WINDOW", 400)
    monkeypatch.setattr(text_module, "OVERLAP", 200)
    row = samples.vcf(samples=2, variants=1, header="none")
    before = b"word\n" * 55 + b"w" * shift + b"\n"
    found = read(before + row + b"and so on\n" * 80, b"notes.txt").calls
    assert [(view.rows, view.samples, view.at.line) for view in found] == [(1, 2, 57)]


def test_rows_beyond_the_first_window() -> None:
    """With the real bounds: thirty rows behind five megabytes of text are found, at their line."""
    lines = 90_000
    data = b"nothing to see here, only words, sixty of them or so a line\n" * lines
    rows = samples.vcf(samples=1, variants=30, header="none")
    (finding,) = [each for each in scan({b"log.txt": data + rows + data}).findings if each.code == "GEN101"]
    assert finding.line == lines + 1


def test_one_line_without_end() -> None:
    """A long line is windowed too, and its columns go on counting in characters."""
    data = ("ä" * (3 << 20) + "@abc;").encode()
    assert [(line, column) for line, column, _end in places(data)] == [(1, (3 << 20) + 1)]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=12), st.data())
def test_joined_texts_keep_their_places(texts: list[str], data: st.DataObject) -> None:
    """Every offset of a joined buffer leads back to its text, and to line and column in it."""
    joiner = Joiner()
    for number, text in enumerate(texts):
        joiner.add(text, (f"part {number}",), "output")
    view = joiner.text(artifact(b""), ())
    assert view is not None
    number = data.draw(st.integers(0, len(texts) - 1))
    text = texts[number]
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    start = view.segments[number].start
    at = view.locate(start + len(before.encode()))
    assert at.trail == (f"part {number}",)
    assert at.line == before.count("\n") + 1
    assert at.column == len(before.rpartition("\n")[2]) + 1
    assert view.data[start : view.end(view.segments[number])] == text.encode() + Joiner.SEPARATOR


def test_digits_are_the_same_for_a_seed() -> None:
    """The tests' own generator repeats itself, so that a failure can be repeated."""
    assert digits(3, 20) == digits(3, 20) != digits(4, 20)


@given(
    st.lists(st.sampled_from(["\\t", "\\n", "\\", "t", "\t", "\n", "GT", "0/1", '"']), max_size=30).map("".join).map("\\t".__add__)
)
def test_unescaped_text_keeps_offsets(text: str) -> None:
    """Escaped tabs and line feeds become themselves without moving anything; nothing else changes."""
    one = artifact(text.encode())
    window = next(iter(windows(one.open(), one, (), "file")))
    plain = unescaped(window)
    assert plain
    assert len(plain.data) == len(text)
    assert all(a == chr(b) or (a in "\\tn" and chr(b) in " \t\n") for a, b in zip(text, plain.data, strict=True))
    assert b"\\t" not in plain.data
    assert [plain.locate(at) for at in range(len(text))] == [window.locate(at) for at in range(len(text))]
