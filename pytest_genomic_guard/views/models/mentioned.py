"""The paths of model files that a card names: as code in its text, or as a value of its front matter."""

from __future__ import annotations

import re
from itertools import islice

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.models.nouns import Mentions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_FILE = (
    rb"(?:[\w.+-]{1,100}/){0,12}[\w.+-]{1,150}\.(?:safetensors|gguf|ggml|onnx|ort|pth?|ckpt|bin|keras|h5|hdf5|pb|tflite|pkl|pickle"
    rb"|joblib|skops|sav|msgpack|ubj|cbm|mlmodel|mlpackage|rds|json|pmml|npz|model)"
)
_CODE = regex(rb"`([^`\n]{1,300})`")
_WORD = regex(rb"(?<![\w./+~-])(?:\./)?(" + _FILE + rb")(?![\w/+-]|\.\w)")  # in code, which may be a command
_VALUE = regex(
    rb"^[ \t]{0,20}(?:-[ \t]{1,4})?(?:[\w-]{1,60}:[ \t]{1,4})?[\"']?(?:\./)?(" + _FILE + rb")[\"']?[ \t\r]*$", re.MULTILINE
)
_FRONT = 32 << 10
_LOOKED = 1 << 20
_SPANS = 4000
_MOST = 200


def told(text: Text) -> Iterator[Mentions]:
    """Yield the model files that a text names, as paths from the top of the repository or as names alone."""
    path, data = text.artifact.path, text.data
    if text.trail or text.begin or text.artifact.kind != "file" or not path.lower().endswith((b".md", b".markdown", b".mdx")):
        return
    codes = islice(_CODE.finditer(data, 0, _LOOKED), _SPANS)
    found = dict.fromkeys(each[1] for code in codes for each in _WORD.finditer(code[1]))
    if data.startswith((b"---", b"\xef\xbb\xbf---")):
        end = data.find(b"\n---", 0, _FRONT)
        found |= dict.fromkeys(each[1] for each in _VALUE.finditer(data, 0, max(0, end)))
    if found:
        yield Mentions(paths=tuple(found)[:_MOST])
