"""Tables in a layout in which row-level health data are handed out, or in that of a data set which everybody may have.

Names of columns alone are no rows: a schema, a dictionary, a vocabulary or an empty extract has them too. So the cells below
have to be what the layout puts there: ids of people, and something beside them.
"""

from __future__ import annotations

from itertools import pairwise

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import controlled
from pytest_genomic_guard.views.genomic.personwords import EXAMPLE, summarises
from pytest_genomic_guard.views.health import laidout, openlayouts, setting, surveys
from pytest_genomic_guard.views.health.evidence import Evidence
from pytest_genomic_guard.views.health.layouts import LAYOUTS
from pytest_genomic_guard.views.health.people import declared
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.health.layouts import Layout

_NUMBERED = regex(r"(?:[A-Za-z]{1,12}\d{0,3}[-_ ])?[A-Za-z]{0,12}[-_ ]?0*\d{1,3}(?:\.0)?")
_NAMES = 1 << 14  # ids that are kept, for paths
# Formats of the controlled-access recogniser that are about health, and not about files of samples.
_CONTROLLED = (
    "UK Biobank",
    "fields of UK Biobank",
    "participants of UK Biobank",
    "dbGaP",
    "FinnGen",
    "ADNI",
    "PPMI",
    "NDA",
    "Human Con",
)
_COMPLETE = frozenset({"0", "1", "2", "0.0", "1.0", "2.0", "Incomplete", "Unverified", "Complete"})  # states of a form of REDCap
_ARM = regex(r"[a-z0-9_]{1,80}_arm_\d{1,3}[a-z]?|[^,]{1,80} \(Arm \d{1,3}: [^)]{1,80}\)")
_CHECKBOX = regex(r"[a-z][a-z0-9_]{0,60}___[a-z0-9_]{1,30}")
_RECORD = frozenset(
    [
        "recordid",
        "studyid",
        "subjectid",
        "participantid",
        "patientid",
        "id",
        "subjid",
        "ptid",
        "pid",
        "recordnumber",
        "screeningid",
        "caseid",
        "mrn",
    ]
)
_ANY = frozenset({"id", "pid", "recordnumber"})  # which other programs have
_NARROWEST = 3
_LEAST_EID = 1_000_000  # of UK Biobank
_SYNTHETIC = regex(rb"(?i:synthea|eunomia|gibleed|de-?synpuf|synpuf|synthetic|simulacrum|simulated|fake|mock|dummy|demo)")
_TESTED = regex(rb"(?i:(?:^|[/_.-])(?:tests?|testing|test_?data|fixtures?|examples?|toy|samples?)(?:[/_.-]|$))")
_EXAMPLES, _FEW = 2, 20  # people whom a specification shows; whom a test makes up
_SMALL, _TINY = 10_000, 100  # ids that are counted up, with gaps, in a file that its path calls synthetic; in a test's
_DIGITS = 16  # of an id that is a number
_TRAITS = frozenset({"age", "sex", "trait"})
_WIDE = 400  # columns whose names are read
_PARTS = ("html", "table", "markdown", "fence")


def recognise(grid: Grid) -> Health | None:
    """Return what a table is, where its layout is known."""
    if not _readable(grid) or summarises(grid.rows, grid.header):
        return None
    name = openlayouts.named(grid)
    tcga = _tcga(grid) if name == openlayouts.TCGA else None
    if name and not tcga:
        return Health(what="public", format=name, rows=grid.count() if grid.values else 0, row=0 if grid.rows else None)
    found = tcga or _controlled(grid) or _laid_out(grid) or _captured(grid) or surveys.recognise(grid)
    return found if found is None else _settled(grid, found)


def _tcga(grid: Grid) -> Health | None:
    if not openlayouts.clinical(grid):
        return None
    return Health(what="controlled", format="TCGA clinical table", rows=grid.count(), row=0)


def _readable(grid: Grid) -> bool:
    """Tell whether a table has rows; of a binary one whose values need a library, names of columns are all there is."""
    return len(grid.header) > 1 and (bool(grid.rows) if grid.values else not grid.complete)


def _controlled(grid: Grid) -> Health | None:
    kind = controlled.recognise(grid)
    if kind is None or kind.format == EXAMPLE or not kind.format.startswith(_CONTROLLED):
        return None
    format = kind.format.partition(",")[0]  # noqa: A001 - the field
    people = tuple(name.decode("utf-8", "replace") for name in kind.names)
    if people and all(map(laidout.TYPE.fullmatch, people)):
        return None
    if "UK Biobank" in format and _counted(people) and max(map(int, people)) < _LEAST_EID:
        found = Health(what="synthetic", format=format, rows=kind.people, row=kind.row)
        return _counted_up(found, "ids that were counted up")
    return Health(what="controlled", format=format, rows=kind.people, names=kind.names, row=kind.row)


def _laid_out(grid: Grid) -> Health | None:
    found = laidout.found(grid)
    return None if found is None else _health(grid, *found)


def _captured(grid: Grid) -> Health | None:
    """Return an export of REDCap without events: forms with a state each, or boxes with a column each."""
    if not grid.values:
        return None
    first = next((at for at, name in enumerate(grid.plain) if name), 0)
    at = next((at for at, name in enumerate(grid.plain[:6]) if name in _RECORD), None)
    forms = [at for at in grid.headed(_is_form) if grid.mostly(at, _COMPLETE.__contains__, laidout.SHARE)]
    boxes = len(grid.headed(_is_box))
    sure = at is not None and grid.plain[at] not in _ANY
    if grid.width < _NARROWEST or not (forms or boxes > 1) or (not sure and len(forms) + min(boxes, 2) < 2):
        return None
    at = first if at is None else at
    if not grid.mostly(at, laidout.is_id, laidout.SHARE):
        return None
    return Health(what="capture", format="REDCap export", rows=grid.count(), names=_names(grid, at), row=0)


