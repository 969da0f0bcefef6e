"""Sequences of a person: FASTA, and the trace of a capillary sequencer (ABIF).

Most FASTA is a reference, a gene, a protein, a primer. What is of a person is told by length and name together: a whole
mitochondrion (16,569 bases, give or take ten) or a chromosome under a name that is no reference's, a haplotype of an assembly, or
many reads without their qualities under the names that sequencers give.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.bounds import HEAD, HELD, NAMES
from pytest_genomic_guard.views.genomic.fastq import RawReads
from pytest_genomic_guard.views.genomic.naming import chromosome_of, haplotype, is_public, is_read, is_reference, is_simulated
from pytest_genomic_guard.views.genomic.seen import Genomic
from pytest_genomic_guard.views.genomic.species import of_contigs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Species
    from pytest_genomic_guard.views.streams import Peek

    What = Literal["", "mitochondrion", "chromosome", "haplotype"]

_READ_AHEAD = 8 << 20  # bytes of a FASTA; by then a chromosome is told from a gene
_RECORDS = 20_000
_MITOCHONDRION = range(16_559, 16_580)  # bases; the reference has 16,569
_CHROMOSOME = 20_000  # bases of a sequence whose name is of a person and a chromosome ...
_DESCRIBED = 1_000_000  # ... and of one whose description says which chromosome it is
_PIECE = 1_000  # bases of a sequence whose name says haplotype
_READ_LENGTHS = range(20, 4 << 20)  # bases
_TITLE = regex(rb">[ \t]?[^\s>]")
_OF_CHROMOSOME = regex(rb"(?i:(?<![\w-])chr(?:omosome)?[ _=:]?(?:\d{1,2}|[XYM]|MT)(?![\w-]))")
_LETTERS = regex(rb"[A-Za-z*.~\-\s\d]*")
_DNA = b"ACGTUNacgtun"
_GAPS = b"-.~* \t\r\n"  # of alignments, and of lines


class PersonalSequence(Genomic):
    """Sequences long enough to be somebody's alone, and why they are: what they are of."""

    what: What = ""


class Trace(Genomic):
    """The trace of one sequencing reaction."""


class _Sequence(Record):
    """One record: its title, the number of its line, its bases without gaps, and whether it ends within what was read."""

    title: bytes
    line: int
    bases: int
    dna: bool
    ends: bool

    @property
    def name(self) -> bytes:
        """Return the first word of the title."""
        return (self.title.split(None, 1) or [b""])[0]


def sniff(head: Head) -> Genomic | None:
    """Return the sequences of people, or reads, of a FASTA text."""
    first = head.lines[0].lstrip()
    if not (first[:1] == b";" or _TITLE.match(first)) or (len(head.lines) > 1 and not _LETTERS.fullmatch(head.lines[1][:200])):
        return None
    found = list(_sequences(head, HEAD))
    if not found or not found[0].dna:
        return None
    if _are_reads(found):
        simulated = all(is_simulated(each.name) for each in found)
        return RawReads(
            artifact=head.artifact,
            trail=head.trail,
            format="FASTA",
            level="individual",
            at=head.at(),
            setting=head.setting,
            simulated=simulated,
        )
    if not head.whole and any(_worth(each) for each in found):
        found = list(_sequences(head, _READ_AHEAD))
    return _personal(head, found)


def _worth(sequence: _Sequence) -> bool:
    """Tell whether what follows a sequence could be somebody's: its name says so, or is no reference's."""
    return bool(haplotype(sequence.name) or chromosome_of(sequence.name) or not is_reference(sequence.title))


def _sequences(head: Head, most: int) -> Iterator[_Sequence]:
    """Yield the records of a text as far as `most` bytes go; the last may go on beyond."""
    data = head.peek(most)[:most]
    ended = len(data) < most and len(head.peek(len(data) + 1)) == len(data)
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    at = len(data) - len(data[mark:].lstrip(b" \t\r\n"))
    line = 0
    for _number in range(_RECORDS):
        if at >= len(data):
            return
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        title = data[at:end].strip().lstrip(b">;").strip()
        after = data.find(b"\n>", end)
        body = data[end : after if after >= 0 else len(data)]
        bases = body.translate(None, _GAPS)
        odd = len(bases.translate(None, _DNA))
        whole = after >= 0 or ended
        yield _Sequence(title=title, line=line, bases=len(bases), dna=bool(bases) and odd * 10 <= len(bases), ends=whole)
        line += 1 + body.count(b"\n") if after >= 0 else 0
        at = after + 1 if after >= 0 else len(data)


