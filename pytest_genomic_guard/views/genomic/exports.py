"""Whether rows are one person's genotypes, by the names of their columns or by their cells, and which traps they are not.

What has two letters for each variant can be a panel of reference and alternate alleles: they always differ, where a person has the
same one twice at most places. What lists a variant several times, with each of its genotypes, is a book of what they mean.
"""

from __future__ import annotations

import re
from collections import Counter

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.views.genomic.seen import Species

    Rows = Sequence[Sequence[str]]

_SIGNS = regex(r"[\W_]+")
_NAMED = """rsid rs rsids rsnumber snpid snp snpname marker markername markerid name id variant variantid variantname dbsnp dbsnpid
    locus dbsnprsid"""
_IDS = frozenset(_NAMED.split())
_CHROMOSOMES = frozenset({"chromosome", "chr", "chrom", "ch", "chromosomeid", "chromosomename"})
_POSITION = regex(
    r"(?:chr|chrom|chromosome|physical|base|bp|start|build\d\d|grch\d\d|hg\d\d)?(?:position|pos|bp|coordinate|location)\w*"
)
_CALLS = frozenset({"result", "results", "gt", "call", "calls", "yourcode", "geno", "alleles", "basecall", "basecalls", "genocall"})
_PAIRS = (("allele1", "allele2"), ("a1", "a2"), ("allelea", "alleleb"), ("firstallele", "secondallele"), ("alleleone", "alleletwo"))
_NOT_OURS = regex(  # of a variant, and of nobody
    r"risk|effect|ref|alt|normal|common|minor|major|ancestral|derived|wild|possible|expected|protective|freq|count|file|n?umber"
)
_SAMPLE = regex(r"(?:sample|subject|participant|patient|individual|person|donor)(?:id|name|no|number|s)?|iid|fid|eid|indid")
_RS = regex(r"(?:rs|i|ss|kgp|vg|exm|gsa-|ax-|seq-|ilmnseq)\d+\S{0,20}", re.IGNORECASE)
_STRICT = regex(r"rs\d{1,12}|i\d{4,9}")
_KEY = regex(r"(?:chr)?(?:\d{1,2}|X|Y|MT?)[:_]\d+\S*|[\w:.-]{2,60}")
_PLACE = regex(r"(?:chr)?(?:[1-9]|[1-3]\d|XY?|Y|MT?|PAR\d?|0)|--", re.IGNORECASE)
_NUMBER = regex(r"\d{1,10}(?:\.0)?")
_SIDE = regex(r"allele[12ab](?:plus|forward|top|strand)*$")
_JOINED = regex(r"([ACGTDIB0N?.-])[/|:; ]?([ACGTDIB0N?.-])?", re.IGNORECASE)
_PARTED = regex(r"([ACGT]{1,60}|[DI0N?.-])[/|:;]([ACGT]{1,60}|[DI0N?.-])", re.IGNORECASE)
_ALLELE = regex(r"[ACGT]{1,60}|[DIB0N?.-]{1,2}", re.IGNORECASE)
_CALLED = regex(r"[ACGTDIB]{1,60}", re.IGNORECASE)
_NOTHING = frozenset({"", "NA", "NC", "nan", "NaN", "None", "null", "./.", "."})
_HAPLOID = frozenset({"X", "Y", "M", "MT", "XY", "23", "24", "25", "26"})
_ROWS = 4000
_BARE = 5  # columns of rows without names
_PANEL = 0.9  # of variants at which both alleles differ, from which on they are no person's
_PANEL_ROWS = 4


class Judged(Record):
    """Rows that are one person's: how many variants, and at which row they begin."""

    variants: int
    row: int = 0
    species: Species = ""


class _Roles(Record):
    """Columns by what they hold; None: there is none."""

    name: int | None = None
    chromosome: int | None = None
    position: int | None = None
    calls: tuple[int, ...] = ()
    strong: bool = False  # the names say that it is a call


def names(line: bytes) -> list[str]:
    """Return the cells of one line."""
    return _split(line.decode("utf-8", "replace"))


def cells(lines: Iterable[bytes]) -> list[list[str]]:
    """Return the cells of the first lines of a text; a line of one cell, or of dots, is left out."""
    rows = [_split(line.decode("utf-8", "replace")) for _number, line in zip(range(_ROWS), lines, strict=False) if line.strip()]
    return [row for row in rows if len(row) > 1 and row[0] != "..." and row[-1] not in {"...", ".."}]


def _split(line: str) -> list[str]:
    line = line.replace('"', "").strip("\r\n")
    for sign in ("\t", ",", ";", "|"):
        if sign in line:
            cells = [cell.strip() for cell in (line.strip(" |") if sign == "|" else line).split(sign)]
            return cells if sign != "\t" or "  " not in line else [part for cell in cells for part in re.split(r"\s{2,}", cell)]
    return line.split()


