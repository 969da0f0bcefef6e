"""PLINK's text filesets: a row for each person (ped, raw), variant (tped, traw) or call (lgen).

Source: the PLINK 1.9 and 2.0 file format reference. Columns that PLINK can be told to leave out may be missing; coded alleles, and
both alleles in one field, count the same. A ``.bim`` has the columns of a ``.tped`` of one person, and differs in that its two
alleles are never the same; a ``.map`` has no alleles.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.bounds import NAMES
from pytest_genomic_guard.views.genomic.containers import GenotypeText, fields, firsts, rows, species

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

    Row = list[bytes]

_LOOKED = 40  # rows
_COUNTED = 5  # columns of counts from which they are no flags
_LETTERS = frozenset(b"ACGTacgtNn")
_ALLELE = regex(rb"[ACGTNDIacgtndi0-]|[ACGTacgt]{2,40}|\*")
_CODED = regex(rb"[0-4]|-9")
_PAIR = regex(rb"[ACGTDI0N-]{2}|[ACGTDI0-4N-][/|][ACGTDI0-4N-]", re.IGNORECASE)
_SEX = frozenset({b"0", b"1", b"2", b"3", b"M", b"F", b"m", b"f", b"-9", b"NA", b"other"})
_TRAIT = regex(rb"-?\d{1,9}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?|NA|nan|\.")
_CHROMOSOME = regex(rb"(?:chr)?(?:\d{1,2}|X|Y|XY|M|MT|PAR1|PAR2|Un\w*|[2-4][LR]|LG\d+)|(?:scaffold|contig)_?\d+", re.IGNORECASE)
_NUMBER = regex(rb"-?\d{1,12}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?")
_RS = regex(rb"(?:rs|i)\d+|.*(?:rs\d|:\d).*|.*\D.*", re.IGNORECASE)
_PERSON = (b"FID", b"IID", b"PAT", b"MAT", b"SEX", b"PHENOTYPE")
_MISSING = frozenset({b"0", b"-", b"N", b"n", b"-9"})


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = next((fields(line) for line in head.lines if not _comment(line)), [])
    if len(first) < 4 or len(first[0]) > 200:
        return None
    found = _headed(head, first)
    if found:
        return found
    if not _may(first):
        return None
    sample = [fields(line) for line in head.lines[:_LOOKED] if line.strip() and not _comment(line)]
    if len(head.lines) > 1 and not head.whole and len(sample) > 1 and len(sample[-1]) != len(sample[0]):
        sample.pop()
    if not sample or len(sample[0]) < 4:
        return None
    return _transposed(head, sample) or _recoded(head, sample) or _by_person(head, sample) or _long(head, sample)


def _comment(line: bytes) -> bool:
    """Tell whether a line is a comment, and not the names of columns."""
    return line.startswith(b"#") and not line.startswith((b"#FID", b"#IID", b"#CHR"))


def _may(first: Row) -> bool:
    """Tell whether the last fields of a first row can be alleles: most tables end here."""
    return all(_ALLELE.fullmatch(cell) or _CODED.fullmatch(cell) or _PAIR.fullmatch(cell) for cell in first[-2:])


def _seen(  # noqa: PLR0913 - what is told of it
    head: Head, form: str, *, people: int, variants: int, names: Sequence[bytes] = (), more: bool = False, final: bool = True
) -> GenotypeText:
    return GenotypeText(
        artifact=head.artifact,
        trail=head.trail,
        format=form,
        level="individual",
        at=head.at(),
        people=people,
        more=more,
        variants=variants,
        names=tuple(names[:NAMES]),
        setting=head.setting,
        final=final,
    )


def _people(head: Head, column: int, skip: int = 0) -> tuple[list[bytes], bool]:
    """Return the ids in a column of all rows that can be counted, and whether there are more."""
    lines, more = rows(head)
    own = [line for line in lines if not _comment(line)]
    found = [row[column] for row in firsts(own[skip:], column + 2) if len(row) > column and row[column].strip(b".")]
    return found, more


def _headed(head: Head, first: Row) -> Genomic | None:
    """Return an additive recoding by its header."""
    upper = [cell.upper().lstrip(b"#") for cell in first[:6]]
    if len(first) > 6 and tuple(upper) == (b"CHR", b"SNP", b"(C)M", b"POS", b"COUNTED", b"ALT"):
        names = [_own(name) for name in first[6:]]
        lines, more = rows(head)
        found = _seen(head, "PLINK traw", people=len(names), variants=0 if more else len(lines) - 1, names=names)
        return found.replace(species=species(row[0] for row in firsts(lines[1:], 2)))
    if b"IID" not in upper[:2]:
        return None
    own = [at for at, name in enumerate(upper) if name in _PERSON or name.startswith(b"PHENO")]
    rest = first[len(own) :]
    alleles = re.compile(rb".+_(?:[ACGTDIN0-4]{1,60}|HET|<\w+>)(?:\(/.+\))?", re.IGNORECASE)
    if own != list(range(len(own))) or len(own) < 2 or not rest or all(name.endswith(b"_CT") for name in rest):
        return None  # counts of samples, which PLINK 2 calls so
    if sum(1 for name in rest[:200] if alleles.fullmatch(name)) * 10 < 9 * min(len(rest), 200):
        return None
    names, more = _people(head, upper.index(b"IID"), 1)
    het = sum(1 for name in rest if name.endswith(b"_HET"))
    return _seen(head, "PLINK raw", people=len(names), variants=len(rest) - het, names=names, more=more) if names else None


def _transposed(head: Head, sample: Sequence[Row]) -> Genomic | None:
    """Return a tped: chromosome, id, distance, position, then two alleles of each person."""
    width = len(sample[0])
    if width < 6 or width % 2 or any(len(row) != width for row in sample):
        return None
    if not all(_CHROMOSOME.fullmatch(row[0]) and _NUMBER.fullmatch(row[2]) and row[3].isdigit() for row in sample):
        return None
    if not all(len({*row[4:]} - _MISSING) <= 2 and _alleles(row[4 : 4 + 4096]) for row in sample):
        return None
    coded = not any(_lettered(cell) and cell not in _MISSING for row in sample for cell in row[4:8])
    parents = coded and all(row[2] == row[3] == b"0" for row in sample)  # no father, no mother: a .fam
    if parents or not all(_paired([row], 4) for row in sample) or (coded and not _variants(sample)):
        return None
    people = width // 2 - 2
    same = sum(1 for row in sample if row[4] == row[5] and row[4] not in _MISSING)
    if people == 1 and same * 10 < len(sample):
        return None  # a .bim: its two alleles differ
    lines, more = rows(head)
    found = _seen(head, "PLINK tped", people=people, variants=0 if more else len(lines))
    return found.replace(species=species(row[0] for row in firsts(lines, 2)))


def _recoded(head: Head, sample: Sequence[Row]) -> Genomic | None:
    """Return an additive recoding without its header: a row of a fam or a bim, then counts of alleles."""
    width = len(sample[0])
    if width < 6 + _COUNTED or any(len(row) != width for row in sample):
        return None
    cells = {cell for row in sample for cell in row[6 : 6 + 4096]}
    if not cells <= {b"0", b"1", b"2", b"NA"} or len(cells - {b"NA"}) < 2:
        return None
    lines, more = rows(head)
    if all(_CHROMOSOME.fullmatch(row[0]) and _NUMBER.fullmatch(row[2]) and row[3].isdigit() for row in sample):
        bases = all(any(byte in _LETTERS for byte in row[4]) and _alleles(row[4:6]) and row[4] != row[5] for row in sample)
        if bases:
            return _seen(head, "PLINK traw", people=width - 6, variants=0 if more else len(lines))
    about = all(row[4] in _SEX and _TRAIT.fullmatch(row[5]) and row[2] == row[3] == b"0" for row in sample)
    if not about or width < 6 + 2 * _COUNTED or (width % 2 == 0 and all(_paired([row], 6, 0) for row in sample)):
        return None
    names, more = _people(head, 1)
    return _seen(head, "PLINK raw", people=len(names), variants=width - 6, names=names, more=more)


def _own(name: bytes) -> bytes:
    """Return a person's own id of one that is joined with that of the family, where that is the same or none."""
    half = len(name) // 2
    doubled = name[half : half + 1] == b"_" and name[:half] == name[half + 1 :]
    return name[:half] if doubled else name.removeprefix(b"0_")


