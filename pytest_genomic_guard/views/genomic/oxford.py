"""Oxford formats: GEN, sample, HAPS and IMPUTE's haplotypes; BEAGLE 3 beside them, whose rows are alike.

Sources: the file format pages of SNPTEST, SHAPEIT, IMPUTE2 and BEAGLE 3.3. A variant table (``.legend``) ends where these go on.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import phased
from pytest_genomic_guard.views.genomic.containers import GenotypeFile, GenotypeText, TableFact, fields, firsts, rows, species

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

    Row = list[bytes]

_LOOKED = 40  # rows
_ALLELES = regex(rb"[ACGTNDIacgtndi]+|[0-4]|\*|\.|-|<[\w:*]+>|[\w:]+>[\w:]+")
_PART = regex(rb"(?:0|1)?\.?\d{0,9}(?:[eE]-\d{1,3})?|-1")
_TYPES = regex(rb"0(?:[ \t,]+[0DCPBdcpb])+[ \t]*")
_HAPLOTYPE = frozenset({b"0", b"1", b"0*", b"1*", b"?", b"?*", b"-"})
_SLACK = 0.03  # rounding of three probabilities
_SURE = 0.9
_FEW = 4  # people, below which genotype frequencies of populations look the same


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = fields(head.lines[0])
    return _by_header(head, first) or _by_rows(head, first) or phased.sniff(head, first) if first else None


def _by_header(head: Head, first: Row) -> Genomic | None:
    """Return what the first lines name."""
    if len(head.lines) > 1 and _TYPES.fullmatch(head.lines[1]):
        return _sample(head, first)
    if first[0] == b"0" and _TYPES.fullmatch(head.lines[0]):
        return _sample(head, first, 1)
    if len(first) >= 4 and first[0] in {b"I", b"M", b"P"} and _beagle(head):
        return _marked(head)
    return _panel(head, first) or _legend(head, first)


def _by_rows(head: Head, first: Row) -> Genomic | None:
    """Return what the rows are when they are of variants, with numbers for each person."""
    begin = 0 if _at(first) else 1
    if len(first) < 6 or (begin and not first[3] == first[4] == first[5]):
        return None
    sample = [fields(line) for line in head.lines[begin : begin + _LOOKED] if line.strip()]
    if not sample or any(len(row) != len(first) for row in sample[: max(1, len(sample) - 1)]):
        return None
    sample = [row for row in sample if len(row) == len(first)]
    return _probabilities(head, first, sample, begin) or (_haplotypes(head, sample) if not begin else None)


def _at(row: Row) -> int:
    """Return where two alleles stand behind a position; 0 where they do not."""
    for column in (3, 4):
        if len(row) > column + 2 and row[column - 1].isdigit() and all(map(_ALLELES.fullmatch, row[column : column + 2])):
            return column
    return 0


def _probabilities(head: Head, first: Row, sample: Sequence[Row], begin: int) -> Genomic | None:
    """Return GEN, or BEAGLE's genotype probabilities under a header that names each person three times."""
    if begin:
        lead = 3
        if first[3:] != [name for name in first[3::3] for _each in range(3)] or len(first) < 6:
            return None
    else:
        lead = next((at + 2 for at in (_at(first), 4 if _at(first) == 3 else 3) if at and (len(first) - at - 2) % 3 == 0), 0)
        if not lead or not all(_at(row) for row in sample) or not _placed(sample, lead):
            return None
    people = (len(first) - lead) // 3
    triples = [cells for row in sample for cells in _triples(row[lead : lead + 1200])]
    if not triples or any(None in each for each in triples):
        return None
    values = [tuple(float(part or 0) for part in each if part is not None) for each in triples]
    full = sum(1 for each in values if abs(sum(each) - 1) <= _SLACK or not any(each))
    sure = sum(1 for each in values if max(each) >= _SURE)
    if full * 20 < 19 * len(values) and (full * 2 < len(values) or any(sum(each) > 1 + _SLACK for each in values)):
        return None
    if not any(map(any, values)) or (people < _FEW and not begin and sure * 2 < len(values)):
        return None
    lines, more = rows(head)
    names = tuple(dict.fromkeys(first[3:])) if begin else ()
    found = head.seen(
        GenotypeFile, "BEAGLE probabilities" if begin else "Oxford GEN", people, 0 if more else len(lines) - begin, names
    )
    return found.replace(species=species(row[0] for row in firsts(lines[begin:], 2)))


def _placed(sample: Sequence[Row], lead: int) -> bool:
    """Tell whether two alleles that differ stand behind positions that do: a matrix of zeros and ones has neither."""
    positions = {row[lead - 3] for row in sample}
    differ = sum(1 for row in sample if row[lead - 2] != row[lead - 1])
    return differ * 10 >= 8 * len(sample) and len(positions) * 2 > len(sample)