def by_names(header: Sequence[str]) -> Judged | None:
    """Judge a table of which only the names of its columns can be read."""
    roles = _by_names(header)
    whole = roles and roles.name is not None and roles.chromosome is not None and roles.position is not None
    return Judged(variants=0) if roles and whole and roles.strong and len(header) <= 8 else None


def judged(header: list[str] | None, rows: Rows, *, provider: bool) -> Judged | None:
    """Tell whether rows are one person's. The first of them can name the columns."""
    if not header and len(rows) == 1 and len(rows[0]) > _BARE:
        return None  # names of columns without a row, or a row of too many cells to be told without names
    row = 0
    roles = _by_names(header) if header else None
    if roles is None and rows and not (header and _is_aggregate(header)):
        roles = _by_names(rows[0])
        row = 1 if roles else 0
        header = list(rows[0]) if roles else header
    body = _fitted(rows[row:], len(header) if header else 0)
    if not body:
        return None
    if roles is None or not roles.calls:
        roles = None if header and any(map(_is_sample, header)) else _by_cells(body)
    elif header and len(body[0]) > len(header):
        roles = _shifted(roles)
    if roles is None or (header and any(map(_is_sample, header))):
        return None
    if roles.name is None and (first := _by_cells(body, only_name=True)):
        roles = roles.replace(name=first.name)
    found = _counted(roles, body, provider=provider)
    return found.replace(row=row) if found else None


def _fitted(rows: Rows, width: int) -> list[Sequence[str]]:
    """Return the rows that have the usual number of cells; blanks that were written twice make no cell."""
    sizes = [len(row) for row in rows]
    if not sizes:
        return []
    usual = max(set(sizes), key=sizes.count)
    fits = [row for row in rows if len(row) == usual]
    if width and usual != width and usual != width + 1:
        return []
    if len(fits) < len(rows):
        fits += [short for row in rows if len(row) > usual and len(short := [cell for cell in row if cell]) == usual]
    return fits if len(fits) * 10 >= len(rows) * 8 else []


def _shifted(roles: _Roles) -> _Roles:
    """Return the columns where the rows have a number, or their name, before all that are named."""
    moved = {key: None if (at := getattr(roles, key)) is None else at + 1 for key in ("name", "chromosome", "position")}
    name = 0 if moved["name"] is None else moved["name"]
    return roles.replace(**{**moved, "name": name}, calls=tuple(at + 1 for at in roles.calls))


def _is_sample(name: str) -> bool:
    return _SAMPLE.fullmatch(_SIGNS.sub("", name).lower()) is not None


def _is_aggregate(header: Sequence[str]) -> bool:
    plain = {_SIGNS.sub("", name).lower() for name in header}
    return bool(plain & {"ref", "alt", "reference", "alternate", "effectallele", "otherallele", "minor", "major"})


def _by_names(header: Sequence[str]) -> _Roles | None:
    plain = [_SIGNS.sub("", name).lower() for name in header]
    calls = tuple(at for at, name in enumerate(plain) if _is_call(name))[:1]
    for pair in _PAIRS:
        if not calls and all(name in plain for name in pair):
            calls = plain.index(pair[0]), plain.index(pair[1])
    if not calls:
        sides = [at for at, name in enumerate(plain) if _SIDE.match(name)]
        if len(sides) < 2:
            return None
        calls = tuple(sides[:2])
    one = {key: _first(plain, names) for key, names in (("name", _IDS), ("chromosome", _CHROMOSOMES))}
    position = next((at for at, name in enumerate(plain) if _POSITION.fullmatch(name)), None)
    if one["name"] is None and (one["chromosome"] is None or position is None):
        return None
    return _Roles(**one, position=position, calls=calls, strong=plain[calls[0]] not in {"alleles", "a1"})


def _is_call(name: str) -> bool:
    return name in _CALLS or ("genotype" in name and not _NOT_OURS.search(name.replace("genotype", "")))


def _first(plain: Sequence[str], names: frozenset[str]) -> int | None:
    return next((at for at, name in enumerate(plain) if name in names), None)


def _by_cells(rows: Rows, *, only_name: bool = False) -> _Roles | None:
    """Return the columns of rows without names: a variant's id, a place or both, and one or two columns of alleles."""
    some = rows[:200]
    width = len(some[0])
    if not only_name and not 2 <= width <= _BARE:
        return None
    cells = [Counter(row[at] for row in some if row[at] not in _NOTHING) for at in range(min(width, 12))]
    if only_name:
        return None if (name := _best([_part(_STRICT, each) for each in cells], 0.6)) is None else _Roles(name=name)
    calls = tuple(at for at, each in enumerate(cells) if _mostly(_JOINED, each, 0.9) or (width > 2 and _mostly(_ALLELE, each, 0.9)))
    calls = tuple(at for at in calls if any(_CALLED.fullmatch(row[at][:1]) for row in some))
    if not calls or len(calls) > 2:
        return None  # as most tables: nothing else is looked for
    name = _best([_part(_STRICT, each) for each in cells], 0.6)
    taken = {name, *calls}
    place = next((at for at in range(width - 1) if at not in taken and _mostly(_PLACE, cells[at], 0.95)), None)
    position = next((at for at in range(width) if at not in {place, *taken} and _mostly(_NUMBER, cells[at], 0.95)), None)
    if name is None and (place is None or position is None):
        return None
    used = len({each for each in (name, place, position, *calls) if each is not None})
    if name is None and width - used == 1:  # an id of another form
        name = next(at for at in range(width) if at not in {place, position, *calls})
        used += 1
    return _Roles(name=name, chromosome=place, position=position, calls=calls) if used == width else None


