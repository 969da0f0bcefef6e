"""Tables of counts: a line a cell (group, y_true, y_pred, count), or a line a group (group, tn, fp, fn, tp)."""

from __future__ import annotations

from itertools import combinations

from pytest_genomic_guard.evidence import rowtables
from pytest_genomic_guard.evidence.rowformats import one_of
from pytest_genomic_guard.metrics.nouns import Cells, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Kind, Table

    Read = Callable[[Mapping[str, Kind]], Table]

ANSWERS = ("y_true", "y_pred")
_WIDE = ("tn", "fp", "fn", "tp")  # in the order of the cells
_COUNTS = ("count", "counts", "n")
_EXACT = 2.0**53  # beyond it a float64 is no count
_GROUPS = 1000


def counts(
    source: Any,
    name: str | bytes,
    groups: Sequence[str] | None = None,
    *,
    intersections: int = 1,
    answers: tuple[str, str] = ANSWERS,
) -> tuple[Cells, ...]:
    """Return the counts of a file by each group column, and by as many of them at a time as `intersections` says.

    Without `groups`, these are the columns that hold no counts, truths and predictions; `answers` names the columns of the
    last two, where there are such. Raises `Unusable`.
    """
    names = rowtables.header(source, name)

    def read(wanted: Mapping[str, Kind]) -> Table:
        return rowtables.table(source, name, wanted)

    return cells(names, read, groups, intersections=intersections, answers=answers)


def cells(
    names: tuple[str, ...], read: Read, groups: Sequence[str] | None, *, intersections: int, answers: tuple[str, str]
) -> tuple[Cells, ...]:
    """Return counts of a table whose columns `read` gives."""
    import numpy as np  # noqa: PLC0415 - evidence is read for gates alone

    wide = [_named(names, each) for each in _WIDE]
    if all(wide):
        columns, count = [each or "" for each in wide], ""
    else:
        columns = [_named(names, each) or each for each in answers]
        count = next((found for each in _COUNTS if (found := _named(names, each))), "count")
    taken = {*columns, count}
    groups = [each for each in names if each not in taken] if groups is None else list(groups)
    if not groups:
        raise Unusable("the table of counts has no column of groups")
    kinds: dict[str, Kind] = dict.fromkeys(groups, "label")
    kinds |= dict.fromkeys(columns, "number" if all(wide) else "truth") | ({count: "number"} if count else {})
    for each in kinds:
        one_of(names, each)
    table = read(kinds)
    if all(wide):
        lines: Any = np.stack([_whole(table.columns[name].numbers, name) for name in columns], axis=1)
    else:
        true, pred = (table.columns[name].numbers.astype(np.int64) for name in columns)
        lines = np.zeros((table.rows, 4), np.int64)
        lines[np.arange(table.rows), 2 * true + pred] = _whole(table.columns[count].numbers, count)
    sets = [chosen for size in range(1, intersections + 1) for chosen in combinations(groups, size)]
    return tuple(_summed(table, chosen, lines) for chosen in sets)


def _named(names: tuple[str, ...], wanted: str) -> str | None:
    """Return a column by its name, whatever its case where no other is spelled as asked for."""
    return wanted if wanted in names else next((name for name in names if name.casefold() == wanted.casefold()), None)


def _whole(numbers: Any, name: str) -> Any:
    """Return counts. Raises `Unusable` for what is none, by row."""
    import numpy as np  # noqa: PLC0415 - as above

    wrong = (numbers < 0) | (numbers != np.floor(numbers)) | (numbers > _EXACT)
    if wrong.any():
        raise Unusable(f"the column {name!r} holds no count (a whole number, not negative) in row {int(np.argmax(wrong)) + 1:,}")
    return numbers.astype(np.int64)


def _summed(table: Table, chosen: Sequence[str], lines: Any) -> Cells:
    """Return the sums of lines by the labels of some columns that stand together somewhere."""
    import numpy as np  # noqa: PLC0415 - as above

    columns = [table.columns[name] for name in chosen]
    rows = np.stack([column.codes for column in columns], axis=1)
    distinct, inverse = np.unique(rows, axis=0, return_inverse=True)
    if len(distinct) > _GROUPS:
        raise Unusable(f"there are more than {_GROUPS:,} groups by {' x '.join(chosen)}")
    found = np.zeros((len(distinct), 4), np.int64)
    np.add.at(found, inverse.reshape(-1), lines)
    words = [[column.labels[code] for column, code in zip(columns, codes, strict=True)] for codes in distinct.tolist()]
    alone = len(chosen) == 1
    labels = tuple(
        each[0] if alone else " & ".join(f"{name}={word}" for name, word in zip(chosen, each, strict=True)) for each in words
    )
    return Cells(name=" x ".join(chosen), labels=labels, counts=found.reshape(-1, 2, 2))
