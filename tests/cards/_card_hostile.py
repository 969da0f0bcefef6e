"""Files that were made to hurt whoever reads cards, models and data use; in each an invented value that may stand in no output."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Made = Callable[[str], bytes]

MB = 1 << 20
XML = '<?xml version="1.0"?>\n'
CARD = "# Model card\n\n## Intended use\n\n{canary}\n\n"
FRONT = "---\nlicense: mit\npipeline_tag: text-classification\nlibrary_name: {canary}\n"
LONG = ("[", "*", "|", "#", "<", "-", "_", "`", "(", "{", '"', "!", ">", "=", "~", "0", "A", "a ", "A. ", "[a](", "<a ", "<!--")


def _words(text: str) -> Made:
    """Return a maker of a text in which the value stands."""
    return lambda canary: text.replace("{canary}", canary).encode()


def _aliases(head: str, tail: str) -> Made:
    """Return YAML in which a list holds ten times the one before it, and so on."""
    levels = [
        f"a0: &a0 [{', '.join(['{canary}'] * 10)}]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 14)),
    ]
    return _words(head + "\n".join(levels) + tail)


def _entities(canary: str) -> bytes:
    """Return the billion laughs."""
    levels = [f'<!ENTITY e0 "{canary}">', *(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 14))]
    return f"{XML}<!DOCTYPE c [{''.join(levels)}]><AppliedModelCard><Summary>&e13;</Summary></AppliedModelCard>".encode()


def _bomb_in_keras(canary: str) -> bytes:
    """Return an archive called as a Keras model whose member grows a thousand times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", json.dumps({"class_name": canary}))
        archive.writestr("metadata.json", bytes(80 * MB))
        archive.writestr("model.weights.h5", b"\x89HDF\r\n\x1a\n" + bytes(64))
    return out.getvalue()


def _cut(canary: str) -> bytes:
    """Return the first half of an archive."""
    data = _bomb_in_keras(canary)
    return data[: len(data) // 2]


def _gguf(canary: str, tensors: int, keys: int) -> bytes:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    said = text("general.description") + struct.pack("<I", 8) + text(canary)
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, keys) + said + text("general.name") + struct.pack("<IQ", 8, 1 << 63)


def _safetensors(canary: str, claimed: int, head: str) -> bytes:
    return struct.pack("<Q", claimed) + head.replace("{canary}", canary).encode()


