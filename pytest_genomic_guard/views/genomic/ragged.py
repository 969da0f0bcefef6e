"""Texts whose rows differ in length: PLINK's lists of people by genotype, and formats that begin with counts or a short header.

Source: the PLINK 1.9 file format reference, .list (chromosome, variant, genotype, people), .rlist (variant, kind, alleles, people).
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import phased
from pytest_genomic_guard.views.genomic.containers import GenotypeText, fields, rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_LIST = regex(rb"(?:chr)?(?:\d{1,2}|X|Y|XY|MT?)[ \t,]+[^\s,]+[ \t,]+(?:[ACGTDI0-4]{2}|[ACGTDI]+/[ACGTDI]+)(?:[ \t,]|$)")
_RARE = regex(rb"[^\s,]+[ \t,]+(?:HET|HOM|NIL)[ \t,]+[ACGTDI0-4]+[ \t,]+[ACGTDI0-4]+(?:[ \t,]|$)")
_LOOKED = 40


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = head.lines[0]
    second = head.lines[1] if len(head.lines) > 1 else b""
    if (len(first) < 20 and first.strip().isdigit() and second.strip().isdigit()) or second.startswith(b"-1 "):
        return phased.counted(head, fields(first))
    form, row, lead = ("PLINK list", _LIST, 3) if _LIST.match(first) else ("PLINK rlist", _RARE, 4)
    if not row.match(first):
        return None
    lines = [line for line in head.lines[:_LOOKED] if line.strip()]
    cut = [fields(line)[lead:] for line in lines]
    if not all(map(row.match, lines)) or any(len(each) % 2 for each in cut) or len({len(each) for each in cut}) < 2 - (lead > 3):
        return None
    every, more = rows(head)
    names: dict[bytes, None] = {}
    for line in every:
        names.update(dict.fromkeys(fields(line)[lead + 1 :: 2]))
    if not names:
        return None
    return GenotypeText(
        artifact=head.artifact,
        trail=head.trail,
        format=form,
        level="individual",
        at=head.at(),
        people=len(names),
        more=more,
        variants=len({tuple(fields(line[:400])[: 2 if lead == 3 else 1]) for line in every}),
        names=tuple(names),
        setting=head.setting,
    )
