"""Texts that leave with the files and are none: messages, names of refs, paths. There are many, and hardly any holds anything.

So many are matched as one buffer, and only those in which a rule matches, or that could hold more than plain text, are scanned.
"""

from __future__ import annotations

from bisect import bisect_right

from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.views import formats
from pytest_genomic_guard.views.bounds import BASE64, JOINED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.model import Artifact

_BETWEEN = b"\n\n"
_LARGE = 64 << 10


class Gathered:
    """Takes texts, and gives back those that are worth a scan."""

    def __init__(self, scan: Callable[[bytes], Mapping[str, Sequence[tuple[int, int]]]]) -> None:
        """Take what finds the rules. A check without rules sees none of these texts but those that are worth a scan."""
        self._scan = scan
        self._texts: list[Artifact] = []
        self._starts: list[int] = []
        self._parts: list[bytes] = []
        self._length = 0

    def take(self, text: Artifact) -> Iterator[Artifact]:
        """Take a text; yield it, or some of those before it, once enough are there."""
        data = read_all(text.open())
        if len(data) >= _LARGE or not _plain(data):
            yield text
            return
        self._texts.append(text)
        self._starts.append(self._length)
        self._parts += (data, _BETWEEN)
        self._length += len(data) + len(_BETWEEN)
        if self._length >= JOINED:
            yield from self.rest()

    def rest(self) -> Iterator[Artifact]:
        """Yield what is left and is worth it."""
        hits = self._scan(b"".join(self._parts)) if self._parts else {}
        # what matches over several texts can hide what matches in one of them alone
        found = {
            number
            for spans in hits.values()
            for start, end in spans
            for number in range(bisect_right(self._starts, start) - 1, bisect_right(self._starts, max(start, end - 1)))
        }
        yield from [self._texts[number] for number in sorted(found)]
        self._texts, self._starts, self._parts, self._length = [], [], [], 0


def _plain(data: bytes) -> bool:
    """Tell whether nothing but the rules can find anything in a text: no format shows itself, and no word is as long as base64."""
    return (
        b"\\t" not in data
        and not formats.identify(data)
        and b"\0" not in data
        and (len(data) < BASE64 or max(map(len, data.split()), default=0) < 60)
    )
