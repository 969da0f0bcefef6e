"""Aligned reads: SAM and pileup as text, BAM (SAMv1, sections 1 and 4.2). `cram` gives the text of a CRAM's header.

A read belongs to somebody. So does a read group that names its sample, whether or not a read follows. A header with nothing but
reference sequences (`@SQ`) is a sequence dictionary, and about nobody.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location, Unreadable
from pytest_genomic_guard.views.bounds import HEADER, NAMES
from pytest_genomic_guard.views.genomic.lines import lines
from pytest_genomic_guard.views.genomic.may import ALIGNED
from pytest_genomic_guard.views.genomic.naming import is_accession, is_simulated
from pytest_genomic_guard.views.genomic.seen import Genomic
from pytest_genomic_guard.views.genomic.species import of_contigs, of_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Level, Species
    from pytest_genomic_guard.views.streams import Peek

_HEADER_LINE = regex(
    rb"@(?:HD([\t ,])(?:[^\n]*[\t ,])?VN:\d|SQ([\t ,])(?:[^\n]*[\t ,])?(?:SN|LN):|(?:RG|PG)([\t ,])(?:[^\n]*[\t ,])?ID:|CO\t)"
)
_STARTS = (b"@HD", b"@SQ", b"@RG", b"@PG", b"@CO")
_NAME = regex(rb"[!-?A-~]{1,254}")
_FLAG = regex(rb"\d{1,5}")
_MAPQ = regex(rb"\d{1,3}")
_POSITION = regex(rb"-?\d{1,10}")
_CIGAR = regex(rb"\*|(?:\d{1,9}[MIDNSHPX=])+")
_STEP = regex(rb"(\d+)([MIDNSHPX=])")
_SEQUENCE = regex(rb"\*|[A-Za-z=.]+")
_PILE = regex(rb"(\S{1,255}+)\t(\d{1,10})\t([ACGTNacgtn])\t(\d{1,7})\t(\S+)\t([!-~]+)((?:\t\d{1,7}\t\S+\t[!-~]+)*)")
_MARKS = regex(rb"\^.|\$|[+-]\d+")  # of the first and last base of a read, and of an insertion or deletion
_PILED = 10  # bases over all rows
_BEFORE_READS = 50  # lines that follow a header and are no rows, of which the rest may be
_LOOKED = 50  # rows
_CONTIGS = 1 << 16
_REFERENCES = 1 << 21  # sequences that a BAM may list
_NEAR = 1 << 16  # bytes after a header in which first reads are looked at
_COLUMNS = 11


class AlignedReads(Genomic):
    """Reads and where they lie, or a header that names whose they are.

    `reads` tells whether there is one; `simulated`, whether those that were looked at are named as a simulator names them.
    """

    reads: bool = False
    simulated: bool = False


class Header:
    """What the lines of a header say, however many there are."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.contigs: list[tuple[bytes, int | None]] = []
        self.names: dict[bytes, None] = {}
        self.words: dict[bytes, None] = {}  # of assemblies and organisms

    def feed(self, line: bytes) -> None:
        """Take a line."""
        if line.startswith(b"@SQ") and len(self.contigs) < _CONTIGS:
            tags = _tags(line)
            length = tags.get(b"LN", b"")
            self.contigs.append((tags.get(b"SN", b""), int(length) if length.isdigit() and len(length) < 12 else None))
            for key in (b"SP", b"AS"):
                if key in tags and len(self.words) < 8:
                    self.words[tags[key][:200]] = None
        elif line.startswith(b"@RG") and len(self.names) < NAMES:
            name = _tags(line).get(b"SM", b"").strip()
            if name:
                self.names[name] = None

    def species(self) -> Species:
        """Return whether the reference is human: by its sequences; where they do not tell, by what the header calls it."""
        told = of_contigs(self.contigs)
        words = {of_words(word) for word in self.words} - {""}
        return told or (words.pop() if len(words) == 1 else "")

    def told(self, view: AlignedReads) -> AlignedReads:
        """Return a view with what is said about people."""
        return view.replace(people=len(self.names), names=tuple(self.names), species=self.species())


def _tags(line: bytes) -> dict[bytes, bytes]:
    mark = line[3:4]
    fields = line[4:].split(b"\t" if mark == b"\t" else b"," if mark == b"," else None)
    return {field[:2]: field[3:] for field in reversed(fields) if field[2:3] == b":"}


