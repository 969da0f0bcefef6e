"""Lists of ids of people."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.kinds import Kind
    from pytest_genomic_guard.views.genomic.seen import Genomic


def sniff(head: Head) -> Genomic | None:  # noqa: ARG001 - not written yet
    """Return what a text is."""
    return None


def recognise(grid: Grid) -> Kind | None:  # noqa: ARG001 - as above
    """Return what a table is."""
    return None
