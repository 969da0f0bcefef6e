"""What a text must show at least for its reader to know it: asked before the reader is imported, and a text is cut into lines.

Each of these is true of whatever its reader answers for, and of some else; most texts are told to be nobody's by them alone.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.head import TOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.views.genomic.head import Head

_PLAIN = bytes.maketrans(b",;", b"  ")
# A row of reads has as many fields as it has tags, and qualities can be commas.
ALIGNED = regex(
    rb"\"?(?:\d{1,9}\"?[\t ,]+\"?)?[^\s,]{1,300}[\t ,]+\"?\d{1,5}\"?[\t ,]+[^\s,]{1,300}[\t ,]+"
    rb"\"?\d{1,10}\"?[\t ,]+\"?\d{1,3}\"?[\t ,]+\"?(?:\*|\d{1,9}[MIDNSHPX=])"
)
ARRAY = regex(rb"[\s(]*(?:(?:np\.|pd\.)?(?:array|Index|Series)\(\s*)?\[(?=[\s\"'A-Za-z]|$)")  # a printed one, of words
QUOTES = b"\"' \t,;[](){}"
VALUE = regex(rb"(?=[^\d]{0,24}\d)[A-Za-z0-9][A-Za-z0-9_.:|-]{2,39}")
_IDS = 5  # the fewest of a list
WIDEST = 90  # bytes of a line of ids
POP = frozenset({b"pop", b"POP", b"Pop"})
LOCUS = regex(rb"[^\s,]{1,60}(?: [^\s,]{1,20})?")  # a name, as GENEPOP has them
KEY = regex(rb"---|#|%YAML|- |[\"']?[A-Za-z_]{2,40}[\"']?:(?:\s|$)")  # what YAML begins with
_DIGIT = regex(rb"\d")
_COLUMNS = (b"rs", b"snp", b"marker", b"name", b"variant", b"id", b"dbsnp", b"chr", b"pos")  # beside `d`
_WORDS = bytes(byte if 97 <= byte < 123 else 32 for byte in range(256))
_CALLED = b"ACGTNDIacgtndi0123456789*/|-"  # signs of alleles, and of calls
_NUMERIC = b"+-.0123456789Nn"  # how a number, or a word for a missing one, begins
_ODD = bytes([*range(9), *range(11, 13), *range(14, 32), *range(127, 256)])  # what is a blank in characters only, among others
_LISTS = frozenset(
    b"hh nosex irem fam tfam ped id keep remove phen pheno cova covar qcova qcovar eigenvec clst cluster2 cluster3".split()
)
_PACKED = frozenset(b"gz bgz bz2 xz zst txt csv tsv".split())
_LETTERS = b"ACGTDIacgtdi-"
_SEXES = ([b"M"], [b"F"], [b"U"])  # of people, in EIGENSTRAT
_MARKS = frozenset({b"0", b"1", b"I", b"M", b"P", b"rs", b"rs#"})
_NAMES = frozenset({b"id", b"rsid", b"rs", b"sample"})
_NAMED = (b"#FID", b"#IID", b"#CHR")  # how names of PLINK's columns begin, which are no comment
# How those lines of programs begin by which `plinklists` knows a text that begins as a comment does
_OWN = (b"#eigval", b"#FID", b"#IID", b"#rfmix", b"#Subpopulation", b"#reference_panel", b"# This file was produced by: bcftools")
_PROGRAMS = frozenset({b"sample.id", b"name", b"", b"sample id", b"sampleid", b"sample_name", b"sample"})
_KARYOTYPE = regex(rb",[XY]")
_WHO = regex(rb"(?i)[^!-~]*(?:sample(?:_?id)?|iid|id|ind(?:iv(?:idual)?)?)(?![!-+\--:<-~])")
_SEXED = frozenset({b"1", b"2", b"m", b"f", b"M", b"F", b"male", b"female", b"0", b"x", b"X", b"?", b"."})
FIRST = 3  # rows by which most tables are told to be none of calls
_NUMBER = regex(rb"-?\d{1,4}")


def _cells(line: bytes) -> list[bytes]:
    """Cut a row as `containers.fields` does."""
    return line.replace(b'"', b"").translate(_PLAIN).split()


def _aligned(head: Head) -> bool:
    """Tell whether tags of a header, a row of reads, or the tabs of a pileup are there."""
    return b"@" in head.marks[:4] or b"\t" in head.text or any(map(ALIGNED.match, head.top[:3]))


def _fastq(head: Head) -> bool:
    return b"@" in head.marks or head.top[0].lstrip()[:1] in b"@b'\""


def _consumer(head: Head) -> bool:
    """Tell whether the first line that is no comment can be one of calls, or name them."""
    for line in head.top:
        if line[:1] in b"#%" or line.startswith((b'"#', b"//")) or not line.strip():
            continue
        low = line.replace(b'"', b"").lower()
        return _DIGIT.search(line) is not None or ((head.setting == "output" or _names_calls(low)) and has_columns(low))
    return len(head.top) == TOP


def has_columns(low: bytes) -> bool:
    """Tell whether a line in lower case has a word that begins as the name of a column of variants, or of their places."""
    return any(word.startswith(_COLUMNS) or word == b"d" for word in low.translate(_WORDS).split())


def _names_calls(low: bytes) -> bool:
    """Tell whether a line in lower case holds a word of a column of calls, or a part of one."""
    return (
        (b"call" in low or b"geno" in low or b"allele" in low or b"result" in low)
        or (b"yourcode" in low or b"gt" in low)
        or b"a1" in low
    )


def _squares(head: Head) -> bool:
    """Tell whether there are eight names or more, and rows below them."""
    first = head.top[0]
    wide = first.count(b"\t") > 7 or first.count(b",") > 7 or first.count(b";") > 7 or first.count(b" ") > 6
    return wide and len(head.top) > 8


def _plinktext(head: Head) -> bool:
    """Tell whether the first row that is no comment names people, or ends with two alleles."""
    first = next((line for line in head.top if line[:1] != b"#" or line.startswith(_NAMED)), None)
    if first is None:
        return len(head.top) == TOP
    cut = _cells(first)
    if len(cut) < 4:
        return False
    if not cut[-1].strip(_CALLED) and not cut[-2].strip(_CALLED):
        return True
    names = [cell.upper().lstrip(b"#") for cell in cut[:2]]
    return b"IID" in names or names[0] == b"CHR"


def _oxford(head: Head) -> bool:
    """Tell whether the first rows can be of one of the formats that `oxford` and `phased` know."""
    cut = _cells(head.top[0])
    if not cut:
        return False
    second = head.top[1] if len(head.top) > 1 else b""
    one, width = cut[0], len(cut)
    if second[:1] == b"0" or second.lstrip()[:2] == b"-1" or one in _MARKS or one.lower() in _NAMES or b"->" in one:
        return True
    if width < 4:
        return one.isdigit() if width == 1 else width == 3 and head.top[0].split()[1:2] in _SEXES
    if width > 29 and _cells(second)[:1] == [one]:
        return True
    doses = width > 12 and not cut[1].strip(_LETTERS) and not cut[2].strip(_LETTERS)
    return doses or (width > 5 and (cut[2].isdigit() or cut[3].isdigit() or cut[3] == cut[4] == cut[5]))


def _populations(head: Head) -> bool:
    """Tell whether names of loci follow the first line, or two rows of the same width that can be calls."""
    top = head.top
    if top[0].lstrip()[:1] in b"[*-":
        return True
    if len(top) < 4:
        return False
    if _has_loci(top) and has_pop(head.text):
        return True
    cut: list[list[bytes]] = []
    for line in top:
        if row := _cells(line):
            cut.append(row)
            if len(cut) == FIRST:
                return tabular(cut)
    return len(top) == TOP


def _has_loci(top: Sequence[bytes]) -> bool:
    """Tell whether names of loci stand below a title, up to the first population or as far as this goes."""
    for line in top[1:]:
        shown = line.strip()
        if shown in POP:
            return line is not top[1]
        if not all(map(LOCUS.fullmatch, [name.strip() for name in shown.strip(b",").split(b",")])):
            return False
    return True


def has_pop(text: bytes) -> bool:
    """Tell whether the word is there that stands above the people of each population in GENEPOP."""
    return b"pop" in text or b"Pop" in text or b"POP" in text


def tabular(cut: list[list[bytes]]) -> bool:
    """Tell whether the first three rows can be of STRUCTURE's input, or of a pedigree: with a header, or of the same width all.

    Behind six columns at most stand numbers; where there are no more, rows come in pairs under names. Fifth of a pedigree is sex.
    """
    first, second, third = cut
    width = len(second)
    if not 4 < width == len(third):
        return False
    if width == len(first) and width > 8 and first[4] in _SEXED:
        return True
    if width < 7:
        return len(first) < width and second[0] == third[0]
    return _NUMBER.fullmatch(second[-1]) is not None and _NUMBER.fullmatch(third[-1]) is not None


def _manifests(head: Head) -> bool:
    """Tell whether the last line can be of a participant's field, or names a file of reads or calls."""
    last = head.last() if len(head.top) > 2 else b""
    if last.lstrip(b"\"'")[:1] in b"123456":
        return True
    if b"." not in last:
        return False
    low = last[:2000].lower()
    reads = b".bam" in low or b".cram" in low or b".sam" in low or b".fastq" in low or b".fq" in low
    return reads or b"vcf" in low or b".bcf" in low


