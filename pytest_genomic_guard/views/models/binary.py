"""Models in binary formats of their own: ONNX, Keras, SavedModel, TFLite, Core ML, XGBoost, CatBoost, flax, fastText, R."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location, View
from pytest_genomic_guard.views.bounds import HEAD
from pytest_genomic_guard.views.models import hints, named
from pytest_genomic_guard.views.models.nouns import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Fact
    from pytest_genomic_guard.views.decode import Part
    from pytest_genomic_guard.views.streams import Peek

_LOOKED = 1 << 20  # bytes of HDF5 in which the attributes of its top stand
_WHOLE = 8 << 20  # bytes of an object of R up to which its end is looked at
_KERAS = regex(rb"model_config|model_weights|keras_version|layer_names|training_config")
_DATA = regex(rb"encoding-type|encoding-version|_NCProperties|MATLAB|matrix/barcodes|row_attrs|col_attrs")
_CLASS = regex(rb'"class_name"\s?:\s?"([A-Z]\w{1,60})"')
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"TFL3", "TFLite"),
    (4, b"ORTM", "ONNX"),
    (0, b"CBM1", "CatBoost"),
    (0, b"binf", "XGBoost"),
    (0, b"\x81\xa6params", "flax"),
    (0, b"\xba\x16O/\x0c\0\0\0", "fastText"),
    (0, b"lmgg", "GGML"),
    (0, b"tjgg", "GGML"),
    (0, b"fmgg", "GGML"),
    (0, b"\x12\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "MXNet"),
)
_FRAMEWORKS = {
    **dict.fromkeys(("TFLite", "SavedModel", "TensorFlow checkpoint", "frozen graph"), "TensorFlow"),
    "GGML": "llama.cpp",
    "ONNX": "ONNX",
    "CoreML": "Core ML",
}
# fitted models of R by their class: of stats, randomForest, glmnet, e1071, ranger, xgboost, gbm, rpart, survival, caret and more
_OF_R = """randomForest glm lm glmnet cv.glmnet svm ranger xgb.Booster gbm rpart coxph survreg train gam merMod lmerMod
    glmerMod nnet multinom ksvm naiveBayes elnet lognet coxnet bart wbart rfsrc cforest knn3 lda qda workflow
    model_fit _workflow earth polr negbin C5.0 keras.engine.training.Model H2OModel lgb.Booster penalized aalen
    flexsurvreg mlr3 WrappedModel Learner GraphLearner"""
_OBJECT = regex(rb"\0\x04\0\x09\0\0\0(?s:.)([\w.]{2,40})")
_GRAPH = regex(rb"(?:Placeholder|Const|NoOp|VariableV2|VarHandleOp|Identity|PlaceholderWithDefault|Variable|ParseExample|Range)\b")


class Sighted(View):
    """A model, as its format tells."""

    model: Model

    def facts(self) -> Iterator[Fact]:
        """Yield it."""
        yield self.model


def seen(name: str, part: Part, stream: Peek, head: bytes) -> Iterator[Sighted]:
    """Yield the model that binary content is; `name` is the format by its first bytes. Takes nothing from the stream."""
    kind = ""
    if name == "HDF5":
        found = _keras(part.name, stream.peek(_LOOKED)[:_LOOKED])
        kind = "Keras" if found is not None else ""
        name = found or ""
    elif name == "RDS":
        name = _of_r(stream)
        kind = "R" if name else ""
    else:
        kind, name = _unmarked(part.name, head), ""
    if not kind:
        return
    path = part.artifact.path
    model = Model(
        at=Location(path=path, trail=part.trail),
        format=kind,
        via="folder" if kind == "SavedModel" else "content",
        framework=_FRAMEWORKS.get(kind, kind),
        kind=name,
        size=part.artifact.size,
        generative=hints.of_class(name) if name else "",
        fixture=named.is_fixture(path),
        part=named.is_part(path),
        digest=part.artifact.blob or "",
    )
    yield Sighted(artifact=part.artifact, trail=part.trail, model=model)


def _unmarked(path: bytes, head: bytes) -> str:
    """Return the format of content whose first bytes no list of formats has."""
    for at, magic, kind in _MARKS:
        if head.startswith(magic, at):
            return kind
    base = path[path.rfind(b"/") + 1 :].lower()
    if head.startswith(b"{L") and b"learner" in head[:64]:  # UBJSON, keys in order; names of features can fill all of it
        return "XGBoost" if b"gradient_booster" in head or (len(head) >= HEAD and b"feature_names" in head[:400]) else ""
    if head[:1] == b"\x08" and 0 < head[1] < 32:
        return _protobuf(base, head)
    if head[:1] == b"\x0a" and base.endswith((b".pb", b".caffemodel")):
        return "Caffe" if base.endswith(b"l") else "frozen graph" if _is_graph(head) else ""
    if base.endswith(b".msgpack") and b"flax" in base and head[:1] >= b"\x80":
        return "flax"
    return "TensorFlow checkpoint" if re.search(rb"\.data-\d{5}-of-\d{5}$", base) else ""


def _protobuf(base: bytes, head: bytes) -> str:
    """Tell ONNX, SavedModel and Core ML apart: all begin with the number of a version."""
    if base.startswith(b"saved_model.pb") and head[2:3] == b"\x12":
        return "SavedModel"
    if base.endswith(b".mlmodel") and head[2:3] == b"\x12":
        return "CoreML"
    return "ONNX" if _is_onnx(head) else ""


def _is_onnx(head: bytes) -> bool:
    """Tell whether data is a `ModelProto` (onnx/onnx, onnx.proto): fields in rising order up to the graph."""
    at, last = 2, 1
    while at + 2 < len(head):
        field, wire = head[at] >> 3, head[at] & 7
        if field < last or field > 26 or wire != (0 if field == 5 else 2):
            return False
        size, after = _varint(head, at + 1)
        if after == 0:
            return False
        if field == 7:
            return head[after : after + 1] in {b"\x0a", b"\x12", b"\x2a", b"\x5a"} and size > 4
        if field in {2, 3, 4} and not _printable(head[after : after + size]):
            return False
        at, last = after + (0 if wire == 0 else size), field
    return False


def _is_graph(head: bytes) -> bool:
    """Tell whether data is a `GraphDef` of TensorFlow: its first node has a name and the name of an operation."""
    size, at = _varint(head, 1)
    if not at or size < 6 or head[at : at + 1] != b"\x0a":
        return False
    length, after = _varint(head, at + 1)
    behind = after + length
    return bool(after) and head[behind : behind + 1] == b"\x12" and _GRAPH.match(head, behind + 2) is not None


def _printable(data: bytes) -> bool:
    return all(32 <= byte < 127 or byte in {9, 10, 13} for byte in data[:64])


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number and where the next field begins, 0 for none."""
    value = 0
    for step, byte in enumerate(data[at : at + 5]):
        value |= (byte & 127) << 7 * step
        if byte < 128:
            return value, at + step + 1
    return 0, 0


def _keras(path: bytes, data: bytes) -> str | None:
    """Return the class of a Keras model in HDF5, empty where it is not told; None of data."""
    base = path[path.rfind(b"/") + 1 :].lower()
    if base.endswith((b".h5ad", b".loom", b".mat", b".nc", b".nc4", b".h5mu", b".cool", b".mcool")) or _DATA.search(data):
        return None
    layered = b"_layer_checkpoint_dependencies" in data or (base.endswith(b".weights.h5") and b"layers" in data and b"vars" in data)
    if not layered and not _KERAS.search(data):
        return None
    found = _CLASS.search(data)
    return found[1].decode() if found else ""


def _of_r(stream: Peek) -> str:
    """Return the class of an object of R that is a fitted model: it is the last attribute, at the end."""
    data = stream.peek(_WHOLE + 1)
    if len(data) > _WHOLE or not stream.ended or not data.endswith(b"\0\0\0\xfe"):
        return ""
    known = frozenset(_OF_R.split())
    names = [found[1].decode() for found in _OBJECT.finditer(data, max(0, len(data) - 200))]
    return next((name for name in names[-4:] if name in known), "")
