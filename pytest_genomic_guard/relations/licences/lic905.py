"""LIC905: a folder that looks like a distribution and says nothing of itself."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import INSTALL
from pytest_genomic_guard.views.licences.nouns import Broken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC905(Relation):
    """A folder that looks like a distribution and says nothing of itself.

    What it looks for
    -----------------
    Folders such as `x.dist-info` in the project's environment that have no readable metadata, or metadata without a name.

    Why it matters
    --------------
    What is in such a folder was installed, can be imported, and its licence is not known. Other tools end with an error
    there, or leave it out.

    What to do instead
    ------------------
    Remove the folder, or install the distribution again.

    References
    ----------
    - Core metadata specifications, https://packaging.python.org/specifications/core-metadata/
    """

    code = "LIC905"
    name = "broken-distribution"
    since = "0.1"
    mend = INSTALL
    needs = (Broken,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(Broken):
            yield self.finding(
                Location(path=path),
                "{count} folders of the environment look like distributions and have no readable metadata",
                count=fact.count,
            )
