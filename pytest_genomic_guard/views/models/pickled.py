"""What the names that a pickle looks up tell: a model of a library that is known, or data. Its own values are not looked at."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.models import hints, named
from pytest_genomic_guard.views.models.nouns import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pytest_genomic_guard.views.weights.loads import Loads

_SKLEARN = regex(
    r"(?:sklearn|cuml|sklearnex|daal4py)\.(?:[\w.]*\.)?(?:linear_model|ensemble|tree|svm|neighbors|naive_bayes|neural_network"
    r"|gaussian_process|cluster|mixture|decomposition|discriminant_analysis|calibration|pipeline|multiclass|multioutput|model_selection"
    r"|cross_decomposition|isotonic|kernel_ridge|manifold|semi_supervised|dummy|compose|covariance|grid_search|hmm|lda|qda)(?:\.|$)"
)
_NONE = regex(
    r"(?:KFold|Split|ShuffleSplit|Loss|Tree|Criterion|Kernel|Distance|Metric|KDTree|BallTree|Interpolator)\w{0,20}$|^_|^[a-z]"
)
# Prefixes of modules whose classes are models, by library; what of it is none
_FAMILIES: tuple[tuple[str, str, re.Pattern[str] | None], ...] = (
    ("xgboost", "XGBoost", regex(r"^DMatrix|^QuantileDMatrix")),
    ("lightgbm", "LightGBM", regex(r"^Dataset$")),
    ("catboost", "CatBoost", regex(r"^(?:Pool|FeaturesData|EShapCalcType)")),
    ("statsmodels", "statsmodels", regex(r"(?i)data|handler|^cache|table|link|frame")),
    ("lifelines.fitters", "lifelines", None),
    ("sksurv", "scikit-survival", regex(r"^Surv$|^_|^[a-z]")),
    ("imblearn.ensemble", "imbalanced-learn", None),
    ("imblearn.pipeline", "imbalanced-learn", None),
    ("hmmlearn", "hmmlearn", None),
    ("gensim.models", "gensim", regex(r"^(?:Vocab|Phrases|FrozenPhrases|Phraser|TfidfModel)$|^[a-z]")),
    ("fastai", "fastai", regex(r"(?i)data|transform|L$|tfm|categor|^[a-z]")),
    ("pytorch_lightning", "PyTorch", regex(r"(?i)data|callback|hparams|attributedict")),
    ("torch.nn", "PyTorch", regex(r"(?i)^[a-z_]")),
    ("torchvision.models", "PyTorch", regex(r"^[a-z_]")),
    ("torchvision.ops", "PyTorch", regex(r"^[a-z_]")),
    ("__torch__", "PyTorch", None),
    ("transformers.models", "transformers", regex(r"(?i)token|config|processor|feature_?extract|^[a-z_]")),
    ("sentence_transformers", "sentence-transformers", regex(r"(?i)token|config|^[a-z_]")),
    ("keras", "Keras", regex(r"(?i)token|history|^[a-z_]|lrucache")),
    ("tensorflow.python.keras", "Keras", regex(r"(?i)token|history|^[a-z_]")),
    ("tensorflow.keras", "Keras", regex(r"(?i)token|history|^[a-z_]")),
    ("pmdarima", "pmdarima", None),
    ("prophet", "Prophet", None),
    ("interpret.glassbox", "interpret", None),
    ("autogluon", "AutoGluon", regex(r"(?i)data|feature|metric|^[a-z_]")),
    ("tpot", "TPOT", None),
    ("pycaret", "PyCaret", None),
    ("pyod.models", "PyOD", None),
    ("econml", "EconML", None),
    ("pgmpy.models", "pgmpy", None),
    ("pomegranate", "pomegranate", None),
    ("stable_baselines3", "Stable Baselines", regex(r"(?i)buffer|schedule|env|^[a-z_]")),
    ("glmnet", "glmnet", None),
    ("pygam", "pyGAM", None),
    ("skorch", "skorch", None),
    ("spacy.language", "spaCy", None),
    ("flaml", "FLAML", None),
    ("implicit", "implicit", regex(r"^[a-z_]")),
    ("surprise.prediction_algorithms", "Surprise", regex(r"^(?:Prediction|PredictionImpossible)$")),
)
_WEIGHTS = regex(  # as they stand before the next opcode, which can be a letter
    rb"[\w\]]\.(?:weight|bias|running_mean|running_var|gamma|beta|kernel|in_proj_weight|lora_[AB])"
)
_STATE = regex(
    rb"(?:model_|net_?|module_?|network_|generator_|ema_)?state_dict|model_state|hyper_parameters|pytorch-lightning_version"
)
_OPTIM = regex(rb"param_groups")
_DATA = regex(
    r"(?:torch_geometric\.data|dgl\.|datasets\.|torch\.utils\.data|torchtext\.(?:vocab|data)|pandas\.|scipy\.sparse|anndata\.)"
)
_REBUILT = frozenset(
    {"_rebuild_tensor_v2", "_rebuild_tensor", "_rebuild_parameter", "_load_from_bytes", "_rebuild_device_tensor_from_numpy"}
)
_PUBLIC = regex(r"[A-Z][A-Za-z0-9_]{1,60}")


def told(found: Loads) -> Iterator[Model]:
    """Yield the model that a pickle is."""
    if "base64" in found.trail:
        return
    framework, kind = _family(found.names)
    zipped = found.trail[-3:-2] == ("zip",)  # zip > member n > pickle
    legacy = found.begins[:24].find(b"l\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19") > 0
    generative = hints.of_class(kind) if kind else ""
    if framework in {"", "PyTorch"}:
        generative = generative or next(filter(None, (hints.of_class(name) for _module, name in found.names)), "")
    if any(name in _REBUILT and module.startswith("torch") for module, name in found.names):
        if not framework and not _weights(found):
            return
        framework = framework or "PyTorch"
        generative = generative or hints.of_tensors(found.begins)
    if not framework:
        return
    path = found.artifact.path
    torch = framework == "PyTorch" and (zipped or legacy)
    yield Model(
        at=Location(path=path, trail=found.trail),
        format="torch" if torch else "pickle",
        framework=framework,
        kind=kind,
        size=found.artifact.size,
        generative=generative,
        fixture=named.is_fixture(path),
        part=named.is_part(path),
        digest=found.artifact.blob or "",
    )


def _family(names: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Return the library whose model it is, and the class: of several the first, which is the outermost."""
    for module, name in names:
        if _SKLEARN.match(module + ".") and not _NONE.search(name):
            return "scikit-learn", name if _PUBLIC.fullmatch(name) else ""
        for prefix, framework, but in _FAMILIES:
            if (module == prefix or module.startswith(prefix + ".")) and not (but and but.search(name)):
                return framework, name if _PUBLIC.fullmatch(name) and prefix != "__torch__" else ""
    return "", ""


def _weights(found: Loads) -> bool:
    """Tell whether tensors are those of a model, by the names that they have: states of optimisers and data have others."""
    if _STATE.search(found.begins):
        return True
    if any(_DATA.match(module + ".") for module, _name in found.names):
        return False
    keys = len(_WEIGHTS.findall(found.begins))
    return keys > 0 and (keys > 1 or not _OPTIM.search(found.begins))
