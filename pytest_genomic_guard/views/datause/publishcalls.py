"""Calls in programs that publish a model, by their full names and arguments; the program is parsed, and nothing of it is run."""

from __future__ import annotations

import ast

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.code import constants, python
from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.datause.publishing import BUCKET, HUB, KAGGLE, MLFLOW, MODELSCOPE, PUBLIC, SPACE, WANDB, WEIGHTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.code.names import Use
    from pytest_genomic_guard.views.text import Text

    Found = tuple[int, int, str, tuple[str, ...]]

# What is pushed by the name of the object: data sets and what turns text into numbers are no models
_NO_MODEL = regex(
    r"(?i)(?:^|[._\[\]])(?:\w{0,40}_)?(?:tokenizers?|tok|processor|feature_extractor|image_processor|datasets?|ds|dset|dd|corpus|dataset_?dict"
    r"|(?:train|test|val|eval)_?(?:set|ds|data)|data|config|cfg)(?:\d|\(\)|\[\]|\.\w{1,60}\(\)){0,8}$"
    r"|datasets\.(?:load_dataset|Dataset|DatasetDict|concatenate_datasets)|(?:Auto|Fast)?(?:Tokenizer|Processor|FeatureExtractor)\w*\."
)
_DATA = regex(rb"(?i)(?:^|/)data(?:set)?s?/")
_UPLOADS = {"upload_file": "repo_id", "upload_folder": "repo_id", "upload_large_folder": "repo_id", "create_commit": "repo_id"}
_PUSHES = {
    "push_to_hub",
    "push_to_hub_keras",
    "push_to_hub_fastai",
    "push_to_hub_merged",
    "push_to_hub_gguf",
    "push_to_huggingface_hub",
}
_BUCKETS = {"upload_file", "upload_fileobj", "put_object"}
_WRAPS = regex(r"(?i)push|upload|publish|_hub|hub_|share|save_pretrained")
_SMALL = regex(
    r"(?i)(?:^|/)(?:README|LICENSE|\.gitattributes|config)[^/]*$|\.(?:md|json|txt|ya?ml|csv|tsv|parquet|jsonl|png|html|py)$"
)


def found(text: Text, rules: frozenset[str]) -> Iterator[Found]:
    """Yield the calls of a text that publish: from where to where, to what, and what they name."""
    offhand = _DATA.search(text.artifact.path) is not None
    for view in python.within(text, rules):
        if isinstance(view, python.Python):
            for use in program(view).uses:
                told = _told(use) if use.called and not (offhand and _bare(use)) else None
                if told:
                    start = view.offset(use.source, use.node)
                    yield start, start + 1, *told


def _bare(use: Use) -> bool:
    """Tell whether a function of the project's own is called, which among data sets pushes data."""
    return "." not in use.name.lstrip(".") and use.name.endswith("push_to_hub") and not _named(use, "repo_id", at=0)


def _told(use: Use) -> tuple[str, tuple[str, ...]] | None:
    """Return where a call publishes, and what it names; None for one that does not."""
    last = use.name.rpartition(".")[2]
    if last in _PUSHES:
        return _pushed(use)
    if last in _UPLOADS and _hub(use):
        return _uploaded(use, last)
    if last in _BUCKETS and _opened(use):
        return _sent(use)
    if constants.true(use.argument("push_to_hub"), use.scope):
        return HUB, _named(use, "hub_model_id", "repo_id")
    return _registered(use, last) or _logged(use, last)


def _pushed(use: Use) -> tuple[str, tuple[str, ...]] | None:
    owner = use.name.rpartition(".")[0]
    if _NO_MODEL.search(owner) or _kind(use) in {"dataset", "space"}:
        return None
    names = _named(use, "repo_id", "repo_name", "repo_path_or_name", at=1 if use.name.endswith(("keras", "fastai")) else 0)
    return None if _wrapped(use, names) or owner.startswith("super()") else (HUB, names)


