"""Which words name groups of people by sex, age, ancestry and the like, and which only the way in which people are grouped."""

from __future__ import annotations

import re

_PEOPLE = re.compile(
    r"(?i)\b(?:(?:fe)?males?|wom[ae]n|m[ae]n|girls?|boys?|black|white|asians?|hispanics?|latin[oaex]s?|caucasians?|europeans?|"
    r"africans?|afr|eur|eas|sas|amr|native|indigenous|pacific|islanders?|jewish|middle eastern|non-?white|arab|indian|chinese|"
    r"under \d{1,2}|over \d{1,2}|ages? \d{1,3}|aged \d{1,3}|\d{1,3}\s?(?:[-\u2013]|to)\s?\d{1,3} ?(?:years?|y)|"
    r"[<>\u2265\u2264]=?\s?\d{1,3} ?(?:years?|y)|\d{2}\+|elderly|older|younger|pa?ediatrics?|adults?|children|adolescents?|"
    r"medicaid|medicare|insured|uninsured|rural|urban|fitzpatrick|darker|lighter|light skin|dark skin)(?![\w])"
)
_AXIS = re.compile(
    r"(?i)\b(?:age|sex|gender|race|races|racial|ethnic\w*|ancestr\w+|demograph\w+|socio\w*|language|disability|insurance|skin|"
    r"parity|equal\w*)\b"
)


def of_people(label: str) -> bool:
    """Tell whether a label names a group of people."""
    return _PEOPLE.search(label[:400]) is not None


def axis(label: str) -> bool:
    """Tell whether words name how people are grouped."""
    return _AXIS.search(label[:4000]) is not None
