"""GOV110: a term of consent that no file decides."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause import duo
from pytest_genomic_guard.relations.datause.mend_models import SAY
from pytest_genomic_guard.relations.datause.register import Register, at, label
from pytest_genomic_guard.views.datause.nouns import DataUse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.policy.packs.duoterm import Term

_ALONE = (
    "the permission is missing: these terms only modify one (GRU, HMB, DS, POA, NRES), and nothing says which use is allowed at all"
)
_UNKNOWN = "a part of a consent group is none of the terms that are known here, so nothing is decided by it"


class GOV110(Relation):
    """A term of consent that no file decides.

    What it looks for
    -----------------
    Entries of the register `data-use` with terms of consent (`duo`, `consent`) that what the entry declares under `use` neither
    allows nor forbids: no use is declared, or not what this term asks about, or the term names a disease, a region or a day that
    the entry does not (`limits`), or two diseases are named by ids of an ontology, which no file compares. Modifiers without a
    permission are told as well. The note says why nothing in a repository decides the term, and which declaration would. A part
    of a consent group that is no known term, and the two classes of the ontology that are no terms (DUO:0000001, DUO:0000017), are
    told in the same way. docs/duo.md has the table of all 25 codes.

    Why it matters
    --------------
    A check that is silent about a term it cannot judge looks like one that has allowed the use.

    What to do instead
    ------------------
    Declare what holds. GOV103 then tells whether the term allows it.

    References
    ----------
    - Data Use Ontology (EBISPOT/DUO), duo.csv, and its README, "Research Purpose to Query"
    """

    code = "GOV110"
    name = "consent-undecidable"
    severity = "note"
    since = "0.1"
    mend = SAY
    needs = (DataUse,)
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the terms that are open; of an entry that declares no use, all in one note."""
        register = Register(facts)
        for entry in register.entries():
            verdicts = duo.verdicts(entry, register.today.day)
            undecided = [(verdict.term, verdict.why) for verdict in verdicts if verdict.outcome == "undecided" and verdict.term]
            if duo.lacks_permission(entry, verdicts):
                yield self.finding(at(entry), _ALONE, key="permission", subject=label(entry))
            if undecided and not entry.use:
                names = ", ".join(term.short or term.id for term, _why in undecided)
                told = f"no use of the data is declared (`use:`), so that none of these terms is decided: {names}"
                yield self.finding(at(entry), told, key="use", subject=label(entry))
            for term, why in undecided if entry.use else ():
                yield self.finding(at(entry), _told(term, why or term.why), key=term.id, subject=label(entry))
            if any(verdict.outcome == "unknown" for verdict in verdicts):
                yield self.finding(at(entry), _UNKNOWN, key="consent", subject=label(entry))


def _told(term: Term, why: str) -> str:
    return f"{duo.told(term)} is not decided: {why}; what would decide it is {term.asks}"
