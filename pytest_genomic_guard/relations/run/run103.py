"""RUN103: a comparison between files that a history does not allow."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import NotRelated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN103(Relation):
    """A comparison between files that a history does not allow.

    What it looks for
    -----------------
    A scan of a history with files that a rule would compare with each other, such as a PLINK matrix with its table of people.

    Why it matters
    --------------
    In a history the contents of many times stand beside each other, and a comparison of one of them with another of another time
    says nothing. So these rules compared nothing, and nobody should read their silence as a result.

    What to do instead
    ------------------
    Scan the work tree, or a range, where every file has one content: `genomic-guard scan`, `genomic-guard scan --range A..B`.

    References
    ----------
    - The guide on commits
    """

    code = "RUN103"
    name = "comparison-not-made"
    severity = "note"
    since = "0.1"
    needs = (NotRelated,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each rule that was not run."""
        for code in sorted({fact.code for _path, fact in facts.of(NotRelated)}):
            told = "this rule compares files, which a history does not allow; at most it judged each alone"
            yield self.finding(Location(path=b"."), told, subject=code)
