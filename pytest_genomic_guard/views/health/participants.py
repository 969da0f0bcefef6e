"""Rows under ids of participants with two or more columns about the health of each, where studies name columns in their own way.

`people` reads whole names that are usual in records of care. Studies number, prefix and join words, call the id after their trial,
or leave it without a name, so here the words inside a name count (`clinicalwords`), and cells that are codes of medicine.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words as listed
from pytest_genomic_guard.views.genomic.personwords import summarises
from pytest_genomic_guard.views.health import clinicalwords, profiles, studyids, words
from pytest_genomic_guard.views.health.columns import is_id, mostly
from pytest_genomic_guard.views.health.evidence import Evidence
from pytest_genomic_guard.views.health.people import ELSEWHERE, declared, keyed
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

_MOST, _FRONT = 400, 12  # columns that are looked at; among which an id is
_ENOUGH, _SPARSE = 0.6, 0.1  # of the cells; of the rows
_LEAST, _WEAK = 2.0, 3  # health columns beside an id of a participant; beside another id, with age or sex
_OF_PATIENT = 1.5  # beside an id that says patient
_ROWS, _STATES = 3, 4
_PAIR = 2  # values of yes and no
_CONCEPTS = 3  # columns of a mapping
_TIME = listed("""
time times days months years futime fu_time stime survtime survivaltime survmonths survivalmonths followup followuptime
followupdays followupmonths followupyears ttime timetoevent tte dtime rtime rfstime ostime osmonths osdays pfsmonths dfsmonths
duration obstime exit start stop
""")
_STATE = listed("""
status event death dead died cens censor censored delta fustat state vitalstatus outcome deceased alive osstatus osevent
pfsstatus pfsevent dfsstatus dfsevent recur relapse failure
""")
_UNNAMED = regex(r"(?:unnamed0?|index|rownames?|x|)")
_SHAPED = regex(
    r"(?=[^\d\n]{0,12}\d)[A-Za-z]{1,8}[-_.]?[A-Za-z0-9]{0,6}[-_.]?\d{2,9}[a-z]?"
    r"|\d{3,4}-\d{2,5}(?:-\d{2,5})?|[0-9a-fA-F]{8,64}"
    r"|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
_LOINC = regex(r"\d{3,5}-\d")
_ATC = regex(r"[A-DGHJL-NPRSV]\d{2}[A-Z]{2}\d{2}")
_PATH = regex(
    r"(?:[a-z0-9]{1,8}:/|\.{0,2})/\S{1,1000}|\S{1,200}\.(?:[bcs]am|[bc]rai|bai|f(?:ast)?q|vcf|gz|png|jpe?g|nii|dcm|[ct]sv)"
)
_FRACTION = regex(r"-?[0-3]?\.\d{5,20}(?:[eE][-+]?\d{1,3})?")
_OUTSIDE = regex(
    r"NCT\d{8}|ISRCTN\d{6,9}|EUCTR\d.{5,20}|PMID:?\d{5,9}|10\.\d{4,9}/.{1,80}|ENSG\d{11}|rs\d{4,10}"
    r"|GSM\d{4,9}|SRR\d{5,9}|CVCL_\w{4}"
)
_TYPE = regex(
    r"(?i:(?:var)?char(?:acter)?|text|string|int(?:eger)?\d*|float\d*|double|numeric|number|date(?:time)?"
    r"|bool(?:ean)?|factor|object)(?:\(\d{1,4}\))?"
)
_ANIMAL = listed("""
species breed animal animals mouse mice rat rats murine strain litter pup pups cage zebrafish dog dogs canine feline cats
horse equine cow cattle pig pigs sheep herd cow vet monkey macaque drosophila cellline cell_line passage clone tumorbearing
""")
_TRADE = listed("""
employee employees salary firmware battery rssi voltage sku price customer order product products vendor student teacher
classroom player team match game sensor wifi uptime latency throughput pipeline epoch bank credit loan mortgage churn attrition
""")
_DICTIONARY = listed("""
datatype dtype fieldtype fieldname fieldlabel variablelabel codelist valueset questiontext formname validation mandatory
description definition predicateid objectid objectlabel subjectlabel vocabularyid conceptname conceptcode omopconceptname
omopconceptcode
""")


_TRIAL = regex(r"(?:trials?|event|block|run)(?:id|no|nr|n|num|number|index|idx|count)?")
_COUNTED = regex(r"\d{1,4}")
# Columns of what somebody was shown in an experiment, and did: a row there is a trial, and no person (BIDS, task events)
_EXPERIMENT = listed("""
trialtype trialtypes stimulus stimuli stim stimname stimfile stimtype stimcond stimulusnum stimulustype cuetype distractor
responsetime reactiontime rt feedback keypress key runnumber blocknumber fixation saccade gaze jitter iti isi soa
""")
_MAPPED = listed("name names code codes domain class vocabulary")


class _Person(Record):
    at: int
    sure: bool


def recognise(grid: Grid) -> Health | None:
    """Return rows about participants."""
    if (
        not grid.values
        or len(grid.rows) < _ROWS
        or _elsewhere(grid)
        or _read(grid)
        or keyed(grid)
        or summarises(grid.rows, grid.header)
    ):
        return None
    person = next(iter(sorted(_ids(grid), key=lambda each: not each.sure)), None)
    if person is None:
        return None
    columns = range(min(grid.width, _MOST))
    found = [told for at in columns if at != person.at and (told := _health(grid, at))[1]]
    if _survival(grid, person.at):
        found.append(("cause of death", 1.0))
    firm = sum(1 for _context, weight in found if weight == 1)
    score = _score(found) + (1 if person.sure and firm and _by_value(grid) else 0)
    traits = any(studyids.trait(grid, at) for at in columns)
    if not _enough(grid, person, firm, score, traits=traits) or {context for context, _weight in found} <= {"smoking or alcohol"}:
        return None
    return _made(grid, person, frozenset(context for context, _weight in found))


def _enough(grid: Grid, person: _Person, firm: int, score: float, *, traits: bool) -> bool:
    """Tell whether rows are about the health of people: beside an id of a patient less has to be told than beside any other."""
    if not person.sure:
        return firm >= _WEAK and (traits or studyids.of_each(grid, person.at))
    if words.named(grid.header[person.at]).patient:
        return score >= _OF_PATIENT and bool(firm or traits)
    return score >= (_LEAST if firm or traits else _LEAST + 1)


def _score(found: Sequence[tuple[str, float]]) -> float:
    """Return how much columns say of health; those that other trades have, too, say it once or twice of one kind."""
    soft = [context for context, weight in found if weight < 1]
    return len(found) - len(soft) + sum(min(1.0, soft.count(each) / 2) for each in set(soft))


def _survival(grid: Grid, person: int) -> bool:
    """Tell whether rows have a time and whether something happened by then, as data of survival do."""
    state = next((at for at in grid.among(_STATE) if at != person), None)
    times = any(at not in {person, state} for at in grid.among(_TIME))
    return state is not None and times and 0 < len(set(grid.column(state))) <= _STATES


def _made(grid: Grid, person: _Person, health: frozenset[str]) -> Health:
    marked = declared(grid)
    evidence = Evidence(real=frozenset({"code"}), health=health, marked=marked)
    people = len(set(grid.column(person.at))) if grid.count() <= len(grid.rows) else 0
    what, told = ("synthetic", "rows about made-up people") if marked else ("row-level", "rows about people under ids")
    return Health(what=what, format=told, evidence=evidence, rows=grid.count(), people=people, row=0)  # type: ignore[arg-type]


def _elsewhere(grid: Grid) -> bool:
    """Tell whether rows are about animals, cells, genes, trials, fields of a form, machines, or are statistics."""
    parts = [frozenset(words.split(name)) for name in grid.header[:_MOST]]
    plain = frozenset(grid.plain[:_MOST])
    said = frozenset().union(*parts) if parts else frozenset()
    if (said | plain) & _ANIMAL or len((said | plain) & _TRADE) > 1 or len(plain & _DICTIONARY) > 1:
        return True
    others = [words.named(name).other for name in grid.header[:_MOST]]
    figures = sum(1 for each in parts if not each.isdisjoint(clinicalwords.FIGURES))
    if others.count("variant") > 1 or others.count("score") * 3 > len(others) or figures * 10 >= 3 * len(parts):
        return True
    return any(mostly(grid.column(at), _OUTSIDE.fullmatch, _ENOUGH) for at in range(min(grid.width, _FRONT)))


def _read(grid: Grid) -> bool:
    """Tell whether rows are read by others, or are a mapping of concepts."""
    if grid.format in {"json", "ndjson"} and any(name.endswith(ELSEWHERE) for name in grid.plain):
        return True
    parts = [frozenset(words.split(name)) for name in grid.header[:_MOST]]
    mapped = sum(1 for each in parts if "concept" in each and not _MAPPED.isdisjoint(each))
    return mapped >= _CONCEPTS and not any("person" in each or "patient" in each or "subject" in each for each in parts)


def _trials(grid: Grid, at: int) -> bool:
    """Tell whether a column counts the trials of an experiment, or its runs."""
    if not _TRIAL.fullmatch(grid.plain[at]) or not mostly(grid.column(at), _COUNTED.fullmatch, 1):
        return False
    return len(grid.among(_EXPERIMENT)) > 1 or {"onset", "duration"} <= grid.known


def _ids(grid: Grid) -> Iterator[_Person]:
    for at in range(min(grid.width, _FRONT)):
        sure = None if _trials(grid, at) else studyids.strength(grid.header[at], grid.plain[at], at)
        cells = grid.column(at)
        if sure is None or len(cells) < max(_ROWS, len(grid.rows) // 2) or not mostly(cells, is_id, _ENOUGH):
            continue
        if (len(set(cells)) == 1 and not sure) or (len(cells) > _PAIR and len(set(cells)) <= _PAIR and set(map(len, cells)) == {1}):
            continue
        if _UNNAMED.fullmatch(grid.plain[at]) and not mostly(cells, _SHAPED.fullmatch, _ENOUGH):
            continue
        yield _Person(at=at, sure=sure)


def _health(grid: Grid, at: int) -> tuple[str, float]:
    """Return what a column says of health, and how surely: by its name, or by codes in its cells."""
    cells = grid.column(at)
    if len(cells) < max(1, _SPARSE * len(grid.rows)):
        return "", 0.0
    context, weight = clinicalwords.spoken(grid.header[at])
    if not weight:
        context, weight = clinicalwords.shortened(grid.header[at])
    if weight < 1 and (coded := _coded(cells)):
        return coded, 1.0
    if not weight or any(mostly(cells, each.fullmatch, _ENOUGH) for each in (_TYPE, _FRACTION, _PATH)):
        return "", 0.0
    return context, weight


def _coded(cells: Sequence[str]) -> str:
    few = cells[:60]
    if mostly(few, profiles.coded, _ENOUGH) and any(cell[:1].isalpha() for cell in few):
        return "diagnosis"
    if mostly(few, _LOINC.fullmatch, _ENOUGH):
        return "laboratory result"
    if mostly(few, _ATC.fullmatch, _ENOUGH):
        return "medication"
    if any(map(str.isdigit, few[:3])):
        return ""
    return _spoken([cell for cell in dict.fromkeys(few) if len(cell) < 60])


def _spoken(cells: Sequence[str]) -> str:
    """Return what the first of different cells speaks of that does for sure, where most do; none is read once few can."""
    sure: list[str] = []
    for number, cell in enumerate(cells, 1):
        context, weight = clinicalwords.spoken(cell)
        if weight == 1:
            sure.append(context)
        if len(sure) + len(cells) - number < max(2, _ENOUGH * len(cells)):
            return ""
    return sure[0] if sure else ""


def _by_value(grid: Grid) -> bool:
    """Tell whether there is a row for each value: a column of names of measurements, and one of what was measured."""
    value = grid.find(
        "value", "val", "result", "aval", "valuenum", "valor", "wert", "valeur", "valore", "waarde", "resultvalue", "score"
    )
    named = grid.find(
        "test",
        "testname",
        "parameter",
        "param",
        "paramcd",
        "analyte",
        "measure",
        "measurement",
        "variable",
        "code",
        "loinc",
        "item",
        "question",
        "labtest",
        "concept",
        "name",
        "prueba",
        "parametro",
        "parametre",
        "bepaling",
    )
    return value is not None and named is not None and bool(_coded(grid.column(named)))
