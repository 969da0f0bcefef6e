"""Places in an archive: a forward reader that can come back, and streams over a part of what it reads."""

from __future__ import annotations

import zlib

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.bounds import SPOOL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Stream
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek

_PIECE = 1 << 20


class Cursor:
    """Reads a part forwards, from any place.

    A source may have one stream open at a time, as ``git cat-file`` has. So when a layer inside opened the artifact anew, this
    opens it too and goes back to where it was.
    """

    def __init__(self, part: Part, stream: Stream | None = None, at: int = 0) -> None:
        """Read `part` from `at`; `stream` is given when it is open already, at its beginning."""
        self._part, self._stream, self._opened = part, stream, part.spent.opened
        self._there = 0  # where the stream is
        self.at = at

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if self._stream is None or self._opened != self._part.spent.opened or self._there > self.at:
            self._reopen()
        while self._there < self.at:
            skipped = self._take(min(_PIECE, self.at - self._there))
            if not skipped:
                return b""
            self._part.spent.skip(len(skipped))
        data = self._take(size)
        self.at = self._there
        return data

    def exactly(self, size: int) -> bytes:
        """Return `size` bytes. Raises `Unreadable` when there are fewer."""
        data = self.upto(size)
        if len(data) < size:
            raise Unreadable("truncated")
        return data

    def upto(self, size: int) -> bytes:
        """Return `size` bytes, fewer only at the end."""
        parts, left = [], size
        while left > 0 and (part := self.read(min(left, _PIECE))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def only_zeros(self, end: int | None = None) -> bool:
        """Tell whether nothing but zero bytes stands from here up to `end`, or up to the end."""
        while (end is None or self.at < end) and (part := self.read(_PIECE if end is None else min(_PIECE, end - self.at))):
            if part.strip(b"\0"):
                return False
        return True

    def close(self) -> None:
        """Close what is below."""
        if self._stream is not None:
            self._stream.close()

    def _take(self, size: int) -> bytes:
        data = self._stream.read(size) if self._stream else b""
        self._opened = self._part.spent.opened  # the streams below may open the artifact only now
        self._there += len(data)
        return data

    def _reopen(self) -> None:
        self.close()
        self._stream = self._part.open()
        self._there = 0


class Limited:
    """The next bytes of a stream, and no more of it."""

    def __init__(self, stream: Stream, size: int) -> None:
        """Read `size` bytes of `stream`."""
        self._stream, self._left = stream, size

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes. Raises `Unreadable` when the stream ends before the part does."""
        if not self._left:
            return b""
        data = self._stream.read(min(size, self._left))
        if not data:
            raise Unreadable("truncated")
        self._left -= len(data)
        return data

    def drain(self) -> None:
        """Read what is left."""
        while self.read(_PIECE):
            pass

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()


class Checked:
    """A member whose size, and checksum where there is one, the archive tells."""

    def __init__(self, stream: Stream, size: int, crc: int | None) -> None:
        """Hold `stream` to `size` and `crc`."""
        self._stream, self._left, self._crc, self._sum = stream, size, crc, 0

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes. Raises `Unreadable` when the content is not what the archive tells."""
        data = self._stream.read(size)
        if not data:
            if self._left:
                raise Unreadable("truncated")
            if self._crc not in {None, self._sum}:
                raise Unreadable("corrupt")
            return b""
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("corrupt")
        self._sum = zlib.crc32(data, self._sum)
        return data

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()


def spooled(part: Part, stream: Peek) -> tuple[Part, Cursor]:
    """Return a part and a cursor at its beginning; what is small is held, and need not be decoded once more to be opened again."""
    if len(stream.peek(SPOOL + 1)) > SPOOL:
        return part, Cursor(part, stream)
    pieces = []
    while piece := stream.read(_PIECE):  # raises what is wrong at the end
        pieces.append(piece)
    data = b"".join(pieces)
    held = part.beside(lambda: BytesStream(data))
    return held, Cursor(held)
