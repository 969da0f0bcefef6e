"""Numbers of people in the Netherlands, Belgium, Luxembourg, France, Germany, Austria, Switzerland, Ireland; Europe's card."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import gs1, luhn
from pytest_genomic_guard.identifiers.sums import bare, day, dmy, filler, hybrid, number, verhoeff, weighted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.identifiers import Answer

_BSN_SAMPLES = frozenset({"11122233", "12345678"})
_NIR = regex(r"([1-478])([0-9]{2})([0-9]{2})(2[AB]|[0-9]{2})([0-9]{6})([0-9]{2})?")
_NIR_SAMPLES = frozenset({"2550814168025", "2690549588157"})  # of the encyclopaedias; of the specimen of the carte Vitale
_KVNR = regex(r"([A-Z])([0-9]{9})(?:[0-9]{10})?")  # on cards with the number of the fund and a digit
_RVNR = regex(r"([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([A-Z])([0-9]{2})([0-9])")
_RVNR_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_STEUER_SAMPLES = frozenset({"8609574271", "4703689281", "6592997048", "5754928501", "2576813141"})  # of the tax office and ELSTER
_PPS = regex(r"([0-9]{7})([A-W])([A-IW]?)")
_AHV_SAMPLES = frozenset({"756921707698", "756123456789"})
# ISO 3166-1 of the states that give out the card: EU, EEA, Switzerland, United Kingdom
_EHIC_STATES = frozenset(
    {"040", "056", "100", "191", "196", "203", "208", "233", "246", "250", "276", "300", "348", "352", "372", "380"}
    | {"428", "438", "440", "442", "470", "528", "578", "616", "620", "642", "703", "705", "724", "752", "756", "826"}
)


def bsn(text: str) -> Answer:
    """Burgerservicenummer (RvIG, logisch ontwerp BSN): nine digits, weights 9 to 2 and -1, a multiple of 11; a nought may lack."""
    digits = number(text, 9, " -.", pad=True)
    right = digits and int(digits) and weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0
    return "yes" if right else "no"


def bsn_invented(text: str) -> bool:
    """Tell of 999 and 000, from which RvIG takes numbers for tests, and of samples."""
    digits = number(text, 9, " -.", pad=True)
    return digits.startswith(("999", "000")) or filler(digits, _BSN_SAMPLES)


def nir(text: str) -> Answer:
    """Numéro de sécurité sociale (INSEE, NIR; décret 82-103): sex, year, month, place and order, with 97 less the rest by 97.

    Corsica's 2A and 2B count as 19 and 18. Without the key "unknown".
    """
    found = _NIR.fullmatch(bare(text, " -."))
    if not found:
        return "no"
    month = int(found[3])
    if not (1 <= month <= 12 or month == 20 or 30 <= month <= 42 or month >= 50) or found[4] == "00":
        return "no"
    if not found[6]:
        return "unknown"
    place = found[4].replace("2A", "19").replace("2B", "18")
    return "yes" if 97 - int(found[1] + found[2] + found[3] + place + found[5]) % 97 == int(found[6]) else "no"


def nir_invented(text: str) -> bool:
    """Tell of specimens, and of what is typed for want of a number."""
    digits = bare(text, " -.")
    return bool(_NIR.fullmatch(digits)) and (filler(digits) or digits[:13] in _NIR_SAMPLES)


def kvnr(text: str) -> Answer:
    """Krankenversichertennummer, the part that stays (§ 290 SGB V; GKV-Spitzenverband): a letter as two digits, weights 1 and 2."""
    found = _KVNR.fullmatch(bare(text))
    if not found:
        return "no"
    digits = f"{ord(found[1]) - 64:02}{found[2]}"
    total = sum(sum(divmod(int(each) * (1 + place % 2), 10)) for place, each in enumerate(digits[:-1]))
    return "yes" if total % 10 == int(digits[-1]) else "no"


def kvnr_invented(text: str) -> bool:
    """Tell of 123456 behind a letter and of what is typed for want of a number."""
    found = _KVNR.fullmatch(bare(text))
    return found is not None and filler(found[2])


def rvnr(text: str) -> Answer:
    """Versicherungsnummer of the German pension insurance (§ 2 VKVV): area, birth date, letter, serial, sum of digits."""
    found = _RVNR.fullmatch(bare(text, " -."))
    if not found or not 1 <= int(found[2]) % 50 <= 31 or int(found[3]) > 12:
        return "no"
    digits = f"{found[1]}{found[2]}{found[3]}{found[4]}{ord(found[5]) - 64:02}{found[6]}"
    total = sum(sum(divmod(int(each) * weight, 10)) for each, weight in zip(digits, _RVNR_WEIGHTS, strict=True))
    return "yes" if total % 10 == int(found[7]) else "no"


def steuer_id(text: str) -> Answer:
    """Steuerliche Identifikationsnummer (§ 139b AO, § 1 StIdV): eleven digits, MOD 11,10; of ten, one only is repeated."""
    digits = number(text, 11, " -/")
    if not digits or not hybrid(digits):
        return "no"
    counts = sorted(digits[:10].count(each) for each in set(digits[:10]))
    return "yes" if counts[-1] in {2, 3} and not any(count > 1 for count in counts[:-1]) else "no"


def steuer_invented(text: str) -> bool:
    """Tell of those from 0, which are for tests, and of samples of the tax office."""
    digits = number(text, 11, " -/")
    return digits.startswith("0") or filler(digits, _STEUER_SAMPLES)


def rijksregisternummer(text: str) -> Answer:
    """Belgian national number (KB 3 April 1984) and BIS number: birth date, 97 less the rest by 97, from 2000 behind a 2.

    Months of BIS numbers are 20 or 40 higher; unknown months and days are noughts.
    """
    digits = number(text, 11, " -.", pad=True)
    if not digits:
        return "no"
    month, of_month = int(digits[2:4]) % 20, int(digits[4:6])
    if int(digits[2:4]) > 52 or month > 12 or (month and of_month and not day(int(digits[:2]), month, of_month)):
        return "no"
    key, body = int(digits[9:]), digits[:9]
    young = int(digits[:2]) < 50 and key == 97 - int("2" + body) % 97
    return "yes" if young or key == 97 - int(body) % 97 else "no"


def matricule(text: str) -> Answer:
    """Matricule of Luxembourg (CCSS): date of birth, serial, and digits by Luhn and by Verhoeff over the first eleven."""
    digits = number(text, 13)
    if not digits or not day(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) or not "1850" < digits[:4] < "2150":
        return "no"
    return "yes" if luhn(digits[:12]) and verhoeff(digits[:11] + digits[12]) else "no"


def ahv(text: str) -> Answer:
    """AHV number of Switzerland (BSV, AHVN13): thirteen digits from 756, as an EAN-13."""
    digits = number(text, 13, " -.")
    return "yes" if digits.startswith("756") and gs1(digits) else "no"


def ahv_invented(text: str) -> bool:
    """Tell of samples of the BSV, of noughts and runs behind 756."""
    digits = number(text, 13, " -.")
    return digits[:12] in _AHV_SAMPLES or filler(digits[3:])


def svnr(text: str) -> Answer:
    """Sozialversicherungsnummer of Austria (§ 31 ASVG): serial from 100, check digit modulo 11, birth date; months up to 15."""
    digits = number(text, 10, " -./")
    if not digits or digits[0] == "0" or not (day(int(digits[8:]), min(int(digits[6:8]), 12), int(digits[4:6]))):
        return "no"
    right = weighted(digits, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 == int(digits[3])
    return "yes" if right and int(digits[6:8]) <= 15 else "no"


def pps(text: str) -> Answer:
    """Personal Public Service number of Ireland (Department of Social Protection): seven digits and a letter modulo 23."""
    found = _PPS.fullmatch(bare(text))
    if not found:
        return "no"
    second = (ord(found[3]) - 64) % 23 if found[3] else 0  # W, once written for wives, counts as nothing
    rest = (weighted(found[1], range(8, 1, -1)) + 9 * second) % 23
    return "yes" if rest == (ord(found[2]) - 64) % 23 else "no"


def pps_invented(text: str) -> bool:
    """Tell of the sample of the department, and of what is typed for want of a number."""
    found = _PPS.fullmatch(bare(text))
    return found is not None and (filler(found[1]) or found[1] == "1234567")


def ehic(text: str) -> Answer:
    """European Health Insurance Card (decision S2, ISO 7812): twenty digits from 80 and a state; each state has sums of its own."""
    digits = number(text, 20)
    return "unknown" if digits.startswith("80") and digits[2:5] in _EHIC_STATES else "no"


def _of(length: int, *samples: str) -> Callable[[str], bool]:
    return lambda text: filler(number(text, length, " -./", pad=True), samples)


def _rvnr_invented(text: str) -> bool:
    """Tell of the sample of the pension insurance, which forms and wikis repeat: letter C, 1949."""
    found = _RVNR.fullmatch(bare(text, " -."))
    return found is not None and (found[0].startswith("15070649C") or not dmy(found[2] + "01" + found[4]) or filler(found[0][:8]))


def _national(name: str, check: Callable[[str], Answer], invented: Callable[[str], bool], letter: str = "R", **more: bool) -> Kind:
    return Kind(name=name, letter=letter, strength="strong", check=check, invented=invented, tested=more.get("tested", False))


KINDS: Mapping[str, Kind] = {
    "bsn": _national("citizen service number (Netherlands)", bsn, bsn_invented, tested=True),
    "nir": _national("social security number (France)", nir, nir_invented, "G"),
    "kvnr": _national("health insurance number (Germany)", kvnr, kvnr_invented, "I"),
    "rvnr": _national("pension insurance number (Germany)", rvnr, _rvnr_invented, "G"),
    "steuer-id": _national("tax number (Germany)", steuer_id, steuer_invented, tested=True),
    "rijksregisternummer": _national("national number (Belgium)", rijksregisternummer, _of(11, "850730033")),
    "matricule": _national("national number (Luxembourg)", matricule, _of(13)),
    "ahv": _national("social insurance number (Switzerland)", ahv, ahv_invented, "G"),
    "svnr": _national("social insurance number (Austria)", svnr, _of(10, "12370101"), "G"),
    "pps": _national("Personal Public Service number", pps, pps_invented),
    "ehic": _national("European Health Insurance Card number", ehic, _of(20), "I"),
}
