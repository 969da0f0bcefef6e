"""What to do about models of data under terms, and about uses that terms do not allow, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

WEIGHTS = Mend(
    not_pushed="take the weights, or the pointer to them, out of the commit, and keep them where the data's approved users are, "
    "who may develop the model with NIH's approval; `generative: false` in the card of one that does not generate, and an approval "
    "to share in `approval` of the entry in `data-use`, end this",
    pushed="take the weights out of the repository and of its history, find out who has fetched them, and tell the institution's "
    "signing official; an approval goes into `approval` of the entry in `data-use`",
    public="make the repository private, take the weights out of its history and of every store behind it, and report it to the "
    "archive as its terms say, to the NIH within 24 hours",
)
PUBLISHED = Mend(
    not_pushed="take the step that publishes out, or keep it to models not made from these data; parameters count as the model, "
    "and the approved users may train and develop it with NIH's approval; of a written approval to share, write `approval` and "
    "`share-models: allowed` into the entry in `data-use`",
    pushed="take the step out in a further commit, and see whether it has run",
    public="take the step out, take down what it published, and report it to the archive as its terms say",
)
DECLARE = Mend(
    not_pushed="write `generative: true` or `generative: false` into the card, and on which data the model was trained",
    pushed="write `generative: true` or `generative: false` into the card in a further commit, and on which data it was trained",
    public="declare it in the card; if it is generative and made from controlled data, take the weights down and ask the archive",
)
TERMS = Mend(
    not_pushed="take the model out of the commit, or have the archive's answer written into the entry of `data-use`",
    pushed="take the model out of the repository and of its history, or have the archive's answer written into the entry",
    public="take the model down, find out who has fetched it, and ask the data access committee",
)
TRAINING = Mend(
    not_pushed="train without these data; if the archive has allowed it since, write that into the entry of `data-use`",
    pushed="stop using the model, train without these data, and ask the data access committee what becomes of the model",
    public="take the model down and tell the data access committee",
)
USE = Mend(
    not_pushed="stop this use of the data, or correct the entry; the data access committee decides where it is unclear",
    pushed="stop this use of the data, or correct the entry in a further commit, and ask the data access committee about the past",
    public="stop this use of the data, take down what came of it, and tell the data access committee",
)
SAY = Mend(
    not_pushed="declare under `use:` of the entry what the note asks for, as it holds",
    pushed="declare under `use:` of the entry, in a further commit, what the note asks for, as it holds",
    public="declare under `use:` of the entry what the note asks for, and see whether what is published is within the terms",
)
