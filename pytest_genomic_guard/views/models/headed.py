"""What the headers of safetensors and GGUF say of the model: parameters, its name, licence, base and data sets.

GGUF: ggml-org/ggml `docs/gguf.md`, "General metadata". safetensors: `__metadata__` is free; training programs write licence, base
model and title into it (Stability-AI/ModelSpec, `modelspec.*`; kohya-ss/sd-scripts, `ss_*`).
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.models import hints, named
from pytest_genomic_guard.views.models.nouns import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.views.weights.headers import ModelHeader

_BLANKS = 5  # in the name of a model, such as "Llama 3.1 8B Instruct"
_ID = regex(r"[A-Za-z0-9][\w.+-]{0,95}(?:/[\w.+-]{1,96}){0,2}")
_HUB = regex(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/)?")
_NOTHING = frozenset({"its header is no JSON", "its header is longer than 100 MB", "its version is unknown"})


def told(header: ModelHeader) -> Iterator[Model]:
    """Yield the model that a header is of; one of a vocabulary alone is none."""
    path = header.artifact.path
    if _NOTHING.intersection(header.faults) or (header.format == "GGUF" and not header.tensors):
        return
    said = dict(header.said)
    values = _gguf(said) if header.format == "GGUF" else _safetensors(said, header.names)
    whole = header.tensors and len(header.names)
    yield Model(
        at=Location(path=path, trail=header.trail),
        format=header.format,
        parameters=header.parameters if whole else None,
        tensors=header.tensors,
        size=header.artifact.size,
        fixture=named.is_fixture(path),
        part=named.is_part(path),
        digest=header.artifact.blob or "",
        **values,
    )


def identity(value: str) -> str:
    """Return a public name as it is written, without the address of the Hub; empty for free text and what may be of a person."""
    value = _HUB.sub("", value.strip().rstrip("/"))
    return value if _ID.fullmatch(value) and showable(value) else ""


def showable(name: str) -> bool:
    """Tell whether an id may stand in a message: each of its parts is like the name of a package."""
    from pytest_genomic_guard.views.licences.showing import shown  # noqa: PLC0415 - for artifacts that say something

    return all(shown(part) == part for part in name.split("/"))


def licence(value: str) -> str:
    """Return a licence that an artifact declares, canonical; empty where it is none that is known."""
    from pytest_genomic_guard.views.licences.cards import read  # noqa: PLC0415 - for weights with a licence only

    given = read(value.strip()[:200], 1).listed if value.strip() else None
    return (given.expression or given.id) if given else ""


def _title(value: str) -> str:
    """Return a name as an id; empty for a sentence, in which a person may be named."""
    return identity(value.strip().replace(" ", "-")) if value.strip().count(" ") <= _BLANKS else ""


def _gguf(said: dict[str, str]) -> dict[str, Any]:
    bases = [_source(said, f"general.base_model.{number}") for number in range(8)]
    data = [_source(said, f"general.dataset.{number}") for number in range(16)]
    architecture = said.get("general.architecture", "")
    return {
        "framework": "llama.cpp",
        "kind": identity(architecture),
        "generative": hints.of_gguf(architecture),
        "adapter": said.get("general.type", "") == "adapter",
        "base": next(filter(None, bases), ""),
        "name": _title(said.get("general.name", "")),
        "licence": licence(said.get("general.license", "")),
        "datasets": tuple(dict.fromkeys(filter(None, data))),
    }


def _source(said: dict[str, str], key: str) -> str:
    """Return the id of a base model or data set of GGUF."""
    address = identity(said.get(f"{key}.repo_url", ""))
    name, owner = (_title(said.get(f"{key}.{part}", "")) for part in ("name", "organization"))
    return address or identity(f"{owner}/{name}" if owner and name else name)


def _safetensors(said: dict[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    def first(*keys: str) -> str:
        return next((said[key] for key in keys if said.get(key)), "")

    lora = any(".lora_A." in each or ".lora_up." in each or ".lora_B." in each or "lora_down" in each for each in names[:400])
    architecture = first("modelspec.architecture", "ss_base_model_version")
    framework = {"pt": "PyTorch", "tf": "TensorFlow", "flax": "flax", "np": "NumPy", "mlx": "MLX"}.get(said.get("format", ""), "")
    tensors = "\n".join(names).encode("utf-8", "replace")
    return {
        "framework": framework,
        "kind": identity(architecture),
        "generative": hints.of_tensors(tensors) or (hints.DIFFUSION if "diffusion" in architecture.lower() else ""),
        "adapter": lora,
        "base": identity(first("base_model", "modelspec.base_model", "ss_sd_model_name", "base_model_name_or_path")),
        "name": _title(first("name", "model_name", "modelspec.title")),
        "licence": licence(first("license", "licence", "modelspec.license")),
        "datasets": tuple(filter(None, map(identity, re.split(r"[,;\s]+", first("datasets", "dataset"))[:16]))),
    }