def _triples(cells: Row) -> list[list[bytes | None]]:
    parts = {cell: cell if _PART.fullmatch(cell) and cell not in {b"", b"."} else None for cell in {*cells}}
    good = [parts[cell] for cell in cells] if b"-1" not in parts else [b"0" if cell == b"-1" else parts[cell] for cell in cells]
    return [good[at : at + 3] for at in range(0, len(good) - 2, 3)]


def _haplotypes(head: Head, sample: Sequence[Row]) -> Genomic | None:
    """Return HAPS: five columns about a variant, then two haplotypes of each person."""
    width = len(sample[0])
    lead = 5 if _at(sample[0]) == 3 else 6
    if width < lead + 2 or (width - lead) % 2 or not all(_at(row) == lead - 2 for row in sample):
        return None
    if not all(cell in _HAPLOTYPE for row in sample for cell in row[lead : lead + 4096]):
        return None
    if not all(row[lead - 2] != row[lead - 1] for row in sample):
        return None
    lines, more = rows(head)
    found = head.seen(GenotypeFile, "HAPS", (width - lead) // 2, 0 if more else len(lines))
    return found.replace(species=species(row[0] for row in firsts(lines, 2)))


def _sample(head: Head, first: Row, skip: int = 2) -> Genomic | None:
    """Return a sample file: names of columns, a row of their types, then a row for each person; `skip` is 1 without the names."""
    types = fields(head.lines[skip - 1].upper())
    known = [cell.upper() for cell in first[:2]] == [b"ID_1", b"ID_2"]
    if len(types) != len(first) or (not known and not {b"D", b"C", b"P", b"B"}.intersection(types)):
        return None
    lines, more = rows(head)
    both = types[1:2] == [b"0"]
    names = [name for row in firsts(lines[skip:], 3) for name in row[: 2 if both else 1] if name != b"0"]
    people = len(lines) - skip
    if people < 1:
        return None
    found = head.seen(GenotypeFile, "Oxford sample", people, 0, names)
    return found.replace(said="list", more=more, final=False, fact=TableFact(what="people", rows=people, more=more))


def _panel(head: Head, first: Row) -> Genomic | None:
    """Return the list of people of a reference panel, whose four columns SHAPEIT and IMPUTE2 read beside HAPS and legend."""
    if len(first) > max(map(len, _PANELS)) or [cell.lower() for cell in first] not in _PANELS:
        return None
    lines, more = rows(head)
    names = [row[0] for row in firsts(lines[1:], 1)]
    if not names:
        return None
    fact = TableFact(what="people", rows=len(names), more=more)
    return head.seen(GenotypeFile, "IMPUTE sample", len(names), 0, names).replace(said="list", more=more, final=False, fact=fact)


def _legend(head: Head, first: Row) -> Genomic | None:
    """Return the variant table of IMPUTE: aggregate, and a sign of what the digits beside it are."""
    low = [cell.lower() for cell in first[:4]]
    if len(low) < 4 or low[0] not in {b"id", b"rsid", b"rs"} or not low[1].startswith(b"pos") or low[2:] not in _LEGENDS:
        return None
    lines, more = rows(head)
    fact = TableFact(what="variants", rows=len(lines) - 1, more=more)
    return head.seen(GenotypeFile, "legend", 0, 0).replace(level="aggregate", final=False, fact=fact)


_PANELS = ([b"id", b"pop", b"group", b"sex"], [b"sample", b"population", b"group", b"sex"])
_LEGENDS = ([b"a0", b"a1"], [b"allele0", b"allele1"], [b"x0", b"x1"], [b"a1", b"a2"], [b"ref", b"alt"])


def _beagle(head: Head) -> bool:
    """Tell whether every line begins with a mark of BEAGLE's, and one with that of markers."""
    marks = {line[:2].replace(b"\t", b" ").replace(b",", b" ") for line in head.lines if line.strip()}
    return marks <= {b"I ", b"M ", b"P ", b"A ", b"S ", b"T ", b"C ", b"# "} and b"M " in marks


def _marked(head: Head) -> Genomic | None:
    """Return the unphased or phased format of BEAGLE: a column for each haplotype."""
    cut = [fields(line) for line in head.lines[:_LOOKED] if line.strip()]
    markers = [row for row in cut if row[0] == b"M"]
    if not markers or any(len(row) != len(markers[0]) or len(row) < 4 for row in markers):
        return None
    ids = next((row[2:] for row in cut if row[0] == b"I"), [])
    lines, more = rows(head)
    variants = 0 if more else sum(1 for line in lines if line[:1] == b"M")
    names = tuple(dict.fromkeys(ids))
    people = len(names) or len(markers[0]) // 2 - 1
    return head.seen(GenotypeText, "BEAGLE", people, variants, names)
