"""Dates finer than a year, and ages: 45 CFR 164.514(b)(2)(i)(C)."""

from __future__ import annotations

import re
import time

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import Kind
from pytest_genomic_guard.identifiers.marks import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.identifiers import Answer

FIRST, LAST = 1850, 2100  # years that a date about a person can have
OLDEST = 125  # years: nobody is known to have lived longer than 122
_TOO_OLD = 90  # the first age that identifies; the rule's own words are "all ages over 89"
# Months, also cut short, in English, German, French, Spanish, Portuguese, Italian, Dutch and Scandinavian languages
_NAMES: tuple[str, ...] = (
    "january jan januar januari jänner janvier janv enero ene janeiro gennaio gen",
    "february feb februar februari februarie février fevrier févr fev fevereiro febrero febbraio",
    "march mar märz maerz mär mars marzo março marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei maj",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet juil julio julho luglio lug",
    "august aug août aout agosto ago augustus augusti",
    "september sep sept septembre septiembre setembro set settembre",
    "october oct oktober okt octobre octubre outubro out ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desember des",
)
_MONTHS: Mapping[str, int] = {word: number for number, words in enumerate(_NAMES, 1) for word in words.split()}
_CLOCK = (
    r"(?:[T :,@]{0,2}(?i:at )?[0-9]{1,2}[:h.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"[ ]?(?:[AaPp]\.?[Mm]\.?)?[ ]?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_DAY = r"(?:(?i:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?)[,.]?[ ]{1,2})?"
_WORD = r"(?P<word>[^\W\d_]{3,12})"
_YEAR = r"(?P<year>[0-9]{4})"
_SHORT_YEAR = r"(?P<year>[0-9]{4}|'?[0-9]{2})"
_NTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.|º|er)?"
_FORMS = tuple(
    regex(_DAY + form + _CLOCK)
    for form in (
        r"(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})",
        r"(?P<one>[0-9]{1,2})(?P<sign>[-/])(?P<two>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4}|[0-9]{2})",
        r"(?P<day>[0-9]{1,2})\.[ ]?(?P<month>[0-9]{1,2})\.[ ]?(?P<year>[0-9]{4})",
        _NTH + r"[- /]{0,2}(?:(?:of|de|del) )?" + _WORD + r"[-. /,]{0,2}(?:(?:de|del) )?" + _SHORT_YEAR,
        _WORD + r"[. -]{1,2}" + _NTH + r",?[ -]{0,2}" + _YEAR,
        _YEAR + r"[- /.]?" + _WORD + r"[- /.]?(?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})[年년][ ]?(?P<month>[0-9]{1,2})[月월][ ]?(?P<day>[0-9]{1,2})[日일]",
    )
)
_PLAIN = regex(  # ISO 8601's basic form and HL7's TS
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:T?[0-9]{2}(?:[0-9]{2}(?:[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
    r"(?:Z|[+-][0-9]{4})?)?"
)
_DIGIT = regex(r"[0-9]")
_MONTH_ONLY = (
    regex(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{2})"),
    regex(r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"),
    regex(_WORD + r"[., '-]{1,2}" + _YEAR),
)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_AGE = regex(
    r"(?:aged?[ :]{1,2}|P)?0{0,2}(?P<number>[0-9]{1,3})(?:\.[0-9]{1,6})?[ -]?"
    r"(?P<unit>y|yr|yrs|yo|y\.?o\.?|y/o|years?|m|mo|mos|months?|w|wk|wks|weeks?|d|days?)?(?:[ -](?:old|of age))?(?:[ ]?[MF])?",
    re.IGNORECASE,
)
# first and last days that programs and spreadsheets begin or end with, and that stand for "not known"
_STAND_INS = frozenset(
    {(1900, 1, 1), (1900, 1, 0), (1901, 1, 1), (1970, 1, 1), (1969, 12, 31), (1899, 12, 30), (1899, 12, 31), (1904, 1, 1)}
)


def parse_date(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day of a cell that is a date, also with the time, between `FIRST` and `LAST`.

    ISO, `M/D/Y` (`D/M/Y` where the first number cannot be a month), `D.M.Y`, `15-JAN-1980`, `January 15th, 1980`, `15JAN1980`,
    `YYYYMMDD[HHMM[SS]]`, months in words of a dozen languages, and the Chinese, Japanese and Korean form. Years of two digits are
    of the last hundred. A month alone has day 0. A year alone is no date.
    """
    text = plain(text)
    if not 6 <= len(text) <= 60 or not _DIGIT.search(text):
        return None
    if found := _PLAIN.fullmatch(text):
        return _dated(found["year"], int(found["month"]), int(found["day"]) or 99)
    for form in _FORMS:
        if (found := form.fullmatch(text)) and (date := _of(found.groupdict())):
            return date
    for form in _MONTH_ONLY:
        if found := form.fullmatch(text):
            held = found.groupdict()
            month = _MONTHS.get(held["word"].lower(), 0) if held.get("word") else int(held["month"])
            return _dated(held["year"], month, 0)
    return None


def _of(held: dict[str, str | None]) -> tuple[int, int, int] | None:
    year = held["year"] or ""
    if one := held.get("one"):
        first, second = int(one), int(held["two"] or 0)
        return _dated(year, first, second) or _dated(year, second, first)
    if word := held.get("word"):
        return _dated(year, _MONTHS.get(word.lower(), 0), int(held["day"] or 0) or 99)
    return _dated(year, int(held["month"] or 0), int(held["day"] or 0) or 99)


def _dated(written: str, month: int, day: int) -> tuple[int, int, int] | None:
    year = int(written.lstrip("'"))
    if len(written) < 4:
        now = time.gmtime()[0]
        year += now - now % 100
        year -= 100 if year > now else 0
    if not FIRST <= year <= LAST or not 1 <= month <= 12 or day > _LENGTHS[month - 1]:
        return None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return None if (month, day) == (2, 29) and not leap else (year, month, day)


def dates(text: str) -> bool:
    """Tell whether a whole cell is a date finer than a year."""
    return parse_date(text) is not None


def birth_date(text: str) -> Answer:
    """Day of a birth: "unknown" for any day in the past of which somebody can be alive or was lately; a month alone is "no"."""
    found = parse_date(text)
    now = time.gmtime()
    return "unknown" if found and found[2] and (found[0] >= 1880) and found <= (now[0], now[1], now[2] + 1) else "no"


def birth_date_invented(text: str) -> bool:
    """Tell of the days that programs put where none is known."""
    return birth_date(text) != "no" and parse_date(text) in _STAND_INS


def age(text: str) -> int | None:
    """Return whole years of a cell that is an age, up to `OLDEST`: `93.5`, `93 yo`, `18 months`. Bins such as `90+` are none."""
    text = plain(text)
    found = _AGE.fullmatch(text) if len(text) <= 30 else None
    if not found:
        return None
    number, unit = int(found["number"]), (found["unit"] or "y").lower()
    years = number if unit[0] == "y" else number // 12 if unit[0] == "m" else number // 52 if unit[0] == "w" else number // 365
    return years if years <= OLDEST else None


def age_over_89(text: str) -> Answer:
    """Age that the rule counts as an identifier: 90 is one, `90+` and `>89` are not, since they are what the rule asks for."""
    years = age(text)
    return "yes" if years is not None and years >= _TOO_OLD else "no"


KINDS: Mapping[str, Kind] = {
    "birth-date": Kind(name="birth date", letter="C", strength="direct", check=birth_date, invented=birth_date_invented),
    "age-over-89": Kind(name="age over 89", letter="C", strength="weak", check=age_over_89, invented=lambda _text: False),
}
