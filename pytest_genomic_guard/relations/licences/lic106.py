"""LIC106: two licences of one package, both allowed."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import EVIDENCE
from pytest_genomic_guard.relations.licences.packages import expression, main, of, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC106(Relation):
    """A package whose metadata and licence file disagree, and both are allowed.

    What it looks for
    -----------------
    A package whose metadata name one licence and whose licence file is another, where the policy allows both, as with BSD
    beside MIT.

    Why it matters
    --------------
    The notice that has to be passed on differs, so that a NOTICE file or a bill of materials can be wrong.

    What to do instead
    ------------------
    Tell the maintainers; clarify it in the policy where the notice matters.

    References
    ----------
    - PEP 639
    """

    code = "LIC106"
    name = "licence-conflict-mild"
    severity = "note"
    since = "0.1"
    mend = EVIDENCE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report contradictions of which both sides are allowed."""
        for path, package in of(facts):
            if package.conclusion.conflict and not main(package) and not package.excepted:
                other = expression(package.conclusion.conflict)
                yield tell(
                    self, path, package, f"its metadata and its licence file differ, both are allowed: the other says {other}"
                )
