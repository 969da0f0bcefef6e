"""LIC114: an unknown or contradictory licence that the policy lets pass."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import EVIDENCE
from pytest_genomic_guard.relations.licences.packages import kind, main, of, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC114(Relation):
    """An unknown or contradictory licence that the policy lets pass.

    What it looks for
    -----------------
    A package of unknown licence where the policy says `unknown: warn` or `note`, and one whose metadata and licence file
    contradict each other where it says `conflict: warn` or `note`.

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
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what passes because the policy is lenient."""
        for path, package in of(facts):
            if package.allowed and package.mild and main(package):
                what = kind(package)
                told = "two contradictory licences" if what == "conflict" else "unknown licence"
                finding = tell(self, path, package, f"{told}, which the policy lets pass")
                yield finding.replace(known="declared") if package.mild == "note" else finding
