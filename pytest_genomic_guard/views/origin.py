"""What calls say of where they are from: species by their contigs, the simulator that wrote them, a call inside INFO."""

from __future__ import annotations

import re
from itertools import islice

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.genomic.seen import Species

_CONTIG = regex(rb"^##contig=<(?=[^\n]{0,2000}?\bID=([^,>\s]{1,255}))(?:[^\n]{0,2000}?\blength=(\d{1,12})\b)?", re.MULTILINE)
_REFERENCE = regex(rb"^##(?:reference|assembly|contig=<[^\n]{0,2000}?\b(?:species|assembly))[= ]([^\n]{1,500})", re.MULTILINE)
_SOURCE = regex(rb"^##source=[^\n]{0,40}?\b(msprime|tskit|slim|stdpopsim|hapgen2?|simug|varsim)\b", re.MULTILINE | re.IGNORECASE)
_MARGIN = b" >*#/+|'\"[(-"
_BLOCK = regex(rb"\t(?:<NON_REF>|<\*>)\t[^\t\n]*\t[^\t\n]*\t(?:[^\t\n]*;)?END=\d")  # a stretch without variants (VCFv4.3, 5.5)
_CALL = regex(rb"(?:^|;)GT=\d{1,2}[/|]\d{1,2}(?=;|$)")
_OWNER = regex(rb"(?:^|;)(?:SAMPLE(?:_?(?:ID|NAME))?|SM)=([^;,\s]{1,200})", re.IGNORECASE)
_WORDS = regex(rb"[\s,;|\"']+")
_NAME = 100  # bytes of a chromosome's name
_CONTIGS, _REFERENCES = 1 << 16, 100  # lines of a header that are looked at; a draft assembly can have millions
_SITES = 8  # columns of a row without FORMAT


def species(header: bytes, rows: Sequence[bytes]) -> Species:
    """Return the species by the contigs of the header, those of rows that it does not declare, then by the reference's name.

    Where the one contradicts the other, nothing is known.
    """
    from pytest_genomic_guard.views.genomic.species import of_contigs, of_words  # noqa: PLC0415 - where there are calls

    first = _CONTIG.search(header) if b"##contig=" in header else None
    if first and of_contigs([_sequence(first)]) == "human" and not _again(first):
        return "human"  # by one, whatever the others are; a header can have thousands
    found = of_contigs(_sequences(header, rows))
    if found == "human":
        return found
    named = of_words(b" ".join(each[1] for each in islice(_REFERENCE.finditer(header), _REFERENCES)))
    return (found if found == named else "") if found and named else found or named


def _sequences(header: bytes, rows: Sequence[bytes]) -> Iterator[tuple[bytes, int | None]]:
    """Yield the contigs that a header declares, each with the last length that it gives, then others of rows."""
    declared = dict(map(_sequence, islice(_CONTIG.finditer(header), _CONTIGS))) if b"##contig=" in header else {}
    yield from declared.items()
    yield from ((name, None) for name in dict.fromkeys(map(_chromosome, rows)) if name and name not in declared)


def _sequence(found: re.Match[bytes]) -> tuple[bytes, int | None]:
    return found[1], int(found[2]) if found[2] else None


def _again(found: re.Match[bytes]) -> bool:
    """Tell whether a contig may be declared once more, below."""
    return re.compile(rb"ID=" + re.escape(found[1]) + rb"(?![^,>\s])").search(found.string, found.end(1)) is not None


def _chromosome(row: bytes) -> bytes:
    words = _WORDS.split(row.lstrip(_MARGIN), 2)[:2]
    if len(words) > 1 and words[0].isdigit() and not words[1].isdigit():  # a printed table has labels of rows
        words = words[1:]
    return words[0] if words and len(words[0]) <= _NAME else b""


def simulator(header: bytes) -> str:
    """Return the simulator that the header names as its source, in lower case."""
    low = header.lower()
    at = low.find(b"##source=")
    while at >= 0:
        if found := _SOURCE.match(header, at):
            return found[1].decode().lower()
        at = low.find(b"##source=", at + 1)
    return ""


def has_blocks(rows: Sequence[bytes]) -> bool:
    """Tell whether rows are those of a gVCF: stretches in which one person is like the reference."""
    return any(b"END=" in row and _BLOCK.search(row) for row in rows)


def inside_info(rows: Sequence[bytes]) -> tuple[int, list[bytes]]:
    """Return how many rows without FORMAT have a call among their INFO, and whose they are where that stands there too."""
    count, owners = 0, []
    for row in rows:
        columns = row.rstrip(b"\r").split(b"\t")
        if len(columns) == _SITES and _CALL.search(columns[-1]):
            count += 1
            owners += [found[1] for found in [_OWNER.search(columns[-1])] if found]
    return count, list(dict.fromkeys(owners))
