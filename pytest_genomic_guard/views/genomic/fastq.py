"""Raw reads: FASTQ (Cock et al., Nucleic Acids Res 2010, 38:1767), of four lines a read, of more, or of one with tabs."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.lines import lines
from pytest_genomic_guard.views.genomic.naming import is_simulated
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_genomic_guard.views.genomic.head import Head

_BASES = regex(rb"[A-Za-z.*~-]+|[ACGTacgt]?[0-3.]+")  # of nucleotides, or of colours (SOLiD)
_NUCLEOTIDES = b"ACGTUNacgtun.-*0123"
_QUALITIES = regex(rb"[!-~]*")
_SHOWN = regex(rb"""b?(['"])(.*?)(?:\\r)?(?:\\n)?\1,?""")  # a line that a program printed as it holds it
_BEGIN = 12  # lines before the first whole read of a text that was cut off above
_LOOKED = 16  # reads
_LEAST = 4  # bases
_TELLING = 20  # bases of one read with which it needs no second


class RawReads(Genomic):
    """Reads as a sequencer gives them. `simulated`: the names of all that were looked at are those that a simulator gives."""

    simulated: bool = False


class Unlike(Exception):  # noqa: N818 - an answer
    """It is no read."""


def sniff(head: Head) -> RawReads | None:
    """Return the reads of a FASTQ text, also where its first lines are cut off."""
    first = head.lines[0].lstrip()
    if first[:1] == b"@":
        return _reads(head, 0, _plain(lines(head))) or _reads(head, 0, _clean(lines(head)))
    if first[:1] in b"b'\"" and _SHOWN.fullmatch(first):
        return _reads(head, 0, _clean(lines(head)))
    for number, line in enumerate(head.lines[1:_BEGIN], 1):
        if line[:1] == b"@" and len(head.lines) > number + 2 and head.lines[number + 2][:1] == b"+":
            found = _reads(head, number, iter(head.lines[number:]), least=2)
            if found:
                return found
    return None


def _plain(found: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines without blanks at their ends: a quality is none, and a sequence of no bases is a blank line."""
    return (line.rstrip(b" \t") for line in found)


def _clean(found: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines that are not blank, without blanks around them, and without the quotes in which a program shows them."""
    for line in found:
        shown = _SHOWN.fullmatch(line.strip())
        text = shown[2] if shown else line.strip()
        if text:
            yield text


def _reads(head: Head, number: int, found: Iterator[bytes], least: int = 1) -> RawReads | None:
    """Return what the lines are: records as far as one looks, of which the last may be cut."""
    names: list[bytes] = []
    bases: list[bytes] = []
    try:
        while len(names) < _LOOKED:
            record = _record(found)
            if record is None:
                break
            names.append(record[0])
            bases.append(record[1])
    except Unlike:
        # what follows is no read: it is a text that quotes some, unless there are enough
        telling = sum(map(len, bases)) >= _TELLING if head.setting == "output" else len(names) >= max(2, 4 * (least - 1))
        if not telling:
            return None
    letters = b"".join(bases)
    if len(names) < least or len(letters) < _LEAST:
        return None
    return RawReads(
        artifact=head.artifact,
        trail=head.trail,
        format="FASTQ",
        level="individual",
        at=head.at(number),
        setting=head.setting,
        simulated=all(map(is_simulated, names)),
    )


def _record(found: Iterator[bytes]) -> tuple[bytes, bytes] | None:
    """Take one read, and return its name and bases; None at the end. Raises `Unlike`."""
    title = next(filter(None, found), None)
    if title is None:
        return None
    if title[:1] != b"@":
        raise Unlike
    fields = title.split(b"\t")
    if len(fields) == 4 and fields[2][:1] == b"+" and _BASES.fullmatch(fields[1]) and len(fields[1]) == len(fields[3]):
        return _name(title), fields[1]
    parts = []
    for line in found:
        if line[:1] == b"+":
            break
        if line and not (_BASES.fullmatch(line) and len(line.translate(None, _NUCLEOTIDES)) * 4 <= len(line)):
            raise Unlike  # words have letters that stand for several bases as often as not
        parts.append(line)
    else:
        return None  # cut off before its qualities: such text could be anything
    return _name(title), _qualified(b"".join(parts), found)


def _qualified(bases: bytes, found: Iterator[bytes]) -> bytes:
    """Take as many qualities as there are bases. Raises `Unlike`. A text that ends before is one that was cut off."""
    have = 0
    colours = bases[-1:].isdigit()
    while True:
        line = next(found, None)
        if line is None:
            if len(bases) < _TELLING:
                raise Unlike
            return bases
        have += len(line)
        if not _QUALITIES.fullmatch(line) or have > len(bases):
            raise Unlike
        if have == len(bases) or (colours and have == len(bases) - 1):
            return bases


def _name(title: bytes) -> bytes:
    return title[1:].split(None, 1)[0] if title[1:].strip() else b""
