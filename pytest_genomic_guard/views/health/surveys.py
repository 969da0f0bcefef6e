"""Answers to surveys on health, as Qualtrics and SurveyMonkey export them, where they tell where, or who, each respondent is."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.tables import Health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

_NAMES = 1 << 14  # ids that are kept, for paths
_SURVEYS = (
    (
        "Qualtrics",
        "responseid",
        frozenset(["ipaddress", "locationlatitude", "locationlongitude", "recipientemail", "recipientlastname"]),
    ),
    ("SurveyMonkey", "respondentid", frozenset(["ipaddress", "emailaddress", "firstname", "lastname", "collectorid"])),
)
_HEALTH = regex(
    r"(?i:diagnos|symptom|medicat|medicine|prescri|depress|anxi|phq|gad.?7|pain|disease|illness|chronic|disab|doctor|hospital"
    r"|pregnan|smok|alcohol|drink|sleep|vaccin|covid|cancer|diabet|asthma|hypertens|blood|health|mental|therap|suicid|drug|weight|hiv)"
)


def recognise(grid: Grid) -> Health | None:
    """Return answers to a survey on health that tell where, or who, each respondent is."""
    for program, key, reach in _SURVEYS:
        at = grid.find(key)
        if at is None or not grid.rows or not any(bool(grid.column(n)) for n in grid.among(reach)):
            continue
        asked = [*grid.header, *(cell for row in grid.rows[:2] for cell in row)]
        if sum(1 for text in asked if len(text) < 2000 and _HEALTH.search(text)) > 1:
            names = tuple(
                dict.fromkeys(name for name, _n in zip(grid.names(at), range(_NAMES), strict=False) if not name.isdigit())
            )
            return Health(what="capture", format=f"{program} survey on health", rows=grid.count(), names=names, row=0)
    return None