GAPS: dict[str, Made] = {
    "entities/model_card.xml": _entities,
    "external/model_card.xml": _words(
        f'{XML}<!DOCTYPE c [<!ENTITY e SYSTEM "file:///etc/{{canary}}">]><AppliedModelCard>&e;</AppliedModelCard>'
    ),
    "document-type/model_card.xml": _words(f'{XML}<!DOCTYPE c SYSTEM "{{canary}}.dtd"><AppliedModelCard/>'),
    "deep-xml/model_card.xml": _words(f"{XML}<AppliedModelCard>{'<{canary}>' * 5000}"),
    "wide-xml/model_card.xml": _words(f"{XML}<AppliedModelCard>{'<a/>' * 150_000}<Summary>{{canary}}</Summary></AppliedModelCard>"),
    "deep/model_card.json": _words('{"model_details": "{canary}", "a": ' + "[" * 100_000),
    "deep-tables/model_card.json": _words('{"model_details": ' + '{"{canary}":' * 100_000),
    "cut/model_card.json": _words('{"model_details": {"name": "{canary}'),
    "large/bom.json": _words(
        '{"bomFormat": "CycloneDX", "components": [{"modelCard": {"a": "{canary}"}}], "x": "' + "a" * 5 * MB + '"}'
    ),
    "many/model_card.json": _words('{"model_details": ["{canary}", ' + "1, " * 300_000 + "1]}"),
    "aliases/model.yaml": _aliases("default_dataloader: .\ntype: keras\ninfo:\n  doc: {canary}\n", "\nargs: *a13\n"),
    "flow/README.md": _words(FRONT + "tags: " + "[" * 50_000 + "\n---\n# A\n"),
    "front/README.md": _words(FRONT + "widget:\n" + "- {canary}\n" * 260_000 + "---\n# A\n"),
    "not-ended/model.keras": _cut,
    "bomb/model.keras": _bomb_in_keras,
}
FOUND: dict[str, Made] = {
    "aliases/MODEL_CARD.md": _aliases(FRONT, "\ndatasets: *a13\nmodel-index: *a13\n---\n# A\n"),
    "itself/MODEL_CARD.md": _words(FRONT + "datasets: &d [*d]\nmodel-index: &m [{name: {canary}, results: *m}]\n---\n# A\n"),
    "huge-numbers/model_card.json": _words(
        '{"model_details": {"name": "{canary}", "a": ' + "9" * 50_000 + ', "b": 1e999999, "c": NaN}}'
    ),
    "large/MODEL_CARD.md": _words(CARD + "Words of {canary}.\n" * 60_000),
    "headings/MODEL_CARD.md": _words(CARD + "# {canary}\n" * 100_000),
    "columns/MODEL_CARD.md": _words(CARD + "| {canary} " * 100_000 + "|\n" + "|---" * 100_000 + "|\n"),
    "line/MODEL_CARD.md": _words(CARD + "a" * MB),
    "no-text/MODEL_CARD.md": lambda canary: CARD.replace("{canary}", canary).encode() + bytes(range(128, 256)) * 200,
    "claims/model.safetensors": lambda canary: _safetensors(canary, 1 << 60, '{"__metadata__": {"author": "{canary}"}}'),
    "negative/model.safetensors": lambda canary: _safetensors(
        canary,
        96,
        '{"{canary}": {"dtype": "F32", "shape": [-1, 99999999999999999999], "data_offsets": [0, 9223372036854775807]}}'.ljust(96),
    ),
    "tensors/model.gguf": lambda canary: _gguf(canary, 1 << 63, 2),
    "keys/model.gguf": lambda canary: _gguf(canary, 1, 1 << 63),
}
FOUND |= {f"repeated-{ord(sign[0]):x}-{len(sign)}/MODEL_CARD.md": _words(CARD + sign * (50_000 // len(sign))) for sign in LONG}
# Nobody says of these that they are cards or models; what they are is not told, and they may not stop anything either
BOUNDED: dict[str, Made] = {
    "config/config.json": _words(
        '{"architectures": ["BertForMaskedLM"], "_name_or_path": "{canary}", "x": "' + "a" * 2 * MB + '"}'
    ),
    "config-deep/config.json": _words('{"architectures": ["{canary}"], "a": ' + "[" * 100_000),
    "index/model.safetensors.index.json": _words(
        '{"metadata": {"author": "{canary}"}, "weight_map": {'
        + ", ".join(f'"w{n}": "m.safetensors"' for n in range(100_000))
        + "}}"
    ),
    "pointer/model.pkl.dvc": _words("outs:\n" + "- md5: {canary}\n  size: 99999999999999999999\n  path: model.pkl\n" * 40_000),
    "bundle/configs/metadata.json": _words('{"monai_version": "1", "network_data_format": ' + "[" * 100_000 + '"{canary}"'),
    "truncated/model.onnx": lambda canary: samples.onnx(location=canary)[:20],
    "truncated/model.tflite": lambda canary: b"\x1c\0\0\0TFL3" + canary.encode(),
    "truncated/model.h5": lambda canary: b"\x89HDF\r\n\x1a\n" + canary.encode(),
    "metrics/metrics.json": _words('{"accuracy": ' + "9" * 50_000 + ', "{canary}": 1e999999, "auc": NaN, "f1": -Infinity}'),
    "deploys/docker-compose.yml": _aliases(
        "services:\n  a:\n    image: ollama/ollama\n    command: ollama run {canary}\n", "\nx: *a13\n"
    ),
    "deploys/Modelfile": _words("FROM " + "a" * 100_000 + "{canary}\n" + "PARAMETER x 1\n" * 20_000),
    "deploys/Dockerfile": _words("FROM vllm/vllm-openai\n" + "RUN \\\n" * 50_000 + 'CMD ["--model", "{canary}"]\n'),
}
FILES = {**GAPS, **FOUND, **BOUNDED}


def doubled(sign: str) -> Iterator[bytes]:
    """Yield cards of signs, each of them twice as long as the one before."""
    yield from (CARD.encode() + sign.encode() * (size // len(sign)) for size in (1 << 13, 1 << 14, 1 << 15))
