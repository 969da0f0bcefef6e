"""Genotype arrays and single cells in HDF5."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.streams import Peek


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:  # noqa: ARG001 - as above
    """Return what a file is."""
    return None
