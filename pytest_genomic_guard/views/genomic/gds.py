"""CoreArray GDS, in which SNPRelate and SeqArray keep genotypes.

Its nodes are named in plain bytes (``sample.id``, ``genotype``); their values are compressed and not read. A file that does not
name people, such as one of annotation, is not one of theirs.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.bounds import HELD
from pytest_genomic_guard.views.genomic.containers import GenotypeFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek

_FIRST = 1 << 20
_PEOPLE = (b"sample.id", b"genotype", b"pData", b"SNP_ARRAY", b"SEQ_ARRAY")


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:  # noqa: ARG001 - one form for all
    """Return what a file is."""
    if not any(any(word in stream.peek(size)[:size] for word in _PEOPLE) for size in (_FIRST, HELD)):
        return None
    at = Location(path=artifact.path, trail=trail)
    return GenotypeFile(artifact=artifact, trail=trail, format="GDS", level="individual", at=at)
