"""The records of a BCF2 as far as INFO goes (VCFv4.3, section 6.3): typed values, bounded, silent from the first bad one on."""

from __future__ import annotations

import math
import re
import struct

from pytest_genomic_guard.views.genomic.sites import site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.genomic.layouts import Site

_LINE = re.compile(rb"^##(INFO|FILTER|FORMAT|contig)=<ID=([^,>\n]{1,200})([^\n]{0,4000})", re.MULTILINE)
_NUMBERED = re.compile(rb"IDX=(\d{1,6})")
_WIDTHS = {1: 1, 2: 2, 3: 4, 5: 4, 7: 1}
_FORMS = {1: "b", 2: "h", 3: "i", 5: "f", 7: "c"}
_WANTED = frozenset(("AC", "AN", "AF", "NS"))
_MOST = 1 << 16  # values of one field that are looked at, fields of a record, names of a dictionary


def dictionaries(header: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that records number: of fields and filters, and of contigs."""
    names: dict[int, str] = {0: "PASS"}
    contigs: dict[int, str] = {}
    seen = {"PASS"}
    for kind, name, rest in _LINE.findall(header)[:_MOST]:
        text = name.decode("latin-1")
        into = contigs if kind == b"contig" else names
        numbered = _NUMBERED.search(rest)
        if numbered is None and into is names and text in seen:
            continue
        into[int(numbered[1]) if numbered else len(into)] = text
        if into is names:
            seen.add(text)
    return _listed(names), _listed(contigs)


def _listed(names: dict[int, str]) -> tuple[str, ...]:
    return tuple(names.get(at, "") for at in range(min(max(names, default=-1) + 1, _MOST)))


def records(data: bytes, names: Sequence[str], contigs: Sequence[str]) -> Iterator[Site]:
    """Yield the sites of records that follow one another from the first byte."""
    at = 0
    while at + 32 <= len(data):
        shared, own = struct.unpack_from("<II", data, at)
        end = at + 8 + shared
        if shared < 24 or end > len(data):
            return
        try:
            yield _site(data[at + 8 : end], names, contigs)
        except (IndexError, struct.error, ValueError):
            return
        at = end + own


def _site(record: bytes, names: Sequence[str], contigs: Sequence[str]) -> Site:
    """Return one record's site. Raises IndexError, ValueError and struct.error for what is none."""
    chromosome, position = struct.unpack_from("<ii", record)
    counts, alleles = struct.unpack_from("<HH", record, 16)
    at = _typed(record, 24)[1]  # its name
    for _allele in range(alleles):
        at = _typed(record, at)[1]
    at = _typed(record, at)[1]  # its filters
    info: dict[str, str] = {}
    for _field in range(counts):
        key, at = _typed(record, at)
        values, at = _typed(record, at)
        name = names[int(key[0])] if key and 0 <= key[0] < len(names) else ""
        if name in _WANTED:
            info[name] = ",".join(f"{value:.9g}" for value in values[:64])
    where = contigs[chromosome] if 0 <= chromosome < len(contigs) else ""
    return site(where, max(0, position + 1), info)


def _typed(record: bytes, at: int) -> tuple[list[float], int]:
    """Return the numbers of a typed value, none for texts, and where the next one begins. Raises IndexError and the like."""
    count, kind = record[at] >> 4, record[at] & 15
    at += 1
    if count == 15:
        if record[at] >> 4 != 1:  # one number; lengths of lengths could go on for ever
            raise ValueError("no length")
        length, at = _typed(record, at)
        count = int(length[0]) if length else 0
    if kind == 0 or count == 0:
        return [], at
    end = at + count * _WIDTHS.get(kind, 0)
    if kind not in _WIDTHS or count < 0 or end > len(record):
        raise ValueError("no typed value")
    if kind == 7 or count > _MOST:
        return [], end
    values = struct.unpack_from(f"<{count}{_FORMS[kind]}", record, at)
    return [float(value) for value in values if math.isfinite(value) and value >= 0], end  # missing ones are negative, or no number
