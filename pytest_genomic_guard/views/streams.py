"""Streams over streams: looking ahead, inflating, transcoding. Each reads only what is asked for."""

from __future__ import annotations

import zlib

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import RATIO, RATIO_FREE, SKIPPED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.model import Stream

_PIECE = 1 << 18
GZIP = b"\x1f\x8b\x08"


class Peek:
    """A stream that can look ahead; an error below it shows only after all bytes before it were read."""

    def __init__(self, stream: Stream) -> None:
        """Look into `stream`."""
        self._stream = stream
        self._ahead = b""
        self._ended = False
        self._error: Unreadable | None = None
        self.taken = 0  # bytes read so far

    def peek(self, size: int) -> bytes:
        """Return at least `size` bytes from here without taking them, fewer only at the end or before an error.

        How many there are does not depend on the pieces in which they come: a pipe gives what is there at the moment.
        """
        have = len(self._ahead)
        if have >= size or self._ended:
            return self._ahead
        parts = [self._ahead] if have else []
        most = max(_PIECE, size)
        while have < most:
            try:
                part = self._stream.read(most - have)
            except Unreadable as error:
                self._error = error
                part = b""
            if not part:
                self._ended = True
                break
            parts.append(part)
            have += len(part)
        self._ahead = b"".join(parts)  # the very same where it is one
        return self._ahead

    def again(self, opener: Callable[[], Stream]) -> None:
        """Begin once more with the same content, opened anew: what was looked at is let go."""
        self._stream.close()
        self._ahead = b""
        self._stream = opener()
        self._ended, self._error, self.taken = False, None, 0

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        if not self._ahead:
            self.peek(1)
        if not self._ahead and self._error:
            raise self._error
        part, self._ahead = self._ahead[:size], self._ahead[size:]
        self.taken += len(part)
        return part

    @property
    def ended(self) -> bool:
        """Tell whether all there is was looked at, and nothing was wrong with it."""
        return self._ended and self._error is None

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()


class Spent:
    """What the layers of one artifact have read and made together: nested, each within its bound would multiply it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.read = self.made = 0
        self.skipped = 0  # read once more, to come back to a place in an archive
        self.opened = 0  # times the artifact was opened
        self.embedded = self.parts = 0  # characters of base64 that were decoded, and in how many parts

    def skip(self, size: int) -> None:
        """Count what was passed over. Raises `Unreadable` once it is too much: archives in an archive multiply it."""
        self.skipped += size
        if self.skipped > SKIPPED:
            raise Unreadable("too-large")

    def make(self, size: int) -> None:
        """Count what was made. Raises `Unreadable` once it is too much of too little."""
        self.made += size
        if self.made > RATIO_FREE and self.made > RATIO * self.read:
            raise Unreadable("ratio")


class Counted:
    """The bytes of an artifact as they are, counted against what decoding makes of them."""

    def __init__(self, stream: Stream, spent: Spent) -> None:
        """Read `stream`."""
        self._stream, self._spent = stream, spent
        self._at = 0

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        part = self._stream.read(size)
        self._at += len(part)
        self._spent.read = max(self._spent.read, self._at)  # what is read once more allows no more to be made of it
        return part

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()


class Inflate:
    """Gzip and BGZF (RFC 1952; SAMv1 4.1), member after member; an empty first member is ordinary."""

    def __init__(self, stream: Stream, spent: Spent | None = None) -> None:
        """Inflate `stream`, which begins with a gzip header; `spent` is that of the artifact, None to count for itself."""
        self._spent = spent or Spent()
        self._stream = stream if spent else Counted(stream, self._spent)
        self._member = zlib.decompressobj(wbits=31)
        self._pending = b""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes. Raises `Unreadable`: truncated, corrupt, trailing-data, ratio."""
        while True:
            if self._member.eof and not self._next_member():
                return b""
            if not self._pending:
                self._pending = self._stream.read(_PIECE)
                if not self._pending:
                    part = self._flush()
                    if part:
                        return part
                    raise Unreadable("truncated")
            try:
                part = self._member.decompress(self._pending, size)
            except zlib.error:
                raise Unreadable("corrupt") from None
            self._pending = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            self._spent.make(len(part))
            if part:
                return part

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()

    def _flush(self) -> bytes:
        try:
            return self._member.flush()
        except zlib.error:
            raise Unreadable("corrupt") from None

    def _next_member(self) -> bool:
        """Begin the next member, or return False at a clean end; zero padding up to the end is allowed, as gzip allows it."""
        while len(self._pending) < len(GZIP):
            more = self._stream.read(_PIECE)
            if not more:
                break
            self._pending += more
        if self._pending.startswith(GZIP):
            self._member = zlib.decompressobj(wbits=31)
            return True
        while self._pending:
            if self._pending.strip(b"\0"):
                raise Unreadable("trailing-data")
            self._pending = self._stream.read(_PIECE)
        return False


