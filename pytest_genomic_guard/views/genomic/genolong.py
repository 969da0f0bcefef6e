"""Tables with a row for each person and variant; or people with the alleles of a gene (star alleles, APOE, het)."""

from __future__ import annotations

import re
from itertools import islice

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import genopeople
from pytest_genomic_guard.views.genomic.genocells import is_variant, mixed, style
from pytest_genomic_guard.views.genomic.genotypes import what
from pytest_genomic_guard.views.genomic.kinds import Kind
from pytest_genomic_guard.views.tables.roles import known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

_STAR = regex(r"(?:CYP\w{2,6}|[A-Z0-9]{3,10})?\s?\*\d{1,3}[A-Z]?(?:x\d|xN)?(?:\s?[/|;,]\s?\*\d{1,3}[A-Z]?(?:x\d|xN)?)")
_APOE = regex(r"(?:APOE[ _-]?)?[eE\u03b5]?[234][/|, -]?[eE\u03b5]?[234]", re.IGNORECASE)
_HLA = regex(r"(?:HLA-)?(?:A|B|C|DRB1|DQB1|DQA1|DPB1|DPA1|DRB[345])?\*\d{2,3}(?::\d{2,3}){0,3}[NLSQ]?(?:[/,; ]+\S{3,24})?")
_CHANGE = regex(r"(?:[A-Z0-9]{2,12}[ :_])?(?:N[CGMP]_\d+\.\d+(?:\([A-Z0-9]+\))?:)?(?:c|g|p|m|n)\.[\w*>()+=_-]{3,40}")
_STATE = regex(
    r"(?i)(?:.*_)?(?:genotypes?|gt|zygosity|call|calls|alleles?|diplotype|allele[12]|result|dosage|ds|value|geno|statecode|variantcall)"
)
_SHORT = regex(r"[ACGTDI]{1,2}|[ACGTDI]{1,40}[/|][ACGTDI]{1,40}")
_ROWS = 1 << 20  # rows over which the variants of each person are counted


def recognise(grid: Grid) -> Kind | None:
    """Return what the table is when a row is of one person at one variant."""
    if grid.width < 3 or not grid.rows:
        return None
    person = _person(grid) if any(grid.header) else None
    if person is None:
        return _headless(grid)
    near = [at for at in range(min(grid.width, 64)) if at != person]
    variant = next((at for at in near if grid.mostly(at, _is_site, 0.8)), None)
    if variant is None:
        return None
    genotype = next((at for at in near if at != variant and _state(grid, at)), None)
    if genotype is None:
        return None
    people = _counted(grid, person, variant)
    most = max(map(len, people.values()), default=0)
    return Kind(
        what=what(most),
        format="long",
        people=len(people),
        variants=most,
        names=genopeople.bytes_of(people),
        named=genopeople.identified(grid),
    )


def _headless(grid: Grid) -> Kind | None:
    """Judge a table without a line of names: a person, a variant and its two alleles in each row, some of them alike."""
    if not 3 <= grid.width <= 8:
        return None
    site = next((at for at in range(grid.width) if grid.mostly(at, is_variant, 0.95)), None)
    if site is None or (grid.header[site] and not is_variant(grid.header[site])):
        return None
    bases = [at for at in range(site + 1, grid.width) if grid.mostly(at, _is_base, 0.95)]
    pairs = [at for at in range(site + 1, grid.width) if style(grid.column(at)) == "letters"] if len(bases) != 2 else []
    who = next((at for at in range(grid.width) if at not in {site, *bases, *pairs} and genopeople.numbered(grid.column(at))), None)
    if who is None or (len(bases) != 2 and len(pairs) != 1):
        return None
    cells = [row[bases[0]].strip() + row[bases[1]].strip() for row in grid.rows if len(row) > bases[1]] if len(bases) == 2 else []
    if not mixed(cells or grid.column(pairs[0])):
        return None
    people = _counted(grid, who, site)
    most = max(map(len, people.values()), default=0)
    if len(people) * 2 > grid.count():
        return None
    return Kind(what=what(most), format="long", people=len(people), variants=most, names=genopeople.bytes_of(people))


def _is_base(cell: str) -> bool:
    return len(cell) == 1 and cell in "ACGT0"


def _person(grid: Grid) -> int | None:
    """Return the column whose name says that it holds people."""
    for at, name in enumerate(grid.header[:64]):
        role = known(name) if name else None
        person = role == "person-id" and grid.plain[at] not in {"id", "case", "sid"}
        if (
            (person or (role == "name" and genopeople.identified(grid)))
            and grid.column(at)
            and not grid.mostly(at, is_variant, 0.5)
        ):
            return at
    return None


def _is_site(cell: str) -> bool:
    return is_variant(cell) or _CHANGE.fullmatch(cell) is not None


def _state(grid: Grid, at: int) -> bool:
    """Tell whether a column holds genotypes: by its cells, and where those are numbers or bare letters, by its name too."""
    cells = grid.column(at)
    kind = style(cells) if cells else ""
    named = _STATE.fullmatch(grid.header[at]) is not None
    if kind == "letters":
        return mixed(cells) or (named and grid.plain[at] != "alleles")
    if kind in {"calls", "words"}:
        return True
    if named and kind in {"counts", "dosages", "base"}:
        return True
    return named and grid.mostly(at, _SHORT.fullmatch, 0.95)


def _counted(grid: Grid, person: int, variant: int) -> dict[str, set[str]]:
    """Return the variants of each person."""
    people: dict[str, set[str]] = {}
    for row in islice(grid.table.source.rows(), _ROWS):
        if person < len(row) and variant < len(row) and row[person].strip():
            people.setdefault(row[person].strip(), set()).add(row[variant].strip())
    return people


def typed(grid: Grid) -> Kind | None:
    """Return what the table is when its rows are people, and a column holds the alleles of a gene of each."""
    if grid.width < 2 or not grid.rows or not any(grid.header):
        return None
    named = genopeople.identified(grid)
    person = next((at for at, name in enumerate(grid.header[:64]) if _unique(grid, at, name)), None)
    if person is None and not named:
        return None
    genes = [at for at in range(min(grid.width, 512)) if at != person and _typed(grid, at, named=named)]
    if not genes:
        return None
    names = genopeople.bytes_of(each.decode("utf-8", "replace") for each in grid.names(person)) if person is not None else ()
    return Kind(what="few-genotypes", format="by-person", people=grid.count(), variants=len(genes), names=names, named=named)


def _unique(grid: Grid, at: int, name: str) -> bool:
    cells = grid.column(at)
    return bool(name) and known(name) == "person-id" and bool(cells) and len(set(cells)) * 2 > len(cells)


def _typed(grid: Grid, at: int, *, named: bool) -> bool:  # noqa: PLR0911 - one a kind of genotype
    cells: Sequence[str] = grid.column(at)
    if not cells:
        return False
    if grid.mostly(at, _STAR.fullmatch, 0.8) or style(cells) == "words":
        return True
    if "apoe" in grid.plain[at] and grid.mostly(at, _APOE.fullmatch, 0.8) and not all(map(str.isdigit, "".join(cells))):
        return True
    if "apoe" in grid.plain[at] and set(cells) <= {"22", "23", "24", "33", "34", "44"}:
        return True
    if named and grid.mostly(at, _HLA.fullmatch, 0.8):
        return True
    if named and grid.mostly(at, _CHANGE.fullmatch, 0.8):
        return True
    return named and grid.mostly(at, is_variant, 0.8)
