"""RUN303: a policy that a range makes less strict."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import PolicyLoosened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class RUN303(Relation):
    """A policy that a range makes less strict.

    What it looks for
    -----------------
    In a range, each difference between the policy of the merge base and that of the last commit, or between the files beside
    them, that lets something pass which would have failed, warned or been noted: a lower profile, a further exclude, waiver or
    debt, a wider bound, a gate that is gone. What nobody can order, such as another evidence file, counts too. Patterns, paths and
    names are not told: the line is.

    Why it matters
    --------------
    A change cannot excuse itself: whoever brings data could bring the exception with it. So a range is judged by the policy of
    the merge base, unless that says `policy-changes: accept`, and reviewers see what would hold after the merge.

    What to do instead
    ------------------
    Undo it, or have it reviewed and merged before what needs it, by whoever answers for the policy.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN303"
    name = "policy-loosened"
    severity = "warning"
    since = "0.1"
    needs = (PolicyLoosened,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each where it stands."""
        for path, fact in facts.of(PolicyLoosened):
            state = "in force in it" if fact.used else "not in force in it"
            before = "; it was in line {was}" if fact.was and not fact.line else ""
            message = f"less strict than before this range, and {state}: {fact.shows}{before}"
            yield self.finding(Location(path=path, line=fact.line or None), message, key=fact.what, subject=fact.what, was=fact.was)
