"""Genotypes in texts of programs of population genetics that begin with words: GENEPOP, Arlequin, fastPHASE, STRUCTURE.

Sources: the manuals of GENEPOP 4.7 (input file), Arlequin 3.5 (project file), fastPHASE 1.4 and STRUCTURE 2.3. Alleles are told by
their place in the grammar, so that lengths of microsatellites count like bases.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.bounds import NAMES
from pytest_genomic_guard.views.genomic import strct
from pytest_genomic_guard.views.genomic.containers import GenotypeText, fields, rows
from pytest_genomic_guard.views.genomic.may import LOCUS, POP, has_pop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_LOOKED = 100  # people
_HAPLOID = 4  # people and loci, where a call has one allele only
_CALLS = regex(rb"(?:\d{2}|\d{3}|\d{4}|\d{6})(?:[ \t]+(?:\d{2}|\d{3}|\d{4}|\d{6}))*[ \t]*")
_TYPES = frozenset({b"DNA", b"RFLP", b"MICROSAT", b"STANDARD"})  # of Arlequin's data that are of samples; FREQUENCY is not
_SETTING = regex(rb"(?im)^[ \t]*(DataType|GenotypicData|Frequency)[ \t]*=[ \t]*[\"']?(\w+)")
_BLOCK = regex(rb"(?i)SampleData[ \t]*=[ \t]*\{([^{}]{0,4194304})")
_SAMPLE = regex(rb"[ \t]*([^\s#\[{}]{1,64})[ \t]+\d+[ \t]+\S")
_CLUSTERED = regex(rb"[ \t]*\d{1,7}[ \t]+(\S{1,64})[ \t]+\(\d{1,3}\)[ \t]+(?:\S+[ \t]+)?:[ \t]+[01]\.\d{3}")


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = head.lines[0].strip()
    if first[:1] == b"[":
        return _arlequin(head) if first.lower() == b"[profile]" else None
    if first[:3] in {b"***", b"---"}:
        return _phased(head) if first[:1] == b"*" else _clusters(head)
    return _genepop(head) or strct.sniff(head)


def _seen(  # noqa: PLR0913 - what is told of it
    head: Head, form: str, variants: int, names: Sequence[bytes], *, people: int = 0, more: bool = False
) -> GenotypeText:
    own = tuple(dict.fromkeys(names))
    return GenotypeText(
        artifact=head.artifact,
        trail=head.trail,
        format=form,
        level="individual",
        at=head.at(),
        people=people or len(own),
        more=more,
        variants=variants,
        names=own[:NAMES],
        setting=head.setting,
    )


def _genepop(head: Head) -> Genomic | None:
    """Return GENEPOP: a title, names of loci, then under each `Pop` a person, a comma, and two alleles by locus in one number."""
    if len(head.top) < 4 or not has_pop(head.text):
        return None
    loci, at = 0, 1
    while at < len(head.lines) and head.lines[at].strip() not in POP:
        names = [name.strip() for name in head.lines[at].strip().strip(b",").split(b",")]
        if not all(map(LOCUS.fullmatch, names)):
            return None
        loci, at = loci + len(names), at + 1
    body = [line for line in head.lines[at:] if line.strip() and line.strip() not in POP]
    if not loci or len(body) < 2 or not all(_person(line, loci) for line in body[:_LOOKED]) or not _alleles(body[:_LOOKED]):
        return None
    every, more = rows(head)
    people = [line.partition(b",")[0].strip() for line in every if b"," in line and _person(line.rstrip(b"\r"), loci)]
    given = people if len({*people}) == len(people) else []  # where each is called by its population or place
    return _seen(head, "GENEPOP", loci, given, people=len(people), more=more)


def _person(line: bytes, loci: int) -> bool:
    """Tell whether a line is of one person: its calls are as many as there are loci, and of one width."""
    name, comma, calls = line.partition(b",")
    calls = calls.strip()
    if not comma or len(name) > 200 or not _CALLS.fullmatch(calls):
        return False
    cut = calls.split()
    return len(cut) == loci and len({len(each) for each in cut}) <= 2


def _alleles(lines: Sequence[bytes]) -> bool:
    """Tell whether numbers are two alleles in one, which the two halves share, and not years; one allele each needs more rows."""
    calls = [call for line in lines for call in line.partition(b",")[2].split()]
    if len(calls[0]) < 4:
        return len(lines) >= _HAPLOID and len(calls) >= _HAPLOID * _HAPLOID and len({*calls}) * 3 < len(calls)
    years = all(call[:2] in {b"18", b"19", b"20"} for call in calls)
    half = len(calls[0]) // 2
    return not years and len({*(call[:half] for call in calls)} | {*(call[half:] for call in calls)}) < 2 * len(calls)


def _arlequin(head: Head) -> Genomic | None:
    """Return an Arlequin project whose samples are people with genotypes, and not counts of haplotypes."""
    data = b"\n".join(head.lines)
    told = {key.lower(): value.upper() for key, value in _SETTING.findall(data)}
    if told.get(b"datatype") not in _TYPES or told.get(b"genotypicdata", b"1") == b"0":
        return None
    every, more = rows(head)
    blocks = _BLOCK.findall(b"\n".join(every))
    cut = [line.rstrip(b"\r") for block in blocks for line in block.split(b"\n") if line.strip()]
    width = len(fields(cut[0])) if cut else 0  # name, how many, alleles; the other allele of each locus stands in a row below
    people = [line for line in cut if _SAMPLE.match(line) and len(fields(line)) == width]
    if not people or len(people) < len(cut) - len(people):
        return None
    names = [line.split(None, 1)[0] for line in people]
    return _seen(head, "Arlequin project", len(fields(people[0])) - 2, names, more=more)


def _phased(head: Head) -> Genomic | None:
    """Return the output of fastPHASE: under `BEGIN GENOTYPES` an id and two haplotypes of each person."""
    if not any(b"fastPHASE" in line for line in head.lines[:8]):
        return None
    every, more = rows(head)
    lines = [line.strip() for line in every]
    if b"BEGIN GENOTYPES" not in lines:
        return None
    body = lines[lines.index(b"BEGIN GENOTYPES") + 1 :]
    ids = [line.lstrip(b"# ").removeprefix(b"id").strip() for line in body if line.startswith(b"#")]
    if len(body) < 3 or not ids:
        return None
    return _seen(head, "fastPHASE output", len(body[1].split()), ids, more=more)


def _clusters(head: Head) -> Genomic | None:
    """Return the output of STRUCTURE: a row for each person with the share of each cluster."""
    if not any(b"STRUCTURE by Pritchard" in line for line in head.lines[:4]):
        return None
    every, more = rows(head)
    names = [found[1] for line in every if (found := _CLUSTERED.match(line))]
    return _seen(head, "STRUCTURE output", 0, names, more=more).replace(said="list") if names else None
