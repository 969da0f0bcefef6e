"""What is no more than text: most of it is short, and no reader of anything else finds a sign of its own in it."""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views import embedded, page, plink
from pytest_genomic_guard.views.bounds import HEAD, WINDOW
from pytest_genomic_guard.views.genomic import texts
from pytest_genomic_guard.views.text import Segment, Text, windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.decode import Item, Part
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.text import Context


def short(part: Part, stream: Peek) -> Text | None:
    """Return the one view that `views` and base64 would give of a text that was looked at as a whole; None where more may be in it.

    It costs a third of asking all of them, which for small files is what decoding takes.
    """
    data = stream.peek(HEAD)
    if not stream.ended or not 0 < len(data) < WINDOW:
        return None
    if embedded.may(data) or plink.begins(data) or page.looks_like(part.name, data):
        return None
    stream.read(len(data))
    if part.wanted:
        part.wanted.matched = False
    segment = Segment(start=0, trail=part.trail, context="file")
    return Text(artifact=part.artifact, trail=part.trail, data=data, segments=(segment,), owned=len(data))


def views(part: Part, stream: Peek) -> Iterator[Item]:
    """Yield the windows of a text, that of a page before its markup, and what its rows are as a whole."""
    rows = plink.Rows()
    if part.wanted:
        part.wanted.matched = False
    context: Context = "file"
    error = None
    if page.looks_like(part.name, stream.peek(HEAD)):
        try:
            text = page.read(stream, part.artifact, part.trail)
        except Unreadable as caught:
            text, error = None, caught  # as of a notebook
        if text:
            yield from texts.outputs(text)
            yield text
            context = "markup"
    split, wanted = (part.split, part.wanted) if context == "file" and not stream.taken else (None, part.wanted)
    for window in windows(stream, part.artifact, part.trail, context):
        rows.feed(window.data[window.begin : window.owned])
        yield split.own(window, wanted) if split and wanted else window
    table = rows.view(part.artifact, part.trail)
    if table:
        yield table
    if split and wanted and split.windows > 1:
        split.end(wanted)  # whether a rule matched anywhere is known when all shares are
    elif wanted and wanted.matched and context == "file":
        from pytest_genomic_guard.views import tabular  # noqa: PLC0415 - for long texts that are asked only

        yield from tabular.long(part)
    if error:
        raise error
