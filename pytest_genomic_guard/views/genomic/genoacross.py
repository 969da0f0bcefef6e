"""Tables with a column for each variant and a row for each person."""

from __future__ import annotations

from collections import Counter

from pytest_genomic_guard.views.genomic import genopeople
from pytest_genomic_guard.views.genomic.genocells import GENERIC, SHAPE, is_variant, mixed, style, variant
from pytest_genomic_guard.views.genomic.genotypes import IDENTIFYING, what
from pytest_genomic_guard.views.genomic.kinds import Kind
from pytest_genomic_guard.views.genomic.layouts import number
from pytest_genomic_guard.views.tables.roles import known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

_LOOKED = 64  # columns of variants whose cells are looked at
_GENERIC = 10  # columns such as snp_12: fewer say nothing
_EVEN = 60  # numbers from which it is told how they fill their range
_RARE = 10  # rows from which 0 and 1 alone are carriers, and not sets of variants


def recognise(grid: Grid) -> Kind | None:
    """Return what the table is when its columns are variants and its rows people."""
    columns = grid.headed(is_variant, SHAPE)
    named = bool(columns)
    if not named:
        columns = grid.headed(GENERIC.fullmatch)
        if len(columns) < _GENERIC:
            return None
    if not grid.values:
        return _unread(grid, columns) if named else None
    at, labels = genopeople.labels(grid, set(columns))
    if genopeople.nobody(labels) or _variants(grid, columns):
        return None
    looked = columns[:: max(1, len(columns) // _LOOKED)][:_LOOKED]
    if len(looked) >= _GENERIC and all(len({row[each] for each in looked if each < len(row)}) == 1 for row in grid.rows):
        return None  # a row is of one value, as in a table of what each genotype counts
    of_people = at is not None and (_is_people(grid.header[at]) or genopeople.numbered(labels))
    person = at is None or known(grid.header[at]) == "person-id" or _twice(labels)
    if not _genotypes(grid, looked, named=named, person=person) and not (named and of_people and _even(grid, looked)):
        return None
    variants = len({variant(grid.header[each]) if named else grid.header[each] for each in columns})
    rows = grid.count()
    names = genopeople.bytes_of(each.decode("utf-8", "replace") for each in grid.names(at)) if at is not None else ()
    return Kind(
        what=what(variants), format="by-person", people=rows, variants=variants, names=names, named=genopeople.identified(grid)
    )


def _unread(grid: Grid, columns: Sequence[int]) -> Kind | None:
    """Return what a table is of which only the names could be read: beside many variants, an id of people decides."""
    rest = [name for at, name in enumerate(grid.header[:512]) if at not in set(columns) and name]
    if len(columns) < IDENTIFYING or not any(known(name) == "person-id" for name in rest):
        return None
    return Kind(what="genotypes", format="names", variants=len({variant(grid.header[each]) for each in columns}))


def _variants(grid: Grid, columns: Sequence[int]) -> bool:
    """Tell whether the rows are variants too, as those of a matrix of linkage are."""
    taken = set(columns)
    for at in range(min(grid.width, 64)):
        if at not in taken:
            cells = grid.column(at)
            if cells and sum(1 for each in cells if is_variant(each)) * 2 >= len(cells):
                return True
    return False


def _genotypes(grid: Grid, columns: Sequence[int], *, named: bool, person: bool) -> bool:
    """Tell whether the cells of variants are genotypes of people."""
    styles: dict[str, list[int]] = {}
    empty = 0
    for at in columns:
        cells = grid.column(at)
        if cells:
            styles.setdefault(style(cells), []).append(at)
        else:
            empty += 1
    filled = len(columns) - empty
    if not filled or len(styles.get("", ())) * 5 > filled:
        return False
    styles.pop("", None)
    best = max(styles, key=lambda each: len(styles[each]))
    values = [each for at in styles[best] for each in grid.column(at)]
    if best in {"calls", "words", "triple"}:
        return named or best == "calls"
    if best == "letters":
        return mixed(values)
    if best == "base":
        pairs = len({variant(grid.header[at]) for at in styles[best]}) < len(styles[best])
        return (pairs or len(grid.rows) >= 5) and any(len(set(grid.column(at))) > 1 for at in styles[best])
    if best == "counts" and "dosages" not in styles:
        return _counts(values, len(grid.rows), named=named, person=person)
    return _dosages([each for at in (*styles.get("dosages", ()), *styles.get("counts", ())) for each in grid.column(at)])


def _counts(cells: Sequence[str], rows: int, *, named: bool, person: bool) -> bool:
    """Tell whether numbers are allele counts: of 2 some, or of carriers enough rows that are people."""
    values = {each[:1] for each in cells}
    if "2" in values:
        return ("0" in values or "1" in values) and (named or "1" in values)
    return named and "1" in values and person and rows >= _RARE


def _twice(labels: Sequence[str]) -> bool:
    """Tell whether rows are the two haplotypes of people each, by labels such as HG1_0 and HG1_1."""
    if not genopeople.numbered(labels):
        return False
    stems = Counter(label[:-2] for label in labels if label[-2:-1] in "._-/: " and label[-1:] in "012abAB")
    return stems.total() * 10 >= 9 * len(labels) and sum(1 for many in stems.values() if many == 2) * 3 >= 2 * len(stems)


def _is_people(name: str) -> bool:
    return known(name) == "person-id" and genopeople.plain(name) not in {"id", "case", "sid", "name"}


def _even(grid: Grid, columns: Sequence[int]) -> bool:
    """Tell whether columns hold dosages that were drawn evenly."""
    return even([each for at in columns for each in grid.column(at)])


def even(cells: Sequence[str]) -> bool:
    """Tell whether numbers fill the range from 0 to 2 up to both ends, and none is beyond: with names on both axes, dosages.

    Odds ratios are around 1, effects around 0, shares and chances below 1, and scores go on above 2.
    """
    numbers = [number(each) for each in cells]
    known_ones = [each for each in numbers if each is not None]
    if len(known_ones) < max(_EVEN, len(numbers) * 9 // 10) or not all(0 <= each <= 2 for each in known_ones):
        return False
    low, high = sum(1 for each in known_ones if each < 0.1), sum(1 for each in known_ones if each > 1.9)
    return min(low, high) * 100 >= 2 * len(known_ones)


def _dosages(cells: Sequence[str]) -> bool:
    """Tell whether numbers from 0 to 2 are dosages: some above 1, and most people have an allele twice or not at all at some."""
    numbers = [value for each in cells if each[:1] in "0123456789." and (value := number(each)) is not None]
    if not numbers:
        return False
    ends = sum(1 for each in numbers if each < 0.15 or 1.85 < each < 2.01)
    near = sum(1 for each in numbers if abs(each - round(each)) < 0.15)
    above = sum(1 for each in numbers if each > 1.01)
    return above > 0 and ends * 4 >= len(numbers) and near * 2 >= len(numbers)
