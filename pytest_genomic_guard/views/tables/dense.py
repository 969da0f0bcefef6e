"""Where columns of fixed width begin that nothing parts: as the extracts of large programs have them, with no names of columns.

A day, a Social Security number or a telephone number stands at one place in all lines; digits end where letters begin; and words
begin at a place that is blank before, in most lines, and filled in all of them.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST, _LONGEST = 3, 2000  # lines; characters of a line
_LOOKED = 60  # lines
_TOKEN = regex(
    r"(?:19|20)\d\d(?:-\d\d-\d\d|[01]\d[0-3]\d)|[01]?\d/[0-3]\d/(?:19|20)\d\d|[0-3]\d\.[01]\d\.(?:19|20)\d\d"
    r"|\d{3}-\d\d-\d{4}|\(?\d{3}\)?[- ]\d{3}-\d{4}"
)


def cuts(lines: Sequence[str]) -> tuple[int, ...]:
    """Return the places where columns begin; none for lines that are no such rows."""
    some = [line.rstrip("\r") for line in lines[:_LOOKED]]
    width = max(map(len, some), default=0)
    if len(some) < _FEWEST or not 20 <= width <= _LONGEST or min(len(line.rstrip()) for line in some) * 2 < width:
        return ()
    some = [line.ljust(width) for line in some]
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(some[0]) if _everywhere(some, found.start(), found.end())]
    glued = [end for start, end in tokens if _filled(some, end) or (start and _filled(some, start - 1))]
    if not glued:
        return ()
    within = {at for start, end in tokens for at in range(start + 1, end)}
    places = {0, *(at for span in tokens for at in span)}
    places |= {at for at in range(1, width) if at not in within and (_turns(some, at) or _opens(some, at))}
    return tuple(sorted(at for at in places if at < width))


def _everywhere(lines: Sequence[str], start: int, end: int) -> bool:
    return all(_TOKEN.fullmatch(line, start, end) for line in lines)


def _filled(lines: Sequence[str], at: int) -> bool:
    return at < len(lines[0]) and all(line[at] != " " for line in lines)


def _turns(lines: Sequence[str], at: int) -> bool:
    """Tell whether digits end in all lines where letters begin."""
    return all(line[at - 1] in "0123456789 " and line[at].isalpha() for line in lines)


def _opens(lines: Sequence[str], at: int) -> bool:
    """Tell whether words begin at a place: filled in nearly all lines, and blank before in many."""
    filled = sum(1 for line in lines if line[at] != " ")
    blank = sum(1 for line in lines if line[at - 1] == " ")
    return filled * 20 >= len(lines) * 19 and blank * 5 >= len(lines) * 2
