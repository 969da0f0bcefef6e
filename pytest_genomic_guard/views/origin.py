"""What calls say of where they are from: species by their contigs, the simulator that wrote them, a call inside INFO."""

from __future__ import annotations

import re
from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.genomic.seen import Species

_CONTIG = re.compile(rb"^##contig=<(?=[^\n]{0,2000}?\bID=([^,>\s]{1,255}))(?:[^\n]{0,2000}?\blength=(\d{1,12})\b)?", re.MULTILINE)
_REFERENCE = re.compile(rb"^##(?:reference|assembly|contig=<[^\n]{0,2000}?\b(?:species|assembly))[= ]([^\n]{1,500})", re.MULTILINE)
_SOURCE = re.compile(
    rb"^##source=[^\n]{0,40}?\b(msprime|tskit|slim|stdpopsim|hapgen2?|simug|varsim)\b", re.MULTILINE | re.IGNORECASE
)
_MARGIN = b" >*#/+|'\"[(-"
_BLOCK = re.compile(rb"\t(?:<NON_REF>|<\*>)\t[^\t\n]*\t[^\t\n]*\t(?:[^\t\n]*;)?END=\d")  # a stretch without variants (VCFv4.3, 5.5)
_CALL = re.compile(rb"(?:^|;)GT=\d{1,2}[/|]\d{1,2}(?=;|$)")
_OWNER = re.compile(rb"(?:^|;)(?:SAMPLE(?:_?(?:ID|NAME))?|SM)=([^;,\s]{1,200})", re.IGNORECASE)
_WORDS = re.compile(rb"[\s,;|\"']+")
_NAME = 100  # bytes of a chromosome's name
_CONTIGS, _REFERENCES = 1 << 16, 100  # lines of a header that are looked at; a draft assembly can have millions
_SITES = 8  # columns of a row without FORMAT


def species(header: bytes, rows: Sequence[bytes]) -> Species:
    """Return the species by the contigs of the header, those of rows that it does not declare, then by the reference's name.

    Where the one contradicts the other, nothing is known.
    """
    from pytest_genomic_guard.views.genomic.species import of_contigs, of_words  # noqa: PLC0415 - where there are calls

    declared = {name: int(length) if length else None for name, length in _contigs(header)}
    used = dict.fromkeys(name for row in rows if (name := _chromosome(row)))
    found = of_contigs([*declared.items(), *((name, None) for name in used if name not in declared)])
    named = of_words(b" ".join(each[1] for each in islice(_REFERENCE.finditer(header), _REFERENCES)))
    if found and named:
        return found if found in {named, "human"} else ""
    return found or named


def _contigs(header: bytes) -> Iterator[tuple[bytes, bytes]]:
    if b"##contig=" in header:
        yield from ((each[1], each[2]) for each in islice(_CONTIG.finditer(header), _CONTIGS))


def _chromosome(row: bytes) -> bytes:
    words = _WORDS.split(row.lstrip(_MARGIN), 2)[:2]
    if len(words) > 1 and words[0].isdigit() and not words[1].isdigit():  # a printed table has labels of rows
        words = words[1:]
    return words[0] if words and len(words[0]) <= _NAME else b""


def simulator(header: bytes) -> str:
    """Return the simulator that the header names as its source, in lower case."""
    found = _SOURCE.search(header)
    return found[1].decode().lower() if found else ""


def has_blocks(rows: Sequence[bytes]) -> bool:
    """Tell whether rows are those of a gVCF: stretches in which one person is like the reference."""
    return any(_BLOCK.search(row) for row in rows)


def inside_info(rows: Sequence[bytes]) -> tuple[int, list[bytes]]:
    """Return how many rows without FORMAT have a call among their INFO, and whose they are where that stands there too."""
    count, owners = 0, []
    for row in rows:
        columns = row.rstrip(b"\r").split(b"\t")
        if len(columns) == _SITES and _CALL.search(columns[-1]):
            count += 1
            owners += [found[1] for found in [_OWNER.search(columns[-1])] if found]
    return count, list(dict.fromkeys(owners))
