"""LIC906: packages that are not for here."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import REFRESH
from pytest_genomic_guard.views.licences.forms import form
from pytest_genomic_guard.views.licences.nouns import Elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

_WHAT = {
    "platform": "packages are for other platforms or releases of Python",
    "extra": "packages of extras are not installed",
    "dev": "packages of development are not installed",
    "image": "packages that an image installs are not installed here",
    "tool": "programs of images and workflows run beside the project",
    "record": "distributions have no whole record of their files",
}
_ONE = {
    "platform": "package is for other platforms or releases of Python",
    "extra": "package of extras is not installed",
    "dev": "package of development is not installed",
    "image": "package that an image installs is not installed here",
    "tool": "program of images and workflows runs beside the project",
    "record": "distribution has no whole record of its files",
}
_BLIND = "files there were not searched for copyleft within"


class LIC906(Relation):
    """Packages that are not for here.

    What it looks for
    -----------------
    Packages of a lock that are for other platforms or other releases of Python, and packages of extras and groups of
    development that are not installed here: nothing tells of their licences, and they are counted. So are distributions that are
    installed without a record of their files (`RECORD`), as some are by conda or by a distribution of Linux, or with a bill of
    materials that cannot be read: what they declare is judged, and their files are not searched for copyleft within.

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
        """Report each once, of whatever ecosystems it is."""
        why: str
        counts: dict[tuple[bytes, str], int] = {}
        for path, fact in facts.of(Elsewhere):
            why = "image" if fact.why == "dev" and form(path) == "Dockerfile" else fact.why
            counts[path, why] = counts.get((path, why), 0) + fact.count
        for (path, why), count in counts.items():
            told = (
                "{count} "
                + (_ONE if count == 1 else _WHAT)[why]
                + ": "
                + (_BLIND if why == "record" else "nothing here tells of their licences")
            )
            yield self.finding(Location(path=path), told, key=why, count=count)
