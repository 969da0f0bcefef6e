"""GOV103: a use that the terms of the data do not allow."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause import duo
from pytest_genomic_guard.relations.datause.mend_models import USE
from pytest_genomic_guard.relations.datause.register import Register, at, label
from pytest_genomic_guard.views.datause.nouns import DataUse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GOV103(Relation):
    """A use that the terms of the data do not allow.

    What it looks for
    -----------------
    Entries of the register `data-use`: the terms of consent of a data set (`duo`, codes of the Data Use Ontology by abbreviation
    or id, and `consent`, consent groups as dbGaP writes them, such as DS-CA-NPU) held against what the entry declares under `use`:
    a commercial use under NCU, an organisation for profit under NPU, the study of ancestry under HMB or NPOA, another disease than
    the one of DS, the development of methods under NMDS, an ethics approval that is declared as none (`irb`) under IRB, a day
    that is past under TS, publication before its day under MOR. docs/duo.md has the table of all 25 codes: what each means, what
    decides it, and the source. In consent groups MDS says that the development of methods is included; it is no NMDS.

    What no declaration decides is GOV110, and nothing is allowed by silence.

    Why it matters
    --------------
    The terms are what the people in the data consented to. A use outside of them breaks the agreement with the archive, whoever
    started it, and can end access for the whole institution.

    What to do instead
    ------------------
    Stop the use, or use data whose consent covers it. If the entry declares the use wrongly, correct it. Where the terms are
    unclear, the data access committee decides.

    References
    ----------
    - Data Use Ontology (EBISPOT/DUO), duo.csv, and its README, "Research Purpose to Query"
    - Dyke et al., Consent Codes, 2016, doi:10.1371/journal.pgen.1005772
    - NIH GDS Policy, NOT-OD-14-124: use within the data use limitations
    """

    code = "GOV103"
    name = "use-against-consent"
    since = "0.1"
    mend = USE
    needs = (DataUse,)
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the terms that forbid what an entry declares."""
        register = Register(facts)
        for entry in register.entries():
            for verdict in duo.verdicts(entry, register.today.day):
                if verdict.outcome == "forbidden" and verdict.term:
                    told = f"{duo.told(verdict.term)} does not allow the use that this entry declares: {verdict.term.means}"
                    yield self.finding(at(entry), told, key=verdict.term.id, subject=label(entry))
