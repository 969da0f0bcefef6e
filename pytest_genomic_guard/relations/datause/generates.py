"""Whether a model generates: by its card, by its architecture, and else a hint, which is no verdict. A `false` hides neither."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.relations.cards.names import folder
from pytest_genomic_guard.views.cards.nouns import TASK
from pytest_genomic_guard.views.models.nouns import ModelConfig

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.views.cards.nouns import Card
    from pytest_genomic_guard.views.models.nouns import Model

    # declared by the card; recognised by an architecture that does nothing else; recognised while the card says that it does not;
    # declared by the card until this change; a hint; declared as none while the task of the card is to write; declared as none;
    # nothing tells
    Generates = Literal["declared", "recognised", "contradicted", "before", "hint", "doubted", "declared-not", "untold"]

# Of these it is known that they generate
SURE = frozenset(("declared", "recognised", "contradicted", "before"))

# Classes that do nothing but generate, by the names that their libraries give them; those of GAN and VAE are hints alone
_UNMISTAKABLE = regex(
    r"(?:ForCausalLM|LMHeadModel|ForConditionalGeneration)$"
    r"|^(?:\w{0,40}Diffusion\w{0,40}Pipeline|DD[IP]MPipeline|UNet[23]D(?:Condition)?Model)$"
)
_WRITES = "GGUF"  # weights of language models that are run to write
_TASKS = frozenset({"adapter", "diffusers"})  # configurations that name the task or the pipeline, and no class alone


class Generating:
    """Answers for the models of one run."""

    def __init__(self, facts: Facts) -> None:
        """Take the configurations beside weights."""
        self._configs: dict[bytes, list[ModelConfig]] = {}
        for path, config in facts.of(ModelConfig):
            self._configs.setdefault(folder(path), []).append(config)

    def beside(self, path: bytes) -> list[ModelConfig]:
        """Return the configurations in the folder of a file; of a pipeline's parts, that of the pipeline above them."""
        at = folder(path)
        above = [config for config in self._configs.get(folder(at), ()) if config.form == "diffusers"] if at else []
        return [*self._configs.get(at, ()), *above]

    def of_model(self, path: bytes, model: Model, card: Card | None) -> Generates:
        """Return what is known of a model."""
        writes = model.format == _WRITES and bool(model.generative)
        return _said(card, self._told(path, model.kind, model.generative, writes=writes))

    def of_card(self, path: bytes, card: Card) -> Generates:
        """Return what is known of a model by its card alone."""
        return _said(card, self._told(path, "", "", writes=False))

    def _told(self, path: bytes, kind: str, hint: str, *, writes: bool) -> Generates | None:
        """Return what the artifact and the configurations beside it tell."""
        configs = self.beside(path)
        kinds = [kind, *(config.kind for config in configs)]
        if writes or any(config.form in _TASKS and config.generative for config in configs):
            return "recognised"
        if any(_UNMISTAKABLE.search(each) for each in kinds if each):
            return "recognised"
        return "hint" if hint or any(config.generative for config in configs) else None


def _said(card: Card | None, told: Generates | None) -> Generates:
    """Return what a card and the artifact say together."""
    hint = card.hint if card is not None else ""
    if card is None or card.generative is None:
        return told or ("hint" if hint else "untold")
    if card.generative:
        return "declared"
    if told == "recognised":
        return "contradicted"
    return "doubted" if hint == TASK else "declared-not"