def _variants(sample: Sequence[Row]) -> bool:
    """Tell whether rows are of variants where their alleles are digits, as are the cells of many tables."""
    sites = {(row[0], row[3]) for row in sample}
    names = {row[1] for row in sample}
    return len(sites) == len(names) == len(sample) and (len(sample) > 1 or not all(map(bytes.isdigit, names)))


def _alleles(cells: Row) -> bool:
    return all(_ALLELE.fullmatch(cell) or _CODED.fullmatch(cell) for cell in cells)


def _by_person(head: Head, sample: Sequence[Row]) -> Genomic | None:
    """Return a ped: up to six columns about a person, then two alleles for each variant, or both in one field."""
    width = len(sample[0])
    whole = len(sample) > 1 or head.whole
    if any(len(row) != width for row in sample):
        return None
    lead = _lead(sample)
    if lead is None:
        return None
    compound = lead < width and _PAIR.fullmatch(sample[0][lead]) is not None
    if (width - lead) % 2 and not compound and whole:
        return None
    variants = (width - lead) // (1 if compound else 2)
    if variants < 1 or not (compound or _paired(sample, lead)):
        return None
    column = 1 if lead in {2, 4, 5, 6} else 0
    names, more = _people(head, column)
    return _seen(head, "PLINK ped", people=len(names), variants=variants, names=names, more=more)


