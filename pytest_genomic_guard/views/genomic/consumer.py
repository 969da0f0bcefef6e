"""Direct-to-consumer exports: one person's genotypes, a line for each variant.

Layouts: `io/reader.py` of the snps library (github.com/apriha/snps), PLINK 1.9 `--recode 23`.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.may import has_columns
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.exports import Judged
    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.kinds import Kind

FLOOR = 30  # distinct variants of one person that single that person out (Lin, Owen, Altman, Science 2004, 305:183)
_FIRST = 200  # lines by which most texts are told to be none
_WIDE = 4096  # bytes of a first line; an export has few columns
_COLUMNS = regex(rb"(?i)(?:^|[^a-z])(?:rs|snp|marker|name|variant|dbsnp|i?d\b|chr|pos)")
_CALLS = regex(rb"\bgt\b|\ba1\b|geno\b")  # short words for a column of calls, in lower case
_FIELD = rb"(?:[\t ]+|[\t ]*[,;|][\t ]*)"
_CHROMOSOME = rb"(?:chr)?(?:\d{1,2}|XY?|Y|MT?|PAR\d?|--)"
_ALLELE = rb"[ACGTDIN0?.BXacgt-]{1,60}(?:[\s,;|/:]|$)"
_ROW = regex(  # with an id and a place, in the usual order; with an id alone; place first
    rb"[^\s,;|]{1,60}" + _FIELD + _CHROMOSOME + _FIELD + rb"\d{1,10}" + _FIELD + _ALLELE + rb"|"
    rb"(?:\d+[\t, ]+)?(?:rs|i)\d{1,12}"
    + _FIELD
    + rb"(?:"
    + _CHROMOSOME
    + _FIELD
    + rb")?"
    + _ALLELE
    + rb"|"
    + _CHROMOSOME
    + _FIELD
    + rb"\d{1,10}"
    + _FIELD
    + rb"(?:[^\s,;|]{1,60}"
    + _FIELD
    + rb")?"
    + _ALLELE
)
_PROVIDERS = regex(
    rb"(?i)23andme|ancestry ?dna|family ?tree ?dna|famfinder|myheritage|living ?dna|genes for good|dna\.?land|mapmygenome|circle|"
    rb"meuropean|sano ?genetics|tellmegen|codigo ?46|selfdecode|xcode|gencove|nebula|opensnp|23mofang|wegene|genographic|"
    rb"a text version of your data|this file was derived from the corresponding vcf|raw (?:genotype|dna) data"
)
_ITEM = regex(r"(?i)\.\d{1,6}\.(?:genotype|gt|call|alleles)\Z")
_PERSON = regex(  # who it is, in a comment; not of a file or a program
    rb"(?i)[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}|"
    rb"\b(?:patient|customer|client|full|first|last|given|family|sur)?[ _-]?name[ ]?[:=] ?\w|"
    rb"\b(?:patient|customer|client|mrn|date of birth|dob|birth ?date|e-?mail|ssn|phone)[ _a-z]{0,12}[:=] ?\w"
)


class Export(Genomic):
    """Genotypes of one person; `variants` of them were seen."""

    named: bool = False  # a comment says who it is


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    at = 0
    while at < len(head.lines) and _is_comment(head.lines[at]):
        at += 1
    if at == len(head.lines) or len(head.lines[at]) > _WIDE:
        return None
    first = head.lines[at].replace(b'"', b"").lstrip()
    told = head.lines[at - 1] if at else b""  # the columns are often named by the last comment
    if not _ROW.match(first) and not ((head.setting == "output" or _names_calls(first)) and _names_variants(first)):
        return None  # the columns of a printed frame can be named without what its rows are named by
    from pytest_genomic_guard.views.genomic import exports  # noqa: PLC0415 - for what may be one only

    comments = b"\n".join(head.lines[:at])
    provider = bool(_PROVIDERS.search(comments))
    names = exports.names(told.lstrip(b'"# \t')) if at and _names_calls(told) and _names_variants(told) else None
    found = exports.judged(names, exports.cells(head.lines[at : at + _FIRST]), provider=provider)
    found = exports.judged(names, exports.cells(head.lines[at:]), provider=provider) if found else None
    if not found:
        return None
    return Export(
        artifact=head.artifact,
        trail=head.trail,
        format="direct-to-consumer export",
        level="individual",
        at=head.at(min(at + found.row, len(head.lines) - 1)),
        people=1,
        more=not head.whole,
        variants=found.variants,
        species=found.species,
        setting=head.setting,
        final=not head.whole,
        named=bool(_PERSON.search(comments)),
    )


def _names_calls(line: bytes) -> bool:
    """Tell whether a line names a column of calls; most have no word of one."""
    low = line.lower()
    if b"call" in low or b"genotype" in low or b"allele" in low or b"result" in low or b"yourcode" in low:
        return True
    return (b"gt" in low or b"a1" in low or b"geno" in low) and _CALLS.search(low) is not None


def _names_variants(line: bytes) -> bool:
    """Tell whether a line names a column of variants, or of their places."""
    return has_columns(line.lower()) and _COLUMNS.search(line) is not None


def _is_comment(line: bytes) -> bool:
    return line[:1] in {b"#", b"%"} or line[:2] in {b'"#', b"//"} or not line.strip()


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    if grid.width > 64:
        return None
    from pytest_genomic_guard.views.genomic import exports  # noqa: PLC0415 - as above

    named = any(grid.header)
    if grid.format in {"json", "ndjson"} and sum(1 for name in grid.header if _ITEM.search(name)) > 1:
        return None  # lists of genotypes of each variant, which are of all people or of nobody
    if not grid.values:
        return _kind(exports.by_names(grid.header), grid) if named else None
    return _kind(exports.judged(list(grid.header) if named else None, list(grid.rows), provider=False), grid)


def _kind(found: Judged | None, grid: Grid) -> Kind | None:
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module when it is asked

    if not found:
        return None
    variants = found.variants
    if variants and len(grid.rows) < (rows := grid.count()):
        variants = variants * rows // len(grid.rows)
    return Kind(
        what="consumer", format="direct-to-consumer export", people=1, variants=variants, species=found.species, row=found.row
    )