def _uploaded(use: Use, last: str) -> tuple[str, tuple[str, ...]] | None:
    if _kind(use) == "dataset":
        return None
    what = [*_texts(use, "path_or_fileobj"), *_texts(use, "path_in_repo")] if last == "upload_file" else []
    if what and all(_SMALL.search(each) for each in what):
        return None  # the card alone, or a table of results
    names = _named(use, _UPLOADS[last])
    sent = (*_texts(use, "folder_path"), *_texts(use, "path_or_fileobj"))
    if _wrapped(use, names):
        return None
    return (SPACE, tuple(each for each in sent if each not in {".", "./"})) if _kind(use) == "space" else (HUB, (*names, *sent))


def _opened(use: Use) -> bool:
    """Tell whether what a client of a bucket sends may be read by everybody."""
    lists = [use.argument("ACL")]
    extra = use.argument("ExtraArgs", 3)
    if isinstance(extra, ast.Dict):
        pairs = zip(extra.keys, extra.values, strict=True)
        lists += [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "ACL"]
    values = (value for node in lists if node is not None for value in constants.values(node, use.scope))
    return any(isinstance(value, str) and PUBLIC.match(value.encode("utf-8", "replace")) for value in values)


def _sent(use: Use) -> tuple[str, tuple[str, ...]] | None:
    """Return the models that go to a bucket; None where what it sends is none, or nothing tells."""
    given = (*_texts(use, "Filename", at=0), *_texts(use, "Key", at=2))
    names = tuple(dict.fromkeys(each for each in given if WEIGHTS.search(each.encode("utf-8", "replace"))))
    return (BUCKET, names) if names else None


def _hub(use: Use) -> bool:
    """Tell whether an upload goes to the Hub: storage clients have methods of the same names."""
    return use.argument("repo_id") is not None or "huggingface" in use.name or "HfApi" in use.name


def _registered(use: Use, last: str) -> tuple[str, tuple[str, ...]] | None:
    if last == "register_model" and ("mlflow" in use.name or "Mlflow" in use.name):
        return MLFLOW, _named(use, "name", at=1)
    if last == "create_model_version" and ("mlflow" in use.name.lower() or use.argument("source") is not None):
        return MLFLOW, _named(use, "name", at=0)
    if last in {"log_model", "save_model", "autolog"} and _given(use, "registered_model_name"):
        return MLFLOW, _named(use, "registered_model_name")
    return None


def _given(use: Use, name: str) -> bool:
    """Tell whether an argument is given, and is not None."""
    node = use.argument(name)
    return node is not None and any(value is not None for value in constants.values(node, use.scope))


def _logged(use: Use, last: str) -> tuple[str, tuple[str, ...]] | None:
    if last == "Artifact" and "wandb" in use.name and "model" in _texts(use, "type", at=1):
        return WANDB, _named(use, "name", at=0)
    if last == "log_artifact" and "model" in _texts(use, "type") and ("wandb" in use.name or use.argument("name") is not None):
        return WANDB, _named(use, "name")
    if last in {"log_model", "link_model"} and "wandb" in use.name:
        return WANDB, _named(use, "name", "registered_model_name")
    if last == "model_upload" and "kagglehub" in use.name:
        return KAGGLE, _named(use, "handle", at=0)
    if last == "push_model" and ("modelscope" in use.name or use.argument("model_id") is not None):
        return MODELSCOPE, _named(use, "model_id", at=0)
    return None


def _wrapped(use: Use, names: tuple[str, ...]) -> bool:
    """Tell whether it is only offered: by a function that is called so, and passes on what it is given."""
    around = use.key
    return not names and bool(_WRAPS.search(around.rpartition(".")[2]))


def _kind(use: Use) -> str:
    return next(iter(_texts(use, "repo_type")), "")


def _named(use: Use, *keys: str, at: int = -1) -> tuple[str, ...]:
    """Return what an argument says literally, of the first of these that does."""
    for key in keys:
        names = _texts(use, key)
        if names:
            return names
    return tuple(_texts(use, "", at=at)) if at >= 0 else ()


def _texts(use: Use, key: str, at: int = -1) -> tuple[str, ...]:
    node = use.argument(key, at)
    values = constants.values(node, use.scope) if node is not None else []
    return tuple(dict.fromkeys(value[:200] for value in values if isinstance(value, str) and value))[:20]