def gzip_header(head: bytes) -> bytes:
    """Return what the header of a first gzip member says in words: extra field, name and comment (RFC 1952, 2.3)."""
    flags = head[3] if head.startswith(GZIP) and len(head) > 10 else 0
    at = 10
    if flags & 4:
        at += 2 + int.from_bytes(head[10:12], "little")
    for flag in (8, 16):
        end = head.find(b"\0", at) if flags & flag else at - 1
        at = len(head) if end < 0 else end + 1
    return head[10:at]


class Transcode:
    """Text of a wide encoding as UTF-8."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        """Decode `stream`; what is no character becomes U+FFFD."""
        import codecs  # noqa: PLC0415 - wide encodings are rare

        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ended = False

    def read(self, size: int, /) -> bytes:
        """Return some bytes; they may be more than `size`, since a character can take three of them for two."""
        while not self._ended:
            part = self._stream.read(size)
            self._ended = not part
            text = self._decoder.decode(part, self._ended).encode("utf-8", "replace")
            if text:
                return text
        return b""

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()


class LineFeeds:
    """Text whose lines end in a carriage return alone, as that of old Macintosh programs, with line feeds."""

    def __init__(self, stream: Stream) -> None:
        """Read `stream`."""
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        return self._stream.read(size).replace(b"\r", b"\n")

    def close(self) -> None:
        """Close what is below."""
        self._stream.close()


_SAMPLE = 4096  # bytes by which a text is told
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\b\x1a"))
_BOMS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def is_plain(head: bytes) -> bool:
    """Tell whether the beginning is without any control character that texts do not have: it is one, and in no wide encoding."""
    sample = head[:_SAMPLE]
    return len(sample.translate(None, _CONTROL)) == len(sample) and sample[:1] not in b"\xff\xfe"


def encoding(head: bytes) -> str | None:
    """Name the encoding of a text by its first bytes: a wide one, ``"bytes"`` for UTF-8 and its like, None for no text.

    UTF-16 and UTF-32 without a byte order mark show by where their zero bytes stand.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    sample = head[:_SAMPLE]
    if b"\0" not in sample:
        odd = len(sample) - len(sample.translate(None, _CONTROL))
        return None if odd > len(sample) // 10 or (odd * 100 > len(sample) and not _is_utf_8(sample)) else "bytes"
    return _wide(sample)


def _is_utf_8(sample: bytes) -> bool:
    """Tell whether `sample` is UTF-8, its last character cut or not.

    A short piece of packed data can lack a zero byte, and has no more control characters than a log of a terminal has.
    """
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return error.start > len(sample) - 4
    return True


def _wide(sample: bytes) -> str | None:
    """Name the wide encoding whose zero bytes stand where those of `sample` do."""
    quarters = [sample[first::4].count(0) / max(1, len(sample) // 4) for first in range(4)]
    if min(quarters[:3]) > 0.9 and quarters[3] < 0.1:
        return "utf-32-be"
    if min(quarters[1:]) > 0.9 and quarters[0] < 0.1:
        return "utf-32-le"
    even, odd = quarters[0] + quarters[2], quarters[1] + quarters[3]
    if odd > 1.2 and even < 0.2:
        return "utf-16-le"
    if even > 1.2 and odd < 0.2:
        return "utf-16-be"
    # with many characters beyond Latin-1, only the upper half of each is zero, as it is in an array of small numbers
    name = "utf-32-le" if min(quarters[2:]) > 0.9 else "utf-32-be" if min(quarters[:2]) > 0.9 else None
    text = sample[: len(sample) // 4 * 4].decode(name, "replace") if name else ""
    odd_ones = sum(1 for each in text if each == "\ufffd" or not (each.isprintable() or each.isspace()))
    return name if text and odd_ones * 10 <= len(text) else None
