"""What others use besides the kinds: dates, ages, and whether a name is somebody's."""

from __future__ import annotations

from pytest_genomic_guard.identifiers.moments import FIRST, LAST, age, dates, parse_date
from pytest_genomic_guard.identifiers.people import is_invented_person, name_part, nobodies
from pytest_genomic_guard.identifiers.places import identifying_zip

__all__ = ["FIRST", "LAST", "age", "dates", "identifying_zip", "is_invented_person", "name_part", "nobodies", "parse_date"]
