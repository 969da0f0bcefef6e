"""Models that are texts, and texts beside weights that say what these are: called where `first.tells` says so.

Hugging Face `config.json`, `adapter_config.json` (huggingface/peft), `model_index.json` (huggingface/diffusers); MLflow `MLmodel`;
MONAI bundles (`configs/metadata.json`); `Manifest.json` of a Core ML package; LightGBM, XGBoost, CatBoost, PMML, OpenVINO.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.models import hints, named, pointed
from pytest_genomic_guard.views.models.first import tells
from pytest_genomic_guard.views.models.headed import identity
from pytest_genomic_guard.views.models.nouns import Model, ModelConfig, Stages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.model import Fact
    from pytest_genomic_guard.views.text import Text

_LONGEST = 1 << 20  # bytes of a configuration
_FLAVOUR = regex(rb"^  ([a-z_]{2,30}):[ \t\r]*$", re.MULTILINE)
_FRAMEWORKS = {
    "sklearn": "scikit-learn",
    "pytorch": "PyTorch",
    "xgboost": "XGBoost",
    "lightgbm": "LightGBM",
    "tensorflow": "TensorFlow",
}
_CLASS = regex(r"[A-Z]\w{1,80}")
_KEY = regex(rb"([ ]{0,80})['\"]?([^\s'\"#:-][^'\"\r\n:]{0,200})['\"]?:(?:[ ]{1,8}([^\r\n#]{0,400}))?")


def told(text: Text) -> Iterator[Fact]:
    """Yield the model or the configuration that a text is."""
    path, data = text.artifact.path, text.data
    if text.trail or text.begin or text.artifact.kind != "file" or not tells(path, data):
        return
    low = path.lower()
    name = low.rpartition(b"/")[2]
    at = text.locate(0)
    if name == b"mlmodel":
        yield from _mlflow(at, data)
    elif b"modelfile" in name:
        from pytest_genomic_guard.views.models import deployed  # noqa: PLC0415 - for few files

        yield from deployed.of_modelfile(text)
    elif name == b"dvc.yaml":
        yield from _stages(data)
    elif name.startswith(b"large_file"):
        yield from _listed(text)
    elif name == b"manifest.json":
        if low.rpartition(b"/")[0].endswith(b".mlpackage"):
            yield _model(text, at, "CoreML", "Core ML", via="folder")
    elif name in {b"config.json", b"adapter_config.json", b"model_index.json", b"metadata.json"}:
        yield from _config(name.decode(), at, data, bundle=low.endswith(b"configs/metadata.json"))
    elif data.startswith(b"tree"):
        yield _model(text, at, "LightGBM", "LightGBM")
    elif data[:1] == b"{":
        kind = "XGBoost" if _is_xgboost(text) else "CatBoost" if b'"oblivious_trees"' in data else ""
        yield from (_model(text, at, kind, kind),) if kind else ()
    elif b"<PMML" in data[:2000]:
        yield _model(text, at, "PMML", "PMML")
    elif re.search(rb'<net [^>]{0,300}version="\d', data[:600]) and b"<layers>" in data[:1200]:
        yield _model(text, at, "OpenVINO", "OpenVINO")


def _model(text: Text, at: Location, form: str, framework: str, via: Any = "content") -> Model:
    path = text.artifact.path
    return Model(
        at=Location(path=at.path, trail=at.trail),
        format=form,
        via=via,
        framework=framework,
        size=text.artifact.size if via == "content" else None,
        digest=(text.artifact.blob or "") if via == "content" else "",
        fixture=named.is_fixture(path),
    )


def _is_xgboost(text: Text) -> bool:
    """Tell whether JSON is a model of XGBoost (dmlc/xgboost, `doc/model.schema`): a learner with its booster, and a version."""
    data = text.data
    if b'"learner"' not in data[:40]:
        return False
    if text.whole:
        return b'"gradient_booster"' in data and b'"version"' in data
    return b'"gradient_booster"' in data or b'"feature_names"' in data[:400]  # which can be longer than what is held at once


def _listed(text: Text) -> Iterator[Model]:
    """Yield the models that a bundle of MONAI keeps elsewhere: `large_files.yml` names each by its path and an address."""
    path = text.artifact.path
    if b"template" in path.lower():  # of a bundle: nothing is there yet
        return
    for found in re.finditer(
        rb"^[ \t]{0,60}(?:-[ \t]{0,8})?path:[ \t]{0,8}[\"']?([\w./-]{1,200})", text.data[:_LONGEST], re.MULTILINE
    ):
        kind, sure = named.format_of(found[1])
        if kind and sure:
            where = pointed.place(path, found[1])
            fixture = named.is_fixture(path) or named.is_fixture(where)
            yield Model(at=text.locate(found.start()), format=kind, via="pointer", fixture=fixture, place=where)


def _stages(data: bytes) -> Iterator[Stages]:
    """Yield the folders in which stages of DVC work, by the lines of what DVC and people write: two steps below `stages`."""
    found: dict[str, bytes] = {}
    stage, depth, inside = "", -1, False
    for line in data[:_LONGEST].split(b"\n"):
        each = _KEY.match(line)
        if each is None:
            continue
        at, key, value = len(each[1]), each[2], (each[3] or b"").strip().strip(b"'\"")
        if at == 0:
            inside, depth = key == b"stages", -1
        elif inside and (depth < 0 or at <= depth):
            stage, depth = key.decode("utf-8", "replace"), at
        elif inside and key == b"wdir" and value and b"${" not in value:
            found[stage] = value
    if found:
        yield Stages(wdirs=tuple(found.items()))


def _mlflow(at: Location, data: bytes) -> Iterator[Fact]:
    """Yield the model of MLflow whose folder a file `MLmodel` describes."""
    if b"\nflavors:" not in b"\n" + data or not re.search(
        rb"^(?:model_uuid|artifact_path|run_id|mlflow_version|utc_time)", data, re.MULTILINE
    ):
        return
    flavours = [found[1].decode() for found in _FLAVOUR.finditer(data[:_LONGEST])]
    flavour = next((each for each in flavours if each != "python_function"), "")
    yield ModelConfig(at=at, form="MLflow", kind=flavour)
    yield Model(
        at=Location(path=at.path),
        format="MLflow",
        via="folder",
        framework=_FRAMEWORKS.get(flavour, ""),
        fixture=named.is_fixture(at.path),
    )


def _config(name: str, at: Location, data: bytes, *, bundle: bool) -> Iterator[ModelConfig]:
    """Yield what a configuration says of the weights beside it."""
    found = _json(data)
    if name == "metadata.json":
        if bundle and found.keys() & {"monai_version", "network_data_format", "intended_use"}:
            words = " ".join(str(found.get(key) or "")[:400] for key in ("name", "task", "description"))
            yield ModelConfig(at=at, form="MONAI", generative=hints.of_class(words))
    elif name == "adapter_config.json":
        base = found.get("base_model_name_or_path")
        if found.keys() & {"base_model_name_or_path", "peft_type"}:
            kind = found.get("peft_type")
            task = str(found.get("task_type") or "")
            hint = hints.CAUSAL if task == "CAUSAL_LM" else hints.TEXTS if task == "SEQ_2_SEQ_LM" else ""
            kind = kind if isinstance(kind, str) and _CLASS.fullmatch(kind) else ""
            yield ModelConfig(at=at, form="adapter", kind=kind, generative=hint, adapter=True, base=_id(base))
    elif name == "model_index.json":
        if isinstance(found.get("_class_name"), str):
            kind = _named(found["_class_name"])
            yield ModelConfig(
                at=at, form="diffusers", kind=kind, generative=hints.DIFFUSION if "scheduler" in found else hints.of_class(kind)
            )
    elif name == "config.json":
        classes = found.get("architectures") or found.get("_class_name")
        first = classes[0] if isinstance(classes, list) and classes else classes
        if isinstance(first, str) or (isinstance(found.get("model_type"), str) and "transformers_version" in found):
            kind = _named(first) if isinstance(first, str) else ""
            yield ModelConfig(
                at=at, form="transformers", kind=kind, generative=hints.of_class(kind), base=_id(found.get("_name_or_path"))
            )


def _json(data: bytes) -> dict[str, Any]:
    import json  # noqa: PLC0415 - for few files

    try:
        found = json.loads(data) if len(data) <= _LONGEST else {}
    except (ValueError, RecursionError):
        found = {}
    return found if isinstance(found, dict) else {}


def _id(value: object) -> str:
    return identity(value) if isinstance(value, str) else ""


def _named(value: str) -> str:
    return value if _CLASS.fullmatch(value) else ""
