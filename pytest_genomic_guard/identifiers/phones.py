"""Telephone and fax numbers: the North American plan (ATIS-0300051), E.164 for all others, and numbers kept for fiction."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import digits, stopgap, whole, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.identifiers import Answer

_EXTENSION = regex(r"[ ,;]{0,2}(?:x|ext\.?|extn\.?|extension|#)[ .:]{0,2}[0-9]{1,6}", re.IGNORECASE)
_LABEL = regex(r"(?:tel|phone|fax|mobile|cell|home|work|ph|[thmwcf])[.:]{1,2}\+?[ ]{0,2}|tel:", re.IGNORECASE)
_AMERICAN = regex(
    r"(?:(?:\+|00)?1[-. ]{0,2})?(?:\((?P<area>[0-9]{3})\)[-. ]{0,2}|(?P<code>[0-9]{3})[-. /])(?P<rest>[0-9]{3}[-. ][0-9]{4})"
)
_BARE = regex(r"(?:\+1|001|1)?([2-9][0-9]{2}[2-9][0-9]{6})")
_AREA = regex(r"[2-9][0-9]{9}")
_ABROAD = regex(r"(?:\+|00)[ ]?[1-9](?:[-. ()/]{0,3}[0-9]){6,14}")
_LOCAL = regex(r"\(?[0-9]{1,6}(?:[-. ()/]{1,3}[0-9]{1,9}){1,6}")
_BARE_LOCAL = regex(r"0[1-9][0-9]{7,9}|1[3-9][0-9]{9}|[2-9][0-9]{8,10}")
_DATED = regex(r"[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{2}|[0-9]{4})")
_NO_PHONE = regex(
    r"[0-9]{3}[- .][0-9]{2}[- .][0-9]{4}|(?:[0-9]{4}[- ]){2,3}[0-9]{3,4}|[0-9]{1,12}\.[0-9]{1,12}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
)
# country codes of one and two digits; those of three digits begin with one of the pairs after them (ITU-T E.164, annex)
_SHORT = words("""
7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86
""")
_SHORTER = words("""
90 91 92 93 94 95 98
""")
_LONG = words("""
21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99
""")
_NOBODY = frozenset({"800", "833", "844", "855", "866", "877", "888", "900"})  # free of charge or of a service: a firm's
# Kept for films and books, national numbers without the leading nought. Ofcom, "Telephone numbers for use in TV and radio drama";
# Bundesnetzagentur, Drama Numbers; Arcep, decision 2018-0881; ACMA, "Phone numbers for use in TV shows, films and creative works";
# PTS, fiktiva telefonnummer.
_FICTION: Mapping[str, tuple[str, ...]] = {
    "44": (
        *("1134960", "1144960", "1154960", "1164960", "1174960", "1184960", "1214960", "1314960", "1414960", "1514960", "1614960"),
        *("1914980", "2079460", "2890180", "2920180", "1632960", "7700900", "8081570", "9098790", "3069990"),
    ),
    "49": ("3023125", "6990009", "4066969", "2214710", "8999998", "15228817386", "15228895456", "15254599371"),
    "33": ("19900", "26191", "35301", "46571", "53649", "63998"),
    "61": ("25550", "35550", "75550", "85550", "27010", "37010", "77010", "87010", "491570"),
    "46": ("3139006", "4062804", "8465004", "9803192", "7017406"),
}
_AT_HOME = tuple(prefix for prefixes in _FICTION.values() for prefix in prefixes)


def _bare(text: str) -> str:
    """Return a number without what says that it is one, and without an extension."""
    text = whole(text)
    found = _LABEL.match(text)
    text = text[found.end() :] if found else text
    cut = next((at for at, each in enumerate(text) if each in "xXeE#,;"), len(text))
    return text[:cut].strip() if cut < len(text) and _EXTENSION.fullmatch(text[cut:]) else text


def phone(text: str) -> Answer:
    """Telephone number: "yes" with separators as in North America, or with `+` and a country; bare or local ones are "unknown".

    Codes that a firm pays for, such as 800, are "unknown" too.
    """
    text = _bare(text)
    if not 7 <= len(text) <= 40:
        return "no"
    found = _AMERICAN.fullmatch(text)
    if found and _AREA.fullmatch(number := (found["area"] or found["code"]) + digits(found["rest"])):
        return "yes" if number[3] in "23456789" and number[:3] not in _NOBODY else "unknown"
    number = digits(text)
    if _ABROAD.fullmatch(text):
        return _abroad(number.removeprefix("00"), plus=text[0] == "+")
    if _BARE.fullmatch(text) or _BARE_LOCAL.fullmatch(text) or (len(text) == 10 and stopgap(text)):
        return "unknown"
    if _LOCAL.fullmatch(text) and 7 <= len(number) <= 14 and not _DATED.fullmatch(text) and not _NO_PHONE.fullmatch(text):
        return "unknown"
    return "no"


def _abroad(number: str, *, plus: bool) -> Answer:
    if not 8 <= len(number) <= 15:
        return "no"
    if number[0] == "1":
        known = len(number) == 11 and number[1] in "23456789" and number[4] in "23456789"
    else:
        known = number[0] == "7" or number[:2] in _SHORT or number[:2] in _SHORTER or number[:2] in _LONG
    return "yes" if known and plus else "unknown"


def phone_invented(text: str) -> bool:
    """Tell of 555 as area or exchange, of what regulators keep for fiction, and of repeated or counted digits."""
    if phone(text) == "no":
        return False
    text = _bare(text)
    number = digits(text)
    whole_plan = _AMERICAN.fullmatch(text) or (_BARE.fullmatch(text) and (len(text) == 10 or text.startswith(("+1", "001"))))
    american = number[-10:] if whole_plan and number[-10] in "123456789" else number if len(number) == 7 else ""
    if american:
        return stopgap(number[-10:]) or stopgap(number[-7:]) or american.startswith("555") or american[-7:].startswith("555")
    if text.startswith(("+", "00")):
        number = number.removeprefix("00")
        home = number[2:].removeprefix("0")
        return stopgap(home) or stopgap(number) or home.startswith(_FICTION.get(number[:2], ())) or number.startswith(("1555", "0"))
    return stopgap(number) or (number[:1] == "0" and number[1:].startswith(_AT_HOME))


def _kind(name: str, letter: str) -> Kind:
    return Kind(name=name, letter=letter, strength="direct", check=phone, invented=phone_invented, tested=True)


KINDS: Mapping[str, Kind] = {"phone": _kind("telephone number", "D"), "fax": _kind("fax number", "E")}
