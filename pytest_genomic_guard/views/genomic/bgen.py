"""BGEN by its header block, and the index that bgenix makes of one.

Source: the BGEN 1.1 to 1.3 format description (header block, sample identifier block, variant data blocks): an offset, the length
of the header, variants, people, four bytes of mark or zeros, free space, flags; then names of people where a flag says so.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Unreadable
from pytest_genomic_guard.views.bounds import HEADER, NAMES
from pytest_genomic_guard.views.genomic.containers import GenotypeFile, IndexFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek

MARK = b"bgen"
_LEAST = 20  # bytes of a header block
_NAMED = 1 << 31  # the flag that names of people follow
_INDEX = b"CREATE TABLE Variant"
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
    return GenotypeFile(
        artifact=artifact, trail=trail, format="BGEN", level="individual", at=at, people=people, variants=variants, names=names
    )


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
