"""LIC901: a required package of whose licence nothing tells."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import REFRESH, subject
from pytest_genomic_guard.views.licences.nouns import Uncovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC901(Relation):
    """A required package of whose licence nothing tells.

    What it looks for
    -----------------
    A package that a manifest or a lock leads to at runtime, where other packages were told of and this one was not: it is not
    installed in the environment that was found, and neither the licence lock nor the lock itself has an entry of its version.

    Why it matters
    --------------
    A package whose licence nobody read is not a package whose licence is allowed. Lists of licences that leave out what they
    did not see report a safety that they did not establish.

    What to do instead
    ------------------
    Install what is locked and run `genomic-guard licences refresh`, which writes the licence lock; commit it. With `--online`
    it asks the package index instead of an environment.

    References
    ----------
    - The ladder of evidence is in the guide on licences
    """

    code = "LIC901"
    name = "uncovered-package"
    since = "0.1"
    mend = REFRESH
    needs = (Uncovered,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(Uncovered):
            if fact.mild:  # LIC114 tells
                continue
            yield self.finding(
                Location(path=path, line=fact.line or None),
                "nothing here tells of the licence of a required package: it is in no environment of the project, and in no "
                "licence lock",
                key=subject(fact.name),
                subject=subject(fact.name, fact.version, fact.why),
            )
