"""LIC107: copyleft among what the project is developed with."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import DEVELOPMENT
from pytest_genomic_guard.relations.licences.packages import COPYLEFT, of, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC107(Relation):
    """Strong or network copyleft in a group of development.

    What it looks for
    -----------------
    A package under a strong or network copyleft licence that only groups of development bring (`licences: dev-groups`: dev,
    test, lint, docs, typing, ci, build, bench and their like, or the file names of such requirements). One that the policy
    excepts is quiet.

    Why it matters
    --------------
    Linters and test tools under GPL oblige to nothing as long as they are not passed on. An image or a bundle that is built
    with all groups does pass them on.

    What to do instead
    ------------------
    Nothing, as long as release images are built without these groups.

    References
    ----------
    - PEP 735 (dependency groups)
    - GNU GPL FAQ, output of a program and aggregation
    """

    code = "LIC107"
    name = "dev-copyleft"
    severity = "warning"
    since = "0.1"
    mend = DEVELOPMENT
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report copyleft that stays at home."""
        for path, package in of(facts):
            if package.allowed and package.mild and package.scope != "runtime" and package.conclusion.kind in COPYLEFT:
                yield tell(self, path, package, "copyleft in a group of development", mend=False)
