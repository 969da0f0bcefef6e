"""LIC909: requirements that could not be understood."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import INSTALL
from pytest_genomic_guard.views.licences.nouns import Unclear

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC909(Relation):
    """Requirements that could not be understood.

    What it looks for
    -----------------
    Lines of a manifest that ask for something, and do not say what by a name: an address without one, a word that only a shell
    would fill. And a `setup.py` that computes its requirements, in a folder where nothing else names them: no program of the
    repository is run. Lists that a manifest names (`-r`, `-c`, `file:`) and that are not in the repository, or lie outside of it.
    And a manifest among tests or examples that cannot be parsed; of the project's own, that is a gap.

    Why it matters
    --------------
    What is asked for there is installed, and is not judged.

    What to do instead
    ------------------
    Give it a name (`name @ address`), or commit a lock that names all that is installed.

    References
    ----------
    - PEP 508
    """

    code = "LIC909"
    name = "unclear-requirement"
    severity = "warning"
    since = "0.1"
    mend = INSTALL
    needs = (Unclear,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each manifest."""
        for path, fact in facts.of(Unclear):
            if fact.damaged:
                yield self.finding(Location(path=path), "this manifest could not be parsed, so what it asks for is not judged")
            elif fact.missing:
                told = "list that is named here is" if fact.missing == 1 else "lists that are named here are"
                told = "{count} " + told + " not in the repository, so what would be asked for there is not judged"
                yield self.finding(Location(path=path), told, key="missing", count=fact.missing)
            elif fact.lines:
                at = Location(path=path, line=fact.first or None)
                told = (
                    "requirement here has no name, so it is" if fact.lines == 1 else "requirements here have no name, so they are"
                )
                yield self.finding(at, "{count} " + told + " not judged", count=fact.lines)
            else:
                yield self.finding(Location(path=path), "a program computes the requirements here, so they are not judged")
