"""RUN204: a file that is not as the baseline has it."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.run.facts import BaselineChanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

_MESSAGES = {
    "other": "the file of this entry has other or more findings, so all of them are judged",
    "fewer": "the file of this entry has fewer findings, so all of them are judged; write the baseline again",
    "unknown": "this entry has a code that there is not",
}


class RUN204(Relation):
    """A file that is not as the baseline has it.

    What it looks for
    -----------------
    A path of the baseline whose findings have other codes or keys, or another number, than the baseline holds for it. All
    findings of that file are judged as if there were no baseline. A file that is gone, or has no finding any more, counts too; so
    does an entry with a code that no rule of the run has.

    Why it matters
    --------------
    A baseline is a list of known debts. A new debt must not hide among old ones, and a debt that was paid must not leave room
    for the next.

    What to do instead
    ------------------
    Mend what is new. Where something was mended, write the baseline again with `genomic-guard scan --write-baseline`, and see
    in the difference that it became shorter.

    References
    ----------
    - The guide on the policy file
    """

    code = "RUN204"
    name = "changed-baseline"
    severity = "warning"
    since = "0.1"
    needs = (BaselineChanged,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Report each file by its line of the baseline."""
        for path, fact in facts.of(BaselineChanged):
            yield self.finding(Location(path=path, line=fact.line), _MESSAGES[fact.why])
