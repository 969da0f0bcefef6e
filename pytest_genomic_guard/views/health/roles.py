"""What a column without a name holds, told by its cells: identifiers, names, days, traits, codes and words of medicine."""

from __future__ import annotations

from collections import Counter

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import general
from pytest_genomic_guard.identifiers.marks import whole, words
from pytest_genomic_guard.views.health import codes, profiles
from pytest_genomic_guard.views.health.columns import ENOUGH, mostly

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Day = tuple[int, int, int]

SURE = codes.SURE
# Kinds of which a form, or two check digits, leave no doubt; and those that one number of ten passes, which need several rows
_TELLING = words("""
ssn mbi email phone codice-fiscale hetu curp nric nir cpf dni ramq kvnr ahv rijksregisternummer fodselsnummer pesel cnp
personnummer svnr egn oib resident-id rrn nhi matricule
""")
_LOOSE = frozenset({"ssn", "mbi", "phone", "email"})
CHECKED = words("nhs bsn phn medicare-au aadhaar amka rodne-cislo isikukood thai-id tckn cns")
_KEYS = tuple(sorted(_TELLING | CHECKED))
# What a value of all these kinds has: an at sign, seven digits, a digit and a letter at its front (MBI), three letters and a digit
# there (NHI), or six letters (codice fiscale). A test holds that nothing else passes
_LIKELY = regex(
    r"(?s:(?=.*@)|(?:[^0-9]*+[0-9]){7}|\W*+[1-9][^\W\d_]|\W*+(?:[A-Za-z]\W?){3}(?:[0-9]|(?:[A-Za-z]\W?){3}[0-9L-NP-Vl-np-v]\W?"
    r"[0-9L-NP-Vl-np-v]\W?[A-EHLMPRSTa-ehlmprst]\W?[0-9L-NP-Vl-np-v]\W?[0-9L-NP-Vl-np-v]\W?[A-Za-z]))"
)
# How many letters and digits values of these kinds have, also without noughts that were taken from their front
_SIZES = {
    "ahv": (13,), "codice-fiscale": (16,), "cnp": (13,), "cpf": (9, 10, 11), "curp": (18,), "dni": (8, 9), "egn": (8, 9, 10),
    "fodselsnummer": (9, 10, 11), "hetu": (10, 11), "kvnr": (10, 20), "matricule": (13,), "nhi": (7,), "nir": (13, 15),
    "nric": (9,), "oib": (9, 10, 11), "personnummer": (8, 9, 10, 12), "pesel": (9, 10, 11), "ramq": (12,),
    "resident-id": (15, 18), "rijksregisternummer": (9, 10, 11), "rrn": (11, 12, 13), "svnr": (10,),
    "aadhaar": (12,), "amka": (9, 10, 11), "bsn": (7, 8, 9), "cns": (15,), "isikukood": (11,), "medicare-au": (10, 11),
    "nhs": (10,), "phn": (8, 9, 10, 12), "rodne-cislo": (9, 10), "tckn": (11,), "thai-id": (13,),
}  # fmt: skip
_FEW = 5  # rows of which all may say the same
_ROWS = 6  # of numbers with one check digit
_GROUPED = regex(r"[0-9]{3,4}([ -])[0-9]{3,4}\1[0-9]{4}")
_TIME = regex(r"[0-9]{1,2}:[0-9]{2}|[0-9]{8}T?[0-9]{4}")
_SEX = words("m f u o x w h d v k male female unknown other man woman homme femme hombre mujer uomo donna männlich weiblich")
_BOTH = (words("m male man homme h hombre uomo männlich"), words("f female woman femme w v k mujer donna weiblich"))
_AGE_SEX = regex(r"[0-9]{1,3} ?(?:y/?o?|yrs?)?[ /-]?[MFmf]|[MF] ?[0-9]{1,3}")
_DOCTOR = regex(
    r"(?:Dr|Prof|Dra|Dott|DR)(?:\. ?|[ ])(?:med\.? )?[^\W\d_]|.{3,60}, ?(?:M\.?D|D\.?O|N\.?P|P\.?A|R\.?N|MBBS)\.?(?:-C)?\Z"
)
_TITLES = words("dr dr. prof prof. dra. dott.")
_FIRM = regex(
    r"(?i)\b(?:inc|llc|ltd|gmbh|corp|co|labs?|pharma\w*|laborator\w+|hospital|clinic|university|college|institute|group|center|centre|company"
    r"|industries|holdings|foundation|association|society|trust|church|school)\b"
)
_CREDENTIAL = words("md do np pa rn dds dmd phd mbbs pharmd od dpm lcsw crna dc pt ot m.d. d.o. n.p. p.a. r.n. d.d.s. pa-c fnp")
_RELATION = words("""
wife husband mother father son daughter brother sister spouse partner parent guardian self friend aunt uncle grandmother cousin
child grandfather neighbor neighbour caregiver mutter vater ehemann ehefrau tochter sohn mère père épouse époux madre padre esposa
esposo hijo hija moglie marito figlio figlia
""")
_ZIP = regex(
    r"(?!99[234])[0-9]{5}(?:-[0-9]{4})?|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[0-9]{4} ?[A-Z]{2}"
)
_ID = regex(r"(?!(?:19|20)[0-9]{2}\Z)[A-Z]{0,4}[-_]?0*[0-9][0-9-]{3,13}[0-9A-Z]?|[0-9]{2,3}-[0-9]{3}")
_ELSEWHERE = regex(r"Q[0-9]{2,10}|NCT[0-9]{8}|https?://.{1,400}|tt[0-9]{7,8}|nm[0-9]{7,8}|GSM[0-9]+|rs[0-9]+|TCGA-.{1,30}")
_WORK = regex(
    r"(?i)\b(?:nurse|technician|manager|director|doctor|surgeon|dentist|nurses|specialist|assistant|officer|aide|physician|engineer|analyst|coordinator|therapist"
    r"|professor|teacher|clerk|administrator|supervisor|researcher|scientist|author|editor|writer|actor|politician|\w{3,20}(?:ologist|iatrist))s?\b"
)
_CARE = regex(
    r"(?i)\b(?:chemo|hiv\b|prenatal|antenatal|postnatal|postpartum|refill|post-?op|pre-?op|follow-?up (?:visit|in|on)|sob\b"
    r"|c-?section"
    r"|covid|mrna|tdap|mmr\b|d?tap\b|ipv\b|rotavirus|polio|hep ?[abc]\b|varicella|vaccin|immuniz|ultrasound"
    r"|x-?ray|mri\b|ct (?:chest|head|abd)|ecg|ekg|sinus rhythm|sinus"
    r" (?:tachy|brady)|chf\b|s/p\b|lap chole|filling|prophylaxis|extraction|adenoma|neutrop|fatigue|safety plan"
    r"|ideation|\bSI\b|sleep"
    r"|creatinine|h(?:a)?emoglobin|potassium|sodium|glucose|platelet|blood culture|hba1c|pacemaker|stent|implant|lead\b|laceration"
    r"|\w{3,20}(?:pril|sartan|statin|olol|mycin|cillin|prazole|zepam|formin|triptan|dipine|parin|xaban|gliptin|traline|oxetine|mab)\b)"
)


