"""CARD103: a program makes a model, and no card speaks of one."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.mend_models import CARD
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import Card, CardTerms
from pytest_genomic_guard.views.models import trains
from pytest_genomic_guard.views.models.nouns import Model, Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text

_MANY = 4  # programs that train: with more, training is what the project is for, and its models are its users'


class CARD103(Relation):
    """A program trains a model and saves it.

    What it looks for
    -----------------
    Python programs and notebooks in which a model is trained (`.fit(`, `Trainer(`, `.backward()`) and saved (`torch.save`,
    `joblib.dump`, `save_pretrained`, `push_to_hub`, `save_model`, `log_model`), in a project that has no model card and no model.
    Tests, examples, documentation and libraries of training (many such programs) are quiet.

    Why it matters
    --------------
    The model that comes of it leaves by another way than this repository, and what it was made from is known here only.

    What to do instead
    ------------------
    Write a card of the model beside the program. Where it is an experiment whose model nobody keeps, nothing is to be done.

    References
    ----------
    - Mitchell and others, Model Cards for Model Reporting, 2019
    """

    code = "CARD103"
    name = "model-is-made-here"
    severity = "note"
    confidence = "medium"
    since = "0.1"
    inline = True
    mend = CARD
    needs = (Trains,)
    reach = "snapshot"  # a card may lie anywhere in the project
    standing = True
    alone = False
    rules = (trains.RULE,)
    looks_at = staticmethod(may_be)

    def gathered(self, text: Text) -> Iterator[Trains]:
        """Yield that a program makes a model."""
        return trains.told(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the programs of projects without a card."""
        roots = sorted((terms.root for _path, terms in facts.of(CardTerms)), key=len)

        def project(path: bytes) -> bytes:
            return next((root for root in roots[::-1] if not root or path.startswith(root.rstrip(b"/") + b"/")), b"")

        documented = {project(path) for path, card in facts.of(Card) if card.kind == "model"}
        documented |= {project(path) for path, model in facts.of(Model) if not model.fixture}
        made: dict[bytes, list[Trains]] = {}
        for path, each in facts.of(Trains):
            made.setdefault(project(path), []).append(each)
        for root, programs in made.items():
            if root not in documented and len(programs) <= _MANY:
                for each in programs:
                    yield self.finding(each.at, "trains a model and saves it, and no card here speaks of one", subject=each.by)
