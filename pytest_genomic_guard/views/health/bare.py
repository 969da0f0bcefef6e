"""Tables without names of columns: told by their cells alone, where two kinds of them leave no doubt."""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers import general
from pytest_genomic_guard.views.health import profiles
from pytest_genomic_guard.views.health.columns import ENOUGH, share
from pytest_genomic_guard.views.health.evidence import Evidence, verdict
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

_TELLING = ("ssn", "mbi", "email", "phone", "nhs", "codice-fiscale")  # kinds whose form is like nothing else
_MOST = 60  # columns that are looked at
_SURE = 0.8


def no_header(grid: Grid) -> bool:
    """Tell whether what was read as names of columns is a row of values."""
    return any(_key([name]) or general.dates(name) or profiles.coded(name) for name in grid.header[:_MOST] if name)


def recognise(grid: Grid, marked: str) -> Health | None:
    """Return what the cells tell of people's health: identifiers of two kinds, one of them telling, beside words of medicine."""
    real, invented, health = set[str](), set[str](), set[str]()
    birth = event = False
    for at in range(min(grid.width, _MOST)):
        cells = grid.column(at)
        if len(cells) < 2 or len(set(cells)) * 4 < len(cells):
            health |= _medicine(cells)
            continue
        if key := _key(cells):
            kind = identifiers.kind(key)
            (invented if all(map(kind.invented, cells)) else real).add(key)
        elif share(cells, general.dates) >= _SURE:
            old = share(cells, _long_ago) >= 0.3
            birth, event = birth or old, event or not old
        else:
            health |= _medicine(cells)
    if birth and real | invented:
        real.add("birth-date")
    real -= {"name"} if len(real | invented) == 1 else set()
    health |= {"insurance claim"} if "mbi" in real | invented else set()
    evidence = Evidence(
        real=frozenset(real), invented=frozenset(invented - real), health=frozenset(health), dates=event, marked=marked
    )
    told = verdict(evidence) if health else ""
    if told in {"identified", "synthetic"} and len(real | invented) > 1:
        return Health(what=told, format="table of people without names of columns", evidence=evidence, rows=grid.count(), row=0)
    if "ssn" in real:
        return Health(what="single", format="table", evidence=Evidence(real=frozenset({"ssn"})), rows=grid.count(), row=0)
    return None


def _key(cells: Sequence[str]) -> str:
    for key in _TELLING:
        check = identifiers.kind(key).check
        if key == "nhs":
            if share(cells, lambda cell: cell.count(" ") == 2 and check(cell) == "yes") >= _SURE:  # noqa: B023 - called at once
                return key
        elif share(cells, lambda cell: check(cell) == "yes") >= ENOUGH:  # noqa: B023 - called at once
            return key
    return "name" if share(cells, lambda cell: identifiers.kind("name").check(cell) != "no") >= _SURE else ""


def _long_ago(text: str) -> bool:
    found = general.parse_date(text)
    return found is not None and found[0] < 2000


def _medicine(cells: Sequence[str]) -> set[str]:
    if not cells:
        return set()
    if share(cells, profiles.coded) >= _SURE:
        return {"diagnosis"}
    return {"clinical note"} if share(cells, profiles.medical) >= ENOUGH else set()
