"""RUN201: a waiver that removes nothing."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import WaiverUnused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN201(Relation):
    """A waiver that removes nothing.

    What it looks for
    -----------------
    A waiver of the policy whose code and path matched no finding, in a run that judged its path.

    Why it matters
    --------------
    A waiver that outlives its file would silently excuse the next file of that name.

    What to do instead
    ------------------
    Remove the entry.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN201"
    name = "unused-waiver"
    severity = "warning"
    since = "0.1"
    needs = (WaiverUnused,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each by its line."""
        for path, fact in facts.of(WaiverUnused):
            yield self.finding(Location(path=path, line=fact.line), "this waiver matched no finding")
