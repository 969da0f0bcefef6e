"""The grammar of one data line of a VCF (VCFv4.3, section 1.6), and of its column line."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FIXED = 9  # CHROM POS ID REF ALT QUAL FILTER INFO FORMAT
COLUMNS = rb"#CHROM[\t ]+POS[\t ]+ID[\t ]+REF[\t ]+ALT(?![^\s])"
_BASES = rb"[ACGTNRYSWKMBDHVacgtnryswkmbdhv"  # with the ambiguity codes that some callers write
_ALLELE = _BASES + rb".]*[\[\]][^\s,\[\]]{1,100}[\[\]]" + _BASES + rb".]*|<[^\s<>,]{1,100}>|" + _BASES + rb"*.]+"
ALTERNATES = rb"(?:" + _ALLELE + rb")(?:,(?:" + _ALLELE + rb"))*"

_SITE = tuple(
    regex(pattern) for pattern in (rb"[^\s#]{1,100}", rb"\d{1,10}", rb"\S+", _BASES + rb"*]+", ALTERNATES, rb"[\d.eE+-]+|inf|nan")
)
_FORMAT = regex(rb"[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*)*")
_CALL = regex(rb"[/|]?(?:\d{1,3}|\.)(?:[/|](?:\d{1,3}|\.))*")  # a mark before the first since VCFv4.4
_NUMBERS = regex(rb"[\d.,eE+-]+")
_AFTER = b"\"'`,;)]}\\ \t\r\n\0"  # what may follow a row that a program or a list quotes


def fields(line: bytes) -> list[bytes]:
    """Split a line at tabs, as the format wants, or at blanks where an editor has replaced the tabs."""
    line = line.lstrip(b" ").rstrip(b"\t \r\n\0")
    return [field.strip(b" ") for field in line.split(b"\t")] if b"\t" in line else line.split()


def site(row: Sequence[bytes]) -> bool:
    """Tell whether the first fields of a row with a FORMAT are those of a site."""
    return len(row) > FIXED and all(pattern.fullmatch(field) for pattern, field in zip(_SITE, row, strict=False))


def people(line: bytes) -> int:
    """Return how many people have a column in a row; 0 when the line is none, or its FORMAT and first column do not fit."""
    row = fields(line.rstrip(_AFTER))
    if not site(row) or not _FORMAT.fullmatch(row[FIXED - 1]):
        return 0
    keys, values = row[FIXED - 1].split(b":"), row[FIXED].split(b":")
    if len(values) > len(keys):
        return 0
    if b"GT" in keys:
        at = keys.index(b"GT")
        fits = values == [b"."] or (at < len(values) and _CALL.fullmatch(values[at]) is not None)
    else:
        fits = all(_NUMBERS.fullmatch(value) for value in values) and all(key.isupper() for key in keys)
    return len(row) - FIXED if fits else 0
