"""Tables about the health of people: who is in them, told by names of columns and cells together, and what of their health is."""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers.marks import words
from pytest_genomic_guard.views.health import ailments, bare, celled, dicomhints, further, nobodies, openlayouts, sheets
from pytest_genomic_guard.views.health import declared as said
from pytest_genomic_guard.views.health.columns import Column, judged
from pytest_genomic_guard.views.health.evidence import Evidence, verdict
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.health.columns import Sheet

# Ids that only those have who are treated or insured, whatever else stands in a table
_TREATED = frozenset(
    {"mbi", "hicn", "nhs", "chi", "health-and-care", "phn", "health-card", "kvnr", "medicare-au", "ihi", "nhi", "medicaid"}
)
_RECORDS = ("mrn", "medrec", "medicalrec", "hospitaln", "uhid", "historiaclinica", "cartellaclinica", "prontuario")
# Endings of names of columns of resources of FHIR, which have readers of their own, of their definitions, and of modules of
# Synthea, which are programs
ELSEWHERE = ("resourcetype", "mustsupport", "directtransition", "gmfversion")
_CODING, _NARROW = frozenset({"code", "display"}), 5  # columns of a list of codes; of as many at most
_HEAD, _KEYS, _SAME = 3, 5, 0.9  # rows; cells of one; of them that are the name of their column, or an address
_NAMED = ("name", "birth-date")
_TOLD_APART = frozenset({"name", "mrn", "ssn", "mbi", "birth-date"})
# What only persons have; what doctors in training are called, and what tables of them have besides
_PERSONS = frozenset({"birth-date", "ssn", "mbi", "nhs", "address", "medicaid"})
_IN_TRAINING = frozenset({"resident", "residentname", "residentid", "candidate", "candidatename"})
_OF_TRAINING = words("""
pgy pgyyear pgylevel count counts required minimum total totals rotation program programme attending faculty supervisor evaluator
milestone competency acgme cases caseload casecount shift shifts oncall preceptor evaluation performed logged procedures
numberperformed dutyhours
""")
_SOFT = 1.5  # three columns, or two and a birth date, that other trades have, too
_FEWEST = 2  # rows under ids that are nobody's
_FEW, _ENOUGH = 3, 2  # health columns beside an id that other things have, too; beside one of people
_LEADING = frozenset(
    {"diagnosis", "medication", "laboratory result", "clinical note", "symptom", "cause of death", "mental health", "disability"}
)


def recognise(grid: Grid) -> Health | None:
    """Return what a table says of people's health."""
    if not grid.rows or not grid.values or grid.speaks(_is_elsewhere):
        return None
    if (grid.width <= _NARROW and grid.known >= _CODING) or keyed(grid):
        return None
    if name := openlayouts.peopled(grid):
        return Health(what="public", format=name, rows=grid.count(), row=0)
    marked = declared(grid)
    for sheet in sheets.arranged(grid):
        written = not sheet.upright or grid.format in {"json", "literal"}
        if written and dicomhints.keyed([each.plain for each in sheet.named]):
            return None  # a header, written out: whose it is, is told by its fields in `dicomtext`
        if sheet.spoken() and (found := _of(grid, sheet, marked)):
            return found
    found = bare.recognise(grid, marked) if not any(grid.header) or bare.no_header(grid) else None
    return found or celled.recognise(grid, marked)


def _is_elsewhere(name: str) -> bool:
    return name.endswith(ELSEWHERE)


def keyed(grid: Grid) -> bool:
    """Tell whether the names of columns are keys of a list of codes: a row repeats them, or has addresses of systems alone."""
    if grid.format not in {"json", "ndjson"}:
        return False
    for row in grid.rows[:_HEAD]:
        cells = [(name, cell) for name, cell in zip(grid.header, row, strict=False) if cell]
        same = sum(1 for name, cell in cells if cell == name or cell.startswith("http"))
        if len(cells) >= _KEYS and same >= _SAME * len(cells):
            return True
    return False


def declared(grid: Grid) -> str:
    """Return in our words what a file says of itself at its head: that it is made up, and by what."""
    return said.declared(grid.lead, binary=grid.format == "columnar") if grid.lead else ""


