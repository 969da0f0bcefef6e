"""Tables and long lists in Markdown."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 200  # lines of one list; the JSON form has all of them


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a table, nothing where it would have no row; cells are ours, or code spans."""
    lines = ["", _row(heads), _row(["---"] * len(heads)), *map(_row, rows), ""]
    return lines if len(lines) > 4 else []


def listed(lines: Iterable[str]) -> list[str]:
    """Return lines, equal ones once with their number, up to a bound, and how many there are more."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line] = counts.get(line, 0) + 1
    told = [line + (f" ({number} times)" if number > 1 else "") for line, number in counts.items()]
    more = [f"- and {len(told) - MOST} more, all of them in `--format json`"] if len(told) > MOST else []
    return [*told[:MOST], *more]


def many(number: int, word: str) -> str:
    """Return a number with its word, which takes an s."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _row(cells: Sequence[object]) -> str:
    """Return a row. A bar would begin a cell, in a code span too."""
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
