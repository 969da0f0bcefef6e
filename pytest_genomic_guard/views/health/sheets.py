"""How a table about people can lie: with a header, with one of two lines, on its side, in pairs, or a row for each value."""

from __future__ import annotations

from itertools import islice

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words as listed
from pytest_genomic_guard.views.health import words
from pytest_genomic_guard.views.health.columns import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

_ABOVE, _LEAST = 30, 3  # rows that can name whom all below them are of; of these
_LABELS = 120  # rows of a table that could be labels
_VALUES = frozenset({"na", "n/a", "no", "yes", "male", "female", "m", "f", "true", "false", "none", "nan"})
_LETTER = regex(r"[^\W\d_]")  # without one nothing is named
_TITLES = regex(r"[\s:*]+\Z")
# Names of columns of a table with a row for each value
_ATTRIBUTE = listed("""
variable attribute field fieldname parameter param item measure measurement name question label key concept test testname
analyte observation attributename variablename param paramcd labname vitalname feature property element observationname
parameter_name redcapfieldname
""")
_VALUE = listed("""
value val aval labvalue result answer response valuetext resultvalue valueasnumber valueasstring data observationvalue text
entry
""")


def arranged(grid: Grid) -> Iterator[Sheet]:
    """Yield the ways in which a table can be read, the likeliest first."""
    first = Sheet(grid.header, grid.column, len(grid.rows), upright=True)
    below = (
        Sheet(_joined(grid.header, grid.rows[0]), lambda at: grid.column(at)[1:], len(grid.rows) - 1, upright=True)
        if _two_lines(grid, first)
        else None
    )
    yield below or first
    if (sheet := _by_value(grid)) is not None:
        yield sheet
    if (sheet := _on_its_side(grid)) is not None:
        yield sheet
    if (sheet := _under_a_person(grid)) is not None:
        yield sheet


def _two_lines(grid: Grid, first: Sheet) -> bool:
    """Tell whether the first row names columns, too, and better than what is above it."""
    if len(grid.rows) < 2:
        return False
    seen: set[str] = set()
    for cell in grid.rows[0]:
        name = cell.strip().lower()
        if name in seen or name in _VALUES:
            return False  # names of columns differ
        if name:
            seen.add(name)
    return _speaking([cell for cell in grid.rows[0] if cell.strip()], max(2, first.spoken() + 1, (len(seen) + 1) // 2))


def _joined(header: Sequence[str], row: Sequence[str]) -> list[str]:
    return [cell.strip() or (header[at] if at < len(header) else "") for at, cell in enumerate(row)]


def _speaking(cells: Sequence[str], least: int) -> bool:
    """Tell whether so many cells speak of something; no cell is read once that is settled either way."""
    found, left = 0, len(cells)  # those that are left can speak, or do
    for cell in cells:
        if _speaks(cell):
            found += 1
        else:
            left -= 1
        if found >= least or left < least:
            break
    return found >= least


def _speaks(cell: str) -> bool:
    cell = _TITLES.sub("", cell.strip())
    if not 1 < len(cell) <= 60 or not _LETTER.search(cell):
        return False
    found = words.named(cell)
    return bool(found.identity or found.context or found.person in {"id", "age", "sex"})


def _by_value(grid: Grid) -> Sheet | None:
    """Return the columns that labels of values stand for, in a table with a row for each value."""
    label = next(iter(grid.among(_ATTRIBUTE)), None)
    value = next((at for at in grid.among(_VALUE) if at != label), None)
    if label is None or value is None:
        return None
    by_name: dict[str, list[str]] = {}
    for row in grid.rows:
        if max(label, value) < len(row) and row[label].strip() and len(by_name) < _LABELS:
            by_name.setdefault(_TITLES.sub("", row[label].strip()), []).append(row[value].strip())
    if sum(1 for name in by_name if _speaks(name)) * 2 < len(by_name) or len(by_name) < 2:
        return None
    others = [at for at in range(len(grid.header)) if at not in {label, value}]
    columns = [*([cell for cell in cells if cell] for cells in by_name.values()), *(grid.column(at) for at in others)]
    names = [*by_name, *(grid.header[at] for at in others)]
    return Sheet(names, lambda at: columns[at], max(map(len, by_name.values())))


def _under_a_person(grid: Grid) -> Sheet | None:
    """Return readings of one person whom the first rows name, a label and a value each, as devices at home export them.

    The labels stand in any column of those rows, whose other cells are empty but for a number of the row.
    """
    labels: dict[str, str] = {}
    above = 0
    for row in grid.rows[:_ABOVE]:
        cells = list(islice((cell for each in row if (cell := each.strip()) and not cell.isdecimal()), 3))  # a third is too many
        if len(cells) > 2 or (not cells and labels) or (cells and any(map(str.isdecimal, cells[0]))):
            break
        above += 1
        if not cells:
            continue
        label = _TITLES.sub("", cells[0])
        if len(cells) == 2 and (words.named(label).identity or words.named(label).person) and not words.named(cells[1]).identity:
            labels.setdefault(label, cells[1])
    below = [row for row in grid.rows[above:] if any(map(str.strip, row))]
    if len(labels) < 2 or len(below) < _LEAST:
        return None
    names = list(grid.header) if any(grid.header) else [cell.strip() for cell in below.pop(0)]
    readings = [[cell for row in below if at < len(row) and (cell := row[at].strip())][:2] for at in range(len(names))]
    columns = [*([value] * 2 for value in labels.values()), *readings]
    return Sheet([*labels, *names], lambda at: columns[at], 2)


def _on_its_side(grid: Grid) -> Sheet | None:
    """Return a table whose first column names what stands to the right of it: one person a column, or one person alone."""
    if not 2 <= grid.width <= 40 or len(grid.rows) > _LABELS:
        return None
    rows = [grid.header, *grid.rows]
    labels = [_TITLES.sub("", row[0].strip()) if row else "" for row in rows]
    filled = [label for label in labels if label]
    if len(set(labels)) * 4 < len(filled) * 3 or not _speaking(filled, max(3, (len(filled) * 2 + 4) // 5)):
        return None
    columns = [[cell.strip() for cell in row[1:] if cell.strip()] for row in rows]
    return Sheet(labels, lambda at: columns[at], grid.width - 1)
