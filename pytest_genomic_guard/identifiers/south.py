"""Numbers of people and patients in Italy, Spain, Portugal, Greece, Türkiye and Israel."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import luhn
from pytest_genomic_guard.identifiers.sums import bare, day, dmy, filler, number, weighted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.identifiers import Answer

_CODICE = regex(r"[A-Z]{6}[0-9L-NP-V]{2}[ABCDEHLMPRST][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]")
_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
# what A to Z count in odd places, and 0 to 9 as the first ten of them: decree of 23 December 1976
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_DNI = regex(r"([0-9]{8}|[XYZ][0-9]{7}|[0-9]{7})([A-Z])")
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CIP = regex(r"[A-Z]{4}[01]([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}|[A-Z]{4}[0-9]{10,12}|B{8}[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{8,12}")
_PERSON = ("1", "2", "3", "45")


def codice_fiscale(text: str) -> Answer:
    """Codice fiscale of Italy (decree of 23 December 1976): sixteen letters and digits, of which the last is a sum modulo 26.

    Women's days are 40 higher; letters stand for digits where two people would have the same.
    """
    code = bare(text)
    if not _CODICE.fullmatch(code):
        return "no"
    of_month = int(code[9:11].translate(_OMOCODIA))
    if not day(
        int(code[6:8].translate(_OMOCODIA)), "ABCDEHLMPRST".index(code[8]) + 1, of_month - 40 if of_month > 40 else of_month
    ):
        return "no"
    total = 0
    for place, each in enumerate(code[:15]):
        value = ord(each) - 65 if each.isalpha() else int(each)
        total += value if place % 2 else _ODD[value]
    return "yes" if total % 26 == ord(code[15]) - 65 else "no"


def codice_invented(text: str) -> bool:
    """Tell of Mario and Maria Rossi, and of letters that are no name."""
    code = bare(text)
    return bool(_CODICE.fullmatch(code)) and code[:6] in {"RSSMRA", "AAAAAA", "XXXXXX", "ABCDEF", "ABCABC", "TSTTST"}


def dni(text: str) -> Answer:
    """DNI and NIE of Spain (Ministerio del Interior; RD 1553/2005): a letter modulo 23; X, Y and Z count as 0, 1 and 2."""
    found = _DNI.fullmatch(bare(text, " -."))
    if not found:
        return "no"
    digits = found[1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return "yes" if _DNI_LETTERS[int(digits) % 23] == found[2] else "no"


def dni_invented(text: str) -> bool:
    """Tell of repeated and counted digits, which forms have as samples."""
    found = _DNI.fullmatch(bare(text, " -."))
    return found is not None and (filler(found[1].lstrip("XYZ")) or found[1].lstrip("XYZ").startswith("1234567"))


def nuss(text: str) -> Answer:
    """Número de la Seguridad Social of Spain (TGSS): province, number and the rest by 97; short numbers may lose a nought first."""
    digits = number(text, 12, " -/")
    if not digits or not 1 <= int(digits[:2]) <= 66:
        return "no"
    key = int(digits[10:])
    short = digits[2] == "0" and int(digits[:2] + digits[3:10]) % 97 == key
    return "yes" if short or int(digits[:10]) % 97 == key else "no"


def cip(text: str) -> Answer:
    """Código de identificación personal of Spain's health services (RD 183/2004): a form for each region, and one for all.

    Catalonia's has the birth date, women's days 40 higher. No sum is published: "unknown".
    """
    found = _CIP.fullmatch(bare(text))
    if not found:
        return "no"
    if found[1]:
        of_month = int(found[3])
        return "unknown" if day(int(found[1]), int(found[2]), of_month - 40 if of_month > 40 else of_month) else "no"
    return "unknown"


def nif(text: str) -> Answer:
    """NIF: of Portugal's people (Decreto-Lei 14/2013), nine digits from 1, 2, 3 or 45, modulo 11; Spain's, as `dni` answers."""
    digits = number(text, 9, " -.")
    if not digits:
        return dni(text)
    rest = weighted(digits[:8], range(9, 1, -1)) % 11
    return "yes" if digits.startswith(_PERSON) and int(digits[8]) == (0 if rest < 2 else 11 - rest) else "no"


def utente(text: str) -> Answer:
    """Número de utente of Portugal's health service (SPMS): nine digits; no sum is published, so "unknown"."""
    return "unknown" if number(text, 9) else "no"


def niss(text: str) -> Answer:
    """Número de identificação da segurança social of Portugal: eleven digits from 1 or 2, primes from 29 down to 2, modulo 10."""
    digits = number(text, 11)
    if not digits.startswith(("1", "2")):
        return "no"
    return "yes" if 9 - weighted(digits[:10], (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10 == int(digits[10]) else "no"


def amka(text: str) -> Answer:
    """AMKA of Greece (IDIKA): birth date, four digits, and one by Luhn."""
    digits = number(text, 11, pad=True)
    return "yes" if digits and dmy(digits) and luhn(digits) else "no"


def tckn(text: str) -> Answer:
    """Identity number of Türkiye (law 5490): eleven digits, not from 0, with two sums modulo 10."""
    digits = number(text, 11)
    if not digits or digits[0] == "0":
        return "no"
    odd, even = sum(map(int, digits[:9:2])), sum(map(int, digits[1:8:2]))
    return "yes" if (7 * odd - even) % 10 == int(digits[9]) and sum(map(int, digits[:10])) % 10 == int(digits[10]) else "no"


def teudat_zehut(text: str) -> Answer:
    """Identity number of Israel (Population and Immigration Authority): up to nine digits, filled up with noughts, by Luhn."""
    digits = number(text, 9, pad=True)
    return "yes" if digits and int(digits) and luhn(digits) else "no"


def _of(length: int, *samples: str) -> Callable[[str], bool]:
    return lambda text: filler(number(text, length, " -./", pad=length in {9, 11}), samples)


def _cip_invented(text: str) -> bool:
    """Tell of letters and digits that count or repeat."""
    code = bare(text)
    return bool(_CIP.fullmatch(code)) and (
        code[:4] in {"AAAA", "XXXX", "ABCD", "TEST"} or filler(code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    )


def _nif_invented(text: str) -> bool:
    return filler(number(text, 9, " -.")) or dni_invented(text)


def _national(name: str, check: Callable[[str], Answer], invented: Callable[[str], bool], letter: str = "R") -> Kind:
    return Kind(name=name, letter=letter, strength="strong", check=check, invented=invented)


KINDS: Mapping[str, Kind] = {
    "codice-fiscale": _national("codice fiscale", codice_fiscale, codice_invented),
    "dni": _national("national identity number (Spain)", dni, dni_invented),
    "nuss": _national("social security number (Spain)", nuss, _of(12), "G"),
    "cip": _national("health card number (Spain)", cip, _cip_invented, "I"),
    "nif": _national("tax number (Portugal or Spain)", nif, _nif_invented),
    "utente": _national("health service number (Portugal)", utente, _of(9), "H"),
    "niss": _national("social security number (Portugal)", niss, _of(11), "G"),
    "amka": _national("social security number (Greece)", amka, _of(11), "G"),
    "tckn": _national("identity number (Türkiye)", tckn, _of(11, "100000001")),
    "teudat-zehut": _national("identity number (Israel)", teudat_zehut, _of(9)),
}
