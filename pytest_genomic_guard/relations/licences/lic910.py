"""LIC910: a package of which nothing tells, and that a catalogue takes for copyleft."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.evidence import REFRESH, subject
from pytest_genomic_guard.views.licences.nouns import Hinted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC910(Relation):
    """A package of which nothing tells, and that a catalogue takes for copyleft.

    What it looks for
    -----------------
    A package that is required at runtime, by an extra or on another platform, of whose licence nothing here tells (LIC901,
    LIC906 and LIC908 say so), and that a small dated catalogue of this field's packages has under strong or network copyleft.

    Why it matters
    --------------
    The catalogue is no evidence: it knows few packages, and packages change their licence between releases. It never lets a
    package pass. But that Unidecode or leidenalg stands in a list of requirements is worth knowing before anything is installed.

    What to do instead
    ------------------
    Install what is required, or run `genomic-guard licences refresh --online`: then the package is judged by what it says itself.

    References
    ----------
    - The ladder of evidence is in the guide on licences
    """

    code = "LIC910"
    name = "catalogue-hint"
    since = "0.1"
    severity = "warning"
    mend = REFRESH
    needs = (Hinted,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each."""
        for path, fact in facts.of(Hinted):
            kind = "network copyleft" if fact.kind == "network-copyleft" else "strong copyleft"
            yield self.finding(
                Location(path=path, line=fact.line or None),
                "nothing here tells of the licence of a package; by a dated catalogue, which is no evidence, it is " + kind,
                key=subject(fact.name),
                subject=subject(fact.name, fact.version, fact.why),
            )
