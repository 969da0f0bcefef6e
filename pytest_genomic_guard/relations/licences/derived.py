"""Which cards of a repository a card means by the ids of its base models and data sets."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.cards import CardLicence
from pytest_genomic_guard.views.licences.showing import shown_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.views.licences.cards import Kind

    Placed = tuple[bytes, CardLicence]

_GENERIC = frozenset(
    ("model", "models", "data", "dataset", "datasets", "main", "docs", "doc", "src", "test", "tests", "card", "cards", "readme")
)  # names of folders, rather than of a model or a data set


class Cards:
    """The cards of a snapshot, by the names under which others can mean them."""

    def __init__(self, facts: Facts) -> None:
        """Take them: by folder, by the name of a card's file, and by the names that a card gives itself."""
        self.all: list[Placed] = facts.of(CardLicence)
        self._by: dict[str, list[Placed]] = {}
        for path, card in self.all:
            folder, _slash, name = path.rpartition(b"/")
            words = {_last(folder.decode("utf-8", "replace")), *(_last(each) for each in card.names)}
            words.add(
                _last(
                    re.sub(rb"(?i)[-_. ]?(?:readme|(?:model|data|dataset)[-_]?card|card)?\.(?:md|markdown)$", b"", name).decode(
                        "utf-8", "replace"
                    )
                )
            )
            for word in words - {""} - _GENERIC:
                self._by.setdefault(word, []).append((path, card))

    def meant(self, path: bytes, card: CardLicence, name: str, kind: Kind) -> list[Placed]:
        """Return the cards that a name in a card means; none where it may be another's."""
        other: Kind = "dataset" if kind == "model" else "model"
        found = [each for each in self._by.get(_last(name), ()) if each[1] is not card and each[1].kind != other]
        close = [each for each in found if _within(each[0], path, name)]
        return close or found

    def sources(self, path: bytes, card: CardLicence) -> Iterator[tuple[str, Kind, Sequence[Placed]]]:
        """Yield each id of what a card's model or data set is made from, what it is, and the cards that it means."""
        for name in card.base_models:
            yield name, "model", self.meant(path, card, name, "model")
        for name in card.datasets:
            yield name, "dataset", self.meant(path, card, name, "dataset")


def conditions(card: CardLicence) -> tuple[str, ...] | None:
    """Return what the licences of a card ask together; None where one of them is not known."""
    found: dict[str, None] = {}
    for each in card.given:
        if each.listed is None or each.listed.kind == "unknown":
            return None
        found.update(dict.fromkeys(each.listed.conditions))
    return tuple(found) if card.given else None


def shown(card: CardLicence) -> str:
    """Return the licences of a card as a message may have them: ids of the Hub's list, or SPDX expressions."""
    return " and ".join(
        dict.fromkeys(each.listed.id or shown_expression(each.listed.expression) for each in card.given if each.listed)
    )


def _last(name: str) -> str:
    """Return the last part of an id or a path, as far as people spell it alike."""
    return re.sub(r"[-_. ]+", "-", name.rstrip("/").rpartition("/")[2].lower())


def _within(card: bytes, asking: bytes, name: str) -> bool:
    """Tell whether a name is the path of a card's folder, from the top or from the folder of the card that asks."""
    folder = b"/" + card.rpartition(b"/")[0]
    return folder.endswith(b"/" + name.encode("utf-8", "replace").rstrip(b"/")) and asking != card
