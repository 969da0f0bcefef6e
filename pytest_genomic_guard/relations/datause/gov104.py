"""GOV104: a file or a model that is left from data to which access has ended."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause.mend_register import CLOSED
from pytest_genomic_guard.relations.datause.register import Register, label
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.datause import accessions, registered
from pytest_genomic_guard.views.datause.nouns import Accession, DataUse, Registered
from pytest_genomic_guard.views.datause.systems import RULES
from pytest_genomic_guard.views.models.nouns import Model, Perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.relations.datause.register import Tie
    from pytest_genomic_guard.views.text import Text

_BY = {
    "paths": "the entry's `paths` name it",
    "models": "the entry's `models` name it",
    "accession": "it names the data set",
    "card": "its card names the data set as training data",
    "beside": "the card in its folder names the data set as training data",
}


class GOV104(Relation):
    """A file or a model that is left from data to which access has ended.

    What it looks for
    -----------------
    Every file and model that is tied to an entry of `data-use` whose day `closes` is over: files that the entry's `paths` name or
    in which the accession stands, models that its `models` name or whose card names the data set as training data, pointers of
    git-lfs, DVC and git-annex too. A pointer whose suffix data have as well (`.pt`, `.pkl`, `.h5`) counts where a pattern of the
    entry or a card in its folder ties it. Where a commit changes the register, files that it does not touch are judged by the new
    one. The day itself still holds, and an approval of sharing does not move it: a renewal does, and is
    a new day in the entry. Running text that cites the accession is quiet.

    Why it matters
    --------------
    At close-out the data and everything derived from them have to be deleted. NIH counts the parameters of a model as derived
    data, so that a model which was rightly trained may not be kept without a renewal.

    What to do instead
    ------------------
    Renew the access and write the new day into the entry, or delete what the finding names, its history and other copies too.

    References
    ----------
    - NIH Data Use Certification, Term 12 (Project Close-out), and provision 14 (Data Derivatives)
    - NOT-OD-25-081 (2025-03-28): generative models may not be kept beyond close-out
    """

    code = "GOV104"
    name = "past-close-out"
    since = "0.1"
    mend = CLOSED
    needs = (DataUse, Model, Perhaps, Card, Registered)
    reach = "above"  # the card of a changed model
    looks_at = staticmethod(may_be)
    standing = True
    rules = (*registered.RULES, *RULES)

    def gathered(self, text: Text) -> Iterator[Accession | Registered]:
        """Yield what a file names, and that it is one of the policy."""
        yield from registered.gathered(text)
        yield from accessions.gathered(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each file and model of each entry that has closed."""
        register = Register(facts)
        for entry in register.entries():
            if register.closed(entry):
                for tie in register.tied(entry):
                    yield self._told(entry, tie, register.turned())

    def _told(self, entry: DataUse, tie: Tie, turned: tuple[bytes, ...]) -> Finding:
        year, month, day = (int(part) for part in entry.closes.split("-"))
        what = "a model" if tie.model else "a file"
        told = f"{what} is left from {label(entry)}, whose close-out day is over ({{year}}-{{month:02}}-{{day:02}}): {_BY[tie.by]}"
        involves = (*turned, *tie.involves)
        return self.finding(
            tie.at, told, key=label(entry), subject=label(entry), involves=involves, year=year, month=month, day=day
        )
