"""What kinds share: texts without the marks that do not count, sums of digits, and values typed for want of a real one."""

from __future__ import annotations

import itertools
import re

from pytest_genomic_guard._regex import regex

LONGEST = 200  # characters of a value that a validator looks at; more than this is a text
_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-") | dict.fromkeys("\u00a0\u2007\u202f", " ")
)
_WORDS = regex(r"(?:x{3,20}+|n/?a|none|null|unknown|redacted|masked|removed)", re.IGNORECASE)
_MADE_UP = ("test", "dummy", "fake", "sample", "example", "demo", "placeholder", "synthetic", "invalid")


def words(text: str) -> frozenset[str]:
    """Return the words of a closed list as written out."""
    return frozenset(text.split())


def plain(text: str) -> str:
    """Return a value without blanks around it, with one kind of dash and blank; empty where it is longer than any identifier."""
    text = text.strip() if len(text) <= 4 * LONGEST else ""
    if len(text) > LONGEST:
        return ""
    return text if text.isascii() else text.translate(_SIGNS)


def whole(text: str) -> str:
    """Return a value as `plain` does, and a whole number that a table library wrote as a fraction as one."""
    text = plain(text)
    return text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text


def digits(text: str) -> str:
    """Return the ASCII digits of a text."""
    return "".join(each for each in text if "0" <= each <= "9")


def key(text: str) -> str:
    """Return the ASCII letters and digits of a text, letters in upper case."""
    return "".join(each for each in text if each.isascii() and each.isalnum()).upper()


def luhn(number: str) -> bool:
    """Tell whether digits pass the test of ISO/IEC 7812-1, annex B: every second one from the right, but the last, counts twice."""
    total = 0
    for place, each in enumerate(reversed(number)):
        value = int(each) << (place & 1)
        total += value - 9 if value > 9 else value
    return bool(number) and total % 10 == 0


def remainder(number: str) -> int:
    """Return letters and digits modulo 97, letters as 10 to 35 (ISO 7064, MOD 97-10)."""
    rest = 0
    for each in number:
        value = int(each, 36)
        rest = (rest * (100 if value > 9 else 10) + value) % 97
    return rest


def gs1(number: str) -> bool:
    """Tell whether the last digit is right by the GS1 General Specifications, 7.9: from the right, they count 1 and 3 by turns."""
    return sum(int(each) * (3 if place % 2 else 1) for place, each in enumerate(reversed(number))) % 10 == 0


def stopgap(number: str) -> bool:
    """Tell whether four or more digits are one repeated, count up or down, each once or twice, or noughts before one or two."""
    if len(number) < 4 or not (number.isascii() and number.isdecimal()):
        return False
    if (len(number) > 5 and len(number.lstrip("0")) < 3) or (len(number) > 4 and len(number.lstrip("0")) < 2):
        return True
    if len(number) > 5 and len(number) % 2 == 0 and number[::2] == number[1::2]:
        number = number[::2]
    step = (int(number[1]) - int(number[0])) % 10
    return step in {0, 1, 9} and all((int(two) - int(one)) % 10 == step for one, two in itertools.pairwise(number))


def placeholder(text: str) -> bool:
    """Tell whether a number or code was typed for want of a real one: TEST001, XXXXX, 0000001, 123456."""
    text = plain(text)
    lowered = text.lower()
    if not text or _WORDS.fullmatch(text) or any(word in lowered for word in _MADE_UP):
        return True
    number = digits(text)
    return stopgap(number) or number.startswith("123456")
