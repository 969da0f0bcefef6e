"""Numbers of people and patients in Australia, New Zealand, South Africa, Brazil, Mexico and Chile."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import luhn
from pytest_genomic_guard.identifiers.sums import bare, day, filler, number, weighted, ymd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.identifiers import Answer

_MEDICARE = regex(r"([2-6][0-9]{8})[0-9][1-9]?")
_DVA = regex(r"[NVQSWT][A-Z]{0,3}[0-9]{1,6}[A-Z]?")
_NHI = regex(r"[A-HJ-NP-Z]{3}[0-9]{4}|[A-HJ-NP-Z]{3}[0-9]{2}[A-HJ-NP-Z]{2}")
_NHI_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CURP = regex(r"[A-Z]{4}([0-9]{2})([0-9]{2})([0-9]{2})[HMX][A-Z]{5}[0-9A-Z][0-9]")
_CURP_VALUES = "0123456789ABCDEFGHIJKLMN_OPQRSTUVWXYZ"  # the 25th is a letter of Spanish
_RUT = regex(r"([0-9]{6,8})([0-9K])")


def medicare(text: str) -> Answer:
    """Medicare number of Australia (AIHW, METeOR 270101): eight digits from 2 to 6, a sum modulo 10, issue, person."""
    found = _MEDICARE.fullmatch(bare(text, " -/"))
    return "yes" if found and weighted(found[1], (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(found[1][8]) else "no"


def medicare_invented(text: str) -> bool:
    """Tell of the sample in the Australian Digital Health Agency's and HL7 Australia's documents, and of what counts or repeats."""
    found = _MEDICARE.fullmatch(bare(text, " -/"))
    return found is not None and (filler(found[1]) or found[1].startswith(("21234567", "23456789")))


def ihi(text: str) -> Answer:
    """Individual Healthcare Identifier of Australia (AS 4846; HL7 AU Base): sixteen digits from 800360, by Luhn."""
    digits = number(text, 16)
    return "yes" if digits.startswith("800360") and luhn(digits) else "no"


def dva(text: str) -> Answer:
    """File number of Australia's Department of Veterans' Affairs (METeOR 339127): State, war, number; no sum, so "unknown"."""
    return "unknown" if _DVA.fullmatch(bare(text)) else "no"


def nhi(text: str) -> Answer:
    """NHI number of New Zealand (HISO 10046): three letters and four digits, modulo 11, or, new, two and two letters, modulo 23.

    Letters count from 1 without I and O. The draft of the new one counted modulo 24: "unknown".
    """
    code = bare(text)
    if not _NHI.fullmatch(code):
        return "no"
    values = [int(each) if each.isdecimal() else _NHI_LETTERS.index(each) + 1 for each in code]
    total = sum(value * weight for value, weight in zip(values[:6], range(7, 1, -1), strict=True))
    if code[6].isdecimal():
        return "yes" if total % 11 and (11 - total % 11) % 10 == values[6] else "no"
    if 23 - total % 23 == values[6]:
        return "yes"
    return "unknown" if 24 - total % 24 == values[6] else "no"


def nhi_invented(text: str) -> bool:
    """Tell of Z, with which HISO 10046 has numbers for tests begin, and of its other example."""
    code = bare(text)
    return bool(_NHI.fullmatch(code)) and (code[0] == "Z" or code.startswith(("ALU18", "AAA")))


def south_african_id(text: str) -> Answer:
    """Identity number of South Africa (Department of Home Affairs): birth date, sex, citizenship 0 to 2, and one by Luhn."""
    digits = number(text, 13, pad=True)
    return "yes" if digits and ymd(digits) and digits[10] in "012" and luhn(digits) else "no"


def cpf(text: str) -> Answer:
    """CPF of Brazil (Receita Federal; IN RFB 2172/2024): nine digits and two sums modulo 11; one digit repeated is none."""
    digits = number(text, 11, " -.", pad=True)
    if not digits or len(set(digits)) == 1:
        return "unknown" if digits else "no"
    first = weighted(digits, range(10, 1, -1)) * 10 % 11 % 10
    second = weighted(digits, range(11, 1, -1)) * 10 % 11 % 10
    return "yes" if digits[9:] == f"{first}{second}" else "no"


def cns(text: str) -> Answer:
    """Cartão Nacional de Saúde of Brazil (DATASUS): fifteen digits from 1, 2, 7, 8 or 9, weights 15 to 1, a multiple of 11."""
    digits = number(text, 15)
    return "yes" if digits and digits[0] in "12789" and weighted(digits, range(15, 0, -1)) % 11 == 0 else "no"


def curp(text: str) -> Answer:
    """CURP of Mexico (RENAPO, instructivo normativo): letters of the names, birth date, sex, State, and a digit modulo 10."""
    code = bare(text)
    found = _CURP.fullmatch(code)
    if not found or not day(int(found[1]), int(found[2]), int(found[3])):
        return "no"
    total = sum(_CURP_VALUES.index(each) * weight for each, weight in zip(code[:17], range(18, 1, -1), strict=True))
    return "yes" if -total % 10 == int(code[17]) else "no"


def curp_invented(text: str) -> bool:
    """Tell of letters that are no name, and of the samples of RENAPO's instructions."""
    return bool(_CURP.fullmatch(bare(text))) and bare(text)[:4] in {"AAAA", "XXXX", "ABCD", "XEXX", "XAXX", "BADD"}


