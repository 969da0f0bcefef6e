"""LIC103: a restricted licence among the dependencies."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import PACKAGE
from pytest_genomic_guard.relations.licences.packages import denied, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC103(Relation):
    """A dependency that may not be used for everything.

    What it looks for
    -----------------
    A package that the project, or a part of it, requires and whose licence is non-commercial (CC-BY-NC, PolyForm
    Noncommercial, academic use), restricted in use (RAIL, Llama and Gemma terms, BUSL, Commons Clause, Elastic) or
    proprietary, where the policy allows neither the class nor the id and no exception holds. Groups of development are no
    exception: the restriction is on use. With `use: non-commercial-research`, non-commercial licences are allowed.

    Why it matters
    --------------
    Such terms bind who runs the program, not only who passes it on. A hospital, a company in the consortium, or a service
    that is paid for can be outside of what is allowed, and nobody downstream is told.

    What to do instead
    ------------------
    Replace the package, or get a licence and write the exception with reason, owner and day.

    References
    ----------
    - SPDX licence list 3.27 (spdx.org/licenses)
    - ScanCode LicenseDB, categories (scancode-licensedb.aboutcode.org)
    """

    code = "LIC103"
    name = "restricted-dependency"
    since = "0.1"
    mend = PACKAGE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what may not be used for everything and is not allowed."""
        for path, package in denied(facts, "non-commercial", "use-restricted", "proprietary"):
            yield tell(self, path, package, "dependency of restricted use")
