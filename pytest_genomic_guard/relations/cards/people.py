"""Whether something names data of people for a model whose card says that nobody is in its data."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.relations.datause.register import Register
    from pytest_genomic_guard.views.cards.nouns import Card
    from pytest_genomic_guard.views.models.nouns import Model

# Sections on the people in the data: nobody asks for them where the card says that there are none
OF_PEOPLE = ("subgroups", "demographics", "privacy", "privacy-evaluation")
NOBODY = "nobody is in the data, says the card"


class People:
    """Answers for the cards of one run."""

    def __init__(self, facts: Facts) -> None:
        """Take what says on which data models were trained."""
        self._facts = facts
        self._register: Register | None = None

    def of(self, card: Card, models: Iterable[tuple[bytes, Model]]) -> bool:
        """Tell whether data under terms are named for one of a card's models: by the card, the artifact or the register."""
        from pytest_genomic_guard.views.datause import ids  # noqa: PLC0415 - where a card says that nobody is in its data

        if card.sources or any(ids.controlled(each) for each in card.datasets):
            return True
        if self._register is None:
            from pytest_genomic_guard.relations.datause.register import Register  # noqa: PLC0415 - as above

            self._register = Register(self._facts)
        return any(
            any(ids.controlled(each) for each in model.datasets)
            or any(tie.entry and tie.entry.controlled is not False for tie in self._register.of_model(path, model))
            for path, model in models
        )
