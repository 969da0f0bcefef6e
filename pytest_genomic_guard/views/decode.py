"""From an artifact's bytes to its views: the one place that decides how something is read."""

from __future__ import annotations

from pytest_genomic_guard.model import Covered, Gap, Unreadable
from pytest_genomic_guard.views import callset, formats, notebook, plink
from pytest_genomic_guard.views.bounds import DEPTH, HEAD
from pytest_genomic_guard.views.streams import GZIP, Inflate, LineFeeds, Peek, Transcode, encoding
from pytest_genomic_guard.views.text import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact, View
    from pytest_genomic_guard.views.streams import Spent
    from pytest_genomic_guard.views.text import Context

    Item = View | Gap | Covered
    Trail = tuple[str, ...]

LFS_POINTER = "git-lfs pointer"
_LFS = b"version https://git-lfs.github.com/spec/"
_BCF = b"BCF\2"


def decode(artifact: Artifact) -> Iterator[Item]:
    """Yield the views of an artifact, then how much was covered; a Gap for what could not be read. Never raises `Unreadable`."""
    if artifact.kind == "submodule":
        yield Covered(level="opaque", format="submodule")
        return
    try:
        stream = Peek(artifact.open())
    except Unreadable as error:
        yield Gap(path=artifact.path, reason=error.reason)
        return
    try:
        yield from _content(stream, artifact, (), None)
    finally:
        stream.close()


def _content(stream: Peek, artifact: Artifact, trail: Trail, spent: Spent | None) -> Iterator[Item]:
    try:
        yield from _layer(stream, artifact, trail, spent)
    except Unreadable as error:
        yield Gap(path=artifact.path, trail=trail, reason=error.reason)


def _layer(stream: Peek, artifact: Artifact, trail: Trail, spent: Spent | None) -> Iterator[Item]:
    head = stream.peek(HEAD)
    if head.startswith(GZIP):
        if len(trail) >= DEPTH:
            raise Unreadable("too-deep")
        inflated = Inflate(stream, spent)
        yield from _content(Peek(inflated), artifact, (*trail, "gzip"), inflated.spent)
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
    yield from _by_format(stream, artifact, trail, head)


def _by_format(stream: Peek, artifact: Artifact, trail: Trail, head: bytes) -> Iterator[Item]:
    known = formats.identify(head)
    wide = None if known else encoding(head)
    if known and known[1] == "container":
        raise Unreadable("container")
    if known and known[1] == "opaque":
        yield Covered(level="opaque", format=known[0])
    elif wide is None:
        yield from windows(stream, artifact, trail, "binary")
        yield Covered(level="partial", format=known[0] if known else "unknown binary")
    else:
        yield from _text(stream if wide == "bytes" else Peek(Transcode(stream, wide)), artifact, trail)


def _text(stream: Peek, artifact: Artifact, trail: Trail) -> Iterator[Item]:
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
    if notebook.looks_like(artifact.path, head) and not head.startswith(_LFS):
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
