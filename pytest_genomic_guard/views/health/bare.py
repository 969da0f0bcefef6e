"""Tables of people without names of columns: told by their cells alone, where several columns together leave no doubt."""

from __future__ import annotations

import time

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import general
from pytest_genomic_guard.views.health import codes, roles
from pytest_genomic_guard.views.health.evidence import Evidence, verdict
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.health.roles import Day, Role

_MOST = 60  # columns that are looked at
_ADULT, _SPREAD = 16, 20  # years that days of birth lie back, half of them, and lie apart
_FEW, _OLD = 6, 32  # ... where there are so few rows
_FIRST = 1895  # year of a birth of somebody who was treated lately
_RECENT = 25  # years between visits of one table at most
_NUMBERED = regex(r"(?i)(?:unnamed:? ?|v|x\.?|col|column|_?c|f|field|var|_|attribute|attr|feature)?_?[0-9]{1,3}(?:_level_[0-9])?")
_GLUED = regex(r"(?:19|20)[0-9]{6}[MFUX](?P<ssn>[0-9]{9})?(?P<mbi>[1-9][A-Z][0-9A-Z][0-9][A-Z][0-9A-Z][0-9][A-Z]{2}[0-9]{2})?")
# What tells patients from others who have names and birthdays; each counts once
_SIGNS = frozenset({"id", "sex", "age", "phone", "email", "address", "zip", "doctor", "relation", "number", "visit", "second"})
_NO_HEALTH = frozenset({"elsewhere", "credential", "work"})


class _Rows(Record):
    """What all columns of a table tell together."""

    real: frozenset[str] = frozenset()
    invented: frozenset[str] = frozenset()
    named: bool = False
    born: bool = False
    visits: bool = False  # days of events, of the same few years
    dates: bool = False
    firm: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    telling: bool = False  # a number of a person that leaves no doubt


def no_header(grid: Grid) -> bool:
    """Tell whether what was read as names of columns is a row of values, or only numbers the columns."""
    names = [name for name in grid.header[:_MOST] if name]
    return not names or all(map(_NUMBERED.fullmatch, names)) or any(_is_value(name) for name in names)


def _is_value(name: str) -> bool:
    if not 4 < len(name) < 60:
        return False
    told = general.dates(name) or codes.dotted(name) or roles.is_telling(name)
    return told or (name.isdecimal() and len(name) > 4)


def recognise(grid: Grid, marked: str) -> Health | None:
    """Return what the cells tell of people's health."""
    rows = _all(grid)
    if len(rows) < 2:
        return None
    width = min(max(map(len, rows)), _MOST)
    cells = [[row[at].strip() if at < len(row) else "" for row in rows] for at in range(width)]
    first = [roles.telling(each) for each in cells]
    glued = _glued(rows) if grid.format == "fixed-width" else []
    if not any(map(_leads, (*first, *glued))):
        return None
    found = _together([*(one if one.kind else roles.role(each) for one, each in zip(first, cells, strict=True)), *glued])
    if not found.kinds.isdisjoint(_NO_HEALTH) and not (found.firm and found.born):
        return None
    evidence = Evidence(real=found.real, invented=found.invented, health=found.firm | found.soft, dates=found.dates, marked=marked)
    count = grid.count() + len(rows) - len(grid.rows)
    if _patients(found):
        told = verdict(evidence)
        if told in {"identified", "synthetic"}:
            return Health(what=told, format="table of people without names of columns", evidence=evidence, rows=count, row=0)
    return _less(found, evidence, count)


def _leads(each: Role) -> bool:
    """Tell whether a column is one without which nobody is recognised: of days, or of numbers that leave no doubt."""
    return each.kind == "date" or (each.kind == "key" and identifiers.kind(each.key).strength == "strong")


def _all(grid: Grid) -> list[Sequence[str]]:
    """Return the rows of a sample, with the first one where that was read as names of columns."""
    names = [name for name in grid.header if name]
    return [grid.header, *grid.rows] if names and not all(map(_NUMBERED.fullmatch, names)) else list(grid.rows)


def _glued(rows: Sequence[Sequence[str]]) -> list[Role]:
    """Return columns of numbers that stand without a blank between them, behind a day and a sex, over several columns."""
    told = [match for row in rows if (match := _GLUED.search("".join(row)))]
    if len(told) < roles.SURE * len(rows):
        return []
    found: list[Role] = []
    for key in ("ssn", "mbi"):
        kind = identifiers.kind(key)
        values = [value for each in told if (value := each[key]) and kind.check(value) == "yes"]
        if len(values) >= roles.SURE * len(told):
            found.append(roles.Role(kind="key", key=key, real=not all(map(kind.invented, values))))
    return found


