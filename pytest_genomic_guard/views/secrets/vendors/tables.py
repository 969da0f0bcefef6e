"""All formats, those that say more first."""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors import (
    azure,
    builds,
    cloud,
    hosting,
    hosts,
    language,
    learning,
    messaging,
    services,
    unsure,
    unverified,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Rule

FORMATS = (
    *learning.FORMATS,
    *language.FORMATS,
    *hosting.FORMATS,
    *builds.FORMATS,
    *cloud.FORMATS,
    *azure.FORMATS,
    *hosts.FORMATS,
    *messaging.FORMATS,
    *services.FORMATS,
    *unverified.FORMATS,
    *unsure.FORMATS,
)


def rules(code: str) -> tuple[Rule, ...]:
    """Return the text rules of one check."""
    return tuple(each.rule for each in FORMATS if each.code == code)
