"""LIC101: strong copyleft among the dependencies."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import PACKAGE
from pytest_genomic_guard.relations.licences.packages import denied, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC101(Relation):
    """A dependency under a strong copyleft licence.

    What it looks for
    -----------------
    A package that the project, or an extra of it, requires, directly or through others, whose licence is GPL, EUPL, CeCILL or
    another strong copyleft licence, where the policy allows neither the class nor the id and no exception holds. How a
    licence is concluded: SPDX expression, License field, classifiers and the licence files are read together; OR is settled
    by its mildest side, AND by its strictest, WITH by what the exception does. An exception that permits linking (GCC,
    Classpath) takes the effect of copyleft away and is no finding.

    What the project is only developed with (`dev-groups`) is LIC107. Packages come from locks and manifests, licences from
    the project's environment, the committed licence lock, or the lock itself: `genomic-guard licences list` shows which.

    Why it matters
    --------------
    Who passes on a wheel, an image or a model bundle with such a package in it owes its recipients the source of the whole
    under the same terms. Single-cell projects under BSD or MIT licences have had to move igraph and leidenalg to extras, or
    to drop them, for that reason. Using a package inside an institution triggers no such duty. Nothing here is legal advice.

    What to do instead
    ------------------
    Replace the package, or move it to a group of development or to an optional extra that the policy excepts: the finding
    shows the shortest path, with the extra that brings it. Where the duty is accepted, write an exception with versions,
    reason, owner and day (`licences: exceptions`).

    References
    ----------
    - GNU GPL version 3, sections 4 to 6 and 10
    - SPDX licence list 3.27 (spdx.org/licenses) and SPDX specification 2.3, annex D
    - scverse/scanpy#3272, scverse/scirpy#603: igraph and leidenalg in single-cell packages
    """

    code = "LIC101"
    name = "strong-copyleft-dependency"
    since = "0.1"
    mend = PACKAGE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what is strong copyleft and not allowed."""
        for path, package in denied(facts, "strong-copyleft"):
            yield tell(self, path, package, "strong copyleft dependency")
