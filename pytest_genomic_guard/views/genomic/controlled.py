"""Tables in the layout of controlled-access resources: UK Biobank, dbGaP, All of Us (OMOP), FinnGen, Genomics England and others.

Sources: UK Biobank's data showcase and its Research Analysis Platform (names of fields), the manual of ukbconv; dbGaP's phenotype
table files; the OMOP common data model 5.4; public documentation of the others. Names of columns and the form of ids decide; no
list of fields is needed.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.personwords import EXAMPLE, is_invented, of_people, summarises

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.kinds import Kind

_EID = regex(r"(?:participant[._]|[fn][._]|ukb_?|x\.?|\w*_)?eid(?:_?\d{1,6})?|ukb_?id", re.IGNORECASE)
_TRUNK = r"\d{1,6}"
_FIELD = regex(  # as 31-0.0, f.N.0.0, X31.0.0, n_31_0_0, ts_53_0_0, pN_i0, pN_i0_a3, sex_f31_0_0, participant.p31
    rf"{_TRUNK}-\d{{1,2}}\.\d{{1,3}}|[fx]\.?{_TRUNK}\.\d{{1,2}}\.\d{{1,3}}|(?:[nsdcx]|ts|f)_{_TRUNK}_\d{{1,2}}_\d{{1,3}}"
    rf"|(?:\w+\.)?p{_TRUNK}_i\d{{1,2}}(?:_a\d{{1,3}})?|(?:\w+\.)p{_TRUNK}|\w+_f{_TRUNK}_\d{{1,2}}_\d{{1,3}}|.+ \| Instance \d.*",
    re.IGNORECASE,
)
_SHORT = regex(rf"p{_TRUNK}(?:_a\d{{1,3}})?|f\.{_TRUNK}|x?{_TRUNK}|\w+_f{_TRUNK}", re.IGNORECASE)  # beside an eid only
_NUMBER = regex(r"[1-6]\d{6}(?: +\.{3})?")
_HESIN = frozenset(
    [
        "insindex",
        "arrindex",
        "eventdt",
        "diagicd10",
        "diagicd9",
        "read2",
        "read3",
        "dsource",
        "dnxhesid",
        "dateofdeath",
        "dataprovider",
        "proteinid",
    ]
)
_FEWEST = 4  # rows without ids, of which a mean by group has as few
_SHOWN = 3  # people whom documentation invents at most
_INVENTED = regex(rb"(\d)\1{6}|1234567|2345678|3456789|7654321|9876543|[1-6]00000\d")
_INDEX = regex(r"\d{1,9}|\[\d+,\]|…|\.\.\.")

# Plain names of columns that only one resource has, and what is said of it.
_NAMED = {
    "dbgapsubjectid": "dbGaP phenotype table",
    "dbgapsampleid": "dbGaP sample table",
    "finngenid": "FinnGen table",
    "platekey": "Genomics England table",
}
# Forms of ids that only one resource gives out.
_IDS = (
    (regex(r"NWD\d{6}"), "TOPMed sample table"),
    (regex(r"GTEX-[0-9A-Z]{4,5}(?:-\S+)?"), "GTEx subject table"),
    (regex(r"NDAR_?INV[0-9A-Z]{6,12}"), "NDA subject table"),
    (regex(r"EGAN\d{11}"), "EGA sample table"),
    (regex(r"LP[2-5]000\d{3}-DNA_[A-H]\d\d"), "Genomics England table"),
    (regex(r"FG[0-9A-Z]{8}"), "FinnGen table"),
)
_OF_ANY = regex("|".join(form.pattern for form, _told in _IDS))
_PTID = regex(r"\d{3}_S_\d{4,5}")
_IDENTIFIED = regex(r"\w*(?:id|sample|subject|subjectkey|participant|individual|platekey|run|nwd|iid|indv)\w*")
# Of a sequencing run, not of a person: with nothing else the table is a list.
_FILES = regex(r"\w*(?:file|path|url|md5|size|bam|cram|fastq|bytes)\w*")
_WEAK_ID = regex(r"\d{1,6}")


_last: list[tuple[Grid, Kind | None]] = []  # recognisers of genomic and of health data ask for the same table


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    if not _last or _last[0][0] is not grid:
        _last[:] = [(grid, _recognised(grid))]
    return _last[0][1]


def _recognised(grid: Grid) -> Kind | None:
    if (grid.values and not grid.rows) or len(grid.header) < 2:
        return None
    found = _biobank(grid) or (_known(grid) or _omop(grid) if grid.values else _columns(grid))
    return None if found is None or summarises(grid.rows, grid.header) else found


def _biobank(grid: Grid) -> Kind | None:
    """Return a table of UK Biobank: ids under `eid`, or fields in the naming of one of its converters."""
    if not any(map(_may_be_biobank, grid.shapes)):
        return None
    names = [_clean(name) for name in grid.header]
    eid = next((at for at, name in enumerate(names) if len(name) <= 40 and _EID.fullmatch(name)), None)
    if eid is None:
        eid = grid.find("participantid") if any("| Instance" in name for name in names) else None
    fields = sum(1 for name in names if len(name) <= 200 and _FIELD.fullmatch(name))
    if eid is None:
        return _without_ids(grid, names, fields)
    short = sum(1 for at, name in enumerate(names) if at != eid and len(name) <= 60 and _SHORT.fullmatch(name))
    if not grid.values:
        return _kind("fields of UK Biobank; the values could not be read", grid) if fields else None
    cells = grid.column(eid)
    numbered = bool(cells) and grid.mostly(eid, _NUMBER.fullmatch, 0.8)
    known = fields + (short if numbered else 0) + len(_HESIN.intersection(grid.plain))
    if not cells or not (known or numbered):
        return None
    if not known and not any(grid.column(at) for at in range(grid.width) if at != eid and not (at == 0 and _is_index(grid))):
        return None  # ids alone are a list
    return _kind("UK Biobank table, one row per participant" if known else "participants of UK Biobank", grid, eid)


def _clean(name: str) -> str:
    """Return a name without quotes and marks, and without dots: columns that a print leaves out."""
    return name.removesuffix("...").strip("\"'`#* ")


def _may_be_biobank(name: str) -> bool:
    """Tell whether a name, or its shape, can be that of ids or of a field: without one of them no table is UK Biobank's."""
    name = _clean(name)
    if len(name) <= 40 and _EID.fullmatch(name):
        return True
    return "| Instance" in name or (len(name) <= 200 and _FIELD.fullmatch(name) is not None)


