"""What each column of a table about people holds: its name speaks of it, and its cells agree."""

from __future__ import annotations

from collections import Counter

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import general
from pytest_genomic_guard.views.health import profiles, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.health.words import Named

ENOUGH = 0.6  # of the cells that hold anything
_PROSE = 0.3  # of remarks that have a word of medicine, among people who are told to be patients
_SPARSE, _HALF = 0.2, 0.5  # of the rows
_MANY = 30  # cells of a column
_FRONT = 20  # columns among which an id is
_IDS = frozenset({"id", "weak-id"})
# People in care, by number or by name
_CALLED = frozenset({"client", "clients", "clientname", "resident", "consumer", "enrollee", "donor"})
_MOST = 400  # columns that are looked at
_ID = regex(r"(?=[^0-9]{0,40}[0-9])[A-Za-z0-9#][\w.:/@+#-]{0,79}|[A-Za-z]{1,6}|urn:uuid:[0-9a-fA-F-]{36}|Patient/[\w-]{1,64}")
_NO_ID = regex(
    r"-?[0-9]{0,12}\.[0-9]{1,20}(?:[eE]-?[0-9]{1,3})?(?<!\.0)|NCT[0-9]{8}|PMID:?[0-9]+|chr\w{1,2}|rs[0-9]+|GSM[0-9]+|ENSG[0-9]+"
)
_PARTS = frozenset({"given", "family"})
_UNNAMED = frozenset({"name", "relative", "given", "family"})


class Column(Record):
    """One column. Kinds and numbers only."""

    named: Named
    key: str = ""  # of identifiers
    real: bool = False
    invented: bool = False
    valid: bool = False  # most values are confirmed by their check digits or ranges
    context: str = ""
    weight: float = 0.0  # 1: no other trade has such a column; 0.5: others do
    person: str = ""  # id, weak-id, age, sex, trait
    date: bool = False  # days of events
    distinct: float = 0.0
    many: int = 0  # different cells


class Sheet:
    """Names and cells by column, however they lay in the file."""

    def __init__(self, names: Sequence[str], cells: Callable[[int], Sequence[str]], rows: int, *, upright: bool = False) -> None:
        """Take the names, what returns the cells of a column, and how many rows there are; `upright`: as they lie."""
        self.upright = upright
        self.names, self.cells, self.rows = tuple(names[:_MOST]), cells, rows
        self.named = tuple(words.named(name) for name in self.names)

    def spoken(self) -> int:
        """Return how many columns have a name that speaks of anything here."""
        return sum(1 for each in self.named if each.identity or each.context or each.person in {"id", "age", "sex"})


def judged(sheet: Sheet) -> list[Column]:
    """Return all columns whose name speaks of something, with what their cells confirm."""
    return [_kept(at, _column(each, cells), len(cells) / max(1, sheet.rows)) for at, each, cells in _filled(sheet)]


def _filled(sheet: Sheet) -> Iterator[tuple[int, Named, Sequence[str]]]:
    for at, each in enumerate(sheet.named):
        if each.plain:
            yield at, each, sheet.cells(at)


def _kept(at: int, column: Column, full: float) -> Column:
    """Return a column as it counts: where few rows have it, rows are not about what it names; ids stand in front."""
    if column.person in _IDS and (full < _HALF or at >= _FRONT):
        column = column.replace(person="")
    if column.context and (full < _SPARSE or (column.named.profile == "prose" and full < _HALF)):
        column = column.replace(context="", weight=0.0)
    if column.key and full < _SPARSE and identifiers.kind(column.key).strength != "strong":
        column = column.replace(key="", real=False, invented=False)
    return column


def _column(named: Named, cells: Sequence[str]) -> Column:
    cells = [cell for cell in cells if len(cell) < 4000 and cell.lower() != named.plain]  # a field that shows its own name
    if not cells:
        return Column(named=named)
    different = set(cells)
    found = Column(named=named, distinct=len(different) / len(cells), many=len(different))
    if named.person:
        found = _person(found, cells)
    if named.identity and (known := identity(named, cells, found.distinct)):
        filler = known[1] == "invented" and len(different) == 1 and len(cells) > 2  # XXX in each row says nothing of anybody
        if not filler:
            found = found.replace(key=known[0], real=known[1] == "real", invented=known[1] == "invented", valid=known[2])
    if named.date != "no" and (named.date or named.profile == "event") and mostly(cells, general.dates, ENOUGH):
        found = found.replace(date=named.date != "birth" and found.key != "birth-date" and named.identity != "birth-date")
    if named.context and not (found.key and named.identity in _UNNAMED):
        found = _context(found, cells)
    return found


