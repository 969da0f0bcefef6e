"""LIC902: the environment has not what the lock names."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import INSTALL, subject
from pytest_genomic_guard.views.licences.nouns import Disagrees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC902(Relation):
    """The environment has not what the lock names.

    What it looks for
    -----------------
    A package that a lock names for the runtime, and that the project's own environment has in another version, or not at all.
    An environment that merely happens to be there (the first on PATH, conda's) is not compared.

    Why it matters
    --------------
    What is installed is what people run and test; what is locked is what they will ship. Where the two differ, the licences
    of one say nothing of the other.

    What to do instead
    ------------------
    Install from the lock (`uv sync`, `poetry install`, `pip install -r`), or lock again; then run the scan again.

    References
    ----------
    - The ladder of evidence is in the guide on licences
    """

    code = "LIC902"
    name = "environment-and-lock-disagree"
    since = "0.1"
    mend = INSTALL
    needs = (Disagrees,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(Disagrees):
            what = "there in another version" if fact.installed else "missing"
            yield self.finding(
                Location(path=path, line=fact.line or None),
                f"a package that is asked for is {what} in the project's environment, which therefore says nothing of it",
                key=subject(fact.name),
                subject=subject(fact.name, fact.locked)
                + (f", installed {subject(fact.name, fact.installed)}" * bool(fact.installed)),
            )
