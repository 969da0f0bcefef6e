"""RUN202: a waiver that has expired."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import WaiverExpired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN202(Relation):
    """A waiver that has expired.

    What it looks for
    -----------------
    A waiver whose `expires` day is past. The finding that it excused fails again.

    Why it matters
    --------------
    An exception is somebody's promise for a time. After that time somebody has to look again.

    What to do instead
    ------------------
    Remove the data, or review it and write a new waiver with `genomic-guard waive`.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN202"
    name = "expired-waiver"
    severity = "warning"
    since = "0.1"
    needs = (WaiverExpired,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each by its line."""
        for path, fact in facts.of(WaiverExpired):
            yield self.finding(Location(path=path, line=fact.line), "this waiver has expired; what it excused is judged again")