def _together(columns: Sequence[Role]) -> _Rows:
    real, invented = set[str](), set[str]()
    kinds = {each.kind for each in columns if each.kind}
    telling = False
    for each in columns:
        if each.kind in {"key", "number"}:
            (real if each.real else invented).add(each.key)
            kinds.add(each.key)
            telling = telling or _leads(each)
    named = _name(columns)
    if named:
        (real if named.real else invented).add("name")
    birth, visits, dates = _days([each for each in columns if each.kind == "date"], named.cells if named else ())
    firm = frozenset(each.context for each in columns if each.kind == "health" and each.firm)
    soft = frozenset(each.context for each in columns if each.kind == "health" and not each.firm)
    if sum(1 for each in columns if each.kind == "health") > 1:
        kinds.add("second")
    if visits:
        kinds.add("visit")
    if birth:
        real.add("birth-date")
    if kinds & {"mbi", "kvnr", "nhs"}:
        soft |= {"insurance claim" if "mbi" in kinds else "patient"}
    if "doctor" in kinds:
        soft |= {"patient"}
    return _Rows(
        real=frozenset(real),
        invented=frozenset(invented - real),
        named=named is not None,
        born=birth,
        visits=visits,
        dates=dates,
        firm=firm,
        soft=frozenset(soft),
        kinds=frozenset(kinds),
        telling=telling,
    )


def _name(columns: Sequence[Role]) -> Role | None:
    """Return the column of whole names, or of one part beside that of another one or of initials."""
    for each in columns:
        if each.kind == "name":
            return each
    for one, two, three in zip(columns, columns[1:], (*columns[2:], *columns[:1]), strict=False):
        if one.kind == "part" and (two.kind in {"part", "initial"} or (two.kind == "initial" and three.kind == "part")):
            return one
    return None


def _days(columns: Sequence[Role], names: Sequence[str]) -> tuple[bool, bool, bool]:
    """Return whether one column has days of birth, whether others have days of the same years, and whether there are others."""
    born = next((each for each in sorted(columns, key=_middle) if _birth(each, columns) and _once(each, names)), None)
    others = [each for each in columns if each is not born]
    visits = False
    for each in others:
        years = [day[0] for day in each.days if day]
        visits = visits or (bool(years) and max(years) - min(years) <= _RECENT and min(years) > 1980)
    return born is not None, visits, bool(others)


def _once(each: Role, names: Sequence[str]) -> bool:
    """Tell whether a name that stands in several rows was born on one day."""
    by_name: dict[str, set[Day]] = {}
    again = 0
    for name, day in zip(names, each.days, strict=False):
        if name and day:
            again += name in by_name
            by_name.setdefault(name, set()).add(day)
    return not again or sum(len(days) - 1 for days in by_name.values()) * 2 < again


def _middle(each: Role) -> Day:
    days = sorted(day for day in each.days if day)
    return days[len(days) // 2]


def _birth(each: Role, columns: Sequence[Role]) -> bool:
    """Tell whether days are of births: far apart or long ago, and before all others of their rows."""
    days = sorted(day for day in each.days if day and day[2])
    now = time.gmtime()
    if each.timed or len(days) < 2 or days[-1] > (now[0], now[1], now[2] + 1) or days[0][0] < _FIRST:
        return False
    for other in columns:
        pairs = [(one, two) for one, two in zip(each.days, other.days, strict=True) if one and two and other is not each]
        if sum(1 for one, two in pairs if one > two) * 10 > len(pairs):
            return False
    middle = days[len(days) // 2][0]
    if len(set(days)) * 3 <= len(days) or middle > now[0] - _ADULT:
        return False
    return days[-1][0] - days[0][0] >= (_SPREAD if len(days) >= _FEW else _SPREAD // 2) or (
        len(days) < _FEW and middle < now[0] - _OLD
    )


def _patients(found: _Rows) -> bool:
    """Tell whether rows are of patients."""
    keys = found.real | found.invented
    signs = len(found.kinds & _SIGNS)
    health = found.firm or (found.soft - {"patient"})
    if found.telling and len(keys) > 1 and (health or "patient" in found.soft):
        return True
    if "npi" in found.kinds and not found.born:
        return False
    reached = not keys.isdisjoint({"phone", "email", "address"})
    if found.named and found.born and health:
        signs += reached
        return signs >= (1 if found.firm else 2)
    treated = not found.kinds.isdisjoint({"doctor", "relation", "age", "sex"})
    if found.named and health and found.visits and treated:
        return signs >= (3 if reached or found.firm else 4)
    return bool(reached and found.born and health) and signs >= (1 if found.firm else 2)


def _less(found: _Rows, evidence: Evidence, rows: int) -> Health | None:
    """Return people without names, told by days of birth beside those of care; or a column of numbers of Social Security."""
    placed = not found.kinds.isdisjoint({"zip", "sex", "number"})
    if found.born and found.visits and found.firm - {"medication"} and placed:
        return Health(what="limited", format="limited data set without names of columns", evidence=evidence, rows=rows, row=0)
    if "ssn" in found.real:
        return Health(what="single", format="table", evidence=Evidence(real=frozenset({"ssn"})), rows=rows, row=0)
    return None
