"""LIC102: network copyleft among the dependencies."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import PACKAGE
from pytest_genomic_guard.relations.licences.packages import denied, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC102(Relation):
    """A dependency under a network copyleft licence.

    What it looks for
    -----------------
    A package that the project, or an extra of it, requires, directly or through others, whose licence reaches those who use
    the work over a network (AGPL, SSPL, CPAL), where the policy allows neither the class nor the id and no exception holds.
    How a licence is concluded: SPDX expression, License field, classifiers and the licence files are read together; OR is
    settled by its mildest side, AND by its strictest, WITH by what the exception does.

    Why it matters
    --------------
    A service that uses such a package owes its source to everybody who uses the service, even if nothing is passed on: an
    imputation server or a demonstrator of a model is enough. AGPL detectors in permissive libraries have stopped reviews and
    releases. Nothing here is legal advice.

    What to do instead
    ------------------
    Replace the package, or buy a licence where its maker sells one and write the exception with reason, owner and day.

    References
    ----------
    - GNU AGPL version 3, section 13
    - torchgeo/torchgeo#3068, KCL-BMEIS/UltraFlwr#39: AGPL detectors in permissive libraries
    - SPDX licence list 3.27 (spdx.org/licenses)
    """

    code = "LIC102"
    name = "network-copyleft-dependency"
    since = "0.1"
    mend = PACKAGE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what is network copyleft and not allowed."""
        for path, package in denied(facts, "network-copyleft"):
            yield tell(self, path, package, "network copyleft dependency")