def _person(found: Column, cells: Sequence[str]) -> Column:
    role = found.named.person
    if role in {"id", "weak-id"}:
        if role == "id" and not any(map(general.is_invented_person, cells)) and general.nobodies(cells):
            return found.replace(key="name", invented=True)  # Alice, Bob and Carol
        ok = mostly(cells, is_id, ENOUGH)
        if not ok and (role == "id" or found.named.plain in _CALLED) and mostly(cells, _whole_name, ENOUGH):
            return found.replace(key="name", real=not _all_invented("name", cells), invented=_all_invented("name", cells))
        return found.replace(person=role) if ok else found
    if role == "age":
        ages = [general.age(cell) for cell in cells]
        known = [age for age in ages if age is not None]
        if len(known) < ENOUGH * len(cells):
            return found.replace(person=role) if not known and mostly(cells, _binned, ENOUGH) else found
        old = sum(1 for age in known if age >= 90)
        return found.replace(person=role, key="age-over-89" if old else "", real=bool(old))
    return found.replace(person=role)


def _binned(text: str) -> bool:
    return len(text) < 24 and any(map(str.isdigit, text))


def _whole_name(text: str) -> bool:
    return identifiers.kind("name").check(text) != "no"


def is_id(text: str) -> bool:
    """Tell whether a cell can be an id: a word with a digit, but no measurement, trial or gene."""
    return len(text) <= 80 and _ID.fullmatch(text) is not None and _NO_ID.fullmatch(text) is None


def identity(named: Named, cells: Sequence[str], distinct: float) -> tuple[str, str, bool] | None:
    """Return the key, "real", "invented" or "", and whether values are confirmed, of a column of identifiers; None for none."""
    key = named.identity
    if key == "initials" or (key == "name" and len(cells) >= _MANY and _of_kinds(cells)):
        return None
    if key in _PARTS or (key in {"name", "relative"} and share(cells, _whole_name) < ENOUGH):
        words_of = (cell for cell in cells if len(cell) > 1 or not cell.isascii())  # no y and n, for whether there is a family
        held = [cell for cell in words_of if general.name_part(cell, cased=key not in _PARTS)]
        lone = key in {"name", "relative"} and not (
            named.patient or (named.last or named.plain) not in {"name", "names", "nombre", "nome", "nom", "naam", "namn"}
        )
        if len(held) < ENOUGH * len(cells) or lone:
            return None
        return ("relative" if key == "relative" else "name"), _reality("name", held), False
    kind = identifiers.kind(key)
    answers = {cell: kind.check(cell) for cell in set(cells)}
    held = [cell for cell in cells if answers[cell] != "no"]
    if len(held) < ENOUGH * len(cells):
        return None
    if key in {"name", "employer", "city"} and named.plain in {"name", "names"} and distinct <= 0.5 < len(cells) / 4:
        return None
    return key, _reality(key, held), sum(answers[cell] == "yes" for cell in cells) >= ENOUGH * len(cells)


def _of_kinds(cells: Sequence[str]) -> bool:
    """Tell whether one word is in more than half of the cells, as what kind something is: Coded, Blank."""
    word, many = Counter(cells).most_common(1)[0]
    return " " not in word.strip() and 2 * many > len(cells)


def _all_invented(key: str, cells: Sequence[str]) -> bool:
    return _reality(key, cells) == "invented"


def _reality(key: str, held: Sequence[str]) -> str:
    """Return "real" where at least half, or several different values, are not known as made up; "invented" where all are."""
    kind = identifiers.kind(key)
    real = [cell for cell in set(held) if not kind.invented(cell)]
    if not real or (key in _UNNAMED and general.nobodies(held)):
        return "invented"
    if kind.tested and kind.strength == "strong":
        return "real"  # a reserved number beside one that is given out does not make that one nobody's
    whole = sum(1 for cell in held if cell in set(real))
    return "real" if 2 * whole >= len(held) or len(real) >= 3 else ""


def _context(found: Column, cells: Sequence[str]) -> Column:
    named = found.named
    if share(cells, profiles.test(named.profile, named.plain)) < ENOUGH:
        return found
    weight = 1.0 if named.firm else 0.5
    if not named.firm and named.profile in {"finding", "prose", "any"}:
        medical = share(cells, profiles.medical)
        if medical < (_PROSE if named.profile == "prose" else 0.5):
            return found
        weight = 1.0 if medical >= ENOUGH or named.profile != "prose" else weight
    return found.replace(context=named.context, weight=weight)


def share(cells: Iterable[str], test: Callable[[str], object]) -> float:
    """Return which part of the cells pass, each different one tried once."""
    tally = cells if isinstance(cells, Counter) else Counter(cells)
    return sum(many for cell, many in tally.items() if test(cell)) / tally.total() if tally else 0.0


def mostly(cells: Iterable[str], test: Callable[[str], object], least: float) -> bool:
    """Tell whether `share` is at least so much; no cell is tried once that is settled either way."""
    tally = cells if isinstance(cells, Counter) else Counter(cells)
    total = left = tally.total()
    passed = 0
    for cell, many in tally.items():
        left -= many
        if test(cell):
            passed += many
            if passed / total >= least:
                return True
        elif (passed + left) / total < least:
            return False
    return least <= 0
