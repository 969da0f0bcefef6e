"""Matrices that name neither variants nor people: their values decide, see `hardy`."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import genolevels, hardy
from pytest_genomic_guard.views.genomic.genocells import CALL, LETTERS, _pair
from pytest_genomic_guard.views.genomic.kinds import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

    Column = list[int]

_PEOPLE, _VARIANTS = 200, 400  # rows and columns that are looked at, of either axis
_CELLS = 1 << 17  # of a wide table, fewer rows
_BLOCK = 0.5  # of the columns from which those of small numbers are a matrix, and not some columns of a table
_MISSING = -1
_CODES = {"0": 0, "1": 1, "2": 2, "0.0": 0, "1.0": 1, "2.0": 2, "AA": 0, "AB": 1, "BB": 2}
_ABSENT = frozenset(
    {
        "",
        "-1",
        "-1.0",
        "9",
        "9.0",
        "3",
        "3.0",
        "-9",
        "-9.0",
        "NA",
        "nan",
        "NaN",
        "None",
        ".",
        "-",
        "-127",
        "127",
        "255",
        "NC",
        "--",
        "NN",
        "00",
        "0 0",
        "./.",
        ".|.",
        "N/N",
    }
)
_QUESTION = regex(
    r"(?:q|qn|qu|quest|question|item|answer|response|likert|survey|scale|score|rating|task|trial|phq|gad|bdi|pss|epds|neo|bfi|panas|sf)"
    r"\d{1,3}[a-z]?\w{0,20}"
)
_NEAR = 0.8  # of dosages that are within a fifth of a whole number


def recognise(grid: Grid) -> Kind | None:
    """Return what the table is when its numbers have the shape of genotypes."""
    fewest = hardy.PEOPLE if any(map(_says, grid.plain)) else hardy.FEW  # names would tell of few people what they are
    if grid.width < fewest or len(grid.rows) < fewest or _asked(grid):
        return None
    wanted, across, down = _numbers(grid, fewest), False, False
    if wanted:
        columns = _columns(_cells(grid, wanted))
        across, down = _either(columns, [list(row) for row in zip(*columns, strict=True)], fewest)
    elif wanted := genolevels.columns(grid, fewest):
        cells = _cells(grid, wanted)
        across, down = _either(genolevels.counts(cells), genolevels.counts(list(zip(*cells, strict=True))), fewest)
    if not across and not down:
        return None
    count = grid.count()
    people, variants = (count, len(wanted)) if across else (len(wanted), count)
    return Kind(what="matrix", format="matrix", people=people, variants=variants)


def _says(name: str) -> bool:
    return bool(name) and not name.isdigit()


def _cells(grid: Grid, wanted: Sequence[int]) -> list[list[str]]:
    """Return the cells of some columns, those of others between them left out."""
    taken = wanted[:: max(1, len(wanted) // _VARIANTS)][:_VARIANTS]
    rows = grid.table.sample(max(hardy.PEOPLE + 12, min(_VARIANTS, _CELLS // grid.width)))
    return [[row[at].strip() if at < len(row) else "" for row in rows] for at in taken]


def _either(columns: Sequence[Column], turned: Sequence[Column], fewest: int) -> tuple[bool, bool]:
    """Tell whether variants are across, or down."""
    across = _judged([column[:_PEOPLE] for column in columns], fewest)
    return across, not across and _judged([row[:_PEOPLE] for row in turned], fewest)


def _asked(grid: Grid) -> bool:
    """Tell whether columns are called as the questions of a questionnaire are, whose answers can look like anything."""
    named = [name for name in grid.plain if name]
    return sum(1 for name in named if _QUESTION.fullmatch(name)) * 2 > len(named) > 0


def _judged(columns: Sequence[Sequence[int]], fewest: int) -> bool:
    """Tell whether columns have the shape of variants: those before them that only number the rows are left out before."""
    if len(columns) < hardy.VARIANTS or len(set(map(tuple, columns))) * 3 < len(columns):
        return False  # few, or the same again and again as in a picture of labels
    return max(map(len, columns)) >= fewest and hardy.judged(columns)


def _numbers(grid: Grid, fewest: int) -> list[int]:
    """Return the columns that can hold genotypes, when they are most of the table's."""
    found: list[int] = []
    others = grid.width - max(fewest, _BLOCK * grid.width)  # the most that there may be
    for at in range(grid.width):
        head = set(grid.head(at, 24))
        if all(map(_fits, head)) and (head or not grid.header[at]):
            found.append(at)
        elif at + 1 - len(found) > others:
            return []
    return found


def _fits(cell: str) -> bool:
    if cell in _CODES or cell in _ABSENT or (len(cell) <= 12 and (CALL.fullmatch(cell) or LETTERS.fullmatch(cell))):
        return True
    try:
        return len(cell) <= 24 and -0.001 <= float(cell) <= 2.001
    except ValueError:
        return False


def _columns(cells: Sequence[Sequence[str]]) -> list[Column]:
    """Return columns of texts as counts; none where they are anything else."""
    kinds = {cell for column in cells for cell in column}
    if kinds <= _CODES.keys() | _ABSENT:
        return _whole([[_CODES.get(cell, _MISSING) for cell in column] for column in cells], kinds)
    if all(cell in _ABSENT or CALL.fullmatch(cell) for cell in kinds):
        codes = {cell: _called(cell) for cell in kinds}
        return _whole([[codes[cell] for cell in column] for column in cells], kinds)
    if all(cell in _ABSENT or LETTERS.fullmatch(cell) for cell in kinds):
        return [counted for column in cells if (counted := _lettered(column))]
    return _dosages(cells)


def _whole(columns: list[Column], kinds: set[str]) -> list[Column]:
    """Return columns of which half at least is there, and all three values are; those that number rows are none."""
    del kinds
    seen = set().union(*map(set, columns))
    return [column for column in columns if column.count(_MISSING) * 2 <= len(column)] if {0, 1, 2} <= seen else []


def _called(cell: str) -> int:
    alleles = cell.split(":", 1)[0].replace("|", "/").split("/")
    return _MISSING if "." in alleles or len(alleles) != 2 else sum(1 for each in alleles if each != "0")


def _lettered(column: Sequence[str]) -> Column | None:
    """Return letters as counts of one of two alleles; None for a column of more."""
    pairs = [_pair(cell) if cell not in _ABSENT else () for cell in column]
    alleles = sorted({each for pair in pairs for each in pair})
    if len(alleles) > 2:
        return None
    return [sum(1 for each in pair if each == alleles[0]) if len(pair) == 2 else _MISSING for pair in pairs]


def _dosages(cells: Sequence[Sequence[str]]) -> list[Column]:
    """Return dosages as the counts next to them; none for other fractions."""
    columns: list[Column] = []
    near = total = 0
    for column in cells:
        counts: Column = []
        for cell in column:
            if cell in _ABSENT:
                counts.append(_MISSING)
                continue
            try:
                number = float(cell)
            except ValueError:
                return []
            if not -0.001 <= number <= 2.001:
                return []
            total += 1
            near += abs(number - round(number)) <= 0.2
            counts.append(round(number))
        columns.append(counts)
    return _whole(columns, set()) if near >= _NEAR * total else []
