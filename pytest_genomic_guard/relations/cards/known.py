"""The models of a run with the places where they lie, and what of them is one model."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.relations.cards.names import EXPORT, exported, folder, stem
from pytest_genomic_guard.views.models.named import is_fixture
from pytest_genomic_guard.views.models.nouns import Model, Perhaps, Stages
from pytest_genomic_guard.views.models.pointed import place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.views.models.nouns import ModelConfig

# Names of weights that tell no model: all of a folder are one
_GENERIC = regex(
    rb"(?:pytorch_model|tf_model|flax_model|diffusion_pytorch_model|adapter_model|rust_model|model|consolidated|saved_model|variables"
    rb"|optimizer|checkpoint|weights)(?:[-_.]\d{1,6}(?:-of-\d{1,6})?|[-_.](?:q[48]|" + EXPORT + rb")|\.ema)*(?:\.\w{1,16}){1,3}$"
)
_CHECKPOINT = regex(rb"(?:^|/)(?:checkpoint|epoch|step|global_step|version|fold|run|seed)[-_]?\d{1,9}$")
_INSIDE = regex(rb"(?:^|/)(?:variables|[^/]{1,200}\.mlpackage/Data(?:/.{1,200})?)$")
_PIECE = regex(  # the folders of a pipeline of diffusers
    rb"unet|vae|text_encoder(?:_\d)?|transformer|safety_checker|image_encoder|prior|controlnet|vqvae|decoder|feature_extractor|tokenizer"
)
_SUB = regex(rb"(?:/(?:onnx|openvino|original|coreml|tf|flax|checkpoint-\d{1,9}|\d_\w{1,30}))?")  # of the folder of a transformer


def known(facts: Facts, configs: Mapping[bytes, ModelConfig]) -> list[tuple[bytes, Model]]:
    """Return the models with the places where they lie: those too that a configuration beside them shows to be some.

    States of optimisers are none. Of one place what has the content comes before a pointer, in path order.
    """
    sure, more = placed(facts)
    found = [*sure, *((at, model) for at, model in more if folder(at) in configs)]
    return sorted((item for item in found if not item[1].part), key=_order)


def placed(facts: Facts) -> tuple[list[tuple[bytes, Model]], list[tuple[bytes, Model]]]:
    """Return all models with the places where they lie, and what may be some."""
    wdirs = {folder(path): dict(each.wdirs) for path, each in facts.of(Stages)}
    sure = [_placed(path, model, wdirs) for path, model in facts.of(Model)]
    return sure, [_placed(path, each.model, wdirs) for path, each in facts.of(Perhaps)]


def _order(item: tuple[bytes, Model]) -> tuple[bytes, bool, int, bytes]:
    at, model = item
    return at, model.via == "pointer", len(model.at.trail), model.at.path


def _placed(path: bytes, model: Model, wdirs: Mapping[bytes, Mapping[str, bytes]]) -> tuple[bytes, Model]:
    """Return where a model lies: what a stage of DVC makes, from the folder on in which the stage works."""
    stages = wdirs.get(folder(path)) if model.stage else None
    wdir = stages.get(model.stage) or stages.get(model.stage.partition("@")[0]) if stages else None
    if not wdir:
        return model.place or path, model
    at = place(path, model.out, wdir)
    return at, model.replace(fixture=is_fixture(path) or is_fixture(at))


def merged(one: Model, other: Model) -> Model:
    """Return what two files of one model say together, or one file at two depths."""
    more = {
        name: getattr(one, name) or getattr(other, name)
        for name in ("framework", "kind", "parameters", "tensors", "generative", "base", "name", "licence", "datasets")
    }
    apart = one.at.path != other.at.path and not (exported(one.at.path) or exported(other.at.path))
    if apart and one.parameters and other.parameters and one.format == other.format:
        more["parameters"] = one.parameters + other.parameters  # its shards
        more["tensors"] = one.tensors + other.tensors
    return one.replace(adapter=one.adapter or other.adapter, **more)


def whole(path: bytes, deep: Collection[bytes], homes: Collection[bytes]) -> tuple[bytes, bytes]:
    """Return what the files of one model have in common: a folder, and a name where several models lie in it.

    `homes` are folders with a configuration that says that what lies there is one model; in `deep`, below them too.
    """
    at = folder(path)
    home = at
    while home and not (home in deep or (home in homes and _SUB.fullmatch(at[len(home) :]))):
        home = folder(home)
    if home in homes and (home or _SUB.fullmatch(b"/" + at if at else b"")):
        if _PIECE.fullmatch(home.rpartition(b"/")[2]) and folder(home) in homes:
            home = folder(home)
        return _CHECKPOINT.sub(b"", home), b""
    at = _CHECKPOINT.sub(b"", _INSIDE.sub(b"", at))
    return at, b"" if _GENERIC.match(path.rpartition(b"/")[2].lower()) else stem(path)
