"""Binary files of microarrays: Illumina IDAT and GTC, Affymetrix CEL and what else the Command Console writes.

Sources: illuminaio (readIDAT), Illumina BeadArrayFiles (GenotypeCalls), Affymetrix Fusion file formats (CEL, CHP, generic data).
"""

from __future__ import annotations

import struct

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.bounds import HEAD
from pytest_genomic_guard.views.genomic.arrays import Chip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact, Location
    from pytest_genomic_guard.views.genomic.seen import Genomic, Species
    from pytest_genomic_guard.views.streams import Peek

_ENTRIES = 1000  # of a table of contents
_SNPS, _SAMPLE, _MANIFEST = 1, 10, 101  # entries of a GTC
_PROBES = 1000  # the field of an IDAT with the number of probes
_SCANNED = regex(r"(?i)DatHeader=[^\n:]{0,40}\][ \t]+([^:\s]{1,100}):CLS=")
_OTHERS = regex(  # arrays of other species, as their makers call them; * stands for a version
    r"(?i)bovine|bos_?\d|porcine|pig_?\d|ovine|sheep|equine|equinesnp|canine|dog_?\d|feline|chicken|poultry|mouse|moe430|mg_u74|moex|mogene"
    r"|rat230|rg_u34|ragene|raex|maize|wheat|barley|soy|rice_?\d|ath1|arabidopsis|drosophila|drosgenome|celegans|zebrafish|yeast|yg_s98"
    r"|e_?coli|salmon|trout|ggp_|cattle|caprine|goat|cotton|potato|tomato|apple_?\d|xenopus|rhesus|macaque|plasmodium|pseudomonas|aeruginosa"
)
_PEOPLE = regex(  # and those of people
    r"(?i)hg-?u133|hg_u95|hg-focus|hugene|huex|human|genomewidesnp|mapping\d+k|axiom_(?:gw|ukb|pmra|pmda)|infinium(?:core|omni|exome|global)"
    r"|gsa-?\d\d|gsamd|omni\d|cytosnp|methylationepic|clariom_._human|hta-2|primeview|u219|cytoscan|oncoscan"
)


def read(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:
    """Return what a file is; None for one that only begins like it, and for libraries."""
    head = stream.peek(HEAD)[:HEAD]
    return {"IDAT": _idat, "GTC": _gtc, "CEL": _cel}[name](
        head, Chip(artifact=artifact, trail=trail, format=name, level="individual", at=_at(artifact, trail), people=1)
    )


def _at(artifact: Artifact, trail: tuple[str, ...]) -> Location:
    from pytest_genomic_guard.model import Location  # noqa: PLC0415 - a name for types above

    return Location(path=artifact.path, trail=trail)


def chip_species(text: str) -> Species:
    """Tell the species of an array by its maker's name for it."""
    return "other" if _OTHERS.search(text) else "human" if _PEOPLE.search(text) else ""


def scanned(told: str) -> tuple[str, ...]:
    """Return the name under which an array was scanned, as the header of a CEL has it: of the sample, as a rule."""
    found = _SCANNED.search(told)
    return (found[1],) if found else ()


def _idat(head: bytes, chip: Chip) -> Chip | None:
    """IDAT: mark, version (i64; 1 is encrypted, 3 not), number of fields, and where each of them stands."""
    version = int.from_bytes(head[4:12], "little")
    if version not in {1, 2, 3}:
        return None
    probes = 0
    if version == 3:
        for number in range(min(int.from_bytes(head[12:16], "little"), _ENTRIES)):
            entry = head[16 + 10 * number : 26 + 10 * number]
            if len(entry) == 10 and int.from_bytes(entry[:2], "little") == _PROBES:
                at = int.from_bytes(entry[2:], "little")
                probes = int.from_bytes(head[at : at + 4], "little") if at + 4 <= len(head) else 0
    return chip.replace(format="Illumina intensities (IDAT)", variants=probes if probes < 1 << 24 else 0)


def _gtc(head: bytes, chip: Chip) -> Chip | None:
    """GTC: mark and version, number of entries, and for each its number and where it stands, or what it is."""
    count = int.from_bytes(head[4:8], "little")
    entries = {}
    for number in range(min(count, _ENTRIES)):
        entry = head[8 + 6 * number : 14 + 6 * number]
        if len(entry) == 6:
            code, at = struct.unpack("<HI", entry)
            entries[code] = at
    name = _string(head, entries.get(_SAMPLE, 0))
    manifest = _string(head, entries.get(_MANIFEST, 0)).decode("utf-8", "replace")
    snps = entries.get(_SNPS, 0)
    return chip.replace(
        format="Illumina genotype calls (GTC)",
        variants=snps if snps < 1 << 24 else 0,
        names=(name,) if name else (),
        species=chip_species(manifest),
    )


def _string(head: bytes, at: int) -> bytes:
    """Return a string behind its length of one byte or two, of seven bits each."""
    if not 8 <= at < len(head):
        return b""
    size, at = head[at], at + 1
    if size > 127 and at < len(head):
        size, at = size - 128 + 128 * head[at], at + 1
    return head[at : at + size] if at + size <= len(head) else b""


def _cel(head: bytes, chip: Chip) -> Chip | None:
    """CEL of version 4: numbers, then a header in words; Command Console: a type of data, then names and values in UTF-16."""
    if head.startswith(b"\x41"):
        return chip.replace(format="Affymetrix calls (CHP)") if _is_chp(head) else None
    if not head.startswith(b"\x3b"):
        columns, rows, cells, size = struct.unpack("<iiii", head[8:24].ljust(16, b"\0"))
        if columns <= 0 or columns * rows != cells:
            return None
        told = head[24 : 24 + max(0, min(size, HEAD))].decode("latin-1")
        names = tuple(name.encode("utf-8", "replace") for name in scanned(told))
        return chip.replace(format="Affymetrix intensities (CEL)", variants=cells, names=names, species=chip_species(told))
    size = int.from_bytes(head[10:14], "big")
    kind = head[14 : 14 + size] if size <= 256 else b""
    told = "".join(head[at:].decode("utf-16-be", "ignore") for at in (14 + size, 15 + size))
    if b"intensity" in kind or b"scan-acquisition" in kind:
        form = "Affymetrix intensities (CEL)"
    elif b"analysis" in kind or b"genotype" in kind:
        form = "Affymetrix calls (CHP)"
    else:
        return None
    return chip.replace(format=form, species=chip_species(told))


def _is_chp(head: bytes) -> bool:
    """Tell results of an analysis (XDA): columns, rows, probe sets, and the name of a program."""
    if len(head) < 28:
        return False
    columns, rows, sets, _controls, assay, size = struct.unpack("<HHiiii", head[8:28])
    return columns > 0 and rows > 0 and sets > 0 and 0 <= assay <= 3 and 0 < size <= 255 and head[28 : 28 + size].isascii()
