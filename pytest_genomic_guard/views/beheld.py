"""Pictures, scans and documents: a header that tells of people, texts inside, and how much of the rest was read."""

from __future__ import annotations

from pytest_genomic_guard.model import Covered, Unreadable
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.bounds import DEPTH
from pytest_genomic_guard.views.text import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Gap, View
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek

    Item = View | Gap | Covered

# Formats of which the header says all there is, apart from numbers
_HEADED = frozenset(("DICOM", "NIfTI", "Analyze", "MGH", "NRRD"))
READ = _HEADED | {"PDF"}


def items(part: Part, stream: Peek, known: tuple[str, str]) -> Iterator[Item]:
    """Yield what is there to see in content of a format, its printable runs, and how much was covered."""
    name, handling = known
    view = None
    if name != "PDF":
        from pytest_genomic_guard.views.health import binary  # noqa: PLC0415 - a hook on a commit without media needs none of it

        view = binary.read(name, stream, part.artifact, part.trail) if name in binary.READERS else None
        if view:
            yield view
    yield from windows(stream, part.artifact, part.trail, "binary")  # whatever somebody put behind a picture leaves with it
    if name == "PDF":
        yield from _pages(part)
    elif name in _HEADED and getattr(view, "complete", False):
        yield Covered(level="verdict-by-header", format=name)
    else:
        yield Covered(level="opaque" if handling == "opaque" else "partial", format=name)


def _pages(part: Part) -> Iterator[Item]:
    """Yield what the pages of a PDF show as text, where the extra `docs` reads it."""
    from pytest_genomic_guard.views.tables import child  # noqa: PLC0415 - as above

    text = whole = False
    if child.available("PDF") and part.depth < DEPTH:
        stream = part.open()
        try:
            for number, page in enumerate(child.tables("PDF", stream, part.artifact, part.trail), 1):
                whole = page.complete and (whole or number == 1)
                data = "\n".join(row[0] for block in page.source.blocks() for row in block).encode("utf-8", "replace")
                text = text or bool(data.strip())
                if data.strip():
                    yield from _page(part, data, number)
        except Unreadable:
            whole = False  # damaged, encrypted or too large: what was given until then is read
        finally:
            stream.close()
    yield Covered(level="full" if whole and text else "partial", format="PDF")


def _page(part: Part, data: bytes, number: int) -> Iterator[Item]:
    """Yield the text of a page, and its tables. A page is printed, so that a format that begins in it is quoted, and no file."""
    from pytest_genomic_guard.views import tabular  # noqa: PLC0415 - as above

    inner = part.inside(lambda: BytesStream(data), "pdf", f"page {number}", name=b"")
    around = part.wanted.begin() if part.wanted else (False, False)
    yield from windows(BytesStream(data), inner.artifact, inner.trail, "file")
    if part.wanted and part.wanted.matched:
        yield from (item for item in tabular.long(inner) if not isinstance(item, Covered))
    if part.wanted:
        part.wanted.claimed, part.wanted.matched = around
