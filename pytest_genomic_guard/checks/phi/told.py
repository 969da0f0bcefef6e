"""From what is told of people to a finding: our own words and numbers, and never a value."""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.views.health.evidence import sentence
from pytest_genomic_guard.views.health.providers import MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Finding, Location, Rulebook
    from pytest_genomic_guard.views.health.evidence import Evidence

_AGAINST = 2  # kinds whose values contradict that the people are made up


def contradicts(evidence: Evidence) -> bool:
    """Tell whether values speak against any claim that the people are made up: those of two kinds that could be, and are not."""
    return sum(1 for key in evidence.real if identifiers.kind(key).tested) >= _AGAINST


def told(check: Rulebook, at: Location, lead: str, evidence: Evidence, **numbers: float) -> Finding:
    """Return a finding such as `3 HL7 v2 messages of 2 people: name and birth date beside diagnosis`.

    `lead` is a template of our own words for `numbers`. A declaration in a policy cannot make a note of it where the values
    contradict one.
    """
    parts = sentence(evidence)
    finding = check.finding(at, f"{lead}: {parts}" if parts else lead, **numbers)  # type: ignore[arg-type]  # names of numbers only
    if not contradicts(evidence):
        return finding
    why = f"; marked as made up by {evidence.marked}, which values in use contradict" if evidence.marked else ""
    return finding.replace(human=True, message=f"{finding.message}{why}")


def counted(number: int, one: str, key: str, many: str = "") -> str:
    """Return a part of a lead: `1 person`, or `{people} people`, of which `key` is the name in braces; readers stop at `MOST`."""
    least = "at least " if number >= MOST else ""
    return f"1 {one}" if number == 1 else f"{least}{{{key}}} {many or one + 's'}"
