"""What to do about packages whose licence the policy does not allow, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

PACKAGE = Mend(
    not_pushed="replace the package, move it to an extra or a group of development, or except it with a reason and a day",
    pushed="replace the package in a further commit, or except it with a reason and a day; the history need not be rewritten",
    public="replace the package; what was released with it (wheels, images, bundles) is under its terms too: ask counsel",
)
EVIDENCE = Mend(
    not_pushed="read its licence file, and write what it is into `licences: clarify`, with the version and the file's SHA-256",
    pushed="read its licence file, and clarify it in the policy in a further commit; the history need not be rewritten",
    public="read its licence file, and clarify it in the policy; if it is copyleft, what was released is under its terms",
)
DEVELOPMENT = Mend(
    not_pushed="nothing, as long as it is not shipped; where that is settled, except it with a reason and a day",
    pushed="nothing, as long as no image or bundle is built with that group; where that is settled, except it",
    public="make sure that no image or bundle that was released holds it",
)
POLICY = Mend(
    not_pushed="take the entry out of the policy, or renew it after a review",
    pushed="take the entry out of the policy in a further commit, or renew it after a review",
    public="take the entry out of the policy, or renew it after a review, and look at what was released while it did not hold",
)
CARD = Mend(
    not_pushed="write the licence into the card's `license`, by its id in the Hub's list; ask the authors where it is not known",
    pushed="write the licence into the card in a further commit; nobody may use what has none",
    public="write the licence into the card and publish that; who took the model or the data has no written permission",
)
RESTRICTED = Mend(
    not_pushed="use another model or data set, or say in the policy what is allowed (`licences: use`, `allow-classes`, `allow`)",
    pushed="use another model or data set in a further commit, or have the use allowed by whoever decides on the policy",
    public="stop what the licence does not allow, and ask counsel about what was published with it",
)
DERIVED = Mend(
    not_pushed="publish under a licence that keeps the terms of what it is made from, or take another base",
    pushed="correct the card's licence in a further commit; the model is not passed on before that",
    public="correct the card's licence and tell those who took the model; what they were promised is not yours to give",
)