def _is_form(name: str) -> bool:
    return name.lower().endswith(("_complete", "complete?"))


def _is_box(name: str) -> bool:
    return len(name) < 100 and _CHECKBOX.fullmatch(name) is not None


def _health(grid: Grid, layout: Layout, at: int) -> Health | None:
    if not grid.values:
        return Health(what=layout.what, format=f"{layout.format} whose values could not be read")
    if layout.format == "REDCap export" and not _event(grid):
        return None
    return Health(what=layout.what, format=layout.format, rows=grid.count(), names=_names(grid, at), row=0)


def _event(grid: Grid) -> bool:
    """Tell whether a table with a column of REDCap is an export: its events are in an arm, or there is a record's id."""
    event = grid.find("redcapeventname")
    if event is not None and grid.mostly(event, _ARM.fullmatch, laidout.SHARE) and grid.width > 2:
        return True
    record = next((at for at, name in enumerate(grid.plain[:6]) if name in _RECORD), 0)
    return grid.mostly(record, laidout.is_id, laidout.SHARE) and not {
        "formname",
        "fieldtype",
        "uniqueeventname",
        "username",
    }.intersection(grid.plain)


def _names(grid: Grid, at: int) -> tuple[bytes, ...]:
    """Return ids that a path could show; plain numbers are never masked there."""
    return tuple(dict.fromkeys(name for name, _n in zip(grid.names(at), range(_NAMES), strict=False) if not name.isdigit()))


def _settled(grid: Grid, found: Health) -> Health | None:
    """Return what is told of rows in a layout: nothing of a few that a program or document makes up, less of what is open."""
    people = _people(grid)
    if not people and found.format == "REDCap export":
        people = tuple(dict.fromkeys(grid.column(0)))  # its first field is the record's id, however it is called
    if _shown(grid, people):
        return None
    if name := openlayouts.demo(grid, restricted=found.what == "critical-care"):
        return found.replace(what="public", format=name)
    if marked := declared(grid):
        return found.replace(what="synthetic", evidence=Evidence(real=frozenset({"code"}), marked=marked))
    path = grid.table.artifact.path
    tested = len(people) <= _FEW and _TESTED.search(path)
    if (_SYNTHETIC.search(path) and _counted(people)) or (tested and _counted(people, _TINY)):
        return _counted_up(found, "its path and ids that were counted up")
    if found.format == "REDCap export" and _counted(people) and not _speaks(grid):
        return _counted_up(found, "ids that were counted up, and columns that say nothing of a person")
    return found


def _shown(grid: Grid, people: tuple[str, ...]) -> bool:
    """Tell whether a program or a document has so few people that they are an example."""
    where = place(grid)
    if where == "document" and (0 < len(people) <= _EXAMPLES or _made_up(people)):
        return True
    return where == "code" and 0 < len(people) <= setting.INVENTED


def _speaks(grid: Grid) -> bool:
    """Tell whether a column speaks of a person or of health, or two of what other trades have; one for a test does not."""
    from pytest_genomic_guard.views.health import words  # noqa: PLC0415 - for exports of REDCap only

    those = [words.named(name) for name in grid.header[:_WIDE] if "test" not in words.split(name)]
    sure = any(each.identity or each.firm or each.date == "birth" or each.person in _TRAITS for each in those)
    return sure or sum(1 for each in those if each.context) > 1


def place(grid: Grid) -> str:
    """Return "code", "document" or "data": where a table stands, which a page may hold as a part of its own."""
    trail = grid.table.trail
    if "source" in trail:
        return "code"
    return setting.of(grid.table.artifact, tuple(step for step in trail if not step.startswith(_PARTS)))


def _made_up(people: tuple[str, ...]) -> bool:
    """Tell whether ids of a few people in a document are an example's: small, or typed without thought."""
    plain = [each.strip("`*_ ") for each in people]
    return 0 < len(plain) <= setting.INVENTED and all(_NUMBERED.fullmatch(each) or len(set(each)) == 1 for each in plain)


def _people(grid: Grid) -> tuple[str, ...]:
    """Return different ids of the sample, from the first column that has ids of people."""
    at = next(_candidates(grid), None)
    return () if at is None else tuple(dict.fromkeys(grid.column(at)))


def _candidates(grid: Grid) -> Iterator[int]:
    for layout in LAYOUTS:
        yield from grid.among(layout.ids[0])
    yield from (at for at, name in enumerate(grid.plain[:6]) if name in _RECORD)


def _counted_up(found: Health, mark: str) -> Health:
    return found.replace(what="synthetic", evidence=Evidence(real=frozenset({"code"}), marked=mark))


def _counted(people: tuple[str, ...], most: int = _SMALL) -> bool:
    """Tell whether ids were counted up, as programs that invent people do: they follow each other, in a run or two."""
    numbers = sorted(int(each) for each in people if each.isdigit() and len(each) < _DIGITS)
    runs = 1 + sum(1 for one, two in pairwise(numbers) if two > one + 1)
    small = bool(numbers) and numbers[-1] <= most
    return bool(numbers) and len(numbers) == len(people) and (small or runs <= 1 + len(numbers) // 4)