def _are_reads(found: list[_Sequence]) -> bool:
    """Tell whether all are reads by their names: a few of a sequencer's."""
    whole = found[:-1] or found  # the last may be cut
    return all((is_read(each.name) or is_simulated(each.name)) and each.dna and each.bases in _READ_LENGTHS for each in whole)


def _personal(head: Head, found: list[_Sequence]) -> PersonalSequence | None:
    """Return the sequences that are somebody's, by the first kind of which there is one."""
    whose: dict[bytes, None] = {}
    what: What = ""
    contigs: list[tuple[bytes, int | None]] = []
    first = 0
    for each in found:
        kind, name, contig = _whose(each)
        if not kind:
            continue
        if not what:
            what, first = kind, each.line
        if name and len(whose) < NAMES:
            whose[name] = None
        if contig:
            contigs.append((contig, each.bases if each.ends else None))
    if not what:
        return None
    species: Species = of_contigs(contigs) if contigs else "human" if what == "mitochondrion" else ""
    return PersonalSequence(
        artifact=head.artifact,
        trail=head.trail,
        format="FASTA",
        level="individual",
        at=head.at(first),
        setting=head.setting,
        people=len(whose),
        more=not head.whole,
        names=tuple(whose),
        species=species,
        what=what,
    )


def _whose(sequence: _Sequence) -> tuple[What, bytes, bytes]:
    """Return what one sequence is of a person, whose, and which sequence of an assembly; "" for one that is nobody's."""
    if not sequence.dna:
        return "", b"", b""
    if sequence.bases in _MITOCHONDRION and sequence.ends and not is_reference(sequence.title):
        return "mitochondrion", sequence.name, b""
    parts = haplotype(sequence.name)
    if parts and sequence.bases >= _PIECE and not is_public(sequence.title):
        return "haplotype", *parts
    owner = chromosome_of(sequence.name)
    if owner and sequence.bases >= _CHROMOSOME and not is_public(sequence.title):
        return "chromosome", owner, sequence.name.replace(owner, b"").strip(b"_.|:-")
    if (
        sequence.bases >= _DESCRIBED
        and not is_reference(sequence.title)
        and _OF_CHROMOSOME.search(sequence.title, len(sequence.name))
    ):
        return "chromosome", sequence.name, b""
    return "", b"", b""


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Trace | None:
    """Return the trace of an ABIF file, by its directory (ABIF file format, Applied Biosystems 2009)."""
    head = stream.peek(128)
    if head[6:10] != b"tdir":
        return None
    size, count, length, start = (int.from_bytes(head[at:to], "big") for at, to in ((16, 18), (18, 22), (22, 26), (26, 30)))
    end = start + max(length, size * count)
    data = stream.peek(end) if size >= 28 and end <= HELD else b""
    names = tuple(each for each in (_text(data, at) for at in range(start, min(end, len(data)), size or 28)) if each)
    return Trace(
        artifact=artifact,
        trail=trail,
        format=name,
        level="individual",
        at=Location(path=artifact.path, trail=trail),
        people=1,
        names=names,
    )


def _text(data: bytes, at: int) -> bytes:
    """Return the name of the sample where the entry at `at` holds it: a text with its length before it."""
    if data[at : at + 4] != b"SMPL":
        return b""
    size, start = int.from_bytes(data[at + 16 : at + 20], "big"), int.from_bytes(data[at + 20 : at + 24], "big")
    field = data[at + 20 : at + 20 + size] if size <= 4 else data[start : start + size] if size <= 256 else b""
    return field[1 : 1 + field[0]] if field else b""
