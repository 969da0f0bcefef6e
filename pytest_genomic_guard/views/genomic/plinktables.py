"""What PLINK, KING, vcftools, REGENIE and their kin write with a header: a row for each person, or pair of people.

Sources: the PLINK 1.9 and PLINK 2.0 file format references; the manuals of KING, vcftools, REGENIE, somalier.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.personwords import CUT, EXAMPLE, PEOPLE, is_cut, is_example, of_people, summarises

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.kinds import Kind

# Columns of two people in one row.
_PAIRS: tuple[tuple[str, str], ...] = (
    ("iid1", "iid2"),
    ("id1", "id2"),
    ("indv1", "indv2"),
    ("samplea", "sampleb"),
    ("sample1", "sample2"),
    ("sampleid1", "sampleid2"),
    ("ind1", "ind2"),
    ("individual1", "individual2"),
    ("eid1", "eid2"),
    ("iida", "iidb"),
    ("i", "j"),
)
_RELATED = regex(
    r"kinship\w*|pihat|ibs[012]|hethet|relatedness\w*|phi|z[012]|ibd\w*|homconcordance|propdst|kin|infotype|inftype|degree|ibdshare\w*|king\w*"
)
# Columns beside which a lower-case `iid` is a person: elsewhere it is an item of a recommender, an instance, an interface.
_GENETIC = regex(r"pc\d{1,2}|pheno\w*|fid|sex|prs\w*|pgs\w*|batch|array|\w*haplogroup|fmiss|eid|pat|mat|population")
_LOCO = regex(r"FID_IID", re.IGNORECASE)


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    if grid.values and not grid.rows:
        return None
    plain = grid.known
    if not plain.intersection({"iid", "fid", "indv", "fidiid"}) and not any(one in plain and two in plain for one, two in _PAIRS):
        return None
    if summarises(grid.rows, grid.header):
        return None
    number = _person(grid, plain)
    if number is not None:
        return _told(grid, number)
    if grid.values and _LOCO.fullmatch(grid.header[0].strip('#"')) and grid.width > 1:
        from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module in turn

        names = tuple(name.encode() for name in grid.header[1:])
        return Kind(what="per-person", format="predictions by person and chromosome", people=len(names), names=names)
    return _pair(grid, plain)


def _person(grid: Grid, plain: frozenset[str]) -> int | None:
    """Return the column of people's ids."""
    iid = grid.find("iid")
    if iid is not None:
        # Word for word as PLINK writes it; in lower case beside what belongs to genetics, and not to items that users rate.
        if "fid" in plain or grid.header[iid].strip('#"') == "IID":
            return None if {"uid", "rating"} & plain else iid
        return iid if sum(1 for name in plain if _GENETIC.fullmatch(name)) > 1 else None
    if "fid" in plain and ("kid" in plain or {"pat", "mat", "chld"} <= plain):
        return grid.find("kid", "fid")
    if "fid" in plain and {"father", "mother"} <= plain:
        return grid.find("id", "pid", "fid")
    return grid.find("indv")


def _pair(grid: Grid, plain: frozenset[str]) -> Kind | None:
    """Return a table of pairs: two ids, and how close they are."""
    for one, two in _PAIRS:
        if one in plain and two in plain and any(_RELATED.fullmatch(name) for name in plain):
            if one == "i" and not {"kinship", "kin", "relatedness"} & plain:
                continue
            return _told(grid, grid.plain.index(one), grid.plain.index(two), format="pairs of people, with how close they are")
    return None


def _told(grid: Grid, *numbers: int, format: str = "") -> Kind | None:  # noqa: A002 - the field of a kind
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module in turn

    names = of_people(tuple(dict.fromkeys(name for number in numbers for name in grid.distinct(number))))
    if grid.values and not names:
        return None
    others = [name for at, name in enumerate(grid.plain) if at not in numbers and name not in PEOPLE | {"fid", ""}]
    shown = format or ("one row per person" if others else "ids of people, with their families")
    shown = shown if grid.values else f"{shown}; the values could not be read"
    if any(is_cut(grid.column(number)) for number in numbers):
        return Kind(what="per-person", format=CUT, row=0)
    shown = EXAMPLE if is_example(names) else shown
    return Kind(what="per-person", format=shown, people=len(names), names=names, row=0 if grid.rows else None)