def _share(pattern: re.Pattern[str], rows: Rows, at: int) -> float:
    return _part(pattern, Counter(row[at] for row in rows if row[at] not in _NOTHING))


def _part(pattern: re.Pattern[str], cells: Counter[str]) -> float:
    return sum(many for cell, many in cells.items() if pattern.fullmatch(cell)) / cells.total() if cells else 0.0


def _mostly(pattern: re.Pattern[str], cells: Counter[str], least: float) -> bool:
    """Tell whether `_part` is so much, which is more than 0; no cell is tried once too few can pass."""
    total = left = cells.total()
    for cell, many in cells.items():
        if not pattern.fullmatch(cell):
            left -= many
            if left / total < least:
                return False
    return total > 0


def _best(shares: Sequence[float], least: float) -> int | None:
    best = max(shares, default=0.0)
    return shares.index(best) if best >= least else None


def _counted(roles: _Roles, rows: Rows, *, provider: bool) -> Judged | None:
    """Count the variants with a call, and tell a person from a panel, a book and a list."""
    seen: set[str] = set()
    known = called = differ = single = odd = 0
    haploid = True
    for row in rows:
        alleles = _alleles([row[at] for at in roles.calls])
        if alleles is None:
            odd += 1
            continue
        place = row[roles.chromosome].upper().removeprefix("CHR") if roles.chromosome is not None else ""
        bases = [each for each in alleles if _CALLED.fullmatch(each)]
        if not bases:
            continue
        known += 1
        seen.add(_identity(roles, row))
        called += len(bases) == 2
        differ += len(bases) == 2 and bases[0].upper() != bases[1].upper()
        single += len(bases) == 1
        haploid = haploid and place in _HAPLOID
    if not known or odd * 10 > len(rows) or len(seen) * 10 < known * 7 or not _is_named(roles, rows):
        return None
    share = differ / called if called else 0.0
    sure = provider or (roles.strong and roles.name is not None)
    if called and (share > _PANEL if called >= _PANEL_ROWS else share == 1 and not sure):
        return None
    if single * 2 > known and not (haploid or provider):
        return None  # one letter for each variant is the reference's, or the one that a study counted
    if not sure and (known < _PANEL_ROWS or not (called or haploid) or (roles.name is None and not 0 < share < 0.7)):
        return None
    return Judged(variants=len(seen), species=_species(roles, rows))


def _alleles(calls: Sequence[str]) -> Sequence[str] | None:
    """Return one or two alleles of a call; none for a missing one; None for what is no call."""
    if all(cell in _NOTHING for cell in calls):
        return ()
    if len(calls) == 2:
        return calls if all(cell in _NOTHING or _ALLELE.fullmatch(cell) for cell in calls) else None
    found = _JOINED.fullmatch(calls[0]) or _PARTED.fullmatch(calls[0])
    return [each for each in found.groups() if each] if found else None


def _identity(roles: _Roles, row: Sequence[str]) -> str:
    if roles.name is not None and row[roles.name] not in _NOTHING:
        return row[roles.name]
    return "\t".join(row[at] for at in (roles.chromosome, roles.position) if at is not None)


def _is_named(roles: _Roles, rows: Rows) -> bool:
    """Tell whether what a variant is named by, or where it is, reads like it."""
    some = rows[:200]
    placed = roles.chromosome is not None and roles.position is not None
    if placed and roles.chromosome is not None and roles.position is not None:
        return _share(_PLACE, some, roles.chromosome) >= 0.8 and _share(_NUMBER, some, roles.position) >= 0.8
    if roles.name is None:
        return False
    return _share(_RS if roles.chromosome is not None else _STRICT, some, roles.name) >= 0.6


def _species(roles: _Roles, rows: Rows) -> Species:
    """Tell people from animals by their chromosomes: 22 with numbers, and 23 to 26 as PLINK writes the others."""
    if roles.chromosome is None:
        return ""
    places = {row[roles.chromosome].lower().removeprefix("chr") for row in rows}
    numbers = {int(place) for place in places if place.isdecimal() and len(place) < 3}
    if any(26 < number < 40 for number in numbers):
        return "other"
    names = roles.name is not None and _share(_STRICT, rows[:200], roles.name) >= 0.6
    return "human" if names and numbers else ""
