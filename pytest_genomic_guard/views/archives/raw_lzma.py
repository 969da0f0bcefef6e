"""LZMA without a container of its own, as zip and 7z hold it, and the filters that stand before it."""

from __future__ import annotations

import lzma

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.archives.cursor import Limited
from pytest_genomic_guard.views.archives.packed import Bounded, Expand
from pytest_genomic_guard.views.bounds import DICTIONARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.model import Stream
    from pytest_genomic_guard.views.archives.packed import Decompressor
    from pytest_genomic_guard.views.streams import Spent

_LEAST = 4096  # the smallest dictionary
_CHUNK = 1 << 16  # bytes of an LZMA2 chunk that is not compressed


def of_zip(stream: Stream, spent: Spent, size: int, *, marked: bool) -> Stream:
    """Return the content of a zip member (APPNOTE 5.8): version, size of the properties, properties, data. Raises `Unreadable`."""
    head = _take(stream, 4)
    length = int.from_bytes(head[2:], "little")
    if length != 5:
        raise Unreadable("corrupt")
    return lzma1(stream, spent, _take(stream, length), size, marked=marked)


def lzma1(stream: Stream, spent: Spent, properties: bytes, size: int, *, marked: bool = False) -> Stream:
    """Return what an LZMA stream of `size` bytes holds; `marked` tells that it has an end mark. Raises `Unreadable`."""
    if len(properties) != 5 or properties[0] >= 225:
        raise Unreadable("corrupt")
    packed = properties[0]
    chain = {
        "id": lzma.FILTER_LZMA1,
        "lc": packed % 9,
        "lp": packed // 9 % 5,
        "pb": packed // 45,
        "dict_size": _dictionary(int.from_bytes(properties[1:], "little"), size),
    }
    if marked:
        return Expand(stream, spent, lambda: _raw([chain]))
    return Limited(Bounded(stream, spent, lambda: _raw([chain])), size)


def lzma2(stream: Stream, spent: Spent, properties: bytes, size: int) -> Stream:
    """Return what an LZMA2 stream of `size` bytes holds. Raises `Unreadable`."""
    if len(properties) != 1 or properties[0] > 40:
        raise Unreadable("corrupt")
    told = 0xFFFFFFFF if properties[0] == 40 else (2 | properties[0] & 1) << (properties[0] // 2 + 11)
    chain = {"id": lzma.FILTER_LZMA2, "dict_size": _dictionary(told, size)}
    return Expand(stream, spent, lambda: _raw([chain]))


def filtered(stream: Stream, spent: Spent, kind: int, properties: bytes) -> Stream:
    """Undo a filter of ``lzma``, such as delta or that of x86 code, over any stream.

    The library offers filters only before LZMA, so the stream is handed to it as LZMA2 chunks that are not compressed.
    """
    step: dict[str, int] = {"id": kind}
    if kind == lzma.FILTER_DELTA:
        if len(properties) != 1:
            raise Unreadable("corrupt")
        step["dist"] = properties[0] + 1
    elif properties:
        if len(properties) != 4:
            raise Unreadable("corrupt")
        step["start_offset"] = int.from_bytes(properties, "little")
    chain = [step, {"id": lzma.FILTER_LZMA2, "dict_size": _CHUNK}]
    return Expand(_Chunks(stream), spent, lambda: _raw(chain))


class _Chunks:
    """A stream as LZMA2 that stores it."""

    def __init__(self, stream: Stream) -> None:
        """Wrap `stream`."""
        self._stream, self._control, self._ended = stream, b"\1", False

    def read(self, size: int, /) -> bytes:
        """Return one chunk; it is a little longer than what was asked for."""
        if self._ended:
            return b""
        data = self._stream.read(min(size, _CHUNK))
        if not data:
            self._ended = True
            return b"\0"
        control, self._control = self._control, b"\2"  # the first chunk resets the dictionary
        return control + (len(data) - 1).to_bytes(2, "big") + data

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()


def _raw(chain: list[dict[str, Any]]) -> Decompressor:
    try:
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain)
    except (lzma.LZMAError, ValueError, OverflowError):
        raise Unreadable("method") from None
    except MemoryError:
        raise Unreadable("too-large") from None


def _dictionary(told: int, size: int) -> int:
    """Return the size of a dictionary: what lies further back than the content is long is never used."""
    needed = max(_LEAST, min(told, size))
    if needed > DICTIONARY:
        raise Unreadable("too-large")
    return needed


def _take(stream: Stream, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = stream.read(size - len(data))
        if not part:
            raise Unreadable("truncated")
        data += part
    return data
