"""CARD104: the registry of the policy names a card that is not there."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact, Location, Relation, Rule
from pytest_genomic_guard.relations.cards.mend_models import REGISTRY
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import Card, CardRegistry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class Registers(Fact):
    """A policy file that has a registry of cards: where it changes, the cards are read."""


class CARD104(Relation):
    """The registry of the policy names a card that is not there.

    What it looks for
    -----------------
    Entries of `cards: registry:` whose `card` is no file of the repository, or one that is no card: it has neither front matter of
    a model, nor a form of cards, nor the headings of one.

    Why it matters
    --------------
    The models that the entry is about count as documented for whoever reads the policy, and nothing is written of them.

    What to do instead
    ------------------
    Write the path as it is now, relative to the top of the repository; write the card; or take the entry out.

    References
    ----------
    - The policy: `cards: registry:`
    """

    code = "CARD104"
    name = "registered-card-missing"
    since = "0.1"
    mend = REGISTRY
    needs = (Registers, CardRegistry)
    reach = "snapshot"  # the card lies where the entry says
    standing = True
    alone = False
    rules = (Rule(name="card-registry", anchors=(b"registry:",), pattern=rb"registry:"),)
    looks_at = staticmethod(may_be)

    def gathered(self, text: Text) -> Iterator[Registers]:
        """Yield that a policy has a registry."""
        if text.artifact.path.endswith((b".yaml", b".yml")) and b"card:" in text.data:
            yield Registers()

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each entry whose card is not there, once."""
        cards = {path for path, card in facts.of(Card) if card.kind != "dataset"}
        told: set[tuple[bytes, bytes, int]] = set()
        for _path, terms in facts.of(CardRegistry):
            for _pattern, card, line in terms.registry:
                if card not in cards and (terms.file, card, line) not in told:
                    told.add((terms.file, card, line))
                    at = Location(path=terms.file, line=line)
                    message = "the registry of cards names a file that is not there or is no card of a model"
                    yield self.finding(at, message, key=f"registry {len(told)}", involves=(card,))