def _plinklists(head: Head) -> bool:
    """Tell whether the first line is one of the programs' own, or can be a row of ids, of a pedigree, or of numbers."""
    begun = (first := head.top[0]).lstrip()
    if begun[:1] == b"#":
        return begun.startswith(_OWN) or _is_named(head.name.lower())
    if begun.startswith((b"SOL-0", b"FID")) or first.translate(None, _ODD) != first:
        return True
    cut = first.translate(_PLAIN).split()
    return _is_person(cut) or _is_named(head.name.lower())


def _is_person(cut: list[bytes]) -> bool:
    """Tell whether the cells of a row can be of a person, or of a pair or a call of people."""
    width = len(cut)
    if width < 2:
        return width > 0 and cut[0][:1] in _NUMERIC
    if width > 5:
        return (cut[4][:1] in b"012cC3456789xXyYmM" and len(cut[4]) < 6) or all(cell[:1] in _NUMERIC for cell in cut[2:50])
    one, two = cut[:2]
    if one == two or width == 3 or one == b"0" or (one[:1] in b"fFpPhH" and one[-1:].isdigit()):
        return True
    return (width == 2 and _DIGIT.search(two) is not None) or all(cell[:1] in _NUMERIC for cell in cut)


def _is_named(name: bytes) -> bool:
    """Tell whether a name in lower case ends as those of PLINK's lists do, packed or not."""
    *above, end = name.split(b".")
    while above and end in _PACKED:
        end = above.pop()
    return bool(above) and end in _LISTS


