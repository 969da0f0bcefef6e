"""Long JSON and notebooks: what spares memory and time gives what the long way gives."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Gap, Rule
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views import notebook
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.genomic import sitesigns, texts
from pytest_genomic_guard.views.genomic.head import Head
from pytest_genomic_guard.views.genomic.head import given as given_bytes
from pytest_genomic_guard.views.tables import brackets, literals, records
from pytest_genomic_guard.views.text import Joiner, Text

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRY = Memory({b"x": b""}).entries()[0]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
BLANKS = st.text(" \t\r\n", max_size=3)


@given(BLANKS, VALUES, BLANKS, st.sampled_from(["", "x", "]", "}", "\x00", "\u3000"]))
def test_whatever_is_json_ends_as_it_began(before: str, value: Any, after: str, behind: str) -> None:
    """What the ends of a text rule out is no JSON."""
    text = f"{before}{json.dumps(value)}{after}{behind}".encode()
    try:
        records._load(text)  # noqa: SLF001 - the long way
    except ValueError:
        return
    assert records._ends(text)  # noqa: SLF001 - the short one


def test_ends_behind_many_blanks() -> None:
    """Where only blanks are near an end, nothing is ruled out; a list that is cut is."""
    blanks = b" " * 9000
    assert records._ends(blanks + b"[1]" + blanks)  # noqa: SLF001 - as above
    assert not records._ends(b'[{"a": 1},\n')  # noqa: SLF001 - as above


PARTS = st.sampled_from(
    [
        *(b"rs", b"12", b"chr", b"-", b"_", b"pos", b"1234567", b":", b"A", b">", b" ", b"bp", b"con", b"tig", b"start", b"AX"),
        *(b"GSA-", b"NM_", b"kgp", b"ex", b"m", b"ref", b"erence", b"name", b"\xff", b"X:", b"g.", b"/", b"  \n  ", b'"'),
    ]
)


@given(st.lists(PARTS, max_size=14).map(b"".join), st.integers(1, 40))
def test_a_text_in_pieces_names_a_variant_as_the_whole_does(text: bytes, piece: int) -> None:
    """No mark, place or word is lost between two pieces."""
    whole = sitesigns.can(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sitesigns, "_PIECE", piece)
        assert sitesigns.can(text) == whole


CODE = st.sampled_from(
    [
        b"[",
        b"(",
        b"{",
        b"c(",
        b"]",
        b")",
        b"}",
        b",",
        b" ",
        b"\n",
        b"1",
        b"'a'",
        b'"b"',
        b":",
        b"=",
        b"x",
        b"# n\n",
        b"NA",
        b"1,2,3,4,5",
    ]
)


@given(st.lists(CODE, max_size=24).map(b"".join))
def test_brackets_that_may_hold_data_are_found_without_a_copy_too(data: bytes) -> None:
    """A long text is not written anew to find them."""
    quick = list(literals._begun(data))  # noqa: SLF001 - both ways
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(literals, "_LONG", -1)
        assert list(literals._begun(data)) == quick  # noqa: SLF001 - as above


@given(st.lists(st.tuples(st.text(max_size=2), st.text(max_size=2)), max_size=4), st.booleans())
def test_two_rows_are_the_pairs_that_they_stand_for(pairs: list[tuple[str, str]], named: bool) -> None:  # noqa: FBT001 - generated
    """Keys and scalars apart are read as pairs."""
    told = brackets.Parts(tuple(key for key, _cell in pairs) if named else None, tuple(cell for _key, cell in pairs))
    want = [(key if named else None, cell) for key, cell in pairs]
    assert list(told) == want
    assert len(told) == len(want)
    assert bool(told) == bool(want)
    assert [told[at] for at in range(len(want))] == want


MARK = Rule(name="mark", anchors=(b"mark",), pattern=rb"\s?mark\(\s?")


@given(
    st.lists(st.sampled_from([b"", b"a b\nc d\n", b"rs1 A G\n", b"S1\nS2\nS3\nS4\nS5\nS6\n", samples.vcf(samples=2)]), max_size=9)
)
def test_outputs_that_come_again_are_known_as_before(shown: list[bytes]) -> None:
    """What many notebooks show is looked at once where it is nobody's; all else every time, each at its place."""
    for _round in range(2):
        out = Joiner()
        for number, part in enumerate(shown):
            out.add(part.decode(), (f"cell {number}",), "output")
        text = out.text(ENTRY, ())
        found = [(seen.format, seen.at.trail) for seen in texts.outputs(text)] if text else []
        want = []
        for number, part in enumerate(shown):
            head = Head(given_bytes(part.rstrip(b"\r\n")), ENTRY, (f"cell {number}",), setting="output")
            want += [(seen.format, seen.at.trail)] if (seen := texts.sniff(head)) else []
        assert found == want


