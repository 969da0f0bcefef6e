"""From an artifact's bytes to its views: the one place that decides how something is read."""

from __future__ import annotations

from itertools import chain

from pytest_genomic_guard.model import COVERAGES, Covered, Gap, Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views import beheld, callset, embedded, formats, notebook, pickles, plain, plink, pointers
from pytest_genomic_guard.views.bounds import DEPTH, HEAD
from pytest_genomic_guard.views.genomic import binary, texts
from pytest_genomic_guard.views.genomic.head import Head
from pytest_genomic_guard.views.streams import Counted, Inflate, LineFeeds, Peek, Spent, Transcode, encoding, gzip_header, is_plain
from pytest_genomic_guard.views.text import Text, windows
from pytest_genomic_guard.views.weights import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_genomic_guard.model import Artifact, Stream, View
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.split import Split
    from pytest_genomic_guard.views.wanted import Wanted

    Item = View | Gap | Covered
    Known = tuple[str, formats.Handling] | None
    Trail = tuple[str, ...]

_BCF = b"BCF\2"
_TABLES = {"SQLite", "Parquet", "Feather", "Arrow", "HDF5", "npy", "SAS7BDAT", "SAS XPORT", "SPSS", "Stata", "RDS", "RData"}


class Part:
    """An artifact, or what a layer of it holds: where it is, and how to open it, once more at every call."""

    def __init__(  # noqa: PLR0913 - all that a layer hands to the next
        self,
        artifact: Artifact,
        opener: Callable[[], Stream],
        spent: Spent,
        *,
        name: bytes,
        trail: Trail = (),
        depth: int = 0,
        wanted: Wanted | None = None,
    ) -> None:
        """Take them. `name` gives hints, such as ``.ipynb``, and is never shown."""
        self.artifact, self.open, self.spent = artifact, opener, spent
        self.name, self.trail, self.depth, self.wanted = name, trail, depth, wanted
        self.split: Split | None = None  # of the artifact itself, not of what is inside it or made of it

    def inside(self, opener: Callable[[], Stream], *steps: str, name: bytes | None = None) -> Part:
        """Return what stands inside. Raises `Unreadable` when that is nested too deep."""
        if self.depth >= DEPTH:
            raise Unreadable("too-deep")
        inner = self.name if name is None else name
        trail, depth = (*self.trail, *steps), self.depth + 1
        return Part(self.artifact, opener, self.spent, name=inner, trail=trail, depth=depth, wanted=self.wanted)

    def beside(self, opener: Callable[[], Stream]) -> Part:
        """Return the same part, to be opened in another way."""
        return Part(self.artifact, opener, self.spent, name=self.name, trail=self.trail, depth=self.depth, wanted=self.wanted)


def decode(artifact: Artifact, wanted: Wanted | None = None) -> Iterator[Item]:
    """Yield the views of an artifact, then how much was covered; a Gap for what could not be read. Never raises `Unreadable`.

    `wanted` is what the checks ask of texts; whoever takes the texts tells it what matched.
    """
    if artifact.kind == "submodule":
        return iter((Covered(level="opaque", format="submodule"),))
    part = whole(artifact, wanted)
    part.split = wanted.split if wanted else None
    return _content(part)


def whole(artifact: Artifact, wanted: Wanted | None = None) -> Part:
    """Return an artifact as the part that is all of it."""
    spent = Spent()

    def opener() -> Stream:
        spent.opened += 1
        return Counted(artifact.open(), spent)

    name = artifact.path if artifact.kind in {"file", "object"} else b""  # the others are texts about what their paths name
    return Part(artifact, opener, spent, name=name, wanted=wanted)


def _content(part: Part, stream: Peek | None = None) -> Iterator[Item]:
    """Decode a part; `stream` is given when it is open already."""
    opened = stream
    around = part.wanted.begin() if part.wanted else (False, False)
    try:
        opened = opened or Peek(part.open())
        yield from _layer(part, opened)
    except Unreadable as error:
        yield Gap(path=part.artifact.path, trail=part.trail, reason=error.reason)
    finally:
        if part.wanted:
            part.wanted.claimed, part.wanted.matched = around
        if opened and not stream:
            opened.close()


