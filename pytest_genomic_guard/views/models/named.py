"""What the names of files and folders tell of models: suffixes, words that are hints, places of test data. No file is opened."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

# Suffixes that nothing but models have
SURE = {
    ".safetensors": "safetensors",
    **dict.fromkeys((".gguf", ".ggml", ".llamafile"), "GGUF"),
    **dict.fromkeys((".onnx", ".ort"), "ONNX"),
    ".keras": "Keras",
    **dict.fromkeys((".tflite", ".lite"), "TFLite"),
    **dict.fromkeys((".mlmodel", ".mlpackage"), "CoreML"),
    ".cbm": "CatBoost",
    **dict.fromkeys((".ckpt", ".pth", ".ptl", ".pte", ".torchscript", ".th"), "torch"),
    ".skops": "skops",
    **dict.fromkeys((".pdparams", ".pdmodel"), "PaddlePaddle"),
    ".caffemodel": "Caffe",
    ".mar": "TorchServe",
    ".nemo": "NeMo",
    ".pmml": "PMML",
    **dict.fromkeys((".distcp", ".pth.tar", ".pt.tar", ".ckpt.tar"), "torch"),
}
# Suffixes that data have as well: a word beside them has to tell
UNSURE = {
    **dict.fromkeys((".pt", ".bin", ".t7", ".pyt", ".model"), "torch"),
    **dict.fromkeys((".pkl", ".pickle", ".joblib", ".sav", ".p", ".dill"), "pickle"),
    **dict.fromkeys((".h5", ".hdf5"), "Keras"),
    ".pb": "SavedModel",
    **dict.fromkeys((".data", ".index", ".meta"), "TensorFlow checkpoint"),
    ".msgpack": "flax",
    **dict.fromkeys((".ubj", ".xgb", ".bst"), "XGBoost"),
    ".weights": "Darknet",
    ".params": "MXNet",
    ".rds": "R",
    **dict.fromkeys(
        (".zip", ".tar", ".tgz", ".gz", ".tar.gz", ".xz", ".bz2", ".zst", ".json", ".txt", ".engine", ".plan"), "archive"
    ),
}
# of these a name alone tells: nobody calls data so
_ALONE = regex(
    r"(?:pytorch_model|tf_model|flax_model|rust_model|diffusion_pytorch_model|adapter_model|saved_model|frozen[_-]?(?:inference_)?graph"
    r"|openvino_model|consolidated|ggml-[\w.]{1,60}|variables)[-.\w]{0,60}"
)
_MODEL = regex(
    r"(?<![a-z])(?:models?|checkpoints?|ckpts?|weights?|estimators?|classifiers?|regressors?|predictors?|clf|networks?|net|nets|pretrained"
    r"|finetuned|fine[-_]?tuned|trained|epochs?|yolo\w{0,8}|[a-z]{2,12}net(?:[-v]?\d{1,3})?|vit|clip|xgb(?:oost)?|lgbm?|lightgbm|catboost|rf|svm|svc|randomforest|random[-_]forest|bert|resnet\d*"
    r"|unet|vae|gan|generator|discriminator|cnn|lstm|transformer|best|llm|llama[-\d]*|gpt\d*|logreg|logistic|knn|mlp|detector"
    r"|segmentation|hmm|word2vec|doc2vec|fasttext|stable[-_]diffusion|lora|adapter|snapshots?)(?![a-z])"
)
_ENDS = regex(r"(?:models?|classifier|regressor|pipeline|predictor|estimator)(?:v?\d{1,4})?\.[a-z]")  # DiabetesPipeline.joblib
_STRONG = regex(r"(?<![a-z])(?:models?|checkpoints?|ckpts?|weights?|pretrained|classifiers?|estimators?)(?![a-z])")
_OTHER = regex(
    r"(?<![a-z])(?:data|datasets?|dataframes?|df|corpus|vocab(?:ulary)?|token(?:s|izers?)?|features?|x[-_]?(?:train|test|val)"
    r"|y[-_]?(?:train|test|val)|(?:train|test|val|valid|dev)(?=\.[a-z0-9]+$)|labels?|cache[ds]?|index|indices|mapping|dict|lookup|results?"
    r"|predictions?|preds?|metrics?|history|scalers?|encodings?|stopwords?|ontology|annotations?|genes?|variants?|samples?|splits?"
    r"|fonts?|spm|bpe|spiece|sentencepiece|wordpiece|images?|examples?|reads?|matrix|counts?|cells?|embeddings?|(?:label|onehot|ordinal)[-_]?encoders?)(?![a-z])"
)
_LARGE = frozenset({"archive", "R"})  # formats of which most are anything else: a strong word has to stand in their own name
_CHECKPOINT = regex(r"\.(?:data-\d{5}-of-\d{5})$")
# What lies beside weights
_PART = regex(
    r"(?:optim(?:izer)?s?(?:[-_.]\w{1,40})?|[\w-]{0,60}_optim_states|scheduler|lr_scheduler|rng_state[-\w]{0,20}|random_states_\d+|training_args"
    r"|trainer_state|scaler|grad_scaler|zero_pp_rank_[-\w]{0,60}_optim_states)\.(?:pt|pth|bin|pkl|safetensors|msgpack|npz|json)"
)
# Folders in which test data lie: docs/cards.md and `explain CARD101` list them, and a test holds both together
TEST_FOLDERS = ("test", "tests", "testing", "testdata", "fixture", "fixtures", "mock", "mocks", "unittest", "unittests")
_OF = ("unit", "integration", "e2e", "regression", "functional", "smoke")  # these, with `test` or `tests` behind
_WITH = ("data", "file", "files", "case", "cases", "asset", "assets", "resources", "fixture", "fixtures")  # before these
_TESTS = regex(
    rf"(?:^|/)(?:{'|'.join(TEST_FOLDERS)}|__fixtures__|(?:{'|'.join(_OF)})[-_]tests?|tests?[-_](?:{'|'.join(_WITH)}))(?=/)".encode(),
    re.IGNORECASE,
)


def format_of(name: bytes) -> tuple[str, bool]:
    """Return the format that the name of a file tells, empty for none, and whether that is sure; folders above it give hints."""
    path = name.decode("utf-8", "replace").lower()
    base = path.rpartition("/")[2]
    if _CHECKPOINT.search(base):
        return "TensorFlow checkpoint", True
    for end in (base[base.rfind(".", 0, base.rfind(".")) :], base[base.rfind(".") :]):
        if end in SURE:
            return SURE[end], True
        if end in UNSURE and "." in base[1:]:
            kind = UNSURE[end]
            return (kind, True) if _hinted(path, base, kind) else (kind if kind not in _LARGE else "", False)
    return "", False


def _hinted(path: str, base: str, kind: str) -> bool:
    """Tell whether words tell that a file with a suffix of both data and models is a model."""
    if _ALONE.fullmatch(base) and kind != "archive":
        return True
    words = base.replace("_", "-").removesuffix(".model")  # the suffix of SentencePiece, too
    if kind in _LARGE:
        return bool(_STRONG.search(words)) and not _OTHER.search(words) and not base.endswith((".json", ".txt"))
    if kind == "SavedModel" and re.search(r"(?<![a-z])graph(?:def)?(?![a-z])", words):
        return True
    if kind == "TensorFlow checkpoint":
        return "ckpt" in base
    if _OTHER.search(words):
        return False
    return bool(_MODEL.search(words) or _ENDS.search(words) or _STRONG.search(path.rpartition("/")[0].replace("_", "-")))


def is_part(path: bytes) -> bool:
    """Tell whether a file lies beside weights and is none."""
    return _PART.fullmatch(path.rpartition(b"/")[2].lower().decode("utf-8", "replace")) is not None


def is_fixture(path: bytes) -> bool:
    """Tell whether a file lies where test data lie."""
    return _TESTS.search(path) is not None


def holds_models(folder: bytes) -> bool:
    """Tell whether a folder that is kept elsewhere is one of models, by its name."""
    name = folder.rstrip(b"/").rpartition(b"/")[2].lower().decode("utf-8", "replace")
    return re.fullmatch(r"(?:[\w-]{0,60}[-_])?(?:models?|checkpoints?|ckpts?|weights|pretrained|savedmodel)", name) is not None
