"""GOV107: a model that was trained on data whose terms do not allow training."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause import notices
from pytest_genomic_guard.relations.datause.generates import SURE
from pytest_genomic_guard.relations.datause.mend_models import TRAINING
from pytest_genomic_guard.relations.datause.provenance import Provenance
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.datause import accessions, registered
from pytest_genomic_guard.views.datause.nouns import Registered
from pytest_genomic_guard.views.datause.systems import RULES
from pytest_genomic_guard.views.models import trains
from pytest_genomic_guard.views.models.nouns import Model, ModelConfig, Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.relations.datause.provenance import Source
    from pytest_genomic_guard.views.datause.nouns import Accession
    from pytest_genomic_guard.views.text import Text

_FORBIDS = "{0}, whose entry in the register forbids to train models on them (`ai-training: forbidden`)"
_GENERATIVE = "a generative model trained on {0}, whose entry in the register forbids that (`generative: forbidden`)"


class GOV107(Relation):
    """A model that was trained on data whose terms do not allow it.

    What it looks for
    -----------------
    Models, pointers to them, cards of models and programs that train and save one, tied to an entry of the register `data-use`
    that says `ai-training: forbidden`, or `generative: forbidden` where the model is generative. A model is tied to an entry by
    its card, by the data sets that the artifact names, by `models` or `paths` of the entry, by the program that names the
    accession and saves it, or by the model on which it builds; a program by the accession that it names.

    Why it matters
    --------------
    Consent to research is not always consent to train models on the data, and more and more agreements say so. A model cannot be
    made to forget single people: all that is built on it is in question.

    What to do instead
    ------------------
    Train on data whose terms allow it. Where the archive has allowed it since, change the entry in a reviewed change.

    References
    ----------
    - The agreement of the data set, which the entry's `dua` names
    - NIH GDS Policy, NOT-OD-14-124; NOT-OD-25-081
    """

    code = "GOV107"
    name = "training-not-allowed"
    since = "0.1"
    mend = TRAINING
    needs = (Model, Card, ModelConfig, Trains, Registered)
    reach = "snapshot"
    looks_at = staticmethod(notices.looks_at)
    standing = True
    rules = (*registered.RULES, trains.RULE, *RULES)

    def gathered(self, text: Text) -> Iterator[Registered | Trains | Accession]:
        """Yield what it compares, where no other relation has."""
        yield from registered.gathered(text)
        yield from trains.told(text)
        yield from accessions.gathered(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report models and cards, then programs."""
        provenance = Provenance(facts)
        if not any("forbidden" in {entry.ai_training, entry.generative} for entry in provenance.register.entries()):
            return
        for subject in provenance.subjects():
            generates = subject.generates in SURE
            for source, template in _forbidden(subject.sources, generates=generates):
                told = (template if template is _GENERATIVE else f"a model trained on {template}").replace("{0}", source.told)
                involves = (*subject.involves, *source.places)
                yield self.finding(subject.at, told, key=source.shown, subject=source.shown, involves=involves)
        for path, at in provenance.programs():
            for source, template in _forbidden(provenance.trained(path), generates=False):
                told = f"a program that trains a model on {template}".replace("{0}", source.told)
                yield self.finding(at, told, key=source.shown, subject=source.shown, involves=source.places)


def _forbidden(sources: tuple[Source, ...], *, generates: bool) -> Iterator[tuple[Source, str]]:
    """Yield the data on which the model should not have been trained, with why."""
    for source in sources:
        if source.entry and source.entry.ai_training == "forbidden":
            yield source, _FORBIDS
        elif source.entry and source.entry.generative == "forbidden" and generates:
            yield source, _GENERATIVE
