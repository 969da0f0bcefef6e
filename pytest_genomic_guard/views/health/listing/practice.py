"""Files that German practices exchange: GDT 2.1, LDT 2 and BDT, all of them xDT.

A line is three digits of its length, four of a field, and the value; field 3101 is the family name of a patient (GDT 2.1, 4).
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.listing.listings import MOST, Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.health.listing.listings import Pairs

_LINE = regex(r"\d{3}(\d{4})(.*)")
_FIELDS = {
    "3000": "patient_id", "3100": "name_prefix", "3101": "last_name", "3102": "first_name", "3103": "birth_date",
    "3105": "insurance_number", "3119": "health_insurance_number", "3106": "city", "3107": "street", "3110": "sex",
    "3112": "zip", "3113": "city", "3618": "phone", "3619": "email", "3622": "height", "3623": "weight", "3626": "phone",
    "6001": "diagnosis", "6200": "visit_date", "6205": "diagnosis", "6220": "clinical_note", "6221": "clinical_note",
    "6227": "clinical_note", "6228": "clinical_note", "8410": "test_name", "8411": "test_name", "8420": "lab_result",
    "8421": "unit", "8432": "test_date", "8470": "clinical_note", "8480": "lab_result",
}  # fmt: skip
_DAY = regex(r"(\d{2})(\d{2})(\d{4})")
_FEWEST = 4


def read(lines: Sequence[str]) -> Iterator[Entry]:
    """Yield the patients of lines of xDT: another begins with another family name, a set of data with field 8000."""
    pairs: Pairs = []
    first = 0
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        name = _FIELDS.get(match[1], "") if match else ""
        if match and (match[1] == "8000" or (name == "last_name" and any(key == name for key, _value in pairs))):
            yield from _ended(first, pairs)
            pairs, first = [], number
        if match and name and len(pairs) < MOST and all(key != name for key, _value in pairs):
            day = _DAY.fullmatch(match[2].strip())
            pairs.append((name, ".".join(day.groups()) if day and name.endswith("date") else match[2].strip()))
    yield from _ended(first, pairs)


def _ended(first: int, pairs: Pairs) -> Iterator[Entry]:
    if len(pairs) >= _FEWEST and any(key == "last_name" for key, _value in pairs):
        yield Entry(line=first, pairs=tuple(pairs))
