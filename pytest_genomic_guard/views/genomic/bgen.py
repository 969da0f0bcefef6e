"""BGEN by its header block, and the index that bgenix makes of one.

Source: the BGEN 1.1 to 1.3 format description (header block, sample identifier block, variant data blocks): an offset, the length
of the header, variants, people, four bytes of mark or zeros, free space, flags; then names of people where a flag says so.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Unreadable
from pytest_genomic_guard.views.bounds import HEADER, NAMES
from pytest_genomic_guard.views.genomic.containers import GenotypeFile, IndexFact, species

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek

MARK = b"bgen"
_LEAST = 20  # bytes of a header block
_NAMED = 1 << 31  # the flag that names of people follow
_INDEX = b"CREATE TABLE Variant"
_READ, _VARIANTS = 64 << 20, 100_000  # bytes and variants in which chromosomes are looked for
_PIECE, _STEPS = 1 << 16, 1 << 20  # bytes of one read; parts of variants
_PAGES = 1 << 16  # bytes of a database in which its first tables are declared


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:
    """Return what a file is. Raises `Unreadable`: truncated, corrupt."""
    at = Location(path=artifact.path, trail=trail)
    if name == "SQLite":
        if _INDEX not in stream.peek(_PAGES)[:_PAGES]:
            return None
        fact = IndexFact(of="BGEN")
        return GenotypeFile(artifact=artifact, trail=trail, format="BGEN index", level="aggregate", at=at, final=False, fact=fact)
    head = stream.peek(_LEAST + 4)
    if len(head) < _LEAST + 4:
        raise Unreadable("truncated")
    offset, length, variants, people = (int.from_bytes(head[at : at + 4], "little") for at in range(0, 16, 4))
    if length < _LEAST or offset < length:
        raise Unreadable("corrupt")
    if not people:
        return None
    names = _names(stream, length) if length < HEADER else ()
    found = GenotypeFile(
        artifact=artifact, trail=trail, format="BGEN", level="individual", at=at, people=people, variants=variants, names=names
    )
    flags = int.from_bytes(stream.peek(length + 4)[length : length + 4], "little") if length < HEADER else 0
    if not flags:
        return found
    return found.replace(species=species(_chromosomes(_Blocks(stream), 4 + offset, flags, people, min(variants, _VARIANTS))))


class _Blocks:
    """Numbers and texts of a stream, of which no more than `_READ` bytes are read and little is held at once."""

    def __init__(self, stream: Peek) -> None:
        self._stream, self._left, self._data, self._at = stream, _READ, b"", 0
        self._steps = _STEPS

    def skip(self, size: int) -> None:
        """Pass over bytes. Raises EOFError where there are fewer, or enough were read."""
        self._at += size
        self._steps -= 1
        if self._steps < 0:
            raise EOFError
        while self._at > len(self._data):
            self._at -= len(self._data)
            self._data = self._stream.read(_PIECE) if self._left > 0 else b""
            self._left -= len(self._data)
            if not self._data:
                raise EOFError

    def take(self, size: int) -> bytes:
        """Return the next bytes, of many the first 64. Raises EOFError as well."""
        while len(self._data) - self._at < min(size, 64):
            more = self._stream.read(_PIECE) if self._left > 0 else b""
            self._left -= len(more)
            if not more:
                raise EOFError
            self._data, self._at = self._data[self._at :] + more, 0
        found = self._data[self._at : self._at + min(size, 64)]
        self.skip(size)
        return found

    def number(self, size: int) -> int:
        """Return a number of so many bytes."""
        return int.from_bytes(self.take(size), "little")


def _chromosomes(blocks: _Blocks, begin: int, flags: int, people: int, variants: int) -> set[bytes]:
    """Return the chromosomes of the variants that are read; what is damaged there changes nothing of what the header tells."""
    found: set[bytes] = set()
    packed, layout = flags & 3, flags >> 2 & 15
    try:
        blocks.skip(begin)
        for _each in range(variants if layout in {1, 2} else 0):
            if layout == 1 and blocks.number(4) != people:
                break
            for _text in ("id", "rs number"):
                blocks.skip(blocks.number(2))
            found.add(blocks.take(blocks.number(2)))
            blocks.skip(4)
            for _allele in range(2 if layout == 1 else blocks.number(2)):
                blocks.skip(blocks.number(4))
            blocks.skip(6 * people if layout == 1 and not packed else blocks.number(4))
    except (EOFError, Unreadable):
        pass
    return found


def unmarked(head: bytes) -> bool:
    """Tell whether a beginning is that of a BGEN whose mark is zeros, as the first version allowed: all else must agree."""
    offset, length, variants, people = (int.from_bytes(head[at : at + 4], "little") for at in range(0, 16, 4))
    if any(head[16:20]) or not _LEAST <= length <= offset < 1 << 31 or length > len(head) - 4 or not (people and variants):
        return False
    flags = int.from_bytes(head[length : length + 4], "little")
    layout, packed = flags >> 2 & 15, flags & 3
    if flags & 0x7FFFFFC0 or packed > 2 or layout > 2 or (layout < 2 and packed > 1):
        return False
    first = head[offset + 4 : offset + 10]
    if len(first) < 6:
        return bool(flags & _NAMED) and int.from_bytes(head[length + 8 : length + 12], "little") == people
    if layout < 2:
        return int.from_bytes(first[:4], "little") == people
    size = int.from_bytes(first[:2], "little")
    return all(32 <= byte < 127 for byte in first[2 : 2 + min(size, 4)])


def _names(stream: Peek, length: int) -> tuple[bytes, ...]:
    """Return the names of people in the block after the header, as far as it can be read."""
    head = stream.peek(length + 12)
    flags = int.from_bytes(head[length : length + 4], "little")
    if not flags & _NAMED or len(head) < length + 12:
        return ()
    size, people = (int.from_bytes(head[at : at + 4], "little") for at in (length + 4, length + 8))
    block = stream.peek(length + 4 + min(size, HEADER))[length + 12 : length + 4 + size]
    found: list[bytes] = []
    at = 0
    while at + 2 <= len(block) and len(found) < min(people, NAMES):
        end = at + 2 + int.from_bytes(block[at : at + 2], "little")
        found.append(block[at + 2 : end])
        at = end
    return tuple(found)
