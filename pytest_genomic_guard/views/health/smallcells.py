"""Counts of people beside a category of people, and those that can be worked out from what stands beside a masked one.

A count needs a name for people (patients, deaths, participants), or the name of any count beside a category that only health has.
What programs count otherwise, as features, genes, files, predictions, answers of staff, has other names.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.tables import DataTable

    Cell = tuple[int, int]  # row, people

_NOUNS = (
    "patients|participants|subjects|persons|people|individuals|cases|deaths|admissions|discharges|hospitali[sz]ations|suicides|births|residents"
    "|women|men|females|males|children|adults|survivors|fatalities|enrollees|beneficiaries|members|donors|recipients"
)
_PEOPLE = regex(
    rf"(?:n|no|num|number|count|total|unique|distinct|sum)?(?:of)?(?:{_NOUNS})(?:n|no|count|counts|number|total)?"
    r"|(?:n|num|number|count|total)?(?:of)?(?:patient|participant|subject|person|individual|case|death)(?:n|count|counts|total|s)"
    r"|(?:n|num)(?:patient|participant|subject|person|pts|pt)s?|npts|deathcount|casecount|cohortsize|cohortn"
)
_COUNT = regex(r"n|count|counts|freq|frequency|number|num|total|obs|nobs|countvalue|nrows|records|num|records|size")
_TOTAL = frozenset(["total", "overall", "all", "sum", "n", "denominator", "base", "grandtotal"])
_PERCENT = regex(
    r"(?:pct|percent|percentage|perc|proportion|share|prop|rate)(?:of)?(?:total|patients|n)?|n?pct|\w{0,12}(?:percent|pct)"
)
_HEALTH = regex(
    r"diagnosis|diagnoses|dx|primarydiagnosis|icd|icd10|icd9|icdcode|icd10code|icd10cm|icd9code|condition|conditions"
    r"|disease|diseasename|disorder|comorbidity|comorbidities|causeofdeath|deathcause|underlyingcause|cancertype"
    r"|cancersite|tumorsite|tumourtype|phenotype|syndrome|drg|procedure|medication|drug|treatment|adverseevent"
    r"|symptom|hivstatus|vaccinestatus|vaccinationstatus|mentalhealth|reasonforadmission|admissiondiagnosis|ward"
    r"|hospital|hospitalname|hospitalsite|facility|clinic|practice|gppractice|bmigroup|smokingstatus|stage"
    r"|cancerstage|dischargedisposition"
)
_TRAITS = regex(
    r"sex|gender|ethnicity|ethnicgroup|ethnic|race|raceethnicity|ageband|agegroup|agecategory|agerange|age|agebin"
    r"|agebracket|ages|site|sitename|studysite|centre|center|county|region|district|borough|parish|municipality|zip"
    r"|zip3|zip5|zipcode|postcode|postcodedistrict|lsoa|msoa|state|province|maritalstatus|religion|deprivation|imd"
    r"|imdquintile|insurance|payer|language|nationality|countryofbirth|sexatbirth|arm|trialarm|treatmentarm|cohort"
    r"|outcome"
)
_HEALTH_SHAPE = regex(_HEALTH.pattern.replace("10", "11").replace("9", "1"))  # see `headings`
_TRAITS_SHAPE = regex(_TRAITS.pattern.replace("3", "1").replace("5", "1"))
_NEVER = regex(
    r"predicted|pred|actual|ytrue|truelabel|label|feature\w*|gene\w*|variant\w*|snp|token\w*|word\w*|file\w*|commit\w*|package\w*|module|class"
    r"|publication\w*|journal|paper|author\w*|question\w*|item|employee\w*|staff\w*|department|jobtitle|product|query|test|dtype|column|cell"
    r"|celltype|cluster|barcode|sample\w*|pathway|tissue|species|strain|model|epoch|fold|metric|threshold|conceptid|conceptname|vocabularyid"
)
_IDS = regex(
    r"(?:patient|subject|participant|person|record|study|encounter|visit|sample|row)(?:id|no|number|key)|mrn|id|eid|usubjid|name"
)
_GROUPS = regex(
    r"(?:fe)?males?|m|f|boys|girls|women|men|white|black|asian|hispanic|nonhispanic\w*|latino|mixed|other|unknown|total|all|overall"
    r"|(?:age)?\d{1,3}(?:to)?\d{1,3}|(?:age)?\d{2,3}(?:plus|andover)?|under\d{1,2}|over\d{1,2}"
)
_WHOLE = regex(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.0+)?")
_MASKED = regex(
    r"\*{1,3}|[<\u2264] ?\d{1,3}|suppressed|masked|redacted|\[?[cxz]\]?|\u2020|s|-{1,2}|\.{1,3}|1-\d{1,2}", re.IGNORECASE
)
_SPLIT = regex(r"(\d{1,9}) ?\( ?(\d{1,3}(?:\.\d{1,4})?) ?%? ?\)")  # 7 (3.5%)
_LABELLED = frozenset(
    ["characteristic", "characteristics", "variable", "variables", "covariate", "demographic", "demographics", "level"]
)
_OF_PEOPLE = regex(
    r"(?i:\b(?:fe)?males?\b|\bmen\b|women|\bwhite\b|\bblack\b|asian|hispanic|diabet|hypertens|cancer|smok|stroke|asthma|copd|died|dead"
    r"|death|mortality|pregnan|hiv|ethnic|\brace\b|\bsex\b|gender|\bage\b|icu|hospital|comorbid)"
)
_ROWS = 20_000  # rows of a table of counts at most
_SHARE, _MIXED = 0.8, 0.95
_STRONG, _FEWEST = 1, 2


class Counts(Record):
    """Counts of people in a table: by row, those that are not 0; and how many traits a row tells."""

    cells: tuple[Cell, ...]
    traits: int


def counts(grid: Grid) -> Counts | None:
    """Return the counts of people of a table; None for a table that counts nobody."""
    if grid.width < _FEWEST or grid.speaks(_is_never):
        return None
    columns = range(grid.width)
    health = [at for at in grid.called(_HEALTH.fullmatch, _HEALTH_SHAPE) if _is_category(grid, at)]
    traits = [at for at in grid.called(_TRAITS.fullmatch, _TRAITS_SHAPE) if _is_category(grid, at)]
    if not health and not traits:
        return _tabulated(grid)
    people = [at for at in columns if len(grid.plain[at]) < 40 and _PEOPLE.fullmatch(grid.plain[at]) and _is_count(grid, at)]
    if not people and health:
        people = [at for at in columns if _COUNT.fullmatch(grid.plain[at]) and at not in health and _is_count(grid, at)]
    crossed = not people
    if crossed:
        people = [at for at in columns if _GROUPS.fullmatch(grid.plain[at]) and at not in health and _is_count(grid, at)]
    told = [*health, *traits]
    if len(people) < (_FEWEST if crossed else _STRONG) or _has_ids(grid, told) or grid.count() > _ROWS:
        return None
    rows = list(grid.table.rows())
    keys = [tuple(row[at] for at in told if at < len(row)) for row in rows]
    others = [at for at in columns if at not in people and at not in told and not _PERCENT.fullmatch(grid.plain[at])]
    words = [at for at in others if grid.column(at) and not grid.mostly(at, _number, _SHARE)]
    if len(words) > _FEWEST or (len(set(keys)) < _MIXED * len(keys) and not others):
        return None  # of each row more is told than of a group
    cells = [cell for at in people for cell in _cells(rows, at, told)]
    cells += _derived(grid, rows)
    return Counts(cells=tuple(sorted(set(cells))), traits=len(told))


def _is_never(name: str) -> bool:
    return len(name) < 60 and _NEVER.fullmatch(name) is not None


def _is_category(grid: Grid, at: int) -> bool:
    """Tell whether a column has words or codes for groups, and not a measurement for each of many."""
    cells = grid.column(at)
    return bool(cells) and (
        not grid.mostly(at, _number, _SHARE) or len(set(cells)) <= max(12, len(cells) // 2) or grid.plain[at].startswith("zip")
    )


def _is_count(grid: Grid, at: int) -> bool:
    cells = grid.column(at)
    return bool(cells) and grid.mostly(at, _counted, _SHARE) and grid.part(at, _WHOLE.fullmatch) > 0


def _counted(cell: str) -> bool:
    return _WHOLE.fullmatch(cell) is not None or _MASKED.fullmatch(cell) is not None


def _number(cell: str) -> bool:
    return _WHOLE.fullmatch(cell) is not None


def _has_ids(grid: Grid, told: Sequence[int]) -> bool:
    """Tell whether each row is one person's, or one event's."""
    return any(at not in told and _IDS.fullmatch(name) and len(set(grid.column(at))) > 1 for at, name in enumerate(grid.plain))


def _people(cell: str) -> int | None:
    return int(cell.replace(",", "").partition(".")[0]) if _WHOLE.fullmatch(cell) else None


def _cells(rows: Sequence[Sequence[str]], at: int, told: Sequence[int]) -> Iterator[Cell]:
    """Yield the counts of a column, and a masked one that its total gives away."""
    found = [(number, row[at].strip(), row) for number, row in enumerate(rows) if at < len(row)]
    total, rest, masked = None, 0, []
    for number, cell, row in found:
        people = _people(cell)
        if any(each < len(row) and _plain(row[each]) in _TOTAL for each in told):
            total = people
        elif people is not None:
            rest += people
            if people:
                yield number, people
        elif cell and _MASKED.fullmatch(cell):
            masked.append(number)
    if total is not None and len(masked) == 1 and total - rest > 0:
        yield masked[0], total - rest


def _plain(text: str) -> str:
    return "".join(each for each in text.lower() if each.isalnum())


def _derived(grid: Grid, rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    """Yield counts that a total and a percentage give away where the count itself is masked or left out."""
    total = next((at for at, name in enumerate(grid.plain) if name in {"total", "denominator", "base", "ntotal", "totaln"}), None)
    part = next((at for at, name in enumerate(grid.plain) if len(name) < 40 and _PERCENT.fullmatch(name)), None)
    if total is None or part is None:
        return
    for number, row in enumerate(rows):
        whole = _people(row[total].strip()) if total < len(row) else None
        share = _percentage(row[part]) if part < len(row) else None
        if whole and share is not None and (people := round(whole * share / 100)) > 0:
            yield number, people


def _percentage(cell: str) -> float | None:
    text = cell.strip().rstrip("%").strip()
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,6})?", text):
        return None
    return float(text)


def _tabulated(grid: Grid) -> Counts | None:
    """Return the counts of a table of characteristics, as papers begin with: cells such as 7 (3.5%)."""
    if grid.plain[0] not in _LABELLED and grid.plain[0]:
        return None
    columns = [at for at in range(1, min(grid.width, 40)) if grid.part(at, _SPLIT.fullmatch) > 1 / 3]
    if not columns:
        return None
    labels = sum(1 for row in grid.rows if row and _OF_PEOPLE.search(row[0][:200]))
    if labels < _FEWEST or grid.count() > _ROWS:
        return None
    cells = [
        (number, int(found[1]))
        for number, row in enumerate(grid.table.rows())
        for at in columns
        if at < len(row) and (found := _SPLIT.fullmatch(row[at].strip())) and int(found[1])
    ]
    return Counts(cells=tuple(cells), traits=1)


def within(table: DataTable, most: int) -> int:
    """Return how many counts of people of a table, which has some, are `most` or less."""
    from pytest_genomic_guard.views.genomic import grid  # noqa: PLC0415 - for tables with small cells

    found = counts(grid.of(table))
    return sum(1 for _row, people in found.cells if people <= most) if found else 0
