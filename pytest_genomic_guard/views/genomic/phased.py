"""Genotypes in texts of programs of population genetics: EIGENSTRAT, fastPHASE, BIMBAM, STRUCTURE, vcftools, MACH, GENEPOP, HapMap.

Sources: the manuals of these programs and PLINK's ``--recode``. Rows of nothing but digits can be anything; they are genotypes by
a name that says so, by the shape that random mating gives them, or by the tables beside them (`MatrixFact`).
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.containers import GenotypeText, MatrixFact, TableFact, fields, firsts, rows
from pytest_genomic_guard.views.genomic.species import of_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

    Row = list[bytes]

_LOOKED = 60  # rows
_DIGITS = regex(rb"[0129]{2,}")
_CALLS = regex(rb"(?:[ACGTDIN?0-]{2}|[ACGT?]/[ACGT?]|NA|NN)", re.IGNORECASE)
_DOSE = regex(rb"[01]?\.\d{1,9}|[012](?:\.0{0,9})?")
_BASES = regex(rb"[ACGTDIacgtdi]{1,40}|-")
_NAMED_GENO = regex(rb"\.(?:geno|eigenstratgeno)(?:\.gz|\.txt)?$")
_NAMED_HAP = regex(rb"\.(?:hap|haps|impute\.hap)(?:\.gz)?$")
_NAMED_012 = regex(rb"\.012(?:\.gz|\.txt)?$")
_NAMED_IND = regex(rb"\.ind(?:\.txt)?$")
_LENGTHS = regex(rb"(?:\d{1,4}|-1|\?|[ACGT])(?:\s+(?:\d{1,4}|-1|\?|[ACGT]))+")  # alleles of microsatellites, in PHASE
_LEAST = 10  # people and variants from which a shape can be told


def sniff(head: Head, first: Row) -> Genomic | None:
    """Return what a text is; `first` are the fields of its first line."""
    if len(first) == 1:
        if _DIGITS.fullmatch(first[0]) and len(head.lines) > 1:
            return _strings(head) or _fast_phase(head, first) or _bimbam(head, first)
        return _fast_phase(head, first) or _bimbam(head, first) if first[0].isdigit() else None
    if first[0] in {b"rs#", b"rs"}:
        return _hapmap(head, first)
    if first[0] == b"0" and len(first) > 2:
        return _vcftools(head, first) or _matrix(head)
    if len(first) == 3:
        return _ind(head) or _mach(head, first)
    return _mach(head, first) or (_matrix(head) if first[0] == b"1" else None) or _structure(head, first) or _mean(head, first)


def counted(head: Head, first: Row) -> Genomic | None:
    """Return a text that begins with numbers of what follows, or with variants and the distances between them."""
    return (_fast_phase(head, first) or _bimbam(head, first)) if len(first) == 1 else _structure(head, first)


def _bare(head: Head, columns: int) -> Genomic:
    """Return digits that only what stands beside them can explain."""
    lines, more = rows(head)
    fact = MatrixFact(rows=len(lines), columns=columns, more=more)
    return head.seen(GenotypeText, "digits", 0, 0).replace(level="aggregate", final=False, fact=fact)


def _strings(head: Head) -> Genomic | None:
    """Return the genotypes of EIGENSTRAT: a digit for each person, a row for each variant."""
    lines = [line.strip() for line in head.lines[:_LOOKED] if line.strip()]
    width = len(lines[0])
    if len(lines) < 2 or any(len(line) != width or not _DIGITS.fullmatch(line) for line in lines):
        return None
    if not _NAMED_GENO.search(head.name) and not _mated([list(line) for line in lines], b"012", b"9"):
        return _bare(head, width)
    every, more = rows(head)
    return head.seen(GenotypeText, "EIGENSTRAT geno", width, 0 if more else len(every))


def _mated(lines: Sequence[Sequence[int]], codes: bytes, missing: bytes) -> bool:
    """Tell whether rows are variants under random mating: as many heterozygotes as 2pq says, and frequencies that differ."""
    seen = expected = 0.0
    means: list[float] = []
    for line in lines:
        called = [each for each in line if each not in missing]
        if len(called) < _LEAST:
            return False
        low, middle, high = (called.count(code) for code in codes)
        size = len(called)
        if low + middle + high < size:
            return False
        mean = (middle + 2 * high) / (2 * size)
        means.append(mean)
        seen += middle / size
        expected += 2 * mean * (1 - mean) * 2 * size / (2 * size - 1)
    if len(lines) < 2 * _LEAST or not expected:
        return False
    average = sum(means) / len(means)
    spread = sum((each - average) ** 2 for each in means) / len(means)
    return 0.75 <= seen / expected <= 1.25 and spread > 0.01


def _matrix(head: Head) -> Genomic | None:
    """Return the haplotypes of IMPUTE: nothing but 0 and 1 with blanks between them, an even number in each row."""
    lines = [line.split() for line in head.lines[:_LOOKED] if line.strip()]
    width = len(lines[0])
    if any(len(row) != width for row in lines) or not {*lines[0]} <= {b"0", b"1"}:
        return None
    if not all({*row} <= {b"0", b"1"} for row in lines):
        return None
    if not _NAMED_HAP.search(head.name) or width % 2:
        return _bare(head, width)
    every, more = rows(head)
    return head.seen(GenotypeText, "IMPUTE haplotypes", width // 2, 0 if more else len(every))


def _ind(head: Head) -> Genomic | None:
    """Return the people of EIGENSTRAT: an id, a sex in letters, a population."""
    lines = [line.split() for line in head.lines[:_LOOKED] if line.strip()]
    if any(len(row) != 3 or row[1] not in {b"M", b"F", b"U"} for row in lines) or len(lines) < 2:
        return None
    named = _NAMED_IND.search(head.name) is not None
    numbered = sum(1 for row in lines if any(48 <= byte < 58 for byte in row[0]))
    if not named and (numbered * 2 < len(lines) or any(row[2].replace(b".", b"").isdigit() for row in lines)):
        return None
    every, more = rows(head)
    names = [row[0] for row in firsts(every, 2) if row]
    if len({*names}) < len(names):
        return None
    fact = TableFact(what="people", rows=len(names), more=more)
    return head.seen(GenotypeText, "EIGENSTRAT ind", len(names), 0, names).replace(said="list", more=more, final=False, fact=fact)


def _fast_phase(head: Head, first: Row) -> Genomic | None:
    """Return the input of fastPHASE and PHASE: how many people and sites, positions, then two haplotypes under each id."""
    lines = [line for line in head.lines if line.strip()]
    if len(lines) < 3 or not first[0].isdigit() or not lines[1].strip().isdigit():
        return None
    people, sites = int(first[0][:12]), int(lines[1].strip()[:12])
    at = 2 + (lines[2].lstrip()[:2] in {b"P ", b"P\t"})
    at += len(lines) > at and set(lines[at].replace(b" ", b"").strip()) <= set(b"SM")
    body = [line.strip() for line in lines[at : at + 9] if not line.startswith((b"#", b">")) and line.strip()]
    strings = [line.replace(b" ", b"") for line in body]
    if {*lines[at - 1].strip()} <= set(b"SM") and b"M" in lines[at - 1]:
        strings = [b"A" * len(line.split()) for line in body if _LENGTHS.fullmatch(line)]
    haplotypes = [line for line in strings if len(line) == sites and re.fullmatch(rb"[ACGTacgt01234?NnDI-]+", line)]
    if not people or sites < 2 or len(haplotypes) * 2 < len(body) or not haplotypes:
        return None
    ids = [line.removeprefix(b"#").replace(b"ID ", b"", 1).strip() for line in lines if line.startswith(b"#")]
    return head.seen(GenotypeText, "PHASE input", people, sites, ids)


def _bimbam(head: Head, first: Row) -> Genomic | None:
    """Return the genotypes of BIMBAM: how many people and variants, their ids, then two bases of each person by variant."""
    lines = [line for line in head.lines[:_LOOKED] if line.strip()]
    if len(lines) < 4 or not lines[1].strip().isdigit() or fields(lines[2])[:1] != [b"IND"]:
        return None
    ids = fields(lines[2])[1:]
    return (
        head.seen(GenotypeText, "BIMBAM genotypes", len(ids), int(lines[1].strip()[:12]), ids)
        if str(len(ids)).encode() == first[0]
        else None
    )


def _mean(head: Head, first: Row) -> Genomic | None:
    """Return the mean genotypes of BIMBAM: a variant, two alleles, then a dose from 0 to 2 for each of many people."""
    if len(first) < 3 + _LEAST or not (_BASES.fullmatch(first[1]) and _BASES.fullmatch(first[2])):
        return None
    lines = [fields(line) for line in head.lines[:_LOOKED] if line.strip()]
    lines = [row for row in lines if len(row) == len(first)]
    if len(lines) < 5 or not all(_BASES.fullmatch(cell) for row in lines for cell in row[1:3]):
        return None
    doses = [row[3 : 3 + 400] for row in lines]
    if not all(cell in {b"NA", b"-9"} or _DOSE.fullmatch(cell) for row in doses for cell in row):
        return None
    high = sum(1 for at in range(len(doses[0])) if any(row[at] > b"1" and row[at] != b"1.0" and row[at] < b"A" for row in doses))
    if high * 2 < len(doses[0]):
        return None
    every, more = rows(head)
    return head.seen(GenotypeText, "BIMBAM mean genotypes", len(first) - 3, 0 if more else len(every))


def _mach(head: Head, first: Row) -> Genomic | None:
    """Return what MACH and minimac write: a person as family and own id with an arrow, what follows, then doses or genotypes."""
    kinds = {b"DOSE", b"ML_DOSE", b"ML_GENO", b"ML_PROB", b"GENO", b"PROB", b"HAPLO1", b"HAPLO2"}
    if b"->" not in first[0] or first[1].upper() not in kinds:
        return None
    every, more = rows(head)
    names = [part for row in firsts(every, 2) for part in row[0].split(b"->")]
    variants = len(first) - 2 if len(first) > 3 else len(first[-1])  # haplotypes are written as one word
    return head.seen(GenotypeText, "MACH genotypes", len({row[0] for row in firsts(every, 2)}), variants, names).replace(more=more)


def _structure(head: Head, first: Row) -> Genomic | None:
    """Return STRUCTURE's input as PLINK writes it: variants, distances that begin with -1, then a person and two alleles each."""
    if len(head.lines) < 3 or not head.lines[1].lstrip().startswith(b"-1"):
        return _doubled(head, first)
    between = fields(head.lines[1])
    person = fields(head.lines[2])
    if (
        len(between) != len(first)
        or len(person) != 2 + 2 * len(first)
        or not {*person[2:]} <= {b"0", b"1", b"2", b"3", b"4", b"-9"}
    ):
        return None
    every, more = rows(head)
    names = [row[0] for row in firsts(every[2:], 2)]
    return head.seen(GenotypeText, "STRUCTURE input", len(names), len(first), names).replace(more=more)


