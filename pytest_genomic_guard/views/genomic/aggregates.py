"""Tables about variants, and about nobody in particular."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.kinds import Kind


def recognise(grid: Grid) -> Kind | None:  # noqa: ARG001 - as above
    """Return what a table is."""
    return None
