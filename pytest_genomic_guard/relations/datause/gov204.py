"""GOV204: a model that the terms of its data do not let out."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause import notices
from pytest_genomic_guard.relations.datause.mend_models import TERMS
from pytest_genomic_guard.relations.datause.provenance import Provenance
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.datause import publishing, registered
from pytest_genomic_guard.views.datause.nouns import Publishes, Registered
from pytest_genomic_guard.views.models import trains
from pytest_genomic_guard.views.models.nouns import Model, Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.relations.datause.provenance import Source
    from pytest_genomic_guard.views.text import Text

_SAYS = {"paused": "pauses the sharing of models", "forbidden": "forbids the sharing of models"}


class GOV204(Relation):
    """A model that the terms of its data do not let out.

    What it looks for
    -----------------
    Models, generative or not, that were trained on data whose entry of the register `data-use` says `share-models: paused` or
    `share-models: forbidden`: their weights or pointers to them in the repository, and code or workflows that publish them. By
    what a model is tied to the data, and what publishes it, GOV201 and GOV202 tell. The archive does not matter here: NIH, UK
    Biobank, EGA or an own agreement; what the entry says holds.

    Why it matters
    --------------
    A model can give away who was in its training data, and some archives let no model out at all: of the UK LLC trusted research
    environment none may be brought in or out under any circumstances.

    What to do instead
    ------------------
    Keep the model where the data are. When the archive allows sharing, change the entry in a reviewed change, with its approval.

    References
    ----------
    - The agreement of the data set, which the entry's `dua` names
    - NIH NOT-OD-25-081; UK LLC, policy on AI models (2025-04-20)
    """

    code = "GOV204"
    name = "model-shared-against-terms"
    since = "0.1"
    mend = TERMS
    needs = (Model, Card, Publishes, Trains, Registered)
    reach = "snapshot"
    looks_at = staticmethod(notices.looks_at)
    standing = True
    rules = (*publishing.RULES, *registered.RULES, trains.RULE)

    def gathered(self, text: Text) -> Iterator[Publishes | Registered | Trains]:
        """Yield what it compares, where no other relation has."""
        yield from publishing.gathered(text)
        yield from registered.gathered(text)
        yield from trains.told(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report models that are here, then places that publish one."""
        provenance = Provenance(facts)
        if not any(entry.share_models in _SAYS for entry in provenance.register.entries()):
            return
        for subject in provenance.subjects():
            source = _halted(subject.sources)
            if subject.weights and source:
                told = f"weights of a model trained on {source.told}, whose entry in the register {_said(source)}"
                involves = (*subject.involves, *source.places)
                yield self.finding(subject.at, told, key=source.shown, subject=source.shown, involves=involves)
        for path, what in provenance.publishes():
            meant = provenance.meant(path, what)
            of = [*(each for subject in meant for each in subject.sources), *provenance.trained(path)]
            source = _halted(of)
            if source:
                told = (
                    f"this publishes ({what.target}) a model trained on {source.told}, whose entry in the register {_said(source)}"
                )
                involves = (*(each for subject in meant for each in (subject.path, *subject.involves)), *source.places)
                yield self.finding(what.at, told, key=source.shown, subject=source.shown, involves=involves)


def _halted(sources: Iterator[Source] | list[Source] | tuple[Source, ...]) -> Source | None:
    return next((source for source in sources if source.entry and source.entry.share_models in _SAYS), None)


def _said(source: Source) -> str:
    return _SAYS[source.entry.share_models] if source.entry else ""
