"""Streams over streams against the standard library: the same bytes whatever the size of the reads."""

from __future__ import annotations

import codecs
import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard._samples import bgzf
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views import streams
from pytest_genomic_guard.views.streams import Inflate, Peek, Transcode, encoding


class Pieces:
    """A stream that gives its bytes in the pieces it was made of, as a pipe does."""

    def __init__(self, data: bytes, cuts: list[int], error: str | None = None) -> None:
        """Cut `data`; `error` is the reason raised at its end."""
        places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
        self._pieces = [data[a:b] for a, b in pairwise(places)]
        self._error = error
        self.closed = False

    def read(self, size: int, /) -> bytes:
        """Return the next piece, or the part of it that was asked for."""
        if not self._pieces:
            if self._error:
                raise Unreadable(self._error)
            return b""
        piece = self._pieces.pop(0)
        if len(piece) > size:
            self._pieces.insert(0, piece[size:])
        return piece[:size]

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True


CUTS = st.lists(st.integers(0, 10**6), max_size=12)
SIZES = st.integers(1, 300)


def drain(stream: Inflate | Transcode | Peek, size: int) -> bytes:
    """Read to the end."""
    out = b""
    while part := stream.read(size):
        out += part
    return out


def until_error(stream: Inflate | Peek, size: int) -> tuple[bytes, str | None]:
    """Read until an error or the end; return what came, and the reason."""
    out = b""
    try:
        while part := stream.read(size):
            out += part
    except Unreadable as error:
        return out, error.reason
    return out, None


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@given(data=st.binary(max_size=200), cuts=CUTS, size=SIZES)
def test_transcode_equals_codecs(name: str, data: bytes, cuts: list[int], size: int) -> None:
    """Any bytes, cut anywhere, become what `codecs` makes of the whole; a name without an order has a mark."""
    data = "".encode(name) + data if name in {"utf-16", "utf-32"} else data
    expected = data.decode(name, "replace").encode("utf-8", "replace")
    assert drain(Transcode(Pieces(data, cuts), name), size) == expected


@given(text=st.text(), cuts=CUTS, size=SIZES)
def test_transcode_text(text: str, cuts: list[int], size: int) -> None:
    """Text survives, characters beyond the basic plane too."""
    wanted = text.encode("utf-8", "replace")
    assert drain(Transcode(Pieces(text.encode("utf-16", "replace"), cuts), "utf-16"), size) == wanted


@given(parts=st.lists(st.binary(max_size=500), min_size=1, max_size=5), padding=st.integers(0, 40), cuts=CUTS, size=SIZES)
def test_inflate_equals_gzip(parts: list[bytes], padding: int, cuts: list[int], size: int) -> None:
    """Members in a row, empty ones among them, zero padding at the end, reads of any size: what `gzip` gives."""
    data = b"".join(gzip.compress(part) for part in parts) + b"\0" * padding
    assert drain(Inflate(Pieces(data, cuts)), size) == gzip.decompress(data) == b"".join(parts)


@given(data=st.binary(max_size=200_000), size=st.integers(1000, 10**6))
def test_inflate_bgzf(data: bytes, size: int) -> None:
    """BGZF with its end marker inflates to what was written."""
    assert drain(Inflate(Pieces(bgzf(b"") + bgzf(data), [])), size) == data


@given(data=st.binary(min_size=1, max_size=400), cut=st.integers(1, 10**6), size=SIZES)
def test_inflate_truncated(data: bytes, cut: int, size: int) -> None:
    """A cut anywhere gives a prefix and then says so; nothing is made up and nothing passes for complete."""
    whole = gzip.compress(data)
    stream = Inflate(Pieces(whole[: cut % len(whole)], []))
    out, reason = until_error(stream, size)
    assert reason == "truncated"
    assert data.startswith(out)


