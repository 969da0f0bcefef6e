"""STRUCTURE's input, and the pedigree files of LINKAGE and Merlin, with any alleles: numbers of bases, lengths, HLA types.

Sources: the manuals of STRUCTURE 2.3 (data file), LINKAGE and Merlin (pedigree file). Numbers alone can be anything. They are
alleles where a header names half as many loci, or all of them behind columns that it leaves out; where rows come in pairs of one
person with the columns of few values; or where rows are families whose fathers and mothers are in them.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.bounds import NAMES
from pytest_genomic_guard.views.genomic.containers import GenotypeText, fields, firsts, rows
from pytest_genomic_guard.views.genomic.may import FIRST, tabular

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

    Row = list[bytes]

_LOOKED = 120  # rows
_LEAD = 6  # columns before the loci: label, population, flag, location, phenotype, another
_LOCI = 4  # fewest
_PEOPLE = 4
_ALLELE = regex(rb"-?\d{1,4}")
_SLASHED = regex(rb"(?:\d{1,3}|[ACGTx.])/(?:\d{1,3}|[ACGTx.])", re.IGNORECASE)
_TYPED = regex(rb"\d{1,3}|\d{2,3}:\d{2,4}[A-Z]?|[ACGTPN.x]", re.IGNORECASE)
_SEX = {b"1": 1, b"2": 2, b"m": 1, b"f": 2, b"M": 1, b"F": 2, b"male": 1, b"female": 2}
_UNKNOWN = frozenset({b"0", b"x", b"X", b"?", b"."})
_BASES = frozenset({b"1", b"2", b"3", b"4"})
_MISSING = frozenset({b"-9", b"0", b"-1", b"-999"})


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    cut: list[Row] = []
    for line in head.lines[:_LOOKED]:
        if row := fields(line):
            cut.append(row)
            if len(cut) == FIRST and not tabular(cut):
                return None
    if not head.whole and len(cut) > 1:
        cut.pop()
    if len(cut) < _PEOPLE or len(cut[-1]) < _LOCI + 1:
        return None
    return _families(head, cut) or _structure(head, cut)


def _seen(head: Head, form: str, variants: int, column: int, skip: int = 0) -> GenotypeText:
    """Return the view; people are told by the ids of a column, of a family and person where that is the second."""
    every, more = rows(head)
    ids = {b" ".join(row[: column + 1]): row[column] for row in firsts(every[skip:], column + 1) if len(row) > column}
    names = tuple(dict.fromkeys(ids.values()))
    return GenotypeText(
        artifact=head.artifact,
        trail=head.trail,
        format=form,
        level="individual",
        at=head.at(),
        people=len(ids),
        more=more,
        variants=variants,
        names=names[:NAMES],
        setting=head.setting,
    )


def _structure(head: Head, cut: Sequence[Row]) -> Genomic | None:
    """Return STRUCTURE's input of one or two rows for each person."""
    body = list(cut[1:])
    width = len(body[0])
    headed = len(cut[0]) < width and not all(map(_ALLELE.fullmatch, cut[0]))
    body = body if headed else list(cut)
    if width < _LOCI + 1 or len(body) < _PEOPLE or any(len(row) != width for row in body):
        return None
    lead = next((at for at in range(1, min(_LEAD, width)) if all(_ALLELE.fullmatch(row[at]) for row in body)), _LEAD)
    if not all(_ALLELE.fullmatch(cell) for row in body for cell in {*row[lead:]}):
        return None
    loci = _doubled(body, cut[0] if headed else []) or _single(body, cut[0] if headed else [], lead)
    return _seen(head, "STRUCTURE input", loci, 0, int(headed)) if loci else None


