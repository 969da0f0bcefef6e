"""Genotype tables: variants on one axis and people on the other, or a row for each of both; and matrices of bare numbers."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.kinds import Kind, What

# From about 30 independent variants on, one person on Earth is singled out (Lin, Owen, Altman, Science 2004, 305:183).
IDENTIFYING = 30


def recognise(grid: Grid) -> Kind | None:
    """Return what the table is when genotypes of people are in it."""
    from pytest_genomic_guard.views.genomic import genoacross, genobare, genodown, genolong  # noqa: PLC0415 - for tables only

    if not grid.width:
        return None
    for reader in (genolong.recognise, genoacross.recognise, genodown.recognise, genolong.typed, genobare.recognise):
        found: Kind | None = reader(grid)
        if found:
            return found
    return None


def what(variants: int) -> What:
    """Return what genotypes of so many variants are: enough to single out a person, or fewer."""
    return "genotypes" if variants >= IDENTIFYING else "few-genotypes"
