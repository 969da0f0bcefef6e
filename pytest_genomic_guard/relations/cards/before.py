"""What cards said before a change that says less: a change cannot excuse itself."""

from __future__ import annotations

from pytest_genomic_guard.relations.cards.resolve import Resolver
from pytest_genomic_guard.views.cards.nouns import TIERS, Added, Before, Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.relations.cards.resolve import Placed
    from pytest_genomic_guard.views.cards.nouns import Tier


class Was:
    """Answers which card a model of the base had, where a change deletes it, says less in it, or lays a new one before it."""

    def __init__(self, facts: Facts, now: Resolver) -> None:
        """Take the cards as they were, and what tells of them as they are."""
        self._now = now
        self._cards = {path: each.card for path, each in facts.of(Before)}
        self._added = frozenset[bytes]().union(*(each.paths for _path, each in facts.of(Added)))
        self._then: Resolver | None = None
        if self._cards or not self._added.isdisjoint(now.by_path):
            kept = [(path, card) for path, card in facts.of(Card) if path not in self._cards and path not in self._added]
            self._then = Resolver(facts, sorted([*kept, *self._cards.items()], key=lambda each: each[0]))

    def at(self, path: bytes) -> Card | None:
        """Return what stood at the path of a card."""
        return self._cards.get(path)

    def of(self, model: bytes) -> Placed | None:
        """Return the card that a model had, where it differs from what it has."""
        placed = self._then.card(model) if self._then and self._now.file(model) not in self._added else None
        if placed is None:
            return None
        own = self._now.card(model)
        return placed if placed[0] in self._cards or (own and own[0] in self._added) else None

    def gone(self, model: bytes) -> bytes:
        """Return where the card of a model stood that is none any more, empty for none."""
        placed = self.of(model)
        return placed[0] if placed and placed[0] not in self._now.by_path else b""

    def declared(self, model: bytes) -> bytes:
        """Return the card that declared a model as generative, where the one that it has does not; empty for none."""
        placed, own = self.of(model), self._now.card(model)
        said = placed is not None and placed[1].generative is True and (own is None or own[1].generative is not True)
        return placed[0] if placed and said else b""

    def tier(self, card: bytes, models: Iterable[bytes]) -> Tier:
        """Return the highest tier that a card, and those that its models had, gave themselves."""
        found: list[Tier] = ["basic"]
        found += [self._cards[card].tier or "basic"] if card in self._cards else []
        found += [placed[1].tier or "basic" for each in models if self._then and (placed := self.of(each))]
        return max(found, key=TIERS.index)
