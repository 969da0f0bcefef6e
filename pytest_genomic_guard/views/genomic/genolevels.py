"""Genotypes in units of their own: allele counts less their mean, or divided by their spread, (g - 2p) / sqrt(2p(1 - p)).

Each variant then has three values at equal distances, which differ from those of the next one, and perhaps one at 0 for whoever
has no genotype. `hardy` tells whether the three are those of people (Patterson, Price, Reich, PLoS Genet 2006, 2:e190).
"""

from __future__ import annotations

from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

    Column = list[int]

_LOOKED = 64  # cells of a column or row by which it is told whether it can be of so few values
_LINES = 9  # columns or rows, likewise
_LEVELS = 4
_UNEVEN = 0.02  # of the distance between the outer two of three values
_FIT = 0.9  # of the columns that must be of such values
_ABSENT = frozenset({"", "nan", "NaN", "NA", "None"})
_DIFFERENT = 5  # scales that columns must have, so that it is no code that all share
_MISSING = -1


def columns(grid: Grid, fewest: int) -> list[int]:
    """Return the columns that can hold such numbers; none where neither columns nor rows are of few values each."""
    step = max(1, grid.width // _LINES)
    first = [grid.column(at)[:_LOOKED] for at in range(0, grid.width, step)]
    lines = [[cell.strip() for cell in row[1:_LOOKED]] for row in grid.rows[:_LINES]]
    if not _may(first) and not _may(lines):
        return []
    found = [at for at in range(grid.width) if all(_number(cell) is not None for cell in grid.column(at)[:8])]
    return found if len(found) >= max(fewest, grid.width // 2) else []


def _may(lines: Sequence[Sequence[str]]) -> bool:
    """Tell whether most lines are of few numbers each, and some of these fractions."""
    few = [line for line in lines if 1 < len(set(line)) <= _LEVELS and all(_number(cell) is not None for cell in set(line))]
    return len(few) * 3 >= 2 * len(lines) > 0 and any("." in cell for line in few for cell in line[:4])


def _number(cell: str) -> float | None:
    if len(cell) > 40:
        return None
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None


def counts(cells: Sequence[Sequence[str]]) -> list[Column]:
    """Return columns as counts; none where too many are of anything else, or all on one scale."""
    found = [_counts(column) for column in cells]
    kept = [each for each in found if each is not None]
    scales = {each[1] for each in kept if each[1]}
    if not kept or len(kept) < _FIT * len(found) or len(scales) < _DIFFERENT:
        return []
    return [each[0] for each in kept]


def _counts(column: Sequence[str]) -> tuple[Column, str] | None:
    """Return a column as counts, with what tells its scale; None for any other."""
    many = Counter(cell for cell in column if cell not in _ABSENT)
    numbers = {cell: number for cell in many if (number := _number(cell)) is not None} if len(many) <= _LEVELS + 1 else {}
    if not numbers or len(numbers) < len(many):
        return None
    levels = sorted(numbers, key=lambda cell: numbers[cell])
    if not _even([numbers[cell] for cell in levels]):
        levels.remove(min(levels, key=lambda cell: abs(numbers[cell])))  # the mean, for who has no genotype
        if not _even([numbers[cell] for cell in levels]):
            return None
    first = 1 if len(levels) == 2 and many[levels[1]] > many[levels[0]] else 0
    codes = {cell: at for at, cell in enumerate(levels, first)}
    return [codes.get(cell, _MISSING) for cell in column], levels[0] if len(levels) > 1 else ""


def _even(levels: Sequence[float]) -> bool:
    """Tell whether at most three values are as far from each other."""
    if len(levels) < 3:
        return True
    return len(levels) == 3 and abs(levels[0] - 2 * levels[1] + levels[2]) <= _UNEVEN * (levels[2] - levels[0])