@given(data=st.binary(min_size=40, max_size=400), at=st.integers(10, 10**6), value=st.integers(1, 255), size=SIZES)
def test_inflate_damaged(data: bytes, at: int, value: int, size: int) -> None:
    """One changed byte gives an error or the very same content, never another one unnoticed."""
    whole = bytearray(gzip.compress(data))
    whole[10 + at % (len(whole) - 10)] ^= value
    out, reason = until_error(Inflate(Pieces(bytes(whole), [])), size)
    assert reason in {"corrupt", "truncated", "trailing-data"} or (reason is None and out == data)


@pytest.mark.parametrize("tail", [b"x", b"\0\0x", b"\x1f\x8b", b"\x1f\x8b\x09", b"PK\3\4"])
def test_trailing_data(tail: bytes) -> None:
    """What follows the last member and is none is told, not dropped."""
    with pytest.raises(Unreadable, match="trailing-data"):
        drain(Inflate(Pieces(gzip.compress(b"a") + tail, [])), 100)


def test_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is stopped by how far it expanded, not by time."""
    monkeypatch.setattr(streams, "RATIO_FREE", 1 << 16)
    stream = Inflate(Pieces(zlib.compress(b"\0" * (1 << 22), 9, wbits=31), []))
    with pytest.raises(Unreadable, match="ratio"):
        drain(stream, 1 << 14)


@given(data=st.binary(max_size=300), cuts=CUTS, plan=st.lists(st.tuples(st.booleans(), st.integers(0, 200)), max_size=20))
def test_peek_takes_nothing(data: bytes, cuts: list[int], plan: list[tuple[bool, int]]) -> None:
    """Looking ahead never changes what is read, and an error shows only after all bytes before it."""
    stream = Peek(Pieces(data, cuts, error="truncated"))
    out = b""
    for look, size in plan:
        if look:
            ahead = stream.peek(size)
            assert data[len(out) :].startswith(ahead)
            assert len(ahead) >= min(size, len(data) - len(out))
        elif size and len(out) < len(data):
            out += stream.read(size)
            assert stream.taken == len(out)
    assert data.startswith(out)
    rest, reason = until_error(stream, 7)
    assert out + rest == data
    assert reason


@given(cuts=st.lists(st.integers(0, 1 << 20), max_size=6), size=st.integers(1, 1 << 19))
def test_what_is_ahead_does_not_depend_on_pieces(cuts: list[int], size: int) -> None:
    """As much is seen of a pipe, which gives what is there at the moment, as of a file."""
    data = bytes(700_000)
    assert len(Peek(Pieces(data, cuts)).peek(size)) == len(Peek(Pieces(data, [])).peek(size))


@pytest.mark.parametrize("make", [Peek, Inflate, lambda stream: Transcode(stream, "utf-16")])
def test_close_reaches_the_bottom(make: type[Peek]) -> None:
    """Closing the top closes the file."""
    bottom = Pieces(b"", [])
    make(bottom).close()
    assert bottom.closed


@given(st.text(st.characters(min_codepoint=9, max_codepoint=126), min_size=40))
def test_wide_encodings_are_known(text: str) -> None:
    """Latin text in UTF-16 and UTF-32 is known by its mark, and without one by its zero bytes."""
    for name, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        assert encoding(mark + text.encode(name)) == "utf-16"
        assert encoding(text.encode(name)) == name
    for name, mark in (("utf-32-le", codecs.BOM_UTF32_LE), ("utf-32-be", codecs.BOM_UTF32_BE)):
        assert encoding(mark + text.encode(name)) == "utf-32"
        assert encoding(text.encode(name)) == name


@given(st.text(st.characters(exclude_categories=["C"])))
def test_narrow_text_is_text(text: str) -> None:
    """Any printable text is text, in UTF-8 and, where it can be, in 8-bit encodings."""
    assert encoding(text.encode()) == "bytes"
    assert encoding(codecs.BOM_UTF8 + text.encode()) == "bytes"
    assert encoding(text.encode("cp1252", "ignore")) == "bytes"
    assert encoding(text.encode("latin-1", "ignore")) == "bytes"