def _layer(part: Part, stream: Peek) -> Iterator[Item]:
    """Decode content by what it begins with; most is text without any sign of something else."""
    head = stream.peek(HEAD)
    if not is_plain(head):
        return _data(part, stream, head)
    known = formats.of_text(head)
    read = _by_format(part, stream, head, known) if known else _text(part, stream)
    return chain(files.unmarked(part, stream), read) if head[:1] in pickles.OPENERS else read


def _data(part: Part, stream: Peek, head: bytes) -> Iterator[Item]:
    if head.startswith(_BCF):
        calls = callset.bcf(stream, part.artifact, part.trail)
        yield calls
        if not calls.samples:
            from pytest_genomic_guard.views.genomic import sites  # noqa: PLC0415 - for call sets without people only

            yield sites.of_binary(stream, calls)
        yield Covered(level="verdict-by-header", format="BCF")
        return
    matrix = plink.bed(stream, part.artifact, part.trail)
    if matrix:
        yield matrix
        yield Covered(level="verdict-by-header", format="PLINK bed")
        return
    if head[:1] in pickles.OPENERS:
        yield from files.unmarked(part, stream)
    yield from _by_format(part, stream, head, formats.of_data(head))


def _by_format(part: Part, stream: Peek, head: bytes, known: Known) -> Iterator[Item]:
    wide = None if known or pickles.looks_like(head) else encoding(head)
    if known and known[1] == "container":
        raise Unreadable("container")
    if known and known[1] == "packed":
        inner = part.inside(lambda: _unpacked(part.open(), part.spent, known[0]), known[0])
        if told := gzip_header(head):
            yield from windows(BytesStream(told), part.artifact, (*inner.trail, "header"), "binary")
        yield from _content(inner, Peek(_unpacked(stream, part.spent, known[0])))
    elif known and known[1] == "archive":
        from pytest_genomic_guard.views.archives import walk  # noqa: PLC0415 - a hook on a commit without archives needs none of it

        yield from _worst(walk.members(part, stream, known[0], _content, _inside), Covered(level="full", format=known[0]))
    elif known and (known[1] == "opaque" or known[0] in beheld.READ):
        yield from beheld.items(part, stream, known)
    elif wide is None:
        name = known[0] if known else "unknown binary"
        seen = binary.read(name, stream, part.artifact, part.trail) if name in binary.READERS else None
        yield from _seen(seen) if seen and seen.final else _binary(part, stream, head, name, seen)
    else:
        yield from _text(part, stream) if wide == "bytes" else _wide(part, stream, wide)


def _seen(seen: Genomic) -> Iterator[Item]:
    """Yield what is known of content whose format decides it: the rest need not be read."""
    yield seen
    yield Covered(level="verdict-by-header", format=seen.format)


def _wide(part: Part, stream: Peek, name: str) -> Iterator[Item]:
    return _closed(part.beside(lambda: Transcode(part.open(), name)), Peek(Transcode(stream, name)))


def _closed(part: Part, stream: Peek) -> Iterator[Item]:
    """Read a text from a stream over another one, and close that: it may have been opened anew."""
    try:
        yield from _text(part, stream)
    finally:
        stream.close()


def _binary(part: Part, stream: Peek, head: bytes, name: str, seen: Genomic | None) -> Iterator[Item]:
    """Read what texts can be found in data that is none; its values are not read."""
    if seen:
        yield seen
    name = "pickle" if pickles.looks_like(head) else name
    told = Covered(level="partial", format=name)
    for each in files.items(name, part, stream):
        told = files.covered(each, told) if name == "unknown binary" else told
        yield each
    if name in _TABLES:
        from pytest_genomic_guard.views import tabular  # noqa: PLC0415 - as archives

        read = tabular.database(part) if name == "SQLite" else tabular.columnar(part, name)
        yield from _worst(_inside(part, read), Covered(level="full", format=name))
    else:
        yield told


