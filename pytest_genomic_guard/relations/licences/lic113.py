"""LIC113: a class of licences that the policy does not allow."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import PACKAGE
from pytest_genomic_guard.relations.licences.packages import denied, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC113(Relation):
    """A dependency of a class that this policy does not allow.

    What it looks for
    -----------------
    A package whose licence is weak copyleft (LGPL, MPL, EPL) or permissive, in a repository whose policy allows less than
    that with `allow-classes`.

    Why it matters
    --------------
    The policy says so: a repository that links statically, or ships to devices, can have reasons to refuse weak copyleft.

    What to do instead
    ------------------
    Replace the package, allow its id with `licences: allow`, or except it with a reason and a day.

    References
    ----------
    - GNU LGPL version 3, section 4
    - Mozilla Public License 2.0, section 3
    """

    code = "LIC113"
    name = "not-allowed-class"
    since = "0.1"
    mend = PACKAGE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report mild classes that are not allowed."""
        for path, package in denied(facts, "weak-copyleft", "permissive"):
            yield tell(self, path, package, "a class of licences that the policy does not allow")
