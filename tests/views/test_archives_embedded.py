"""Base64 in text: what is found in it, wherever it stands, and what is passed over."""

from __future__ import annotations

import base64
import gzip
import json
import lzma
from typing import TYPE_CHECKING

import pytest
from _archives import zipped
from _views import read

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = samples.vcf(samples=3)
TEXT = samples.prose(words=300)
EMBEDDED: dict[str, Callable[[bytes], bytes]] = {
    "one line": lambda data: b"x = '" + base64.b64encode(data) + b"'\n",
    "URL-safe": lambda data: b"x = '" + base64.urlsafe_b64encode(data).rstrip(b"=") + b"'\n",
    "MIME": lambda data: b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(data) + b"\n--end--\n",
    "MIME with CRLF": lambda data: b"head\r\n\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n") + b"\r\nend\r\n",
    "data URI": lambda data: b"<a href='data:application/octet-stream;base64," + base64.b64encode(data) + b"'>\n",
    "YAML": lambda data: b"blob: |\n  " + base64.encodebytes(data).strip().replace(b"\n", b"\n  ") + b"\nnext: 1\n",
    "a word on the next line": lambda data: base64.b64encode(data).rstrip(b"=") + b"\nname: other\n",
    "JSON": lambda data: b'{"a": "' + base64.encodebytes(data).replace(b"\n", b"\\n") + b'", "b": 1}\n',
}
INNER: dict[str, Callable[[bytes], bytes]] = {
    "text": bytes,
    "gzip": gzip.compress,
    "xz": lzma.compress,
    "zip": lambda data: zipped({"a.vcf": data}),
    "utf-16": lambda data: data.decode().encode("utf-16"),
}


@pytest.mark.parametrize("around", EMBEDDED)
@pytest.mark.parametrize("inside", INNER)
def test_base64(around: str, inside: str) -> None:
    """A call set in base64 is found, whatever it was packed in before and however its lines are broken."""
    found = read(EMBEDDED[around](INNER[inside](CALLS)))
    assert not found.gaps, [(gap.reason, gap.trail) for gap in found.gaps]
    assert [call.samples for call in found.calls] == [3]
    assert found.calls[0].trail[0].startswith("line ")
    assert found.calls[0].trail[1] == "base64"


@pytest.mark.parametrize("seed", range(4))
def test_base64_across_windows(seed: int) -> None:
    """A part that is longer than a window, and one that a window cuts, are read as a whole."""
    long = TEXT * (3000 * (seed + 1)) + b"." * (seed * 19)
    data = b"#\n" * (2_000_000 + 7919 * seed) + base64.encodebytes(gzip.compress(long + CALLS, 0)) + b"end\n"
    found = read(data)
    assert not found.gaps
    assert sum(text.data[text.begin : text.owned].count(b"\n") for text in found.texts if "base64" in text.trail) == (
        long + CALLS
    ).count(b"\n")


def test_base64_that_is_passed_over() -> None:
    """Pictures, keys, hashes, sequences and rules of dashes are no gaps, and the text stays covered in full."""
    letters = bytes(samples.prose(words=400).translate(bytes(b"ACGT"[byte % 4] for byte in range(256))))
    for content in (
        base64.b64encode(samples.png(size=900)),
        base64.b64encode(samples.binary(size=900)),
        b"-" * 400,
        b"_" * 400,
        b"A" * 400,
        b"/" * 400,
        samples.hexadecimal(digits=600),
        letters[:600],
        b"\n".join(letters[at : at + 60] for at in range(0, 900, 60)),
    ):
        found = read(b"x\n" + content + b"\nend\n")
        assert found.level == "full"
        assert len(found.texts) == 1


def test_base64_in_notebooks() -> None:
    """In a notebook it is found in source and outputs, and told by its cell."""
    packed = base64.encodebytes(gzip.compress(CALLS)).decode()
    cell: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "source": f"data = '''{packed}'''",
        "outputs": [],
        "execution_count": None,
    }
    found = read(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode(), b"a.ipynb")
    assert [call.trail for call in found.calls] == [("notebook", "cell 1", "source", "line 1", "base64", "gzip")]


def test_base64_cut_or_nested_too_deep() -> None:
    """A part that breaks off is a gap with its line, and the text around it is still read."""
    cut = base64.b64encode(gzip.compress(TEXT)[:-40])
    found = read(b"one\ntwo\n" + cut + b"\n")
    assert [(gap.trail, gap.reason) for gap in found.gaps] == [(("line 3", "base64", "gzip"), "truncated")]
    data = CALLS
    for _layer in range(5):
        data = b"x " + base64.b64encode(data) + b" y"
    assert [gap.reason for gap in read(data).gaps] == ["too-deep"]
