"""LIC112: a clarification that no longer holds."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.mend import EVIDENCE
from pytest_genomic_guard.views.licences.judgements import ClarifyVoid
from pytest_genomic_guard.views.licences.showing import shown, shown_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

_WHY = {
    "version": "it is for another version",
    "file": "the licence file that it names is not there",
    "changed": "the licence file is another than the one that was read",
    "expression": "what it says is no SPDX expression",
}


class LIC112(Relation):
    """A clarification of a licence that no longer holds.

    What it looks for
    -----------------
    An entry of `licences: clarify` whose package is there in another version, whose licence file is another than the one that
    was read (SHA-256) or is gone, or whose expression is no SPDX expression. The package is then judged by what it says
    itself.

    Why it matters
    --------------
    Packages change their licences between releases. What somebody read of one is no statement about the next.

    What to do instead
    ------------------
    Read the file again and renew the entry, or take it out.

    References
    ----------
    - cargo-deny, checks/licenses: clarify
    - SPDX specification 2.3, annex D
    """

    code = "LIC112"
    name = "licence-clarify-void"
    since = "0.1"
    mend = EVIDENCE
    needs = (ClarifyVoid,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the clarifications that are void."""
        for path, entry in facts.of(ClarifyVoid):
            name = shown(entry.package)
            subject = f"{name}=={shown_version(entry.version)}" if entry.version else name
            at = Location(path=path, line=entry.line or None)
            yield self.finding(
                at, f"the policy's clarification of its licence does not hold: {_WHY[entry.why]}", key=name, subject=subject
            )
