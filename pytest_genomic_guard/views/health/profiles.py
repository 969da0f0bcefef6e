"""What the cells of a column about health look like: findings, drugs, measurements within what a living body has, flags, prose."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers.marks import words
from pytest_genomic_guard.identifiers.moments import parse_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NUMBER = regex(r"[<>≤≥~]?\s?([+-]?[0-9]{1,7}(?:[.,][0-9]{1,8})?)\s?(?:%|\+|[A-Za-zµμ°/^0-9.*²³]{1,16})?(?:\s?\(?[HLhl*]{1,2}\)?)?")
_PRESSURE = regex(r"[0-9]{2,3}\s?/\s?[0-9]{2,3}(?:\s?mm\s?Hg)?|(?:[3-9][0-9]|1[0-9]{2}|2[0-5][0-9])(?:\.[0-9]+)?")
_FRACTION = regex(r"-?[0-9]{0,3}\.[0-9]{3,20}(?:[eE][-+]?[0-9]{1,3})?")
_ICD_10 = regex(r"[A-TV-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4}|[0-9A-Z]{1,4})?[*+†!]?", re.IGNORECASE)
_ICD_DOTTED = regex(r"[A-TV-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}[*+†!]?|[EV]?[0-9]{3}\.[0-9]{1,2}")
_CODE = regex(r"[A-Za-z]{0,3}[0-9][0-9A-Za-z]{1,8}(?:[.-][0-9A-Za-z]{1,6}){0,2}|[0-9]{5,18}")
_DRUG_CODE = regex(r"[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}|[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}|[0-9]{4,11}")
_LETTERS = regex(r"[^\W\d_]{3}")
_DOSE = regex(r"[0-9]{1,6}(?:[.,/-][0-9]{1,6})?\s?[A-Za-zµμ%/]{0,20}")
_FLAGS = words("""
0 1 2 3 0.0 1.0 2.0 3.0 y n yes no true false t f pos neg positive negative present absent normal abnormal unknown none never
former current ever ja nein oui non si sí no sim não nao nee nej past ex mild moderate severe + - detected high low
""")
# Words of diseases, complaints and treatments, cut to what several languages share
_MEDICAL = regex(
    r"(?:hypertens|hipertens|ipertens|diabet|asthm|asma\b|copd|epoc\b|stroke|cancer|cáncer|krebs|carcinom|karzinom|tumou?r|fractur|fraktur"
    r"|infect|infekt|infecc|infez|pneumon|lungenent|failure|insuff|insuf|schmerz|\bpain|dolor|douleur|disease|krankheit|maladie|enfermedad"
    r"|disorder|syndrom|síndrom|infarct|infarkt|infarto|fever|fieber|fièvre|cough|husten|toux|anxi|angst|depress|depres|migr[aä]|allerg|alerg"
    r"|bronchit|bronqu|influenza|covid|sepsis|obes|adipos|epilep|an[aä]?emi|leu[ck]|lymphom|melanom|thrombo|tromb|embol|arthr|artrit|ulcer"
    r"|hernia|append|apend|h[ae]morrh|hyperlip|cholest|colest|hypothyr|dement|alzheim|parkinson|psych|schizo|bipolar|autis|surg|ectomy|otomy"
    r"|oscopy|plasty|plegia|pathy|algia|itis\b|ite\b(?<=[a-z]{5}ite)|osis\b|emia\b|uria\b|pnea\b|pnoea\b|patient|symptom|diagnos|admitted|discharge"
    r"|prescri|\bmg\b|treat|therap|chronic|acute|chroni|akut|renal|cardiac|cardio|hepat|pulmon|fibrill|vorhof|nausea|vomit|diarrh|dyspn"
    r"|headache|dizz|bleed|lesion|injur|wound|trauma|burn\b|sprain|concuss|pregnan|delivery|cesar|biops|metasta|stage i)",
    re.IGNORECASE,
)
# What a living body has, in conventional and SI units together; measured twice as wide as textbooks have it
_RANGES: Mapping[str, tuple[float, float]] = {
    "hba1c": (3, 200), "a1c": (3, 200), "egfr": (1, 250), "gfr": (1, 250), "bmi": (9, 90), "bodymassindex": (9, 90), "imc": (9, 90),
    "sbp": (50, 280), "systolic": (50, 280), "systolicbp": (50, 280), "bpsystolic": (50, 280), "dbp": (25, 180),
    "diastolic": (25, 180),
    "diastolicbp": (25, 180), "heartrate": (25, 260), "hr": (25, 260), "pulse": (25, 260), "spo2": (30, 101), "o2sat": (30, 101),
    "temp": (30, 110), "temperature": (30, 110), "weight": (0.3, 800), "height": (0.3, 260), "na": (100, 180), "k": (1.5, 9),
    "ph": (6.5, 8),
    "phq9": (0, 27), "gad7": (0, 21), "mmse": (0, 30), "moca": (0, 30), "map": (30, 200), "rr": (4, 80), "tg": (0.2, 5000),
}  # fmt: skip
_ANY = (0.0, 2e6)


def number(text: str) -> float | None:
    """Return the number of a cell that is one, also with its unit or a flag behind it."""
    found = _NUMBER.fullmatch(text) if len(text) <= 40 else None
    return float(found[1].replace(",", ".")) if found else None


def medical(text: str) -> bool:
    """Tell whether a text has a word of medicine, or is a code of ICD with its dot."""
    return _ICD_DOTTED.fullmatch(text) is not None or _MEDICAL.search(text, 0, 400) is not None


def coded(text: str) -> bool:
    """Tell whether a cell is a code of ICD with its dot."""
    return _ICD_DOTTED.fullmatch(text) is not None


def worded(text: str) -> bool:
    """Tell whether a text has a word of medicine: what needs no name of a column."""
    return _MEDICAL.search(text, 0, 400) is not None


def _finding(text: str) -> bool:
    return bool(
        (len(text) < 7 and text.isalnum())
        or _LETTERS.search(text, 0, 200)
        or _ICD_10.fullmatch(text)
        or _CODE.fullmatch(text)
        or _flag(text)
    )


def _flag(text: str) -> bool:
    low = text.lower()
    if low in _FLAGS:
        return True
    return not _FRACTION.fullmatch(text) and (
        parse_date(text) is not None or number(text) is not None or bool(_LETTERS.search(text, 0, 60))
    )


def _drug(text: str) -> bool:
    return bool(_LETTERS.search(text, 0, 200) or _DRUG_CODE.fullmatch(text)) or text.lower() in _FLAGS


def _text(text: str) -> bool:
    return any(map(str.isalnum, text[:200]))


def _prose(text: str) -> bool:
    return len(text) > 2 and bool(_LETTERS.search(text, 0, 200))


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "finding": _finding,
    "flag": _flag,
    "drug": _drug,
    "dose": lambda text: bool(_DOSE.fullmatch(text) or _LETTERS.search(text, 0, 60)),
    "pressure": lambda text: _PRESSURE.fullmatch(text) is not None,
    "event": _text,
    "text": _text,
    "any": _text,
    "prose": _prose,
}


def test(profile: str, plain: str) -> Callable[[str], bool]:
    """Return what tells whether a cell fits a profile, below a name."""
    if profile != "number":
        return _TESTS[profile]
    low, high = _RANGES.get(plain, _ANY)

    def within(text: str) -> bool:
        value = number(text)
        return text.lower() in _FLAGS if value is None else low <= value <= high

    return within