class Role(Record):
    """What one column holds. `kind`: "key", "name", "part", "initial", "date", "sex", "age", "doctor", and so on, or ""."""

    kind: str = ""
    key: str = ""  # of identifiers
    real: bool = False
    context: str = ""  # of evidence.CONTEXTS
    firm: bool = False  # cells are like nothing else
    days: tuple[Day | None, ...] = ()  # row by row
    timed: bool = False
    cells: tuple[str, ...] = ()  # row by row, of whole names


def telling(cells: Sequence[str]) -> Role:
    """Return what a column holds where that is a number of a person, or days; `cells` are those of all rows, "" for none."""
    held = _held(cells)
    if not held:
        return Role()
    found = _keyed(held)
    if not found.kind and mostly(held, general.dates, SURE):
        known = {cell: general.parse_date(cell) for cell in set(cells)}
        return Role(kind="date", days=tuple(known[cell] for cell in cells), timed=mostly(held, _TIME.search, SURE))
    return found


def role(cells: Sequence[str]) -> Role:
    """Return what a column holds that is not `telling`."""
    held = _held(cells)
    if not held:
        return Role()
    found = next((found for tell in (_coded, _trait, _named, _worded, _placed) if (found := tell(held)).kind), Role())
    return found.replace(cells=tuple(cells)) if found.kind == "name" else found


def _held(cells: Sequence[str]) -> Counter[str]:
    """Return how often a column has each of its cells, nothing where few rows have one."""
    held = [cell for cell in cells if cell][:400]
    return Counter() if len(held) < 2 or len(held) * 5 < len(cells) else Counter(held)


def _keyed(held: Counter[str]) -> Role:
    if not mostly(held, _LIKELY.match, ENOUGH):
        return Role()
    some = sorted(held)[:3]
    sizes = [sum(map(str.isalnum, whole(cell))) if cell.isascii() else 0 for cell in some]
    for key in _KEYS:
        those = () if key in _LOOSE else _SIZES[key]
        if those and sum(not size or size in those for size in sizes) * 2 < len(some):
            continue
        good = _good(key)
        if those and sum(map(good, some)) * 2 < len(some):
            continue
        if not mostly(held, good, ENOUGH if key in _LOOSE else 0.9):
            continue
        grouped = key not in CHECKED or mostly(held, _GROUPED.fullmatch, SURE)
        if grouped or len(held) >= _ROWS:
            return Role(kind="key" if grouped else "number", key=key, real=_real(key, held))
    return Role()


