"""LIC105: two licences of one package that contradict each other."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import EVIDENCE
from pytest_genomic_guard.relations.licences.packages import denied, expression, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC105(Relation):
    """A package whose metadata and licence file disagree, and one of the two is not allowed.

    What it looks for
    -----------------
    A package whose metadata name one licence and whose licence file is another, where the policy allows one and not the
    other: a field that says GPL beside a file that is MIT, or the reverse. Where both are allowed, it is LIC106; where none
    is, the class of the stricter one decides.

    Why it matters
    --------------
    One of the two is wrong, and a tool that believes one source decides silently. The holder of the rights can rely on the
    other.

    What to do instead
    ------------------
    Look into the source repository, ask its maintainers, and write the answer into `licences: clarify`, bound to the version
    and the hash of the file.

    References
    ----------
    - PEP 639
    - getsentry/sentry-python#5932: a classifier that disagrees with the licence file
    """

    code = "LIC105"
    name = "licence-conflict"
    since = "0.1"
    mend = EVIDENCE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report contradictions of which one side is not allowed."""
        for path, package in denied(facts, "conflict"):
            other = expression(package.conclusion.conflict)
            yield tell(self, path, package, f"its metadata and its licence file contradict each other: the other says {other}")
