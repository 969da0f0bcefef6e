"""Data sets on health that everybody may have, by the names of their columns and their number of rows.

Their layouts are in `openrows`. Where each is from, under which licence and as of when, stands in `policy.packs.open_sets`, under
the same names.
"""

from __future__ import annotations

from collections import Counter

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import openrows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

TCGA = "The Cancer Genome Atlas, by patient"
# ids by which a table is of an open resource whatever else it holds: plain names, form, name of the resource
_FORMS = (
    (("bcrpatientbarcode", "casesubmitterid", "patientid", "submitterid", "sampleid", "casessubmitterid", "patientbarcode",
      "tcgabarcode"),
     r"TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}(?:-\w{2,30})*", TCGA),
    (("patientid", "sampleid"), r"MB-\d{4}", "METABRIC of cBioPortal"),
    (("casesubmitterid", "casessubmitterid", "submitterid"),
     r"(?:TARGET-\d\d-[A-Z0-9]{6}|C3[LN]-\d{5}|\d{2}CO\d{3}|\d{2}BR\d{3})", "Genomic Data Commons, clinical"),
    (("geoaccession",), r"GSM\d{3,9}", "Gene Expression Omnibus, samples"),
    (("usubjid", "subjid"), r"01-70[1-9]-1\d{3}|01-71\d-1\d{3}|CDISC(?:PILOT)?01-.{1,20}", "CDISC pilot study"),
    (("studyid",), r"STUDYX|STUDY01|ABC|XYZ|GT01|TEST\d{0,3}|CDISC(?:PILOT)?01|EXAMPLE\w{0,4}", "CDISC example study"),
    (("usubjid",), r"(?:ABC|XYZ|STUDYX|XYZ123)-\d{3,5}|GT\d{4}", "CDISC example study"),
    (("usubjid",), r"AB12345-[A-Z]{3}-\d{1,3}-id-\d{1,5}", "random.cdisc.data: invented studies"),
)  # fmt: skip
# The pilot study again, as packages shorten it in examples
_PILOT = (("studyid", regex("PILOT01")), ("usubjid", regex(r"\d\d-1[0-5]\d\d")))
# What a clinical table of TCGA has by patient, and a list of samples with labels for a model has not: plain names and ends of names
_CLINICAL = (
    "vitalstatus", "daystodeath", "daystolastfollowup", "daystolastcontact", "daystobirth", "ageatdiagnosis", "ageatindex",
    "ageatinitialpathologicdiagnosis", "gender", "sex", "race", "ethnicity", "primarydiagnosis", "tumorstage", "pathologicstage",
    "ajccpathologicstage", "ajccpathologict", "clinicalstage", "tumorgrade", "histologicaltype", "siteofresectionorbiopsy",
    "tissueororganoforigin", "yearofdiagnosis", "yearofdeath", "priormalignancy", "treatmenttype", "radiationtherapy",
    "tobaccosmokinghistory", "neoplasmhistologicgrade", "newtumoreventtype", "ajccpathologictumorstage", "osstatus", "dfsstatus",
)  # fmt: skip
_CLINICAL_LEAST = 3
_OTHERS = 8  # columns that a copy may have besides: an index, a split, a prediction
_SHARE = 0.9
_FEW, _OF_MANY = 4, 4  # columns that tell a set; of how many a set can have, those that are listed are one
_DEMO = regex(rb"(?i:demo)")
# Ranges of subject ids of the open demonstrations, and their number of patients (eICU: unit stays).
_DEMOS = (
    ("MIMIC-IV demo", ("subjectid",), 10_000_032, 10_040_025, 100),
    ("MIMIC-III demo", ("subjectid",), 10_006, 44_228, 100),
    ("eICU demo", ("patientunitstayid",), 141_764, 3_353_251, 2_520),
)
_STAYS = (("hadmid", 100, 1_000), ("stayid", 100, 1_000), ("icustayid", 100, 1_000))
_HASH, _HASHED = regex(r"-?\d{16,19}"), 0.8
_MOVED = regex(r"2(?:0[89]|1\d|20)\d-.{5,30}")
_READ = 1 << 21  # cells of a column in which ids are counted


class Open(Record):
    """One data set."""

    name: str
    rows: int
    columns: frozenset[str]


def _made(text: str) -> tuple[Open, ...]:
    rows = (line.split(" | ") for line in text.replace("\n ", " ").splitlines())
    return tuple(Open(name=name, rows=int(most), columns=frozenset(columns.split())) for name, most, columns in rows)


SETS = _made(f"{openrows.ARCHIVED.strip()}\n{openrows.SETS.strip()}")
_PEOPLED = _made(openrows.PEOPLED.strip())
_INDEX = frozenset({"", "index", "rownames", "unnamed0", "x"})
NAMES = tuple(
    dict.fromkeys(
        (*(each.name for each in (*SETS, *_PEOPLED)), *(name for _ids, _form, name in _FORMS), *(each[0] for each in _DEMOS))
    )
)


