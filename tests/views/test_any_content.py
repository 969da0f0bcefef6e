"""Whatever stands in a file, decoding it never raises, is never silent, and takes steps in proportion to its length.

What each parser is given besides: archives, streams, pickles, notebooks, pages and tables have properties beside their own tests.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import lzma
import random
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from _archives import sevenz, tarred, zipped
from _views import Decoded, cohorts, read
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples
from pytest_genomic_guard.views import formats, rows
from pytest_genomic_guard.views.streams import encoding

if TYPE_CHECKING:
    from _views import Cohort

CALLS = samples.vcf(samples=3)
SEEDS = {
    "VCF": CALLS,
    "columns and no rows": samples.vcf(samples=2, variants=0),
    "BCF": samples.bcf(samples=2),
    "PLINK bed": samples.bed(),
    "PLINK fam": samples.fam(),
    "PLINK bim": samples.bim(),
    "printed frame": samples.frame(),
    "UTF-16": CALLS.decode().encode("utf-16"),
    "UTF-32 without mark": CALLS.decode().encode("utf-32-be"),
    "carriage returns": CALLS.replace(b"\n", b"\r"),
    "escaped": DIRECTIVES["escaped"](CALLS),
    "gzip": gzip.compress(CALLS),
    "BGZF": DIRECTIVES["bgzf"](CALLS),
    "zlib": zlib.compress(CALLS),
    "LZMA alone": lzma.compress(CALLS, lzma.FORMAT_ALONE),
    "bzip2": bz2.compress(CALLS),
    "base64": b"x = '" + base64.b64encode(gzip.compress(CALLS * 3)) + b"'\n",
    "wrapped base64": base64.encodebytes(CALLS * 3),
    "notebook": DIRECTIVES["notebook"](CALLS),
    "page": b"<!doctype html><body><table><tr><td>" + CALLS.replace(b"\t", b"<td>").replace(b"\n", b"<tr><td>") + b"</table>",
    "git-lfs pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize 12\n" % samples.hexadecimal(),
    "zip of all sorts": zipped({"a.ipynb": DIRECTIVES["notebook"](CALLS), "b": gzip.compress(CALLS), "c": samples.fam()}),
    "tar of 7z": tarred({"a": sevenz({"b": CALLS})}),
}
unhurried = settings(deadline=None)  # the first example imports, and a busy machine is no fault
NAMES = {"notebook": b"a.ipynb", "page": b"a.html", "PLINK fam": b"a.fam", "PLINK bim": b"a.bim"}
_at = st.integers(0, 10**6)
_edits = st.lists(st.tuples(_at, st.integers(0, 9), st.binary(max_size=9)), min_size=1, max_size=6)


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Return `data` with some bytes cut out and others put in."""
    for at, cut, put in edits:
        place = at % (len(data) + 1)
        data = data[:place] + put + data[place + cut :]
    return data


@pytest.mark.parametrize("name", SEEDS)
@unhurried
@given(edits=_edits)
def test_any_damage(name: str, edits: list[tuple[int, int, bytes]]) -> None:
    """Bytes cut out and put in anywhere leave one coverage or a gap; `read` asserts it."""
    assert read(edited(SEEDS[name], edits), NAMES.get(name, b"x")).level


_MAGIC = sorted({magic for _offset, magic, _name, _handling in formats._MAGIC})  # noqa: SLF001 - each of them, without a second list
_IN_CHILD = (b"PAR1", b"FEA1", b"ARROW1", b"\x89HDF", b"\x93NUMPY", b"X\n", b"B\n", b"RD", b"<stata", b"HEADER", b"SQLite")


@unhurried
@given(magic=st.sampled_from(_MAGIC), data=st.binary(max_size=400), before=st.sampled_from([0, 4, 8, 16, 128, 257]))
def test_any_bytes_after_a_magic(magic: bytes, data: bytes, before: int) -> None:
    """What begins like a format and goes on like none is told; formats that a library reads have tests of their own."""
    found = formats.identify(magic + data)
    assert found is None or found[1] in {"opaque", "partial", "packed", "archive", "container"}
    if not magic.startswith(_IN_CHILD):
        assert read(magic + data).level
        assert read(bytes(before) + magic + data).level


def test_packed_data_is_no_text() -> None:
    """What is compressed or encrypted is not called a text, however short it is, but for one in a hundred."""
    noise = random.Random(5)  # noqa: S311 - no secret
    texts = [size for size in range(48, 1500) if encoding(noise.randbytes(size)) == "bytes"]
    assert len(texts) < 15, texts


_CALLS = b"0/1 0|1:9 0.5".split()  # apart from their keys, so that our own scan of this file finds none
_WORDS = b"GT GT:DP DS #CHROM POS FORMAT chr7 1 . A A,<DEL> PASS".split() + _CALLS
_field = st.sampled_from(_WORDS) | st.binary(max_size=4)
_separator = st.sampled_from([b"\t", b" ", b",", b"|", b"\n", b"\\t", b"\\n", b"'", b'"', b"<td>", b"\0", b";"])
_soup = st.lists(st.tuples(_field, _separator).map(b"".join), max_size=120).map(b"".join)


@unhurried
@given(line=_soup)
def test_any_line(line: bytes) -> None:
    """The grammar of a row takes any bytes, and sees no more people than fields."""
    assert 0 <= rows.people(line) <= len(rows.fields(line))


@unhurried
@given(text=_soup)
def test_any_soup_of_fields(text: bytes) -> None:
    """Fields and separators in any order are read without an error, in a file, in an output and in a source."""
    assert read(text).level
    shown = text.decode("utf-8", "replace").encode()
    for kind in ("notebook", "notebook-stream", "notebook-html", "notebook-source"):
        assert read(DIRECTIVES[kind](shown), b"a.ipynb").level


@unhurried
@given(cohort=cohorts(header=True), width=st.integers(15, 60), end=st.sampled_from([b"\n", b"\r\n", b"\n  ", b"\\n"]))
def test_base64_of_any_width(cohort: Cohort, width: int, end: bytes) -> None:
    """People in base64 are seen however it is wrapped, in lines that a program writes."""
    encoded = base64.b64encode(cohort.data * (1 + 400 // len(cohort.data)))
    lines = [encoded[at : at + 4 * width] for at in range(0, len(encoded), 4 * width)]
    found = read(b'x = "' + end.join(lines) + b'"\n')
    assert cohort.samples in [call.samples for call in found.calls]


def _steps(data: bytes, name: bytes) -> tuple[int, Decoded]:
    """Decode, and count the calls of functions, Python's and C's."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        found = read(data, name)
    finally:
        sys.setprofile(before)
    return count, found


@unhurried
@given(unit=_soup.filter(len), name=st.sampled_from([b"x", b"a.html", b"a.ipynb", b"a.fam"]))
def test_steps_are_linear(unit: bytes, name: bytes) -> None:
    """Eight times the length takes no more than about eight times the steps."""
    small = unit * (2000 // len(unit) + 1)
    first, _found = _steps(small, name)
    more, _found = _steps(small * 8, name)
    assert more <= 12 * first + 2000
