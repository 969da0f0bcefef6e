"""Numbers of health cards of Canada's provinces, and of its social insurance."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import luhn
from pytest_genomic_guard.identifiers.sums import bare, day, filler, number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.identifiers import Answer

_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3)
_ONTARIO = regex(r"([1-9][0-9]{9})[A-Z]{0,2}")
_RAMQ = regex(r"[A-Z]{3}[A-Z0-9]([0-9]{2})([0-9]{2})([0-9]{2})[0-9A-Z][0-9]")
_OTHERS = frozenset({8, 9, 12})  # Prince Edward Island; Alberta, Saskatchewan, Manitoba, New Brunswick; Newfoundland and Labrador


def phn(text: str) -> Answer:
    """Personal health number: British Columbia's by its check digit (Ministry of Health, PHN validation), modulo 11.

    Ten digits from 9. Numbers of other provinces, with eight, nine or twelve, are "unknown": their sums are not published.
    """
    digits = bare(text)
    if not digits.isdecimal():
        return "no"
    if len(digits) != 10:
        return "unknown" if len(digits) in _OTHERS else "no"
    total = sum(int(each) * weight % 11 for each, weight in zip(digits[1:9], _WEIGHTS, strict=True))
    return "yes" if digits[0] == "9" and (total + int(digits[9])) % 11 == 0 else "no"


def health_card(text: str) -> Answer:
    """Ontario's health number (Ministry of Health, Health Card Validation): ten digits by Luhn and up to two letters of a version.

    The formula of Quebec's has a kind of its own; a personal health number of another province passes as `phn` answers.
    """
    found = _ONTARIO.fullmatch(bare(text))
    if found and luhn(found[1]):
        return "yes"
    return phn(text) if not found or found[1] == bare(text) else "no"


def ramq(text: str) -> Answer:
    """Numéro d'assurance maladie of Quebec (RAMQ): three letters of the family name, one of the given name, and the birth date.

    Women's months are 50 higher. How the last digit is made is not published: "unknown" at best.
    """
    found = _RAMQ.fullmatch(bare(text))
    if not found:
        return "no"
    year, month, of_month = map(int, found.groups())
    return "unknown" if day(year, month - 50 if month > 50 else month, of_month) else "no"


def sin(text: str) -> Answer:
    """Social Insurance Number (Employment and Social Development Canada): nine digits by Luhn."""
    digits = number(text, 9)
    return "yes" if digits and luhn(digits) else "no"


def sin_invented(text: str) -> bool:
    """Tell of those from 0, which are not given out, and of what is typed for want of a number."""
    digits = number(text, 9)
    return digits.startswith("0") or filler(digits)


def _invented(text: str) -> bool:
    digits = bare(text).rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return digits.isdecimal() and (filler(digits) or digits[::-1].startswith("123456789"))


def _ramq_invented(text: str) -> bool:
    """Tell of names such as TEST and ABCD."""
    return ramq(text) != "no" and bare(text)[:4] in {"TEST", "ABCD", "XXXX", "AAAA", "NOMP"}


KINDS: Mapping[str, Kind] = {
    "phn": Kind(name="personal health number", letter="I", strength="strong", check=phn, invented=_invented),
    "health-card": Kind(name="health card number", letter="I", strength="strong", check=health_card, invented=_invented),
    "ramq": Kind(name="Quebec health insurance number", letter="I", strength="strong", check=ramq, invented=_ramq_invented),
    "sin": Kind(name="Social Insurance Number", letter="G", strength="strong", check=sin, invented=sin_invented),
}
