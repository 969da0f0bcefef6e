"""Numbers of people in Poland, Czechia, Slovakia, Hungary, Romania, Bulgaria, Croatia, Slovenia, Serbia, Ukraine and Russia."""

from __future__ import annotations

from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.sums import day, filler, hybrid, number, weighted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.identifiers import Answer

_JMBG_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_CENTURIES = {1: 1900, 2: 1900, 3: 1800, 4: 1800, 5: 2000, 6: 2000}


def _turned_month(digits: str, centuries: Mapping[int, int]) -> bool:
    """Tell whether digits begin with a birth date whose month is higher by what stands for its century."""
    year, month, of_month = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    more = month // 20 * 20
    return more in centuries and day(centuries[more] + year, month - more, of_month)


def pesel(text: str) -> Answer:
    """PESEL of Poland (Ustawa o ewidencji ludności, art. 15 ff.): birth date, the century in its month, sum modulo 10."""
    digits = number(text, 11, pad=True)
    if not digits or not _turned_month(digits, {80: 1800, 0: 1900, 20: 2000, 40: 2100, 60: 2200}):
        return "no"
    return "yes" if weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0 else "no"


def rodne_cislo(text: str) -> Answer:
    """Rodné číslo of Czechia and Slovakia (zákon 133/2000 Sb., § 13; 301/1995 Z. z.): birth date, and a multiple of 11.

    Women's months are 50 higher; since 2004 20 may be added. Until 1985 a rest of 10 was written 0. Nine digits, of people born
    before 1954, have no sum: "unknown".
    """
    nine = number(text, 9, " /")
    digits = nine or number(text, 10, " /")
    if not digits:
        return "no"
    month = int(digits[2:4]) % 50
    if not day(int(digits[:2]), month - 20 if month > 20 else month, int(digits[4:6])):
        return "no"
    if nine:
        return "unknown" if int(nine[:2]) < 54 else "no"
    right = int(digits) % 11 == 0 or (53 < int(digits[:2]) < 86 and int(digits[:9]) % 11 == 10 and digits[9] == "0")
    return "yes" if right else "no"


def egn(text: str) -> Answer:
    """EGN of Bulgaria (ordinance RD-02-20-9 of 2012): birth date with its century in the month, serial, sum modulo 11."""
    digits = number(text, 10, pad=True)
    if not digits or not _turned_month(digits, {20: 1800, 0: 1900, 40: 2000}):
        return "no"
    return "yes" if weighted(digits, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == int(digits[9]) else "no"


def cnp(text: str) -> Answer:
    """Cod numeric personal of Romania (HG 1375/2006; Legea 105/1996): sex and century, birth date, county, sum modulo 11."""
    digits = number(text, 13)
    if not digits or digits[0] == "0" or digits[7:9] == "00":
        return "no"
    if not day(_CENTURIES.get(int(digits[0]), 0) + int(digits[1:3]), int(digits[3:5]), int(digits[5:7])):
        return "no"
    rest = weighted(digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return "yes" if int(digits[12]) == (1 if rest == 10 else rest) else "no"


def oib(text: str) -> Answer:
    """OIB of Croatia (Zakon o osobnom identifikacijskom broju, pravilnik NN 1/09): eleven digits by ISO 7064, MOD 11,10."""
    digits = number(text, 11, pad=True)
    return "yes" if digits and int(digits) and hybrid(digits) else "no"


def jmbg(text: str) -> Answer:
    """JMBG of the successors of Yugoslavia (law of 1976): birth date, its year of three digits, region, sum modulo 11."""
    digits = number(text, 13, pad=True)
    if not digits:
        return "no"
    year = int(digits[4:7])
    known = day(year + (2000 if year < 200 else 1000), int(digits[2:4]), int(digits[:2]))
    rest = weighted(digits[:12], _JMBG_WEIGHTS) % 11
    return "yes" if known and int(digits[12]) == (0 if rest < 2 else 11 - rest) else "no"


def emso(text: str) -> Answer:
    """EMŠO of Slovenia (Zakon o centralnem registru prebivalstva): a JMBG of regions 50 to 59."""
    digits = number(text, 13, pad=True)
    return jmbg(digits) if digits[7:8] == "5" else "no"


def taj(text: str) -> Answer:
    """TAJ of Hungary (1996. évi XX. törvény): nine digits, weights 3 and 7 by turns, modulo 10."""
    digits = number(text, 9, pad=True)
    return "yes" if digits and int(digits) and weighted(digits[:8], (3, 7) * 4) % 10 == int(digits[8]) else "no"


def rnokpp(text: str) -> Answer:
    """Taxpayer's number of Ukraine (DPS): days since 1899 in five digits, serial, sex, sum modulo 11."""
    digits = number(text, 10)
    if not digits or not int(digits[:5]):
        return "no"
    return "yes" if weighted(digits, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 == int(digits[9]) else "no"


def snils(text: str) -> Answer:
    """SNILS of Russia (PFR, resolution 192p): nine digits and a sum modulo 101; numbers up to 001-001-998 have none."""
    digits = number(text, 11, pad=True)
    if not digits:
        return "no"
    if int(digits[:9]) <= 1001998:
        return "unknown" if int(digits[:9]) else "no"
    return "yes" if weighted(digits, range(9, 0, -1)) % 101 % 100 == int(digits[9:]) else "no"


def _of(length: int, *samples: str) -> Callable[[str], bool]:
    return lambda text: filler(number(text, length, " -./", pad=True), samples)


def _national(name: str, check: Callable[[str], Answer], invented: Callable[[str], bool], letter: str = "R") -> Kind:
    return Kind(name=name, letter=letter, strength="strong", check=check, invented=invented)


KINDS: Mapping[str, Kind] = {
    "pesel": _national("PESEL number (Poland)", pesel, _of(11, "4405140135", "0207080362")),
    "rodne-cislo": _national("birth number (Czechia or Slovakia)", rodne_cislo, _of(10)),
    "egn": _national("personal number (Bulgaria)", egn, _of(10)),
    "cnp": _national("personal numerical code (Romania)", cnp, _of(13)),
    "oib": _national("personal identification number (Croatia)", oib, _of(11)),
    "emso": _national("personal number (Slovenia)", emso, _of(13, "010100650000")),
    "jmbg": _national("personal number (Serbia and neighbours)", jmbg, _of(13)),
    "taj": _national("social insurance number (Hungary)", taj, _of(9), "I"),
    "rnokpp": _national("taxpayer's number (Ukraine)", rnokpp, _of(10)),
    "snils": _national("SNILS number (Russia)", snils, _of(11, "112233445")),
}