def _of(grid: Grid, sheet: Sheet, marked: str) -> Health | None:
    columns = _things(nobodies.told(sheet, judged(sheet)))
    if _of_others(columns):
        return None
    columns = _grounded(further.told(sheet, columns))
    health = frozenset(each.context for each in columns if each.context)
    health |= _implied(columns)
    real = frozenset(each.key for each in columns if each.key and each.real)
    invented = frozenset(each.key for each in columns if each.key and each.invented) - real
    marked = marked or _placed(real, invented)
    evidence = Evidence(real=real, invented=invented, health=health, dates=any(each.date for each in columns), marked=marked)
    found: Health | None = None
    if _about_people(columns, real | invented) and _healthy(columns):
        told = verdict(evidence)
        if told in {"identified", "synthetic"}:
            form = "table of people" if told == "identified" else "table of made-up people"
            found = Health(what=told, format=form, evidence=evidence, row=0)
    found = found or _unnamed(columns, evidence) or _single(columns)
    if found is None:
        return None
    rows = grid.count() if sheet.upright else sheet.rows  # for these only: it can take a look at the whole table
    if found.what == "row-level" and rows <= _FEWEST:
        found = _single(columns)
    return found and found.replace(rows=rows, people=_different(columns, sheet, rows))


def _things(columns: list[Column]) -> list[Column]:
    """Return columns, those of names that have a code and its system beside them as names of things, not of people.

    Doctors in training are residents, too; and units of blood, or flats, have numbers.
    """
    plain = frozenset(each.named.plain for each in columns)
    told = any(each.key in _PERSONS or each.named.patient or each.person in {"age", "sex"} for each in columns)
    named = any(each.key == "name" for each in columns)
    found = []
    for each in columns:
        base = each.named.plain.removesuffix("name")
        if each.key == "name" and base != each.named.plain and base + "code" in plain and base + "codesystemname" in plain:
            found.append(each.replace(key="", real=False, invented=False))
        elif not told and (
            (each.named.plain.startswith("unitn") and not named)
            or (each.named.plain in _IN_TRAINING and not _OF_TRAINING.isdisjoint(plain))
        ):
            found.append(each.replace(key="", real=False, invented=False, person="", context="", weight=0.0))
        else:
            found.append(each)
    return found


def _grounded(columns: list[Column]) -> list[Column]:
    """Return the columns, of which `alt` beside latitude and longitude is how high something lies, and no enzyme."""
    if not any(each.key == "geocode" for each in columns):
        return columns
    return [each.replace(context="", weight=0.0) if each.named.plain == "alt" else each for each in columns]


def _placed(real: frozenset[str], invented: frozenset[str]) -> str:
    """Return what placeholders for all names say, as in a message; nothing beside a number that was given to one person."""
    kinds = [identifiers.kind(key) for key in real]
    issued = any(kind.tested and kind.strength == "strong" for kind in kinds)
    return "" if issued or "name" not in invented else "placeholders for the names"


def _different(columns: Sequence[Column], sheet: Sheet, rows: int) -> int:
    """Return how many different people rows are about, where all of them were looked at; 0 where that cannot be told."""
    if rows > sheet.rows:
        return 0
    return max((each.many for each in columns if each.person in {"id", "weak-id"} or each.key in _TOLD_APART), default=0)


def _of_others(columns: Sequence[Column]) -> bool:
    """Tell whether rows are about providers, animals, firms, fields of a form, or are statistics of a group."""
    those = [each.named.other for each in columns]
    leading = any(each.context in _LEADING and each.weight == 1 for each in columns)
    own = any(each.named.patient or each.key == "birth-date" for each in columns)
    if those.count("dictionary") >= _FEW or those.count("animal") >= 2:
        return True
    if those.count("provider") >= 2 and not leading and not own:
        return True
    figures = sum(1 for each in columns if each.named.other == "statistic" and not each.context)
    return figures * 10 >= 3 * len(columns) and not own and figures > 1


def _implied(columns: Sequence[Column]) -> frozenset[str]:
    """Return the context that ids of the treated and insured are, and the word patient."""
    found = set()
    for each in columns:
        if each.key in _TREATED and (each.real or each.invented):
            found.add("insurance claim" if each.key in {"mbi", "hicn", "medicaid"} else "patient")
        if (
            (each.key == "mrn" and each.named.plain.startswith(_RECORDS))
            or "mrn" in each.named.plain
            or (each.named.patient and (each.key or each.person))
        ):
            found.add("patient")
        if each.person == "id" and each.named.plain.startswith(
            ("patient", "paciente", "paziente", "hadm", "admission", "inpatient")
        ):
            found.add("patient")
    return frozenset(found)


