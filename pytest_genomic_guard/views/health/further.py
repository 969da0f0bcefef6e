"""Further columns about health, in tables that tell who is in them: words inside a name, and what cells say by themselves.

`columns` knows whole names that are usual in records of care. Where rows have a name beside a birth date or a number of a person,
less is asked of the others: a word of medicine in a name (`clinicalwords`), or cells most of which are ailments, drugs or codes of
ICD, whatever their column is called and in whatever language.
"""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.views.health import ailments, clinicalwords, profiles, words
from pytest_genomic_guard.views.health.columns import ENOUGH, share

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.health.columns import Column, Sheet

_FILLED = 0.3  # of the rows
_CODED, _DOTTED = 0.9, 0.3  # cells that have the form of a code, and the dot that codes of other trades lack
_WORDED = 0.5  # of the cells that hold a word of medicine, in a table that tells its people well
_REACH = frozenset({"phone", "email", "address"})
_NOBODYS = frozenset({"npi", "dea", "vin", "plate", "device", "health-plan"})
_OTHER_TRADES = frozenset({"trade", "provider", "animal", "dictionary"})


def told(sheet: Sheet, columns: Sequence[Column]) -> list[Column]:
    """Return the columns, with what further ones say of the health of people whom the others tell."""
    well, others = _well(columns), sum(1 for each in columns if not each.key and each.named.other in _OTHER_TRADES)
    lives = ailments.of_lives(each.named.plain for each in columns)
    if lives or not (well or _reached(columns)):
        return list(columns)
    at = [number for number, named in enumerate(sheet.named) if named.plain]
    found = []
    for number, each in zip(at, columns, strict=False):
        each_found = each
        if not well and others:
            each_found = _of_staff(each, sheet.names[number])
        elif not each.key and each.weight < 1:
            cells = sheet.cells(number)
            if len(cells) >= max(2, _FILLED * sheet.rows) or len(cells) == sheet.rows:
                each_found = _judged(each, sheet.names[number], cells, well=well and others < 2)
        found.append(each_found)
    return found


def _well(columns: Sequence[Column]) -> bool:
    """Tell whether rows name people and tell them apart: a number that one person has, or a name and a day of birth."""
    keys = {each.key for each in columns if each.key and (each.real or each.invented)} - _NOBODYS
    strong = any(identifiers.kind(key).strength == "strong" for key in keys)
    patient = any(each.named.patient and each.key == "name" for each in columns)
    aged = any(each.person == "age" for each in columns) and not keys.isdisjoint(_REACH)
    return strong or patient or {"name", "birth-date"} <= keys or ("name" in keys and aged)


def _reached(columns: Sequence[Column]) -> bool:
    """Tell whether rows name people and say how they are reached."""
    keys = {each.key for each in columns if each.key}
    return "name" in keys and not keys.isdisjoint(_REACH)


def _of_staff(column: Column, name: str) -> Column:
    """Return a column of staff or customers, of whom only what care alone asks for says anything."""
    parts = words.split(name)
    sure = column.many and not column.key and column.weight < 1 and ailments.headed(parts, well=False)
    if not sure or ailments.named_otherwise(parts):
        return column
    return column.replace(context=column.context or "clinical note", weight=1.0)


def _judged(column: Column, name: str, cells: Sequence[str], *, well: bool) -> Column:
    parts = words.split(name)
    if ailments.headed(parts, well=well):
        return column.replace(context=column.context or "clinical note", weight=1.0)
    if column.date or ailments.named_otherwise(parts) or column.named.other in _OTHER_TRADES:
        return column
    coded = share(cells, ailments.code) >= _CODED and share(cells, profiles.coded) >= _DOTTED
    said = [cell for cell in cells if ailments.says(cell)]
    if coded or (said and (share(said, ailments.whole) >= ENOUGH or (well and share(said, ailments.worded) >= _WORDED))):
        return column.replace(context=column.context or "diagnosis", weight=1.0)
    spoken, weight = clinicalwords.spoken(name)
    weight = weight if well else min(weight, 0.5)
    surer = spoken and weight > column.weight and share(cells, profiles.test("flag", "")) >= ENOUGH
    return column.replace(context=spoken, weight=weight) if surer else column
