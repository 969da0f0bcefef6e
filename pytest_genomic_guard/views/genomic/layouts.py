"""Where a table about variants has chromosome, position, frequency and how many people it is of; and its rows by that."""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import variantwords as words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

    # Group of people, chromosome, position, frequency of an allele, people (0: the row does not tell), and whether one chromosome
    # of all has the allele.
    Site = tuple[str, str, int | None, float | None, int, bool]

# Chromosome and position in a variant's own name: chr1:12345:A:G, 1:12345, 1_12345_A_G_b38, 1-12345-A-G. Without alleles two
# numbers are a place only with a colon between them, and a position of four digits or the prefix of a chromosome.
PLACE = regex(
    r"(?:chr)?(\d{1,2}|[XYM]|MT)[:_-](\d{1,10})[:_/-][ACGTDIN<>*]{1,400}(?:[:_/-].{0,400})?|chr(\d{1,2}|[XYM]|MT)[:_-](\d{1,10})"
    r"|(\d{1,2}|[XYM]|MT):(\d{4,10})",
    re.IGNORECASE,
)
ROWS = 1 << 22  # rows of one table that are counted
_STRATA = 64  # groups of people that are told apart in one table


class Group(Record):
    """Where a group's figures stand. Columns counted from 0."""

    name: str = ""
    rate: int | None = None  # a frequency, or several with commas
    count: int | None = None  # alleles of one kind
    alleles: int | None = None  # chromosomes counted
    people: tuple[int, ...] = ()  # people counted, to be added
    counted: tuple[int, ...] = ()  # people by genotype: homozygotes, heterozygotes, homozygotes, and haploid ones after them
    triple: int | None = None  # the same three in one cell, with slashes


class Layout(Record):
    """Where a table has what."""

    chromosome: int | None
    position: int | None
    name: int | None
    groups: tuple[Group, ...]
    stratum: int | None = None  # a column that names groups of people, each with rows of its own

    @property
    def told(self) -> bool:
        """Tell whether the table says of how many people it is."""
        return any(group.alleles is not None or group.people or group.counted or group.triple is not None for group in self.groups)


def number(cell: str) -> float | None:
    """Return a cell's number; None for what is none, or not finite."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if value - value == 0 else None


def find(grid: Grid, *, statistics: bool) -> Layout:
    """Return where a table has what; in one of `statistics`, counted observations are people and not chromosomes."""
    position = grid.find("bp", *sorted(words.POSITION - {"bp", "start", "genpos"}), "genpos", "start")
    return Layout(
        chromosome=grid.find(*words.CHROMOSOME),
        position=position,
        name=_name(grid),
        groups=tuple(_groups(grid, statistics=statistics)),
        stratum=grid.find("clst"),
    )


def _name(grid: Grid) -> int | None:
    """Return the column of variants' names, best one in which they say where they are."""
    found = grid.among(words.IDENTIFIER)
    return next((at for at in found if grid.mostly(at, PLACE.fullmatch, 0.5)), found[0] if found else None)


def _groups(grid: Grid, *, statistics: bool) -> Iterator[Group]:
    """Yield the groups of people whose figures a table has, all together first."""
    if (case := grid.find("mafa")) is not None and (control := grid.find("mafu")) is not None:  # PLINK .frq.cc
        yield Group(name="a", rate=case, alleles=grid.find("nchrobsa"))
        yield Group(name="u", rate=control, alleles=grid.find("nchrobsu"))
        return
    people = grid.find(*words.PEOPLE)
    both = (grid.find(*words.CASES), grid.find(*words.CONTROLS))
    observed = grid.find("obsct")
    counted = tuple(grid.among(words.COUNTED))
    haploid = tuple(grid.among({"chapa1", "chapa2", "haprefct", "hapaltcts"}))
    alleles = grid.find(*words.ALLELES)
    own = (people,) if people is not None else tuple(at for at in both if at is not None)
    if observed is not None and statistics:
        own = (observed,)
    elif observed is not None and alleles is None:
        alleles = observed
    if not own and "zscore" in grid.plain and (weight := grid.find("weight")) is not None:  # METAL: the number of people
        own = (weight,)
    yield Group(
        rate=grid.find(*words.FREQUENCY),
        count=grid.find(*words.COUNT),
        alleles=alleles,
        people=own,
        counted=(counted[:3] + haploid) if len(counted) >= 3 else (),
        triple=grid.find("geno", "obshom1hethom2"),
    )
    rates = {words.rate_of(name): at for at, name in enumerate(grid.header)}
    for at, name in enumerate(grid.header[:1000]):
        if (group := words.alleles_of(name)) and group in rates:
            yield Group(name=group, rate=rates[group], alleles=at)