def _without_ids(grid: Grid, names: list[str], fields: int) -> Kind | None:
    """Return a table of at least three fields whose rows have no name, or the number of a row or participant."""
    if fields and grid.mostly(0, _NUMBER.fullmatch, 0.8) and len(set(grid.column(0))) > 1:
        return _kind("UK Biobank table, one row per participant", grid, 0)
    if fields < 3 or len(grid.rows) < _FEWEST:
        return None
    return _kind("fields of UK Biobank, without ids", grid) if names[0] or _is_index(grid) else None


def _is_index(grid: Grid) -> bool:
    """Tell whether the first column is the numbers of rows, as a saved output shows them."""
    return not grid.header[0] and grid.mostly(0, _INDEX.fullmatch, 0.8)


def _known(grid: Grid) -> Kind | None:
    """Return a table with a column, or ids, that only one resource has."""
    for at in grid.among(_NAMED):
        if grid.column(at):
            return _kind(_NAMED[grid.plain[at]], grid, at)
    plain = grid.known
    subject = grid.find("subjectid")
    if subject is not None and "consent" in plain and _coded(grid, grid.find("consent")):
        return _kind("dbGaP subject consent table", grid, subject)
    ptid = grid.find("ptid", "subjectid", "subject")
    if ptid is not None and grid.mostly(ptid, _PTID.fullmatch, 0.8) and _says_more(grid, ptid):
        return _kind("ADNI table", grid, ptid)
    patno = grid.find("patno")
    if patno is not None and grid.mostly(patno, _WEAK_ID.fullmatch, 0.8) and {"eventid", "infodt", "recid"} & plain:
        return _kind("PPMI table", grid, patno)
    if plain >= {"subject", "release", "acquisition"}:
        return _kind("Human Connectome Project table", grid, grid.find("subject"))
    return _by_ids(grid)


def _by_ids(grid: Grid) -> Kind | None:
    for at, name in enumerate(grid.plain[:12]):
        if name and not _IDENTIFIED.fullmatch(name):
            continue
        for form, told in _IDS if grid.mostly(at, _OF_ANY.fullmatch, 0.8) else ():
            if grid.mostly(at, form.fullmatch, 0.8) and _says_more(grid, at):
                return _kind(told, grid, at)
    return None


def _says_more(grid: Grid, ids: int) -> bool:
    """Tell whether a column says something of people: what is neither an id nor a place of a file."""
    for at, name in enumerate(grid.plain):
        if at != ids and name and not _IDENTIFIED.fullmatch(name) and not _FILES.fullmatch(name) and grid.column(at):
            return True
    return False


def _coded(grid: Grid, number: int | None) -> bool:
    """Tell whether consent is given as dbGaP codes it, as a small number or c1."""
    return number is not None and grid.share(number, re.compile(r"c?\d{1,2}")) >= 0.8


def _is_concept(name: str) -> bool:
    return name.endswith("conceptid")


def _omop(grid: Grid) -> Kind | None:
    """Return a table of the OMOP model with a person in each row. All of Us numbers people in seven digits or more."""
    person = grid.find("personid")
    if person is None or not grid.speaks(_is_concept) or not grid.column(person):
        return None
    # A row or two are the example of a specification.
    long = grid.share(person, re.compile(r"\d{7,}")) >= 0.8 and len(set(grid.column(person))) > _SHOWN
    return _kind(
        "All of Us or other OMOP table, one row per person or event" if long else "clinical tables by person", grid, person
    )


def _columns(grid: Grid) -> Kind | None:
    """Return a table of which only the names of columns could be read."""
    told = next((_NAMED[grid.plain[at]] for at in grid.among(_NAMED)), None)
    return _kind(f"{told}; the values could not be read", grid) if told else None


def _kind(format: str, grid: Grid, number: int | None = None) -> Kind:  # noqa: A002 - the field of a kind
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module in turn

    names = of_people(grid.distinct(number)) if number is not None and grid.rows else ()
    if is_invented(names) or (0 < len(names) <= _SHOWN and all(_INVENTED.fullmatch(name) for name in names)):
        format = EXAMPLE  # noqa: A001 - as above
    people = len(names) or (grid.count() if grid.rows else 0)
    return Kind(what="controlled", format=format, people=people, names=names, row=0 if grid.rows else None)
