"""Which texts can be models, or say something of one: by name and first bytes alone, for every text of a run."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

_CONFIGS = frozenset({b"config.json", b"adapter_config.json", b"model_index.json", b"mlmodel", b"metadata.json", b"manifest.json"})
_STAGES = b"dvc.yaml"  # which says in which folder a stage works
_LISTS = frozenset({b"large_files.yml", b"large_files.yaml", b"large_file.yml"})  # what a bundle of MONAI downloads
# Of the names that `mentioned` reads, a part of each
_ENDS = regex(
    rb"\.(?:safetensors|gg|onnx|ort|p(?:t|b|kl|ickle|mml)|ckpt|bin|keras|h(?:5|df5)|tflite|joblib|s(?:kops|av)|m(?:sgpack|l|odel)|ubj|cbm"
    rb"|rds|json|npz)"
)


def tells(path: bytes, data: bytes) -> bool:
    """Tell whether a text can be a model, or what says something of one: nothing is imported for the others."""
    if data.startswith((b"tree\nversion=", b"tree\r\nversion=")):
        return True
    name = path[path.rfind(b"/") + 1 :].lower()
    if name in _CONFIGS or name in _LISTS or name.startswith(b"modelfile") or name.endswith(b".modelfile"):
        return True
    if name == _STAGES:
        return b"wdir:" in data
    if data[:1] == b"{":
        return b'"learner"' in data[:40] or b'"features_info"' in data[:80] or b'"oblivious_trees"' in data[:80]
    return name.endswith((b".xml", b".pmml")) and (b"<net " in data[:600] or b"<PMML" in data[:2000])


def configures(path: bytes) -> bool:
    """Tell whether a file can say of weights beside it that they are a model, or where they lie, by its name."""
    name = path[path.rfind(b"/") + 1 :].lower()
    return name in _CONFIGS or name == _STAGES


def mentions(data: bytes) -> bool:
    """Tell whether a text can name a file of a model, as code or in its front matter: what is asked before its names are read."""
    return (b"`" in data or data[:6].lstrip(b"\xef\xbb\xbf").startswith(b"---")) and _ENDS.search(data) is not None
