"""From an artifact's bytes to its views: the one place that decides how something is read."""

from __future__ import annotations

from pytest_genomic_guard.model import Covered, Gap, Unreadable
from pytest_genomic_guard.views import callset, formats, notebook, plink
from pytest_genomic_guard.views.bounds import DEPTH, HEAD
from pytest_genomic_guard.views.streams import GZIP, Counted, Inflate, LineFeeds, Peek, Spent, Transcode, encoding
from pytest_genomic_guard.views.text import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Artifact, Stream, View
    from pytest_genomic_guard.views.text import Context

    Item = View | Gap | Covered
    Trail = tuple[str, ...]

LFS_POINTER = "git-lfs pointer"
_LFS = b"version https://git-lfs.github.com/spec/"
_BCF = b"BCF\2"


class Part:
    """An artifact, or what a layer of it holds: where it is, and how to open it, once more at every call."""

    def __init__(  # noqa: PLR0913 - all that a layer hands to the next
        self, artifact: Artifact, opener: Callable[[], Stream], spent: Spent, *, name: bytes, trail: Trail = (), depth: int = 0
    ) -> None:
        """Take them. `name` gives hints, such as ``.ipynb``, and is never shown."""
        self.artifact, self.open, self.spent = artifact, opener, spent
        self.name, self.trail, self.depth = name, trail, depth

    def inside(self, opener: Callable[[], Stream], *steps: str, name: bytes | None = None) -> Part:
        """Return what stands inside. Raises `Unreadable` when that is nested too deep."""
        if self.depth >= DEPTH:
            raise Unreadable("too-deep")
        inner = self.name if name is None else name
        return Part(self.artifact, opener, self.spent, name=inner, trail=(*self.trail, *steps), depth=self.depth + 1)


def decode(artifact: Artifact) -> Iterator[Item]:
    """Yield the views of an artifact, then how much was covered; a Gap for what could not be read. Never raises `Unreadable`."""
    if artifact.kind == "submodule":
        yield Covered(level="opaque", format="submodule")
        return
    spent = Spent()
    yield from _content(Part(artifact, lambda: Counted(artifact.open(), spent), spent, name=artifact.path))


def _content(part: Part, stream: Peek | None = None) -> Iterator[Item]:
    """Decode a part; `stream` is given when it is open already."""
    opened = stream
    try:
        opened = opened or Peek(part.open())
        yield from _layer(part, opened)
    except Unreadable as error:
        yield Gap(path=part.artifact.path, trail=part.trail, reason=error.reason)
    finally:
        if opened and not stream:
            opened.close()


def _layer(part: Part, stream: Peek) -> Iterator[Item]:
    artifact, trail = part.artifact, part.trail
    head = stream.peek(HEAD)
    if head.startswith(GZIP):
        inner = part.inside(lambda: Inflate(part.open(), part.spent), "gzip")
        yield from _content(inner, Peek(Inflate(stream, part.spent)))
        return
    if head.startswith(_BCF):
        calls = callset.bcf(stream, artifact, trail)
        yield calls
        yield Covered(level="verdict-by-header", format="BCF")
        return
    matrix = plink.bed(stream, artifact, trail)
    if matrix:
        yield matrix
        yield Covered(level="verdict-by-header", format="PLINK bed")
        return
    yield from _by_format(part, stream, head)


def _by_format(part: Part, stream: Peek, head: bytes) -> Iterator[Item]:
    known = formats.identify(head)
    wide = None if known else encoding(head)
    if known and known[1] == "container":
        raise Unreadable("container")
    if known and known[1] == "opaque":
        yield Covered(level="opaque", format=known[0])
    elif wide is None:
        yield from windows(stream, part.artifact, part.trail, "binary")
        yield Covered(level="partial", format=known[0] if known else "unknown binary")
    else:
        yield from _text(part, stream if wide == "bytes" else Peek(Transcode(stream, wide)))


def _text(part: Part, stream: Peek) -> Iterator[Item]:
    artifact, trail = part.artifact, part.trail
    head = stream.peek(HEAD)
    if b"\r" in head and b"\n" not in head:
        stream = Peek(LineFeeds(stream))
        head = stream.peek(HEAD)
    calls = callset.whole(stream, artifact, trail)
    if calls:
        yield calls
        if calls.samples:  # its level is decided; the rows are not needed
            yield Covered(level="verdict-by-header", format="VCF")
            return
    error = None
    if notebook.looks_like(part.name, head) and not head.startswith(_LFS):
        try:
            book = notebook.read(stream, artifact, trail)
        except Unreadable as caught:
            error = caught  # what can be read as plain text is, and the gap stays
        else:
            if book:
                yield book
            yield Covered(level="full", format="notebook")
            return
    rows = plink.Rows()
    context: Context = "file"
    for window in windows(stream, artifact, trail, context):
        rows.feed(window.data[window.begin : window.owned])
        yield window
    if error:
        raise error
    table = rows.view(artifact, trail)
    if table:
        yield table
    pointer = head.startswith(_LFS)
    yield Covered(level="partial" if pointer else "full", format=LFS_POINTER if pointer else "text")
