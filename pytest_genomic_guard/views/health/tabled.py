"""People of tables, for the checks that look at all that is made up, in source code, or alone (`providers`)."""

from __future__ import annotations

from pytest_genomic_guard.views.health import setting, tables
from pytest_genomic_guard.views.health.providers import Last, Seen
from pytest_genomic_guard.views.tables import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import View

_TOLD = frozenset({"identified", "synthetic", "single"})
_MOST = 1000  # people who are counted one by one


def _read(view: View) -> Iterator[Seen]:
    """Yield the people of a table: they stand at one place, the first row that tells."""
    health = tables.of(view) if isinstance(view, DataTable) else None
    if not isinstance(view, DataTable) or health is None or health.what not in _TOLD:
        return
    at = view.locate() if health.row is None else view.locate_row(health.row)
    where = setting.of(view.artifact, view.trail)
    for number in range(min(max(1, health.people or health.rows), _MOST)):
        yield Seen(at=at, evidence=health.evidence, setting=where, what=health.format, who=b"%d" % number, names=health.names)


found = Last(lambda view: _read(view))  # noqa: PLW0108 - made by name
