"""LIC304: a model promises more than what a well-known base model allows."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.derived import Cards, conditions, shown
from pytest_genomic_guard.relations.licences.mend import DERIVED
from pytest_genomic_guard.views.licences.cards import CardLicence, is_card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC304(Relation):
    """A model under milder terms than the public model that it was made from, as far as a catalogue knows.

    What it looks for
    -----------------
    A card whose `base_model` has no card in the repository, and is of a family of public models that restrict something (Llama,
    Gemma, BLOOM, Stable Diffusion, StarCoder, Nucleotide Transformer, ESM3, UNI and others), where the card's licence drops a
    condition of that family's. The catalogue is small and of November 2026.

    Why it matters
    --------------
    A model that was tuned from Llama or Gemma stays under their terms, and one from weights for non-commercial use stays so,
    whatever its own card says. It is a warning, because licences of models change between versions.

    What to do instead
    ------------------
    Read the licence of the base model, and publish under one that keeps its terms.

    References
    ----------
    - Llama 3.1 Community License, section 1.b; Gemma Terms of Use, section 3.1; BigScience OpenRAIL-M, section 4
    - Model cards on the Hugging Face Hub (November 2026)
    """

    code = "LIC304"
    name = "card-derivation-hint"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    mend = DERIVED
    needs = (CardLicence,)
    reach = "snapshot"  # a card of the base model may lie anywhere
    standing = True
    looks_at = staticmethod(is_card)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the first base model of each card whose conditions are dropped."""
        from pytest_genomic_guard.views.licences import families, hub  # noqa: PLC0415 - where there are cards only

        cards = Cards(facts)
        for path, card in cards.all:
            own = conditions(card)
            for name in card.base_models if own is not None else ():
                base = hub.called(families.licence(name)) if not cards.meant(path, card, name, "model") else None
                dropped = hub.lost(own or (), base.conditions) if base else []
                if base and dropped:
                    told = (
                        f"the licence of a card drops what its public base model asks, as far as is known: {' and '.join(dropped)}"
                    )
                    subject = f"{shown(card)} on {base.id}"
                    yield self.finding(card.at, told, key=subject, subject=subject)
                    break
