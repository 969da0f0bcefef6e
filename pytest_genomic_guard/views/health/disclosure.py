"""Tables that say too much of few people: counts with small cells, and keys between two systems of ids of people."""

from __future__ import annotations

from pytest_genomic_guard.views.health import crosswalks, smallcells
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

_ALONE, _TRAITS = 1, 3  # people in a row, and what is told of them, from which on the row is about somebody


def recognise(grid: Grid) -> Health | None:
    """Return what a table gives away."""
    if not grid.values or not grid.rows:
        return None
    if found := crosswalks.recognise(grid):
        return found
    counts = smallcells.counts(grid)
    if counts is None or not counts.cells:
        return None
    row, least = min(counts.cells, key=lambda each: (each[1], each[0]))
    rare = least == _ALONE and counts.traits >= _TRAITS
    return Health(
        what="rare" if rare else "small-cells",
        format="rows of one person by several traits" if rare else "counts of people",
        smallest=least,
        cells=len(counts.cells),
        row=row,
    )
