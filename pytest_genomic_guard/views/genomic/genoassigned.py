"""Genotypes that say in each cell whose they are, as `bcftools query` (%SAMPLE=%GT) and `vcf-query` print them."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.grid import Grid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_ASSIGNED = regex(r"([^\s=]{1,64})=(\S{1,200})")
_FEWEST = 3  # rows that say the same name


class _Named(Grid):
    """A table whose cells begin with the name of their column."""

    def __init__(self, grid: Grid, names: dict[int, str]) -> None:
        super().__init__(grid.table)
        self._after = {at: len(name) + 1 for at, name in names.items()}
        self.header = tuple(names.get(at, name) for at, name in enumerate(self.header))
        self.plain = tuple("" if at in names else plain for at, plain in enumerate(self.plain))

    def column(self, number: int) -> tuple[str, ...]:
        """Return the cells of a column without its name."""
        begin = self._after.get(number, 0)
        return tuple(cell[begin:] for cell in super().column(number))


def plain(grid: Grid) -> Grid:
    """Return the table with names of columns in place of those that its cells begin with; itself where they do not."""
    if not grid.rows or "=" not in "\t".join(grid.rows[0]):
        return grid
    found = {at: name for at in range(grid.width) if (name := _name(grid.column(at)))}
    return _Named(grid, found) if found else grid


def _name(cells: Sequence[str]) -> str:
    """Return the name with which all cells of a column begin, or "" where they do not."""
    first = _ASSIGNED.fullmatch(cells[0]) if len(cells) >= _FEWEST else None
    begin = f"{first[1]}=" if first else ""
    return first[1] if first and all(cell.startswith(begin) for cell in cells) else ""
