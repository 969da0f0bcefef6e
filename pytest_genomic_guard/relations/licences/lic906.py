"""LIC906: packages that are not for here."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import REFRESH
from pytest_genomic_guard.views.licences.nouns import Elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC906(Relation):
    """Packages that are not for here.

    What it looks for
    -----------------
    Packages of a lock that are for other platforms or other releases of Python, and packages of extras and groups of
    development that are not installed here: nothing tells of their licences, and they are counted.

    Why it matters
    --------------
    They are not judged. Who ships for those platforms, or with those extras, ships them.

    What to do instead
    ------------------
    Run `genomic-guard licences refresh --online`, which asks the package index about all that is locked, or scan on those
    platforms.

    References
    ----------
    - PEP 508, environment markers
    """

    code = "LIC906"
    name = "told-elsewhere"
    since = "0.1"
    severity = "note"
    mend = REFRESH
    needs = (Elsewhere,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(Elsewhere):
            what = {
                "platform": "packages are for other platforms or releases of Python",
                "extra": "packages of extras are not installed",
                "dev": "packages of development are not installed",
                "tool": "programs of images and workflows run beside the project",
            }[fact.why]
            yield self.finding(
                Location(path=path), "{count} " + what + ": nothing here tells of their licences", key=fact.why, count=fact.count
            )
