"""A code of the Data Use Ontology, and the conditions under which it forbids or allows a use.

A condition is one of: `key=a|b` (declared as one of these), `key=*` (declared), `-key` (not declared), `key=limit` (declared as the
entry's limit, or as a part of it, as `EU/DE` is of `EU`), `key!limit` (declared as something else than the limit that the entry
names), `today>until`, `today<=until`, `today>=from`, `published<from`, `published>=from` (dates), `without CC` (no such code).
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Rule = tuple[tuple[str, ...], ...]  # alternatives, each of conditions that hold together

SOURCE = "Data Use Ontology (EBISPOT/DUO), duo.csv"


class Term(Record):
    """A code of the ontology."""

    number: int
    short: str  # empty for the two classes
    label: str
    kind: Literal["permission", "modifier", "class"]
    means: str
    forbids: Rule = ()
    allows: Rule = ()  # `((),)`: whatever the use is
    asks: str = ""  # what would decide it where nothing does
    why: str = ""  # why no file can decide it without that
    source: str = SOURCE

    @property
    def id(self) -> str:
        """Return its id in the ontology."""
        return f"DUO:{self.number:07d}"
