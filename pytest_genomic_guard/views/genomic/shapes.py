"""What names in source code look like: ids that somebody gave out, accessions of archives, codes of a vocabulary."""

from __future__ import annotations

from collections import Counter

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import idlists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Of archives, of references, of diagnoses; names of files, numbers with an exponent.
_ACCESSION = regex(
    rb"[SED]R[RXPSAZ]\d{5,}|SAM(?:N|E|EA|D)\d+|GS[EMP]L?\d+|PRJ[A-Z]+\d+|[rs]s\d+|ENS[A-Z]*\d{8,}(?:\.\d+)?|[NXYA][CGMPRTWZ]_\w+(?:\.\d+)?"
    rb"|cg\d{8}|PMC\d+|(?:GO|HP|MONDO|DOID|EFO|CL|UBERON|CHEBI|MESH|HGNC|ORPHA|OMIM)[:_]\w+|CVE-.*|GCST\d+|ENC[A-Z]{2}\d{3}[A-Z]{3}|(?:19|20)\d\d-\d\d(?:-\d\d)?"
    rb"|[A-Z]\d\d[0-9A-Z]?(?:\.[0-9A-Z]{1,4})?|[\w-]+\.[A-Za-z]{1,5}|[\d.]+e[-+]?\d+"
)
# What is no person: accessions of archives and of references, places on genomes, names of files, hashes.
_THING = regex(
    rb"[SED]R[RXPSAZ]\d{5,}|SAM(?:N|E|EA|D)\d+|GS[EMP]L?\d+|PRJ[A-Z]+\d+|[rs]s\d+|ENS[A-Z]*\d{8,}(?:\.\d+)?|[NXYA][CGMPRTWZ]_\w+(?:\.\d+)?"
    rb"|cg\d{8}|PMC\d+|(?:GO|HP|MONDO|DOID|EFO|CL|UBERON|CHEBI|MESH|HGNC|ORPHA|OMIM)[:_]\w+|chr\w*.*|[OPQ]\d[A-Z0-9]{3}\d(?:-\d+)?"
    rb"|[A-NR-Z]\d[A-Z][A-Z0-9]{2}\d(?:[A-Z][A-Z0-9]{2}\d)?(?:-\d+)?|CVE-.*|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,}|[0-9A-F]{16,}|[ACGTN]{8,}(?:-\d+)?"
    rb"|EPI_ISL_\d+|ENC[A-Z]{2}\d{3}[A-Z]{3}|\d[A-Za-z0-9]{3}(?:_[A-Z])?|(?:ko|hsa|map|[KCRM]|COG|PF|IPR|PTHR|SM|cd|TIGR)\d{4,6}|R-[A-Z]{3}-\d+|phs\d+.*|pgs?\d+|GCST\d+"
    rb"|n\d{8}|\d+\.\d*|\d+:.*|[\w-]+\.[A-Za-z]{1,5}(?:\.gz)?|(?:19|20)\d\d-\d\d(?:-\d\d)?(?:[T_-].*)?|[\d.]+e[-+]?\d+|v?\d+(?:\.\w+){1,4}|\d{1,2}:\d\d.*"
    rb"|[A-Za-z]{1,2}\d{1,2}|[A-Z]{1,6}-\d{1,3}|[\d-]+",
)
_CODE = regex(rb"[A-Za-z]{1,4}\d{3,4}|[pfPF]\d{2,6}")
_DIGIT, _LETTER = regex(rb"\d"), regex(rb"[A-Za-z]")
_DIGITS, _FEWEST, _LENGTH = 4, 3, 6  # digits of an id; of a longer one


def patterned(names: Sequence[bytes]) -> bool:
    """Tell whether names share one pattern with four digits or more each, or three of six signs, and are no accessions."""
    if any(_ACCESSION.fullmatch(name) for name in names) or all(map(bytes.isdigit, names)):
        return False
    counts = Counter(_LETTER.sub(b"a", _DIGIT.sub(b"0", name)) for name in names)
    digits = [b"".join(_DIGIT.findall(name)) for name in names]
    long = all(len(each) >= (_FEWEST if len(name) >= _LENGTH else _DIGITS) for name, each in zip(names, digits, strict=True))
    if not long or max(counts.values()) * 10 < len(names) * 9:
        return False
    return not idlists.regular(sorted(int(each[:18]) for each in digits), known=True)


def things(names: Sequence[bytes]) -> bool:
    """Tell whether more than one in ten names is an accession, a place, a file."""
    return sum(1 for name in names if _THING.fullmatch(name)) * 10 > len(names)


def coded(names: Sequence[bytes]) -> bool:
    """Tell whether names are a few letters and digits, as codes of diagnoses, of rules of a linter, of fields are."""
    return sum(1 for name in names if _CODE.fullmatch(name)) * 10 >= len(names) * 9
