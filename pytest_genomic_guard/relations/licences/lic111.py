"""LIC111: an exception that nothing needs, or whose day is over."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.mend import POLICY
from pytest_genomic_guard.views.licences.judgements import ExceptionUnused
from pytest_genomic_guard.views.licences.showing import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC111(Relation):
    """An exception, or a clarification, that nothing needs.

    What it looks for
    -----------------
    An entry of `licences: exceptions` whose day is over, or that no package here needs: it is gone, has another version, or
    is allowed anyway; and an entry of `licences: clarify` for a package that is not there.

    Why it matters
    --------------
    An exception that nothing needs waits for a package that nobody has looked at. One that is expired does not hold any more:
    the package it was for fails again.

    What to do instead
    ------------------
    Take it out, or renew it after a review.

    References
    ----------
    - cargo-deny, checks/licenses: unused exceptions
    """

    code = "LIC111"
    name = "licence-exception-unused"
    severity = "warning"
    since = "0.1"
    mend = POLICY
    needs = (ExceptionUnused,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the entries of the policy that hold for nothing."""
        for path, entry in facts.of(ExceptionUnused):
            what = "exception for a licence" if entry.kind == "exception" else "clarification of a licence"
            state = "its day is over, and it does not hold" if entry.expired else "no package here needs it"
            at = Location(path=path, line=entry.line or None)
            yield self.finding(at, f"{what}: {state}", key=shown(entry.package), subject=shown(entry.package))
