"""What to do about models and deployments without a card, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

CARD = Mend(
    not_pushed="write a card beside it (`genomic-guard card new MODEL`), or name the card that it has in `cards: registry:`",
    pushed="write a card in a further commit before anybody uses the model, or name the one that it has in `cards: registry:`",
    public="write a card and publish it beside the model; who took the model so far knows nothing of it",
)
DEPLOYED = Mend(
    not_pushed="write a card of the deployed model: what it is used for here, with which data, within which limits",
    pushed="write a card of the deployed model in a further commit, before it is used for people's data",
    public="write a card of the deployed model and publish it beside the deployment",
)
REGISTRY = Mend(
    not_pushed="write the path of the card as it is now into the registry, or take the entry out",
    pushed="mend the registry in a further commit; until then its models have no card",
    public="mend the registry and publish that; until then its models have no card",
)
AGREE = Mend(
    not_pushed="find out which of both is right, and write that into the card and into the model's own metadata",
    pushed="find out which of both is right, and mend the other in a further commit",
    public="find out which of both is right, mend the other and publish that; who took the model may hold other terms",
)
