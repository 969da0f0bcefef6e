"""Compressed streams beyond gzip: bzip2, xz and Zstandard, member after member, and the raw streams that archives hold."""

from __future__ import annotations

import sys
import zlib

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import DICTIONARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from pytest_genomic_guard.model import Stream
    from pytest_genomic_guard.views.streams import Spent

    class Decompressor(Protocol):
        """What the classes of ``bz2`` and ``lzma`` have in common."""

        @property
        def eof(self) -> bool:
            """Tell whether the end of the compressed data was seen."""

        @property
        def needs_input(self) -> bool:
            """Tell whether more can come only from more input."""

        @property
        def unused_data(self) -> bytes:
            """Return what was given beyond the end."""

        def decompress(self, data: bytes, max_length: int = -1) -> bytes:
            """Return up to `max_length` bytes."""


_PIECE = 1 << 16
_MAGIC = {"bzip2": (b"BZh",), "xz": (b"\xfd7zXZ\0",), "zstd": (b"(\xb5/\xfd",)}  # of what can have a further member
_SKIPPABLE = tuple(bytes([low]) + b"\x2a\x4d\x18" for low in range(0x50, 0x60))  # frames of Zstandard without content


class Expand:
    """What a compressed stream holds."""

    def __init__(self, stream: Stream, spent: Spent, make: Callable[[], Decompressor], magic: tuple[bytes, ...] = ()) -> None:
        """Expand `stream`; `magic` begins a further member, none when there can be no other."""
        self._stream, self._spent, self._make, self._magic = stream, spent, make, magic
        self._member = make()
        self._pending = b""
        self._dry = False

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes. Raises `Unreadable`: truncated, corrupt, trailing-data, ratio, too-large."""
        while True:
            if self._member.eof and not self._next_member():
                return b""
            ended = False
            if self._member.needs_input and not self._pending:
                self._pending = self._stream.read(_PIECE)
                ended = not self._pending
            part = self._decompress(size)
            if part:
                return part
            if ended and not self._member.eof:
                return self._ended()

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()

    def _decompress(self, size: int) -> bytes:
        data, self._pending = self._pending, b""
        try:
            part = self._member.decompress(data, size)
        except MemoryError:
            raise Unreadable("too-large") from None
        except Unreadable:
            raise
        except Exception as error:  # noqa: BLE001 - LZMAError, OSError, ZstdError and zlib.error have no other base
            raise Unreadable("too-large" if _limit(error) else "corrupt") from None
        if self._member.eof:
            self._pending = self._member.unused_data
        self._spent.make(len(part))
        return part

    def _ended(self) -> bytes:
        raise Unreadable("truncated")

    def _next_member(self) -> bool:
        """Begin the next member, or return False at a clean end; zeros after a member are padding, as xz and tapes have it."""
        longest = max(map(len, self._magic), default=1)
        while True:
            self._pending = self._pending.lstrip(b"\0") if self._magic else self._pending
            if len(self._pending) >= longest or not (more := self._stream.read(_PIECE)):
                break
            self._pending += more
        if not self._pending:
            return False
        if not self._magic or not self._pending.startswith(self._magic):
            raise Unreadable("trailing-data")
        self._member = self._make()
        return True


class Bounded(Expand):
    """A raw stream that may lack an end mark, because the archive tells its size."""

    def _ended(self) -> bytes:
        return b""


class Deflate:
    """Deflate with the methods of `Decompressor`: raw, or with the header of zlib."""

    def __init__(self, wbits: int = -15) -> None:
        """Begin a stream."""
        self._raw = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """Tell whether the end of the compressed data was seen."""
        return self._raw.eof

    @property
    def needs_input(self) -> bool:
        """Tell whether more can come only from more input."""
        return not self._raw.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """Return what was given beyond the end."""
        return self._raw.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Return up to `max_length` bytes."""
        return self._raw.decompress(self._raw.unconsumed_tail + data, max_length)


def opened(name: str, stream: Stream, spent: Spent) -> Expand:
    """Return what a stream of the format `name` holds. Raises `Unreadable` where nothing here reads it."""
    magic = (*_MAGIC.get(name, ()), *(_SKIPPABLE if name == "zstd" else ()))
    return Expand(stream, spent, _factory(name), magic)


def bzip2() -> Decompressor:
    """Begin a bzip2 stream."""
    import bz2  # noqa: PLC0415 - met rarely

    return bz2.BZ2Decompressor()


def zstd() -> Callable[[], Decompressor]:
    """Return what begins a Zstandard frame. Raises `Unreadable` where neither Python nor the backport of its module is there."""
    import importlib  # noqa: PLC0415 - met rarely, as all below

    try:
        module: Any = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    except ImportError:
        raise Unreadable("zstd") from None
    top = DICTIONARY.bit_length() - 1
    return lambda: module.ZstdDecompressor(options={module.DecompressionParameter.window_log_max: top})


def _factory(name: str) -> Callable[[], Decompressor]:
    if name == "bzip2":
        return bzip2
    if name == "zstd":
        return zstd()
    if name == "zlib":
        return lambda: Deflate(zlib.MAX_WBITS)
    import lzma  # noqa: PLC0415 - met rarely

    return lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE if name == "lzma" else lzma.FORMAT_XZ, DICTIONARY)


def _limit(error: Exception) -> bool:
    """Tell whether a library refused for want of memory: its message is fixed, and is not passed on."""
    said = str(error).lower()
    return "memory" in said or "limit" in said
