"""Binary files that may be models: what a pickle would load, what headers of weights claim, and the printable runs of it all."""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views import pickles
from pytest_genomic_guard.views.bounds import HEAD, HELD
from pytest_genomic_guard.views.text import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import View
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek


def unmarked(part: Part, stream: Peek) -> Iterator[View]:
    """Yield what content would load that may be a pickle without a mark: of any format else, it is that, too."""
    if not pickles.looks_like(stream.peek(2)):
        from pytest_genomic_guard.views.weights import loads  # noqa: PLC0415 - few contents begin so

        if found := loads.bare(stream, part.artifact, part.trail):
            yield found


def items(name: str, part: Part, stream: Peek) -> Iterator[View]:
    """Yield the texts of a binary file, and what it says of code and of its own length. Raises what the stream raises."""
    artifact, trail, head = part.artifact, part.trail, stream.peek(HEAD)
    claims = None
    if name == "pickle":
        from pytest_genomic_guard.views.weights import loads  # noqa: PLC0415 - for pickles only

        yield loads.read(part, stream)
        try:
            yield from pickles.read(stream, artifact, trail)
        except Unreadable:
            pass  # cut, damaged or too large: its printable runs are read all the same
        else:
            while stream.read(HEAD):
                pass  # raises what is wrong at the end, as the checksum of a member
            return
    elif name == "npy" and b"O" in head[8:512]:
        from pytest_genomic_guard.views.weights import loads  # noqa: PLC0415 - for arrays of objects only

        yield from loads.objects(stream.peek(HELD), artifact, trail)
    elif name == "unknown binary" and (head[8:9] == b"{" or head[1:3] in {b"GU", b"UG"}):
        from pytest_genomic_guard.views.weights import headers  # noqa: PLC0415 - for weights only

        claims = headers.read(stream, head)
    yield from windows(stream, artifact, trail, "binary")
    if claims:
        yield claims.view(stream.taken, artifact, trail)
