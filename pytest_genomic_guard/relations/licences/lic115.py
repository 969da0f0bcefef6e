"""LIC115: copyleft of a program that runs beside the project."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.mend import DEVELOPMENT
from pytest_genomic_guard.relations.licences.packages import COPYLEFT, of, tell
from pytest_genomic_guard.views.licences.nouns import Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC115(Relation):
    """Copyleft of a program that runs beside the project.

    What it looks for
    -----------------
    Strong and network copyleft of programs that a workflow or an image runs: tools of nf-core modules by the `licence` of their
    `meta.yml`, what a Dockerfile installs where something tells of it, and the interpreter of a conda environment with what it
    alone brings, such as readline.

    Why it matters
    --------------
    To run such a program as a process of its own is usually mere aggregation. An image that is passed on holds a copy of it, and
    who passes it on owes its source.

    What to do instead
    ------------------
    Nothing, as long as no image is published. Of one that is, keep the sources of these programs, or a pointer to them, with it.

    References
    ----------
    - GNU GPL FAQ, "What is the difference between an aggregate and other kinds of modified versions?"
    """

    code = "LIC115"
    name = "tool-copyleft"
    severity = "note"
    since = "0.1"
    mend = DEVELOPMENT
    needs = (Package,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each tool."""
        for path, package in of(facts):
            if package.beside and package.conclusion.kind in COPYLEFT:
                yield tell(self, path, package, "a program that runs beside the project is copyleft", mend=False)
