"""CARD208: a card claims clinical use and says nothing of human oversight."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.held import held, looks_at
from pytest_genomic_guard.relations.cards.mend_content import CLAIM
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD208(Relation):
    """A claim of clinical use without a word on human oversight.

    What it looks for
    -----------------
    A card that says that the model is for diagnosis, treatment decisions or the care of patients, and does not state who reviews
    what it says and who decides. A card that rules such use out claims nothing.

    Why it matters
    --------------
    A model in the care of patients without a person who answers for its results is what guidance on AI in health rules out, and in
    most jurisdictions a medical device.

    What to do instead
    ------------------
    Say who reviews the results, what they can overrule and what happens then; or say that the model is for research only.

    References
    ----------
    - Coalition for Health AI, Applied Model Card 0.2, directions and cautioned uses
    - 45 CFR 170.315(b)(11), decision support interventions
    """

    code = "CARD208"
    name = "clinical-use-without-oversight"
    since = "0.1"
    severity = "warning"
    mend = CLAIM
    needs = (Card,)
    reach = "snapshot"  # whether a README is a card is told by the models that resolve to it
    looks_at = staticmethod(looks_at)
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the claim; where the tier requires oversight, CARD201 tells what is missing."""
        for each in held(facts):
            section = each.card.section("oversight")
            claims = each.card.clinical and each.card.kind != "dataset" and section.status != "stated"
            if claims and each.counts and "oversight" not in each.asked:
                at = each.card.at.replace(line=each.card.clinical, column=None, end=None)
                yield self.finding(at, "the card claims use in the care of patients, and does not say who oversees the model there")
