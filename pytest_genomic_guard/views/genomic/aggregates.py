"""Tables about variants, and about nobody in particular: frequencies, summary statistics, linkage, weights, annotation.

Recognising them has two uses: what frequencies give away is computed from them, and no other recogniser takes their rows for
people. A table with a column that names people, or whose cells are genotypes, is never one of these.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import layouts
from pytest_genomic_guard.views.genomic import variantwords as words
from pytest_genomic_guard.views.genomic.kinds import Kind
from pytest_genomic_guard.views.genomic.layouts import PLACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.layouts import Layout
    from pytest_genomic_guard.views.tables import DataTable
    from pytest_genomic_guard.views.tables.table import Row

VARIANT = regex(r"(?:rs|ss|AX-|Affx-|exm|kgp|JHU_|SNP_A-|esv|nsv)\d{2,14}(?:[-_:;].{1,40})?|" + PLACE.pattern, re.IGNORECASE)
_CHROMOSOME = regex(r"(?:chr)?(?:\d{1,2}|[XYM]|MT|XY|PAR[12])(?:_.{1,40})?|NC_\d{6}\.\d{1,2}|CM\d{6}\.\d", re.IGNORECASE)
_WHOLE = regex(r"\d{1,12}")
_ALLELE = regex(r"[ACGTNDIRacgtn*.<>,\[\]:0-9-]{1,400}|<[\w:]{1,40}>")
_BASES = regex(r"[ACGTN]{1,400}(?:,[ACGTN*]{1,400})*|[ID*.0<>-]|<[\w:]{1,40}>", re.IGNORECASE)
# Calls as they stand in a cell, and numbers that calls are coded as.
_CALL = regex(r"[ACGTDI-]{2}|[ACGTDI0-]{1,20}[/| ][ACGTDI0-]{1,20}|[\d.]{1,2}[/|][\d.]{1,2}(?::\S{0,200})?|[ABN]{2}")
_CODED = regex(r"[012](?:\.0)?|-9")
_DOSAGE = regex(r"[01]\.\d{1,9}|2(?:\.0{1,9})?")
_ABOVE = regex(r"1\.\d{0,8}[1-9]\d{0,8}|2(?:\.0{1,9})?")
_PANEL = frozenset(
    (
        "alleles",
        "observed",
        "allele",
        "refalt",
        "a1a2",
        "variant",
        "geno",
        "strand",
        "chrom",
        "chr",
        "tested",
        "aminoacids",
        "codons",
    )
)
_STATISTICS_WORD = regex(r"(?:^|_)(?:p|pval|pvalue|beta|se|or|z|fdr|logp|log10p|effect|odds|tstat|chisq|stat)(?:_|$)")
_FEW = 8  # columns that are looked at first
_NARROW = 40  # columns, each of which may hold variants
_LD = frozenset(("r2", "r", "unphasedr2", "phasedr2", "unphasedr", "phasedr", "dprime", "dp", "ldr2", "rsq", "rsquared", "d"))

_last: tuple[DataTable, Layout, Sequence[Row]] | None = (
    None  # of the table that was recognised last, for the checks that then look at it
)


def layout(table: DataTable) -> tuple[Layout, Sequence[Row]] | None:
    """Return where frequencies or statistics stand in a table, and a sample of its rows; None unless it is the last recognised."""
    return _last[1:] if _last is not None and _last[0] is table else None


def recognise(grid: Grid) -> Kind | None:
    """Return what a table about variants is, or one about genes and no people."""
    if not grid.header or not grid.known.isdisjoint(words.PERSON):
        return None
    if linked := _linkage(grid):
        return linked
    if not any(grid.plain) or _unnamed(grid):
        return _headless(grid)
    if not _variants(grid):
        return _genes(grid)
    return _by_variant(grid)


def _by_variant(grid: Grid) -> Kind | None:
    """Return what a table with a row for each variant is."""
    global _last  # noqa: PLW0603 - see above
    effect = sum(plain in words.EFFECT for plain in grid.plain)
    chance = sum(plain in words.PROBABILITY for plain in grid.plain)
    if not effect or not chance:
        named = [name for name in grid.header if _STATISTICS_WORD.search(name.lower().replace(".", "_"))]
        effect, chance = (effect, chance) if len(named) < 2 else (1, 1)
    rate = any(words.rate_of(name) is not None for name in grid.header) or grid.find(*words.FREQUENCY) is not None
    counted = sum(plain in words.COUNTED for plain in grid.plain) >= 3
    alleles = grid.find(*words.ALLELES, *words.COUNT, "obsct", "geno", "obshom1hethom2") is not None
    weighed = grid.find(*words.WEIGHT) is not None and "zscore" not in grid.plain
    missing = grid.find("fmiss", "missingct", "nmissing") is not None
    scored = grid.find("z", "zscore", "tstat") is not None and grid.find(*words.PEOPLE) is not None  # LDSC
    statistics = bool((effect and chance) or effect >= 2 or scored)
    what = "reference" if weighed or (missing and not rate and not counted) else "statistics" if statistics else "frequencies"
    found = layouts.find(grid, statistics=statistics)
    certain = statistics or weighed or counted or (rate and (alleles or found.told)) or (alleles and _place(grid))
    doubtful = _doubtful(grid, found)
    annotated = any(plain in words.ANNOTATION for plain in grid.plain)
    if doubtful > (2 if certain or annotated else 0):
        return None
    if not (certain or rate or alleles):
        what = "reference"
    if what == "reference":
        return Kind(what="reference", format="polygenic score weights" if weighed else "table of variants")
    _last = (grid.table, found, grid.rows)
    return Kind(what="statistics" if statistics else "frequencies", format=_format(grid, statistics=statistics))


def _format(grid: Grid, *, statistics: bool) -> str:
    if statistics:
        return "summary statistics"
    return (
        "genotype counts" if grid.find(*words.FREQUENCY) is None and grid.find(*words.COUNTED) is not None else "allele frequencies"
    )


def _place(grid: Grid) -> bool:
    """Tell whether columns say where a variant is."""
    chromosome, position = grid.find(*words.CHROMOSOME), grid.find(*words.POSITION)
    named = chromosome is not None and position is not None
    return named and grid.mostly(chromosome or 0, _CHROMOSOME.fullmatch, 0.8) and grid.mostly(position or 0, _WHOLE.fullmatch, 0.8)


def _variants(grid: Grid) -> bool:
    """Tell whether each row is about a variant: it is named, or has a place and alleles."""
    alleles = [at for at in grid.among(words.ALLELE) if grid.mostly(at, _BASES.fullmatch, 0.8)]
    narrow = len(grid.plain) <= _NARROW
    for at in range(grid.width) if narrow else grid.among(words.IDENTIFIER | {""}):
        plain = grid.plain[at]
        likely = grid.share(at, VARIANT) if plain in words.IDENTIFIER or not plain or narrow else 0
        if likely >= 0.5 and not _CODED.fullmatch(next(iter(grid.column(at)), "")):
            return True
        if plain in words.CERTAIN and (alleles or grid.find(*words.CHROMOSOME) is not None) and grid.column(at):
            return True
    return bool(alleles) and (
        _place(grid) or (grid.find(*words.CHROMOSOME) is not None and grid.find(*words.IDENTIFIER) is not None)
    )


def _doubtful(grid: Grid, found: Layout) -> int:
    """Return how many columns may be somebody's genotypes: calls, or what calls are coded as, under a name that is none of ours."""
    known = {at for group in found.groups for at in (group.rate, group.count, group.alleles, *group.people, *group.counted)}
    number = 0
    for at, plain in enumerate(grid.plain):
        if at in known or plain in _PANEL or plain in words.ALLELE or plain in words.EFFECT or plain in words.PROBABILITY:
            continue
        if at in (found.chromosome, found.position, found.name) or words.rate_of(grid.header[at]) is not None:
            continue
        calls = grid.mostly(at, _CALL.fullmatch, 0.8)
        coded = grid.mostly(at, _CODED.fullmatch, 0.95) and len(set(grid.column(at))) > 1
        number += (
            calls or coded or (grid.mostly(at, _DOSAGE.fullmatch, 0.95) and any(_ABOVE.fullmatch(cell) for cell in grid.column(at)))
        )
    return number


