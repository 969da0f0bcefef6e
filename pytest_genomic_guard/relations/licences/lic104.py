"""LIC104: a dependency of unknown licence."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import EVIDENCE
from pytest_genomic_guard.relations.licences.packages import denied, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC104(Relation):
    """A dependency whose licence is not known.

    What it looks for
    -----------------
    A package that the project requires and of which nothing could be concluded: no licence expression, no field, no
    classifier and no licence file that says it, or a text of its own that nobody has classed. A `LicenseRef-` that the policy
    lists under `allow` is known.

    Why it matters
    --------------
    No licence is no permission: what is not licensed may not be passed on at all. And a licence that nobody has read can be
    any of the others.

    What to do instead
    ------------------
    Read the licence file and say what it is with `licences: clarify`, bound to the version and the file's SHA-256, so that it
    is void when the file changes. `unknown: warn` makes a warning of it (LIC114).

    References
    ----------
    - PEP 639 (License-Expression, License-File)
    - choosealicense.com/no-permission
    """

    code = "LIC104"
    name = "unknown-licence"
    since = "0.1"
    mend = EVIDENCE
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report of what nothing is known."""
        for path, package in denied(facts, "unknown"):
            yield tell(self, path, package, "dependency of unknown licence")
