"""Tables with a row for each variant and a column for each person, or the genotypes of one person in a column."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import genoassigned, genopeople
from pytest_genomic_guard.views.genomic.genoacross import _dosages as dosages
from pytest_genomic_guard.views.genomic.genoacross import even
from pytest_genomic_guard.views.genomic.genocells import called, is_variant, mixed, style
from pytest_genomic_guard.views.genomic.genotypes import what
from pytest_genomic_guard.views.genomic.kinds import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

    Site = tuple[int, ...]  # the column of ids, or those of chromosome and position

_CHROMOSOME = regex(r"(?:chr)?(?:[1-9]|1\d|2[0-6]|XY?|Y|MT?)", re.IGNORECASE)
_POSITION = regex(r"\d{3,9}")
_BASES = regex(r"[ACGTN*,<>A-Z:]{1,200}|\.|-")
_CHROMOSOMES_WORDS = "chr chrom chromosome chromosomename contig seqnames seqname seqid 1chrom 1chr chromid chrname"
_CHROMOSOMES = frozenset(_CHROMOSOMES_WORDS.split())
_POSITIONS = frozenset(
    [
        "pos",
        "position",
        "bp",
        "start",
        "ps",
        "bppos",
        "basepair",
        "basepairposition",
        "2pos",
        "2position",
        "physpos",
        "posbp",
        "startposition",
    ]
)
# What annotates a variant. The cells of such a column are no genotypes, whatever they look like.
_ANNOTATION_WORDS = """ref alt reference alternate refallele altallele a1 a2 allele1 allele2 alleles allele allele0
    effectallele otherallele nea ea
    effect riskallele risk minor major minorallele majorallele ancestral derived aa strand multiallelic nalt nalleles ac an
    ns nhomalt
    nhet nhom homalt homref het nobs n count total filter qual info format id rsid snp variant marker chrom chr chromosome pos
    position bp cm gene impact consequence stars clinvar exon intron rank class type vartype tier clinicalsignificance score
    copies ploidy gwas studies loci locus block cluster group label category flag pass ld proxy index lead dbsnp genotyped imputed
    info1 typed source nstudies nvariants hom1 hom2 hwe status annotation csq missing mac consequencerank severity evidence
    3ref 4alt refalt observed observedalleles genotypes topgenotype topstrand ilmnstrand sourcestrand snpalleles"""
_ANNOTATION = frozenset(_ANNOTATION_WORDS.split())
_CALLED = regex(
    r"(?i)(?:.*[ _.:-])?(?:gt|genotypes?|calls?|geno|zygosity|dosage|ds|allelecount|altcount|diplotype|result)(?:\d{0,4})?"
)
_COUNTED = regex(r"(?i)(?:#|(?:n|no|num|number)[ _.](?:of[ _.])?).*(?:calls?|genotypes?|hets?|homs?)|nocalls?")
_NESTED = frozenset({"json", "ndjson"})  # where a column can be a path
_SIGNS = regex(r"[\W_]+")
_GT = regex(r"(?i)(?:\[\d+\])?(?P<name>.+?)[.:](?:GT|DS|GENO)")
_PERSONAL = regex(
    r"(?=.*\d)[\w.:#-]{2,64}"
    r"|(?i:(?:sample|patient|subject|person|individual|donor|proband|mother|father|child|sib(?:ling)?|twin)[ _.-]?\w{0,16})"
)
_FEW, _MANY = 2, 8  # columns of numbers named as people are, and of any other name
_LONG = 5  # characters of a name by which carriers, of whom the numbers are 0 and 1 alone, are told from cell types
_PERSONS = 5  # columns that differ at all variants, as people do at few
_PEOPLE = 1 << 16  # columns whose cells are looked at


def recognise(grid: Grid) -> Kind | None:
    """Return what the table is when its rows are variants and its columns people."""
    if not grid.rows:
        return None
    grid = genoassigned.plain(grid)
    site, rest = _site(grid)
    if not site:
        return None
    columns = [at for at in range(min(grid.width, _PEOPLE)) if at not in rest and not _annotates(grid, at)]
    styles: dict[str, list[int]] = {}
    for at in columns:
        if cells := grid.column(at):
            styles.setdefault(style(cells), []).append(at)
    for kind in ("calls", "letters", "words", "triple", "counts", "dosages", "base"):
        found = _people(grid, kind, styles.get(kind, []), styles)
        if found:
            variants = _distinct(grid, site)
            if len(found) == 1 and kind in {"letters", "words"} and variants * 10 < 9 * grid.count():
                return None  # all genotypes that a variant can have, with what they mean: about nobody
            return Kind(
                what=what(variants),
                format="by-variant",
                people=len(found),
                variants=variants,
                names=genopeople.bytes_of(_name(grid.header[at]) for at in found),
            )
    return None


def _annotates(grid: Grid, at: int) -> bool:
    """Tell whether a column says something of the variant: by its name, or because it counts, as `#Calls` of a locus report."""
    header, name = grid.header[at], grid.plain[at]
    if grid.format in _NESTED and "." in header:
        steps = _steps(header)
        if any(map(str.isdigit, header.split("."))):  # an item of a list: of transcripts, of populations; or of calls
            return not any(map(_CALLED.fullmatch, steps))
        name = _SIGNS.sub("", steps[-1]).lower()
    return name in _ANNOTATION or _COUNTED.fullmatch(header) is not None


def _steps(name: str) -> list[str]:
    """Return the keys of a path into nested records, without the numbers of items; the whole name where nothing else is in it."""
    return [step for step in name.split(".") if step and not step.isdigit()] or [name]


def _is_personal(grid: Grid, at: int) -> bool:
    """Tell whether a column is called as people are."""
    name = grid.header[at] if grid.format not in _NESTED else ".".join(_steps(grid.header[at]))
    return _PERSONAL.fullmatch(name) is not None


def _site(grid: Grid) -> tuple[Site, set[int]]:
    """Return the columns that say which variant a row is of, and all that are no people's."""
    width = min(grid.width, 64)
    ids = [at for at in range(width) if grid.mostly(at, is_variant, 0.8)]
    rest = set(ids)
    if len(ids) * 2 > grid.width and grid.width > 2:
        return (), rest  # pairs of variants
    chromosome = next((at for at in range(width) if grid.plain[at] in _CHROMOSOMES), None)
    position = next((at for at in range(width) if grid.plain[at] in _POSITIONS), None)
    if chromosome is None and position is None and not any(grid.plain):
        for at in range(min(4, width - 1)):
            if _is_site(grid, at):
                chromosome, position = at, at + 1
                break
    if chromosome is not None and position is not None:
        rest |= {chromosome, position}
        after = [at for at in range(position + 1, min(position + 5, grid.width)) if grid.share(at, _BASES) > 0.95]
        if not any(grid.header):
            rest.update(after[:3] if ids else after[:2])
        if not ids and (
            not grid.mostly(chromosome, _CHROMOSOME.fullmatch, 0.8) or not grid.mostly(position, _POSITION.fullmatch, 0.8)
        ):
            return (), rest
    if ids:
        return (ids[0],), rest
    return ((chromosome, position) if chromosome is not None and position is not None else ()), rest


