"""The arrays of numpy in one archive, `.npz`: a matrix and the names of its rows and columns are read as one table."""

from __future__ import annotations

import io

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.views.bounds import HELD
from pytest_genomic_guard.views.streams import Peek

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Covered, Gap, View
    from pytest_genomic_guard.views.decode import Part

    Item = View | Gap | Covered
    Content = Callable[[Part, Peek], Iterator[Item]]

_NAMES = regex(rb"\x93NUMPY[^{]{4,6}\{'descr': '[<>|=]?[US]\d{1,6}', [^}]{0,80}'shape': \(\d{1,12},\)")
_MATRIX = regex(rb"\x93NUMPY[^{]{4,6}\{'descr': '[^']{1,12}', [^}]{0,80}'shape': \(\d{1,12}, \d")
_HEAD = 256


class ArraySet:
    """Arrays of one archive, kept until all are there."""

    def __init__(self, part: Part, kind: str, content: Content) -> None:
        """Begin with none; only a zip is an archive of numpy."""
        self._part, self._kind, self._content = part, kind, content
        self._left = HELD if kind == "zip" else 0
        self._kept: list[tuple[Part, bytes, bytes]] = []

    def takes(self, inner: Part, name: bytes, stream: Peek) -> bool:
        """Tell whether a member is an array that was kept, as far as there is room."""
        if not self._left or not name.endswith(b".npy"):
            return False
        data = stream.peek(self._left + 1)
        if len(data) > self._left or not stream.ended:
            return False
        self._left -= len(data)
        self._kept.append((inner, name, data))
        return True

    def items(self) -> Iterator[Item]:
        """Yield the arrays, as one set where some are names beside a matrix."""
        kept, self._kept = self._kept, []
        heads = [data[:_HEAD] for _inner, _name, data in kept]
        if not any(map(_NAMES.match, heads)) or not any(map(_MATRIX.match, heads)) or not _readable():
            for inner, _name, data in kept:
                yield from self._content(inner, Peek(BytesStream(data)))
            return
        from pytest_genomic_guard.views import tabular  # noqa: PLC0415 - for sets of arrays only
        from pytest_genomic_guard.views.weights import loads  # noqa: PLC0415 - as above

        for inner, _name, data in kept:  # arrays of objects are not among those that are read
            yield from loads.objects(data, inner.artifact, inner.trail)
        packed = _packed([(name, data) for _inner, name, data in kept])
        yield from tabular.columnar(self._part.inside(lambda: BytesStream(packed), self._kind), "npz")


def _readable() -> bool:
    from pytest_genomic_guard.views.tables import child  # noqa: PLC0415 - as above

    return child.available("npz")


def _packed(members: list[tuple[bytes, bytes]]) -> bytes:
    """Return members as an archive of its own: what else was in the first one is read where it stands."""
    import zipfile  # noqa: PLC0415 - as above

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, (name, data) in enumerate(members):
            last = name.decode("utf-8", "replace").rpartition("/")[2]
            archive.writestr(last if last.isidentifier() or last[:-4].isidentifier() else f"array{number}.npy", data)
    return made.getvalue()