_CELL = b' {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [],\n"source": [\n"x = 1",\n"y = x"\n]}'


def _large(cells: int) -> bytes:
    return b'{"cells": [\n%b%b], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n' % ((_CELL + b",\n") * (cells - 1), _CELL)


@pytest.mark.parametrize("held", [100, 1000])
def test_a_notebook_that_is_too_large_is_read_as_a_text(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its beginning, and with the gap."""
    monkeypatch.setattr(notebook, "HELD", held)
    data = _large(40)
    views = list(decode(Memory({b"a.ipynb": data}).entries()[0]))
    assert b"".join(view.data[view.begin : view.owned] for view in views if isinstance(view, Text)) == data
    assert [view.reason for view in views if isinstance(view, Gap)] == ["too-large"]


@pytest.mark.parametrize("coded", ["\r", "utf-16"])
def test_what_is_opened_anew_is_closed(coded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also below another stream: with the line ends of old Macs, and in another encoding."""
    monkeypatch.setattr(notebook, "HELD", 1000)
    data = _large(40)
    data = data.replace(b"\n", b"\r") if coded == "\r" else data.decode().encode(coded)
    opened: list[Counted] = []

    class Counted(BytesStream):
        closed = False

        def close(self) -> None:
            self.closed = True

    def opener() -> Counted:
        opened.append(Counted(data))
        return opened[-1]

    items = list(decode(Memory({b"a.ipynb": data}).entries()[0].replace(opener=opener)))
    assert [each.reason for each in items if isinstance(each, Gap)] == ["too-large"]
    assert len(opened) > 1
    assert all(each.closed for each in opened)


_HELD = 1 << 24
_METER = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from test_large_json import MADE
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views import notebook, tabular
notebook.HELD = tabular.HELD = int(sys.argv[3])
data = MADE[sys.argv[2]]()
scan({b"y": b"a b c"})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
scan({sys.argv[2].encode(): data})
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // (1 << (20 if sys.platform == "darwin" else 10)))
"""
_RECORD = b' {"name": "total", "value": 0.25, "row": 12, "kind": "open", "size": "small"},\n'
MADE: dict[str, Callable[[], bytes]] = {
    "a.ipynb": lambda: _large(180_000),
    "a.json": lambda: b"[\n" + _RECORD * 220_000 + b' {"patient_id": "none", "rsid": "none"}]\n',
    "line.txt": lambda: b"patient_id, rsid, a b; " * 800_000,
}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such measure")
@pytest.mark.parametrize(("name", "most"), [("a.ipynb", 72), ("a.json", 150), ("line.txt", 110)])
def test_what_is_larger_than_can_be_held_takes_little_memory(name: str, most: int) -> None:
    """A notebook is looked at once, and not cut into lines; no values are made of JSON that is cut, and few of its brackets.

    The one record of a text has no cells.
    """
    words = [sys.executable, "-c", _METER, __file__.rpartition("/")[0], name, str(_HELD)]
    assert int(subprocess.run(words, check=True, capture_output=True, text=True).stdout) < most
