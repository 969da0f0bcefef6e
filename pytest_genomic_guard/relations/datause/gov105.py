"""GOV105: an entry of the register that leaves out what its terms are."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause.mend_register import ENTRY
from pytest_genomic_guard.relations.datause.register import Register, at, label
from pytest_genomic_guard.views.datause import ids
from pytest_genomic_guard.views.datause.nouns import DataUse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GOV105(Relation):
    """An entry of the register that leaves out what its terms are.

    What it looks for
    -----------------
    Entries of `data-use` on controlled data (`controlled: true`, or an accession or name of a controlled source without a word on
    it) that lack an owner, the agreement (`dua`, or the request's number as `dar`), the terms of consent (`duo` or `consent`), or
    the day on which access ends (`closes`); and any with an `approval` that lack the owner or the
    request's number (`dar`), by which somebody could look it up. It is
    a warning and never fails: an entry that says little is better than none.

    Why it matters
    --------------
    Without these nobody can say for which use the data were given, who answers for them, and when they have to be deleted, and the
    rules that judge by consent and close-out have nothing to judge by.

    What to do instead
    ------------------
    Copy them from the agreement and the approved request.

    References
    ----------
    - NIH Data Use Certification (for access from 2025-01-25 on)
    - Data Use Ontology (EBISPOT/DUO)
    """

    code = "GOV105"
    name = "data-use-entry-incomplete"
    severity = "warning"
    since = "0.1"
    mend = ENTRY
    needs = (DataUse,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what each entry leaves out."""
        for entry in Register(facts).entries():
            about = entry.controlled if entry.controlled is not None else ids.controlled(entry.id)
            name = label(entry)
            if about and (lacks := _lacks(entry)):
                told = f"the entry on {name}, which is under controlled access, does not tell {', '.join(lacks)}"
                yield self.finding(at(entry), told, key=name, subject=name)
            if entry.approval and (lacks := [key for key, value in (("`owner`", entry.owner), ("`dar`", entry.dar)) if not value]):
                told = f"the entry on {name} has an `approval`, and to look it up does not tell {' and '.join(lacks)}"
                yield self.finding(at(entry), told, key=f"{name} approval", subject=name)


def _lacks(entry: DataUse) -> list[str]:
    """Return what an entry leaves out, by its keys."""
    wanted = (
        ("`owner`", entry.owner),
        ("`dua` or `dar`", entry.dua or entry.dar),
        ("`duo` or `consent`", entry.duo or entry.consent),
        ("`closes`", entry.closes),
    )
    return [key for key, value in wanted if not value]
