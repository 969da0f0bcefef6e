"""Content that is already in memory: a test's samples, a text given to the pytest fixture."""

from __future__ import annotations

from pytest_genomic_guard.model import Artifact, Located, Snapshot
from pytest_genomic_guard.sources.files import BytesStream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.model import Stream


class Memory(Snapshot):
    """Named contents, all of them to be judged."""

    source = "memory"

    def __init__(self, files: Mapping[bytes, bytes], facts: Sequence[Located] = (), root: bytes | None = None) -> None:
        """Take contents by path, what a source would know besides, and a folder in which environments may lie."""
        self.root = root
        self._entries = tuple(
            Artifact(path=path, kind="file", origin="memory", opener=_opener(data), size=len(data))
            for path, data in sorted(files.items())
        )
        self._facts = tuple(facts)

    def entries(self) -> Sequence[Artifact]:
        """Return all artifacts, sorted by path."""
        return self._entries

    def facts(self) -> Iterator[Located]:
        """Yield the given facts."""
        return iter(self._facts)


def _opener(data: bytes) -> Callable[[], Stream]:
    return lambda: BytesStream(data)