def _doubled(body: Sequence[Row], header: Row) -> int:
    """Return how many loci there are in rows that come in pairs of one person; 0 where they do not."""
    pairs = list(zip(body[::2], body[1::2], strict=False))
    ids = {one[0] for one, _other in pairs}
    if len(pairs) < _PEOPLE or len(ids) < len(pairs) or any(one[0] != other[0] for one, other in pairs):
        return 0
    same = next((at for at in range(1, len(body[0])) if any(one[at] != other[at] for one, other in pairs)), 0)
    width = len(body[0])
    if header:
        loci = len(header)
        return loci if same and width - _LEAD <= loci <= width - 1 and width - loci <= same and loci >= _LOCI else 0
    lead = next((at for at in (2, 1) if same >= at), 0)
    columns = [{row[at] for row in body} - _MISSING for at in range(lead, width)]
    if not lead or len(columns) < _LOCI + 2:
        return 0
    few = all(len(column) <= 2 for column in columns) and len(columns) >= 2 * _LOCI
    coded = few and set().union(*columns) <= _BASES and _varied(columns)
    sized = all(len(cell) in {2, 3} for column in columns for cell in column)  # microsatellites, of which few lengths occur
    lengths = sized and len(pairs) >= 2 * _PEOPLE and all(len(column) <= max(_LOCI, len(body) // 3) for column in columns)
    return len(columns) if coded or lengths else 0


def _single(body: Sequence[Row], header: Row, lead: int) -> int:
    """Return how many loci there are in rows of one person each, with both alleles side by side; 0 where they are none."""
    width = len(body[0])
    if len({row[0] for row in body}) < len(body):
        return 0
    if header:
        own = width - 2 * len(header)
        fits = 1 <= own <= _LEAD and len(header) >= _LOCI and own >= lead - 1
        if not fits or not all(_are_alleles(row[at] for row in body for at in (each, each + 1)) for each in range(own, width, 2)):
            return 0
        return len(header) if _shared([[row[at : at + 2] for row in body] for at in range(own, width, 2)]) else 0
    if body[0][0].isdigit() or len(body) < 2 * _PEOPLE:
        return 0
    for begin in (lead, lead + 1):
        if (width - begin) % 2 or width - begin < 4 * _LOCI:
            continue
        columns = [{row[at + each] for row in body for each in (0, 1)} - _MISSING for at in range(begin, width, 2)]
        if all(column <= _BASES and len(column) <= 2 for column in columns) and _varied(columns):
            return len(columns)
    return 0


def _are_alleles(cells: Iterable[bytes]) -> bool:
    """Tell whether numbers of a locus are two bases, or lengths of two and three digits."""
    column = {*cells} - _MISSING
    return (len(column) <= 2 and column <= _BASES) or all(len(cell) in {2, 3} for cell in column)


def _shared(loci: Sequence[Sequence[Row]]) -> bool:
    """Tell whether the two columns of loci hold the same alleles, for the most part: both are drawn from one population."""
    both = either = 0
    for calls in loci:
        one, two = ({call[at] for call in calls} for at in (0, 1))
        both, either = both + len(one & two), either + len(one | two)
    return either > 0 and both * 5 >= 2 * either


def _varied(columns: Sequence[set[bytes]]) -> bool:
    """Tell whether loci differ in their two alleles, as bases do; answers in a questionnaire are all of 1 and 2."""
    two = {frozenset(column) for column in columns if len(column) == 2}
    return len(two) > 2 and sum(1 for column in columns if column & {b"3", b"4"}) * 2 > len(columns)


def _families(head: Head, cut: Sequence[Row]) -> Genomic | None:
    """Return a pedigree file: family, person, father, mother, sex, then traits and alleles."""
    width = len(cut[0])
    if width < _LOCI + 5 or any(len(row) != width for row in cut):
        return None
    sexes = {(row[0], row[1]): _SEX.get(row[4], 0) for row in cut}
    if len(sexes) < len(cut) or any(row[4] not in _SEX and row[4] not in _UNKNOWN for row in cut):
        return None
    children = 0
    for row in cut:
        for parent, sex in ((row[2], 1), (row[3], 2)):
            told = sexes.get((row[0], parent), -1)
            if parent not in _UNKNOWN and (told not in {0, sex} if told >= 0 else head.whole):
                return None
        children += row[2] not in _UNKNOWN and row[3] not in _UNKNOWN
    loci = _alleles(cut)
    typed = any(b":" in cell or b"/" in cell for cell in cut[0][5:])
    if loci < _LOCI or not (children or typed or {*cut[0][6:]} & {b"P"}):
        return None
    if not children and any(row[2] not in _UNKNOWN or row[3] not in _UNKNOWN for row in cut):
        return None
    return _seen(head, "pedigree file", loci, 1)


def _alleles(cut: Sequence[Row]) -> int:
    """Return how many loci the columns can be: a slash between two alleles, or two columns for each."""
    width = len(cut[0])
    slashed = [at for at in range(5, width) if all(_SLASHED.fullmatch(row[at]) for row in cut)]
    if slashed:
        return len(slashed) if _shared([[row[at].split(b"/") for row in cut] for at in slashed]) else 0
    begin = next((at for at in range(5, width) if all(_TYPED.fullmatch(cell) for row in cut for cell in row[at:])), width)
    return (width - begin) // 2