def _programs(head: Head) -> bool:
    """Tell whether the first line is one of the programs' own, or karyotypes are there."""
    top = head.top
    first = top[0]
    if first[:1] == b"#":
        return b"bcftools" in first or (len(top) > 5 and b"PATIENT_ID" in top[4])
    if first.startswith((b"track ", b"RG\t", b"PharmCAT ")):
        return True
    if (b"*" in first or b"hla_" in first) and head.whole:
        return True
    if b"\t" in first and first.partition(b"\t")[0].strip(b' "').lower() in _PROGRAMS:
        return True
    ids = (b"-" in first and len(first.split()) < 5) or _WHO.match(first)
    return bool(ids or _KARYOTYPE.search(head.text))


def _lists(head: Head) -> bool:
    """Tell whether the line in the middle begins as an id does, or the text is a printed array."""
    if ARRAY.match(head.top[0]):
        return True
    if len(head.top) < _IDS:
        return False
    middle = head.lines[len(head.lines) // 2].strip(QUOTES)
    return len(middle) <= WIDEST and VALUE.match(middle) is not None


def is_wide(lines: Sequence[bytes]) -> bool:
    """Tell whether too many rows have more cells than a list of ids has in any: most tables and programs end here, after a few."""
    left = (len(lines) + 1) // 20 + 2  # one can be dropped beside the header
    for line in lines:
        if line.count(b" ") > 2 or b"," in line or b"\t" in line or b";" in line:
            cells = [cell for cell in line.translate(_PLAIN).split() if cell.strip(QUOTES)]
            if len(cells) > 3 and not cells[0].strip(QUOTES).startswith(b"##"):
                left -= 1
                if not left:
                    return True
    return False


def _documents(head: Head) -> bool:
    first = head.top[0].lstrip()
    return first[:1] in b"{[" or (KEY.match(first) is not None and (b"henotypic" in head.text or b"nterpretations" in head.text))


def _arrays(head: Head) -> bool:
    first = head.top[0]
    return first.startswith((b"[", b'"[', b"#%", b"SNP Name", b"Sample ", b"Name Chr ")) or b"numsnp=" in first


def _annotated(head: Head) -> bool:
    return any(line.startswith(b"##gvf-version") for line in head.top[:5])


def _pedigrees(head: Head) -> bool:
    first = head.top[0]
    return b"CanRisk" in first or b"BOADICEA" in first or b"HEAD" in first


MAY: dict[str, Callable[[Head], bool]] = {
    "aligned": _aligned,
    "fastq": _fastq,
    "consumer": _consumer,
    "squares": _squares,
    "plinktext": _plinktext,
    "oxford": _oxford,
    "populations": _populations,
    "plinklists": _plinklists,
    "programs": _programs,
    "manifests": _manifests,
    "lists": _lists,
    "documents": _documents,
    "arrays": _arrays,
    "annotated": _annotated,
    "pedigrees": _pedigrees,
}
