"""Tables of the tools around a genome: cells of single-cell data by donor, clinical data of cBioPortal, MultiQC's summary.

Sources: Cell Ranger and Scanpy (barcodes of cells), the cBioPortal file formats, MultiQC's general statistics.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import givenids, idlists
from pytest_genomic_guard.views.genomic.personwords import EXAMPLE, is_example, of_people, summarises

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.kinds import Kind

_CLINICAL = frozenset(["osmonths", "osstatus", "dfsmonths", "dfsstatus", "pfsmonths", "pfsstatus", "oncotreecode"])
_BARCODE = regex(r"(?:[\w.-]{1,40}[_:#])?[ACGT]{12,24}(?:-\d{1,2})?(?:_\d{1,3})?")
_DONOR = regex(r"(?:donor|patient|subject|individual|participant)(?:id|name|code)?")
_LOOKED = 6  # columns in which barcodes are looked for
_SOME = 500  # names by which their form is told


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    if not grid.rows or len(grid.header) < 2 or summarises(grid.rows, grid.header):
        return None
    if grid.plain[0] in {"sample", "samplename"} and any("mqcgeneralstats" in name for name in grid.plain):
        sure = givenids.given(grid.distinct(0)[:_SOME])
        return _told(grid, 0, "quality of sequenced genomes, one row per person") if sure else None
    patient = grid.find("patientid")
    if patient is not None and _CLINICAL & grid.known:
        return _told(grid, patient, "clinical table, one row per patient or sample")
    donor = next((at for at in grid.called(_DONOR.fullmatch) if grid.column(at)), None)
    if donor is None or not any(grid.mostly(at, _BARCODE.fullmatch, 0.9) for at in range(min(grid.width, _LOOKED)) if at != donor):
        return None
    sure = _given(grid.distinct(donor)[:_SOME])
    return _told(
        grid, donor, "cells of donors, with what is said of each" if sure else "cells of donors, under names that say little"
    )


def _given(names: Sequence[bytes]) -> bool:
    """Tell whether names are ids that somebody gave out, numbers of any length among them."""
    if len(names) > 1 and all(name.isdigit() and 4 <= len(name) <= 12 for name in names):
        return not idlists.regular(sorted(map(int, names)), known=True)
    return givenids.given(names)


def _told(grid: Grid, number: int, format: str) -> Kind | None:  # noqa: A002 - the field of a kind
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module in turn

    names = of_people(grid.distinct(number))
    if not names:
        return None
    return Kind(what="per-person", format=EXAMPLE if is_example(names) else format, people=len(names), names=names, row=0)
