"""Annotated variants of samples: mutation annotation files, GVF, and tables of variants with whose they are.

Sources: GDC MAF format 1.0; Sequence Ontology GVF 1.10; headers of ANNOVAR, VEP, MuTect, VarScan, GATK VariantsToTable.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.kinds import Kind

MAF = "mutation annotation (MAF)"
_GVF = b"##gvf-version"
_AHEAD = 1 << 20  # bytes of a GVF in which a person is looked for
_PERSON = regex(rb"(?m)^##(?:individual-id|multi-individual)\b|[;\t](?:Genotype|Zygosity|Individual|sample_name|samples?)=(?!\.|;)")
_NAMES = regex(rb"(?m)^##individual-id[^\n]*?Dbxref=([^;\s]+)|[;\t](?:Individual|sample_name|samples?)=([^;\s]+)")

# Between the names of two columns: what parts cells, but not a comma and a blank, as programs have; in JSON, the first one's value.
_BETWEEN = (
    rb"(?:[\"']?(?:[,;|\t]| \| )[\"']?| {1,12}|</t[hd]>\s{0,40}<t[hd][^>]{0,60}>"
    rb"|[\"']\s{0,4}:\s{0,4}[\"'][ACGT.-]{1,200}[\"']\s{0,4},\s{0,40}[\"'])"
)
# Names of columns, each with the pattern that follows where it begins.
_COLUMNS = {
    b"Tumor_Sample_Barcode": rb"Tumor_Sample_Barcode\b",
    b"umor_": rb"umor_(?:name|reads1|gt|f|sample)\b",
    b"Otherinfo": rb"Otherinfo",
    b"ygosity": rb"ygosity\b",
    b"ZYG": rb"ZYG\b",
    b"t_alt_count": rb"t_alt_count\b",
    b"sample_id": rb"sample_id\b",
    b"Ref": rb"Ref(?:erence)?(?:[ _]?[Aa]llele)?" + _BETWEEN + rb"(?:Alt|ALT|Tumor_Seq)",
    b"ref": rb"ref(?:erence)?(?:_?allele)?" + _BETWEEN + rb"(?:alt|var|mut)",
    b"REF": rb"REF" + _BETWEEN + rb"(?:ALT|VAR)",
    b".GT": rb"\.GT\b",
    b"locus": rb"locus[\"',;|\t ]{1,4}alleles\b",
    b"\thet": rb"(?<=[ACGT0-])[\t ]h(?:et|om)\b",
    b" het": b"",
    b"\thom": b"",
    b" hom": b"",
    b"Site1_": rb"Site1_Hugo_Symbol\b",
}
HINT = Rule(name="annotated-columns", anchors=tuple(_COLUMNS), pattern=b"|".join(filter(None, _COLUMNS.values())))

_CHROMOSOME = ("chromosome", "chr", "chrom", "contig", "seqnames", "chromosomename")
_POSITION = ("startposition", "start", "pos", "position", "chromosomestart", "startpos", "bp", "genomicposition", "pos1")
_REFERENCE = ("referenceallele", "ref", "reference", "refallele", "referencegenomeallele", "refbase", "wildtypeallele")
_OTHER = (
    "tumorseqallele2",
    "alt",
    "alternate",
    "altallele",
    "var",
    "variant",
    "mutatedtoallele",
    "alternateallele",
    "allele",
    "mut",
    "obs",
)
_NAMES_OF_PEOPLE = (
    "tumorsamplebarcode tumorsample tumorname sample sampleid samplename samplebarcode icgcdonorid donorid donor patient patientid"
    " individual individualid subject subjectid proband probandid case caseid iid ind participant participantid"
    " idsample idtumour tumorid"
)
_WHOSE = tuple(_NAMES_OF_PEOPLE.split())
_GENOTYPE = regex(r"(?:\d|\.)[/|](?:\d|\.)(?::\S*)?")
_ZYGOSITY = regex(r"(?i)het(?:erozygous)?|hom(?:ozygous)?(?:[ _-]?alt)?|hemi(?:zygous)?|compound[ _-]het\w*")
_CALLS = regex(r"(.*)\.GT")
_CHROM = regex(r"(?i)(?:chr)?(?:\d{1,2}|XY?|Y|MT?|Un\S*|GL\S*|KI\S*|NC_\S*)(?:_\S*)?")
_ALLELE = regex(r"[ACGTN]{1,200}|[-0]")
_MOUSE = regex(r"(?i)GRCm\d+|mm\d+|rn\d+|canfam\d[.\d]*|danrer\d+")
_PLACE = regex(r"\d{1,10}(?:\.0)?")


class Annotated(Genomic):
    """Variants of people in a text of which the format decides."""


def sniff(head: Head) -> Genomic | None:
    """Return what a text is: GVF of people; not of sites."""
    if not any(line.startswith(_GVF) for line in head.lines[:5]):
        return None
    text = head.peek(_AHEAD)[:_AHEAD]
    if not _PERSON.search(text):
        return None
    from pytest_genomic_guard.views.genomic.naming import bare  # noqa: PLC0415 - for such files only

    names = tuple(dict.fromkeys(bare(one or two) for one, two in _NAMES.findall(text)))
    rows = sum(1 for line in head.lines if line and not line.startswith(b"#"))
    return Annotated(
        artifact=head.artifact,
        trail=head.trail,
        format="genome variation format (GVF)",
        level="individual",
        at=head.at(),
        people=len(names) or 1,
        more=not head.whole,
        variants=rows,
        names=names,
        setting=head.setting,
        final=not head.whole,
    )


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module when it is asked

    whose = grid.find(*_WHOSE)
    barcode, beside = grid.find("tumorsamplebarcode"), grid.find("hugosymbol", *_CHROMOSOME, "variantclassification")
    if barcode is not None and beside is not None:
        return _of(Kind(what="annotated", format=MAF), grid, barcode)
    if not _has_variants(grid):
        return _by_location(grid) if any(grid.header) else _by_cells(grid)
    if whose is not None and _is_of_people(grid, whose):
        return _of(Kind(what="annotated", format="variants with whose they are"), grid, whose)
    calls = _calls(grid)
    if {"qual", "filter", "info"} <= grid.known and not calls:
        return None  # sites of a VCF, as a table
    if calls or _is_of_one(grid):
        return Kind(
            what="annotated",
            format="variants with calls by sample" if calls else "variants of a sample",
            people=max(1, len(calls)),
            variants=grid.count(),
            names=calls,
        )
    return None


def _has_variants(grid: Grid) -> bool:
    """Tell whether a table has a variant in each row: where it is, and two alleles."""
    chromosome, at = grid.find(*_CHROMOSOME), grid.find(*_POSITION)
    if chromosome is None or at is None or grid.find(*_REFERENCE) is None or grid.find(*_OTHER) is None:
        return False
    return not grid.values or (grid.mostly(chromosome, _CHROM.fullmatch, 0.8) and grid.mostly(at, _PLACE.fullmatch, 0.8))


def _is_of_one(grid: Grid) -> bool:
    """Tell whether the variants are those of a sample without a name: with its genotypes, or its reads."""
    if {"zygosity", "tumorgt", "normalgt", "tumorreads1", "taltcount", "tumorf", "tdepth", "trefcount"} & grid.known:
        return True
    some = range(min(grid.width, 400))
    if any(grid.share(number, _GENOTYPE) > 0.9 for number in some):
        return True
    return any(grid.share(number, _ZYGOSITY) > 0.9 and len(set(grid.column(number))) > 1 for number in some)


def _by_location(grid: Grid) -> Kind | None:
    """Return what VEP writes with `--individual`: a line for each variant, transcript and person."""
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - as above

    names = {"uploadedvariation", "location", "consequence", "hgvsc", "hgvs"}
    plain = grid.known
    if {"locus", "alleles"} <= plain and (calls := _calls(grid)):
        return Kind(what="annotated", format="variants with calls by sample", people=len(calls), variants=grid.count(), names=calls)
    whose = grid.find("sampleid", "s", "ind", "individual")
    if whose is not None and (
        "site1hugosymbol" in plain or ({"locus", "alleles"} <= plain and plain & {"gt", "gtalleles", "gtncallalleles"})
    ):
        return _of(Kind(what="annotated", format="variants with whose they are"), grid, whose)
    whose = grid.find("ind", "individual")
    if whose is not None and names & plain and grid.find("zyg", "zygosity") is not None:
        return _of(Kind(what="annotated", format="variants with whose they are"), grid, whose)
    return None


def _by_cells(grid: Grid) -> Kind | None:
    """Return what ANNOVAR takes, which names no columns: place, two alleles, and how many copies a person has."""
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - as above

    if (
        not 6 <= grid.width <= 40
        or not grid.mostly(0, _CHROM.fullmatch, 0.9)
        or min(grid.share(1, _PLACE), grid.share(2, _PLACE)) < 0.9
    ):
        return None
    if min(grid.share(3, _ALLELE), grid.share(4, _ALLELE)) < 0.9:
        return None
    if any(grid.share(number, _ZYGOSITY) > 0.9 for number in range(5, min(grid.width, 12))):
        return Kind(what="annotated", format="variants of a sample", people=1, variants=grid.count())
    return None


def _of(kind: Kind, grid: Grid, whose: int) -> Kind | None:
    """Return a table with the names in a column; None where there are none."""
    names = tuple(grid.distinct(whose))
    if not names and grid.values:
        return None
    build = grid.find("ncbibuild", "build", "genomebuild")
    other = build is not None and grid.share(build, _MOUSE) > 0.9
    return kind.replace(people=len(names), variants=grid.count(), names=names, species="other" if other else "")


def _is_of_people(grid: Grid, whose: int) -> bool:
    """Tell a column of names from one of numbers, of which there are many samples to a variant."""
    cells = grid.column(whose)
    if not grid.values:
        return True
    numbers = sum(1 for cell in cells if cell.isdigit() and len(cell) < 4)
    words = sum(1 for cell in cells if cell.count(" ") > 3)
    return bool(cells) and words * 5 < len(cells) and (numbers * 2 < len(cells) or grid.plain[whose] != "case")


def _calls(grid: Grid) -> tuple[bytes, ...]:
    """Return the samples of columns such as `NAME.GT` (GATK VariantsToTable), or those after FORMAT."""
    found: Sequence[str] = [match[1] for at in grid.headed(_CALLS.fullmatch) if (match := _CALLS.fullmatch(grid.header[at]))]
    if {"qual", "filter", "info", "format"} <= grid.known:
        found = [name for name in grid.header[grid.plain.index("format") + 1 :] if name]
    return tuple(dict.fromkeys(name.encode("utf-8", "replace") for name in found))
