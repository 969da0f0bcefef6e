"""LIC114: an unknown or contradictory licence that the policy lets pass."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import subject
from pytest_genomic_guard.relations.licences.mend import EVIDENCE
from pytest_genomic_guard.relations.licences.packages import kind, main, of, tell
from pytest_genomic_guard.views.licences.nouns import Package, Uncovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC114(Relation):
    """An unknown or contradictory licence that the policy lets pass.

    What it looks for
    -----------------
    A package of unknown licence where the policy says `unknown: warn` or `note`, and one whose metadata and licence file
    contradict each other where it says `conflict: warn` or `note`; and a required package of which nothing tells where it says
    `uncovered: warn` or `note`.

    Why it matters
    --------------
    It was let pass for now; what is not told is forgotten.

    What to do instead
    ------------------
    Read the licence file and clarify it in the policy, with the version and the file's SHA-256.

    References
    ----------
    - PEP 639
    """

    code = "LIC114"
    name = "tolerated-licence"
    severity = "warning"
    since = "0.1"
    mend = EVIDENCE
    needs = (Package, Uncovered)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what passes because the policy is lenient."""
        for path, package in of(facts):
            if package.allowed and package.mild and main(package):
                what = kind(package)
                told = "two contradictory licences" if what == "conflict" else "unknown licence"
                finding = tell(self, path, package, f"{told}, which the policy lets pass")
                yield finding.replace(known="declared") if package.mild == "note" else finding
        for path, fact in facts.of(Uncovered):
            if fact.mild:
                at = Location(path=path, line=fact.line or None)
                about = subject(fact.name, fact.version, fact.why)
                found = self.finding(
                    at, "nothing here tells of the licence of a required package, which the policy lets pass", subject=about
                )
                yield found.replace(known="declared") if fact.mild == "note" else found
