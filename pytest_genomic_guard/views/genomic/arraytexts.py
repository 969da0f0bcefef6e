"""Texts of microarrays with sections or notes above a table: GenomeStudio reports, sample sheets, CEL in text, Affymetrix calls."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.genomic.arrayfiles import chip_species, scanned
from pytest_genomic_guard.views.genomic.arrays import Chip
from pytest_genomic_guard.views.genomic.naming import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic, Species

_AHEAD = 4 << 20  # bytes in which the samples of a report are looked for
_SIGNS = re.compile(r"[\W_]+")
_PEOPLE = re.compile(rb"(?i)^(?:num|total)[ _]samples[\t, ]+(\d{1,8})\b", re.MULTILINE)
_CONTENT = re.compile(rb"(?i)^(?:content|manifests?|manifest name|A)[\t, ]+([^\r\n]{1,200})", re.MULTILINE)
_CHIP = re.compile(r"(?i)dat ?header=[^\n]{0,2000}")
_SECTION = re.compile(rb"(?i)^[\s\"]*\[([a-z_ 0-9]{1,40})\][\s,\";]*$")
_CALL = re.compile(r"-1|[012]|NoCall|--|NC|[AB]{2}|[ACGT]{2}|-?\d{1,3}\.\d+")
_CNV = re.compile(rb"(?:chr)?\w{1,5}:\d+-\d+[ \t]+numsnp=\d+[ \t]+length=[\d,]+[ \t]+state\d,cn=\d+[ \t]+(\S+)")
_SAMPLE = frozenset({"sampleid", "samplename", "sample", "dnaid", "dnaname", "sampleproject"})
_OF_PROBES = frozenset({"cr", "fld", "hetso", "homro", "bb", "ab", "aa", "cv", "type", "header", "snpid", "nclus", "affysnpid"})


def read(head: Head) -> Genomic | None:
    """Return what a text is; None for manifests, libraries and whatever else has sections."""
    first = head.lines[0]
    if b"numsnp=" in first:
        return _segments(head)
    if first.startswith(b"#%"):
        return _affymetrix(head)
    if first[:1] in {b"S", b"N"}:
        return _pasted(head)
    section = _SECTION.match(first)
    name = section[1].lower() if section else b""
    if name == b"cel":
        return _cel(head)
    return _sections(head) if name in {b"header", b"data"} else None


def _chip(  # noqa: PLR0913 - what differs between formats
    head: Head, form: str, row: int, *, names: Sequence[str] = (), people: int = 0, species: Species = ""
) -> Chip:
    return Chip(
        artifact=head.artifact,
        trail=head.trail,
        format=form,
        level="individual",
        at=head.at(min(row, len(head.lines) - 1)),
        people=people or len(names),
        more=not head.whole,
        names=tuple(bare(name.encode("utf-8", "replace")) for name in names),
        species=species,
        setting=head.setting,
        final=not head.whole,
    )


def _segments(head: Head) -> Chip | None:
    """PennCNV: a line for each segment of each sample."""
    found = [match[1].decode("utf-8", "replace") for line in head.lines if (match := _CNV.match(line))]
    return _chip(head, "copy number by segment", 0, names=tuple(dict.fromkeys(found))) if found else None


def _pasted(head: Head) -> Chip | None:
    """Return a report whose tabs became blanks, so that names of columns, which hold blanks too, cannot be told apart."""
    rows = [line.split() for line in head.lines[1:50]]
    widths = {len(row) for row in rows}
    measured = all(any(_CALL.fullmatch(cell.decode("latin-1")) for cell in row) for row in rows)
    fits = len(rows) > 1 and max(widths) - min(widths) < 2 and 2 < max(widths) <= len(head.lines[0].split())
    return _chip(head, "final report", 0) if fits and measured else None


def _cel(head: Head) -> Chip | None:
    """CEL of version 3: `Version=3`, then sections."""
    if not any(line.strip() == b"Version=3" for line in head.lines[:10]):
        return None
    told = _CHIP.search(b"\n".join(head.lines[:60]).decode("latin-1"))
    names = scanned(told[0]) if told else ()
    return _chip(head, "Affymetrix intensities (CEL)", 0, people=1, names=names, species=chip_species(told[0]) if told else "")


def _affymetrix(head: Head) -> Chip | None:
    """Affymetrix Power Tools: notes, then calls, confidences, signals or reports by CEL file; libraries have neither."""
    at = next((number for number, line in enumerate(head.lines) if line.strip() and not line.startswith(b"#")), None)
    if at is None:
        return None
    names = _cells(head.lines[at])
    plain = [_SIGNS.sub("", name).lower() for name in names]
    told = chip_species(b"\n".join(head.lines[:at]).decode("utf-8", "replace"))
    chips = [name for name in names if name.lower().endswith((".cel", ".cel_call", ".cel_signal"))]
    if chips:
        return _chip(head, "calls by probe set", at, names=chips, species=told)
    below = [_cells(line) for line in head.lines[at + 1 : at + 200]]
    if plain[0] in {"celfiles", "celfile", "celfilename"}:
        return _chip(head, "report by CEL file", at, names=tuple(dict.fromkeys(row[0] for row in below if row[0])), species=told)
    if {"call", "confidence"} <= set(plain) or {"callcodes", "signala"} <= set(plain):
        return _chip(head, "calls by probe set", at, people=1, species=told)
    full = [row[1:] for row in below if len(row) == len(names)]
    if plain[0] == "probesetid" and len(names) > 1 and full and not set(plain[1:]) & _OF_PROBES and all(map(_are_calls, full)):
        return _chip(head, "calls by probe set", at, names=names[1:], species=told)
    return None


def _are_calls(cells: Sequence[str]) -> bool:
    return all(_CALL.fullmatch(cell) for cell in cells[:200])


def _cells(line: bytes) -> list[str]:
    text = line.decode("utf-8", "replace").replace('"', "")
    sign = next((each for each in ("\t", ",", ";") if each in text), None)
    return [cell.strip() for cell in text.split(sign)] if sign else text.split() or [""]


def _sections(head: Head) -> Chip | None:
    """GenomeStudio's reports and Illumina's sample sheets: `[Header]`, further sections, `[Data]` and a table."""
    lines = head.peek(_AHEAD)[:_AHEAD].removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()
    starts = {match[1].lower(): at for at, line in enumerate(lines[:2000]) if (match := _SECTION.match(line))}
    data = next((at for name, at in starts.items() if name == b"data" or name.endswith((b"_data", b" data"))), None)
    if data is None or b"assay" in starts:
        return None
    at = next((number for number in range(data + 1, len(lines)) if lines[number].strip(b" ,;\t")), None)
    if at is None:
        return None
    above = b"\n".join(lines[:data])
    content = _CONTENT.search(above)
    species = chip_species(content[1].decode("utf-8", "replace")) if content else ""
    names = _cells(lines[at])
    plain = [_SIGNS.sub("", name).lower() for name in names]
    rows = lines[at + 1 :]
    if not any(plain[1:]):
        return None
    if "gsgtversion" in _SIGNS.sub("", above.decode("utf-8", "replace")).lower() or any("llele" in name for name in names):
        return _report(head, at, names, plain, rows).replace(species=species) if _is_report(names, plain) else None
    return _sheet(head, at, plain, rows, species)


def _is_report(names: Sequence[str], plain: Sequence[str]) -> bool:
    """Tell reports by sample from those by locus alone, in which calls are counted."""
    return not {"call", "callfreq"} & set(plain) or any(name in _SAMPLE for name in plain) or not names[0]


def _report(head: Head, at: int, names: Sequence[str], plain: Sequence[str], rows: Sequence[bytes]) -> Chip:
    """Return a final report: long, with a column of samples, or a matrix with one column for each."""
    told = _PEOPLE.search(b"\n".join(head.lines[:100]))
    column = next((number for number, name in enumerate(plain) if name in _SAMPLE), None)
    if column is None:
        return _chip(head, "final report", at, names=[name for name in names[1:] if name], people=1 if "snpname" in plain else 0)
    found: dict[str, None] = {}
    for row in rows:
        cells = _cells(row)
        if column < len(cells) and cells[column]:
            found[cells[column]] = None
    return _chip(head, "final report", at, names=tuple(found), people=max(len(found), int(told[1]) if told else 0))


def _sheet(head: Head, at: int, plain: Sequence[str], rows: Sequence[bytes], species: Species) -> Chip | None:
    """Return a sample sheet: of arrays, or of a sequencer."""
    column = next((plain.index(name) for name in ("sampleid", "samplename", "sample") if name in plain), None)
    if column is None:
        return None
    names = [cells[column] for cells in map(_cells, rows) if column < len(cells) and cells[column] and cells[column] != "[Data]"]
    if not names:
        return None
    arrays = any(name.startswith("sentrix") for name in plain)
    if not arrays and not set(plain) & {"index", "i7indexid", "index2", "samplewell", "lane", "sampleproject"}:
        return None
    form = "sample sheet of arrays" if arrays else "sample sheet of a sequencer"
    return _chip(head, form, at, names=tuple(dict.fromkeys(names)), species=species).replace(sheet=not arrays, final=False)
