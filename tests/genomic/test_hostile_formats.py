"""Bad input to the genomic readers: whatever is claimed, cut, changed or repeated, nothing raises, and all is read to an end."""

from __future__ import annotations

import contextlib
import io
import sys
import zipfile
from typing import TYPE_CHECKING

import _hostile_formats as hostile
import pytest
from _hostile_memory import LIMIT, grown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views import formats
from pytest_genomic_guard.views.genomic import binary, kinds, texts
from pytest_genomic_guard.views.genomic.grid import Grid
from pytest_genomic_guard.views.genomic.head import Head
from pytest_genomic_guard.views.genomic.head import given as ahead
from pytest_genomic_guard.views.genomic.kinds import Kind
from pytest_genomic_guard.views.genomic.seen import Genomic
from pytest_genomic_guard.views.streams import Peek
from pytest_genomic_guard.views.tables import DataTable
from pytest_genomic_guard.views.tables.table import Source

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE = "pytest_genomic_guard.views.genomic."
SNIFFERS = sorted({name for name, _marks in texts._READERS})  # noqa: SLF001 - each of them, without a second list
RECOGNISERS = kinds._RECOGNISERS  # noqa: SLF001 - as above
MAGIC = [(magic, name) for _at, magic, name, _handling in formats._MAGIC if name in binary.READERS]  # noqa: SLF001 - as above
few = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
(ARTIFACT,) = Memory({b"x": b""}).entries()


def called(module: str, function: str) -> Callable[..., object]:
    """Return a reader's function."""
    __import__(MODULE + module)
    found: Callable[..., object] = getattr(sys.modules[MODULE + module], function)
    return found


@st.composite
def soup(draw: st.DrawFn) -> bytes:
    """Return lines of words that the formats know, between signs that they know; the first may begin with any mark."""
    word = st.sampled_from(hostile.words()) | st.sampled_from(hostile.ABSURD) | st.binary(max_size=3)
    mark = draw(st.sampled_from([b"\t", b" ", b",", b"|", b";", b'","']))
    width = draw(st.integers(1, 14))
    rows = draw(st.lists(st.lists(word, min_size=max(1, width - 1), max_size=width), min_size=1, max_size=12))
    begin = draw(st.sampled_from([b"", b"#", b"##", b"@", b">", b";", b"{", b"[", b"%%", b'"', b"\xef\xbb\xbf"]))
    return begin + b"\n".join(mark.join(row) for row in rows) + b"\n" * draw(st.integers(0, 1))


@pytest.mark.parametrize("module", SNIFFERS)
@few
@given(data=st.one_of(st.binary(min_size=1, max_size=300), soup(), st.sampled_from(hostile.CODES).flatmap(hostile.changed)))
def test_any_text(module: str, data: bytes | tuple[bytes, bytes]) -> None:
    """A reader of texts answers with a view or None, also where its mark does not stand and nobody would ask it."""
    content = data[1] if isinstance(data, tuple) else data
    head = Head(ahead(content), ARTIFACT, (), name=b"x")
    if head.lines and head.lines[0].strip():
        assert isinstance(called(module, "sniff")(head), Genomic | None)


@pytest.mark.parametrize("module", RECOGNISERS)
@few
@given(data=st.data())
def test_any_table(module: str, data: st.DataObject) -> None:
    """A recogniser answers with a kind or None, whatever the columns are called and however many cells a row has."""
    cell = st.sampled_from([word.decode("utf-8", "replace") for word in (*hostile.words(), *hostile.ABSURD)]) | st.text(max_size=4)
    header = tuple(data.draw(st.lists(cell, min_size=1, max_size=12)))
    column = st.sampled_from(data.draw(st.lists(cell, min_size=1, max_size=6)))
    rows = data.draw(st.lists(st.lists(column, max_size=14).map(tuple), max_size=40))
    source = Source(lambda: iter(list(enumerate(rows, 1))))
    form = data.draw(st.sampled_from(["delimited", "columnar"]))
    table = DataTable(artifact=ARTIFACT, trail=(), format=form, header=header, source=source)  # type: ignore[arg-type]
    assert isinstance(called(module, "recognise")(Grid(table)), Kind | None)