def _doubled(head: Head, first: Row) -> Genomic | None:
    """Return STRUCTURE's input with two rows for each person, one below the other: digits, of which a locus has two."""
    width = len(first)
    second = fields(head.lines[1]) if len(head.lines) > 3 else []
    if width < 3 * _LEAST or len(second) != width or second[0] != first[0] or first[0].isdigit():
        return None
    lines = [fields(line) for line in head.lines[: _LOOKED // 2 * 2] if line.strip()]
    lines = [row for row in lines if len(row) == width]
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    ids = {one[0] for one, _other in pairs}
    if len(pairs) < 2 or len(ids) < len(pairs) or any(one[0] != other[0] for one, other in pairs):
        return None
    lead = 2 if all(one[1] == other[1] for one, other in pairs) else 1
    columns = [{row[at] for row in lines} - {b"-9", b"0"} for at in range(lead, width)]
    plain = all(cell.isdigit() or cell == b"-9" for column in columns for cell in column)
    if not plain or sum(1 for column in columns if len(column) <= 2) * 10 < 9 * len(columns):
        return None
    every, more = rows(head)
    names = [row[0] for row in firsts(every[::2], 2)]
    return head.seen(GenotypeText, "STRUCTURE input", len(names), width - lead, names).replace(more=more)


def _vcftools(head: Head, first: Row) -> Genomic | None:
    """Return the 0/1/2 matrix of vcftools: people numbered from 0, -1 for missing."""
    lines = [line.split() for line in head.lines[:_LOOKED] if line.strip()]
    lines = lines if head.whole else lines[: max(1, len(lines) - 1)]
    if any(len(row) != len(first) or row[0] != str(at).encode() for at, row in enumerate(lines)):
        return None
    cells = {cell for row in lines for cell in row[1:]}
    if not cells <= {b"-1", b"0", b"1", b"2"} or len(first) < 1 + 2:
        return None
    columns = [[int(row[at]) + 48 for row in lines] for at in range(1, min(len(first), 1000))]
    if not (_NAMED_012.search(head.name) or (b"-1" in cells and len(first) > _LEAST) or _mated(columns, b"012", b"/")):
        return None
    every, more = rows(head)
    return head.seen(GenotypeText, "vcftools 012", len(every), len(first) - 1).replace(more=more)


def _hapmap(head: Head, first: Row) -> Genomic | None:
    """Return the genotype dump of HapMap: eleven columns about a variant, then people."""
    low = [cell.lower() for cell in first[:4]]
    if low[1:2] != [b"alleles"] or not low[2].startswith(b"chrom") or len(first) < 12 or len(head.lines) < 2:
        return None
    row = fields(head.lines[1])
    if len(row) != len(first) or not all(_CALLS.fullmatch(cell) or len(cell) == 1 for cell in row[11 : 11 + 200]):
        return None
    every, more = rows(head)
    found = head.seen(GenotypeText, "HapMap genotypes", len(first) - 11, 0 if more else len(every) - 1, first[11:])
    return found.replace(species=of_words(b" ".join(row[5:10])))
