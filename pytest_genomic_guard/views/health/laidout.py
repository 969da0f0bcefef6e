"""Which layout of row-level health data a table has: ids of people under one of its names, and columns that it has beside them."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.layouts import BY_ID, LAYOUTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.health.layouts import Layout

_ID = regex(r"(?=\D{0,80}\d)[\w.@#/+=|~-]{1,80}")
TYPE = regex(  # what a schema or dictionary has in the place of values
    r"(?i:(?:n?var)?char2?(?:acter varying)?|(?:big|small|tiny|u)?int(?:eger)?\d*|u?int\d+|float\d*|double(?: precision)?|numeric"
    r"|decimal|number|date(?:time)?\d*(?:\[ns\])?|timestamp|time|text|str(?:ing)?|object|bool(?:ean)?|category|uuid|long(?:text)?"
    r"|required|optional|null(?:able)?|not null|primary key|foreign key|[pf]k)(?: ?\(\d{1,5}(?:, ?\d{1,3})?\))?"
)
SHARE = 0.8  # of cells that are ids
_FOUND = 60  # names of columns that are looked at for words


def found(grid: Grid) -> tuple[Layout, int] | None:
    """Return the first layout that a table has, and the column of its ids."""
    numbers = {number for name in grid.known.intersection(BY_ID) if name for number in BY_ID[name]}
    numbers.update(number for number in BY_ID["*"] if _may_have(LAYOUTS[number], grid.known))
    there = dict(zip(reversed(grid.plain), range(grid.width - 1, -1, -1), strict=True)) if numbers else {}  # the first ones
    there.pop("", None)
    for number in sorted(numbers):
        if (at := _fits(grid, LAYOUTS[number], there)) is not None:
            return LAYOUTS[number], at
    return None


def _may_have(layout: Layout, names: frozenset[str]) -> bool:
    """Tell whether one of some names can be a word of a layout that wants one."""
    named = layout.least and not layout.ends and not layout.begins and "*" not in layout.words
    return not named or not names.isdisjoint(layout.words)


def _fits(grid: Grid, layout: Layout, there: dict[str, int]) -> int | None:
    """Return the column of ids of a table that has a layout, None where it has another."""
    ids: list[int] = []
    for group in layout.ids:
        some = [at for name in group if (at := there.get(name)) is not None and at not in ids]
        if len(some) > 1:
            some = [at for name, at in there.items() if name in group and at not in ids]
        if not some and "*" not in group:
            return None
        ids.append(some[0] if some else 0)
    if len(there) < layout.columns or not _any_ids(grid, layout, ids):
        return None
    beside = (at for name in _words(layout, there) if (at := there[name]) not in ids[:1])
    found = 0
    for _number, at in zip(range(_FOUND), beside, strict=False):
        found += not grid.values or _filled(grid, at)
    needed = layout.least + (0 if grid.values else 1)
    return ids[0] if found >= needed or (not layout.least and grid.values) else None


def _words(layout: Layout, there: dict[str, int]) -> Iterable[str]:
    """Return the names that are words of a layout; in order where not all of them are looked at."""
    listed = there.keys() & layout.words
    if layout.ends or layout.begins or "*" in layout.words or len(listed) > _FOUND:
        return (name for name in there if _is_word(layout, name))
    return listed


def _any_ids(grid: Grid, layout: Layout, ids: list[int]) -> bool:
    if not grid.values:
        return True
    if "*" in layout.ids[0]:
        return bool(grid.column(ids[0])) and not _typed(grid, ids[0])
    return grid.mostly(ids[0], is_id, SHARE)


def is_id(cell: str) -> bool:
    """Tell whether a cell can be an id: no word for a type."""
    return _ID.fullmatch(cell) is not None and TYPE.fullmatch(cell) is None


def _is_word(layout: Layout, name: str) -> bool:
    return (
        name in layout.words
        or "*" in layout.words
        or (bool(layout.ends) and name.endswith(layout.ends))
        or (bool(layout.begins) and name.startswith(layout.begins))
    )


def _filled(grid: Grid, at: int) -> bool:
    """Tell whether a column has values, other than words for types."""
    return bool(grid.column(at)) and not _typed(grid, at)


def _typed(grid: Grid, at: int) -> bool:
    return grid.part(at, TYPE.fullmatch) > 1 - SHARE