def _about_people(columns: Sequence[Column], keys: frozenset[str]) -> bool:
    """Tell whether rows are about people, not firms: by a name, a birth date, or an id of a person."""
    strong = any(identifiers.kind(key).strength == "strong" for key in keys - {"health-plan"})
    return strong or not keys.isdisjoint(_NAMED) or any(each.named.patient or each.person == "id" for each in columns)


def _healthy(columns: Sequence[Column]) -> bool:
    """Tell whether a table is about health: by one column that no other trade has, or by several that together none has."""
    said = {each.context for each in columns if each.context and not _sized(each)}
    if said <= {"cause of death"} and not _implied(columns):
        caused = any("caus" in each.named.plain or "todesurs" in each.named.plain for each in columns)
        return caused and not ailments.of_lives(each.named.plain for each in columns)  # lives have dates, and end
    firm = sum(each.weight for each in columns if each.weight >= 1)
    soft = sum(each.weight for each in columns if each.weight < 1)
    born = 0.5 if any(each.key == "birth-date" for each in columns) else 0
    implied = 1.0 if _implied(columns) else 0
    trade = sum(1 for each in columns if each.named.other == "trade")
    if trade and not any(each.context in _LEADING and each.weight == 1 for each in columns):
        firm -= 0.5 * trade
    return firm + implied + soft >= 1 if firm > 0 or implied else soft + born >= _SOFT


def _sized(column: Column) -> bool:
    """Tell whether a column is of height or weight, which players, actors and customers have as well."""
    return column.context == "vital signs" and column.weight < 1 and not column.named.plain.startswith("temp")


def _unnamed(columns: Sequence[Column], evidence: Evidence) -> Health | None:
    """Return rows under ids of people, if they are enough, with what was measured of each; or people told by dates and places."""
    health = [each for each in columns if each.context and each.weight]
    surveyed = {each.context for each in health} <= {"smoking or alcohol"}
    score = 0 if surveyed else sum(each.weight for each in health)
    firm = sum(1 for each in health if each.weight == 1)
    person = {each.person for each in columns if each.person}
    traits = len(person & {"age", "sex", "trait"}) + any(each.key == "birth-date" for each in columns)
    others = [each.named.other for each in columns]
    if "animal" in others or others.count("variant") > 1:
        return None
    known = Evidence(
        real=evidence.real | (frozenset({"code"}) if person & {"id", "weak-id"} else frozenset()),
        invented=evidence.invented,
        health=evidence.health,
        dates=evidence.dates,
        marked=evidence.marked,
    )
    told = "synthetic" if evidence.marked and firm and person else ""
    if told:
        return Health(what="synthetic", format="rows about made-up people", evidence=known, row=0)
    small = not evidence.real.isdisjoint({"zip", "age-over-89", "geocode"})
    born = "birth-date" in evidence.real
    if (
        firm
        and (traits or "id" in person)
        and ((evidence.dates and small) or (born and (evidence.dates or small or "id" in person)))
    ):
        return Health(what="limited", format="limited data set", evidence=evidence, row=0)
    named = "id" in person or not evidence.real.isdisjoint({"email", "phone", "name", "mrn", "ssn", "account"})
    scores = sum(1 for each in columns if each.named.other == "score")
    if (named and firm and score >= _ENOUGH) or ("weak-id" in person and firm >= _FEW and traits):
        if scores and scores >= firm and score < _FEW + 1:
            return None
        return Health(what="row-level", format="rows about people under ids", evidence=known, row=0)
    return None


def _single(columns: Sequence[Column]) -> Health | None:
    """Return a column of identifiers that are confirmed, and that are nobody's business beside nothing of health."""
    strong = [
        each
        for each in columns
        if each.valid and each.real and identifiers.kind(each.key).strength == "strong" and each.key != "mrn"
    ]
    if not strong:
        return None
    return Health(what="single", format="table", evidence=Evidence(real=frozenset({strong[0].key})), row=0)