def sniff(head: Head) -> AlignedReads | None:
    """Return the reads of a SAM text, with or without its header."""
    first = next(
        (number for number, line in enumerate(head.lines[:4]) if line.startswith(_STARTS) and _HEADER_LINE.match(line)), None
    )
    if first is None:
        return _headless(head)
    header, headers, strange = Header(), 0, 0
    rows: list[tuple[bytes, ...]] = []
    for number, line in enumerate(lines(head)):
        if number < first or not line.strip():
            continue
        if not rows and line.startswith(_STARTS):
            header.feed(line)
            headers += 1
            continue
        fields = row(line)
        rows += [fields] if fields else []
        strange += not fields
        if len(rows) >= _LOOKED or strange > _BEFORE_READS:
            break
    if strange > 2 + len(rows) + headers:
        return None  # a text that quotes a few lines
    return _view(head, first, header, rows) if rows or header.names or header.contigs else None


def _view(head: Head, first: int, header: Header, rows: list[tuple[bytes, ...]]) -> AlignedReads:
    """Return what a text is. Alignments of reference sequences, such as transcripts, are about nobody, too."""
    reads = [fields[0] for fields in rows]
    if not header.contigs:
        header.contigs = [(fields[2], None) for fields in rows if fields[2] != b"*"]
    short = len(rows) < _LOOKED and all(fields[9] == b"*" for fields in rows)  # no base of anybody's
    personal = header.names or not (short or _nobodys(reads))
    view = AlignedReads(
        artifact=head.artifact,
        trail=head.trail,
        format="SAM",
        level="individual" if personal else "aggregate",
        at=head.at(first),
        setting=head.setting,
        reads=bool(rows),
        simulated=bool(reads) and all(map(is_simulated, reads)),
        final=bool(personal),
    )
    return header.told(view)


def _nobodys(reads: list[bytes]) -> bool:
    """Tell whether there is no read, or all are named by accession."""
    return all(map(is_accession, reads))


def _headless(head: Head) -> AlignedReads | None:
    """Return rows without a header; the first line may be column names, or what a program wrote on standard error."""
    for number, line in enumerate(head.lines[:3]):
        fields = row(line)
        if fields and (fields[5] != b"*" or fields[9] != b"*"):
            rows = [each for each in map(row, head.lines[number : number + _LOOKED]) if each]
            return _view(head, number, Header(), rows) if len(rows) * 2 >= len(head.lines[number : number + _LOOKED]) else None
    return _piled(head)


def _piled(head: Head) -> AlignedReads | None:
    """Return the reads of a pileup, which has a row for each position: contig, position, base, depth, bases, qualities."""
    rows = [found for found in map(_PILE.fullmatch, head.lines[:_LOOKED]) if found]
    if len(rows) < min(3, len(head.lines)) or len(rows) * 2 < len(head.lines[:_LOOKED]):
        return None
    if any(len(found[6]) != int(found[4]) or len(_MARKS.sub(b"", found[5])) < int(found[4]) for found in rows if found[4] != b"0"):
        return None
    if sum(int(found[4]) for found in rows) < _PILED:
        return None
    header = Header()
    header.contigs = [(found[1], None) for found in rows]
    view = AlignedReads(
        artifact=head.artifact, trail=head.trail, format="pileup", level="individual", at=head.at(), setting=head.setting
    )
    return header.told(view.replace(reads=True))


def row(line: bytes) -> tuple[bytes, ...] | None:
    """Return the first eleven fields of a line when it is a row of SAM (SAMv1 1.4), between tabs, blanks or commas."""
    if not ALIGNED.match(line[:1000]):
        return None
    for fields in (line.split(b"\t", _COLUMNS + 1), line.split(None, _COLUMNS + 1), _by_commas(line)):
        if len(fields) >= _COLUMNS:
            numbered = len(fields) > _COLUMNS and fields[0].isdigit()  # as a table prints its own numbers before each row
            return _row(fields) or (_row(fields[1:]) if numbered else None)
    return None


def _by_commas(line: bytes) -> list[bytes]:
    """Split at commas; what follows the bases are qualities, of which some are commas, and as many as bases."""
    fields = line.split(b",", _COLUMNS - 1)
    if len(fields) == _COLUMNS:
        fields[-1] = fields[-1].lstrip(b'"')
        fields[-1] = fields[-1][: len(fields[-2].strip(b'"'))] if not fields[-1].startswith(b"*") else b"*"
    return fields


