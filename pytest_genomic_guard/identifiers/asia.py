"""Numbers of people and patients in India, China, Hong Kong, Taiwan, Korea, Japan, Singapore and Thailand."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.sums import bare, day, filler, number, pure, verhoeff, weighted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.identifiers import Answer

# UIDAI's residents for tests, and samples of the standard GB 11643, without their check digits
_AADHAAR_SAMPLES = frozenset({"99994105705", "99997165884", "99993311940", "99995518343", "99999050189"})
_RESIDENT_SAMPLES = frozenset({"11010519491231002", "44052418800101001", "44052419800101001"})
_RESIDENT = regex(r"[1-9][0-9]{5}([12][0-9]{3})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]")
_RESIDENT_OLD = regex(r"[1-9][0-9]{5}([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}")
_NRIC = regex(r"([STFGM])([0-9]{7})([A-Z])")
_NRIC_LETTERS = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "XWUTRQPNJLK"}
_NRIC_MORE = {"S": 0, "T": 4, "F": 0, "G": 4, "M": 3}
_HKID = regex(r"([A-Z]{1,2})([0-9]{6})\(?([0-9A])\)?")
_ROC = regex(r"([A-Z])([1289A-D])([0-9]{8})")
_ROC_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # 10 to 35 in this order
_RRN_CENTURIES = {"9": 1800, "0": 1800, "1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000}


def aadhaar(text: str) -> Answer:
    """Aadhaar of India (UIDAI): twelve digits from 2 to 9, by Verhoeff."""
    digits = number(text, 12)
    return "yes" if digits and digits[0] not in "01" and verhoeff(digits) else "no"


def abha(text: str) -> Answer:
    """Health account of India (ABHA, National Health Authority): fourteen digits; no sum is published, so "unknown"."""
    digits = number(text, 14)
    return "unknown" if digits and digits[0] != "0" else "no"


def resident_id(text: str) -> Answer:
    """Resident identity number of China (GB 11643-1999): area, birth date, MOD 11-2; the old one of fifteen is "unknown"."""
    code = bare(text)
    found = _RESIDENT.fullmatch(code)
    if found:
        year, month, of_month = map(int, found.groups())
        return "yes" if 1800 <= year < 2100 and day(year, month, of_month) and pure(code) else "no"
    old = _RESIDENT_OLD.fullmatch(code)
    return "unknown" if old and day(int(old[1]), int(old[2]), int(old[3])) else "no"


def resident_invented(text: str) -> bool:
    """Tell of the samples of the standard, and of what is typed for want of a number."""
    code = bare(text)
    return code[:17] in _RESIDENT_SAMPLES or (code[:17].isdecimal() and filler(code[:17]))


def hkid(text: str) -> Answer:
    """Identity card of Hong Kong (Immigration Department): one or two letters, six digits, and one or A, modulo 11."""
    text = text.strip()
    found = _HKID.fullmatch(bare(text.replace("(", "").replace(")", "") if len(text) < 20 else ""))
    if not found:
        return "no"
    letters = found[1].rjust(2)
    total = sum(weight * (36 if each == " " else ord(each) - 55) for each, weight in zip(letters, (9, 8), strict=True))
    total += weighted(found[2], range(7, 1, -1)) + int(found[3], 16)
    return "yes" if total % 11 == 0 else "no"


def hkid_invented(text: str) -> bool:
    """Tell of 123456 and the like behind any letter."""
    digits = "".join(each for each in text[:20] if "0" <= each <= "9")[:6]
    return hkid(text) == "yes" and filler(digits)


def roc_id(text: str) -> Answer:
    """Identity number of Taiwan (Ministry of the Interior): a letter as two digits, weights 1 and 9 to 1, modulo 10."""
    found = _ROC.fullmatch(bare(text))
    if not found:
        return "no"
    second = found[2] if found[2].isdecimal() else str((ord(found[2]) - 65) % 10)
    digits = f"{_ROC_LETTERS.index(found[1]) + 10}{second}{found[3]}"
    return "yes" if weighted(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0 else "no"


def roc_invented(text: str) -> bool:
    """Tell of 12345678 and the like behind any letter."""
    found = _ROC.fullmatch(bare(text))
    return found is not None and (filler(found[3]) or (found[2] + found[3]).startswith("1234567"))


def rrn(text: str) -> Answer:
    """Resident registration number of Korea (MOIS): birth date, sex and century, six digits.

    The last is a sum modulo 11, plus two for foreigners; since October 2020 there is none, so that others are "unknown".
    """
    digits = number(text, 13, " -", pad=True)
    if not digits or not day(_RRN_CENTURIES[digits[6]] + int(digits[:2]), int(digits[2:4]), int(digits[4:6])):
        return "no"
    last = 11 - weighted(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11
    return "yes" if (last + (2 if digits[6] in "5678" else 0)) % 10 == int(digits[12]) else "unknown"


def my_number(text: str) -> Answer:
    """Individual Number of Japan (ordinance 85 of 2014, MIC, article 5): twelve digits, modulo 11."""
    digits = number(text, 12)
    if not digits or not int(digits):
        return "no"
    rest = weighted(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return "yes" if int(digits[11]) == (0 if rest < 2 else 11 - rest) else "no"


def nric(text: str) -> Answer:
    """NRIC and FIN of Singapore (ICA; letters as others publish them): S, T, F, G or M, seven digits, and a letter modulo 11."""
    found = _NRIC.fullmatch(bare(text))
    if not found:
        return "no"
    rest = (_NRIC_MORE[found[1]] + weighted(found[2], (2, 7, 6, 5, 4, 3, 2))) % 11
    return "yes" if _NRIC_LETTERS[found[1]][rest] == found[3] else "no"


def nric_invented(text: str) -> bool:
    """Tell of 1234567 and the like behind any letter."""
    found = _NRIC.fullmatch(bare(text))
    return found is not None and filler(found[2])


def thai_id(text: str) -> Answer:
    """Identity number of Thailand (Department of Provincial Administration): thirteen digits from 1 to 8, modulo 11."""
    digits = number(text, 13)
    if not digits or digits[0] in "09":
        return "no"
    return "yes" if (11 - weighted(digits[:12], range(13, 1, -1)) % 11) % 10 == int(digits[12]) else "no"


def _of(length: int, *samples: str) -> Callable[[str], bool]:
    return lambda text: filler(number(text, length), samples)


def _national(name: str, check: Callable[[str], Answer], invented: Callable[[str], bool], letter: str = "R") -> Kind:
    return Kind(name=name, letter=letter, strength="strong", check=check, invented=invented)


KINDS: Mapping[str, Kind] = {
    "aadhaar": _national("Aadhaar number", aadhaar, _of(12, *_AADHAAR_SAMPLES)),
    "abha": _national("ABHA number", abha, _of(14), "H"),
    "resident-id": _national("resident identity number (China)", resident_id, resident_invented),
    "hkid": _national("identity card number (Hong Kong)", hkid, hkid_invented),
    "roc-id": _national("identity number (Taiwan)", roc_id, roc_invented),
    "rrn": _national("resident registration number (Korea)", rrn, _of(13)),
    "my-number": _national("Individual Number (Japan)", my_number, _of(12)),
    "nric": _national("NRIC or FIN (Singapore)", nric, nric_invented),
    "thai-id": _national("identity number (Thailand)", thai_id, _of(13)),
}
