"""LIC108: a choice of licences that nothing settles."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import EVIDENCE
from pytest_genomic_guard.relations.licences.packages import main, of, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC108(Relation):
    """Classifiers that can be a choice or a sum.

    What it looks for
    -----------------
    A package that states several licences as classifiers, one of which the policy does not allow, and neither an expression
    nor a licence file that says whether one may choose or all hold.

    Why it matters
    --------------
    Read as a choice the package is fine; read as a sum it is not. Tools read it either way and say nothing.

    What to do instead
    ------------------
    Read its licence file or its source, and clarify it in the policy.

    References
    ----------
    - PEP 639, on classifiers as ambiguous
    - pypa/trove-classifiers
    """

    code = "LIC108"
    name = "ambiguous-licence"
    severity = "warning"
    since = "0.1"
    mend = EVIDENCE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report choices of which a side is not allowed."""
        for path, package in of(facts):
            if package.conclusion.ambiguous and package.against and not main(package):
                yield tell(self, path, package, "its classifiers name several licences, and nothing says whether one may choose")
