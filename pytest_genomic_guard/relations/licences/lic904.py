"""LIC904: another program sees other packages in the same environment."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import INSTALL
from pytest_genomic_guard.views.licences.nouns import SetsDiffer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC904(Relation):
    """Another program sees other packages in the same environment.

    What it looks for
    -----------------
    Packages of the project's environment that this tool sees and pip-licenses does not, or the other way round. Both are given
    the same folders. They are compared when an environment is read for the first time, and after every change of it.

    Why it matters
    --------------
    It is a test of this tool on your environment. Which packages are there is the ground of all that is said of licences, and
    two programs that disagree on it cannot both be right. What is left over of an install that was broken off or of a package
    that was removed (`~umpy-1.26.dist-info`) is the usual reason: the standard library lists it, no program can import it.

    What to do instead
    ------------------
    Make the environment anew. If the two still disagree, compare `genomic-guard licences list` with `pip-licenses --with-system`
    and report the difference.

    References
    ----------
    - Recording installed projects, https://packaging.python.org/en/latest/specifications/recording-installed-packages/
    """

    code = "LIC904"
    name = "evidence-sets-differ"
    since = "0.1"
    severity = "warning"
    mend = INSTALL
    needs = (SetsDiffer,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(SetsDiffer):
            yield self.finding(
                Location(path=path),
                "of the environment, {ours} packages are seen here alone and {theirs} by pip-licenses alone",
                ours=fact.ours,
                theirs=fact.theirs,
            )
