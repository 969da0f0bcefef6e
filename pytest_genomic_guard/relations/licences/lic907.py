"""LIC907: copyleft in the project's environment that no manifest leads to."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import INSTALL, subject
from pytest_genomic_guard.views.licences.nouns import Undeclared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

_KINDS = {"strong-copyleft": "strong copyleft", "network-copyleft": "network copyleft"}


class LIC907(Relation):
    """Copyleft in the project's environment that no manifest leads to.

    What it looks for
    -----------------
    A strong or network copyleft package in the project's own environment that none of its manifests and locks asks for, not
    even through others. What the guard itself brings there (pytest, its plugins, their requirements) is left out, where the
    project does not ask for it.

    Why it matters
    --------------
    What is installed is what is imported, tested and put into images. A package that somebody installed by hand does not
    stand in any list, and is the kind of dependency that no reader of manifests sees.

    What to do instead
    ------------------
    Remove it, or declare it: at runtime it is then judged as such, in a group of development it warns.

    References
    ----------
    - facts on obligations are in the guide on licences
    """

    code = "LIC907"
    name = "undeclared-copyleft"
    since = "0.1"
    mend = INSTALL
    needs = (Undeclared,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(Undeclared):
            yield self.finding(
                Location(path=path),
                "a package of the project's environment that no manifest asks for is "
                + _KINDS.get(fact.conclusion.kind, "copyleft"),
                key=subject(fact.name),
                subject=subject(fact.name, fact.version),
            )
