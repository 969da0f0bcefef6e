"""RUN301: a policy change that is not staged."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, NotStaged, Relation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN301(Relation):
    """A policy change that is not staged.

    What it looks for
    -----------------
    A policy file whose work-tree version differs from the index, when the index is judged; or a `pyproject.toml` whose table
    names another policy in the work tree than in the index.

    Why it matters
    --------------
    What is judged is the next commit, under the policy of the next commit. An edit that is not staged has no effect, and
    whoever made it should know.

    What to do instead
    ------------------
    Stage the policy file, or undo the edit.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN301"
    name = "unstaged-policy"
    severity = "warning"
    since = "0.1"
    needs = (NotStaged,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report the file."""
        for path, _fact in facts.of(NotStaged):
            yield self.finding(Location(path=path), "the policy in the work tree differs from the staged one, which was used")
