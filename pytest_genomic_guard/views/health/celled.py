"""Cells that hold a person each, in a rota or a plan: a name, how to reach them or a number of theirs, and what their health is."""

# ruff: noqa: RUF001 - apostrophes and dashes as people write them

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import ailments, roles
from pytest_genomic_guard.views.health.columns import mostly
from pytest_genomic_guard.views.health.evidence import Evidence, verdict
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.genomic.grid import Grid

_COLUMNS, _CELLS = 40, 400  # that are looked at
_SHORTEST, _LONGEST = 16, 400  # characters of a cell that holds as much
_MOSTLY, _LEAST = 0.6, 3  # of the cells of a column that are as long; of them
_PURE, _DIGITS = 0.9, 9  # of the cells of a column; signs of a telephone number
_WORD = r"[^\W\d_][\w'’.-]{1,30}+"
_NAME = regex(rf"(?:[A-Z]?[0-9]{{1,3}}[.:)]?[ ]{{1,2}})?({_WORD},? {_WORD}(?: {_WORD})?)(?=[ ]?[(\[,;:/|–—-]|[ ]{{1,2}}[0-9+(])")
_GREETED = regex(rf"(?i:hi|hello|hey|dear|hallo|hola|bonjour|ciao|olá|hej)[ ]({_WORD} {_WORD})[,.!:]")
_STAFF = regex(
    r"(?i)(?<![a-z])(?:rn|lpn|md|fellow|consultant|registrar|resident|on.?call|pager|bleep|ext|nurse|manager|coach|shift)(?![a-z])"
)
_PHONE = regex(r"(?<![\w+.-])\+?[(]?[0-9](?:[-. ()]{0,2}[0-9]){8,13}(?![\w-])")
_NUMBER = regex(r"(?i)(?<![a-z])(nhs|mrn|hosp|ssn|mbi|dob|d\.o\.b|born|geb)[a-z .:#°]{0,12}([0-9][0-9/. -]{4,16}[0-9])(?![0-9])")
_KEYS = {"nhs": "nhs", "mrn": "mrn", "hosp": "mrn", "ssn": "ssn", "mbi": "mbi"}
_CARE = regex(
    r"(?i)(?:(?<![a-z])(?:avf|cvc|avg|picc|dry (?:wt|weight)|h[dp] [0-9]|pd [0-9]|npo|nbm|dnr|dnacpr|dx|rx)|[0-9] ?mg)(?![a-z])"
)


def recognise(grid: Grid, marked: str) -> Health | None:
    """Return what cells say of people's health, each by itself."""
    real: set[str] = set()
    invented: set[str] = set()
    people = 0
    reached = _reached(grid)
    for cells in _columns(grid):
        found = [keys for cell in cells if (keys := _person(cell) or (reached and _greeted(cell)))]
        if len(found) >= _MOSTLY * len(cells):
            people += len(found)
            for keys in found:
                for key, value in keys.items():
                    (invented if identifiers.kind(key).invented(value) else real).add(key)
    if people < _LEAST:
        return None
    real |= {reached} if reached else set()
    evidence = Evidence(
        real=frozenset(real), invented=frozenset(invented - real), health=frozenset({"clinical note"}), marked=marked
    )
    told = verdict(evidence)
    if told not in {"identified", "synthetic"}:
        return None
    form = "table with people in its cells" if told == "identified" else "table with made-up people in its cells"
    return Health(what=told, format=form, evidence=evidence, rows=people, people=people, row=0)


def _columns(grid: Grid) -> Iterator[list[str]]:
    for at in range(min(grid.width, _COLUMNS)):
        cells = grid.column(at)[:_CELLS]
        long = [cell for cell in cells if _SHORTEST <= len(cell) <= _LONGEST]
        if len(long) >= _LEAST and len(long) >= _MOSTLY * len(cells) and len(set(long)) > 1:
            yield long


def _person(cell: str) -> dict[str, str]:
    """Return the kinds that one cell holds of a person, with their values; none where it says nothing of health."""
    named = _NAME.match(cell)
    if not named or identifiers.kind("name").check(named[1]) == "no":
        return {}
    rest = cell[named.end() :]
    keys = {"name": named[1]}
    for number in _NUMBER.finditer(rest):
        key = _KEYS.get(number[1].lower(), "birth-date")
        if identifiers.kind(key).check(number[2]) != "no":
            keys[key] = number[2]
    for phone in _PHONE.finditer(rest):
        if identifiers.kind("phone").check(phone.group()) != "no":
            keys.setdefault("phone", phone.group())
    return keys if len(keys) > 1 and _cared(rest) and not _STAFF.search(rest) else {}


def _greeted(cell: str) -> dict[str, str]:
    """Return the name to which a message is sent that says something of health."""
    found = _GREETED.match(cell)
    named = found is not None and identifiers.kind("name").check(found[1]) != "no"
    return {"name": found[1]} if found and named and _cared(cell[found.end() :]) else {}


def _cared(text: str) -> bool:
    return ailments.worded(text[:120]) or roles.cared(text) or _CARE.search(text) is not None


def _reached(grid: Grid) -> str:
    """Return how rows reach their people: the kind of a column of telephone numbers or of addresses of e-mail that are real."""
    for at in range(min(grid.width, _COLUMNS)):
        cells = [cell for cell in grid.column(at)[:_CELLS] if len(cell) > _DIGITS]
        for key in ("phone", "email") if len(cells) >= max(_LEAST, _PURE * len(grid.rows[:_CELLS])) else ():
            kind = identifiers.kind(key)
            if mostly(cells, lambda cell, check=kind.check: check(cell) != "no", _PURE):  # type: ignore[misc]
                return "" if mostly(cells, kind.invented, _MOSTLY) else key
    return ""
