"""Tables with a row for each person, known by the names of their columns: scores, components, groups, quality, pedigrees."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.personwords import CUT, EXAMPLE, PEOPLE, is_cut, is_example, is_id, of_people, summarises

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.kinds import Kind

# What is reported as a warning: it is of people, but does not name them, or may well be of something else.
WEAK = frozenset(
    {
        EXAMPLE,
        CUT,
        "similarity between samples, without names",
        "ancestry proportions of samples, without names",
        "quality of sequenced samples",
        "components of samples",
        "cells of donors, under names that say little",
        "genealogy",
        "clinical tables by person",
        "fields of UK Biobank, without ids",
    }
)
_COMPONENT = regex(r"(?:pc|geneticpc|gpc|pca|eigenvec|evec|ukbpc)0?([1-9]|[1-4]\d)(?:avg)?")
_COMPONENT_SHAPE = regex(_COMPONENT.pattern.replace("0?", r"\d?"))  # see `headings`
_SCORE = regex(r"(?:\w*[a-z0-9])?(?:prs|pgs|grs)|(?:prs|pgs|grs)(?:\w*)|\w*polygenic\w*|\w*geneticriskscore\w*|inregression")
_SCORE_NOT = regex(r"(?:pgs|prs|grs)(?:id|name|nsnps|count|method|model|weights?|version|catalog\w*|file|path|url)")
_GROUP = regex(
    r"(?:\w*mt)?\w*haplogroup|superpop(?:ulation)?|superpopulationcode|geneticancestry|inferredancestry|froh|ychromhaplogroup"
)
_QUALITY = regex(
    r"callrate|samplecallrate|fmiss|missingrate|hetrate|heterozygosityrate|genotypingarray|genotypingbatch|fhat[123]|geneticsex"
)
_ANCESTRY = regex(
    r"(?:p|prob|q|prop|pop)?(?:afr|eur|eas|sas|amr|mid|oce|csa|african|european|eastasian|southasian)(?:prop|prob|ancestry)?"
)
_FATHER = frozenset(
    [
        "father",
        "fatherid",
        "paternalid",
        "pat",
        "paternal",
        "dad",
        "dadid",
        "fid_father",
        "fatherindividualid",
        "paternalindividualid",
        "pid",
    ]
)
_MOTHER = frozenset(
    ["mother", "motherid", "maternalid", "mat", "maternal", "mom", "momid", "motherindividualid", "maternalindividualid", "mid"]
)
_PEDIGREE = frozenset(
    ["sex", "gender", "affected", "affection", "status", "phenotype", "affectionstatus", "aff", "avail", "proband"]
)
_POPULATION = frozenset(["pop", "population", "populationcode", "ethnicity", "ancestry"])
_SEX = frozenset(["sex", "gender"])


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    if not grid.rows or len(grid.header) < 2:
        return None
    number = next(iter(grid.among(PEOPLE)), None)
    if number is None:
        number = grid.find("id", "ind", "name")
        if number is None or not _pedigree(grid):
            return _unnamed(grid) if number is None else None
    cells = grid.column(number)
    if not cells or summarises(grid.rows, grid.header):
        return None
    if _pedigree(grid):
        return _told(grid, number, "a pedigree")
    counted = grid.plain[number] == "sample" and all(cell.isdigit() and len(cell) < _SHORT for cell in cells)
    if counted or sum(map(is_id, cells)) * 2 < len(cells):
        return None
    found = _format(grid, number)
    return _told(grid, number, found) if found else None


def _format(grid: Grid, number: int) -> str:
    """Return what the table says of each person."""
    names = grid.known  # that of the ids is none of those that are asked for
    components = {
        found[1] for name in _numeric(grid, number, _COMPONENT, _COMPONENT_SHAPE) if (found := _COMPONENT.fullmatch(name))
    }
    named = grid.plain[number] not in {"sample", "sampleid", "samplename", "sampleids"}
    if any(not _SCORE_NOT.fullmatch(name) for name in _numeric(grid, number, _SCORE)):
        return "one row per person, with polygenic scores"
    if any(at != number for at in grid.called(_GROUP.fullmatch)):
        return "one row per person, with the group that the genome tells"
    if any(at != number for at in grid.called(_QUALITY.fullmatch)):
        return "one row per person, with quality of genotypes"
    if len(components) > 1:  # a handful of samples of anything has two or three
        rich = named or len(components) > 3 or _POPULATION.union(_SEX, {"pheno", "phenotype"}).intersection(names)
        return "one row per person, with principal components" if rich else "components of samples"
    grouped = bool(_POPULATION.intersection(names) and _SEX.intersection(names))
    if grouped or len(_numeric(grid, number, _ANCESTRY)) > 1:
        return "one row per person, with sex and population" if grouped else "one row per person, with ancestry proportions"
    return "quality of sequenced samples" if "freemix" in names else ""


def _numeric(grid: Grid, number: int, pattern: re.Pattern[str], loose: re.Pattern[str] | None = None) -> list[str]:
    """Return the names of columns of numbers, but for that of ids, which a pattern matches."""
    return [grid.plain[at] for at in grid.called(pattern.fullmatch, loose) if at != number and _numbers(grid, at)]


def _numbers(grid: Grid, number: int) -> bool:
    return grid.mostly(number, _NUMBER.fullmatch, 0.8) if grid.column(number) else False


_SHORT = 5  # digits of a number of samples, and no id of one
_NUMBER = regex(r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?")


def _pedigree(grid: Grid) -> bool:
    """Tell whether the columns name both parents, and what a pedigree says of a person besides."""
    plain = grid.known
    return bool(_FATHER & plain and _MOTHER & plain and _PEDIGREE & plain and not {"sire", "dam", "breed", "animal"} & plain)


def _unnamed(grid: Grid) -> Kind | None:
    """Return a table whose column of ids has another name, as verifyBamID's, or a local ancestry by haplotype."""
    if "freemix" in grid.known and grid.plain[0] == "seqid":
        return _told(grid, 0, "quality of sequenced samples")
    if grid.plain[0] in {"chm", "chromosome", "chrom"} and {"spos", "epos"} <= grid.known:
        names = tuple({name.rpartition(".")[0].encode(): None for name in grid.header if name.endswith((".0", ".1"))})
        return _told(grid, None, "local ancestry of people", names) if names else None
    haplotypes = tuple({grid.header[at].partition(":::")[0].encode(): None for at in grid.headed(lambda name: ":::hap" in name)})
    return _told(grid, None, "local ancestry of people", haplotypes) if haplotypes else None


def _told(grid: Grid, number: int | None, format: str, names: tuple[bytes, ...] = ()) -> Kind:  # noqa: A002 - the field of a kind
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module in turn

    names = of_people(names if number is None else grid.distinct(number))
    if number is not None and is_cut(grid.column(number)):
        return Kind(what="per-person", format=CUT, row=0)
    format = EXAMPLE if is_example(names) else format  # noqa: A001 - as above
    return Kind(what="per-person", format=format, people=len(names), names=names, row=0)