def _told_by() -> dict[str, list[int]]:
    """Return the numbers of the sets by a column that each must have: the one that the fewest have."""
    many = Counter(column for each in SETS for column in each.columns)
    found: dict[str, list[int]] = {}
    for number, each in enumerate(SETS):
        found.setdefault(min(each.columns - {"*"}, key=lambda column: (many[column], column)), []).append(number)
    return found


_TELLING = _told_by()
_FORMED = frozenset(name for names, _form, _name in _FORMS for name in names)
_COMPILED = tuple((frozenset(names), regex(form), name) for names, form, name in _FORMS)


def named(grid: Grid) -> str:
    """Return the name of the open data set that a table is, or is cut out of; nothing for any other."""
    plain = grid.known
    for number in sorted(number for column in plain.intersection(_TELLING) for number in _TELLING[column]):
        each = SETS[number]
        star = "*" in each.columns
        wanted = each.columns - {"*"}
        widest = max(len(wanted) + _OTHERS, _OF_MANY * len(wanted) if len(wanted) > _FEW else 0)
        fits = wanted <= plain and (star or _FEW <= len(wanted) <= grid.width <= widest)
        if fits and (not grid.values or grid.count() <= each.rows):
            return each.name
    there = [(at, grid.plain[at]) for at in grid.among(_FORMED)]
    for names, form, name in _COMPILED:
        for at, column in there:
            if column in names and grid.values and grid.mostly(at, form.fullmatch, _SHARE):
                return name
    if any(column not in plain for column, _form in _PILOT):
        return ""
    pilot = [(grid.find(column), form) for column, form in _PILOT]
    return "CDISC pilot study" if all(at is not None and grid.mostly(at, form.fullmatch, _SHARE) for at, form in pilot) else ""


def peopled(grid: Grid) -> str:
    """Return the name of an open data set with names of people, where a table has its columns, all of them and no other."""
    plain = grid.known
    there = (each for each in _PEOPLED if each.columns <= plain and plain - each.columns <= _INDEX)
    return next((each.name for each in there if grid.count() <= each.rows), "")


def clinical(grid: Grid) -> bool:
    """Tell whether a table by patients says of them what a clinical record does."""
    return sum(1 for at, name in enumerate(grid.plain[:400]) if name.endswith(_CLINICAL) and grid.column(at)) >= _CLINICAL_LEAST


def demo(grid: Grid, *, restricted: bool) -> str:
    """Return the name of the open demonstration of a restricted data set, where the folder says so and its ids are of it.

    Of one in another model, the ids of the source are enough, as no other range of them is a demonstration's.
    """
    table = grid.table
    source = grid.find("personsourcevalue", "subjectsourcevalue")
    if not restricted:
        return "MIMIC-IV demo" if (source is not None and _within(grid, source, *_DEMOS[0][2:])) or _shifted(grid) else ""
    if not _DEMO.search(table.artifact.path) or not grid.values:
        return ""
    for name, columns, least, most, many in _DEMOS:
        at = grid.find(*columns)
        if at is None:
            continue
        if _within(grid, at, least, most, many):
            return name
    at = grid.find("hadmid", "stayid", "icustayid", "icuid")
    if at is not None and grid.find("subjectid") is None and len(set(grid.names(at, _READ))) <= _STAYS[0][2]:
        return "MIMIC-IV demo"
    return ""


def _within(grid: Grid, at: int, least: int, most: int, many: int) -> bool:
    """Tell whether a column has no more than so many different numbers, all in a range."""
    seen: set[bytes] = set()
    for cell in grid.names(at, _READ):
        seen.add(cell.removesuffix(b".0"))
        if len(seen) > many:
            return False
    return bool(seen) and all(cell.isdigit() and len(cell) < 12 and least <= int(cell) <= most for cell in seen)


def _shifted(grid: Grid) -> bool:
    """Tell whether rows are of the demonstration in the OMOP model.

    Its ids are hashes of 64 bits with a sign, of no more people than it has, and its dates were moved beyond this century.
    """
    person = grid.find("personid")
    if person is None or not grid.mostly(person, _HASH.fullmatch, _HASHED):
        return False
    dates = [at for at, name in enumerate(grid.plain) if name.endswith(("date", "datetime"))][:6]
    moved = any(grid.mostly(at, _MOVED.fullmatch, _SHARE) for at in dates)
    signed = moved and any(cell[0] == "-" for cell in grid.column(person))
    return signed and len(set(grid.names(person, _READ))) <= _DEMOS[0][4]
