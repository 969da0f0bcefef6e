"""HLA and STR typing: alleles at the loci of the immune system, and lengths at those of forensic genetics.

Sources: IPD-IMGT/HLA nomenclature (gene, asterisk, fields between colons); the loci of the CODIS core set, the European Standard
Set and Y-STR kits. A table of how often alleles occur in a population is about nobody in particular.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import genopeople
from pytest_genomic_guard.views.genomic.kinds import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

ALLELE = Rule(
    name="hla-allele",
    anchors=tuple(gene + b"*" for gene in (b"A", b"B", b"C", b"E", b"F", b"G", b"1", b"2", b"3", b"4", b"5")),
    pattern=rb"[A-G1-5]\*\d{2,3}(?::\d{2,4}|(?=[\s,\"';|]))",
)
LOCUS = Rule(
    name="str-locus",
    anchors=(
        *(b"D%dS" % number for number in (1, 2, 3, 5, 7, 8, 10, 12, 13, 16, 18, 19, 21, 22)),
        *(b"DYS", b"TH01", b"TPOX", b"CSF1PO"),
    ),
    pattern=rb"(?<![A-Za-z0-9])(?:D\d{1,2}S\d{2,4}|DYS\d{3}|TH01|TPOX|CSF1PO)(?![0-9])",
)
LOCUS_NAME = Rule(
    name="hla-locus",
    anchors=(b"HLA", b"hla", b"DRB1", b"DQB1", b"DPB1"),
    pattern=rb"(?:(?i:HLA)[-_. ]?(?:A|B|C|D[RQP][AB]\d?)|D[RQP]B1(?:[-_. ]?[12ab]|(?=[\t,;])))(?![a-z])",
)
HINTS = (ALLELE, LOCUS, LOCUS_NAME)

_GENE = r"(?:hla)?(?:a|b|c|e|f|g|dr[ab][1-9]?|dq[ab]1?|dp[ab]1?|mica|micb)"
_HLA_COLUMN = regex(_GENE + r"(?:[012ab]|allele[12]?|[12]allele|type[12]?|typing)?")
_HLA_CERTAIN = regex(r"hla(?:a|b|c|d[rqp][ab]\d?)\w{0,10}|d[rqp][ab]1(?:[12ab]|allele[12]?)?")
_HLA_ALLELE = regex(
    r"(?:HLA-)?(?:[A-G]|D[RQP][AB]\d?|MIC[AB])\*\d{2,3}(?::\d{2,4}){0,3}[A-Z]?|\d{2,3}:\d{2,4}(?::\d{2,3}){0,2}[A-Z]?"
)
_GENE_ALLELE = regex(r"(?:HLA-)?(?:[A-G]|D[RQP][AB]\d?|MIC[AB])\*\d{2,3}(?::\d{2,4}){0,3}[A-Z]?")
_HLA_SHORT = regex(r"(?:HLA-)?[A-G]?(?:D[RQP][AB]?\d?)?\*?\d{2,4}(?::\d{2,4}){0,3}[A-Z]?(?:[,/+;] ?\S{1,24})?")
_STR_COLUMN = regex(
    r"(?:d\d{1,2}s\d{2,4}|dys\d{3}(?:i{1,2}|ab)?|th01|tpox|csf1po|fga|vwa|se33|pentad|pentae|amel|amelogenin|ygatah4|acth04)"
    r"(?:[12ab]|allele[12]?)?"
)
_STR_SHAPE = regex(_STR_COLUMN.pattern.replace("01", "11").replace("33", "11").replace("h4", "h1").replace("h04", "h11"))
_STR_ALLELE = regex(r"\d{1,2}(?:\.[1-3])?(?:[,/;| -]{1,2}\d{1,2}(?:\.[1-3])?){0,3}|[XY](?:[,/ ]{0,2}[XY])?")
_LOCUS = regex(r"(?:HLA-?)?(?:A|B|C|D[RQP][AB]\d?)|D\d{1,2}S\d{2,4}|DYS\d{3}\w{0,3}|TH01|TPOX|CSF1PO|FGA|vWA|VWA|SE33|Penta ?[DE]")
_SURE = regex(r"HLA-?\w{1,5}|D[RQP][AB]\d?")
_WHO = frozenset(
    {"individualid", "sample", "samplename", "samplefile", "sampleid", "id", "person", "donor", "patient", "iid", "profile", "name"}
)
_FREQUENCY = regex(r"\w{0,20}(?:freq\w*|count|total|proportion|percent\w*|samplesize|population\w*|pop)|n|2n|af|maf|carriers?")


def recognise(grid: Grid) -> Kind | None:
    """Return what a table of typed loci says: loci across and a person in each row, or a locus in each row."""
    if not grid.rows:
        return None
    return _across(grid) or _long(grid) or _headless(grid) or _down(grid)


def _headless(grid: Grid) -> Kind | None:
    """Judge a table without a line of names: an id of each person, then alleles with their genes, two or more."""
    alleles = [at for at in range(min(grid.width, 64)) if grid.mostly(at, _GENE_ALLELE.fullmatch, 0.8)]
    if len(alleles) < 2 or any(cell and not _GENE_ALLELE.fullmatch(cell) for cell in (grid.header[at] for at in alleles)):
        return None
    labels = next((at for at in range(grid.width) if at not in alleles and grid.column(at)), None)
    if labels is None or not genopeople.numbered(grid.column(labels)):
        return None
    names = tuple(dict.fromkeys((*([grid.header[labels].encode()] if grid.header[labels] else []), *grid.distinct(labels))))
    if len(names) * 2 <= len(grid.rows):
        return None
    loci = {cell.partition("*")[0] for at in alleles for cell in grid.column(at)}
    return Kind(what="typing", format="HLA typing", people=len(names), variants=len(loci), names=names)


def _long(grid: Grid) -> Kind | None:
    """Judge a table with a person and a locus in each row, and its alleles beside them."""
    at = next((at for at in range(min(6, grid.width)) if len(grid.column(at)) > 2 and grid.mostly(at, _LOCUS.fullmatch, 0.8)), None)
    if at is None or any(_FREQUENCY.fullmatch(name) for name in grid.plain if name):
        return None
    who = next((each for each in range(min(6, grid.width)) if each != at and grid.plain[each] in _WHO), None)
    alleles = [each for each in range(grid.width) if each not in {at, who} and "allele" in grid.plain[each]]
    if who is None or not alleles:
        return None
    names, found = grid.distinct(who), set(grid.column(at))
    if any(_SURE.fullmatch(each) for each in found) and all(grid.mostly(each, _HLA_SHORT.fullmatch, 0.8) for each in alleles):
        return Kind(what="typing", format="HLA typing", people=len(names), variants=len(found), names=tuple(names))
    if len(found) < 3 or not all(grid.mostly(each, _STR_ALLELE.fullmatch, 0.8) for each in alleles if grid.column(each)):
        return None
    return Kind(what="typing", format="STR typing", people=len(names), variants=len(found), names=tuple(names))


def _across(grid: Grid) -> Kind | None:
    """Judge a table whose columns are loci."""
    hla = grid.called(_HLA_COLUMN.fullmatch)
    hla = [at for at in hla if grid.mostly(at, _HLA_SHORT.fullmatch, 0.8) and _named(grid, hla)]
    lengths = grid.called(_STR_COLUMN.fullmatch, _STR_SHAPE)
    lengths = [at for at in lengths if grid.mostly(at, _STR_ALLELE.fullmatch, 0.8)]
    loci = hla if len(hla) >= 2 else lengths if len(lengths) >= 3 else []
    if not loci:
        return None
    if any(_FREQUENCY.fullmatch(name) for name in grid.plain if name):
        return Kind(what="reference", format="allele frequencies")
    format_ = "HLA typing" if loci is hla else "STR typing"
    labels = next((at for at in range(grid.width) if at not in loci and grid.column(at)), None)
    names = () if labels is None else grid.distinct(labels)
    return Kind(what="typing", format=format_, people=grid.count(), variants=len(loci), names=tuple(names))


def _named(grid: Grid, columns: list[int]) -> bool:
    """Tell whether the columns are HLA's beyond doubt: A, B and C alone could be anything, but not with alleles below them."""
    certain = any(_HLA_CERTAIN.fullmatch(grid.plain[at]) for at in columns)
    return certain or any(grid.mostly(at, _HLA_ALLELE.fullmatch, 0.8) for at in columns)


def _down(grid: Grid) -> Kind | None:
    """Judge a table with a locus in each row and alleles beside it: what typing programs write for one person."""
    for number in range(min(3, grid.width)):
        if len(grid.column(number)) < 2 or not grid.mostly(number, _LOCUS.fullmatch, 0.8):
            continue
        alleles = [at for at in range(grid.width) if at != number and grid.mostly(at, _HLA_ALLELE.fullmatch, 0.6)]
        if alleles and not any(_FREQUENCY.fullmatch(name) for name in grid.plain if name):
            loci = len(set(grid.column(number)))
            return Kind(what="typing", format="HLA typing", people=1 if grid.count() <= 40 else 0, variants=loci)
    return None