def _row(given: list[bytes]) -> tuple[bytes, ...] | None:
    fields = tuple(field.strip(b'"') for field in given[:_COLUMNS]) if given[0][:1] == b'"' else tuple(given[:_COLUMNS])
    name, flag, contig, at, quality, cigar, mate, mate_at, span, bases, qualities = fields
    if not (_FLAG.fullmatch(flag) and _MAPQ.fullmatch(quality) and _CIGAR.fullmatch(cigar) and _SEQUENCE.fullmatch(bases)):
        return None
    if int(flag) > 0xFFFF or int(quality) > 255 or not (_NAME.fullmatch(name) and contig and mate):
        return None
    placed = all(_POSITION.fullmatch(field.removeprefix(b"+")) for field in (at, mate_at, span))
    return fields if placed and _agree(cigar, bases, qualities) else None


def _agree(cigar: bytes, bases: bytes, qualities: bytes) -> bool:
    """Tell whether the lengths of the last fields agree."""
    if bases == b"*":
        return True
    if cigar != b"*" and sum(int(size) for size, step in _STEP.findall(cigar) if step in b"MIS=X") != len(bases):
        return False
    return len(qualities) == len(bases) or qualities == b"*" or qualities.startswith(b"array(")


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:
    """Return the reads of a BAM or CRAM. Raises `Unreadable` for one that is damaged before it says whose they are."""
    header, names = Header(), list[bytes]()
    if name == "CRAM":
        from pytest_genomic_guard.views.genomic import cram  # noqa: PLC0415 - for CRAM only

        text, reads = cram.header(stream)
        _feed(header, text)
        about_nobody = not reads
    else:
        reads, names = _bam(stream, header)
        if not reads and not header.names and not header.contigs:
            return None  # it tells nothing
        about_nobody = not reads or (bool(names) and _nobodys(names))
    level: Level = "aggregate" if about_nobody and not header.names else "individual"
    at = Location(path=artifact.path, trail=trail)
    view = AlignedReads(artifact=artifact, trail=trail, format=name, level=level, at=at, reads=reads)
    return header.told(view.replace(simulated=bool(names) and all(map(is_simulated, names))))


def _feed(header: Header, text: bytes) -> None:
    for line in _split(text):
        header.feed(line)


def _split(text: bytes) -> Iterator[bytes]:
    """Yield lines one by one: a list of all of a long header would take many times its size."""
    at = 0
    while at < len(text):
        end = text.find(b"\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end + 1


def _bam(stream: Peek, header: Header) -> tuple[bool, list[bytes]]:
    """Read the header of a BAM; return whether an alignment follows, and the names of the first ones. Raises `Unreadable`."""
    length = int.from_bytes(stream.peek(12)[4:8], "little")
    data = stream.peek(min(12 + length, HEADER))
    _feed(header, data[8 : 8 + length].rstrip(b"\0"))
    if length > HEADER or len(data) < 12 + length:
        if header.names:
            return True, []
        raise Unreadable("too-large" if length > HEADER else "truncated")
    try:
        at = _references(stream, 12 + length, int.from_bytes(data[8 + length : 12 + length], "little"), header)
    except Unreadable:
        if header.names:
            return True, []
        raise
    data = stream.peek(at + _NEAR)
    return len(data) > at, list(_first_reads(data, at))


def _references(stream: Peek, at: int, count: int, header: Header) -> int:
    """Take the reference sequences that a BAM lists, and return where they end. Raises `Unreadable`."""
    listed: list[tuple[bytes, int | None]] = []
    data = stream.peek(at)
    for number in range(count):
        size = int.from_bytes(data[at : at + 4], "little") if len(data) >= at + 4 else 0
        if len(data) < at + 8 + size:
            data = stream.peek(min(max(at + 8 + size, 2 * at), HEADER))
            size = int.from_bytes(data[at : at + 4], "little")
        if len(data) < at + 8 + size or number >= _REFERENCES:
            raise Unreadable("too-large" if number >= _REFERENCES or at + size > HEADER else "truncated")
        if number < _CONTIGS:
            listed.append((data[at + 4 : at + 3 + size], int.from_bytes(data[at + 4 + size : at + 8 + size], "little")))
        at += 8 + size
    header.contigs = listed or header.contigs
    return at


def _first_reads(data: bytes, at: int) -> Iterator[bytes]:
    """Yield the names of the first whole alignments of a BAM."""
    for _number in range(_LOOKED):
        size = int.from_bytes(data[at : at + 4], "little")
        if size < 32 or at + 4 + size > len(data):
            return
        yield data[at + 36 : at + 35 + data[at + 12]]
        at += 4 + size
