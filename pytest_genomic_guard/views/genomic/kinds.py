"""What a table says about people: one answer for each table, which the checks of tables share."""

from __future__ import annotations

import importlib

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.again import Again
from pytest_genomic_guard.views.genomic import grid as grids
from pytest_genomic_guard.views.rows import people, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.seen import Species
    from pytest_genomic_guard.views.tables import DataTable

    What = Literal[
        "genotypes",  # of people, at variants
        "few-genotypes",  # fewer than single out a person
        "matrix",  # of bare numbers in the shape of genotypes
        "consumer",  # a direct-to-consumer export
        "array",  # calls or intensities of a microarray
        "annotated",  # variants of samples with annotation, as MAF
        "omics",  # methylation, expression, counts by sample
        "one-sample",  # what was measured in one sample
        "typing",  # HLA and STR
        "per-person",  # a row, or pair of rows, for each person: phenotypes, scores, quality, relatedness
        "controlled",  # such a table in the layout of a controlled-access resource
        "ids",  # nothing but ids of people
        "frequencies",  # by variant: aggregate
        "statistics",  # by variant: aggregate
        "ld",  # between variants: aggregate
        "reference",  # by variant, gene or region, and about nobody: aggregate
    ]


class Kind(Record):
    """What a table is. `format` is from our own lists; `names` are those of people, to mask and to compare with public ones."""

    what: What
    format: str
    people: int = 0  # 0: it does not tell
    variants: int = 0
    names: tuple[bytes, ...] = ()
    species: Species = ""
    named: bool = False  # what names a person outright stands beside the genotypes
    row: int | None = None  # the first that tells, counted from 0; None: the header does


# Modules with `recognise(grid) -> Kind | None`, in order: the first that knows a table decides.
_RECOGNISERS: tuple[str, ...] = (
    "controlled",
    "consumer",
    "arrays",
    "annotated",
    "signed",
    "genotypes",
    "loci",
    "plinktables",
    "squares",
    "donors",
    "persons",
    "aggregates",
    "omics",
    "lists",
)

_WHOLE = frozenset({"genotypes", "consumer", "array", "annotated", "omics", "typing", "per-person", "controlled"})

_APART = frozenset({"json", "dict", "sql"})  # whose cells do not stand in rows of text
_CALLS = frozenset({"chrom", "pos", "ref", "alt", "filter", "info", "format"})

_BEGIN = 16  # cells of a row that are looked at before all

_loaded: dict[str, Callable[[Grid], Kind | None]] = {}
_nothing = Again()
_last: tuple[DataTable, Kind | None] | None = None  # a table is shown to all checks in turn


def of(table: DataTable) -> Kind | None:
    """Return what a table is, or None for one that is nothing genomic."""
    global _last  # noqa: PLW0603 - see above
    if _last is None or _last[0] is not table:
        _last = (table, None if table.claimed else grids.unless_known(table, _nothing, _recognised))
    return _last[1]


def _is_of_vcf(row: Sequence[str]) -> bool:
    """Tell whether cells are a row of a VCF with people; the first ones of a wide one tell that most are none."""
    begin = "\t".join(row[:_BEGIN]).encode("utf-8", "replace").lstrip(b" ")
    parted = len(row) > _BEGIN and any(map(str.isalnum, "".join(row[1:_BEGIN])))  # at tabs, of which one stays at least
    if parted and not site([field.strip(b" ") for field in begin.split(b"\t")]):
        return False
    return people("\t".join(row).encode("utf-8", "replace")) > 0


def _recognised(grid: Grid) -> Kind | None:
    calls = grid.known >= _CALLS or any(map(_is_of_vcf, grid.rows[:3]))
    if calls and grid.format not in _APART:
        return None  # rows of a VCF are found, and judged, where they stand
    few: Kind | None = None  # too few genotypes to single out anybody, which may be columns of a table that does
    for name in _RECOGNISERS:
        if name not in _loaded:
            _loaded[name] = importlib.import_module(f"pytest_genomic_guard.views.genomic.{name}").recognise
        found = _loaded[name](grid)
        if found is None or (few and found.what not in _WHOLE):
            continue
        if found.what != "few-genotypes" or found.named:
            return found
        few = found
    return few
