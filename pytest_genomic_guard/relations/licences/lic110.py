"""LIC110: a dependency that the project's own licence cannot take in."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import PACKAGE
from pytest_genomic_guard.relations.licences.packages import of, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC110(Relation):
    """A dependency that the project's own licence cannot take in.

    What it looks for
    -----------------
    Where the project itself is under a copyleft licence (`licences: own`, or what its manifest declares), a package whose
    terms cannot be met together with it: GPL-2.0-only with GPL-3.0, Apache-2.0 with GPL-2.0-only, a restricted licence with
    any of them.

    Why it matters
    --------------
    The combination may not be passed on by anybody: each of the two licences forbids what the other demands.

    What to do instead
    ------------------
    Replace the package, or change to a later version of the own licence where that helps (`GPL-2.0-or-later` can take what is
    compatible with version 3). Rights holders can grant an exception for linking.

    References
    ----------
    - GNU licence list, compatibility (gnu.org/licenses/license-list)
    - Apache Software Foundation, GPL compatibility (apache.org/licenses/GPL-compatibility.html)
    """

    code = "LIC110"
    name = "incompatible-with-own"
    since = "0.1"
    mend = PACKAGE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what does not go together with the project's own licence."""
        for path, package in of(facts):
            if package.unfit:
                yield tell(self, path, package, "the project's own licence cannot take it in")
