"""A short text that nothing else claims is decoded by fewer steps: the same views come of it as by all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views import plain
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.wanted import Wanted

if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.text import Text

RUN = b"VGhpcyBpcyBhIHRleHQgaW4gYmFzZTY0LCB3aGljaCBpcyBsb25nIGVub3VnaCB0byBiZSByZWFkIGFzIHN1Y2gu"
PART = st.sampled_from(
    (
        *(b"word ", b"\n", b"\r\n", b"\r", b"\t", b"x" * 59, b"a" * 61, RUN, RUN * 3, b"=", b"1 2 0 0 1 -9\n", b"1 rs1 0 77 A C"),
        *(b"<html><body>", b"<table>", b"<p>", b"version https://git-lfs.github.com/spec/v1\n", b"oid sha256:", b"{", b"[", b'"'),
        *(b"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", b"@HD\tVN:1.6\n", b">seq\nACGT\n", b"# a comment\n", b"\0", b"\xff"),
        *(b"(", b"c", b"\x80", b"\xef\xbb\xbf", b" " * 300, b"0.25,0.5\n" * 9),
    )
)
NAME = st.sampled_from((b"x", b"x.py", b"x.md", b"x.html", b"x.fam", b"x.bim", b"x.ipynb", b"x.dvc", b"x.csv"))


def _told(artifact: Artifact) -> list[object]:
    """Return what decoding gives, and what it tells whoever is asked for tables."""
    wanted = Wanted(["some-rule"])
    wanted.matched = True
    return [(item, wanted.claimed, wanted.matched) for item in decode(artifact, wanted)] + [(wanted.claimed, wanted.matched)]


def _compared(data: bytes, path: bytes) -> None:
    (artifact,) = Memory({path: data}).entries()
    short = _told(artifact)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain, "short", lambda _part, _stream: None)
        assert _told(artifact) == short


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.lists(PART, max_size=12).map(b"".join) | st.binary(max_size=300), name=NAME)
@example(b"", b"x")
@example(b"1 2 0 0 1 -9", b"x.fam")
@example(RUN, b"x")
def test_the_short_way_gives_the_same(data: bytes, name: bytes) -> None:
    """Of any text, whatever stands in it."""
    _compared(data, name)


@pytest.mark.parametrize("size", [(64 << 10) - 1, 64 << 10, (64 << 10) + 1, (256 << 10) + 1, (4 << 20) + 1])
def test_the_short_way_gives_the_same_of_any_size(size: int) -> None:
    """Of texts around the sizes of what is looked at."""
    _compared((b"words of a line\n" * (size // 16 + 1))[:size], b"x")


@pytest.mark.parametrize("data", [samples.vcf(samples=2), samples.fam(), samples.bim(), samples.frame()])
def test_the_short_way_gives_the_same_of_formats(data: bytes) -> None:
    """Of what a view knows, as a whole, below a comment, and with carriage returns."""
    for name in (b"x", b"x.fam", b"x.bim"):
        for form in (data, b"# a comment\n" + data, data.replace(b"\n", b"\r"), data.replace(b"\n", b"\r\n")):
            _compared(form, name)


def test_most_texts_go_the_short_way() -> None:
    """It is gone, where nothing speaks against it, and not where something does."""
    for data, gone in ((b"def f():\n    return 1\n", True), (RUN, False), (b"1 2 0 0 1 -9\n", False), (b"<html>\n", False)):
        (artifact,) = Memory({b"x": data}).entries()
        met: list[Text | None] = []
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(plain, "short", lambda part, stream, met=met, way=plain.short: met.append(way(part, stream)) or met[-1])
            list(decode(artifact))
        assert met
        assert [each is not None for each in met] == [gone] * len(met)
