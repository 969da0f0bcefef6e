"""Keys between two systems of ids of people: of a study and of a hospital, or before and after renumbering."""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health import setting
from pytest_genomic_guard.views.health.evidence import Evidence
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

# Of a study, and without meaning outside of it
_STUDY = regex(
    r"(?:study|subject|participant|research|redcap|trial|randomi[sz]ation|enroll?ment|screening|pseudo|pseudonym|anon|anonymi[sz]ed|anonymous"
    r"|deid|deidentified|coded|surrogate|masked|hashed|scrambled|encrypted|linkage|cohort|biobank|registry|new|project)"
    r"(?:study|subject|participant|patient|person)?(?:id|ids|no|number|code|key|identifier)|pseudonym|usubjid|subjid|eid|linkid|personid|studypatientid"
)
# Of a hospital, insurer or state: the kind in `identifiers`
_SYSTEM = {
    **dict.fromkeys(
        [
            "mrn",
            "patmrnid",
            "patientmrn",
            "medicalrecordnumber",
            "medicalrecordno",
            "medrecno",
            "hospitalnumber",
            "hospitalno",
            "hospitalid",
        ],
        "mrn",
    ),
    **dict.fromkeys(
        [
            "epicmrn",
            "epicid",
            "uhid",
            "empi",
            "enterpriseid",
            "chartnumber",
            "unitnumber",
            "patmrn",
            "emrid",
            "ehrid",
            "mrnumber",
            "hospitalmrn",
        ],
        "mrn",
    ),
    **dict.fromkeys(["ssn", "socialsecuritynumber", "patientssn"], "ssn"),
    **dict.fromkeys(["nhsnumber", "nhsno", "nhs", "patientnhsnumber"], "nhs"),
    **dict.fromkeys(["mbi", "medicareid", "medicarenumber", "medicarebeneficiaryid"], "mbi"),
    **dict.fromkeys(["chinumber", "chi"], "chi"),
    **dict.fromkeys(["cpr", "cprnr", "cprnummer"], "cpr"),
    **dict.fromkeys(["personnummer", "pnr"], "personnummer"),
    **dict.fromkeys(["bsn", "burgerservicenummer"], "bsn"),
    **dict.fromkeys(["phn", "personalhealthnumber"], "phn"),
}
_NAMED = regex(r"(?:patient|subject|participant)(?:s|full|last|first)?name|(?:patient|subject)surname")
_PERSON = regex(r"patient|subject|participant|person|\bpt\b|mrn|eid|proband|individual")
_OLD = regex(r"(?:old|original|orig|source|previous|prior|raw|real|identified|before|from)(\w{0,24})")
_NEW = regex(r"(?:new|anon|anonymi[sz]ed|deid|deidentified|mapped|masked|recoded|renumbered|random|after|to|target)(\w{0,24})")
_ID = regex(r"(?=\D{0,40}\d)[\w.@#/+=|~-]{1,64}")
_BRIDGE = regex(r"eid_?\w{0,8}\d{3,6}")
_EID = regex(r"[1-6]\d{6}")
_PLACED = regex(
    rb"(?i:crosswalk|linkage|link[-_]?file|key[-_]?file|master[-_]?key|re-?identif|id[-_]?map|mapping|subject|patient|participant)"
)
_WIDEST, _FEWEST = 12, 2  # columns of a key; rows
_SHARE, _DISTINCT = 0.8, 0.8


def recognise(grid: Grid) -> Health | None:
    """Return a key between ids of people."""
    if grid.width > _WIDEST or len(grid.rows) < _FEWEST:
        return None
    found = _between(grid) or _renumbered(grid) or _bridged(grid)
    if found is None:
        return None
    from pytest_genomic_guard.views.health.schemas import place  # noqa: PLC0415 - for tables that are keys only

    return None if place(grid) != "data" and grid.count() <= setting.INVENTED else found


def _between(grid: Grid) -> Health | None:
    study = next((at for at, name in enumerate(grid.plain) if len(name) < 60 and _STUDY.fullmatch(name) and _ids(grid, at)), None)
    if study is None:
        return None
    for at, name in enumerate(grid.plain):
        key = _SYSTEM.get(name, "")
        if key and at != study and _ids(grid, at):
            kind = identifiers.kind(key)
            cells = set(grid.column(at))
            if all(map(kind.invented, cells)) or grid.part(at, lambda cell, kind=kind: kind.check(cell) != "no") < _SHARE:  # type: ignore[misc]
                continue
            return _key(grid, (study, at), "key between ids of a study and of a system of records", frozenset({key}))
        if _NAMED.fullmatch(name) and grid.mostly(at, _is_name, _SHARE) and _distinct(grid, at):
            if all(map(identifiers.kind("name").invented, set(grid.column(at)))):
                continue
            return _key(grid, (study, at), "key between ids of a study and names", frozenset({"name"}))
    return None


def _renumbered(grid: Grid) -> Health | None:
    """Return a table of old and new ids, where the names of its columns or of its file speak of people."""
    pairs = [(at, found[1]) for at, name in enumerate(grid.plain) if (found := _OLD.fullmatch(name)) and _is_of_ids(found[1])]
    for old, what in pairs:
        for new, name in enumerate(grid.plain):
            found = _NEW.fullmatch(name)
            if not found or new == old or not _is_of_ids(found[1]):
                continue
            people = _PERSON.search(what) or _PERSON.search(found[1])
            if (people or _PLACED.search(grid.table.artifact.path)) and _ids(grid, old) and _ids(grid, new):
                return _key(grid, (old, new), "key between old and new ids of people", frozenset({"code"}))
    return None


def _is_of_ids(rest: str) -> bool:
    return rest.endswith(("id", "ids", "number", "no", "code", "eid", "mrn", "identifier"))


def _bridged(grid: Grid) -> Health | None:
    """Return a bridge between the ids that UK Biobank gives to different projects."""
    eids = [at for at, name in enumerate(grid.header) if len(name) < 40 and _BRIDGE.fullmatch(name.lower())]
    eids = [at for at in eids if grid.mostly(at, _EID.fullmatch, _SHARE)]
    return _key(grid, tuple(eids), "bridge between ids of UK Biobank projects", frozenset({"code"})) if len(eids) > 1 else None


def _ids(grid: Grid, at: int) -> bool:
    return grid.mostly(at, _ID.fullmatch, _SHARE) and _distinct(grid, at)


def _distinct(grid: Grid, at: int) -> bool:
    cells = grid.column(at)
    return len(cells) >= _FEWEST and len(set(cells)) >= _DISTINCT * len(cells)


def _is_name(cell: str) -> bool:
    return 2 < len(cell) < 60 and all(each.isalpha() or each in " ,.'-" for each in cell)


def _key(grid: Grid, columns: tuple[int, ...], told: str, kinds: frozenset[str]) -> Health:
    names = dict.fromkeys(name for at in columns for name in grid.names(at, 1 << 14) if not name.isdigit())
    return Health(what="crosswalk", format=told, evidence=Evidence(real=kinds), rows=grid.count(), names=tuple(names), row=0)
