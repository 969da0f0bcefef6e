"""What a table says about the health of people: one answer for each table, which the checks of tables share."""

from __future__ import annotations

import importlib

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.again import Again
from pytest_genomic_guard.views.genomic import grid as grids
from pytest_genomic_guard.views.health.evidence import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.tables import DataTable

    What = Literal[
        "identified",  # identifiers beside health, by person: PHI1xx
        "limited",  # no names, but dates and small places or ages: a limited data set
        "controlled",  # layout of a cohort under a data-use agreement: UK Biobank, dbGaP, All of Us, TCGA clinical
        "common-model",  # OMOP, PCORnet, Sentinel, i2b2
        "critical-care",  # MIMIC, eICU
        "capture",  # an export of REDCap and its like
        "extract",  # of an electronic health record's database: Clarity, Caboodle, Millennium
        "row-level",  # ids of participants and health columns
        "single",  # one strong identifier alone
        "synthetic",  # marked, reserved or declared
        "public",  # a data set that everybody may have, by its header
        "crosswalk",  # links ids of two systems, or ids to names
        "small-cells",  # counts of people, some small
        "rare",  # a row of people so few that it names them
    ]


class Health(Record):
    """What a table is. `format` is in our own words; `names` are values that a path must not show."""

    what: What
    format: str
    evidence: Evidence = Evidence()
    rows: int = 0  # people, or rows about them, over the whole table; 0: it does not tell
    people: int = 0  # different ones, where the sample is the whole table; 0: as many as rows
    smallest: int = 0  # count of people, of small cells
    cells: int = 0  # how many cells are small
    names: tuple[bytes, ...] = ()
    row: int | None = None  # the first that tells, counted from 0; None: the header does


# Modules with `recognise(grid) -> Health | None`, in order: the first that knows a table decides.
_RECOGNISERS: tuple[str, ...] = ("syntheatables", "people", "schemas", "disclosure", "participants")

_loaded: dict[str, Callable[[Grid], Health | None]] = {}
_nothing = Again()
_last: tuple[DataTable, Health | None] | None = None  # a table is shown to all checks in turn


def of(table: DataTable) -> Health | None:
    """Return what a table is, or None for one that says nothing of anybody's health."""
    global _last  # noqa: PLW0603 - see above
    if _last is None or _last[0] is not table:
        _last = (table, grids.unless_known(table, _nothing, _recognised))
    return _last[1]


def _recognised(grid: Grid) -> Health | None:
    """Return the answer of the first that knows; rows without names wait for what knows their layout."""
    waiting: Health | None = None
    for name in _RECOGNISERS:
        if name not in _loaded:
            _loaded[name] = importlib.import_module(f"pytest_genomic_guard.views.health.{name}").recognise
        found = _loaded[name](grid)
        if found and found.what in {"limited", "row-level", "single"} and not waiting:
            waiting = found
        elif found:
            return found
    return waiting