def _is_site(grid: Grid, at: int) -> bool:
    return (
        grid.mostly(at, _CHROMOSOME.fullmatch, 1)
        and grid.mostly(at + 1, _POSITION.fullmatch, 1)
        and len(set(grid.column(at + 1))) * 2 > len(grid.rows)
    )


def _people(  # noqa: PLR0911 - one a style
    grid: Grid, kind: str, columns: Sequence[int], styles: dict[str, list[int]]
) -> list[int]:
    """Return which columns of a style are of people."""
    columns = [at for at in columns if genopeople.plain(_name(grid.header[at])) not in genopeople.POPULATIONS]
    if not columns:
        return []
    cells = [each for at in columns[:64] for each in grid.column(at)]
    told = any(_CALLED.fullmatch(grid.header[at]) for at in columns)
    if kind in {"calls", "letters", "words"} and _is_book(grid, columns):
        return []
    if kind == "calls":
        return list(columns) if sum(map(called, cells)) * 4 >= len(cells) else []
    if kind == "letters":
        return list(columns) if mixed(cells) else []
    if kind in {"words", "triple"}:
        return list(columns) if told or len(columns) > 1 else []
    if kind == "base":
        return _bases(grid, columns)
    people = [at for at in columns if _is_personal(grid, at)]
    if kind == "dosages":
        every = [*columns, *styles.get("counts", ())]
        enough = told or len(people) > _FEW or (not any(grid.plain) and len(columns) >= _MANY)
        values = [each for at in every[:64] for each in grid.column(at)]
        drawn = genopeople.numbered([_name(grid.header[at]) for at in every]) and even(values)
        return sorted(every) if drawn or (enough and dosages(values)) else []
    first = {each[:1] for each in cells}
    three = "2" in first and "1" in first
    if three and (told or len(people) >= _FEW or len(columns) >= _MANY):
        return list(columns)
    people = [at for at in people if len(grid.header[at]) >= _LONG]
    return people if "1" in first and "0" in first and len(people) >= _MANY and len(people) == len(columns) else []


def _is_book(grid: Grid, columns: Sequence[int]) -> bool:
    """Tell whether columns are the two or three genotypes of a variant, in a row of what is said of each, and no people's."""
    if not 1 < len(columns) < _PERSONS or any(_is_personal(grid, at) for at in columns if grid.format not in _NESTED):
        return False
    rows = [[row[at].strip() for at in columns if at < len(row)] for row in grid.rows]
    return sum(1 for row in rows if len(set(row)) == len(columns)) * 10 >= 9 * len(rows)


def _bases(grid: Grid, columns: Sequence[int]) -> list[int]:
    """Return columns of single letters: those of a person, one or two each, are not all different from each other."""
    named = [at for at in columns if _is_personal(grid, at)]
    if len(named) < 2:
        return []
    rows = [[row[at].strip() for at in named if at < len(row)] for row in grid.rows]
    alike = sum(1 for row in rows if len(set(row)) == 1)
    return named if len(named) > 3 or len(rows) // 10 <= alike < len(rows) else []


def _distinct(grid: Grid, site: Site) -> int:
    """Return how many variants there are."""
    if len(site) == 1:
        return len(grid.distinct(site[0]))
    seen: set[tuple[str, ...]] = set()
    for block in grid.table.source.blocks():
        seen.update(tuple(row[at] for at in site if at < len(row)) for row in block)
        if len(seen) > 1 << 20:
            break
    return len(seen)


def _name(header: str) -> str:
    """Return the name of a person without the field that a column shows: ``[5]AB12:GT``, ``AB12.GT``."""
    found = _GT.fullmatch(header)
    return found["name"] if found else header
