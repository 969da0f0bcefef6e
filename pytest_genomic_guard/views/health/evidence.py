"""What one row, message or window of text tells about a person, by kind and never by value, and what follows from that.

The combinations are those of 45 CFR 164.514(b)(2): an identifier is nothing by itself, and neither is a diagnosis; together they
are protected health information.
"""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    # identified: PHI1xx; limited: people without names, with dates and small places, PHI2xx; single: one strong identifier alone,
    # PHI3xx; synthetic: PHI4xx; "": nothing to say
    Verdict = Literal["identified", "limited", "single", "synthetic", ""]

# Kinds of health context, as a message says them.
CONTEXTS = (
    "diagnosis",
    "medication",
    "procedure",
    "laboratory result",
    "vital signs",
    "allergy",
    "immunisation",
    "admission",
    "insurance claim",
    "clinical note",
    "appointment",
    "imaging",
    "genetic test",
    "symptom",
    "smoking or alcohol",
    "pregnancy",
    "mental health",
    "disability",
    "cause of death",
    "patient",  # the word alone, as a column or label: weak, but enough beside a strong identifier
)
_WEAK_CONTEXT = frozenset({"patient"})
_AGAINST_MARK = 2


class Evidence(Record):
    """What is told of a person. The keys of `real` and `invented` are those of `identifiers`."""

    real: frozenset[str] = frozenset()  # with at least one value that stands for nobody known as invented
    invented: frozenset[str] = frozenset()  # of which every value is reserved, a published sample or a placeholder
    health: frozenset[str] = frozenset()  # of CONTEXTS
    dates: bool = False  # dates finer than a year of what happened to the person, birth apart
    marked: str = ""  # what marks the data as made up by a standard, in our own words, such as "MSH-11"


def verdict(evidence: Evidence) -> Verdict:
    """Return what follows from what is told of one person.

    A mark of a standard makes it synthetic unless values of two kinds speak against it: of kinds whose invented values can be told,
    and which are none of them, such as an issued Social Security number and a telephone number in service. Invented values, or
    a declaration beside the data, make it synthetic unless one does.
    """
    real = {key: identifiers.kind(key) for key in evidence.real}
    against = sum(1 for kind in real.values() if kind.tested)
    if (evidence.marked and against < _AGAINST_MARK) or (not against and _tells(evidence.invented)):
        return "synthetic" if evidence.invented or real else ""
    strong = [key for key, kind in real.items() if kind.strength == "strong"]
    direct = [key for key, kind in real.items() if kind.strength == "direct"]
    context = evidence.health - _WEAK_CONTEXT
    if strong and (len(strong) + len(direct) > 1 or evidence.health):
        return "identified"
    if (len(direct) > 1 and evidence.health) or (direct and context and "name" in direct):
        return "identified"
    if evidence.dates and evidence.health and real.keys() & {"zip", "age-over-89", "geocode"}:
        return "limited"
    return "single" if strong else ""


def _tells(invented: Iterable[str]) -> bool:
    """Tell whether invented values show that the person is: one of a kind with reserved values does, a short name does not."""
    return any(identifiers.kind(key).tested for key in invented) or "name" in invented


def sentence(evidence: Evidence) -> str:
    """Return the parts of the score in words: `name, birth date and telephone number beside diagnosis`."""
    found = _joined(sorted(identifiers.kind(key).name for key in evidence.real | evidence.invented))
    beside = _joined([each for each in CONTEXTS if each in evidence.health])
    return f"{found} beside {beside}" if found and beside else found or beside


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
