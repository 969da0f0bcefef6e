"""Relationships between people in a square with their ids along both sides, as pandas, R and GCTA's helpers write it.

On the diagonal stands 1, one half (kinship), or 1 and inbreeding; all else is small, as few people of a study are relatives. A
matrix of correlations between features has the same form: names decide, which must be those of people, and not numbered one by one.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.matrices import RELATIONSHIPS
from pytest_genomic_guard.views.genomic.plinklists import PersonRows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.kinds import Kind
    from pytest_genomic_guard.views.genomic.seen import Genomic

_FEWEST = 8  # people
_LOOKED = 60  # rows
_NUMBER = regex(r"-?(?:\d{1,3}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE]-?\d{1,3})?")
_SMALL, _MIDDLE = 0.45, 0.25  # below which nine of ten, and half, of the relationships with others are
_NARROW = 0.2  # between nearly all shares of alleles that two people have alike
_ONE, _HALF = 1e-6, 0.5
_OWN = (0.5, 2.0)
_PERSON = regex(r"GTEX-\w{4,6}(?:-\w{1,12}){0,3}|NWD\d{6}|[A-Za-z]{1,8}[ _.-]?\d{3,12}(?:[ _.-]\w{1,8}){0,3}|\d{7}|\d{9,12}")
_FEATURE = regex(  # what is numbered and correlated, but is nobody
    r"(?i)(?:roi|sensor|elec|ch|parcel|asset|stock|fund|var|[xvqfpt][._]?\d|item|test|meter|station|mt|region|area|word|topic|doc|token|gsm|hp|go|gcst"
    r"|node|ens|cg|rs|gene|probe|icd|feat|gwas|trait|score|pgs|prs|snp|chr|pc|pheno|study|cell|cluster|model|gcst|efo|mondo|oid|loc|zone|stop)"
    r"[A-Za-z]{0,8}[ _.:-]?\d"
)
_DIGITS = regex(r"\d+")


def sniff(head: Head) -> Genomic | None:
    """Return the square that a text is: its first rows are named as its first columns are."""
    if len(head.top) <= _FEWEST:
        return None
    mark = next((each for each in (b"\t", b",", b";") if head.top[0].count(each) >= _FEWEST), b" ")
    second = _fields(head.top[1][:400], mark)
    if len(second) < 3 or second[0] not in _fields(mark.join(head.top[0].split(mark, 2)[:2]), mark):
        return None
    names = _fields(head.top[0], mark)
    if len(names) < _FEWEST:
        return None
    names = names[names.index(second[0]) :]
    if len(set(names)) < len(names):
        return None
    rows = [_fields(line, mark) for line in head.lines[1 : _LOOKED + 1]]
    if not related(names, rows):
        return None
    return head.seen(PersonRows, RELATIONSHIPS, len(names), 0, [each.encode() for each in names])


def _fields(line: bytes, mark: bytes) -> list[str]:
    return [field.strip(" \"'") for field in line.decode("utf-8", "replace").split(mark.decode())]


def recognise(grid: Grid) -> Kind | None:
    """Return the same of a table that is no text."""
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module in turn

    filled = [row for row in grid.rows[:_LOOKED] if row]
    first = filled[0][0].strip() if filled else ""
    if len(grid.header) <= _FEWEST or not first or first != grid.header[1]:
        return None
    rows = [[cell.strip() for cell in row] for row in filled]
    if not related(grid.header[1:], rows):
        return None
    names = tuple(name.encode("utf-8", "replace") for name in grid.header[1:])
    return Kind(what="per-person", format=RELATIONSHIPS, people=len(names), names=names)


def related(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows, each behind its name, are relationships between people of these names."""
    some = min(len(rows), len(names))
    if some < _FEWEST or len(set(names)) < len(names) or [row[0] for row in rows[:some]] != list(names[:some]):
        return False
    if any(len(row) != len(names) + 1 for row in rows[:some]) or not _people(names):
        return False
    if not all(_NUMBER.fullmatch(cell) for row in rows[:some] for cell in row[1 : some + 1]):
        return False
    numbers = [[float(cell) for cell in row[1 : some + 1]] for row in rows[:some]]
    if any(abs(numbers[one][two] - numbers[two][one]) > _ONE for one in range(some) for two in range(one)):
        return False
    own = [numbers[at][at] for at in range(some)]
    others = sorted(abs(numbers[one][two]) for one in range(some) for two in range(one))
    same = all(abs(value - 1) < _ONE for value in own)
    if not same and not all(value == _HALF for value in own) and not all(_OWN[0] <= value <= _OWN[1] for value in own):
        return False
    low, middle, high = (others[len(others) * tenth // 20] for tenth in (1, 10, 18))
    apart = middle <= _MIDDLE and high <= _SMALL and others[-1] > 0
    alike = same and low > _SMALL / 2 and high < 1 and high - low < _NARROW  # as shares of alleles, of which any two have most
    return (apart or alike) and not (same and _counted(names))


def _people(names: Sequence[str]) -> bool:
    fit = sum(1 for name in names if _PERSON.fullmatch(name) and not _FEATURE.match(name))
    return fit * 10 >= 9 * len(names)


def _counted(names: Sequence[str]) -> bool:
    """Tell whether names are numbered one by one, as columns are."""
    found = sorted({int(digits[-1]) for name in names if (digits := _DIGITS.findall(name[:60]))})
    return len(found) * 2 > len(names) and found[-1] - found[0] < 2 * len(found)