def sites(blocks: Iterable[Sequence[Sequence[str]]], layout: Layout) -> Iterator[Site]:
    """Yield the variants of rows, of each group of people whose figures a row has."""
    left, strata = ROWS, {""}
    for block in blocks:
        for row in block:
            try:
                name, position = _place(row, layout)
                stratum = row[layout.stratum].strip() if layout.stratum is not None else ""
                if stratum not in strata:
                    if len(strata) >= _STRATA:
                        continue
                    strata.add(stratum)
                for group in layout.groups:
                    yield _site(row, group, stratum, name, position)
            except IndexError:
                continue  # a row that ends too early
        left -= len(block)
        if left <= 0:
            return


def _place(row: Sequence[str], layout: Layout) -> tuple[str, int | None]:
    """Return chromosome and position of a row, from its variant's name where it has no columns for them."""
    name = row[layout.chromosome] if layout.chromosome is not None else ""
    if layout.position is not None:
        position = row[layout.position].strip()
        if position.isdecimal() and len(position) <= 12:
            return name, int(position)
    found = PLACE.match(row[layout.name]) if layout.name is not None else None
    if not found:
        return name, None
    return name or found[1] or found[3] or found[5], int(found[2] or found[4] or found[6])


def _site(row: Sequence[str], group: Group, stratum: str, name: str, position: int | None) -> Site:
    rate = _rate(row[group.rate]) if group.rate is not None else None
    alleles = (number(row[group.alleles]) or 0.0) if group.alleles is not None else 0.0
    people = sum(number(row[at]) or 0 for at in group.people) if group.people else alleles / 2
    count = number(row[group.count].partition(",")[0]) if group.count is not None else None
    if group.counted or group.triple is not None:
        counts = _counts(row, group)
        people = people or sum(counts)
        if rate is None and len(counts) >= 3 and (genotypes := sum(counts[:3])):
            rate = (counts[0] * 2 + counts[1]) / (2 * genotypes)
    total = alleles or 2 * people
    if rate is None and count is not None and total:
        rate = count / total
    single = False
    if total and (count is not None or rate is not None):
        seen = count if count is not None else (rate or 0) * total
        single = 0.5 < seen < 1.5 or 0.5 < total - seen < 1.5
    return stratum or group.name, name, position, rate, round(people), single


def _counts(row: Sequence[str], group: Group) -> list[float]:
    if group.triple is not None:
        return [number(part) or 0 for part in row[group.triple].split("/")[:3]]
    return [number(row[at]) or 0 for at in group.counted]


def _rate(cell: str) -> float | None:
    """Return a frequency; of several alleles, the one nearest to a half; of a cell such as `A:0.9`, what follows the colon."""
    if (rate := number(cell)) is not None:
        return rate if 0 <= rate <= 1 else None
    if "," not in cell and ":" not in cell:
        return None
    found = [rate for part in cell.split(",")[:64] if (rate := number(part.rpartition(":")[2])) is not None]
    return min((rate for rate in found if 0 <= rate <= 1), key=lambda rate: abs(rate - 0.5), default=None)