def rut(text: str) -> Answer:
    """RUT of Chile (Registro Civil; Servicio de Impuestos Internos): six to eight digits and one, or K for ten, modulo 11."""
    found = _RUT.fullmatch(bare(text, " -."))
    if not found:
        return "no"
    rest = -weighted(found[1][::-1], (2, 3, 4, 5, 6, 7, 2, 3)) % 11
    return "yes" if "0123456789K"[rest] == found[2] else "no"


def rut_invented(text: str) -> bool:
    """Tell of what repeats or counts."""
    found = _RUT.fullmatch(bare(text, " -."))
    return found is not None and filler(found[1])


def _of(length: int, *samples: str) -> Callable[[str], bool]:
    return lambda text: filler(number(text, length, " -."), samples)


def _ihi_invented(text: str) -> bool:
    """Tell of the examples of HL7 Australia, and of noughts behind the issuer's digits."""
    digits = number(text, 16)
    return digits.startswith("800360") and (digits[:15] in {"800360816669050", "800360830000000"} or filler(digits[6:]))


def _dva_invented(text: str) -> bool:
    digits = "".join(each for each in bare(text) if each.isdecimal())
    return dva(text) != "no" and (filler(digits) or digits == "123456")


KINDS: Mapping[str, Kind] = {
    "medicare-au": Kind(
        name="Medicare number (Australia)", letter="I", strength="strong", check=medicare, invented=medicare_invented
    ),
    "ihi": Kind(name="Individual Healthcare Identifier", letter="H", strength="strong", check=ihi, invented=_ihi_invented),
    "dva": Kind(name="veterans' file number (Australia)", letter="I", strength="strong", check=dva, invented=_dva_invented),
    "nhi": Kind(name="NHI number", letter="H", strength="strong", check=nhi, invented=nhi_invented, tested=True),
    "south-african-id": Kind(
        name="identity number (South Africa)",
        letter="R",
        strength="strong",
        check=south_african_id,
        invented=lambda text: filler(number(text, 13, pad=True), {"800101500908"}),
    ),
    "cpf": Kind(name="CPF number", letter="R", strength="strong", check=cpf, invented=_of(11, "111444777")),
    "cns": Kind(name="health card number (Brazil)", letter="H", strength="strong", check=cns, invented=_of(15)),
    "curp": Kind(name="CURP", letter="R", strength="strong", check=curp, invented=curp_invented),
    "rut": Kind(name="RUT (Chile)", letter="R", strength="strong", check=rut, invented=rut_invented),
}
