"""LIC109: copyleft inside a package of another licence."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import PACKAGE
from pytest_genomic_guard.relations.licences.packages import expression, of, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC109(Relation):
    """Copyleft inside a package of another licence.

    What it looks for
    -----------------
    A package that the policy allows and that contains something it does not: licence texts appended to its own or beside it,
    bundled libraries in its bill of materials (PEP 770) or by the name of a native library that is known (FFTW, GSL), and
    notices in the headers of its source files, which are counted. GCC's runtime libraries, which compiled wheels carry under
    GPL with an exception for that, are allowed; so are parsers made by Bison, scripts of Autoconf and Libtool, and what is
    offered under the GPL or other terms. Test data, templates and pages that quote a licence are none of the package's own.

    Why it matters
    --------------
    The part keeps its terms: a wheel that says MIT and ships a GPL library is passed on under both.

    What to do instead
    ------------------
    See what the part does: some can be left out of a build or replaced. Else treat the package as what it contains, or except
    it with a reason and a day.

    References
    ----------
    - PEP 770 (bills of materials in packages)
    - PEP 639, on vendored files
    - GCC Runtime Library Exception 3.1
    """

    code = "LIC109"
    name = "bundled-copyleft"
    severity = "warning"
    since = "0.1"
    mend = PACKAGE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what is within and not allowed."""
        for path, package in of(facts):
            within = [each for each in package.conclusion.bundled if each in package.against]
            if within and package.conclusion.expression not in package.against:
                number = package.conclusion.sources
                files = f" (so say {number} of its source files)" if number > 1 else " (so says one of its source files)" * number
                told = f"it contains {expression(within[0])}, under another licence than the whole{files}"
                yield tell(self, path, package, told)
