"""RUN205: a comment that allows nothing."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.run.facts import AllowVoid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

_MESSAGES = {
    "unknown": "this comment allows a code that there is not",
    "refused": "this comment allows a code that no comment can allow",
    "unreasoned": "this comment gives no reason, so it allows nothing",
    "unused": "this comment allows a code that has no finding on its line",
}


class RUN205(Relation):
    """A comment that allows nothing.

    What it looks for
    -----------------
    A comment `genomic-guard: allow[...]` in a source file or a cell of a notebook that names no code of the run's rules, names a
    code that takes no such comment, has no reason after the bracket, or stands on a line without such a finding. Data of people
    (GEN, PHI1, PHI2, GOV), gates and RUN are never allowed by a comment. A comment sign right after a quotation mark is no
    comment but text about one. Comments in outputs, archives and compressed files are not read.

    Why it matters
    --------------
    Whoever wrote it believes that something is excused. A comment that outlives its line would excuse the next one.

    What to do instead
    ------------------
    Remove the comment, or write code and reason: the sign, `genomic-guard: allow[`, the code, `]`, and why.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN205"
    name = "idle-allow-comment"
    severity = "warning"
    since = "0.1"
    needs = (AllowVoid,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each where it stands."""
        for _path, fact in facts.of(AllowVoid):
            yield self.finding(fact.at, _MESSAGES[fact.why])