def _unpacked(stream: Stream, spent: Spent, name: str) -> Stream:
    if name == "gzip":
        return Inflate(stream, spent)
    from pytest_genomic_guard.views.archives import packed  # noqa: PLC0415 - as above

    return packed.opened(name, stream, spent)


def _text(part: Part, stream: Peek) -> Iterator[Item]:
    artifact, trail = part.artifact, part.trail
    head = stream.peek(HEAD)
    if b"\r" in head and b"\n" not in head:
        yield from _closed(part.beside(_fed(part)), Peek(LineFeeds(stream)))
        return
    calls = callset.whole(stream, artifact, trail)
    if calls:
        yield calls
        if calls.samples:  # its level is decided; the rows are not needed
            yield Covered(level="verdict-by-header", format="VCF")
            return
        from pytest_genomic_guard.views.genomic import sites  # noqa: PLC0415 - for call sets without people only

        yield sites.of(stream, calls)
    pointer = pointers.is_lfs(head)
    part.split = None if pointer else part.split  # most of what is behind one lies elsewhere
    pointed = None if trail else pointers.read(stream, artifact)  # in an archive it is a text, which git-lfs does not know
    yield from (pointed,) if pointed else ()
    error = None
    if notebook.looks_like(part.name, head) and not pointer:
        try:
            book = notebook.read(stream, artifact, trail, None if part.depth else part.open)
        except Unreadable as caught:
            error = caught  # what can be read as plain text is, and the gap stays
        else:
            yield from texts.outputs(book) if book else ()
            yield from _worst(_inside(part, [book] if book else []), Covered(level="full", format="notebook"))
            return
    seen = None if calls or pointer else texts.sniff(Head(stream.peek, artifact, trail, name=part.name))
    if seen and seen.final:
        yield from _seen(seen)
        return
    if seen:
        yield seen
    if part.wanted:
        part.wanted.claimed = seen is not None and seen.format != "digits"  # which nothing but their shape explains
    level = Covered(level="partial", format=pointers.LFS_POINTER) if pointer else Covered(level="full", format="text")
    if not (calls or error) and (whole := plain.short(part, stream)):
        yield whole
        yield level
        return
    for item in _worst(_inside(part, plain.views(part, stream)), level):
        if error and isinstance(item, Covered):
            raise error
        yield item


def _fed(part: Part) -> Callable[[], Stream]:
    return lambda: LineFeeds(part.open())


def _inside(part: Part, views: Iterable[Item]) -> Iterator[Item]:
    """Yield the views of a text, and what stands in it in base64. Raises what `views` raises, after that."""
    runs = embedded.Embedded(part.spent)
    error = None
    try:
        for view in views:
            yield view
            if isinstance(view, Text):
                for found in runs.feed(view):
                    yield from _run(part, found)
    except Unreadable as caught:
        error = caught
    for found in runs.finish():
        yield from _run(part, found)
    if error:
        raise error


def _run(part: Part, found: embedded.Found) -> Iterator[Item]:
    (trail, line), data = found
    steps = (*trail[len(part.trail) :], f"line {line}", "base64")
    if part.depth >= DEPTH or isinstance(data, str):
        reason = data if isinstance(data, str) else "too-deep"
        yield Gap(path=part.artifact.path, trail=(*part.trail, *steps), reason=reason)
    else:
        items = _content(part.inside(lambda: BytesStream(data), *steps, name=b""))
        yield from (item for item in items if not isinstance(item, Covered) or item.level != "opaque")  # pixels in a text


def _worst(items: Iterator[Item], covered: Covered) -> Iterator[Item]:
    """Yield all but how much was covered of each part, and that of the worst at the end."""
    for item in items:
        if isinstance(item, Covered):
            covered = max(covered, item, key=lambda part: COVERAGES.index(part.level))
        else:
            yield item
    yield covered