def _good(key: str) -> Callable[[str], bool]:
    """Return what tells a value of a kind: one that its check confirms, or one that is reserved, with its signs."""
    kind = identifiers.kind(key)
    return lambda cell: (answer := kind.check(cell)) == "yes" or (answer != "no" and "-" in cell and kind.invented(cell))


def is_telling(text: str) -> bool:
    """Tell whether one text is an identifier by its form alone."""
    return _LIKELY.match(text) is not None and any(
        identifiers.kind(key).check(text) == "yes" for key in ("ssn", "mbi", "email", "phone", "codice-fiscale", "cpf", "nir")
    )


def _real(key: str, held: Counter[str]) -> bool:
    invented = identifiers.kind(key).invented
    real = [cell for cell in held if not invented(cell)]
    return len(real) >= 3 or 2 * sum(held[cell] for cell in real) >= held.total()


def _coded(held: Counter[str]) -> Role:
    if found := codes.firm(held):
        return Role(kind="health", context=found, firm=True)
    if mostly(held, lambda cell: identifiers.kind("npi").check(cell) == "yes", SURE):
        return Role(kind="npi")
    if mostly(held, _ELSEWHERE.fullmatch, 0.5):
        return Role(kind="elsewhere")
    if mostly(held, _ZIP.fullmatch, SURE):
        return Role(kind="zip")
    found = codes.soft(held)
    return Role(kind="health", context=found) if found else Role()


def _trait(held: Counter[str]) -> Role:
    low = {cell.lower() for cell in held}
    first = next(iter(held))
    if first.isdecimal() and len(first) < 10 and len(held) == held.total():
        number = int(first)
        if all(_int(cell) == number + at for at, cell in enumerate(held)):
            return Role(kind="number of a row")
    several = len(low) <= 4 and any(low & each for each in _BOTH)
    tests = (
        ("sex", low <= _SEX and several),
        ("age", mostly(held, _AGE_SEX.fullmatch, SURE)),
        ("credential", mostly(held, lambda cell: cell.lower() in _CREDENTIAL, 0.5)),
        ("relation", mostly(held, lambda cell: cell.lower() in _RELATION, SURE)),
        ("doctor", mostly(held, _DOCTOR.match, SURE) or low <= _TITLES),
    )
    if found := next((kind for kind, holds in tests if holds), ""):
        return Role(kind=found)
    if len(low) > 1 and mostly(held, lambda cell: cell.isdecimal() and len(cell) < 4 and int(cell) < 120, 0.95):
        ages = {cell: int(cell) for cell in held if cell.isdecimal() and len(cell) < 4}
        several = len(set(ages.values())) * 4 > sum(held[cell] for cell in ages)
        return Role(kind="age") if max(ages.values()) > 25 and several else Role(kind="count")
    return Role(kind="id") if mostly(held, _ID.fullmatch, 0.9) and len(held) * 10 >= 3 * held.total() else Role()


def _int(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else -1


def _named(held: Counter[str]) -> Role:
    check = identifiers.kind("name").check
    many = len(held) > 1 and len(held) * 10 >= held.total()
    if not many or mostly(held, profiles.worded, ENOUGH):
        return Role()
    if mostly(held, lambda cell: check(cell) != "no", SURE):
        return Role(kind="name", real=_real("name", held)) if not mostly(held, _FIRM.search, 0.1) else Role(kind="firm")
    if mostly(held, _initials, 0.9):
        return Role(kind="initial")
    several = len(held) * 3 >= held.total() or len(held) >= 12
    parts = several and mostly(held, lambda cell: len(cell) > 1 and general.name_part(cell, cased=True), SURE)
    return Role(kind="part", real=_real("name", held)) if parts and not mostly(held, cared, 0.3) else Role()


def _initials(cell: str) -> bool:
    return len(cell) <= 4 and cell.replace(".", "").replace(" ", "").isalpha() and cell[0].isupper()


def cared(text: str) -> bool:
    """Tell whether a text has a word of medicine or of care."""
    return profiles.worded(text) or _CARE.search(text, 0, 400) is not None


def _worded(held: Counter[str]) -> Role:
    if mostly(held, _WORK.search, 0.3):
        return Role(kind="work")
    if mostly(held, cared, ENOUGH) and (len(held) > 1 or held.total() < _FEW):
        prose = mostly(held, lambda cell: cell.count(" ") > 3, 0.5)
        return Role(kind="health", context="clinical note" if prose else "diagnosis")
    return Role()


def _placed(held: Counter[str]) -> Role:
    if mostly(held, lambda cell: identifiers.kind("address").check(cell) == "yes", ENOUGH):
        return Role(kind="key", key="address", real=True)
    if mostly(held, lambda cell: identifiers.kind("phone").check(cell) != "no", 0.9) and not mostly(held, str.isdecimal, 0.3):
        return Role(kind="key", key="phone", real=_real("phone", held))
    return Role()
