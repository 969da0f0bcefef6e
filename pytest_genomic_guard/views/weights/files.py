"""Binary files that may be models: what a pickle would load, what headers of weights claim, and the printable runs of it all."""

from __future__ import annotations

from pytest_genomic_guard.model import Covered, Unreadable
from pytest_genomic_guard.views import pickles
from pytest_genomic_guard.views.bounds import HEAD, HELD
from pytest_genomic_guard.views.text import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import View
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek

_MODELS = frozenset({"unknown binary", "HDF5", "RDS"})  # formats in which models are kept beside other data


def unmarked(part: Part, stream: Peek) -> Iterator[View]:
    """Yield what content would load that may be a pickle without a mark: of any format else, it is that, too."""
    if not pickles.looks_like(stream.peek(2)):
        from pytest_genomic_guard.views.weights import loads  # noqa: PLC0415 - few contents begin so

        if found := loads.bare(stream, part.artifact, part.trail):
            yield found


def covered(view: View, before: Covered) -> Covered:
    """Return how much of content of no listed format was read, by what it showed itself to be; `before`: as far as is known.

    The header of safetensors and of GGUF says all that is asked of them, as the rest are numbers. Of other models it does not.
    """
    header = getattr(view, "sound", None)
    if header is not None and not {"its header is no JSON", "its version is unknown"}.intersection(view.faults):  # type: ignore[attr-defined]
        return Covered(level="verdict-by-header" if header else "partial", format=view.format)  # type: ignore[attr-defined]
    model = getattr(view, "model", None)
    return before.replace(format=model.format) if model else before


def items(name: str, part: Part, stream: Peek) -> Iterator[View]:
    """Yield the texts of a binary file, and what it says of code and of its own length. Raises what the stream raises."""
    artifact, trail, head = part.artifact, part.trail, stream.peek(HEAD)
    claims = None
    if name in _MODELS:
        from pytest_genomic_guard.views.models import binary  # noqa: PLC0415 - for formats that models have only

        yield from binary.seen(name, part, stream, head)
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

        claims = headers.read(stream, head, named=part.name.lower().endswith(b".safetensors"))
    yield from windows(stream, artifact, trail, "binary")
    if claims:
        yield claims.view(stream.taken, artifact, trail)
