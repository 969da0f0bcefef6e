"""Tables of people as Synthea writes them: no health in them, so that nothing else would say that they are made up.

`patients.csv` of its CSV exporter (CSVExporter.java): names with digits behind them, Social Security numbers of area 999, licences
S999 and passports X-X. All of the sample has to be of that form: people of other sources joined to them are not Synthea's.
"""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.evidence import Evidence
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

_NAME = regex(r"[^\W\d_](?:[^\W\d_]|['’. -](?=[^\W\d_]))*+[0-9]{1,4}")  # noqa: RUF001 - an apostrophe as it is written
_NUMBERS = {"ssn": "ssn", "drivers": "licence", "passport": "licence"}
_LAYOUT = frozenset({"id", "birthdate", "deathdate", "prefix", "marital", "race", "ethnicity", "gender", "address", "zip"})
_LEAST = 4  # columns of its layout besides names and numbers


def recognise(grid: Grid) -> Health | None:
    """Return that a table is of Synthea's people, where names and all numbers in it have its forms."""
    plain = grid.plain
    if "first" not in plain or "last" not in plain or not grid.rows or len(_LAYOUT.intersection(plain)) < _LEAST:
        return None
    names = [cell for name in ("first", "last") for cell in grid.column(plain.index(name))]
    if not names or not all(map(_NAME.fullmatch, names)):
        return None
    found = set()
    for name, key in _NUMBERS.items():
        if name in plain and (cells := grid.column(plain.index(name))):
            found.add(key)
            if not all(map(identifiers.kind(key).invented, cells)):
                return None
    if not found:
        return None
    evidence = Evidence(invented=frozenset({"name", *found}), marked="the form of Synthea's tables")
    return Health(what="synthetic", format="table of made-up people", evidence=evidence, rows=grid.count(), row=0)
