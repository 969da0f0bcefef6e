"""PLINK 2 genotype matrices.

Source: the draft specification of PGEN, section "Header": magic bytes, a storage mode, variants and people in four bytes each; and
the packed GENO of EIGENSTRAT (convertf): the word, people, variants and two checksums in letters, padded with zeros.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Location, Unreadable
from pytest_genomic_guard.views.genomic.containers import GenotypeFile, IndexFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek

_MOST = (1 << 31) - 2  # variants or people that the format allows
_APART = (0x30, 0x31)  # modes of an index that stands in a file of its own
_PACKED = re.compile(rb"(T?GENO)[ ]+(\d{1,10})[ ]+(\d{1,10})[ ]+[0-9a-f]{1,16}[ ]+[0-9a-f]{1,16}[ ]*\0")


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:
    """Return what a file is. Raises `Unreadable`: truncated."""
    at = Location(path=artifact.path, trail=trail)
    if name == "GENO":
        found = _PACKED.match(stream.peek(64)[:64])
        if not found or not int(found[2]):
            return None
        people, variants = int(found[2]), int(found[3])
        return GenotypeFile(
            artifact=artifact, trail=trail, format="packed GENO", level="individual", at=at, people=people, variants=variants
        )
    head = stream.peek(12)
    if len(head) < 11:
        raise Unreadable("truncated")
    variants, people = (int.from_bytes(head[at : at + 4], "little") for at in (3, 7))
    if not (0 < variants <= _MOST and 0 < people <= _MOST):
        return None
    if head[2] in _APART:
        fact = IndexFact(of="PGEN")
        return GenotypeFile(artifact=artifact, trail=trail, format="PGEN index", level="aggregate", at=at, fact=fact)
    return GenotypeFile(artifact=artifact, trail=trail, format="PGEN", level="individual", at=at, people=people, variants=variants)