@few
@given(magic=st.sampled_from(MAGIC), data=st.binary(max_size=400), gap=st.sampled_from([0, 4, 40]))
def test_any_binary(magic: tuple[bytes, str], data: bytes, gap: int) -> None:
    """A reader of a binary format answers with a view, None or a reason."""
    mark, name = magic
    stream = Peek(BytesStream(mark + bytes(gap) + data))
    with contextlib.suppress(Unreadable):
        assert isinstance(binary.read(name, stream, ARTIFACT, ()), Genomic | None)


@pytest.mark.parametrize("code", hostile.CODES)
@few
@given(data=st.data())
def test_changed(code: str, data: st.DataObject) -> None:
    """The content of a check's cases, cut or changed anywhere, is judged or told as a gap."""
    path, content = data.draw(hostile.changed(code))
    assert not hostile.failed({path: content})


@pytest.mark.parametrize("name", hostile.absurd())
@pytest.mark.parametrize("wrapped", ["", "gzip", "bgzf"])
def test_claims(name: str, wrapped: str) -> None:
    """A header that claims 2^31 of something is told or judged, in place and compressed, and cut at every byte."""
    content = hostile.absurd()[name]
    assert not hostile.failed({b"x": DIRECTIVES[wrapped](content) if wrapped else content})
    if not wrapped:
        for size in range(4, min(len(content), 120)):
            assert not hostile.failed({b"x": content[:size]})


@pytest.mark.parametrize("name", hostile.documents())
def test_documents(name: str) -> None:
    """Claims, cycles and depth of a text are read to an end, in a file and as what a notebook shows."""
    content = hostile.documents()[name]
    assert not hostile.failed({b"x": content})
    assert not hostile.failed({b"x.ipynb": DIRECTIVES["notebook"](content[:100_000])})


@pytest.mark.parametrize(
    "unit", [b"0", b"1 ", b"A", b"a_", b".", b"-", b'"', b"0/", b"rs1", b"1:", b"[", b"e", b"'a',", b" \t", b"1,A;"]
)
def test_long_cells(unit: bytes) -> None:
    """A cell of a third of a megabyte takes work in proportion to its length, wherever it stands: else this takes minutes."""
    for content in hostile.long_cells(unit, 300_000).values():
        assert not hostile.failed({b"x": content})


def calls(content: bytes) -> int:
    """Return how many functions are called, Python's and C's, while a content is scanned."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        assert not hostile.failed({b"x": content})
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", hostile.wide(12))
def test_wide_rows_are_linear(name: str) -> None:
    """Four times the columns take no more than about four times the steps."""
    scan({b"x": hostile.wide(100)[name]})
    assert calls(hostile.wide(40_000)[name]) <= 5 * calls(hostile.wide(10_000)[name]) + 20_000


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell how much memory a process had")
@pytest.mark.parametrize(("name", "share"), [("words", 4), ("variants", 4), ("pedigree", 1), ("header", 1)])
def test_a_million_columns(name: str, share: int) -> None:
    """A line of a million columns takes some hundred bytes of memory for each; of what takes long, a quarter."""
    assert grown("_hostile_formats", "wide", name, 10**6 // share) < LIMIT / share


@pytest.mark.parametrize("code", hostile.CODES)
def test_lines_are_linear(code: str) -> None:
    """Four times the lines of a case's content take no more than about four times the steps."""
    for _path, content in [each for each in hostile.seeds(code) if b"\0" not in each[1]][:2]:
        lines = content + b"\n" * (not content.endswith(b"\n"))
        small = lines * (20_000 // len(lines) + 1)
        scan({b"x": lines})
        assert calls(small * 4) <= 6 * calls(small) + 20_000


def test_encrypted_archive() -> None:
    """Members of an encrypted archive are gaps by their reason, whatever they are called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("calls.vcf", "reads.bam", "chip.idat", "people.fam", "genome.txt"):
            archive.writestr(name, samples.vcf(samples=2))
    data = bytearray(out.getvalue())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    report = scan({b"x.zip": bytes(data)})
    assert {gap.reason for gap in report.gaps} == {"encrypted"}
    assert not [finding for finding in report.findings if finding.code.startswith("GEN")]
