"""RUN302: a project of the policy that is not there."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import ProjectMissing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN302(Relation):
    """A project of the policy that is not there.

    What it looks for
    -----------------
    An entry under `projects` whose root holds no file, in a run that sees the whole repository or judges the policy.

    Why it matters
    --------------
    A folder that was renamed leaves its licences, cards and gates behind: what lies in it now is judged as the rest of the
    repository is, which can be less strict, and nobody is told.

    What to do instead
    ------------------
    Write the folder's new name as the root, or remove the entry.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN302"
    name = "missing-project"
    severity = "warning"
    since = "0.1"
    needs = (ProjectMissing,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each by its line."""
        for path, fact in facts.of(ProjectMissing):
            yield self.finding(Location(path=path, line=fact.line), "there is no file below the root of this project")
