"""The members of an archive as parts, each decoded as a file is; small texts are joined so that matching runs once over many."""

from __future__ import annotations

import importlib

from pytest_genomic_guard.model import Gap, Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views import callset, documents, formats, notebook, page, pickles, plink
from pytest_genomic_guard.views.archives.arraysets import ArraySet
from pytest_genomic_guard.views.archives.member import Lost, Note
from pytest_genomic_guard.views.bounds import DEPTH, HELD, JOINED, SMALL
from pytest_genomic_guard.views.genomic import texts
from pytest_genomic_guard.views.genomic.head import Head, given
from pytest_genomic_guard.views.streams import Peek, encoding
from pytest_genomic_guard.views.tabular import Workbook
from pytest_genomic_guard.views.text import Joiner, Segment, Text, windows
from pytest_genomic_guard.views.weights import loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_genomic_guard.model import Covered, View
    from pytest_genomic_guard.views.archives.member import Member
    from pytest_genomic_guard.views.decode import Part

    Item = View | Gap | Covered
    Content = Callable[[Part, Peek], Iterator[Item]]
    _Keep = tuple["_Batch", Workbook, ArraySet]
    Inside = Callable[[Part, Iterable[Item]], Iterator[Item]]

_READERS = {"zip": "zips", "tar": "tars", "7z": "sevenz"}
_GAPS = 100  # of one archive that are told; the first fails the run, and a thousand more help nobody
# Members by whose names an archive may be a model
_MODELS = frozenset({b"config.json", b"model.weights.h5", b"schema.json", b"MAR-INF/MANIFEST.json", b"model.ini"})
_LFS = b"version https://git-lfs.github.com/spec/"


def members(part: Part, stream: Peek, kind: str, content: Content, inside: Inside) -> Iterator[Item]:
    """Yield what the members hold, and a gap where the archive cannot be read on. Raises `Unreadable`: too-deep."""
    reader = importlib.import_module(f"pytest_genomic_guard.views.archives.{_READERS[kind]}")
    part.inside(part.open, kind)  # raises what is nested too deep
    batch, book, arrays = _Batch(part), Workbook(part, kind), ArraySet(part, kind, content)
    reason, gaps = "", 0
    marks = set[bytes]()
    try:
        for found in reader.members(part, stream):
            if kind == "zip" and getattr(found, "name", b"") in _MODELS:
                marks.add(found.name)
            for item in _one(part, kind, found, (batch, book, arrays), content):
                gaps += isinstance(item, Gap)
                if gaps <= _GAPS or not isinstance(item, Gap):
                    yield item
                if isinstance(item, Gap) and item.reason == "ratio":
                    return  # all that the artifact may expand to is spent
            if batch.full:
                yield from inside(part, batch.texts())
    except Unreadable as error:
        reason = error.reason
    yield from inside(part, batch.texts())
    yield from inside(part, book.items())
    yield from arrays.items()
    if marks:
        from pytest_genomic_guard.views.models import archived  # noqa: PLC0415 - for archives that may be models only

        yield from archived.seen(part, marks)
    if reason:
        yield Gap(path=part.artifact.path, trail=(*part.trail, kind), reason=reason)


def _one(part: Part, kind: str, found: Member | Lost | Note, keep: _Keep, content: Content) -> Iterator[Item]:
    batch, book, arrays = keep
    if isinstance(found, Note):
        batch.add(found.data, (*part.trail, kind, *found.steps))
        return
    if isinstance(found, Lost):
        steps = (kind, f"member {found.number}") if found.number else (kind,)
        yield Gap(path=part.artifact.path, trail=(*part.trail, *steps), reason=found.reason)
        return
    inner = part.inside(found.opener, kind, f"member {found.number}", name=found.name)
    batch.add(found.name, (*inner.trail, "name"))
    stream = Peek(found.stream)
    if book.takes(found.name, stream):
        yield from _markup(inner, stream)
        return
    if arrays.takes(inner, found.name, stream):
        return
    data = stream.peek(SMALL + 1)
    if inner.depth < DEPTH and documents.takes(kind, found.name, data):
        whole = stream.peek(HELD + 1)
        yield from _markup(inner, stream)
        if len(whole) <= HELD:
            yield from documents.shown(inner, documents.text(whole), ("text",), content)
        return
    if len(data) <= SMALL and stream.ended and _plain(data, inner):
        batch.add(data, inner.trail)
    else:
        yield from content(inner, stream)


def _markup(part: Part, stream: Peek) -> Iterator[Item]:
    """Yield the XML of a workbook's part as it is; what it shows is another view."""
    try:
        yield from windows(stream, part.artifact, part.trail, "markup")
    except Unreadable as error:
        yield Gap(path=part.artifact.path, trail=part.trail, reason=error.reason)


def _plain(data: bytes, part: Part) -> bool:
    """Tell whether the content is text in which no format shows itself, so that it reads the same beside other text."""
    if formats.identify(data) or data.startswith(_LFS) or encoding(data) != "bytes":
        return False
    if data[:1] in pickles.OPENERS and loads.bare(Peek(BytesStream(data)), part.artifact, part.trail):
        return False
    if notebook.looks_like(part.name, data) or page.looks_like(part.name, data) or b"\r" in data.replace(b"\r\n", b""):
        return False
    if callset.whole(Peek(BytesStream(data)), part.artifact, part.trail):
        return False
    if texts.sniff(Head(given(data), part.artifact, part.trail, name=part.name)):
        return False
    rows = plink.Rows()
    rows.feed(data)
    return rows.view(part.artifact, part.trail) is None


class _Batch:
    """Small texts on their way into one view."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._parts: list[bytes] = []
        self._segments: list[Segment] = []
        self._length = 0

    @property
    def full(self) -> bool:
        """Tell whether the text has become long enough."""
        return self._length >= JOINED

    def add(self, data: bytes, trail: tuple[str, ...]) -> None:
        """Take a text."""
        if data:
            self._segments.append(Segment(start=self._length, trail=trail, context="file"))
            self._parts += (data, Joiner.SEPARATOR)
            self._length += len(data) + len(Joiner.SEPARATOR)

    def texts(self) -> Iterator[Text]:
        """Yield the view over what was taken since the last one."""
        if not self._segments:
            return
        part, data = self._part, b"".join(self._parts)
        yield Text(artifact=part.artifact, trail=part.trail, data=data, segments=tuple(self._segments), owned=len(data))
        self._parts, self._segments, self._length = [], [], 0
