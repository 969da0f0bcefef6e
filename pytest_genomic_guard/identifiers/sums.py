"""Sums over digits and letters that the numbers of many countries share, and what else their validators need."""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_genomic_guard.identifiers.marks import stopgap, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# J. Verhoeff, Error Detecting Decimal Codes (1969): powers of this permutation are multiplied in the dihedral group of order ten
_TURN = "1576283094"


def bare(text: str, marks: str = " -", *, width: int = 0) -> str:
    """Return a value in upper case without single separators of `marks` inside, or "" where there are others.

    A whole number gets the noughts back that a table library took from its front, up to two, where `width` is given.
    """
    text = whole(text)
    if not text.isascii():
        return ""
    if width and text.isdecimal():
        return text.zfill(width) if width - 2 <= len(text) < width else text
    if text.isalnum():
        return text.upper()
    form, gone = _parted(marks)
    return text.translate(gone).upper() if form.fullmatch(text) else ""


@lru_cache
def _parted(marks: str) -> tuple[re.Pattern[str], dict[int, None]]:
    """Return the form of letters and digits with single marks between them, and what takes these away."""
    return re.compile(rf"[0-9A-Za-z]++(?:[{re.escape(marks)}][0-9A-Za-z]++)*+"), dict.fromkeys(map(ord, marks))


def number(text: str, length: int, marks: str = " -", *, pad: bool = False) -> str:
    """Return the digits of a value that has as many of them and nothing else but `marks`, else ""."""
    text = bare(text, marks, width=length if pad else 0)
    return text if len(text) == length and text.isdecimal() else ""


def weighted(digits: str, weights: Iterable[int]) -> int:
    """Return the sum of digits times weights; digits without a weight do not count."""
    return sum(int(each) * weight for each, weight in zip(digits, weights, strict=False))


def day(year: int, month: int, of_month: int) -> bool:
    """Tell whether there is such a day. A year below 100 could be of any century, so that 29 February needs a fourth one only."""
    if not 1 <= month <= 12 or not 1 <= of_month <= _DAYS[month - 1]:
        return False
    leap = year % 4 == 0 and (year < 100 or year % 100 != 0 or year % 400 == 0)
    return month != 2 or of_month < 29 or leap


def dmy(digits: str) -> bool:
    """Tell whether six digits are day, month and year of a century."""
    return day(int(digits[4:6]), int(digits[2:4]), int(digits[:2]))


def ymd(digits: str) -> bool:
    """Tell whether six digits are year of a century, month and day."""
    return day(int(digits[:2]), int(digits[2:4]), int(digits[4:6]))


def hybrid(digits: str) -> bool:
    """Tell whether the last digit is right by ISO 7064, MOD 11,10."""
    rest = 10
    for each in digits[:-1]:
        rest = ((rest + int(each)) % 10 or 10) * 2 % 11
    return (rest + int(digits[-1])) % 10 == 1


def pure(text: str) -> bool:
    """Tell whether the last digit, or X for ten, is right by ISO 7064, MOD 11-2."""
    rest = 0
    for each in text[:-1]:
        rest = (rest + int(each)) * 2 % 11
    return (rest + (10 if text[-1] == "X" else int(text[-1]))) % 11 == 1


def _turned(value: int, times: int) -> int:
    for _ in range(times % 8):
        value = int(_TURN[value])
    return value


def _product(one: int, two: int) -> int:
    """Multiply in the dihedral group of order ten: 0 to 4 turn, 5 to 9 mirror."""
    if one < 5:
        return (one + two) % 5 + (5 if two >= 5 else 0)
    return (one - two) % 5 if two >= 5 else (one - 5 - two) % 5 + 5


def verhoeff(digits: str) -> bool:
    """Tell whether the last digit is right by Verhoeff: single errors and neighbours that were exchanged are all caught."""
    rest = 0
    for place, each in enumerate(reversed(digits)):
        rest = _product(rest, _turned(int(each), place))
    return rest == 0


def eleven(digits: str, highest: int) -> bool:
    """Tell whether the last digit is right by weights from `highest` down, modulo 11: 11 is written 0, and 10 is not given out."""
    return (weighted(digits[:-1], range(highest, 1, -1)) + int(digits[-1])) % 11 == 0


def filler(digits: str, samples: Collection[str] = ()) -> bool:
    """Tell whether digits were typed for want of a number: repeated, counted, almost all noughts, or a sample of the issuer.

    Samples are told by all but their check digits, which the tree therefore does not hold.
    """
    if not digits:
        return False
    return (
        stopgap(digits)
        or stopgap(digits[:-1])
        or digits.startswith("12345678")
        or any(digits.startswith(each) and len(digits) - len(each) < 4 for each in samples)
    )
