"""CARD203: places of a template are left open in a card."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.held import held, looks_at
from pytest_genomic_guard.relations.cards.mend_content import DRAFT
from pytest_genomic_guard.views.cards.drafts import Drafted
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD203(Relation):
    """Places of a template that nobody filled in, where nothing is required.

    What it looks for
    -----------------
    `[More Information Needed]`, TODO, fields of a template that were not rendered, and unticked boxes, in a card and outside of the
    sections that its tier requires: those are CARD201.

    Why it matters
    --------------
    Readers cannot tell what does not apply from what was forgotten. Most published cards that were made from a template still have
    most of its places open.

    What to do instead
    ------------------
    Fill them in, or take out what does not apply.

    References
    ----------
    - Hugging Face Hub documentation, template of model cards (August 2026)
    """

    code = "CARD203"
    name = "card-template-left"
    since = "0.1"
    severity = "warning"
    mend = DRAFT
    needs = (Card,)
    reach = "snapshot"  # whether a README is a card is told by the models that resolve to it
    looks_at = staticmethod(looks_at)
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the first of each card, and how many there are."""
        drafts = {path for path, _mark in facts.of(Drafted)}  # CARD202
        for each in held(facts):
            told = {section.line for section in each.lacks}
            lines = sorted({fault.line for fault in each.card.faults if fault.code == self.code})
            left = [line for line in lines if line not in told]
            if left and each.counts and each.path not in drafts:
                at = each.card.at.replace(line=left[0] or None, column=None, end=None)
                what = "{many} places of a template are open" if len(left) > 1 else "a place of a template is open"
                yield self.finding(at, f"{what} in the card, outside of what its tier requires", many=len(left))