def _lead(sample: Sequence[Row]) -> int | None:
    """Return how many columns stand before the alleles; None where these rows are none of people."""
    first = sample[0]
    six = len(first) > 6 and all(row[4] in _SEX and _TRAIT.fullmatch(row[5]) for row in sample)
    parents = six and all(_parent(row[2]) and _parent(row[3]) for row in sample)
    cells = [cell for row in sample for cell in row[6 : 6 + 400]] if six else []
    if parents and cells and (all(map(_is_pair, cells)) or all(_ALLELE.fullmatch(c) or _CODED.fullmatch(c) for c in cells)):
        ids = [row[1] for row in sample]
        return 6 if len(set(ids)) == len(ids) else None
    lead = next((at for at in range(1, min(7, len(first))) if all(_lettered(row[at]) for row in sample)), None)
    if lead is None or len(first) - lead < 6:  # fewer than three variants without the columns of a ped: any table of letters
        return None
    if not all(_ALLELE.fullmatch(cell) or _PAIR.fullmatch(cell) for row in sample for cell in row[lead : lead + 400]):
        return None
    leads = {tuple(row[:lead]) for row in sample}
    column = [row[min(lead - 1, 1 if lead > 1 else 0)] for row in sample]
    about = lead == 1 or lead in {2, 6} or all(row[lead - 1] in _SEX or _TRAIT.fullmatch(row[lead - 1]) for row in sample)
    return lead if len(leads) == len(sample) and about and not any(map(_position, column)) else None


def _position(cell: bytes) -> bool:
    """Tell whether a cell is more likely a place in a genome than an id."""
    return cell.isdigit() and len(cell) > 7


def _parent(cell: bytes) -> bool:
    """Tell whether a cell can name a parent, or none."""
    return cell in {b"0", b"-9", b"NA", b"."} or not _TRAIT.fullmatch(cell) or (cell.isdigit() and len(cell) < 13)


def _is_pair(cell: bytes) -> bool:
    return _PAIR.fullmatch(cell) is not None


def _lettered(cell: bytes) -> bool:
    return (len(cell) == 1 and (cell[0] in _LETTERS or cell in b"0-")) or _is_pair(cell)


def _paired(sample: Sequence[Row], lead: int, percent: int = 5) -> bool:
    """Tell whether two neighbouring fields are one genotype: both missing or none, no more than two alleles at a variant."""
    faults = looked = 0
    for at in range(lead, min(len(sample[0]) - 1, lead + 400), 2):
        seen: set[bytes] = set()
        for row in sample:
            one, other = row[at], row[at + 1]
            faults += (one in _MISSING) != (other in _MISSING)
            seen |= {one, other}
        faults += len(sample) * (len(seen - _MISSING) > 2)
        looked += len(sample)
    return faults * 100 <= percent * looked


def _long(head: Head, sample: Sequence[Row]) -> Genomic | None:
    """Return an lgen: family, person, variant, and the two alleles of one call; some of them are the same."""
    width = len(sample[0])
    if width not in {4, 5} or len(sample) < 2 or any(len(row) != width for row in sample):
        return None
    if not all(_alleles(row[3:]) if width == 5 else _is_pair(row[3]) for row in sample):
        return None
    calls = [(row[3], row[4]) if width == 5 else (row[3][:1], row[3][-1:]) for row in sample]
    same = sum(1 for one, other in calls if one == other and one not in _MISSING)
    families, people, variants = ({row[at] for row in sample} for at in range(3))
    if not all(_RS.fullmatch(name) for name in variants) or any(_CHROMOSOME.fullmatch(name) for name in people - families):
        return None
    keys = {(row[0], row[1], row[2]) for row in sample}
    own = all(row[0] in {row[1], b"0"} for row in sample)  # without a reference allele's calls, few are of one base
    known = own or (same * 10 >= len(sample) and (len(families) == 1 or len(people) >= len(families)))
    repeated = len(people) < len(sample) or len(variants) < len(sample)
    if not known or len(keys) < len(sample) or not repeated:
        return None
    lines, more = rows(head)
    whole = [row for row in firsts(lines, 6) if len(row) >= width]
    names = list(dict.fromkeys(row[1] for row in whole))
    seen = len({row[2] for row in whole})
    return _seen(head, "PLINK lgen", people=len(names), variants=seen, names=names, more=more)
