"""Numbers of patients in the United Kingdom and the Crown dependencies, and of the insured there."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.sums import bare, dmy, eleven, filler, number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.identifiers import Answer

# Samples of the NHS Data Dictionary, of NHS login and of the NHS card, without their check digits
_NHS_SAMPLES = frozenset({"943476591", "943476587", "401023213", "485777345", "450557710"})
_NINO = regex(r"([A-Z]{2})([0-9]{6})([A-D]?|(?<=ZZ[0-9]{6})[A-Z])")
_NEVER = frozenset({"BG", "GB", "KN", "NK", "NT", "TN"})
_MADE_UP = frozenset({"QQ", "ZZ"})


def nhs(text: str) -> Answer:
    """NHS number (NHS Data Model and Dictionary, NHS NUMBER): ten digits, weights 10 to 2, modulo 11.

    Those of 999, which are for tests, are made up without a check digit as often as not: "unknown" then.
    """
    digits = number(text, 10)
    if digits and eleven(digits, 10):
        return "yes"
    return "unknown" if digits.startswith("999") else "no"


def nhs_invented(text: str) -> bool:
    """Tell of 999, which NHS Digital keeps for tests, of samples and of what is typed for want of a number."""
    digits = number(text, 10)
    return digits.startswith("999") or filler(digits, _NHS_SAMPLES)


def chi(text: str) -> Answer:
    """Community Health Index of Scotland (SMR data manual, CHI number): birth date, two digits, sex, and the sum of NHS numbers."""
    digits = number(text, 10, " -", pad=True)
    return "yes" if digits and dmy(digits) and eleven(digits, 10) else "no"


def health_and_care(text: str) -> Answer:
    """Health and Care number of Northern Ireland (BSO): 320 000 0010 to 399 999 9999, with the sum of NHS numbers."""
    digits = number(text, 10)
    return "yes" if "3200000010" <= digits <= "3999999999" and eleven(digits, 10) else "no"


def nino(text: str) -> Answer:
    """National Insurance number (HMRC, NIM39110): "yes" where prefix and suffix are of those given out; without suffix "unknown".

    QQ, with which the samples of forms begin, and ZZ, with which generators of made-up people do, are "unknown".
    """
    found = _NINO.fullmatch(bare(text))
    if not found:
        return "no"
    prefix = found[1]
    if prefix in _MADE_UP:
        return "unknown"
    if prefix in _NEVER or set(prefix) & set("DFIQUV") or prefix[1] == "O":
        return "no"
    return "yes" if found[3] else "unknown"


def nino_invented(text: str) -> bool:
    """Tell of QQ and ZZ, with which no number begins, and of 123456 behind any letters."""
    found = _NINO.fullmatch(bare(text))
    return found is not None and (found[1] in _MADE_UP or filler(found[2]))


def _invented(text: str) -> bool:
    return filler(number(text, 10, pad=True))


KINDS: Mapping[str, Kind] = {
    "nhs": Kind(name="NHS number", letter="H", strength="strong", check=nhs, invented=nhs_invented, tested=True),
    "chi": Kind(name="CHI number", letter="H", strength="strong", check=chi, invented=_invented),
    "health-and-care": Kind(
        name="Health and Care number", letter="H", strength="strong", check=health_and_care, invented=_invented
    ),
    "nino": Kind(name="National Insurance number", letter="G", strength="strong", check=nino, invented=nino_invented),
}
