"""Numbers of people in Sweden, Finland, Norway, Denmark, Iceland and the Baltic states."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import luhn, whole
from pytest_genomic_guard.identifiers.sums import bare, day, dmy, filler, number, weighted, ymd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.identifiers import Answer

_PERSONNUMMER = regex(r"(?:1[6-9]|20)?([0-9]{6})[-+ ]?([0-9]{4})")
_HETU = regex(r"([0-9]{6})([-+A-FU-Y])([0-9]{3})([0-9A-FHJ-NPR-Y])", re.IGNORECASE)
_HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_BALTIC = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_BALTIC_AGAIN = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)
# Samples of the registers and of the boards that test: Sweden's Tolvan, MedCom's Nancy, Iceland's and Finland's on wikis and forms,
# Estonia's of its test certificates; without their last digits
_CPR_SAMPLES = frozenset({"251248999", "070761428"})
_BALTIC_SAMPLES = frozenset(
    ("3760503029", "3030303991", "6000101990", "5000102999", "4040404999", "1010101000", "3851224022", "3330924006")
)


def personnummer(text: str) -> Answer:
    """Personnummer of Sweden (Skatteverket, SKV 704): six or eight digits of birth, three and one by Luhn over ten.

    Days of a samordningsnummer are 60 higher.
    """
    digits = _swedish(text)
    if not digits:
        return "no"
    of_month = int(digits[4:6])
    right = day(int(digits[:2]), int(digits[2:4]), of_month - 60 if of_month > 60 else of_month) and luhn(digits)
    return "yes" if right else "no"


def _swedish(text: str) -> str:
    text = whole(text)
    found = _PERSONNUMMER.fullmatch(text.zfill(10) if text.isdecimal() and len(text) in {8, 9} else text)
    return found[1] + found[2] if found else ""


def personnummer_invented(text: str) -> bool:
    """Tell of Tolvan Tolvansson, born 12 December 1912, and of what is typed for want of a number."""
    return filler(_swedish(text), {"121212121"})


def hetu(text: str) -> Answer:
    """Henkilötunnus of Finland (DVV; 128/2010): birth date, a sign of its century, serial from 002, and a letter modulo 31."""
    found = _HETU.fullmatch(whole(text))
    if not found or not dmy(found[1]) or int(found[3]) < 2:
        return "no"
    return "yes" if _HETU_LETTERS[int(found[1] + found[3]) % 31] == found[4].upper() else "no"


def hetu_invented(text: str) -> bool:
    """Tell of serials from 900, which DVV keeps for tests and systems for people without a number, and of its sample."""
    found = _HETU.fullmatch(whole(text))
    return found is not None and (int(found[3]) >= 900 or found[1] + found[3] in {"131052308", "010101123", "010190123"})


def fodselsnummer(text: str) -> Answer:
    """Fødselsnummer of Norway (Skatteetaten, folkeregisterforskriften § 2-2-1): birth date, three digits, two sums modulo 11.

    Days of D-numbers are 40 higher, months of H-numbers and of numbers for tests 40, 65 or 80; FH-numbers begin with 8 or 9.
    """
    digits = number(text, 11, pad=True)
    if not digits or weighted(digits, _FIRST) % 11 or weighted(digits, _SECOND) % 11:
        return "no"
    of_month, month = int(digits[:2]), int(digits[2:4])
    for more in (80, 65, 40):
        if month > more:
            month -= more
            break
    known = day(int(digits[4:6]), month, of_month - 40 if 40 < of_month < 80 else of_month)
    return "yes" if known or digits[0] in "89" else "no"


def fodselsnummer_invented(text: str) -> bool:
    """Tell of months 65 or 80 higher: Norsk helsenett's and Skatteetaten's people for tests."""
    digits = number(text, 11, pad=True)
    test = digits[:1] not in {"8", "9"} and (66 <= int(digits[2:4] or 0) <= 77 or 81 <= int(digits[2:4] or 0) <= 92)
    return test or filler(digits)


def cpr(text: str) -> Answer:
    """CPR number of Denmark (CPR-kontoret): birth date and four digits; modulo 11 until 2007, so that others are "unknown"."""
    digits = number(text, 10, pad=True)
    if not digits or not dmy(digits):
        return "no"
    return "unknown" if weighted(digits, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 else "yes"


def kennitala(text: str) -> Answer:
    """Kennitala of Iceland (Þjóðskrá): birth date, two digits from 20, a sum modulo 11, and 8, 9 or 0 for the century.

    Those without a birth date, from 8 or 9, have no sum: "unknown".
    """
    digits = number(text, 10, pad=True)
    if not digits:
        return "no"
    if digits[0] in "89":
        return "unknown"
    right = dmy(digits) and digits[9] in "089" and weighted(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
    return "yes" if right else "no"


def isikukood(text: str) -> Answer:
    """Isikukood of Estonia (EVS 585) and asmens kodas of Lithuania: sex and century, birth date, serial, two rounds modulo 11.

    In Lithuania from 9 on without a birth date: no.
    """
    digits = number(text, 11)
    if not digits or digits[0] not in "12345678" or not ymd(digits[1:]):
        return "no"
    rest = weighted(digits, _BALTIC) % 11
    if rest == 10:
        rest = weighted(digits, _BALTIC_AGAIN) % 11 % 10
    return "yes" if rest == int(digits[10]) else "no"


def personas_kods(text: str) -> Answer:
    """Personas kods of Latvia (Ministru kabineta noteikumi): birth date, century, serial, sum modulo 11; from 32 on "unknown"."""
    digits = number(text, 11, pad=True)
    if digits.startswith(("32", "33", "34", "35", "36", "37", "38", "39")):
        return "unknown"
    if not digits or not dmy(digits) or digits[6] not in "012":
        return "no"
    rest = (1101 - weighted(digits, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11
    return "yes" if rest % 10 == int(digits[10]) else "no"


def _of(length: int, *samples: str) -> Callable[[str], bool]:
    return lambda text: filler(number(text, length, pad=True), samples)


def _national(name: str, check: Callable[[str], Answer], invented: Callable[[str], bool], *, tested: bool = False) -> Kind:
    return Kind(name=name, letter="R", strength="strong", check=check, invented=invented, tested=tested)


def _baltic_invented(text: str) -> bool:
    return filler(bare(text), _BALTIC_SAMPLES)


KINDS: Mapping[str, Kind] = {
    "personnummer": _national("personal identity number (Sweden)", personnummer, personnummer_invented),
    "hetu": _national("personal identity code (Finland)", hetu, hetu_invented, tested=True),
    "fodselsnummer": _national("national identity number (Norway)", fodselsnummer, fodselsnummer_invented, tested=True),
    "cpr": _national("CPR number (Denmark)", cpr, _of(10, *_CPR_SAMPLES)),
    "kennitala": _national("kennitala (Iceland)", kennitala, _of(10, "12017433")),
    "isikukood": _national("personal identification code (Estonia)", isikukood, _baltic_invented),
    "asmens-kodas": _national("personal code (Lithuania)", isikukood, _baltic_invented),
    "personas-kods": _national("personal code (Latvia)", personas_kods, _of(11)),
}