def _linkage(grid: Grid) -> Kind | None:
    """Return linkage disequilibrium: by pairs of variants, or as a square matrix with variants on both sides."""
    names = grid.known
    pairs = (
        ("snpa", "snpb"),
        ("ida", "idb"),
        ("variant1", "variant2"),
        ("snp1", "snp2"),
        ("bpa", "bpb"),
        ("pos1", "pos2"),
        ("l1", "l2"),
    )
    if names & _LD and any(names.issuperset(pair) for pair in pairs):
        return Kind(what="ld", format="linkage between pairs of variants")
    if sum(1 for name in grid.header[:_FEW] if not VARIANT.fullmatch(name[:400])) > 1:
        return None  # all but one are variants
    own = [name for name in grid.header if VARIANT.fullmatch(name[:400])]
    square = len(own) >= 5 and len(own) >= len(grid.header) - 1 and _unit(grid, len(grid.header) - len(own))
    return Kind(what="ld", format="matrix of linkage", variants=len(own)) if square else None


def _unit(grid: Grid, first: int) -> bool:
    """Tell whether the first rows are those of a symmetric matrix of correlations: 1 on the diagonal, within -1 and 1 beside it."""
    rows: list[Sequence[float | None]] = [[layouts.number(cell.strip()) for cell in row[first:]] for row in grid.rows[:16]]
    for at, row in enumerate(rows):
        values = [value for value in row if value is not None]
        if at >= len(row) or row[at] is None or abs((row[at] or 0) - 1) > 0.01 or any(abs(value) > 1.001 for value in values):
            return False
    return len(rows) >= 3 and any(0 < abs(value) < 1 for row in rows for value in row if value is not None)


