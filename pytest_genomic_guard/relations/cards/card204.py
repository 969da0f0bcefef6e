"""CARD204: front matter of a card that readers lose, or refuse."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.faulty import told
from pytest_genomic_guard.relations.cards.mend_forms import FORM
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD204(Relation):
    """Front matter of a card that readers lose, or refuse.

    What it looks for
    -----------------
    Cards in Markdown with the front matter of the Hugging Face Hub: a mark of the byte order before it, no end, no YAML (with
    the line on which it stops to be YAML, and tabs by name), a list or running text in place of keys, a key that stands twice, an
    empty item in `datasets`, `tags` and other lists, a known key with the wrong kind of value, and `risk_tier` or `generative` with
    a word that means nothing. What is wrong with `license` is told by LIC301, and with `model-index` by CARD205. Posts, pages of
    documentation, Spaces and templates of cards are quiet.

    Why it matters
    --------------
    A mark that no editor shows makes the Hub's client see no metadata at all, and of a key that stands twice it keeps one without a
    word. The server refuses the others, after hours of training, at the upload of the model.

    What to do instead
    ------------------
    Correct the line that is named. Save the file as UTF-8 without a mark of the byte order.

    References
    ----------
    - huggingface/hub-docs, `modelcard.md` and `datasetcard.md` (2026); huggingface_hub, `repocard.py`
    - huggingface/huggingface_hub, issues 1927 and 1934; huggingface/transformers, issue 13528
    """

    code = "CARD204"
    name = "front-matter-faulty"
    since = "0.1"
    mend = FORM
    needs = (Card,)
    alone = True
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what is wrong, with its line."""
        for _path, card in facts.of(Card):
            yield from (self.finding(at, what, key=what) for at, what in told(card.at, card.faults, self.code))
