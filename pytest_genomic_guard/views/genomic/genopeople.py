"""Columns of genotype tables that speak of people: ids, direct identifiers; and labels of rows that are no people."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.tables.roles import fits, known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.tables.roles import Role

_DIRECT: frozenset[Role] = frozenset({"name", "birth-date", "e-mail", "phone", "address"})
_RECORD = regex(
    r"mrn|medicalrecord\w*|(?:patient|patienten|pat|hospital|nhs|ssn|socialsecurity|insurance|versicherten)(?:id|no|nr|number|nummer|s?nummer)?"
    r"|ssn|nhs|ipp|nhc|bsn|codicefiscale|historiaclinica|prontuario|numeropatient|passport\w*"
)
_POPULATIONS = """afr amr eas eur sas nfe fin asj ami mid oth all global world total overall ceu yri chb jpt gih tsi fin gbr
    ibs lwk msl gwd esn asw
    acb mxl pur clm pel chs cdx khv beb itu pjl stu han african european asian eastasian southasian american admixed latino hispanic
    finnish ashkenazi amish middleeastern caucasian white black other oceania oceanian africa europe asia america cases controls
    case control affected unaffected gnomad exac topmed alfa 1000g kgp hapmap esp ukb"""
POPULATIONS = frozenset(_POPULATIONS.split())
_SUMMARY_WORDS = """count mean std min max median sum var variance sd se n maf af freq frequency missing missingness
    missingrate callrate hwe hwep
    pvalue p beta or ref alt refallele altallele chrom chr pos position 25 50 75 unique top dtype a1 a2 allele1 allele2 effectallele
    weight gene effect major minor homref het homalt nobs aa ab bb 0 1 2 total q1 q3 iqr freqa freqb"""
_SUMMARY = frozenset(_SUMMARY_WORDS.split())
_HAPLOTYPE = regex(r"\*\d{1,3}(?:\.\d{3})?[A-Z]?\Z")  # of a gene, named by star alleles
_GENOTYPE = regex(r"\(?(?:[ACGT][/|;]?[ACGT]|[012][/|][012]|A[BA]|BB)\)?")
_THREE = 3
_MOST = 0.8
_NUMBERED_RECORD = regex(r"(?i:mrn)[ _:#-]?\d{5,12}")  # the number of a medical record, whatever its column is called
_NUMBERED = regex(r"[A-Za-z]{1,12}[ _.-]?[A-Za-z]{0,4}[ _.-]?\d{3,12}(?:[ _.-]?\w{1,8})?|\d{7}")
_OTHERS = regex(  # what is numbered in matrices of scores and effects: studies, traits, tissues, genes, parts of a model
    r"(?i)(?:stud|trait|scor|model|gcst|gwas|pgs|efo|mondo|hp_|doid|uk?bb?[_-]|tissue|gene|ens|e\d|pc\d|cluster|batch|fold|rep|time|run|chr|pheno|cell"
    r"|factor|comp|topic|dim|feat|beta|effect|method|tool|panel|data|cohort|pop|group|k\d|geo|gse|gsm|srr|err|cg\d|probe|prot|cid|chembl|icd|phecode|snp"
    r"|marker|rs\d|locus|region|block|window|bin|layer|neuron|node|unit|embed|latent|step|iter|epoch|seed|trial|param|weight|term|annot|track|mark)"
)
_BARE_WORDS = "name nom nombre nome naam"
_BARE = frozenset(_BARE_WORDS.split())
_SIGN = regex(r"[\W_]+")
_HAPLESS = regex(r"[\W_]*|unnamed\W*\d*|index|v?\d{0,6}|rowid|rowname|rownames|rn")


def plain(text: str) -> str:
    """Return a word in lower case without signs."""
    return _SIGN.sub("", text).lower() if len(text) <= 100 else ""


def labels(grid: Grid, taken: set[int]) -> tuple[int | None, tuple[str, ...]]:
    """Return the column that names the rows, and its cells: one of an id's name, or the first that holds a name for each row."""
    best: int | None = None
    for at, name in enumerate(grid.header[:64]):
        if at in taken:
            continue
        cells = grid.column(at)
        if known(name) == "person-id" and cells and len(set(cells)) * 2 >= len(cells):
            return at, cells
        if best is None and cells and len(set(cells)) == len(cells):
            best = at
    return best, grid.column(best) if best is not None else ()


def nobody(cells: Sequence[str]) -> bool:
    """Tell whether labels are of populations, genotypes, haplotypes of a gene, or figures about a column, and of no people."""
    words = [plain(each) for each in cells]
    if not words:
        return False
    if sum(1 for each in cells if _HAPLOTYPE.search(each) or _GENOTYPE.fullmatch(each)) * 2 >= len(words):
        return True
    groups = sum(1 for word in words if word in POPULATIONS or (word in _SUMMARY and not word.isdigit()))
    return groups * 2 >= len(words) or sum(1 for word in words if word in _SUMMARY and not word.isdigit()) >= 3


def numbered(names: Sequence[str]) -> bool:
    """Tell whether three names or more are those that people have in a study: some letters, then a number of three digits."""
    fit = sum(1 for each in names if len(each) <= 64 and _NUMBERED.fullmatch(each) and not _OTHERS.match(each))
    return fit >= _THREE and fit * 10 >= 9 * len(names)


def identified(grid: Grid) -> bool:
    """Tell whether a column holds what names a person outright: name, date of birth, e-mail, phone, address, number of a record."""
    for at, name in enumerate(grid.header[:512]):
        role = known(name) if name else None
        if role in _DIRECT and _direct(grid.plain[at], grid.column(at), role):
            return True
        if (
            role == "person-id"
            and grid.column(at)
            and (_RECORD.fullmatch(plain(name)) or grid.mostly(at, _NUMBERED_RECORD.fullmatch, _MOST))
        ):
            return True
        if not role and name and _RECORD.fullmatch(plain(name)) and any(map(_digits, grid.column(at))):
            return True
    return False


def _direct(header: str, cells: tuple[str, ...], role: Role | None) -> bool:
    if role is None or not cells:
        return False
    if role == "birth-date":  # a year alone is one of many people's
        cells = tuple(each for each in cells if len(each) > 4)
    if role == "name":
        cells = tuple(each for each in cells if plain(each) not in POPULATIONS and len(each) > 2)
        bare = header in _BARE  # of anything
        if bare and (len(set(cells)) * 2 < len(cells) or not (any(" " in each or "," in each for each in cells) or _titled(cells))):
            return False
    return bool(cells) and sum(1 for each in cells if fits(each, role)) * 10 >= len(cells) * 6


def _titled(cells: tuple[str, ...]) -> bool:
    """Tell whether words are written as names are: one capital, then small letters."""
    return sum(1 for each in cells if each.istitle() and each.isalpha()) * 10 >= len(cells) * 8


def _digits(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def bytes_of(names: Iterable[str]) -> tuple[bytes, ...]:
    """Return names as bytes, each once."""
    return tuple(dict.fromkeys(name.encode("utf-8", "replace") for name in names if name))


def anonymous(name: str) -> bool:
    """Tell whether the name of a column says nothing: none, a number, the word for an index."""
    return _HAPLESS.fullmatch(plain(name)) is not None
