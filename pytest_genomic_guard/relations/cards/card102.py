"""CARD102: what deploys a model names one that has no card here."""

from __future__ import annotations

import posixpath

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.mend_models import DEPLOYED
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.models import deployed
from pytest_genomic_guard.views.models.nouns import Deployed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.relations.cards.resolve import Resolver
    from pytest_genomic_guard.views.text import Text

_UNSAID = "a model that is not named here"


class CARD102(Relation):
    """A deployment names a model that has no card in the repository.

    What it looks for
    -----------------
    Files that start a server of models and name one: `Dockerfile`, Compose, manifests of Kubernetes and Helm, units and scripts
    with `vllm serve`, `text-generation-launcher`, `text-embeddings-router`, `llama-server`, SGLang, LMDeploy or Ollama, `MODEL_ID`
    and `HF_MODEL_ID`, `--model` in the arguments of a container, a `Modelfile`, `InferenceService` of KServe, deployments of Azure
    ML, endpoints of SageMaker; images into which `hf download` takes a model; processes of Nextflow and Snakemake that start such
    a server. The model is an id such as `lab/name`, or a file of weights. A variable names none, nor does a placeholder: owners
    `org`, `my-org`, `user`, `username`, `example`, `your...`. READMEs, documentation, examples, tests, benchmarks deploy nothing.

    A card belongs to it that gives this name, its base model or its file name; a model card in the folder of the deployment or the
    nearest above; or the one that the registry of the policy names for the id (`cards: registry:`).

    Why it matters
    --------------
    A model that answers requests is used by people who did not choose it. What it is for, on which data it was judged and where it
    fails has to be known where it is run, and not only where its weights come from.

    What to do instead
    ------------------
    Write a card of the deployed model beside the deployment: intended use here, data, limits, licence, who oversees it. Its
    `base_model` names the id. A card that lies elsewhere is named in `cards: registry:`.

    References
    ----------
    - Hugging Face Hub documentation, "Model Cards" (August 2026)
    - vLLM, Text Generation Inference, llama.cpp and Ollama, documentation of their servers (August 2026)
    """

    code = "CARD102"
    name = "deployed-model-without-card"
    since = "0.1"
    inline = True
    mend = DEPLOYED
    needs = (Deployed,)
    reach = "snapshot"  # a card may lie anywhere, and is known by the names that it gives
    standing = True
    alone = False
    rules = deployed.RULES
    looks_at = staticmethod(may_be)

    def gathered(self, text: Text) -> Iterator[Deployed]:
        """Yield the models that a file deploys."""
        return deployed.told(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each deployed model without a card."""
        from pytest_genomic_guard.relations.cards.resolve import Resolver  # noqa: PLC0415 - where something is deployed only
        from pytest_genomic_guard.views.models.headed import showable  # noqa: PLC0415 - as above

        cards = Resolver(facts)
        for path, each in facts.of(Deployed):
            if not _has(cards, path, each.model):
                told = "deploys a model that has no card here: none gives its name, none lies beside this file or above"
                name = each.model.rpartition("/")[2] if _local(each.model) else each.model
                name = name if showable(name) else _UNSAID
                yield self.finding(each.at, told, key=name, subject=name)


def _local(model: str) -> bool:
    """Tell whether a model is named by its file."""
    return model.endswith((".gguf", ".safetensors", ".onnx", ".pt", ".pth", ".bin", ".llamafile")) or model.startswith(("/", "."))


def _has(cards: Resolver, path: bytes, model: str) -> bool:
    """Tell whether a card is there for a deployed model."""
    if _local(model):
        folder = path.rpartition(b"/")[0]
        file = posixpath.normpath(posixpath.join(folder, model.lstrip("/").encode()))
        if cards.holds(file) and cards.card(file):
            return True
        model = model.rpartition("/")[2].rpartition(".")[0]
    if cards.meant(model) or cards.based(model) or cards.registered(model.encode()) in cards.by_path:
        return True
    return cards.sure(path) is not None
