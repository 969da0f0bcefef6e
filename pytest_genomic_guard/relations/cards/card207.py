"""CARD207: a card and the model itself name another licence, base model or other data."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.cards.mend_models import AGREE
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.models.first import configures
from pytest_genomic_guard.views.models.nouns import Model, Perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.cards.nouns import Card

_WHAT = {"licence": "another licence", "base model": "another base model", "data sets": "other data sets"}


class CARD207(Relation):
    """A card and the model itself say different things.

    What it looks for
    -----------------
    What the metadata inside a model declare (GGUF `general.license`, `general.base_model.*`, `general.dataset.*`; `__metadata__` of
    safetensors; `base_model_name_or_path` of an adapter) against the front matter of the card that belongs to it: the licence, the
    base model, the data sets. Only what both name is compared, and names are compared without their owner.

    Why it matters
    --------------
    Tools read the metadata, people read the card. Where the two name different licences, one of them gives a permission that
    nobody has; where they name different data, nobody knows whose terms hold.

    What to do instead
    ------------------
    Find out which of both is right, and mend the other. Metadata are written anew when the model is converted.

    References
    ----------
    - ggml-org/ggml, `docs/gguf.md`, general metadata
    - Hugging Face Hub documentation, metadata of model cards (August 2026)
    """

    code = "CARD207"
    name = "card-and-weights-disagree"
    since = "0.1"
    severity = "warning"
    mend = AGREE
    needs = (Model, Perhaps)
    reach = "snapshot"  # as of CARD101
    standing = True
    alone = False

    @staticmethod
    def looks_at(path: bytes) -> bool:
        """Take cards, and what says what weights beside it are."""
        return may_be(path) or configures(path)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what a model and its card name differently."""
        from pytest_genomic_guard.relations.cards.resolve import Resolver  # noqa: PLC0415 - where there are models only

        cards = Resolver(facts)
        for path, model in cards.models():
            placed = cards.card(path)
            if placed and not (placed[1].by == "headings" and placed[0].rpartition(b"/")[0] != path.rpartition(b"/")[0]):
                for what in _differing(model, placed[1]):
                    told = f"the model's own metadata name {_WHAT[what]} than its card"
                    yield self.finding(Location(path=model.at.path), told, key=what, subject=what, involves=(placed[0],))


def _differing(model: Model, card: Card) -> Iterator[str]:
    """Yield what both name and name differently."""
    from pytest_genomic_guard.relations.cards.names import last  # noqa: PLC0415 - as above
    from pytest_genomic_guard.views.models.headed import licence  # noqa: PLC0415 - as above

    said, own = licence(card.licence) or card.licence, model.licence
    if own and said and said.lower() != own.lower() and "other" not in {said.lower(), own.lower()}:
        yield "licence"
    known = {*map(last, card.base_models), *map(last, card.names)}
    if card.base_models and model.base.count("/") == 1 and not known & {last(model.base), last(model.name)}:
        yield "base model"
    data = set(map(last, card.datasets))
    if data and model.datasets and data.isdisjoint(map(last, model.datasets)):
        yield "data sets"
