"""LIC903: an entry of the licence lock that is of something else."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import REFRESH, subject
from pytest_genomic_guard.views.licences.nouns import Stale

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC903(Relation):
    """An entry of the licence lock that is of something else.

    What it looks for
    -----------------
    An entry of `.genomic-guard/licences.lock.yaml` of a package that is used in another version than the entry is of, or of
    which the environment's own metadata and files say another class of licence than the entry.

    Why it matters
    --------------
    Packages change their licence between versions. An entry of another version is no evidence, and an entry that differs from
    the files was written by hand, or from something else.

    What to do instead
    ------------------
    Run `genomic-guard licences refresh` in the project's environment and commit what it writes.

    References
    ----------
    - The licence lock is in the guide on licences
    """

    code = "LIC903"
    name = "licence-lock-stale"
    since = "0.1"
    mend = REFRESH
    needs = (Stale,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(Stale):
            what = "version" if fact.why == "version" else "licence, by what is installed,"
            yield self.finding(
                Location(path=path, line=fact.line or None),
                f"an entry of the licence lock is of another {what} than the package that is used",
                key=subject(fact.name),
                subject=subject(fact.name, fact.version),
            )