def _unnamed(grid: Grid) -> bool:
    """Tell whether the names of columns are a row of data: of a variant, in files without a header."""
    return sum(bool(VARIANT.fullmatch(name[:400]) or _WHOLE.fullmatch(name) or not name) for name in grid.header) * 2 > len(
        grid.header
    )


def _headless(grid: Grid) -> Kind | None:
    """Return what a table without names of columns is: variants alone, or as .bim, .map and .legend have them."""
    if not grid.rows or grid.width > 12:
        return None
    named = [at for at in range(grid.width) if grid.mostly(at, VARIANT.fullmatch, 0.9)]
    if grid.width == 1:
        return Kind(what="reference", format="list of variants") if named else None
    bases = [
        at
        for at in range(grid.width)
        if grid.mostly(at, _BASES.fullmatch, 0.95) and any(cell.isalpha() for cell in grid.column(at))
    ]
    places = [at for at in range(grid.width) if grid.mostly(at, _CHROMOSOME.fullmatch, 0.95)]
    numbers = [at for at in range(grid.width) if grid.mostly(at, _WHOLE.fullmatch, 0.95)]
    pair = any(second == first + 1 for first, second in pairwise(bases))
    if len(bases) > 2 or any(grid.mostly(at, _CALL.fullmatch, 0.5) for at in range(grid.width) if at not in bases):
        return None
    if places and places[0] == 0 and pair and (named or len(numbers) >= 2) and _differ(grid, bases[0]):
        return Kind(what="reference", format="table of variants")
    if places and places[0] == 0 and named == [1] and grid.width in {3, 4} and not bases:
        return Kind(what="reference", format="table of variants")
    return None


def _differ(grid: Grid, first: int) -> bool:
    """Tell whether two neighbouring columns of alleles always differ, as reference and alternate do and a person's two do not."""
    pairs = [(row[first].strip().upper(), row[first + 1].strip().upper()) for row in grid.rows if len(row) > first + 1]
    return bool(pairs) and sum(one == other for one, other in pairs) * 50 <= len(pairs)


def _genes(grid: Grid) -> Kind | None:
    """Return a table of tests by gene, probe or pathway: differential expression, methylation or enrichment."""
    tested = len(grid.among(words.TESTED))
    first = grid.plain[0] in words.GENE or not grid.plain[0] or not grid.known.isdisjoint(words.GENE)
    if first and tested >= 2 and tested * 3 >= len(grid.plain) - 1:
        return Kind(what="reference", format="tests by gene or probe")
    return None
