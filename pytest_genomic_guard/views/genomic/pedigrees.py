"""Files of whole families that begin with a line of their own: CanRisk, BOADICEA, GEDCOM.

Sources: the CanRisk file format (2.0, 3.0), the BOADICEA import format 4.0, the GEDCOM standard 5.5.1 and 7.0.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.genomic.plinklists import PersonRows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_RISK = re.compile(rb"#{0,2} ?(?:CanRisk\s+\d|BOADICEA import pedigree file format \d)")
_PERSON = re.compile(rb"0 @[^@]{1,40}@ INDI")


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = head.lines[0].lstrip()
    if _RISK.match(first):
        rows = [line.split() for line in head.lines[1:] if line.strip() and not line.startswith(b"#")]
        rows = [row for row in rows if len(row) > 10 and row[0].lower() not in {b"famid", b"fid"}]
        return _seen(head, "a pedigree", tuple(dict.fromkeys(row[3] for row in rows)), len(rows)) if rows else None
    if first.split() == [b"0", b"HEAD"]:
        people = sum(1 for line in head.lines if _PERSON.match(line))
        return _seen(head, "genealogy", (), people, weak=True) if people else None
    return None


def _seen(head: Head, format: str, names: tuple[bytes, ...], people: int, *, weak: bool = False) -> PersonRows:  # noqa: A002
    return PersonRows(
        artifact=head.artifact,
        trail=head.trail,
        at=head.at(),
        level="individual",
        format=format,
        people=people,
        more=not head.whole,
        names=names,
        setting=head.setting,
        final=False,
        weak=weak,
    )
