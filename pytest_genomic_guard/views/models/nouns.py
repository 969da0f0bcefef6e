"""The nouns of models: a file or folder that is one, a deployment that names one, a program that makes one."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact, Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Via = Literal["content", "pointer", "folder"]  # its bytes; git-lfs, DVC, git-annex; files that are one together (SavedModel)


class Model(Fact):
    """A model: its format and what the artifact says of itself. Ids are public names; no weight is kept."""

    at: Location
    format: str  # of a closed list: safetensors, GGUF, torch, pickle, ONNX, Keras, SavedModel, TFLite, CoreML, LightGBM ...
    via: Via = "content"
    system: str = ""  # of a pointer: git-lfs, dvc, git-annex
    framework: str = ""  # of a closed list, such as scikit-learn, PyTorch
    kind: str = ""  # the estimator or architecture by its public name, such as RandomForestClassifier, BertForMaskedLM
    parameters: int | None = None
    tensors: int = 0
    size: int | None = None
    generative: str = ""  # of a closed list, such as "causal language model": by which it sounds like one, a hint and never more
    adapter: bool = False  # weights that are added to those of another model (LoRA)
    base: str = ""  # id of the model on which it builds
    name: str = ""  # `general.name` of GGUF and the like, where it is an id
    licence: str = ""  # as the artifact declares it, canonical (SPDX, or an id of the Hub)
    datasets: tuple[str, ...] = ()  # ids that the artifact names
    fixture: bool = False  # it lies where test data lie
    part: bool = False  # what lies beside weights and is none: the state of an optimiser, arguments of a training
    place: bytes = b""  # where it lies, for which a file elsewhere stands (DVC); empty: at its file. `Resolver` knows more: `wdir`
    out: bytes = b""  # of a lock of DVC: the path as it stands there, and the stage that makes it
    stage: str = ""
    digest: str = ""  # by which copies are known; in memory only, and shown nowhere

    @property
    def away(self) -> bool:
        """Tell whether its content is in a store to which a push of the repository brings nothing: that of DVC, of git-annex."""
        return self.via == "pointer" and self.system != "git-lfs"


class Perhaps(Fact):
    """A pointer whose suffix is that of models and of other data: it is a model where a configuration of one lies beside it."""

    model: Model


class ModelConfig(Fact):
    """What a configuration beside weights says of them: HF `config.json`, `adapter_config.json`, `MLmodel`, a MONAI bundle ..."""

    at: Location
    form: str
    kind: str = ""
    generative: str = ""
    adapter: bool = False
    base: str = ""


class Stages(Fact):
    """A `dvc.yaml`: the folders in which its stages work, where these are not its own."""

    wdirs: tuple[tuple[str, bytes], ...]


class Mentions(Fact):
    """The paths of model files that a text names which may be a card: as a value of its front matter, or as code."""

    paths: tuple[bytes, ...]


class Deployed(Fact):
    """A file that deploys a model by its name: Dockerfile, Modelfile, compose, arguments of vLLM or TGI, an endpoint."""

    at: Location
    by: str  # of a closed list
    model: str  # a public id or a path in the repository; empty where it is neither


class Trains(Fact):
    """A program that trains a model and saves it."""

    at: Location
    saves: tuple[str, ...] = ()  # literal paths or ids to which it saves, relative as written
    by: str = ""  # of a closed list: what saves it, such as `torch.save`
