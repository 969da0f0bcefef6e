"""CARD202: a card is still a draft."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.mend_content import DRAFT
from pytest_genomic_guard.views.cards.drafts import RULE, Drafted
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class CARD202(Relation):
    """A draft of `genomic-guard card new` that nobody filled in.

    What it looks for
    -----------------
    The marker `genomic-guard: fill in`, which `genomic-guard card new` writes beside each place that only a person can fill.

    Why it matters
    --------------
    A draft holds what the model file says of itself, and questions. Committed as it is, it looks like a card.

    What to do instead
    ------------------
    Write what each marked place asks for and take its marker out. A section that does not apply is said not to apply, with the
    reason, or taken out.

    References
    ----------
    - docs/cards.md, "Drafts"
    """

    code = "CARD202"
    name = "card-draft-left"
    since = "0.1"
    mend = DRAFT
    needs = (Drafted,)
    reach = "snapshot"
    standing = True
    rules = (RULE,)

    @staticmethod
    def looks_at(_path: bytes) -> bool:
        """Take none: each card is judged for itself."""
        return False

    def gathered(self, text: Text) -> Iterator[Drafted]:
        """Yield the marks of a file."""
        if text.artifact.kind == "file":
            for start, end in text.hits.get(RULE.name, ()):
                yield Drafted(at=text.locate(start, end))

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the first mark of each card, and how many there are; a page that writes about drafts is none."""
        cards, marks = {path for path, _card in facts.of(Card)}, dict[bytes, list[Drafted]]()
        for path, mark in facts.of(Drafted):
            if path in cards:
                marks.setdefault(path, []).append(mark)
        for found in marks.values():
            told = "{many} of its places are" if len(found) > 1 else "a place of it is"
            first = min((mark.at for mark in found), key=lambda at: at.line or 0)
            yield self.finding(first, f"the card is a draft: {told} marked to be filled in", many=len(found))
