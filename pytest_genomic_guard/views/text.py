"""Text of any length as windows of bytes, and many small texts as one buffer with an offset table."""

from __future__ import annotations

from bisect import bisect_right

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.model import Location, Unreadable, View
from pytest_genomic_guard.views.bounds import OVERLAP, WINDOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Artifact, Rule, Stream

    # file: the artifact itself; output: what a program printed; source: what a person wrote; binary: runs in other data
    # markup: tags and all, of a page whose text is another view
    Context = Literal["file", "output", "source", "prose", "binary", "markup"]


_TAB = b"\\t"
_TABS, _NEAR = 6, 4096  # before QUAL, FILTER and INFO stand five tabs; FORMAT needs more


class Segment(Record):
    """A part of a buffer that comes from one place."""

    start: int
    trail: tuple[str, ...]
    context: Context
    line: int = 1  # of its first byte
    column: int = 1


class Text(View):
    """A buffer of UTF-8, or of the 8-bit encoding that the file has; nothing is decoded twice.

    What stands from `begin` up to `owned` is this view's. What comes before belongs to the last window, and is there so that a
    match can look at it; what follows is there so that a match can end, and belongs to the next window.
    """

    data: bytes
    segments: tuple[Segment, ...]
    owned: int
    begin: int = 0
    whole: bool = True  # False: a part of a longer text, or rows of a table that is a view of its own
    elsewhere: bool = False  # another process looks at it (`views.split`)
    hits: Mapping[str, Sequence[tuple[int, int]]] = {}  # a frozen record's default, never written to

    def matches(self, rule: Rule) -> Iterator[tuple[int, int]]:
        """Yield the spans at which `rule` matches and that this view owns."""
        for start, end in self.hits.get(rule.name, ()):
            if self.begin <= start < self.owned:
                yield start, end

    def segment(self, at: int) -> Segment:
        """Return the segment that holds an offset."""
        return self.segments[max(0, bisect_right(self.segments, at, key=_start) - 1)]

    def end(self, segment: Segment) -> int:
        """Return the offset at which a segment ends."""
        after = bisect_right(self.segments, segment.start, key=_start)
        return self.segments[after].start if after < len(self.segments) else len(self.data)

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """Return line and column, in characters, of a span."""
        segment = self.segment(start)
        line, column = _placed(self.data, segment, start)
        last = line if end is None else line + self.data.count(b"\n", start, max(start, end - 1))
        return Location(
            path=self.artifact.path,
            trail=segment.trail,
            line=line,
            column=column,
            end=last if last != line else None,
        )


class Unescaped(Text):
    """A text in which the tabs and line feeds that a program or JSON wrote as escapes are themselves; all offsets are the same."""

    original: Text

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """Return line and column as they are in the file."""
        return self.original.locate(start, end)


def has_rows(data: bytes) -> bool:
    """Tell whether somewhere as many escaped tabs stand near each other as a row of calls has before its long fields."""
    if b"\\" not in data:  # found ten times as fast as two bytes
        return False
    near = [data.find(_TAB)]
    while near[-1] >= 0:
        if len(near) == _TABS:
            if near[-1] - near[0] <= _NEAR:
                return True
            del near[0]
        near.append(data.find(_TAB, near[-1] + 2))
    return False


def unescaped(text: Text) -> Unescaped | None:
    """Return `text` with blanks and the character in place of each escape, or None when it has no escaped tab."""
    data = text.data
    if b"\\t" not in data:
        return None
    for escape, meant in ((b"\\\\t", b"  \t"), (b"\\\\n", b"  \n"), (b"\\t", b" \t"), (b"\\n", b" \n")):
        data = data.replace(escape, meant)
    kept = {name: getattr(text, name) for name in ("artifact", "trail", "segments", "owned", "begin")}
    return Unescaped(data=data, original=text, **kept)


_last: list[tuple[bytes, Segment, int, int, int]] = []  # the text and segment of the last place, its offset, line and column


def _placed(data: bytes, segment: Segment, start: int) -> tuple[int, int]:
    """Return line and column of an offset, counted from the last place that was asked for where that comes before it."""
    at, line, column = segment.start, segment.line, segment.column
    if _last and _last[0][0] is data and _last[0][1] is segment and _last[0][2] <= start:
        _data, _segment, at, line, column = _last[0]
    line += data.count(b"\n", at, start)
    feed = data.rfind(b"\n", at, start)
    if feed >= 0:
        at, column = feed + 1, 1
    column += len(data[at:start].decode("utf-8", "replace"))
    if start < len(data) and data[start] < 0x80:  # between two characters, whatever stands before it
        _last[:] = [(data, segment, start, line, column)]
    return line, column


def _start(segment: Segment) -> int:
    return segment.start


def _character(data: bytes, at: int) -> int:
    """Return the nearest offset from `at` backwards at which a character of UTF-8 may begin."""
    back = 0
    while back < min(3, at) and data[at - back] & 0xC0 == 0x80:
        back += 1
    return at - back


def windows(stream: Stream, artifact: Artifact, trail: tuple[str, ...], context: Context) -> Iterator[Text]:
    """Yield a stream as windows. What was read before an error is yielded first; then `Unreadable` is raised."""
    data, begin, line, column, error = b"", 0, 1, 1, None
    while True:
        parts, have = [data] if data else [], len(data)  # joined, one part alone is the very same
        last = False
        while have < WINDOW and not last:
            try:
                part = stream.read(WINDOW - have)
            except Unreadable as caught:
                part, error = b"", caught
            last = not part
            parts.append(part)
            have += len(part)
        data = b"".join(parts)
        owned = len(data) if last else data.rfind(b"\n", begin, WINDOW - OVERLAP) + 1 or _character(data, WINDOW - OVERLAP)
        if begin < owned:
            segment = Segment(start=0, trail=trail, context=context, line=line, column=column)
            whole = last and line == column == 1 and not begin and error is None
            yield Text(artifact=artifact, trail=trail, data=data, segments=(segment,), owned=owned, begin=begin, whole=whole)
        if last:
            break
        start = _character(data, max(0, owned - OVERLAP // 2))
        line += data.count(b"\n", 0, start)
        feed = data.rfind(b"\n", 0, start)
        column = len(data[feed + 1 : start].decode("utf-8", "replace")) + (column if feed < 0 else 1)
        data, begin = data[start:], owned - start
    if error:
        raise error


class Joiner:
    """Collect small texts into one buffer, so that matching runs once over all of them."""

    SEPARATOR = b"\n\n"

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: list[bytes] = []
        self._segments: list[Segment] = []
        self._length = 0

    def add(self, text: str, trail: tuple[str, ...], context: Context) -> None:
        """Add a text with its place."""
        data = text.encode("utf-8", "replace")
        self._segments.append(Segment(start=self._length, trail=trail, context=context))
        self._parts += (data, self.SEPARATOR)
        self._length += len(data) + len(self.SEPARATOR)

    def text(self, artifact: Artifact, trail: tuple[str, ...]) -> Text | None:
        """Return the view over all that was added, or None when nothing was."""
        if not self._segments:
            return None
        data = b"".join(self._parts)
        return Text(artifact=artifact, trail=trail, data=data, segments=tuple(self._segments), owned=len(data))
