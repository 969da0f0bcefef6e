"""RUN203: a waiver whose file has changed."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import WaiverVoid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN203(Relation):
    """A waiver whose file has changed.

    What it looks for
    -----------------
    A waiver whose `sha256` is not that of the file any more. The finding that it excused fails again.

    Why it matters
    --------------
    What was reviewed is one content, not whatever is put at that path later.

    What to do instead
    ------------------
    Review the new content and write a new waiver with `genomic-guard waive`.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN203"
    name = "void-waiver"
    severity = "warning"
    since = "0.1"
    needs = (WaiverVoid,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each by its line."""
        for path, fact in facts.of(WaiverVoid):
            yield self.finding(
                Location(path=path, line=fact.line), "the file is not the one that was reviewed, so this waiver is void"
            )
