"""Matrices of relationship between people in binary numbers: GCTA's and PLINK's `.grm.bin`, `.rel.bin` and `.king.bin`.

Sources: GCTA (`--make-grm-bin`: a lower triangle of floats), PLINK 1.9 and 2.0 (`--make-rel bin`, `--make-king bin`, with `bin4`,
`square` or `triangle`). There is no mark. What tells them is a diagonal near 1 that is seldom twice the same, or one half
throughout, with small numbers everywhere else; a square must be symmetric besides. A correlation has 1 throughout.
"""

from __future__ import annotations

import struct

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.bounds import HEAD
from pytest_genomic_guard.views.genomic.matrices import OWN, RELATIONSHIPS, is_kin
from pytest_genomic_guard.views.genomic.plinklists import PersonRows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek

_WHOLE = 8 << 20  # bytes of a square that is looked at: a thousand people
_PIECE = 1 << 20
_FEWEST = 8  # people, so that chance makes none
_LOOKED = 200  # rows


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:  # noqa: ARG001 - one form for all
    """Return the matrix that content of no known format is."""
    head = stream.peek(HEAD)
    for size, letter in ((4, "f"), (8, "d")):
        if not _may(head, size, letter):
            continue
        people = _square(stream, size, letter)
        if people is None and _triangle(head, size, letter):
            people = _people(stream, size)
        if people is not None:
            at = Location(path=artifact.path, trail=trail)
            return PersonRows(
                artifact=artifact, trail=trail, at=at, level="individual", format=RELATIONSHIPS, people=people, final=True
            )
    return None


def _may(head: bytes, size: int, letter: str) -> bool:
    """Tell whether the first number can be somebody's with themselves and the second not: nearly all content ends here."""
    if len(head) < _FEWEST * (_FEWEST + 1) // 2 * size:
        return False
    first, second = struct.unpack_from(f"<2{letter}", head)
    return bool(OWN[0] < first < OWN[1] and abs(second) < 1)


def _people(stream: Peek, size: int) -> int:
    """Return of how many people a lower triangle is, by its size; 0 where it does not end with a row."""
    total = 0
    while part := stream.read(_PIECE):
        total += len(part)
    count = total // size
    people = int((2 * count) ** 0.5)
    return people if people * (people + 1) // 2 * size == total else 0


def _triangle(head: bytes, size: int, letter: str) -> bool:
    """Tell whether numbers are a lower triangle, row by row, as far as their beginning shows."""
    count = min(len(head) // size, _LOOKED * (_LOOKED + 1) // 2)
    values = struct.unpack_from(f"<{count}{letter}", head)
    diagonal: list[float] = []
    others: list[float] = []
    at = 0
    for row in range(_LOOKED):
        if at + row >= count:
            break
        others += values[at : at + row]
        diagonal.append(values[at + row])
        if not OWN[0] < diagonal[-1] < OWN[1]:
            return False
        at += row + 1
    whole = len(head) < HEAD
    return (at * size == len(head) or not whole) and is_kin(diagonal, others, whole=whole)


def _square(stream: Peek, size: int, letter: str) -> int | None:
    """Return how many people a square is of; None where it is none."""
    data = stream.peek(_WHOLE + 1)
    count = len(data) // size
    people = int(count**0.5)
    if len(data) > _WHOLE or len(data) % size or people * people != count or people < _FEWEST:
        return None
    some = min(people, _LOOKED)
    rows = [struct.unpack_from(f"<{some}{letter}", data, row * people * size) for row in range(some)]
    if any(rows[one][two] != rows[two][one] for one in range(some) for two in range(one)):
        return None
    others = [rows[one][two] for one in range(some) for two in range(one)]
    return people if is_kin([rows[at][at] for at in range(some)], others, whole=some == people) else None
