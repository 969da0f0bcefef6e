"""GOV203: a model that may be generative and may come from controlled-access data, and nothing declares it."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause import notices
from pytest_genomic_guard.relations.datause.generates import SURE
from pytest_genomic_guard.relations.datause.mend_models import DECLARE
from pytest_genomic_guard.relations.datause.provenance import Provenance
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.datause import publishing, registered
from pytest_genomic_guard.views.datause.nouns import Publishes, Registered
from pytest_genomic_guard.views.models import trains
from pytest_genomic_guard.views.models.nouns import Model, ModelConfig, Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.policy.packs.rules import Notice
    from pytest_genomic_guard.relations.datause.provenance import Source, Subject
    from pytest_genomic_guard.views.text import Text

_HINT = "a model that sounds generative was trained on {0}, and its card does not say whether it is (`generative: true` or `false`)"
_DOUBTED = "the card of a model that was trained on {0} says `generative: false`, and that its task is to write (`pipeline_tag`)"
_UNCLEAR = (
    "a generative model was trained on {0}, which has open and controlled data: an entry of `data-use` has to say which it was "
    "(`controlled: true` or `false`)"
)
_NEAR = "weights of a generative model of which no card says on what it was trained, in a project whose code names {0}"
_PROGRAM = "this publishes ({1}) a model that a program here trains on {0}, and no card says whether it is generative"


class GOV203(Relation):
    """A model that may be under NIH's rule on generative models, and nothing declares whether it is.

    What it looks for
    -----------------
    - A model that sounds generative (VAE, GAN, scVI and other decoders, words of its card) and was trained on NIH controlled-access
      data, as GOV201 tells it, while its card has no `generative:`.
    - A model of such data whose card says `generative: false`, and by `pipeline_tag` that its task is to write text.
    - A generative model that was trained on data of which the name alone does not tell whether they are controlled, such as TCGA.
    - Weights of a generative model of which no card says on what it was trained, where code or settings of the same project name
      controlled-access data.
    - A program that names such data, trains a model and publishes it, while no card says what the model is.

    It is a warning: a hint is no verdict. `generative: false` ends it, but for a task that the card itself contradicts.

    Why it matters
    --------------
    Whether NIH's notice binds a model is decided by what it is and by what it was trained on. The notice defines neither, so that
    people who know the model have to say it.

    What to do instead
    ------------------
    Write `generative: true` or `generative: false` into the card, and name the training data with their accessions.

    References
    ----------
    - NIH NOT-OD-25-081 (2025-03-28), which gives no definition of generative AI
    """

    code = "GOV203"
    name = "generative-not-declared"
    severity = "warning"
    since = "0.1"
    mend = DECLARE
    needs = (Model, Card, ModelConfig, Trains, Publishes, Registered)
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
        """Report each model once."""
        provenance = Provenance(facts)
        rules = notices.in_force(provenance.register.today)
        for subject in provenance.subjects() if rules else ():
            for template, source, path in _open(provenance, subject, rules):
                involves = (*subject.involves, *source.places, path)
                yield self.finding(
                    subject.at, template.replace("{0}", source.told), key=source.shown, subject=source.shown, involves=involves
                )
                break
        for path, what in provenance.publishes() if rules else ():
            if not provenance.meant(path, what):
                for source in provenance.trained(path):
                    if _bound(source, rules):
                        told = _PROGRAM.replace("{0}", source.told).replace("{1}", what.target)
                        yield self.finding(what.at, told, key=source.shown, subject=source.shown)
                        break


def _bound(source: Source, rules: list[Notice]) -> bool:
    return source.controlled is True and any(source.system in notice.systems for notice in rules)


def _open(provenance: Provenance, subject: Subject, rules: list[Notice]) -> Iterator[tuple[str, Source, bytes]]:
    """Yield what is open of a model: a sentence, the data, and where they are named."""
    bound = [source for source in subject.sources if _bound(source, rules)]
    if subject.generates == "hint":
        yield from ((_HINT, source, subject.path) for source in bound)
    elif subject.generates == "doubted":
        yield from ((_DOUBTED, source, subject.path) for source in bound)
    elif subject.generates in SURE and not bound:
        for source in subject.sources:
            if source.controlled is None and any(source.system in notice.systems for notice in rules):
                yield _UNCLEAR, source, subject.path
        if subject.weights and not subject.sources and not provenance.stated(subject):
            for path, source in provenance.near(subject):
                if _bound(source, rules):
                    yield _NEAR, source, path
