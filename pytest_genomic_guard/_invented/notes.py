"""Invented people for notes and letters: what stands behind a label, made at call time."""

from __future__ import annotations

import random

_random = random.SystemRandom()
_BEGIN = (
    "Mar",
    "Jos",
    "Hel",
    "Ann",
    "Ber",
    "Cor",
    "Dor",
    "El",
    "Fre",
    "Ger",
    "Il",
    "Kat",
    "Lor",
    "Nad",
    "Ros",
    "Sam",
    "The",
    "Vin",
)
_END = (
    "isa",
    "eph",
    "ena",
    "egret",
    "thold",
    "delia",
    "othea",
    "isabeth",
    "derica",
    "hard",
    "iane",
    "rin",
    "enzo",
    "ia",
    "alind",
    "odora",
)
_HOUSE = (
    "Trev",
    "Holm",
    "Brack",
    "Lind",
    "Pem",
    "Oster",
    "Wick",
    "Farn",
    "Thorn",
    "Kel",
    "Marsh",
    "Stan",
    "Hart",
    "Dun",
    "Rav",
    "Quil",
)
_HOLD = (
    "anthe",
    "wright",
    "enbury",
    "qvist",
    "berton",
    "hagen",
    "stead",
    "worthy",
    "field",
    "more",
    "brook",
    "by",
    "ley",
    "mann",
    "well",
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def _digits(length: int) -> str:
    """Return digits that are no placeholder."""
    return str(_random.randrange(2, 9)) + "".join(_random.sample("1357902468", length - 1))


class Notes:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def note_name(style: str = "full") -> str:
        """Return a name: full, turned (`Family, Given`), family, given, or lower."""
        given = _random.choice(_BEGIN) + _random.choice(_END)
        family = _random.choice(_HOUSE) + _random.choice(_HOLD)
        return {"turned": f"{family}, {given}", "family": family, "given": given, "lower": f"{given} {family}".lower()}.get(
            style, f"{given} {family}"
        )

    @staticmethod
    def note_day(style: str = "us", first: int = 1931, last: int = 1999) -> str:
        """Return a day: us, iso, dots, uk, words or short."""
        year, month, day = _random.randint(first, last), _random.randint(1, 12), _random.randint(13, 28)
        return {
            "us": f"{month:02}/{day}/{year}",
            "iso": f"{year}-{month:02}-{day}",
            "dots": f"{day}.{month:02}.{year}",
            "uk": f"{day}/{month:02}/{year}",
            "words": f"{_MONTHS[month - 1]} {day}, {year}",
            "short": f"{day} {_MONTHS[month - 1][:3]} {year}",
        }[style]

    @staticmethod
    def note_number(digits: int = 8, prefix: str = "") -> str:
        """Return a number as institutions give them."""
        return prefix + _digits(digits)

    @staticmethod
    def note_ssn() -> str:
        """Return a Social Security number in the range that is given out."""
        return f"{_random.randrange(201, 665)}-{_random.randrange(11, 99)}-{_random.randrange(1203, 9897)}"

    @staticmethod
    def note_phone() -> str:
        """Return a telephone number in the form that is in service."""
        area, exchange = (f"{_random.choice('23467')}{_random.randrange(12, 19)}" for _each in range(2))
        return f"{area}-{exchange}-{_random.randrange(2012, 9876)}"

    @staticmethod
    def note_nhs() -> str:
        """Return an NHS number with the right last digit, outside the range for tests."""
        while True:
            number = f"{_random.randrange(400_000_000, 500_000_000)}"
            check = 11 - sum(int(each) * (10 - at) for at, each in enumerate(number)) % 11
            if check != 10:
                whole = number + str(check % 11)
                return f"{whole[:3]} {whole[3:6]} {whole[6:]}"

    @staticmethod
    def note_home() -> str:
        """Return a street and house."""
        street = _random.choice(_HOUSE) + _random.choice(("wood", "ham", "ton"))
        return f"{_random.randrange(14, 980)} {street} {_random.choice(('Road', 'Lane', 'Avenue'))}"
