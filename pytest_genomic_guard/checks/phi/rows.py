"""What the checks of row-level data share: from a table that is known to a finding, with its ids kept from paths."""

from __future__ import annotations

from pytest_genomic_guard.checks.phi.told import counted, told
from pytest_genomic_guard.model import Identifiers
from pytest_genomic_guard.views.health import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Rulebook
    from pytest_genomic_guard.views.health.tables import What
    from pytest_genomic_guard.views.tables import DataTable


def of_table(check: Rulebook, view: DataTable, what: What) -> Iterator[Finding | Identifiers]:
    """Yield what is told of a table that is of one kind, and the ids of its people."""
    health = tables.of(view)
    if health is None or health.what != what:
        return
    if health.names:
        yield Identifiers(values=health.names)
    at = view.locate() if health.row is None else view.locate_row(health.row)
    shown = "a saved output shows " if any(step.startswith("output") for step in view.trail) else ""
    lead = f"{shown}{health.format}"
    if health.rows:
        lead += f": {counted(health.rows, 'row', 'rows')}"
        yield told(check, at, lead, health.evidence, rows=health.rows)
    else:
        yield told(check, at, lead, health.evidence)
