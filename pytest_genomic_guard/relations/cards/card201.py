"""CARD201: the card of a model does not state what its tier requires."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.held import held, looks_at
from pytest_genomic_guard.relations.cards.mend_content import SECTION
from pytest_genomic_guard.views.cards.nouns import Before, Card
from pytest_genomic_guard.views.cards.sent import Released
from pytest_genomic_guard.views.datause import publishing
from pytest_genomic_guard.views.datause.nouns import Publishes
from pytest_genomic_guard.views.models.nouns import Model, Perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class CARD201(Relation):
    """A section that the card of a model has to have, and does not state.

    What it looks for
    -----------------
    Cards of models, in Markdown and in the structured forms that docs/cards.md lists: by their form, front matter or name always;
    a README that is a card by its headings alone where a model resolves to it. The tier `basic` requires intended use, training
    data, limitations and a licence; `research` adds uses that are out of scope, evaluation, figures of groups of people and who
    the people in the data are; `release` adds privacy, a privacy evaluation with its result, and human oversight. The tier is that
    of the policy (`cards: tier`), raised by the card's own `risk_tier`, and is `release` where the model is published by code or a
    workflow here, where its weights are pushed, and where a tag is pushed. Only a section that says what holds counts: a heading
    with nothing below, a place that a template left open, an unticked box, an instruction to the author, a link instead of the
    fact, evidence that "was not performed", and sentences that the cards of three or more models share word for word are told
    apart.

    Why it matters
    --------------
    Who uses a model relies on what its card says: for whom it was made, on whom it was trained and tested, where it fails. A form
    with the right headings and nothing in it looks like a card and protects nobody.

    What to do instead
    ------------------
    Write what holds for this model. What nobody knows is a limit: say so under the limitations. `genomic-guard card check` shows
    every section with its status and the reason, and `genomic-guard card new` writes a draft from what the model file says.

    References
    ----------
    - Mitchell et al., Model Cards for Model Reporting, 2019
    - Hugging Face Hub documentation, "Model Cards" and its annotated template (August 2026)
    - Coalition for Health AI, Applied Model Card 0.2
    """

    code = "CARD201"
    name = "card-section-not-stated"
    since = "0.1"
    mend = SECTION
    needs = (Card, Model, Perhaps, Publishes, Released, Before)
    reach = "snapshot"  # the model of a card, the card of a model, and what publishes both can lie anywhere
    looks_at = staticmethod(looks_at)
    standing = True
    rules = publishing.RULES

    def gathered(self, text: Text) -> Iterator[Publishes]:
        """Yield what publishes a model, as the rules on data use do."""
        yield from publishing.gathered(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each section that is required and not stated."""
        for each in held(facts):
            for section in each.lacks if each.counts and each.card.kind != "dataset" else ():
                at, why = each.place(section), each.why(section)
                yield self.finding(at, why, key=section.name, subject=section.name, involves=each.involves)
