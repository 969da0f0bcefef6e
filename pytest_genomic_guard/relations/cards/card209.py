"""CARD209: the model writes text, and its card says nothing of invented statements."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.held import held, looks_at
from pytest_genomic_guard.relations.cards.mend_content import INVENTED
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD209(Relation):
    """A model that writes text, with a card that says nothing of invented statements.

    What it looks for
    -----------------
    Cards of models that write text, by their task (`text-generation`, summarisation, chat) or their words, whose text does not say
    anywhere that the model can state what is not true: hallucination, fabrication, incorrect or made-up content.

    Why it matters
    --------------
    Text models state what is false as fluently as what is true. In summaries of records and letters to patients a reader cannot see
    which it is, and relies on the card to be told.

    What to do instead
    ------------------
    Say in the limitations that it happens, how often where that was measured, and how results have to be checked.

    References
    ----------
    - NIST AI 600-1, Generative AI Profile, "Confabulation"
    """

    code = "CARD209"
    name = "text-generator-without-hallucination"
    since = "0.1"
    severity = "warning"
    mend = INVENTED
    needs = (Card,)
    reach = "snapshot"  # whether a README is a card is told by the models that resolve to it
    looks_at = staticmethod(looks_at)
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each such card, where its limitations stand."""
        for each in held(facts):
            if each.counts and each.card.text and not each.card.invented and each.card.kind != "dataset":
                at = each.place(each.card.section("limitations"))
                told = "the model writes text, and its card does not say that it can state what is not true"
                yield self.finding(at, told, key="limitations", subject="limitations")
